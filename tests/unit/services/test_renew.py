"""Renewing compares tokens; disconnecting ends them; any token can be looked at and kept."""

import pytest

from gui.errors import UserError
from gui.graph import calls
from gui.graph.errors import GraphError
from gui.practice.world import OTHER_APP_ID
from gui.services import any_token, disconnect, forget
from gui.services.check_all import check_all
from gui.services.keep import keep_login
from gui.services.list_pages import list_pages
from gui.services.renew import keep_listed_pages
from gui.values import Secret, TokenState
from tests.support.people import JOB, app_of, connection_of, short_token
from tests.unit.services.test_check_all import ALL, keep


def fetch(session, practice, person=0, **more):
    login = connection_of(practice, person, ALL, **more)
    stored_login = keep_login(session, login, JOB)
    listing = list_pages(session, login, JOB)
    return stored_login, listing


def test_a_first_list_is_all_new(session, practice):
    session.vault.keep_app(app_of(practice))
    login, listing = fetch(session, practice)
    found = keep_listed_pages(session, login, listing.rows, True, JOB)
    assert (len(found.new), found.had_any, len(found.rows)) == (3, False, 3)


def test_a_new_login_changes_every_token_and_the_same_login_none(session, practice):
    keep(session, practice, 0)
    login, listing = fetch(session, practice)
    found = keep_listed_pages(session, login, listing.rows, True, JOB)
    assert (len(found.changed), len(found.same), found.new, found.lost, found.gone) == (3, 0, (), (), ())
    again = list_pages(session, session.vault.login(login), JOB)
    found = keep_listed_pages(session, login, again.rows, True, JOB)
    assert (found.changed, len(found.same)) == ((), 3)


def test_a_page_that_is_no_longer_listed_keeps_its_token_and_needs_the_person(session, practice):
    login = keep(session, practice, 0)
    gone = practice.world.page(1)
    before = session.vault.page_token(login.id, gone.id)
    login, listing = fetch(session, practice, pages=(0, 2))
    found = keep_listed_pages(session, login, listing.rows, True, JOB)
    assert (found.gone, len(found.changed)) == ((gone.name,), 2)
    row = next(row for row in found.rows if row.page.id == gone.id)
    assert (row.state, row.why) == (TokenState.NEEDS_YOU, "page_no_longer_listed")
    assert session.vault.page_token(login.id, gone.id) == before


def test_an_incomplete_list_calls_nothing_gone(session, practice):
    keep(session, practice, 0)
    login, listing = fetch(session, practice, pages=(0,))
    assert keep_listed_pages(session, login, listing.rows, False, JOB).gone == ()


def test_a_page_that_comes_back_without_its_token_keeps_the_one_it_had(session, practice):
    """The others of its bundle are written anew: the kept token must go with them."""
    login = keep(session, practice)
    practice.world.faults.on("rows_without_token")
    login, listing = fetch(session, practice, 1)
    without = [row.page.id for row in listing.rows if row.fresh is None]
    assert without
    before = {page_id: session.vault.page_token(login.id, page_id) for page_id in without}
    found = keep_listed_pages(session, login, listing.rows, True, JOB)
    assert len(found.lost) == len(without)
    assert {page_id: session.vault.page_token(login.id, page_id) for page_id in without} == before
    rows = {row.page.id: row for row in found.rows}
    assert all(rows[page_id].last_four == before[page_id].last_four for page_id in without)


# ---------------------------------------------------------------- disconnect
@pytest.mark.parametrize("answer", ["", "delete_success"])
def test_disconnecting_ends_every_token_and_forgets_the_person_but_not_the_app(
    session, practice, answer, private_session
):
    login = keep(session, practice, 0)
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
    login = keep(session, practice, 0)
    practice.world.faults.on("password_changed")
    with pytest.raises(GraphError) as caught:
        disconnect.disconnect(session, login, JOB)
    assert caught.value.kind == "password_changed"
    assert session.vault.logins()[0].pages == 3
    forget.finish(session, forget.forget_login(session, login, True, JOB), JOB)
    assert session.vault.logins() == []
    assert [app.app_id for app in session.vault.apps()] == [login.app_id]


def test_one_permission_can_be_given_back_alone(session, practice):
    login = keep(session, practice, 0)
    left = disconnect.give_back(session, login, "pages_manage_metadata", JOB)
    assert "pages_manage_metadata" not in left
    assert "pages_show_list" in left
    now = session.vault.logins()[0]
    assert "pages_manage_metadata" not in now.scopes
    assert now.missing_permissions == ("pages_manage_metadata:never",)
    assert check_all(session, JOB).health.needs_you == 0


def test_an_app_that_is_used_is_not_forgotten(session, practice):
    login = keep(session, practice, 0)
    second = keep(session, practice, 2)
    forget.finish(session, forget.forget_login(session, login, False, JOB), JOB)
    assert session.vault.apps()
    forget.finish(session, forget.forget_login(session, second, False, JOB), JOB)
    assert session.vault.apps() == []


# ------------------------------------------------------------------ any token
def test_a_persons_token_is_read_and_becomes_a_login(session, practice):
    session.vault.keep_app(app_of(practice))
    secret = short_token(practice)
    found = any_token.inspect_token(session, secret, JOB)
    assert (found.info.type, found.name, found.app.name, found.why, found.can_be_kept) == (
        "USER",
        "Amira Haddad",
        "Practice App",
        None,
        True,
    )
    assert "pages_show_list" in found.held
    login = any_token.as_login(session, found, secret)
    assert (login.token.user_name, login.token.long_lived, login.app.secret) == (
        "Amira Haddad",
        False,
        app_of(practice).secret,
    )


def test_a_pages_token_is_read_and_kept_under_its_person(session, practice):
    login = keep(session, practice, 2)
    secret = Secret(practice.world.special_token("page"))
    found = any_token.inspect_token(session, secret, JOB)
    assert found.page is not None
    assert (found.info.type, found.page.name, found.can_be_kept) == ("PAGE", practice.world.page(0).name, True)
    assert session.vault.page_rows(login) == []
    number = any_token.keep_page_token(session, found, secret, JOB)
    assert number != login.id
    person = next(one for one in session.vault.logins() if one.id == number)
    (row,) = session.vault.page_rows(person)
    assert (row.page.name, row.expires_at, row.page.origins) == (found.page.name, 0, ("pasted",))
    assert session.vault.page_token(person.id, row.page.id) == secret
    with pytest.raises(UserError) as caught:
        session.vault.login(person)
    assert caught.value.kind == "keychain_item_gone"
    assert check_all(session, JOB).health.works == 1


def test_a_token_of_another_app_is_read_by_itself(session, practice):
    session.vault.keep_app(app_of(practice))
    secret = Secret(practice.world.special_token("other_app"))
    found = any_token.inspect_token(session, secret, JOB)
    assert (found.info.app_id, found.app.app_id, found.app.name, found.name) == (
        OTHER_APP_ID,
        OTHER_APP_ID,
        "Another App",
        "Amira Haddad",
    )
    assert not found.can_be_kept, "without the App secret it cannot be extended"


@pytest.mark.parametrize(("what", "kind"), [("expired", "token_expired"), ("system_user", "")])
def test_other_tokens_are_named(session, practice, what, kind):
    session.vault.keep_app(app_of(practice))
    found = any_token.inspect_token(session, Secret(practice.world.special_token(what)), JOB)
    assert (found.why.kind if found.why else "") == kind
    assert found.can_be_kept is False


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
    found = any_token.inspect_token(session, calls.app_token(app), JOB)
    assert (found.info.type, found.why, found.can_be_kept) == ("APP", None, False)


def test_looking_at_a_token_keeps_nothing(session, practice, private_session):
    session.vault.keep_app(app_of(practice))
    before = private_session.everything_kept(session.vault.keychain.service)
    for secret in (short_token(practice), Secret(practice.world.special_token("page"))):
        any_token.inspect_token(session, secret, JOB)
    assert private_session.everything_kept(session.vault.keychain.service) == before
    assert session.vault.logins() == []


def test_keeping_twice_is_keeping_once(session, practice):
    keep(session, practice, 0)
    secret = Secret(practice.world.special_token("page"))
    found = any_token.inspect_token(session, secret, JOB)
    assert found.page is not None
    assert found.page.tasks == practice.world.page(0).tasks, "what the person may do is known from the kept row"
    any_token.keep_page_token(session, found, secret, JOB)
    any_token.keep_page_token(session, found, secret, JOB)
    assert [one.pages for one in session.vault.logins()] == [3]
