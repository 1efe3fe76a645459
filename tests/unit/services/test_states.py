"""How a login and a Page token stand now: by the last check, and by the calendar since."""

from dataclasses import replace

import pytest

from gui.services.states import (
    SOON,
    has_ended,
    login_state,
    lost_permissions,
    merge_sources,
    outlasts,
    page_rows_now,
)
from gui.values import NO_END, HealthRecord, Page, PageRow, StoredLogin, TokenState
from gui.vault.health_records import CheckResult
from tests.support.agency import AMIRA, NILS, NORD, connect

NOW = 1_800_000_000
DAY = 86_400
WORKS, ENDS_SOON, NEEDS_YOU = TokenState
LOGIN = StoredLogin(1, "180", "App", "122", "Amira", expires_at=NOW + 60 * DAY, data_access_expires_at=NOW + 90 * DAY)


@pytest.mark.parametrize(
    ("expires_at", "ended"),
    [(None, False), (NO_END, False), (1, True), (NOW - 1, True), (NOW, True), (NOW + 1, False)],
)
def test_a_token_has_ended_from_its_very_second_on(expires_at, ended):
    assert has_ended(expires_at, NOW) is ended


@pytest.mark.parametrize(
    ("changes", "state", "why"),
    [
        ({}, WORKS, ""),
        ({"expires_at": None, "data_access_expires_at": None}, WORKS, ""),
        ({"expires_at": NO_END, "data_access_expires_at": NO_END}, WORKS, ""),
        ({"expires_at": NOW + SOON}, WORKS, ""),
        ({"expires_at": NOW + SOON - 1}, ENDS_SOON, "login_ends_soon"),
        ({"expires_at": NOW + 1}, ENDS_SOON, "login_ends_soon"),
        ({"expires_at": NOW}, NEEDS_YOU, "login_ended"),
        ({"data_access_expires_at": NOW + SOON}, WORKS, ""),
        ({"data_access_expires_at": NOW + SOON - 1}, ENDS_SOON, "data_access_soon"),
        ({"data_access_expires_at": NOW}, NEEDS_YOU, "data_access_ended"),
        ({"expires_at": NOW + 2, "data_access_expires_at": NOW + 1}, ENDS_SOON, "login_ends_soon"),
        ({"expires_at": NOW, "data_access_expires_at": NOW}, NEEDS_YOU, "login_ended"),
        ({"expires_at": NOW + 2, "data_access_expires_at": NOW}, NEEDS_YOU, "data_access_ended"),
        ({"missing_permissions": ("pages_show_list:expired",)}, ENDS_SOON, "permission_lapsed"),
        ({"missing_permissions": ("pages_show_list:declined", "read_insights:never")}, WORKS, ""),
        ({"missing_permissions": ("pages_show_list:expired",), "expires_at": NOW + 1}, ENDS_SOON, "login_ends_soon"),
        ({"health": HealthRecord(NEEDS_YOU, "password_changed")}, NEEDS_YOU, "password_changed"),
        ({"health": HealthRecord(NEEDS_YOU, "password_changed"), "expires_at": NOW}, NEEDS_YOU, "password_changed"),
        ({"health": HealthRecord(ENDS_SOON, "anything")}, WORKS, ""),
    ],
)
def test_a_login_stands_by_its_last_check_and_then_by_the_calendar(changes, state, why):
    assert login_state(replace(LOGIN, **changes), NOW) == (state, why)


# ------------------------------------------------------------------ Pages, kept
def states_of(session, *logins):
    return {(row.state, row.why) for row in page_rows_now(session, *logins)}


def test_no_login_has_no_pages(session):
    assert page_rows_now(session) == []


def test_page_tokens_end_soon_with_the_login_that_made_them_and_go_on_after_it(session, practice):
    login = connect(session, practice, AMIRA)
    assert states_of(session, login) == {(WORKS, "")}
    practice.world.advance(46 * DAY + 60)
    assert states_of(session, login) == {(ENDS_SOON, "")}
    practice.world.advance(14 * DAY)
    assert states_of(session, login) == {(ENDS_SOON, "")}
    practice.world.advance(15 * DAY)
    assert states_of(session, login) == {(ENDS_SOON, "")}
    with session.vault.database.transaction() as db:
        db.execute("UPDATE connection SET data_access_expires_at=NULL")
        db.execute("UPDATE source SET data_access_expires_at=NULL")
    practice.world.advance(365 * DAY)
    assert states_of(session, session.vault.logins()[0]) == {(ENDS_SOON, "")}


def test_rows_say_that_data_access_ends_soon_and_that_it_has_ended(session, practice):
    login = connect(session, practice, AMIRA)
    practice.world.advance(76 * DAY - 60)
    assert states_of(session, login) == {(ENDS_SOON, "")}, "the login is over, access to data has two weeks more"
    practice.world.advance(120)
    assert states_of(session, login) == {(ENDS_SOON, "data_access_soon")}
    practice.world.advance(14 * DAY)
    assert states_of(session, login) == {(NEEDS_YOU, "data_access_ended")}


@pytest.mark.parametrize(
    ("of_the_row", "of_the_login", "state", "why"),
    [
        (None, 5, ENDS_SOON, "data_access_soon"),
        (5, 90, ENDS_SOON, "data_access_soon"),
        (None, -1, NEEDS_YOU, "data_access_ended"),
        (-1, 90, NEEDS_YOU, "data_access_ended"),
        (90, 90, WORKS, ""),
        (None, None, WORKS, ""),
    ],
)
def test_what_a_check_found_of_data_access_goes_before_what_the_login_says(
    session, practice, of_the_row, of_the_login, state, why
):
    connect(session, practice, AMIRA)
    page_id = practice.world.page(0).id

    def moment(days):
        return session.now() + days * DAY if days else days

    with session.vault.database.transaction() as db:
        db.execute("UPDATE connection SET data_access_expires_at=?", (moment(of_the_login),))
        db.execute("UPDATE source SET data_access_expires_at=? WHERE page_id=?", (moment(of_the_row), page_id))
    row = next(one for one in page_rows_now(session, session.vault.logins()[0]) if one.page.id == page_id)
    assert (row.state, row.why) == (state, why)


@pytest.mark.parametrize(
    ("end", "state", "why"),
    [
        (None, WORKS, ""),
        (NO_END, WORKS, ""),
        (SOON + 60, WORKS, ""),
        (SOON - 60, ENDS_SOON, ""),
        (60, ENDS_SOON, ""),
        (-1, NEEDS_YOU, "token_expired"),
    ],
)
def test_a_page_token_with_an_end_of_its_own_stands_by_it(session, practice, end, state, why):
    login = connect(session, practice, AMIRA)
    row = page_rows_now(session, login)[0]
    with session.vault.database.transaction() as db:
        moment = session.now() + end if end else end
        db.execute("UPDATE source SET expires_at=? WHERE page_id=?", (moment, row.page.id))
    now = next(one for one in page_rows_now(session, login) if one.page.id == row.page.id)
    assert (now.state, now.why) == (state, why)


def test_a_page_that_ended_soon_works_again_once_its_login_is_renewed(session, practice):
    login = connect(session, practice, AMIRA)
    practice.world.advance(50 * DAY)
    row = page_rows_now(session, login)[0]
    session.vault.health_records.record_pages(login, {row.page.id: CheckResult(ENDS_SOON)}, session.now())
    assert states_of(session, connect(session, practice, AMIRA)) == {(WORKS, "")}


def test_what_a_check_found_stays_whatever_the_calendar_says(session, practice):
    login = connect(session, practice, AMIRA)
    lost = {row.page.id: CheckResult(NEEDS_YOU, "role_lost") for row in page_rows_now(session, login)}
    session.vault.health_records.record_pages(login, lost, session.now())
    practice.world.advance(70 * DAY)
    assert states_of(session, login) == {(NEEDS_YOU, "role_lost")}


def test_a_page_without_a_token_stays_as_it_was_listed(session, practice):
    login = connect(session, practice, AMIRA)
    without = PageRow(Page("12345", tasks=()), state=NEEDS_YOU, why="page_without_tasks")
    session.vault.keep_pages(login, [without])
    row = next(row for row in page_rows_now(session, login) if row.page.id == "12345")
    assert (row.state, row.why, row.has_token) == (NEEDS_YOU, "page_without_tasks", False)


def test_a_page_that_several_reach_is_one_row_by_the_source_that_works(session, practice):
    nord, nils = connect(session, practice, NORD), connect(session, practice, NILS)
    shared = next(row for row in page_rows_now(session, nord, nils) if len(row.sources) == 2)
    assert (shared.login_id, shared.sources) == (nord.id, (nord.id, nils.id))
    lost = {shared.page.id: CheckResult(NEEDS_YOU, "role_lost")}
    session.vault.health_records.record_pages(nord, lost, session.now())
    again = next(row for row in page_rows_now(session, nord, nils) if row.page.id == shared.page.id)
    assert (again.login_id, again.sources, again.state) == (nils.id, (nord.id, nils.id), WORKS)
    alone = next(row for row in page_rows_now(session, nord) if row.page.id == shared.page.id)
    assert (alone.login_id, alone.sources, alone.state) == (nord.id, (nord.id,), NEEDS_YOU)


# ---------------------------------------------------------------------- lasting
KEPT_ROW = PageRow(Page("101"), "x7Qd", expires_at=NOW + 30 * DAY)


@pytest.mark.parametrize(
    ("kept_end", "end", "outlasting"),
    [
        (NO_END, NOW + DAY, True),
        (NO_END, NOW - DAY, True),
        (NOW + 2 * DAY, NOW + DAY, True),
        (NOW + 2, NOW + 1, True),
        (NOW + DAY, NOW + DAY, False),
        (NOW + DAY, NOW + 2 * DAY, False),
        (NOW + DAY, NO_END, False),
        (NO_END, NO_END, False),
        (NOW, NOW - 1, False),
        (NOW - DAY, NOW - 2 * DAY, False),
        (None, NOW + DAY, False),
        (NO_END, None, False),
    ],
)
def test_a_kept_token_outlasts_what_ends_sooner(kept_end, end, outlasting):
    assert outlasts(replace(KEPT_ROW, expires_at=kept_end), end, NOW) is outlasting


@pytest.mark.parametrize("changes", [{"last_four": ""}, {"state": NEEDS_YOU}])
def test_what_is_no_token_that_works_outlasts_nothing(changes):
    assert outlasts(KEPT_ROW, NOW + DAY, NOW)
    assert not outlasts(replace(KEPT_ROW, **changes), NOW + DAY, NOW)


def test_a_token_that_ends_soon_may_still_outlast_another():
    assert outlasts(replace(KEPT_ROW, state=ENDS_SOON, expires_at=NOW + 2 * DAY), NOW + DAY, NOW)


# ---------------------------------------------------------------------- merging
def source(login_id, state=WORKS, last_four="x7Qd", page_id="101", **page):
    return PageRow(Page(page_id, **page), last_four, state=state, login_id=login_id, sources=(login_id,))


def test_nothing_merges_into_nothing():
    assert merge_sources([]) == []


def test_different_pages_stay_apart_and_keep_their_order():
    rows = [source(1, page_id="103"), source(2, page_id="101"), source(1, page_id="102")]
    assert merge_sources(rows) == rows


@pytest.mark.parametrize(
    ("rows", "best"),
    [
        ([source(2), source(1)], 1),
        ([source(1, ENDS_SOON), source(2)], 2),
        ([source(1, NEEDS_YOU), source(2, ENDS_SOON)], 2),
        ([source(1, WORKS, ""), source(2, NEEDS_YOU)], 2),
        ([source(3), source(1, NEEDS_YOU), source(2, NEEDS_YOU, "")], 3),
    ],
)
def test_the_best_source_is_the_one_with_a_token_that_works(rows, best):
    (row,) = merge_sources(rows)
    assert row.login_id == best
    assert row.sources == tuple(sorted(one.login_id for one in rows))


def test_what_each_source_knows_is_put_together():
    rows = [
        source(1, NEEDS_YOU, name="مخبز", origins=("accounts",), category="Bakery"),
        source(2, origins=("owned_pages:Nord",), instagram_id="178"),
    ]
    (row,) = merge_sources(rows)
    assert (row.page.name, row.page.category, row.page.instagram_id) == ("مخبز", "Bakery", "178")
    assert row.page.origins == ("owned_pages:Nord", "accounts")


# --------------------------------------------------------------- what would be lost
@pytest.mark.parametrize(
    ("kept", "new", "lost"),
    [
        ({}, {"scopes": ("a",)}, ("b",)),
        ({}, {"scopes": ("a", "b")}, ()),
        ({}, {"scopes": ("a", "b"), "withheld": ("b",)}, ("b",)),
        ({"withheld": ("b",)}, {"scopes": ("a",)}, ()),
        ({"scopes": ("a", "email")}, {"scopes": ("a",)}, ()),
        ({"state": NEEDS_YOU}, {"scopes": ("a",)}, ()),
        ({"expires_at": NOW - DAY}, {"scopes": ("a",)}, ()),
        ({"expires_at": NOW + DAY}, {"scopes": ("a",)}, ()),
        ({"last_four": ""}, {"scopes": ("a",)}, ()),
    ],
)
def test_what_a_kept_token_may_and_a_new_one_may_not(kept, new, lost):
    row = replace(KEPT_ROW, **{"expires_at": NO_END, "scopes": ("a", "b"), **kept})
    assert lost_permissions(row, replace(KEPT_ROW, **{"expires_at": NO_END, **new}), NOW) == lost
