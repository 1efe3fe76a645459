"""Test a Page's token, and add a Page that no list brought."""

from dataclasses import dataclass, replace

from gui.desk import keep
from gui.desk.desk import Desk
from gui.desk.pages import row_of
from gui.desk.typed import page_in
from gui.graph import calls
from gui.graph.errors import GraphError
from gui.values import KeptConnection, PageRow, Problem, Task
from gui.vault.checks import Check


@dataclass(frozen=True, slots=True)
class Tested:
    """What a test of a Page's token found: the row as it now is, and the problem if it does not work."""

    row: PageRow
    answered: str = ""
    problem: Problem | None = None


#: Problems that say nothing of the token itself.
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


def test_page(desk: Desk, kept: KeptConnection, row: PageRow, task: Task) -> Tested:
    """Call the Page with its own token and write down what Facebook answered."""
    token = keep.page_token(desk, kept, row, task)
    app = desk.vault.app(kept.app_id)
    try:
        page = calls.page(desk.client(app, task), token, "me")
    except GraphError as error:
        if error.kind in NOT_THE_TOKEN:
            return Tested(row, problem=error)
        found = replace(row, state="needs_you", why=error.kind)
        desk.vault.checks.note_pages(kept, {row.page.id: Check(found.state, found.why, code=error.code)}, desk.now(), told=True)
        return Tested(found, problem=error)
    if page.id != row.page.id:
        return Tested(row, problem=Problem("token_of_other_page", name=page.name))
    state = "soon" if row.state == "soon" else "works"
    desk.vault.checks.note_pages(kept, {row.page.id: Check(state)}, desk.now())
    return Tested(replace(row, state=state, why=""), answered=page.name)


def add_page(desk: Desk, kept: KeptConnection, typed: str, task: Task) -> PageRow:
    """Fetch one Page by its ID, address or any link to it, and keep it with its token."""
    page_id = page_in(typed)
    connection = desk.vault.connection(kept)
    page = calls.page(desk.client(connection.app, task), connection.token.secret, page_id)
    if not page.name and not page.token:
        raise Problem("page_not_found")
    row = row_of(page, connection, desk.now())
    if not row.has_token:
        raise Problem("page_no_access", name=page.name or page_id)
    desk.vault.keep_pages(kept, [row])
    return row
