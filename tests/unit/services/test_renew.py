"""Renewing compares the tokens of a fresh list with those that were kept."""

from gui.services.keep import keep_login
from gui.services.list_pages import list_pages
from gui.services.renew import keep_listed_pages
from gui.values import TokenState
from tests.support.people import ALL, JOB, app_of, connection_of, keep_login_with_pages


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
    keep_login_with_pages(session, practice, 0)
    login, listing = fetch(session, practice)
    found = keep_listed_pages(session, login, listing.rows, True, JOB)
    assert (len(found.changed), len(found.same), found.new, found.lost, found.gone) == (3, 0, (), (), ())
    again = list_pages(session, session.vault.login(login), JOB)
    found = keep_listed_pages(session, login, again.rows, True, JOB)
    assert (found.changed, len(found.same)) == ((), 3)


def test_a_page_that_is_no_longer_listed_keeps_its_token_and_needs_the_person(session, practice):
    login = keep_login_with_pages(session, practice, 0)
    gone = practice.world.page(1)
    before = session.vault.page_token(login.id, gone.id)
    login, listing = fetch(session, practice, pages=(0, 2))
    found = keep_listed_pages(session, login, listing.rows, True, JOB)
    assert (found.gone, len(found.changed)) == ((gone.name,), 2)
    row = next(row for row in found.rows if row.page.id == gone.id)
    assert (row.state, row.why) == (TokenState.NEEDS_YOU, "page_no_longer_listed")
    assert session.vault.page_token(login.id, gone.id) == before


def test_an_incomplete_list_calls_nothing_gone(session, practice):
    keep_login_with_pages(session, practice, 0)
    login, listing = fetch(session, practice, pages=(0,))
    assert keep_listed_pages(session, login, listing.rows, False, JOB).gone == ()


def test_a_page_that_comes_back_without_its_token_keeps_the_one_it_had(session, practice):
    """The others of its bundle are written anew: the kept token must go with them."""
    login = keep_login_with_pages(session, practice)
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
