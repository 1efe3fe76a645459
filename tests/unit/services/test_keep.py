"""What is kept is read back whole, after a restart and after a crash."""

import sqlite3
from contextlib import closing

import pytest

from gui.errors import UserError
from gui.services import keep
from gui.services.health import read_health
from gui.services.list_pages import list_pages
from gui.services.session import Session
from gui.services.states import page_rows_now
from gui.values import ColumnLayout, Page, PageRow, Secret, Settings, TokenState
from gui.vault.bundles import INDEX
from gui.vault.database import NAME
from gui.vault.errors import VaultError
from gui.vault.health_records import CheckResult
from tests.support.agency import AMIRA, NORD, connect, login_of
from tests.support.people import ALL, JOB, app_of, connection_of, keep_pages


@pytest.fixture
def restarted(session, open_vault):
    """Closes the session and gives one of the next start, over the same profile."""
    opened = []

    def restart() -> Session:
        session.close()
        opened.append(Session(session.site, open_vault, session.clock))
        return opened[-1]

    yield restart
    for one in opened:
        one.close()


def test_origins_and_instagram_are_kept(session, practice):
    session.vault.keep_app(app_of(practice))
    login = connection_of(practice, 1, (*ALL, "instagram_basic"))
    stored_login = keep.keep_login(session, login, JOB)
    rows = list_pages(session, login, JOB).rows
    keep_pages(session, stored_login, rows)
    again = {row.page.id: row.page for row in page_rows_now(session, stored_login)}
    assert again == {row.page.id: row.page for row in rows}
    assert any(page.instagram_name for page in again.values())


def test_an_empty_profile_opens_with_nothing_kept(session):
    assert keep.open_accounts(session, JOB) == keep.AccountsSnapshot((), (), Settings(), 0, ())


def test_what_was_kept_is_there_after_a_restart(session, practice, restarted):
    connect(session, practice, AMIRA)
    connect(session, practice, NORD, 1)
    before = keep.read_accounts(session, JOB)
    accounts = keep.open_accounts(restarted(), JOB)
    assert accounts == before
    assert [app.name for app in accounts.apps] == ["Nord Publisher", "Practice App"]
    assert [(login.user_name, login.pages) for login in accounts.logins] == [("Amira Haddad", 3), ("Agency Nord", 240)]
    assert not any(app.secret for app in accounts.apps)


def test_pages_that_need_the_person_are_counted(session, practice):
    login = connect(session, practice, AMIRA)
    assert keep.read_accounts(session, JOB).needing_you == 0
    lost = CheckResult(TokenState.NEEDS_YOU, "role_lost")
    lost_pages = {practice.world.page(place).id: lost for place in (0, 1)}
    session.vault.health_records.record_pages(login, lost_pages, session.now())
    assert keep.read_accounts(session, JOB).needing_you == 2


def test_what_a_crash_left_half_forgotten_is_finished_at_the_start(session, practice, restarted):
    login = connect(session, practice, AMIRA)
    session.vault.soft_delete.hide(logins=(login.id,), with_apps=True)
    again = restarted()
    accounts = keep.open_accounts(again, JOB)
    assert (accounts.apps, accounts.logins, accounts.notices) == ((), (), ())
    assert again.vault.database.count("SELECT count(*) FROM connection") == 0


def test_a_damaged_database_is_told_at_the_start_once(session, practice, restarted):
    connect(session, practice, AMIRA)
    path = session.folder / NAME
    again = restarted()
    path.write_bytes(b"not a database at all, but long enough to be one" * 400)
    (notice,) = keep.open_accounts(again, JOB).notices
    assert (notice.kind, notice.values) == ("database_rebuilt", {"name": "3 Page tokens"})
    assert [login.pages for login in again.vault.logins()] == [3]


#: What a damaged disk, or another program, may leave in a column.
WILD = (b"\xff\xfe\x00", -1, 2**62, 1e300, "", "nonsense", "\u0661", None, b"")


@pytest.mark.parametrize("table", ["app", "connection", "page", "source", "client", "setting", "event"])
def test_a_damaged_row_is_told_and_everything_can_be_read(session, practice, restarted, table):
    """Each column in turn holds each wild value; the program opens, lists, and copies every other token."""
    login = connect(session, practice, AMIRA)
    session.vault.clients.give(session.vault.clients.named("Nord"), [practice.world.page(0).id])
    session.vault.settings.change(appearance="dark")
    tokens = {one: secret.reveal() for one, secret in session.vault.page_tokens(login.id).items()}
    path = session.folder / NAME
    session.close()
    whole = path.read_bytes()
    with closing(sqlite3.connect(path)) as db:
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if not row[5]]
    for column in columns:
        for wild in WILD:
            path.write_bytes(whole)
            with closing(sqlite3.connect(path)) as db:
                db.execute("DROP TRIGGER event_is_not_changed")
                row = "page_id=(SELECT min(page_id) FROM source)" if table == "source" else "rowid=1"
                try:
                    db.execute(f"UPDATE {table} SET {column}=? WHERE {row}", (wild,))
                except sqlite3.IntegrityError:
                    continue  # The database itself holds it off.
                db.commit()
            again = restarted()
            accounts = keep.open_accounts(again, JOB)
            told = {"database_rebuilt"} if (table, column) in KEYS else set()
            assert {notice.kind for notice in accounts.notices} <= {"database_mended"} | told, (column, wild)
            for kept in accounts.logins:
                found = again.vault.page_rows(kept)
                assert all(row.state in TokenState for row in found)
                read_health(again, JOB)
                for row in found:
                    if row.has_token and (table, column) not in KEYS:
                        assert again.vault.page_token(kept.id, row.page.id).reveal() == tokens[row.page.id]
            list(again.vault.history.events())
            again.close()


#: Columns that say which token is meant: after damage there, that one is fetched again, or all come from the keychain.
KEYS = {
    ("source", "pack"),
    ("connection", "app_id"),
    ("connection", "user_id"),
    ("app", "pack"),
    ("connection", "pack"),
}


@pytest.mark.parametrize("index", ["9" * 5000, "-1", "nonsense", "\u0663", "", "20000000"])
def test_a_wild_index_in_the_keychain_neither_hangs_nor_loses(session, practice, restarted, index):
    connect(session, practice, AMIRA)
    keychain = session.vault.keychain
    if index:
        keychain.write(INDEX, Secret(index))
    session.close()
    path = session.folder / NAME
    path.write_bytes(b"not a database at all, but long enough to be one" * 400)
    again = restarted()
    (notice,) = keep.open_accounts(again, JOB).notices
    assert (notice.kind, notice.values) == ("database_rebuilt", {"name": "3 Page tokens"})


def test_a_database_of_a_newer_version_is_raised(session, restarted):
    path = session.folder / NAME
    again = restarted()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version=9999")
    db.close()
    with pytest.raises(VaultError) as caught:
        keep.open_accounts(again, JOB)
    assert caught.value.kind == "database_newer"


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"appearance": "dark"},
        {"remind": False, "stay_in_tray": True, "start_at_login": True},
        {"columns": ColumnLayout(("state", "name"), ("name",), {"name": 240}, "compact")},
        {"put_off": {"login_ends_soon/180/7": 1_800_000_000}},
    ],
)
def test_settings_stay_as_the_person_changed_them(session, restarted, changes):
    settings = keep.change_settings(session, changes, JOB)
    assert settings == Settings(**changes)
    assert keep.read_accounts(restarted(), JOB).settings == settings


def test_one_changed_setting_leaves_the_others(session):
    keep.change_settings(session, {"appearance": "dark"}, JOB)
    assert keep.change_settings(session, {"remind": False}, JOB) == Settings(appearance="dark", remind=False)


def test_a_login_comes_back_with_its_secrets(session, practice):
    login = login_of(practice, AMIRA)
    session.vault.keep_app(login.app)
    stored_login = keep.keep_login(session, login, JOB)
    assert keep.load_login(session, stored_login, JOB) == login
    assert keep.load_app(session, login.app.app_id, JOB) == login.app
    assert login.token.secret.reveal() not in repr(stored_login)


def test_a_newer_login_takes_the_place_of_the_older(session, practice):
    session.vault.keep_app(app_of(practice))
    first = keep.keep_login(session, login_of(practice, AMIRA), JOB)
    newer = login_of(practice, AMIRA)
    second = keep.keep_login(session, newer, JOB)
    assert second.id == first.id
    assert keep.load_login(session, first, JOB).token.secret == newer.token.secret
    assert len(session.vault.logins()) == 1


def test_what_is_not_kept_is_told(session, practice):
    login = connect(session, practice, AMIRA)
    session.vault.forget_login(login)
    with pytest.raises(VaultError) as caught:
        keep.load_login(session, login, JOB)
    assert caught.value.kind == "keychain_item_gone"
    with pytest.raises(VaultError) as caught:
        keep.load_app(session, login.app_id, JOB)
    assert caught.value.kind == "app_not_kept"


def test_a_page_token_is_the_fresh_one_or_that_of_the_keychain(session, practice):
    login = connect(session, practice, AMIRA)
    row = page_rows_now(session, login)[0]
    assert keep.page_token(session, row, JOB) == session.vault.page_token(login.id, row.page.id)
    fresh = Secret("EAA" + "x7Qd" * 20)
    assert keep.page_token(session, PageRow(row.page, fresh=fresh), JOB) == fresh


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (PageRow(Page("1"), why="page_insights_only", login_id=1), "page_insights_only"),
        (PageRow(Page("1"), login_id=1), "page_without_token"),
        (PageRow(Page("1"), last_four="x7Qd"), "page_without_token"),
        (PageRow(Page("1"), last_four="x7Qd", login_id=1), "page_without_token"),
    ],
)
def test_a_page_without_a_token_says_why(session, row, kind):
    with pytest.raises(UserError) as caught:
        keep.page_token(session, row, JOB)
    assert caught.value.kind == kind
