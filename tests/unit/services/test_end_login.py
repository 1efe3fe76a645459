"""A login that ends in the middle of other work: the person, the tokens made from it, or the app alone are marked."""

import pytest

from gui.graph.error_texts import ENDS_THE_LOGIN, OF_THE_APP
from gui.graph.errors import Envelope, GraphError
from gui.services.end_login import note_login_ended, note_login_works
from gui.services.states import page_rows_now
from gui.values import TokenState
from tests.support.agency import AMIRA, connect
from tests.support.people import JOB


@pytest.fixture
def login(session, practice):
    return connect(session, practice, AMIRA)


def stored(session, login):
    return next(one for one in session.vault.logins() if one.id == login.id)


def states(session, login):
    return {(row.state, row.why) for row in page_rows_now(session, stored(session, login))}


@pytest.mark.parametrize("kind", sorted(ENDS_THE_LOGIN - {"token_expired", "no_token_sent"}))
def test_the_person_and_the_page_tokens_are_marked_with_the_reason(session, login, kind):
    note_login_ended(session, login, GraphError(kind, facebook=Envelope(code=190, subcode=460)), JOB)
    health = stored(session, login).health
    assert (health.state, health.why, health.code) == (TokenState.NEEDS_YOU, kind, "190/460")
    assert states(session, login) == {(TokenState.NEEDS_YOU, kind)}
    assert {row.seen_why for row in page_rows_now(session, stored(session, login))} == {kind}, "it was told just now"


def test_page_tokens_go_on_after_a_login_that_ended_on_its_day(session, login):
    note_login_ended(session, login, GraphError("token_expired"), JOB)
    assert stored(session, login).health.why == "token_expired"
    assert states(session, login) == {(TokenState.ENDS_SOON, "")}, "and should be renewed with the login"


@pytest.mark.parametrize("kind", sorted(OF_THE_APP))
def test_the_apps_trouble_is_noted_on_the_app_alone(session, login, kind):
    note_login_ended(session, login, GraphError(kind), JOB)
    assert session.vault.health_records.apps()[login.app_id].why == kind
    assert stored(session, login).health.state is TokenState.WORKS
    assert states(session, login) == {(TokenState.WORKS, "")}


@pytest.mark.parametrize("kind", ["checkpoint", "app_deactivated"])
def test_a_list_that_came_whole_takes_it_back(session, login, kind):
    note_login_ended(session, login, GraphError(kind), JOB)
    note_login_works(session, stored(session, login))
    assert stored(session, login).health.state is TokenState.WORKS
    assert session.vault.health_records.apps()[login.app_id].state is TokenState.WORKS
