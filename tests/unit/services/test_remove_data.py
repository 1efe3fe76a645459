"""All that is kept here can be removed, whatever state it is in; nothing of anybody else's goes with it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gui.parts import default_folder, keychain_service, open_vault, practice_folder
from gui.services.remove_data import remove_data
from gui.values import Secret
from gui.vault import bundles
from gui.vault.database import NAME
from gui.vault.errors import VaultError
from gui.vault.keychain import Keychain
from tests.support.people import connection_of, keep_login_with_pages

ROOT = Path(__file__).parents[3]


@pytest.fixture
def keychain(session, practice):
    """The keychain of a profile in which a person's Pages are kept."""
    keep_login_with_pages(session, practice)
    session.vault.close()
    return session.vault.keychain


def damage(folder):
    for path in folder.glob(f"{NAME}*"):
        path.write_bytes(b"no database" * 500)


def delete_database(folder):
    for path in folder.glob(f"{NAME}*"):
        path.unlink()


@pytest.mark.parametrize("before", [lambda folder: None, damage, delete_database])
def test_secrets_and_folder_go_in_whatever_state_they_are(session, keychain, private_session, before):
    folder = session.folder
    assert private_session.everything_kept(keychain.service)
    before(folder)
    remove_data(folder, keychain)
    assert private_session.everything_kept(keychain.service) == []
    assert not folder.exists()
    # Nothing is left to remove, and that is no fault.
    remove_data(folder, keychain)


def test_others_keep_theirs(session, keychain, private_session, tmp_path):
    neighbor = Keychain(f"{keychain.service} too")
    neighbor.write(bundles.INDEX, Secret("000000003"))
    neighbor.write("pack-1", Secret("somebody else's"))
    beside = tmp_path / "exported tokens.csv"
    beside.touch()
    remove_data(session.folder, keychain)
    assert neighbor.read("pack-1") is not None
    assert beside.exists()
    private_session.forget(neighbor.service)


def test_a_keychain_that_refuses_leaves_the_folder_for_another_try(session, keychain, private_session, monkeypatch):
    def refuse(*_):
        raise VaultError("keychain_locked")

    with monkeypatch.context() as patch:
        patch.setattr(Keychain, "delete", refuse)
        with pytest.raises(VaultError):
            remove_data(session.folder, keychain)
    assert session.folder.is_dir()
    remove_data(session.folder, keychain)
    assert private_session.everything_kept(keychain.service) == []
    assert not session.folder.exists()


def test_the_program_removes_all_that_is_kept(practice, private_session):
    folders = [default_folder(), practice_folder(default_folder()), default_folder() / "other-46117"]
    services = [keychain_service(folder) for folder in folders]
    for folder in folders:
        vault = open_vault(folder)
        login = connection_of(practice)
        vault.keep_app(login.app)
        vault.keep_login(login)
        vault.close()
    assert all(private_session.everything_kept(service) for service in services)
    command = [sys.executable, "main.py", "--remove-data"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Removed from this computer")
    assert [private_session.everything_kept(service) for service in services] == [[], [], []]
    assert not default_folder().exists()


@pytest.mark.parametrize("make", [Path.touch, lambda path: path.symlink_to("nowhere")])
def test_what_is_no_folder_is_said_and_left(tmp_path, make):
    keychain = Keychain("Page Keys test of nothing")
    make(tmp_path / "Page Keys")
    with pytest.raises(OSError):
        remove_data(tmp_path / "Page Keys", keychain)
    assert [one.name for one in tmp_path.iterdir()] == ["Page Keys"]


@pytest.mark.parametrize("language", [[], ["--language", "de"]])
def test_without_a_keychain_nothing_is_deleted_and_that_is_said(tmp_path, language):
    folder = tmp_path / "Page Keys"
    folder.mkdir()
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path), "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
    command = [sys.executable, "main.py", "--remove-data", *language]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Nothing was deleted" in done.stderr
    assert str(folder) in done.stderr
    assert folder.is_dir()
