"""Check any token: everything that debug_token and the token's owner say of it, in words. It is kept only if asked."""

from dataclasses import dataclass, replace

from gui.desk.desk import Desk
from gui.desk.keep_imported import keep_pages_of
from gui.desk.login import LoggedIn, asked, death_of
from gui.errors import JobContext, UserError
from gui.graph import calls
from gui.graph.client import GraphClient
from gui.graph.errors import GraphError
from gui.values import AppCredentials, Page, Secret, TokenInfo, UserToken

#: debug_token's answers to an app that the token is not of.
_OTHER = frozenset({"other_app", "proof_wrong", "proof_missing", "native_desktop"})


@dataclass(frozen=True, slots=True)
class TokenReport:
    """What is known of a token.

    `app` is the app it belongs to, without a secret if it is not kept here; `name` the person's or Page's; `held` and
    `lacking` are permissions; `pages` the Pages it was given for (None: all, or not told); `why` is the reason if it is dead.
    """

    facts: TokenInfo
    app: AppCredentials
    name: str = ""
    page: Page | None = None
    held: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    pages: tuple[str, ...] | None = None
    why: UserError | None = None
    whose: str = ""

    @property
    def can_be_kept(self) -> bool:
        return self.why is None and ((self.facts.type == "USER" and bool(self.app.secret)) or self.facts.type == "PAGE")


def examine(desk: Desk, secret: Secret, job: JobContext) -> TokenReport:
    """Ask about a token from anywhere. Raises GraphError where nothing can be learned of it."""
    app, facts = _facts(desk, secret, job)
    if not facts.is_valid:
        return TokenReport(facts, app, why=death_of(facts))
    client = desk.client(app, job)
    report = TokenReport(facts, app, held=facts.scopes, pages=None if facts.chosen is None else tuple(sorted(facts.chosen)))
    if facts.type == "APP":
        return report
    try:
        return _owner(desk, client, secret, report)
    except GraphError as error:
        return replace(report, why=error) if error.kind not in {"query_wrong"} else report


def _facts(desk: Desk, secret: Secret, job: JobContext) -> tuple[AppCredentials, TokenInfo]:
    """What debug_token says, asked by each kept app, else by the token itself; and the app it belongs to."""
    for kept in desk.vault.apps():
        app = desk.vault.app(kept.app_id)
        if not app.secret:
            continue
        try:
            _, facts = asked(desk, app, secret, job)
        except GraphError as error:
            # Of an app token "invalid signature" means that this app's own secret is wrong, which says nothing of the token.
            if error.kind not in {*_OTHER, "token_invalid", "secret_wrong", "app_deleted", "app_unknown"}:
                raise
            continue
        return (app if facts.app_id in {"", app.app_id} else _unknown_app(facts)), facts
    facts = calls.debug_token(desk.client(_unknown_app(None), job), secret, secret)
    return _unknown_app(facts), facts


def _unknown_app(facts: TokenInfo | None) -> AppCredentials:
    return AppCredentials(facts.app_id if facts else "", Secret(""), facts.application if facts else "")


def _owner(desk: Desk, client: GraphClient, secret: Secret, report: TokenReport) -> TokenReport:
    """Whose token it is, by asking with it: a Page says of itself, a person also which permissions are not given."""
    if report.facts.type == "PAGE":
        page = calls.page(client, secret, "me", fields=calls.page_fields(report.facts.scopes))
        people = [kept for kept in desk.vault.connections() if kept.user_id == report.facts.user_id]
        known = next((row.page for kept in people for row in desk.vault.page_rows(kept) if row.page.id == page.id), None)
        whose = people[0].user_name if people else ""
        return replace(report, name=page.name, page=replace(page, token=None, tasks=known.tasks if known else page.tasks), whose=whose)
    _, name = calls.me(client, secret)
    held = calls.permissions(client, secret)
    return replace(report, name=name, lacking=tuple(one for one, status in held.items() if status != "granted"))


def as_login(desk: Desk, report: TokenReport, secret: Secret) -> LoggedIn:
    """A person's token, to be extended and kept as a login's is."""
    facts = report.facts
    token = UserToken(
        secret, report.app.app_id, facts.user_id, report.name, facts.expires_at, facts.data_access_expires_at, facts.issued_at, facts.scopes,
        long_lived=facts.issued_at is not None,
    )  # fmt: skip
    return LoggedIn(report.app, token)


def keep_page_token(desk: Desk, report: TokenReport, secret: Secret, job: JobContext) -> int:
    """Keep a Page's token with its Page; the id of the connection that it now stands under.

    A person or app that is not kept yet is written down without login or secret.
    """
    assert report.page is not None
    (kept,) = keep_pages_of(desk, report.app, [(report.facts, replace(report.page, token=secret, origins=("pasted",)))], job)
    return kept.id
