"""List: every Page of a person, as they arrive, from /me/accounts and from each business, merged by ID."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gui.errors import Cancelled, JobContext, UserError
from gui.graph import calls
from gui.graph.errors import GraphError
from gui.services import formatting
from gui.services.login import token_info
from gui.services.session import Session
from gui.services.states import SOON
from gui.text import fold_fields
from gui.values import NO_END, Login, Page, PageRow, Secret, TokenState

if TYPE_CHECKING:
    from gui.graph.client import GraphClient

_HAND_OVER_ROWS = 500
_HAND_OVER_SECONDS = 0.25
_SMALLEST = 5
#: Pieces that must go well before larger ones are asked for; how often a list begins anew.
_GROW_AFTER, _RESTARTS = 3, 2
#: At most so many Pages are asked for one by one.
_ONE_BY_ONE = 200


@dataclass(frozen=True, slots=True)
class PagesArrived:
    """A report: rows that are new or know more than before, how many there are, and will be (0: not known)."""

    rows: tuple[PageRow, ...]
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class Listing:
    """What a listing brought. `troubles` did not sink it; it is not `complete` when one of them ended it early."""

    rows: tuple[PageRow, ...]
    troubles: tuple[UserError, ...] = ()
    complete: bool = True


def page_row(page: Page, login: Login, now: int) -> PageRow:
    """The row of a fetched Page: its token's end follows the User token that fetched it."""
    token = page.token
    page_without_token = page.without_token()
    folded = fold_fields(page.name, page.id, page.category, page.instagram_name)
    if token is None:
        return PageRow(page_without_token, state=TokenState.NEEDS_YOU, why=why_no_token(page), folded=folded)
    expires_at = NO_END if login.token.long_lived else login.token.expires_at
    login_ends = login.token.expires_at
    ends_soon = bool(login_ends) and login_ends is not None and login_ends - now < SOON
    state = TokenState.ENDS_SOON if ends_soon else TokenState.WORKS
    return PageRow(
        page_without_token, last_four=token.last_four, expires_at=expires_at, state=state, folded=folded, fresh=token
    )


def why_no_token(page: Page) -> str:
    """Why Facebook gave no token for a Page, by its sentence's name."""
    if page.tasks is not None and not page.tasks:
        return "page_without_tasks"
    if page.tasks and {name.removeprefix("PROFILE_PLUS_") for name in page.tasks} == {"ANALYZE"}:
        return "page_insights_only"
    if any(origin.startswith(("owned_pages", "client_pages")) for origin in page.origins):
        return "page_of_business"
    return "page_without_token"


@dataclass
class _Collector:
    """Merges Pages by ID and hands rows over in portions that the window can take."""

    login: Login
    job: JobContext
    now: int
    found: dict[str, Page] = field(default_factory=dict)
    rows: dict[str, PageRow] = field(default_factory=dict)
    _waiting_rows: dict[str, PageRow] = field(default_factory=dict)
    _handed_over: float = 0.0
    total: int = 0

    @property
    def fields(self) -> str:
        return calls.page_fields(self.login.token.scopes)

    def add(self, pages: tuple[Page, ...]) -> None:
        for page in pages:
            known_page = self.found.get(page.id)
            merged_page = known_page.merged(page) if known_page else page
            self.found[page.id] = merged_page
            if known_page is None or merged_page != known_page:
                self.rows[page.id] = self._waiting_rows[page.id] = page_row(merged_page, self.login, self.now)
        is_late = time.monotonic() - self._handed_over > _HAND_OVER_SECONDS
        if self._waiting_rows and (is_late or len(self._waiting_rows) >= _HAND_OVER_ROWS):
            self.hand_over()

    def hand_over(self) -> None:
        self._handed_over = time.monotonic()
        self.job.report(
            PagesArrived(
                tuple(self._waiting_rows.values()),
                len(self.found),
                max(self.total, len(self.found)) if self.total else 0,
            )
        )
        self._waiting_rows = {}


def list_pages(session: Session, login: Login, job: JobContext) -> Listing:
    """Every Page of this person, reported as PagesArrived while they come.

    Only a failure of the first list's first answer is raised; later ones leave what arrived and are
    told in `troubles`, as is what the list lacks by Facebook's own evidence. Cancelled leaves what arrived.
    """
    client = session.client(login.app, job)
    collector = _Collector(login, job, session.now())
    troubles: list[UserError] = []
    complete = True
    token = login.token.secret
    try:
        try:
            _list_edge(client, token, "me/accounts", "accounts", collector)
        except UserError as error:
            if isinstance(error, GraphError) and not collector.found:
                raise
            troubles.append(
                error
                if error.kind in {"cursor_repeats", "list_count_differs"}
                else UserError("list_cut_short", details=error.details)
            )
            complete = False
        _list_businesses(client, login, collector, troubles)
        _fetch_missing_tokens(client, token, collector)
        troubles += _missing_troubles(session, login, client, collector, job)
    except Cancelled:
        complete = False
    collector.hand_over()
    return Listing(tuple(collector.rows.values()), tuple(troubles), complete)


def _list_edge(client: GraphClient, token: Secret, edge: str, origin: str, collector: _Collector) -> None:
    """Follow one edge by its cursors to the end.

    A list too large is asked for in smaller pieces, which grow again when that goes well. After a stale
    cursor it begins anew (rows are merged by ID); a cursor that comes back ends it. Raises GraphError, and UserError
    when the list ended with fewer Pages than Facebook counts.
    """
    after, limit, successes, restarts = "", calls.PAGE_SIZE, 0, 0
    cursors: set[str] = set()
    rows: set[str] = set()
    previous_total, expected = collector.total, 0
    while True:
        try:
            batch = calls.page_edge(client, token, edge, after, limit, fields=collector.fields, origin=origin)
        except GraphError as error:
            if error.kind == "too_much_data" and limit > _SMALLEST:
                limit, successes = max(_SMALLEST, limit // 2), 0
                continue
            if error.kind == "cursor_stale" and after and restarts < _RESTARTS:
                after, restarts = "", restarts + 1
                cursors.clear()
                continue
            raise
        successes += 1
        if limit < calls.PAGE_SIZE and successes >= _GROW_AFTER:
            limit, successes = min(calls.PAGE_SIZE, limit * 2), 0
        if batch.total is not None:
            expected = batch.total
            collector.total = previous_total + expected
        rows.update(page.id for page in batch.pages)
        collector.add(batch.pages)
        if not batch.after:
            if len(rows) < expected:
                raise UserError("list_count_differs", name=f"{expected:,}", found=f"{len(rows):,}")
            return
        if batch.after in cursors:
            raise GraphError("cursor_repeats")
        cursors.add(batch.after)
        after = batch.after


def _list_businesses(client: GraphClient, login: Login, collector: _Collector, troubles: list[UserError]) -> None:
    scopes = login.token.scopes
    if scopes and "business_management" not in scopes:
        return
    token = login.token.secret
    try:
        businesses = list(calls.businesses(client, token))
    except GraphError as error:
        troubles.append(UserError("businesses_not_listed", details=error.details))
        return
    for business_id, name in businesses:
        for edge in ("owned_pages", "client_pages"):
            try:
                _list_edge(client, token, f"{business_id}/{edge}", f"{edge}:{name or business_id}", collector)
            except GraphError as error:
                troubles.append(UserError("business_failed", details=error.details, name=name or business_id))
                break
            except UserError as error:
                troubles.append(error)


def _fetch_missing_tokens(client: GraphClient, token: Secret, collector: _Collector) -> None:
    """A row may come without its token where the Page itself gives it: ask for each such Page once."""
    for page in [page for page in collector.found.values() if page.token is None][:_ONE_BY_ONE]:
        try:
            fetched_page = calls.page(client, token, page.id, fields=collector.fields)
        except GraphError:
            continue
        collector.add((replace(fetched_page, origins=page.origins),))


def _missing_troubles(
    session: Session, login: Login, client: GraphClient, collector: _Collector, job: JobContext
) -> list[UserError]:
    """What the list lacks, by evidence: the permissions held, and the Pages that the person chose at the login.

    A Page that was chosen and not listed is fetched by itself, or named.
    """
    token = login.token.secret
    try:
        info = login.info or token_info(session, login.app, token, job)
        permissions = (
            calls.permissions(client, token) if not collector.found or "pages_show_list" not in info.scopes else {}
        )
    except GraphError:
        return []
    unreached_names = []
    for page_id in sorted((info.chosen or frozenset()) - collector.found.keys())[:_ONE_BY_ONE]:
        try:
            page = calls.page(client, token, page_id, fields=collector.fields, origin="chosen")
        except GraphError:
            page = Page(page_id)
        if page.token is None:
            unreached_names.append(page.name or page_id)
        if page.name:
            collector.add((page,))
    troubles = []
    if unreached_names:
        troubles.append(UserError("pages_chosen_not_given", name=formatting.join_some(unreached_names, 3)))
    if collector.found:
        return troubles
    scopes = info.scopes or tuple(name for name, status in permissions.items() if status == "granted")
    if "pages_show_list" not in scopes:
        return [
            *troubles,
            UserError(
                "pages_not_allowed",
                name={"expired": "has lapsed", "declined": "was declined"}.get(
                    permissions.get("pages_show_list", ""), "was not given"
                ),
            ),
        ]
    if info.chosen is not None and not info.chosen:
        return [*troubles, UserError("no_page_chosen")]
    if "business_management" not in scopes:
        return [*troubles, UserError("business_not_allowed")]
    return [*troubles, UserError("no_pages")]
