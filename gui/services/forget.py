"""Forget people, apps and Pages on this computer, with ten seconds to think better of it. Facebook is not told."""

from collections.abc import Sequence
from dataclasses import dataclass

from gui.errors import JobContext
from gui.services import formatting
from gui.services.os_user import os_user_name
from gui.services.session import Session
from gui.text import isolated
from gui.values import AppCredentials, PageRow, StoredLogin


@dataclass(frozen=True, slots=True)
class ForgetReceipt:
    """What was hidden together under one number, and what to call it."""

    stamp: int
    name: str


def forget_login(session: Session, login: StoredLogin, keep_app: bool, job: JobContext) -> ForgetReceipt:
    """Forget a person's login and Pages; the app too when nobody else uses it, unless it is to be kept."""
    stamp = session.vault.soft_delete.hide(logins=(login.id,), with_apps=not keep_app, who=os_user_name())
    return ForgetReceipt(stamp, isolated(login.display_name))


def forget_app(session: Session, app: AppCredentials, job: JobContext) -> ForgetReceipt:
    """Forget an app with its secret, and everybody who is connected through it."""
    logins = [login.id for login in session.vault.logins() if login.app_id == app.app_id]
    stamp = session.vault.soft_delete.hide(logins=logins, apps=(app.app_id,), who=os_user_name())
    return ForgetReceipt(stamp, isolated(app.display_name))


def forget_pages(session: Session, rows: Sequence[PageRow], job: JobContext) -> ForgetReceipt:
    """Forget Pages and their tokens, whoever they were reached through."""
    pages = [(login_id, row.page.id) for row in rows for login_id in row.sources or (row.login_id,)]
    stamp = session.vault.soft_delete.hide(pages=pages, who=os_user_name())
    return ForgetReceipt(stamp, formatting.pages(len(rows)))


def bring_back(session: Session, receipt: ForgetReceipt, job: JobContext) -> None:
    """Undo: everything that was forgotten together is there again."""
    session.vault.soft_delete.bring_back(receipt.stamp, os_user_name())


def finish(session: Session, receipt: ForgetReceipt, job: JobContext) -> None:
    """The time to undo is over: secrets and rows are deleted. Raises VaultError; the next start tries again."""
    session.vault.finish_forgetting(receipt.stamp)
