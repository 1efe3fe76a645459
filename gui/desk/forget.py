"""Forget people, apps and Pages on this computer, with ten seconds to think better of it. Facebook is not told."""

from collections.abc import Sequence
from dataclasses import dataclass

from gui.desk import words
from gui.desk.account import account_name
from gui.desk.desk import Desk
from gui.errors import JobContext
from gui.text import isolated
from gui.values import AppCredentials, PageRow, StoredLogin

#: How long forgetting can be undone (seconds).
UNDO_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was hidden together under one number, and what to call it."""

    stamp: int
    name: str


def forget_person(desk: Desk, kept: StoredLogin, keep_app: bool, job: JobContext) -> Forgotten:
    """Forget a person's login and Pages; the app too when nobody else uses it, unless it is to be kept."""
    stamp = desk.vault.forgetting.hide(people=(kept.id,), with_apps=not keep_app, who=account_name())
    return Forgotten(stamp, isolated(kept.user_name or kept.user_id))


def forget_app(desk: Desk, app: AppCredentials, job: JobContext) -> Forgotten:
    """Forget an app with its secret, and everybody who is connected through it."""
    people = [kept.id for kept in desk.vault.connections() if kept.app_id == app.app_id]
    stamp = desk.vault.forgetting.hide(people=people, apps=(app.app_id,), who=account_name())
    return Forgotten(stamp, isolated(app.name or app.app_id))


def forget_pages(desk: Desk, rows: Sequence[PageRow], job: JobContext) -> Forgotten:
    """Forget Pages and their tokens, whoever they were reached through."""
    pages = [(person, row.page.id) for row in rows for person in row.sources or (row.person,)]
    stamp = desk.vault.forgetting.hide(pages=pages, who=account_name())
    return Forgotten(stamp, words.count(len(rows), "Page"))


def bring_back(desk: Desk, forgotten: Forgotten, job: JobContext) -> None:
    """Undo: everything that was forgotten together is there again."""
    desk.vault.forgetting.bring_back(forgotten.stamp, account_name())


def finish(desk: Desk, forgotten: Forgotten, job: JobContext) -> None:
    """The time to undo is over: secrets and rows are deleted. Raises VaultError; the next start tries again."""
    desk.vault.finish_forgetting(forgotten.stamp)
