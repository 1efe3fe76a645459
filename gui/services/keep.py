"""Keep: secrets into the keychain, the rest into the database; read back what was kept."""

from dataclasses import dataclass, field, replace
from typing import Any

from gui import i18n
from gui.errors import JobContext, UserError
from gui.i18n import ngettext
from gui.services.session import Session
from gui.values import AppCredentials, Login, PageRow, Secret, Settings, StoredLogin


@dataclass(frozen=True, slots=True)
class AccountsSnapshot:
    """What is kept: apps, logins, settings, and how many Pages need the person (`needing_you`).

    `notices` are what the start had to mend.
    """

    apps: tuple[AppCredentials, ...]
    logins: tuple[StoredLogin, ...]
    settings: Settings = field(default_factory=Settings)
    needing_you: int = 0
    notices: tuple[UserError, ...] = ()


def open_accounts(session: Session, job: JobContext) -> AccountsSnapshot:
    """Open the vault, finish what a crash cut off, and tell what is kept. Raises VaultError."""
    vault = session.vault
    notices: list[UserError] = []
    restored = 0
    try:
        restored = vault.recover().restored
    except UserError as error:
        notices.append(error)
    if restored:
        notices.append(
            UserError("database_rebuilt", name=ngettext("{count} Page token", "{count} Page tokens", restored))
        )
    elif vault.database.set_aside is not None:
        notices.append(UserError("database_set_aside", name=vault.database.set_aside.name))
    if vault.database.mended:
        notices.append(
            UserError("database_mended", name=ngettext("{count} entry", "{count} entries", vault.database.mended))
        )
    # The window shows at once when logins end.
    i18n.make_ready()
    return replace(read_accounts(session, job), notices=tuple(notices))


def read_accounts(session: Session, job: JobContext) -> AccountsSnapshot:
    """What is kept now."""
    vault = session.vault
    return AccountsSnapshot(
        apps=tuple(vault.apps()),
        logins=tuple(vault.logins()),
        settings=vault.settings.read(),
        needing_you=vault.health_records.count_needing_you(),
    )


def change_settings(session: Session, changes: dict[str, Any], job: JobContext) -> Settings:
    """Keep settings that the person changed (fields of Settings, by name); all of them."""
    return session.vault.settings.change(**changes)


def keep_login(session: Session, login: Login, job: JobContext) -> StoredLogin:
    """Keep the person's long-lived User token."""
    return session.vault.keep_login(login)


def load_login(session: Session, login: StoredLogin, job: JobContext) -> Login:
    """A kept person with secrets, for calls."""
    return session.vault.login(login)


def load_app(session: Session, app_id: str, job: JobContext) -> AppCredentials:
    """A kept app with its secret."""
    return session.vault.app(app_id)


def page_token(session: Session, row: PageRow, job: JobContext) -> Secret:
    """One Page's token, fresh or from the keychain. Raises UserError when there is none."""
    if row.fresh is not None:
        return row.fresh
    if not row.login_id or not row.has_token:
        raise UserError(row.why or "page_without_token")
    return session.vault.page_token(row.login_id, row.page.id)
