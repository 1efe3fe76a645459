"""The tokens of several Pages at once: each keychain item is read once."""

from collections.abc import Sequence

from gui.desk.desk import Desk
from gui.values import PageRow, Secret


def tokens_of(desk: Desk, rows: Sequence[PageRow]) -> dict[str, Secret]:
    """Tokens by Page ID; a Page without one is left out. Raises VaultError."""
    found = {row.page.id: row.fresh for row in rows if row.fresh is not None}
    by_person: dict[int, list[str]] = {}
    for row in rows:
        if row.fresh is None and row.has_token and row.person:
            by_person.setdefault(row.person, []).append(row.page.id)
    for person, page_ids in by_person.items():
        found.update(desk.vault.page_tokens(person, page_ids))
    return found
