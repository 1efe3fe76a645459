"""Check all: every app, login and Page token is asked about with debug_token, Page tokens fifty at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gui.desk.check import NOT_THE_TOKEN
from gui.desk.desk import Desk
from gui.desk.health import Health, health
from gui.desk.login import asked, death_of
from gui.desk.states import has_ended
from gui.errors import Cancelled, JobContext
from gui.graph import calls
from gui.graph.client import GraphClient
from gui.graph.errors import GraphError
from gui.graph.patience import pause_before
from gui.graph.permissions import wanted
from gui.values import PageRow, Secret, StoredLogin, TokenInfo, Waiting
from gui.vault.checks import Check
from gui.vault.errors import VaultError

#: Answers about the app itself, by which none of its tokens can be asked about.
_OF_THE_APP = frozenset({"app_deleted", "app_unknown", "app_restricted", "app_in_development", "secret_wrong", "proof_wrong", "proof_missing"})
#: How often tokens that a batch left out are asked about again without one of them being answered.
_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Checking:
    """A report: how many of how many tokens were asked about."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Checked:
    """How everything stands after a check; `unanswered` tokens could not be asked about, `complete` False: it was stopped."""

    health: Health
    unanswered: int = 0
    complete: bool = True


def check_all(desk: Desk, job: JobContext) -> Checked:
    """Ask about everything kept and write down what was found.

    What was found before a failure of the network stays. Raises GraphError for what says nothing of a token, VaultError.
    """
    people = desk.vault.connections()
    tally = _Tally(job, sum(kept.pages + 1 for kept in people))
    unanswered, complete = 0, True
    try:
        for kept in people:
            unanswered += _check_person(desk, kept, tally, job)
    except Cancelled:
        complete = False
    return Checked(health(desk, job), unanswered, complete)


def check_rows(desk: Desk, rows: Sequence[PageRow], job: JobContext) -> Checked:
    """Ask about the tokens of these Pages, whoever they are of. Raises GraphError, VaultError."""
    people = {kept.id: kept for kept in desk.vault.connections()}
    by_person: dict[int, list[str]] = {}
    for row in rows:
        if row.has_token and row.person in people:
            by_person.setdefault(row.person, []).append(row.page.id)
    tally = _Tally(job, len(rows))
    unanswered, complete = 0, True
    try:
        for person, page_ids in by_person.items():
            kept = people[person]
            by = _check_login(desk, kept, job)
            if by is not None:
                unanswered += _check_pages(desk, kept, by, tally, job, page_ids)
    except Cancelled:
        complete = False
    return Checked(health(desk, job), unanswered, complete)


def check_logins(desk: Desk, older_than: float, job: JobContext) -> Health:
    """Ask about logins that were not seen for so many seconds, a call or two for each.

    Page tokens are asked about only where the login behind them is found to have died. Facebook tells nobody when a
    token dies: it should be asked at least daily (Debugging and Error Handling).
    """
    for kept in desk.vault.connections():
        if desk.now() - max(kept.seen.checked_at, kept.listed_at) <= older_than:
            continue
        by = _check_login(desk, kept, job)
        seen = next(one.seen for one in desk.vault.connections() if one.id == kept.id)
        if by is not None and seen.state == "needs_you" and seen.why != kept.seen.why:
            _check_pages(desk, kept, by, _Tally(job, kept.pages), job)
    return health(desk, job)


@dataclass
class _Tally:
    job: JobContext
    total: int
    done: int = 0

    def add(self, count: int) -> None:
        self.done += count
        self.job.report(Checking(self.done, self.total))


def _check_person(desk: Desk, kept: StoredLogin, tally: _Tally, job: JobContext) -> int:
    """Check a login and its Pages; how many tokens could not be asked about."""
    by = _check_login(desk, kept, job)
    tally.add(1)
    if by is None:
        tally.add(kept.pages)
        return 0
    return _check_pages(desk, kept, by, tally, job)


def _check_pages(desk: Desk, kept: StoredLogin, by: Secret, tally: _Tally, job: JobContext, page_ids: Sequence[str] = ()) -> int:
    """Check a person's Page tokens, all or those named; how many could not be asked about."""
    app = desk.vault.app(kept.app_id)
    client = desk.client(app, job)
    tokens = desk.vault.page_tokens(kept.id, page_ids)
    tally.add((len(page_ids) or kept.pages) - len(tokens))
    answered = 0
    for found in _ask_in_batches(client, tokens, by, job):
        checks = {page_id: one if isinstance(one, Check) else check_of(one, desk.now(), page_id) for page_id, one in found.items()}
        desk.vault.checks.note_pages(kept, checks, desk.now())
        answered += len(checks)
        tally.add(len(checks))
    return len(tokens) - answered


def _check_login(desk: Desk, kept: StoredLogin, job: JobContext) -> Secret | None:
    """Check an app and a person's login; the token to ask about Page tokens with, None where there is none."""
    now = desk.now()
    try:
        connection = desk.vault.connection(kept)
    except VaultError as error:
        if error.kind != "keychain_item_gone":
            raise
        desk.vault.checks.note_person(kept, Check("needs_you", "login_not_kept"), kept.lacking, now)
        app = desk.vault.app(kept.app_id)
        return calls.app_token(app) if app.secret else None
    try:
        by, facts = asked(desk, connection.app, connection.token.secret, job)
    except GraphError as error:
        # Of an app token "invalid signature" means that the secret is not this app's.
        kind = "secret_wrong" if error.kind == "token_invalid" else error.kind
        if kind not in _OF_THE_APP:
            raise
        desk.vault.checks.note_app(kept.app_id, "needs_you", kind, now, error.code)
        return None
    desk.vault.checks.note_app(kept.app_id, "works", "", now)
    lacking: tuple[str, ...] = ()
    if facts.is_valid:
        lacking = _lacking(desk.client(connection.app, job), connection.token.secret)
    desk.vault.checks.note_person(kept, check_of(facts, now), lacking, now)
    return by


def _lacking(client: GraphClient, token: Secret) -> tuple[str, ...]:
    """Permissions that are not held any more, or of those that Pages need were never given, with their status."""
    held = calls.permissions(client, token)
    lost = [f"{name}:{status}" for name, status in held.items() if status != "granted"]
    return (*lost, *(f"{name}:never" for name in wanted() if name not in held))


def check_of(facts: TokenInfo, now: int, page_id: str = "") -> Check:
    """What debug_token's answer means for a token; for a Page's, whose it should be."""
    scopes = facts.scopes
    if not facts.is_valid:
        death = death_of(facts)
        return Check("needs_you", death.kind, facts.expires_at, facts.data_access_expires_at, scopes, death.code)
    if page_id and facts.profile_id and facts.profile_id != page_id:
        return Check("needs_you", "token_of_other_page", facts.expires_at, facts.data_access_expires_at, scopes)
    ended = has_ended(facts.data_access_expires_at, now)
    return Check("needs_you" if ended else "works", "data_access_ended" if ended else "", facts.expires_at, facts.data_access_expires_at, scopes)


def _ask_in_batches(client: GraphClient, tokens: dict[str, Secret], by: Secret, job: JobContext) -> Iterator[dict[str, TokenInfo | Check]]:
    """Ask about tokens by their Page IDs, and again about those that a batch left out; each batch's findings."""
    waiting = list(tokens)
    without_an_answer = 0
    while waiting and without_an_answer < _ROUNDS:
        now, waiting = waiting[: calls.BATCH_SIZE], waiting[calls.BATCH_SIZE :]
        found: dict[str, TokenInfo | Check] = {}
        wait, why = 0.0, ""
        for page_id, answer in zip(now, calls.debug_tokens(client, [tokens[one] for one in now], by), strict=True):
            if isinstance(answer, GraphError) and not (answer.transient or answer.kind in NOT_THE_TOKEN):
                found[page_id] = Check("needs_you", answer.kind, code=answer.code)
            elif isinstance(answer, TokenInfo):
                found[page_id] = answer
            else:
                waiting.append(page_id)
                if isinstance(answer, GraphError):
                    wait, why = max(wait, pause_before(answer, without_an_answer + 1) or 0.0), answer.kind
        without_an_answer = 0 if found else without_an_answer + 1
        if found:
            yield found
        else:
            wait = max(wait, float(without_an_answer))
        if waiting and wait:
            job.report(Waiting(wait, why))
            job.pause(wait)
