"""Importing alone: from what was copied, from a file, by dropping it; told row by row."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from gui.files.sheet import Sheet
from gui.files.workbook import workbook
from gui.panels.import_tokens import ImportPanel
from gui.shell.commands import Command, Request
from gui.values import Secret
from tests.support.agency import NORD, app_at, login_of
from tests.support.one_panel import OnePanel
from tests.support.people import token_text


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
    return [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]


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
    assert rows[0][0] == "5"
    assert rows[0][1] == "Old"
    assert rows[0][3]
    assert len(imported) == 1
    assert not any(token in str(rows) for token in mine)
    importing.panel.refresh()
    assert not importing.panel.table.grab().isNull()


def test_rows_without_a_token_are_counted_apart(importing, practice):
    (mine,) = tokens(practice, 1)
    copied(f"Page\tToken\nOne\t{mine}\nTwo\t\nThree\t-\n")
    importing.press("importPaste")
    assert importing.text("importWords") == "Found 1 token, and 2 rows without one."


@pytest.mark.parametrize(("text", "title"), [("", "Nothing is copied"), ("hello there", "No token was found")])
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
        ("broken.xlsx", b"PK\x03\x04nothing", "The workbook could not be read"),
        ("empty.csv", b"", "No token was found"),
        ("nowhere.csv", None, "nowhere.csv could not be read"),
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
    path.write_text("".join(f"PAGE_{n}={one}\n" for n, one in enumerate(tokens(practice, 2))))
    assert drop(importing, QUrl.fromLocalFile(str(path)).toString()) == (True, True)
    assert importing.text("importWords") == "Found 2 tokens."


def test_what_lies_elsewhere_is_not_fetched(importing):
    assert drop(importing, "https://elsewhere.example/tokens.csv") == (False, False)
    assert importing.driver.seen("importGo") is None


def test_a_file_is_chosen_in_a_dialog(importing, practice, tmp_path, qtbot):
    path = tmp_path / "tokens.txt"
    path.write_text("\n".join(tokens(practice, 2)))
    importing.press("importChoose")
    dialog = importing.driver.wait(lambda: importing.panel.findChild(QFileDialog), "the dialog")
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFile
    dialog.fileSelected.emit(str(path))
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


def test_beginning_again_shows_nothing_of_before(importing, practice):
    copied("\n".join(tokens(practice, 2)))
    importing.press("importPaste")
    importing.driver.find("importGo")
    importing.panel.begin()
    assert importing.driver.seen("importGo") is None
    importing.press("importBack")
    assert importing.asked == [Request(Command.SHOW_PAGES)]
