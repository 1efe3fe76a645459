"""Settings: appearance, the Facebook apps, the people, and where things are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from gui.desk import words
from gui.jobs import Jobs
from gui.panels.panel import Panel
from gui.values import AppCredentials, KeptConnection
from gui.widgets.facts_list import clear
from gui.widgets.pieces import button, card, icon_label, label, row, rule

if TYPE_CHECKING:
    from gui.desk.desk import Desk

_SCHEMES = (("", "As the system has it"), ("light", "Light"), ("dark", "Dark"))


class SettingsPanel(Panel):
    """`appearance_chosen` ("", "light", "dark"); `app_wanted` an AppCredentials to change; `forgotten` a person, `app_forgotten` an App ID."""

    appearance_chosen = Signal(str)
    app_wanted = Signal(object)
    forgotten = Signal(object)
    app_forgotten = Signal(object)

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(desk, jobs, "Settings", parent)
        self._column = QVBoxLayout()
        self._column.setSpacing(14)
        self.put_scrolled(self._column)
        self._column.addWidget(self._appearance())
        self._people, self._people_column = card(spacing=8)
        self._column.addWidget(self._people)
        self._apps, self._apps_column = card(spacing=8)
        self._column.addWidget(self._apps)
        self._column.addWidget(self._keeping())
        self._column.addStretch(1)

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

    def show_state(self, apps: tuple[AppCredentials, ...], people: tuple[KeptConnection, ...], appearance: str, folder: str) -> None:
        """Show what there is."""
        self._schemes.get(appearance, self._schemes[""]).setChecked(True)
        self._folder.setText(f"Names, Page IDs and dates: in {folder}")
        clear(self._people_column)
        self._people_column.addWidget(label("People", "heading"))
        if not people:
            self._people_column.addWidget(label("Nobody is connected yet.", "muted"))
        for place, person in enumerate(people):
            if place:
                self._people_column.addWidget(rule())
            self._people_column.addWidget(self._person(person))
        clear(self._apps_column)
        self._apps_column.addWidget(label("Facebook apps", "heading"))
        if not apps:
            self._apps_column.addWidget(label("No app is set up yet.", "muted"))
        for app in apps:
            change = button("Change", lambda app=app: self.app_wanted.emit(app), name=f"changeApp_{app.app_id}")  # type: ignore[misc]
            names = QVBoxLayout()
            names.setSpacing(0)
            names.addWidget(label(app.name or app.app_id, "strong"))
            names.addWidget(label(f"App ID {app.app_id}  ·  Graph {app.version}", "second"))
            line = row(names, None, spacing=8)
            if app.app_id not in {person.app_id for person in people}:
                line.addWidget(button("Forget", lambda app=app: self._forget_app(app), kind="quiet", icon="trash-2", name=f"forgetApp_{app.app_id}"))  # type: ignore[misc]
            line.addWidget(change)
            self._apps_column.addLayout(line)

    def _person(self, person: KeptConnection) -> QWidget:
        frame = QWidget()
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(label(person.user_name or person.user_id, "strong"))
        count = words.count(person.pages, "Page")
        names.addWidget(label(f"{person.app_name}  ·  {count}  ·  login {words.ends(person.expires_at, self.desk.now())}", "second", wrap=True))
        leave = button("Disconnect …", lambda: self.wanted.emit(f"disconnect:{person.id}"), kind="quiet", icon="unplug", name=f"disconnect_{person.user_id}")
        forget = button("Forget", lambda: ask(True), icon="trash-2", name=f"forget_{person.user_id}")
        question = label(
            f"Remove this person, the login and {words.count(person.pages, 'Page token')} from this computer? Nothing changes at Facebook.", wrap=True
        )
        sure = button("Forget this person", lambda: self._forget(person), kind="main", name=f"forgetSure_{person.user_id}")
        keep = button("Keep", lambda: ask(False), kind="quiet", name=f"forgetKeep_{person.user_id}")
        asking = QWidget()
        line = row(question, keep, sure)
        line.setStretch(0, 1)
        asking.setLayout(line)

        def ask(on: bool) -> None:
            asking.setVisible(on)
            forget.setVisible(not on)
            (sure if on else forget).setFocus()

        asking.hide()
        box = QVBoxLayout(frame)
        box.setContentsMargins(0, 2, 0, 2)
        head = row(names, leave, forget)
        head.setStretch(0, 1)
        box.addLayout(head)
        box.addWidget(asking)
        return frame

    def _forget(self, person: KeptConnection) -> None:
        from gui.desk.keep import forget

        self.work(forget, self.desk, person, done=lambda _: self.forgotten.emit(person), again=lambda: self._forget(person))

    def _forget_app(self, app: AppCredentials) -> None:
        from gui.desk.keep import forget_app

        self.work(forget_app, self.desk, app.app_id, done=lambda _: self.app_forgotten.emit(app.app_id), again=lambda: self._forget_app(app))
