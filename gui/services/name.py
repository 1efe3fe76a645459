"""Names of one's own for people and apps: 'Anna, private account', 'The old publisher'."""

from gui.errors import JobContext
from gui.services.session import Session
from gui.values import StoredLogin

_LONGEST = 60


def _shorten(name: str) -> str:
    return " ".join(name.split())[:_LONGEST].rstrip()


def name_login(session: Session, login: StoredLogin, name: str, job: JobContext) -> None:
    """Call a person so; empty takes Facebook's name again."""
    session.vault.name_login(login, _shorten(name))


def name_app(session: Session, app_id: str, name: str, job: JobContext) -> None:
    """Call an app so; empty takes Facebook's name again."""
    session.vault.name_app(app_id, _shorten(name))
