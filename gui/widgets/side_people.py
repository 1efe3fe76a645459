"""Who is connected, in the side bar: people under their apps where there is more than one app."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from gui.i18n import _
from gui.shell.commands import Command, Request
from gui.values import TokenState
from gui.widgets.icons import icon
from gui.widgets.person_button import AppButton, PersonButton


class SidePerson(NamedTuple):
    """A login: its id, person and App ID, a `second` line (the app, or how many Pages), its state, also in words."""

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
    _Line(Command.LOG_IN, _("Renew"), "refresh-cw"),
    _Line(Command.ASK_FOR_MORE, _("Ask for more …"), "list-checks"),
    _Line(Command.RENAME_LOGIN, _("Rename …"), "pencil"),
    _Line(Command.DISCONNECT, _("Disconnect …"), "unplug"),
    _Line(Command.FORGET_LOGIN, _("Forget"), "trash-2"),
)
_OF_APP = (
    _Line(Command.ADD_LOGIN_THROUGH, _("Add a connection"), "plus"),
    _Line(Command.SET_UP_APP, _("Change"), "settings"),
    _Line(Command.RENAME_APP, _("Rename …"), "pencil"),
    _Line(Command.FORGET_APP, _("Forget"), "trash-2"),
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
        self._entries: tuple[object, ...] = ()
        self._narrow = False

    def show_people(self, people: list[SidePerson], apps: list[SideApp], present: str) -> None:
        """Show these; `present` is what is on show: "person:3", "app:180…" or "all"."""
        entries = (tuple(people), tuple(apps))
        if entries != self._entries:
            self._entries = entries
            self._fill(people, apps)
        for side_button in self._buttons:
            side_button.set_present(side_button.key == present)

    def _fill(self, people: list[SidePerson], apps: list[SideApp]) -> None:
        for old_button in self._buttons:
            old_button.hide()
            self._column.removeWidget(old_button)
            old_button.deleteLater()
        self._buttons = []
        by_app = len(apps) > 1
        for app in apps if by_app else [SideApp("", "", TokenState.WORKS, "")]:
            if by_app:
                self._add(
                    AppButton(app.id, app.name, app.state, app.says),
                    Request(Command.SHOW_PAGES_OF_APP, app_id=app.id),
                    _OF_APP,
                )
            for person in people:
                if by_app and person.app_id != app.id:
                    continue
                person_button = PersonButton(person.id, person.name, person.second, person.state, person.says)
                self._add(person_button, Request(Command.SHOW_PAGES_OF_LOGIN, login_id=person.id), _OF_LOGIN)

    def _add(self, side_button: PersonButton | AppButton, request: Request, lines: tuple[_Line, ...]) -> None:
        side_button.set_narrow(self._narrow)
        side_button.clicked.connect(lambda: self.requested.emit(request))
        side_button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        side_button.customContextMenuRequested.connect(
            lambda at: self._menu(side_button.mapToGlobal(at), request, lines)
        )
        self._buttons.append(side_button)
        self._column.addWidget(side_button)

    def _menu(self, position: QPoint, request: Request, lines: tuple[_Line, ...]) -> None:
        menu = QMenu(self)
        menu.setObjectName("connectionMenu")
        for line in lines:
            request_of_line = request._replace(command=line.command)
            menu.addAction(icon(line.icon), line.words).triggered.connect(
                lambda _=False, line_request=request_of_line: self.requested.emit(line_request)
            )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(position)

    def set_narrow(self, narrow: bool) -> None:
        """Fold to first letters, or unfold."""
        self._narrow = narrow
        for side_button in self._buttons:
            side_button.set_narrow(narrow)
