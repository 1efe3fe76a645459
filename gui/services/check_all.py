"""Check all: every app, login and Page token is asked about with debug_token, Page tokens fifty at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gui.errors import Cancelled, JobContext
from gui.graph import calls
from gui.graph.errors import GraphError
from gui.graph.permissions import missing_permissions
from gui.services.batches import ask_in_batches
from gui.services.end_login import note_app_trouble
from gui.services.health import Health, read_health
from gui.services.login import debug_token_as_app, invalid_token_error, of_app_token
from gui.services.purposes import needed_permissions
from gui.services.session import Session
from gui.services.states import has_ended
from gui.values import CheckProgress, PageRow, Secret, StoredLogin, TokenInfo, TokenState
from gui.vault.errors import VaultError
from gui.vault.health_records import CheckResult

if TYPE_CHECKING:
    from gui.graph.client import GraphClient


@dataclass(frozen=True, slots=True)
class CheckReport:
    """How everything stands after a check.

    `unanswered` counts the tokens that could not be asked about; `complete` False: it was stopped.
    """

    health: Health
    unanswered: int = 0
    complete: bool = True


def check_all(session: Session, job: JobContext) -> CheckReport:
    """Ask about everything kept and write down what was found.

    What was found before a failure of the network stays. Raises VaultError, and GraphError for what says nothing of a
    token.
    """
    logins = session.vault.logins()
    tally = _Tally(job, sum(login.pages + 1 for login in logins))
    unanswered, complete = 0, True
    try:
        for login in logins:
            unanswered += _check_login_and_pages(session, login, tally, job)
    except Cancelled:
        complete = False
    return CheckReport(read_health(session, job), unanswered, complete)


def check_rows(session: Session, rows: Sequence[PageRow], job: JobContext) -> CheckReport:
    """Ask about the tokens of these Pages, whoever they are of. Raises GraphError, VaultError."""
    logins = {login.id: login for login in session.vault.logins()}
    by_login: dict[int, list[str]] = {}
    for row in rows:
        if row.has_token and row.login_id in logins:
            by_login.setdefault(row.login_id, []).append(row.page.id)
    tally = _Tally(job, len(rows))
    unanswered, complete = 0, True
    try:
        for login_id, page_ids in by_login.items():
            access_token = _check_login(session, logins[login_id], job)
            if access_token is None:
                unanswered += len(page_ids)
            else:
                unanswered += _check_pages(session, logins[login_id], access_token, tally, job, page_ids)
    except Cancelled:
        complete = False
    return CheckReport(read_health(session, job), unanswered, complete)


def check_logins(session: Session, older_than: float, job: JobContext) -> Health:
    """Ask about logins that were not checked for so many seconds, a call or two for each.

    Page tokens are asked about only where the login behind them is found to have died. Facebook tells nobody when a
    token dies: it should be asked at least daily (Debugging and Error Handling).
    """
    for login in session.vault.logins():
        if session.now() - max(login.health.checked_at, login.listed_at) <= older_than:
            continue
        access_token = _check_login(session, login, job)
        record = next(one.health for one in session.vault.logins() if one.id == login.id)
        if access_token is not None and record.state is TokenState.NEEDS_YOU and record.why != login.health.why:
            _check_pages(session, login, access_token, _Tally(job, login.pages), job)
    return read_health(session, job)


@dataclass
class _Tally:
    job: JobContext
    total: int
    done: int = 0

    def add(self, count: int) -> None:
        self.done += count
        self.job.report(CheckProgress(self.done, self.total))


def _check_login_and_pages(session: Session, login: StoredLogin, tally: _Tally, job: JobContext) -> int:
    """Check a login and its Pages; how many tokens could not be asked about."""
    access_token = _check_login(session, login, job)
    tally.add(1)
    if access_token is None:
        tally.add(login.pages)
        return login.pages + 1
    return _check_pages(session, login, access_token, tally, job)


def _check_pages(
    session: Session,
    login: StoredLogin,
    access_token: Secret,
    tally: _Tally,
    job: JobContext,
    page_ids: Sequence[str] = (),
) -> int:
    """Check a login's Page tokens, all or those named; how many could not be asked about."""
    client = session.client(session.vault.app(login.app_id), job)
    tokens = session.vault.page_tokens(login.id, page_ids)
    instagram_ids = session.vault.health_records.instagram_ids(login)
    tally.add((len(page_ids) or login.pages) - len(tokens))
    answered_count = 0
    try:
        for batch in ask_in_batches(
            list(tokens), lambda ids: calls.debug_tokens(client, [tokens[one] for one in ids], access_token), job
        ):
            checks = {
                page_id: check_result(answer, session.now(), page_id, instagram_ids.get(page_id, ""))
                for page_id, answer in batch
            }
            results = {page_id: result for page_id, result in checks.items() if result is not None}
            results |= _lead_access(client, {one: tokens[one] for one in results}, results, access_token, job)
            session.vault.health_records.record_pages(login, results, session.now())
            answered_count += len(results)
            tally.add(len(checks))
    except GraphError as error:
        if error.is_of_the_app:
            note_app_trouble(session, login.app_id, error)
        elif error.is_of_the_network:
            raise
        # Refused for these alone, it hides nobody else's.
    return len(tokens) - answered_count


def _lead_access(
    client: GraphClient,
    tokens: dict[str, Secret],
    results: dict[str, CheckResult],
    access_token: Secret,
    job: JobContext,
) -> dict[str, CheckResult]:
    """The results of those tokens that may read leads, with whether a business lets them (Leads Access Manager)."""
    asked = [page_id for page_id, result in results.items() if "leads_retrieval" in result.scopes]
    found: dict[str, CheckResult] = {}
    for batch in ask_in_batches(
        asked, lambda ids: calls.lead_access(client, [tokens[one] for one in ids], access_token), job
    ):
        for page_id, answer in batch:
            # What is not told stays unknown: leads are then not promised, and nothing else suffers.
            if isinstance(answer, bool):
                found[page_id] = replace(results[page_id], lead_access=answer)
    return found


def _check_login(session: Session, stored_login: StoredLogin, job: JobContext) -> Secret | None:
    """Check an app and a login; the token to ask about Page tokens with, None where there is none."""
    now, records = session.now(), session.vault.health_records
    try:
        login = session.vault.login(stored_login)
    except VaultError as error:
        if error.kind != "keychain_item_gone":
            raise
        records.record_login(
            stored_login, CheckResult(TokenState.NEEDS_YOU, "login_not_kept"), stored_login.missing_permissions, now
        )
        app = session.vault.app(stored_login.app_id)
        return calls.app_token(app) if app.secret else None
    try:
        access_token, info = debug_token_as_app(session, login.app, login.token.secret, job)
    except GraphError as error:
        app_error = of_app_token(error)
        if app_error.is_of_the_app:
            note_app_trouble(session, stored_login.app_id, app_error)
            return None
        if error.is_of_the_network:
            raise
        # Refused for this login alone, it hides no other, and not what its Page tokens are.
        return calls.app_token(login.app) if login.app.secret else None
    records.record_app(stored_login.app_id, CheckResult(TokenState.WORKS), now)
    missing: tuple[str, ...] = ()
    result = check_result(info, now)
    if info.is_valid:
        try:
            missing = missing_permissions(
                calls.permissions(session.client(login.app, job), login.token.secret),
                needed_permissions(stored_login.purposes),
            )
        except GraphError as error:
            if error.is_of_the_app:
                note_app_trouble(session, stored_login.app_id, error)
                return None
            missing = stored_login.missing_permissions
            if error.ends_the_login:
                # It died between the two answers.
                result = CheckResult(TokenState.NEEDS_YOU, error.kind, code=error.code)
    if result is not None:
        records.record_login(stored_login, result, missing, now)
    return access_token


def check_result(
    answer: TokenInfo | GraphError, now: int, page_id: str = "", instagram_id: str = ""
) -> CheckResult | None:
    """What debug_token's answer means for a token; for a Page's, whose it should be. None: it says nothing of it."""
    if isinstance(answer, GraphError):
        return CheckResult(TokenState.NEEDS_YOU, answer.kind, code=answer.code) if answer.is_of_the_token else None

    def result(state: TokenState, why: str = "", code: str = "") -> CheckResult:
        withheld = answer.withheld(page_id, instagram_id) if page_id else ()
        return CheckResult(state, why, answer.expires_at, answer.data_access_expires_at, answer.scopes, code, withheld)

    if not answer.is_valid:
        error = invalid_token_error(answer)
        return result(TokenState.NEEDS_YOU, error.kind, error.code)
    if page_id and answer.profile_id and answer.profile_id != page_id:
        return result(TokenState.NEEDS_YOU, "token_of_other_page")
    if has_ended(answer.data_access_expires_at, now):
        return result(TokenState.NEEDS_YOU, "data_access_ended")
    return result(TokenState.WORKS)
