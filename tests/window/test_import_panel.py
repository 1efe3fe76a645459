"""Importing alone: from what was copied, from a file, by dropping it; told row by row."""

import pyrage
import pytest
import xlsxwriter
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from gui.files import child
from gui.files.sheet import Sheet
from gui.files.workbook import workbook
from gui.panels.import_tokens import ImportPanel
from gui.services.export import ExportOptions, export
from gui.services.import_tokens import Result
from gui.services.states import page_rows_now
from gui.services.tokens import read_tokens
from gui.shell.commands import Command, Request
from gui.values import Secret
from tests.support.agency import AMIRA, NORD, app_at, connect, login_of
from tests.support.one_panel import OnePanel
from tests.support.people import JOB, token_text


@pytest.fixture
def importing(qtbot, qapp, session, practice):
    session.vault.keep_app(app_at(practice, 0))
    session.vault.keep_app(app_at(practice, 1))
    one = OnePanel(ImportPanel, session, practice)
    one.panel.begin()
    yield one
    QGuiApplication.clipboard().clear()
    one.close()


def tokens(practice, count):
    """Page tokens of Agency Nord's Pages, through the second app."""
    record = practice.world.mint.read(login_of(practice, NORD, 1).token.secret.reveal())
    return [practice.world.page_token(record, number) for number in range(3, 3 + count)]


def copied(text):
    QGuiApplication.clipboard().setText(text)


def kept_pages(session):
    return {row.page.id for login in session.vault.logins() for row in session.vault.page_rows(login)}


def table_text(importing):
    """What the table says, row by row."""
    model = importing.panel.table.model()
    return [[model.index(row, column).data() for column in range(5)] for row in range(model.rowCount())]


def test_a_copied_table_is_checked_kept_and_told_row_by_row(importing, qtbot, session, practice):
    imported = importing.signals("imported")
    mine = tokens(practice, 3)
    copied("Page\tToken\n" + "\n".join(f"Page {n}\t{one}" for n, one in enumerate(mine)) + f"\nOld\t{token_text(1)}\n")
    QTest.keySequence(importing.panel, "Ctrl+V")
    assert importing.text("importWords") == "Found 4 tokens."
    assert kept_pages(session) == set(), "nothing is kept before one says so"
    importing.press("importGo")
    importing.notice("3 tokens kept; 1 row not", 40)
    assert kept_pages(session) == {practice.world.page(number).id for number in (3, 4, 5)}
    rows = table_text(importing)
    assert [row[2] for row in rows] == ["Not kept", "Kept", "Kept", "Kept"], "what needs a look comes first"
    assert rows[0][0] == "line 5"
    assert rows[0][1] == "Old"
    assert rows[0][4]
    assert [row[3] for row in rows] == ["", *["Token has no end"] * 3]
    assert len(imported) == 1
    assert not any(token in str(rows) for token in mine)
    importing.panel.refresh()
    assert not importing.panel.table.grab().isNull()


def test_rows_without_a_token_are_counted_apart(importing, practice):
    (mine,) = tokens(practice, 1)
    copied(f"Page\tToken\nOne\t{mine}\nTwo\t\nThree\t-\n")
    importing.press("importPaste")
    assert importing.text("importWords") == "Found 1 token, and 2 rows without one."


@pytest.mark.parametrize(("text", "title"), [("", "Nothing has been copied"), ("hello there", "No token was found")])
def test_what_holds_no_token_is_told(importing, text, title):
    copied(text) if text else QGuiApplication.clipboard().clear()
    importing.press("importPaste")
    importing.notice(title)
    assert importing.driver.seen("importGo") is None


def test_when_nothing_works_nothing_is_kept(importing, session):
    imported = importing.signals("imported")
    copied(f"{token_text(1)}\n{token_text(2)}\n")
    importing.press("importPaste")
    importing.press("importGo")
    importing.notice("Nothing was kept")
    assert imported == []
    assert kept_pages(session) == set()


def test_a_protected_workbook_asks_for_its_password_until_it_is_right(importing, qtbot, session, practice, tmp_path):
    rows = [(f"Page {n}", Secret(one)) for n, one in enumerate(tokens(practice, 2))]
    path = tmp_path / "tokens.xlsx"
    path.write_bytes(workbook(Sheet(("Page", "Token"), ("name", "token"), (20, 40), rows), Secret("correct horse")))
    importing.panel.open_file(path)
    importing.driver.type_into("importPassword", "wrong")
    importing.press("importOpen")
    qtbot.waitUntil(lambda: any("That is not its password. tokens.xlsx" in text for text in words(importing)))
    importing.driver.type_into("importPassword", "correct horse")
    importing.driver.key(importing.driver.find("importPassword"), "Return")
    assert importing.text("importWords") == "Found 2 tokens."
    assert importing.driver.seen("importPassword") is None
    importing.press("importGo")
    importing.notice("2 tokens kept")


def words(importing):
    return [one.text() for one in importing.panel.findChildren(QLabel) if one.isVisible()]


@pytest.mark.parametrize(
    ("name", "content", "title"),
    [
        ("broken.xlsx", b"PK\x03\x04nothing", "The file could not be read"),
        ("empty.csv", b"", "No token was found"),
        ("nowhere.csv", None, "nowhere.csv could not be read"),
        ("instagram.txt", b"IGAA" + b"Ab3" * 40, "This is an Instagram token"),
        ("threads.txt", b"THAA" + b"Ab3" * 40, "This is a Threads token"),
        ("server.env", b"STRIPE=sk_live_" + b"Ab3" * 33, "No Facebook token was found"),
    ],
)
def test_a_file_that_cannot_be_imported_is_told(importing, tmp_path, name, content, title):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    importing.panel.open_file(tmp_path / name)
    importing.notice(title)
    assert importing.driver.seen("importGo") is None


def drop(importing, *urls):
    """Drag these over the panel and let go; whether they were taken."""
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    action, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), action, data, button, key)
    QApplication.sendEvent(importing.panel, enter)
    let_go = QDropEvent(QPointF(50, 50), action, data, button, key)
    let_go.ignore()
    QApplication.sendEvent(importing.panel, let_go)
    return enter.isAccepted(), let_go.isAccepted()


def test_a_file_can_be_dropped(importing, practice, tmp_path):
    path = tmp_path / "tokens.env"
    path.write_text("".join(f"PAGE_{n}={one}\n" for n, one in enumerate(tokens(practice, 2))), "utf-8")
    assert drop(importing, QUrl.fromLocalFile(str(path)).toString()) == (True, True)
    assert importing.text("importWords") == "Found 2 tokens."


def test_files_dropped_together_are_read_as_one(importing, practice, session, tmp_path):
    mine = tokens(practice, 3)
    (tmp_path / "a.csv").write_text(f"Page,Token\nOne,{mine[0]}\nTwo,{mine[1]}\n", "utf-8")
    (tmp_path / "b.env").write_text(f"NORDLYS={mine[2]}\nOLD={token_text(1)}\n", "utf-8")
    urls = [QUrl.fromLocalFile(str(tmp_path / name)).toString() for name in ("a.csv", "b.env")]
    assert drop(importing, *urls) == (True, True)
    importing.driver.find("importGo")
    assert importing.text("importWords") == "Found 4 tokens."
    importing.press("importGo")
    importing.notice("3 tokens kept; 1 row not", 40)
    assert [row[0] for row in table_text(importing)] == [
        "b.env, line 2",
        "a.csv, line 2",
        "a.csv, line 3",
        "b.env, line 1",
    ]
    assert kept_pages(session) == {practice.world.page(number).id for number in (3, 4, 5)}


def test_one_of_several_files_that_cannot_be_read_is_told_and_the_others_are(importing, practice, tmp_path):
    (tmp_path / "a.txt").write_text(tokens(practice, 1)[0], "utf-8")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04nothing")
    (tmp_path / "c.txt").write_text("\n".join(tokens(practice, 2)), "utf-8")
    importing.panel.open_files([tmp_path / name for name in ("a.txt", "broken.xlsx", "c.txt")])
    importing.driver.find("importGo")
    assert importing.titles() == ["The file could not be read"]
    assert importing.text("importWords") == "Found 3 tokens."


def test_files_that_were_copied_are_read_as_files(importing, practice, tmp_path):
    (tmp_path / "a.txt").write_text(tokens(practice, 1)[0], "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.txt"))])
    QGuiApplication.clipboard().setMimeData(data)
    importing.press("importPaste")
    importing.driver.find("importGo")
    assert importing.text("importWords") == "Found 1 token."


def protected(session, practice, path, **how):
    """An export of three Pages, protected; their tokens."""
    login = connect(session, practice, AMIRA)
    rows = page_rows_now(session, login)
    export(session, rows, ExportOptions(path, "csv", True, **how), JOB)
    return read_tokens(session, rows)


def test_a_protected_archive_asks_for_its_password(importing, session, practice, tmp_path):
    path = tmp_path / "tokens.csv.zip"
    protected(session, practice, path, protection="password", password=Secret("correct horse"))
    importing.panel.open_file(path)
    importing.driver.find("importPassword")
    assert "tokens.csv.zip is protected by a password." in words(importing)
    assert importing.titles() == [], "asking is no trouble"
    importing.driver.type_into("importPassword", "wrong")
    importing.press("importOpen")
    importing.driver.wait(
        lambda: any("That is not its password." in text for text in words(importing)), "that it is wrong"
    )
    importing.driver.type_into("importPassword", "correct horse")
    importing.press("importOpen")
    importing.driver.find("importGo")
    assert importing.text("importWords") == "Found 3 tokens."
    assert importing.panel._password.text() == ""


def test_an_age_file_asks_for_its_key(importing, session, practice, tmp_path):
    identity, path = pyrage.x25519.Identity.generate(), tmp_path / "tokens.csv.age"
    protected(session, practice, path, protection="age", keys=str(identity.to_public()))
    importing.panel.open_file(path)
    importing.driver.find("importPassword")
    assert any("tokens.csv.age is encrypted with age. Paste its key" in text for text in words(importing))
    importing.driver.type_into("importPassword", str(pyrage.x25519.Identity.generate()))
    importing.press("importOpen")
    importing.driver.wait(
        lambda: any("That key does not open it." in text for text in words(importing)), "that it is wrong"
    )
    importing.driver.type_into("importPassword", str(identity))
    importing.press("importOpen")
    importing.driver.find("importGo")
    assert importing.text("importWords") == "Found 3 tokens."


# -------------------------------------------------------------- while it is read
@pytest.fixture(scope="module")
def long_workbook(tmp_path_factory):
    """A workbook that takes seconds to read."""
    path = tmp_path_factory.mktemp("books") / "long.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number in range(120_000):
            sheet.write_number(number, 0, number)
        sheet.write_string(120_000, 0, token_text(1))
    return path


def test_how_far_reading_a_file_is_is_shown_and_it_can_be_cancelled(importing, practice, long_workbook, tmp_path):
    importing.panel.open_file(long_workbook)
    assert importing.text("progressWords") == "Reading long.xlsx …"
    assert not importing.driver.find("importChoose").isEnabled()
    importing.driver.wait(lambda: "rows read so far" in importing.text("progressWords"), "how many rows were read")
    importing.press("progressCancel")
    assert importing.driver.seen("progressWords") is None
    assert (importing.titles(), importing.driver.seen("importGo")) == ([], None)
    (tmp_path / "a.txt").write_text(tokens(practice, 1)[0], "utf-8")
    importing.panel.open_file(tmp_path / "a.txt")
    importing.driver.find("importGo")
    assert importing.text("importWords") == "Found 1 token."


def test_a_file_that_takes_too_long_ends_in_a_sentence(importing, long_workbook, monkeypatch):
    monkeypatch.setattr(child, "SECONDS", 0.5)
    importing.panel.open_file(long_workbook)
    importing.notice("takes more memory or time")
    assert importing.driver.seen("importGo") is None
    assert importing.driver.find("importChoose").isEnabled()


# -------------------------------------------------------------------- the report
def test_the_reason_of_the_chosen_row_stands_whole_below_the_table(importing, practice):
    (mine,) = tokens(practice, 1)
    copied(f"{mine}\nSTRIPE=sk_live_{'Ab3' * 33}\n{token_text(1)}\n")
    importing.press("importPaste")
    importing.driver.find("importGo")
    assert importing.text("importWords") == (
        "Found 2 tokens. 1 other long text in it cannot be a Facebook token and will not be sent."
    )
    importing.press("importGo")
    importing.driver.find("importTable")
    table = importing.panel.table
    assert [one.result for one in table.items] == [Result.NOT_KEPT, Result.LEFT, Result.KEPT]
    for row, outcome in enumerate(table.items):
        table.selectRow(row)
        said = importing.text("importWhy")
        assert said.startswith(f"{outcome.place.capitalize()}")
        assert f": {outcome.result.label}." in said
        assert said.endswith(outcome.why or "Token has no end.")
    assert importing.panel._why.wordWrap()


def test_the_report_can_be_copied_and_saved(importing, practice, tmp_path):
    (mine,) = tokens(practice, 1)
    copied(f"{mine}\n{token_text(1)}\n")
    importing.press("importPaste")
    importing.press("importGo")
    importing.notice("1 token kept; 1 row not")
    importing.press("importCopyReport")
    table = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert [row[3] for row in table] == ["Result", "Kept", "Not kept"]
    assert mine not in str(table)
    importing.press("importSaveReport")
    dialog = importing.driver.wait(lambda: importing.panel.findChild(QFileDialog), "the dialog")
    dialog.fileSelected.emit(str(tmp_path / "report.csv"))
    dialog.reject()
    importing.notice("The report was saved")
    saved = (tmp_path / "report.csv").read_text("utf-8-sig")
    assert ("Kept" in saved, mine in saved) == (True, False)


def test_tokens_that_end_sooner_replace_the_kept_ones_only_at_a_press(importing, session, practice):
    world = practice.world
    lasting = tokens(practice, 2)
    short = world.mint.read(world.short_lived_token(world.people[NORD], 1))
    shorter = [world.page_token(short, number) for number in (3, 4)]
    for lines, title in ((lasting, "2 tokens kept"), ([shorter[0], tokens(practice, 3)[2]], "1 token kept")):
        importing.panel.begin()
        copied("\n".join(lines))
        importing.press("importPaste")
        importing.press("importGo")
        importing.notice(title)
    (login,) = session.vault.logins()
    page_id = world.page(3).id
    assert session.vault.page_token(login.id, page_id) == Secret(lasting[0])
    notice = importing.notice("1 token would end sooner, or may less, than what is kept")
    assert notice.main_button.text() == "Replace them"
    importing.driver.click(notice.main_button)
    importing.notice("1 token kept")
    importing.driver.wait(lambda: session.vault.page_token(login.id, page_id) == Secret(shorter[0]), "the new token")
    assert session.vault.page_token(login.id, world.page(4).id) == Secret(lasting[1]), "the others stay"
    assert [row[2] for row in table_text(importing)] == ["Kept"]


def test_a_user_token_leads_to_its_pages(importing, session, practice):
    copied(login_of(practice, NORD, 1).token.secret.reveal())
    importing.press("importPaste")
    importing.press("importGo")
    notice = importing.notice("The login of Agency Nord is kept")
    importing.driver.click(notice.main_button)
    (login,) = session.vault.logins()
    assert importing.asked == [Request(Command.RELOAD_PAGES, login_id=login.id)]


def test_what_lies_elsewhere_is_not_fetched(importing):
    assert drop(importing, "https://elsewhere.example/tokens.csv") == (False, False)
    assert importing.driver.seen("importGo") is None


def test_a_file_is_chosen_in_a_dialog(importing, practice, tmp_path, qtbot):
    path = tmp_path / "tokens.txt"
    path.write_text("\n".join(tokens(practice, 2)), "utf-8")
    importing.press("importChoose")
    dialog = importing.driver.wait(lambda: importing.panel.findChild(QFileDialog), "the dialog")
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFiles
    dialog.filesSelected.emit([str(path)])
    dialog.reject()
    assert importing.text("importWords") == "Found 2 tokens."


def test_an_import_without_an_answer_can_be_repeated(importing, practice, session):
    copied("\n".join(tokens(practice, 2)))
    importing.press("importPaste")
    practice.world.faults.on("html_400", 1)
    importing.press("importGo")
    notice = importing.notice("did not come from Facebook")
    assert kept_pages(session) == set()
    importing.driver.click(notice.main_button)
    importing.notice("2 tokens kept")


def test_beginning_again_shows_nothing_of_an_import_that_was_read(importing, practice):
    copied("\n".join(tokens(practice, 2)))
    importing.press("importPaste")
    importing.press("importGo")
    importing.notice("2 tokens kept")
    importing.panel.leave()
    importing.panel.begin()
    assert importing.driver.seen("importGo") is None and not importing.panel.table.isVisible()
    assert importing.titles() == []
    importing.press("importBack")
    assert importing.asked == [Request(Command.SHOW_PAGES)]


def test_what_was_found_waits_while_one_is_elsewhere(importing, practice, session):
    copied("\n".join(tokens(practice, 2)))
    importing.press("importPaste")
    importing.driver.find("importGo")
    importing.panel.leave()
    importing.panel.begin()
    assert "2 tokens" in importing.text("importWords")
    importing.press("importGo")
    importing.driver.wait(lambda: len(kept_pages(session)) == 2, "the kept Pages")


def test_a_file_that_asks_for_its_password_waits_while_one_is_elsewhere(importing, tmp_path, practice):
    path = tmp_path / "protected.xlsx"
    rows = [(f"Page {number}", one) for number, one in enumerate(tokens(practice, 2))]
    path.write_bytes(workbook(Sheet(("Page", "Token"), ("name", "token"), (20, 40), rows), Secret("baguette seven")))
    importing.panel.open_file(path)
    importing.driver.find("importPassword")
    importing.panel.leave()
    importing.panel.begin()
    importing.driver.type_into("importPassword", "baguette seven")
    importing.press("importOpen")
    importing.driver.find("importGo")
    assert "2 tokens" in importing.text("importWords")
