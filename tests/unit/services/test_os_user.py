"""The history names the computer's account, and nobody where there is none."""

import getpass
import os

import pytest

from gui.services.os_user import os_user_name

#: Where getpass looks before it asks the system.
VARIABLES = ("LOGNAME", "USER", "LNAME", "USERNAME")


@pytest.fixture(autouse=True)
def asked_anew():
    """The name is remembered: each test asks for it again."""
    os_user_name.cache_clear()
    yield
    os_user_name.cache_clear()


def test_it_is_the_account_that_the_program_runs_under():
    assert os_user_name() == getpass.getuser()


@pytest.mark.parametrize("name", ["anna", "Änna Müller", "أميرة", "🌸"])
def test_a_name_of_any_script_is_given_as_it_is(monkeypatch, name):
    monkeypatch.setenv("LOGNAME", name)
    assert os_user_name() == name


def test_it_is_asked_for_once(monkeypatch):
    monkeypatch.setenv("LOGNAME", "anna")
    assert os_user_name() == "anna"
    monkeypatch.setenv("LOGNAME", "boris")
    assert os_user_name() == "anna"


@pytest.mark.skipif(os.name != "posix", reason="accounts by number")
def test_an_account_that_has_no_name_is_nobody(monkeypatch):
    """As in a container that runs under a number that no list of accounts has."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 2_000_000_000)
    assert os_user_name() == ""
