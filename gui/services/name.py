"""Names of one's own for people and apps: 'Anna, private account', 'The old publisher'."""

from gui.errors import JobContext
from gui.services.session import Session
from gui.text import name_of_ones_own
from gui.values import StoredLogin


def name_login(session: Session, login: StoredLogin, name: str, job: JobContext) -> None:
    """Call a person so; empty takes Facebook's name again."""
    session.vault.name_login(login, name_of_ones_own(name))


def name_app(session: Session, app_id: str, name: str, job: JobContext) -> None:
    """Call an app so; empty takes Facebook's name again."""
    session.vault.name_app(app_id, name_of_ones_own(name))
