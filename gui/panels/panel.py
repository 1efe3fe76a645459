"""What every panel has: a title, notices, work off the window's thread, and a way to ask for another view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from gui import theme
from gui.errors import UserError
from gui.i18n import _, number
from gui.jobs import Job, Jobs
from gui.services import formatting
from gui.services.explain import explain, message, version_message
from gui.shell.commands import Command, Request
from gui.values import CheckProgress, ClockOff, RowsRead, VersionDiffers, Waiting
from gui.widgets import icons
from gui.widgets.focus_order import bring_into_sight
from gui.widgets.notice import Notice, NoticeArea
from gui.widgets.progress_strip import ProgressStrip
from gui.widgets.scroll_area import ScrollArea
from gui.widgets.widget_factory import button, column, fold, label, scrolled

if TYPE_CHECKING:
    from gui.services.session import Session
    from gui.values import Message

#: Why the work waits, by the kind that the client reports.
_WAITS = {
    "": _("Facebook is slow to answer"),
    "limit": _("Facebook asks you to wait"),
    "near_limit": _("Facebook’s limit is near"),
}
#: An answer of Facebook's that takes longer (milliseconds) is called slow.
_SLOW_AFTER = 5_000
MARGIN_X, MARGIN_Y = 28, 22
#: A panel is narrow under this width (pixels): the window then is some 1,080 wide with its side bar, or folds it.
NARROW_UNDER = 860
#: How far a scrolled body reaches into the margin, where its bar is (pixels).
_BAR_ROOM = 22
#: The words under the title have so much beside the buttons, or the buttons stand below (pixels, for text of the usual
#: size).
_LEAST_SUBTITLE = 150
#: Of a body that scrolls by itself so much is always seen (pixels).
_LOWEST_SCROLLED = 200


class Panel(QWidget):
    """Base of the panels.

    `requested` carries a Request for what is not the panel's own; `copied` a Secret for the clipboard and what it is;
    `told` each Message that became a notice.
    `session` is the Facebook and the vault that the panel's services work with, `jobs` runs them. Under the width
    `narrow_under` (pixels, for text of the usual size) a panel is narrow.
    """

    narrow_under = NARROW_UNDER
    requested = Signal(object)
    copied = Signal(object, str)
    told = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.jobs = jobs
        self._focus_wanted: QWidget | None = None
        self.title = label(title, "title", wrap=True, name="panelTitle")
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
        self._patience = QTimer(self)
        self._patience.setInterval(_SLOW_AFTER)
        self._patience.timeout.connect(self.progress.say_slow)
        self._current_job: Job | None = None
        # No FlowLayout: what stands in one is laid out anew, at some cost, whenever words of the panel change.
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(12)
        self._head.addLayout(column(self.title, self.subtitle, spacing=1), 1)
        self._head.addLayout(self.header_buttons)
        for part in (self._head, self.progress, self.notices, self.body):
            part.setContentsMargins(*self._margins(0, 0, _BAR_ROOM, 0))
        everything = column(self._head, self.progress, spacing=14)
        everything.setContentsMargins(*self._margins(MARGIN_X, MARGIN_Y, MARGIN_X - _BAR_ROOM, MARGIN_Y))
        self.setLayout(everything)
        contents = QVBoxLayout()
        contents.setContentsMargins(0, 0, 0, 0)
        contents.setSpacing(14)
        contents.addWidget(self.notices)
        contents.addLayout(self.body, 1)
        # On a low screen what has no room is scrolled to.
        everything.addWidget(scrolled(contents), 1)

    def _margins(self, left: int, top: int, right: int, bottom: int) -> tuple[int, int, int, int]:
        """Margins on the side where the person's lines begin and end; Qt mirrors layouts, and not their margins."""
        return (right, top, left, bottom) if self.isRightToLeft() else (left, top, right, bottom)

    def put_scrolled(self, column: QVBoxLayout) -> None:
        """Put `column` into the body so that it scrolls.

        The bar stands in the panel's margin, the cards end where the head ends.
        """
        column.setContentsMargins(*self._margins(0, 0, _BAR_ROOM, 0))
        area = scrolled(column)
        area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        area.setMinimumHeight(_LOWEST_SCROLLED)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(area, 1)

    def give_focus(self, widget: QWidget) -> None:
        """Put the focus on a widget of this panel: now, or once the panel is on show again."""
        if self.isVisible():
            widget.setFocus()
        else:
            self._focus_wanted = widget

    def give_focus_back(self, widget: QWidget) -> None:
        """As `give_focus`, unless something else of this panel wants it since."""
        if self._focus_wanted is None:
            self.give_focus(widget)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        widget, self._focus_wanted = self._focus_wanted, None
        if widget is not None and isValid(widget):
            widget.setFocus()

    def set_subtitle(self, text: str) -> None:
        self.subtitle.setText(text)
        self.subtitle.setVisible(bool(text))

    # -------------------------------------------------------------------- work
    def work(
        self,
        call: Callable[..., Any],
        *arguments: Any,
        saying: str = "",
        lock: Callable[[bool], object] | None = None,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Any], object] | None = None,
        reported: Callable[[Any], object] | None = None,
        stopped: Callable[[], object] | None = None,
        again: Callable[[], object] | None = None,
        tells: Callable[[Any], bool] | None = None,
        asks_facebook: bool = False,
    ) -> Job:
        """Run a service off the window's thread; a failure becomes a notice whose 'Try again' calls `again`.

        `saying` is shown with a progress bar while it runs, and its reports of CheckProgress move that bar; where the
        work `asks_facebook`, an answer that takes long is called slow. `lock` is called with True now and with False
        when it is over, before `done`, `failed` or `stopped` is: often a button's setDisabled. `tells` says of a
        UserError whether it becomes a notice at all: one that asks for something does not.
        """
        waiting_focus = _WaitingFocus(self, self.progress if saying else None) if lock is not None else None

        def end() -> None:
            if lock is not None and waiting_focus is not None:
                lock(False)
                waiting_focus.give_back()
            if saying:
                self._patience.stop()
                self.progress.hide()

        def finish(result: Any) -> None:
            end()
            if done is not None:
                done(result)

        def fail(error: Exception) -> None:
            end()
            if failed is not None:
                failed(error)
            if tells is None or not isinstance(error, UserError) or tells(error):
                self.tell(error, again)

        def stop() -> None:
            end()
            if stopped is not None:
                stopped()

        if saying:
            self.progress.begin(saying)
            if asks_facebook:
                self._patience.start()
        if lock is not None and waiting_focus is not None:
            waiting_focus.wait_while(lambda: lock(True))
        job = self.jobs.start(
            call,
            *arguments,
            owner=self,
            done=finish,
            failed=fail,
            stopped=stop,
            reported=lambda report: self._take_report(report, reported),
        )
        # What shows its progress is what Cancel ends; a reading beside it is not.
        if saying or self._current_job is None:
            self._current_job = job
        job.ended.connect(self._work_ended)
        return job

    def _take_report(self, report: object, reported: Callable[[Any], object] | None) -> None:
        if self._patience.isActive():
            self._patience.start()
        if isinstance(report, Waiting):
            self.progress.wait(report.seconds, _WAITS.get(report.kind, _WAITS[""]))
        elif isinstance(report, ClockOff):
            self.say("clock_wrong", name=_clock_words(report.seconds))
        elif isinstance(report, CheckProgress):
            self.progress.set_count(
                report.done,
                report.total,
                _("{done} of {total} checked", done=number(report.done), total=number(report.total)),
            )
        elif isinstance(report, VersionDiffers):
            self.show_notice(version_message(report.asked, report.used))
        elif isinstance(report, RowsRead):
            self.progress.set_count(report.rows, 0, _("{rows} rows read so far", rows=number(report.rows)))
        elif reported is not None:
            reported(report)

    def _work_ended(self) -> None:
        if self._current_job is not None and not self._current_job.running:
            self._current_job = None
            self.progress.end()

    def _skip_wait(self) -> None:
        if self._current_job is not None:
            self._current_job.skip_wait()

    def cancel_work(self) -> None:
        """Stop what runs now; a panel that keeps part of a stopped work overrides it."""
        if self._current_job is not None:
            self._current_job.stop()
        self._patience.stop()
        self.progress.hide()

    # ----------------------------------------------------------------- notices
    def tell(self, error: BaseException, again: Callable[[], object] | None = None) -> Notice:
        """Show a UserError, or the program's own fault, as a notice."""
        return self.show_notice(explain(error), again)

    def say(self, kind: str, again: Callable[[], object] | None = None, **values: str) -> Notice:
        """Show the message of this kind as a notice, its placeholders filled with `values`."""
        return self.show_notice(message(kind, **values), again)

    def show_notice(self, text: Message, again: Callable[[], object] | None = None) -> Notice:
        """Show a notice; a button that tries again is left out where there is nothing to try."""
        if again is None and text.action is not None and text.action.request.command is Command.RETRY:
            text = replace(text, action=None)
        notice = self.notices.add(text, again)
        notice.is_unseen = not self.isVisible()
        QTimer.singleShot(0, notice, lambda: bring_into_sight(notice))
        self.told.emit(text)
        return notice

    def act(self, request: Request) -> None:
        """Do what a notice's button asks for; a panel overrides it for what is its own."""
        if request.command is not Command.RETRY:
            self.requested.emit(request)

    def add_way_back(self, words: str, command: Command, name: str) -> None:
        """Put a quiet button into the header that asks for where the person came from; `name` is its object name.

        Escape does the same.
        """
        self.escape_to(command)
        self.header_buttons.addWidget(
            button(words, lambda: self.request(command), kind="quiet", icon="arrow-left", name=name)
        )

    def escape_to(self, command: Command) -> None:
        """Let Escape ask for `command`, or first end what is seen to run."""
        # Wherever in the window the focus is: whoever came by the side bar's button has it there.
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.activated.connect(lambda: self._escape(command))

    def _escape(self, command: Command) -> None:
        if not self.take_escape():
            self.request(command)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Of the areas that scroll, one within another, the first that can: whatever has the focus, all can be read.
        if (event.key() == Qt.Key.Key_Escape and self.take_escape()) or any(
            area.scroll_by_key(event) for area in reversed(self.findChildren(ScrollArea)) if area.isVisible()
        ):
            event.accept()
        else:
            super().keyPressEvent(event)

    def take_escape(self) -> bool:
        """Do what Escape is for where it leads nowhere: end what runs. Whether there was anything to do."""
        if not self.progress.isVisible():
            return False
        self.cancel_work()
        return True

    def request(self, command: Command, **target: Any) -> None:
        """Ask for what is not the panel's own; `target` are the Request's other fields."""
        self.requested.emit(Request(command, **target))

    # ------------------------------------------------------------------- looks
    def refresh(self) -> None:
        """Take the colors of the scheme in force, and its size of text."""
        icons.refresh(self)
        self.notices.refresh()
        self._fit_width()

    def set_narrow(self, narrow: bool) -> None:
        """Lay the panel out for a width under `narrow_under`, or not."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_width()

    def _fit_width(self) -> None:
        # Larger text needs more room for the same.
        factor = theme.text_factor(self.font())
        self.set_narrow(self.width() < self.narrow_under * factor)
        longest_word = max(map(self.title.fontMetrics().horizontalAdvance, self.title.text().split()), default=0)
        least = max(longest_word, round(_LEAST_SUBTITLE * factor))
        room = self.width() - 2 * MARGIN_X - self._head.spacing()
        below = room < least + self.header_buttons.sizeHint().width()
        fold(self._head, below)
        self._head.setAlignment(
            self.header_buttons, Qt.AlignmentFlag.AlignLeading if below else Qt.AlignmentFlag.AlignVCenter
        )


class _WaitingFocus:
    """Where the focus waits while what has it is locked: at the progress, or wherever Qt puts it without one.

    A locked button's neighbor would have it, whatever that does when a key is pressed twice.
    """

    def __init__(self, panel: QWidget, progress: QWidget | None) -> None:
        self._progress = progress
        self._focus = QApplication.focusWidget()
        self._meanwhile: QWidget | None = None
        self._waits_at_progress = progress is not None and self._focus is not None and panel.isAncestorOf(self._focus)

    def wait_while(self, lock: Callable[[], object]) -> None:
        """Lock, with the focus out of the way; what is not locked after all has it again at once."""
        if self._progress is not None and self._waits_at_progress:
            self._progress.setFocus()
        lock()
        if self._waits_at_progress:
            self._return()
        self._meanwhile = QApplication.focusWidget()

    def give_back(self) -> None:
        """Put the focus back on what was locked, unless the person moved it since."""
        now = QApplication.focusWidget()
        waits_still = now in {self._meanwhile, None} or (
            self._progress is not None and now is not None and self._progress.isAncestorOf(now)
        )
        if self._meanwhile is not self._focus and waits_still:
            self._return()

    def _return(self) -> None:
        focus = self._focus
        if focus is not None and isValid(focus) and focus.isVisible() and focus.isEnabled():
            focus.setFocus()


def _clock_words(seconds: float) -> str:
    """How far off this computer's clock is: '5 hours slow'."""
    span = formatting.span(abs(seconds))
    return _("{span} slow", span=span) if seconds > 0 else _("{span} fast", span=span)
