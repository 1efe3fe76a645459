"""The window: the way Log in > Extend > Pages, and what lies beside it. Joins panels that do not know each other."""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal

from gui.frame import Frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QCloseEvent

    from gui.desk.desk import Desk
    from gui.desk.keep import Kept
    from gui.desktop.clipboard import SecretClipboard
    from gui.jobs import Jobs
    from gui.panels.exchange import ExchangePanel
    from gui.panels.login import LoginPanel
    from gui.panels.page_list import PageListPanel
    from gui.panels.panel import Panel
    from gui.panels.settings import SettingsPanel
    from gui.panels.setup import SetupPanel
    from gui.values import AppCredentials, KeptConnection, Problem

_SOON_DAYS = 14
#: What is imported, and then made, ahead of its use; milliseconds between two.
_AHEAD = (
    ("gui.desk.setup", ""),
    ("gui.panels.setup", ""),
    ("gui.panels.setup", "setup"),
    ("gui.panels.login", ""),
    ("gui.panels.login", "login"),
    ("gui.panels.exchange", ""),
    ("gui.panels.exchange", "extend"),
    ("gui.widgets.page_model", ""),
    ("gui.widgets.page_delegate", ""),
    ("gui.widgets.page_table", ""),
    ("gui.panels.page_list", ""),
    ("gui.panels.page_list", "pages"),
)
_AHEAD_PAUSE = 25


class Window(Frame):
    """The main window.

    `practice_wanted` and `practice_left` ask the program for another Facebook; `appearance_chosen` for
    another scheme; `opened` when what is kept is on show, `prepared` when all views are at hand.
    """

    practice_wanted = Signal()
    practice_left = Signal()
    appearance_chosen = Signal(str)
    opened = Signal()
    prepared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.desk: Desk | None = None
        self.apps: list[AppCredentials] = []
        self.people: list[KeptConnection] = []
        self.appearance = ""
        self._present: KeptConnection | None = None
        self._login_app: AppCredentials | None = None
        self.side.went.connect(self.go)
        self.side.person_chosen.connect(self._choose_person)

    # ------------------------------------------------------------ beginning, end
    def use(self, desk: Desk, jobs: Jobs, clipboard: SecretClipboard, *, site_words: str = "", can_leave: bool = False) -> None:
        """Work at this desk from now on: show what is kept there."""
        from gui.desk.keep import open_desk

        self._forget_panels()
        self.desk = desk
        self.furnish(jobs, clipboard)
        self.side.set_site(site_words)
        self.side.set_can_leave(can_leave)
        self._present = None
        self.jobs.start(open_desk, desk, done=self._opened, failed=self._not_opened)

    def _opened(self, kept: Kept) -> None:
        self._take(kept)
        self.appearance_chosen.emit(self.appearance)
        if self.people:
            self._show_person(self.people[0])
        elif self.apps:
            self._login(self.apps[0].app_id)
        else:
            self._show_welcome()
        self._tell_all(kept.notices)
        self._prepare(iter(_AHEAD))
        self.opened.emit()

    def _prepare(self, ahead: Iterator[tuple[str, str]]) -> None:
        """Import and make views one by one while nobody waits, so that none of them costs a frame later."""
        step = next(ahead, None)
        if step is None or self.desk is None:
            self.prepared.emit()
            return
        module, panel = step
        importlib.import_module(module)
        if panel:
            self.panel(panel)
        QTimer.singleShot(_AHEAD_PAUSE, lambda: self._prepare(ahead))

    def _not_opened(self, problem: Problem) -> None:
        self._show_welcome()
        self._tell_all((problem,))
        self.opened.emit()

    def tell(self, problem: Exception) -> None:
        """Show a Problem in the view that is on show."""
        self._tell_all((problem,))

    def _tell_all(self, problems: tuple[Exception, ...]) -> None:
        from gui.desk.explain import explain

        for problem in problems:
            if self._root.currentIndex() == 0 and self._panel_shown() is not None:
                self._panel_shown().tell(problem, self._reopen)  # type: ignore[union-attr]
            elif self._welcome is not None:
                said = explain(problem)
                self._welcome.notices.add(said if said.action == "retry" else replace(said, action="", button=""))

    def _reopen(self) -> None:
        if self.desk is not None and self.clipboard is not None:
            from gui.desk.keep import open_desk

            self.jobs.start(open_desk, self.desk, done=self._opened, failed=self._not_opened)

    def _take(self, kept: Kept) -> None:
        self.apps, self.people, self.appearance = list(kept.apps), list(kept.connections), kept.appearance
        self._show_people()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.clipboard is not None:
            self.clipboard.clear()
        self._forget_panels()
        super().closeEvent(event)

    # ------------------------------------------------------------------- panels
    def panel(self, name: str) -> Any:
        """The panel of this name, made when it is first needed."""
        if name not in self._panels:
            assert self.desk is not None
            made = self._make(name, self.desk)
            made.wanted.connect(self._wanted)
            made.copied.connect(self.copy)
            self._panels[name] = made
            self._stack.addWidget(made)
        return self._panels[name]

    def _make(self, name: str, desk: Desk) -> Panel:
        if name == "setup":
            from gui.panels.setup import SetupPanel

            setup: SetupPanel = SetupPanel(desk, self.jobs)
            setup.ready.connect(self._app_ready)
            return setup
        if name == "login":
            from gui.panels.login import LoginPanel

            login: LoginPanel = LoginPanel(desk, self.jobs)
            login.logged_in.connect(self._logged_in)
            return login
        if name == "extend":
            from gui.panels.exchange import ExchangePanel

            extend: ExchangePanel = ExchangePanel(desk, self.jobs)
            extend.extended.connect(self._extended)
            extend.kept.connect(lambda _: self._recount())
            return extend
        if name == "pages":
            from gui.panels.page_list import PageListPanel

            pages: PageListPanel = PageListPanel(desk, self.jobs)
            pages.count_changed.connect(self.side.set_count)
            pages.listed.connect(self._recount)
            return pages
        if name == "settings":
            from gui.panels.settings import SettingsPanel

            settings: SettingsPanel = SettingsPanel(desk, self.jobs)
            settings.appearance_chosen.connect(self._choose_appearance)
            settings.app_wanted.connect(self._set_up)
            settings.forgotten.connect(self._forgotten)
            return settings
        from gui.panels.help import HelpPanel

        return HelpPanel(desk, self.jobs)

    def _show(self, name: str, place: str = "") -> Any:
        panel = self.panel(name)
        if name != "login" and "login" in self._panels:
            self._panels["login"].leave()  # type: ignore[attr-defined]
        self._root.setCurrentIndex(0)
        self._stack.setCurrentWidget(panel)
        self.side.set_place(place or "pages")
        self.side.refresh()
        return panel

    def _forget_panels(self) -> None:
        if "login" in self._panels:
            self._panels["login"].leave()  # type: ignore[attr-defined]
        for panel in self._panels.values():
            self._stack.removeWidget(panel)
            panel.deleteLater()
        self._panels = {}

    def _show_welcome(self) -> None:
        if self._welcome is None:
            from gui.panels.welcome import WelcomePanel

            self._welcome = WelcomePanel()
            self._welcome.connect_wanted.connect(lambda: self._set_up(None))
            self._welcome.practice_wanted.connect(self.practice_wanted)
            self._welcome.notices.pressed.connect(lambda _: self._reopen())
            self._root.addWidget(self._welcome)
        self._root.setCurrentWidget(self._welcome)

    # ------------------------------------------------------------- going about
    def go(self, where: str) -> None:
        """Go to a place of the side bar."""
        if self.desk is None:
            return
        if where == "add":
            self._login(self.apps[0].app_id) if self.apps else self._set_up(None)
        elif where == "leave":
            self.practice_left.emit()
        elif where == "settings":
            self._show_settings()
        elif where == "help":
            self._show("help", "help")
        elif self._present is not None:
            self._show("pages")
        elif self.people:
            self._show_person(self.people[0])
        elif self.apps:
            self._login(self.apps[0].app_id)
        else:
            self._show_welcome()

    def _wanted(self, wish: str) -> None:
        """What a panel asks for."""
        name, _, rest = wish.partition(":")
        if name == "open":
            self._open_link(rest)
        elif name == "reload":
            self._reload()
        elif name == "app":
            self._set_up(self._login_app or (self.apps[0] if self.apps else None))
        elif name in {"login", "rerequest", "paste", "own_browser"}:
            app_id = self._present.app_id if self._present else self.apps[0].app_id if self.apps else ""
            if app_id:
                self._login(app_id, name)
            else:
                self._set_up(None)

    def _open_link(self, link: str) -> None:
        from gui.desk.links import address
        from gui.desktop.browser import open_address

        name, _, app_id = link.partition(":")
        known = self._login_app.app_id if self._login_app else self.apps[0].app_id if self.apps else ""
        url = address(name, app_id or known)
        if not open_address(url):
            panel = self._panel_shown()
            if panel is not None:
                panel.say("no_browser", name=url)

    def _set_up(self, app: AppCredentials | None) -> None:
        if self.desk is not None:
            self._show("setup").begin(app)

    def _app_ready(self, app: AppCredentials) -> None:
        self._recount()
        self._begin_login(app, "login")

    def _login(self, app_id: str, how: str = "login") -> None:
        from gui.desk.keep import kept_app

        login = self._show("login")
        login.work(kept_app, self.desk, app_id, done=lambda app: self._begin_login(app, how), again=lambda: self._login(app_id, how))

    def _begin_login(self, app: AppCredentials, how: str) -> None:
        self._login_app = app
        login = self._show("login")
        login.begin(app, rerequest=how == "rerequest")
        if how == "paste":
            login.use_paste()
        elif how == "own_browser":
            login.use_browser()

    def begin_with(self, app: AppCredentials) -> None:
        """Log in through this app now."""
        self._app_ready(app)

    def _logged_in(self, found: Any) -> None:
        self._show("extend").begin(found)

    def _extended(self, connection: Any, kept: KeptConnection | None) -> None:
        self._present = kept
        self._show("pages").load(connection, kept)
        self._show_people()

    def _reload(self) -> None:
        from gui.desk.keep import kept_connection

        kept = self._present
        if kept is not None:
            pages = self._show("pages")
            pages.work(kept_connection, self.desk, kept, done=lambda connection: pages.load(connection, kept), again=self._reload)

    # ------------------------------------------------------------------- people
    def _choose_person(self, number: int) -> None:
        found = next((one for one in self.people if one.id == number), None)
        if found is not None:
            self._show_person(found)

    def _show_person(self, person: KeptConnection) -> None:
        self._present = person
        self._show("pages").show_kept(person)
        self._show_people()

    def _recount(self) -> None:
        """Read anew who is kept, after something was kept or forgotten."""
        from gui.desk.keep import open_desk

        self.jobs.start(open_desk, self.desk, done=self._take)

    def _show_people(self) -> None:
        from gui.desk import words

        assert self.desk is not None
        now = self.desk.now()
        shown = []
        for one in self.people:
            left = None if not one.expires_at else one.expires_at - now
            state = "works" if left is None or left > _SOON_DAYS * 86_400 else "soon" if left > 0 else "needs_you"
            shown.append((one.id, one.user_name or one.user_id, one.app_name or one.app_id, state, f"login {words.ends(one.expires_at, now)}"))
        self.side.set_people(shown, self._present.id if self._present else 0)

    def _forgotten(self, person: KeptConnection) -> None:
        from gui.desk.keep import open_desk

        if self._present is not None and self._present.id == person.id:
            self._present = None
            self.side.set_count(0)
            if "pages" in self._panels:
                gone = self._panels.pop("pages")
                self._stack.removeWidget(gone)
                gone.deleteLater()

        def settled(kept: Kept) -> None:
            self._take(kept)
            self._show_settings() if self.people or self.apps else self._show_welcome()

        self.jobs.start(open_desk, self.desk, done=settled)

    def _show_settings(self) -> None:
        assert self.desk is not None
        folder = str(self.desk.vault.ledger.folder)
        self._show("settings", "settings").show_state(tuple(self.apps), tuple(self.people), self.appearance, folder)

    def _choose_appearance(self, appearance: str) -> None:
        from gui.desk.keep import set_setting

        self.appearance = appearance
        self.jobs.start(set_setting, self.desk, "appearance", appearance)
        self.appearance_chosen.emit(appearance)
