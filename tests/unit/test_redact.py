import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.graph.redact import redact

TOKEN = "EAAB" + "x7QdZAbc9" * 20
CASES = [
    f"Error validating access token: {TOKEN} is wrong",
    f"https://graph.facebook.com/v25.0/1/accounts?access_token={TOKEN}&limit=25&after=abc",
    f'{{"access_token":"{TOKEN}"}}',
    f"access_token%3D{TOKEN}%26limit",
    "client_secret=0123456789abcdef0123456789abcdef&x=1",
    "app secret 0123456789ABCDEF0123456789ABCDEF is wrong",
    "180000000000001|0123456789abcdef0123456789abcdef",
    "180000000000001%7CabcDEF_-0123456789abcdefg",
    f"Authorization: Bearer {TOKEN}",
    "code=AQBx7Qdx7Qdx7Qd#_=_",
    f"{TOKEN[:90]}\n{TOKEN[90:]}",
    f"appsecret_proof={'ab' * 32}",
]  # fmt: skip


@pytest.mark.parametrize("text", CASES)
def test_secrets_are_taken_out(text):
    shown = redact(text)
    for part in (TOKEN, TOKEN[:60], TOKEN[-60:], "0123456789abcdef", "0123456789ABCDEF", "AQBx7Qd", "ab" * 16):
        assert part not in shown


def test_plain_words_stay():
    for text in (
        "Error validating access token: Session has expired on Monday, 23-Nov-26 02:00:00 PST.",
        "(#100) Tried accessing nonexisting field (x) on node type (User)",
        "Unsupported get request. Object with ID '10150146071791729' does not exist",
        "(#10) This endpoint requires the 'pages_read_engagement' permission",
    ):
        assert redact(text) == text


@given(
    st.text(max_size=80), st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", min_size=30, max_size=300), st.text(max_size=80)
)
def test_a_token_is_found_wherever_it_stands(before, body, after):
    token = "EAA" + body
    gap = "" if not before or not (before[-1].isalnum() or before[-1] == "_") else " "
    end = "" if not after or not (after[0].isalnum() or after[0] in "_-") else " "
    assert token not in redact(before + gap + token + end + after)
    assert token not in redact(urllib.parse.quote(before + " access_token=" + token + "&" + after))
