"""Copy for a tool: exactly the fields that it asks for, in its own names and format; and who got which token."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gui.errors import JobContext, UserError
from gui.files import texts
from gui.i18n import _, list_of
from gui.services.fit import evidence_of, ready_for
from gui.services.os_user import os_user_name
from gui.services.purposes import purposes
from gui.services.session import Session
from gui.services.tokens import read_tokens
from gui.services.tools import Tool, tools
from gui.text import fold
from gui.values import Event, PageRow, Secret, StoredLogin

#: What a place in a field stands for that is a secret.
_SECRETS = frozenset({"page_token", "user_token", "app_secret"})
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class HandOverField:
    """One field of a tool: its name there, its value, for which Page, and what it is.

    `is_secret` values are not shown; one that `is_own` is an example that the person replaces.
    """

    name: str
    value: Secret
    page_name: str = ""
    is_secret: bool = False
    is_own: bool = False
    is_app_secret: bool = False


@dataclass(frozen=True, slots=True)
class HandOver:
    """What a tool gets. `text` is all of it in the tool's own format; `left_out` names Pages without a token."""

    tool: Tool
    rows: tuple[PageRow, ...]
    fields: tuple[HandOverField, ...]
    text: Secret
    left_out: tuple[str, ...] = ()


def prepare(session: Session, tool: Tool, rows: Sequence[PageRow], job: JobContext) -> HandOver:
    """What this tool gets for these Pages. Raises UserError where something is not here, VaultError."""
    tokens = read_tokens(session, rows) if _asks(tool, "page_token") else {}
    with_token = [row for row in rows if row.page.id in tokens or not _asks(tool, "page_token")]
    if not with_token:
        raise UserError("none_has_token")
    shared = _shared_values(session, tool, with_token[0])
    left_out = [row.page.display_name for row in rows if row not in with_token]
    if tool.many == "list":
        same_login = [row for row in with_token if row.login_id == with_token[0].login_id]
        left_out += [row.page.display_name for row in with_token if row not in same_login]
        ids = texts.json_list([row.page.id for row in same_login])
        blocks = [(same_login[0], {**shared, **_page_values(tool, same_login[0], tokens), "page_ids": ids})]
        with_token = same_login
    else:
        blocks = [(row, {**shared, **_page_values(tool, row, tokens)}) for row in with_token]
    fields = [field for row, values in blocks for field in _fields(tool, values, row if len(blocks) > 1 else None)]
    return HandOver(tool, tuple(with_token), tuple(fields), _text(tool, blocks), tuple(left_out))


def _asks(tool: Tool, place: str) -> bool:
    """Whether a place stands anywhere in what the tool asks for."""
    return f"{{{place}}}" in tool.template or any(f"{{{place}}}" in value for _name, value in tool.fields)


def _shared_values(session: Session, tool: Tool, row: PageRow) -> dict[str, Secret]:
    """What is the same for every Page: the app's values, the person's token, a word of one's own."""
    # A word that Facebook sends back, so that the tool knows it: letters and digits, made anew each time.
    values = {"verify_token": Secret(secrets.token_hex(8))}
    login = next((one for one in session.vault.logins() if one.id == row.login_id), None)
    if login is not None and (_asks(tool, "app_id") or _asks(tool, "app_secret")):
        app = session.vault.app(login.app_id)
        values["app_id"] = Secret(app.app_id)
        if _asks(tool, "app_secret") and not app.secret:
            raise UserError("tool_needs_app_secret", name=tool.name)
        values["app_secret"] = app.secret
    if login is not None and _asks(tool, "user_token"):
        values["user_token"] = session.vault.login(login).token.secret
    return values


def _page_values(tool: Tool, row: PageRow, tokens: dict[str, Secret]) -> dict[str, Secret]:
    if _asks(tool, "instagram_id") and not row.page.instagram_id:
        raise UserError("page_without_instagram", name=row.page.display_name)
    values = {"page_id": Secret(row.page.id), "instagram_id": Secret(row.page.instagram_id)}
    token = tokens.get(row.page.id)
    return values if token is None else {**values, "page_token": token}


def _fields(tool: Tool, values: dict[str, Secret], row: PageRow | None) -> list[HandOverField]:
    return [
        HandOverField(
            name,
            texts.filled(value, values),
            row.page.display_name if row is not None else "",
            is_secret=bool(set(_PLACE.findall(value)) & _SECRETS),
            is_own=not _PLACE.search(value),
            is_app_secret="{app_secret}" in value,
        )
        for name, value in tool.fields
    ]


def _text(tool: Tool, blocks: Sequence[tuple[PageRow, dict[str, Secret]]]) -> Secret:
    """All of it in the tool's own format."""
    if tool.format == "json":
        return texts.json_of_fields([_pairs(tool, values) for _row, values in blocks])
    parts = []
    for row, values in blocks:
        if tool.format == "template":
            parts.append(texts.filled(tool.template.strip("\n") + "\n", values))
        elif tool.format == "env":
            parts.append(texts.env_text(_pairs(tool, values)))
        else:
            parts.append(texts.field_lines(_pairs(tool, values)))
        if len(blocks) > 1:
            parts[-1] = parts[-1].between(f"# {' '.join(row.page.display_name.split())} ({row.page.id})\n")
    return texts.joined(parts, "\n")


def _pairs(tool: Tool, values: dict[str, Secret]) -> list[tuple[str, Secret]]:
    return [(name, texts.filled(value, values)) for name, value in tool.fields]


# ------------------------------------------------------------------- in words
def warnings(tool: Tool, rows: Sequence[PageRow], logins: Iterable[StoredLogin]) -> list[str]:
    """What the person should know before handing over, a sentence each."""
    said = []
    by_id = {login.id: login for login in logins}
    shut = dict.fromkeys(
        key for row in rows for key in tool.purposes if key not in ready_for(evidence_of(row, by_id.get(row.login_id)))
    )
    if shut and tool.wants_a_token:
        names = list_of([purposes()[key].label for key in shut])
        said.append(_("Not ready for all that this tool does: {names}.", names=names))
    if _asks(tool, "app_secret"):
        said.append(_("Whoever has the App secret can act as your app: copy it only into a tool that you trust."))
    if not tool.sends_proof:
        said.append(_("Require App Secret must be off in the app: this tool sends no proof."))
    if tool.extends:
        said.append(_("It extends the token itself."))
    if tool.mind:
        said.append(_(tool.mind))
    return said


def kind_words(tool: Tool) -> str:
    """Which kind of token a tool wants; empty where it wants none, which `purposes_line` says."""
    return {
        "page": _("It gets the Page token."),
        "either": _("It gets the Page token; your User token would do, too."),
        "user": _("It gets your User token, not a Page token."),
        "both": _("It gets both, the Page token and your User token."),
    }.get(tool.wants, "")


# --------------------------------------------------------------------- history
def note_given(session: Session, tool: Tool, rows: Sequence[PageRow], job: JobContext) -> None:
    """Write into the history that a tool got these Pages' tokens."""
    if not tool.wants_a_token:
        return
    now, who = session.now(), os_user_name()
    session.vault.history.add([Event("given", row.page.display_name, who, tool.name, row.page.id, now) for row in rows])


def tools_with_tokens(session: Session, page_ids: Iterable[str]) -> tuple[str, ...]:
    """The tools that got a token of any of these Pages, by name: there the new one is to be pasted."""
    given = session.vault.history.details_of("given")
    return tuple(sorted({name for page_id in page_ids for name in given.get(page_id, ())}, key=str.casefold))


def choices(query: str) -> list[Tool]:
    """The tools whose name holds every word of `query`; all for an empty one."""
    words = fold(query).split()
    return [one for one in tools().values() if all(word in one.folded for word in words)]
