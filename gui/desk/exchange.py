"""Extend: a short-lived User token becomes a long-lived one, which is kept."""

from gui.desk.desk import Desk
from gui.desk.login import LoggedIn, facts_of
from gui.errors import JobContext, UserError
from gui.graph import calls
from gui.values import Login


def extend(desk: Desk, logged_in: LoggedIn, job: JobContext) -> Login:
    """The long-lived token of this login, with its ends.

    `expires_in` is believed when it is more than 0; missing or 0 debug_token is asked, and it says
    data access's end in any case. Raises GraphError, Cancelled.
    """
    app, short = logged_in.app, logged_in.token
    made = calls.exchange_token(desk.client(app, job), app, short.secret)
    token = short.with_(secret=made.secret, long_lived=True, expires_at=None)
    if made.expires_in:
        token = token.with_(expires_at=desk.now() + made.expires_in)
    try:
        facts = facts_of(desk, app, made.secret, job)
    except UserError:
        return Login(app, token)
    return Login(
        app,
        token.with_(
            expires_at=token.expires_at if token.expires_at is not None else facts.expires_at,
            data_access_expires_at=facts.data_access_expires_at or token.data_access_expires_at,
            issued_at=facts.issued_at,
            scopes=facts.scopes or token.scopes,
        ),
    )
