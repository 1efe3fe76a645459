"""The permissions that Pages need, and those a person may add (Permissions Reference)."""

from collections.abc import Mapping
from typing import Final

#: pages_show_list lists; business_management brings the Pages that a portfolio holds.
NEEDED: Final = ("pages_show_list", "pages_read_engagement", "pages_manage_metadata", "business_management")

#: What a person may add before logging in: key -> permissions, each with what it depends on.
CHOICES: Final = {
    "posts": ("pages_manage_posts",),
    "comments": ("pages_read_user_content", "pages_manage_engagement"),
    "messages": ("pages_messaging",),
    "ads": ("pages_manage_ads",),
    "insights": ("read_insights",),
    "instagram": ("instagram_basic",),
}

#: What permissions of before 2020 are called today.
RENAMED: Final = {
    "manage_pages": ("pages_show_list", "pages_read_engagement", "pages_manage_metadata"),
    "publish_pages": ("pages_manage_posts", "pages_read_engagement"),
}
#: Every permission that an answer may name (Permissions Reference).
PERMISSIONS: Final = frozenset(
    {
        *RENAMED, "pages_show_list", "pages_read_engagement", "pages_read_user_content", "pages_manage_metadata",
        "pages_manage_posts", "pages_manage_engagement", "pages_manage_ads", "pages_messaging", "pages_manage_cta",
        "business_management", "read_insights", "leads_retrieval", "publish_video", "ads_management", "ads_read",
        "catalog_management", "instagram_basic", "instagram_content_publish", "instagram_manage_comments",
        "instagram_manage_insights", "instagram_manage_messages", "public_profile",
        "whatsapp_business_management", "whatsapp_business_messaging",
    }
)  # fmt: skip


def missing_permissions(statuses: Mapping[str, str]) -> tuple[str, ...]:
    """Permissions that a login asked for and does not hold, each with Facebook's status behind a colon.

    `statuses` is what GET /me/permissions answers; one that Pages need and that was never given is 'NAME:never'.
    """
    not_granted = [f"{name}:{status}" for name, status in statuses.items() if status != "granted"]
    return (*not_granted, *(f"{name}:never" for name in requested_permissions() if name not in statuses))


def requested_permissions(choices: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The permissions to ask for: the needed ones and those of `choices`, less `without`."""
    names = dict.fromkeys(NEEDED)
    for choice in choices:
        names.update(dict.fromkeys(CHOICES[choice]))
    return tuple(name for name in names if name not in without)
