"""Keep: secrets into the keychain, the rest into the ledger; read back what was kept; forget."""

from dataclasses import dataclass, replace

from gui.desk import words
from gui.desk.desk import Desk
from gui.desk.states import rows_of
from gui.errors import JobContext, UserError
from gui.values import AppCredentials, Login, PageRow, Secret, StoredLogin


@dataclass(frozen=True, slots=True)
class Kept:
    """What is there at the start: apps, people, what the start had to mend (`notices`), how many Pages need the person.

    `habits` are what the program does by itself: remind, watch from the tray, start at login.
    """

    apps: tuple[AppCredentials, ...]
    connections: tuple[StoredLogin, ...]
    notices: tuple[UserError, ...] = ()
    appearance: str = ""
    needing: int = 0
    habits: tuple[bool, ...] = (True, False, False)


def open_desk(desk: Desk, job: JobContext) -> Kept:
    """Open the vault, finish what a crash cut off, and tell what is kept. Raises VaultError."""
    vault = desk.vault
    notices: list[UserError] = []
    rebuilt = 0
    try:
        rebuilt = vault.recover().rebuilt
    except UserError as problem:
        notices.append(problem)
    if rebuilt:
        notices.append(UserError("ledger_rebuilt", name=words.count(rebuilt, "Page token")))
    elif vault.ledger.set_aside is not None:
        notices.append(UserError("ledger_set_aside", name=vault.ledger.set_aside.name))
    return replace(read_desk(desk, job), notices=tuple(notices))


def read_desk(desk: Desk, job: JobContext) -> Kept:
    """What is kept now."""
    vault = desk.vault
    habits = tuple(vault.ledger.setting(key, usual) == "yes" for key, usual in HABITS)
    return Kept(tuple(vault.apps()), tuple(vault.connections()), (), vault.ledger.setting("appearance"), vault.checks.needing(), habits)


#: Settings of what the program does by itself, and whether it usually does.
HABITS = (("remind", "yes"), ("watch", "no"), ("at_login", "no"))


def set_habits(desk: Desk, habits: tuple[bool, ...], job: JobContext) -> None:
    """Keep what the program is to do by itself: remind, watch from the tray, start at login."""
    for (key, _), on in zip(HABITS, habits, strict=True):
        desk.vault.ledger.set_setting(key, "yes" if on else "no")


def keep_login(desk: Desk, connection: Login, job: JobContext) -> StoredLogin:
    """Keep the person's long-lived User token."""
    return desk.vault.keep_connection(connection)


def kept_rows(desk: Desk, kept: StoredLogin, job: JobContext) -> list[PageRow]:
    """The kept Pages of a person: needs no network."""
    return rows_of(desk, kept)


def kept_connection(desk: Desk, kept: StoredLogin, job: JobContext) -> Login:
    """A kept person with secrets, for calls."""
    return desk.vault.connection(kept)


def kept_app(desk: Desk, app_id: str, job: JobContext) -> AppCredentials:
    """A kept app with its secret."""
    return desk.vault.app(app_id)


def page_token(desk: Desk, row: PageRow, job: JobContext) -> Secret:
    """One Page's token, fresh or from the keychain. Raises UserError when there is none."""
    if row.fresh is not None:
        return row.fresh
    if not row.person or not row.has_token:
        raise UserError(row.why or "page_without_token")
    return desk.vault.page_token(row.person, row.page.id)


def set_setting(desk: Desk, key: str, value: str, job: JobContext) -> None:
    desk.vault.ledger.set_setting(key, value)
