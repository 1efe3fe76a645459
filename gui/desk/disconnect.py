"""Disconnect: take the app out of the person's Facebook account, which ends its tokens everywhere; or give one permission back."""

from dataclasses import dataclass

from gui.desk.desk import Desk
from gui.desk.history import note_disconnected
from gui.errors import JobContext
from gui.graph import calls
from gui.values import StoredLogin
from gui.vault.checks import Check


@dataclass(frozen=True, slots=True)
class Dying:
    """What dies with a disconnection: Page tokens, by their Pages' `names`; the `permissions`; and how many `others` of the app stay."""

    names: tuple[str, ...]
    permissions: tuple[str, ...]
    others: int


def dying(desk: Desk, kept: StoredLogin, job: JobContext) -> Dying:
    """What would die: from the ledger."""
    rows = sorted((row for row in desk.vault.page_rows(kept) if row.has_token), key=lambda row: row.folded)
    of_app = {one.id: one for one in desk.vault.connections() if one.app_id == kept.app_id}
    now = of_app.pop(kept.id, kept)
    return Dying(tuple(row.page.name or row.page.id for row in rows), now.scopes, len(of_app))


def disconnect(desk: Desk, kept: StoredLogin, job: JobContext) -> None:
    """Remove the app from the person's account (DELETE /USER-ID/permissions), then forget the person here.

    The app and its secret stay, so that the person can connect again. Raises GraphError, with everything kept.
    """
    connection = desk.vault.connection(kept)
    calls.revoke(desk.client(connection.app, job), connection.token.secret, kept.user_id)
    desk.vault.forget_connection(kept, keep_app=True)
    note_disconnected(desk, kept.user_name or kept.user_id, kept.app_name or kept.app_id)


def give_back(desk: Desk, kept: StoredLogin, permission: str, job: JobContext) -> tuple[str, ...]:
    """Give one permission back (DELETE /USER-ID/permissions/NAME); the permissions that are left, as Facebook tells them."""
    connection = desk.vault.connection(kept)
    client = desk.client(connection.app, job)
    calls.revoke_permission(client, connection.token.secret, kept.user_id, permission)
    held = calls.permissions(client, connection.token.secret)
    granted = tuple(name for name, status in held.items() if status == "granted")
    lost = tuple(f"{name}:{status}" for name, status in held.items() if status != "granted")
    gone = () if permission in held else (f"{permission}:never",)
    desk.vault.checks.note_person(kept, Check(kept.seen.state, kept.seen.why, scopes=granted), (*lost, *gone), desk.now())
    return granted
