"""Explain an error: paste what a tool shows, read what it means and what mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QVBoxLayout, QWidget

from gui.errors import UserError
from gui.graph.redact import redact_pasted
from gui.i18n import _, list_of, ngettext
from gui.jobs import Jobs
from gui.panels.panel import Panel
from gui.services.clipboard_text import note_copied
from gui.services.explain_error import check_error, explain_error, pages_to_choose
from gui.services.keep import load_login, page_token
from gui.shell.commands import Command, Request
from gui.values import Secret
from gui.widgets.announce import announce
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.focus_order import bring_into_sight
from gui.widgets.notice import NoticeArea
from gui.widgets.paste_field import PasteField
from gui.widgets.widget_factory import button, card, label

if TYPE_CHECKING:
    from gui.services.explain_error import ErrorReport, PageChoice
    from gui.services.session import Session
    from gui.values import Message, PageRow

#: Names in the list of Pages are shown up to so many characters.
_NAME_LENGTH = 28


class ExplainErrorPanel(Panel):
    """Nothing that is pasted is kept or sent: it is gone when the view is left."""

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, _("Explain an error"), parent)
        self.set_subtitle(
            _("Paste what a tool shows, in any language. Secrets in it are taken out; it is not sent anywhere.")
        )
        self.add_way_back(_("Back"), Command.LEAVE_HELP, "errorBack")
        self._rows: list[PageRow] = []
        self._wanted = "", 0
        self._report: ErrorReport | None = None
        self._text = PasteField(
            _("an error message, a log line, a stack trace, an address with error_code= …"),
            _("What the tool shows"),
            "errorText",
            redact_pasted,
        )
        self._text.wanted.connect(self._explain)
        self._page = QComboBox()
        self._page.setObjectName("errorPage")
        self._page.setAccessibleName(_("Page that it is about"))
        self._page.setEditable(True)
        self._page.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._page.setMinimumContentsLength(_NAME_LENGTH)
        self._page.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        completer = self._page.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._page.activated.connect(lambda _: self._check_again())
        self._go = button(_("Explain it"), self._explain, kind="main", icon="scan-search", name="errorGo")
        paste_card, inside = card(margins=(20, 16, 20, 16), spacing=12)
        inside.addWidget(self._text)
        inside.addLayout(FlowLayout(label(_("Which Page is it about?"), "muted"), self._page, self._go, spacing=10))
        self._report_card, inside = card(margins=(20, 16, 20, 18), spacing=10, name="errorReport")
        self._whose = label("", "strong", wrap=True, name="errorWhose")
        self._found = NoticeArea(self)
        self._found.pressed.connect(self.act)
        self._verdict = NoticeArea(self)
        self._verdict.pressed.connect(self.act)
        self._quoted = label("", "second", wrap=True, name="errorQuoted")
        self._more = label("", "second", wrap=True, name="errorMore")
        for widget in (self._whose, self._verdict, self._found, self._quoted, self._more):
            inside.addWidget(widget)
        self._report_card.hide()
        whole = QVBoxLayout()
        whole.setSpacing(14)
        whole.addWidget(paste_card)
        whole.addWidget(self._report_card)
        whole.addStretch(1)
        self.put_scrolled(whole)

    def begin(self, page_id: str = "", login_id: int = 0) -> None:
        """Show an empty field; with the ID of a Page that one is chosen, by this login if any."""
        self.notices.clear()
        self._forget()
        self._wanted = page_id, login_id
        self.work(pages_to_choose, self.session, done=self._show_pages, again=lambda: self.begin(page_id, login_id))
        self.give_focus(self._text)

    def _forget(self) -> None:
        self._report = None
        self._text.clear()
        self._report_card.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self._forget()
        super().hideEvent(event)

    def _show_pages(self, choices: list[PageChoice]) -> None:
        self._rows = [one.row for one in choices]
        self._page.clear()
        self._page.addItem(_("No Page in particular"))
        for one in choices:
            parts = (one.row.page.display_name, one.row.page.id, one.person)
            self._page.addItem("  ·  ".join(filter(None, parts)))
        page_id, login_id = self._wanted
        wanted = [row.page.id == page_id and login_id in {0, row.login_id} for row in self._rows]
        self._page.setCurrentIndex(wanted.index(True) + 1 if True in wanted else 0)
        self._page.setEnabled(bool(choices))

    @property
    def _row(self) -> PageRow | None:
        index = self._page.currentIndex() - 1
        return self._rows[index] if 0 <= index < len(self._rows) else None

    # -------------------------------------------------------------------- doing
    def _explain(self) -> None:
        self.notices.clear()
        self._report_card.hide()
        try:
            self._report = explain_error(self._text.take_text())
        except UserError as error:
            self._report = None
            self.tell(error)
            return
        self._show(self._report)
        self._check_again()

    def _show(self, report: ErrorReport) -> None:
        self._whose.setText(report.summary)
        self._found.clear()
        self._verdict.clear()
        self._found.add(report.message)
        self._quoted.setText(_("Known by: “{words}”", words=report.quoted) if report.quoted else "")
        self._quoted.setVisible(bool(report.quoted))
        more = []
        if report.others:
            others = ngettext(
                "The text holds another error before it: {names}.",
                "The text holds {count} other errors before it: {names}.",
                len(report.others),
                names=list_of(report.others),
            )
            more.append(others)
        if report.was_cut:
            more.append(_("It is very long; only its beginning and its end were read."))
        if report.whose in {"token", "permission"} and self._row is None and self._rows:
            more.append(_("Choose the Page, and its own token is looked at, too."))
        self._more.setText(" ".join(more))
        self._more.setVisible(bool(more))
        self._report_card.show()
        QTimer.singleShot(0, self._report_card, lambda: bring_into_sight(self._report_card))
        announce(self._whose, f"{report.summary} {report.message.title}. {report.message.text}")

    def _check_again(self) -> None:
        """Look at the chosen Page's own token, if there is something to look at it for."""
        report, row = self._report, self._row
        self._verdict.clear()
        if report is None:
            return
        if row is None:
            self._show(report)
            return
        self.work(
            check_error, self.session, report, row,
            saying=_("Asking Facebook about the Page’s token …"), asks_facebook=True, lock=self._go.setDisabled,
            done=lambda verdict: self._show_verdict(report, verdict), again=self._check_again,
        )  # fmt: skip

    def _show_verdict(self, report: ErrorReport, verdict: Message) -> None:
        if report is self._report:
            bring_into_sight(self._verdict.add(verdict))
            self._more.hide()

    def act(self, request: Request) -> None:
        """Copy what a button is for; everything else is asked for."""
        row = self._row
        if request.command is Command.COPY_PAGE_ID and row is not None:
            self.copied.emit(Secret(row.page.id), _("the Page ID of {name}", name=row.page.display_name))
        elif request.command is Command.COPY_PAGE_TOKEN and row is not None:
            self.work(page_token, self.session, row, done=lambda token: self._copy(row, token))
        elif request.command is Command.COPY_USER_TOKEN and row is not None:
            self._copy_user_token(row)
        else:
            super().act(request)

    def _copy(self, row: PageRow, token: Secret) -> None:
        self.copied.emit(token, _("the token of {name}", name=row.page.display_name))
        self.jobs.start(note_copied, self.session, [row], "", owner=self)

    def _copy_user_token(self, row: PageRow) -> None:
        login = self.session.vault.stored_login(row.login_id)
        if login is not None:
            self.work(
                load_login, self.session, login,
                done=lambda loaded: self.copied.emit(
                    loaded.token.secret, _("the User token of {name}", name=login.display_name)
                ),
            )  # fmt: skip

    def refresh(self) -> None:
        super().refresh()
        self._found.refresh()
        self._verdict.refresh()
