"""What the list of Pages shows: the kept rows, and what there is to narrow them to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gui.errors import JobContext, UserError
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
    businesses = sorted({name for row in rows for name in row.page.businesses})
    return PageList(rows, session.vault.clients.all(), businesses, session.vault.settings.read().columns)


@dataclass(frozen=True, slots=True)
class KnownPage:
    """One kept Page as it stands now, and by their IDs the logins that its tokens are of."""

    row: PageRow
    logins: Mapping[int, StoredLogin]


def read_page(session: Session, page_id: str, login_id: int, job: JobContext) -> KnownPage:
    """What is kept of one Page, by this login (0: whoever reaches it).

    Raises UserError where it is kept no more, VaultError.
    """
    logins = {one.id: one for one in session.vault.logins() if login_id in {0, one.id}}
    row = next((one for one in page_rows_now(session, *logins.values()) if one.page.id == page_id), None)
    if row is None:
        raise UserError("page_not_kept")
    return KnownPage(row, logins)
