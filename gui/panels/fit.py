"""Does it fit? What one Page's token is good for, purpose by purpose, with the button that opens each lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.i18n import _, ngettext
from gui.jobs import Jobs
from gui.panels.panel import Panel
from gui.services.check_all import check_rows
from gui.services.fit import all_evidence_of, asked_for, fits, key_to, words
from gui.services.page_list import read_page
from gui.services.purposes import group_label
from gui.shell.commands import Command, Request
from gui.text import isolated
from gui.values import Tone
from gui.widgets.announce import announce
from gui.widgets.facts_list import clear
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.press_button import CheckBox
from gui.widgets.widget_factory import button, card, column, icon_label, label, row

if TYPE_CHECKING:
    from gui.services.check_all import CheckReport
    from gui.services.fit import Fit
    from gui.services.page_list import KnownPage
    from gui.services.session import Session

#: A purpose's words have so much beside its button, or that stands below (pixels).
_LEAST_WORDS = 320


class FitPanel(Panel):
    """Says what is known here; Facebook is asked on request, in one batch."""

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, _("What is it good for?"), parent)
        self._known: KnownPage | None = None
        self._page_id, self._login_id = "", 0
        self.add_way_back(_("Back to the Pages"), Command.SHOW_PAGES, "fitBack")
        self._ask = button(_("Ask Facebook now"), self._ask_facebook, kind="main", icon="heart-pulse", name="fitAsk")
        self.header_buttons.addWidget(self._ask)
        self._only = CheckBox(_("Only what it is for, or what is not ready"))
        self._only.setObjectName("fitOnly")
        self._only.toggled.connect(lambda: self._show())
        self.body.addWidget(self._only)
        self._column = QVBoxLayout()
        self._column.setSpacing(14)
        self.put_scrolled(self._column)

    def begin(self, page_id: str, login_id: int = 0) -> None:
        """Show what is known of this Page by this login (0: whoever reaches it); needs no network."""
        self.notices.clear()
        self._known = None
        self._page_id, self._login_id = page_id, login_id
        self.work(
            read_page, self.session, page_id, login_id, done=self._take, again=lambda: self.begin(page_id, login_id)
        )
        self.give_focus(self._ask)

    def _take(self, known: KnownPage) -> None:
        if known.row.page.id != self._page_id:
            # Another Page was asked for meanwhile.
            return
        self._known = known
        self.title.setText(_("What is {name} good for?", name=known.row.page.display_name))
        self._show()

    def _show(self) -> None:
        if self._known is None:
            return
        page_row = self._known.row
        evidence = all_evidence_of(page_row, self._known.logins, self.session.now())
        found = fits(*evidence)
        ready = sum(one.is_ready for one in found.values())
        text = ngettext("Ready for {count} purpose", "Ready for {count} purposes", ready)
        self.set_subtitle(_("{text}, as far as is known here. Nothing was called.", text=text))
        wanted = asked_for(evidence)
        clear(self._column)
        groups: dict[str, list[Fit]] = {}
        for key, one in found.items():
            if not self._only.isChecked() or (key in wanted if wanted else not one.is_ready):
                groups.setdefault(one.purpose.group, []).append(one)
        for group, some in groups.items():
            frame, inside = card(margins=(20, 14, 16, 16), spacing=10)
            inside.addWidget(label(group_label(group), "heading", wrap=True))
            for one in some:
                inside.addLayout(self._line(one, self._person(one)))
            self._column.addWidget(frame)
        self._column.addStretch(1)

    def _person(self, one: Fit) -> str:
        """Whose token serves a purpose, where the list shows another one's."""
        assert self._known is not None
        login = self._known.logins.get(one.known.login_id)
        is_shown = one.lock is not None or one.known.login_id == self._known.row.login_id
        return "" if is_shown or login is None else login.display_name

    def _line(self, one: Fit, person: str) -> FlowLayout:
        tone = Tone.WORKS if one.is_ready else Tone.INFO if one.is_open else Tone.SOON
        state = _("Ready") if one.is_ready else _("Not sure") if one.is_open else _("Not yet")
        name = label(f"{one.purpose.label}  ·  {state}", "strong", wrap=True, name=f"fit_{one.purpose.key}")
        said = words(one)
        if person:
            by_login = _("By the login of {person}.", person=isolated(person))
            said = f"{said} {by_login}".strip()
        name.setAccessibleName(f"{name.text()}. {said}")
        texts = QWidget()
        texts.setLayout(column(name, *([label(said, "second", wrap=True)] if said else []), spacing=1))
        texts.setMinimumWidth(_LEAST_WORDS)
        line = FlowLayout(spacing=10)
        line.add_layout(row(icon_label(tone.icon, tone.color, 18), texts, spacing=10))
        key = key_to(one)
        if key is not None:
            press = button(key.label, lambda: self.requested.emit(key.request), name=f"fitKey_{one.purpose.key}")
            press.setAccessibleName(f"{key.label}: {one.purpose.label}")
            line.addWidget(press)
        return line

    def _ask_facebook(self) -> None:
        if self._known is None:
            return
        self.notices.clear()
        self.work(
            check_rows, self.session, self._known.row.by_source,
            saying=_("Asking Facebook what the token may do …"), asks_facebook=True, lock=self._ask.setDisabled,
            done=self._show_checked, again=self._ask_facebook,
        )  # fmt: skip

    def _show_checked(self, report: CheckReport) -> None:
        if report.unanswered:
            self.say("some_not_answered", name=ngettext("{count} token", "{count} tokens", report.unanswered))
        self.work(read_page, self.session, self._page_id, self._login_id, done=self._take_checked)

    def _take_checked(self, known: KnownPage) -> None:
        self._take(known)
        announce(self, self.subtitle.text())

    def act(self, request: Request) -> None:
        if request.command is Command.CHECK_ALL:
            self._ask_facebook()
        else:
            super().act(request)
