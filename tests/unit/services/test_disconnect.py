"""Disconnecting ends a login's tokens at Facebook and forgets the login here.

One permission can be given back alone.
"""

import pytest

from gui.graph import calls
from gui.graph.errors import GraphError
from gui.services import disconnect, forget
from gui.services.check_all import check_all
from gui.services.disconnect import DisconnectPreview
from gui.services.os_user import os_user_name
from gui.values import Page, PageRow, TokenState
from tests.support.agency import AMIRA, NILS, NORD, connect
from tests.support.people import ALL, JOB, app_of, keep_login_with_pages


@pytest.mark.parametrize("answer", ["", "delete_success"])
def test_disconnecting_ends_every_token_and_forgets_the_person_but_not_the_app(
    session, practice, answer, private_session
):
    login = keep_login_with_pages(session, practice, 0)
    if answer:
        practice.world.faults.on(answer)
    token = session.vault.login(login).token.secret
    what = disconnect.preview_disconnect(session, login, JOB)
    assert (len(what.names), what.others, set(what.permissions)) == (3, 0, set(ALL))
    disconnect.disconnect(session, login, JOB)
    assert session.vault.logins() == []
    assert session.vault.app(login.app_id).secret == app_of(practice).secret
    facts = calls.debug_token(session.client(app_of(practice), JOB), token, calls.app_token(app_of(practice)))
    assert (facts.is_valid, facts.error_subcode) == (False, 458)
    assert len(private_session.everything_kept(session.vault.keychain.service)) == 2, (
        "the app's secret alone, and how many there are"
    )


def test_a_login_that_is_dead_already_is_not_forgotten_unasked(session, practice):
    login = keep_login_with_pages(session, practice, 0)
    practice.world.faults.on("password_changed")
    with pytest.raises(GraphError) as caught:
        disconnect.disconnect(session, login, JOB)
    assert caught.value.kind == "password_changed"
    assert session.vault.logins()[0].pages == 3
    forget.finish(session, forget.forget_login(session, login, True, JOB), JOB)
    assert session.vault.logins() == []
    assert [app.app_id for app in session.vault.apps()] == [login.app_id]


def test_one_permission_can_be_given_back_alone(session, practice):
    login = keep_login_with_pages(session, practice, 0)
    left = disconnect.give_back(session, login, "pages_manage_metadata", JOB)
    assert "pages_manage_metadata" not in left
    assert "pages_show_list" in left
    now = session.vault.logins()[0]
    assert "pages_manage_metadata" not in now.scopes
    assert now.missing_permissions == ("pages_manage_metadata:never",)
    assert check_all(session, JOB).health.needs_you == 0


def test_the_preview_names_what_would_die_and_asks_facebook_nothing(session, practice):
    amira = connect(session, practice, AMIRA)
    for person, app in ((NORD, 0), (NILS, 0), (NILS, 1)):
        connect(session, practice, person, app)
    session.vault.keep_pages(
        amira, [PageRow(Page("12345", "A Page without a token"), state=TokenState.NEEDS_YOU, why="page_without_token")]
    )
    before = list(practice.calls)
    assert disconnect.preview_disconnect(session, amira, JOB) == DisconnectPreview(
        ("Amira’s Bakery", "مخبز أميرة", "🌸 Blossom & Co"), ALL, 2
    )
    assert practice.calls == before


def test_the_preview_of_a_login_without_pages_names_none(session, practice):
    login = keep_login_with_pages(session, practice, 2)
    assert disconnect.preview_disconnect(session, login, JOB) == DisconnectPreview((), ALL, 0)


def test_disconnecting_is_written_into_the_history_and_leaves_other_logins(session, practice):
    amira, nord = connect(session, practice, AMIRA), connect(session, practice, NORD)
    disconnect.disconnect(session, amira, JOB)
    assert [login.id for login in session.vault.logins()] == [nord.id]
    assert len(session.vault.page_tokens(nord.id)) == 240
    event = session.vault.history.events(kinds=("disconnected",))[0]
    assert (event.subject, event.detail, event.who) == ("Amira Haddad", "Practice App", os_user_name())


def test_what_is_left_is_as_facebook_tells_it_and_the_login_goes_on(session, practice):
    login = keep_login_with_pages(session, practice, 0)
    disconnect.give_back(session, login, "pages_manage_metadata", JOB)
    held = disconnect.give_back(session, session.vault.logins()[0], "business_management", JOB)
    assert held == ("public_profile", "pages_show_list", "pages_read_engagement")
    stored_login = session.vault.logins()[0]
    assert (stored_login.scopes, stored_login.health.state) == (held, TokenState.WORKS)
    assert stored_login.missing_permissions == ("business_management:never",)
    check_all(session, JOB)
    assert session.vault.logins()[0].missing_permissions == stored_login.missing_permissions


def test_a_permission_that_was_declined_stays_so_when_another_is_given_back(session, practice):
    login = keep_login_with_pages(session, practice, 0, declined=("read_insights",))
    disconnect.give_back(session, login, "pages_manage_metadata", JOB)
    assert session.vault.logins()[0].missing_permissions == ("read_insights:declined", "pages_manage_metadata:never")
