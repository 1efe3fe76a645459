"""Note that a login ended in the middle of other work, or that it works again: the person, their tokens, the app."""

from gui.errors import JobContext
from gui.graph.errors import GraphError
from gui.services.session import Session
from gui.values import StoredLogin, TokenState
from gui.vault.health_records import CheckResult

#: Page tokens go on after these: a login that ended on its day, and a call that went out without a token.
_SPARE_PAGE_TOKENS = frozenset({"token_expired", "no_token_sent"})


def note_app_trouble(session: Session, app_id: str, error: GraphError) -> None:
    """Write down a trouble of the app itself; its tokens stay as they are known."""
    result = CheckResult(TokenState.NEEDS_YOU, error.kind, code=error.code)
    session.vault.health_records.record_app(app_id, result, session.now())


def note_login_ended(session: Session, stored_login: StoredLogin, error: GraphError, job: JobContext) -> None:
    """Write down what `error` says: of the app alone, or of the login and the Page tokens that end with it.

    The person was told just now, so nothing of it counts as news.
    """
    if error.is_of_the_app:
        note_app_trouble(session, stored_login.app_id, error)
        return
    records, now = session.vault.health_records, session.now()
    result = CheckResult(TokenState.NEEDS_YOU, error.kind, code=error.code)
    records.record_login(stored_login, result, stored_login.missing_permissions, now)
    if error.kind not in _SPARE_PAGE_TOKENS:
        page_ids = [row.page.id for row in session.vault.page_rows(stored_login) if row.has_token]
        records.record_pages(stored_login, dict.fromkeys(page_ids, result), now, seen=True)


def note_login_works(session: Session, stored_login: StoredLogin) -> None:
    """Take back that a login or its app had ended: a list that came whole proves that both work."""
    records, now = session.vault.health_records, session.now()
    if stored_login.health.state is TokenState.NEEDS_YOU and stored_login.health.why != "data_access_ended":
        records.record_login(stored_login, CheckResult(TokenState.WORKS), stored_login.missing_permissions, now)
    app_record = records.apps().get(stored_login.app_id)
    if app_record is not None and app_record.state is TokenState.NEEDS_YOU:
        records.record_app(stored_login.app_id, CheckResult(TokenState.WORKS), now)
