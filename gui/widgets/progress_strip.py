"""How far a long piece of work is: a bar, a count, and a way to stop it; how long it waits, and a way to go on."""

import math
import time

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from gui import theme
from gui.i18n import _, time_of_day
from gui.widgets.announce import announce
from gui.widgets.widget_factory import button, label, row

#: Waits longer than this are said as a time of day, not counted (seconds).
_COUNTED = 90


class ProgressStrip(QWidget):
    """`cancelled` when the person stops the work, `wait_skipped` when it is to wait no longer.

    The focus that it is given stands on its words, where Return does nothing: no key pressed twice does something else
    than the first time.
    """

    cancelled = Signal()
    wait_skipped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._words = label("", "muted", name="progressWords")
        self.setFocusProxy(self._words)
        self._now = button(_("Try now"), self._skip_wait, kind="quiet", name="progressNow")
        self._now.hide()
        self._cancel = button(_("Cancel"), self.cancelled.emit, kind="quiet", name="progressCancel")
        line = row(self._bar, self._words, self._now, self._cancel, spacing=12)
        line.setStretch(0, 1)
        self.setLayout(line)
        self._work_text = ""
        self._why = ""
        self._until = 0.0
        self._only_waits = False
        self._beat = QTimer(self)
        self._beat.setInterval(250)
        self._beat.timeout.connect(self._tick)
        self.hide()

    def begin(self, words: str) -> None:
        """Show it without a known length."""
        self._show_length(0)
        self._bar.setAccessibleName(words)
        # A name of its own: a screen reader on it would else read each second of a wait.
        self._words.setAccessibleName(words)
        self.say(words)
        self.show()
        announce(self, words)

    def set_count(self, count: int, total: int, words: str) -> None:
        """`total` 0 means that the length is not known."""
        # A progress bar paints itself at once, and with it all of the window that waits to be painted.
        self._bar.setUpdatesEnabled(False)
        self._show_length(total)
        self._bar.setValue(min(count, total))
        self._bar.setUpdatesEnabled(True)
        self._bar.setAccessibleName(words)
        self.say(words)
        self.show()

    def _show_length(self, total: int) -> None:
        """Without a known length the bar runs to and fro; where nothing may move, the words alone say that it works."""
        self._bar.setRange(0, total)
        self._bar.setVisible(bool(total) or theme.moves())

    def say(self, words: str) -> None:
        """What goes on; it goes on, so no wait is shown any more."""
        self._work_text = words
        self._only_waits = False
        self._end_wait()

    def wait(self, seconds: float, why: str) -> None:
        """Say that the work waits this long, and why, counting down."""
        self._only_waits = self._only_waits or self.isHidden()
        self._why = why
        self._until = time.monotonic() + seconds
        self._now.show()
        self._cancel.setText(_("Stop"))
        self._beat.start()
        self._tick()
        self.show()
        announce(self, self._words.text())

    def say_slow(self) -> None:
        """Say that Facebook takes long over an answer; what goes on stays said."""
        if not self._beat.isActive():
            self._words.setText(_("{work}. Facebook is slow to answer …", work=self._work_text.rstrip(" …")))
            self._cancel.setText(_("Stop"))

    def end(self) -> None:
        """The work is over: what was shown for its waits alone goes."""
        self._end_wait()
        if self._only_waits:
            self._only_waits = False
            self.hide()

    def _end_wait(self) -> None:
        self._beat.stop()
        self._now.hide()
        self._cancel.setText(_("Cancel"))
        self._words.setText(self._work_text)

    def _tick(self) -> None:
        seconds_left = self._until - time.monotonic()
        if seconds_left <= 0:
            self._end_wait()
        elif seconds_left > _COUNTED:
            self._words.setText(
                _("{why}, trying again at {time}", why=self._why, time=time_of_day(time.time() + seconds_left))
            )
        else:
            self._words.setText(_("{why}, trying again in {seconds} s", why=self._why, seconds=math.ceil(seconds_left)))

    def _skip_wait(self) -> None:
        self._end_wait()
        self.wait_skipped.emit()
