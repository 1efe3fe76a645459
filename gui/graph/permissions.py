"""The permissions that every Page token needs, and what each permission depends on (Permissions Reference)."""

from collections.abc import Iterable, Mapping
from typing import Final

#: What every purpose needs: pages_show_list lists, and business_management brings the Pages that a portfolio holds.
BASE: Final = ("pages_show_list", "pages_read_engagement", "business_management")

#: What each permission depends on. A login without these succeeds, and then calls fail (Permissions Reference, App
#: Review dependencies; where its copies differ, what any of them names).
DEPENDENCIES: Final[Mapping[str, tuple[str, ...]]] = {
    "pages_read_engagement": ("pages_show_list",),
    "pages_read_user_content": ("pages_show_list",),
    "pages_manage_metadata": ("pages_show_list",),
    "pages_manage_ads": ("pages_show_list",),
    "pages_manage_posts": ("pages_read_engagement", "pages_show_list"),
    "pages_manage_engagement": ("pages_read_user_content", "pages_show_list"),
    "pages_messaging": ("pages_manage_metadata", "pages_show_list"),
    "ads_management": ("pages_read_engagement", "pages_show_list"),
    "business_management": ("pages_read_engagement", "pages_show_list"),
    "catalog_management": ("business_management",),
    "leads_retrieval": ("pages_manage_ads", "ads_management"),
    "instagram_basic": ("pages_read_user_content", "pages_read_engagement", "pages_show_list"),
    "instagram_content_publish": ("instagram_basic",),
    "instagram_manage_comments": ("instagram_basic",),
    "instagram_manage_insights": ("instagram_basic",),
    "instagram_manage_messages": ("instagram_basic",),
    "whatsapp_business_messaging": ("whatsapp_business_management",),
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
        "instagram_manage_insights", "instagram_manage_messages", "instagram_shopping_tag_products", "public_profile",
        "whatsapp_business_management", "whatsapp_business_messaging",
    }
)  # fmt: skip


def missing_permissions(statuses: Mapping[str, str], wanted: Iterable[str] = BASE) -> tuple[str, ...]:
    """Permissions that a login asked for and does not hold, each with Facebook's status behind a colon.

    `statuses` is what GET /me/permissions answers; one of `wanted` that was never given is 'NAME:never'.
    """
    not_granted = [f"{name}:{status}" for name, status in statuses.items() if status != "granted"]
    return (*not_granted, *(f"{name}:never" for name in wanted if name not in statuses))


def with_dependencies(names: Iterable[str]) -> tuple[str, ...]:
    """These permissions, each after those that it depends on."""
    found: dict[str, None] = {}

    def add(name: str) -> None:
        for one in DEPENDENCIES.get(name, ()):
            if one not in found:
                add(one)
        found[name] = None

    for name in names:
        add(name)
    return tuple(found)
