"""Opens the window, and right after its first paint what runs behind it; a clean end."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QProcess, QStandardPaths, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

import gui.disable_shiboken_import_hook  # noqa: F401  (before what imports much)
from gui import i18n, theme
from gui.i18n import _
from gui.options import Options
from gui.shell.main_window import MainWindow
from gui.shell.window_place import WindowPlace
from gui.widgets import icons

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from gui.desktop.clipboard import SecretClipboard
    from gui.errors import UserError
    from gui.jobs import Jobs
    from gui.parts import Parts, Shell
    from gui.practice.server import PracticeServer
    from gui.services.session import Session


def make_application(arguments: list[str]) -> QApplication:
    """The QApplication, with its style, font and colors."""
    for name in ("QTWEBENGINE_REMOTE_DEBUGGING", "QTWEBENGINE_CHROMIUM_FLAGS"):
        os.environ.pop(name, None)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DisableShaderDiskCache)
    application = QApplication([*arguments, "-style", "fusion"])
    application.setApplicationName("Page Keys")
    application.setDesktopFileName("page-keys")
    application.setLayoutDirection(QLocale(i18n.language()).textDirection())
    theme.use_font(application)
    theme.apply(application)
    return application


def _data_folder() -> Path:
    """parts.default_folder, without the library that costs a while before the first paint."""
    location = QStandardPaths.StandardLocation.GenericDataLocation
    return Path(QStandardPaths.writableLocation(location)) / "Page Keys"


def remove_data() -> int:
    """Remove all that Page Keys keeps for this person, as an uninstaller offers it, and say so; the exit code."""
    from gui.desktop.single_instance import SingleInstance
    from gui.desktop.start_at_login import set_at_login
    from gui.errors import UserError
    from gui.parts import default_folder, keychain_service, practice_folder
    from gui.services import remove_data as removal
    from gui.services.explain import explain
    from gui.vault.keychain import Keychain

    folder = default_folder()
    is_kept = folder.is_dir()
    running = SingleInstance(folder)
    if is_kept and not running.lock() and running.is_held_elsewhere:
        print(_("Page Keys is running. Quit it, then try again."), file=sys.stderr)
        return 1
    # Windows deletes no file that is open.
    running.release()
    try:
        # The practice Facebook, and each other one that was worked with, has a profile of its own in it.
        inner = {one for one in folder.iterdir() if one.is_dir()} if is_kept else set()
        for one in (*sorted(inner | {practice_folder(folder)}), folder):
            removal.remove_data(one, Keychain(keychain_service(one)))
        # Last: what fails before it leaves the program as it was.
        set_at_login(False, ())
    except UserError as error:
        print(
            _(
                "{reason}. Nothing was deleted: the tokens in the keychain would stay behind. Names and the history "
                "are in {folder}; delete that folder yourself if you want them gone all the same.",
                reason=explain(error).title,
                folder=str(folder),
            ),
            file=sys.stderr,
        )
        return 1
    except OSError as error:
        print(
            _(
                "The tokens are gone from the keychain, but {file} could not be deleted: {reason}. Delete it yourself.",
                file=str(error.filename or folder),
                reason=error.strerror or str(error),
            ),
            file=sys.stderr,
        )
        return 1
    print(_("Removed from this computer: tokens, App secrets, names and the history."))
    return 0


class Program(QObject):
    """The running program: the window, and from its first paint on the parts behind it.

    `opened` comes when what is kept is on show, `prepared` when every panel that is made ahead is there.
    """

    opened = Signal()
    prepared = Signal()

    def __init__(self, application: QApplication, options: Options) -> None:
        super().__init__()
        self.application = application
        self.options = options
        self._parts: Parts | None = None
        self._steps: Iterator[None] | None = None
        self._early_faults: list[UserError] = []
        icons.sleep()
        self.window = MainWindow()
        self._place = WindowPlace(self.window, (options.profile or _data_folder()) / "window.ini")
        self._place.restore()
        self.window.painted.connect(self._place.follow)
        self.window.painted.connect(self._begin)
        self.window.closing.connect(self._place.save)

    def start_hidden(self) -> None:
        """Start in the tray; where there is none, with a window after all."""
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.application.setQuitOnLastWindowClosed(False)
        else:
            self.window.showMinimized()
        # Nothing may ever be painted.
        QTimer.singleShot(0, self._begin)

    def _begin(self) -> None:
        if self._steps is None:
            self._steps = self._make_parts()
            self._go_on()

    def _go_on(self) -> None:
        if self._steps is not None and next(self._steps, self._steps) is None:
            QTimer.singleShot(0, self._go_on)

    def _make_parts(self) -> Iterator[None]:
        """Import, make and open the parts, a piece a turn of the event loop: the window answers in between.

        The first paint waits for none of what this imports.
        """
        import gui.desktop.clipboard

        yield
        import gui.desktop.single_instance

        yield
        import gui.jobs

        yield
        import gui.graph.calls

        yield
        import gui.services.states

        yield
        import gui.shell.flows.accounts

        yield
        import gui.shell.flows.daily_check

        yield
        import gui.shell.flows.opening
        import gui.shell.flows.settings

        yield
        import gui.shell.reminder_service  # noqa: F401

        yield
        from gui.parts import Parts

        yield
        self._parts = Parts(self.application, self.window, self.options)
        if not self._parts.is_first:
            if self._parts.is_first_silent:
                self._tell_of_a_silent_copy()
            self.window.close()
            self.application.quit()
            return
        self._parts.shell.opening.opened.connect(self.opened)
        self._parts.shell.stack.prepared.connect(self.prepared)
        yield
        self._parts.open()
        for fault in self._early_faults:
            self._parts.shell.stack.tell(fault)

    def _tell_of_a_silent_copy(self) -> None:
        """Another copy holds the profile and does not answer: say so, since this one ends."""
        from PySide6.QtWidgets import QMessageBox

        from gui.services.explain import message

        text = message("first_copy_silent")
        box = QMessageBox(QMessageBox.Icon.Information, text.title, text.title, parent=self.window)
        box.setInformativeText(text.text)
        box.exec()

    def end(self) -> None:
        """Let go of everything."""
        if self._parts is not None:
            self._parts.end()

    def tell_fault(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Tell a fault of the program in the window, and where it was on stderr: sys.excepthook.

        An exception's own text may hold anything, so it is not said.
        """
        # Faults are few.
        from gui.jobs import unforeseen

        fault = unforeseen(error.with_traceback(trace))
        print(f"Page Keys: {kind.__name__} at {fault.details.get('place', '?')}", file=sys.stderr)
        if not isinstance(error, Exception):
            return
        if self._parts is None:
            self._early_faults.append(fault)
        elif self._parts.is_first:
            self._parts.shell.stack.tell(fault)

    @property
    def restarts(self) -> bool:
        """Whether the person asked for a start after the end."""
        return self._parts is not None and self._parts.restarts

    # ------------------------------------------------- for those who drive the window
    @property
    def parts(self) -> Parts:
        """What runs behind the window, once that was painted."""
        assert self._parts is not None, "not before the first paint"
        return self._parts

    @property
    def shell(self) -> Shell:
        return self.parts.shell

    @property
    def jobs(self) -> Jobs:
        return self.parts.jobs

    @property
    def clipboard(self) -> SecretClipboard:
        return self.parts.clipboard

    @property
    def session(self) -> Session | None:
        """The session in use; None before there is one."""
        return self._parts.session if self._parts is not None else None

    @property
    def server(self) -> PracticeServer | None:
        return self.parts.server


def start_again() -> None:
    """Start this program once more, with the arguments that it got; it does not end with this one."""
    arguments = sys.argv[1:] if getattr(sys, "frozen", False) else sys.orig_argv[1:]
    # Without the switches of this run: the next one sets its own.
    for name in ("QTWEBENGINE_CHROMIUM_FLAGS", "QT_QUICK_BACKEND"):
        os.environ.pop(name, None)
    QProcess.startDetached(sys.executable, arguments)


def run(options: Options) -> int:
    """Open the window and stay until it closes; the exit code."""
    application = make_application(sys.argv[:1])
    program = Program(application, options)
    sys.excepthook = program.tell_fault
    program.window.show() if not options.background else program.start_hidden()
    code = application.exec()
    program.end()
    if program.restarts:
        start_again()
    return code
