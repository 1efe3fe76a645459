"""Test a Page's token, and add a Page that no list brought."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gui.desk import keep
from gui.desk.desk import Desk
from gui.desk.pages import row_of
from gui.desk.typed import page_in
from gui.errors import JobContext, UserError
from gui.graph import calls
from gui.graph.errors import GraphError
from gui.values import PageRow, StoredLogin
from gui.vault.checks import Check


@dataclass(frozen=True, slots=True)
class Tested:
    """What a test of a Page's token found: the row as it now is, and the problem if it does not work."""

    row: PageRow
    answered: str = ""
    problem: UserError | None = None


#: UserErrors that say nothing of the token itself.
NOT_THE_TOKEN = frozenset(
    {
        "no_network",
        "timeout",
        "tls_failed",
        "proxy_failed",
        "cut_off",
        "limit",
        "facebook_down",
        "server_trouble",
        "unknown_transient",
        "not_json",
        "empty_answer",
        "redirected",
    }
)


def test_page(desk: Desk, row: PageRow, job: JobContext) -> Tested:
    """Call the Page with its own token and write down what Facebook answered."""
    token = keep.page_token(desk, row, job)
    kept = person_of(desk, row, job)
    app = desk.vault.app(kept.app_id)
    try:
        page = calls.page(desk.client(app, job), token, "me")
    except GraphError as error:
        if error.kind in NOT_THE_TOKEN:
            return Tested(row, problem=error)
        found = replace(row, state="needs_you", why=error.kind)
        desk.vault.checks.note_pages(kept, {row.page.id: Check(found.state, found.why, code=error.code)}, desk.now(), told=True)
        return Tested(found, problem=error)
    if page.id != row.page.id:
        return Tested(row, problem=UserError("token_of_other_page", name=page.name))
    state = "soon" if row.state == "soon" else "works"
    desk.vault.checks.note_pages(kept, {row.page.id: Check(state)}, desk.now())
    return Tested(replace(row, state=state, why=""), answered=page.name)


def person_of(desk: Desk, row: PageRow, job: JobContext) -> StoredLogin:
    """Whose token a row shows. Raises UserError when the person is not kept."""
    kept = next((one for one in desk.vault.connections() if one.id == row.person), None)
    if kept is None:
        raise UserError("page_without_token")
    return kept


def add_page(desk: Desk, kept: StoredLogin, typed: str, job: JobContext) -> PageRow:
    """Fetch one Page by its ID, address or any link to it, and keep it with its token."""
    page_id = page_in(typed)
    connection = desk.vault.connection(kept)
    page = calls.page(desk.client(connection.app, job), connection.token.secret, page_id)
    if not page.name and not page.token:
        raise UserError("page_not_found")
    row = row_of(page, connection, desk.now())
    if not row.has_token:
        raise UserError("page_no_access", name=page.name or page_id)
    desk.vault.keep_pages(kept, [row])
    return replace(row, person=kept.id, sources=(kept.id,))


def add_page_for(desk: Desk, people: Sequence[StoredLogin], typed: str, job: JobContext) -> PageRow:
    """Add a Page through the first of these people who reaches it. Raises the last one's GraphError or UserError."""
    failure: UserError | None = None
    for kept in people:
        try:
            return add_page(desk, kept, typed, job)
        except UserError as problem:
            if problem.kind in NOT_THE_TOKEN or problem.kind.startswith("page_address"):
                raise
            failure = problem
    raise failure or UserError("page_not_found")
