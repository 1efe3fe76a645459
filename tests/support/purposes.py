"""People on the practice Facebook who asked for purposes, and their Pages."""

from gui.services.exchange import extend
from gui.services.keep import keep_login
from gui.services.list_pages import list_pages
from gui.services.login import LoginResult, identify
from gui.services.purposes import permissions_for
from gui.services.states import page_rows_now
from gui.values import PageRow, Secret, StoredLogin
from tests.support.people import JOB, app_of, keep_pages


def log_in_for(session, practice, keys, person=0, *, pages=None, without=()) -> StoredLogin:
    """Log a person in for these purposes as the program does, extend and keep the login, and list the Pages.

    `pages` are indices of those chosen at the login (None: all), `without` permissions that the person did not tick.
    """
    world = practice.world
    app = app_of(practice)
    session.vault.keep_app(app)
    asked = permissions_for(keys)
    scopes = [name for name in asked if name not in without]
    chosen = None if pages is None else frozenset(pages)
    grant = world.new_grant(world.people[person], scopes, chosen, [name for name in asked if name in without])
    token, _info = identify(session, app, Secret(world.user_token(grant)), JOB)
    login = extend(session, LoginResult(app, token, purposes=tuple(keys)), JOB)
    stored_login = keep_login(session, login, JOB)
    keep_pages(session, stored_login, list_pages(session, login, JOB).rows)
    return next(one for one in session.vault.logins() if one.id == stored_login.id)


def rows_of(session, login) -> dict[str, PageRow]:
    """A login's Pages by name."""
    return {row.page.name: row for row in page_rows_now(session, login)}
