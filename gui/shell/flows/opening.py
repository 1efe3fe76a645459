"""Opening what is kept, and where to go first; before there is anything, Welcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.panels.welcome import WelcomePanel
from gui.services.keep import open_accounts
from gui.shell.commands import Command, Request

if TYPE_CHECKING:
    from gui.jobs import Jobs
    from gui.services.keep import AccountsSnapshot
    from gui.services.session import Session
    from gui.shell.context import ShellContext
    from gui.shell.navigator import Handlers


class OpeningFlow(QObject):
    """`opened` comes when what is kept is on show, or why it could not be opened.

    `practice_wanted` and `practice_left` come when another Facebook is asked for.
    """

    opened = Signal()
    practice_wanted = Signal()
    practice_left = Signal()

    def __init__(self, context: ShellContext) -> None:
        super().__init__(context.window)
        self._shell, self._accounts = context, context.accounts
        self.welcome = context.stack.add("welcome", _welcome_panel, whole_window=True, topic="three-steps")
        self._is_opening = False
        context.stack.untold.connect(self._show_something)

    @property
    def handlers(self) -> Handlers:
        return {
            Command.SHOW_WELCOME: lambda request: self.welcome.show(),
            Command.REOPEN: lambda request: self.open(),
            Command.START_PRACTICE: lambda request: self.practice_wanted.emit(),
            Command.LEAVE_PRACTICE: lambda request: self.practice_left.emit(),
        }

    def open(self) -> None:
        """Open the vault in use and show what it holds."""
        self._is_opening = True
        self._shell.jobs.start(
            open_accounts, self._accounts.session, owner=self, done=self._show, failed=self._show_failure
        )

    def _show_something(self) -> None:
        """A fault is to be told and no panel is on show: while the vault opens one will come, else it is Welcome."""
        if not self._is_opening:
            self.welcome.show()

    def _show(self, snapshot: AccountsSnapshot) -> None:
        self._is_opening = False
        self._accounts.take(snapshot)
        self._shell.navigate(Request(Command.SHOW_ALL_PAGES))
        for error in snapshot.notices:
            self._shell.stack.tell(error, self.open)
        self.opened.emit()

    def _show_failure(self, error: Exception) -> None:
        self._is_opening = False
        self.welcome.show()
        self._shell.stack.tell(error, self.open)
        self.opened.emit()


def _welcome_panel() -> _MakeWelcome:
    return _MakeWelcome()


class _MakeWelcome:
    """Makes Welcome, which needs no session."""

    def __call__(self, session: Session, jobs: Jobs) -> WelcomePanel:
        return WelcomePanel()
