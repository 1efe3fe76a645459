"""The dark bar at the bottom while the keychain's own program waits for the person, perhaps behind this window."""

from PySide6.QtWidgets import QFrame, QWidget

from gui.i18n import _
from gui.widgets.announce import announce
from gui.widgets.widget_factory import icon_label, label, row


class KeychainBar(QFrame):
    """Says that a prompt of the keychain stands, as long as it does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        words = _(
            "Your keychain is asking you something. Answer it in its own window, which may be behind this one; "
            "Page Keys waits for it."
        )
        self._words = label(words, "strong", wrap=True, name="keychainWords")
        line = row(icon_label("lock", "on_bar", 18), self._words, spacing=10)
        line.setStretch(1, 1)
        line.setContentsMargins(16, 9, 16, 9)
        self.setLayout(line)
        self.hide()

    def show_prompt(self, stands: bool) -> None:
        """Show that a prompt stands, or that none does any more."""
        if stands and self.isHidden():
            announce(self, self._words.text(), urgent=True)
        self.setVisible(stands)
