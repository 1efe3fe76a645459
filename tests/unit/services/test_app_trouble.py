"""The app's own trouble befalls every token of the app: it is noted on the app, and on no Page and no login."""

import pytest

from gui.errors import UserError
from gui.graph import calls
from gui.graph.error_texts import OF_THE_APP
from gui.graph.errors import GraphError
from gui.services import login as logins
from gui.services.check_all import check_all
from gui.services.check_page import check_page
from gui.services.import_rows import read_import_text
from gui.services.import_tokens import import_tokens
from gui.services.setup import verify_app
from gui.services.states import page_rows_now
from gui.values import DEFAULT_VERSION, Secret, TokenState
from tests.support.agency import AMIRA, NORD, connect, login_of
from tests.support.people import JOB, Collected, app_of, short_token

#: Kind -> the trouble of the practice Facebook that any call is answered with.
TROUBLES = {
    "address_not_allowed": "address_not_allowed",
    "app_check_due": "app_check_due",
    "app_deactivated": "app_deactivated",
    "app_deleted": "app_gone",
    "app_in_development": "app_role_needed",
    "app_restricted": "api_blocked",
    "app_unknown": "app_not_known",
    "proof_missing": "proof_missing",
    "proof_wrong": "proof_wrong",
    "secret_wrong": "secret_refused",
}
EVERY = pytest.mark.parametrize(("kind", "trouble"), TROUBLES.items(), ids=TROUBLES)


@pytest.fixture
def login(session, practice):
    return connect(session, practice, AMIRA)


def known(session, login):
    """What is noted of the login and its Pages."""
    stored = next(one for one in session.vault.logins() if one.id == login.id)
    rows = page_rows_now(session, stored)
    assert rows
    return stored.health.state, stored.health.why, {(row.state, row.why) for row in rows}


def app_note(session, login):
    return session.vault.health_records.apps()[login.app_id]


WELL = (TokenState.WORKS, "", {(TokenState.WORKS, "")})


def test_every_kind_of_the_apps_trouble_is_tried_here():
    assert TROUBLES.keys() == OF_THE_APP


@EVERY
def test_check_all_notes_it_on_the_app_alone_and_takes_it_back(session, practice, login, kind, trouble):
    practice.world.faults.on(trouble)
    health = check_all(session, JOB).health
    assert known(session, login) == WELL
    assert (app_note(session, login).state, app_note(session, login).why) == (TokenState.NEEDS_YOU, kind)
    assert [one.kind for one in health.troubles] == [kind]
    practice.world.faults.off()
    assert check_all(session, JOB).health.troubles == ()
    assert app_note(session, login).state is TokenState.WORKS


@EVERY
def test_so_it_is_when_it_comes_between_the_login_and_its_pages(session, login, monkeypatch, kind, trouble):
    monkeypatch.setattr(calls, "debug_tokens", lambda client, tokens, by: [GraphError(kind) for _ in tokens])
    found = check_all(session, JOB)
    assert known(session, login) == WELL
    assert app_note(session, login).why == kind
    assert found.unanswered == len(page_rows_now(session, login))


@EVERY
def test_a_pages_test_notes_it_on_the_app_alone(session, practice, login, kind, trouble):
    row = page_rows_now(session, login)[0]
    practice.world.faults.on(trouble)
    check = check_page(session, row, JOB)
    assert check.error is not None
    assert (check.error.kind, check.row) == (kind, row)
    assert known(session, login) == WELL
    assert app_note(session, login).why == kind


@EVERY
def test_an_import_ends_with_it_and_marks_no_page_and_no_login(session, practice, login, kind, trouble):
    record = practice.world.mint.read(login_of(practice, NORD).token.secret.reveal())
    tokens = "\n".join(practice.world.page_token(record, number) for number in (10, 11))
    rows = read_import_text(Secret(f"Token\n{tokens}"), JOB).rows
    assert len(rows) == 2
    practice.world.faults.on(trouble)
    with pytest.raises(GraphError) as caught:
        import_tokens(session, rows, False, Collected())
    assert caught.value.kind == kind
    assert known(session, login) == WELL
    assert len(session.vault.logins()) == 1


# -------------------------------------------- code 104: the app token counts as none
def test_at_set_up_104_is_the_setting_native_or_desktop_and_nothing_is_kept(session, practice):
    app = app_of(practice)
    practice.world.faults.on("native_desktop_104")
    with pytest.raises(UserError) as caught:
        verify_app(session, app.app_id, app.secret, DEFAULT_VERSION, "", Collected())
    assert caught.value.kind == "native_desktop"
    assert session.vault.apps() == []


def test_at_a_login_104_lets_the_token_be_asked_about_itself(session, practice):
    practice.world.faults.on("native_desktop_104")
    app, token = app_of(practice), short_token(practice)
    attempt = logins.begin(session, app)
    answer = Secret(f"{attempt.redirect_uri}#access_token={token.reveal()}&expires_in=5000&state={attempt.state}")
    found = logins.accept(session, attempt, answer, JOB)
    assert (found.token.user_name, found.missing_permissions) == ("Amira Haddad", ())
    asked_with, info = logins.debug_token_as_app(session, app, token, JOB)
    assert (asked_with, info.is_valid) == (token, True)


def test_a_check_goes_on_with_the_persons_token_where_104_is_the_answer(session, practice, login):
    practice.world.faults.on("native_desktop_104")
    found = check_all(session, JOB)
    assert (found.unanswered, found.health.troubles) == (0, ())
    assert known(session, login) == WELL
