"""Extend: the short-lived token becomes a long-lived one.

Both are shown, with their ends and the line of a token's life.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from gui.i18n import _, time_of_day
from gui.jobs import Jobs
from gui.panels.panel import MARGIN_X, Panel
from gui.services import formatting
from gui.services.exchange import extend
from gui.services.keep import keep_login
from gui.shell.commands import Command
from gui.values import Login, StoredLogin
from gui.widgets.life_line import LifeLine, Tick
from gui.widgets.step_indicator import StepIndicator
from gui.widgets.token_field import TokenCard
from gui.widgets.widget_factory import button, card, fold, icon_label, label, row

if TYPE_CHECKING:
    from gui.services.login import LoginResult
    from gui.services.session import Session

_CARD_MARGIN = 24


class ExchangePanel(Panel):
    """`extended` comes when the person goes on to the Pages: the Login, and its StoredLogin (None: not kept).

    `kept` carries the StoredLogin once it is kept.
    """

    extended = Signal(object, object)
    kept = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, _("Extend your login"), parent)
        self._result: LoginResult | None = None
        self._login: Login | None = None
        self._stored_login: StoredLogin | None = None
        self._goes_on = False
        self._is_below = False
        self.steps = StepIndicator(1)
        self.body.insertWidget(0, self.steps)
        frame, inside = card(margins=(_CARD_MARGIN, _CARD_MARGIN, _CARD_MARGIN, _CARD_MARGIN), spacing=22)
        self._short = TokenCard(_("Short-lived"), chosen=False, name="shortToken", copy_words=_("Copy"))
        self._long = TokenCard(_("Long-lived"), chosen=True, name="longToken", copy_words=_("Copy"))
        self._short.copy_wanted.connect(self._copy_short)
        self._long.copy_wanted.connect(self._copy_long)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(20)
        self._pair.addWidget(self._short, 1)
        self._arrow = icon_label("arrow-right", "accent", 24)
        self._pair.addWidget(self._arrow)
        self._pair.addWidget(self._long, 1)
        self._line = LifeLine()
        self._words = label("", "muted", wrap=True, name="extendWords")
        self._go = button(_("Show my Pages"), self._go_on, kind="main", name="extendGo")
        inside.addLayout(self._pair)
        inside.addWidget(self._line)
        foot = row(self._words, self._go, spacing=12)
        foot.setStretch(0, 1)
        inside.addLayout(foot)
        self.body.addWidget(frame)
        self.body.addStretch(1)
        self.escape_to(Command.LEAVE_LOGIN)

    def set_narrow(self, narrow: bool) -> None:
        is_one = self._result is not None and self._result.token.is_system_user
        self._is_below = narrow
        self._arrow.setVisible(not narrow and not is_one)
        room = self.width() - 2 * (MARGIN_X + _CARD_MARGIN) - self._pair.spacing()
        least = max(self._short.minimumSizeHint().width(), self._long.minimumSizeHint().width())
        below = narrow and room < 2 * least
        fold(self._pair, below)

    # ------------------------------------------------------------------- doing
    def begin(self, result: LoginResult, *, go_on: bool = False) -> None:
        """Extend and keep this login without being asked.

        With `go_on` it goes on to the Pages once the login is kept, unless there is a notice to read.
        """
        self.notices.clear()
        self._goes_on = go_on
        self._result, self._login, self._stored_login = result, None, None
        token = result.token
        # A system user's token is not extended: it is one and the same.
        self._short.setVisible(not token.is_system_user)
        self._arrow.setVisible(not token.is_system_user and not self._is_below)
        self._short.set_token(
            _("from your login just now"), token.secret.last_four, formatting.ends(token.expires_at, self.session.now())
        )
        self._long.set_token("", "", "")
        self._line.hide()
        self._words.setText("")
        if result.missing_permissions:
            self.say("permissions_declined", name=", ".join(result.missing_permissions))
        self._extend()

    def _extend(self) -> None:
        self.steps.set_present(1)
        self._go.setText(_("Show my Pages"))
        self._go.setEnabled(False)
        self.work(
            extend, self.session, self._result, saying=_("Asking Facebook for a long-lived token …"),
            asks_facebook=True, done=self._show_extended, failed=lambda _: self._show_stopped(),
            stopped=self._show_stopped, again=self._extend,
        )  # fmt: skip

    def _show_stopped(self) -> None:
        self._words.setText(
            _("The login was not extended. You can copy the short-lived token; it works until it ends.")
        )
        self._go.setText(_("Extend"))
        self._go.setEnabled(True)

    def _show_extended(self, login: Login) -> None:
        self._login = login
        self._show(login)
        self._keep()

    def _keep(self) -> None:
        self.work(
            keep_login, self.session, self._login, saying=_("Keeping it in your keychain …"),
            done=self._show_kept, failed=lambda _: self.show_not_kept(), stopped=self.show_not_kept, again=self._keep,
        )  # fmt: skip

    def _show_kept(self, login: StoredLogin) -> None:
        self._stored_login = login
        self._words.setText(
            _(
                "Kept in your system keychain. It is a system user’s, so no password change ends it. Page tokens made "
                "from it work as long as the system user has the Page."
            )
            if login.is_system_user
            else _(
                "Kept in your system keychain. Page tokens made from it have no end date, "
                "but they die when you remove the app, change your password or lose your role on the Page."
            )
        )
        self._ready()
        self.kept.emit(login)
        if self._goes_on and not self.notices.notices():
            self._goes_on = False
            self._go_on()

    def show_not_kept(self) -> None:
        """Say that the tokens are in this window only."""
        self._words.setText(_("Not kept yet: both tokens are only in this window until it closes. They can be copied."))
        self._ready()

    def _ready(self) -> None:
        self._go.setEnabled(True)
        self.steps.set_present(2)
        self.give_focus(self._go)

    def _show(self, login: Login) -> None:
        token, now = login.token, self.session.now()
        app_name = login.app.display_name
        owner_text = (
            _("for {name}, app {app}", name=token.user_name, app=app_name)
            if token.user_name
            else _("for you, app {app}", app=app_name)
        )
        self._long.set_token(owner_text, token.secret.last_four, formatting.ends(token.expires_at, now))
        self._fit_width()
        ends = [
            (moment, caption)
            for moment, caption in (
                (token.expires_at, _("login ends")),
                (token.data_access_expires_at, _("data access ends")),
            )
            if moment and moment > now
        ]
        if not ends:
            return
        last = max(moment for moment, caption in ends)
        ticks = [Tick(0.0, _("today"), self._short_end(now))]
        ticks += [Tick((moment - now) / (last - now), formatting.day(moment, now), caption) for moment, caption in ends]
        lifetime = token.expires_at - now if token.expires_at else last - now
        self._line.set_ticks(tuple(ticks), min(1.0, lifetime / (last - now)))
        self._line.show()

    def _short_end(self, now: int) -> str:
        end = self._result.token.expires_at if self._result else None
        if end and end > now:
            return _("short-lived ends at {time}", time=time_of_day(end))
        return _("short-lived")

    def _go_on(self) -> None:
        if self._login is None:
            self._extend()
        else:
            self.extended.emit(self._login, self._stored_login)

    def _copy_short(self) -> None:
        if self._result is not None:
            self.copied.emit(self._result.token.secret, _("the short-lived User token"))

    def _copy_long(self) -> None:
        if self._login is not None:
            self.copied.emit(self._login.token.secret, _("the long-lived User token"))

    def refresh(self) -> None:
        super().refresh()
        self._short.refresh()
        self._long.refresh()
