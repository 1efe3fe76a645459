"""Extend: a short-lived User token becomes a long-lived one, which is kept."""

from gui.errors import JobContext, UserError
from gui.graph import calls
from gui.services.login import LoginResult, token_info
from gui.services.session import Session
from gui.values import Login


def extend(session: Session, result: LoginResult, job: JobContext) -> Login:
    """The long-lived token of this login, with its ends.

    A system user's stays as it is.

    `expires_in` is believed when it is more than 0; missing or 0 debug_token is asked, and it says
    data access's end in any case. Raises GraphError, Cancelled.
    """
    app, short_token = result.app, result.token
    if short_token.is_system_user:
        # It has no end, or 60 days from when it was made: Facebook extends only a person's.
        return Login(app, short_token, purposes=result.purposes)
    long_token = calls.exchange_token(session.client(app, job), app, short_token.secret)
    token = short_token.with_(secret=long_token.secret, long_lived=True, expires_at=None)
    if long_token.expires_in:
        token = token.with_(expires_at=session.now() + long_token.expires_in)
    try:
        info = token_info(session, app, long_token.secret, job)
    except UserError:
        return Login(app, token, purposes=result.purposes)
    token = token.with_(
        expires_at=token.expires_at if token.expires_at is not None else info.expires_at,
        data_access_expires_at=info.data_access_expires_at or token.data_access_expires_at,
        issued_at=info.issued_at,
        scopes=info.scopes or token.scopes,
    )
    return Login(app, token, info, result.purposes)
