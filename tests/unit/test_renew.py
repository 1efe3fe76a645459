"""Renewing compares tokens; disconnecting ends them; any token can be looked at and kept."""

import pytest

from gui.desk import any_token, disconnect, forget
from gui.desk.check_all import check_all
from gui.desk.keep import keep_login
from gui.desk.pages import load_pages
from gui.desk.renew import keep_renewed
from gui.errors import UserError
from gui.graph import calls
from gui.graph.errors import GraphError
from gui.practice.world import OTHER_APP_ID
from gui.values import Secret
from tests.support.people import JOB, app_of, connection_of, short_token
from tests.unit.test_health import ALL, keep


def fetch(desk, practice, person=0, **more):
    connection = connection_of(practice, person, ALL, **more)
    kept = keep_login(desk, connection, JOB)
    listing = load_pages(desk, connection, JOB)
    return kept, listing


def test_a_first_list_is_all_new(desk, practice):
    desk.vault.keep_app(app_of(practice))
    kept, listing = fetch(desk, practice)
    found = keep_renewed(desk, kept, listing.rows, True, JOB)
    assert (len(found.new), found.had_any, len(found.rows)) == (3, False, 3)


def test_a_new_login_changes_every_token_and_the_same_login_none(desk, practice):
    keep(desk, practice, 0)
    kept, listing = fetch(desk, practice)
    found = keep_renewed(desk, kept, listing.rows, True, JOB)
    assert (len(found.changed), len(found.same), found.new, found.lost, found.gone) == (3, 0, (), (), ())
    again = load_pages(desk, desk.vault.connection(kept), JOB)
    found = keep_renewed(desk, kept, again.rows, True, JOB)
    assert (found.changed, len(found.same)) == ((), 3)


def test_a_page_that_is_no_longer_listed_keeps_its_token_and_needs_the_person(desk, practice):
    kept = keep(desk, practice, 0)
    gone = practice.world.page(1)
    before = desk.vault.page_token(kept.id, gone.id)
    kept, listing = fetch(desk, practice, pages=(0, 2))
    found = keep_renewed(desk, kept, listing.rows, True, JOB)
    assert (found.gone, len(found.changed)) == ((gone.name,), 2)
    row = next(row for row in found.rows if row.page.id == gone.id)
    assert (row.state, row.why) == ("needs_you", "page_no_longer_listed")
    assert desk.vault.page_token(kept.id, gone.id) == before


def test_an_incomplete_list_calls_nothing_gone(desk, practice):
    keep(desk, practice, 0)
    kept, listing = fetch(desk, practice, pages=(0,))
    assert keep_renewed(desk, kept, listing.rows, False, JOB).gone == ()


def test_a_page_that_comes_back_without_its_token_keeps_the_one_it_had(desk, practice):
    """The others of its pack are written anew: the kept token must go with them."""
    kept = keep(desk, practice)
    practice.world.troubles.on("rows_without_token")
    kept, listing = fetch(desk, practice, 1)
    without = [row.page.id for row in listing.rows if row.fresh is None]
    assert without
    before = {page_id: desk.vault.page_token(kept.id, page_id) for page_id in without}
    found = keep_renewed(desk, kept, listing.rows, True, JOB)
    assert len(found.lost) == len(without)
    assert {page_id: desk.vault.page_token(kept.id, page_id) for page_id in without} == before
    rows = {row.page.id: row for row in found.rows}
    assert all(rows[page_id].last_four == before[page_id].last_four for page_id in without)


# ---------------------------------------------------------------- disconnect
@pytest.mark.parametrize("answer", ["", "delete_success"])
def test_disconnecting_ends_every_token_and_forgets_the_person_but_not_the_app(desk, practice, answer, session):
    kept = keep(desk, practice, 0)
    if answer:
        practice.world.troubles.on(answer)
    token = desk.vault.connection(kept).token.secret
    what = disconnect.dying(desk, kept, JOB)
    assert (len(what.names), what.others, set(what.permissions)) == (3, 0, set(ALL))
    disconnect.disconnect(desk, kept, JOB)
    assert desk.vault.connections() == []
    assert desk.vault.app(kept.app_id).secret == app_of(practice).secret
    facts = calls.debug_token(desk.client(app_of(practice), JOB), token, calls.app_token(app_of(practice)))
    assert (facts.is_valid, facts.error_subcode) == (False, 458)
    assert len(session.everything_kept(desk.vault.keychain.service)) == 2, "the app's secret alone, and how many there are"


def test_a_login_that_is_dead_already_is_not_forgotten_unasked(desk, practice):
    kept = keep(desk, practice, 0)
    practice.world.troubles.on("password_changed")
    with pytest.raises(GraphError) as caught:
        disconnect.disconnect(desk, kept, JOB)
    assert caught.value.kind == "password_changed"
    assert desk.vault.connections()[0].pages == 3
    forget.finish(desk, forget.forget_person(desk, kept, True, JOB), JOB)
    assert desk.vault.connections() == []
    assert [app.app_id for app in desk.vault.apps()] == [kept.app_id]


def test_one_permission_can_be_given_back_alone(desk, practice):
    kept = keep(desk, practice, 0)
    left = disconnect.give_back(desk, kept, "pages_manage_metadata", JOB)
    assert "pages_manage_metadata" not in left
    assert "pages_show_list" in left
    now = desk.vault.connections()[0]
    assert "pages_manage_metadata" not in now.scopes
    assert now.lacking == ("pages_manage_metadata:never",)
    assert check_all(desk, JOB).health.needs_you == 0


def test_an_app_that_is_used_is_not_forgotten(desk, practice):
    kept = keep(desk, practice, 0)
    second = keep(desk, practice, 2)
    forget.finish(desk, forget.forget_person(desk, kept, False, JOB), JOB)
    assert desk.vault.apps()
    forget.finish(desk, forget.forget_person(desk, second, False, JOB), JOB)
    assert desk.vault.apps() == []


# ------------------------------------------------------------------ any token
def test_a_persons_token_is_read_and_becomes_a_login(desk, practice):
    desk.vault.keep_app(app_of(practice))
    secret = short_token(practice)
    found = any_token.examine(desk, secret, JOB)
    assert (found.facts.type, found.name, found.app.name, found.why, found.can_be_kept) == ("USER", "Amira Haddad", "Practice App", None, True)
    assert "pages_show_list" in found.held
    login = any_token.as_login(desk, found, secret)
    assert (login.token.user_name, login.token.long_lived, login.app.secret) == ("Amira Haddad", False, app_of(practice).secret)


def test_a_pages_token_is_read_and_kept_under_its_person(desk, practice):
    kept = keep(desk, practice, 2)
    secret = Secret(practice.world.special_token("page"))
    found = any_token.examine(desk, secret, JOB)
    assert (found.facts.type, found.page.name, found.can_be_kept) == ("PAGE", practice.world.page(0).name, True)
    assert desk.vault.page_rows(kept) == []
    number = any_token.keep_page_token(desk, found, secret, JOB)
    assert number != kept.id
    person = next(one for one in desk.vault.connections() if one.id == number)
    (row,) = desk.vault.page_rows(person)
    assert (row.page.name, row.expires_at, row.page.origins) == (found.page.name, 0, ("pasted",))
    assert desk.vault.page_token(person.id, row.page.id) == secret
    with pytest.raises(UserError) as caught:
        desk.vault.connection(person)
    assert caught.value.kind == "keychain_item_gone"
    assert check_all(desk, JOB).health.works == 1


def test_a_token_of_another_app_is_read_by_itself(desk, practice):
    desk.vault.keep_app(app_of(practice))
    secret = Secret(practice.world.special_token("other_app"))
    found = any_token.examine(desk, secret, JOB)
    assert (found.facts.app_id, found.app.app_id, found.app.name, found.name) == (OTHER_APP_ID, OTHER_APP_ID, "Another App", "Amira Haddad")
    assert not found.can_be_kept, "without the App secret it cannot be extended"


@pytest.mark.parametrize(("what", "kind"), [("expired", "token_expired"), ("system_user", "")])
def test_other_tokens_are_named(desk, practice, what, kind):
    desk.vault.keep_app(app_of(practice))
    found = any_token.examine(desk, Secret(practice.world.special_token(what)), JOB)
    assert (found.why.kind if found.why else "") == kind
    assert found.can_be_kept is False


@pytest.mark.parametrize("apps", [True, False])
def test_a_mangled_token_is_said_to_be_one(desk, practice, apps):
    if apps:
        desk.vault.keep_app(app_of(practice))
        assert any_token.examine(desk, Secret("EAA" + "x7Qd" * 40), JOB).why.kind == "token_invalid"
    else:
        with pytest.raises(GraphError) as caught:
            any_token.examine(desk, Secret("EAA" + "x7Qd" * 40), JOB)
        assert caught.value.kind == "token_invalid"


def test_an_app_token_is_named(desk, practice):
    desk.vault.keep_app(app_of(practice))
    app = app_of(practice)
    found = any_token.examine(desk, calls.app_token(app), JOB)
    assert (found.facts.type, found.why, found.can_be_kept) == ("APP", None, False)


def test_looking_at_a_token_keeps_nothing(desk, practice, session):
    desk.vault.keep_app(app_of(practice))
    before = session.everything_kept(desk.vault.keychain.service)
    for secret in (short_token(practice), Secret(practice.world.special_token("page"))):
        any_token.examine(desk, secret, JOB)
    assert session.everything_kept(desk.vault.keychain.service) == before
    assert desk.vault.connections() == []


def test_keeping_twice_is_keeping_once(desk, practice):
    keep(desk, practice, 0)
    secret = Secret(practice.world.special_token("page"))
    found = any_token.examine(desk, secret, JOB)
    assert found.page.tasks == practice.world.page(0).tasks, "what the person may do is known from the kept row"
    any_token.keep_page_token(desk, found, secret, JOB)
    any_token.keep_page_token(desk, found, secret, JOB)
    assert [one.pages for one in desk.vault.connections()] == [3]
