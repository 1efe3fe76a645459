"""Pages as rows of a table: what stands in each cell, and that no spreadsheet reads more into it."""

import csv
import io
from dataclasses import replace

import pytest

from gui.files import texts
from gui.files.sheet import Sheet
from gui.services import formatting
from gui.services.explain import message
from gui.services.sheets import pages_sheet
from gui.services.states import page_rows_now
from gui.services.tokens import read_tokens
from gui.values import Client, Page, PageRow, Secret, TokenState
from tests.support.agency import AMIRA, connect

COLUMNS = {
    "name": "Page", "id": "Page ID", "access_token": "Page token", "client": "Client", "category": "Category",
    "tasks": "What you may do", "state": "State",
    "why": "Why", "ends": "Ends", "person": "Through", "app": "App", "origins": "From", "instagram": "Instagram",
    "instagram_id": "Instagram ID", "link": "Link",
}  # fmt: skip


def cells_of(sheet: Sheet, place: int = 0) -> dict[str, object]:
    """One row's cells by their columns' keys."""
    return dict(zip(sheet.keys, sheet.rows[place], strict=True))


def test_cells_that_a_spreadsheet_would_take_for_formulas_are_defused():
    names = ["=1+1", "+49", "-5", "@SUM(A1)", "\tx", "\rx", "plain", '=HYPERLINK("http://x")']
    sheet = Sheet(("Page", "Token"), ("name", "token"), (10, 10), [(name, Secret("EAA1")) for name in names])
    lines = list(csv.reader(io.StringIO(texts.encode_text(texts.csv_text(sheet)).decode("utf-8-sig"))))[1:]
    assert [line[0] for line in lines] == [name if name == "plain" else f"'{name}" for name in names]
    table = texts.encode_text(texts.table_text(sheet)).decode().splitlines()[1:]
    assert table[0].startswith("'=1+1\t")


def test_a_workbook_keeps_ids_and_formulas_as_text():
    import openpyxl

    from gui.files.workbook import workbook

    sheet = Sheet(("Page", "Page ID"), ("name", "id"), (10, 20), [("=1+1", "101048271000003101"), ("http://x", "007")])
    cells = list(openpyxl.load_workbook(io.BytesIO(workbook(sheet, None))).active.iter_rows())
    assert [[one.value for one in row] for row in cells[1:]] == [["=1+1", "101048271000003101"], ["http://x", "007"]]
    assert {one.data_type for row in cells[1:] for one in row} == {"s"}


@pytest.mark.parametrize("tokens", [{}, None])
@pytest.mark.parametrize("brief", [True, False])
def test_the_columns_are_those_that_were_asked_for(session, tokens, brief):
    sheet = pages_sheet(session, [], tokens, brief=brief)
    keys = [key for key in list(COLUMNS)[: 3 if brief else None] if tokens is not None or key != "access_token"]
    assert sheet.keys == tuple(keys)
    assert sheet.names == tuple(COLUMNS[key] for key in keys)
    assert len(sheet.widths) == len(keys)
    assert all(width > 0 for width in sheet.widths)
    assert list(sheet.rows) == []


def test_a_page_is_a_row_with_everything_that_is_known(session, practice):
    login = connect(session, practice, AMIRA)
    nord, harbor = session.vault.clients.named("Nord"), session.vault.clients.named("Harbor")
    page = practice.world.page(2)
    for client in (nord, harbor):
        session.vault.clients.give(client, [page.id])
    rows = [row for row in page_rows_now(session, login) if row.page.id == page.id]
    sheet = pages_sheet(session, rows, read_tokens(session, rows))
    assert cells_of(sheet) == {
        "name": "🌸 Blossom & Co",
        "id": page.id,
        "access_token": session.vault.page_token(login.id, page.id),
        "client": "Harbor, Nord",
        "category": "Florist",
        "tasks": "Content, messages",
        "state": "Works",
        "why": "",
        "ends": "has no end",
        "person": "Amira Haddad",
        "app": "Practice App",
        "origins": "your own role",
        "instagram": "",
        "instagram_id": "",
        "link": f"https://www.facebook.com/{page.id}",
    }


def test_every_page_is_a_row_in_the_order_it_came(session, practice):
    rows = page_rows_now(session, connect(session, practice, AMIRA))[::-1]
    sheet = pages_sheet(session, rows, read_tokens(session, rows), brief=True)
    assert [row[0] for row in sheet.rows] == [row.page.name for row in rows]
    assert [row[2] for row in sheet.rows] == [session.vault.page_token(row.login_id, row.page.id) for row in rows]


def test_without_tokens_no_cell_holds_one(session, practice):
    rows = page_rows_now(session, connect(session, practice, AMIRA))
    sheet = pages_sheet(session, rows, None)
    assert not any(isinstance(cell, Secret) for row in sheet.rows for cell in row)


@pytest.mark.parametrize("state", list(TokenState))
@pytest.mark.parametrize("why", ["", "role_lost", "page_without_token"])
def test_every_state_is_said_with_its_reason(session, state, why):
    row = PageRow(Page("101", "مخبز"), last_four="x7Qd", expires_at=0, state=state, why=why)
    cells = cells_of(pages_sheet(session, [row], {}))
    assert cells["state"] == state.label
    assert cells["why"] == (message(why, name="مخبز").title if why else "")


@pytest.mark.parametrize(
    ("expires_at", "last_four"), [(None, "x7Qd"), (0, "x7Qd"), (-5, "x7Qd"), (5 * 86_400, "x7Qd"), (0, "")]
)
def test_the_end_of_a_token_is_said_and_its_lack_too(session, expires_at, last_four):
    moment = session.now() + expires_at if expires_at else expires_at
    cells = cells_of(pages_sheet(session, [PageRow(Page("101"), last_four, moment)], {}))
    assert cells["ends"] == (formatting.ends(moment, session.now()) if last_four else "no token")


def test_what_is_not_known_is_an_empty_cell(session):
    cells = cells_of(pages_sheet(session, [PageRow(Page("101"), login_id=9)], {}))
    assert {key for key, cell in cells.items() if cell == ""} == {
        "name", "access_token", "client", "category", "why", "person", "app", "origins", "instagram", "instagram_id",
        "link",
    }  # fmt: skip
    assert cells["tasks"] == "Facebook did not say"


def test_clients_and_the_instagram_account_stand_in_their_columns(session):
    page = Page("101", instagram_id="178", instagram_name="blossom", origins=("owned_pages:Nord Retail", "chosen"))
    row = PageRow(page, clients=(Client(1, "مخبز"), Client(2, "🌸")))
    cells = cells_of(pages_sheet(session, [row], {}))
    assert (cells["client"], cells["instagram"], cells["instagram_id"], cells["origins"]) == (
        "مخبز, 🌸",
        "blossom",
        "178",
        "owned by Nord Retail, chosen at the login",
    )


def test_a_table_of_pages_never_shows_its_tokens(session, practice):
    rows = page_rows_now(session, connect(session, practice, AMIRA))
    tokens = read_tokens(session, rows)
    text = repr(pages_sheet(session, [replace(row) for row in rows], tokens))
    assert not any(token.reveal() in text for token in tokens.values())
