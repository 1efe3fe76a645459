"""Settings: appearance, reminders, the people, the Facebook apps, the clients, and where things are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QMenu, QRadioButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from gui import theme
from gui.desk import words
from gui.jobs import Jobs
from gui.panels.panel import Panel
from gui.values import AppCredentials, Client, StoredLogin
from gui.widgets.icons import dot
from gui.widgets.named_list import Line, NamedList, Press
from gui.widgets.pieces import button, card, icon_label, label, row

if TYPE_CHECKING:
    from gui.desk.desk import Desk

_SCHEMES = (("", "As the system has it"), ("light", "Light"), ("dark", "Dark"))


class Habits(NamedTuple):
    """What the person likes the program to do by itself."""

    remind: bool = True
    watch: bool = False
    at_login: bool = False


class SettingsPanel(Panel):
    """`appearance_chosen` ("", "light", "dark"); `habits_chosen` the Habits; `changed` when a client is other than before.

    `undo_offered` carries words and a Tagged that can be undone.
    """

    appearance_chosen = Signal(str)
    habits_chosen = Signal(object)
    changed = Signal()
    undo_offered = Signal(str, object)

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(desk, jobs, "Settings", parent)
        column = QVBoxLayout()
        column.setSpacing(14)
        self.put_scrolled(column)
        column.addWidget(self._appearance())
        another = button("Set up another app", lambda: self.wanted.emit("new_app"), kind="quiet", icon="plus", name="settingsNewApp")
        self._people = NamedList("People", "Nobody is connected yet.")
        self._apps = NamedList("Facebook apps", "No app is set up yet.", another)
        self._clients = NamedList("Clients", "No client yet. Select Pages in the list, press Client, and type a name.")
        for one in (self._people, self._apps, self._clients, self._habits(), self._keeping()):
            column.addWidget(one)
        column.addStretch(1)

    def _appearance(self) -> QFrame:
        frame, inside = card(spacing=8)
        inside.addWidget(label("Appearance", "heading"))
        group = QButtonGroup(self)
        self._schemes: dict[str, QRadioButton] = {}
        line = row(spacing=20)
        for key, text in _SCHEMES:
            choice = QRadioButton(text)
            choice.setObjectName(f"appearance_{key or 'system'}")
            choice.clicked.connect(lambda _, key=key: self.appearance_chosen.emit(key))
            group.addButton(choice)
            self._schemes[key] = choice
            line.addWidget(choice)
        line.addStretch(1)
        inside.addLayout(line)
        return frame

    def _habits(self) -> QFrame:
        frame, inside = card(spacing=8)
        inside.addWidget(label("Reminders", "heading"))
        self._remind = QCheckBox("Remind me on this desktop 14, 7, 3 and 1 days before a login, data access or a token ends")
        self._watch = QCheckBox("Keep watch when the window is closed: Page Keys stays in the tray")
        self._at_login = QCheckBox("Start with the computer, in the tray")
        for name, one in (("remind", self._remind), ("watch", self._watch), ("atLogin", self._at_login)):
            one.setObjectName(f"habit_{name}")
            one.clicked.connect(self._habits_pressed)
            inside.addWidget(one)
        return frame

    def _habits_pressed(self) -> None:
        if self.sender() is self._at_login and self._at_login.isChecked():
            self._watch.setChecked(True)
        elif self.sender() is self._watch and not self._watch.isChecked():
            self._at_login.setChecked(False)
        self.habits_chosen.emit(Habits(self._remind.isChecked(), self._watch.isChecked(), self._at_login.isChecked()))

    def _keeping(self) -> QFrame:
        frame, inside = card(spacing=6)
        inside.addWidget(label("Where things are kept", "heading"))
        inside.addLayout(row(icon_label("lock", "muted", 16), label("App secrets and tokens: in this computer’s keychain, and nowhere else.", wrap=True)))
        self._folder = label("", "muted", wrap=True, name="settingsFolder")
        inside.addLayout(row(icon_label("layout-list", "muted", 16), self._folder))
        inside.addLayout(
            row(icon_label("timer", "muted", 16), label("A copied token leaves the clipboard after 45 seconds, and when Page Keys closes.", "muted", wrap=True))
        )
        return frame

    # ----------------------------------------------------------------- contents
    def show_state(self, apps: tuple[AppCredentials, ...], people: tuple[StoredLogin, ...], appearance: str, folder: str, habits: Habits) -> None:
        """Show what there is."""
        self._schemes.get(appearance, self._schemes[""]).setChecked(True)
        for box, on in zip((self._remind, self._watch, self._at_login), habits, strict=True):
            box.setChecked(on)
        self._folder.setText(f"Names, Page IDs, dates and the history: in {folder}")
        self._people.show_lines([self._person(one) for one in people])
        self._apps.show_lines([self._app(one, people) for one in apps])
        self._read_clients()

    def _person(self, person: StoredLogin) -> Line:
        second = f"{person.app_name}  ·  {words.count(person.pages, 'Page')}  ·  login {words.ends(person.expires_at, self.desk.now())}"
        return Line(
            person.user_name or person.user_id,
            second,
            (
                Press("Rename", "pencil", f"rename_{person.user_id}", lambda: self.wanted.emit(f"rename_person:{person.id}")),
                Press("Disconnect …", "unplug", f"disconnect_{person.user_id}", lambda: self.wanted.emit(f"disconnect:{person.id}")),
                Press("Forget", "trash-2", f"forget_{person.user_id}", lambda: self.wanted.emit(f"forget_person:{person.id}"), ""),
            ),
        )

    def _app(self, app: AppCredentials, people: tuple[StoredLogin, ...]) -> Line:
        count = sum(one.app_id == app.app_id for one in people)
        used = words.count(count, "person", "people") if count else "nobody is connected through it"
        return Line(
            app.name or app.app_id,
            f"App ID {app.app_id}  ·  Graph {app.version}  ·  {used}",
            (
                Press("Rename", "pencil", f"renameApp_{app.app_id}", lambda: self.wanted.emit(f"rename_app:{app.app_id}")),
                Press("Forget", "trash-2", f"forgetApp_{app.app_id}", lambda: self.wanted.emit(f"forget_app:{app.app_id}")),
                Press("Change", "", f"changeApp_{app.app_id}", lambda: self.wanted.emit(f"app:{app.app_id}"), ""),
            ),
        )

    # ------------------------------------------------------------------ clients
    def _read_clients(self) -> None:
        from gui.desk.tag import clients

        self.work(clients, self.desk, done=self._show_clients)

    def _show_clients(self, found: Sequence[Client]) -> None:
        self._clients.show_lines([self._client(one) for one in found])

    def _client(self, one: Client) -> Line:
        mark = QToolButton()
        mark.setObjectName(f"clientColor_{one.id}")
        mark.setIcon(dot(theme.avatar_at(one.color)))
        mark.setIconSize(QSize(18, 18))
        mark.setToolTip("Choose another color")
        mark.setAccessibleName(f"Color of {one.name}")
        mark.clicked.connect(lambda: self._choose_color(one, mark))
        return Line(
            one.name,
            words.count(one.pages, "Page"),
            (
                Press("Rename", "pencil", f"renameClient_{one.id}", lambda: self._rename_client(one)),
                Press("Forget", "trash-2", f"forgetClient_{one.id}", lambda: self._forget_client(one)),
            ),
            mark,
        )

    def _choose_color(self, one: Client, mark: QToolButton) -> None:
        menu = QMenu(self)
        menu.setObjectName("colorMenu")
        for number, name in enumerate(theme.AVATAR_NAMES):
            menu.addAction(dot(theme.avatar_at(number)), name).triggered.connect(lambda _=False, number=number: self._change_client(one, one.name, number))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(mark.mapToGlobal(QPoint(0, mark.height())))

    def _rename_client(self, one: Client) -> None:
        from gui.widgets.ask_text import AskText

        dialog = AskText(f"Rename {one.name}", "The client’s Pages stay with it.", one.name, "Rename", self)
        dialog.given.connect(lambda name: self._change_client(one, name, one.color))
        dialog.open()

    def _change_client(self, one: Client, name: str, color: int) -> None:
        from gui.desk.tag import change

        self.work(change, self.desk, one, name, color, done=lambda _: self._clients_changed())

    def _forget_client(self, one: Client) -> None:
        from gui.desk.tag import forget

        def done(gone: object) -> None:
            self._clients_changed()
            self.undo_offered.emit(f"Forgot the client {one.name}", gone)

        self.work(forget, self.desk, one, done=done)

    def _clients_changed(self) -> None:
        self._read_clients()
        self.changed.emit()

    def show_clients(self) -> None:
        """Bring the clients into sight."""
        area = self.findChild(QScrollArea)
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(self._clients)
