"""Add a Page that no list brought, by its ID, address or any link to it."""

from collections.abc import Sequence
from dataclasses import replace

from gui.errors import JobContext, UserError
from gui.graph import calls
from gui.graph.errors import GraphError
from gui.services.input_parsing import parse_page_reference
from gui.services.list_pages import page_row
from gui.services.session import Session
from gui.values import PageRow, StoredLogin

#: What Facebook says of a Page that the person has no role on, though the permission is held.
_REFUSED = frozenset({"permission_missing", "permission_refused", "reading_refused", "app_permission_missing"})


def add_page(session: Session, stored_login: StoredLogin, reference: str, job: JobContext) -> PageRow:
    """Fetch one Page by its ID, address or any link to it, and keep it with its token."""
    page_id = parse_page_reference(reference)
    login = session.vault.login(stored_login)
    client = session.client(login.app, job)
    failure: UserError | None = None
    try:
        page = calls.page(client, login.token.secret, page_id)
    except GraphError as error:
        if error.kind == "name_not_number":
            failure = UserError("page_not_found", details=error.details)
        elif error.kind in _REFUSED and "pages_read_engagement" in login.token.scopes:
            # The permission is held; it is the Page that is somebody else's.
            failure = UserError("page_of_somebody_else", name=page_id, details=error.details)
        else:
            raise
    if failure is not None:
        raise failure
    if not page.name and not page.token:
        raise UserError("page_not_found")
    row = page_row(page, login, session.now())
    if not row.has_token:
        raise UserError("page_no_access", name=page.name or page_id)
    session.vault.keep_pages(stored_login, [row])
    return replace(row, login_id=stored_login.id, sources=(stored_login.id,))


def add_page_through_any(session: Session, logins: Sequence[StoredLogin], reference: str, job: JobContext) -> PageRow:
    """Add a Page through the first of these logins that reaches it. Raises the last one's GraphError or UserError."""
    failure: UserError | None = None
    for login in logins:
        try:
            return add_page(session, login, reference, job)
        except UserError as error:
            if (isinstance(error, GraphError) and (error.may_pass or error.is_of_the_app)) or error.kind.startswith(
                "page_address"
            ):
                raise
            failure = error
    raise failure or UserError("page_not_found")
