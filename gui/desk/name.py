"""Names of one's own for people and apps: 'Anna, private account', 'The old publisher'."""

from gui.desk.desk import Desk
from gui.errors import JobContext
from gui.values import StoredLogin

_LONGEST = 60


def _said(name: str) -> str:
    return " ".join(name.split())[:_LONGEST]


def name_person(desk: Desk, kept: StoredLogin, name: str, job: JobContext) -> None:
    """Call a person so; empty takes Facebook's name again."""
    desk.vault.name_connection(kept, _said(name))


def name_app(desk: Desk, app_id: str, name: str, job: JobContext) -> None:
    """Call an app so; empty takes Facebook's name again."""
    desk.vault.name_app(app_id, _said(name))
