"""Copy for a tool: exactly the fields that it asks for, in its own names and format; and who got which token."""

from __future__ import annotations

import functools
import re
import secrets
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from gui.errors import JobContext, UserError
from gui.files import texts
from gui.i18n import _, list_of
from gui.services import formatting
from gui.services.fit import Evidence, best_source, evidence_of, fits
from gui.services.os_user import os_user_name
from gui.services.purposes import purposes
from gui.services.session import Session
from gui.services.states import login_state, shown_by
from gui.services.tokens import read_tokens
from gui.services.tools import Tool, tools
from gui.text import fold
from gui.values import Event, PageRow, Secret, StoredLogin, TokenState

#: What a place in a field stands for that is a secret.
_SECRETS = frozenset({"page_token", "user_token", "app_secret"})
#: Places that differ from Page to Page.
_OF_A_PAGE = ("page_token", "page_id", "instagram_id")
#: Tools of these kinds have a Page token; those of USER_KINDS a User token.
PAGE_KINDS, USER_KINDS = ("page", "either", "both"), ("user", "both")
_PLACE = re.compile(r"\{(\w+)\}")
#: So many Pages are named in a sentence.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class HandOverField:
    """One field of a tool: its name there, its value, for which Page, and what it is.

    `shown` says what a value is that is no secret: an ID itself, or where a word comes from. `is_secret` values are not
    shown; one that `is_own` is an example that the person replaces.
    """

    name: str
    value: Secret
    page_name: str = ""
    shown: str = ""
    is_secret: bool = False
    is_own: bool = False
    is_app_secret: bool = False


@dataclass(frozen=True, slots=True)
class HandOver:
    """What a tool gets. `text` is all of it in the tool's own format, in so many `blocks`; `left_out` names Pages that
    lack what the tool wants."""

    tool: Tool
    rows: tuple[PageRow, ...]
    fields: tuple[HandOverField, ...]
    text: Secret
    left_out: tuple[str, ...] = ()
    blocks: int = 1

    @property
    def is_one_at_a_time(self) -> bool:
        """Whether the tool takes one block alone, so that each is for a copy of its own."""
        return self.blocks > 1 and self.tool.format != "fields" and not self.tool.head


def prepare(session: Session, tool: Tool, rows: Sequence[PageRow], job: JobContext) -> HandOver:
    """What this tool gets for these Pages. Raises UserError where something is not here, VaultError."""
    logins = {login.id: login for login in session.vault.logins()}
    sources = sources_for(tool, rows, logins, session.now())
    tokens = read_tokens(session, sources) if _asks(tool, "page_token") else {}
    with_token = [row for row in sources if row.page.id in tokens or not _asks(tool, "page_token")]
    if not with_token:
        raise UserError("none_has_token")
    able = [row for row in with_token if row.page.instagram_id or not _asks(tool, "instagram_id")]
    if not able:
        raise UserError("page_without_instagram", name=with_token[0].page.display_name)
    # What says nothing of a Page is the same for all of an account's; what says nothing of a person, for an app's.
    is_of_a_page = tool.many == "each" and any(_asks(tool, place) for place in _OF_A_PAGE)
    is_of_an_app = not is_of_a_page and tool.many == "each" and not _asks(tool, "user_token")
    app_ids = {login_id: login.app_id for login_id, login in logins.items()}
    accounts: dict[int | str, list[PageRow]] = {}
    for row in able:
        app_id = app_ids.get(row.login_id, "")
        accounts.setdefault(app_id if is_of_an_app and app_id else row.login_id, []).append(row)
    blocks: list[tuple[PageRow, dict[str, Secret]]] = []
    taken: list[PageRow] = []
    refusals: list[UserError] = []
    for of_account in accounts.values():
        try:
            shared = _shared_values(session, tool, logins.get(of_account[0].login_id))
        except UserError as error:
            # The others get theirs.
            refusals.append(error)
            continue
        if tool.many == "list":
            shared["page_ids"] = texts.json_list([row.page.id for row in of_account])
        own = of_account if is_of_a_page else of_account[:1]
        blocks += [(row, {**shared, **_page_values(row, tokens)}) for row in own]
        taken += of_account
    if not blocks:
        raise refusals[0]
    taken_ids = {row.page.id for row in taken}
    left_out = [row.page.display_name for row in rows if row.page.id not in taken_ids]
    fields = [
        field
        for row, values in blocks
        for field in _fields(tool, values, row, app_ids.get(row.login_id, ""), named=len(blocks) > 1)
    ]
    return HandOver(tool, tuple(taken), tuple(fields), _text(tool, blocks), tuple(left_out), len(blocks))


def sources_for(tool: Tool, rows: Sequence[PageRow], logins: Mapping[int, StoredLogin], now: int) -> list[PageRow]:
    """These Pages, each by the login whose tokens serve the tool best; where it takes one list, one login's Pages."""
    if tool.many != "list" or not rows:
        return [best_source(row, logins, now, partial(_rank, tool)) for row in rows]
    reached: dict[int, list[PageRow]] = {}
    for source in sorted((one for row in rows for one in row.by_source), key=lambda one: one.login_id):
        reached.setdefault(source.login_id, []).append(source)

    def worth(login_id: int) -> tuple[int, int, int]:
        ranks = [_rank(tool, evidence_of(one, logins.get(login_id), now)) for one in reached[login_id]]
        return sum(not any(one) for one in ranks), sum(not one[0] for one in ranks), len(ranks)

    login_id = max(reached, key=worth)
    return [shown_by(row, login_id) for row in rows if login_id in {one.login_id for one in row.by_source}]


def _rank(tool: Tool, known: Evidence) -> tuple[int, int]:
    """How many of the tokens that a tool asks for are not here, and how many of its purposes are shut; 0 is best."""
    no_page_token = _asks(tool, "page_token") and (not known.has_token or known.state is TokenState.NEEDS_YOU)
    no_user_token = _asks(tool, "user_token") and not known.has_user_token
    return no_page_token + no_user_token, sum(fits(known)[key].lock is not None for key in tool.purposes)


def _asks(tool: Tool, place: str) -> bool:
    """Whether a place stands anywhere in what the tool asks for."""
    return f"{{{place}}}" in tool.template or any(f"{{{place}}}" in value for _name, value in tool.fields)


def _shared_values(session: Session, tool: Tool, login: StoredLogin | None) -> dict[str, Secret]:
    """What is the same for every Page of an account: its app's values, the person's token, a word of one's own."""
    values = {"verify_token": _verify_word(tool.key, login.app_id if login is not None else "")}
    if _asks(tool, "app_id") or _asks(tool, "app_secret"):
        if login is None:
            raise UserError("page_not_kept")
        app = session.vault.app(login.app_id)
        values["app_id"] = Secret(app.app_id)
        if _asks(tool, "app_secret") and not app.secret:
            raise UserError("tool_needs_app_secret", name=tool.name)
        values["app_secret"] = app.secret
    if _asks(tool, "user_token"):
        if login is None or not login.last_four or login_state(login, session.now())[0] is TokenState.NEEDS_YOU:
            raise UserError("tool_needs_user_token", name=tool.name)
        values["user_token"] = session.vault.login(login).token.secret
    return values


@functools.cache
def _verify_word(tool_key: str, app_id: str) -> Secret:
    """A word that Facebook sends back, so that the tool knows it; one for an app as long as the program runs."""
    return Secret(secrets.token_hex(8))


def _page_values(row: PageRow, tokens: dict[str, Secret]) -> dict[str, Secret]:
    values = {"page_id": Secret(row.page.id), "instagram_id": Secret(row.page.instagram_id)}
    token = tokens.get(row.page.id)
    return values if token is None else {**values, "page_token": token}


def _fields(tool: Tool, values: dict[str, Secret], row: PageRow, app_id: str, *, named: bool) -> list[HandOverField]:
    ids = {"page_id": row.page.id, "instagram_id": row.page.instagram_id, "app_id": app_id}
    return [
        HandOverField(
            name,
            texts.filled(value, values),
            row.page.display_name if named else "",
            shown=_shown(value, ids),
            is_secret=bool(set(_PLACE.findall(value)) & _SECRETS),
            is_own=not _PLACE.search(value) and name not in tool.ready,
            is_app_secret="{app_secret}" in value,
        )
        for name, value in tool.fields
    ]


def _shown(value: str, ids: Mapping[str, str]) -> str:
    places = set(_PLACE.findall(value))
    if places == {"verify_token"}:
        return _("a word made up here")
    return _PLACE.sub(lambda place: ids[place[1]], value) if places <= ids.keys() else ""


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
            # What ends PHP, or a comment, would end it here.
            name = re.sub(r"([?*])(?=[>/])", r"\1 ", " ".join(row.page.display_name.split()))
            parts[-1] = parts[-1].between(f"{tool.comment} {name} ({row.page.id})\n")
    return texts.joined(parts, "" if tool.head else "\n").between(tool.head)


def _pairs(tool: Tool, values: dict[str, Secret]) -> list[tuple[str, Secret]]:
    return [(name, texts.filled(value, values)) for name, value in tool.fields]


# ------------------------------------------------------------------- in words
@dataclass(frozen=True, slots=True)
class Caution:
    """What the person should know before handing over; `row` is the first Page that is not ready."""

    text: str
    row: PageRow | None = None


def cautions(tool: Tool, rows: Sequence[PageRow], logins: Iterable[StoredLogin], now: int) -> list[Caution]:
    """What the person should know before handing these Pages' tokens over."""
    found = []
    by_id = {login.id: login for login in logins}
    sources = sources_for(tool, rows, by_id, now) if tool.wants_a_token else []
    shut: dict[str, PageRow] = {}
    dead = [row for row in sources if row.state is TokenState.NEEDS_YOU and row.has_token]
    if dead and _asks(tool, "page_token"):
        names = formatting.join_some([row.page.display_name for row in dead], _NAMED)
        found.append(Caution(_("The token does not work now: {names}.", names=names), dead[0]))
    for row in sources:
        known = fits(evidence_of(row, by_id.get(row.login_id), now))
        for key in tool.purposes if row.state is not TokenState.NEEDS_YOU else ():
            if known[key].lock is not None:
                shut.setdefault(key, row)
    unsure = [key for key in tool.purposes if purposes()[key].open]
    if unsure and tool.wants_a_token:
        found.append(Caution(_("Not sure to work: {names}.", names=list_of([purposes()[key].label for key in unsure]))))
    if shut:
        names = list_of([purposes()[key].label for key in shut])
        text = _("Not ready for all that this tool does: {names}.", names=names)
        found.append(Caution(text, next(iter(shut.values()))))
    if _asks(tool, "app_secret"):
        text = _("Whoever has the App secret can act as your app: copy it only into a tool that you trust.")
        found.append(Caution(text))
    if not tool.sends_proof:
        found.append(Caution(_("Require App Secret must be off in the app: this tool sends no proof.")))
    if tool.extends:
        found.append(Caution(_("It extends the token itself.")))
    if tool.mind:
        found.append(Caution(_(tool.mind)))
    return found


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


def tools_with_tokens(session: Session, page_ids: Iterable[str], kinds: Container[str] = PAGE_KINDS) -> tuple[str, ...]:
    """The tools that got a token of any of these Pages, by name: there the new one is to be pasted.

    `kinds` are those of the tokens that they want (`Tool.wants`).
    """
    return tools_given(session.vault.history.details_of("given"), page_ids, kinds)


def tools_given(
    given: Mapping[str, Collection[str]], page_ids: Iterable[str], kinds: Container[str]
) -> tuple[str, ...]:
    """As `tools_with_tokens`, from the names of tools that are `given` by Page ID."""
    by_name = {one.name: one for one in tools().values()}
    found = set()
    for name in {name for page_id in page_ids for name in given.get(page_id, ())}:
        tool = by_name.get(name)
        if (tool.wants if tool is not None else "page") in kinds:
            # A tool's further forms are the same tool.
            found.add(tools()[tool.variant_of].name if tool is not None and tool.variant_of in tools() else name)
    return tuple(sorted(found, key=str.casefold))


def choices(query: str) -> list[Tool]:
    """The tools that every word of `query` is found in: name, fields, what to do there; all for an empty one."""
    words = fold(query).split()
    return [one for one in tools().values() if all(word in one.folded for word in words)]
