"""A Page that no list brought is added by its ID, its address or any link to it."""

import pytest

from gui.errors import UserError
from gui.services.add_page import add_page, add_page_through_any
from gui.services.keep import keep_login
from gui.services.states import page_rows_now
from gui.values import NO_END, StoredLogin, TokenState
from tests.support.agency import AMIRA, NOA, NORD, login_of, right_token
from tests.support.people import JOB, Collected, keep_login_with_pages


def login_without_pages(session, practice, person=AMIRA) -> StoredLogin:
    """A kept login whose Pages were not listed."""
    login = login_of(practice, person)
    session.vault.keep_app(login.app)
    return keep_login(session, login, JOB)


def test_a_page_is_added_by_a_link(session, practice):
    login = keep_login_with_pages(session, practice, 0)
    rows = page_rows_now(session, login)
    row = add_page(session, login, f"https://www.facebook.com/profile.php?id={practice.world.page(1).id}", JOB)
    assert row.page.name == "مخبز أميرة"
    with pytest.raises(UserError) as caught:
        add_page(session, login, practice.world.page(50).id, JOB)
    assert caught.value.kind == "page_no_access"
    with pytest.raises(UserError) as caught:
        add_page(session, login, "999999999999999", JOB)
    assert caught.value.kind == "page_not_found"
    assert len(page_rows_now(session, login)) == len(rows)


@pytest.mark.parametrize(
    "typed",
    [
        "{0}",
        "  “{0}”\u200b\n",
        "https://www.facebook.com/{0}",
        "facebook.com/{0}/",
        "https://m.facebook.com/profile.php?id={0}&sk=about",
        "https://www.facebook.com/people/Blossom/{0}/",
        "https://www.facebook.com/pages/Blossom-Co/{0}",
        "https://business.facebook.com/latest/home?asset_id={0}",
    ],
)
def test_every_way_to_name_a_page_adds_it_with_its_token(session, practice, typed):
    login = login_without_pages(session, practice)
    page = practice.world.page(2)
    row = add_page(session, login, typed.format(page.id), JOB)
    assert (row.page.id, row.page.name, row.page.origins) == (page.id, "🌸 Blossom & Co", ("added",))
    assert (row.login_id, row.sources, row.expires_at, row.state) == (login.id, (login.id,), NO_END, TokenState.WORKS)
    (stored_row,) = page_rows_now(session, login)
    assert (stored_row.page.id, stored_row.last_four) == (page.id, row.last_four)
    assert right_token(practice, page.id, session.vault.page_token(login.id, page.id).reveal())


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("", "page_nothing_typed"), (" \n", "page_nothing_typed"), ("https://example.org/123456", "page_address_unclear")],
)
def test_what_names_no_page_is_not_sent_to_facebook(session, practice, typed, kind):
    login = login_without_pages(session, practice)
    before = list(practice.calls)
    for add in (add_page, lambda session, login, *rest: add_page_through_any(session, [login, login], *rest)):
        with pytest.raises(UserError) as caught:
            add(session, login, typed, JOB)
        assert caught.value.kind == kind
    assert practice.calls == before


def test_a_page_that_the_person_may_not_use_is_named_and_not_kept(session, practice):
    login = login_without_pages(session, practice)
    with pytest.raises(UserError) as caught:
        add_page(session, login, practice.world.page(50).id, JOB)
    assert (caught.value.kind, caught.value.values) == ("page_no_access", {"name": practice.world.page(50).name})
    assert page_rows_now(session, login) == []


def test_a_page_is_added_through_the_first_login_that_reaches_it(session, practice):
    logins = [login_without_pages(session, practice, person) for person in (NOA, AMIRA, NORD)]
    row = add_page_through_any(session, logins, practice.world.page(1).id, JOB)
    assert (row.page.name, row.login_id) == ("مخبز أميرة", logins[1].id)
    assert [len(page_rows_now(session, login)) for login in logins] == [0, 1, 0]


def test_a_page_that_no_login_reaches_is_told_as_the_last_one_saw_it(session, practice):
    logins = [login_without_pages(session, practice, person) for person in (NOA, AMIRA)]
    with pytest.raises(UserError) as caught:
        add_page_through_any(session, logins, practice.world.page(50).id, JOB)
    assert caught.value.kind == "page_no_access"
    with pytest.raises(UserError) as caught:
        add_page_through_any(session, [], practice.world.page(50).id, JOB)
    assert caught.value.kind == "page_not_found"


def test_trouble_that_says_nothing_of_a_login_does_not_go_on_to_the_next(session, practice):
    logins = [login_without_pages(session, practice, person) for person in (NOA, AMIRA)]
    practice.world.faults.on("dropped")
    with pytest.raises(UserError) as caught:
        add_page_through_any(session, logins, practice.world.page(1).id, Collected())
    alone = len(practice.calls)
    with pytest.raises(UserError) as of_one:
        add_page(session, logins[0], practice.world.page(1).id, Collected())
    assert caught.value.kind == of_one.value.kind
    assert len(practice.calls) == 2 * alone


def test_a_page_of_somebody_else_is_no_lost_permission(session, practice):
    login = login_without_pages(session, practice)
    practice.world.faults.on("permission_missing")
    with pytest.raises(UserError) as caught:
        add_page(session, login, practice.world.page(50).id, JOB)
    assert (caught.value.kind, caught.value.values) == ("page_of_somebody_else", {"name": practice.world.page(50).id})
    assert "10" in caught.value.details["code"]
