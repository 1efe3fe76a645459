"""What tools show of Facebook's errors: cause, remedy and button, beyond code and language."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.graph.error_texts import CODES, ENDS_THE_LOGIN, OF_THE_APP, OF_THE_TOKEN, SUBCODES, TEXTS, TOKEN_SUBCODES
from gui.graph.errors import Envelope, from_envelope, read_envelope
from gui.graph.login import stuck_kind
from gui.services.explain import explain, message_catalog

ROWS = json.loads((Path(__file__).parents[2] / "recorded" / "errors" / "texts.json").read_text("utf-8"))["rows"]
#: The remedy's button as the collection of texts names it -> the actions that serve it ("" none).
ACTIONS = {
    "copy Page token": {"pages"}, "copy User token": {"login"}, "copy Page ID": {"pages"}, "Log in": {"login"},
    "Ask again": {"rerequest"}, "Open Use cases": {"open:app_use_cases"}, "Open App roles": {"open:app_roles"},
    "Open the alerts": {"open:app_alerts"}, "Open that setting": {"open:login_settings"},
    "Use my own browser": {"own_browser"}, "Choose Pages again": {"rerequest"}, "Show my Pages again": {"reload"},
    "check the token": {"any_token", "login", "paste"}, "open facebook.com": {"open:facebook"},
    "open the named site": {"retry"}, "open Business settings": {"open:business_settings"},
    "open instagram.com": {"open:instagram"}, "open Ads Manager": {"open:ads_manager"}, "Go on without it": {"without"},
    "wait": {"", "retry", "open:facebook"}, "none": {""}, "ask for more": {"any_token"},
}  # fmt: skip
#: Where the text says what is to be asked first, or nothing that a button could do.
BY_WHAT_IS_INSIDE = {"by inner text", "read the inner error", "as the code says"}


def error_of(row, **changes):
    return from_envelope(
        Envelope(**{"message": row["text"], "code": row["code"], "subcode": row["subcode"], **changes}), 400
    )


def actions_for(button):
    return {action for phrase, actions in ACTIONS.items() if phrase.lower() in button.lower() for action in actions}


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_a_text_gets_its_cause_and_its_button(row):
    assert error_of(row).kind == row["kind"]
    if row["button"] in BY_WHAT_IS_INSIDE:
        return
    # Malformed, refused by a role that a business gives, or by the app's access: one of the ways on is enough.
    action = message_catalog()[row["kind"]].get("action", "")
    assert action in actions_for(row["button"]) | ({"login"} if row["kind"] == "token_invalid" else set()) | (
        {"rerequest"} if row["kind"] in {"permission_missing", "posting_refused"} else set()
    )


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
@pytest.mark.parametrize(
    "change", [str.upper, str.lower, "API Error 190: {}".format, "Error - {}".format, "\n{}\n".format], ids=range(5)
)
def test_letters_case_and_what_tools_put_before_a_text_change_nothing(row, change):
    if row["kind"] not in {"permissions_error", "facebook_down", "tool_hides_cause"}:
        assert error_of(row, message=change(row["text"])).kind == row["kind"]


@pytest.mark.parametrize("number", sorted(SUBCODES))
@pytest.mark.parametrize("text", ["", "Es ist ein Fehler aufgetreten.", "エラーが発生しました", "(#200) Erreur"])
def test_a_subcode_tells_in_every_language(number, text):
    assert from_envelope(Envelope(message=text, code=200, subcode=number), 400).kind == SUBCODES[number]


@pytest.mark.parametrize("number", sorted(TOKEN_SUBCODES))
def test_what_ended_a_token_is_told_in_every_language(number):
    error = from_envelope(Envelope(message="Zugriffstoken ungültig", code=190, subcode=number), 400)
    assert error.kind == TOKEN_SUBCODES[number]


@pytest.mark.parametrize("number", [code for code in CODES if code > 1_000_000])
@pytest.mark.parametrize("text", ["Seite nicht verfügbar ({})", "(error_code={})", "Fonctionnalité indisponible\n{}"])
def test_a_page_of_the_dialog_is_known_by_its_number_in_any_language(number, text):
    assert stuck_kind(text.format(number)) == CODES[number]
    assert stuck_kind("Seite nicht verfügbar") == ""


UNKNOWN = st.text(min_size=1, max_size=80).filter(
    lambda text: not any(one.pattern.search(text) for one in TEXTS) and re.search(r"\S", text)
)


@given(UNKNOWN, st.sampled_from([190, 200, 10, 100, 987654, None]))
def test_an_unknown_text_is_quoted_and_given_no_cause(text, code):
    envelope = read_envelope({"message": text, "code": code})
    assert envelope is not None
    error = from_envelope(envelope, 400)
    assert error.kind in {"token_refused", "permission_refused", "facebook_said"}
    assert "{message}" in message_catalog()[error.kind]["why"]
    assert " ".join(envelope.message.split()) in explain(error).text.replace("\u2068", "").replace("\u2069", "")


@given(st.sampled_from(ROWS), st.text("abcdefXYZ0123456789", min_size=40, max_size=200), st.booleans())
def test_no_text_carries_a_token_to_the_person(row, rest, is_app_token):
    token = f"123456789012345|{rest[:27]}" if is_app_token else f"EAA{rest}"
    envelope = read_envelope(
        {"message": f"{row['text']} https://g/x?access_token={token}&a=1 {token}", "code": row["code"]}
    )
    assert envelope is not None
    text = explain(from_envelope(envelope, 400))
    assert rest[:27] not in f"{text.title} {text.text} {text.details}"


def test_the_apps_trouble_is_no_tokens_trouble():
    assert not OF_THE_APP & OF_THE_TOKEN
    for kind in OF_THE_APP:
        assert message_catalog()[kind]["title"]


@pytest.mark.parametrize(
    ("text", "code", "kind"),
    [
        ("API access deactivated. To reactivate, go to the app dashboard.", 200, "app_deactivated"),
        ("API access disabled.", 200, "app_deactivated"),
        ("This IP can't make requests for that application.", 5, "address_not_allowed"),
        ("Unauthorized source IP address", 5, "address_not_allowed"),
        ("(#200) Cannot call API for app 123456 on behalf of user 654321", 200, "not_on_behalf"),
        ("Your app must complete its Data Use Checkup.", 200, "app_check_due"),
        (
            "The user must be an administrator, editor, or moderator of the page in order to impersonate it. If the "
            "page business requires Two Factor Authentication, the user also needs to enable Two Factor "
            "Authentication.",
            190,
            "role_or_two_factor",
        ),
        ("This Page requires two-factor authentication", 190, "two_factor_needed"),
        ("(#100) Invalid parameter: after", 100, "cursor_stale"),
        ("This authorization code has expired.", 100, "code_expired"),
        ("Invalid verification code format.", 100, "code_malformed"),
        (
            "Error validating verification code. Please make sure your redirect_uri is identical to the one you used "
            "in the OAuth dialog request",
            100,
            "code_redirect_differs",
        ),
    ],
)
def test_troubles_of_the_app_the_role_and_the_code_have_their_own_words(text, code, kind):
    assert from_envelope(Envelope(message=text, code=code), 400).kind == kind


def test_what_facebook_wrote_for_people_is_shown():
    envelope = read_envelope(
        {
            "message": "(#200) Requires pages_manage_posts permission",
            "code": 200,
            "error_user_title": "Not yet",
            "error_user_msg": "Ask an admin of the Page.",
        }
    )
    assert envelope is not None
    text = explain(from_envelope(envelope, 403)).text
    assert "Not yet: Ask an admin of the Page." in text
    assert "pages_manage_posts" in text


@pytest.mark.parametrize("is_transient", [True, False, None])
@pytest.mark.parametrize("code", [1, 2])
def test_a_trouble_that_facebook_calls_final_is_not_asked_again(code, is_transient):
    error = from_envelope(Envelope(message="An error", code=code, is_transient=is_transient), 500)
    assert error.transient is (is_transient is not False)


def test_every_kind_has_a_sentence():
    kinds = {*SUBCODES.values(), *TOKEN_SUBCODES.values(), *CODES.values(), *(one.kind for one in TEXTS)}
    assert kinds | OF_THE_APP | OF_THE_TOKEN | ENDS_THE_LOGIN <= message_catalog().keys() | {"limit"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(#10) For security reasons this business hides its Pages", 10),
        ("(#200) You do not have permission to post on behalf of this business", 200),
        ("(#136025) Please enter the verification code again", 136025),
        ("(#9007) The button has too many calls to action", 9007),
        ("(#100) Your post 'the user logged out' is a duplicate", 100),
    ],
)
def test_words_of_a_text_mean_little_with_another_code(text, code):
    error = from_envelope(Envelope(message=text, code=code), 400)
    assert error.kind in {"permission_refused", "facebook_said"}
    assert not error.ends_the_login


@pytest.mark.parametrize("text", ["エラー1349048が発生", "コード:1349048です", "error_code_1349048"])
def test_a_number_is_seen_beside_letters_of_any_script(text):
    assert stuck_kind(text) == "redirect_not_listed"
