"""One function an endpoint. Each takes a client and gives values; none keeps anything."""

from __future__ import annotations

import hashlib
import json
import re
import urllib.parse
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qs, urlencode, urlsplit

import msgspec

from gui.graph.decoding import LARGEST_DEBUG, decode, part
from gui.graph.errors import LONGEST_TEXT, GraphError
from gui.graph.models import (
    Answered,
    BatchItem,
    DebugAnswer,
    DebugData,
    GranularScope,
    Named,
    NamedEdge,
    PageEdge,
    PageLeadAccess,
    PageRow,
    Paging,
    Permissions,
    Removed,
    TokenAnswer,
)
from gui.graph.redact import redact
from gui.text import clean_name
from gui.values import AppCredentials, Page, Secret, TokenInfo

if TYPE_CHECKING:
    from gui.graph.client import GraphClient

#: Rows asked for at a time; /accounts gives 25 when nothing is asked.
PAGE_SIZE = 100
#: Calls that one batch may hold (Batch Requests).
BATCH_SIZE = 50
_OWN_FIELDS = "id,name,category,link,picture{url}"
#: A path, its parameters, and the token of its own that it is made with, if it has one.
_Item = tuple[str, dict[str, str | Secret], Secret | None]
_A = TypeVar("_A")
_FIELDS = "id,name,category,tasks,access_token,link,picture{url}"


def page_fields(scopes: tuple[str, ...]) -> str:
    """The fields of a Page to ask for; its Instagram account only where the permission is there."""
    return f"{_FIELDS},instagram_business_account{{id,username,name}}" if "instagram_basic" in scopes else _FIELDS


@dataclass(frozen=True)
class PageBatch:
    """One page of an edge: its rows, the cursor of the next one (empty: the end), and the count if known.

    `unreadable` names rows that could not be read; `has_lost_its_way` says that there is more, and no cursor to it.
    """

    #: With tokens in clear: for `pages` alone.
    _rows: tuple[PageRow, ...] = field(repr=False)
    after: str
    total: int | None
    unreadable: tuple[str, ...] = ()
    has_lost_its_way: bool = False
    origin: str = "accounts"

    @property
    def ids(self) -> tuple[str, ...]:
        """The IDs of its Pages."""
        return tuple(str(row.id) for row in self._rows)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Its Pages, made when they are first looked at: by then the next page of the edge may be asked for."""
        return tuple(_page(row, self.origin) for row in self._rows)


@dataclass(frozen=True, slots=True)
class ExchangedToken:
    """A long-lived User token; `expires_in` is seconds, 0 no known end, None was not told."""

    secret: Secret
    expires_in: int | None


def app_token(app: AppCredentials) -> Secret:
    """The app token `APPID|SECRET`, by which an app asks about its own tokens."""
    return Secret(f"{app.app_id}|{app.secret.reveal()}")


def exchange_token(client: GraphClient, app: AppCredentials, short: Secret) -> ExchangedToken:
    """Exchange a short-lived User token for a long-lived one (Long-Lived Access Tokens), by POST."""
    answer = client.post(
        "oauth/access_token",
        TokenAnswer,
        params={
            "grant_type": "fb_exchange_token",
            "client_id": app.app_id,
            "client_secret": app.secret,
            "fb_exchange_token": short,
        },
    )
    return _exchanged(answer)


def _exchanged(answer: TokenAnswer) -> ExchangedToken:
    token = answer.access_token.strip()
    if not re.fullmatch(r"[\x21-\x7e]+", token):
        raise GraphError("wrong_shape")
    is_span = answer.expires_in is not None and 0 <= answer.expires_in <= _LONGEST_SPAN
    return ExchangedToken(Secret(token), answer.expires_in if is_span else None)


def exchange_code(client: GraphClient, app: AppCredentials, code: Secret, redirect_uri: str) -> ExchangedToken:
    """Exchange the code of a login in the person's own browser for a User token, by POST."""
    answer = client.post(
        "oauth/access_token",
        TokenAnswer,
        params={"client_id": app.app_id, "client_secret": app.secret, "redirect_uri": redirect_uri, "code": code},
    )
    return _exchanged(answer)


def me(client: GraphClient, token: Secret) -> tuple[str, str]:
    """The id (app-scoped) and name of the token's person; for a Page token the Page's."""
    answer = client.get("me", Named, token, {"fields": "id,name"})
    return str(answer.id), clean_name(answer.name or "")


def app_name(client: GraphClient, app: AppCredentials) -> str:
    """The app's name, read with its app token: proves App ID and App secret belong together."""
    answer = client.get(app.app_id, Named, app_token(app), {"fields": "id,name"})
    return clean_name(answer.name or "")


def debug_token(client: GraphClient, token: Secret, access_token: Secret) -> TokenInfo:
    """What Facebook knows of `token`, asked with `access_token` (an app token, or a token of the same app).

    A bad token is an answer, not an error: `is_valid` False and why.
    """
    answer = client.get("debug_token", DebugAnswer, access_token, {"input_token": token}, largest=LARGEST_DEBUG)
    if answer.data is None:
        raise GraphError("wrong_shape")
    return _facts(answer.data, (token, access_token))


def _facts(data: DebugData, secrets: Sequence[Secret]) -> TokenInfo:
    return TokenInfo(
        # Where Facebook does not say it, an error would be beside it.
        is_valid=data.error is None if data.is_valid is None else data.is_valid,
        type=(data.type or "").upper(),
        app_id=_text(data.app_id),
        application=clean_name(data.application or ""),
        user_id=_text(data.user_id),
        profile_id=_text(data.profile_id),
        expires_at=_moment(data.expires_at),
        data_access_expires_at=_moment(data.data_access_expires_at),
        issued_at=_moment(data.issued_at),
        scopes=tuple(_names(data)),
        granular=_granular(data),
        error_code=data.error.code if data.error else None,
        error_subcode=data.error.subcode if data.error else None,
        error_message=redact((data.error.message or "")[:LONGEST_TEXT], secrets) if data.error else "",
    )


#: Nor does one last longer than some decades (seconds).
_LONGEST_SPAN = 2_000_000_000
#: No token lasts longer than to the year 2100 (Unix seconds); a larger number is none of seconds.
_LAST_MOMENT = 4_102_444_800


def _moment(value: int | None) -> int | None:
    """A time that Facebook told; what cannot be one is not known."""
    return value if value is not None and 0 <= value < _LAST_MOMENT else None


def _names(data: DebugData) -> Sequence[str]:
    """The permissions of a token, also where they stand in one text; none where they cannot be read."""
    try:
        return part(data.scopes, list[str]) or ()
    except GraphError:
        text = bytes(memoryview(data.scopes)).decode("utf-8", "replace")
        return re.findall(r"[a-z]+(?:_[a-z0-9]+)+", text)


def _granular(data: DebugData) -> tuple[tuple[str, tuple[int, ...] | None], ...]:
    """Permission -> the IDs it was given for; permissions often have the very same long list, which is kept once."""
    lists: dict[bytes, tuple[int, ...] | None] = {}
    scopes = []
    for row in _granular_rows(data):
        key = hashlib.blake2b(memoryview(row.target_ids), digest_size=16).digest()
        if key not in lists:
            ids = part(row.target_ids, list[int], long_list=True)
            lists[key] = None if ids is None else tuple(ids)
        scopes.append((row.scope, lists[key]))
    return tuple(scopes)


def _granular_rows(data: DebugData) -> Sequence[GranularScope]:
    try:
        return part(data.granular_scopes, list[GranularScope], long_list=True) or ()
    except GraphError:
        # Then it is not known which Pages were chosen.
        return ()


def debug_tokens(
    client: GraphClient, tokens: Sequence[Secret], access_token: Secret, *, themselves: bool = False
) -> list[TokenInfo | GraphError | None]:
    """What Facebook knows of up to BATCH_SIZE tokens, in one call and in their order (Batch Requests).

    With `themselves` each token asks about itself. None: this one was not done in time and is to be asked again; a
    GraphError: it was refused.
    """
    items: list[_Item] = [("debug_token", {"input_token": token}, token if themselves else None) for token in tokens]
    answers = _batch(client, items, access_token, DebugAnswer)
    return [_debug_answer(answer, (token, access_token)) for token, answer in zip(tokens, answers, strict=True)]


def _debug_answer(answer: DebugAnswer | GraphError | None, secrets: Sequence[Secret]) -> TokenInfo | GraphError | None:
    if isinstance(answer, DebugAnswer):
        return None if answer.data is None else _facts(answer.data, secrets)
    return answer


def own_pages(client: GraphClient, tokens: Sequence[Secret], access_token: Secret) -> list[Page | GraphError | None]:
    """Up to BATCH_SIZE Pages, each asked for with its own token; as `debug_tokens` answers."""
    items: list[_Item] = [("me", {"fields": _OWN_FIELDS}, token) for token in tokens]
    return [
        answer if answer is None or isinstance(answer, GraphError) else _page(answer, "imported")
        for answer in _batch(client, items, access_token, PageRow)
    ]


def first_call(client: GraphClient, path: str, token: Secret, params: dict[str, str]) -> None:
    """Make a GET as a tool does, whatever it brings. Raises GraphError where Facebook refuses."""
    client.get(path, Answered, token, dict(params))


def lead_access(client: GraphClient, tokens: Sequence[Secret], access_token: Secret) -> list[bool | GraphError | None]:
    """Whether the leads of up to BATCH_SIZE Pages may be read, each asked for with its own token (Has Lead Access).

    None: not done in time, or not told.
    """
    items: list[_Item] = [("me", {"fields": "has_lead_access"}, token) for token in tokens]
    answers = _batch(client, items, access_token, PageLeadAccess)
    return [_lead_answer(answer) for answer in answers]


def _lead_answer(answer: PageLeadAccess | GraphError | None) -> bool | GraphError | None:
    if not isinstance(answer, PageLeadAccess):
        return answer
    access = answer.has_lead_access
    if access is None or access.can_access_lead is None:
        return GraphError("wrong_shape")
    return access.can_access_lead


def _batch(
    client: GraphClient, items: Sequence[_Item], access_token: Secret, answer_type: type[_A]
) -> list[_A | GraphError | None]:
    """Several GETs in one call: each a path, its parameters, and its own token where that is not `access_token`."""
    requests = []
    for path, params, own_token in items:
        query = {name: value.reveal() if isinstance(value, Secret) else value for name, value in params.items()}
        if own_token is not None:
            query["access_token"] = own_token.reveal()
            if client.app is not None and client.app.secret:
                query["appsecret_proof"] = client.app.secret.proof_for(own_token)
        requests.append({"method": "GET", "relative_url": f"{client.version}/{path}?" + urlencode(query)})
    try:
        batch = Secret(json.dumps(requests))
    finally:
        urllib.parse.clear_cache()  # type: ignore[attr-defined]
    answers = client.post(
        "",
        list[msgspec.Raw],
        access_token,
        {"access_token": access_token, "batch": batch, "include_headers": "false"},
        largest=LARGEST_DEBUG,
    )
    if len(answers) != len(items):
        raise GraphError("wrong_shape")
    item_secrets = [
        [one for one in (access_token, own_token, *params.values()) if isinstance(one, Secret)]
        for _, params, own_token in items
    ]
    return [_item(one, answer_type, secrets) for one, secrets in zip(answers, item_secrets, strict=True)]


def _item(raw: msgspec.Raw, answer_type: type[_A], secrets: Sequence[Secret]) -> _A | GraphError | None:
    try:
        item = part(raw, BatchItem)
        if item is None:
            return None
        return decode(item.code or 200, (item.body or "").encode(), answer_type, secrets, long_lists=True)
    except GraphError as error:
        return error


def permissions(client: GraphClient, token: Secret) -> dict[str, str]:
    """Permission -> status (granted, declined, expired) of /me/permissions."""
    answer = client.get("me/permissions", Permissions, token)
    return {row.permission: row.status or "" for row in answer.data}


def page_edge(
    client: GraphClient,
    token: Secret,
    edge: str,
    after: str = "",
    limit: int = PAGE_SIZE,
    *,
    fields: str = _FIELDS,
    origin: str = "accounts",
) -> PageBatch:
    """One page of an edge that lists Pages: me/accounts, BUSINESS-ID/owned_pages or /client_pages.

    The next call is built from the cursor: paging.next holds the token in clear and is only looked at
    for being there.
    """
    params: dict[str, str | int | Secret] = {"fields": fields, "limit": limit, "summary": "total_count"}
    if after:
        params["after"] = after
    unreadable: list[str] = []
    answer = client.get(edge, PageEdge, token, params, left_out=unreadable.append)
    cursor = _next_cursor(answer.paging)
    total = answer.summary.total_count if answer.summary else None
    if total is not None and not 0 <= total <= _MOST_PAGES:
        total = None
    unreadable += [clean_name(row.name or "") for row in answer.data if not str(row.id).strip()]
    return PageBatch(
        tuple(row for row in answer.data if str(row.id).strip()),
        cursor,
        total,
        tuple(unreadable),
        has_lost_its_way=bool(answer.paging and answer.paging.next) and not cursor,
        origin=origin,
    )


#: No person has so many: a larger count is none.
_MOST_PAGES = 10_000_000


def _next_cursor(paging: Paging | None) -> str:
    """The cursor of the next page; empty at the end. Where it stands in `next` alone, it is taken out of there."""
    if paging is None or not paging.next:
        return ""
    if paging.cursors is not None and paging.cursors.after is not None:
        return str(paging.cursors.after)
    try:
        return parse_qs(urlsplit(paging.next).query).get("after", [""])[0]
    except ValueError:
        return ""
    finally:
        urllib.parse.clear_cache()  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class BusinessBatch:
    """One page of the business portfolios: their IDs and names, and the cursor of the next one (empty: the end).

    `unreadable` names those without an ID; `has_lost_its_way` as in PageBatch.
    """

    businesses: tuple[tuple[str, str], ...]
    after: str
    unreadable: tuple[str, ...] = ()
    has_lost_its_way: bool = False


def businesses(client: GraphClient, token: Secret, after: str = "", limit: int = PAGE_SIZE) -> BusinessBatch:
    """One page of the business portfolios of the person (needs business_management)."""
    params: dict[str, str | int | Secret] = {"fields": "id,name", "limit": limit}
    if after:
        params["after"] = after
    unreadable: list[str] = []
    answer = client.get("me/businesses", NamedEdge, token, params, left_out=unreadable.append)
    cursor = _next_cursor(answer.paging)
    found: list[tuple[str, str]] = []
    for row in answer.data:
        business_id, name = str(row.id).strip(), clean_name(row.name or "")
        # An ID leads into an address.
        if business_id.isascii() and business_id.isalnum():
            found.append((business_id, name))
        else:
            unreadable.append(name)
    return BusinessBatch(
        tuple(found),
        cursor,
        tuple(unreadable),
        has_lost_its_way=bool(answer.paging and answer.paging.next) and not cursor,
    )


def pages(
    client: GraphClient, token: Secret, page_ids: Sequence[str], *, fields: str = _FIELDS, origin: str = "added"
) -> list[Page | GraphError | None]:
    """Up to BATCH_SIZE Pages by their IDs, in one call; as `debug_tokens` answers."""
    items: list[_Item] = [(page_id, {"fields": fields}, None) for page_id in page_ids]
    return [
        answer if answer is None or isinstance(answer, GraphError) else _page(answer, origin)
        for answer in _batch(client, items, token, PageRow)
    ]


def page(client: GraphClient, token: Secret, page_id: str, *, fields: str = _FIELDS, origin: str = "added") -> Page:
    """One Page by its ID or username, with its Page token if Facebook gives it."""
    return _page(client.get(page_id, PageRow, token, {"fields": fields}), origin)


def revoke(client: GraphClient, token: Secret, user_id: str) -> None:
    """Remove the app from the person (DELETE /USER-ID/permissions); the answer is `true` or an object.

    Where the token no longer works because the app is removed already, that is done.
    """
    try:
        _check_removed(client.delete(f"{user_id}/permissions", bool | Removed, token))  # type: ignore[arg-type]
    except GraphError as error:
        lost = error.after_lost_answer and error.ends_the_login and not error.is_of_the_app
        if error.kind != "app_removed" and not lost:
            raise


def revoke_permission(client: GraphClient, token: Secret, user_id: str, permission: str) -> None:
    """Give one permission back (DELETE /USER-ID/permissions/NAME)."""
    path = f"{user_id}/permissions/{permission}"
    try:
        _check_removed(client.delete(path, bool | Removed, token))  # type: ignore[arg-type]
    except GraphError as error:
        # Refused because an earlier try did it, whose answer was lost.
        if not error.after_lost_answer or error.may_pass or error.ends_the_login:
            raise


def _check_removed(answer: bool | Removed) -> None:
    if answer is not True and not (isinstance(answer, Removed) and answer.success):
        raise GraphError("wrong_shape")


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _page(row: PageRow, origin: str) -> Page:
    return Page(
        id=str(row.id),
        name=clean_name(row.name or ""),
        category=clean_name(row.category or ""),
        tasks=None if row.tasks is None else tuple(row.tasks),
        token=Secret(row.access_token) if row.access_token else None,
        picture_url=(row.picture.data.url or "") if row.picture and row.picture.data else "",
        link=row.link or "",
        origins=(origin,),
        instagram_id=str(row.instagram_business_account.id) if row.instagram_business_account else "",
        instagram_name=clean_name(row.instagram_business_account.username or row.instagram_business_account.name or "")
        if row.instagram_business_account
        else "",
    )
