"""Typed answers. Unknown fields are ignored, missing ones are None; a wrong shape is a GraphError."""

import msgspec

Id = str | int
#: A field that is read later, and only as far as it is needed: it may be long.
_NOTHING = msgspec.Raw(b"")


class Named(msgspec.Struct):
    id: Id
    name: str | None = None


class PictureData(msgspec.Struct):
    url: str | None = None


class Picture(msgspec.Struct):
    data: PictureData | None = None


class Instagram(msgspec.Struct):
    id: Id
    username: str | None = None
    name: str | None = None


class PageRow(msgspec.Struct):
    """A Page node of /accounts, /owned_pages, /client_pages or /{page-id}."""

    id: Id
    name: str | None = None
    category: str | None = None
    tasks: list[str] | None = None
    access_token: str | None = None
    picture: Picture | None = None
    link: str | None = None
    instagram_business_account: Instagram | None = None


class LeadAccess(msgspec.Struct):
    """Whether the token's person and app may read a Page's leads (Has Lead Access)."""

    can_access_lead: bool | None = None


class PageLeadAccess(msgspec.Struct):
    has_lead_access: LeadAccess | None = None


class Cursors(msgspec.Struct):
    before: Id | None = None
    after: Id | None = None


class Paging(msgspec.Struct):
    cursors: Cursors | None = None
    next: str | None = None


class Summary(msgspec.Struct):
    total_count: int | None = None


class PageEdge(msgspec.Struct):
    """One page of a Page edge."""

    data: list[PageRow]
    paging: Paging | None = None
    summary: Summary | None = None


class NamedEdge(msgspec.Struct):
    data: list[Named]
    paging: Paging | None = None


class TokenAnswer(msgspec.Struct):
    """The answer of /oauth/access_token; `expires_in` (seconds) may be missing, 0 means no known end."""

    access_token: str
    token_type: str | None = None
    expires_in: int | None = None


class PermissionRow(msgspec.Struct):
    permission: str
    status: str | None = None


class Permissions(msgspec.Struct):
    data: list[PermissionRow]


class GranularScope(msgspec.Struct):
    scope: str
    target_ids: msgspec.Raw = _NOTHING


class DebugError(msgspec.Struct):
    message: str | None = None
    code: int | None = None
    subcode: int | None = None


class DebugData(msgspec.Struct):
    is_valid: bool | None = None
    app_id: Id | None = None
    type: str | None = None
    application: str | None = None
    expires_at: int | None = None
    data_access_expires_at: int | None = None
    issued_at: int | None = None
    scopes: msgspec.Raw = _NOTHING
    granular_scopes: msgspec.Raw = _NOTHING
    user_id: Id | None = None
    profile_id: Id | None = None
    error: DebugError | None = None


class BatchItem(msgspec.Struct):
    """One answer within a batch; `body` is JSON as a string."""

    code: int | None = None
    body: str | None = None


class DebugAnswer(msgspec.Struct):
    data: DebugData | None = None


class ErrorOnly(msgspec.Struct):
    """Just the error of an answer, for a first look."""

    error: msgspec.Raw = _NOTHING
    error_code: msgspec.Raw = _NOTHING
    error_description: msgspec.Raw = _NOTHING


class Answered(msgspec.Struct):
    """Any object that is no error."""


class Removed(msgspec.Struct):
    """What DELETE answers, where it is not just `true`."""

    success: bool = False
