"""Import: tokens that someone has already, from any table or text, checked with Facebook in batches and kept."""

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from gui.errors import Cancelled, JobContext, UserError
from gui.graph import calls
from gui.graph.errors import GraphError
from gui.services import formatting
from gui.services.batches import ask_in_batches
from gui.services.explain import explain
from gui.services.import_rows import ImportRow
from gui.services.keep_imported import keep_pages_of, keep_user
from gui.services.login import invalid_token_error
from gui.services.session import Session
from gui.values import AppCredentials, CheckProgress, Page, Secret, TokenInfo

A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: kept (`why` empty) or not, and why, in words."""

    number: int
    name: str
    kept: bool
    why: str = ""
    page_id: str = ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, row by row; `complete` False: it was stopped."""

    outcomes: tuple[Outcome, ...]
    complete: bool = True

    @property
    def kept(self) -> int:
        return sum(one.kept for one in self.outcomes)


# ------------------------------------------------------------------- checking
@dataclass
class _Work:
    """An import under way: what each token turned out to be."""

    session: Session
    job: JobContext
    total: int
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    done: int = 0

    def settle(self, row: ImportRow, why: str, *, kept: bool = False, name: str = "", page_id: str = "") -> None:
        self.outcomes[row.number] = Outcome(row.number, name or row.name, kept, why, page_id or row.page_id)
        self.done += 1

    def report(self) -> None:
        self.job.report(CheckProgress(self.done, self.total))


def import_tokens(session: Session, candidates: Sequence[ImportRow], job: JobContext) -> ImportReport:
    """Ask Facebook what each token is, keep those that work, and tell of each row what became of it.

    Raises GraphError for what says nothing of a token, and VaultError; what was kept before that stays.
    """
    work = _Work(session, job, len(candidates))
    complete = True
    try:
        _import(work, candidates)
    except Cancelled:
        complete = False
    return ImportReport(tuple(work.outcomes[number] for number in sorted(work.outcomes)), complete)


def _import(work: _Work, candidates: Sequence[ImportRow]) -> None:
    session = work.session
    row_numbers: dict[Secret, int] = {}
    rows: list[ImportRow] = []
    for row in candidates:
        if row.secret is None:
            work.settle(row, "There is no token in this row.")
        elif row.secret in row_numbers:
            work.settle(row, f"It is the same token as in row {row_numbers[row.secret]:,}.")
        else:
            row_numbers[row.secret] = row.number
            rows.append(row)
    answers = _ask_about_all(work, rows)
    pages: dict[str, list[tuple[ImportRow, TokenInfo]]] = {}
    apps = {app.app_id: session.vault.app(app.app_id) for app in session.vault.apps()}
    for row, info in answers:
        if not info.is_valid:
            work.settle(row, _error_text(invalid_token_error(info)))
        elif info.type == "PAGE":
            pages.setdefault(info.app_id, []).append((row, info))
        elif info.type == "USER" and (app := apps.get(info.app_id)) is not None and app.secret:
            _keep_login(work, app, row)
        else:
            work.settle(row, _why_not_kept(info))
    for app_id, group in pages.items():
        _keep_pages(work, apps.get(app_id) or AppCredentials(app_id, Secret(""), group[0][1].application), group)
    work.report()


def _error_text(error: UserError) -> str:
    message = explain(error)
    return f"{message.title}. {message.text}" if message.text else message.title


def _why_not_kept(info: TokenInfo) -> str:
    if info.type == "USER":
        return (
            f"It is a User token of the app {info.application or info.app_id}, which is not set up here. "
            "Set up the app, then import it again."
        )
    return f"It is {formatting.token_kind(info.type).phrase}. Page Keys keeps Page tokens and people’s User tokens."


def _ask_about_all(work: _Work, rows: Sequence[ImportRow]) -> list[tuple[ImportRow, TokenInfo]]:
    """What debug_token says of each token: each kept app is asked in turn; tokens of other apps ask for themselves."""
    answers: list[tuple[ImportRow, TokenInfo]] = []
    vault = work.session.vault
    apps = [app for stored_app in vault.apps() if (app := vault.app(stored_app.app_id)).secret]
    unanswered = list(rows)
    for app in apps:
        client, access_token = work.session.client(app, work.job), calls.app_token(app)
        others = []
        for row, answer in _ask(
            work, unanswered, functools.partial(calls.debug_tokens, client, access_token=access_token)
        ):
            if isinstance(answer, TokenInfo) and answer.app_id in {"", app.app_id}:
                answers.append((row, answer))
            else:
                others.append(row)
        unanswered = others
    if not unanswered:
        return answers
    # Without a secret of ours: a proof made from it would not be these tokens' app's.
    client = work.session.client(AppCredentials("", Secret("")), work.job)

    def ask_themselves(tokens: Sequence[Secret]) -> list[TokenInfo | GraphError | None]:
        return calls.debug_tokens(client, tokens, calls.app_token(apps[0]) if apps else tokens[0], themselves=True)

    for row, answer in _ask(work, unanswered, ask_themselves):
        if isinstance(answer, TokenInfo):
            answers.append((row, answer))
        else:
            work.settle(row, _error_text(answer))
    return answers


def _ask(
    work: _Work, rows: Sequence[ImportRow], ask: Callable[[Sequence[Secret]], Sequence[A | GraphError | None]]
) -> Iterator[tuple[ImportRow, A | GraphError]]:
    """Each row with the answer about its token; Facebook's silence counts as an answer that took too long."""
    answered_numbers: set[int] = set()

    def ask_rows(batch: Sequence[ImportRow]) -> Sequence[A | GraphError | None]:
        return ask([row.secret for row in batch if row.secret is not None])

    for batch in ask_in_batches(rows, ask_rows, work.job):
        answered_numbers.update(row.number for row, _ in batch)
        yield from batch
        work.job.report(CheckProgress(work.done + len(answered_numbers), max(work.total, work.done + len(rows))))
    for row in rows:
        if row.number not in answered_numbers:
            yield row, GraphError("timeout")


# -------------------------------------------------------------------- keeping
def _keep_login(work: _Work, app: AppCredentials, row: ImportRow) -> None:
    assert row.secret is not None
    try:
        name = keep_user(work.session, app, row.secret, work.job)
    except GraphError as error:
        work.settle(row, _error_text(error))
    else:
        work.settle(row, "", kept=True, name=name)


def _keep_pages(work: _Work, app: AppCredentials, rows_with_info: list[tuple[ImportRow, TokenInfo]]) -> None:
    """Keep one app's Page tokens: their Pages say of themselves who they are."""
    infos = {row.number: info for row, info in rows_with_info}
    client = work.session.client(app, work.job)
    access_token = calls.app_token(app) if app.secret else None
    checked_rows: list[tuple[ImportRow, TokenInfo, Page]] = []
    for row, answer in _ask(
        work,
        [row for row, _ in rows_with_info],
        lambda tokens: calls.own_pages(client, tokens, access_token or tokens[0]),
    ):
        info = infos[row.number]
        if isinstance(answer, Page):
            checked_rows.append((row, info, answer))
        elif isinstance(answer, GraphError) and answer.kind in {"permission_missing", "query_wrong"}:
            checked_rows.append((row, info, Page(info.profile_id or row.page_id, row.name, origins=("imported",))))
        else:
            work.settle(row, _error_text(answer))
    keep_pages_of(
        work.session,
        app,
        [(info, replace(page, token=row.secret, tasks=None)) for row, info, page in checked_rows],
        work.job,
    )
    for row, _, page in checked_rows:
        work.settle(row, "", kept=True, name=page.name or row.name, page_id=page.id)
