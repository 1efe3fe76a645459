"""Tokens that came from elsewhere are kept under their person and app, known or not."""

from dataclasses import replace

import pytest

from gui.errors import UserError
from gui.graph.errors import GraphError
from gui.services.keep_imported import KeptPages, keep_pages_of, keep_user
from gui.services.states import page_rows_now
from gui.values import AppCredentials, Page, Secret, TokenInfo
from gui.vault.errors import VaultError
from tests.support.agency import AMIRA, NORD, connect
from tests.support.people import JOB, app_of, short_token, token_text

DATA_ACCESS_END = 1_900_000_000


def page_of(number: int, name: str) -> Page:
    return Page(str(11_111 * number), name, token=Secret(token_text(number)), origins=("imported",))


def info_of(user_id: str, expires_at: int | None = 0) -> TokenInfo:
    return TokenInfo(
        True,
        "PAGE",
        "190",
        "Another App",
        user_id,
        expires_at=expires_at,
        data_access_expires_at=DATA_ACCESS_END,
        scopes=("pages_show_list",),
    )


def test_a_persons_token_is_extended_and_kept_as_a_login(session, practice):
    session.vault.keep_app(app_of(practice))
    secret = short_token(practice, NORD)
    stored_login = keep_user(session, app_of(practice), secret, JOB)
    assert session.vault.logins() == [stored_login]
    assert stored_login.user_name == "Agency Nord"
    token = session.vault.login(stored_login).token.secret
    assert token != secret
    assert practice.world.mint.read(token.reveal()).long_lived
    assert abs(stored_login.expires_at - session.now() - 60 * 86_400) <= 5


def test_a_system_users_token_is_kept_as_a_login(session, practice):
    session.vault.keep_app(app_of(practice))
    kept = keep_user(session, app_of(practice), Secret(practice.world.special_token("system_user")), JOB)
    assert (kept.user_name, kept.is_system_user, kept.business, kept.expires_at) == (
        "Nord Server",
        True,
        "Nord Retail",
        0,
    )
    assert session.vault.login(kept).token.is_system_user


@pytest.mark.parametrize(("what", "kind"), [("expired", "token_expired"), ("page", "paste_page_token")])
def test_what_is_no_living_token_of_a_person_is_not_kept(session, practice, what, kind):
    session.vault.keep_app(app_of(practice))
    with pytest.raises(UserError) as caught:
        keep_user(session, app_of(practice), Secret(practice.world.special_token(what)), JOB)
    assert caught.value.kind == kind
    assert session.vault.logins() == []


def test_a_token_that_facebook_never_gave_is_not_kept(session, practice):
    session.vault.keep_app(app_of(practice))
    with pytest.raises(GraphError) as caught:
        keep_user(session, app_of(practice), Secret(token_text(1)), JOB)
    assert caught.value.kind == "token_invalid"
    assert session.vault.logins() == []


def test_no_page_at_all_keeps_nobody(session):
    assert keep_pages_of(session, AppCredentials("190", Secret(""), "Another App"), [], JOB) == KeptPages((), {})
    assert session.vault.logins() == []


def test_pages_of_several_people_are_kept_each_under_its_own(session):
    app = AppCredentials("190", Secret(""), "Another App")
    pages = [page_of(1, "مخبز أميرة"), page_of(2, "🌸 Blossom & Co"), page_of(3, "Café")]
    some = [(info_of("122"), pages[0]), (info_of("133", DATA_ACCESS_END), pages[1]), (info_of("122", None), pages[2])]
    people = keep_pages_of(session, app, some, JOB).logins
    assert [(one.app_id, one.user_id, one.user_name) for one in people] == [("190", "122", ""), ("190", "133", "")]
    rows = {row.page.name: row for row in page_rows_now(session, *people)}
    assert {name: (row.login_id, row.expires_at) for name, row in rows.items()} == {
        "مخبز أميرة": (people[0].id, 0),
        "🌸 Blossom & Co": (people[1].id, DATA_ACCESS_END),
        "Café": (people[0].id, None),
    }
    for page in pages:
        assert session.vault.page_token(rows[page.name].login_id, page.id) == page.token
    assert {event.what for event in session.vault.history.events()} == {"imported"}


def test_a_person_and_an_app_that_are_not_known_are_kept_without_login_and_secret(session):
    app = AppCredentials("190", Secret(""), "Another App")
    (stored_login,) = keep_pages_of(session, app, [(info_of("122"), page_of(1, "Nordlys"))], JOB).logins
    assert (stored_login.display_name, stored_login.app_display_name) == ("122", "Another App")
    assert (stored_login.expires_at, stored_login.data_access_expires_at) == (None, DATA_ACCESS_END)
    assert not session.vault.app("190").secret
    with pytest.raises(VaultError) as caught:
        session.vault.login(stored_login)
    assert caught.value.kind == "keychain_item_gone"


def test_a_person_and_an_app_that_are_kept_stay_as_they_are(session, practice):
    login = connect(session, practice, AMIRA)
    app = session.vault.app(login.app_id)
    token = session.vault.login(login).token.secret
    unknown = AppCredentials(login.app_id, Secret(""), "By another name")
    (kept_login,) = keep_pages_of(session, unknown, [(info_of(login.user_id), page_of(4, "Nordlys"))], JOB).logins
    assert kept_login.id == login.id
    assert session.vault.app(login.app_id) == app
    assert session.vault.login(login).token.secret == token
    assert session.vault.page_token(login.id, page_of(4, "").id) == Secret(token_text(4))
    assert len(session.vault.page_tokens(login.id)) == 4


def test_the_end_that_facebook_told_is_kept_as_it_is(session):
    app = AppCredentials("190", Secret(""), "Another App")
    for end in (None, DATA_ACCESS_END, 0):
        (person,) = keep_pages_of(session, app, [(info_of("122", end), page_of(1, "Nordlys"))], JOB).logins
        (row,) = session.vault.page_rows(person)
        assert row.expires_at == end


def keep_one(session, number, expires_at, **how):
    """Keep one more token of the same Page, with this end; what was kept."""
    page = replace(page_of(1, "Nordlys"), token=Secret(token_text(number)))
    app = AppCredentials("190", Secret(""), "Another App")
    return keep_pages_of(session, app, [(info_of("122", expires_at), page)], JOB, **how)


@pytest.mark.parametrize(
    ("kept_end", "end"), [(0, DATA_ACCESS_END), (0, 1), (DATA_ACCESS_END, DATA_ACCESS_END - 1), (DATA_ACCESS_END, 1)]
)
def test_a_token_that_lasts_stays_unless_it_is_to_be_replaced(session, kept_end, end):
    (person,) = keep_one(session, 1, kept_end).logins
    kept = keep_one(session, 2, end)
    page_id = page_of(1, "").id
    assert [one.id for one in kept.logins] == [person.id]
    assert {number: one.row.expires_at for number, one in kept.lasting.items()} == {page_id: kept_end}
    assert session.vault.page_token(person.id, page_id) == Secret(token_text(1))
    assert [row.expires_at for row in session.vault.page_rows(person)] == [kept_end]
    assert keep_one(session, 2, end, replace_lasting=True).lasting == {}
    assert session.vault.page_token(person.id, page_id) == Secret(token_text(2))
    assert [row.expires_at for row in session.vault.page_rows(person)] == [end]


@pytest.mark.parametrize(
    ("kept_end", "end"),
    [(DATA_ACCESS_END, 0), (DATA_ACCESS_END, DATA_ACCESS_END), (0, 0), (None, 1), (1, 2), (0, None)],
)
def test_a_token_that_does_not_end_sooner_replaces_the_kept_one(session, kept_end, end):
    (person,) = keep_one(session, 1, kept_end).logins
    assert keep_one(session, 2, end).lasting == {}
    assert session.vault.page_token(person.id, page_of(1, "").id) == Secret(token_text(2))


def test_what_lasts_stays_and_the_others_are_kept_beside_it(session):
    app = AppCredentials("190", Secret(""), "Another App")
    keep_pages_of(session, app, [(info_of("122"), page_of(1, "Nordlys"))], JOB)
    short = replace(page_of(1, "Nordlys"), token=Secret(token_text(9)))
    some = [(info_of("122", DATA_ACCESS_END), short), (info_of("122", DATA_ACCESS_END), page_of(2, "Café"))]
    kept = keep_pages_of(session, app, some, JOB)
    assert set(kept.lasting) == {page_of(1, "").id}
    (person,) = kept.logins
    assert session.vault.page_tokens(person.id) == {
        page_of(1, "").id: Secret(token_text(1)),
        page_of(2, "").id: Secret(token_text(2)),
    }


def test_the_same_page_of_another_person_is_another_token(session):
    keep_one(session, 1, 0)
    app = AppCredentials("190", Secret(""), "Another App")
    other = replace(page_of(1, "Nordlys"), token=Secret(token_text(2)))
    kept = keep_pages_of(session, app, [(info_of("133", DATA_ACCESS_END), other)], JOB)
    assert kept.lasting == {}
    assert session.vault.page_token(kept.logins[0].id, other.id) == other.token
