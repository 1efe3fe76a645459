"""Keep what an import or a check of any token found: Page tokens under their person and app, User tokens as logins."""

from collections.abc import Sequence
from dataclasses import replace

from gui.errors import JobContext
from gui.services.exchange import extend
from gui.services.list_pages import page_row
from gui.services.login import LoginResult, identify
from gui.services.session import Session
from gui.values import AppCredentials, Login, Page, Secret, StoredLogin, TokenInfo, UserToken


def keep_user(session: Session, app: AppCredentials, secret: Secret, job: JobContext) -> str:
    """Extend a User token and keep it as a login; the person's name. Raises GraphError, VaultError."""
    token, _ = identify(session, app, secret, job)
    login = extend(session, LoginResult(app, token), job)
    return session.vault.keep_login(login).user_name


def keep_pages_of(
    session: Session, app: AppCredentials, token_pages: Sequence[tuple[TokenInfo, Page]], job: JobContext
) -> list[StoredLogin]:
    """Keep Pages with their tokens, each under the person it was made by; those persons.

    A person or app that is not kept yet is written down without login or secret.
    """
    vault = session.vault
    if app.app_id not in {one.app_id for one in vault.apps()}:
        vault.keep_app(app)
    by_person: dict[str, list[tuple[TokenInfo, Page]]] = {}
    for info, page in token_pages:
        by_person.setdefault(info.user_id, []).append((info, page))
    people = []
    for user_id, group in by_person.items():
        info = group[0][0]
        token = UserToken(
            Secret(""), app.app_id, user_id, "", None, info.data_access_expires_at, info.issued_at, info.scopes
        )
        login = next((one for one in vault.logins() if (one.app_id, one.user_id) == (app.app_id, user_id)), None)
        if login is None:
            login = vault.keep_login(Login(app, token))
        rows = [
            replace(
                page_row(page, Login(app, token), session.now()),
                expires_at=page_info.expires_at,
                data_access_expires_at=page_info.data_access_expires_at,
            )
            for page_info, page in group
        ]
        vault.keep_pages(login, rows, event="imported")
        people.append(login)
    return people
