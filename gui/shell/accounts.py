"""The one state of the window: which apps and logins there are, whose Pages are shown, and the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from gui.services.keep import change_settings, read_accounts
from gui.services.views import View, ViewKind
from gui.values import Settings

if TYPE_CHECKING:
    from gui.jobs import Job, Jobs
    from gui.services.health import Health
    from gui.services.keep import AccountsSnapshot
    from gui.services.session import Session
    from gui.values import AppCredentials, StoredLogin


class Change(Enum):
    """What may have changed."""

    #: Who and what there is; the rows on show stand.
    ACCOUNTS = auto()
    #: Anything that is kept: every view takes it anew.
    CONTENTS = auto()
    #: What a check found of tokens.
    HEALTH = auto()
    #: Whose Pages are looked at.
    VIEW = auto()


class Accounts(QObject):
    """Holds the state; flows read it and hear of its changes.

    Attributes: `session` (the Facebook and the vault in use), `apps`, `logins`, `settings`, `needing_you` (how many
    Pages need the person), `view` (whose Pages are looked at; None: nobody's), `app_at_login` (the app that a login is
    or was under way through). `changed` carries a Change.
    """

    changed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        #: How often settings were changed, and the changes that are not kept yet.
        self._settings_changed = 0
        self._keeping_settings: set[Job] = set()
        self.session: Session
        self._clear()

    def _clear(self) -> None:
        self.apps: tuple[AppCredentials, ...] = ()
        self.logins: tuple[StoredLogin, ...] = ()
        self.settings = Settings()
        self.needing_you = 0
        self.view: View | None = None
        self.app_at_login: AppCredentials | None = None

    def use(self, session: Session) -> None:
        """Work with another Facebook or vault; forget what is known of the one before."""
        self._clear()
        self.session = session
        self.changed.emit(Change.ACCOUNTS)

    # ------------------------------------------------------------------- reading
    def login(self, login_id: int) -> StoredLogin | None:
        """The login with this id; None where there is none."""
        return next((one for one in self.logins if one.id == login_id), None)

    def app(self, app_id: str) -> AppCredentials | None:
        """The app with this App ID; None where there is none."""
        return next((one for one in self.apps if one.app_id == app_id), None)

    @property
    def viewed_login(self) -> StoredLogin | None:
        """The login whose Pages are looked at; None where they are of several, or of nobody."""
        return self.login(self.view.login_id) if self.view is not None and self.view.kind is ViewKind.LOGIN else None

    @property
    def only_login(self) -> StoredLogin | None:
        """The login where there is just one; else None."""
        return self.logins[0] if len(self.logins) == 1 else None

    # ------------------------------------------------------------------ changing
    def take(self, snapshot: AccountsSnapshot, change: Change = Change.ACCOUNTS) -> None:
        """Take what is kept now."""
        self.apps, self.logins = snapshot.apps, snapshot.logins
        self.settings, self.needing_you = snapshot.settings, snapshot.needing_you
        self.changed.emit(change)

    def take_health(self, health: Health) -> None:
        """Take what a check found."""
        self.logins, self.needing_you = health.logins, health.needs_you
        self.changed.emit(Change.HEALTH)

    def reload(self, change: Change = Change.ACCOUNTS, then: Callable[[], object] | None = None) -> None:
        """Read again what is kept, after something was kept or forgotten; `then` is called when it is taken."""
        settled, changed = not self._keeping_settings, self._settings_changed

        def done(snapshot: AccountsSnapshot) -> None:
            if not settled or changed != self._settings_changed:
                # Read, perhaps, before the person's last change was kept.
                snapshot = replace(snapshot, settings=self.settings)
            self.take(snapshot, change)
            if then is not None:
                then()

        self._jobs.start(read_accounts, self.session, owner=self, done=done)

    def look_at(self, view: View | None) -> None:
        """Look at these Pages."""
        self.view = view
        self.changed.emit(Change.VIEW)

    def change_settings(self, changes: dict[str, Any], then: Callable[[], object] | None = None) -> None:
        """Keep changed settings (fields of Settings, by name); `then` is called when they are kept."""
        self.settings = replace(self.settings, **changes)
        self._settings_changed += 1
        done = None if then is None else lambda _: then()
        job = self._jobs.start(change_settings, self.session, changes, owner=self, done=done)
        self._keeping_settings.add(job)
        job.ended.connect(lambda: self._keeping_settings.discard(job))
