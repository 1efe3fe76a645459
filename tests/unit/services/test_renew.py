"""Renewing compares the tokens of a fresh list with those that were kept."""

from dataclasses import replace
from typing import Any

import pytest

from gui.services.hand_over import note_given
from gui.services.keep import keep_login
from gui.services.list_pages import list_pages
from gui.services.renew import RenewalReport, keep_listed_pages, renewal_message
from gui.services.tools import tools
from gui.values import Login, Secret, TokenState
from tests.support.people import ALL, JOB, app_of, connection_of, keep_login_with_pages, short_token


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


def fetch_short(session, practice, login):
    """The list with a short-lived token of the same person: its Page tokens end with the hour."""
    short = replace(session.vault.login(login).token, secret=short_token(practice, 0), long_lived=False)
    listing = list_pages(session, Login(app_of(practice), short), JOB)
    end = practice.world.mint.read(short.secret.reveal()).expires_at
    return tuple(replace(row, expires_at=end) for row in listing.rows)


def test_tokens_that_last_are_not_replaced_by_ones_that_end_sooner(session, practice):
    login = keep_login_with_pages(session, practice, 0)
    before = session.vault.page_tokens(login.id)
    rows = fetch_short(session, practice, login)
    found = keep_listed_pages(session, login, rows, True, JOB)
    assert len(found.lasting) == 3
    assert (found.changed, found.same, found.new, found.lost, found.gone, found.had_any) == ((), (), (), (), (), True)
    assert session.vault.page_tokens(login.id) == before
    assert {row.expires_at for row in found.rows} == {0}


def test_what_needs_the_person_is_renewed_with_whatever_comes(session, practice):
    login = keep_login_with_pages(session, practice, 0)
    dead = practice.world.page(1).id
    session.vault.health_records.flag_pages(login, [dead], "role_lost", session.now())
    before = session.vault.page_tokens(login.id)
    rows = fetch_short(session, practice, login)
    found = keep_listed_pages(session, login, rows, True, JOB)
    assert (len(found.lasting), found.changed) == (2, (practice.world.page(1).name,))
    after = session.vault.page_tokens(login.id)
    assert {page_id for page_id in before if before[page_id] != after[page_id]} == {dead}
    fresh = {row.page.id: row.fresh for row in rows}
    assert after[dead] == Secret(fresh[dead].reveal())


ONE, TWO = ("Nordlys",), ("Café", "Nordlys")


@pytest.mark.parametrize("renewing", [True, False])
@pytest.mark.parametrize("report", [RenewalReport(()), RenewalReport((), new=TWO)])
def test_a_first_list_has_nothing_to_tell(report, renewing):
    assert renewal_message(report, renewing) is None


@pytest.mark.parametrize(
    ("report", "kind", "says"),
    [
        (RenewalReport((), changed=TWO), "renewed", "2 tokens changed."),
        (RenewalReport((), same=TWO), "renewed_the_same", "2 tokens are the same."),
        (RenewalReport((), changed=ONE, gone=TWO), "renewed_in_part", "No longer listed: Café, Nordlys."),
        (RenewalReport((), same=ONE, lost=ONE), "renewed_in_part", "Without a new token: Nordlys."),
    ],
)
def test_a_renewal_tells_what_became_of_the_tokens(report, kind, says):
    told = renewal_message(report, True)
    assert told is not None
    assert told.kind.split("/")[0] == kind
    assert says in told.text


def test_what_stays_because_it_lasts_is_counted_beside_the_rest():
    told = renewal_message(RenewalReport((), changed=ONE, same=TWO, lasting=TWO), True)
    assert told is not None
    assert told.text.startswith("1 token changed. 2 tokens are the same. 2 tokens that came would end sooner, so ")


def test_the_same_tokens_again_are_not_called_renewed():
    told = renewal_message(RenewalReport((), same=TWO), True)
    assert told is not None
    assert (told.title, told.details) == ("Facebook gave the same tokens again", (("The same", "Café, Nordlys"),))


def test_a_refresh_tells_only_what_is_new():
    assert renewal_message(RenewalReport((), changed=ONE, same=TWO), False) is None
    more: tuple[dict[str, Any], ...] = (
        {"new": ONE, "same": ONE}, {"lasting": ONE}, {"gone": ONE}, {"lost": ONE, "same": ONE},
    )  # fmt: skip
    for one in more:
        told = renewal_message(RenewalReport((), **one), False)
        assert told is not None
        assert told.kind.startswith("list_refreshed")
        assert "Nordlys" in told.text or "1 token" in told.text


def test_tools_that_have_the_earlier_tokens_are_named(session, practice):
    kept = keep_login_with_pages(session, practice, 0)
    rows = session.vault.page_rows(kept)
    note_given(session, tools()["rasa"], rows[:1], JOB)
    login, listing = fetch(session, practice)
    found = keep_listed_pages(session, login, listing.rows, True, JOB)
    assert found.tools == ("Rasa",)
    told = renewal_message(found, True)
    assert told is not None
    assert "Earlier tokens are in Rasa: paste the new ones there." in told.text
    assert keep_listed_pages(session, login, listing.rows, True, JOB).tools == ()
