"""Shows a token on purpose, for twenty seconds, in a window of its own."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from gui.i18n import _
from gui.values import Secret
from gui.widgets.token_field import SecretView
from gui.widgets.widget_factory import button, column, label, row


class RevealDialog(QDialog):
    """`copy_wanted` when it is to be copied. The title names no secret."""

    copy_wanted = Signal(object)

    def __init__(self, what: str, secret: Secret, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("revealDialog")
        self.setWindowTitle(_("Page token"))
        self._view = SecretView()
        self._view.ended.connect(self.close)
        box = column(
            label(what, "heading", wrap=True),
            label(
                _("Whoever has this text can act for the Page. It is hidden again after 20 seconds."),
                "second",
                wrap=True,
            ),
            self._view,
            None,
            row(
                None,
                button(_("Copy"), lambda: self.copy_wanted.emit(secret), icon="copy", name="revealCopy"),
                button(_("Hide"), self.close, kind="main", name="revealHide"),
            ),
            spacing=12,
        )
        box.setContentsMargins(24, 20, 24, 20)
        self.setLayout(box)
        self.resize(520, 300)
        self._view.show_secret(secret)
