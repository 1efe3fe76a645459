"""Builds the parts once and joins them: the only place that does. One running copy; a clean end."""

from __future__ import annotations

import functools
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

import gui.disable_shiboken_import_hook  # noqa: F401  (before what imports much)
from gui import theme
from gui.options import Options, read_arguments
from gui.shell.main_window import MainWindow
from gui.widgets import icons

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from gui.desktop.clipboard import SecretClipboard
    from gui.desktop.single_instance import SingleInstance
    from gui.errors import JobContext
    from gui.jobs import Background, Jobs
    from gui.practice.server import PracticeServer
    from gui.services.session import Session
    from gui.shell.accounts import Accounts
    from gui.shell.flows.login import LoginFlow
    from gui.shell.flows.opening import OpeningFlow
    from gui.shell.navigator import Navigator
    from gui.shell.panel_stack import PanelStack
    from gui.shell.reminder_service import ReminderService
    from gui.values import AppCredentials, Settings, Site
    from gui.vault.vault import Vault


def make_application(arguments: list[str]) -> QApplication:
    """The QApplication, with its style, font and colors."""
    for name in ("QTWEBENGINE_REMOTE_DEBUGGING", "QTWEBENGINE_CHROMIUM_FLAGS"):
        os.environ.pop(name, None)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DisableShaderDiskCache)
    application = QApplication([*arguments, "-style", "fusion"])
    application.setApplicationName("Page Keys")
    application.setDesktopFileName("page-keys")
    theme.use_font(application)
    theme.apply(application)
    return application


class Shell(QObject):
    """The parts of the window, joined. Made right after the first paint, with all that they import.

    `appearance_changed` carries "light", "dark" or empty; `settings_known` the Settings, and whether the person chose
    them now.
    """

    appearance_changed = Signal(str)
    settings_known = Signal(object, bool)

    def __init__(self, window: MainWindow, jobs: Jobs) -> None:
        super().__init__(window)
        # The first paint waits for none of these.
        from gui.shell.accounts import Accounts
        from gui.shell.context import ShellContext
        from gui.shell.flows.accounts import AccountsFlow
        from gui.shell.flows.daily_check import DailyCheckFlow
        from gui.shell.flows.health import HealthFlow
        from gui.shell.flows.login import LoginFlow
        from gui.shell.flows.opening import OpeningFlow
        from gui.shell.flows.pages import PagesFlow
        from gui.shell.flows.settings import SettingsFlow
        from gui.shell.flows.undo import UndoFlow
        from gui.shell.navigator import Navigator
        from gui.shell.panel_stack import PanelStack

        self.window = window
        self.accounts: Accounts = Accounts(jobs, self)
        self.stack: PanelStack = PanelStack(window, jobs)
        self.navigator: Navigator = Navigator()
        context = ShellContext(window, self.stack, self.accounts, jobs, self.navigator.navigate)
        self.opening: OpeningFlow = OpeningFlow(context)
        self.login: LoginFlow = LoginFlow(context)
        pages, accounts, health = PagesFlow(context), AccountsFlow(context), HealthFlow(context)
        settings, undo, daily_check = SettingsFlow(context), UndoFlow(context), DailyCheckFlow(context)
        self.navigator.serve((self.opening, self.login, pages, accounts, health, settings, undo, daily_check))

        ahead = (
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
        for forgetting in (pages.forgotten, accounts.forgotten):
            forgetting.connect(undo.offer_to_bring_back)
        for tagging in (pages.tagged, settings.client_forgotten):
            tagging.connect(undo.offer_to_untag)
        daily_check.news.connect(lambda titles: daily_check.mark_seen() if pages.say_news(titles) else None)
        settings.settings_changed.connect(lambda changed: self._tell_settings(changed, chosen=True))
        self.opening.opened.connect(daily_check.note_opening)
        self.opening.opened.connect(lambda: self._tell_settings(self.accounts.settings, chosen=False))
        self.opening.opened.connect(lambda: self.stack.prepare(ahead))
        self.stack.prepared.connect(daily_check.check)

    def _tell_settings(self, settings: Settings, *, chosen: bool) -> None:
        self.appearance_changed.emit(settings.appearance)
        self.settings_known.emit(settings, chosen)

    def use(self, session: Session, *, site_words: str = "", can_leave: bool = False) -> None:
        """Work with this session from now on: show what is kept there."""
        self.window.drop_undo()
        self.stack.use(session)
        self.accounts.use(session)
        self.window.side.set_site(site_words)
        self.window.side.set_can_leave(can_leave)
        self.opening.open()


class Program(QObject):
    """The running program: the window, the session it works with, and the practice Facebook when it is wanted.

    `opened` comes when what is kept is on show, `prepared` when every panel that is made ahead is there.
    """

    opened = Signal()
    prepared = Signal()

    def __init__(self, application: QApplication, options: Options) -> None:
        super().__init__()
        self.application = application
        self.options = options
        self.jobs: Jobs
        self.shell: Shell
        self.session: Session | None = None
        self.clipboard: SecretClipboard | None = None
        self.reminders: ReminderService | None = None
        self.server: PracticeServer | None = None
        self._serving: Background | None = None
        self._appearance = ""
        self._instance: SingleInstance | None = None
        icons.sleep()
        self.window = MainWindow()
        self.window.painted.connect(self._after_first_paint)
        application.styleHints().colorSchemeChanged.connect(lambda _: self._use_appearance(self._appearance))

    # --------------------------------------------------------------- beginning
    @functools.cached_property
    def folder(self) -> Path:
        """Where this profile's database lies."""
        return self.options.profile or default_folder()

    def _after_first_paint(self) -> None:
        # The first paint waits for none of these.
        from gui.desktop.clipboard import SecretClipboard
        from gui.desktop.crash import leave_no_dump
        from gui.desktop.single_instance import SingleInstance
        from gui.jobs import Jobs

        if self._instance is not None:
            return
        leave_no_dump()
        self.jobs = Jobs(self)
        self._instance = SingleInstance(self.folder, self)
        if not self._instance.first(self.options.arguments):
            self.window.close()
            self.application.quit()
            return
        self._instance.handed_over.connect(self._take_over)
        self.clipboard = SecretClipboard(self)
        self.window.furnish(self.clipboard)
        self.shell = Shell(self.window, self.jobs)
        self.shell.appearance_changed.connect(self._use_appearance)
        self.shell.settings_known.connect(self._use_settings)
        self.shell.opening.opened.connect(self.opened)
        self.shell.stack.prepared.connect(self.prepared)
        self.shell.opening.practice_wanted.connect(self.start_practice)
        self.shell.opening.practice_left.connect(self._leave_practice)
        self.shell.stack.prepared.connect(lambda: self.jobs.start(_import_ahead, owner=self))
        self._begin_reminding()
        self._use_first()

    def _begin_reminding(self) -> None:
        from gui.shell.reminder_service import ReminderService

        self.reminders = ReminderService(self.jobs, self)
        self.reminders.opened.connect(self.come_to_front)
        self.reminders.quit_wanted.connect(self.quit)
        self.reminders.requested.connect(self.shell.navigator.navigate)
        self.reminders.failed.connect(self.shell.stack.tell)

    def _use_first(self) -> None:
        """Go to the Facebook that the command line names."""
        from gui.values import Site

        if self.options.practice:
            self.start_practice()
        elif self.options.graph_url:
            self._use_other(self.options.graph_url, self.options.login_url, self.options.profile)
        else:
            self._use(Site(), self.folder)

    def _use_other(self, graph_url: str, login_url: str, folder: Path | None = None) -> None:
        from gui.values import Site

        site = Site(graph_url, login_url or graph_url)
        port = graph_url.rsplit(":", 1)[-1].strip("/")
        self._use(
            site, folder or self.folder / f"other-{port}", f"Not the real Facebook: {graph_url.partition('//')[2]}"
        )

    def start_hidden(self) -> None:
        """Start in the tray; where there is none, with a window after all."""
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.application.setQuitOnLastWindowClosed(False)
        else:
            self.window.showMinimized()
        # Nothing may ever be painted.
        QTimer.singleShot(0, self._after_first_paint)

    def _use(self, site: Site, folder: Path, words: str = "", *, can_leave: bool = False) -> None:
        from gui.services.session import Session

        if self.session is not None:
            self.session.close()
        self.session = Session(site, lambda: open_vault(folder))
        if self.reminders is not None:
            self.reminders.use(self.session)
        self.jobs.start(_load, self.shell.first_panel.load, owner=self)
        self.shell.use(self.session, site_words=words, can_leave=can_leave)

    def _use_settings(self, settings: Settings, chosen: bool) -> None:
        assert self.reminders is not None
        stays = self.reminders.apply(settings, install=chosen)
        self.window.stays_when_closed = stays
        self.application.setQuitOnLastWindowClosed(not stays)

    def quit(self) -> None:
        """End the program though it would stay when its window closes."""
        self.window.stays_when_closed = False
        self.application.setQuitOnLastWindowClosed(True)
        self.window.close()
        self.application.quit()

    def _take_over(self, arguments: list[str]) -> None:
        """A second start gives what it was asked for: come to the front, and go to the Facebook that it names."""
        self.come_to_front()
        options = read_arguments(arguments)
        if options is None:
            return
        if options.practice and self._serving is None:
            self.start_practice()
        elif options.graph_url and (self.session is None or self.session.site.graph_url != options.graph_url):
            self._stop_practice()
            self._use_other(options.graph_url, options.login_url)

    def come_to_front(self) -> None:
        """Show the window over others: a second start or the tray asked for it."""
        self.window.showNormal()
        self.window.raise_()
        self.window.activateWindow()

    def _use_appearance(self, appearance: str) -> None:
        self._appearance = appearance
        if theme.apply(self.application, appearance):
            self.window.refresh()

    def tell_fault(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Tell a fault of the program in the window, and where it was on stderr: sys.excepthook.

        An exception's own text may hold anything, so it is not said.
        """
        from gui.jobs import unforeseen

        fault = unforeseen(error.with_traceback(trace))
        print(f"Page Keys: {kind.__name__} at {fault.details.get('place', '?')}", file=sys.stderr)
        if (
            hasattr(self, "shell")
            and QCoreApplication.instance() is not None
            and not isinstance(error, KeyboardInterrupt)
        ):
            self.shell.stack.tell(fault)

    # ---------------------------------------------------------------- practice
    def start_practice(self) -> None:
        """Start the practice Facebook and work there, in a profile of its own."""
        self.jobs.start(_make_practice, owner=self, done=self._use_practice)

    def _use_practice(self, server: PracticeServer) -> None:
        from gui.jobs import Background
        from gui.values import Site

        self.server = server
        self._serving = Background(server.serve, server.stop)
        folder = self.folder if self.options.practice and self.options.profile else self.folder / "practice"
        self.shell.opening.opened.connect(self._begin_practice)
        self._use(
            Site(server.url, server.url), folder, "Practice: not the real Facebook", can_leave=not self.options.practice
        )

    def _begin_practice(self) -> None:
        """Set up the practice apps unless people are there already."""
        from gui.services.setup import verify_app
        from gui.values import DEFAULT_VERSION, Secret

        self.shell.opening.opened.disconnect(self._begin_practice)
        assert self.server is not None
        if self.shell.accounts.logins:
            return
        first, *others = self.server.description()["apps"]

        def verify(app: dict[str, str], done: Callable[[AppCredentials], object]) -> None:
            secret = Secret(app["app_secret"])
            self.jobs.start(verify_app, self.session, app["app_id"], secret, DEFAULT_VERSION, "", owner=self, done=done)

        def verify_others(app: AppCredentials) -> None:
            for one in others:
                verify(one, lambda _: self.shell.accounts.reload())
            self.shell.login.begin_with(app)

        verify(first, verify_others)

    def _leave_practice(self) -> None:
        from gui.values import Site

        self._stop_practice()
        self._use(Site(), self.folder)

    def _stop_practice(self) -> None:
        if self._serving is not None:
            self._serving.stop()
            self._serving = None

    # --------------------------------------------------------------------- end
    def end(self) -> None:
        """Let go of everything; the clipboard was cleared when the window closed."""
        if hasattr(self, "jobs"):
            self.jobs.wait(3)
        self._stop_practice()
        if self.session is not None:
            self.session.close()
        if self._instance is not None:
            self._instance.release()


def default_folder() -> Path:
    """Where the database lies: the system's folder for a program's data."""
    import platformdirs

    return Path(platformdirs.user_data_dir("Page Keys", appauthor=False))


def open_vault(folder: Path) -> Vault:
    """The vault of a profile; its keychain items are of that profile alone."""
    import hashlib

    from gui.vault.keychain import Keychain
    from gui.vault.vault import Vault

    is_standard = folder == default_folder()
    service = (
        "Page Keys" if is_standard else f"Page Keys {hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:10]}"
    )
    return Vault(folder, Keychain(service))


def _load(load: Callable[[], object], job: JobContext) -> None:
    load()


def _import_ahead(job: JobContext) -> None:
    """Import what the first call will need, while the person still reads."""
    import gui.graph.client  # noqa: F401


def _make_practice(job: JobContext) -> PracticeServer:
    from gui.practice.server import PracticeServer
    from gui.practice.world import World

    return PracticeServer(World())


def run(options: Options) -> int:
    """Open the window and stay until it closes; the exit code."""
    application = make_application(sys.argv[:1])
    program = Program(application, options)
    sys.excepthook = program.tell_fault
    program.window.show() if not options.background else program.start_hidden()
    code = application.exec()
    program.end()
    return code
