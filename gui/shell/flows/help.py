"""Help, About and Explain an error, shown over whatever the person was at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.shell.commands import Command

if TYPE_CHECKING:
    from gui.panels.about import AboutPanel
    from gui.panels.explain_error import ExplainErrorPanel
    from gui.panels.help import HelpPanel
    from gui.shell.commands import Request
    from gui.shell.context import ShellContext
    from gui.shell.navigator import Handlers


class HelpFlow(QObject):
    """Opens the help at the right place, and goes back to where it was asked for."""

    def __init__(self, context: ShellContext) -> None:
        super().__init__(context.window)
        self._stack = context.stack
        self.help = context.stack.add("help", _help_panel, place="help", is_aside=True)
        self.explain_error = context.stack.add(
            "explain_error", _explain_error_panel, place="health", topic="explain-an-error", is_aside=True
        )
        self.about = context.stack.add("about", _about_panel, place="help", is_aside=True)

    @property
    def handlers(self) -> Handlers:
        return {
            Command.SHOW_HELP: self._show_help,
            Command.SHOW_ABOUT: lambda request: self.about.show().begin(),
            Command.EXPLAIN_ERROR: lambda request: self.explain_error.show().begin(request.page_id, request.login_id),
            Command.LEAVE_HELP: lambda request: self._stack.leave_aside(),
        }

    def _show_help(self, request: Request) -> None:
        topic = request.topic or self._stack.topic
        self.help.show().begin(topic)


def _help_panel() -> type[HelpPanel]:
    from gui.panels.help import HelpPanel

    return HelpPanel


def _about_panel() -> type[AboutPanel]:
    from gui.panels.about import AboutPanel

    return AboutPanel


def _explain_error_panel() -> type[ExplainErrorPanel]:
    from gui.panels.explain_error import ExplainErrorPanel

    return ExplainErrorPanel
