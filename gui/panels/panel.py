"""What every panel has: a title, notices, work off the window's thread, and a way to ask for another view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.jobs import Job, Jobs
from gui.values import ClockOff, Waiting
from gui.widgets import icons
from gui.widgets.notice import Notice, NoticeArea
from gui.widgets.pieces import label, scrolled
from gui.widgets.progress_strip import ProgressStrip

if TYPE_CHECKING:
    from gui.desk.desk import Desk
    from gui.values import Message

#: Why the work waits, by the kind that the client reports.
_WAITS = {
    "": "Facebook is slow to answer",
    "limit": "Facebook asks to wait",
    "near_limit": "Facebook’s limit is near",
}
MARGIN_X, MARGIN_Y = 28, 22
#: How far a scrolled body reaches into the margin, and how wide its scroll bar is (pixels).
_BAR_ROOM, _BAR = 22, 12


class Panel(QWidget):
    """Base of the panels.

    `wanted` carries what only the window can do ("login", "app", "reload", "open:facebook" …);
    `copied` a Secret for the clipboard and what it is.
    """

    wanted = Signal(str)
    copied = Signal(object, str)

    def __init__(self, desk: Desk, jobs: Jobs, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.jobs = jobs
        self._again: Callable[[], object] | None = None
        self.title = label(title, "title", name="panelTitle")
        self.subtitle = label("", "muted", wrap=True, name="panelSubtitle")
        self.subtitle.hide()
        self.header_buttons = QHBoxLayout()
        self.header_buttons.setSpacing(12)
        self.notices = NoticeArea(self)
        self.notices.pressed.connect(self.act)
        self.body = QVBoxLayout()
        self.body.setSpacing(14)
        self.progress = ProgressStrip()
        self.progress.cancelled.connect(self.cancel_work)
        self.progress.wait_skipped.connect(self._skip_wait)
        self.body.addWidget(self.progress)
        self._working: Job | None = None
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, _BAR_ROOM, 0)
        self.notices.setContentsMargins(0, 0, _BAR_ROOM, 0)
        self.body.setContentsMargins(0, 0, _BAR_ROOM, 0)
        head.addLayout(words, 1)
        head.addLayout(self.header_buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_X, MARGIN_Y, MARGIN_X - _BAR_ROOM, MARGIN_Y)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self.notices)
        column.addLayout(self.body, 1)

    def put_scrolled(self, column: QVBoxLayout) -> None:
        """Put `column` into the body so that it scrolls: the bar stands in the panel's margin, the cards end where the head ends."""
        column.setContentsMargins(0, 0, _BAR_ROOM - _BAR, 0)
        area = scrolled(column)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.progress.setContentsMargins(0, 0, _BAR_ROOM, 0)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(area, 1)

    def set_subtitle(self, text: str) -> None:
        self.subtitle.setText(text)
        self.subtitle.setVisible(bool(text))

    # -------------------------------------------------------------------- work
    def work(
        self,
        call: Callable[..., Any],
        *arguments: Any,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Any], object] | None = None,
        reported: Callable[[Any], object] | None = None,
        stopped: Callable[[], object] | None = None,
        again: Callable[[], object] | None = None,
    ) -> Job:
        """Run a desk verb off the window's thread; a failure becomes a notice whose 'Try again' calls `again`."""

        def fail(problem: Exception) -> None:
            if failed is not None:
                failed(problem)
            self.tell(problem, again)

        def report(value: object) -> None:
            if isinstance(value, Waiting):
                self.progress.wait(value.seconds, _WAITS.get(value.kind, _WAITS[""]))
            elif isinstance(value, ClockOff):
                self.say("clock_wrong", name=_clock_words(value.seconds))
            elif reported is not None:
                reported(value)

        job = self._working = self.jobs.start(call, *arguments, owner=self, done=done, failed=fail, reported=report, stopped=stopped)
        job.ended.connect(self._work_over)
        return job

    def _work_over(self) -> None:
        if self._working is not None and not self._working.running:
            self._working = None
            self.progress.end()

    def _skip_wait(self) -> None:
        if self._working is not None:
            self._working.skip_wait()

    def cancel_work(self) -> None:
        """Stop what runs now; a panel whose work leaves something overrides it."""
        if self._working is not None:
            self._working.stop()
        self.progress.hide()

    def tell(self, problem: BaseException, again: Callable[[], object] | None = None) -> Notice:
        """Show a UserError as a notice."""
        from gui.desk.explain import explain

        return self.show_notice(explain(problem), again)

    def say(self, kind: str, again: Callable[[], object] | None = None, **values: str) -> Notice:
        """Show the sentence of a kind that is no exception."""
        from gui.desk.explain import sentence

        return self.show_notice(sentence(kind, **values), again)

    def show_notice(self, text: Message, again: Callable[[], object] | None = None) -> Notice:
        if text.action == "retry":
            self._again = again
        if text.action == "retry" and again is None:
            text = replace(text, action="", button="")
        return self.notices.add(text)

    def act(self, action: str) -> None:
        """Do what a notice's button names; a panel overrides it for what is its own."""
        if action == "retry" and self._again is not None:
            self._again()
        else:
            self.wanted.emit(action)

    # ------------------------------------------------------------------- looks
    def refresh(self) -> None:
        """Take the colors of the scheme in force."""
        icons.refresh(self)
        self.notices.refresh()

    def set_narrow(self, narrow: bool) -> None:
        """Arrange for a window under 980 pixels, or over."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.set_narrow(self.width() < 860)


def _clock_words(seconds: float) -> str:
    """'5 hours slow'."""
    from gui.desk.words import span

    return f"{span(abs(seconds))} {'slow' if seconds > 0 else 'fast'}"
