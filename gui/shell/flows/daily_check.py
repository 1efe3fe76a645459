"""After an opening, Facebook is asked about logins that were not checked for a day; what is new is said once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.i18n import ngettext
from gui.services.check_all import check_logins
from gui.services.health import mark_notices_seen, trouble_message

if TYPE_CHECKING:
    from gui.services.health import Health
    from gui.shell.context import ShellContext
    from gui.shell.navigator import Handlers

_DAY = 86_400


class DailyCheckFlow(QObject):
    """`news` carries the first new trouble's title, and how many more there are."""

    news = Signal(str)

    def __init__(self, context: ShellContext) -> None:
        super().__init__(context.window)
        self._shell, self._accounts = context, context.accounts
        self._is_due = False

    @property
    def handlers(self) -> Handlers:
        return {}

    def note_opening(self) -> None:
        """Make a check due if there are logins at the opening; one that is added later was checked just then."""
        self._is_due = bool(self._accounts.logins)

    def check(self) -> None:
        """Ask about logins, if a check is due; a failure is not told."""
        is_due, self._is_due = self._is_due, False
        if is_due:
            self._shell.jobs.start(
                check_logins, self._accounts.session, _DAY, owner=self, done=self._take, failed=lambda _: None
            )

    def _take(self, health: Health) -> None:
        self._accounts.take_health(health)
        new_troubles = [one for one in health.troubles if one.is_new]
        if new_troubles:
            title, rest = trouble_message(self._accounts.session, new_troubles[0]).title, len(new_troubles) - 1
            self.news.emit(
                ngettext("{title}, and {count} more", "{title}, and {count} more", rest, title=title) if rest else title
            )

    def mark_seen(self) -> None:
        """Note that the person has seen the news."""
        self._shell.jobs.start(mark_notices_seen, self._accounts.session, owner=self)
