"""Buttons that Return presses, as Space does, and a screen reader by whatever action it takes."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QPushButton, QRadioButton, QToolButton

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


class TogglePresses(_Base):
    """A checkable button whose `clicked` also comes when a screen reader toggles it. Stands before the button's class.

    A reader's first action for such a button is Toggle: Qt then changes the check and says `toggled` alone.
    """

    _is_ours = False

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.toggled.connect(self._press_for_reader)

    def setChecked(self, checked: bool) -> None:
        """Show the check; nobody pressed."""
        self._is_ours = True
        super().setChecked(checked)
        self._is_ours = False

    def nextCheckState(self) -> None:
        # The person pressed: Qt says so itself.
        self._is_ours = True
        super().nextCheckState()
        self._is_ours = False

    def _press_for_reader(self, checked: bool) -> None:
        # Of several that exclude one another the one that loses its check was not pressed.
        if not self._is_ours and (checked or not self.autoExclusive()):
            self.clicked["bool"].emit(checked)  # type: ignore[index]


class PushButton(ReturnPresses, TogglePresses, QPushButton):
    """A button with words."""


class CheckBox(TogglePresses, QCheckBox):
    """A box that is checked or not."""


class RadioButton(TogglePresses, QRadioButton):
    """One of several to choose from."""


class ToolButton(ReturnPresses, QToolButton):
    """A button that is an icon."""
