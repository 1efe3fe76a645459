"""The Pages: whose are shown, fetched anew, exported, imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from gui.services.explain import message
from gui.services.keep import load_login
from gui.services.views import View
from gui.shell.accounts import Change
from gui.shell.commands import Command, Request
from gui.values import TokenState

if TYPE_CHECKING:
    from gui.panels.export import ExportPanel
    from gui.panels.fit import FitPanel
    from gui.panels.hand_over import HandOverPanel
    from gui.panels.import_tokens import ImportPanel
    from gui.panels.page_list import PageListPanel
    from gui.shell.context import ShellContext
    from gui.shell.navigator import Handlers
    from gui.values import Login, PageRow, StoredLogin


class PagesFlow(QObject):
    """`forgotten` carries a ForgetReceipt, `tagged` words and a TagChange: what can be undone."""

    forgotten = Signal(object)
    tagged = Signal(str, object)

    def __init__(self, context: ShellContext) -> None:
        super().__init__(context.window)
        self._shell, self._accounts = context, context.accounts
        self.pages = context.stack.add("pages", _page_list_panel, self._connect_pages, topic="page-token")
        self.export = context.stack.add("export", _export_panel, leave=lambda panel: panel.leave(), topic="give-tokens")
        self.hand_over = context.stack.add(
            "hand_over", _hand_over_panel, leave=lambda panel: panel.leave(), topic="copy-for-a-tool"
        )
        self.fit = context.stack.add("fit", _fit_panel, topic="good-for")
        self.import_ = context.stack.add(
            "import", _import_panel, self._connect_import, leave=lambda panel: panel.leave(), topic="import-tokens"
        )
        self._accounts.changed.connect(self._take_change)

    def _connect_pages(self, panel: PageListPanel) -> None:
        panel.count_changed.connect(lambda count: self._shell.window.side.set_count("pages", count))
        panel.listed.connect(lambda: self._accounts.reload())
        panel.tagged.connect(self.tagged)
        panel.forgotten.connect(self.forgotten)
        panel.export_wanted.connect(self._export)
        panel.colleague_wanted.connect(lambda rows: self.export.show().begin(rows, "colleague"))
        panel.tool_wanted.connect(lambda rows: self.hand_over.show().begin(rows))

    def _connect_import(self, panel: ImportPanel) -> None:
        panel.imported.connect(lambda: self._accounts.reload(Change.CONTENTS))

    @property
    def handlers(self) -> Handlers:
        return {
            Command.SHOW_ALL_PAGES: lambda request: self._show_all(),
            Command.SHOW_PAGES: lambda request: self._show_as_left(),
            Command.SHOW_PAGES_OF_LOGIN: lambda request: self.show_login(request.login_id),
            Command.SHOW_PAGES_OF_APP: lambda request: self._show(View.of_app(request.app_id)),
            Command.SHOW_PAGES_NEEDING_YOU: lambda request: self.show_login(request.login_id, TokenState.NEEDS_YOU),
            Command.SHOW_PAGES_IN_STATE: lambda request: self._show_in_state(request.state),
            Command.SHOW_PAGES_READY: lambda request: self._show_ready(request.purpose),
            Command.SHOW_FIT: lambda request: self.fit.show().begin(request.page_id, request.login_id),
            Command.RELOAD_PAGES: self._reload,
            Command.SHOW_IMPORT: lambda request: self.import_.show().begin(),
        }

    # ------------------------------------------------------------------- showing
    def _show_all(self) -> None:
        """Show everybody's Pages; before there is anybody, the login or Welcome."""
        accounts = self._accounts
        if accounts.logins:
            self._show_in_state(None)
        elif accounts.apps:
            self._shell.navigate(Request(Command.LOG_IN, app_id=accounts.apps[0].app_id))
        else:
            self._shell.navigate(Request(Command.SHOW_WELCOME))

    def _show_in_state(self, state: TokenState | None) -> None:
        """Show everybody's Pages together; where there is one login, its own. None shows every state."""
        login = self._accounts.only_login
        if self._accounts.logins:
            self._show(View.of_login(login) if login else View(), state)

    def _show_ready(self, purpose: str) -> None:
        """Show everybody's Pages that are ready for this purpose."""
        self._show_in_state(None)
        if self.pages.panel_if_made is not None:
            self.pages.panel.show_ready(purpose)

    def show_login(self, login_id: int, state: TokenState | None = None) -> None:
        """Show the Pages of one login; None shows every state."""
        login = self._accounts.login(login_id)
        if login is not None:
            self._show(View.of_login(login), state)

    def _show(self, view: View, state: TokenState | None = None) -> None:
        panel = self.pages.show()
        panel.show_view(view, view.logins(self._accounts.logins))
        panel.show_state(state)
        self._accounts.look_at(view)

    def _show_as_left(self) -> None:
        if self._accounts.view is None or self.pages.panel_if_made is None:
            self._show_all()
        else:
            self.pages.show()

    def _export(self, rows: list[PageRow]) -> None:
        self.export.show().begin(rows)

    def say_news(self, titles: str) -> bool:
        """Say above the list what a check of logins found; False while there is no list."""
        if self.pages.panel_if_made is None:
            return False
        # Not told elsewhere: Health, and whatever mends it, say it by themselves.
        self.pages.panel_if_made.notices.add(message("health_news", name=titles))
        return True

    # ------------------------------------------------------------------ fetching
    def load(self, login: Login, stored_login: StoredLogin | None, renewing: StoredLogin | None) -> None:
        """Fetch the Pages of a login that was just made; say so where it is not the one it was to renew."""
        with self._shell.stack.beneath():
            panel = self.pages.show()
        is_renewal = renewing is not None and stored_login is not None and renewing.id == stored_login.id
        panel.load(login, stored_login, renewing=is_renewal)
        if renewing is not None and stored_login is not None and not is_renewal:
            kind = "renewed_not_system_user" if renewing.is_system_user else "renewed_other_person"
            panel.say(kind, name=stored_login.user_name)
        self._accounts.look_at(View.of_login(stored_login) if stored_login is not None else None)

    def _reload(self, request: Request) -> None:
        """Fetch a login's Pages anew: the one named, the one looked at, or the first."""
        accounts = self._accounts
        login = accounts.login(request.login_id) or accounts.viewed_login or next(iter(accounts.logins), None)
        if login is not None:
            self._reload_login(login)

    def _reload_login(self, stored_login: StoredLogin) -> None:
        panel = self.pages.show()
        panel.work(
            load_login, self._accounts.session, stored_login,
            done=lambda login: panel.load(login, stored_login), again=lambda: self._reload_login(stored_login),
        )  # fmt: skip
        self._accounts.look_at(View.of_login(stored_login))

    # ------------------------------------------------------------------- changes
    def _take_change(self, change: Change) -> None:
        """Show in the list what is kept now; discard it when nobody is left whose Pages it showed."""
        view = self._accounts.view
        panel = self.pages.panel_if_made
        if change is Change.ACCOUNTS and view is not None and panel is not None:
            panel.take_logins(self._accounts.logins)
        if change not in {Change.CONTENTS, Change.HEALTH} or view is None or self.pages.panel_if_made is None:
            return
        if not view.logins(self._accounts.logins):
            self._accounts.look_at(None)
            self.pages.discard()
            self._shell.window.side.set_count("pages", 0)
        elif change is Change.HEALTH:
            # A frame of its own: the list may be long.
            QTimer.singleShot(0, self, self._look_again)
        else:
            self._look_again()

    def _look_again(self) -> None:
        if self.pages.panel_if_made is not None:
            self.pages.panel_if_made.look_again(self._accounts.logins)


def _page_list_panel() -> type[PageListPanel]:
    from gui.panels.page_list import PageListPanel

    return PageListPanel


def _export_panel() -> type[ExportPanel]:
    from gui.panels.export import ExportPanel

    return ExportPanel


def _import_panel() -> type[ImportPanel]:
    from gui.panels.import_tokens import ImportPanel

    return ImportPanel


def _fit_panel() -> type[FitPanel]:
    from gui.panels.fit import FitPanel

    return FitPanel


def _hand_over_panel() -> type[HandOverPanel]:
    from gui.panels.hand_over import HandOverPanel

    return HandOverPanel
