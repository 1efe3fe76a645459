"""What the practice Facebook says of a Page: the fields that were asked for, as far as the token allows."""

from typing import Any

from gui.practice.edges import INSTAGRAM
from gui.practice.tokens import TokenRecord
from gui.practice.world import PracticePage, World

PAGE_FIELDS = {
    "id", "name", "access_token", "category", "category_list", "tasks", "picture", "link", "username", "fan_count",
    "followers_count", "is_published", "about", "instagram_business_account", "connected_instagram_account", "business",
    "has_lead_access",
}  # fmt: skip


def field_names(text: str) -> list[str]:
    """Top-level names of a `fields` parameter: `id,picture{url}` -> id, picture."""
    names, depth, name = [], 0, ""
    for character in text + ",":
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
        elif character == "," and depth == 0:
            names.append(name.split(".")[0].strip())
            name = ""
        elif depth == 0:
            name += character
    return [one for one in names if one]


def page_row(world: World, base_url: str, record: TokenRecord, page: PracticePage, names: list[str]) -> dict[str, Any]:
    """A Page node of /accounts, of a business or by itself."""
    permissions = world.scope_names(world.grant_of(record).scopes)
    has_token = "pages_show_list" in permissions
    if "access_token" in names and has_token and page.index % 5 == 4:
        has_token = not world.faults.is_active("rows_without_token")
    without_tasks = page.index % 3 == 1 and world.faults.is_active("rows_without_tasks")
    has_token = has_token and not without_tasks
    fields: dict[str, Any] = {
        "id": page.id,
        "name": page.name,
        "category": page.category,
        "category_list": [{"id": str(2000 + len(page.category)), "name": page.category}],
        "picture": {
            "data": {"height": 50, "is_silhouette": False, "url": f"{base_url}/pictures/{page.id}.png", "width": 50}
        },
        "link": f"https://www.facebook.com/{page.id}",
        "fan_count": page.index * 37 % 9000,
        "followers_count": page.index * 37 % 9000,
        "tasks": [] if without_tasks else list(page.tasks),
        "is_published": True,
    }
    if "leads_retrieval" in permissions:
        is_barred = page.index % 3 == 1 and world.faults.is_active("leads_access_customized")
        fields["has_lead_access"] = {"can_access_lead": not is_barred, "page_id": page.id}
    if page.instagram and "instagram_basic" in permissions:
        fields["instagram_business_account"] = {
            "id": str(INSTAGRAM + page.index),
            "username": page.instagram,
            "name": page.name,
        }
    row = {name: fields[name] for name in dict.fromkeys([*names, "id"]) if name in fields}
    if "access_token" in names and has_token:
        row["access_token"] = world.page_token(record, page.index)
    if world.faults.is_active("no_picture"):
        row.pop("picture", None)
    return row
