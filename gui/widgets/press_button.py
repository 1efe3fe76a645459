"""Buttons that Return presses, as Space does."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton

if TYPE_CHECKING:
    _Base = QAbstractButton
else:
    # A mixin that stands before any class of Qt's buttons is none itself.
    _Base = object


class ReturnPresses(_Base):
    """Presses the button that has the focus when Return is pressed. Stands before the button's class."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)


class PushButton(ReturnPresses, QPushButton):
    """A button with words."""


class ToolButton(ReturnPresses, QToolButton):
    """A button that is an icon."""
