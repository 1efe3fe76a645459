"""What was forgotten or tagged can be taken back for ten seconds; then it is final."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.i18n import _
from gui.services import tag
from gui.services.forget import bring_back, finish
from gui.shell.accounts import Change
from gui.shell.commands import Command, Request

if TYPE_CHECKING:
    from gui.services.forget import ForgetReceipt
    from gui.shell.context import ShellContext
    from gui.shell.navigator import Handlers


class UndoFlow(QObject):
    """Offers to undo. It serves no command: other flows' signals bring what can be undone."""

    def __init__(self, context: ShellContext) -> None:
        super().__init__(context.window)
        self._shell, self._accounts = context, context.accounts

    @property
    def handlers(self) -> Handlers:
        return {}

    def offer_to_bring_back(self, receipt: ForgetReceipt) -> None:
        """Offer to bring back what was forgotten, which is hidden until it is final."""
        session, jobs = self._accounts.session, self._shell.jobs

        def undo() -> None:
            jobs.start(bring_back, session, receipt, owner=self, done=lambda _: self._accounts.reload(Change.CONTENTS))

        def over() -> None:
            jobs.start(finish, session, receipt, owner=self, done=lambda _: self._take_final())

        self._shell.window.offer_undo(_("Forgot {name}", name=receipt.name), undo, over)
        self._accounts.reload(Change.CONTENTS, then=self._show_rest)

    def offer_to_untag(self, description: str, change: tag.TagChange) -> None:
        """Offer to undo that Pages were given to a client or taken from one, or that a client was forgotten."""
        session = self._accounts.session

        def undo() -> None:
            self._shell.jobs.start(
                tag.undo, session, change, owner=self, done=lambda _: self._accounts.reload(Change.CONTENTS)
            )

        self._shell.window.offer_undo(description, undo, None)

    def _show_rest(self) -> None:
        """Where the panel on show is gone, show the Pages that are left, or Settings while nobody is left."""
        if self._shell.stack.current is None:
            self._shell.navigate(Request(Command.SHOW_ALL_PAGES if self._accounts.logins else Command.SHOW_SETTINGS))

    def _take_final(self) -> None:
        if not (self._accounts.logins or self._accounts.apps):
            self._shell.navigate(Request(Command.SHOW_WELCOME))
