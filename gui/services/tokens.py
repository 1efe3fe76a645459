"""The tokens of several Pages at once: each keychain item is read once."""

from collections.abc import Sequence

from gui.services.session import Session
from gui.values import PageRow, Secret


def read_tokens(session: Session, rows: Sequence[PageRow]) -> dict[str, Secret]:
    """Tokens by Page ID; a Page without one is left out. Raises VaultError."""
    tokens = {row.page.id: row.fresh for row in rows if row.fresh is not None}
    by_login: dict[int, list[str]] = {}
    for row in rows:
        if row.fresh is None and row.has_token and row.login_id:
            by_login.setdefault(row.login_id, []).append(row.page.id)
    for login_id, page_ids in by_login.items():
        tokens.update(session.vault.page_tokens(login_id, page_ids))
    return tokens
