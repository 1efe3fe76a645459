"""Fields that a person types or pastes secrets and IDs into."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from gui.i18n import _
from gui.values import Secret
from gui.widgets.icons import icon

#: One more than is read, so that a longer paste is noticed (characters).
MOST = 20_001


class PlainField(QLineEdit):
    """A field for an ID or an address."""

    def __init__(self, placeholder: str, says: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setMaxLength(MOST)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(says)
        self.setMinimumHeight(36)


class SearchField(PlainField):
    """A field that searches, with a magnifier where the text begins and a button that clears it.

    `list_wanted` comes when the person goes on to what was found: arrow down.
    """

    list_wanted = Signal()

    def __init__(self, placeholder: str, says: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(placeholder, says, name, parent)
        self.setClearButtonEnabled(True)
        clear_button = self.findChild(QToolButton)
        self._magnifier = self.addAction(icon("search", "muted", 16), QLineEdit.ActionPosition.LeadingPosition)
        for inner in self.findChildren(QToolButton):
            inner.setAccessibleName(_("Clear the search") if inner is clear_button else says)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._empties(event):
            # Before the view's own Escape, which goes back.
            event.accept()
            return True
        return super().event(event)

    def _empties(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and bool(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._empties(event):
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.list_wanted.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._magnifier.setIcon(icon("search", "muted", 16))


class SecretField(PlainField):
    """A field for a secret: shown as dots, never on the selection clipboard, gone when it is taken."""

    def __init__(self, placeholder: str, says: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(placeholder, says, name, parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def secret(self) -> Secret:
        """What was typed."""
        return Secret(self.text())

    def take(self) -> Secret:
        """What was typed, leaving the field empty."""
        secret = Secret(self.text())
        self.clear()
        return secret

    def put(self, secret: Secret) -> None:
        """Fill in a secret that was made here."""
        self.setText(secret.reveal())
