"""Check any token: paste one from anywhere and read everything that Facebook says of it; kept only if asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.errors import UserError
from gui.jobs import Jobs
from gui.panels.panel import Panel
from gui.values import Secret
from gui.widgets.facts_list import FactsList
from gui.widgets.fields import SecretField
from gui.widgets.pieces import button, card, label, row

if TYPE_CHECKING:
    from gui.desk.any_token import TokenReport
    from gui.desk.desk import Desk


class AnyTokenPanel(Panel):
    """`login_kept` carries a person's token that is to be extended and kept; `page_kept` the connection that a Page token was kept under."""

    login_kept = Signal(object)
    page_kept = Signal(int)

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(desk, jobs, "Check any token", parent)
        self.set_subtitle("A User token, a Page token or an app token, from any tool or colleague. It is sent to Facebook only, and not kept.")
        self._secret: Secret | None = None
        self._report: TokenReport | None = None
        self._back = button("Back to Health", lambda: self.wanted.emit("health"), kind="quiet", icon="arrow-left", name="anyBack")
        self.header_buttons.addWidget(self._back)
        self._field = SecretField("paste the token here", "Token", "anyField")
        self._field.returnPressed.connect(self._check)
        self._go = button("Check it", self._check, kind="main", icon="scan-search", name="anyCheck")
        ask, inside = card(margins=(20, 16, 20, 16))
        line = row(self._field, self._go, spacing=10)
        line.setStretch(0, 1)
        inside.addLayout(line)
        found, self._column = card(margins=(20, 16, 20, 18), spacing=14, name="anyReport")
        self._title = label("", "heading", wrap=True, name="anyTitle")
        self._facts = FactsList()
        self._keep_words = label("", "second", wrap=True, name="anyKeepWords")
        self._keep = button("Keep it", self._keep_it, icon="key-round", name="anyKeep")
        self._copy = button("Copy what is known", self._copy_facts, kind="quiet", icon="copy", name="anyCopy")
        self._column.addWidget(self._title)
        self._column.addWidget(self._facts)
        foot = row(self._keep_words, self._copy, self._keep, spacing=10)
        foot.setStretch(0, 1)
        self._column.addLayout(foot)
        self._found = found
        self._found.hide()
        column = QVBoxLayout()
        column.setSpacing(14)
        column.addWidget(ask)
        column.addWidget(self._found)
        column.addStretch(1)
        self.put_scrolled(column)
        self.setFocusProxy(self._field)

    def begin(self) -> None:
        """An empty field, and nothing of an earlier token."""
        self.notices.clear()
        self._forget()
        self._field.setFocus()

    def _forget(self) -> None:
        self._secret = self._report = None
        self._field.clear()
        self._found.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self._forget()
        super().hideEvent(event)

    # -------------------------------------------------------------------- doing
    def _check(self) -> None:
        from gui.desk.typed import token_in

        self.notices.clear()
        self._found.hide()
        try:
            self._secret = token_in(self._field.text())
        except UserError as problem:
            self.tell(problem)
            return
        self._field.clear()
        self._examine()

    def _examine(self) -> None:
        from gui.desk.any_token import examine

        # Or the focus would wander off with the button.
        self._field.setFocus()
        self._go.setEnabled(False)
        self.progress.begin("Asking Facebook what this token is …")
        self.work(examine, self.desk, self._secret, done=self._show, failed=lambda _: self._over(), stopped=self._over, again=self._examine)

    def _over(self) -> None:
        self._go.setEnabled(True)
        self.progress.hide()

    def _show(self, report: TokenReport) -> None:
        from gui.desk import facts

        self._over()
        self._report = report
        what = {"PAGE": "Page token", "USER": "User token", "APP": "App token", "SYSTEM_USER": "System user’s token"}.get(report.facts.type, "Token")
        name = report.name or (report.facts.application if report.facts.type == "APP" else "")
        self._title.setText(f"{what} of {name}" if name else what)
        self._facts.set_facts(facts.of_report(report, self.desk.now()))
        self._keep.setVisible(report.can_be_kept)
        self._keep.setText("Extend and keep it" if report.facts.type == "USER" else "Keep it")
        self._keep_words.setText("It is not kept, and forgotten when you leave this view." if report.can_be_kept else self._why_not(report))
        self._found.show()

    def _why_not(self, report: TokenReport) -> str:
        if report.why is not None:
            return "A token that does not work is not kept."
        if report.facts.type == "USER":
            return "To keep it, set up its app first: extending a User token needs the App secret."
        return "Page Keys keeps User tokens and Page tokens."

    def _copy_facts(self) -> None:
        from PySide6.QtGui import QGuiApplication

        from gui.desk import facts

        if self._report is not None:
            lines = [f"{one.name}: {one.text}" for one in facts.of_report(self._report, self.desk.now())]
            QGuiApplication.clipboard().setText("\n".join([self._title.text(), *lines]))

    def _keep_it(self) -> None:
        from gui.desk.any_token import as_login, keep_page_token

        if self._report is None or self._secret is None:
            return
        if self._report.facts.type == "USER":
            self.login_kept.emit(as_login(self.desk, self._report, self._secret))
            return
        self.progress.begin("Keeping it in your keychain …")
        self.work(keep_page_token, self.desk, self._report, self._secret, done=self._is_kept, failed=lambda _: self.progress.hide(), again=self._keep_it)

    def _is_kept(self, number: int) -> None:
        self.progress.hide()
        self.page_kept.emit(number)
