"""An agency's vault: two apps, three people, the Pages of the practice Facebook, kept as the program keeps them."""

from gui.parts import open_vault
from gui.services.keep import keep_login
from gui.services.list_pages import list_pages
from gui.services.session import Session
from gui.values import AppCredentials, Login, Secret, Site, UserToken
from tests.support.people import ALL, JOB, keep_pages

AMIRA, NORD, NOA, NILS = range(4)


def app_at(server, index) -> AppCredentials:
    """One of the practice Facebook's apps, with its secret."""
    app = server.world.apps[index]
    return AppCredentials(app.id, Secret(app.secret), app.name)


def session_at(server, profile) -> Session:
    """A session as the program makes it for this profile."""
    return Session(Site(server.url, server.url), lambda: open_vault(profile), clock=lambda: server.world.now())


def login_of(server, person, app=0, scopes=ALL, life=0) -> Login:
    """A person's long-lived login through an app; `life` in seconds, 0 as Facebook gives it."""
    world, one, credentials = server.world, server.world.people[person], app_at(server, app)
    grant = world.new_grant(one, list(scopes), None, (), app)
    record = world.mint.read(world.user_token(grant, long_lived=True))
    if life:
        from dataclasses import replace

        record = replace(record, expires_at=world.now() + life)
    token = world.give(record)
    made = UserToken(
        Secret(token),
        credentials.app_id,
        one.user_id,
        one.name,
        record.expires_at,
        record.issued_at + 90 * 86_400,
        record.issued_at,
        tuple(scopes),
        True,
    )
    return Login(credentials, made)


def connect(session, server, person, app=0, **given):
    """Keep a person's login and Pages; the kept person."""
    login = login_of(server, person, app, **given)
    session.vault.keep_app(login.app)
    stored_login = keep_login(session, login, JOB)
    keep_pages(session, stored_login, list_pages(session, login, JOB).rows)
    return next(one for one in session.vault.logins() if one.id == stored_login.id)


def right_token(server, page_id, text) -> bool:
    """Whether a text is a Page token of this Page that has no end."""
    record = server.world.mint.read(text)
    return (
        record is not None
        and record.page > 0
        and server.world.page(record.page - 1).id == page_id
        and record.expires_at == 0
    )
