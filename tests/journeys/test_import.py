"""Import in the real window: from the clipboard and from a protected workbook, told row by row."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gui.files.sheet import Sheet
from gui.files.workbook import workbook
from gui.values import Secret
from tests.support.agency import AMIRA, NORD, app_at, connect, login_of, session_at


@pytest.fixture
def importing(journey):
    """The window at the import, with Amira connected through the first app and the second app set up."""
    session = session_at(journey.server, journey.profile)
    connect(session, journey.server, AMIRA)
    session.vault.keep_app(app_at(journey.server, 1))
    session.close()
    driver = journey.open()
    driver.wait(lambda: len(journey.table.pages.rows) == 3, "the Pages")
    driver.click("pagesMore")
    driver.choose_in_menu("Import tokens …")
    driver.wait_title("Import tokens")
    return journey


def tokens(journey, count):
    record = journey.server.world.mint.read(login_of(journey.server, NORD, 1).token.secret.reveal())
    return [journey.server.world.page_token(record, number) for number in range(3, 3 + count)]


def test_a_pasted_table_is_checked_kept_and_told(importing):
    driver = importing.driver
    mine = tokens(importing, 60)
    text = (
        "Page\tToken\n"
        + "\n".join(f"Page {n}\t{one}" for n, one in enumerate(mine))
        + "\nOld\t"
        + "EAA"
        + "Zq9" * 60
        + "\n"
    )
    QGuiApplication.clipboard().setText(text)
    QTest.keySequence(importing.panel("import"), "Ctrl+V")
    driver.wait(
        lambda: driver.seen("importWords") and driver.text("importWords") == "Found 61 tokens.", "what was found"
    )
    QGuiApplication.clipboard().clear()
    driver.click("importGo")
    driver.notice("60 tokens kept; 1 row not", 40)
    table = importing.panel("import").table
    assert len(table.items) == 61
    assert (table.items[0].kept, table.items[0].number) == (False, 62)
    driver.click("importBack")
    driver.click("nav_pages")
    driver.wait(lambda: len(importing.table.pages.rows) == 63, "the imported Pages")
    page_id = importing.server.world.page(3).id
    driver.wait(lambda: importing.table.pages.by_id(page_id) is not None, "one of them")
    importing.table.choose(page_id)
    driver.key(importing.table, "Ctrl+C")
    driver.wait(lambda: driver.clipboard() == mine[0], "its token")


def test_a_protected_workbook_asks_for_its_password(importing, tmp_path):
    driver = importing.driver
    rows = [(f"Page {n}", Secret(one)) for n, one in enumerate(tokens(importing, 3))]
    path = tmp_path / "tokens.xlsx"
    path.write_bytes(workbook(Sheet(("Page", "Token"), ("name", "token"), (20, 40), rows), Secret("correct horse")))
    panel = importing.panel("import")
    panel.open_file(path)
    driver.wait(lambda: driver.seen("importPassword"), "the question")
    driver.type_into("importPassword", "wrong")
    driver.click("importOpen")
    driver.wait(lambda: "not its password" in panel._password_words.text(), "that it was wrong")
    driver.type_into("importPassword", "correct horse")
    driver.click("importOpen")
    driver.wait(lambda: driver.seen("importWords") and "Found 3 tokens" in driver.text("importWords"), "what was found")
    driver.click("importGo")
    driver.notice("3 tokens kept")


@pytest.mark.parametrize(
    ("text", "title"),
    [("", "Nothing is copied"), ("hello there", "No token was found"), ("EAA" + "Zq9" * 60, "Nothing was kept")],
)
def test_what_cannot_be_imported_is_told(importing, text, title):
    driver = importing.driver
    QGuiApplication.clipboard().setText(text) if text else QGuiApplication.clipboard().clear()
    driver.click("importPaste")
    if title == "Nothing was kept":
        driver.click("importGo")
    driver.notice(title)


def test_a_file_that_is_no_table_is_told(importing, tmp_path):
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04nothing")
    panel = importing.panel("import")
    panel.open_file(tmp_path / "broken.xlsx")
    importing.driver.notice("The workbook could not be read")
    panel.open_file(tmp_path / "nowhere.csv")
    importing.driver.notice("nowhere.csv could not be read")


def test_an_import_without_a_network_says_so_and_can_be_repeated(importing):
    driver = importing.driver
    QGuiApplication.clipboard().setText("\n".join(tokens(importing, 3)))
    driver.click("importPaste")
    driver.find("importGo")
    QGuiApplication.clipboard().clear()
    importing.server.world.faults.on("html_400", 1)
    driver.click("importGo")
    notice = driver.notice("did not come from Facebook")
    driver.click(notice.main_button)
    driver.notice("3 tokens kept")
