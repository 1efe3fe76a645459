"""People and apps can be called by names of one's own, and by Facebook's again."""

import pytest

from gui.services import forget
from gui.services.list_pages import list_pages
from gui.services.name import name_app, name_login
from tests.support.agency import AMIRA, connect, login_of
from tests.support.people import JOB, keep_pages

NAMES = [
    ("Anna, private account", "Anna, private account"),
    ("  Anna,\n private\t account ", "Anna, private account"),
    ("أميرة", "أميرة"),
    ("🌸 Blossom", "🌸 Blossom"),
    ("x" * 60, "x" * 60),
    ("x" * 61, "x" * 60),
    ("Robert'); DROP TABLE app;--", "Robert'); DROP TABLE app;--"),
]


@pytest.mark.parametrize(("typed", "shown"), NAMES)
def test_a_person_is_called_by_the_given_name_everywhere(session, practice, typed, shown):
    login = connect(session, practice, AMIRA)
    name_login(session, login, typed, JOB)
    (stored_login,) = session.vault.logins()
    assert (stored_login.display_name, stored_login.label) == (shown, f"{shown} · Practice App")


@pytest.mark.parametrize(("typed", "shown"), NAMES)
def test_an_app_is_called_by_the_given_name_everywhere(session, practice, typed, shown):
    login = connect(session, practice, AMIRA)
    name_app(session, login.app_id, typed, JOB)
    assert [app.display_name for app in session.vault.apps()] == [shown]
    assert session.vault.logins()[0].app_display_name == shown
    assert session.vault.app(login.app_id).secret


@pytest.mark.parametrize("typed", ["", " \n\t "])
def test_an_empty_name_takes_facebooks_again(session, practice, typed):
    login = connect(session, practice, AMIRA)
    name_login(session, login, "Anna", JOB)
    name_app(session, login.app_id, "The old publisher", JOB)
    name_login(session, login, typed, JOB)
    name_app(session, login.app_id, typed, JOB)
    assert session.vault.logins()[0].label == "Amira Haddad · Practice App"


def test_a_given_name_stays_through_a_new_login(session, practice):
    login = connect(session, practice, AMIRA)
    name_login(session, login, "Anna", JOB)
    newer = login_of(practice, AMIRA)
    session.vault.keep_login(newer)
    keep_pages(session, login, list_pages(session, newer, JOB).rows)
    assert session.vault.logins()[0].display_name == "Anna"


def test_a_forgotten_login_is_called_by_its_given_name(session, practice):
    login = connect(session, practice, AMIRA)
    name_login(session, login, "Anna", JOB)
    assert forget.forget_login(session, session.vault.logins()[0], False, JOB).name == "Anna"
