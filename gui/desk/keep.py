"""Keep: secrets into the keychain, the rest into the ledger; read back what was kept; forget."""

from dataclasses import dataclass

from gui.desk.desk import Desk
from gui.desk.states import rows_of
from gui.values import (
    AppCredentials,
    Connection,
    KeptConnection,
    PageRow,
    Problem,
    Secret,
    Task,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is there at the start: apps, people, what the start had to mend (`notices`), how many Page tokens need the person."""

    apps: tuple[AppCredentials, ...]
    connections: tuple[KeptConnection, ...]
    notices: tuple[Problem, ...] = ()
    appearance: str = ""
    needing: int = 0


def open_desk(desk: Desk, task: Task) -> Kept:
    """Open the vault, finish what a crash cut off, and tell what is kept. Raises VaultError."""
    vault = desk.vault
    notices: list[Problem] = []
    if vault.ledger.set_aside is not None:
        notices.append(Problem("ledger_set_aside", name=vault.ledger.set_aside.name))
    try:
        vault.recover()
    except Problem as problem:
        notices.append(problem)
    return Kept(tuple(vault.apps()), tuple(vault.connections()), tuple(notices), vault.ledger.setting("appearance"), vault.checks.needing())


def keep_login(desk: Desk, connection: Connection, task: Task) -> KeptConnection:
    """Keep the person's long-lived User token."""
    return desk.vault.keep_connection(connection)


def kept_rows(desk: Desk, kept: KeptConnection, task: Task) -> list[PageRow]:
    """The kept Pages of a person: needs no network."""
    return rows_of(desk, kept)


def kept_connection(desk: Desk, kept: KeptConnection, task: Task) -> Connection:
    """A kept person with secrets, for calls."""
    return desk.vault.connection(kept)


def kept_app(desk: Desk, app_id: str, task: Task) -> AppCredentials:
    """A kept app with its secret."""
    return desk.vault.app(app_id)


def page_token(desk: Desk, kept: KeptConnection | None, row: PageRow, task: Task) -> Secret:
    """One Page's token, fresh or from the keychain. Raises Problem when there is none."""
    if row.fresh is not None:
        return row.fresh
    if kept is None or not row.has_token:
        raise Problem(row.why or "page_without_token")
    return desk.vault.page_token(kept, row.page.id)


def set_setting(desk: Desk, key: str, value: str, task: Task) -> None:
    desk.vault.ledger.set_setting(key, value)


def forget(desk: Desk, kept: KeptConnection, task: Task) -> None:
    """Remove every secret and row of a person from this computer. Facebook is not told."""
    desk.vault.forget_connection(kept)


def forget_app(desk: Desk, app_id: str, task: Task) -> None:
    """Remove an app and its secret from this computer; one that somebody uses stays."""
    desk.vault.forget_app(app_id)
