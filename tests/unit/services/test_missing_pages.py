"""A short or empty list explains itself by what Facebook says of the token, not by guesses."""

import pytest

from gui.graph import calls
from gui.graph.errors import GraphError
from gui.services import formatting
from gui.services.explain import explain, parse_request
from gui.services.list_pages import list_pages
from gui.services.login import token_info
from gui.values import Secret, TokenInfo
from tests.support.people import JOB, app_of, connection_of

BASE = ("pages_show_list", "pages_read_engagement")
ALL = (*BASE, "business_management")


@pytest.mark.parametrize(
    ("person", "given", "kind", "says", "action"),
    [
        (2, {"scopes": ALL}, "no_pages", "", "rerequest"),
        (
            0,
            {"scopes": ("pages_read_engagement", "business_management"), "declined": ("pages_show_list",)},
            "pages_not_allowed",
            "was declined",
            "rerequest",
        ),
        (
            0,
            {"scopes": ("pages_read_engagement", "business_management")},
            "pages_not_allowed",
            "was not given",
            "rerequest",
        ),
        (0, {"scopes": ALL, "pages": ()}, "no_page_chosen", "", "rerequest"),
        (2, {"scopes": BASE}, "business_not_allowed", "", "rerequest"),
    ],
)
def test_an_empty_list_names_its_cause(session, practice, person, given, kind, says, action):
    listing = list_pages(session, connection_of(practice, person, **given), JOB)
    assert not listing.rows
    assert [trouble.kind for trouble in listing.troubles] == [kind]
    said = explain(listing.troubles[0])
    assert says in said.title
    assert said.action is not None
    assert said.action.request == parse_request(action)
    assert said.action.label


def test_a_lapsed_permission_is_said_to_have_lapsed(session, practice, monkeypatch):
    monkeypatch.setattr(calls, "permissions", lambda client, token: {"pages_show_list": "expired"})
    listing = list_pages(session, connection_of(practice, 0, ("pages_read_engagement", "business_management")), JOB)
    assert "has lapsed" in explain(listing.troubles[0]).title


def test_a_chosen_page_that_is_not_listed_is_fetched_by_itself(session, practice):
    practice.world.faults.on("first_not_listed")
    listing = list_pages(session, connection_of(practice, 0, pages=(0, 1, 2)), JOB)
    assert len(listing.rows) == 3
    assert all(row.has_token for row in listing.rows)
    assert not listing.troubles
    (alone,) = [row for row in listing.rows if row.page.origins == ("chosen",)]
    assert alone.page.name == practice.world.page(0).name
    assert formatting.origins(alone.page.origins) == "chosen at the login"


@pytest.mark.parametrize("gone", [False, True])
def test_a_chosen_page_that_cannot_be_had_is_named(session, practice, gone):
    """Page 5 is somebody else's; a Page that is gone is named by its ID, since Facebook tells no more."""
    practice.world.faults.on("first_not_listed")
    if gone:
        practice.world.faults.on("page_gone")
    listing = list_pages(session, connection_of(practice, 0, pages=(0, 1, 2) if gone else (0, 1, 2, 5)), JOB)
    assert [trouble.kind for trouble in listing.troubles] == ["pages_chosen_not_given"]
    missing = practice.world.page(0).id if gone else practice.world.page(5).name
    assert missing in explain(listing.troubles[0]).title


def test_evidence_that_cannot_be_had_does_not_sink_the_list(session, practice):
    practice.world.faults.on("native_desktop")
    practice.world.faults.on("business_fails")
    listing = list_pages(session, connection_of(practice), JOB)
    assert len(listing.rows) == 195


def test_each_row_says_where_it_came_from(session, practice):
    listing = list_pages(session, connection_of(practice), JOB)
    said = {formatting.origins(row.page.origins) for row in listing.rows}
    assert said == {
        "your own role",
        "owned by Nord Retail",
        "your own role, owned by Nord Retail",
        "owned by Nord Clients",
        "shared with Nord Clients",
    }


def test_the_linked_instagram_account_comes_where_it_is_allowed(session, practice):
    rows = list_pages(session, connection_of(practice, 0), JOB).rows
    assert {row.page.instagram_id for row in rows} == {""}
    rows = list_pages(session, connection_of(practice, 0, (*ALL, "instagram_basic")), JOB).rows
    linked = [row.page for row in rows if row.page.instagram_id]
    assert [page.id for page in linked] == [practice.world.page(0).id]
    assert linked[0].instagram_name == practice.world.page(0).instagram


def test_tokens_are_asked_about_fifty_at_a_time(session, practice):
    rows = list_pages(session, connection_of(practice), JOB).rows
    fresh = [(row.page.id, row.fresh) for row in rows if row.fresh][:50]
    app = app_of(practice)
    before = len(practice.requests) if hasattr(practice, "requests") else 0
    answers = calls.debug_tokens(session.client(app, JOB), [token for _, token in fresh], calls.app_token(app))
    infos = [answer for answer in answers if isinstance(answer, TokenInfo)]
    assert len(infos) == len(answers)
    assert [info.profile_id for info in infos] == [page_id for page_id, _ in fresh]
    assert all(info.is_valid and info.type == "PAGE" for info in infos)
    assert before == 0 or len(practice.requests) == before + 1


def test_a_batch_says_which_items_were_not_done(session, practice):
    practice.world.faults.on("batch_null")
    app = app_of(practice)
    tokens = [Secret(practice.world.special_token(what)) for what in ("page", "page", "other_app", "page", "expired")]
    answers = calls.debug_tokens(session.client(app, JOB), tokens, calls.app_token(app))
    assert [answer is None for answer in answers] == [False, True, False, True, False]
    assert isinstance(answers[2], GraphError)
    assert answers[2].kind == "other_app"
    assert isinstance(answers[4], TokenInfo)
    assert not answers[4].is_valid


def test_granular_permissions_are_read_from_the_token(session, practice):
    login = connection_of(practice, 0, pages=(1,))
    facts = token_info(session, login.app, login.token.secret, JOB)
    assert facts.chosen == frozenset({practice.world.page(1).id})
    everything = connection_of(practice, 0)
    assert token_info(session, everything.app, everything.token.secret, JOB).chosen is None
