"""Extend: the short-lived token becomes a long-lived one; both are shown, with their ends and the line of a token's life."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from gui.errors import UserError
from gui.jobs import Jobs
from gui.panels.panel import Panel
from gui.values import Login, StoredLogin
from gui.widgets.life_line import LifeLine, Mark
from gui.widgets.pieces import button, card, icon_label, label, row
from gui.widgets.token_field import TokenCard
from gui.widgets.way import Way

if TYPE_CHECKING:
    from gui.desk.desk import Desk
    from gui.desk.login import LoggedIn


class ExchangePanel(Panel):
    """`extended` when the person goes on to the Pages: the Login and what was kept of it (or None)."""

    extended = Signal(object, object)
    kept = Signal(object)

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(desk, jobs, "Extend your login", parent)
        self._logged_in: LoggedIn | None = None
        self._connection: Login | None = None
        self._kept: StoredLogin | None = None
        self._goes_on = False
        self.way = Way(1)
        self.body.insertWidget(0, self.way)
        frame, inside = card(spacing=22)
        self._short = TokenCard("Short-lived", chosen=False, name="shortToken", copy_words="Copy")
        self._long = TokenCard("Long-lived", chosen=True, name="longToken", copy_words="Copy")
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
        self._go = button("Show my Pages", self._go_on, kind="main", name="extendGo")
        inside.addLayout(self._pair)
        inside.addWidget(self._line)
        foot = row(self._words, self._go, spacing=12)
        foot.setStretch(0, 1)
        inside.addLayout(foot)
        self.body.addWidget(frame)
        self.body.addStretch(1)

    def set_narrow(self, narrow: bool) -> None:
        self._arrow.setVisible(not narrow)

    # ------------------------------------------------------------------- doing
    def begin(self, logged_in: LoggedIn, *, go_on: bool = False) -> None:
        """Extend this login; it runs by itself, and with `go_on` goes on to the Pages by itself once it is kept."""
        from gui.desk import words

        self.notices.clear()
        self._goes_on = go_on
        self._logged_in, self._connection, self._kept = logged_in, None, None
        token = logged_in.token
        self._short.set_token("from your login just now", token.secret.last_four, words.ends(token.expires_at, self.desk.now()))
        self._long.set_token("", "", "")
        self._line.hide()
        self._words.setText("")
        if logged_in.missing:
            self.say("permissions_declined", name=", ".join(logged_in.missing))
        self._extend()

    def _extend(self) -> None:
        from gui.desk.exchange import extend

        self.way.set_present(1)
        self._go.setText("Show my Pages")
        self._go.setEnabled(False)
        self.progress.begin("Asking Facebook for a token that lasts …")
        self.work(extend, self.desk, self._logged_in, done=self._extended, failed=lambda _: self._stopped(), stopped=self._stopped, again=self._extend)

    def _stopped(self) -> None:
        self.progress.hide()
        self._words.setText("The login was not extended. The short-lived token can be copied; it works until its end.")
        self._go.setText("Extend")
        self._go.setEnabled(True)

    def _extended(self, connection: Login) -> None:
        self._connection = connection
        self._show(connection)
        self._keep()

    def _keep(self) -> None:
        from gui.desk.keep import keep_login

        self.progress.begin("Keeping it in your keychain …")
        self.work(keep_login, self.desk, self._connection, done=self._is_kept, failed=self._is_not_kept, again=self._keep)

    def _is_kept(self, kept: StoredLogin) -> None:
        self._kept = kept
        self.progress.hide()
        self._words.setText(
            "Kept in your system keychain. Page tokens made from it have no end date, but they die when you remove the app, "
            "change your password or lose your role on the Page."
        )
        self._ready()
        self.kept.emit(kept)
        if self._goes_on and not self.notices.notices():
            self._goes_on = False
            self._go_on()

    def _is_not_kept(self, problem: UserError) -> None:
        self.progress.hide()
        self._words.setText("Not kept yet: both tokens are only in this window until it closes. They can be copied.")
        self._ready()

    def _ready(self) -> None:
        self._go.setEnabled(True)
        self.way.set_present(2)
        self._go.setFocus()

    def _show(self, connection: Login) -> None:
        from gui.desk import words

        token, now = connection.token, self.desk.now()
        whose = f"for {token.user_name or 'you'}, app {connection.app.name or connection.app.app_id}"
        self._long.set_token(whose, token.secret.last_four, words.ends(token.expires_at, now))
        ends = [
            (moment, what) for moment, what in ((token.expires_at, "login ends"), (token.data_access_expires_at, "data access ends")) if moment and moment > now
        ]
        if not ends:
            return
        last = max(moment for moment, _ in ends)
        marks = [Mark(0.0, "today", self._short_end(now))]
        marks += [Mark((moment - now) / (last - now), words.day(moment, now), what) for moment, what in ends]
        login = token.expires_at - now if token.expires_at else last - now
        self._line.set_marks(tuple(marks), min(1.0, login / (last - now)))
        self._line.show()

    def _short_end(self, now: int) -> str:
        from datetime import datetime

        end = self._logged_in.token.expires_at if self._logged_in else None
        return f"short-lived ends at {datetime.fromtimestamp(end):%H:%M}" if end and end > now else "short-lived"

    def _go_on(self) -> None:
        if self._connection is None:
            self._extend()
        else:
            self.extended.emit(self._connection, self._kept)

    def _copy_short(self) -> None:
        if self._logged_in is not None:
            self.copied.emit(self._logged_in.token.secret, "the short-lived User token")

    def _copy_long(self) -> None:
        if self._connection is not None:
            self.copied.emit(self._connection.token.secret, "the long-lived User token")

    def refresh(self) -> None:
        super().refresh()
        for one in (self._short, self._long):
            one.refresh()
