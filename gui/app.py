"""Builds the parts once and joins them: the only place that does. One running copy; a clean end."""

from __future__ import annotations

import functools
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QApplication

import gui.plain_imports  # noqa: F401  (before what imports much)
from gui import theme
from gui.options import Options, read_arguments
from gui.widgets import icons
from gui.window import Window

if TYPE_CHECKING:
    from types import TracebackType

    from gui.desk.desk import Desk
    from gui.desktop.clipboard import SecretClipboard
    from gui.desktop.one_copy import OneCopy
    from gui.errors import JobContext
    from gui.jobs import Background, Jobs
    from gui.practice.server import PracticeServer
    from gui.values import AppCredentials, Site
    from gui.vault.vault import Vault
    from gui.watch import Watch


def _hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say what failed and where; an exception's own text may hold anything, so it is not said."""
    from gui.jobs import unforeseen

    problem = unforeseen(error.with_traceback(trace))
    print(f"Page Keys: {kind.__name__} at {problem.details.get('place', '?')}", file=sys.stderr)


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


class Program(QObject):
    """The running program: the window, the desk it works at, and the practice Facebook when it is wanted."""

    def __init__(self, application: QApplication, options: Options) -> None:
        super().__init__()
        self.application = application
        self.options = options
        self.jobs: Jobs
        self.desk: Desk | None = None
        self.clipboard: SecretClipboard | None = None
        self.server: PracticeServer | None = None
        self._serving: Background | None = None
        self._pinned = ""
        self._one: OneCopy | None = None
        self.watch: Watch | None = None
        icons.sleep()
        self.window = Window()
        self.window.painted.connect(self._after_first_paint)
        self.window.practice_wanted.connect(self.start_practice)
        self.window.practice_left.connect(self._leave_practice)
        self.window.appearance_chosen.connect(self._pin)
        self.window.prepared.connect(lambda: self.jobs.start(_import_ahead, owner=self))
        application.styleHints().colorSchemeChanged.connect(lambda _: self._pin(self._pinned))

    # --------------------------------------------------------------- beginning
    @functools.cached_property
    def folder(self) -> Path:
        """Where this profile's ledger lies."""
        return self.options.profile or default_folder()

    def _after_first_paint(self) -> None:
        from gui.desktop.clipboard import SecretClipboard
        from gui.desktop.crash import leave_no_dump
        from gui.desktop.one_copy import OneCopy
        from gui.jobs import Jobs

        if self._one is not None:
            return
        leave_no_dump()
        self.jobs = Jobs(self)
        self._one = OneCopy(self.folder, self)
        if not self._one.first(self.options.arguments):
            self.window.close()
            self.application.quit()
            return
        self._one.handed_over.connect(self._handed_over)
        self._begin_watching()
        from gui.values import Site

        self.clipboard = SecretClipboard(self)
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
        self._use(site, folder or self.folder / f"other-{port}", f"Not the real Facebook: {graph_url.partition('//')[2]}")

    def start_hidden(self) -> None:
        """Start in the tray; where there is none, with a window after all."""
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QSystemTrayIcon

        if QSystemTrayIcon.isSystemTrayAvailable():
            self.application.setQuitOnLastWindowClosed(False)
        else:
            self.window.showMinimized()
        # Nothing may ever be painted.
        QTimer.singleShot(0, self._after_first_paint)

    def _use(self, site: Site, folder: Path, words: str = "", *, can_leave: bool = False) -> None:
        from gui.desk.desk import Desk

        if self.desk is not None:
            self.desk.close()
        self.desk = Desk(site, lambda: _open_vault(folder))
        assert self.clipboard is not None
        if self.watch is not None:
            self.watch.use(self.desk)
        self.window.use(self.desk, self.jobs, self.clipboard, site_words=words, can_leave=can_leave)

    def _begin_watching(self) -> None:
        from gui.watch import Watch

        self.watch = Watch(self.jobs, self)
        self.watch.opened.connect(self.come_to_front)
        self.watch.quit_wanted.connect(self.quit)
        self.watch.renew_wanted.connect(self.window.renew)
        self.watch.failed.connect(self.window.tell)
        self.window.habits_known.connect(self._take_habits)

    def _take_habits(self, habits: tuple[bool, ...], chosen: bool) -> None:
        assert self.watch is not None
        self.window.stays = self.watch.set_habits(habits, install=chosen)
        self.application.setQuitOnLastWindowClosed(not self.window.stays)

    def quit(self) -> None:
        """End the program though it would stay when its window closes."""
        self.window.stays = False
        self.application.setQuitOnLastWindowClosed(True)
        self.window.close()
        self.application.quit()

    def _handed_over(self, arguments: list[str]) -> None:
        """A second start gives what it was asked for: come to the front, and go to the Facebook that it names."""
        self.come_to_front()
        options = read_arguments(arguments)
        if options is None:
            return
        if options.practice and self._serving is None:
            self.start_practice()
        elif options.graph_url and (self.desk is None or self.desk.site.graph_url != options.graph_url):
            self._stop_practice()
            self._use_other(options.graph_url, options.login_url)

    def come_to_front(self) -> None:
        """Show the window over others: a second start or the tray asked for it."""
        self.window.showNormal()
        self.window.raise_()
        self.window.activateWindow()

    def _pin(self, pinned: str) -> None:
        self._pinned = pinned
        if theme.apply(self.application, pinned):
            self.window.refresh()

    # ---------------------------------------------------------------- practice
    def start_practice(self) -> None:
        """Start the practice Facebook and work there, in a profile of its own."""
        self.jobs.start(_make_practice, owner=self, done=self._practice_made)

    def _practice_made(self, server: PracticeServer) -> None:
        from gui.jobs import Background
        from gui.values import Site

        self.server = server
        self._serving = Background(server.serve, server.stop)
        folder = self.folder if self.options.practice and self.options.profile else self.folder / "practice"
        self._use(Site(server.url, server.url), folder, "Practice: not the real Facebook", can_leave=not self.options.practice)
        self.window.opened.connect(self._begin_practice)

    def _begin_practice(self) -> None:
        """Set up the practice app unless people are there already."""
        from gui.desk.setup import verify_app
        from gui.values import DEFAULT_VERSION, Secret

        self.window.opened.disconnect(self._begin_practice)
        assert self.server is not None
        if self.window.people:
            return
        first, *others = self.server.description()["apps"]

        def ready(app: AppCredentials) -> None:
            for one in others:
                self.jobs.start(
                    verify_app, self.desk, one["app_id"], Secret(one["app_secret"]), DEFAULT_VERSION, "", owner=self, done=lambda _: self.window.recount()
                )
            self.window.begin_with(app)

        secret = Secret(first["app_secret"])
        self.jobs.start(verify_app, self.desk, first["app_id"], secret, DEFAULT_VERSION, "", owner=self, done=ready, failed=self._practice_failed)

    def _practice_failed(self, problem: Exception) -> None:
        self.window.tell(problem)

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
        if self.desk is not None:
            self.desk.close()
        if self._one is not None:
            self._one.release()


def default_folder() -> Path:
    """Where the ledger lies: the system's folder for a program's data."""
    import platformdirs

    return Path(platformdirs.user_data_dir("Page Keys", appauthor=False))


def _open_vault(folder: Path) -> Vault:
    import hashlib

    from gui.vault.keychain import Keychain
    from gui.vault.vault import Vault

    standard = folder == default_folder()
    service = "Page Keys" if standard else f"Page Keys {hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:10]}"
    return Vault(folder, Keychain(service))


def _import_ahead(job: JobContext) -> None:
    """Import what the first call will need, while the person still reads."""
    import gui.desk.check
    import gui.desk.exchange
    import gui.desk.login
    import gui.desk.pages
    import gui.graph.client  # noqa: F401


def _make_practice(job: JobContext) -> PracticeServer:
    from gui.practice.server import PracticeServer
    from gui.practice.world import World

    return PracticeServer(World())


def run(options: Options) -> int:
    """Open the window and stay until it closes; the exit code."""
    sys.excepthook = _hook
    application = make_application(sys.argv[:1])
    program = Program(application, options)
    program.window.show() if not options.background else program.start_hidden()
    code = application.exec()
    program.end()
    return code
