"""The parts, made and joined: the second half of gui.app, which imports it right after the first paint.

So their imports stand at the top of a file, and the first paint waits for none of them.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from gui import theme
from gui.desktop.clipboard import SecretClipboard
from gui.desktop.crash import leave_no_dump
from gui.desktop.single_instance import SingleInstance
from gui.desktop.system_proxy import system_proxy
from gui.errors import UserError
from gui.i18n import _
from gui.jobs import Background, Jobs
from gui.options import Options, read_arguments
from gui.services.session import Session
from gui.services.setup import verify_app
from gui.shell.accounts import Accounts
from gui.shell.context import ShellContext
from gui.shell.flows.accounts import AccountsFlow
from gui.shell.flows.daily_check import DailyCheckFlow
from gui.shell.flows.health import HealthFlow
from gui.shell.flows.help import HelpFlow
from gui.shell.flows.login import LoginFlow
from gui.shell.flows.opening import OpeningFlow
from gui.shell.flows.pages import PagesFlow
from gui.shell.flows.settings import SettingsFlow
from gui.shell.flows.undo import UndoFlow
from gui.shell.navigator import Navigator
from gui.shell.panel_stack import PanelStack
from gui.shell.reminder_service import ReminderService
from gui.shell.window_keys import add_window_keys
from gui.values import DEFAULT_VERSION, AppCredentials, Secret, Settings, Site

if TYPE_CHECKING:
    from gui.errors import JobContext
    from gui.practice.server import PracticeServer
    from gui.shell.main_window import MainWindow
    from gui.vault.vault import Vault


class Shell(QObject):
    """The parts of the window, joined.

    `appearance_changed` carries Settings.appearance; `settings_known` the Settings, and whether the person chose
    them now. `restart_wanted` when the program is to end and start again.
    """

    appearance_changed = Signal(str)
    settings_known = Signal(object, bool)
    restart_wanted = Signal()

    def __init__(self, window: MainWindow, jobs: Jobs) -> None:
        super().__init__(window)
        self.window = window
        self.accounts = Accounts(jobs, self)
        self.stack = PanelStack(window, jobs)
        self.navigator = Navigator()
        context = ShellContext(window, self.stack, self.accounts, jobs, self.navigator.navigate)
        self.opening = OpeningFlow(context)
        self.login = LoginFlow(context)
        pages, accounts, health = PagesFlow(context), AccountsFlow(context), HealthFlow(context)
        settings, undo, daily_check = SettingsFlow(context), UndoFlow(context), DailyCheckFlow(context)
        flows = (self.opening, self.login, pages, accounts, health, settings, HelpFlow(context), undo, daily_check)
        self.navigator.serve(flows)

        slots_ahead = (
            self.login.setup,
            self.login.login,
            self.login.extend,
            pages.pages,
            health.health,
            pages.export,
            health.history,
            pages.import_,
            settings.settings,
        )
        #: Imported while what is kept is read, since it is shown first.
        self.first_panel = pages.pages

        window.side.requested.connect(self.navigator.navigate)
        self.stack.requested.connect(self.navigator.navigate)
        self.stack.copied.connect(window.copy)
        jobs.unhandled.connect(self.stack.tell)
        self.login.extended.connect(pages.load)
        health.login_given.connect(self.login.take_token)
        health.page_kept.connect(pages.show_login)
        for forget_signal in (pages.forgotten, accounts.forgotten):
            forget_signal.connect(undo.offer_to_bring_back)
        for tag_signal in (pages.tagged, settings.client_forgotten):
            tag_signal.connect(undo.offer_to_untag)
        daily_check.news.connect(lambda titles: daily_check.mark_seen() if pages.say_news(titles) else None)
        settings.restart_wanted.connect(self.restart_wanted)
        settings.settings_changed.connect(lambda new_settings: self._tell_settings(new_settings, by_person=True))
        self.opening.opened.connect(daily_check.note_opening)
        self.opening.opened.connect(lambda: self._tell_settings(self.accounts.settings, by_person=False))
        self.opening.opened.connect(lambda: self.stack.prepare(slots_ahead))
        self.stack.prepared.connect(daily_check.check)

    def _tell_settings(self, settings: Settings, *, by_person: bool) -> None:
        self.appearance_changed.emit(settings.appearance)
        self.settings_known.emit(settings, by_person)

    def use(self, session: Session, *, site_words: str = "", can_leave: bool = False) -> None:
        """Work with this session from now on: show what is kept there."""
        self.window.drop_undo()
        self.stack.use(session)
        self.accounts.use(session)
        self.window.side.set_site(site_words)
        self.window.side.set_can_leave(can_leave)
        self.opening.open()


class Parts(QObject):
    """What runs behind the window.

    Attributes: `jobs`, `shell`, `clipboard`, `reminders`; `session` in use; `server`, the practice Facebook, once it
    was wanted. `is_first` is False for a second start, which handed its arguments to the first copy and ends;
    `is_first_silent` where that copy did not answer. `restarts` is whether the program is to start again when it ended.
    `keychain_prompt_changed` carries whether a prompt of the keychain's own program stands.
    """

    keychain_prompt_changed = Signal(bool)

    def __init__(self, application: QApplication, window: MainWindow, options: Options) -> None:
        super().__init__(window)
        self.application, self.window, self.options = application, window, options
        self.session: Session | None = None
        self.server: PracticeServer | None = None
        self._serving: Background | None = None
        self._appearance = ""
        self.restarts = False
        leave_no_dump()
        self._instance = SingleInstance(self.folder, self)
        self.is_first = self._instance.first(options.arguments)
        self.is_first_silent = self._instance.is_first_silent
        if not self.is_first:
            return
        self._instance.handed_over.connect(self._take_over)
        self.jobs = Jobs(self)
        self.clipboard = SecretClipboard(self)
        window.furnish(self.clipboard)
        self.keychain_prompt_changed.connect(window.show_keychain_prompt)
        self.shell = Shell(window, self.jobs)
        self.shell.appearance_changed.connect(self._use_appearance)
        self.shell.settings_known.connect(self._use_settings)
        self.shell.restart_wanted.connect(self._restart)
        # Where the profile could not be written before, it may be now.
        self.shell.opening.opened.connect(self._instance.lock)
        self.shell.opening.practice_wanted.connect(self.start_practice)
        self.shell.opening.practice_left.connect(self._leave_practice)
        self.shell.stack.prepared.connect(lambda: self.jobs.start(_import_ahead, owner=self))
        add_window_keys(window, self.shell.navigator.navigate, self._undo, self.quit)
        self.reminders = ReminderService(self.jobs, self)
        self.reminders.opened.connect(self.come_to_front)
        self.reminders.quit_wanted.connect(self.quit)
        self.reminders.requested.connect(self.shell.navigator.navigate)
        self.reminders.failed.connect(self.shell.stack.tell)
        self._follow_system(application)

    def _follow_system(self, application: QApplication) -> None:
        """Take the system's light or dark, its high contrast and its size of text as soon as they change.

        Whether it wants motion is asked once.
        """
        #: Qt deletes what nobody holds.
        self._hints = application.styleHints()
        self._contrast_hints = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(lambda _: self._use_appearance(self._appearance))
        self._contrast_hints.contrastPreferenceChanged.connect(lambda _: self._use_appearance(self._appearance))
        self.window.text_changed.connect(self._use_text)
        self.jobs.start(_ask_for_motion, owner=self, done=theme.set_moves)

    @functools.cached_property
    def folder(self) -> Path:
        """Where this profile's database lies."""
        return self.options.profile or default_folder()

    # -------------------------------------------------------------- which Facebook
    def open(self) -> None:
        """Go to the Facebook that the command line names."""
        if self.options.practice:
            self.start_practice()
        elif self.options.graph_url:
            self._use_other(self.options.graph_url, self.options.login_url, self.options.profile)
        else:
            self._use(Site(), self.folder)

    def _use_other(self, graph_url: str, login_url: str, folder: Path | None = None) -> None:
        site = Site(graph_url, login_url or graph_url)
        port = graph_url.rsplit(":", 1)[-1].strip("/")
        self._use(
            site,
            folder or self.folder / f"other-{port}",
            _("Not the real Facebook: {address}", address=graph_url.partition("//")[2]),
        )

    def _use(self, site: Site, folder: Path, words: str = "", *, can_leave: bool = False) -> None:
        # What was asked of the vault or Facebook before tells nothing of these.
        self.jobs.disown()
        if self.session is not None:
            self.session.close()
        self.session = Session(
            site, lambda: open_vault(folder, self.keychain_prompt_changed.emit), system_proxy=system_proxy
        )
        self.reminders.use(self.session)
        self.jobs.start(lambda _: self.shell.first_panel.load(), owner=self)
        self.shell.use(self.session, site_words=words, can_leave=can_leave)

    def _use_settings(self, settings: Settings, by_person: bool) -> None:
        stays_open = self.reminders.apply(settings, install=by_person)
        self.window.stays_when_closed = stays_open
        self.application.setQuitOnLastWindowClosed(not stays_open)

    def _undo(self) -> None:
        if self.window.undo_bar is not None and self.window.undo_bar.isVisible():
            self.window.undo_bar.undo()

    def quit(self) -> None:
        """End the program though it would stay when its window closes."""
        self.window.stays_when_closed = False
        self.application.setQuitOnLastWindowClosed(True)
        self.window.close()
        self.application.quit()

    def _restart(self) -> None:
        self.restarts = True
        self.quit()

    def _take_over(self, arguments: list[str]) -> None:
        """A second start: come to the front; to go to another Facebook, which it may have asked for, is offered."""
        self.come_to_front()
        options = read_arguments(arguments)
        if options is None:
            return
        if options.practice and self._serving is None:
            self.shell.stack.tell(UserError("second_start_practice"))
        elif options.graph_url and (self.session is None or self.session.site.graph_url != options.graph_url):
            self.shell.stack.tell(UserError("second_start_elsewhere", name=options.graph_url.partition("//")[2]))

    def come_to_front(self) -> None:
        """Show the window over others: a second start or the tray asked for it."""
        self.window.showNormal()
        self.window.raise_()
        self.window.activateWindow()

    def _use_text(self) -> None:
        theme.apply(self.application, self._appearance)
        self.window.refresh()

    def _use_appearance(self, appearance: str) -> None:
        self._appearance = appearance
        if theme.apply(self.application, appearance):
            self.window.refresh()

    # ---------------------------------------------------------------- practice
    def start_practice(self) -> None:
        """Start the practice Facebook and work there, in a profile of its own."""
        self.jobs.start(_make_practice, owner=self, done=self._use_practice)

    def _use_practice(self, server: PracticeServer) -> None:
        self.server = server
        self._serving = Background(server.serve, server.stop)
        folder = self.folder if self.options.practice and self.options.profile else practice_folder(self.folder)
        self.shell.opening.opened.connect(self._begin_practice)
        self._use(
            Site(server.url, server.url),
            folder,
            _("Practice: not the real Facebook"),
            can_leave=not self.options.practice,
        )

    def _begin_practice(self) -> None:
        """Set up the practice apps unless people are there already."""
        self.shell.opening.opened.disconnect(self._begin_practice)
        assert self.server is not None
        if self.shell.accounts.logins:
            return
        first_app, *other_apps = self.server.description()["apps"]

        def verify(app: dict[str, str], done: Callable[[AppCredentials], object]) -> None:
            secret = Secret(app["app_secret"])
            self.jobs.start(verify_app, self.session, app["app_id"], secret, DEFAULT_VERSION, "", owner=self, done=done)

        def verify_others(app: AppCredentials) -> None:
            for other_app in other_apps:
                verify(other_app, lambda _: self.shell.accounts.reload())
            self.shell.login.begin_with(app)

        verify(first_app, verify_others)

    def _leave_practice(self) -> None:
        self._stop_practice()
        self._use(Site(), self.folder)

    def _stop_practice(self) -> None:
        if self._serving is not None:
            self._serving.stop()
            self._serving = None

    # --------------------------------------------------------------------- end
    def end(self) -> None:
        """Let go of everything; the clipboard was cleared when the window closed."""
        if self.is_first:
            self.jobs.wait(3)
        self._stop_practice()
        if self.session is not None:
            self.session.close()
        self._instance.release()


def default_folder() -> Path:
    """Where the database lies: the system's folder for a program's data."""
    return Path(platformdirs.user_data_dir("Page Keys", appauthor=False))


def keychain_service(folder: Path) -> str:
    """What a profile's keychain items are under: a name that no other profile has."""
    if folder == default_folder():
        return "Page Keys"
    return f"Page Keys {hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:10]}"


def practice_folder(folder: Path) -> Path:
    """The practice Facebook's own profile, in the folder of another."""
    return folder / "practice"


def open_vault(folder: Path, prompt_changed: Callable[[bool], object] | None = None) -> Vault:
    """The vault of a profile; its keychain items are of that profile alone. `prompt_changed` is the Keychain's."""
    from gui.vault.keychain import Keychain
    from gui.vault.vault import Vault

    return Vault(folder, Keychain(keychain_service(folder), prompt_changed=prompt_changed))


def _import_ahead(job: JobContext) -> None:
    """Import what the first call will need, and read the sentences, while the person still reads."""
    import gui.graph.client  # noqa: F401
    from gui.services.explain import message_catalog

    message_catalog()


def _ask_for_motion(job: JobContext) -> bool:
    from gui.desktop.motion import wants_motion

    return wants_motion()


def _make_practice(job: JobContext) -> PracticeServer:
    from gui.practice.server import PracticeServer
    from gui.practice.world import World

    return PracticeServer(World())
