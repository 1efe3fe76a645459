"""Health: how many tokens work, what ends when, and one notice a trouble with the button that mends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.desk import words
from gui.jobs import Job, Jobs
from gui.panels.panel import Panel
from gui.values import Fact
from gui.widgets.count_card import CountCard
from gui.widgets.facts_list import FactsList, clear
from gui.widgets.notice import NoticeArea
from gui.widgets.pieces import button, card, label, row
from gui.widgets.time_line import Bar, TimeLine

if TYPE_CHECKING:
    from gui.desk.check_all import Checked
    from gui.desk.desk import Desk
    from gui.desk.health import Ending, Health

#: State, icon, color, and what is said of one and of many.
_COUNTS = (
    ("works", "circle-check", "works", "works", "work"),
    ("soon", "clock-alert", "soon", "ends soon", "end soon"),
    ("needs_you", "triangle-alert", "bad", "needs you", "need you"),
)
#: More bars than this are cut to the ones that end first, until all are asked for.
_MOST_BARS = 12


class HealthPanel(Panel):
    """`checked` after every look at what is kept: the Health."""

    checked = Signal(object)

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(desk, jobs, "Health", parent)
        self._health: Health | None = None
        self._all_bars = False
        self._job: Job | None = None
        self._any = button("Check any token", lambda: self.wanted.emit("any_token"), icon="scan-search", name="healthAny")
        self._check = button("Check all now", self.check, kind="main", icon="heart-pulse", name="healthCheck")
        self.header_buttons.addWidget(self._any)
        self.header_buttons.addWidget(self._check)
        self._column = QVBoxLayout()
        self._column.setSpacing(14)
        self.put_scrolled(self._column)
        self._counts: dict[str, CountCard] = {}
        counts = QHBoxLayout()
        counts.setSpacing(14)
        for state, icon, role, _, _ in _COUNTS:
            made = CountCard(icon, role, f"count_{state}")
            made.clicked.connect(lambda _=False, state=state: self.wanted.emit(f"state:{state}"))
            self._counts[state] = made
            counts.addWidget(made)
        self._column.addLayout(counts)
        self._column.addWidget(self._time_card())
        self.troubles = NoticeArea(self)
        self.troubles.pressed.connect(self.act)
        self._column.addWidget(self.troubles)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(14)
        self._column.addLayout(self._cards)
        self._column.addStretch(1)

    def _time_card(self) -> QFrame:
        frame, inside = card(margins=(20, 16, 20, 14), spacing=10, name="timeCard")
        self._time = TimeLine()
        self._more = button("Show all", self._show_all_bars, kind="quiet", name="timeMore")
        self._more.hide()
        inside.addLayout(row(label("What ends when", "heading"), None, self._more))
        inside.addWidget(self._time)
        self._time_frame = frame
        return frame

    def set_narrow(self, narrow: bool) -> None:
        self._time.set_narrow(narrow)
        self._any.setText("Any token" if narrow else "Check any token")

    # ----------------------------------------------------------------- contents
    def begin(self) -> None:
        """Show what is known; needs no network."""
        from gui.desk.health import health

        self.notices.clear()
        self._check.setFocus()
        if self._job is None:
            self.work(health, self.desk, done=self.show_health, again=self.begin)

    def show_health(self, found: Health) -> None:
        """Show how everything stands, and note that the person was told."""
        from gui.desk.health import told

        self._put(found)
        if any(one.is_new for one in found.troubles):
            self.jobs.start(told, self.desk, owner=self)

    def _put(self, found: Health) -> None:
        from gui.desk.health import notice_of

        self._health = found
        now = self.desk.now()
        when = f"Checked {words.ago(found.checked_at, now)}" if found.checked_at else "Not every token was checked yet"
        self.set_subtitle(
            f"{when}  ·  {words.count(found.pages, 'Page')}, {words.count(len(found.people), 'person', 'people')}, {words.count(len(found.apps), 'app')}"
        )
        for (state, _, _, one, many), count in zip(_COUNTS, (found.works, found.soon, found.needs_you), strict=True):
            self._counts[state].set_count(count, one if count == 1 else many)
        self._show_bars()
        self.troubles.clear()
        for trouble in found.troubles:
            self.troubles.add(notice_of(self.desk, trouble))
        self._show_cards(found)
        self.checked.emit(found)

    def _show_bars(self) -> None:
        assert self._health is not None
        now, endings = self.desk.now(), self._health.endings
        if len(endings) > _MOST_BARS and not self._all_bars:
            first = sorted(endings, key=lambda one: one.ends_at)[:_MOST_BARS]
            endings = tuple(one for one in endings if one in first)
        self._more.setVisible(len(self._health.endings) > len(endings))
        self._more.setText(f"Show all {len(self._health.endings):,}")
        self._time.set_bars([_bar(one, now) for one in endings], now)
        self._time_frame.setVisible(bool(endings))

    def _show_all_bars(self) -> None:
        self._all_bars = True
        self._show_bars()

    def _show_cards(self, found: Health) -> None:
        """A card for each login and app: everything that is known of it."""
        from gui.desk import facts

        clear(self._cards)
        now = self.desk.now()
        for kept in found.people:
            renew = button("Renew", self._wants(f"login:{kept.id}"), icon="refresh-cw", name=f"healthRenew_{kept.id}")
            leave = button("Disconnect …", self._wants(f"disconnect:{kept.id}"), kind="quiet", icon="unplug", name=f"healthDisconnect_{kept.id}")
            second = f"{kept.app_name or kept.app_id}  ·  {words.count(kept.pages, 'Page')}"
            self._cards.addWidget(_facts_card(kept.user_name or kept.user_id, second, facts.of_person(kept, now), leave, renew))
        for app, seen in found.apps:
            self._cards.addWidget(_facts_card(app.name or app.app_id, "Facebook app", facts.of_app(app, seen, now)))

    def _wants(self, wish: str) -> Callable[[], None]:
        return lambda: self.wanted.emit(wish)

    # -------------------------------------------------------------------- doing
    def check(self) -> None:
        """Ask Facebook about everything."""
        from gui.desk.check_all import check_all

        if self._job is not None:
            return
        self.notices.clear()
        self._check.setText("Checking …")
        self.progress.begin("Asking Facebook about every token …")
        self._job = self.work(check_all, self.desk, done=self._is_checked, failed=self._not_checked, reported=self._is_checking, again=self.check)

    def _is_checking(self, report: object) -> None:
        done, total = report.done, report.total  # type: ignore[attr-defined]
        self.progress.set_count(done, total, f"{done:,} of {total:,} checked")

    def _is_checked(self, found: Checked) -> None:
        self._over()
        if not found.complete:
            self.say("check_stopped")
        if found.unanswered:
            self.say("some_not_answered", name=words.count(found.unanswered, "token"))
        self.show_health(found.health)

    def _not_checked(self, problem: Exception) -> None:
        self._over()
        self.begin_quietly()

    def _over(self) -> None:
        self._job = None
        self._check.setText("Check all now")
        self.progress.hide()

    def begin_quietly(self) -> None:
        """Show what is known and leave the notices."""
        from gui.desk.health import health

        self.jobs.start(health, self.desk, owner=self, done=self.show_health)

    def cancel_work(self) -> None:
        """Stop at once; what was found stays."""
        if self._job is None:
            super().cancel_work()
            return
        job = self._job
        self._over()
        job.stop()
        self.say("check_stopped")
        job.ended.connect(self.begin_quietly)

    def act(self, action: str) -> None:
        name, _, rest = action.partition(":")
        if name == "check":
            self.check()
        elif name == "later":
            from gui.desk.health import remind_later

            self.work(remind_later, self.desk, rest, done=self.show_health)
        else:
            super().act(action)

    def refresh(self) -> None:
        super().refresh()
        self.troubles.refresh()
        self._time.update()


def _bar(ending: Ending, now: int) -> Bar:
    """A login that died before its day is drawn as over."""
    if ending.state == "needs_you" and ending.what == "login" and ending.ends_at > now:
        return Bar(ending.subject, ending.what, now, ending.state, "ended early")
    return Bar(ending.subject, ending.what, ending.ends_at, ending.state, words.until(ending.ends_at, now))


def _facts_card(title: str, second: str, found: list[Fact], *buttons: QWidget) -> QFrame:
    frame, inside = card(margins=(20, 14, 16, 18), spacing=12)
    names = QVBoxLayout()
    names.setSpacing(0)
    names.addWidget(label(title, "heading", wrap=True))
    names.addWidget(label(second, "second"))
    head = row(names, *buttons, spacing=10)
    head.setStretch(0, 1)
    inside.addLayout(head)
    shown = FactsList()
    shown.set_facts(found)
    inside.addWidget(shown)
    return frame
