"""A keychain service that runs without a keychain for new secrets is said to be that, not to be locked."""

from types import SimpleNamespace

import jeepney
import pytest
import secretstorage
from jeepney.io.blocking import open_dbus_connection
from keyring.errors import InitError

from gui.services.explain import explain
from gui.shell.commands import Command
from gui.values import Secret
from gui.vault.keychain import Keychain, _failure
from gui.vault.secret_service import _has_default_collection

SERVICE = jeepney.DBusAddress("/org/freedesktop/secrets", "org.freedesktop.secrets", "org.freedesktop.Secret.Service")


@pytest.fixture
def set_default(private_session):
    """Names the default keychain of the test's own session by its path, "/" none; afterwards it is as before."""
    connection = secretstorage.dbus_init()
    before = secretstorage.get_default_collection(connection).collection_path
    connection.close()

    def name(path):
        with open_dbus_connection("SESSION") as bus:
            bus.send_and_get_reply(jeepney.new_method_call(SERVICE, "SetAlias", "so", ("default", path)))

    yield name
    name(before)


def test_where_the_mark_of_the_default_keychain_was_lost_the_login_keychain_serves(
    set_default, private_session, tmp_path
):
    keychain = Keychain(f"Page Keys test {tmp_path.name}")
    set_default("/")
    keychain.write("app", Secret("EAAx7Qd"))
    assert keychain.read("app") == Secret("EAAx7Qd")
    keychain.delete("app")
    keychain.close()
    private_session.forget(keychain.service)


def test_no_default_keychain_is_not_said_to_be_locked():
    class NoDefaultCollection(InitError):
        """As the backend raises it."""

    failure = _failure(NoDefaultCollection("none"))
    assert failure.kind == "no_default_keychain"
    said = explain(failure)
    assert "locked" not in f"{said.title} {said.text}"
    assert "mark one as the default" in said.text
    assert said.action is not None
    assert said.action.request.command is Command.RETRY


class Bus:
    """A bus whose service answers in turn which keychain is the default one."""

    def __init__(self, *paths):
        self.paths = list(paths)

    def send_and_get_reply(self, message):
        path = self.paths.pop(0) if len(self.paths) > 1 else self.paths[0]
        return SimpleNamespace(body=(path,))


@pytest.mark.parametrize(
    ("paths", "has_default"),
    [(("/org/x",), True), (("/",), False), (("/", "/org/x"), True), (("/", "/", "/org/x"), True)],
)
def test_that_there_is_no_default_keychain_is_believed_if_it_stays_so(paths, has_default):
    """GNOME's service says so for a moment while it writes for another connection."""
    assert _has_default_collection(Bus(*paths)) is has_default
