"""Explain an error: what a tool shows, whose matter it is and what mends it; checked against a Page's real token."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from gui.errors import JobContext, UserError
from gui.graph.error_reading import FoundError, read_errors
from gui.graph.errors import GraphError, named_permissions
from gui.i18n import _, list_of
from gui.services.check_page import check_page, login_of_row
from gui.services.explain import explain, message, message_catalog
from gui.services.keep import page_token
from gui.services.login import token_info
from gui.services.session import Session
from gui.services.states import page_rows_now
from gui.shell.commands import Command, Request
from gui.text import isolated, unify_signs
from gui.values import Action, Message, PageRow, TokenInfo

#: Whose matter an error is, by `whose` in resources/errors.toml.
WHOSE: Mapping[str, str] = {
    "token": _("It is about the token"),
    "permission": _("It is about a permission"),
    "page": _("It is about your role or a setting of the Page"),
    "app": _("It is about the app’s settings"),
    "instagram": _("It is about the Instagram account"),
    "limit": _("It is a limit, not the token"),
    "tool": _("It is the tool, not the token"),
    "facebook": _("It is Facebook itself, not the token"),
    "conversation": _("It is the conversation, not the token"),
    "unknown": _("The cause is not in this text"),
}
#: With these the token is fine: no login and no new token mends anything.
_NOT_THE_TOKEN = frozenset({"limit", "tool", "facebook", "conversation"})
#: With these something about the token is to be mended.
_OF_THE_TOKEN = frozenset({"token", "permission", "page"})
#: What a call needs that was refused with words that name no permission.
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "posting_refused": ("pages_manage_posts", "pages_read_engagement"),
    "reading_refused": ("pages_read_engagement", "pages_read_user_content"),
    "instagram_not_linked": ("instagram_basic",),
    "instagram_not_professional": ("instagram_basic",),
}
#: Errors that the Page token ends, where a User token or the app's was sent.
_OTHER_KIND = frozenset({"page_token_needed", "app_token_used", "page_task_missing"})
#: A button that is for what this program itself was doing.
_OWN = frozenset({Command.RETRY, Command.LOG_IN_WITHOUT, Command.ADD_PAGE})
#: What is another matter where a tool's call failed and not one of this program -> its sentence.
_OF_A_TOOL: Mapping[str, str] = {
    "no_token_sent": "tool_sent_no_token",
    "too_much_data": "tool_asks_too_much",
    "limit": "tool_asks_too_often",
    "query_wrong": "call_wrong",
    "other_app": "tool_has_other_app",
    "native_desktop": "tool_sent_wrong_token",
    "code_spent": "tools_login_failed",
    "code_expired": "tools_login_failed",
    "code_redirect_differs": "tools_login_failed",
    "code_malformed": "tools_login_failed",
    "proof_missing": "tools_proof_missing",
    "proof_wrong": "tools_secret_wrong",
    "secret_wrong": "tools_secret_wrong",
    "page_not_found": "tool_cannot_see_it",
    "reader_of_other_page": "tool_has_other_pages_token",
    "app_in_development": "tools_app_in_development",
    "https_needed": "tool_without_https",
}
#: Errors that are the tool's, and yet its token is no longer good.
_TOOLS_TOKEN = frozenset({"tools_login_ended", "tools_app_removed"})
#: Words that put in doubt that the token is fine, whatever else stands beside them.
_DOUBTS = re.compile(
    r"(?i)error validating access token|expired (?:\w+ ){0,2}tokens?\b|"
    r"(?:token|session|login|connection|jeton|sitzung|schlüssel|sesi[óo]n|sessão|sessione)s?(?:\b|_|(?-i:(?=[A-Z])))"
    r"[^.\n]{0,40}?(?:expired\b|invalid(?!_request)|revoked|no longer valid|isn.?t valid|not valid|\bdead\b|\bended\b|"
    r"\bmort\b|deleted|abgelaufen|ungültig|caducad|expirad|expirou|\bexpiré|vencid|inv[áa]lid|scadut|verlopen|wygas)|"
    r"is_?valid\W{1,4}false|valid\W{1,4}false|oauth\w*token\w*exception|\b401\b|user token instead|"
    r"sub_?code\W{1,4}4(?:[56]\d|9[023])\b|(?:oauthexception|error|code|fehler|erreur|190)\W{1,4}(?:190|46[037])\b|"
    r"\(#190\)|(?:do|does)(?: not|n.?t) have (?:the )?permission|requires [a-z_]+ permission|missing permission"
)
#: The longest quotation of a text (characters).
_LONGEST_QUOTE = 300


@dataclass(frozen=True, slots=True)
class ErrorReport:
    """What a pasted text means. `message` says it; `whose` is a key of WHOSE.

    `permissions` are those that it names or needs. `quoted` are the words it was known by, without secrets; `others`
    the titles of other errors that stand before it. `had_secret`: a secret was taken out; `was_cut`: only the
    beginning and the end were read; `has_doubt`: something else in the text speaks of the token.
    """

    kind: str
    message: Message
    whose: str
    permissions: tuple[str, ...] = ()
    quoted: str = ""
    others: tuple[str, ...] = ()
    had_secret: bool = False
    was_cut: bool = False
    has_doubt: bool = False

    @property
    def is_not_the_token(self) -> bool:
        """Whether nothing about the token or its permissions is to be mended."""
        return self.whose in _NOT_THE_TOKEN and not self.has_doubt and self.kind not in _TOOLS_TOKEN

    @property
    def summary(self) -> str:
        """Whose matter it is, and that the token is fine where that is sure."""
        if self.is_not_the_token:
            return _("{whose}. The token is fine: nothing to mend here.", whose=WHOSE[self.whose])
        if self.kind in _TOOLS_TOKEN:
            return _("It is about the tool’s own login to Facebook.")
        return f"{WHOSE[self.whose]}."


def explain_error(text: str) -> ErrorReport:
    """What a pasted text means. Raises UserError where there is nothing, or nothing that is known."""
    if not text.strip():
        raise UserError("error_text_missing")
    found = read_errors(text)
    last = found.last
    if last is None:
        raise UserError("error_not_understood")
    others = [*found.errors[:-1], *found.left_out]
    named = [*(one for one in found.left_out if _whose(one.kind) in _OF_THE_TOKEN), *found.errors[:-1]]
    facebook = last.error.facebook
    words = unify_signs(f"{found.clean} {facebook.message} {facebook.user_title} {facebook.user_msg}")
    return ErrorReport(
        kind=last.kind,
        message=_of_a_tool(last.error),
        whose=_whose(_OF_A_TOOL.get(last.kind, last.kind)),
        permissions=_permissions(last),
        quoted=_quoted(last.error),
        others=tuple(dict.fromkeys(_of_a_tool(one.error).title for one in named)),
        had_secret=found.had_secret,
        was_cut=found.was_cut,
        has_doubt=any(_whose(one.kind) in _OF_THE_TOKEN for one in others) or _DOUBTS.search(words) is not None,
    )


def _whose(kind: str) -> str:
    return message_catalog()[kind].get("whose", "unknown")


def _of_a_tool(error: GraphError) -> Message:
    """What an error means where a tool's call failed, without a button that repeats what this program did."""
    shown = explain(error)
    if error.kind in _OF_A_TOOL:
        shown = replace(message(_OF_A_TOOL[error.kind], **error.values), details=shown.details)
    if shown.action is None or shown.action.request.command not in _OWN:
        return shown
    if shown.action.request.command is Command.LOG_IN_WITHOUT:
        use_cases = Request(Command.OPEN_LINK, link="app_use_cases")
        return replace(shown, action=Action(_("Open Use cases"), use_cases))
    return replace(shown, action=None)


def _permissions(found: FoundError) -> tuple[str, ...]:
    return tuple(_NEEDED.get(found.kind) or named_permissions(found.error.facebook.message))


def _quoted(error: GraphError) -> str:
    text = " ".join(error.facebook.message.split())
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE].rstrip()} …"


# ----------------------------------------------------------------- a Page's token
@dataclass(frozen=True, slots=True)
class PageChoice:
    """A Page whose token can be looked at; `person` is whose token it is, where several logins reach the Page."""

    row: PageRow
    person: str = ""


def pages_to_choose(session: Session, job: JobContext) -> list[PageChoice]:
    """The kept Pages that have a token, by name, each once for every login that reaches it. Raises VaultError."""
    logins = session.vault.logins()
    names = {login.id: login.display_name for login in logins}
    choices = [
        PageChoice(source, names[source.login_id] if row.others else "")
        for row in page_rows_now(session, *logins)
        for source in row.by_source
        if source.has_token
    ]
    return sorted(choices, key=lambda one: (one.row.page.display_name.casefold(), one.row.page.id))


def check_error(session: Session, report: ErrorReport, row: PageRow, job: JobContext) -> Message:
    """What is so with this Page's own token, after asking Facebook: the error's remedy for this Page.

    Raises GraphError, VaultError where Facebook or the keychain could not be asked.
    """
    name = isolated(row.page.display_name)
    check = check_page(session, row, job)
    if check.error is not None:
        if isinstance(check.error, GraphError) and (check.error.may_pass or not check.error.is_of_the_token):
            raise check.error
        return _for_login(explain(check.error), row)
    stored_login = login_of_row(session, row, job)
    info = token_info(session, session.vault.app(stored_login.app_id), page_token(session, row, job), job)
    if report.kind == "name_not_number":
        return _copying(
            message("error_copy_id", name=name, found=row.page.id), row, Command.COPY_PAGE_ID, _("Copy the Page ID")
        )
    if report.is_not_the_token:
        return message("error_token_fine", name=name)
    missing = missing_for_page(report.permissions, info, row)
    if report.whose in {"permission", "instagram"} and missing:
        found = message("error_permission_missing", name=name, found=list_of(missing))
        return _for_login(found, row)
    if report.kind in {"instagram_not_linked", "instagram_not_professional"} and not row.page.instagram_id:
        return message("error_no_instagram", name=name)
    if report.kind == "user_token_needed":
        found = message("error_copy_user_token", name=isolated(stored_login.display_name))
        return _copying(found, row, Command.COPY_USER_TOKEN, _("Copy the User token"))
    if report.whose in {"token", "permission"} or report.kind in _OTHER_KIND or report.whose == "unknown":
        return _copying(message("error_copy_token", name=name), row, Command.COPY_PAGE_TOKEN, _("Copy the Page token"))
    return message("error_elsewhere", name=name)


def missing_for_page(permissions: tuple[str, ...], info: TokenInfo, row: PageRow) -> tuple[str, ...]:
    """Those of `permissions` that a Page's token has not got for this Page."""
    withheld = info.withheld(row.page.id, row.page.instagram_id)
    return tuple(name for name in permissions if name not in info.scopes or name in withheld)


def _for_login(shown: Message, row: PageRow) -> Message:
    """A message whose button is for the login that the Page's token is of."""
    if shown.action is None:
        return shown
    return replace(shown, action=shown.action._replace(request=shown.action.request._replace(login_id=row.login_id)))


def _copying(shown: Message, row: PageRow, command: Command, words: str) -> Message:
    return replace(shown, action=Action(words, Request(command, login_id=row.login_id, page_id=row.page.id)))
