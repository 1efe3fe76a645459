"""One Page's token is checked by calling the Page with it."""

from dataclasses import replace

import pytest

from gui.errors import UserError
from gui.services.check_page import check_page, login_of_row
from gui.services.health import read_health
from gui.services.list_pages import list_pages
from gui.services.states import page_rows_now
from gui.text import isolated
from gui.values import Page, PageRow, TokenState
from tests.support.agency import AMIRA, connect, login_of
from tests.support.people import JOB, Collected, keep_login_with_pages


@pytest.mark.parametrize(
    ("trouble", "kind", "state"),
    [
        ("", "", TokenState.WORKS),
        ("role_lost", "role_lost", TokenState.NEEDS_YOU),
        ("app_removed", "app_removed", TokenState.NEEDS_YOU),
        ("html_502", "server_trouble", TokenState.WORKS),
    ],
)
def test_a_page_is_tested_with_its_own_token(session, practice, trouble, kind, state):
    login = keep_login_with_pages(session, practice, 0)
    rows = page_rows_now(session, login)
    if trouble:
        practice.world.faults.on(trouble)
    check = check_page(session, rows[0], Collected())
    assert (check.error.kind if check.error else "") == kind
    assert check.row.state is state
    assert {row.page.id: row.state for row in page_rows_now(session, login)}[rows[0].page.id] == state


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_page_answers_with_its_own_name(session, practice, place):
    login = connect(session, practice, AMIRA)
    page = practice.world.page(place)
    row = next(row for row in page_rows_now(session, login) if row.page.id == page.id)
    check = check_page(session, row, JOB)
    assert (check.answered, check.error) == (page.name, None)
    checked = next(row for row in page_rows_now(session, login) if row.page.id == page.id)
    assert session.now() - 60 < checked.checked_at == checked.well_at <= session.now()


def test_a_token_that_died_is_not_news_once_the_person_checked_it(session, practice):
    login = connect(session, practice, AMIRA)
    row = page_rows_now(session, login)[0]
    practice.world.faults.on("role_lost")
    check = check_page(session, row, JOB)
    assert (check.answered, check.row.state, check.row.why) == ("", TokenState.NEEDS_YOU, "role_lost")
    (trouble,) = read_health(session, JOB).troubles
    assert (trouble.kind, trouble.page_ids, trouble.is_new, trouble.code) == (
        "role_lost",
        (row.page.id,),
        False,
        "190/492",
    )


def test_a_token_that_died_and_works_again_loses_its_reason(session, practice):
    login = connect(session, practice, AMIRA)
    row = page_rows_now(session, login)[0]
    practice.world.faults.on("role_lost")
    dead = check_page(session, row, JOB).row
    practice.world.faults.off()
    check = check_page(session, dead, JOB)
    assert (check.row.state, check.row.why, check.error) == (TokenState.WORKS, "", None)
    again = next(one for one in page_rows_now(session, login) if one.page.id == row.page.id)
    assert (again.state, again.why) == (TokenState.WORKS, "")


def test_an_answer_that_cannot_be_understood_says_nothing_of_the_token(session, practice):
    login = connect(session, practice, AMIRA)
    row = page_rows_now(session, login)[0]
    practice.world.faults.on("wrong_types")
    check = check_page(session, row, JOB)
    assert check.error is not None
    assert (check.error.kind, check.row) == ("wrong_shape", row)
    assert page_rows_now(session, login)[0].state is TokenState.WORKS


def test_a_token_that_ends_soon_still_does_after_it_answered(session, practice):
    login = connect(session, practice, AMIRA)
    practice.world.advance(50 * 86_400)
    row = page_rows_now(session, login)[0]
    assert row.state is TokenState.ENDS_SOON
    assert check_page(session, row, JOB).row.state is TokenState.ENDS_SOON


def test_a_token_of_another_page_is_told(session, practice):
    login = connect(session, practice, AMIRA)
    listed = {row.page.id: row for row in list_pages(session, login_of(practice, AMIRA), JOB).rows}
    first, other = practice.world.page(0), practice.world.page(1)
    session.vault.keep_pages(login, [replace(listed[first.id], fresh=listed[other.id].fresh)])
    row = next(row for row in page_rows_now(session, login) if row.page.id == first.id)
    check = check_page(session, row, JOB)
    assert check.error is not None
    assert (check.error.kind, check.error.values, check.answered) == (
        "token_of_named_page",
        {"name": f"{isolated(other.name)} (Page ID {other.id})"},
        "",
    )
    (stored,) = (one for one in page_rows_now(session, login) if one.page.id == first.id)
    assert (
        (stored.state, stored.why) == (check.row.state, check.row.why) == (TokenState.NEEDS_YOU, "token_of_other_page")
    )


def test_a_row_without_a_token_says_why(session, practice):
    connect(session, practice, AMIRA)
    for why, kind in (("page_insights_only", "page_insights_only"), ("", "page_without_token")):
        with pytest.raises(UserError) as caught:
            check_page(session, PageRow(Page("1"), why=why), Collected())
        assert caught.value.kind == kind


def test_the_login_of_a_row_is_that_of_its_token(session, practice):
    login = connect(session, practice, AMIRA)
    assert login_of_row(session, PageRow(Page("1"), login_id=login.id), JOB).id == login.id
    with pytest.raises(UserError) as caught:
        login_of_row(session, PageRow(Page("1"), login_id=login.id + 1), JOB)
    assert caught.value.kind == "page_without_token"
