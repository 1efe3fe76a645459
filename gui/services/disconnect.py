"""Disconnect: take the app out of the person's Facebook account, which ends its tokens everywhere.

Or give a single permission back.
"""

from dataclasses import dataclass

from gui.errors import JobContext
from gui.graph import calls
from gui.graph.permissions import missing_permissions
from gui.services.history import note_disconnected
from gui.services.purposes import needed_permissions
from gui.services.session import Session
from gui.values import StoredLogin
from gui.vault.errors import VaultError
from gui.vault.health_records import CheckResult


@dataclass(frozen=True, slots=True)
class DisconnectPreview:
    """What dies with a disconnection: the tokens of the Pages in `names`, and the `permissions`.

    `others` is how many other people of the app stay connected.
    """

    names: tuple[str, ...]
    permissions: tuple[str, ...]
    others: int


def preview_disconnect(session: Session, login: StoredLogin, job: JobContext) -> DisconnectPreview:
    """What would die: from the database."""
    rows = sorted((row for row in session.vault.page_rows(login) if row.has_token), key=lambda row: row.folded)
    app_logins = {one.id: one for one in session.vault.logins() if one.app_id == login.app_id}
    stored_login = app_logins.pop(login.id, login)
    return DisconnectPreview(tuple(row.page.display_name for row in rows), stored_login.scopes, len(app_logins))


def disconnect(session: Session, stored_login: StoredLogin, job: JobContext) -> bool:
    """Remove the app from the person's account (DELETE /USER-ID/permissions), then forget the person here.

    Returns whether the keychain deleted all of the person's tokens; else the next start does it. The app and its
    secret stay, so that the person can connect again. Raises GraphError, with everything kept.
    """
    login = session.vault.login(stored_login)
    calls.revoke(session.client(login.app, job), login.token.secret, stored_login.user_id)
    # What is done at Facebook is written down, whatever fails here.
    note_disconnected(session, stored_login.display_name, stored_login.app_display_name)
    try:
        session.vault.forget_login(stored_login, keep_app=True)
    except VaultError:
        if stored_login.id in {one.id for one in session.vault.logins()}:
            raise
        return False
    return True


def give_back(session: Session, stored_login: StoredLogin, permission: str, job: JobContext) -> tuple[str, ...]:
    """Give one permission back (DELETE /USER-ID/permissions/NAME); returns those left, as Facebook has them."""
    login = session.vault.login(stored_login)
    client = session.client(login.app, job)
    calls.revoke_permission(client, login.token.secret, stored_login.user_id, permission)
    statuses = calls.permissions(client, login.token.secret)
    granted = tuple(name for name, status in statuses.items() if status == "granted")
    missing = missing_permissions(statuses, needed_permissions(stored_login.purposes))
    if permission not in statuses and f"{permission}:never" not in missing:
        missing = (*missing, f"{permission}:never")
    session.vault.health_records.record_login(
        stored_login,
        CheckResult(stored_login.health.state, stored_login.health.why, scopes=granted),
        missing,
        session.now(),
    )
    return granted
