"""The window: the way Log in > Extend > Pages, and what lies beside it. Joins panels that do not know each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal

from gui.rooms import Rooms

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent

    from gui.desk.desk import Desk
    from gui.desk.keep import Kept
    from gui.desktop.clipboard import SecretClipboard
    from gui.jobs import Jobs
    from gui.values import AppCredentials, KeptConnection, Problem

_DAY = 86_400


class Window(Rooms):
    """The main window.

    `practice_wanted` and `practice_left` ask the program for another Facebook; `appearance_chosen` for
    another scheme; `opened` when what is kept is on show.
    """

    practice_wanted = Signal()
    practice_left = Signal()
    appearance_chosen = Signal(str)
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.apps: list[AppCredentials] = []
        self.people: list[KeptConnection] = []
        self.appearance = ""
        self._present: KeptConnection | None = None
        self._login_app: AppCredentials | None = None
        self._renewing: KeptConnection | None = None
        self._needing: list[int] = []
        self.side.went.connect(self.go)
        self.side.person_chosen.connect(self._choose_person)
        self.prepared.connect(lambda: self._look_daily() if self.people else None)

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
        self.prepare()
        self.opened.emit()

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
        self.side.set_count("health", kept.needing)
        self._show_people()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.clipboard is not None:
            self.clipboard.clear()
        self._forget_panels()
        super().closeEvent(event)

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
            self._renewing = None
            self._login(self.apps[0].app_id) if self.apps else self._set_up(None)
        elif where == "leave":
            self.practice_left.emit()
        elif where == "settings":
            self._show_settings()
        elif where == "help":
            self._show("help", "help")
        elif where == "health":
            self._show("health", "health").begin()
        elif self._present is not None:
            self._show("pages")
        elif self.people:
            self._show_person(self.people[0])
        elif self.apps:
            self._login(self.apps[0].app_id)
        else:
            self._show_welcome()

    def _wanted(self, wish: str) -> None:
        """What a panel asks for: a name, and after a colon of whom or what."""
        name, _, rest = wish.partition(":")
        person = self._person(rest)
        if name == "open":
            self._open_link(rest)
        elif name == "reload":
            self._reload(person)
        elif name in {"health", "any_token"}:
            self._show(name, "health").begin()
        elif name == "state":
            self._show_state(rest)
        elif name == "show" and person is not None:
            self._show_person(person, "needs_you")
        elif name == "disconnect" and person is not None:
            self._show("disconnect", "health").begin(person)
        elif name == "connect":
            self._renewing = None
            self._login(rest)
        elif name == "back":
            self.go(self._came_from)
        elif name == "app":
            self._set_up(next((one for one in self.apps if one.app_id == rest), self._login_app or (self.apps[0] if self.apps else None)))
        elif name in {"login", "rerequest", "paste", "own_browser"}:
            known = person or self._present
            self._renewing = known if known and (name == "rerequest" or wish.startswith("login")) else None
            app_id = known.app_id if known else self.apps[0].app_id if self.apps else ""
            self._login(app_id, name) if app_id else self._set_up(None)

    def _person(self, number: str) -> KeptConnection | None:
        return next((one for one in self.people if str(one.id) == number), None)

    def _show_state(self, state: str) -> None:
        """Show the Pages in this state; those that need the person may be somebody else's than the one shown last."""
        person = self._present or (self.people[0] if self.people else None)
        if state == "needs_you" and self._needing and (person is None or person.id not in self._needing):
            person = self._person(str(self._needing[0])) or person
        if person is not None:
            self._show_person(person, state)

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
        self._show("extend").begin(found, go_on=self._renewing is not None)

    def _token_given(self, found: Any) -> None:
        """A pasted User token is taken up as a login."""
        self._renewing = None
        self._logged_in(found)

    def _extended(self, connection: Any, kept: KeptConnection | None) -> None:
        meant, self._renewing = self._renewing, None
        self._present = kept
        pages = self._show("pages")
        pages.load(connection, kept, renewing=meant is not None and kept is not None and meant.id == kept.id)
        if meant is not None and kept is not None and meant.id != kept.id:
            pages.say("renewed_other_person", name=kept.user_name)
        self._show_people()

    def _reload(self, person: KeptConnection | None = None) -> None:
        from gui.desk.keep import kept_connection

        kept = person or self._present
        if kept is not None:
            self._present = kept
            pages = self._show("pages")
            pages.work(kept_connection, self.desk, kept, done=lambda connection: pages.load(connection, kept), again=lambda: self._reload(kept))

    # ------------------------------------------------------------------- people
    def _choose_person(self, number: int) -> None:
        found = next((one for one in self.people if one.id == number), None)
        if found is not None:
            self._show_person(found)

    def _show_person(self, person: KeptConnection, state: str = "") -> None:
        self._present = person
        pages = self._show("pages")
        pages.show_kept(person)
        pages.show_state(state)
        self._show_people()

    def _page_kept(self, number: int) -> None:
        """A pasted Page token was kept: show it where it stands now."""

        def settled(kept: Kept) -> None:
            self._take(kept)
            person = self._person(str(number))
            if person is not None:
                self._show_person(person)

        self._read_kept(settled)

    def _count(self, count: int) -> None:
        self.side.set_count("pages", count)

    def _health_known(self, found: Any) -> None:
        self.side.set_count("health", found.needs_you)
        self.people = list(found.people)
        self._needing = [one.person for one in found.troubles if one.page_ids and one.person]
        self._show_people()
        # A frame of its own: the list may be long.
        QTimer.singleShot(0, self._look_again)

    def _look_again(self) -> None:
        if "pages" in self._panels and self._present is not None:
            self._panels["pages"].look_again(self._person(str(self._present.id)))  # type: ignore[attr-defined]

    def _look_daily(self) -> None:
        """Ask about logins that nobody asked about for a day, and tell what is new once; no network is no news."""
        from gui.desk.check_all import check_logins

        def looked(found: Any) -> None:
            news = [one for one in found.troubles if one.is_new]
            self._health_known(found)
            if news and "pages" in self._panels:
                self.panel("pages").say("health_news", name=self._titles(news))
                self._tell_once()

        self.jobs.start(check_logins, self.desk, _DAY, done=looked)

    def _titles(self, troubles: list[Any]) -> str:
        from gui.desk.health import notice_of

        assert self.desk is not None
        more = f", and {len(troubles) - 1:,} more" if len(troubles) > 1 else ""
        return notice_of(self.desk, troubles[0]).title + more

    def _tell_once(self) -> None:
        from gui.desk.health import told

        self.jobs.start(told, self.desk)

    def _recount(self, _: object = None) -> None:
        """Read anew who is kept, after something was kept or forgotten."""
        self._read_kept(self._take)

    def _read_kept(self, then: Callable[[Kept], None]) -> None:
        from gui.desk.keep import open_desk

        self.jobs.start(open_desk, self.desk, done=then)

    def _show_people(self) -> None:
        from gui.desk import words
        from gui.desk.states import person_state

        assert self.desk is not None
        now = self.desk.now()
        shown = [
            (one.id, one.user_name or one.user_id, one.app_name or one.app_id, person_state(one, now)[0], f"login {words.ends(one.expires_at, now)}")
            for one in self.people
        ]
        self.side.set_people(shown, self._present.id if self._present else 0)

    def _let_go_of(self, person: KeptConnection) -> None:
        """The person is no longer kept: nothing of the Pages stays on show."""
        if self._present is not None and self._present.id == person.id:
            self._present = None
            self.side.set_count("pages", 0)
            self._forget_panel("pages")

    def _forgotten(self, person: KeptConnection) -> None:
        self._let_go_of(person)
        self._read_kept(self._settled)

    def _app_forgotten(self, _: object) -> None:
        self._read_kept(self._settled)

    def _settled(self, kept: Kept) -> None:
        """After something was forgotten: back to Settings, or to the beginning when nothing is left."""
        self._take(kept)
        self._show_settings() if self.people or self.apps else self._show_welcome()

    def _disconnected(self, person: KeptConnection, at_facebook: bool) -> None:
        """Go back to Health, and offer to connect again through the same app."""
        from gui.desk.explain import sentence

        self._let_go_of(person)

        def settled(kept: Kept) -> None:
            self._take(kept)
            health = self._show("health", "health")
            health.begin()
            said = sentence("disconnected" if at_facebook else "forgotten_here", name=person.user_name or person.user_id)
            health.show_notice(replace(said, action=f"connect:{person.app_id}"))

        self._read_kept(settled)

    def _show_settings(self) -> None:
        assert self.desk is not None
        folder = str(self.desk.vault.ledger.folder)
        self._show("settings", "settings").show_state(tuple(self.apps), tuple(self.people), self.appearance, folder)

    def _choose_appearance(self, appearance: str) -> None:
        from gui.desk.keep import set_setting

        self.appearance = appearance
        self.jobs.start(set_setting, self.desk, "appearance", appearance)
        self.appearance_chosen.emit(appearance)
