"""Settings, and the addresses that open in the person's own browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from gui.desktop import browser
from gui.services.explain import message
from gui.services.links import link_address
from gui.shell.accounts import Change
from gui.shell.commands import Command, Request
from gui.widgets import web_engine

if TYPE_CHECKING:
    from gui.panels.settings import SettingsPanel
    from gui.shell.context import ShellContext
    from gui.shell.navigator import Handlers


class SettingsFlow(QObject):
    """`settings_changed` carries the Settings after a change; `client_forgotten` carries words and a TagChange.

    `restart_wanted` when the program is to end and start again.
    """

    settings_changed = Signal(object)
    restart_wanted = Signal()
    client_forgotten = Signal(str, object)

    def __init__(self, context: ShellContext) -> None:
        super().__init__(context.window)
        self._shell, self._accounts = context, context.accounts
        self.settings = context.stack.add(
            "settings",
            _settings_panel,
            self._connect,
            place="settings",
            origin=Command.SHOW_SETTINGS,
            topic="keychain",
        )
        self._accounts.changed.connect(self._take_change)

    def _connect(self, panel: SettingsPanel) -> None:
        panel.settings_changed.connect(self._change_settings)
        panel.clients_changed.connect(lambda: self._accounts.reload(Change.CONTENTS))
        panel.undo_offered.connect(self.client_forgotten)

    @property
    def handlers(self) -> Handlers:
        return {
            Command.SHOW_SETTINGS: lambda request: self._show(),
            Command.SHOW_CLIENTS: lambda request: self._show().show_clients(),
            Command.OPEN_LINK: self._open_link,
            Command.LOG_IN_WITHOUT_GRAPHICS_CARD: lambda request: self._log_in_without_graphics_card(),
            Command.RESTART: lambda request: self.restart_wanted.emit(),
        }

    def _show(self) -> SettingsPanel:
        panel = self.settings.show()
        self._fill(panel)
        return panel

    def _fill(self, panel: SettingsPanel) -> None:
        accounts = self._accounts
        panel.show_state(accounts.apps, accounts.logins, accounts.settings, str(accounts.session.folder))

    def _take_change(self, change: Change) -> None:
        if change is Change.CONTENTS and self.settings.panel_if_made is not None and self.settings.is_open:
            self._fill(self.settings.panel_if_made)

    def _change_settings(self, changes: dict[str, Any]) -> None:
        self._accounts.change_settings(changes)
        self.settings_changed.emit(self._accounts.settings)

    def _log_in_without_graphics_card(self) -> None:
        """Show the login page without the graphics card: at once, or after a restart where it was shown with it."""

        def go_on() -> None:
            self._shell.navigate(
                Request(Command.RESTART if web_engine.needs_restart(graphics_card=False) else Command.LOG_IN)
            )

        self._accounts.change_settings({"graphics_card": False}, then=go_on)

    def _open_link(self, request: Request) -> None:
        """Open one of Facebook's pages; an app's page leads to the list of apps where no App ID is known."""
        accounts = self._accounts
        app = accounts.app_at_login or next(iter(accounts.apps), None)
        url = link_address(request.link, request.app_id or (app.app_id if app else ""))
        if not browser.open_address(url) and self._shell.stack.current is not None:
            self._shell.stack.current.show_notice(message("no_browser", name=url))


def _settings_panel() -> type[SettingsPanel]:
    from gui.panels.settings import SettingsPanel

    return SettingsPanel
