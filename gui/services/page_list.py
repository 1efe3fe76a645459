"""What the list of Pages shows: the kept rows, and what there is to narrow them to."""

from collections.abc import Sequence
from dataclasses import dataclass

from gui.services.session import Session
from gui.services.states import page_rows_now
from gui.values import Client, ColumnLayout, PageRow, StoredLogin


@dataclass(frozen=True, slots=True)
class PageList:
    """Rows as they stand now, every client, the businesses through which rows are reached, and the person's columns."""

    rows: list[PageRow]
    clients: list[Client]
    businesses: list[str]
    columns: ColumnLayout


def read_page_list(session: Session, logins: Sequence[StoredLogin]) -> PageList:
    """The kept Pages of these logins: needs no network. Raises VaultError."""
    rows = page_rows_now(session, *logins)
    origins = {origin for row in rows for origin in row.page.origins}
    businesses = sorted({origin.partition(":")[2] for origin in origins} - {""})
    return PageList(rows, session.vault.clients.all(), businesses, session.vault.settings.read().columns)
