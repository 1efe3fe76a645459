"""What a pasted error means, and what a Page's real token says to it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.errors import UserError
from gui.graph.errors import GraphError
from gui.services.explain_error import WHOSE, check_error, explain_error, missing_for_page, pages_to_choose
from gui.services.states import page_rows_now
from gui.shell.commands import Command
from gui.values import Page, PageRow, TokenInfo, Tone
from tests.support.people import ALL, JOB, keep_login_with_pages

ROWS = json.loads((Path(__file__).parents[2] / "recorded" / "errors" / "texts.json").read_text("utf-8"))["rows"]
POSTING = "(#200) If posting to a page, requires both pages_read_engagement and pages_manage_posts"


@pytest.mark.parametrize("row", [row for row in ROWS if row["id"] != "d9"], ids=lambda row: row["id"])
def test_each_text_says_whose_matter_it_is_and_what_to_do(row):
    report = explain_error(row["text"])
    assert report.whose in WHOSE
    assert report.message.title
    assert report.message.text
    own = {Command.RETRY, Command.LOG_IN_WITHOUT, Command.ADD_PAGE}
    assert report.message.action is None or report.message.action.request.command not in own
    assert report.is_not_the_token == ("nothing to mend here" in report.summary)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("", "error_text_missing"), (" \n ", "error_text_missing"), ("hello there", "error_not_understood")],
)
def test_where_there_is_nothing_it_says_what_to_paste(text, kind):
    with pytest.raises(UserError) as caught:
        explain_error(text)
    assert caught.value.kind == kind


def test_other_errors_are_named_and_secrets_are_not():
    report = explain_error(
        "08:00 (#32) Page request limit reached https://x/?access_token=EAA" + "x7Qd" * 40 + "\n"
        "08:01 (#200) Requires pages_manage_posts permission"
    )
    assert report.others == ("Facebook asks the tool to wait",)
    assert report.had_secret
    assert report.permissions == ("pages_manage_posts",)
    assert "x7Qd" not in f"{report.quoted} {report.message}"
    assert len(explain_error("(#551) This person isn't available " + "x y " * 500).quoted) < 310


@pytest.fixture
def shop(session, practice):
    """A login for posting, its Pages and the row of the first."""
    login = keep_login_with_pages(session, practice, 0, (*ALL, "pages_manage_posts"))
    return login, page_rows_now(session, login)


@pytest.mark.parametrize(
    ("text", "kind", "command"),
    [
        ("(#190) This method must be called with a Page Access Token", "error_copy_token", Command.COPY_PAGE_TOKEN),
        ("Error validating access token: Session has expired on Monday", "error_copy_token", Command.COPY_PAGE_TOKEN),
        (POSTING, "error_copy_token", Command.COPY_PAGE_TOKEN),
        ("(#200) Requires pages_messaging permission", "error_permission_missing", Command.REREQUEST_PERMISSIONS),
        (
            "Instagram account is not connected to a Facebook Page",
            "error_permission_missing",
            Command.REREQUEST_PERMISSIONS,
        ),
        ("(#803) Some of the aliases you requested do not exist: amira", "error_copy_id", Command.COPY_PAGE_ID),
        (
            "(#100) Tried accessing nonexisting field (accounts) on node type (Page)",
            "error_copy_user_token",
            Command.COPY_USER_TOKEN,
        ),
        ("(#10) This message is sent outside of allowed window.", "error_token_fine", None),
        ("(#32) Page request limit reached", "error_token_fine", None),
        ("cURL error 6: Could not resolve host: graph.facebook.com", "error_token_fine", None),
        ("code 10904, subcode 1893050", "error_elsewhere", None),
        ("API access blocked.", "error_elsewhere", None),
        ("Bad request - please check your parameters", "error_copy_token", Command.COPY_PAGE_TOKEN),
    ],
)
def test_with_a_page_its_real_token_is_looked_at(session, shop, text, kind, command):
    login, rows = shop
    verdict = check_error(session, explain_error(text), rows[1], JOB)
    assert verdict.kind == kind
    assert (verdict.action.request.command if verdict.action else None) == command
    if command is not None:
        assert verdict.action is not None
        assert verdict.action.request.login_id == login.id
    assert (verdict.tone is Tone.WORKS) == (kind != "error_permission_missing")


def test_a_page_that_was_not_chosen_lacks_the_permission(session, practice):
    login = keep_login_with_pages(session, practice, 0, (*ALL, "pages_manage_posts"))
    row = page_rows_now(session, login)[0]
    info = TokenInfo(True, scopes=("pages_manage_posts", "read_insights"), granular=(("pages_manage_posts", (7, 8)),))
    assert missing_for_page(("pages_manage_posts", "read_insights", "leads_retrieval"), info, row) == (
        "pages_manage_posts",
        "leads_retrieval",
    )
    seven = replace(row, page=replace(row.page, id="7"))
    assert missing_for_page(("pages_manage_posts",), info, seven) == ()
    by_instagram = replace(row, page=replace(row.page, instagram_id="8"))
    assert missing_for_page(("pages_manage_posts",), info, by_instagram) == ()


def test_a_token_that_died_says_its_own_reason(session, practice, shop):
    login, rows = shop
    practice.world.faults.on("password_changed")
    verdict = check_error(session, explain_error(POSTING), rows[0], JOB)
    assert verdict.action is not None
    assert (verdict.kind, verdict.action.request.command) == ("password_changed", Command.LOG_IN)
    assert verdict.action.request.login_id == login.id


def test_where_facebook_cannot_be_asked_that_is_said(session, practice, shop):
    practice.world.faults.on("html_502")
    with pytest.raises(GraphError) as caught:
        check_error(session, explain_error(POSTING), shop[1][0], JOB)
    assert caught.value.may_pass


def test_pages_to_choose_are_those_with_a_token_by_name(session, practice):
    keep_login_with_pages(session, practice, 1)
    choices = pages_to_choose(session, JOB)
    assert choices
    assert not any(one.person for one in choices)
    rows = [one.row for one in choices]
    assert all(row.has_token for row in rows)
    names = [row.page.display_name.casefold() for row in rows]
    assert names == sorted(names)


@given(st.text(max_size=200))
def test_any_text_is_explained_or_said_not_to_be(text):
    try:
        report = explain_error(text)
    except UserError as error:
        assert error.kind in {"error_text_missing", "error_not_understood"}
    else:
        assert report.message.title


def test_permissions_are_named_as_they_are_called_today():
    report = explain_error("(#283) Requires manage_pages permission to manage the object")
    assert report.permissions == ("pages_manage_metadata", "pages_read_engagement", "pages_show_list")
    assert missing_for_page((), TokenInfo(True), PageRow(Page("1"))) == ()


def test_an_instagram_account_that_is_not_linked(session, practice):
    login = keep_login_with_pages(session, practice, 0, (*ALL, "instagram_basic", "pages_read_user_content"))
    report = explain_error("This Instagram account is not connected to a Facebook Page")
    linked = {bool(row.page.instagram_id): row for row in page_rows_now(session, login)}
    assert check_error(session, report, linked[False], JOB).kind == "error_no_instagram"
    assert check_error(session, report, linked[True], JOB).kind == "error_elsewhere"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("(#200) Provide valid app ID", "The tool sent no token"),
        (
            "Please reduce the amount of data you're asking for",
            "The tool asks for too much at once",
        ),
        ("(#4) Application request limit reached", "Facebook asks the tool to wait"),
        ("Syntax error: 2500 (#2500) An unknown error", "The tool asks Facebook in a wrong way"),
        ("The access token does not belong to application 1", "The token is of another app than the tool’s"),
        ("(#100) You must provide an app access token", "Facebook wants another token for this call"),
        ("This authorization code has been used.", "The tool’s login did not come to its end"),
        ("Error validating client secret.", "The App secret in the tool does not match its App ID"),
        (
            "API calls from the server require an appsecret_proof argument",
            "The app accepts calls only with its App secret",
        ),
        (
            "Unsupported get request. Object with ID '1' does not exist, cannot be loaded due to missing permissions",
            "The tool’s token cannot see what it asked for",
        ),
        ("App not active: this app is not accessible right now", "Facebook does not let this person use the app yet"),
    ],
)
def test_a_tools_failed_call_is_not_spoken_of_as_ones_own(text, title):
    report = explain_error(text)
    assert report.message.title == title
    assert " here" not in report.message.text.replace("set up here", "")
    assert "Page Keys" not in report.message.text


@pytest.mark.parametrize(
    "text",
    [
        "[10:00] Error validating access token: Session has expired (190/463)\n(#2) Service temporarily unavailable",
        "Error validating access token: Session has expired (190/463)\n(#4) Application request limit reached",
        "Invalid OAuth access token.\n(#2) Service temporarily unavailable",
        "Rate limit: (#4)... but then (#190)",
        '{"error":{"message":"An unknown error occurred","code":1,'
        '"error_user_msg":"Your access token has expired. Log in again."}}',
        '{"message":"Error validating access token: Session has expired","code":4}',
        "(#100) No matching user found",
        "facebook: (#190) Session has expired\nread ECONNRESET",
    ],
)
def test_where_the_text_speaks_of_a_dead_token_too_it_is_not_called_fine(text):
    report = explain_error(text)
    assert "fine" not in report.summary
    assert not report.is_not_the_token


@pytest.mark.parametrize(
    "beside",
    [
        "your access token is no longer valid", "The token you use is expired", "Expired access token",
        "Token abgelaufen", "token_status=expired", '"is_valid":false', "error_subcode: 460", "OAuthException, 190",
        "last_error: 190", "You do not have permission pages_manage_posts", "Your login has expired",
        "HTTP 401 Unauthorized", "El token de acceso ha caducado", "WARN access_token expired", "accessToken expired",
        "tokenExpired: true", "session ended, please log in again", "missing permissions: pages_messaging",
        "il token è scaduto", "token verlopen", "Schlüssel ist abgelaufen",
    ],
)  # fmt: skip
@pytest.mark.parametrize("joint", ["\n", " "])
def test_no_token_is_called_fine_where_anything_speaks_against_it(beside, joint):
    assert explain_error("(#17) User request limit reached").is_not_the_token
    assert not explain_error(f"(#17) User request limit reached{joint}{beside}").is_not_the_token
    assert not explain_error(f"{beside}{joint}(#17) User request limit reached").is_not_the_token


@pytest.mark.parametrize(
    "text",
    [
        "Your Facebook connection has expired. Please reconnect.",
        "Your access token, which is used for Facebook, needs to be updated",
        "An account admin has deauthorized the Smash Balloon app",
    ],
)
def test_a_tools_own_dead_token_is_not_called_fine(text):
    report = explain_error(text)
    assert not report.is_not_the_token
    assert report.summary == "It is about the tool’s own login to Facebook."


def test_what_is_a_secret_once_it_is_decoded_is_not_shown():
    token = "IGQVJ4y9ojfljoQoaF1LlqsajAIxNKu8iS2G8NPR"
    escaped = "".join(f"\\\\u{ord(character):04x}" for character in token)
    text = f'{{"error":{{"message":"Malformed access token {escaped}","code":190,"fbtrace_id":"{token}"}}}}'
    report = explain_error(text)
    shown = f"{report.quoted} {report.message}"
    assert not any(token[start : start + 8] in shown for start in range(len(token) - 8))
