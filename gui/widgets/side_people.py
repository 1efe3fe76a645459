"""Who is connected, in the side bar: people under their apps where there is more than one app."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from gui.widgets.icons import icon
from gui.widgets.person_button import AppButton, PersonButton


class SidePerson(NamedTuple):
    """A connection: its id, the person, the App ID, a second line (the app, or how many Pages), its state, and that in words."""

    id: int
    name: str
    app_id: str
    second: str
    state: str
    says: str


class SideApp(NamedTuple):
    """An app: its ID, name and state, and that in words."""

    id: str
    name: str
    state: str
    says: str


#: Wish of the window, words, icon.
_OF_PERSON = (
    ("login", "Renew", "refresh-cw"),
    ("rename_person", "Rename …", "pencil"),
    ("disconnect", "Disconnect …", "unplug"),
    ("forget_person", "Forget", "trash-2"),
)
_OF_APP = (("connect", "Add a connection", "plus"), ("app", "Change", "settings"), ("rename_app", "Rename …", "pencil"), ("forget_app", "Forget", "trash-2"))


class SidePeople(QWidget):
    """`person_chosen` carries a connection's id, `app_chosen` an App ID; `wished` what the window should do ("rename_person:3")."""

    person_chosen = Signal(int)
    app_chosen = Signal(str)
    wished = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePeople")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._buttons: list[PersonButton | AppButton] = []
        self._shown: tuple[object, ...] = ()
        self._narrow = False

    def show_people(self, people: list[SidePerson], apps: list[SideApp], present: str) -> None:
        """Show these; `present` is what is on show: "person:3", "app:180…" or "all"."""
        shown = (tuple(people), tuple(apps))
        if shown != self._shown:
            self._shown = shown
            self._fill(people, apps)
        for made in self._buttons:
            made.setChecked(made.key == present)

    def _fill(self, people: list[SidePerson], apps: list[SideApp]) -> None:
        for gone in self._buttons:
            gone.hide()
            self._column.removeWidget(gone)
            gone.deleteLater()
        self._buttons = []
        grouped = len(apps) > 1
        for app in apps if grouped else [SideApp("", "", "works", "")]:
            if grouped:
                self._add(AppButton(app.id, app.name, app.state, app.says), lambda app=app: self.app_chosen.emit(app.id), app.id, _OF_APP)
            for one in people:
                if grouped and one.app_id != app.id:
                    continue
                made = PersonButton(one.id, one.name, one.second, one.state, one.says)
                self._add(made, lambda one=one: self.person_chosen.emit(one.id), str(one.id), _OF_PERSON)

    def _add(self, made: PersonButton | AppButton, press: object, key: str, lines: tuple[tuple[str, str, str], ...]) -> None:
        made.set_narrow(self._narrow)
        made.clicked.connect(lambda: press())  # type: ignore[operator]
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.customContextMenuRequested.connect(lambda at: self._menu(made.mapToGlobal(at), key, lines))
        self._buttons.append(made)
        self._column.addWidget(made)

    def _menu(self, where: QPoint, key: str, lines: tuple[tuple[str, str, str], ...]) -> None:
        menu = QMenu(self)
        menu.setObjectName("connectionMenu")
        for wish, words, picture in lines:
            menu.addAction(icon(picture), words).triggered.connect(lambda _=False, wish=wish: self.wished.emit(f"{wish}:{key}"))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def set_narrow(self, narrow: bool) -> None:
        """Fold to first letters, or unfold."""
        self._narrow = narrow
        for made in self._buttons:
            made.set_narrow(narrow)
