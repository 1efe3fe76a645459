"""A keychain service that runs without a keychain for new secrets is said to be that, not to be locked."""

from types import SimpleNamespace

import pytest
import secretstorage

from gui.services.explain import explain
from gui.shell.commands import Command
from gui.values import Secret
from gui.vault import backends
from gui.vault.errors import VaultError
from gui.vault.keychain import Keychain


class Bus:
    """A connection to a service that answers ReadAlias with this path."""

    def __init__(self, alias: str) -> None:
        self.alias, self.closed = alias, False

    def send_and_get_reply(self, message, timeout=None):
        return SimpleNamespace(body=(self.alias,))

    def close(self):
        self.closed = True


@pytest.fixture
def service(monkeypatch):
    """A Secret Service whose default keychain cannot be had; what ReadAlias answers, and the connections made."""
    state = SimpleNamespace(alias="/", connections=[])

    def connect():
        state.connections.append(Bus(state.alias))
        return state.connections[-1]

    def refuse(bus):
        raise secretstorage.ItemNotFoundException("no such collection")

    monkeypatch.setattr(secretstorage, "dbus_init", connect)
    monkeypatch.setattr(secretstorage, "get_default_collection", refuse)
    return state


@pytest.mark.parametrize(
    ("alias", "kind"), [("/", "no_default_keychain"), ("/org/freedesktop/secrets/collection/login", "keychain_locked")]
)
def test_no_default_keychain_is_told_from_a_locked_one(service, alias, kind):
    service.alias = alias
    keychain = Keychain("Page Keys test", backends.bounded_secret_service)
    for ask in (
        lambda: keychain.read("app"),
        lambda: keychain.write("app", Secret("EAAx7Qd")),
        lambda: keychain.delete("app"),
    ):
        with pytest.raises(VaultError) as caught:
            ask()
        assert caught.value.kind == kind
    assert service.connections
    assert all(one.closed for one in service.connections)
    keychain.close()


def test_the_words_say_how_to_make_or_choose_one():
    said = explain(VaultError("no_default_keychain"))
    assert "locked" not in f"{said.title} {said.text}"
    assert "make a keychain or mark one as the default" in said.text
    assert said.action is not None
    assert said.action.request.command is Command.RETRY


def test_once_there_is_a_default_keychain_the_same_program_goes_on(service, monkeypatch, private_session, tmp_path):
    keychain = Keychain(f"Page Keys test {tmp_path.name}", backends.bounded_secret_service)
    with pytest.raises(VaultError):
        keychain.read("app")
    monkeypatch.undo()
    keychain.write("app", Secret("EAAx7Qd"))
    assert keychain.read("app") == Secret("EAAx7Qd")
    keychain.close()
    private_session.forget(keychain.service)
