"""How tokens are: Health, any token from anywhere, and what happened to each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.shell.accounts import Change
from gui.shell.commands import Command, Request

if TYPE_CHECKING:
    from gui.panels.any_token import AnyTokenPanel
    from gui.panels.health import HealthPanel
    from gui.panels.history import HistoryPanel
    from gui.shell.context import ShellContext
    from gui.shell.navigator import Handlers


class HealthFlow(QObject):
    """`login_given` carries a LoginResult that is to be extended and kept.

    `page_kept` carries the id of the stored login that a Page token was kept under.
    """

    login_given = Signal(object)
    page_kept = Signal(int)

    def __init__(self, context: ShellContext) -> None:
        super().__init__(context.window)
        self._shell, self._accounts = context, context.accounts
        self.health = context.stack.add(
            "health",
            _health_panel,
            self._connect_health,
            place="health",
            origin=Command.SHOW_HEALTH,
            topic="why-tokens-die",
        )
        self.any_token = context.stack.add(
            "any_token", _any_token_panel, self._connect_any_token, place="health", topic="any-token"
        )
        self.history = context.stack.add(
            "history", _history_panel, place="history", origin=Command.SHOW_HISTORY, topic="privacy"
        )
        self._accounts.changed.connect(self._take_change)

    def _connect_health(self, panel: HealthPanel) -> None:
        panel.checked.connect(self._accounts.take_health)

    def _connect_any_token(self, panel: AnyTokenPanel) -> None:
        panel.login_kept.connect(self.login_given)
        panel.page_kept.connect(self._take_page)

    @property
    def handlers(self) -> Handlers:
        return {
            Command.SHOW_HEALTH: lambda request: self.health.show().begin(),
            Command.CHECK_ALL: lambda request: self._check_all(),
            Command.SHOW_ANY_TOKEN: lambda request: self.any_token.show().begin(),
            Command.SHOW_HISTORY: self._show_history,
            Command.GO_BACK: lambda request: self._shell.navigate(Request(self._shell.stack.origin)),
            Command.SHOW_VIEW: lambda request: self._shell.stack.show_as_left(request.view),
        }

    def _check_all(self) -> None:
        panel = self.health.show()
        panel.begin()
        panel.check()

    def _show_history(self, request: Request) -> None:
        self.history.show().begin(request.page_id)

    def _take_page(self, login_id: int) -> None:
        """Show the Pages of the login that a Page token was kept under, unless the person went elsewhere."""

        def then() -> None:
            if self.any_token.is_open:
                self.page_kept.emit(login_id)
            else:
                self.any_token.panel.say("page_token_kept")

        self._accounts.reload(then=then)

    def _take_change(self, change: Change) -> None:
        if change is Change.CONTENTS and self.health.panel_if_made is not None and self.health.is_open:
            self.health.panel_if_made.begin_quietly()


def _health_panel() -> type[HealthPanel]:
    from gui.panels.health import HealthPanel

    return HealthPanel


def _any_token_panel() -> type[AnyTokenPanel]:
    from gui.panels.any_token import AnyTokenPanel

    return AnyTokenPanel


def _history_panel() -> type[HistoryPanel]:
    from gui.panels.history import HistoryPanel

    return HistoryPanel
