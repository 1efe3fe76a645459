"""Who is connected, in the side bar: people under their apps where there is more than one app."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from gui.shell.commands import Command, Request
from gui.values import TokenState
from gui.widgets.icons import icon
from gui.widgets.person_button import AppButton, PersonButton


class SidePerson(NamedTuple):
    """A login: its id, the person, the App ID, a second line (the app, or how many Pages), its state, and that in words."""

    id: int
    name: str
    app_id: str
    second: str
    state: TokenState
    says: str


class SideApp(NamedTuple):
    """An app: its ID, name and state, and that in words."""

    id: str
    name: str
    state: TokenState
    says: str


class _Line(NamedTuple):
    """A line of a menu."""

    command: Command
    words: str
    icon: str


_OF_LOGIN = (
    _Line(Command.LOG_IN, "Renew", "refresh-cw"),
    _Line(Command.RENAME_LOGIN, "Rename …", "pencil"),
    _Line(Command.DISCONNECT, "Disconnect …", "unplug"),
    _Line(Command.FORGET_LOGIN, "Forget", "trash-2"),
)
_OF_APP = (
    _Line(Command.ADD_LOGIN_THROUGH, "Add a connection", "plus"),
    _Line(Command.SET_UP_APP, "Change", "settings"),
    _Line(Command.RENAME_APP, "Rename …", "pencil"),
    _Line(Command.FORGET_APP, "Forget", "trash-2"),
)


class SidePeople(QWidget):
    """`requested` carries a Request: whose Pages to show, or what is to be done with a login or an app."""

    requested = Signal(object)

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
        for app in apps if grouped else [SideApp("", "", TokenState.WORKS, "")]:
            if grouped:
                self._add(
                    AppButton(app.id, app.name, app.state, app.says),
                    Request(Command.SHOW_PAGES_OF_APP, app_id=app.id),
                    _OF_APP,
                )
            for one in people:
                if grouped and one.app_id != app.id:
                    continue
                made = PersonButton(one.id, one.name, one.second, one.state, one.says)
                self._add(made, Request(Command.SHOW_PAGES_OF_LOGIN, login_id=one.id), _OF_LOGIN)

    def _add(self, made: PersonButton | AppButton, request: Request, lines: tuple[_Line, ...]) -> None:
        made.set_narrow(self._narrow)
        made.clicked.connect(lambda: self.requested.emit(request))
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.customContextMenuRequested.connect(lambda at: self._menu(made.mapToGlobal(at), request, lines))
        self._buttons.append(made)
        self._column.addWidget(made)

    def _menu(self, where: QPoint, request: Request, lines: tuple[_Line, ...]) -> None:
        menu = QMenu(self)
        menu.setObjectName("connectionMenu")
        for line in lines:
            request_of_line = request._replace(command=line.command)
            menu.addAction(icon(line.icon), line.words).triggered.connect(
                lambda _=False, chosen=request_of_line: self.requested.emit(chosen)
            )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def set_narrow(self, narrow: bool) -> None:
        """Fold to first letters, or unfold."""
        self._narrow = narrow
        for made in self._buttons:
            made.set_narrow(narrow)
