"""The vault in a real gnome-keyring, and with backends that keep other systems' limits."""

import os
import signal
import sqlite3
import threading

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordSetError

from gui.values import NO_END, Login, Page, PageRow, Secret, UserToken
from gui.vault import backends
from gui.vault.database import NAME, Database
from gui.vault.errors import VaultError
from gui.vault.keychain import Keychain
from gui.vault.migrations import MIGRATIONS
from gui.vault.vault import Vault
from tests.support.people import app_of
from tests.support.rights import assert_owners_alone

#: How many items hold a login's app, itself and this many Pages, by how many characters an item takes.
PACKS_OF_TEN_PAGES = {backends.LARGE_ITEM: 3, backends.WINDOWS_ITEM: 5}
PACKS_OF_FORTY_PAGES = {backends.LARGE_ITEM: 3, backends.WINDOWS_ITEM: 12}


def token(number: int, size: int = 200) -> Secret:
    return Secret(f"EAA{number:05d}" + "x7QdZA" * (size // 6))


def make_login(practice, user="11", secret=None) -> Login:
    return Login(
        app_of(practice),
        UserToken(
            secret or token(1),
            app_of(practice).app_id,
            user,
            "Amira",
            1_800_000_000,
            1_803_000_000,
            1_795_000_000,
            ("pages_show_list",),
            True,
        ),
    )


def rows(count: int, offset: int = 0) -> list[PageRow]:
    return [
        PageRow(
            Page(str(1000 + n), f"Page {n}", "Bakery", ("MANAGE",), origins=("accounts",)),
            "x7Qd",
            NO_END,
            fresh=token(n + offset),
        )
        for n in range(count)
    ]


def kept_in(vault, practice, user="11"):
    vault.keep_app(app_of(practice))
    return vault.keep_login(make_login(practice, user))


def test_everything_comes_back_in_a_new_process_of_mind(open_vault, practice):
    vault = open_vault()
    login = kept_in(vault, practice)
    vault.keep_pages(login, rows(30))
    vault.close()
    vault = open_vault()
    assert vault.recover().leftovers == 0
    login = vault.logins()[0]
    assert (login.user_name, login.pages, login.app_name, login.expires_at) == (
        "Amira",
        30,
        "Practice App",
        1_800_000_000,
    )
    assert vault.login(login).token.secret == token(1)
    assert vault.login(login).app.secret == app_of(practice).secret
    assert [vault.page_token(login.id, str(1000 + n)) for n in range(30)] == [token(n) for n in range(30)]
    assert {row.fresh for row in vault.page_rows(login)} == {None}


def test_no_secret_stands_in_the_database(open_vault, practice, tmp_path):
    vault = open_vault()
    login = kept_in(vault, practice)
    vault.keep_pages(login, rows(5))
    body = b"".join(path.read_bytes() for path in (tmp_path / "profile").iterdir())
    for secret in (app_of(practice).secret, token(1), token(0), token(4)):
        assert secret.reveal().encode() not in body
        assert secret.reveal()[8:60].encode() not in body
    assert_owners_alone(tmp_path / "profile" / NAME)
    assert_owners_alone(tmp_path / "profile")


def test_a_renewed_token_replaces_the_old_and_leaves_no_orphan(open_vault, practice, private_session):
    vault = open_vault()
    stored_login = kept_in(vault, practice)
    vault.keep_pages(stored_login, rows(10))
    vault.keep_login(make_login(practice, secret=token(77)))
    vault.keep_pages(stored_login, rows(3, offset=500))
    assert vault.login(vault.logins()[0]).token.secret == token(77)
    assert vault.page_token(stored_login.id, "1002") == token(502)
    assert vault.page_token(stored_login.id, "1003") == token(3)
    everything = "".join(private_session.everything_kept(vault.keychain.service))
    assert token(1).reveal() not in everything
    assert token(2).reveal() not in everything
    assert vault.database.rows("SELECT count(*) FROM pack")[0][0] == PACKS_OF_TEN_PAGES[vault.keychain.capacity]


def test_forgetting_removes_every_secret_and_row(open_vault, practice, private_session):
    vault = open_vault()
    first, second = kept_in(vault, practice), kept_in(vault, practice, "22")
    vault.keep_pages(first, rows(4))
    vault.keep_pages(second, rows(2, offset=50))
    vault.forget_login(first)
    assert [one.user_id for one in vault.logins()] == ["22"]
    assert vault.page_token(second.id, "1001") == token(51)
    assert vault.apps()
    vault.forget_login(second)
    assert not vault.apps()
    everything = "".join(private_session.everything_kept(vault.keychain.service))
    assert "EAA0" not in everything
    for table in ("app", "connection", "page", "source", "pack"):
        assert vault.database.rows(f"SELECT count(*) FROM {table}")[0][0] == 0


def test_a_start_clears_away_what_a_crash_left(open_vault, practice):
    vault = open_vault()
    login = kept_in(vault, practice)
    vault.keychain.write("pack-left", Secret("left over"))
    with vault.database.transaction() as db:
        db.execute("INSERT INTO pack VALUES ('pack-left', 'writing', 1)")
    assert open_vault().recover().leftovers == 1
    assert vault.keychain.read("pack-left") is None
    assert vault.login(login).token.secret == token(1)


# ------------------------------------------------------------------- keychains
class Enforcing(KeyringBackend):
    """A keychain of another system: refuses what that system refuses."""

    priority = 1

    def __init__(self, limit: int = 0) -> None:
        self.items: dict[tuple[str, str], str] = {}
        self.limit = limit
        self.fail_after = -1

    def get_password(self, service, username):
        return self.items.get((service, username))

    def set_password(self, service, username, password):
        if self.fail_after == 0:
            raise KeyringLocked("dismissed")
        self.fail_after -= 1
        if self.limit and len(password.encode("utf-16-le")) > self.limit:
            raise PasswordSetError("1783, CredWrite: The stub received bad data")
        self.items[service, username] = password

    def delete_password(self, service, username):
        del self.items[service, username]


class WinVaultKeyring(Enforcing):
    __module__ = "keyring.backends.Windows"


def windows_vault(tmp_path):
    backend = WinVaultKeyring(2560)
    return Vault(tmp_path / "w", Keychain("Page Keys", lambda: backend)), backend


def test_windows_items_stay_small(tmp_path, practice):
    vault, backend = windows_vault(tmp_path)
    login = kept_in(vault, practice)
    vault.keep_pages(login, [*rows(40), PageRow(Page("9999", "Long"), "x7Qd", NO_END, fresh=token(9, 4096))])
    assert all(len(text.encode("utf-16-le")) <= 2560 for text in backend.items.values())
    assert vault.page_token(login.id, "9999") == token(9, 4096)
    assert vault.page_token(login.id, "1039") == token(39)
    vault.forget_login(login)
    assert backend.items == {}


@pytest.mark.parametrize("at", range(4))
def test_a_keychain_locked_half_way_loses_nothing(tmp_path, practice, at):
    vault, backend = windows_vault(tmp_path)
    login = kept_in(vault, practice)
    vault.keep_pages(login, rows(20))
    backend.fail_after = at
    with pytest.raises(VaultError) as caught:
        vault.keep_pages(login, rows(20, offset=300))
    assert caught.value.kind == "keychain_locked"
    assert [vault.page_token(login.id, str(1000 + n)) for n in range(20)] == [token(n) for n in range(20)]
    backend.fail_after = -1
    vault.recover()
    names = {str(row[0]) for row in vault.database.rows("SELECT name FROM pack")}
    assert {name.split(".")[0] for _, name in backend.items} == names | {"packs"}


def test_a_backend_that_forgets_at_once_is_found_out(tmp_path, practice):
    class Null(Enforcing):
        def set_password(self, service, username, password):
            return

    vault = Vault(tmp_path / "n", Keychain("Page Keys", Null))
    with pytest.raises(VaultError) as caught:
        vault.keep_app(app_of(practice))
    assert caught.value.kind == "keychain_failed"


def test_no_backend_but_the_systems_is_ever_chosen(monkeypatch):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    assert type(backends.choose_backend()).__name__ == "BoundedSecretService"
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    with pytest.raises(VaultError) as caught:
        backends.choose_backend()
    assert caught.value.kind == "no_keychain"


def test_a_hung_keychain_is_not_waited_for(open_vault, practice, private_session, monkeypatch):
    monkeypatch.setattr("gui.vault.secret_service.ANSWER_SECONDS", 0.5)
    vault = open_vault()
    kept_in(vault, practice)
    os.kill(private_session.keyring_pid, signal.SIGSTOP)
    try:
        with pytest.raises(VaultError) as caught:
            vault.login(vault.logins()[0])
    finally:
        os.kill(private_session.keyring_pid, signal.SIGCONT)
    assert caught.value.kind == "keychain_hangs"
    assert vault.login(vault.logins()[0]).token.secret == token(1)


def test_a_killed_keychain_is_told_and_comes_back(open_vault, practice, private_session):
    vault = open_vault()
    login = kept_in(vault, practice)
    private_session.stop_keyring()
    try:
        with pytest.raises(VaultError) as caught:
            vault.login(login)
        assert caught.value.kind in {"keychain_locked", "keychain_failed", "no_keychain"}
    finally:
        private_session.start_keyring()
    assert vault.login(login).token.secret == token(1)


# --------------------------------------------------------------------- database
@pytest.mark.parametrize("damage", [b"not a database at all, but long enough to be one" * 40, b"", None])
def test_a_damaged_database_is_set_aside(tmp_path, damage):
    database = Database(tmp_path)
    database.set_setting("a", "b")
    database.close()
    path = tmp_path / NAME
    whole = path.read_bytes()
    path.write_bytes(damage if damage is not None else whole[:4096] + b"\xff" * 4096 + whole[8192:])
    database = Database(tmp_path)
    if damage == b"":
        assert database.set_aside is None
    else:
        assert database.set_aside is not None
        assert database.set_aside.exists()
    database.set_setting("c", "d")
    assert database.setting("c") == "d"


def test_a_newer_database_is_refused_and_untouched(tmp_path):
    Database(tmp_path).close()
    with sqlite3.connect(tmp_path / NAME) as db:
        db.execute(f"PRAGMA user_version={len(MIGRATIONS) + 1}")
    before = (tmp_path / NAME).read_bytes()
    with pytest.raises(VaultError) as caught:
        Database(tmp_path)
    assert caught.value.kind == "database_newer"
    assert (tmp_path / NAME).read_bytes() == before


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path, practice):
    vault, backend = windows_vault(tmp_path)
    login = kept_in(vault, practice)
    vault.keep_pages(login, rows(5))
    pages = vault.database.rows("PRAGMA page_count")[0][0]
    vault.database._db.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(VaultError) as caught:
        vault.keep_pages(login, rows(3000))
    assert caught.value.kind == "disk_full"
    vault.database._db.execute("PRAGMA max_page_count=1000000")
    assert [vault.page_token(login.id, str(1000 + n)) for n in range(5)] == [token(n) for n in range(5)]
    vault.recover()
    names = {str(row[0]) for row in vault.database.rows("SELECT name FROM pack")}
    assert {name.split(".")[0] for _, name in backend.items} == names | {"packs"}


def test_a_folder_that_is_none_is_told(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(VaultError) as caught:
        Database(tmp_path / "file" / "profile")
    assert caught.value.kind in {"folder_is_none", "folder_read_only"}


def test_two_who_keep_at_once_lose_nothing(open_vault, practice):
    """A list that is shown again while the one before is still being kept: both write the same bundles."""
    vault = open_vault()
    login = kept_in(vault, practice)
    vault.keep_pages(login, rows(40))
    failures = []

    def keep(offset):
        try:
            vault.keep_pages(login, rows(40, offset))
        except Exception as error:
            failures.append(error)

    for turn in range(1, 6):
        both = [threading.Thread(target=keep, args=(turn * 1000 + 500 * place,)) for place in range(2)]
        for one in both:
            one.start()
        for one in both:
            one.join()
    assert not failures
    last = {vault.page_token(login.id, str(1000 + n)).reveal() for n in range(40)}
    assert last in ({token(n + 5000).reveal() for n in range(40)}, {token(n + 5500).reveal() for n in range(40)})
    assert len(vault.database.rows("SELECT name FROM pack")) == PACKS_OF_FORTY_PAGES[vault.keychain.capacity]
