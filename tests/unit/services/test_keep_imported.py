"""Tokens that came from elsewhere are kept under their person and app, known or not."""

import pytest

from gui.errors import UserError
from gui.graph.errors import GraphError
from gui.services.keep_imported import keep_pages_of, keep_user
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
    assert keep_user(session, app_of(practice), secret, JOB) == "Agency Nord"
    (stored_login,) = session.vault.logins()
    token = session.vault.login(stored_login).token.secret
    assert token != secret
    assert practice.world.mint.read(token.reveal()).long_lived
    assert abs(stored_login.expires_at - session.now() - 60 * 86_400) <= 5


@pytest.mark.parametrize(
    ("what", "kind"), [("expired", "token_expired"), ("page", "paste_page_token"), ("system_user", "paste_system_user")]
)
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
    assert keep_pages_of(session, AppCredentials("190", Secret(""), "Another App"), [], JOB) == []
    assert session.vault.logins() == []


def test_pages_of_several_people_are_kept_each_under_its_own(session):
    app = AppCredentials("190", Secret(""), "Another App")
    pages = [page_of(1, "مخبز أميرة"), page_of(2, "🌸 Blossom & Co"), page_of(3, "Café")]
    some = [(info_of("122"), pages[0]), (info_of("133", DATA_ACCESS_END), pages[1]), (info_of("122", None), pages[2])]
    people = keep_pages_of(session, app, some, JOB)
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
    (stored_login,) = keep_pages_of(
        session, AppCredentials("190", Secret(""), "Another App"), [(info_of("122"), page_of(1, "Nordlys"))], JOB
    )
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
    (kept_login,) = keep_pages_of(session, unknown, [(info_of(login.user_id), page_of(4, "Nordlys"))], JOB)
    assert kept_login.id == login.id
    assert session.vault.app(login.app_id) == app
    assert session.vault.login(login).token.secret == token
    assert session.vault.page_token(login.id, page_of(4, "").id) == Secret(token_text(4))
    assert len(session.vault.page_tokens(login.id)) == 4


def test_the_end_that_facebook_told_is_kept_as_it_is(session):
    app = AppCredentials("190", Secret(""), "Another App")
    for end in (None, 0, DATA_ACCESS_END):
        (person,) = keep_pages_of(session, app, [(info_of("122", end), page_of(1, "Nordlys"))], JOB)
        (row,) = session.vault.page_rows(person)
        assert row.expires_at == end
