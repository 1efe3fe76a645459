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

    def settle(self, one: ImportRow, why: str, *, kept: bool = False, name: str = "", page_id: str = "") -> None:
        self.outcomes[one.number] = Outcome(one.number, name or one.name, kept, why, page_id or one.page_id)
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
    seen: dict[Secret, int] = {}
    asked: list[ImportRow] = []
    for one in candidates:
        if one.secret is None:
            work.settle(one, "There is no token in this row.")
        elif one.secret in seen:
            work.settle(one, f"It is the same token as in row {seen[one.secret]:,}.")
        else:
            seen[one.secret] = one.number
            asked.append(one)
    known = _ask_about_all(work, asked)
    pages: dict[str, list[tuple[ImportRow, TokenInfo]]] = {}
    apps = {app.app_id: session.vault.app(app.app_id) for app in session.vault.apps()}
    for one, facts in known:
        if not facts.is_valid:
            work.settle(one, _why(invalid_token_error(facts)))
        elif facts.type == "PAGE":
            pages.setdefault(facts.app_id, []).append((one, facts))
        elif facts.type == "USER" and (app := apps.get(facts.app_id)) is not None and app.secret:
            _keep_login(work, app, one)
        else:
            work.settle(one, _not_kept(facts))
    for app_id, some in pages.items():
        _keep_pages(work, apps.get(app_id) or AppCredentials(app_id, Secret(""), some[0][1].application), some)
    work.report()


def _why(error: UserError) -> str:
    message = explain(error)
    return f"{message.title}. {message.text}" if message.text else message.title


def _not_kept(facts: TokenInfo) -> str:
    if facts.type == "USER":
        return f"It is a User token of the app {facts.application or facts.app_id}, which is not set up here. Set up the app, then import it again."
    return f"It is {formatting.token_kind(facts.type).phrase}. Page Keys keeps Page tokens and people’s User tokens."


def _ask_about_all(work: _Work, rows: Sequence[ImportRow]) -> list[tuple[ImportRow, TokenInfo]]:
    """What debug_token says of each token: asked by each kept app in turn, and of what belongs to none by the token itself."""
    answers: list[tuple[ImportRow, TokenInfo]] = []
    vault = work.session.vault
    apps = [app for stored in vault.apps() if (app := vault.app(stored.app_id)).secret]
    unanswered = list(rows)
    for app in apps:
        client, by = work.session.client(app, work.job), calls.app_token(app)
        others = []
        for row, answer in _ask(work, unanswered, functools.partial(calls.debug_tokens, client, access_token=by)):
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
            work.settle(row, _why(answer))
    return answers


def _ask(
    work: _Work, rows: Sequence[ImportRow], ask: Callable[[Sequence[Secret]], Sequence[A | GraphError | None]]
) -> Iterator[tuple[ImportRow, A | GraphError]]:
    """Each row with the answer about its token; Facebook's silence counts as an answer that took too long."""
    answered: set[int] = set()

    def ask_rows(batch: Sequence[ImportRow]) -> Sequence[A | GraphError | None]:
        return ask([row.secret for row in batch if row.secret is not None])

    for batch in ask_in_batches(rows, ask_rows, work.job):
        answered.update(row.number for row, _ in batch)
        yield from batch
        work.job.report(CheckProgress(work.done + len(answered), max(work.total, work.done + len(rows))))
    for row in rows:
        if row.number not in answered:
            yield row, GraphError("timeout")


# -------------------------------------------------------------------- keeping
def _keep_login(work: _Work, app: AppCredentials, one: ImportRow) -> None:
    assert one.secret is not None
    try:
        name = keep_user(work.session, app, one.secret, work.job)
    except GraphError as error:
        work.settle(one, _why(error))
    else:
        work.settle(one, "", kept=True, name=name)


def _keep_pages(work: _Work, app: AppCredentials, some: list[tuple[ImportRow, TokenInfo]]) -> None:
    """Keep one app's Page tokens: their Pages say of themselves who they are."""
    facts = {one.number: known for one, known in some}
    client = work.session.client(app, work.job)
    by = calls.app_token(app) if app.secret else None
    good: list[tuple[ImportRow, TokenInfo, Page]] = []
    for one, answer in _ask(
        work, [one for one, _ in some], lambda tokens: calls.own_pages(client, tokens, by or tokens[0])
    ):
        known = facts[one.number]
        if isinstance(answer, Page):
            good.append((one, known, answer))
        elif isinstance(answer, GraphError) and answer.kind in {"permission_missing", "query_wrong"}:
            good.append((one, known, Page(known.profile_id or one.page_id, one.name, origins=("imported",))))
        else:
            work.settle(one, _why(answer))
    keep_pages_of(
        work.session, app, [(known, replace(page, token=one.secret, tasks=None)) for one, known, page in good], work.job
    )
    for one, _, page in good:
        work.settle(one, "", kept=True, name=page.name or one.name, page_id=page.id)
