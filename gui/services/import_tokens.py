"""Import: tokens that someone has already, from any table or text, checked with Facebook in batches and kept."""

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from gui.errors import Cancelled, JobContext, UserError
from gui.files import texts
from gui.files.sheet import Sheet
from gui.graph import calls
from gui.graph.errors import GraphError
from gui.graph.token_form import Form
from gui.i18n import _, list_of, ngettext, number
from gui.services import formatting
from gui.services.batches import ask_in_batches
from gui.services.end_login import note_app_trouble
from gui.services.explain import explain, message
from gui.services.import_rows import MOST, ImportReading, ImportRow
from gui.services.keep_imported import Lasting, Received, keep_pages_of, keep_user
from gui.services.login import invalid_token_error, of_app_token
from gui.services.session import Session
from gui.services.write_export import write_export
from gui.text import fold, name_of_ones_own
from gui.values import (
    NO_END,
    Action,
    AppCredentials,
    CheckProgress,
    Message,
    Page,
    Secret,
    StoredLogin,
    TokenInfo,
)

A = TypeVar("A")


class Result(Enum):
    """What became of a row. LEFT: it holds no token, or nothing that can be one."""

    KEPT = "kept"
    NOT_KEPT = "not_kept"
    LASTING = "lasting"
    LEFT = "left"

    @property
    def label(self) -> str:
        """What a person reads."""
        return _LABELS[self]


_LABELS = {
    Result.KEPT: _("Kept"),
    Result.NOT_KEPT: _("Not kept"),
    Result.LASTING: _("Earlier one stays"),
    Result.LEFT: _("Skipped"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row, and why, in words: where it stands, and whose it is.

    `ends` says when the token ends, where it was kept; `differs` that it is not of the Page that stands beside it.
    """

    number: int
    place: str
    name: str
    result: Result
    why: str = ""
    page_id: str = ""
    ends: str = ""
    differs: bool = False


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, row by row; `complete` False: it was stopped.

    `logins` are those that were kept, `lasting` the rows whose tokens were not kept because those that are kept last
    longer.
    """

    outcomes: tuple[Outcome, ...]
    complete: bool = True
    logins: tuple[StoredLogin, ...] = ()
    lasting: tuple[ImportRow, ...] = ()

    def count(self, result: Result) -> int:
        return sum(one.result is result for one in self.outcomes)

    @property
    def kept(self) -> int:
        return self.count(Result.KEPT)

    @property
    def differing(self) -> int:
        """How many tokens are of another Page than the one beside them."""
        return sum(one.differs for one in self.outcomes)


# ------------------------------------------------------------------- checking
@dataclass
class _Work:
    """An import under way: what each token turned out to be."""

    session: Session
    job: JobContext
    total: int
    replace_lasting: bool = False
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    logins: list[StoredLogin] = field(default_factory=list)
    lasting: list[ImportRow] = field(default_factory=list)
    done: int = 0

    def settle(self, row: ImportRow, result: Result, why: str = "", **about: Any) -> None:
        outcome = Outcome(row.number, row.place, row.name, result, why, row.page_id)
        self.outcomes[row.number] = replace(outcome, **{name: value for name, value in about.items() if value})
        # One by one, so that what became of them is known when the rest is stopped.
        self.job.report(self.outcomes[row.number])
        self.done += 1

    def report(self) -> None:
        self.job.report(CheckProgress(self.done, self.total))


def import_tokens(
    session: Session, candidates: Sequence[ImportRow], replace_lasting: bool, job: JobContext
) -> ImportReport:
    """Ask Facebook what each token is, keep those that work, and tell of each row what became of it.

    A kept token that lasts is replaced by one that ends sooner only with `replace_lasting`. Raises GraphError for what
    says nothing of a token, and VaultError; what was kept before that stays.
    """
    work = _Work(session, job, len(candidates), replace_lasting)
    complete = True
    try:
        _import(work, candidates)
    except Cancelled:
        complete = False
    outcomes = tuple(work.outcomes[number] for number in sorted(work.outcomes))
    return ImportReport(outcomes, complete, tuple(work.logins), tuple(work.lasting))


#: Of what is left alone, why.
_LEFT = {
    None: _("There is no token in this row."),
    Form.INSTAGRAM: _(
        "This is an Instagram token, not a Facebook one; it was not sent. Page Keys needs the token of the "
        "Facebook Page that the Instagram account is linked to."
    ),
    Form.THREADS: _("This is a Threads token, not a Facebook one; it was not sent. Threads has a login of its own."),
    Form.APP_TOKEN: _("This is an app token, which has no Pages; it was not sent."),
    Form.APP_SECRET: _("This looks like an App secret; it was not sent. It belongs in Settings, Facebook apps."),
    Form.OTHER: _(
        "This long text does not look like a Facebook token, which begins with EAA and has only letters "
        "and digits; it was not sent. If it is one, check it under Health, Check any token."
    ),
}


def _import(work: _Work, candidates: Sequence[ImportRow]) -> None:
    session = work.session
    places: dict[Secret, str] = {}
    rows: list[ImportRow] = []
    for row in candidates:
        if row.secret is None:
            work.settle(row, Result.LEFT, _LEFT.get(row.form, _LEFT[Form.OTHER]))
        elif row.secret in places:
            work.settle(row, Result.LEFT, _("It is the same token as in {place}.", place=places[row.secret]))
        else:
            places[row.secret] = row.place
            rows.append(row)
    answers = _ask_about_all(work, rows)
    pages: dict[str, list[tuple[ImportRow, TokenInfo]]] = {}
    apps = {app.app_id: session.vault.app(app.app_id) for app in session.vault.apps()}
    for row, info in answers:
        if not info.is_valid:
            work.settle(row, Result.NOT_KEPT, _error_text(invalid_token_error(info)))
        elif info.type == "PAGE":
            pages.setdefault(info.app_id, []).append((row, info))
        elif info.is_of_a_login and (app := apps.get(info.app_id)) is not None and app.secret:
            _keep_login(work, app, row)
        else:
            work.settle(row, Result.NOT_KEPT, _why_not_kept(info))
    for app_id, group in pages.items():
        _keep_pages(work, apps.get(app_id) or AppCredentials(app_id, Secret(""), group[0][1].application), group)
    work.report()


def _error_text(error: UserError) -> str:
    message = explain(error)
    return f"{message.title}. {message.text}" if message.text else message.title


def _why_not_kept(info: TokenInfo) -> str:
    if info.is_of_a_login:
        return _(
            "It is a User token of the app {app}, which is not set up here. "
            "Connect the app in Settings, then import it again.",
            app=info.application or info.app_id,
        )
    return _(
        "It is {kind}. Page Keys keeps Page tokens, and tokens of people and of system users.",
        kind=formatting.token_kind(info.type).phrase,
    )


def _ask_about_all(work: _Work, rows: Sequence[ImportRow]) -> list[tuple[ImportRow, TokenInfo]]:
    """What debug_token says of each token: each kept app is asked in turn; tokens of other apps ask for themselves."""
    answers: list[tuple[ImportRow, TokenInfo]] = []
    vault = work.session.vault
    apps = [app for stored_app in vault.apps() if (app := vault.app(stored_app.app_id)).secret]
    unanswered = list(rows)
    asking: list[AppCredentials] = []
    for app in apps:
        client, access_token = work.session.client(app, work.job), calls.app_token(app)
        others: list[ImportRow] = []
        asked: set[int] = set()
        try:
            for row, answer in _ask(
                work, unanswered, functools.partial(calls.debug_tokens, client, access_token=access_token)
            ):
                asked.add(row.number)
                if isinstance(answer, TokenInfo) and answer.app_id in {"", app.app_id}:
                    answers.append((row, answer))
                else:
                    others.append(row)
            asking.append(app)
        except GraphError as error:
            app_error = of_app_token(error)
            if not app_error.is_of_the_app:
                raise
            # One app's trouble hides no token of another.
            note_app_trouble(work.session, app.app_id, app_error)
            others += [row for row in unanswered if row.number not in asked]
        unanswered = others
    if not unanswered:
        return answers
    # Without a secret of ours: a proof made from it would not be these tokens' app's.
    client = work.session.client(AppCredentials("", Secret("")), work.job)

    def ask_themselves(tokens: Sequence[Secret]) -> list[TokenInfo | GraphError | None]:
        return calls.debug_tokens(client, tokens, calls.app_token(asking[0]) if asking else tokens[0], themselves=True)

    for row, answer in _ask(work, unanswered, ask_themselves):
        if isinstance(answer, TokenInfo):
            answers.append((row, answer))
        else:
            work.settle(row, Result.NOT_KEPT, _error_text(answer))
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
        login = keep_user(work.session, app, row.secret, work.job)
    except GraphError as error:
        work.settle(row, Result.NOT_KEPT, _error_text(error))
    else:
        work.logins.append(login)
        ends = formatting.ends(login.expires_at, work.session.now())
        work.settle(row, Result.KEPT, name=login.user_name, ends=_("Login {ends}", ends=ends))


_SAYS_NOTHING = frozenset({"permission_missing", "permission_refused", "reading_refused", "query_wrong"})


def _keep_pages(work: _Work, app: AppCredentials, rows_with_info: list[tuple[ImportRow, TokenInfo]]) -> None:
    """Keep one app's Page tokens: their Pages say of themselves who they are."""
    infos = {row.number: info for row, info in rows_with_info}
    client = work.session.client(app, work.job)
    access_token = calls.app_token(app) if app.secret else None
    checked_rows: list[tuple[ImportRow, TokenInfo, Page]] = []
    for row, answer in _ask(
        work,
        [row for row, _info in rows_with_info],
        lambda tokens: calls.own_pages(client, tokens, access_token or tokens[0]),
    ):
        info = infos[row.number]
        if isinstance(answer, Page):
            checked_rows.append((row, info, answer))
        elif isinstance(answer, GraphError) and answer.kind in _SAYS_NOTHING and info.profile_id:
            # The token works; the Page does not tell of itself.
            checked_rows.append((row, info, Page(info.profile_id, row.name, origins=("imported",))))
        else:
            work.settle(row, Result.NOT_KEPT, _error_text(answer))
    # Of several tokens of one Page the one that lasts longest is kept; of equal ones, the one that may most.
    best: dict[tuple[str, str], tuple[ImportRow, TokenInfo, Page]] = {}
    for one in checked_rows:
        key = (one[1].user_id, one[2].id)
        if key not in best or _is_better(one[1], best[key][1]):
            best[key] = one
    kept = keep_pages_of(
        work.session,
        app,
        [
            (info, replace(page, token=row.secret, tasks=None, origins=(_origin(row),)))
            for row, info, page in best.values()
        ],
        work.job,
        replace_lasting=work.replace_lasting,
        received={
            page.id: Received(row.sender, row.purposes, row.person) for row, _info, page in best.values() if row.sender
        },
    )
    for row, info, page in checked_rows:
        _settle_page(work, row, info, page, best[info.user_id, page.id][0], kept.lasting.get(page.id))
    _give_to_clients(work, [(row, page) for row, _info, page in best.values()])


def _origin(row: ImportRow) -> str:
    """Where a Page came from: a colleague, by name, or a file of one's own."""
    return f"received:{row.sender}" if row.sender else "imported"


def _is_better(info: TokenInfo, other: TokenInfo) -> bool:
    if info.expires_at == other.expires_at:
        return len(info.scopes) > len(other.scopes)
    return _lasts_longer(info.expires_at, other.expires_at)


def _lasts_longer(end: int | None, other: int | None) -> bool:
    return other not in {None, NO_END} and (end == NO_END or (end or 0) > (other or 0))


def _settle_page(
    work: _Work, row: ImportRow, info: TokenInfo, page: Page, best_row: ImportRow, lasting: Lasting | None
) -> None:
    """Say of a Page token that works whether it was kept, when it ends, and whether it is of the Page beside it."""
    now = work.session.now()
    ends = formatting.ends(info.expires_at, now)
    about: dict[str, Any] = {"name": page.name, "page_id": page.id, "ends": _("Token {ends}", ends=ends)}
    differs = bool(row.page_id) and row.page_id != page.id and not row.is_id_guessed
    other_page = ""
    if differs:
        ids = {"name": page.display_name, "id": page.id, "other_id": row.page_id}
        other_page = (
            _(
                "It is the token of {name} (Page ID {id}), "
                "not of the Page next to it ({other_name}, Page ID {other_id}).",
                other_name=row.name,
                **ids,
            )
            if row.name and row.name != page.name
            else _("It is the token of {name} (Page ID {id}), not of the Page next to it (Page ID {other_id}).", **ids)
        )
    if row is not best_row:
        work.settle(
            row,
            Result.LASTING,
            _sentences(
                _("The token of this Page in {place} lasts at least as long and is used.", place=best_row.place),
                other_page,
            ),
            **about,
        )
    elif lasting is not None:
        work.lasting.append(row)
        why = _(
            "The token kept for this Page {kept_ends}; this one {ends}. The one that lasts longer stays.",
            kept_ends=formatting.ends(lasting.row.expires_at, now),
            ends=ends,
        )
        if lasting.more:
            why = _("The token kept for this Page may more: {names}. It stays.", names=list_of(lasting.more))
        work.settle(row, Result.LASTING, _sentences(why, other_page), **about)
    else:
        work.settle(row, Result.KEPT, other_page, differs=differs, **about)


def _sentences(*sentences: str) -> str:
    return " ".join(one for one in sentences if one)


def _give_to_clients(work: _Work, rows: Sequence[tuple[ImportRow, Page]]) -> None:
    """Give the Pages to the clients that stand beside them, as Page Keys' own exports name them."""
    known = {fold(client.name) for client in work.session.vault.clients.all()}
    pages: dict[str, list[str]] = {}
    for row, page in rows:
        names = list(row.client_names)
        if not names:
            names = [row.clients] if fold(row.clients) in known else texts.listed(row.clients)
        for name in filter(None, map(name_of_ones_own, names)):
            pages.setdefault(name, []).append(page.id)
    for name, page_ids in pages.items():
        work.session.vault.clients.give(work.session.vault.clients.named(name), page_ids)


# ----------------------------------------------------------------------- saying
def import_messages(report: ImportReport, reading: ImportReading) -> list[Message]:
    """What to tell of an import: what was kept, what was not and why, and what is to be done with the rest."""
    kept, lasting = report.kept, report.count(Result.LASTING)
    failed = report.count(Result.NOT_KEPT)
    tokens = formatting.tokens(kept)
    others = report.count(Result.LEFT)
    messages = []
    if not report.complete:
        messages.append(message("import_stopped", name=tokens))
    elif not kept:
        messages.append(
            message(
                "imported_none" if failed else "imported_nothing_new",
                name=formatting.rows(len(report.outcomes)),
            )
        )
    elif failed:
        messages.append(message("imported_some", name=tokens, found=formatting.rows(failed)))
    elif reading.has_more or others or lasting or reading.others or reading.beyond or reading.unread:
        messages.append(message("imported_with_rest", name=tokens))
    else:
        messages.append(message("imported_all", name=tokens))
    if report.lasting:
        messages.append(message("import_lasting", name=formatting.tokens(len(report.lasting))))
    if report.differing:
        messages.append(message("import_differs", name=formatting.tokens(report.differing)))
    if reading.beyond:
        messages.append(
            message(
                "import_beyond",
                name=ngettext("{count} more token", "{count} more tokens", reading.beyond),
                found=number(MOST),
            )
        )
    messages += [
        _for_login(message("imported_login", name=login.display_name), login)
        for login in {one.id: one for one in report.logins}.values()
    ]
    return messages


def _for_login(text: Message, login: StoredLogin) -> Message:
    assert text.action is not None
    return replace(text, action=Action(text.action.label, text.action.request._replace(login_id=login.id)))


def report_table(outcomes: Sequence[Outcome]) -> str:
    """What became of each row, as a table to copy. Holds no token."""
    sheet = _report_sheet(outcomes)
    return "".join("\t".join(" ".join(str(cell).split()) for cell in row) + "\n" for row in (sheet.names, *sheet.rows))


def save_report(session: Session, path: Path, outcomes: Sequence[Outcome], job: JobContext) -> Path:
    """Write what became of each row into a CSV file. Holds no token. Raises UserError."""
    write_export(path, texts.encode_text(texts.csv_text(_report_sheet(outcomes))))
    return path


def _report_sheet(outcomes: Sequence[Outcome]) -> Sheet:
    return Sheet(
        ("Where", "Page or person", "Page ID", "Result", "Ends", "Why"),
        ("where", "name", "id", "result", "ends", "why"),
        (16, 32, 20, 16, 28, 60),
        [(one.place, one.name, one.page_id, one.result.label, one.ends, one.why) for one in outcomes],
    )
