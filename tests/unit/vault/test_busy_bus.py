"""A session bus that answers late, not at all, or is not there: each is said to be what it is."""

import os
import signal
import threading
import time

import pytest

from gui.values import Secret
from gui.vault import secret_service
from gui.vault.errors import VaultError
from gui.vault.keychain import Keychain


@pytest.fixture
def keychain(private_session, tmp_path):
    made = Keychain(f"Page Keys test {tmp_path.name}")
    yield made
    made.close()
    private_session.forget(made.service)


@pytest.fixture
def stop_bus(private_session):
    """Stops the session bus as a computer that is out of memory does; it goes on after so many seconds."""
    timers = []

    def stop(seconds):
        os.kill(private_session.bus_pid, signal.SIGSTOP)
        timers.append(threading.Timer(seconds, os.kill, (private_session.bus_pid, signal.SIGCONT)))
        timers[-1].start()

    yield stop
    for timer in timers:
        timer.join()


@pytest.mark.parametrize("before", [False, True])
def test_a_bus_that_takes_its_time_is_waited_for(keychain, stop_bus, before):
    if before:
        keychain.write("app", Secret("EAAx7Qd"))
    stop_bus(2.0)
    begun = time.monotonic()
    keychain.write("app", Secret("EAAx7Qd2"))
    assert time.monotonic() - begun > 1.5
    assert keychain.read("app") == Secret("EAAx7Qd2")


@pytest.mark.parametrize("before", [False, True])
def test_a_bus_that_hangs_is_no_missing_keychain(keychain, stop_bus, monkeypatch, before):
    if before:
        keychain.write("app", Secret("EAAx7Qd"))
    monkeypatch.setattr(secret_service, "ANSWER_SECONDS", 0.4)
    stop_bus(1.5)
    with pytest.raises(VaultError) as caught:
        keychain.write("app", Secret("EAAx7Qd2"))
    assert caught.value.kind == "keychain_hangs"
    assert caught.value.__cause__ is None
    time.sleep(1.6)
    monkeypatch.undo()
    keychain.write("app", Secret("EAAx7Qd3"))
    assert keychain.read("app") == Secret("EAAx7Qd3")


@pytest.mark.parametrize("address", [None, "unix:path=/nowhere/bus", "nonsense"])
def test_without_a_bus_there_is_no_keychain(monkeypatch, tmp_path, address):
    if address is None:
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
        monkeypatch.delenv("XDG_RUNTIME_DIR")
    else:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    with pytest.raises(VaultError) as caught:
        Keychain(f"Page Keys test {tmp_path.name}").read("app")
    assert caught.value.kind == "no_keychain"
