"""How a login and a Page token stand now: by the last check, and by the calendar since. Uses no network."""

from dataclasses import replace

from gui.graph.error_texts import ENDS_THE_LOGIN
from gui.services.session import Session
from gui.values import NO_END, PageRow, StoredLogin, TokenState
from gui.vault.rows import source_rank

#: A login that ends within this is said to end soon (seconds).
SOON = 14 * 86_400


def has_ended(expires_at: int | None, now: int) -> bool:
    """Whether a token with this end is over; one without an end never is."""
    return expires_at is not None and expires_at != NO_END and expires_at <= now


def outlasts(row: PageRow, expires_at: int | None, now: int) -> bool:
    """Whether the token kept for a Page works and lasts longer than another one, which ends at `expires_at`."""
    if not row.last_four or row.state is TokenState.NEEDS_YOU or has_ended(row.expires_at, now):
        return False
    if expires_at is None or row.expires_at is None or expires_at == NO_END:
        return False
    return row.expires_at == NO_END or row.expires_at > expires_at


def lost_permissions(row: PageRow, other: PageRow, now: int) -> tuple[str, ...]:
    """What the token kept for a Page may, and another one that ends no later may not; nothing if the kept one died."""
    if not row.last_four or row.state is TokenState.NEEDS_YOU or has_ended(row.expires_at, now):
        return ()
    if row.expires_at != NO_END and row.expires_at != other.expires_at:
        return ()
    given = {*other.scopes, "email", "public_profile"} - {*other.withheld}
    return tuple(name for name in row.scopes if name not in given and name not in row.withheld)


def login_state(login: StoredLogin, now: int) -> tuple[TokenState, str]:
    """State and reason of a login: what the last check found, or what the calendar says since."""
    if login.health.state is TokenState.NEEDS_YOU:
        return TokenState.NEEDS_YOU, login.health.why
    if has_ended(login.expires_at, now):
        return TokenState.NEEDS_YOU, "login_ended"
    if has_ended(login.data_access_expires_at, now):
        return TokenState.NEEDS_YOU, "data_access_ended"
    for ends_at, why in ((login.expires_at, "login_ends_soon"), (login.data_access_expires_at, "data_access_soon")):
        if ends_at and ends_at - now < SOON:
            return TokenState.ENDS_SOON, why
    if any(name.endswith(":expired") for name in login.missing_permissions):
        return TokenState.ENDS_SOON, "permission_lapsed"
    return TokenState.WORKS, ""


def data_access_end(row: PageRow, login: StoredLogin | None) -> int | None:
    """When access to a Page's data ends: with its token's or with the login's, whichever is over first."""
    ends = [row.data_access_expires_at, login.data_access_expires_at if login else None]
    return min((end for end in ends if end), default=None)


def _row_now(row: PageRow, login: StoredLogin, state_of_login: TokenState, now: int) -> PageRow:
    """The row as it stands now: a Page token goes on after the login that made it, but should be renewed with it."""
    if row.state is TokenState.NEEDS_YOU or not row.has_token:
        return row
    if has_ended(row.expires_at, now):
        return replace(row, state=TokenState.NEEDS_YOU, why="token_expired")
    access_end = data_access_end(row, login)
    if has_ended(access_end, now):
        return replace(row, state=TokenState.NEEDS_YOU, why="data_access_ended")
    if access_end and access_end - now < SOON:
        return replace(row, state=TokenState.ENDS_SOON, why="data_access_soon")
    ends_soon = (
        state_of_login is TokenState.ENDS_SOON
        or login.health.why in ENDS_THE_LOGIN
        or has_ended(login.expires_at, now)
        or bool(row.expires_at and row.expires_at - now < SOON)
    )
    state = TokenState.ENDS_SOON if ends_soon else TokenState.WORKS
    why = row.why if row.why != "data_access_soon" else ""
    return row if (state, why) == (row.state, row.why) else replace(row, state=state, why=why)


def page_rows_now(session: Session, *logins: StoredLogin) -> list[PageRow]:
    """The kept Pages of these logins as they stand now; one that several reach is one row with all its sources."""
    now = session.now()
    by_id = {login.id: login for login in logins}
    states = {login.id: login_state(login, now)[0] for login in logins}
    rows = [_row_now(row, by_id[row.login_id], states[row.login_id], now) for row in session.vault.page_rows(*logins)]
    return rows if len(logins) == 1 else merge_sources(rows)


def merge_sources(rows: list[PageRow]) -> list[PageRow]:
    """One row a Page: that of its best source, with where all of them found it."""
    by_page: dict[str, list[PageRow]] = {}
    for row in rows:
        by_page.setdefault(row.page.id, []).append(row)
    return [sources[0] if len(sources) == 1 else _merge_rows(sources) for sources in by_page.values()]


def _merge_rows(rows: list[PageRow]) -> PageRow:
    best, *others = sorted(rows, key=source_rank)
    page = best.page
    for row in others:
        page = page.merged(row.page)
    # What a person may do is no other person's.
    page = replace(page, tasks=best.page.tasks)
    return replace(best, page=page, sources=tuple(sorted(row.login_id for row in rows)), others=tuple(others))


def shown_by(row: PageRow, login_id: int) -> PageRow:
    """The same row by another of its sources; as it is where that is none of them."""
    source = next((one for one in row.others if one.login_id == login_id), None)
    if source is None:
        return row
    others = tuple(one for one in row.by_source if one is not source)
    page = replace(source.page.merged(row.page), tasks=source.page.tasks)
    return replace(source, page=page, sources=row.sources, others=others)
