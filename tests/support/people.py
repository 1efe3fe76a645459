"""What many tests need of the practice Facebook: its app, people and their connections."""

from typing import Any

from gui.errors import NullContext
from gui.practice.world import APP_ID, APP_NAME
from gui.services.keep import keep_login
from gui.services.list_pages import list_pages
from gui.services.renew import keep_listed_pages
from gui.values import AppCredentials, Login, Secret, StoredLogin, UserToken

JOB = NullContext()
#: The permissions that the program asks for.
ALL = ("pages_show_list", "pages_read_engagement", "pages_manage_metadata", "business_management")


def app_of(server) -> AppCredentials:
    """The practice app."""
    return AppCredentials(APP_ID, Secret(server.world.app_secret), APP_NAME)


def short_token(server, person: int = 0) -> Secret:
    """A short-lived User token with everything allowed."""
    return Secret(server.world.short_lived_token(server.world.people[person]))


def connection_of(
    server,
    person: int = 1,
    scopes=("pages_show_list", "business_management", "pages_read_engagement"),
    pages=None,
    declined=(),
) -> Login:
    """A person with a long-lived token, as after the exchange; `pages` are indices, None all."""
    world = server.world
    one = world.people[person]
    grant = world.new_grant(one, list(scopes), None if pages is None else frozenset(pages), declined)
    token = world.user_token(grant, long_lived=True)
    record = world.mint.read(token)
    return Login(
        app_of(server),
        UserToken(
            Secret(token),
            APP_ID,
            one.user_id,
            one.name,
            record.expires_at,
            record.issued_at + 90 * 86_400,
            record.issued_at,
            tuple(scopes),
            long_lived=True,
        ),
    )


def keep_pages(session, kept, rows):
    """Keep fetched Pages as the program does; all rows of the person."""
    return list(keep_listed_pages(session, kept, tuple(rows), True, JOB).rows)


def keep_login_with_pages(session, practice, person=1, scopes=ALL, **more) -> StoredLogin:
    """Keep the practice app, a person's login and the Pages that it lists; the login as it was kept first."""
    session.vault.keep_app(app_of(practice))
    login = connection_of(practice, person, scopes, **more)
    stored_login = keep_login(session, login, JOB)
    keep_pages(session, stored_login, list_pages(session, login, JOB).rows)
    return stored_login


def token_text(number) -> str:
    """A text of a token's shape that no Facebook gave."""
    return f"EAA{number:06d}" + "x7QdZA" * 30


class Collected:
    """A JobContext that keeps what is reported, and stops when told so."""

    def __init__(self, stop_after: int = 0) -> None:
        self.reports: list[Any] = []
        self.pauses: list[float] = []
        self.stop_after = stop_after

    def report(self, progress) -> None:
        self.reports.append(progress)

    def pause(self, waiting) -> None:
        self.report(waiting)
        self.pauses.append(waiting.seconds)

    def check(self) -> None:
        from gui.errors import Cancelled

        if self.stop_after and len(self.reports) >= self.stop_after:
            raise Cancelled
