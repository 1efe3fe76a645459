"""Import: tokens that someone has already, from any table or text, checked with Facebook in batches and kept."""

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from gui.desk.candidates import Candidate
from gui.desk.check_all import Checking
from gui.desk.desk import Desk
from gui.desk.explain import explain
from gui.desk.keep_imported import keep_pages_of, keep_user
from gui.desk.login import death_of
from gui.errors import Cancelled, JobContext, UserError
from gui.graph import calls
from gui.graph.errors import GraphError
from gui.values import AppCredentials, Page, Secret, TokenInfo

#: How often tokens that a batch left out are asked about again without one of them being answered.
_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: kept (`why` empty) or not, and why, in words."""

    number: int
    name: str
    kept: bool
    why: str = ""
    page_id: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
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

    desk: Desk
    job: JobContext
    total: int
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    done: int = 0

    def settle(self, one: Candidate, why: str, *, kept: bool = False, name: str = "", page_id: str = "") -> None:
        self.outcomes[one.number] = Outcome(one.number, name or one.name, kept, why, page_id or one.page_id)
        self.done += 1

    def report(self) -> None:
        self.job.report(Checking(self.done, self.total))


def import_tokens(desk: Desk, candidates: Sequence[Candidate], job: JobContext) -> Imported:
    """Ask Facebook what each token is, keep those that work, and tell of each row what became of it.

    Raises GraphError for what says nothing of a token, and VaultError; what was kept before that stays.
    """
    work = _Work(desk, job, len(candidates))
    complete = True
    try:
        _import(work, candidates)
    except Cancelled:
        complete = False
    return Imported(tuple(work.outcomes[number] for number in sorted(work.outcomes)), complete)


def _import(work: _Work, candidates: Sequence[Candidate]) -> None:
    desk = work.desk
    seen: dict[Secret, int] = {}
    asked: list[Candidate] = []
    for one in candidates:
        if one.secret is None:
            work.settle(one, "There is no token in this row.")
        elif one.secret in seen:
            work.settle(one, f"It is the same token as in row {seen[one.secret]:,}.")
        else:
            seen[one.secret] = one.number
            asked.append(one)
    known = _facts_of_all(work, asked)
    pages: dict[str, list[tuple[Candidate, TokenInfo]]] = {}
    apps = {app.app_id: desk.vault.app(app.app_id) for app in desk.vault.apps()}
    for one, facts in known:
        if not facts.is_valid:
            work.settle(one, _why(death_of(facts)))
        elif facts.type == "PAGE":
            pages.setdefault(facts.app_id, []).append((one, facts))
        elif facts.type == "USER" and (app := apps.get(facts.app_id)) is not None and app.secret:
            _keep_login(work, app, one)
        else:
            work.settle(one, _not_kept(facts))
    for app_id, some in pages.items():
        _keep_pages(work, apps.get(app_id) or AppCredentials(app_id, Secret(""), some[0][1].application), some)
    work.report()


def _why(problem: UserError) -> str:
    said = explain(problem)
    return f"{said.title}. {said.text}" if said.text else said.title


def _not_kept(facts: TokenInfo) -> str:
    if facts.type == "USER":
        return f"It is a User token of the app {facts.application or facts.app_id}, which is not set up here. Set up the app, then import it again."
    kind = {"APP": "an app token", "SYSTEM_USER": "a system user’s token"}.get(facts.type, "another kind of token")
    return f"It is {kind}. Page Keys keeps Page tokens and people’s User tokens."


def _facts_of_all(work: _Work, asked: list[Candidate]) -> list[tuple[Candidate, TokenInfo]]:
    """What debug_token says of each token: asked by each kept app in turn, and of what belongs to none by the token itself."""
    found: list[tuple[Candidate, TokenInfo]] = []
    vault = work.desk.vault
    apps = [app for kept in vault.apps() if (app := vault.app(kept.app_id)).secret]
    left = asked
    for app in apps:
        client, by = work.desk.client(app, work.job), calls.app_token(app)
        others = []
        for one, answer in _in_batches(work, left, functools.partial(calls.debug_tokens, client, by=by)):
            if isinstance(answer, TokenInfo) and answer.app_id in {"", app.app_id}:
                found.append((one, answer))
            else:
                others.append(one)
        left = others
    if not left:
        return found
    # Without a secret of ours: a proof made from it would not be these tokens' app's.
    client = work.desk.client(AppCredentials("", Secret("")), work.job)

    def themselves(some: Sequence[Secret]) -> list[TokenInfo | GraphError | None]:
        return calls.debug_tokens(client, some, calls.app_token(apps[0]) if apps else some[0], themselves=True)

    for one, answer in _in_batches(work, left, themselves):
        if isinstance(answer, TokenInfo):
            found.append((one, answer))
        else:
            work.settle(one, _why(answer or GraphError("timeout")))
    return found


_A = TypeVar("_A")


def _in_batches(
    work: _Work, asked: Sequence[Candidate], ask: Callable[[Sequence[Secret]], Sequence[_A | GraphError | None]]
) -> Iterator[tuple[Candidate, _A | GraphError | None]]:
    """Each of `asked` with its answer; those that a batch left out are asked again a few times."""
    waiting, rounds = list(asked), 0
    while waiting:
        now, waiting = waiting[: calls.BATCH_SIZE], waiting[calls.BATCH_SIZE :]
        answers = ask([one.secret for one in now if one.secret is not None])
        again = []
        for one, answer in zip(now, answers, strict=True):
            if (answer is None or (isinstance(answer, GraphError) and answer.transient)) and rounds < _ROUNDS:
                again.append(one)
            else:
                yield one, answer
        rounds = rounds + 1 if len(again) == len(now) else 0
        if again:
            work.job.pause(float(rounds))
        waiting = again + waiting
        work.job.report(Checking(work.done + len(asked) - len(waiting), max(work.total, work.done + len(asked))))


# -------------------------------------------------------------------- keeping
def _keep_login(work: _Work, app: AppCredentials, one: Candidate) -> None:
    assert one.secret is not None
    try:
        name = keep_user(work.desk, app, one.secret, work.job)
    except GraphError as error:
        work.settle(one, _why(error))
    else:
        work.settle(one, "", kept=True, name=name)


def _keep_pages(work: _Work, app: AppCredentials, some: list[tuple[Candidate, TokenInfo]]) -> None:
    """Keep one app's Page tokens: their Pages say of themselves who they are."""
    facts = {one.number: known for one, known in some}
    client = work.desk.client(app, work.job)
    by = calls.app_token(app) if app.secret else None
    good: list[tuple[Candidate, TokenInfo, Page]] = []
    for one, answer in _in_batches(work, [one for one, _ in some], lambda tokens: calls.own_pages(client, tokens, by or tokens[0])):
        known = facts[one.number]
        if isinstance(answer, Page):
            good.append((one, known, answer))
        elif isinstance(answer, GraphError) and answer.kind in {"permission_missing", "query_wrong"}:
            good.append((one, known, Page(known.profile_id or one.page_id, one.name, origins=("imported",))))
        else:
            work.settle(one, _why(answer if isinstance(answer, GraphError) else GraphError("timeout")))
    keep_pages_of(work.desk, app, [(known, replace(page, token=one.secret, tasks=None)) for one, known, page in good], work.job)
    for one, _, page in good:
        work.settle(one, "", kept=True, name=page.name or one.name, page_id=page.id)
