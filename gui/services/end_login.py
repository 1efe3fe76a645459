"""Note that a login ended in the middle of other work, or that it works again: the person, their tokens, the app."""

from gui.errors import JobContext
from gui.graph.errors import GraphError
from gui.services.session import Session
from gui.values import StoredLogin, TokenState
from gui.vault.health_records import CheckResult

#: Page tokens go on after these: a login that ended on its day, and a call that went out without a token.
_SPARE_PAGE_TOKENS = frozenset({"token_expired", "no_token_sent"})


def note_login_ended(session: Session, stored_login: StoredLogin, error: GraphError, job: JobContext) -> None:
    """Write down what `error` says: of the app alone, or of the login and the Page tokens that end with it.

    The person was told just now, so nothing of it counts as news.
    """
    records, now = session.vault.health_records, session.now()
    result = CheckResult(TokenState.NEEDS_YOU, error.kind, code=error.code)
    if error.is_of_the_app:
        records.record_app(stored_login.app_id, result, now)
        return
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
