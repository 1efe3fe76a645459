"""Check any token: everything that debug_token and the token's owner say of it, in words. It is kept only if asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gui.errors import JobContext, UserError
from gui.graph import calls
from gui.graph.errors import GraphError
from gui.i18n import list_of
from gui.services import formatting
from gui.services.keep_imported import keep_pages_of
from gui.services.login import (
    LoginResult,
    business_of,
    debug_token_as_app,
    invalid_token_error,
    of_app_token,
    user_token,
)
from gui.services.session import Session
from gui.values import AppCredentials, Page, Secret, TokenInfo

if TYPE_CHECKING:
    from gui.graph.client import GraphClient

#: debug_token's answers to an app that the token is not of.
_OTHER = frozenset({"other_app", "native_desktop"})


@dataclass(frozen=True, slots=True)
class TokenReport:
    """What is known of a token.

    `app` is the app it belongs to, without a secret if it is not kept here; `name` the person's or Page's; `held` are
    permissions, `missing_permissions` those not held, each with Facebook's status behind a colon; `pages` the Pages it
    was given for (None: all, or not told); `why` is the reason if it is dead.
    """

    info: TokenInfo
    app: AppCredentials
    name: str = ""
    page: Page | None = None
    held: tuple[str, ...] = ()
    missing_permissions: tuple[str, ...] = ()
    pages: tuple[str, ...] | None = None
    why: UserError | None = None
    whose: str = ""
    business: str = ""

    @property
    def can_be_kept(self) -> bool:
        return self.why is None and ((self.info.is_of_a_login and bool(self.app.secret)) or self.info.type == "PAGE")


def inspect_token(session: Session, secret: Secret, job: JobContext) -> TokenReport:
    """Ask about a token from anywhere. Raises GraphError where nothing can be learned of it."""
    app, info = _info(session, secret, job)
    if not info.is_valid:
        return TokenReport(info, app, why=invalid_token_error(info))
    client = session.client(app, job)
    report = TokenReport(info, app, held=info.scopes, pages=None if info.chosen is None else tuple(sorted(info.chosen)))
    if info.type == "APP":
        return report
    try:
        return _owner(session, client, secret, report)
    except GraphError as error:
        return replace(report, why=error) if error.is_of_the_token or error.is_of_the_app else report


def _info(session: Session, secret: Secret, job: JobContext) -> tuple[AppCredentials, TokenInfo]:
    """What debug_token says, asked by each kept app, else by the token itself; and the app it belongs to."""
    for stored_app in session.vault.apps():
        app = session.vault.app(stored_app.app_id)
        if not app.secret:
            continue
        try:
            _, info = debug_token_as_app(session, app, secret, job)
        except GraphError as error:
            # Of an app token "invalid signature" means that this app's own secret is wrong, which says nothing of the
            # token.
            if error.kind not in _OTHER and not of_app_token(error).is_of_the_app:
                raise
            continue
        return (app if info.app_id in {"", app.app_id} else _unknown_app(info)), info
    info = calls.debug_token(session.client(_unknown_app(None), job), secret, secret)
    return _unknown_app(info), info


def _unknown_app(info: TokenInfo | None) -> AppCredentials:
    return AppCredentials(info.app_id if info else "", Secret(""), info.application if info else "")


def _owner(session: Session, client: GraphClient, secret: Secret, report: TokenReport) -> TokenReport:
    """Whose token it is, by asking with it: a Page says of itself, a person also which permissions are not given."""
    if report.info.type == "PAGE":
        page = calls.page(client, secret, "me", fields=calls.page_fields(report.info.scopes))
        people = [login for login in session.vault.logins() if login.user_id == report.info.user_id]
        kept_page = next(
            (row.page for login in people for row in session.vault.page_rows(login) if row.page.id == page.id), None
        )
        person_name = people[0].user_name if people else ""
        return replace(
            report,
            name=page.name,
            page=replace(page, token=None, tasks=kept_page.tasks if kept_page else page.tasks),
            whose=person_name,
        )
    user_id, name = calls.me(client, secret)
    permissions = calls.permissions(client, secret)
    token = user_token(secret, report.app, report.info, user_id, name)
    return replace(
        report,
        name=name,
        business=business_of(client, token) if token.is_system_user else "",
        missing_permissions=tuple(f"{name}:{status}" for name, status in permissions.items() if status != "granted"),
    )


def as_login(session: Session, report: TokenReport, secret: Secret) -> LoginResult:
    """A person's token, to be extended and kept as a login's is."""
    token = user_token(secret, report.app, report.info, report.info.user_id, report.name)
    return LoginResult(report.app, token.with_(business=report.business))


def keep_page_token(
    session: Session, report: TokenReport, secret: Secret, replace_lasting: bool, job: JobContext
) -> int:
    """Keep a Page's token with its Page; the id of the login that it now stands under.

    A person or app that is not kept yet is written down without login or secret. Raises UserError where the token that
    is kept lasts longer or may more, unless `replace_lasting`.
    """
    assert report.page is not None
    page = replace(report.page, token=secret, origins=("pasted",))
    kept = keep_pages_of(session, report.app, [(report.info, page)], job, replace_lasting=replace_lasting)
    lasting = kept.lasting.get(page.id)
    if lasting is not None:
        now = session.now()
        if lasting.more:
            raise UserError("kept_may_more", name=page.display_name, found=list_of(lasting.more))
        raise UserError(
            "kept_lasts_longer",
            name=page.display_name,
            found=formatting.ends(lasting.row.expires_at, now),
            end=formatting.ends(report.info.expires_at, now),
        )
    return kept.logins[0].id
