"""Health: how many tokens work, what ends when, and a notice for each trouble with the button that mends it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gui.i18n import _, ngettext, number
from gui.jobs import Job, Jobs
from gui.panels.panel import Panel
from gui.services import facts, formatting
from gui.services.check_all import check_all
from gui.services.health import mark_notices_seen, read_health, remind_later, trouble_message
from gui.services.purposes import purposes
from gui.shell.commands import Command, Request
from gui.values import Fact, TokenState, Tone
from gui.widgets.announce import announce
from gui.widgets.count_card import CountCard
from gui.widgets.facts_list import FactsList, clear
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.notice import NoticeArea
from gui.widgets.time_line import Bar, TimeLine
from gui.widgets.widget_factory import button, card, column, icon_label, label, row

if TYPE_CHECKING:
    from gui.services.check_all import CheckReport
    from gui.services.health import Ending, Health
    from gui.services.session import Session
    from gui.values import StoredLogin

#: More bars than this are cut to the ones that end first, until all are asked for.
_MOST_BARS = 12
#: A card's names have so much beside its buttons, or the buttons stand below (pixels).
_LEAST_NAMES = 200


class HealthPanel(Panel):
    """`checked` carries the Health each time one is shown."""

    checked = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, _("Health"), parent)
        self.escape_to(Command.SHOW_PAGES)
        self._health: Health | None = None
        self._all_bars = False
        self._job: Job | None = None
        self._any = button(
            _("Check any token"), lambda: self.request(Command.SHOW_ANY_TOKEN), icon="scan-search", name="healthAny"
        )
        self._explain = button(
            _("A tool shows an error? Explain it"),
            lambda: self.request(Command.EXPLAIN_ERROR),
            kind="quiet",
            icon="circle-question-mark",
            name="healthExplain",
        )
        self._check = button(_("Check all now"), self.check, kind="main", icon="heart-pulse", name="healthCheck")
        self.header_buttons.addWidget(self._any)
        self.header_buttons.addWidget(self._check)
        self._column = QVBoxLayout()
        self._column.setSpacing(14)
        self.put_scrolled(self._column)
        self._counts: dict[TokenState, CountCard] = {}
        for state in TokenState:
            count = CountCard(state.tone, f"count_{state.value}")
            count.clicked.connect(lambda _=False, state=state: self.request(Command.SHOW_PAGES_IN_STATE, state=state))
            self._counts[state] = count
        self._column.addLayout(FlowLayout(*self._counts.values(), spacing=14))
        self._column.addLayout(FlowLayout(self._explain))
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
        self._more_button = button(_("Show all"), self._show_all_bars, kind="quiet", name="timeMore")
        self._more_button.hide()
        inside.addLayout(row(label(_("What ends when"), "heading"), None, self._more_button))
        inside.addWidget(self._time)
        self._time_frame = frame
        return frame

    def set_narrow(self, narrow: bool) -> None:
        self._time.set_narrow(narrow)
        self._any.setText(_("Any token") if narrow else _("Check any token"))

    # ----------------------------------------------------------------- contents
    def begin(self) -> None:
        """Show what is known, without earlier notices; needs no network."""
        self.notices.clear()
        self.give_focus(self._check)
        if self._job is None:
            self.work(read_health, self.session, done=self.show_health, again=self.begin)

    def begin_quietly(self) -> None:
        """Show what is known and leave the notices."""
        self.jobs.start(read_health, self.session, owner=self, done=self.show_health, failed=self.tell)

    def show_health(self, health: Health, unanswered: int = 0) -> None:
        """Show how everything stands, and note that the person has seen what is new.

        `unanswered` tokens could not be asked about just now: what is said of them is as it was before.
        """
        self._health = health
        now = self.session.now()
        checked_text = (
            formatting.checked(health.checked_at, now)
            if health.checked_at
            else _("Not every token has been checked yet")
        )
        if unanswered:
            checked_text = ngettext(
                "{count} token could not be checked just now",
                "{count} tokens could not be checked just now",
                unanswered,
            )
        counts = (
            formatting.pages(health.pages),
            formatting.people(len(health.logins)),
            formatting.apps(len(health.apps)),
        )
        self.set_subtitle(f"{checked_text}  ·  {', '.join(counts)}")
        for state, count in zip(TokenState, (health.works, health.soon, health.needs_you), strict=True):
            self._counts[state].set_count(count, _state_words(state, count))
        self._show_bars()
        self.troubles.clear()
        for trouble in health.troubles:
            self.troubles.add(trouble_message(self.session, trouble))
        self._show_cards(health)
        self.checked.emit(health)
        if any(one.is_new for one in health.troubles):
            self.jobs.start(mark_notices_seen, self.session, owner=self)

    def _show_bars(self) -> None:
        assert self._health is not None
        now, endings = self.session.now(), self._health.endings
        if len(endings) > _MOST_BARS and not self._all_bars:
            first_endings = sorted(endings, key=lambda one: one.ends_at)[:_MOST_BARS]
            endings = tuple(one for one in endings if one in first_endings)
        self._more_button.setVisible(len(self._health.endings) > len(endings))
        self._more_button.setText(_("Show all {count}", count=number(len(self._health.endings))))
        self._time.set_bars([_bar(one, now) for one in endings], now)
        self._time_frame.setVisible(bool(endings))

    def _show_all_bars(self) -> None:
        self._all_bars = True
        self._show_bars()

    def _show_cards(self, health: Health) -> None:
        """Show a card for each login and app: everything that is known of it."""
        clear(self._cards)
        now = self.session.now()
        if health.ready:
            self._cards.addWidget(self._ready_card(health.ready))
        for login in health.logins:
            renew_button = button(
                _("Renew"), self._asks(Command.LOG_IN, login), icon="refresh-cw", name=f"healthRenew_{login.id}"
            )
            disconnect_button = button(
                _("Disconnect …"),
                self._asks(Command.DISCONNECT, login),
                kind="quiet",
                icon="unplug",
                name=f"healthDisconnect_{login.id}",
            )
            more_button = button(
                _("Ask for more …"),
                self._asks(Command.ASK_FOR_MORE, login),
                kind="quiet",
                icon="list-checks",
                name=f"healthMore_{login.id}",
            )
            more_button.setAccessibleName(_("Ask for more: {name}", name=login.label))
            renew_button.setAccessibleName(_("Renew: {name}", name=login.label))
            disconnect_button.setAccessibleName(_("Disconnect: {name}", name=login.label))
            second = f"{login.app_display_name}  ·  {formatting.pages(login.pages)}"
            self._cards.addWidget(
                _facts_card(
                    login.display_name,
                    second,
                    facts.login_facts(login, now),
                    disconnect_button,
                    more_button,
                    renew_button,
                )
            )
        for app, record in health.apps:
            self._cards.addWidget(_facts_card(app.display_name, _("Facebook app"), facts.app_facts(app, record, now)))

    def _ready_card(self, ready: Mapping[str, tuple[int, int]]) -> QFrame:
        """For each purpose that tokens were made for, how many Pages are ready."""
        frame, inside = card(margins=(20, 14, 16, 18), spacing=8, name="readyCard")
        inside.addWidget(label(_("Does it fit?"), "heading", wrap=True))
        inside.addWidget(label(_("What the tokens are for, and how many Pages are ready"), "second", wrap=True))
        for key, (count, total) in ready.items():
            tone = Tone.WORKS if count == total else Tone.SOON
            name = purposes()[key].label
            counted = _("{count} of {total} ready", count=number(count), total=number(total))
            words = label(f"{name}: {counted}", wrap=True, name=f"ready_{key}")
            words.setMinimumWidth(_LEAST_NAMES)
            line = FlowLayout(spacing=10)
            line.add_layout(row(icon_label(tone.icon, tone.color, 18), words, spacing=10))
            show = button(_("Show them"), self._asks_ready(key), kind="quiet", name=f"readyShow_{key}")
            show.setAccessibleName(_("Show the Pages that are ready: {name}", name=name))
            line.addWidget(show)
            inside.addLayout(line)
        return frame

    def _asks_ready(self, key: str) -> Callable[[], None]:
        return lambda: self.request(Command.SHOW_PAGES_READY, purpose=key)

    def _asks(self, command: Command, login: StoredLogin) -> Callable[[], None]:
        return lambda: self.request(command, login_id=login.id)

    # -------------------------------------------------------------------- doing
    def check(self) -> None:
        """Ask Facebook about every login and token."""
        if self._job is not None:
            return
        self.notices.clear()
        self._check.setText(_("Checking …"))
        self._job = self.work(
            check_all, self.session, saying=_("Asking Facebook about every token …"), asks_facebook=True,
            lock=self._set_checking, done=self._show_report, failed=lambda _: self.begin_quietly(), again=self.check,
        )  # fmt: skip

    def _set_checking(self, checking: bool) -> None:
        if not checking:
            self._job = None
            self._check.setText(_("Check all now"))

    def _show_report(self, report: CheckReport) -> None:
        if not report.complete:
            self.say("check_stopped")
        if report.unanswered:
            self.say("some_not_answered", name=formatting.tokens(report.unanswered))
        self.show_health(report.health, report.unanswered)
        announce(self, self.subtitle.text())

    def cancel_work(self) -> None:
        """Stop at once; what was found stays."""
        if self._job is None:
            super().cancel_work()
            return
        job = self._job
        job.stop()
        self.say("check_stopped")
        job.ended.connect(self.begin_quietly)

    def act(self, request: Request) -> None:
        if request.command is Command.CHECK_ALL:
            self.check()
        elif request.command is Command.REMIND_LATER:
            self.work(remind_later, self.session, request.notice, done=self.show_health)
        else:
            super().act(request)

    def refresh(self) -> None:
        super().refresh()
        self.troubles.refresh()
        self._time.update()


def _bar(ending: Ending, now: int) -> Bar:
    """The bar of one end; a login that died before its day is drawn as over."""
    if ending.state is TokenState.NEEDS_YOU and ending.is_login and ending.ends_at > now:
        return Bar(ending.subject, ending.what, now, ending.state, _("ended early"), is_main=True)
    until = formatting.until(ending.ends_at, now)
    return Bar(ending.subject, ending.what, ending.ends_at, ending.state, until, is_main=ending.is_login)


def _facts_card(title: str, second: str, card_facts: list[Fact], *buttons: QWidget) -> QFrame:
    frame, inside = card(margins=(20, 14, 16, 18), spacing=12)
    names = QWidget()
    names.setLayout(column(label(title, "heading", wrap=True), label(second, "second", wrap=True), spacing=0))
    names.setMinimumWidth(_LEAST_NAMES)
    head = FlowLayout(names, spacing=10)
    for press in buttons:
        head.addWidget(press)
    inside.addLayout(head)
    facts_list = FactsList()
    facts_list.set_facts(card_facts)
    inside.addWidget(facts_list)
    return frame


def _state_words(state: TokenState, count: int) -> str:
    """What is said of so many tokens beside their number."""
    if state is TokenState.WORKS:
        return ngettext("works", "work", count)
    return (
        ngettext("ends soon", "end soon", count)
        if state is TokenState.ENDS_SOON
        else ngettext("needs you", "need you", count)
    )
