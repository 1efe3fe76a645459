"""Who is there: logins and apps in the side bar, their names, forgetting and disconnecting them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.i18n import _
from gui.services import formatting
from gui.services.explain import message
from gui.services.forget import forget_app, forget_login
from gui.services.name import name_app, name_login
from gui.services.states import login_state
from gui.services.views import ViewKind
from gui.shell.accounts import Change
from gui.shell.commands import Command, Request
from gui.values import TokenState
from gui.widgets.ask_text import AskText
from gui.widgets.side_people import SideApp, SidePerson

if TYPE_CHECKING:
    from gui.panels.disconnect import DisconnectPanel
    from gui.shell.context import ShellContext
    from gui.shell.navigator import Handlers
    from gui.values import AppCredentials, StoredLogin


class AccountsFlow(QObject):
    """`forgotten` carries a ForgetReceipt: what can be brought back."""

    forgotten = Signal(object)

    def __init__(self, context: ShellContext) -> None:
        super().__init__(context.window)
        self._shell, self._accounts = context, context.accounts
        self.disconnect_ = context.stack.add(
            "disconnect", _disconnect_panel, self._connect_disconnect, place="health", topic="take-back"
        )
        self._accounts.changed.connect(self._take_change)

    def _connect_disconnect(self, panel: DisconnectPanel) -> None:
        panel.disconnected.connect(self._show_disconnected)
        panel.changed.connect(lambda: self._accounts.reload())

    @property
    def handlers(self) -> Handlers:
        return {
            Command.RENAME_LOGIN: self._of_login(self._rename_login),
            Command.FORGET_LOGIN: self._of_login(lambda login: self._forget_login(login, keep_app=False)),
            Command.FORGET_LOGIN_ONLY: self._of_login(lambda login: self._forget_login(login, keep_app=True)),
            Command.DISCONNECT: self._of_login(lambda login: self.disconnect_.show().begin(login)),
            Command.RENAME_APP: self._of_app(self._rename_app),
            Command.FORGET_APP: self._of_app(self._forget_app),
        }

    def _of_login(self, serve: Callable[[StoredLogin], object]) -> Callable[[Request], object]:
        """A handler for the login that a request names; it does nothing where that login is gone."""

        def handle(request: Request) -> None:
            login = self._accounts.login(request.login_id)
            if login is not None:
                serve(login)

        return handle

    def _of_app(self, serve: Callable[[AppCredentials], object]) -> Callable[[Request], object]:
        def handle(request: Request) -> None:
            app = self._accounts.app(request.app_id)
            if app is not None:
                serve(app)

        return handle

    # ----------------------------------------------------------------- side bar
    def _take_change(self, change: Change) -> None:
        self._shell.window.side.set_count("health", self._accounts.needing_you)
        self._show_people()
        panel = self.disconnect_.panel_if_made
        if (
            change is Change.CONTENTS
            and panel is not None
            and panel.login_id not in {one.id for one in self._accounts.logins}
        ):
            self.disconnect_.put_away()
            if not self.disconnect_.is_open:
                # No notice leads back to somebody who is gone.
                self.disconnect_.discard()

    def _show_people(self) -> None:
        accounts = self._accounts
        now = accounts.session.now()
        people = [
            SidePerson(
                id=login.id,
                name=login.display_name,
                app_id=login.app_id,
                second=_("System user")
                if login.is_system_user
                else formatting.pages(login.pages)
                if len(accounts.apps) > 1
                else login.app_display_name,
                state=login_state(login, now)[0],
                says=_("login {ends}", ends=formatting.ends(login.expires_at, now)),
            )
            for login in accounts.logins
        ]
        apps = []
        for app in accounts.apps:
            states = [one.state for one in people if one.app_id == app.app_id]
            worst = max(states, key=lambda state: state.severity, default=TokenState.WORKS)
            apps.append(SideApp(app.app_id, app.display_name, worst, formatting.people(len(states))))
        self._shell.window.side.set_people(people, apps, self._marked_button())

    def _marked_button(self) -> str:
        """The key of the side bar's button for what is looked at; empty for everybody's Pages or none."""
        view = self._accounts.view
        if view is None or view.kind is ViewKind.ALL:
            return ""
        return f"person:{view.login_id}" if view.kind is ViewKind.LOGIN else f"app:{view.app_id}"

    # -------------------------------------------------------------------- names
    def _rename_login(self, login: StoredLogin) -> None:
        self._ask_name(login.display_name, lambda name: self._rename(name_login, login, name))

    def _rename_app(self, app: AppCredentials) -> None:
        self._ask_name(app.display_name, lambda name: self._rename(name_app, app.app_id, name))

    def _rename(self, service: Callable[..., object], *arguments: object) -> None:
        self._shell.jobs.start(
            service,
            self._accounts.session,
            *arguments,
            owner=self,
            done=lambda _: self._accounts.reload(Change.CONTENTS),
        )

    def _ask_name(self, name: str, then: Callable[[str], object]) -> None:
        words = _("A name of your own, on this computer alone. Leave it empty to take Facebook’s again.")
        dialog = AskText(_("Rename {name}", name=name), words, name, _("Rename"), self._shell.window)
        dialog.given.connect(then)
        dialog.open()

    # ------------------------------------------------------- forget, disconnect
    def _forget_login(self, login: StoredLogin, *, keep_app: bool) -> None:
        self._shell.jobs.start(
            forget_login, self._accounts.session, login, keep_app, owner=self, done=self.forgotten.emit
        )

    def _forget_app(self, app: AppCredentials) -> None:
        self._shell.jobs.start(forget_app, self._accounts.session, app, owner=self, done=self.forgotten.emit)

    def _show_disconnected(self, login: StoredLogin, deleted: bool) -> None:
        """Go back to Health, unless the person went elsewhere; offer to connect again through the same app."""
        text = message("disconnected" if deleted else "disconnected_not_deleted", name=login.display_name)
        if text.action is not None:
            text = replace(
                text, action=text.action._replace(request=Request(Command.ADD_LOGIN_THROUGH, app_id=login.app_id))
            )

        is_open = self.disconnect_.is_open and self.disconnect_.panel.login_id == login.id

        def show() -> None:
            if is_open:
                self._show_health()
            if self._shell.stack.current is not None:
                self._shell.stack.current.show_notice(text)

        if is_open:
            self._show_health()
        self._accounts.reload(Change.CONTENTS, then=show)

    def _show_health(self) -> None:
        with self._shell.stack.beneath():
            self._shell.navigate(Request(Command.SHOW_HEALTH))


def _disconnect_panel() -> type[DisconnectPanel]:
    from gui.panels.disconnect import DisconnectPanel

    return DisconnectPanel
