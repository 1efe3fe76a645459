"""The dark bar at the bottom: what was copied, and how long it stays on the clipboard."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from gui.i18n import _
from gui.widgets.announce import announce
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.widget_factory import button, icon_label, label, row


class CopyBar(QFrame):
    """`clear_wanted` when the person wants the clipboard emptied at once."""

    clear_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self._words = ElidedLabel(kind="strong", name="copyWords", most=640)
        self._time_left = label("", name="copyLeft")
        line = row(
            icon_label("circle-check", "on_bar", 18),
            self._words,
            self._time_left,
            button(_("Clear now"), self.clear_wanted.emit, kind="onbar", name="copyClear"),
            spacing=10,
        )
        line.setStretch(1, 1)
        line.setContentsMargins(16, 7, 10, 7)
        self.setLayout(line)
        self.hide()

    def begin(self, what: str) -> None:
        """Name what was copied."""
        words = _("Copied {what}", what=what)
        self._words.set_text(words)
        self.show()
        announce(self, words, urgent=True)

    def count(self, seconds: int) -> None:
        """`seconds` are left."""
        self._time_left.setText(_("stays on the clipboard for {seconds} s", seconds=seconds))
