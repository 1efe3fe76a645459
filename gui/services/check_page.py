"""Check one Page's token by calling the Page with it."""

from dataclasses import dataclass, replace

from gui.errors import JobContext, UserError
from gui.graph import calls
from gui.graph.errors import GraphError
from gui.i18n import _
from gui.services import keep
from gui.services.end_login import note_app_trouble
from gui.services.session import Session
from gui.values import PageRow, StoredLogin, TokenState
from gui.vault.health_records import CheckResult


@dataclass(frozen=True, slots=True)
class PageCheck:
    """What a test of a Page's token found: the row as it now is, and the error if it does not work."""

    row: PageRow
    answered: str = ""
    error: UserError | None = None


def check_page(session: Session, row: PageRow, job: JobContext) -> PageCheck:
    """Call the Page with its own token and write down what Facebook answered."""
    token = keep.page_token(session, row, job)
    login = login_of_row(session, row, job)
    app = session.vault.app(login.app_id)
    try:
        page = calls.page(session.client(app, job), token, "me")
    except GraphError as error:
        if error.is_of_the_app:
            note_app_trouble(session, login.app_id, error)
        if not error.is_of_the_token:
            return PageCheck(row, error=error)
        result = CheckResult(TokenState.NEEDS_YOU, error.kind, code=error.code)
        session.vault.health_records.record_pages(login, {row.page.id: result}, session.now(), seen=True)
        return PageCheck(replace(row, state=result.state, why=result.why), error=error)
    if page.id != row.page.id:
        result = CheckResult(TokenState.NEEDS_YOU, "token_of_other_page")
        session.vault.health_records.record_pages(login, {row.page.id: result}, session.now(), seen=True)
        other_page = UserError(
            "token_of_named_page", name=_("{name} (Page ID {id})", name=page.display_name, id=page.id)
        )
        return PageCheck(replace(row, state=result.state, why=result.why), error=other_page)
    state = TokenState.ENDS_SOON if row.state is TokenState.ENDS_SOON else TokenState.WORKS
    session.vault.health_records.record_pages(login, {row.page.id: CheckResult(state)}, session.now())
    return PageCheck(replace(row, state=state, why=""), answered=page.name)


def login_of_row(session: Session, row: PageRow, job: JobContext) -> StoredLogin:
    """Whose token a row shows. Raises UserError when the person is not kept."""
    login = session.vault.stored_login(row.login_id)
    if login is None:
        raise UserError("page_without_token")
    return login
