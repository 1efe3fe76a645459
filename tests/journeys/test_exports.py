"""Exports of the selected Pages, in the real window: protected, in clear, and when they fail."""

import csv
import io
import json
import os
from pathlib import Path

import msoffcrypto
import openpyxl
import pyrage
import pytest
import pyzipper
from PySide6.QtGui import QGuiApplication

from tests.journeys.selecting import select
from tests.support.agency import right_token
from tests.support.rights import assert_owners_alone


def export(journey, tmp_path, wanted, protection, password="correct horse", *, tokens=True, keys=""):
    """Through the export's view; the file."""
    driver = journey.driver
    driver.click("manyExport")
    driver.wait(lambda: driver.seen("exportGo"), "the export")
    driver.find(f"format_{wanted}").click()
    driver.find("exportTokens").setChecked(tokens)
    if tokens:
        driver.find(f"protection_{protection}").click()
        if protection == "password":
            driver.type_into("exportPassword", password)
        elif protection == "age":
            driver.find("exportKeys").setPlainText(keys)
        else:
            assert not driver.find("exportGo").isEnabled(), "a second, explicit yes"
            driver.find("exportSure").click()
    path = tmp_path / "given" / Path(driver.find("exportPath").text()).name
    path.parent.mkdir(exist_ok=True)
    driver.find("exportPath").setText(str(path))
    driver.find("exportPath").textEdited.emit(str(path))
    driver.click("exportGo")
    return path


def lines_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def test_exports_under_a_password_open_with_it_and_hold_the_right_tokens(agency, tmp_path):
    rows = select(agency, 0, 1, 5)
    path = export(agency, tmp_path, "xlsx", "password")
    agency.driver.notice("Exported 3 Pages")
    assert_owners_alone(path)
    clear = io.BytesIO()
    with path.open("rb") as file:
        office = msoffcrypto.OfficeFile(file)
        office.load_key(password="correct horse", verify_password=True)
        office.decrypt(clear)
    cells = list(openpyxl.load_workbook(clear).active.iter_rows(values_only=True))
    assert cells[0][:3] == ("Page", "Page ID", "Page token")
    assert {line[1] for line in cells[1:]} == {row.page.id for row in rows}
    assert all(right_token(agency.server, line[1], line[2]) for line in cells[1:])
    agency.driver.click("exportBack")
    for wanted in ("csv", "json", "env"):
        path = export(agency, tmp_path, wanted, "password")
        agency.driver.notice("Exported 3 Pages")
        assert path.name.endswith(f".{wanted}.zip")
        with pyzipper.AESZipFile(path) as archive:
            assert archive.infolist()[0].flag_bits & 1
            archive.setpassword(b"correct horse")
            text = archive.read(archive.namelist()[0]).decode()
        assert text.count("EAA") >= 3
        agency.driver.click("exportBack")
    assert agency.table.pages.selected == {row.page.id for row in rows}, "still selected"


def test_an_export_for_age_keys_and_one_in_clear(agency, tmp_path):
    identity = pyrage.x25519.Identity.generate()
    select(agency, 0, 1)
    export(agency, tmp_path, "json", "age", keys="nonsense")
    agency.driver.notice("This is not a public age key")
    agency.driver.click("exportBack")
    path = export(agency, tmp_path, "json", "age", keys=str(identity.to_public()))
    agency.driver.notice("Exported 2 Pages")
    found = json.loads(pyrage.decrypt(path.read_bytes(), [identity]))
    assert all(right_token(agency.server, one["id"], one["access_token"]) for one in found)
    agency.driver.click("exportBack")
    path = export(agency, tmp_path, "csv", "plain")
    agency.driver.notice("Exported 2 Pages")
    assert all(right_token(agency.server, line["Page ID"], line["Page token"]) for line in lines_of(path))
    agency.driver.click("nav_history")
    agency.driver.click("history_given")
    events = agency.driver.wait(lambda: agency.panel("history").table.items, "the history")
    assert sum("unprotected" in one.detail for one in events) == 2
    path.unlink()


def test_an_export_without_tokens_needs_no_password(agency, tmp_path):
    select(agency, 0, 1)
    path = export(agency, tmp_path, "csv", "", tokens=False)
    agency.driver.notice("Exported 2 Pages")
    assert "Page token" not in lines_of(path)[0]
    assert "EAA" not in path.read_text("utf-8")


@pytest.mark.parametrize("trouble", ["exists", "missing", "not_written", "full"])
def test_an_export_that_fails_says_why_and_leaves_nothing(agency, tmp_path, trouble, monkeypatch):

    select(agency, 0)
    folder = tmp_path / "given"
    folder.mkdir()
    driver = agency.driver
    driver.click("manyExport")
    driver.type_into("exportPassword", "correct horse")
    path = (tmp_path / "nowhere" if trouble == "missing" else folder) / "tokens.xlsx"
    if trouble == "exists":
        path.write_text("mine", "utf-8")
    if trouble in {"not_written", "full"}:
        import errno

        def fail(*_):
            raise OSError(errno.ENOSPC if trouble == "full" else errno.EACCES, "no")

        monkeypatch.setattr(os, "fsync", fail)
    driver.type_into("exportPath", str(path))
    driver.click("exportGo")
    says = {
        "exists": "There is already a file named tokens.xlsx",
        "missing": "There is no folder",
        "not_written": "could not be written",
        "full": "disk is full",
    }
    notice = driver.notice(says[trouble])
    if trouble == "exists":
        assert path.read_text("utf-8") == "mine"
        driver.click(notice.main_button)
        driver.notice("Exported 1 Page")
        assert path.read_bytes()[:4] == b"\xd0\xcf\x11\xe0"
    else:
        assert list(folder.iterdir()) == []


def test_a_short_password_is_not_taken(agency):
    from gui.errors import UserError
    from gui.services import export as verb
    from gui.values import Secret
    from tests.support.people import JOB

    rows = select(agency, 0)
    agency.driver.click("manyExport")
    agency.driver.type_into("exportPassword", "short")
    assert not agency.driver.find("exportGo").isEnabled()
    with pytest.raises(UserError) as caught:
        verb.export(
            agency.program.session,
            rows,
            verb.ExportOptions(Path("never"), "csv", True, "password", Secret("short")),
            JOB,
        )
    assert caught.value.kind == "export_password_short"
    agency.driver.click("exportMake")
    made = QGuiApplication.clipboard().text()
    assert len(made) == 23
    assert agency.driver.find("exportGo").isEnabled()
