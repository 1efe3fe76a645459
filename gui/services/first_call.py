"""Test a token as a tool would: the first call that such a tool makes, with the token that it gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from gui.errors import JobContext, UserError
from gui.graph import calls
from gui.graph.errors import GraphError
from gui.services.check_page import login_of_row
from gui.services.explain import explain
from gui.services.keep import page_token
from gui.services.purposes import Purpose, TokenKind
from gui.services.session import Session
from gui.services.tools import Tool
from gui.text import isolated
from gui.values import PageRow, Secret

if TYPE_CHECKING:
    from gui.values import AppCredentials, StoredLogin


def try_tool(session: Session, tool: Tool, row: PageRow, job: JobContext) -> None:
    """Make the tool's first call for this Page. Raises UserError for why it fails, VaultError."""
    login = login_of_row(session, row, job)
    app = session.vault.app(login.app_id)
    has_secret = tool.sends_proof and any("{app_secret}" in value for _name, value in tool.fields)
    if not has_secret:
        # Such a tool has no App secret to make a proof with.
        app = replace(app, secret=Secret(""))
    try:
        if tool.wants != "user":
            _call(session, app, tool.call, row, _token(session, row, login, job, is_page=True), job)
        if tool.wants in {"user", "both"}:
            call = tool.call if tool.wants == "user" else "me"
            _call(session, app, call, row, _token(session, row, login, job, is_page=False), job)
    except GraphError as error:
        failure = error
    else:
        return
    if failure.kind == "proof_missing" and not has_secret:
        raise UserError("tool_sends_no_proof", name=tool.name, details=failure.details)
    raise failure


def try_tool_for(session: Session, tool: Tool, rows: Sequence[PageRow], job: JobContext) -> int:
    """Make the tool's first call for each of these Pages; how many there were.

    Raises UserError for why it fails: for the one Page, or naming the first that it fails for.
    """
    for row in rows:
        job.check()
        try:
            try_tool(session, tool, row, job)
        except UserError as error:
            if len(rows) == 1 or (isinstance(error, GraphError) and error.is_of_the_app):
                raise
            shown = explain(error)
            raise UserError(
                "tool_fails_for_page", name=isolated(row.page.display_name), found=shown.title, details=error.details
            ) from None
    return len(rows)


def try_purpose(session: Session, purpose: Purpose, row: PageRow, job: JobContext) -> None:
    """Make the call that a tool for this purpose makes first. Raises UserError for why it fails, VaultError."""
    login = login_of_row(session, row, job)
    is_page = purpose.token not in {TokenKind.USER, TokenKind.SYSTEM_USER}
    token = _token(session, row, login, job, is_page=is_page)
    _call(session, session.vault.app(login.app_id), purpose.call, row, token, job)


def _token(session: Session, row: PageRow, login: StoredLogin, job: JobContext, *, is_page: bool) -> Secret:
    return page_token(session, row, job) if is_page else session.vault.login(login).token.secret


def _call(session: Session, app: AppCredentials, call: str, row: PageRow, token: Secret, job: JobContext) -> None:
    if "{instagram}" in call and not row.page.instagram_id:
        raise UserError("page_without_instagram", name=row.page.display_name)
    path, _, query = call.partition("?")
    path = path.replace("{page}", row.page.id).replace("{instagram}", row.page.instagram_id)
    calls.first_call(session.client(app, job), path, token, dict(parse_qsl(query)))
