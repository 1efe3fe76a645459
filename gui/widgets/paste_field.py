"""A field for text from anywhere; what may be a secret in it is taken out before it is shown."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

#: So many lines are in sight.
_LINES = 6


class PasteField(QPlainTextEdit):
    """`clean` takes secrets out of what is pasted or dropped, and of what was typed once that is read.

    `wanted` comes with Ctrl+Return. Tab goes on to the next widget.
    """

    wanted = Signal()

    def __init__(
        self, placeholder: str, says: str, name: str, clean: Callable[[str], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._clean = clean
        self.setObjectName(name)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(says)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + 20)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + 20)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(self._clean(source.text()))

    def take_text(self) -> str:
        """What stands here, cleaned here, too: a secret that was typed is not left in sight."""
        text = self.toPlainText()
        cleaned = self._clean(text)
        if cleaned != text:
            self.setPlainText(cleaned)
        return cleaned

    def clear(self) -> None:
        """Empty it, and forget what undoing would bring back."""
        self.setPlainText("")
        self.document().clearUndoRedoStacks()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.take_text()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.wanted.emit()
        else:
            super().keyPressEvent(event)
