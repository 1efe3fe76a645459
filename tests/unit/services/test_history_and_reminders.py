"""What happened to each token, and what the person is reminded of; the database's shape from each earlier version."""

import csv
import io
import os
import sqlite3

import pytest

from gui.files import texts
from gui.files.atomic import atomic_write
from gui.files.sheet import Sheet
from gui.services import forget, formatting, history, remind
from gui.services.check_all import check_all, check_rows
from gui.services.clipboard_text import copy_many, note_copied, setting_pairs
from gui.services.list_pages import list_pages
from gui.services.states import page_rows_now
from gui.services.tokens import read_tokens
from gui.values import CopyFormat, Secret
from gui.vault.database import NAME, Database
from gui.vault.errors import VaultError
from gui.vault.migrations import MIGRATIONS
from tests.support.agency import AMIRA, NILS, NORD, connect, login_of
from tests.support.people import JOB, keep_pages

DAY = 86_400


def told(session, query="", group="", page_id=""):
    return history.find_events(session, query, group, page_id, JOB).events


# --------------------------------------------------------------------- history
def test_a_tokens_life_is_written_down(session, practice):
    stored_login = connect(session, practice, AMIRA)
    row = page_rows_now(session, stored_login)[0]
    note_copied(session, [row], "", JOB)
    practice.world.faults.on("role_lost")
    check_rows(session, [row], JOB)
    practice.world.faults.off()
    check_rows(session, [row], JOB)
    login = login_of(practice, AMIRA)
    keep_pages(session, stored_login, list_pages(session, login, JOB).rows)
    keep_pages(session, stored_login, list_pages(session, login, JOB).rows)
    forget.finish(session, forget.forget_pages(session, [row], JOB), JOB)
    happened = [one.what for one in reversed(told(session, page_id=row.page.id))]
    assert happened == ["made", "copied", "died", "revived", "renewed", "forgotten"], (
        "a list that brings the same token changes nothing"
    )
    died = next(one for one in told(session, group="died") if one.what == "died")
    assert died.who == "Amira Haddad · Practice App"
    assert "role" in history.event_detail(died)
    assert [one.what for one in told(session, "amira forgotten")] == []
    assert {one.page_id for one in told(session, row.page.name)} == {row.page.id}


def test_history_is_only_added_to_and_holds_no_secret(session, practice, tmp_path):
    connect(session, practice, AMIRA)
    for sql in ("UPDATE event SET who='x'", "DELETE FROM event", "DELETE FROM event WHERE id=1"):
        with pytest.raises(VaultError):
            with session.vault.database.transaction() as db:
                db.execute(sql)
    rows = page_rows_now(session, *session.vault.logins())
    copy_many(session, rows, CopyFormat.JSON, JOB)
    path = history.export_history(session, tmp_path / "history.csv", "", "", "", JOB)
    lines = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert [one["What"] for one in lines][:3] == ["Token copied"] * 3
    assert "EAA" not in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_login_that_dies_is_written_down_once(session, practice):
    connect(session, practice, AMIRA)
    practice.world.faults.on("password_changed")
    check_all(session, JOB)
    check_all(session, JOB)
    died = [one for one in told(session, group="died") if one.what == "login_died"]
    assert len(died) == 1
    assert "password" in history.event_detail(died[0])


# ------------------------------------------------------------------- reminders
def test_each_reminder_comes_once_at_14_7_3_and_1_days(session, practice):
    connect(session, practice, AMIRA)
    connect(session, practice, NORD, 1)
    given: dict[str, list[int]] = {}
    for day in range(95):
        for one in remind.due_reminders(session, JOB):
            given.setdefault(one.title.split(" ends")[0], []).append(day)
        assert remind.due_reminders(session, JOB) == []
        practice.world.advance(DAY)
    assert given == {
        "The login of Amira Haddad": [46, 53, 57, 59], "Data access of Amira Haddad": [76, 83, 87, 89],
        "The login of Agency Nord": [46, 53, 57, 59], "Data access of Agency Nord": [76, 83, 87, 89],
    }  # fmt: skip


def test_who_was_away_is_reminded_of_the_nearest_only(session, practice):
    connect(session, practice, AMIRA)
    practice.world.advance(58 * DAY)
    (one,) = remind.due_reminders(session, JOB)
    assert one.title.startswith("The login of Amira Haddad ends on")
    assert "in 2 days" in one.title
    practice.world.advance(1.5 * DAY)
    assert len(remind.due_reminders(session, JOB)) == 1
    practice.world.advance(DAY)
    assert remind.due_reminders(session, JOB) == [], "over is over: Health says so"


@pytest.mark.parametrize(
    ("seconds", "says"),
    [
        (47 * 3600, "47 hours"),
        (48 * 3600 - 1, "2 days"),
        (48 * 3600, "2 days"),
        (60 * 86_400 - 1, "60 days"),
        (7_199, "2 hours"),
        (59, "1 minute"),
    ],
)
def test_a_second_more_or_less_says_the_same(seconds, says):
    assert formatting.span(seconds) == says


def test_renewing_begins_the_reminders_anew_and_page_tokens_with_an_end_count(session, practice):
    from dataclasses import replace

    login = connect(session, practice, AMIRA)
    practice.world.advance(50 * DAY)
    assert len(remind.due_reminders(session, JOB)) == 1
    session.vault.keep_login(login_of(practice, AMIRA))
    assert remind.due_reminders(session, JOB) == []
    fresh = [
        replace(row, expires_at=session.now() + 2 * DAY)
        for row in list_pages(session, login_of(practice, AMIRA), JOB).rows
    ]
    session.vault.keep_pages(login, fresh)
    (one,) = remind.due_reminders(session, JOB)
    assert one.title.startswith("3 Page tokens of Amira Haddad: the first ends")


# ------------------------------------------------------------------ forgetting
def test_forgetting_is_hidden_brought_back_or_final(session, practice):
    amira, nord, nils = (
        connect(session, practice, AMIRA),
        connect(session, practice, NORD, 1),
        connect(session, practice, NILS, 1),
    )
    gone = forget.forget_app(session, next(app for app in session.vault.apps() if app.app_id == nord.app_id), JOB)
    assert [one.id for one in session.vault.logins()] == [amira.id]
    assert len(session.vault.apps()) == 1
    assert session.vault.health_records.count_needing_you() == 0
    forget.bring_back(session, gone, JOB)
    assert {one.id for one in session.vault.logins()} == {amira.id, nord.id, nils.id}
    shared = next(row for row in page_rows_now(session, nord, nils) if len(row.sources) == 2)
    gone = forget.forget_pages(session, [shared], JOB)
    assert not [row for row in page_rows_now(session, nord, nils) if row.page.id == shared.page.id]
    forget.finish(session, gone, JOB)
    with pytest.raises(VaultError):
        session.vault.page_token(nord.id, shared.page.id)
    assert len(session.vault.page_tokens(nord.id)) == 239
    forget.finish(session, forget.forget_login(session, nord, False, JOB), JOB)
    assert len(session.vault.apps()) == 2, "Nils uses it"
    forget.finish(session, forget.forget_login(session, nils, False, JOB), JOB)
    assert [app.app_id for app in session.vault.apps()] == [amira.app_id]
    assert len(session.vault.page_tokens(amira.id)) == 3


def test_what_is_connected_again_while_it_is_being_forgotten_stays(session, practice):
    login = connect(session, practice, AMIRA)
    gone = forget.forget_login(session, login, False, JOB)
    again = connect(session, practice, AMIRA)
    forget.finish(session, gone, JOB)
    assert len(session.vault.page_tokens(again.id)) == 3
    assert session.vault.login(again).app.secret


# ----------------------------------------------------------------------- files
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


def test_settings_lines_have_names_of_their_own(session, practice):
    from dataclasses import replace

    login = connect(session, practice, AMIRA)
    rows = page_rows_now(session, login)
    twins = [replace(row, page=replace(row.page, name="Café Müller")) for row in rows]
    pairs = setting_pairs(twins, read_tokens(session, rows))
    assert len({name for name, _ in pairs}) == 3
    assert all(name.startswith("CAFE_MULLER_1") for name, _ in pairs)


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):

    path = tmp_path / "a"
    path.write_bytes(b"before")
    path.chmod(0o666)
    atomic_write(path, b"after")
    assert path.read_bytes() == b"after"
    assert path.stat().st_mode & 0o777 == 0o600

    def fail(*_):
        raise OSError(28, "full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="full"):
        atomic_write(path, b"never")
    assert path.read_bytes() == b"after"
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_a_protected_export_puts_no_clear_copy_anywhere(session, practice, tmp_path):
    """Every file that is opened for writing meanwhile, and what stands in it."""
    import sys

    import pyrage

    from gui.services.export import ExportOptions, export

    login = connect(session, practice, AMIRA)
    rows = page_rows_now(session, login)
    secrets = [one.reveal().encode() for one in read_tokens(session, rows).values()]
    written, watching = [], [True]

    def hook(event, arguments):
        if (
            watching[0]
            and event == "open"
            and isinstance(arguments[0], str)
            and (arguments[2] & 3 or "w" in str(arguments[1] or ""))
        ):
            written.append(arguments[0])

    sys.addaudithook(hook)
    age = str(pyrage.x25519.Identity.generate().to_public())
    target = tmp_path / "given"
    target.mkdir()
    for wanted, protection in (
        ("xlsx", "password"),
        ("csv", "password"),
        ("json", "age"),
        ("xlsx", "age"),
        ("env", "password"),
    ):
        export(
            session,
            rows,
            ExportOptions(target / f"{wanted}-{protection}", wanted, True, protection, Secret("correct horse"), age),
            JOB,
        )
    watching[0] = False
    database = str(session.vault.database.folder)
    outside = [
        one
        for one in written
        if not one.startswith((str(target), database)) and not one.endswith(".pyc") and "__pycache__" not in one
    ]
    assert not outside, outside
    assert written
    for path in target.iterdir():
        body = path.read_bytes()
        assert not any(secret in body for secret in secrets)
        assert path.stat().st_mode & 0o777 == 0o600


# ---------------------------------------------------------------------- database
@pytest.mark.parametrize("version", range(len(MIGRATIONS)))
def test_a_database_of_each_earlier_version_is_brought_up_and_loses_nothing(tmp_path, version):
    db = sqlite3.connect(tmp_path / NAME)
    for script in MIGRATIONS[:version]:
        db.executescript(script)
    db.execute(f"PRAGMA user_version={version}")
    if version:
        db.execute("INSERT INTO app (app_id, name, version) VALUES ('1', 'Mine', 'v25.0')")
        db.execute("INSERT INTO connection (id, app_id, user_id, user_name) VALUES (1, '1', '2', 'Amira')")
        db.execute("INSERT INTO page (id, name) VALUES ('9', 'Old')")
        db.execute(
            "INSERT INTO source (page_id, connection_id, origins, last_four) VALUES ('9', 1, 'accounts', 'x7Qd')"
        )
        db.execute("INSERT INTO setting VALUES ('appearance', 'dark')")
    db.commit()
    db.close()
    database = Database(tmp_path)
    try:
        assert database.set_aside is None
        assert database.count("PRAGMA user_version") == len(MIGRATIONS)
        fresh = Database(tmp_path / "fresh")
        shape = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
        assert [tuple(row) for row in database.rows(shape)] == [tuple(row) for row in fresh.rows(shape)]
        fresh.close()
        if version:
            assert [tuple(row) for row in database.rows("SELECT user_name, given_name, hidden FROM connection")] == [
                ("Amira", "", 0)
            ]
            assert [row["last_four"] for row in database.rows("SELECT last_four FROM source")] == ["x7Qd"]
            assert database.setting("appearance") == "dark"
    finally:
        database.close()
