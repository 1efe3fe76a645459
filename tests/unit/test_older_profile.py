"""A profile and keychain that an earlier version wrote open with every token, name, client, event and setting."""

import json
import sqlite3
from pathlib import Path

import pytest

from gui.desk import health
from gui.desk.desk import Desk
from gui.desk.keep import open_desk
from gui.desk.states import rows_of
from gui.values import Secret, Site
from gui.vault.keychain import Keychain
from gui.vault.vault import Vault
from tests.support.people import JOB

RECORDED = Path(__file__).parents[1] / "recorded" / "profile"
EXPECTED = json.loads((RECORDED / "expected.json").read_text("utf-8"))
#: While a notice was put off for three days (Unix seconds).
THEN = min(int(until) for until in EXPECTED["put_off"].values()) - 86_400


@pytest.fixture
def older(session, tmp_path):
    """A desk at the recorded profile, its items in the real keychain."""
    folder, keychain = tmp_path / "profile", Keychain(f"Page Keys test {tmp_path.name}")
    folder.mkdir()
    db = sqlite3.connect(folder / "ledger.sqlite3")
    db.executescript((RECORDED / "database.sql").read_text("utf-8"))
    db.close()
    for name, text in json.loads((RECORDED / "keychain.json").read_text("utf-8")).items():
        keychain.write(name, Secret(text))
    desk = Desk(Site(), lambda: Vault(folder, keychain), clock=lambda: THEN)
    yield desk
    desk.close()
    session.forget(keychain.service)


def test_every_token_and_secret_is_there(older):
    opened = open_desk(older, JOB)
    assert opened.notices == ()
    vault = older.vault
    logins = [[one.id, one.app_id, one.app_name, one.user_id, one.user_name, vault.connection(one).token.secret.reveal()] for one in opened.connections]
    assert logins == EXPECTED["logins"]
    assert [[one.app_id, one.name, vault.app(one.app_id).secret.reveal()] for one in opened.apps] == EXPECTED["apps"]
    tokens = {str(one.id): {page: token.reveal() for page, token in vault.page_tokens(one.id).items()} for one in opened.connections}
    assert tokens == EXPECTED["page_tokens"]


def test_names_clients_states_and_history_are_there(older):
    opened = open_desk(older, JOB)
    vault = older.vault
    assert [[one.name, one.color, one.pages] for one in vault.clients.all()] == EXPECTED["clients"]
    rows = rows_of(older, *opened.connections)
    assert sorted(row.page.id for row in rows if row.state == "needs_you") == EXPECTED["needs_you"]
    assert sorted({row.page.id for row in rows}) == sorted({page for some in EXPECTED["page_tokens"].values() for page in some})
    assert vault.history.count() >= EXPECTED["events"]


def test_settings_are_there(older):
    opened = open_desk(older, JOB)
    assert opened.appearance == "dark"
    assert tuple(opened.habits) == (False, True, True)
    assert json.loads(older.vault.ledger.setting("table_shape")) == EXPECTED["table_shape"]
    (kind,) = (name.partition("/")[0] for name in EXPECTED["put_off"])
    assert kind not in {one.kind for one in health.health(older, JOB).troubles}
    older.clock = lambda: THEN + 3 * 86_400
    assert kind in {one.kind for one in health.health(older, JOB).troubles}
