"""Import in the real window: from the clipboard and from a protected workbook, told row by row."""

import os
from pathlib import Path

import pyrage
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gui.files import child, protect
from gui.files.reading import LARGEST
from gui.files.sheet import Sheet
from gui.files.workbook import workbook
from gui.services import import_rows
from gui.services.import_tokens import Result
from gui.values import Secret
from tests.journeys.walks import Walk
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
    assert (table.items[0].result, table.items[0].place) == (Result.NOT_KEPT, "line 62")
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


def test_an_age_file_asks_for_its_key(importing, tmp_path):
    driver, identity = importing.driver, pyrage.x25519.Identity.generate()
    path = tmp_path / "tokens.csv.age"
    path.write_bytes(protect.encrypt_age("\n".join(tokens(importing, 3)).encode(), str(identity.to_public())))
    panel = importing.panel("import")
    panel.open_file(path)
    driver.find("importPassword")
    driver.type_into("importPassword", str(pyrage.x25519.Identity.generate()))
    driver.click("importOpen")
    driver.wait(lambda: "That key does not open it." in panel._password_words.text(), "that it was wrong")
    driver.type_into("importPassword", str(identity))
    driver.click("importOpen")
    driver.wait(lambda: driver.seen("importWords") and "Found 3 tokens" in driver.text("importWords"), "what was found")
    driver.click("importGo")
    driver.notice("3 tokens kept")


@pytest.fixture
def walk(importing):
    """Reads each notice whole, with its button."""
    made = Walk(importing, [])
    made.driver = importing.driver
    return made


def asked(journey):
    """What Facebook was asked so far; the Pages' pictures come when they come."""
    return [call for call in journey.server.calls if "pictures/" not in call]


def paste(journey, text):
    QGuiApplication.clipboard().setText(text) if text else QGuiApplication.clipboard().clear()
    journey.driver.click("importPaste")


@pytest.mark.parametrize(
    ("text", "kind", "leads_to"),
    [
        ("", "import_nothing_copied", ""), ("hello there", "import_no_tokens", ""),
        ("STRIPE=sk_live_" + "Ab3" * 33, "import_other_keys", "Check any token"),
        ("IGAA" + "Ab3" * 40, "import_instagram", "Log in to Facebook"),
        ("THAA" + "Ab3" * 40, "import_threads", "Log in to Facebook"),
    ],
)  # fmt: skip
def test_what_holds_no_facebook_token_is_named(walk, text, kind, leads_to):
    before = asked(walk.journey)
    paste(walk.journey, text)
    notice = walk.read(kind)
    assert asked(walk.journey) == before
    if leads_to:
        walk.driver.click(notice.main_button)
        walk.driver.wait_title(leads_to)


@pytest.mark.parametrize(
    "kind",
    [
        "import_not_read",
        "import_is_folder",
        "import_no_file",
        "import_too_large",
        "import_too_heavy",
        "import_unreadable",
    ],
)
def test_a_file_that_cannot_be_read_is_named(walk, kind, tmp_path, monkeypatch):
    path = tmp_path / "tokens.csv"
    if kind == "import_is_folder":
        path.mkdir()
    elif kind == "import_no_file":
        path = Path(os.devnull)
    elif kind != "import_not_read":
        path.write_bytes(b"PK\x03\x04nothing")
    if kind == "import_too_large":
        os.truncate(path, LARGEST + 1)
    elif kind == "import_too_heavy":
        monkeypatch.setattr(child, "SECONDS", 0.0)
    walk.journey.panel("import").open_file(path)
    walk.read(kind)
    assert walk.driver.seen("importGo") is None


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("", "imported_all"), ("STRIPE=sk_live_" + "Ab3" * 33, "imported_with_rest"),
        ("EAA" + "Zq9" * 60, "imported_some"),
    ],
)  # fmt: skip
def test_what_became_of_an_import_is_said(walk, line, kind):
    paste(walk.journey, f"{tokens(walk.journey, 1)[0]}\n{line}")
    walk.driver.click("importGo")
    walk.read(kind, 40)


def test_an_import_of_tokens_that_end_sooner_is_said_and_they_are_taken_at_a_press(walk):
    world = walk.journey.server.world
    short = world.mint.read(world.short_lived_token(world.people[NORD], 1))
    for text, kind in (
        (tokens(walk.journey, 1)[0], "imported_all"), (world.page_token(short, 3), "imported_nothing_new"),
    ):  # fmt: skip
        paste(walk.journey, text)
        walk.driver.click("importGo")
        walk.read(kind, 40)
    walk.driver.click(walk.read("import_lasting").main_button)
    walk.read("imported_all")


def test_an_import_with_another_pages_id_beside_a_token_is_said(walk):
    world = walk.journey.server.world
    paste(walk.journey, f"Page ID,Token\n{world.page(4).id},{tokens(walk.journey, 1)[0]}\n")
    walk.driver.click("importGo")
    walk.read("import_differs", 40)


def test_an_import_of_more_than_the_most_is_said(walk, monkeypatch):
    monkeypatch.setattr(import_rows, "MOST", 2)
    paste(walk.journey, "\n".join(tokens(walk.journey, 3)))
    walk.driver.wait(lambda: walk.driver.seen("importWords"), "what was found")
    assert walk.driver.text("importWords") == "Found 2 tokens. 1 more token must be imported after these."
    walk.driver.click("importGo")
    walk.read("import_beyond", 40)


def test_an_imported_login_leads_to_its_pages(walk):
    driver = walk.driver
    paste(walk.journey, login_of(walk.journey.server, NORD, 1).token.secret.reveal())
    driver.click("importGo")
    driver.click(walk.read("imported_login", 40).main_button)
    driver.wait_title("Pages")
    driver.wait(lambda: len(walk.journey.table.pages.rows) == 240 and not driver.seen("progressWords"), "its Pages", 60)


def test_the_report_of_an_import_can_be_saved(walk, tmp_path):
    paste(walk.journey, tokens(walk.journey, 1)[0])
    walk.driver.click("importGo")
    walk.read("imported_all", 40)
    walk.journey.panel("import").save_to(tmp_path / "report.csv")
    notice = walk.driver.notice("The report was saved")
    assert str(tmp_path / "report.csv") in notice.text.text
    assert "Kept" in (tmp_path / "report.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("text", "title"),
    [("", "Nothing has been copied"), ("hello there", "No token was found"), ("EAA" + "Zq9" * 60, "Nothing was kept")],
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
    importing.driver.notice("The file could not be read")
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
