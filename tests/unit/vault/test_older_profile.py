"""A profile and keychain that an earlier version wrote open with every token, name, client, event and setting."""

import json
import sqlite3
from pathlib import Path

import msgspec
import pytest

from gui.services import health
from gui.services.keep import open_accounts
from gui.services.session import Session
from gui.services.states import page_rows_now
from gui.text import fold
from gui.values import Secret, Site, TokenState
from gui.vault.keychain import Keychain
from gui.vault.vault import Vault
from tests.support.people import JOB

RECORDED = Path(__file__).parents[2] / "recorded" / "profile"
EXPECTED = json.loads((RECORDED / "expected.json").read_text("utf-8"))
#: While a notice was put off for three days (Unix seconds).
THEN = min(int(until) for until in EXPECTED["put_off"].values()) - 86_400


@pytest.fixture
def older(private_session, tmp_path):
    """A session at the recorded profile, its items in the real keychain."""
    folder, keychain = tmp_path / "profile", Keychain(f"Page Keys test {tmp_path.name}")
    folder.mkdir()
    db = sqlite3.connect(folder / "ledger.sqlite3")
    db.executescript((RECORDED / "database.sql").read_text("utf-8"))
    db.close()
    for name, text in json.loads((RECORDED / "keychain.json").read_text("utf-8")).items():
        keychain.write(name, Secret(text))
    session = Session(Site(), lambda: Vault(folder, keychain), clock=lambda: THEN)
    yield session
    session.close()
    private_session.forget(keychain.service)


def test_every_token_and_secret_is_there(older):
    opened = open_accounts(older, JOB)
    assert opened.notices == ()
    vault = older.vault
    logins = [
        [one.id, one.app_id, one.app_name, one.user_id, one.user_name, vault.login(one).token.secret.reveal()]
        for one in opened.logins
    ]
    assert logins == EXPECTED["logins"]
    assert [[one.app_id, one.name, vault.app(one.app_id).secret.reveal()] for one in opened.apps] == EXPECTED["apps"]
    tokens = {
        str(one.id): {page: token.reveal() for page, token in vault.page_tokens(one.id).items()}
        for one in opened.logins
    }
    assert tokens == EXPECTED["page_tokens"]


def test_names_clients_states_and_history_are_there(older):
    opened = open_accounts(older, JOB)
    vault = older.vault
    assert [[one.name, one.color, one.pages] for one in vault.clients.all()] == EXPECTED["clients"]
    rows = page_rows_now(older, *opened.logins)
    assert sorted(row.page.id for row in rows if row.state is TokenState.NEEDS_YOU) == EXPECTED["needs_you"]
    assert sorted({row.page.id for row in rows}) == sorted(
        {page for some in EXPECTED["page_tokens"].values() for page in some}
    )
    assert vault.history.count() >= EXPECTED["events"]


def test_settings_are_there(older):
    opened = open_accounts(older, JOB)
    assert opened.settings.appearance == "dark"
    settings = opened.settings
    assert (settings.remind, settings.stay_in_tray, settings.start_at_login) == (False, True, True)
    assert json.loads(msgspec.json.encode(settings.columns)) == EXPECTED["table_shape"]
    (kind,) = (name.partition("/")[0] for name in EXPECTED["put_off"])
    assert kind not in {one.kind for one in health.read_health(older, JOB).troubles}
    older.clock = lambda: THEN + 3 * 86_400
    assert kind in {one.kind for one in health.read_health(older, JOB).troubles}


def named_as_before(older, name, folded):
    """The first Page and what happened to it, under a name that the older version wrote and folded its own way."""
    with older.vault.database.transaction() as db:
        db.execute(
            "UPDATE page SET name=?, folded=? WHERE id='101000000000007'", (name, f"{folded}\n101000000000007\nbakery")
        )
        db.execute(
            "INSERT INTO event (at, what, page_id, subject, who, detail, folded) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (THEN, "copied", "101000000000007", name, "kim", "", f"{folded}\n101000000000007"),
        )


@pytest.mark.parametrize("query", ["Amira's", "amira’s", "amiraʼs bakery", "Amira\u200b's"])
def test_names_kept_before_signs_were_made_one_are_found(older, query):
    rows = page_rows_now(older, *open_accounts(older, JOB).logins)
    words = fold(query).split()
    found = {row.page.name for row in rows if all(word in row.folded for word in words)}
    events = {event.subject for event in older.vault.history.events(query)}
    assert found == {"Amira’s Bakery"}
    assert "Amira’s Bakery" in events


@pytest.mark.parametrize(
    ("name", "folded", "query"),
    [
        ("The “Old” Mill", "the “old” mill", 'the "old" mill'), ("Ana–Lena", "ana–lena", "ana-lena"),
        ("Ana\u2011Lena", "ana\u2010lena", "Ana—Lena"), ("Blos\u200bsmith", "blos\u200bsmith", "blossmith"),
        ("Co\u200dop", "co\u200dop", "coop"), ("O\u02bcNeill", "o\u02bcneill", "o'neill"),
        ("Soft\u00adware", "soft\u00adware", "software"),
    ],
)  # fmt: skip
def test_every_sign_kept_before_is_found_among_the_pages(older, name, folded, query):
    logins = open_accounts(older, JOB).logins
    named_as_before(older, name, folded)
    rows = page_rows_now(older, *logins)
    assert [row.page.id for row in rows if all(word in row.folded for word in fold(query).split())] == [
        "101000000000007"
    ]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Line one\nLine two", "Line one Line two"), ("\u202eyrekaB", "yrekaB"), ("   ", "101000000000007"),
        ("\u3164", "101000000000007"), ("a\u2067b\u2069c\u2028d", "abc d"), ("<img src=x> & Co", "<img src=x> & Co"),
    ],
)  # fmt: skip
def test_odd_names_kept_before_are_shown_safely(older, name, shown):
    logins = open_accounts(older, JOB).logins
    named_as_before(older, name, name.casefold())
    row = next(row for row in page_rows_now(older, *logins) if row.page.id == "101000000000007")
    assert row.page.display_name == shown
    event = older.vault.history.events(page_id="101000000000007")[0]
    assert event.subject == ("" if shown.isdecimal() else shown)
