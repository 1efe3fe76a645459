"""A short or empty list explains itself by what Facebook says of the token, not by guesses."""

import sqlite3

import pytest

from gui.desk import words
from gui.desk.explain import explain
from gui.desk.keep import keep_login, kept_rows
from gui.desk.login import facts_of
from gui.desk.pages import load_pages
from gui.graph import calls
from gui.values import Secret
from gui.vault.ledger import MIGRATIONS, NAME, Ledger
from tests.support.people import JOB, app_of, connection_of, keep_pages

BASE = ("pages_show_list", "pages_read_engagement")
ALL = (*BASE, "business_management")


@pytest.mark.parametrize(
    ("person", "given", "kind", "says", "action"),
    [
        (2, {"scopes": ALL}, "no_pages", "", "rerequest"),
        (0, {"scopes": ("pages_read_engagement", "business_management"), "declined": ("pages_show_list",)}, "pages_not_allowed", "was declined", "rerequest"),
        (0, {"scopes": ("pages_read_engagement", "business_management")}, "pages_not_allowed", "was not given", "rerequest"),
        (0, {"scopes": ALL, "pages": ()}, "no_page_chosen", "", "rerequest"),
        (2, {"scopes": BASE}, "business_not_allowed", "", "rerequest"),
    ],
)
def test_an_empty_list_names_its_cause(desk, practice, person, given, kind, says, action):
    listing = load_pages(desk, connection_of(practice, person, **given), JOB)
    assert not listing.rows
    assert [trouble.kind for trouble in listing.troubles] == [kind]
    said = explain(listing.troubles[0])
    assert says in said.title
    assert (said.action, bool(said.button)) == (action, True)


def test_a_lapsed_permission_is_said_to_have_lapsed(desk, practice, monkeypatch):
    monkeypatch.setattr(calls, "permissions", lambda client, token: {"pages_show_list": "expired"})
    listing = load_pages(desk, connection_of(practice, 0, ("pages_read_engagement", "business_management")), JOB)
    assert "has lapsed" in explain(listing.troubles[0]).title


def test_a_chosen_page_that_is_not_listed_is_fetched_by_itself(desk, practice):
    practice.world.troubles.on("first_not_listed")
    listing = load_pages(desk, connection_of(practice, 0, pages=(0, 1, 2)), JOB)
    assert len(listing.rows) == 3
    assert all(row.has_token for row in listing.rows)
    assert not listing.troubles
    (alone,) = [row for row in listing.rows if row.page.origins == ("chosen",)]
    assert alone.page.name == practice.world.page(0).name
    assert words.origins(alone.page.origins) == "chosen at the login"


@pytest.mark.parametrize("gone", [False, True])
def test_a_chosen_page_that_cannot_be_had_is_named(desk, practice, gone):
    """Page 5 is somebody else's; a Page that is gone is named by its ID, since Facebook tells no more."""
    practice.world.troubles.on("first_not_listed")
    if gone:
        practice.world.troubles.on("page_gone")
    listing = load_pages(desk, connection_of(practice, 0, pages=(0, 1, 2) if gone else (0, 1, 2, 5)), JOB)
    assert [trouble.kind for trouble in listing.troubles] == ["pages_chosen_not_given"]
    missing = practice.world.page(0).id if gone else practice.world.page(5).name
    assert missing in explain(listing.troubles[0]).title


def test_evidence_that_cannot_be_had_does_not_sink_the_list(desk, practice):
    practice.world.troubles.on("native_desktop")
    practice.world.troubles.on("business_fails")
    listing = load_pages(desk, connection_of(practice), JOB)
    assert len(listing.rows) == 195


def test_each_row_says_where_it_came_from(desk, practice):
    listing = load_pages(desk, connection_of(practice), JOB)
    said = {words.origins(row.page.origins) for row in listing.rows}
    assert said == {"your own role", "held by Nord Retail", "your own role, held by Nord Retail", "held by Nord Clients", "shared with Nord Clients"}


def test_the_linked_instagram_account_comes_where_it_is_allowed(desk, practice):
    rows = load_pages(desk, connection_of(practice, 0), JOB).rows
    assert {row.page.instagram_id for row in rows} == {""}
    rows = load_pages(desk, connection_of(practice, 0, (*ALL, "instagram_basic")), JOB).rows
    linked = [row.page for row in rows if row.page.instagram_id]
    assert [page.id for page in linked] == [practice.world.page(0).id]
    assert linked[0].instagram_name == practice.world.page(0).instagram


def test_origins_and_instagram_are_kept(desk, practice):
    connection = connection_of(practice, 1, (*ALL, "instagram_basic"))
    kept = keep_login(desk_with_app(desk, practice), connection, JOB)
    rows = load_pages(desk, connection, JOB).rows
    keep_pages(desk, kept, rows)
    again = {row.page.id: row.page for row in kept_rows(desk, kept, JOB)}
    assert again == {row.page.id: row.page for row in rows}
    assert any(page.instagram_name for page in again.values())


def desk_with_app(desk, practice):
    desk.vault.keep_app(app_of(practice))
    return desk


def test_tokens_are_asked_about_fifty_at_a_time(desk, practice):
    rows = [row for row in load_pages(desk, connection_of(practice), JOB).rows if row.fresh][:50]
    app = app_of(practice)
    before = len(practice.requests) if hasattr(practice, "requests") else 0
    found = calls.debug_tokens(desk.client(app, JOB), [row.fresh for row in rows], calls.app_token(app))
    assert [facts.profile_id for facts in found] == [row.page.id for row in rows]
    assert all(facts.is_valid and facts.type == "PAGE" for facts in found)
    assert before == 0 or len(practice.requests) == before + 1


def test_a_batch_says_which_items_were_not_done(desk, practice):
    practice.world.troubles.on("batch_null")
    app = app_of(practice)
    tokens = [Secret(practice.world.special_token(what)) for what in ("page", "page", "other_app", "page", "expired")]
    found = calls.debug_tokens(desk.client(app, JOB), tokens, calls.app_token(app))
    assert [one is None for one in found] == [False, True, False, True, False]
    assert found[2].kind == "other_app"
    assert not found[4].is_valid


def test_granular_permissions_are_read_from_the_token(desk, practice):
    connection = connection_of(practice, 0, pages=(1,))
    facts = facts_of(desk, connection.app, connection.token.secret, JOB)
    assert facts.chosen == {practice.world.page(1).id}
    everything = connection_of(practice, 0)
    assert facts_of(desk, everything.app, everything.token.secret, JOB).chosen is None


def test_a_ledger_of_the_first_version_is_brought_up(tmp_path):
    db = sqlite3.connect(tmp_path / NAME)
    db.executescript(f"{MIGRATIONS[0]}; PRAGMA user_version=1;")
    db.execute("INSERT INTO app (app_id, version) VALUES ('1', 'v25.0')")
    db.execute("INSERT INTO connection (id, app_id, user_id) VALUES (1, '1', '2')")
    db.execute("INSERT INTO page (id, name) VALUES ('9', 'Old')")
    db.execute("INSERT INTO source (page_id, connection_id, origins) VALUES ('9', 1, 'accounts,owned_pages')")
    db.commit()
    db.close()
    ledger = Ledger(tmp_path)
    try:
        assert ledger.set_aside is None
        assert ledger.rows("SELECT origins, checked_at, told FROM source") == [("accounts\x1fowned_pages", 0, "")]
        assert ledger.rows("SELECT name, instagram_id FROM page") == [("Old", "")]
        assert ledger.rows("PRAGMA user_version") == [(len(MIGRATIONS),)]
    finally:
        ledger.close()
