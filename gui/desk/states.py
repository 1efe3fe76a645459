"""How a login and a Page token stand now: by the last check, and by the calendar since. Loads nothing of the network."""

from dataclasses import replace

from gui.desk.desk import Desk
from gui.values import NO_END, PageRow, StoredLogin
from gui.vault.rows import best_first

#: A login that ends within this is said to end soon (seconds).
SOON = 14 * 86_400


def has_ended(expires_at: int | None, now: int) -> bool:
    """Whether a token with this end is over; one without an end never is."""
    return expires_at is not None and expires_at != NO_END and expires_at <= now


def person_state(kept: StoredLogin, now: int) -> tuple[str, str]:
    """State and reason of a person's login: what the last check found, or what the calendar says since."""
    if kept.seen.state == "needs_you":
        return "needs_you", kept.seen.why
    if has_ended(kept.expires_at, now):
        return "needs_you", "login_ended"
    if has_ended(kept.data_access_expires_at, now):
        return "needs_you", "data_access_ended"
    for end, why in ((kept.expires_at, "login_ends_soon"), (kept.data_access_expires_at, "data_access_soon")):
        if end and end - now < SOON:
            return "soon", why
    lapsed = [name for name in kept.lacking if name.endswith(":expired")]
    return ("soon", "permission_lapsed") if lapsed else ("works", "")


def _row_state(row: PageRow, kept: StoredLogin, of_login: str, now: int) -> PageRow:
    """The row as it stands now: a Page token goes on after the login that made it, but should be renewed with it."""
    if row.state == "needs_you" or not row.has_token:
        return row
    if has_ended(row.expires_at, now):
        return replace(row, state="needs_you", why="token_expired")
    soon = of_login == "soon" or has_ended(kept.expires_at, now) or bool(row.expires_at and row.expires_at - now < SOON)
    state = "soon" if soon else "works"
    return row if state == row.state else replace(row, state=state)


def rows_of(desk: Desk, *people: StoredLogin) -> list[PageRow]:
    """The kept Pages of these people as they stand now; one that several reach is one row with all its sources."""
    now = desk.now()
    by_id = {kept.id: kept for kept in people}
    states = {kept.id: person_state(kept, now) for kept in people}
    rows = [_row_state(row, by_id[row.person], states[row.person][0], now) for row in desk.vault.page_rows(*people)]
    return rows if len(people) == 1 else merged(rows)


def merged(rows: list[PageRow]) -> list[PageRow]:
    """One row a Page: that of its best source, with where all of them found it."""
    by_page: dict[str, list[PageRow]] = {}
    for row in rows:
        by_page.setdefault(row.page.id, []).append(row)
    return [some[0] if len(some) == 1 else _of_several(some) for some in by_page.values()]


def _of_several(rows: list[PageRow]) -> PageRow:
    best = min(rows, key=best_first)
    page = best.page
    for row in rows:
        page = page.merged(row.page)
    return replace(best, page=page, sources=tuple(sorted(row.person for row in rows)))
