"""Keep what an import or a check of any token found: Page tokens under their person and app, User tokens as logins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gui.errors import JobContext
from gui.services.exchange import extend
from gui.services.list_pages import page_row
from gui.services.login import LoginResult, identify
from gui.services.session import Session
from gui.services.states import lost_permissions, outlasts, page_rows_now
from gui.values import AppCredentials, Login, Page, PageRow, Secret, StoredLogin, TokenInfo, UserToken


@dataclass(frozen=True, slots=True)
class Lasting:
    """A Page whose kept token stayed: it lasts longer than the new one, or may what that may not (`more`)."""

    row: PageRow
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptPages:
    """The logins that the Pages stand under now, and by Page ID those whose kept token stayed as it was."""

    logins: tuple[StoredLogin, ...]
    lasting: dict[str, Lasting]


def keep_user(session: Session, app: AppCredentials, secret: Secret, job: JobContext) -> StoredLogin:
    """Extend a User token and keep it as a login. Raises GraphError, VaultError."""
    token, _ = identify(session, app, secret, job)
    login = extend(session, LoginResult(app, token), job)
    return session.vault.keep_login(login)


@dataclass(frozen=True, slots=True)
class Received:
    """What a colleague said of a Page that was handed over: who that is, what it is for, and whose login it is of."""

    sender: str
    purposes: tuple[str, ...] = ()
    person: str = ""


def keep_pages_of(
    session: Session,
    app: AppCredentials,
    token_pages: Sequence[tuple[TokenInfo, Page]],
    job: JobContext,
    *,
    replace_lasting: bool = False,
    received: Mapping[str, Received] | None = None,
) -> KeptPages:
    """Keep Pages with their tokens, each under the person it was made by.

    A person or app that is not kept yet is written down without login or secret. A token that lasts is not replaced
    by one that ends sooner or may less, unless `replace_lasting`. Those that were `received` (by Page ID) are marked
    so; what they are for is the person's, where there is no login that says it.
    """
    given = received or {}
    vault = session.vault
    if app.app_id not in {one.app_id for one in vault.apps()}:
        vault.keep_app(app)
    by_person: dict[str, list[tuple[TokenInfo, Page]]] = {}
    for info, page in token_pages:
        by_person.setdefault(info.user_id, []).append((info, page))
    people: list[StoredLogin] = []
    lasting: dict[str, Lasting] = {}
    for user_id, group in by_person.items():
        info = group[0][0]
        name = next((given[page.id].person for _info, page in group if page.id in given), "")
        token = UserToken(
            Secret(""), app.app_id, user_id, name, None, info.data_access_expires_at, info.issued_at, info.scopes
        )
        login = next((one for one in vault.logins() if (one.app_id, one.user_id) == (app.app_id, user_id)), None)
        if login is None:
            login = vault.keep_login(Login(app, token))
        new_rows = [
            replace(
                page_row(page, Login(app, token), session.now()),
                expires_at=page_info.expires_at,
                scopes=page_info.scopes,
                withheld=page_info.withheld(page.id, page.instagram_id),
                data_access_expires_at=page_info.data_access_expires_at,
            )
            for page_info, page in group
        ]
        lasting_here = {} if replace_lasting else _lasting(session, login, new_rows)
        lasting |= lasting_here
        rows = [row for row in new_rows if row.page.id not in lasting_here]
        by_sender: dict[str, list[PageRow]] = {}
        for row in rows:
            by_sender.setdefault(given[row.page.id].sender if row.page.id in given else "", []).append(row)
        for sender, some in by_sender.items():
            vault.keep_pages(login, some, event="received" if sender else "imported", detail=sender)
        purposes = dict.fromkeys(key for row in rows if row.page.id in given for key in given[row.page.id].purposes)
        if purposes and not login.last_four:
            login = vault.add_purposes(login, tuple(purposes))
        people.append(login)
    return KeptPages(tuple(people), lasting)


def _lasting(session: Session, login: StoredLogin, new_rows: Sequence[PageRow]) -> dict[str, Lasting]:
    """By Page ID those whose kept token lasts longer than the new one, or may what that may not."""
    new_by_id = {row.page.id: row for row in new_rows}
    kept_rows = [row for row in page_rows_now(session, login) if row.page.id in new_by_id and row.has_token]
    kept_tokens = session.vault.page_tokens(login.id, [row.page.id for row in kept_rows]) if kept_rows else {}
    lasting = {}
    for row in kept_rows:
        new = new_by_id[row.page.id]
        if outlasts(row, new.expires_at, session.now()):
            lasting[row.page.id] = Lasting(row)
        elif kept_tokens.get(row.page.id) != new.fresh and (more := lost_permissions(row, new, session.now())):
            lasting[row.page.id] = Lasting(row, more)
    return lasting
