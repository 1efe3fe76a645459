"""The tokens of several Pages are read at once, each keychain item once."""

from dataclasses import replace
from pathlib import Path

import pytest

from gui.services.list_pages import list_pages
from gui.services.session import Session
from gui.services.states import page_rows_now
from gui.services.tokens import read_tokens
from gui.values import Page, PageRow, Secret, Site
from gui.vault.errors import VaultError
from gui.vault.keychain import Keychain
from gui.vault.vault import Vault
from tests.support.agency import AMIRA, NILS, NORD, connect, login_of, right_token
from tests.support.people import JOB


class ListeningKeychain(Keychain):
    """The real keychain, and the names of the items that were read."""

    def __init__(self, service: str) -> None:
        super().__init__(service)
        self.items: list[str] = []

    def _do(self, verb, name, *values):
        if verb == "get_password":
            self.items.append(name)
        return super()._do(verb, name, *values)


def test_no_rows_have_no_tokens(session):
    assert read_tokens(session, []) == {}


def test_each_page_has_its_own_token(session, practice):
    logins = [connect(session, practice, AMIRA), connect(session, practice, NORD, 1)]
    rows = page_rows_now(session, *logins)
    tokens = read_tokens(session, rows)
    assert set(tokens) == {row.page.id for row in rows}
    assert all(right_token(practice, page_id, token.reveal()) for page_id, token in tokens.items())


def test_only_the_tokens_that_were_asked_for_are_read(session, practice):
    row = page_rows_now(session, connect(session, practice, NORD))[7]
    assert read_tokens(session, [row]) == {row.page.id: session.vault.page_token(row.login_id, row.page.id)}


def test_a_page_without_a_token_is_left_out(session, practice):
    login = connect(session, practice, AMIRA)
    rows = page_rows_now(session, login)
    without = PageRow(Page("12345"), login_id=login.id)
    nobodys = PageRow(Page("12346"), last_four="x7Qd")
    gone = PageRow(Page("12347"), last_four="x7Qd", login_id=login.id)
    assert set(read_tokens(session, [*rows, without, nobodys, gone])) == {row.page.id for row in rows}


def test_a_fresh_token_needs_no_keychain_and_goes_before_the_kept_one(session, practice):
    login = connect(session, practice, AMIRA)
    rows = page_rows_now(session, login)
    fresh = replace(rows[0], fresh=Secret("EAA" + "x7Qd" * 20))
    assert read_tokens(session, [fresh])[fresh.page.id] == fresh.fresh
    unkept = list_pages(session, login_of(practice, NORD), JOB).rows
    assert read_tokens(session, unkept) == {row.page.id: row.fresh for row in unkept}


def test_a_page_that_several_reach_gives_the_token_of_the_row(session, practice):
    nord, nils = connect(session, practice, NORD), connect(session, practice, NILS)
    shared = next(row for row in page_rows_now(session, nord, nils) if len(row.sources) == 2)
    for login in (nord, nils):
        row = replace(shared, login_id=login.id)
        assert read_tokens(session, [row]) == {row.page.id: session.vault.page_token(login.id, row.page.id)}


def test_each_keychain_item_is_read_once(practice, tmp_path: Path, private_session):
    keychain = ListeningKeychain(f"Page Keys test {tmp_path.name}")
    url = practice.url
    session = Session(Site(url, url), lambda: Vault(tmp_path / "profile", keychain), practice.world.now)
    try:
        rows = page_rows_now(session, connect(session, practice, AMIRA), connect(session, practice, NORD))
        keychain.items.clear()
        assert len(read_tokens(session, rows)) == 243
        assert keychain.items
        assert len(keychain.items) == len(set(keychain.items))
    finally:
        session.close()
        private_session.forget(keychain.service)


def test_a_keychain_item_that_is_gone_is_raised(session, practice):
    rows = page_rows_now(session, connect(session, practice, AMIRA))
    for row in session.vault.database.rows("SELECT DISTINCT pack FROM source"):
        session.vault.keychain.delete(row["pack"])
    with pytest.raises(VaultError) as caught:
        read_tokens(session, rows)
    assert caught.value.kind == "keychain_item_gone"
