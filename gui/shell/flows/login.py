"""Set up an app, log in, extend the login: up to where the Pages are listed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMenu

from gui.i18n import _
from gui.services.explain import message
from gui.services.keep import load_app
from gui.shell.commands import Command, Request
from gui.widgets.icons import icon
from gui.widgets.plain_text import plain_words

if TYPE_CHECKING:
    from gui.panels.exchange import ExchangePanel
    from gui.panels.login import LoginPanel
    from gui.panels.setup import SetupPanel
    from gui.services.login import LoginResult
    from gui.shell.context import ShellContext
    from gui.shell.navigator import Handlers
    from gui.values import AppCredentials, Login, StoredLogin


#: What renews a login that there is.
_RENEWALS = {Command.LOG_IN, Command.REREQUEST_PERMISSIONS, Command.ASK_FOR_MORE}


class LoginFlow(QObject):
    """`extended` carries the Login whose Pages are to be listed, its StoredLogin and the StoredLogin it was to renew.

    The second is None while the login is not kept, the third where none was to be renewed.
    """

    extended = Signal(object, object, object)

    def __init__(self, context: ShellContext) -> None:
        super().__init__(context.window)
        self._shell, self._accounts = context, context.accounts
        self._login_to_renew: StoredLogin | None = None
        self.setup = context.stack.add(
            "setup", _setup_panel, lambda panel: panel.ready.connect(self._take_app), topic="make-the-app"
        )
        self.login = context.stack.add(
            "login", _login_panel, self._connect_login, leave=lambda panel: panel.leave(), topic="logging-in"
        )
        self.extend = context.stack.add("extend", _exchange_panel, self._connect_extend, topic="three-steps")

    def _connect_login(self, panel: LoginPanel) -> None:
        panel.logged_in.connect(self._take_login)

    def _connect_extend(self, panel: ExchangePanel) -> None:
        panel.extended.connect(self._finish)
        panel.kept.connect(lambda _: self._accounts.reload())

    @property
    def handlers(self) -> Handlers:
        return {
            Command.SET_UP_APP: lambda request: self._set_up(self._app_meant(request)),
            Command.SET_UP_ANOTHER_APP: lambda request: self._set_up(None),
            Command.ADD_LOGIN: lambda request: self._add_login(),
            Command.ADD_LOGIN_THROUGH: lambda request: self._add_login_through(request.app_id),
            Command.LOG_IN: self._log_in,
            Command.REREQUEST_PERMISSIONS: self._log_in,
            Command.ASK_FOR_MORE: self._ask_for_more,
            Command.PASTE_TOKEN: self._log_in,
            Command.USE_OWN_BROWSER: self._log_in,
            Command.LEAVE_LOGIN: lambda request: self._leave(),
        }

    def _leave(self) -> None:
        """Back to the Pages; before there is anybody, to Welcome."""
        self._shell.navigate(Request(Command.SHOW_PAGES if self._accounts.logins else Command.SHOW_WELCOME))

    # ------------------------------------------------------------------- set up
    def _app_meant(self, request: Request) -> AppCredentials | None:
        """The app that is named; else the one of the login under way, or the first."""
        accounts = self._accounts
        return accounts.app(request.app_id) or accounts.app_at_login or next(iter(accounts.apps), None)

    def _set_up(self, app: AppCredentials | None) -> None:
        self.setup.show().begin(app, self._accounts.logins)

    def _take_app(self, app: AppCredentials) -> None:
        """Log in through an app that was just set up, unless the person went elsewhere."""
        if self.setup.is_open:
            self.begin_with(app)
            return
        self._accounts.reload()
        text = message("app_ready", name=app.display_name)
        assert text.action is not None
        request = Request(Command.ADD_LOGIN_THROUGH, app_id=app.app_id)
        self.setup.panel.show_notice(replace(text, action=text.action._replace(request=request)))

    def begin_with(self, app: AppCredentials) -> None:
        """Log in through this app, which was just verified and kept."""
        self._accounts.reload()
        self._begin(app, Command.LOG_IN)

    # -------------------------------------------------------------------- log in
    def _add_login(self) -> None:
        """Log in through the one app, or ask through which."""
        self._login_to_renew = None
        apps = self._accounts.apps
        if not apps:
            self._set_up(None)
        elif len(apps) == 1:
            self._load_and_begin(apps[0].app_id, Command.LOG_IN)
        else:
            self._ask_app()

    def _ask_app(self) -> None:
        menu = QMenu(self._shell.window)
        menu.setObjectName("addMenu")
        for app in self._accounts.apps:
            action = menu.addAction(icon("log-in"), _("Log in through {name}", name=plain_words(app.display_name)))
            action.triggered.connect(lambda _=False, app_id=app.app_id: self._load_and_begin(app_id, Command.LOG_IN))
        menu.addSeparator()
        menu.addAction(icon("plus"), _("Another Facebook app …")).triggered.connect(lambda: self._set_up(None))
        menu.aboutToHide.connect(menu.deleteLater)
        position = self._shell.window.side.place_of("add")
        QTimer.singleShot(0, lambda: menu.popup(position))

    def _add_login_through(self, app_id: str) -> None:
        self._login_to_renew = None
        self._load_and_begin(app_id, Command.LOG_IN)

    def _log_in(self, request: Request, purpose: str = "") -> None:
        """Log in through the app of the login that is named, looked at or the only one; else through the app named.

        LOG_IN, REREQUEST_PERMISSIONS and ASK_FOR_MORE are to renew that login.
        """
        accounts = self._accounts
        login = accounts.login(request.login_id) or accounts.viewed_login or accounts.only_login
        is_renewal = request.command in _RENEWALS
        self._login_to_renew = login if is_renewal else None
        app_id = login.app_id if login else request.app_id or next((app.app_id for app in accounts.apps), "")
        if app_id:
            self._load_and_begin(app_id, request.command, purpose)
        else:
            self._set_up(None)

    def _ask_for_more(self, request: Request) -> None:
        """Log in again for more: for the purpose that is named, or for those that the person then chooses."""
        self._log_in(request, request.purpose)

    def _load_and_begin(self, app_id: str, command: Command, purpose: str = "") -> None:
        def begin(app: AppCredentials) -> None:
            # Whoever went to another view while the app was read stays there.
            if self.login.is_open:
                self._begin(app, command, purpose)

        self.login.show().work(
            load_app, self._accounts.session, app_id,
            done=begin,
            again=lambda: self._load_and_begin(app_id, command, purpose),
        )  # fmt: skip

    def _begin(self, app: AppCredentials, command: Command, purpose: str = "") -> None:
        self._accounts.app_at_login = app
        with self._shell.stack.beneath():
            panel = self.login.show()
        panel.begin(
            app,
            renewing=self._login_to_renew,
            purpose=purpose,
            rerequest=command in {Command.REREQUEST_PERMISSIONS, Command.ASK_FOR_MORE},
            graphics_card=self._accounts.settings.graphics_card,
        )
        if command is Command.PASTE_TOKEN:
            panel.use_paste()
        elif command is Command.USE_OWN_BROWSER:
            panel.use_browser()
        elif command is Command.ASK_FOR_MORE and not purpose:
            panel.use_purposes()

    # -------------------------------------------------------------------- extend
    def take_token(self, result: LoginResult) -> None:
        """Go on with a User token as with a login just made."""
        self._login_to_renew = None
        self._show_extend(result)

    def _take_login(self, result: LoginResult) -> None:
        """Extend a login; where the person left it for another view, there it stays until `_finish` tells of it."""
        if self.login.is_open:
            self._show_extend(result)
        else:
            self.extend.panel.begin(result, go_on=True)

    def _show_extend(self, result: LoginResult) -> None:
        with self._shell.stack.beneath():
            panel = self.extend.show()
        panel.begin(result, go_on=self._login_to_renew is not None)

    def _finish(self, login: Login, stored_login: StoredLogin | None) -> None:
        if not self.extend.is_open:
            self.extend.panel.say("login_ready", name=login.token.user_name or login.app.display_name)
            return
        renewing, self._login_to_renew = self._login_to_renew, None
        self.extended.emit(login, stored_login, renewing)


def _setup_panel() -> type[SetupPanel]:
    from gui.panels.setup import SetupPanel

    return SetupPanel


def _login_panel() -> type[LoginPanel]:
    from gui.panels.login import LoginPanel

    return LoginPanel


def _exchange_panel() -> type[ExchangePanel]:
    from gui.panels.exchange import ExchangePanel

    return ExchangePanel
