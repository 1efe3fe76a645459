"""What happened to each token, and what the person is reminded of; the ledger's shape from each earlier version."""

import csv
import io
import sqlite3

import pytest

from gui.desk import forget, history, remind, words
from gui.desk.check_all import check_all, check_rows
from gui.desk.copying import copy_many, note_copied, setting_pairs
from gui.desk.pages import load_pages
from gui.desk.states import rows_of
from gui.desk.tokens import tokens_of
from gui.files import texts
from gui.files.sheet import Sheet
from gui.files.whole import write_whole
from gui.values import Secret
from gui.vault.errors import VaultError
from gui.vault.ledger import NAME, Ledger
from gui.vault.migrations import MIGRATIONS
from tests.support.agency import AMIRA, NILS, NORD, connect, login_of
from tests.support.people import JOB, keep_pages

DAY = 86_400


def told(desk, query="", group="", page_id=""):
    return history.events(desk, query, group, page_id, JOB).events


# --------------------------------------------------------------------- history
def test_a_tokens_life_is_written_down(desk, practice):
    kept = connect(desk, practice, AMIRA)
    row = rows_of(desk, kept)[0]
    note_copied(desk, [row], "", JOB)
    practice.world.troubles.on("role_lost")
    check_rows(desk, [row], JOB)
    practice.world.troubles.off()
    check_rows(desk, [row], JOB)
    login = login_of(practice, AMIRA)
    keep_pages(desk, kept, load_pages(desk, login, JOB).rows)
    keep_pages(desk, kept, load_pages(desk, login, JOB).rows)
    forget.finish(desk, forget.forget_pages(desk, [row], JOB), JOB)
    happened = [one.what for one in reversed(told(desk, page_id=row.page.id))]
    assert happened == ["made", "copied", "died", "revived", "renewed", "forgotten"], "a list that brings the same token changes nothing"
    died = next(one for one in told(desk, group="died") if one.what == "died")
    assert died.who == "Amira Haddad · Practice App"
    assert "role" in history.detail(died)
    assert [one.what for one in told(desk, "amira forgotten")] == []
    assert {one.page_id for one in told(desk, row.page.name)} == {row.page.id}


def test_history_is_only_added_to_and_holds_no_secret(desk, practice, tmp_path):
    connect(desk, practice, AMIRA)
    for sql in ("UPDATE event SET who='x'", "DELETE FROM event", "DELETE FROM event WHERE id=1"):
        with pytest.raises(VaultError):
            with desk.vault.ledger.transaction() as db:
                db.execute(sql)
    rows = rows_of(desk, *desk.vault.connections())
    copy_many(desk, rows, "json", JOB)
    path = history.export(desk, tmp_path / "history.csv", "", "", "", JOB)
    lines = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert [one["What"] for one in lines][:3] == ["Token copied"] * 3
    assert "EAA" not in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_login_that_dies_is_written_down_once(desk, practice):
    connect(desk, practice, AMIRA)
    practice.world.troubles.on("password_changed")
    check_all(desk, JOB)
    check_all(desk, JOB)
    died = [one for one in told(desk, group="died") if one.what == "login_died"]
    assert len(died) == 1
    assert "password" in history.detail(died[0])


# ------------------------------------------------------------------- reminders
def test_each_reminder_comes_once_at_14_7_3_and_1_days(desk, practice):
    connect(desk, practice, AMIRA)
    connect(desk, practice, NORD, 1)
    given = {}
    for day in range(95):
        for one in remind.due(desk, JOB):
            given.setdefault(one.title.split(" ends")[0], []).append(day)
        assert remind.due(desk, JOB) == []
        practice.world.advance(DAY)
    assert given == {
        "The login of Amira Haddad": [46, 53, 57, 59], "Data access of Amira Haddad": [76, 83, 87, 89],
        "The login of Agency Nord": [46, 53, 57, 59], "Data access of Agency Nord": [76, 83, 87, 89],
    }  # fmt: skip


def test_who_was_away_is_reminded_of_the_nearest_only(desk, practice):
    connect(desk, practice, AMIRA)
    practice.world.advance(58 * DAY)
    (one,) = remind.due(desk, JOB)
    assert one.title.startswith("The login of Amira Haddad ends on")
    assert "in 2 days" in one.title
    practice.world.advance(1.5 * DAY)
    assert len(remind.due(desk, JOB)) == 1
    practice.world.advance(DAY)
    assert remind.due(desk, JOB) == [], "over is over: Health says so"


@pytest.mark.parametrize(
    ("seconds", "says"),
    [(47 * 3600, "47 hours"), (48 * 3600 - 1, "2 days"), (48 * 3600, "2 days"), (60 * 86_400 - 1, "60 days"), (7_199, "2 hours"), (59, "1 minute")],
)
def test_a_second_more_or_less_says_the_same(seconds, says):
    assert words.span(seconds) == says


def test_renewing_begins_the_reminders_anew_and_page_tokens_with_an_end_count(desk, practice):
    from dataclasses import replace

    kept = connect(desk, practice, AMIRA)
    practice.world.advance(50 * DAY)
    assert len(remind.due(desk, JOB)) == 1
    desk.vault.keep_connection(login_of(practice, AMIRA))
    assert remind.due(desk, JOB) == []
    fresh = [replace(row, expires_at=desk.now() + 2 * DAY) for row in load_pages(desk, login_of(practice, AMIRA), JOB).rows]
    desk.vault.keep_pages(kept, fresh)
    (one,) = remind.due(desk, JOB)
    assert one.title.startswith("3 Page tokens of Amira Haddad: the first ends")


# ------------------------------------------------------------------ forgetting
def test_forgetting_is_hidden_brought_back_or_final(desk, practice):
    amira, nord, nils = connect(desk, practice, AMIRA), connect(desk, practice, NORD, 1), connect(desk, practice, NILS, 1)
    gone = forget.forget_app(desk, next(app for app in desk.vault.apps() if app.app_id == nord.app_id), JOB)
    assert [one.id for one in desk.vault.connections()] == [amira.id]
    assert len(desk.vault.apps()) == 1
    assert desk.vault.checks.needing() == 0
    forget.bring_back(desk, gone, JOB)
    assert {one.id for one in desk.vault.connections()} == {amira.id, nord.id, nils.id}
    shared = next(row for row in rows_of(desk, nord, nils) if len(row.sources) == 2)
    gone = forget.forget_pages(desk, [shared], JOB)
    assert not [row for row in rows_of(desk, nord, nils) if row.page.id == shared.page.id]
    forget.finish(desk, gone, JOB)
    with pytest.raises(VaultError):
        desk.vault.page_token(nord.id, shared.page.id)
    assert len(desk.vault.page_tokens(nord.id)) == 239
    forget.finish(desk, forget.forget_person(desk, nord, False, JOB), JOB)
    assert len(desk.vault.apps()) == 2, "Nils uses it"
    forget.finish(desk, forget.forget_person(desk, nils, False, JOB), JOB)
    assert [app.app_id for app in desk.vault.apps()] == [amira.app_id]
    assert len(desk.vault.page_tokens(amira.id)) == 3


def test_what_is_connected_again_while_it_is_being_forgotten_stays(desk, practice):
    kept = connect(desk, practice, AMIRA)
    gone = forget.forget_person(desk, kept, False, JOB)
    again = connect(desk, practice, AMIRA)
    forget.finish(desk, gone, JOB)
    assert len(desk.vault.page_tokens(again.id)) == 3
    assert desk.vault.connection(again).app.secret


# ----------------------------------------------------------------------- files
def test_cells_that_a_spreadsheet_would_take_for_formulas_are_defused():
    names = ["=1+1", "+49", "-5", "@SUM(A1)", "\tx", "\rx", "plain", '=HYPERLINK("http://x")']
    sheet = Sheet(("Page", "Token"), ("name", "token"), (10, 10), [(name, Secret("EAA1")) for name in names])
    lines = list(csv.reader(io.StringIO(texts.encoded(texts.csv_text(sheet)).decode("utf-8-sig"))))[1:]
    assert [line[0] for line in lines] == [name if name == "plain" else f"'{name}" for name in names]
    table = texts.encoded(texts.table_text(sheet)).decode().splitlines()[1:]
    assert table[0].startswith("'=1+1\t")


def test_a_workbook_keeps_ids_and_formulas_as_text():
    import openpyxl

    from gui.files.workbook import workbook

    sheet = Sheet(("Page", "Page ID"), ("name", "id"), (10, 20), [("=1+1", "101048271000003101"), ("http://x", "007")])
    cells = list(openpyxl.load_workbook(io.BytesIO(workbook(sheet, None))).active.iter_rows())
    assert [[one.value for one in row] for row in cells[1:]] == [["=1+1", "101048271000003101"], ["http://x", "007"]]
    assert {one.data_type for row in cells[1:] for one in row} == {"s"}


def test_settings_lines_have_names_of_their_own(desk, practice):
    from dataclasses import replace

    kept = connect(desk, practice, AMIRA)
    rows = rows_of(desk, kept)
    twins = [replace(row, page=replace(row.page, name="Café Müller")) for row in rows]
    pairs = setting_pairs(twins, tokens_of(desk, rows))
    assert len({name for name, _ in pairs}) == 3
    assert all(name.startswith("CAFE_MULLER_1") for name, _ in pairs)


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    from gui.files import whole

    path = tmp_path / "a"
    path.write_bytes(b"before")
    path.chmod(0o666)
    write_whole(path, b"after")
    assert path.read_bytes() == b"after"
    assert path.stat().st_mode & 0o777 == 0o600

    def fail(*_):
        raise OSError(28, "full")

    monkeypatch.setattr(whole.os, "fsync", fail)
    with pytest.raises(OSError, match="full"):
        write_whole(path, b"never")
    assert path.read_bytes() == b"after"
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_a_protected_export_puts_no_clear_copy_anywhere(desk, practice, tmp_path):
    """Every file that is opened for writing meanwhile, and what stands in it."""
    import sys

    import pyrage

    from gui.desk.export import Wanted, export

    kept = connect(desk, practice, AMIRA)
    rows = rows_of(desk, kept)
    secrets = [one.reveal().encode() for one in tokens_of(desk, rows).values()]
    written, watching = [], [True]

    def hook(event, arguments):
        if watching[0] and event == "open" and isinstance(arguments[0], str) and (arguments[2] & 3 or "w" in str(arguments[1] or "")):
            written.append(arguments[0])

    sys.addaudithook(hook)
    age = str(pyrage.x25519.Identity.generate().to_public())
    target = tmp_path / "given"
    target.mkdir()
    for wanted, protection in (("xlsx", "password"), ("csv", "password"), ("json", "age"), ("xlsx", "age"), ("env", "password")):
        export(desk, rows, Wanted(target / f"{wanted}-{protection}", wanted, True, protection, Secret("correct horse"), age), JOB)
    watching[0] = False
    ledger = str(desk.vault.ledger.folder)
    outside = [one for one in written if not one.startswith((str(target), ledger)) and not one.endswith(".pyc") and "__pycache__" not in one]
    assert not outside, outside
    assert written
    for path in target.iterdir():
        body = path.read_bytes()
        assert not any(secret in body for secret in secrets)
        assert path.stat().st_mode & 0o777 == 0o600


# ---------------------------------------------------------------------- ledger
@pytest.mark.parametrize("version", range(len(MIGRATIONS)))
def test_a_ledger_of_each_earlier_version_is_brought_up_and_loses_nothing(tmp_path, version):
    db = sqlite3.connect(tmp_path / NAME)
    for script in MIGRATIONS[:version]:
        db.executescript(script)
    db.execute(f"PRAGMA user_version={version}")
    if version:
        db.execute("INSERT INTO app (app_id, name, version) VALUES ('1', 'Mine', 'v25.0')")
        db.execute("INSERT INTO connection (id, app_id, user_id, user_name) VALUES (1, '1', '2', 'Amira')")
        db.execute("INSERT INTO page (id, name) VALUES ('9', 'Old')")
        db.execute("INSERT INTO source (page_id, connection_id, origins, last_four) VALUES ('9', 1, 'accounts', 'x7Qd')")
        db.execute("INSERT INTO setting VALUES ('appearance', 'dark')")
    db.commit()
    db.close()
    ledger = Ledger(tmp_path)
    try:
        assert ledger.set_aside is None
        assert ledger.rows("PRAGMA user_version") == [(len(MIGRATIONS),)]
        fresh = Ledger(tmp_path / "fresh")
        shape = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
        assert ledger.rows(shape) == fresh.rows(shape)
        fresh.close()
        if version:
            assert ledger.rows("SELECT user_name, given_name, hidden FROM connection") == [("Amira", "", 0)]
            assert ledger.rows("SELECT last_four FROM source") == [("x7Qd",)]
            assert ledger.setting("appearance") == "dark"
    finally:
        ledger.close()
