"""Exporting alone: each format, with tokens or without, for whoever may open it; and where it lies."""

import csv
import errno
import io
import json
import os
from pathlib import Path

import msoffcrypto
import openpyxl
import pyrage
import pytest
import pyzipper
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel

from gui.panels.export import ExportPanel
from gui.shell.commands import Command
from gui.values import Secret
from tests.support.agency import NORD, connect, right_token
from tests.support.one_panel import OnePanel
from tests.support.rights import assert_owners_alone

PASSWORD = "correct horse"


@pytest.fixture
def rows(session, practice):
    """Three of Agency Nord's Pages."""
    return list(session.vault.page_rows(connect(session, practice, NORD)))[:3]


@pytest.fixture
def exporting(qtbot, qapp, session, practice, rows, tmp_path, monkeypatch):
    (tmp_path / "Documents").mkdir()
    monkeypatch.setattr("gui.panels.export.QStandardPaths.writableLocation", lambda place: str(tmp_path / "Documents"))
    one = OnePanel(ExportPanel, session, practice)
    one.panel.begin(rows)
    yield one
    one.close()


def path_of(exporting):
    return Path(exporting.driver.find("exportPath").text())


def write(exporting, wanted="xlsx", protection="password", *, keys=""):
    """Choose, fill in, export; the file that was suggested."""
    exporting.driver.find(f"format_{wanted}").click()
    exporting.driver.find(f"protection_{protection}").click()
    if protection == "password":
        exporting.driver.type_into("exportPassword", PASSWORD)
    elif protection == "age":
        exporting.driver.find("exportKeys").setPlainText(keys)
    else:
        assert not exporting.driver.find("exportGo").isEnabled(), "a second, explicit yes"
        exporting.choose("exportSure")
    path = path_of(exporting)
    exporting.press("exportGo")
    return path


def unzipped(path):
    with pyzipper.AESZipFile(path) as archive:
        assert archive.infolist()[0].flag_bits & 1
        archive.setpassword(PASSWORD.encode())
        return archive.read(archive.namelist()[0]).decode("utf-8-sig")


def decrypted(path):
    clear = io.BytesIO()
    with path.open("rb") as file:
        office = msoffcrypto.OfficeFile(file)
        office.load_key(password=PASSWORD, verify_password=True)
        office.decrypt(clear)
    return list(openpyxl.load_workbook(clear).active.iter_rows(values_only=True))


def test_a_workbook_opens_with_its_password_only(exporting, practice, rows):
    assert exporting.text("panelTitle") == "Export 3 Pages"
    path = write(exporting)
    notice = exporting.notice("Exported 3 Pages")
    assert f"It is in {path.parent}, and only your account can read it." in notice.text.text
    assert_owners_alone(path)
    cells = decrypted(path)
    assert cells[0][:3] == ("Page", "Page ID", "Page token")
    assert [line[1] for line in cells[1:]] == [row.page.id for row in rows]
    assert all(right_token(practice, line[1], line[2]) for line in cells[1:])
    assert exporting.driver.find("exportPassword").text() == "", "the password is kept nowhere"
    exporting.driver.click("noticeButton")
    assert exporting.commands() == [Command.SHOW_PAGES]


@pytest.mark.parametrize("wanted", ["csv", "json", "env"])
def test_other_formats_lie_in_an_archive_under_the_password(exporting, practice, rows, wanted):
    path = write(exporting, wanted)
    exporting.notice("Exported 3 Pages")
    assert path.name.endswith(f".{wanted}.zip")
    text = unzipped(path)
    if wanted == "csv":
        found = {line["Page ID"]: line["Page token"] for line in csv.DictReader(io.StringIO(text))}
        assert list(found) == [row.page.id for row in rows]
        assert all(right_token(practice, page_id, token) for page_id, token in found.items())
    elif wanted == "json":
        assert all(right_token(practice, one["id"], one["access_token"]) for one in json.loads(text))
    else:
        assert text.count("=EAA") == 3
        assert not exporting.driver.find("exportTokens").isEnabled(), "such a file is nothing without tokens"


def test_an_export_for_a_key_opens_with_that_key(exporting, practice, rows):
    identity = pyrage.x25519.Identity.generate()
    write(exporting, "json", "age", keys="nonsense")
    exporting.notice("This is not a public age key")
    path = write(exporting, "json", "age", keys=str(identity.to_public()))
    exporting.notice("Exported 3 Pages")
    assert path.suffix == ".age"
    found = json.loads(pyrage.decrypt(path.read_bytes(), [identity]))
    assert all(right_token(practice, one["id"], one["access_token"]) for one in found)


def test_an_export_in_clear_needs_a_second_yes_and_is_written_down(exporting, session, practice):
    exporting.driver.find("protection_plain").click()
    assert "act on your behalf on 3 Pages" in exporting.text("exportWarning")
    path = write(exporting, "csv", "plain")
    exporting.notice("Exported 3 Pages")
    found = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert all(right_token(practice, line["Page ID"], line["Page token"]) for line in found)
    assert not exporting.panel.findChild(object, "exportSure").isChecked(), "each time anew"
    events = session.vault.history.events("", ("exported",))
    assert ["unprotected" in one.detail for one in events] == [True] * 3


def test_an_export_without_tokens_needs_no_password(exporting):
    exporting.driver.find("format_csv").click()
    exporting.choose("exportTokens")
    assert exporting.driver.seen("exportPassword") is None
    path = path_of(exporting)
    assert path.name.startswith("Pages ")
    exporting.press("exportGo")
    exporting.notice("Exported 3 Pages")
    assert "EAA" not in path.read_text("utf-8")
    assert "Page token" not in path.read_text("utf-8-sig").splitlines()[0]


def test_a_short_password_is_not_taken_and_one_can_be_made(exporting):
    exporting.driver.type_into("exportPassword", "short")
    assert not exporting.driver.find("exportGo").isEnabled()
    exporting.press("exportMake")
    ((made, what),) = exporting.copied
    assert isinstance(made, Secret)
    assert (made.length, what) == (23, "the password of the file")
    assert exporting.driver.find("exportGo").isEnabled()
    path = path_of(exporting)
    exporting.press("exportGo")
    exporting.notice("Exported 3 Pages")
    with path.open("rb") as file:
        msoffcrypto.OfficeFile(file).load_key(password=made.reveal(), verify_password=True)


@pytest.mark.parametrize(
    ("wanted", "says"), [("xlsx", "Excel and LibreOffice ask for it"), ("csv", "a zip archive encrypted with AES-256")]
)
def test_it_is_said_what_opens_the_file(exporting, wanted, says):
    exporting.driver.find(f"format_{wanted}").click()
    assert says in exporting.text("exportOpens")


def test_a_file_of_the_same_name_is_left_alone(exporting, tmp_path):
    first = path_of(exporting)
    first.write_text("mine", "utf-8")
    exporting.driver.find("format_csv").click()
    exporting.driver.find("format_xlsx").click()
    assert path_of(exporting).name == f"{first.stem} (2).xlsx"


def test_a_file_that_is_there_is_replaced_only_after_a_yes(exporting, tmp_path):
    path = tmp_path / "tokens.xlsx"
    path.write_text("mine", "utf-8")
    exporting.driver.type_into("exportPath", str(path))
    exporting.driver.type_into("exportPassword", PASSWORD)
    exporting.press("exportGo")
    notice = exporting.notice("There is already a file named tokens.xlsx")
    assert path.read_text("utf-8") == "mine"
    exporting.driver.click(notice.main_button)
    exporting.notice("Exported 3 Pages")
    assert len(decrypted(path)) == 4
    exporting.driver.type_into("exportPassword", PASSWORD)
    exporting.press("exportGo")
    exporting.notice("There is already a file named tokens.xlsx")


def test_a_file_that_was_chosen_in_the_dialog_was_asked_about_there(exporting, tmp_path):
    path = tmp_path / "chosen.xlsx"
    path.write_text("mine", "utf-8")
    exporting.press("exportChoose")
    dialog = exporting.driver.wait(lambda: exporting.panel.findChild(QFileDialog), "the dialog")
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    exporting.driver.type_into("exportPassword", PASSWORD)
    exporting.press("exportGo")
    exporting.notice("Exported 3 Pages")
    assert len(decrypted(path)) == 4


@pytest.mark.parametrize(
    ("trouble", "title"),
    [
        ("missing", "There is no folder"),
        (errno.EACCES, "The file could not be written"),
        (errno.ENOSPC, "The disk is full"),
    ],
)
def test_what_cannot_be_written_says_why_and_leaves_nothing(exporting, tmp_path, trouble, title, monkeypatch):
    folder = tmp_path / ("nowhere" if trouble == "missing" else "Documents")
    if trouble != "missing":

        def fail(*_):
            raise OSError(trouble, "no")

        monkeypatch.setattr(os, "fsync", fail)
    exporting.driver.type_into("exportPath", str(folder / "tokens.xlsx"))
    exporting.driver.type_into("exportPassword", PASSWORD)
    exporting.press("exportGo")
    exporting.notice(title)
    assert not list(tmp_path.rglob("tokens.xlsx*"))
    assert exporting.driver.find("exportGo").isEnabled(), "another folder may do"


def test_a_name_without_a_folder_is_told_with_the_folder_it_went_to(exporting, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exporting.driver.type_into("exportPath", "tokens.xlsx")
    exporting.driver.type_into("exportPassword", PASSWORD)
    exporting.press("exportGo")
    assert f"It is in {tmp_path}, and" in exporting.notice("Exported 3 Pages").text.text


def test_without_a_place_nothing_can_be_exported(exporting):
    exporting.driver.type_into("exportPassword", PASSWORD)
    assert exporting.driver.find("exportGo").isEnabled()
    exporting.driver.type_into("exportPath", " ")
    assert not exporting.driver.find("exportGo").isEnabled()


def test_pages_without_a_token_are_counted(exporting, session, rows):
    from dataclasses import replace

    bare = [replace(row, last_four="") for row in rows[1:]]
    exporting.panel.begin([rows[0], *bare])
    assert exporting.text("panelSubtitle") == "1 Page of them has a token."
    exporting.panel.begin([*rows[:2], bare[1]])
    assert exporting.text("panelSubtitle") == "2 Pages of them have a token."


def test_the_way_back_is_the_pages(exporting):
    exporting.press("exportBack")
    assert exporting.commands() == [Command.SHOW_PAGES]
    assert not [one for one in exporting.panel.findChildren(QLabel) if "EAA" in one.text()]


@pytest.mark.parametrize("field", ["exportPassword", "exportPath"])
def test_return_in_a_field_exports_once_everything_is_there(exporting, field):
    driver = exporting.driver
    path = path_of(exporting)
    QTest.keyClick(driver.find(field), Qt.Key.Key_Return)
    assert not exporting.panel.progress.isVisible(), "a password is missing"
    driver.type_into("exportPassword", PASSWORD)
    QTest.keyClick(driver.find(field), Qt.Key.Key_Return)
    exporting.notice("Exported 3 Pages")
    assert path.exists()


def test_the_end_of_one_export_leaves_what_is_typed_for_the_next(exporting, rows):
    from gui.vault.secret_service import one_at_a_time

    with one_at_a_time:
        # The keychain answers nobody else meanwhile.
        write(exporting)
        exporting.panel.begin(rows[:2])
        exporting.driver.type_into("exportPassword", "another password")
    exporting.notice("Exported 3 Pages")
    assert exporting.driver.find("exportPassword").text() == "another password"
    assert exporting.driver.find("exportGo").isEnabled()
