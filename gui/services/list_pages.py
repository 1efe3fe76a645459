"""List: every Page of a person, as they arrive, from /me/accounts and from each business, merged by ID."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from gui.errors import Cancelled, JobContext, UserError
from gui.graph import calls
from gui.graph.errors import GraphError
from gui.graph.side_by_side import SideBySide
from gui.i18n import _
from gui.services import formatting
from gui.services.batches import ask_in_batches
from gui.services.explain import explain
from gui.services.login import invalid_token_error, token_info
from gui.services.page_edges import OTHER_SIZE, PageEdge, Piece
from gui.services.session import Session
from gui.services.states import SOON
from gui.text import fold_fields
from gui.values import NO_END, GivenFor, Login, Page, PageRow, Secret, TokenInfo, TokenState, Waiting

if TYPE_CHECKING:
    from gui.graph.client import GraphClient

_HAND_OVER_ROWS = 500
_HAND_OVER_SECONDS = 0.25
#: Lists of businesses that are followed side by side.
_EDGES_AT_ONCE = 4
#: How many pages of business portfolios are followed: each holds up to a hundred.
_MOST_BUSINESS_PAGES = 100
#: A refusal of an edge that the person, or an admin, can lift.
_REFUSALS = frozenset(
    {"permission_missing", "permission_refused", "page_not_found", "page_not_accessible", "not_on_behalf",
     "page_token_needed", "role_lost"}
)  # fmt: skip
#: After these no call of any kind is to be made for a while (fact sheet, section 9).
_STOPS = frozenset({"blocked_for_misuse"})


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


def page_row(page: Page, login: Login, now: int, given: GivenFor | None = None) -> PageRow:
    """The row of a fetched Page: its token's end follows the User token that fetched it.

    `given` is which permissions the login was given for which Pages, where that is known.
    """
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
        scopes=login.token.scopes,
        withheld=given.withheld(page.id, page.instagram_id) if given is not None else (),
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

    @cached_property
    def given(self) -> GivenFor | None:
        return GivenFor(self.login.info) if self.login.info is not None else None

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
                self.rows[page.id] = self._waiting_rows[page.id] = page_row(
                    merged_page, self.login, self.now, self.given
                )
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
            if isinstance(error, GraphError) and (_ends_the_listing(error) or not collector.found):
                raise
            troubles.append(_cut_short(error))
            complete = False
        _list_businesses(client, login, collector, calls_ahead, troubles)
        _fetch_missing_tokens(client, token, collector, troubles)
        troubles += _missing_troubles(session, login, client, collector, notes, complete=complete)
    except GraphError as error:
        if not collector.found:
            raise
        # The token died, or the app was stopped, while the list was fetched.
        troubles.append(error)
        complete, ended_by = False, error if error.ends_the_login else None
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
    if isinstance(error, GraphError) and not error.may_pass and error.kind != "wrong_shape":
        return UserError("list_refused", details=error.details, message=_said(error))
    return UserError("list_cut_short", details=error.details)


def _said(error: UserError) -> str:
    """What an error says, for the middle of another sentence."""
    own = explain(error)
    return f"{own.title}. {own.text}"


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
    with closing(calls_ahead.run(streams, _EDGES_AT_ONCE, _ends_the_listing)) as lists:
        for edge, pieces in zip(edges, lists, strict=True):
            failure: UserError | None = None
            try:
                _use_pieces(pieces, collector)
            except GraphError as error:
                failure = error
                ended_by = error if _ends_the_listing(error) else ended_by
            except UserError as error:
                failure = error
            if ended_by is None:
                yield edge, failure
    if ended_by is not None:
        raise ended_by


def _ends_the_listing(error: Exception) -> bool:
    return isinstance(error, GraphError) and (error.ends_the_login or error.kind in _STOPS)


def _list_businesses(
    client: GraphClient, login: Login, collector: _Collector, calls_ahead: SideBySide, troubles: list[UserError]
) -> None:
    """The Pages of each business. One that refuses, or one of its lists that does, hides no other."""
    scopes = login.token.scopes
    if scopes and "business_management" not in scopes:
        return
    token = login.token.secret
    businesses = _business_names(client, token, collector, troubles)
    names = {business_id: name or business_id for business_id, name in businesses}
    edges = [
        PageEdge(f"{business_id}/{edge}", f"{edge}:{names[business_id]}", collector.fields)
        for business_id, _name in businesses
        for edge in ("owned_pages", "client_pages")
    ]
    refused: set[str] = set()
    for edge, failure in _list_edges(client, token, edges, collector, calls_ahead):
        business_id, _, _ = edge.edge.partition("/")
        if isinstance(failure, GraphError):
            if business_id not in refused:
                refused.add(business_id)
                troubles.append(_of_business(failure, names[business_id]))
        elif failure is not None:
            troubles.append(failure)


def _is_refusal(error: GraphError) -> bool:
    """Whether an edge was refused for want of a permission or a role, as an unknown text of these edges says, too."""
    is_unknown = error.kind == "facebook_said" and "facebook_says" not in error.values
    return is_unknown or error.kind in _REFUSALS


def _of_business(error: GraphError, name: str) -> UserError:
    if _is_refusal(error):
        return UserError("business_failed", details=error.details, name=name)
    return UserError("business_refused", details=error.details, name=name, message=_said(error))


def _business_names(
    client: GraphClient, token: Secret, collector: _Collector, troubles: list[UserError]
) -> list[tuple[str, str]]:
    """The IDs and names of the person's business portfolios; what ends their list early leaves those that came.

    As a list of Pages it begins anew, in pieces of another size, after a cursor that comes back.
    """
    found: dict[str, str] = {}
    after, limit, cursors = "", calls.PAGE_SIZE, {""}
    while len(cursors) <= _MOST_BUSINESS_PAGES:
        try:
            batch = calls.businesses(client, token, after, limit)
        except GraphError as error:
            if _ends_the_listing(error):
                raise
            refused = _is_refusal(error) and not found
            troubles.append(
                UserError("businesses_not_listed", details=error.details)
                if refused
                else UserError("businesses_refused", details=error.details, message=_said(error))
            )
            return list(found.items())
        found.update(batch.businesses)
        collector.unreadable += batch.unreadable
        if not batch.after and not batch.has_lost_its_way:
            return list(found.items())
        if batch.after and batch.after not in cursors:
            after = batch.after
            cursors.add(after)
        elif batch.after and limit == calls.PAGE_SIZE:
            after, limit, cursors = "", OTHER_SIZE, {""}
        else:
            break
    troubles.append(UserError("list_lost_its_way"))
    return list(found.items())


def _fetch_missing_tokens(client: GraphClient, token: Secret, collector: _Collector, troubles: list[UserError]) -> None:
    """A row may come without its token where the Page itself gives it: ask for each such Page once."""
    pages = {page.id: page for page in collector.found.values() if page.token is None}
    unanswered = set(pages)
    for batch in _pages_by_id(client, token, list(pages), collector, "accounts"):
        for page_id, answer in batch:
            unanswered.discard(page_id)
            if isinstance(answer, Page):
                collector.add((replace(answer, origins=pages[page_id].origins),))
    if unanswered:
        troubles.append(_not_asked([pages[page_id].name or page_id for page_id in unanswered]))


def _pages_by_id(
    client: GraphClient, token: Secret, page_ids: Sequence[str], collector: _Collector, origin: str
) -> Iterator[list[tuple[str, Page | GraphError]]]:
    """Pages asked for by their IDs, fifty in a call. Raises what ends the login."""
    for batch in ask_in_batches(
        page_ids,
        lambda ids: calls.pages(client, token, ids, fields=collector.fields, origin=origin),
        collector,
    ):
        ending = next((one for _, one in batch if isinstance(one, GraphError) and _ends_the_listing(one)), None)
        if ending is not None:
            raise ending
        yield batch


def _not_asked(names: Sequence[str]) -> UserError:
    return UserError("pages_not_answered", name=formatting.join_some_pages(list(names), 3))


def _missing_troubles(
    session: Session,
    login: Login,
    client: GraphClient,
    collector: _Collector,
    notes: list[UserError],
    *,
    complete: bool,
) -> list[UserError]:
    """What the list lacks, by evidence: the permissions held, and the Pages that the person chose at the login.

    A Page that was chosen and not listed is fetched by itself, or named. What is not in the list by its nature goes to
    `notes`.
    """
    token = login.token.secret
    info = _info(session, login, collector)
    statuses = _statuses(client, token)
    chosen = sorted((info.chosen or frozenset()) - collector.found.keys())
    unanswered, unreached_names = set(chosen), []
    for batch in _pages_by_id(client, token, chosen, collector, "chosen"):
        for page_id, answer in batch:
            unanswered.discard(page_id)
            page = answer if isinstance(answer, Page) and answer.id == page_id else Page(page_id)
            if page.token is None:
                unreached_names.append(page.name or page_id)
            if page.name:
                collector.add((page,))
    troubles = []
    if unreached_names:
        troubles.append(UserError("pages_chosen_not_given", name=formatting.join_some(unreached_names, 3)))
    if unanswered:
        troubles.append(_not_asked(sorted(unanswered)))
    granted = None if statuses is None else {name for name, status in statuses.items() if status == "granted"}
    held = granted if granted is not None else set(info.scopes) or None
    if collector.found:
        if held is not None and "pages_show_list" not in held:
            troubles.append(UserError("permission_taken_back", name="pages_show_list"))
        notes += _notes(info, statuses or {}, held)
        return troubles
    # Of a list that ended early nobody knows that it is empty.
    return [*troubles, _why_none(info, statuses or {}, held or set())] if complete else troubles


def _info(session: Session, login: Login, job: JobContext) -> TokenInfo:
    """What debug_token says of the login's token; nothing where it does not say it."""
    info = login.info
    if info is None:
        try:
            info = token_info(session, login.app, login.token.secret, job)
        except GraphError as error:
            if error.is_of_the_app:
                raise
            return TokenInfo(is_valid=True, scopes=login.token.scopes)
    if not info.is_valid:
        raise invalid_token_error(info)
    return info


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
