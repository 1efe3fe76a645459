"""Who is connected: people and apps in the side bar, their names, and forgetting them with ten seconds to undo it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal

from gui.rooms import Rooms

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.desk.forget import Forgotten
    from gui.desk.keep import Kept
    from gui.desk.tag import Tagged
    from gui.desk.views import View
    from gui.values import AppCredentials, StoredLogin


class Connections(Rooms):
    """Holds the `people` and `apps` there are, and whose Pages are looked at (`view`). `people_changed` when they are others."""

    people_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.apps: list[AppCredentials] = []
        self.people: list[StoredLogin] = []
        self.view: View | None = None

    def _take(self, kept: Kept) -> None:
        self.apps, self.people = list(kept.apps), list(kept.connections)
        self.side.set_count("health", kept.needing)
        self._show_people()
        self.people_changed.emit()

    def _recount(self, _: object = None) -> None:
        """Read anew who is kept, after something was kept or forgotten."""
        self._read_kept(self._take)

    def recount(self) -> None:
        """Something was kept elsewhere: read anew who and what there is."""
        self._recount()

    def _read_kept(self, then: Callable[[Kept], None]) -> None:
        from gui.desk.keep import read_desk

        self.jobs.start(read_desk, self.desk, owner=self, done=then)

    def _person(self, number: str) -> StoredLogin | None:
        return next((one for one in self.people if str(one.id) == number), None)

    def _app(self, app_id: str) -> AppCredentials | None:
        return next((one for one in self.apps if one.app_id == app_id), None)

    @property
    def present(self) -> StoredLogin | None:
        """The person whose Pages are looked at; None: those of several."""
        return self._person(self.view.key) if self.view is not None and self.view.kind == "person" else None

    # ----------------------------------------------------------------- side bar
    def _show_people(self) -> None:
        from gui.desk import words
        from gui.desk.states import person_state
        from gui.widgets.side_people import SideApp, SidePerson

        assert self.desk is not None
        now = self.desk.now()
        people = [
            SidePerson(
                one.id,
                one.user_name or one.user_id,
                one.app_id,
                words.count(one.pages, "Page") if len(self.apps) > 1 else one.app_name or one.app_id,
                person_state(one, now)[0],
                f"login {words.ends(one.expires_at, now)}",
            )
            for one in self.people
        ]
        order = ("works", "soon", "needs_you")
        apps = []
        for app in self.apps:
            states = [one.state for one in people if one.app_id == app.app_id]
            state = max(states, key=order.index, default="works")
            apps.append(SideApp(app.app_id, app.name or app.app_id, state, words.count(len(states), "person", "people")))
        view = self.view
        present = "" if view is None else "all" if view.kind == "all" else f"{view.kind}:{view.key}"
        self.side.set_people(people, apps, present)

    # -------------------------------------------------------------------- names
    def _rename_person(self, kept: StoredLogin) -> None:
        from gui.desk.name import name_person

        self._ask_name(kept.user_name or kept.user_id, lambda name: self.jobs.start(name_person, self.desk, kept, name, owner=self, done=self._read_anew))

    def _rename_app(self, app: AppCredentials) -> None:
        from gui.desk.name import name_app

        self._ask_name(app.name or app.app_id, lambda name: self.jobs.start(name_app, self.desk, app.app_id, name, owner=self, done=self._read_anew))

    def _ask_name(self, name: str, then: Callable[[str], object]) -> None:
        from gui.widgets.ask_text import AskText

        dialog = AskText(f"Rename {name}", "A name of your own, on this computer alone. Leave it empty to take Facebook’s again.", name, "Rename", self)
        dialog.given.connect(then)
        dialog.open()

    def _read_anew(self, _: object = None) -> None:
        """Something that is kept was changed: every view takes what is kept now."""
        self._read_kept(self._show_anew)

    def _show_anew(self, kept: Kept) -> None:
        """Show what is kept now wherever it is on show."""
        self._take(kept)
        for name in ("pages", "health", "settings"):
            if name in self._panels:
                self._show_again(name)

    def _show_again(self, name: str) -> None:
        """A panel that was made already takes what is kept now; the window knows how."""

    # --------------------------------------------------------- forget, and undo
    def _forget_person(self, kept: StoredLogin, *, keep_app: bool = False) -> None:
        from gui.desk.forget import forget_person

        self.jobs.start(forget_person, self.desk, kept, keep_app, owner=self, done=self._hidden, failed=self.tell)

    def _forget_app(self, app: AppCredentials) -> None:
        from gui.desk.forget import forget_app

        self.jobs.start(forget_app, self.desk, app, owner=self, done=self._hidden, failed=self.tell)

    def tell(self, problem: Exception) -> None:
        """Show a UserError in the view that is on show."""

    def _hidden(self, gone: Forgotten) -> None:
        """Something was forgotten: it is out of sight, and can be brought back for ten seconds."""
        desk = self.desk

        def undo() -> None:
            from gui.desk.forget import bring_back

            self.jobs.start(bring_back, desk, gone, owner=self, done=self._read_anew, failed=self.tell)

        def over() -> None:
            from gui.desk.forget import finish

            self.jobs.start(finish, desk, gone, owner=self, done=lambda _: self._made_final(), failed=self.tell)

        self.offer_undo(f"Forgot {gone.name}", undo, over)
        self._read_kept(self._after_forgetting)

    def _made_final(self) -> None:
        """The time to undo it is over."""

    def _after_forgetting(self, kept: Kept) -> None:
        """The window knows where to go when what was on show is gone."""

    def _tagged(self, what: str, done: Tagged) -> None:
        desk = self.desk

        def undo() -> None:
            from gui.desk.tag import undo as take_back

            self.jobs.start(take_back, desk, done, owner=self, done=self._read_anew, failed=self.tell)

        self.offer_undo(what, undo, None)

    # ------------------------------------------------------------ adding another
    def _ask_app(self, choose: Callable[[str], Any], another: Callable[[], Any]) -> None:
        """Ask through which app somebody logs in."""
        from PySide6.QtWidgets import QMenu

        from gui.widgets.icons import icon

        menu = QMenu(self)
        menu.setObjectName("addMenu")
        for app in self.apps:
            menu.addAction(icon("log-in"), f"Log in through {app.name or app.app_id}").triggered.connect(lambda _=False, app=app: choose(app.app_id))
        menu.addSeparator()
        menu.addAction(icon("plus"), "Another Facebook app …").triggered.connect(lambda: another())
        menu.aboutToHide.connect(menu.deleteLater)
        at = self.side.place_of("add")
        QTimer.singleShot(0, lambda: menu.popup(at))
