"""A 5 ms heartbeat on the window's thread: the gaps between its beats are how long the window stood still."""

import time
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMainWindow

from gui.tour.ui_driver import process_events

#: How long the idle window is watched (milliseconds).
_IDLE = 3000


class Gap(NamedTuple):
    """How long the window stood still (seconds), and how much of it the program worked, on all its threads."""

    seconds: float
    worked: float


class Heartbeat:
    """Notes the gaps between beats, under the name of what is going on; without a name it notes none."""

    def __init__(self, phase: str = "") -> None:
        self._phase = phase
        self.gaps: dict[str, list[Gap]] = {}
        self._last, self._worked = time.perf_counter(), time.process_time()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.process_time()
        if self._phase:
            self.gaps.setdefault(self._phase, []).append(Gap(now - self._last, worked - self._worked))
        self._last, self._worked = now, worked

    def enter(self, phase: str) -> None:
        """What goes on from now; the gap that runs belongs to it."""
        self._phase = phase

    def longest(self) -> dict[str, Gap]:
        """The longest gap of each phase."""
        return {phase: max(gaps) for phase, gaps in self.gaps.items()}


def idle_gap() -> Gap:
    """The longest gap in an idle window: what this computer's other work costs at the least."""
    window = QMainWindow()
    window.resize(1240, 800)
    window.show()
    process_events(300)
    beat = Heartbeat("idle")
    process_events(_IDLE)
    beat.enter("")
    window.close()
    window.deleteLater()
    process_events(20)
    return beat.longest()["idle"]
