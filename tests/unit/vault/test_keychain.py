"""Other systems' keychains through keyring's backend interface.

Stand-ins that enforce their limits and failures to the letter.
"""

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from gui.text import utf16_size
from gui.values import NO_END, AppCredentials, Login, Page, PageRow, Secret, UserToken
from gui.vault.errors import VaultError
from gui.vault.keychain import Keychain
from gui.vault.vault import Vault
from tests.support import security_framework as macos
from tests.support.security_framework import MacKeyring

APP = "180000000000001"


def token(number, size=200):
    return Secret((f"EAA{number:05d}" + "x7QdZA" * (size // 6 + 1))[:size])


def rows(count, offset=0, size=200):
    return [
        PageRow(
            Page(str(1000 + n), f"Café 🌸 {n}", "Bakery", ("MANAGE",)), "x7Qd", NO_END, fresh=token(n + offset, size)
        )
        for n in range(count)
    ]


class Pywintypes(Exception):
    """What pywin32 raises: a number, a function, a text. No KeyringError."""


class WinVaultKeyring(KeyringBackend):
    """Windows Credential Manager: a blob holds 2,560 bytes, as UTF-16 (CredWrite); names compare without case."""

    __module__ = "keyring.backends.Windows"
    priority = 5
    BLOB = 2560

    def __init__(self):
        self.items, self.writes, self.reads = {}, 0, 0
        self.other_user = False

    def _name(self, service, username):
        return f"{username}@{service}".lower()

    def get_password(self, service, username):
        self.reads += 1
        if self.other_user:
            raise Pywintypes(
                1312, "CredRead", "A specified logon session does not exist. It may already have been terminated."
            )
        return self.items.get(self._name(service, username))

    def set_password(self, service, username, password):
        self.writes += 1
        if self.other_user:
            raise Pywintypes(1312, "CredWrite", "A specified logon session does not exist.")
        if len(password.encode("utf-16-le")) > self.BLOB:
            raise Pywintypes(1783, "CredWrite", "The stub received bad data")
        self.items[self._name(service, username)] = password

    def delete_password(self, service, username):
        if self._name(service, username) not in self.items:
            raise PasswordDeleteError("Element not found.")
        del self.items[self._name(service, username)]


def filled(tmp_path, backend, count=40, size=200, people=1):
    vault = Vault(tmp_path / "profile", Keychain("Page Keys", lambda: backend))
    app = AppCredentials(APP, Secret("5ec2e7" * 5 + "00"), "App")
    vault.keep_app(app)
    for user in range(people):
        login = vault.keep_login(Login(app, UserToken(token(9000 + user), APP, str(user + 11), f"Person {user}")))
        vault.keep_pages(login, rows(count, user * 1000, size))
    return vault


# --------------------------------------------------------------------- Windows
@pytest.mark.parametrize("size", [40, 200, 247, 1200, 1279, 1280, 1281, 2600, 4096])
def test_windows_items_hold_1280_characters_and_tokens_span_them(tmp_path, size):
    backend = WinVaultKeyring()
    vault = filled(tmp_path, backend, 12, size)
    assert all(utf16_size(text) <= 1280 for text in backend.items.values())
    (login,) = vault.logins()
    assert vault.page_tokens(login.id) == {str(1000 + n): token(n, size) for n in range(12)}
    vault.forget_login(login)
    assert backend.items == {}, "nothing of ours stays, no part of a span either"


def test_windows_packs_are_full_and_renewing_one_rewrites_one(tmp_path):
    backend = WinVaultKeyring()
    vault = filled(tmp_path, backend, 400)
    (login,) = vault.logins()
    bundles = len(vault.bundles.live()) - 2
    used = sum(utf16_size(text) for name, text in backend.items.items() if name.startswith("pack-"))
    assert bundles <= used / 1280 * 1.5
    before = backend.writes
    vault.keep_pages(login, rows(1, 5000))
    assert backend.writes - before == 1
    before = backend.reads
    vault.page_token(login.id, "1200")
    assert backend.reads - before == 1


def test_another_accounts_credentials_are_told_and_nothing_is_lost(tmp_path):
    backend = WinVaultKeyring()
    vault = filled(tmp_path, backend)
    (login,) = vault.logins()
    backend.other_user = True
    for call in (lambda: vault.page_token(login.id, "1003"), lambda: vault.keep_pages(login, rows(3, 700))):
        with pytest.raises(VaultError) as caught:
            call()
        assert caught.value.kind == "keychain_failed"
        assert "logon session" not in str(caught.value)
    backend.other_user = False
    vault.recover()
    assert vault.page_token(login.id, "1003") == token(3)


def test_a_part_that_a_crash_left_is_found_and_deleted(tmp_path, monkeypatch):
    backend = WinVaultKeyring()
    vault = filled(tmp_path, backend, 3, 4096)
    whole = dict(backend.items)
    real, left = backend.set_password, [2]

    def refuse(service, username, password):
        if left[0] == 0:
            raise SystemExit
        left[0] -= 1
        real(service, username, password)

    monkeypatch.setattr(backend, "set_password", refuse)
    (login,) = vault.logins()
    # As a killed process leaves it: no line after the one it died in runs.
    vault.bundles._drop_quietly = lambda names: None
    with pytest.raises(SystemExit):
        vault.keep_pages(login, rows(1, 700, 4096))
    assert len(backend.items) > len(whole)
    monkeypatch.setattr(backend, "set_password", real)
    vault.close()
    again = Vault(tmp_path / "profile", Keychain("Page Keys", lambda: backend))
    assert again.recover().leftovers
    assert set(backend.items) == set(whole)
    assert again.page_tokens(login.id)["1000"] == token(0, 4096)


# ----------------------------------------------------------------------- macOS
def test_on_macos_everything_is_in_as_few_items_as_possible(tmp_path):
    backend = MacKeyring()
    vault = filled(tmp_path, backend, 2000, people=3)
    vault.close()
    backend.framework.start_anew()
    again = Vault(tmp_path / "profile", Keychain("Page Keys", lambda: backend))
    again.recover()
    people = again.logins()
    for login in people:
        assert len(again.page_tokens(login.id)) == 2000
        assert again.login(login).token.secret
    assert len([name for _, name in backend.items if name.startswith("pack-")]) == 1
    assert backend.framework.prompts == 1, "the person is asked once for all"
    again.keep_pages(people[0], rows(1, 5000))
    assert backend.framework.prompts == 1
    again.forget_login(people[0])
    assert len(again.page_tokens(people[1].id)) == 2000
    for login in people[1:]:
        again.forget_login(login)
    assert backend.items == {}


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (macos.USER_CANCELED, "keychain_locked"), (macos.AUTH_FAILED, "keychain_failed"),
        # The screen is locked, or nobody is there to ask: a login over the network.
        (macos.INTERACTION_NOT_ALLOWED, "keychain_locked"), (-34018, "keychain_failed"), (-67030, "keychain_failed"),
    ],
)  # fmt: skip
def test_what_macos_refuses_to_read_is_told_and_comes_back(tmp_path, status, kind):
    backend = MacKeyring()
    vault = filled(tmp_path, backend)
    (login,) = vault.logins()
    backend.framework.start_anew()
    backend.framework.read_status = status
    with pytest.raises(VaultError) as caught:
        vault.page_token(login.id, "1003")
    assert caught.value.kind == kind
    backend.framework.read_status = 0
    assert vault.page_token(login.id, "1003") == token(3)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (macos.USER_CANCELED, "keychain_locked"),
        (macos.INTERACTION_NOT_ALLOWED, "keychain_locked"),
        (-61, "keychain_failed"),
    ],
)
def test_what_macos_refuses_to_write_leaves_everything_as_it_was(tmp_path, status, kind):
    backend = MacKeyring()
    vault = filled(tmp_path, backend)
    (login,) = vault.logins()
    backend.framework.write_status = status
    with pytest.raises(VaultError) as caught:
        vault.keep_pages(login, rows(5, 700))
    assert caught.value.kind == kind
    backend.framework.write_status = 0
    vault.recover()
    assert vault.page_token(login.id, "1003") == token(3)


# --------------------------------------------------------------- a lost database
@pytest.mark.parametrize("make", [WinVaultKeyring, MacKeyring])
@pytest.mark.parametrize("damage", ["gone", "garbage"])
def test_a_lost_database_is_made_anew_from_the_keychain(tmp_path, make, damage):
    backend = make()
    vault = filled(tmp_path, backend, 30, people=2)
    tagged = vault.clients.named("Nord Retail")
    vault.clients.give(tagged, ["1001", "1002"])
    vault.database._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    vault.close()
    path = tmp_path / "profile" / "ledger.sqlite3"
    whole = path.read_bytes()
    for side in path.parent.glob("*-wal"), path.parent.glob("*-shm"):
        for one in side:
            one.unlink()
    path.unlink()
    if damage == "garbage":
        # The last page of the file is torn.
        path.write_bytes(whole[:-4096] + b"\xff" * 4096)
    again = Vault(tmp_path / "profile", Keychain("Page Keys", lambda: backend))
    found = again.recover()
    people = again.logins()
    assert [one.user_name for one in people] == ["Person 0", "Person 1"]
    assert [one.pages for one in people] == [30, 30]
    for place, login in enumerate(people):
        assert again.page_tokens(login.id) == {str(1000 + n): token(n + place * 1000) for n in range(30)}
        assert again.login(login).token.secret == token(9000 + place)
    row = next(one for one in again.page_rows(people[0]) if one.page.id == "1001")
    assert (row.page.name, row.page.category, row.page.tasks, row.expires_at) == (
        "Café 🌸 1",
        "Bakery",
        ("MANAGE",),
        NO_END,
    )
    if again.database.set_aside is not None or damage == "gone":
        assert found.restored == 60
    again.keep_pages(people[0], rows(3, 5000))
    assert again.recover().restored == 0
    assert again.page_token(people[0].id, "1001") == token(5001)


def test_clients_and_history_are_taken_from_a_damaged_database_as_far_as_it_gives_them(tmp_path):
    backend = WinVaultKeyring()
    vault = filled(tmp_path, backend, 30)
    vault.clients.give(vault.clients.named("Nord Retail"), ["1001", "1002"])
    (page,) = vault.database.rows("SELECT rootpage FROM sqlite_master WHERE name='source'")[0]
    vault.database._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    vault.close()
    path = tmp_path / "profile" / "ledger.sqlite3"
    body = bytearray(path.read_bytes())
    body[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(body)
    again = Vault(tmp_path / "profile", Keychain("Page Keys", lambda: backend))
    assert again.database.set_aside is not None
    assert again.recover().restored == 30
    assert [(one.name, one.pages) for one in again.clients.all()] == [("Nord Retail", 2)]
    assert {one.what for one in again.history.events()} >= {"made", "login_made"}


def test_a_locked_keychain_while_a_database_is_made_anew_overwrites_nothing(tmp_path):
    backend = MacKeyring()
    vault = filled(tmp_path, backend, 30)
    vault.close()
    for path in (tmp_path / "profile").iterdir():
        path.unlink()
    backend.framework.start_anew()
    backend.framework.read_status = macos.USER_CANCELED
    again = Vault(tmp_path / "profile", Keychain("Page Keys", lambda: backend))
    with pytest.raises(VaultError):
        again.recover()
    with pytest.raises(VaultError):
        again.keep_app(AppCredentials("180000000000002", Secret("0" * 32), "Another"))
    backend.framework.read_status = 0
    assert again.recover().restored == 30
    assert again.page_token(again.logins()[0].id, "1003") == token(3)
