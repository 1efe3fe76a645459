"""The dark bar at the bottom: what was copied, and how long it stays on the clipboard."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from gui.i18n import _
from gui.widgets.announce import announce
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.widget_factory import button, icon_label, label, row

#: The bar's icon, margins and spaces (pixels).
_BESIDE = 80


class CopyBar(QFrame):
    """`clear_wanted` when the person wants the clipboard emptied at once."""

    clear_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self._words = ElidedLabel(kind="strong", name="copyWords", most=640)
        self._time_left = label("", name="copyLeft")
        self._clear = button(_("Clear now"), self.clear_wanted.emit, kind="onbar", name="copyClear")
        self._seconds = 0
        line = row(
            icon_label("circle-check", "on_bar", 18),
            self._words,
            self._time_left,
            self._clear,
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
        self._seconds = seconds
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """What was copied matters more than how long, said in full where there is room."""
        in_full = _("stays on the clipboard for {seconds} s", seconds=self._seconds)
        needed = self._words.sizeHint().width() + self._time_left.fontMetrics().horizontalAdvance(in_full)
        has_room = needed + self._clear.sizeHint().width() + _BESIDE < self.width()
        self._time_left.setText(in_full if has_room else _("{seconds} s", seconds=self._seconds))
        self._time_left.setAccessibleName(in_full)
