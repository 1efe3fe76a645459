"""The practice Facebook's answers to what tools ask first: posts, messages, forms, figures, Instagram, ad accounts.

Each wants its permissions, a task on the Page and a kind of token, and refuses in Facebook's own words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gui.practice.answers import Answer, ApiError, Call
from gui.practice.tokens import PAGE, TokenRecord
from gui.practice.world import PracticePage, World

#: Instagram accounts' IDs are this and the Page's number.
INSTAGRAM: int = 17_841_400_000_000_000


@dataclass(frozen=True, slots=True)
class Edge:
    """What an edge wants. `tasks`: one of these on the Page; `rows` is what one of its rows holds."""

    permissions: tuple[str, ...]
    tasks: tuple[str, ...] = ()
    page_token: bool = False
    rows: tuple[dict[str, Any], ...] = ()
    code: int = 10


_CONTENT = ("CREATE_CONTENT", "MODERATE", "MANAGE")
_POST = {"id": "1_2", "message": "Fresh bread from seven", "created_time": "2026-11-20T07:00:00+0000"}
_POSTS = Edge(("pages_read_engagement", "pages_read_user_content"), _CONTENT, rows=(_POST,))
_PAGE_EDGES = {
    "posts": _POSTS,
    "published_posts": _POSTS,
    "feed": _POSTS,
    "albums": Edge(("pages_read_engagement",), _CONTENT, rows=({"id": "3", "name": "Timeline photos"},)),
    "events": Edge(("pages_read_engagement",), _CONTENT),
    "videos": Edge(("pages_read_engagement", "pages_manage_posts"), ("CREATE_CONTENT", "MANAGE")),
    "ratings": Edge(("pages_read_user_content",), _CONTENT, page_token=True),
    "scheduled_posts": Edge(("pages_manage_posts",), ("CREATE_CONTENT", "MANAGE"), page_token=True, code=200),
    "conversations": Edge(
        ("pages_messaging",), ("MESSAGING", "MODERATE"), page_token=True, rows=({"id": "t_4"},), code=200
    ),
    "subscribed_apps": Edge(("pages_manage_metadata",), _CONTENT, page_token=True, code=200),
    "leadgen_forms": Edge(
        ("leads_retrieval", "pages_manage_ads"), ("ADVERTISE", "MANAGE"), page_token=True,
        rows=({"id": "5", "name": "Order a cake", "status": "ACTIVE"},), code=200,
    ),
    "insights": Edge(
        ("read_insights",), ("ANALYZE",), page_token=True, rows=({"name": "page_follows", "period": "day"},)
    ),
    "agencies": Edge(("pages_manage_metadata", "business_management"), ("MANAGE",), page_token=True, code=200),
}  # fmt: skip
_INSTAGRAM_MESSAGES = Edge(
    ("instagram_basic", "instagram_manage_messages", "pages_manage_metadata"), ("MESSAGING",), page_token=True
)
_INSTAGRAM_EDGES = {
    "media": Edge(("instagram_basic",), rows=({"id": "17900000000000001"},)),
    "content_publishing_limit": Edge(
        ("instagram_basic", "instagram_content_publish"), ("CREATE_CONTENT", "MANAGE"), rows=({"quota_usage": 0},)
    ),
    "insights": Edge(("instagram_basic", "instagram_manage_insights"), ("ANALYZE",), rows=({"name": "reach"},)),
}
_PERSON_EDGES = {"adaccounts": Edge(("ads_read",), rows=({"id": "act_6", "account_id": "6"},))}
#: What reads an ad account, besides ads_read.
_ADS = {"ads_read", "ads_management"}


def person_edge(world: World, record: TokenRecord, rest: tuple[str, ...]) -> Answer | None:
    """The answer of one of a person's edges; None where it is not one of these."""
    if len(rest) != 1 or rest[0] not in _PERSON_EDGES:
        return None
    held = set(world.scope_names(world.grant_of(record).scopes))
    if not held & _ADS:
        raise ApiError("(#200) Requires ads_read permission to manage the object", 200, status=403)
    return Answer(200, {"data": list(_PERSON_EDGES[rest[0]].rows)})


def page_edge(
    world: World, call: Call, record: TokenRecord, page: PracticePage, rest: tuple[str, ...]
) -> Answer | None:
    """The answer of one of a Page's edges; None where it is not one of these."""
    if len(rest) != 1 or rest[0] not in _PAGE_EDGES:
        return None
    edge = _PAGE_EDGES[rest[0]]
    if rest == ("conversations",) and call.params.get("platform") == "instagram":
        edge = _INSTAGRAM_MESSAGES
    if rest == ("feed",) and "from" in call.params.get("fields", "") and record.kind != PAGE:
        raise ApiError("(#190) This method must be called with a Page Access Token", 190)
    _check(world, record, page, edge)
    if rest == ("leadgen_forms",) and page.index % 3 == 1 and world.faults.is_active("leads_access_customized"):
        raise ApiError("(#10) User has insufficient privileges on the page", 10, status=403)
    return Answer(200, {"data": list(edge.rows)})


def instagram_page(world: World, account_id: str) -> PracticePage | None:
    """The Page that this Instagram account is linked to."""
    number = int(account_id) - INSTAGRAM if account_id.isdecimal() else -1
    page = world.page(number) if 0 <= number < 3 + world.pages else None
    return page if page is not None and page.instagram else None


def instagram_edge(world: World, record: TokenRecord, page: PracticePage, rest: tuple[str, ...]) -> Answer | None:
    """The answer of an Instagram account or of one of its edges; None where it is not one of these."""
    edge = Edge(("instagram_basic",)) if not rest else _INSTAGRAM_EDGES.get(rest[0]) if len(rest) == 1 else None
    if edge is None:
        return None
    _check(world, record, page, edge)
    if not rest:
        return Answer(200, {"id": str(INSTAGRAM + page.index), "username": page.instagram})
    return Answer(200, {"data": list(edge.rows)})


def _check(world: World, record: TokenRecord, page: PracticePage, edge: Edge) -> None:
    grant = world.grant_of(record)
    if edge.page_token and record.kind != PAGE:
        raise ApiError("(#190) This method must be called with a Page Access Token", 190)
    is_chosen = grant.pages is None or page.index in grant.pages
    held: Sequence[str] = world.scope_names(grant.scopes) if is_chosen else ()
    missing = [name for name in edge.permissions if name not in held]
    if missing and edge.code == 10:
        raise ApiError(
            f"(#10) This endpoint requires the '{missing[0]}' permission or the 'Page Public Content Access' feature. "
            "Refer to https://developers.facebook.com/docs/apps/review/login-permissions for details.",
            10,
            status=403,
        )
    if missing:
        raise ApiError(f"(#200) Requires {missing[0]} permission to manage the object", 200, status=403)
    if edge.tasks and not set(edge.tasks) & {*page.tasks}:
        raise ApiError("(#10) User has insufficient privileges on the page", 10, status=403)
