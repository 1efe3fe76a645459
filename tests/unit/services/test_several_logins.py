"""A Page that several logins reach: judged by all of their tokens, and handed over by the one that serves."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.errors import UserError
from gui.services.check_all import check_rows
from gui.services.explain_error import pages_to_choose
from gui.services.first_call import try_purpose, try_tool
from gui.services.fit import Lock, all_evidence_of, asked_for, best_source, count_ready, fits, good_for, ready_for
from gui.services.hand_over import cautions, note_given, prepare, sources_for
from gui.services.health import read_health, trouble_message
from gui.services.page_list import read_page
from gui.services.purposes import purposes
from gui.services.renew import keep_listed_pages, renewal_message
from gui.services.states import merge_sources, page_rows_now, shown_by
from gui.services.tools import tools
from gui.values import Page, PageRow, Secret, TokenState
from gui.vault.health_records import CheckResult
from tests.support.agency import NILS, NORD
from tests.support.people import JOB
from tests.support.purposes import log_in_for
from tests.unit.services.test_fit import ALL

INSIGHTS, POSTS = "page_insights", "publish_posts"


@pytest.fixture
def shared(session, practice):
    """Two logins, each for another purpose, and the row of a Page that both reach."""
    logins = [log_in_for(session, practice, (INSIGHTS,), NORD), log_in_for(session, practice, (POSTS,), NILS)]
    row = next(row for row in page_rows_now(session, *logins) if len(row.sources) == 2)
    return logins, row


def by_id(logins):
    return {login.id: login for login in logins}


def judged(session, logins, row):
    return all_evidence_of(row, by_id(logins), session.now())


def test_a_page_is_ready_for_what_any_of_its_tokens_is_ready_for(session, shared):
    logins, row = shared
    known = judged(session, logins, row)
    assert {INSIGHTS, POSTS} <= ready_for(*known)
    assert [fits(*known)[key].known.login_id for key in (INSIGHTS, POSTS)] == [login.id for login in logins]
    assert POSTS not in ready_for(known[0])
    assert INSIGHTS not in ready_for(known[1])
    assert good_for(*known) == "All it is for"
    assert asked_for(known) == [key for key in purposes() if key in {INSIGHTS, POSTS}]


def test_what_none_of_them_may_is_shut_and_its_button_is_for_the_one_shown(session, shared):
    logins, row = shared
    one = fits(*judged(session, logins, row))["messages"]
    assert (one.lock, one.known.login_id) == (Lock.PERMISSION, row.login_id)


def test_in_a_view_of_one_login_its_own_token_alone_is_judged(session, shared):
    logins, row = shared
    for login, key in zip(logins, (INSIGHTS, POSTS), strict=True):
        known = read_page(session, row.page.id, login.id, JOB)
        ready = ready_for(*judged(session, logins, known.row))
        assert known.row.login_id == login.id
        assert ready & {INSIGHTS, POSTS} == {key}
    assert len(read_page(session, row.page.id, 0, JOB).row.by_source) == 2


def test_it_is_counted_once_for_each_purpose(session, shared):
    logins, row = shared
    assert count_ready([row], by_id(logins), session.now()) == {INSIGHTS: (1, 1), POSTS: (1, 1)}
    pages = [len(page_rows_now(session, login)) for login in logins]
    ready = read_health(session, JOB).ready
    assert [ready[key][1] for key in (INSIGHTS, POSTS)] == pages


@pytest.mark.parametrize("key", [INSIGHTS, POSTS])
def test_narrowed_to_a_purpose_the_row_has_the_token_that_is_ready(session, shared, key):
    logins, row = shared
    shown = best_source(row, by_id(logins), session.now(), lambda known: (key not in ready_for(known),))
    assert shown.login_id == logins[[INSIGHTS, POSTS].index(key)].id
    assert (shown.page.id, shown.sources, len(shown.others)) == (row.page.id, row.sources, 1)
    try_purpose(session, purposes()[key], shown, JOB)


def test_a_tool_gets_the_token_that_serves_it(session, shared):
    logins, row = shared
    tool = tools()["laravel_poster"]
    assert tool.purposes == (POSTS,)
    hand_over = prepare(session, tool, [row], JOB)
    assert [one.login_id for one in hand_over.rows] == [logins[1].id]
    token = session.vault.page_token(logins[1].id, row.page.id)
    assert token in [field.value for field in hand_over.fields]
    try_tool(session, tool, hand_over.rows[0], JOB)
    assert not any(one.row for one in cautions(tool, [row], logins, session.now()))
    assert any(one.row for one in cautions(tool, [replace(row, others=())], logins, session.now()))


def test_a_dead_token_is_passed_over_even_where_it_would_serve(session, shared):
    logins, row = shared
    session.vault.health_records.record_pages(
        logins[1], {row.page.id: CheckResult(TokenState.NEEDS_YOU, "role_lost")}, session.now()
    )
    again = read_page(session, row.page.id, 0, JOB).row
    assert [one.login_id for one in prepare(session, tools()["laravel_poster"], [again], JOB).rows] == [logins[0].id]
    assert POSTS not in ready_for(*judged(session, logins, again))


def test_one_list_is_of_the_login_that_reaches_most(session, practice):
    nils = log_in_for(session, practice, ("website_posts", INSIGHTS), NILS)
    nord = log_in_for(session, practice, ("website_posts", INSIGHTS), NORD)
    rows = page_rows_now(session, nils, nord)
    reach = {login.id: {row.page.id for row in page_rows_now(session, login)} for login in (nils, nord)}
    tool = tools()["tap_facebook_pages"]
    most = max(reach, key=lambda login_id: len(reach[login_id]))
    hand_over = prepare(session, tool, rows, JOB)
    assert {row.login_id for row in hand_over.rows} == {most}
    assert {row.page.id for row in hand_over.rows} == reach[most]
    assert len(hand_over.rows) + len(hand_over.left_out) == len(rows)


def test_one_list_is_not_of_a_login_whose_user_token_ended(session, practice):
    nils = log_in_for(session, practice, ("website_posts", INSIGHTS), NILS)
    nord = log_in_for(session, practice, ("website_posts", INSIGHTS), NORD)
    session.vault.health_records.record_login(nord, CheckResult(TokenState.NEEDS_YOU, "login_ended"), (), session.now())
    logins = [session.vault.stored_login(one.id) for one in (nils, nord)]
    rows = page_rows_now(session, *logins)
    assert {row.login_id for row in prepare(session, tools()["tap_facebook_pages"], rows, JOB).rows} == {nils.id}


def test_facebook_is_asked_about_each_of_them(session, shared):
    _logins, row = shared
    assert not check_rows(session, row.by_source, JOB).unanswered
    again = read_page(session, row.page.id, 0, JOB).row
    assert all(one.checked_at for one in again.by_source)


def test_an_error_can_be_looked_at_with_each_of_them(session, shared):
    logins, row = shared
    choices = [one for one in pages_to_choose(session, JOB) if one.row.page.id == row.page.id]
    assert [one.row.login_id for one in choices] == [row.login_id, *(one.login_id for one in row.others)]
    assert {one.person for one in choices} == {login.display_name for login in logins}


# ---------------------------------------------------------------- for all inputs
@given(st.lists(st.sampled_from(sorted(purposes())), max_size=4), st.randoms(use_true_random=False))
def test_several_tokens_are_good_for_what_each_is_good_for_and_no_more(keys, random):
    scopes = [tuple(name for name in ALL.scopes if random.random() < 0.6) for _ in range(3)]
    known = [replace(ALL, login_id=number, scopes=one, asked=tuple(keys)) for number, one in enumerate(scopes)]
    assert ready_for(*known) == frozenset().union(*map(ready_for, known))
    for key, one in fits(*known).items():
        assert fits(one.known)[key] == one


def test_a_row_is_shown_by_each_of_its_sources_and_back(shared):
    _logins, row = shared
    other = shown_by(row, row.others[0].login_id)
    assert other.login_id != row.login_id
    assert {one.login_id for one in other.by_source} == set(row.sources)
    assert shown_by(other, row.login_id).login_id == row.login_id
    assert shown_by(row, 999) is row


def test_a_row_of_one_login_stays_what_it_is():
    row = PageRow(page=Page("1"), fresh=Secret("x"), login_id=3)
    assert row.by_source == (row,)
    assert shown_by(row, 3) is row
    assert sources_for(tools()["tap_facebook_pages"], [row], {}, 0) == [row]


def test_what_one_person_may_do_is_no_other_persons():
    mine = source_row(1, scopes=("a",), tasks=("ANALYZE",), state=TokenState.NEEDS_YOU)
    received = source_row(2, scopes=("a",), tasks=None)
    (row,) = merge_sources([mine, received])
    assert (row.login_id, row.page.tasks) == (2, None)
    assert shown_by(row, 1).page.tasks == ("ANALYZE",)


def source_row(login_id, *, tasks, **given):
    return PageRow(Page("101", tasks=tasks), "x7Qd", login_id=login_id, sources=(login_id,), **given)


def test_the_lock_is_of_the_login_that_was_made_for_the_purpose(session, shared):
    logins, row = shared
    died = CheckResult(TokenState.NEEDS_YOU, "role_lost")
    session.vault.health_records.record_pages(logins[1], {row.page.id: died}, session.now())
    again = read_page(session, row.page.id, 0, JOB).row
    one = fits(*judged(session, logins, again))[POSTS]
    assert (one.lock, one.known.login_id) == (Lock.TOKEN, logins[1].id)


def test_of_two_people_of_one_app_a_tool_of_its_own_login_gets_the_app_once(session, shared):
    logins, row = shared
    rows = [row, *(one for login in logins for one in page_rows_now(session, login) if one.page.id != row.page.id)][:6]
    hand_over = prepare(session, tools()["postiz"], rows, JOB)
    assert (hand_over.blocks, hand_over.left_out) == (1, ())


def test_a_login_that_ended_leaves_the_others_theirs(session, shared):
    logins, row = shared
    ended = CheckResult(TokenState.NEEDS_YOU, "login_ended")
    session.vault.health_records.record_login(logins[0], ended, (), session.now())
    own = next(one for one in page_rows_now(session, logins[0]) if one.page.id != row.page.id)
    hand_over = prepare(session, tools()["silverstripe_facebook_feed"], [own, row], JOB)
    assert [one.login_id for one in hand_over.rows] == [logins[1].id]
    assert hand_over.left_out == (own.page.display_name,)
    with pytest.raises(UserError) as caught:
        prepare(session, tools()["silverstripe_facebook_feed"], [own], JOB)
    assert caught.value.kind == "tool_needs_user_token"


def test_a_notice_does_not_say_that_another_logins_token_is_to_be_replaced(session, shared):
    logins, row = shared
    note_given(session, tools()["laravel_poster"], [shown_by(row, logins[1].id)], JOB)
    lost = {row.page.id: CheckResult(TokenState.NEEDS_YOU, "role_lost")}
    session.vault.health_records.record_pages(logins[0], lost, session.now())
    (trouble,) = read_health(session, JOB).troubles
    assert "where that was this login’s token" in trouble_message(session, trouble).text


def test_renewing_one_login_does_not_call_for_replacing_anothers_token(session, shared):
    logins, row = shared
    note_given(session, tools()["laravel_poster"], [shown_by(row, logins[1].id)], JOB)
    changed = [
        replace(one, fresh=Secret(f"EAA{one.page.id}" + "x7QdZA" * 20), last_four="QdZA")
        for one in page_rows_now(session, logins[0])
    ]
    report = keep_listed_pages(session, logins[0], tuple(changed), True, JOB)
    told = renewal_message(report, True)
    assert told is not None
    assert "where they were this login’s" in told.text
