"""The window: the way Log in > Extend > Pages, and what lies beside it. Joins panels that do not know each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal

from gui.places import Places

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from gui.desk.desk import Desk
    from gui.desk.keep import Kept
    from gui.desktop.clipboard import SecretClipboard
    from gui.errors import JobContext, UserError
    from gui.jobs import Jobs
    from gui.values import AppCredentials, StoredLogin

_DAY = 86_400


def _import_list(job: JobContext) -> None:
    import gui.panels.page_list  # noqa: F401


class Window(Places):
    """The main window.

    `practice_wanted` and `practice_left` ask the program for another Facebook; `appearance_chosen` for
    another scheme; `habits_known` what it is to do by itself; `opened` when what is kept is on show.
    `stays` keeps the program running when the window closes.
    """

    practice_left = Signal()
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.stays = False
        self._login_app: AppCredentials | None = None
        self._renewing: StoredLogin | None = None
        self.side.went.connect(self.go)
        self.side.person_chosen.connect(self._choose_person)
        self.side.app_chosen.connect(self._choose_app)
        self.side.wished.connect(self._wanted)
        #: Who was here at the opening is looked after; who logs in meanwhile was seen just now.
        self._look_due = False
        self.prepared.connect(self._look_daily)

    # ------------------------------------------------------------ beginning, end
    def use(self, desk: Desk, jobs: Jobs, clipboard: SecretClipboard, *, site_words: str = "", can_leave: bool = False) -> None:
        """Work at this desk from now on: show what is kept there."""
        from gui.desk.keep import open_desk

        if self.clipboard is not None:
            self.undo_bar.drop()
        self._forget_panels()
        self.desk = desk
        self.furnish(jobs, clipboard)
        self.side.set_site(site_words)
        self.side.set_can_leave(can_leave)
        self.view = None
        # While what is kept is read, what shows it is loaded.
        self.jobs.start(_import_list, owner=self)
        self.jobs.start(open_desk, desk, owner=self, done=self._opened, failed=self._not_opened)

    def _opened(self, kept: Kept) -> None:
        self._take(kept)
        self.appearance_chosen.emit(self.appearance)
        self.habits_known.emit(self.habits, False)
        self._look_due = bool(self.people)
        if self.people:
            self._show_all_pages()
        elif self.apps:
            self._login(self.apps[0].app_id)
        else:
            self._show_welcome()
        self._tell_all(kept.notices)
        self.prepare()
        self.opened.emit()

    def _not_opened(self, problem: UserError) -> None:
        self._show_welcome()
        self._tell_all((problem,))
        self.opened.emit()

    def tell(self, problem: Exception) -> None:
        """Show a UserError in the view that is on show."""
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

            self.jobs.start(open_desk, self.desk, owner=self, done=self._opened, failed=self._not_opened)

    def _take(self, kept: Kept) -> None:
        self.appearance, self.habits = kept.appearance, kept.habits
        super()._take(kept)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.clipboard is not None:
            self.clipboard.clear()
            self.undo_bar.finish()
        if self.stays:
            self.hide()
            event.ignore()
            return
        self._forget_panels()
        super().closeEvent(event)

    # ------------------------------------------------------------- going about
    def go(self, where: str) -> None:
        """Go to a place of the side bar."""
        if self.desk is None:
            return
        if where == "add":
            self._add_connection()
        elif where == "leave":
            self.practice_left.emit()
        elif where == "settings":
            self._show_settings()
        elif where == "help":
            self._show("help", "help")
        elif where in {"health", "history"}:
            self._show(where, where).begin()
        elif self.people:
            self._show_all_pages()
        elif self.apps:
            self._login(self.apps[0].app_id)
        else:
            self._show_welcome()

    def _add_connection(self) -> None:
        self._renewing = None
        if len(self.apps) > 1:
            self._ask_app(self._login, lambda: self._set_up(None))
        else:
            self._login(self.apps[0].app_id) if self.apps else self._set_up(None)

    def _wanted(self, wish: str) -> None:
        """What a panel asks for: a name, and after a colon of whom or what."""
        name, _, rest = wish.partition(":")
        person, app = self._person(rest), self._app(rest)
        if name == "open":
            self._open_link(rest)
        elif name in {"health", "any_token", "import"}:
            self._show(name, "pages" if name == "import" else "health").begin()
        elif name == "check_all":
            self._show("health", "health").begin()
            self.panel("health").check()
        elif name == "history":
            self._show("history", "history").begin(rest)
        elif name == "pages":
            self._show_pages_again()
        elif name == "clients":
            self._show_settings()
            self.panel("settings").show_clients()
        elif name == "state":
            self._show_state(rest)
        elif name == "back":
            self.go(self._came_from)
        elif name in {"show", "disconnect", "rename_person", "forget_person", "forget_here"} and person is not None:
            self._of_person(name, person)
        elif name in {"rename_app", "forget_app"} and app is not None:
            self._rename_app(app) if name == "rename_app" else self._forget_app(app)
        elif name in {"connect", "app", "new_app"}:
            self._of_app(name, rest)
        else:
            self._to_log_in(name, person, wish)

    def _of_person(self, name: str, person: StoredLogin) -> None:
        if name == "show":
            self._show_person(person, "needs_you")
        elif name == "disconnect":
            self._show("disconnect", "health").begin(person)
        elif name == "rename_person":
            self._rename_person(person)
        else:
            self._forget_person(person, keep_app=name == "forget_here")

    def _of_app(self, name: str, app_id: str) -> None:
        if name == "connect":
            self._renewing = None
            self._login(app_id)
        else:
            known = self._app(app_id) or self._login_app or (self.apps[0] if self.apps else None)
            self._set_up(None if name == "new_app" else known)

    def _to_log_in(self, name: str, person: StoredLogin | None, wish: str) -> None:
        known = person or self.present or (self.people[0] if len(self.people) == 1 else None)
        if name == "reload":
            self._reload(known or (self.people[0] if self.people else None))
        elif name in {"login", "rerequest", "paste", "own_browser"}:
            self._renewing = known if known and (name == "rerequest" or wish.startswith("login")) else None
            app_id = known.app_id if known else self.apps[0].app_id if self.apps else ""
            self._login(app_id, name) if app_id else self._set_up(None)

    def _show_state(self, state: str) -> None:
        """Show the Pages in this state, whosever they are."""
        if len(self.people) == 1:
            self._show_person(self.people[0], state)
        elif self.people:
            self._show_all_pages(state)

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

    def renew(self, number: int) -> None:
        """Log in again as the person of this connection, as a reminder offered."""
        self._wanted(f"login:{number}")

    def begin_with(self, app: AppCredentials) -> None:
        """Log in through this app now."""
        self._app_ready(app)

    def _logged_in(self, found: Any) -> None:
        self._show("extend").begin(found, go_on=self._renewing is not None)

    def _token_given(self, found: Any) -> None:
        """A pasted User token is taken up as a login."""
        self._renewing = None
        self._logged_in(found)

    def _extended(self, connection: Any, kept: StoredLogin | None) -> None:
        from gui.desk.views import of_person

        meant, self._renewing = self._renewing, None
        self.view = of_person(kept) if kept is not None else None
        pages = self._show("pages")
        pages.load(connection, kept, renewing=meant is not None and kept is not None and meant.id == kept.id)
        if meant is not None and kept is not None and meant.id != kept.id:
            pages.say("renewed_other_person", name=kept.user_name)
        self._show_people()

    def _reload(self, person: StoredLogin | None) -> None:
        from gui.desk.keep import kept_connection
        from gui.desk.views import of_person

        if person is not None:
            self.view = of_person(person)
            pages = self._show("pages")
            pages.work(kept_connection, self.desk, person, done=lambda connection: pages.load(connection, person), again=lambda: self._reload(person))
            self._show_people()

    def _page_kept(self, number: int) -> None:
        """A Page token was kept: show it where it stands now."""

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
        self._show_people()
        # A frame of its own: the list may be long.
        QTimer.singleShot(0, self._look_again)

    def _look_again(self) -> None:
        if "pages" in self._panels and self.view is not None:
            self._panels["pages"].look_again(self.people)  # type: ignore[attr-defined]

    def _look_daily(self) -> None:
        """Ask about logins that nobody asked about for a day, and tell what is new once; no network is no news."""
        from gui.desk.check_all import check_logins

        due, self._look_due = self._look_due, False
        if not due:
            return

        def looked(found: Any) -> None:
            news = [one for one in found.troubles if one.is_new]
            self._health_known(found)
            if news and "pages" in self._panels:
                self.panel("pages").say("health_news", name=self._titles(news))
                self._tell_once()

        self.jobs.start(check_logins, self.desk, _DAY, owner=self, done=looked, failed=lambda _: None)

    def _titles(self, troubles: list[Any]) -> str:
        from gui.desk.health import notice_of

        assert self.desk is not None
        more = f", and {len(troubles) - 1:,} more" if len(troubles) > 1 else ""
        return notice_of(self.desk, troubles[0]).title + more

    def _tell_once(self) -> None:
        from gui.desk.health import told

        self.jobs.start(told, self.desk, owner=self)

    def _disconnected(self, person: StoredLogin) -> None:
        """Go back to Health, and offer to connect again through the same app."""
        from gui.desk.explain import sentence

        def settled(kept: Kept) -> None:
            self._show_anew(kept)
            health = self._show("health", "health")
            health.begin()
            said = sentence("disconnected", name=person.user_name or person.user_id)
            health.show_notice(replace(said, action=f"connect:{person.app_id}"))

        self._read_kept(settled)
