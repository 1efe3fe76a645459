"""Extending makes a short-lived User token a long-lived one, and believes no strange end."""

import pytest

from gui.graph import calls
from gui.graph.client import GraphClient
from gui.graph.errors import GraphError
from gui.graph.models import TokenAnswer
from gui.services import formatting, login
from gui.services.exchange import extend
from gui.services.login import LoginResult
from gui.values import NO_END, Secret, UserToken
from tests.support.people import JOB, Collected, app_of, short_token


def result_of(session, practice) -> LoginResult:
    """A login with a short-lived token, as the dialog brings it."""
    return login.from_paste(session, app_of(practice), short_token(practice), None, JOB)


@pytest.mark.parametrize("trouble", ["expires_missing", "expires_zero", "expires_odd"])
def test_a_strange_expires_in_is_not_the_end(session, practice, trouble):
    short = result_of(session, practice)
    practice.world.faults.on(trouble)
    token = extend(session, short, JOB).token
    assert token.expires_at != NO_END
    assert abs(token.expires_at - practice.world.now() - 60 * 86_400) < 100


def test_a_login_becomes_long_lived_with_all_its_ends(session, practice):
    short = result_of(session, practice)
    long_lived = extend(session, short, JOB)
    record = practice.world.mint.read(long_lived.token.secret.reveal())
    assert (record.long_lived, record.person) == (True, 0)
    assert abs(long_lived.token.expires_at - record.expires_at) <= 2
    token = long_lived.token.with_(expires_at=record.expires_at)
    assert token == UserToken(
        token.secret,
        app_of(practice).app_id,
        practice.world.people[0].user_id,
        "Amira Haddad",
        record.expires_at,
        record.issued_at + 90 * 86_400,
        record.issued_at,
        short.token.scopes,
        long_lived=True,
    )
    assert long_lived.info is not None
    assert (long_lived.app, long_lived.info.is_valid, long_lived.info.type) == (short.app, True, "USER")


def test_the_exchange_and_one_question_are_all_the_calls(session, practice):
    short = result_of(session, practice)
    before = len(practice.calls)
    extend(session, short, JOB)
    assert practice.calls[before:] == ["POST oauth/access_token", "GET debug_token"]


@pytest.mark.parametrize("trouble", ["wrong_secret", "app_deleted", "password_changed", "limit_user"])
def test_a_refused_exchange_is_raised(session, practice, trouble):
    short = result_of(session, practice)
    practice.world.faults.on(trouble)
    with pytest.raises(GraphError) as caught:
        extend(session, short, Collected())
    assert caught.value.kind == {"wrong_secret": "secret_wrong", "limit_user": "limit"}.get(trouble, trouble)


def test_a_token_that_is_not_facebooks_is_not_extended(session, practice):
    nobody = LoginResult(app_of(practice), UserToken(Secret("EAA" + "x7Qd" * 20), app_of(practice).app_id))
    with pytest.raises(GraphError) as caught:
        extend(session, nobody, JOB)
    assert caught.value.kind == "token_invalid"


def test_a_long_lived_token_is_kept_though_its_ends_cannot_be_asked(session, practice):
    """The session ends (466) just after the exchange: what was known before stays, and the given end counts."""
    short = result_of(session, practice)
    practice.world.faults.on("session_ended")
    practice.world.faults.on("native_desktop")
    long_lived = extend(session, short, JOB)
    assert long_lived.info is None
    assert long_lived.token.long_lived
    assert long_lived.token.secret != short.token.secret
    assert long_lived.token.scopes == short.token.scopes
    assert abs(long_lived.token.expires_at - session.now() - 60 * 86_400) <= 2


def test_permissions_that_were_not_known_before_are_those_that_facebook_tells(session, practice):
    short = result_of(session, practice)
    unknown = LoginResult(short.app, short.token.with_(scopes=(), data_access_expires_at=None))
    assert extend(session, unknown, JOB).token.scopes == short.token.scopes


@pytest.mark.parametrize("trouble", ["debug_refused", "debug_without_data", "debug_without_validity"])
def test_a_login_does_not_hang_on_what_facebook_says_of_its_token(session, practice, trouble):
    practice.world.faults.on(trouble)
    short = result_of(session, practice)
    assert (short.token.user_name, short.token.user_id) == ("Amira Haddad", practice.world.people[0].user_id)
    if trouble != "debug_without_validity":
        assert short.token.expires_at is None, "its end is not known, and none is made up"
    long_lived = extend(session, short, JOB).token
    assert long_lived.long_lived
    assert long_lived.secret != short.token.secret
    assert abs(long_lived.expires_at - practice.world.now() - 60 * 86_400) < 100, "the exchange says it"


def test_where_nobody_says_when_a_login_ends_it_is_not_known(session, practice):
    practice.world.faults.on("debug_without_data")
    practice.world.faults.on("expires_missing")
    long_lived = extend(session, result_of(session, practice), JOB).token
    assert long_lived.expires_at is None
    assert formatting.ends(long_lived.expires_at, session.now()) == "Facebook did not say when it ends"


@pytest.mark.parametrize("trouble", ["password_changed", "app_removed", "token_mangled"])
def test_a_login_that_is_dead_does_not_go_on_though_nothing_is_said_of_its_token(session, practice, trouble):
    practice.world.faults.on("debug_without_data")
    practice.world.faults.on(trouble)
    with pytest.raises(GraphError) as caught:
        result_of(session, practice)
    assert caught.value.kind in {trouble, "token_invalid"}


@pytest.mark.parametrize("token", ["", "  ", "EAA x", "EAA\u0000x"])
def test_an_exchange_that_gives_no_token_gives_none(session, practice, monkeypatch, token):
    monkeypatch.setattr(GraphClient, "post", lambda *_, **more: TokenAnswer(token, "bearer", 10))
    with pytest.raises(GraphError) as caught:
        calls.exchange_token(session.client(app_of(practice), JOB), app_of(practice), Secret("EAAshort"))
    assert caught.value.kind == "wrong_shape"


@pytest.mark.parametrize(("told", "kept"), [(10**12, None), (-5, None), (0, 0), (5_184_000, 5_184_000), (None, None)])
def test_a_span_that_cannot_be_is_not_known(session, practice, monkeypatch, told, kept):
    monkeypatch.setattr(GraphClient, "post", lambda *_, **more: TokenAnswer(" EAAlong\n", "bearer", told))
    exchanged = calls.exchange_token(session.client(app_of(practice), JOB), app_of(practice), Secret("EAAshort"))
    assert (exchanged.secret, exchanged.expires_in) == (Secret("EAAlong"), kept)
