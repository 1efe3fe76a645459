"""Forgetting hides at once, can be undone, and ends in nothing being kept."""

import pytest

from gui.services import forget
from gui.services.os_user import os_user_name
from gui.services.states import page_rows_now
from gui.values import AppCredentials, Page, PageRow, Secret
from gui.vault.errors import VaultError
from tests.support.agency import AMIRA, NILS, NORD, connect
from tests.support.people import JOB, keep_login_with_pages


def test_an_app_that_is_used_is_not_forgotten(session, practice):
    login = keep_login_with_pages(session, practice, 0)
    second = keep_login_with_pages(session, practice, 2)
    forget.finish(session, forget.forget_login(session, login, False, JOB), JOB)
    assert session.vault.apps()
    forget.finish(session, forget.forget_login(session, second, False, JOB), JOB)
    assert session.vault.apps() == []


def test_forgetting_is_hidden_brought_back_or_final(session, practice):
    amira, nord, nils = (
        connect(session, practice, AMIRA),
        connect(session, practice, NORD, 1),
        connect(session, practice, NILS, 1),
    )
    gone = forget.forget_app(session, next(app for app in session.vault.apps() if app.app_id == nord.app_id), JOB)
    assert [one.id for one in session.vault.logins()] == [amira.id]
    assert len(session.vault.apps()) == 1
    assert session.vault.health_records.count_needing_you() == 0
    forget.bring_back(session, gone, JOB)
    assert {one.id for one in session.vault.logins()} == {amira.id, nord.id, nils.id}
    shared = next(row for row in page_rows_now(session, nord, nils) if len(row.sources) == 2)
    gone = forget.forget_pages(session, [shared], JOB)
    assert not [row for row in page_rows_now(session, nord, nils) if row.page.id == shared.page.id]
    forget.finish(session, gone, JOB)
    with pytest.raises(VaultError):
        session.vault.page_token(nord.id, shared.page.id)
    assert len(session.vault.page_tokens(nord.id)) == 239
    forget.finish(session, forget.forget_login(session, nord, False, JOB), JOB)
    assert len(session.vault.apps()) == 2, "Nils uses it"
    forget.finish(session, forget.forget_login(session, nils, False, JOB), JOB)
    assert [app.app_id for app in session.vault.apps()] == [amira.app_id]
    assert len(session.vault.page_tokens(amira.id)) == 3


def test_what_is_connected_again_while_it_is_being_forgotten_stays(session, practice):
    login = connect(session, practice, AMIRA)
    gone = forget.forget_login(session, login, False, JOB)
    again = connect(session, practice, AMIRA)
    forget.finish(session, gone, JOB)
    assert len(session.vault.page_tokens(again.id)) == 3
    assert session.vault.login(again).app.secret


def test_what_is_forgotten_is_called_by_its_name(session, practice):
    login = connect(session, practice, AMIRA)
    rows = page_rows_now(session, login)
    assert forget.forget_pages(session, rows[:1], JOB).name == "1 Page"
    assert forget.forget_pages(session, rows, JOB).name == "3 Pages"
    assert forget.forget_login(session, login, True, JOB).name == "Amira Haddad"
    assert forget.forget_app(session, session.vault.apps()[0], JOB).name == "Practice App"


def test_a_name_from_right_to_left_does_not_turn_the_sentence_round(session, practice):
    login = connect(session, practice, AMIRA)
    session.vault.name_login(login, "أميرة")
    assert forget.forget_login(session, session.vault.logins()[0], True, JOB).name == "\u2068أميرة\u2069"


def test_an_app_without_a_name_is_called_by_its_id(session):
    session.vault.keep_app(AppCredentials("12345", Secret("5ec2e7")))
    receipt = forget.forget_app(session, session.vault.apps()[0], JOB)
    assert receipt.name == "12345"
    forget.finish(session, receipt, JOB)
    with pytest.raises(VaultError) as caught:
        session.vault.app("12345")
    assert caught.value.kind == "app_not_kept"


def test_an_app_is_kept_for_the_next_login_if_that_is_wanted(session, practice):
    login = connect(session, practice, AMIRA)
    forget.finish(session, forget.forget_login(session, login, True, JOB), JOB)
    assert session.vault.logins() == []
    assert session.vault.app(login.app_id).secret


def test_forgetting_no_page_forgets_nothing(session, practice):
    login = connect(session, practice, AMIRA)
    receipt = forget.forget_pages(session, [], JOB)
    assert receipt.name == "0 Pages"
    forget.finish(session, receipt, JOB)
    assert len(session.vault.page_tokens(login.id)) == 3


def test_a_page_that_several_reach_is_forgotten_of_all_of_them(session, practice):
    nord, nils = connect(session, practice, NORD, 1), connect(session, practice, NILS, 1)
    shared = [row for row in page_rows_now(session, nord, nils) if len(row.sources) == 2][:2]
    receipt = forget.forget_pages(session, shared, JOB)
    assert [login.pages for login in session.vault.logins()] == [nord.pages - 2, nils.pages - 2]
    forget.bring_back(session, receipt, JOB)
    assert [login.pages for login in session.vault.logins()] == [nord.pages, nils.pages]
    assert set(session.vault.page_tokens(nils.id)) >= {row.page.id for row in shared}


def test_a_row_that_names_no_sources_is_forgotten_of_its_own_login(session, practice):
    login = connect(session, practice, AMIRA)
    page_id = practice.world.page(1).id
    forget.finish(session, forget.forget_pages(session, [PageRow(Page(page_id), login_id=login.id)], JOB), JOB)
    assert set(session.vault.page_tokens(login.id)) == {practice.world.page(0).id, practice.world.page(2).id}


def test_each_receipt_undoes_its_own_step_alone(session, practice):
    login = connect(session, practice, AMIRA)
    first, second, third = page_rows_now(session, login)
    one, other = forget.forget_pages(session, [first], JOB), forget.forget_pages(session, [second], JOB)
    forget.bring_back(session, one, JOB)
    assert {row.page.id for row in page_rows_now(session, login)} == {first.page.id, third.page.id}
    forget.finish(session, one, JOB)
    assert {row.page.id for row in page_rows_now(session, login)} == {first.page.id, third.page.id}
    forget.finish(session, other, JOB)
    assert set(session.vault.page_tokens(login.id)) == {first.page.id, third.page.id}


def test_forgetting_and_bringing_back_are_written_down(session, practice):
    login = connect(session, practice, AMIRA)
    forget.bring_back(session, forget.forget_login(session, login, False, JOB), JOB)
    row = page_rows_now(session, login)[0]
    forget.bring_back(session, forget.forget_pages(session, [row], JOB), JOB)
    events = session.vault.history.events(kinds=("login_forgotten", "forgotten", "brought_back"))
    assert [(event.what, event.subject) for event in reversed(events)] == [
        ("login_forgotten", "Amira Haddad"),
        ("brought_back", "Amira Haddad"),
        ("forgotten", row.page.name),
        ("brought_back", row.page.name),
    ]
    assert {event.who for event in events} == {os_user_name()}


def test_nothing_of_what_was_forgotten_is_left_in_the_keychain(session, practice, private_session):
    login = connect(session, practice, AMIRA)
    secrets = [token.reveal() for token in session.vault.page_tokens(login.id).values()]
    secrets.append(session.vault.login(login).token.secret.reveal())
    forget.finish(session, forget.forget_app(session, session.vault.apps()[0], JOB), JOB)
    left = repr(private_session.everything_kept(session.vault.keychain.service))
    assert not any(secret in left for secret in secrets)
    assert session.vault.apps() == []
