"""One error in many forms: of every language, with typographic marks, and with what tools put before it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.graph.error_texts import CODES, OF_THE_APP, SUBCODES, TEXTS, TOKEN_SUBCODES
from gui.graph.errors import Envelope, from_envelope
from gui.graph.login import stuck_kind

ROWS = json.loads((Path(__file__).parents[2] / "recorded" / "errors" / "texts.json").read_text("utf-8"))["rows"]
#: What is known by a text that stands alone: words before it may be anybody's.
ALONE = {"permissions_error", "facebook_down", "tool_hides_cause"}
IN_ANY_LANGUAGE = st.text(max_size=120).filter(lambda text: not any(one.pattern.search(text) for one in TEXTS))
CODE = st.sampled_from([None, 1, 10, 100, 190, 200, 368, 9007])


def kind(text, code=None, subcode=None):
    return from_envelope(Envelope(message=text, code=code, subcode=subcode), 400).kind


@given(IN_ANY_LANGUAGE, st.sampled_from(sorted(SUBCODES)), CODE)
def test_a_known_subcode_says_the_same_whatever_the_words_and_the_code(text, subcode, code):
    assert kind(text, code, subcode) == kind("An error has occurred.", code, subcode) == SUBCODES[subcode]


@given(IN_ANY_LANGUAGE, st.sampled_from(sorted(TOKEN_SUBCODES)))
def test_a_known_subcode_of_190_says_the_same_whatever_the_words(text, subcode):
    assert kind(text, 190, subcode) == kind("An error has occurred.", 190, subcode) == TOKEN_SUBCODES[subcode]


@given(IN_ANY_LANGUAGE, IN_ANY_LANGUAGE, st.sampled_from([code for code in CODES if code > 1_000_000]))
def test_a_number_of_the_dialog_says_the_same_whatever_stands_around_it(before, after, number):
    other_number = any(str(code) in f"{before} {after}" for code in CODES)
    assert other_number or stuck_kind(f"{before} {number} {after}") == CODES[number]


@pytest.mark.parametrize("row", [row for row in ROWS if "'" in row["text"]], ids=lambda row: row["id"])
def test_a_typographic_apostrophe_within_a_word_changes_nothing(row):
    text = row["text"]
    curly = "".join(
        "’" if mark == "'" and 0 < place < len(text) - 1 and text[place - 1].isalpha() and text[place + 1].isalpha()
        else mark
        for place, mark in enumerate(text)
    )  # fmt: skip
    assert kind(curly, row["code"], row["subcode"]) == row["kind"]


@pytest.mark.parametrize("row", [row for row in ROWS if row["kind"] not in ALONE], ids=lambda row: row["id"])
@pytest.mark.parametrize(
    "before",
    ["(#200) ", "OAuthException - ", "API Error 190: ", "Graph returned an error: ", "facebook.GraphAPIError: "],
)
def test_what_sdks_put_before_a_text_changes_nothing(row, before):
    assert kind(before + row["text"], row["code"], row["subcode"]) == row["kind"]


@given(
    st.sampled_from([row["text"] for row in ROWS]) | IN_ANY_LANGUAGE,
    CODE | st.sampled_from(sorted(CODES)),
    st.none() | st.sampled_from(sorted({*SUBCODES, *TOKEN_SUBCODES})),
    st.sampled_from([None, True, False]),
)
def test_no_answer_is_the_apps_trouble_and_the_tokens(text, code, subcode, is_transient):
    error = from_envelope(Envelope(message=text, code=code, subcode=subcode, is_transient=is_transient), 400)
    assert error.is_of_the_app is (error.kind in OF_THE_APP)
    assert not (error.is_of_the_app and error.is_of_the_token)
