"""Check any token: paste one from anywhere and read what Facebook says of it; it is kept only on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.errors import UserError
from gui.i18n import _
from gui.jobs import Jobs
from gui.panels.panel import Panel
from gui.services import facts, formatting
from gui.services.any_token import as_login, inspect_token, keep_page_token
from gui.services.input_parsing import parse_token, said_to_be_token
from gui.shell.commands import Command, Request
from gui.values import Secret
from gui.widgets.announce import announce
from gui.widgets.facts_list import FactsList
from gui.widgets.fields import SecretField
from gui.widgets.widget_factory import button, card, label, row

if TYPE_CHECKING:
    from gui.services.any_token import TokenReport
    from gui.services.session import Session


class AnyTokenPanel(Panel):
    """`login_kept` carries a LoginResult, made of a person's token, that is to be extended and kept.

    `page_kept` carries the id of the stored login that a Page token was kept under.
    """

    login_kept = Signal(object)
    page_kept = Signal(int)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, _("Check any token"), parent)
        self.set_subtitle(
            _(
                "A User token, a Page token or an app token, from any tool or colleague. "
                "It is sent to Facebook only, and not kept."
            )
        )
        self._secret: Secret | None = None
        #: What was pasted last and has not the form of a token.
        self._unlike = Secret("")
        self._report: TokenReport | None = None
        self.add_way_back(_("Back to Health"), Command.SHOW_HEALTH, "anyBack")
        self._field = SecretField(_("paste the token here"), _("Token"), "anyField")
        self._field.returnPressed.connect(lambda: self._check())
        self._go = button(_("Check it"), lambda: self._check(), kind="main", icon="scan-search", name="anyCheck")
        token_card, inside = card(margins=(20, 16, 20, 16))
        line = row(self._field, self._go, spacing=10)
        line.setStretch(0, 1)
        inside.addLayout(line)
        self._report_card, self._column = card(margins=(20, 16, 20, 18), spacing=14, name="anyReport")
        self._title = label("", "heading", wrap=True, name="anyTitle")
        self._facts = FactsList()
        self._keep_words = label("", "second", wrap=True, name="anyKeepWords")
        self._keep = button(_("Keep it"), lambda: self._keep_it(), icon="key-round", name="anyKeep")
        self._copy = button(_("Copy these details"), self._copy_facts, kind="quiet", icon="copy", name="anyCopy")
        self._column.addWidget(self._title)
        self._column.addWidget(self._facts)
        foot = row(self._keep_words, self._copy, self._keep, spacing=10)
        foot.setStretch(0, 1)
        self._column.addLayout(foot)
        self._report_card.hide()
        column = QVBoxLayout()
        column.setSpacing(14)
        column.addWidget(token_card)
        column.addWidget(self._report_card)
        column.addStretch(1)
        self.put_scrolled(column)

    def begin(self) -> None:
        """Show an empty field, and nothing of an earlier token; a check that was left ends."""
        if self._is_checking:
            self.cancel_work()
        self.notices.clear()
        self._forget()
        self.give_focus(self._field)

    def _forget(self) -> None:
        self._secret = self._report = None
        self._unlike = Secret("")
        self._field.clear()
        self._report_card.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self._forget()
        super().hideEvent(event)

    # -------------------------------------------------------------------- doing
    @property
    def _is_checking(self) -> bool:
        return not self._go.isEnabled()

    def _check(self) -> None:
        """Look at what was pasted, one after the other: a report is of the token that is kept with it."""
        if self._is_checking:
            return
        self.notices.clear()
        self._report_card.hide()
        try:
            secret = parse_token(self._field.text(), app_tokens=True)
        except UserError as error:
            self._unlike = Secret(self._field.text())
            self.tell(error)
            return
        self._field.clear()
        self._examine(secret)

    def _check_unlike(self) -> None:
        """The person says that the text which was read just now is a token."""
        if self._is_checking:
            return
        self.notices.clear()
        secret = said_to_be_token(self._unlike)
        self._field.clear()
        self._examine(secret)

    def act(self, request: Request) -> None:
        if request.command is Command.SEND_AS_TOKEN:
            self._check_unlike()
        elif request.command is Command.REPLACE_LASTING:
            self._keep_it(replace_lasting=True)
        else:
            super().act(request)

    def _examine(self, secret: Secret) -> None:
        # Or the focus would wander off with the button.
        self.give_focus(self._field)
        self.work(
            inspect_token, self.session, secret,
            saying=_("Asking Facebook what this token is …"), asks_facebook=True, lock=self._go.setDisabled,
            done=lambda report: self._show(secret, report), again=lambda: self._examine(secret),
        )  # fmt: skip

    def _show(self, secret: Secret, report: TokenReport) -> None:
        self._secret, self._report = secret, report
        kind = formatting.token_kind(report.info.type).title
        name = report.name or (report.info.application if report.info.type == "APP" else "")
        self._title.setText(_("{kind} of {name}", kind=kind, name=name) if name else kind)
        announce(self._title, self._title.text())
        self._facts.set_facts(facts.report_facts(report, self.session.now()))
        self._keep.setVisible(report.can_be_kept)
        self._keep.setText(_("Extend and keep it") if report.info.type == "USER" else _("Keep it"))
        self._keep_words.setText(
            _("It is not kept: it is gone when you leave this view.") if report.can_be_kept else self._why_not(report)
        )
        self._report_card.show()

    def _why_not(self, report: TokenReport) -> str:
        if report.why is not None:
            return _("A token that does not work is not kept.")
        if report.info.is_of_a_login:
            return _("To keep it, set up its app first: that needs the App secret.")
        return _("Page Keys keeps Page tokens, and tokens of people and of system users.")

    def _copy_facts(self) -> None:
        if self._report is not None:
            lines = [f"{one.name}: {one.text}" for one in facts.report_facts(self._report, self.session.now())]
            QGuiApplication.clipboard().setText("\n".join([self._title.text(), *lines]))

    def _keep_it(self, replace_lasting: bool = False) -> None:
        if self._report is None or self._secret is None:
            return
        if self._report.info.is_of_a_login:
            self.login_kept.emit(as_login(self.session, self._report, self._secret))
            return
        self.work(
            keep_page_token, self.session, self._report, self._secret, replace_lasting,
            saying=_("Keeping it in your keychain …"), done=self.page_kept.emit, again=self._keep_it,
        )  # fmt: skip
