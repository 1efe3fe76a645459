"""What every flow works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.jobs import Jobs
    from gui.shell.accounts import Accounts
    from gui.shell.commands import Request
    from gui.shell.main_window import MainWindow
    from gui.shell.panel_stack import PanelStack


@dataclass(frozen=True, slots=True)
class ShellContext:
    """The window and its panels, the one state, who runs services, and how to ask for what another flow serves."""

    window: MainWindow
    stack: PanelStack
    accounts: Accounts
    jobs: Jobs
    navigate: Callable[[Request], object]
