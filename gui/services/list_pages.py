"""List: every Page of a person, as they arrive, from /me/accounts and from each business, merged by ID."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gui.errors import Cancelled, JobContext, UserError
from gui.graph import calls
from gui.graph.errors import GraphError
from gui.graph.side_by_side import SideBySide
from gui.i18n import _
from gui.services import formatting
from gui.services.login import token_info
from gui.services.page_edges import PageEdge, Piece
from gui.services.session import Session
from gui.services.states import SOON
from gui.text import fold_fields
from gui.values import NO_END, Login, Page, PageRow, Secret, TokenInfo, TokenState, Waiting

if TYPE_CHECKING:
    from gui.graph.client import GraphClient

_HAND_OVER_ROWS = 500
_HAND_OVER_SECONDS = 0.25
#: Lists of businesses that are followed side by side.
_EDGES_AT_ONCE = 4
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
    """What a listing brought. `troubles` did not sink it; it is not `complete` when one of them ended it early.

    `notes` say what the list does not hold by its nature. `ended_by` is the error after which no call with the login's
    token is answered any more.
    """

    rows: tuple[PageRow, ...]
    troubles: tuple[UserError, ...] = ()
    complete: bool = True
    notes: tuple[UserError, ...] = ()
    ended_by: GraphError | None = None


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
        page_without_token,
        last_four=token.last_four,
        expires_at=expires_at,
        state=state,
        folded=folded,
        fresh=token,
        data_access_expires_at=login.token.data_access_expires_at,
    )


def why_no_token(page: Page) -> str:
    """Why Facebook gave no token for a Page, by its sentence's name."""
    if page.tasks is not None and not page.tasks:
        return "page_without_tasks"
    if page.tasks and {name.removeprefix("PROFILE_PLUS_") for name in page.tasks} == {"ANALYZE"}:
        return "page_insights_only"
    if not page.tasks and any(origin.startswith(("owned_pages", "client_pages")) for origin in page.origins):
        return "page_of_business"
    return "page_without_token"


@dataclass
class _Collector:
    """Merges Pages by ID and hands rows over in portions that the window can take.

    It stands between the work and its job: before a wait, whatever arrived is handed over.
    """

    login: Login
    job: JobContext
    now: int
    found: dict[str, Page] = field(default_factory=dict)
    rows: dict[str, PageRow] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)
    _waiting_rows: dict[str, PageRow] = field(default_factory=dict)
    _handed_over: float = 0.0
    total: int = 0

    @property
    def fields(self) -> str:
        return calls.page_fields(self.login.token.scopes)

    def report(self, progress: object) -> None:
        self.job.report(progress)

    def pause(self, waiting: Waiting) -> None:
        if self._waiting_rows:
            self.hand_over()
        self.job.pause(waiting)

    def check(self) -> None:
        self.job.check()

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
    told in `troubles`, as is what the list lacks by Facebook's own evidence. After an answer that the token has died
    nothing more is asked with it. Cancelled leaves what arrived.
    """
    collector = _Collector(login, job, session.now())
    calls_ahead = SideBySide(collector)
    client = session.client(login.app, calls_ahead)
    troubles: list[UserError] = []
    notes: list[UserError] = []
    complete = True
    ended_by: GraphError | None = None
    token = login.token.secret
    try:
        try:
            accounts = PageEdge("me/accounts", "accounts", collector.fields)
            with closing(calls_ahead.run([accounts.pieces(client, token)])) as lists:
                _use_pieces(next(lists), collector)
        except UserError as error:
            if isinstance(error, GraphError) and (error.ends_the_login or not collector.found):
                raise
            troubles.append(_cut_short(error))
            complete = False
        _list_businesses(client, login, collector, calls_ahead, troubles)
        _fetch_missing_tokens(client, token, collector)
        troubles += _missing_troubles(session, login, client, collector, notes, job)
    except GraphError as error:
        if not collector.found:
            raise
        # The token died, or the app was stopped, while the list was fetched.
        troubles.append(error)
        complete, ended_by = False, error
    except Cancelled:
        complete = False
    if collector.unreadable:
        names = [name or _("a Page without a name") for name in collector.unreadable]
        troubles.append(UserError("rows_unreadable", name=formatting.join_some_pages(names, 3)))
    collector.hand_over()
    return Listing(tuple(collector.rows.values()), tuple(troubles), complete, tuple(notes), ended_by)


def _cut_short(error: UserError) -> UserError:
    """What to say of a list that ended early: by its own sentence where it has one."""
    if error.kind in _SAID_OF_A_LIST:
        return error
    return UserError("list_cut_short", details=error.details)


#: What is said of a list as it is; of anything else, that the list was cut short.
_SAID_OF_A_LIST = frozenset(
    {"cursor_repeats", "list_count_differs", "list_lost_its_way", "limit", "too_much_data", "permission_missing"}
)


def _use_pieces(pieces: Iterator[Piece], collector: _Collector) -> None:
    """Take what an edge brings, to its end. Raises what ended it early."""
    total_before, unreadable_before = collector.total, collector.unreadable
    for piece in pieces:
        if piece.expected:
            collector.total = total_before + piece.expected
        collector.unreadable = [*unreadable_before, *piece.unreadable]
        collector.add(piece.batch.pages)


def _list_edges(
    client: GraphClient, token: Secret, edges: Sequence[PageEdge], collector: _Collector, calls_ahead: SideBySide
) -> Iterator[tuple[PageEdge, UserError | None]]:
    """Each edge when its Pages are taken, with what ended it early; raises what ends the login, when all was taken."""
    ended_by: GraphError | None = None
    streams = [edge.pieces(client, token) for edge in edges]
    with closing(calls_ahead.run(streams, _EDGES_AT_ONCE, _ends_the_login)) as lists:
        for edge, pieces in zip(edges, lists, strict=True):
            failure: UserError | None = None
            try:
                _use_pieces(pieces, collector)
            except GraphError as error:
                failure = error
                ended_by = error if error.ends_the_login else ended_by
            except UserError as error:
                failure = error
            if ended_by is None:
                yield edge, failure
    if ended_by is not None:
        raise ended_by


def _ends_the_login(error: Exception) -> bool:
    return isinstance(error, GraphError) and error.ends_the_login


def _list_businesses(
    client: GraphClient, login: Login, collector: _Collector, calls_ahead: SideBySide, troubles: list[UserError]
) -> None:
    """The Pages of each business. One that refuses, or one of its lists that does, hides no other."""
    scopes = login.token.scopes
    if scopes and "business_management" not in scopes:
        return
    token = login.token.secret
    try:
        businesses = list(calls.businesses(client, token))
    except GraphError as error:
        if error.ends_the_login:
            raise
        troubles.append(UserError("businesses_not_listed", details=error.details))
        return
    names = {business_id: name or business_id for business_id, name in businesses}
    edges = [
        PageEdge(f"{business_id}/{edge}", f"{edge}:{names[business_id]}", collector.fields)
        for business_id, _ in businesses
        for edge in ("owned_pages", "client_pages")
    ]
    refused: set[str] = set()
    for edge, failure in _list_edges(client, token, edges, collector, calls_ahead):
        business_id, _, _ = edge.edge.partition("/")
        if isinstance(failure, GraphError):
            if business_id not in refused:
                refused.add(business_id)
                troubles.append(UserError("business_failed", details=failure.details, name=names[business_id]))
        elif failure is not None:
            troubles.append(failure)


def _fetch_missing_tokens(client: GraphClient, token: Secret, collector: _Collector) -> None:
    """A row may come without its token where the Page itself gives it: ask for each such Page once."""
    for page in [page for page in collector.found.values() if page.token is None][:_ONE_BY_ONE]:
        try:
            fetched_page = calls.page(client, token, page.id, fields=collector.fields)
        except GraphError as error:
            if error.ends_the_login:
                raise
            continue
        collector.add((replace(fetched_page, origins=page.origins),))


def _missing_troubles(
    session: Session,
    login: Login,
    client: GraphClient,
    collector: _Collector,
    notes: list[UserError],
    job: JobContext,
) -> list[UserError]:
    """What the list lacks, by evidence: the permissions held, and the Pages that the person chose at the login.

    A Page that was chosen and not listed is fetched by itself, or named. What is not in the list by its nature goes to
    `notes`.
    """
    token = login.token.secret
    info = _info(session, login, job)
    statuses = _statuses(client, token)
    unreached_names = []
    for page_id in sorted((info.chosen or frozenset()) - collector.found.keys())[:_ONE_BY_ONE]:
        try:
            page = calls.page(client, token, page_id, fields=collector.fields, origin="chosen")
        except GraphError as error:
            if error.ends_the_login:
                raise
            page = Page(page_id)
        if page.token is None:
            unreached_names.append(page.name or page_id)
        if page.name:
            collector.add((page,))
    troubles = []
    if unreached_names:
        troubles.append(UserError("pages_chosen_not_given", name=formatting.join_some(unreached_names, 3)))
    granted = None if statuses is None else {name for name, status in statuses.items() if status == "granted"}
    held = granted if granted is not None else set(info.scopes) or None
    if collector.found:
        if held is not None and "pages_show_list" not in held:
            troubles.append(UserError("permission_taken_back", name="pages_show_list"))
        notes += _notes(info, statuses or {}, held)
        return troubles
    return [*troubles, _why_none(info, statuses or {}, held or set())]


def _info(session: Session, login: Login, job: JobContext) -> TokenInfo:
    """What debug_token says of the login's token; nothing where it does not say it."""
    if login.info is not None:
        return login.info
    try:
        return token_info(session, login.app, login.token.secret, job)
    except GraphError:
        return TokenInfo(is_valid=True, scopes=login.token.scopes)


def _statuses(client: GraphClient, token: Secret) -> dict[str, str] | None:
    """What became of each permission as it stands now; None where Facebook does not say."""
    try:
        return calls.permissions(client, token)
    except GraphError as error:
        if error.ends_the_login:
            raise
        return None


def _notes(info: TokenInfo, statuses: dict[str, str], held: set[str] | None) -> list[UserError]:
    """What a list that came whole does not hold: Pages of businesses, and those that were not chosen at the login."""
    notes = []
    if held is None:
        notes.append(UserError("permissions_not_known"))
    elif "business_management" not in held:
        reason = formatting.missing_reason(f"business_management:{statuses.get('business_management', 'never')}")
        notes.append(UserError("business_pages_left_out", name=reason))
    if info.chosen:
        notes.append(UserError("only_chosen_listed", name=formatting.pages(len(info.chosen))))
    return notes


def _why_none(info: TokenInfo, statuses: dict[str, str], held: set[str]) -> UserError:
    """Why a list is empty."""
    if "pages_show_list" not in held:
        reason = {"expired": _("has lapsed"), "declined": _("was declined")}.get(
            statuses.get("pages_show_list", ""), ""
        )
        return UserError("pages_not_allowed", name=reason or _("was not given"))
    if info.chosen is not None and not info.chosen:
        return UserError("no_page_chosen")
    if "business_management" not in held:
        return UserError("business_not_allowed")
    return UserError("no_pages")
