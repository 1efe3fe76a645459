"""Settings: appearance, people, Facebook apps, clients, reminders, and where things are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.i18n import _
from gui.jobs import Jobs
from gui.panels.panel import Panel
from gui.services import formatting, tag
from gui.shell.commands import Command
from gui.values import AppCredentials, Client, Settings, StoredLogin
from gui.widgets import web_engine
from gui.widgets.ask_text import AskText
from gui.widgets.check_line import CheckLine
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.focus_order import bring_into_sight
from gui.widgets.icons import dot
from gui.widgets.named_list import Line, NamedList, Press
from gui.widgets.press_button import RadioButton, ToolButton
from gui.widgets.widget_factory import button, card, icon_label, label, row

if TYPE_CHECKING:
    from gui.services.session import Session

_SCHEMES = (("", _("Same as the system")), ("light", _("Light")), ("dark", _("Dark")), ("contrast", _("High contrast")))


class SettingsPanel(Panel):
    """`settings_changed` carries changed fields of Settings, by name; `clients_changed` when a client changed.

    `undo_offered` carries words and a TagChange that can be undone.
    """

    settings_changed = Signal(object)
    clients_changed = Signal()
    undo_offered = Signal(str, object)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, _("Settings"), parent)
        self.escape_to(Command.SHOW_PAGES)
        column = QVBoxLayout()
        column.setSpacing(14)
        self.put_scrolled(column)
        column.addWidget(self._appearance())
        another = button(
            _("Set up another app"),
            lambda: self.request(Command.SET_UP_ANOTHER_APP),
            kind="quiet",
            icon="plus",
            name="settingsNewApp",
        )
        self._people = NamedList(_("People"), _("Nobody is connected yet."))
        self._apps = NamedList(_("Facebook apps"), _("No app is set up yet."), another)
        self._clients = NamedList(
            _("Clients"), _("No client yet. Select Pages in the list, press Client, and type a name.")
        )
        for section in (
            self._people,
            self._apps,
            self._clients,
            self._reminders(),
            self._login_page(),
            self._storage(),
        ):
            column.addWidget(section)
        column.addStretch(1)

    def _appearance(self) -> QFrame:
        frame, inside = card(spacing=8)
        inside.addWidget(label(_("Appearance"), "heading"))
        group = QButtonGroup(self)
        self._schemes: dict[str, RadioButton] = {}
        line = FlowLayout(spacing=20)
        for key, text in _SCHEMES:
            choice = RadioButton(text)
            choice.setObjectName(f"appearance_{key or 'system'}")
            choice.clicked.connect(lambda _, key=key: self.settings_changed.emit({"appearance": key}))
            group.addButton(choice)
            self._schemes[key] = choice
            line.addWidget(choice)
        inside.addLayout(line)
        return frame

    def _reminders(self) -> QFrame:
        frame, inside = card(spacing=8)
        inside.addWidget(label(_("Reminders"), "heading"))
        lines = (
            CheckLine(
                _("Remind me on this desktop 14, 7, 3 and 1 days before a login, data access or a token ends"),
                "habit_remind",
            ),
            CheckLine(_("Keep checking when the window is closed: Page Keys stays in the tray"), "habit_watch"),
            CheckLine(_("Start with the computer, in the tray"), "habit_atLogin"),
        )
        self._remind, self._stay_in_tray, self._start_at_login = (line.box for line in lines)
        for line in lines:
            line.box.clicked.connect(self._behavior_pressed)
            inside.addWidget(line)
        return frame

    def _behavior_pressed(self) -> None:
        if self.sender() is self._start_at_login and self._start_at_login.isChecked():
            self._stay_in_tray.setChecked(True)
        elif self.sender() is self._stay_in_tray and not self._stay_in_tray.isChecked():
            self._start_at_login.setChecked(False)
        self.settings_changed.emit(
            {
                "remind": self._remind.isChecked(),
                "stay_in_tray": self._stay_in_tray.isChecked(),
                "start_at_login": self._start_at_login.isChecked(),
            }
        )

    def _login_page(self) -> QFrame:
        frame, inside = card(spacing=8)
        inside.addWidget(label(_("Trouble with the login page"), "heading"))
        inside.addWidget(
            label(
                _(
                    "If Facebook’s login page stays blank, flickers or stops working, the graphics card’s driver is "
                    "often the cause."
                ),
                "muted",
                wrap=True,
            )
        )
        without = CheckLine(_("Show the login page without the graphics card"), "loginPageWithoutGraphics")
        self._without_graphics_card = without.box
        self._without_graphics_card.clicked.connect(self._graphics_card_pressed)
        self._restart_words = label(_("This takes effect when Page Keys starts again."), "second", wrap=True)
        self._restart = button(
            _("Restart Page Keys"), lambda: self.request(Command.RESTART), icon="refresh-cw", name="settingsRestart"
        )
        line = row(self._restart_words, self._restart, spacing=12)
        line.setStretch(0, 1)
        inside.addWidget(without)
        inside.addLayout(line)
        return frame

    def _graphics_card_pressed(self, without: bool) -> None:
        self.settings_changed.emit({"graphics_card": not without})
        self._offer_restart()

    def _offer_restart(self) -> None:
        wanted = web_engine.needs_restart(graphics_card=not self._without_graphics_card.isChecked())
        self._restart_words.setVisible(wanted)
        self._restart.setVisible(wanted)

    def _storage(self) -> QFrame:
        frame, inside = card(spacing=6)
        inside.addWidget(label(_("Where things are kept"), "heading"))
        inside.addLayout(
            row(
                icon_label("lock", "muted", 16),
                label(_("App secrets and tokens: in this computer’s keychain, and nowhere else."), wrap=True),
            )
        )
        self._folder = label("", "muted", wrap=True, name="settingsFolder")
        inside.addLayout(row(icon_label("layout-list", "muted", 16), self._folder))
        inside.addLayout(
            row(
                icon_label("timer", "muted", 16),
                label(
                    _("A copied token is cleared from the clipboard after 45 seconds, and when Page Keys closes."),
                    "muted",
                    wrap=True,
                ),
            )
        )
        return frame

    # ----------------------------------------------------------------- contents
    def show_state(
        self, apps: Sequence[AppCredentials], logins: Sequence[StoredLogin], settings: Settings, folder: str
    ) -> None:
        """Show these apps, logins and settings, where the database lies, and the clients."""
        self._schemes.get(settings.appearance, self._schemes[""]).setChecked(True)
        self._remind.setChecked(settings.remind)
        self._stay_in_tray.setChecked(settings.stay_in_tray)
        self._start_at_login.setChecked(settings.start_at_login)
        self._without_graphics_card.setChecked(not settings.graphics_card)
        self._offer_restart()
        self._folder.setText(_("Names, Page IDs, dates and the history: in {folder}", folder=folder))
        self._people.show_lines([self._login_line(one) for one in logins])
        self._apps.show_lines([self._app_line(one, logins) for one in apps])
        self._read_clients()

    def _login_line(self, login: StoredLogin) -> Line:
        ends = formatting.ends(login.expires_at, self.session.now())
        second = "  ·  ".join((login.app_display_name, formatting.pages(login.pages), _("login {ends}", ends=ends)))
        return Line(
            login.display_name,
            second,
            (
                self._press(_("Rename"), "pencil", f"rename_{login.user_id}", Command.RENAME_LOGIN, login_id=login.id),
                self._press(
                    _("Disconnect …"), "unplug", f"disconnect_{login.user_id}", Command.DISCONNECT, login_id=login.id
                ),
                self._press(
                    _("Forget"),
                    "trash-2",
                    f"forget_{login.user_id}",
                    Command.FORGET_LOGIN,
                    is_plain=True,
                    login_id=login.id,
                ),
            ),
        )

    def _press(
        self, words: str, icon: str, name: str, command: Command, *, is_plain: bool = False, **target: Any
    ) -> Press:
        """A line's button that asks for `command` on its `target`; a plain one stands out from the quiet ones."""
        return Press(words, icon, name, lambda: self.request(command, **target), "" if is_plain else "quiet")

    def _app_line(self, app: AppCredentials, logins: Sequence[StoredLogin]) -> Line:
        count = sum(one.app_id == app.app_id for one in logins)
        people_text = formatting.people(count) if count else _("nobody is connected through it")
        return Line(
            app.display_name,
            "  ·  ".join((_("App ID {id}", id=app.app_id), _("Graph {version}", version=app.version), people_text)),
            (
                self._press(_("Rename"), "pencil", f"renameApp_{app.app_id}", Command.RENAME_APP, app_id=app.app_id),
                self._press(_("Forget"), "trash-2", f"forgetApp_{app.app_id}", Command.FORGET_APP, app_id=app.app_id),
                self._press(
                    _("Change"), "", f"changeApp_{app.app_id}", Command.SET_UP_APP, is_plain=True, app_id=app.app_id
                ),
            ),
        )

    # ------------------------------------------------------------------ clients
    def _read_clients(self) -> None:
        self.work(tag.clients, self.session, done=self._show_clients)

    def _show_clients(self, clients: Sequence[Client]) -> None:
        self._clients.show_lines([self._client_line(one) for one in clients])

    def _client_line(self, client: Client) -> Line:
        swatch = ToolButton()
        swatch.setObjectName(f"clientColor_{client.id}")
        swatch.setIcon(dot(theme.avatar_at(client.color)))
        swatch.setIconSize(QSize(18, 18))
        swatch.setToolTip(_("Choose another color"))
        swatch.setAccessibleName(_("Color of {name}", name=client.name))
        swatch.clicked.connect(lambda: self._choose_color(client, swatch))
        return Line(
            client.name,
            formatting.pages(client.pages),
            (
                Press(_("Rename"), "pencil", f"renameClient_{client.id}", lambda: self._rename_client(client)),
                Press(_("Forget"), "trash-2", f"forgetClient_{client.id}", lambda: self._forget_client(client)),
            ),
            swatch,
        )

    def _choose_color(self, client: Client, swatch: QToolButton) -> None:
        menu = QMenu(self)
        menu.setObjectName("colorMenu")
        for number, name in enumerate(theme.AVATAR_NAMES):
            menu.addAction(dot(theme.avatar_at(number)), _(name)).triggered.connect(
                lambda _=False, number=number: self.change_client(client, client.name, number)
            )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(swatch.mapToGlobal(QPoint(0, swatch.height())))

    def _rename_client(self, client: Client) -> None:
        dialog = AskText(
            _("Rename {name}", name=client.name), _("The client’s Pages stay with it."), client.name, _("Rename"), self
        )
        dialog.given.connect(lambda name: self.change_client(client, name, client.color))
        dialog.open()

    def change_client(self, client: Client, name: str, color: int) -> None:
        """Give a client another name or color."""
        self.work(tag.change, self.session, client, name, color, done=lambda _: self._tell_clients_changed())

    def _forget_client(self, client: Client) -> None:
        def done(change: object) -> None:
            self._tell_clients_changed()
            self.undo_offered.emit(_("Forgot the client {name}", name=client.name), change)

        self.work(tag.forget, self.session, client, done=done)

    def _tell_clients_changed(self) -> None:
        self._read_clients()
        self.clients_changed.emit()

    def show_clients(self) -> None:
        """Scroll to the clients."""
        bring_into_sight(self._clients)
