"""Any token can be looked at, whatever it is, and is kept only if asked."""

from dataclasses import replace

import pytest

from gui.errors import UserError
from gui.graph import calls
from gui.graph.errors import GraphError
from gui.practice.world import OTHER_APP_ID
from gui.services import any_token
from gui.services.any_token import TokenReport
from gui.services.check_all import check_all
from gui.values import AppCredentials, Secret, TokenInfo
from tests.support.agency import NORD, app_at, login_of
from tests.support.people import JOB, Collected, app_of, connection_of, keep_login_with_pages, short_token
from tests.support.purposes import log_in_for


def test_a_persons_token_is_read_and_becomes_a_login(session, practice):
    session.vault.keep_app(app_of(practice))
    secret = short_token(practice)
    report = any_token.inspect_token(session, secret, JOB)
    assert (report.info.type, report.name, report.app.name, report.why, report.can_be_kept) == (
        "USER",
        "Amira Haddad",
        "Practice App",
        None,
        True,
    )
    assert "pages_show_list" in report.held
    login = any_token.as_login(session, report, secret)
    assert (login.token.user_name, login.token.long_lived, login.app.secret) == (
        "Amira Haddad",
        False,
        app_of(practice).secret,
    )


def test_a_pages_token_is_read_and_kept_under_its_person(session, practice):
    login = keep_login_with_pages(session, practice, 2)
    secret = Secret(practice.world.special_token("page"))
    report = any_token.inspect_token(session, secret, JOB)
    assert report.page is not None
    assert (report.info.type, report.page.name, report.can_be_kept) == ("PAGE", practice.world.page(0).name, True)
    assert session.vault.page_rows(login) == []
    number = any_token.keep_page_token(session, report, secret, False, JOB)
    assert number != login.id
    person = next(one for one in session.vault.logins() if one.id == number)
    (row,) = session.vault.page_rows(person)
    assert (row.page.name, row.expires_at, row.page.origins) == (report.page.name, 0, ("pasted",))
    assert session.vault.page_token(person.id, row.page.id) == secret
    with pytest.raises(UserError) as caught:
        session.vault.login(person)
    assert caught.value.kind == "keychain_item_gone"
    assert check_all(session, JOB).health.works == 1


def test_a_token_of_another_app_is_read_by_itself(session, practice):
    session.vault.keep_app(app_of(practice))
    secret = Secret(practice.world.special_token("other_app"))
    report = any_token.inspect_token(session, secret, JOB)
    assert (report.info.app_id, report.app.app_id, report.app.name, report.name) == (
        OTHER_APP_ID,
        OTHER_APP_ID,
        "Another App",
        "Amira Haddad",
    )
    assert not report.can_be_kept, "without the App secret it cannot be extended"


@pytest.mark.parametrize(("what", "kind"), [("expired", "token_expired"), ("system_user", "")])
def test_other_tokens_are_named(session, practice, what, kind):
    session.vault.keep_app(app_of(practice))
    report = any_token.inspect_token(session, Secret(practice.world.special_token(what)), JOB)
    assert (report.why.kind if report.why else "") == kind
    assert report.can_be_kept is (what == "system_user")


@pytest.mark.parametrize("apps", [True, False])
def test_a_mangled_token_is_said_to_be_one(session, practice, apps):
    if apps:
        session.vault.keep_app(app_of(practice))
        why = any_token.inspect_token(session, Secret("EAA" + "x7Qd" * 40), JOB).why
        assert why is not None
        assert why.kind == "token_invalid"
    else:
        with pytest.raises(GraphError) as caught:
            any_token.inspect_token(session, Secret("EAA" + "x7Qd" * 40), JOB)
        assert caught.value.kind == "token_invalid"


def test_an_app_token_is_named(session, practice):
    session.vault.keep_app(app_of(practice))
    app = app_of(practice)
    report = any_token.inspect_token(session, calls.app_token(app), JOB)
    assert (report.info.type, report.why, report.can_be_kept) == ("APP", None, False)


def test_looking_at_a_token_keeps_nothing(session, practice, private_session):
    session.vault.keep_app(app_of(practice))
    before = private_session.everything_kept(session.vault.keychain.service)
    for secret in (short_token(practice), Secret(practice.world.special_token("page"))):
        any_token.inspect_token(session, secret, JOB)
    assert private_session.everything_kept(session.vault.keychain.service) == before
    assert session.vault.logins() == []


def test_keeping_twice_is_keeping_once(session, practice):
    keep_login_with_pages(session, practice, 0)
    secret = Secret(practice.world.special_token("page"))
    report = any_token.inspect_token(session, secret, JOB)
    assert report.page is not None
    assert report.page.tasks == practice.world.page(0).tasks, "what the person may do is known from the kept row"
    any_token.keep_page_token(session, report, secret, False, JOB)
    any_token.keep_page_token(session, report, secret, False, JOB)
    assert [one.pages for one in session.vault.logins()] == [3]


@pytest.mark.parametrize("app", [0, 1])
def test_a_token_is_read_by_the_app_that_it_is_of(session, practice, app):
    for index in (0, 1):
        session.vault.keep_app(app_at(practice, index))
    report = any_token.inspect_token(session, login_of(practice, NORD, app).token.secret, JOB)
    assert (report.app.app_id, report.name, report.can_be_kept) == (practice.world.apps[app].id, "Agency Nord", True)


def test_an_app_whose_secret_is_wrong_does_not_hide_what_a_token_is(session, practice):
    session.vault.keep_app(replace(app_at(practice, 0), secret=Secret("0" * 32)))
    report = any_token.inspect_token(session, login_of(practice, NORD).token.secret, JOB)
    assert (report.info.is_valid, report.info.type, report.why) == (True, "USER", None)


def test_what_was_not_given_and_which_pages_were_chosen_is_told(session, practice):
    session.vault.keep_app(app_of(practice))
    login = connection_of(practice, 0, ("pages_show_list",), pages=(2, 0), declined=("pages_read_engagement",))
    report = any_token.inspect_token(session, login.token.secret, JOB)
    assert report.held == ("public_profile", "pages_show_list")
    assert report.missing_permissions == ("pages_read_engagement:declined",)
    assert report.pages == tuple(sorted(practice.world.page(index).id for index in (0, 2)))
    everything = any_token.inspect_token(session, connection_of(practice, 0).token.secret, JOB)
    assert (everything.pages, everything.missing_permissions) == (None, ())


def test_a_pages_token_tells_whose_it_is_when_that_person_is_kept(session, practice):
    session.vault.keep_app(app_of(practice))
    secret = Secret(practice.world.special_token("page"))
    assert any_token.inspect_token(session, secret, JOB).whose == ""
    keep_login_with_pages(session, practice, 0)
    report = any_token.inspect_token(session, secret, JOB)
    assert report.page is not None
    assert (report.whose, report.name, report.page.token) == ("Amira Haddad", "Amira’s Bakery", None)


def test_an_app_of_the_desktop_kind_is_no_hindrance(session, practice):
    session.vault.keep_app(app_of(practice))
    practice.world.faults.on("native_desktop")
    report = any_token.inspect_token(session, short_token(practice), JOB)
    assert (report.name, report.why, report.can_be_kept) == ("Amira Haddad", None, True)


def test_facebooks_own_trouble_is_raised(session, practice):
    session.vault.keep_app(app_of(practice))
    practice.world.faults.on("limit_user")
    with pytest.raises(GraphError) as caught:
        any_token.inspect_token(session, short_token(practice), Collected())
    assert caught.value.kind == "limit"


@pytest.mark.parametrize(
    ("debug_type", "secret", "why", "can_be_kept"),
    [
        ("USER", "s", None, True),
        ("USER", "", None, False),
        ("USER", "s", UserError("token_expired"), False),
        ("PAGE", "s", None, True),
        ("PAGE", "", None, True),
        ("PAGE", "", UserError("role_lost"), False),
        ("APP", "s", None, False),
        ("SYSTEM_USER", "s", None, True),
        ("SYSTEM_USER", "", None, False),
        ("", "s", None, False),
    ],
)
def test_living_page_tokens_and_user_tokens_of_a_kept_app_can_be_kept(debug_type, secret, why, can_be_kept):
    report = TokenReport(TokenInfo(True, debug_type), AppCredentials("1", Secret(secret)), why=why)
    assert report.can_be_kept is can_be_kept


def test_a_token_that_its_own_page_refuses_says_so_though_it_is_valid(session, practice):
    session.vault.keep_app(app_of(practice))
    practice.world.faults.on("permission_missing")
    report = any_token.inspect_token(session, Secret(practice.world.special_token("page")), JOB)
    assert (report.info.is_valid, report.page, report.can_be_kept) == (True, None, False)
    assert report.why is not None
    assert report.why.kind == "permission_missing"


def test_a_kept_token_that_may_more_stays_unless_it_is_to_be_replaced(session, practice):
    login = log_in_for(session, practice, ("messages",))
    page_id = practice.world.page(0).id
    lesser = session.vault.page_token(login.id, page_id)
    log_in_for(session, practice, ("messages", "publish_posts"))
    report = any_token.inspect_token(session, lesser, JOB)
    with pytest.raises(UserError) as caught:
        any_token.keep_page_token(session, report, lesser, False, JOB)
    assert (caught.value.kind, caught.value.values["found"]) == ("kept_may_more", "pages_manage_posts")
    assert session.vault.page_token(login.id, page_id) != lesser
    any_token.keep_page_token(session, report, lesser, True, JOB)
    assert session.vault.page_token(login.id, page_id) == lesser


def test_a_kept_token_that_lasts_stays_unless_it_is_to_be_replaced(session, practice):
    keep_login_with_pages(session, practice, 0)
    (login,) = session.vault.logins()
    world = practice.world
    lasting = session.vault.page_token(login.id, world.page(0).id)
    record = world.mint.read(short_token(practice).reveal())
    short = Secret(world.page_token(record, 0))
    report = any_token.inspect_token(session, short, JOB)
    with pytest.raises(UserError) as caught:
        any_token.keep_page_token(session, report, short, False, JOB)
    assert caught.value.kind == "kept_lasts_longer"
    assert caught.value.values["name"] == world.page(0).name
    assert caught.value.values["found"] == "has no end"
    assert caught.value.values["end"].startswith("ends ")
    assert session.vault.page_token(login.id, world.page(0).id) == lasting
    assert any_token.keep_page_token(session, report, short, True, JOB) == login.id
    assert session.vault.page_token(login.id, world.page(0).id) == short
    row = next(row for row in session.vault.page_rows(login) if row.page.id == world.page(0).id)
    assert row.expires_at == record.expires_at


def test_a_system_users_business_is_known_by_every_way_in(session, practice):
    secret = Secret(practice.world.special_token("system_user"))
    report = any_token.inspect_token(session, secret, JOB)
    assert any_token.as_login(session, report, secret).token.business == report.business != ""
