"""The first call of a tool: with the token that it gets, and what Facebook says to it."""

from dataclasses import replace

import pytest

from gui.errors import UserError
from gui.services.first_call import try_purpose, try_tool
from gui.services.purposes import purposes
from gui.services.tools import tools
from tests.support.people import JOB
from tests.support.purposes import log_in_for, rows_of


@pytest.fixture
def bakery(session, practice):
    login = log_in_for(session, practice, ("website_posts",))
    return rows_of(session, login)["Amira’s Bakery"]


def test_a_call_that_is_answered_says_nothing(session, bakery):
    try_tool(session, tools()["smash_balloon"], bakery, JOB)
    try_purpose(session, purposes()["website_posts"], bakery, JOB)


@pytest.mark.parametrize(
    ("key", "kind"),
    [("apps_script_leads", "permission_missing"), ("gatsby_source_instagram", "page_without_instagram")],
)
def test_a_call_that_is_refused_says_why(session, bakery, key, kind):
    with pytest.raises(UserError) as caught:
        try_tool(session, tools()[key], bakery, JOB)
    assert caught.value.kind == kind


def test_a_user_token_where_the_page_token_is_wanted_is_named(session, bakery):
    wrong = replace(tools()["apps_script_leads"], wants="user")
    with pytest.raises(UserError) as caught:
        try_tool(session, wrong, bakery, JOB)
    assert caught.value.kind == "page_token_needed"


def test_nothing_is_called_without_a_token(session, bakery):
    with pytest.raises(UserError) as caught:
        try_tool(session, tools()["n8n"], replace(bakery, last_four=""), JOB)
    assert caught.value.kind == "page_without_token"
