"""What is shown where: whose Pages, settings, welcome; and where to go when what was on show is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from gui.connections import Connections

if TYPE_CHECKING:
    from gui.desk.keep import Kept
    from gui.desk.views import View
    from gui.values import AppCredentials, PageRow, StoredLogin


class Places(Connections):
    """Shows views. `appearance_chosen` asks for another scheme, `habits_known` tells what the program is to do by itself, and whether the person chose it now."""

    practice_wanted = Signal()
    appearance_chosen = Signal(str)
    habits_known = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self.appearance = ""
        self.habits: tuple[bool, ...] = (True, False, False)

    def go(self, where: str) -> None:
        """Go to a place of the side bar; the window knows."""

    def _set_up(self, app: AppCredentials | None) -> None:
        """Set up an app; the window knows."""

    def _reopen(self) -> None:
        """Open again what could not be opened; the window knows."""

    def _show_welcome(self) -> None:
        if self._welcome is None:
            from gui.panels.welcome import WelcomePanel

            self._welcome = WelcomePanel()
            self._welcome.connect_wanted.connect(lambda: self._set_up(None))
            self._welcome.practice_wanted.connect(self.practice_wanted)
            self._welcome.notices.pressed.connect(lambda _: self._reopen())
            self._root.addWidget(self._welcome)
        self._root.setCurrentWidget(self._welcome)

    # ------------------------------------------------------------- whose Pages
    def _choose_person(self, number: int) -> None:
        found = self._person(str(number))
        if found is not None:
            self._show_person(found)

    def _choose_app(self, app_id: str) -> None:
        from gui.desk.views import View

        self._show_view(View("app", app_id))

    def _show_person(self, person: StoredLogin, state: str = "") -> None:
        from gui.desk.views import of_person

        self._show_view(of_person(person), state)

    def _show_all_pages(self, state: str = "") -> None:
        """Everybody's Pages together; where there is one person, theirs."""
        from gui.desk.views import View, of_person

        self._show_view(of_person(self.people[0]) if len(self.people) == 1 else View(), state)

    def _show_view(self, view: View, state: str = "") -> None:
        self.view = view
        pages = self._show("pages")
        pages.show_view(view, view.people(self.people))
        pages.show_state(state)
        self._show_people()

    def _show_pages_again(self) -> None:
        """Back to the list as it was left."""
        if self.view is None or "pages" not in self._panels:
            self.go("pages")
        else:
            self._show("pages")

    def _show_again(self, name: str) -> None:
        if name == "pages" and self.view is not None:
            if not self.view.people(self.people):
                self.view = None
                self._forget_panel("pages")
                self.side.set_count("pages", 0)
            else:
                self._panels["pages"].look_again(self.people)  # type: ignore[attr-defined]
        elif name == "settings" and self._panel_shown() is self._panels[name]:
            self._show_settings()
        elif name == "health" and self._panel_shown() is self._panels[name]:
            self._panels[name].begin_quietly()  # type: ignore[attr-defined]

    def _export(self, rows: list[PageRow]) -> None:
        self._show("export").begin(rows)

    # -------------------------------------------------------- after forgetting
    def _after_forgetting(self, kept: Kept) -> None:
        """What was on show may be gone: the rest is shown, Settings stays, and the beginning waits until it is final."""
        self._show_anew(kept)
        if self.view is None and self._panel_shown() is None:
            self.go("pages") if self.people else self._show_settings()
        elif self._panel_shown() is self._panels.get("disconnect"):
            self.go(self._came_from)

    def _made_final(self) -> None:
        if not (self.people or self.apps) and self.desk is not None:
            self._show_welcome()

    # ----------------------------------------------------------------- settings
    def _show_settings(self) -> None:
        from gui.panels.settings import Habits

        assert self.desk is not None
        folder = str(self.desk.vault.ledger.folder)
        self._show("settings", "settings").show_state(tuple(self.apps), tuple(self.people), self.appearance, folder, Habits(*self.habits))

    def _choose_appearance(self, appearance: str) -> None:
        from gui.desk.keep import set_setting

        self.appearance = appearance
        self.jobs.start(set_setting, self.desk, "appearance", appearance, owner=self)
        self.appearance_chosen.emit(appearance)

    def _choose_habits(self, habits: tuple[bool, ...]) -> None:
        from gui.desk.keep import set_habits

        self.habits = tuple(habits)
        self.jobs.start(set_habits, self.desk, self.habits, owner=self)
        self.habits_known.emit(self.habits, True)
