"""The dark bar at the bottom after something was forgotten or tagged: what it was, and ten seconds to take it back.

Not a QUndoStack: what is offered is one step that becomes final by itself and deletes secrets then, not a list to walk.
"""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QWidget

from gui.i18n import _
from gui.widgets.announce import announce
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.widget_factory import button, icon_label, label, row

#: How long something can be undone (seconds).
STAYS = 10


class UndoBar(QFrame):
    """Offers one undo at a time: a new one makes the one before final. `ended` when none is offered any more."""

    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self._words = ElidedLabel(kind="strong", name="undoWords")
        self._time_left = label("", name="undoLeft")
        self._undo = button(_("Undo"), self.undo, kind="onbar", icon="undo-2", name="undo")
        close = button("", self.finish, kind="onbar", icon="x", name="undoClose")
        close.setToolTip(_("Make it final now"))
        close.setAccessibleName(_("Make it final now"))
        line = row(
            icon_label("circle-check", "on_bar", 18), self._words, self._time_left, self._undo, close, spacing=10
        )
        line.setStretch(1, 1)
        line.setContentsMargins(16, 7, 10, 7)
        self.setLayout(line)
        self._on_undo: Callable[[], object] | None = None
        self._on_over: Callable[[], object] | None = None
        self._seconds = 0
        self._beat = QTimer(self)
        self._beat.setInterval(1000)
        self._beat.timeout.connect(self._tick)
        self.hide()

    def offer(self, what: str, undo: Callable[[], object], over: Callable[[], object] | None = None) -> None:
        """Say what was done; `undo` takes it back, `over` makes it final when nobody did."""
        self.finish()
        self._on_undo, self._on_over = undo, over
        self._words.set_text(what)
        self._seconds = STAYS
        self._time_left.setText(_("{seconds} s", seconds=STAYS))
        self._beat.start()
        self.show()
        key = QKeySequence(QKeySequence.StandardKey.Undo).toString(QKeySequence.SequenceFormat.NativeText)
        announce(
            self,
            _("{what}. Undo it within {seconds} seconds with {key}.", what=what, seconds=STAYS, key=key),
            urgent=True,
        )

    def undo(self) -> None:
        """Take back what was done."""
        call, self._on_undo, self._on_over = self._on_undo, None, None
        self._end()
        if call is not None:
            call()

    def finish(self) -> None:
        """The time is over, or something else was done: it is final."""
        call, self._on_undo, self._on_over = self._on_over, None, None
        self._end()
        if call is not None:
            call()

    def drop(self) -> None:
        """Offer nothing any more; what was hidden is deleted at the next start."""
        self._on_undo = self._on_over = None
        self._end()

    def _end(self) -> None:
        self._beat.stop()
        self.hide()
        self.ended.emit()

    def _tick(self) -> None:
        self._seconds -= 1
        self._time_left.setText(_("{seconds} s", seconds=self._seconds))
        if self._seconds <= 0:
            self.finish()
