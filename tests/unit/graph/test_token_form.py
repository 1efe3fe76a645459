"""What can be a Facebook token: a whole value of its form, and nothing that other keys are made of."""

import base64
import itertools
import re
import string

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from gui.graph.token_form import Form, find_texts, form_of

LETTERS = string.ascii_letters + string.digits
TOKEN = "EAA000001" + "x7QdZA" * 30


def letters(shortest, longest):
    return st.text(LETTERS, min_size=shortest, max_size=longest)


#: Of any length but that of Square's.
tokens = letters(20, 300).map("EAA{}".format).filter(lambda token: not 64 <= len(token) <= 68)
befores = st.sampled_from((
    "", " ", "\n", "\t", '"', "'", ",", ";", ":", "=", "|", "(", "[", "{", ">", "`", "*", "&", "?", "%3D", "%3d", "%22",
    "%20", "%26", "%253D", "%7C", "\\n", "\\t", "\\r", "\\u0022", "\\u003d", "token=", "access_token%3D", '\\"',
    "é", "名",
))  # fmt: skip
afters = st.sampled_from((
    "", " ", "\n", "\t", '"', "'", ",", ";", ":", "|", ")", "]", "}", "<", "`", "*", "&", "?", "%26", "%22", "\\n",
    '\\"', ".", ". ", "...", ".\n", "é", "名",
))  # fmt: skip


def found(text):
    return [text[one.start : one.end] for one in find_texts(text)[0]]


def named(text):
    return [(text[one.start : one.end], one.form) for one in find_texts(text)[1]]


# ---------------------------------------------------------------- what is found
@given(tokens, befores, afters)
def test_a_token_that_is_a_whole_value_is_found(token, before, after):
    assert found(f"{before}{token}{after}") == [token]
    assert named(f"{before}{token}{after}") == []


@given(
    st.lists(tokens, min_size=2, max_size=6), st.sampled_from((" ", "\n", "\r\n", ",", ";", "\t", "|", '","', "%26"))
)
def test_every_token_of_a_text_is_found_in_its_order(some, between):
    assert found(between.join(some)) == some


@given(st.text(max_size=60), tokens)
def test_whatever_stands_on_other_lines_hides_no_token(text, token):
    text = text.replace("-----BEGIN", "")
    assert token in found(f"{text}\n{token}\n{text}")


# ------------------------------------------------------------ what is never one
@given(st.binary(min_size=30, max_size=200), st.sampled_from((base64.b64encode, base64.urlsafe_b64encode)), tokens)
def test_base64_is_never_a_token(data, encode, token):
    # Letters and digits alone, it would be as tokens are; the form cannot tell.
    key = encode(data).decode()
    for text in (f"{key}/{token}", f"{token}/{key}", f"{token}+{key}", f"{key}+{token}==", f"{token}=", f"{token}=="):
        assert found(text) == []
        assert found(f'KEY="{text}"\n') == []


@given(st.lists(letters(1, 70), min_size=1, max_size=5), tokens, st.sampled_from(("", "RSA ", "EC ", "OPENSSH ")))
def test_nothing_in_a_private_key_is_a_token(lines, token, kind):
    key = "\n".join((f"-----BEGIN {kind}PRIVATE KEY-----", *lines, token, *lines, f"-----END {kind}PRIVATE KEY-----"))
    assert found(key) == []
    assert found(key.replace("\n", "\\n")) == []
    assert found(f"{key}\n{TOKEN}\n") == [TOKEN], "what comes after it is"
    assert token in [value for value, _ in named(key)]


@given(letters(10, 40), letters(10, 90), tokens)
def test_no_part_of_a_json_web_token_is_a_token(first, second, third):
    for text in (f"eyJ{first}.eyJ{second}.{third}", f"eyJ{first}.{third}.{second}", f"{third}.eyJ{first}.{second}"):
        assert found(text) == []
        assert found(f"Bearer {text}\n") == []


@given(
    st.sampled_from(("sk_live_", "sk-proj-", "ghp_", "xoxb-", "AIza", "SG.", "pk_test_", "$2b$12$", "user:x@")),
    tokens,
)
def test_no_part_of_a_key_with_a_prefix_of_its_own_is_a_token(prefix, token):
    assert found(prefix + token) == []
    assert found(f"KEY={prefix}{token}") == []


@given(st.text(string.ascii_letters + string.digits, min_size=60, max_size=60))
@example("A" * 60)
def test_squares_tokens_are_none(letters_of_square):
    token = f"EAAA{letters_of_square}"
    assert found(f"SQUARE={token}") == []
    assert named(f"SQUARE={token}") == [(token, Form.OTHER)]
    assert form_of(token) is Form.OTHER
    assert found(token + "x" * 5) == [token + "x" * 5]
    assert found(token[:-1]) == [token[:-1]]


@given(st.text("0123456789abcdef", min_size=1, max_size=300))
def test_hex_is_never_a_token(value):
    assert found(value) == found(value.upper()) == []
    assert form_of(value) is (Form.APP_SECRET if len(value) == 32 else Form.OTHER)


@given(st.sampled_from(("-", "_", "/", "+", "=", "@", "!", "$", "~", "^")), tokens, letters(0, 30))
def test_what_goes_on_after_a_token_makes_another_key_of_it(sign, token, rest):
    assume(rest or sign != "!")
    assert found(f"{token}{sign}{rest}") == []


@given(tokens, st.sampled_from(("It is {}!", "It is {}! Thanks.", "_{}_", "It is ~~{}~~, I think", "(__{}__)")))
def test_a_token_that_a_sentence_stresses_is_one(token, words):
    assert found(words.format(token)) == [token]


@given(st.integers(10**13, 10**18 - 1), letters(21, 29))
def test_the_second_half_of_an_app_token_is_none(app_id, rest):
    assert found(f"APP_TOKEN={app_id}|EAA{rest}\n") == []


@pytest.mark.parametrize(
    "head", ["-----BEGIN PGP MESSAGE-----", "-----BEGIN AGE ENCRYPTED FILE-----", "<X509Certificate>"]
)
def test_a_line_of_base64_that_begins_as_a_token_is_none(head):
    line = "abcdEFGH1234+/zz" * 4
    text = "\n".join([head, *[line] * 500, "EAA" + "x7Qd" * 15 + "A", *[line] * 500])
    assert found(text) == []


@given(st.sampled_from(("-", "_", "/", "+", ".", "@", "!", "$", "~", "^", "%", "x", "7")), tokens, letters(0, 30))
def test_what_stands_before_a_token_makes_another_key_of_it(sign, token, rest):
    assert token not in found(f"{rest}{sign}{token}")


# ------------------------------------------------------------- nothing is lost
pieces = st.one_of(
    tokens,
    letters(0, 80),
    st.text(max_size=10),
    st.sampled_from(
        ("\n", " ", ".", "=", "/", "EAA", "-----BEGIN PRIVATE KEY-----\n", "\n-----END PRIVATE KEY-----\n", "%3D")
    ),
    st.text(LETTERS + "+/=-_|.", max_size=80),
)


@settings(max_examples=400)
@given(st.lists(pieces, max_size=12).map("".join))
def test_every_long_run_that_begins_as_a_token_does_is_in_one_of_the_two_lists(text):
    some, others = find_texts(text)
    spans = [(one.start, one.end) for one in (*some, *others)]
    for run in re.finditer(r"EAA[A-Za-z0-9]{60,}", text):
        assert any(start <= run.start() < end for start, end in spans), "a long run is neither found nor named"
    for one in some:
        assert one.form is Form.TOKEN
        assert re.fullmatch(r"EAA[A-Za-z0-9]{20,}", text[one.start : one.end])
        assert form_of(text[one.start : one.end]) is Form.TOKEN
    places = sorted((one.start, one.end) for one in some)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(places))
    assert [one.start for one in others] == sorted(one.start for one in others)


# ------------------------------------------------------------------ other forms
@pytest.mark.parametrize(
    ("value", "form"),
    [
        (TOKEN, Form.TOKEN), ("EAAabcde", Form.TOKEN), ("EAAabcd", Form.OTHER), ("", Form.OTHER),
        ("eaa" + "x" * 60, Form.OTHER),
        ("IGAA" + "x7Qd" * 20, Form.INSTAGRAM), ("IGQWR" + "x7_-" * 20, Form.INSTAGRAM), ("IGAA", Form.OTHER),
        ("THAA" + "x7Qd" * 20, Form.THREADS), ("THQW" + "x7Qd" * 20, Form.THREADS), ("THAA" + "x7Qd", Form.OTHER),
        ("180000000000001|x7QdZAbc9x7QdZAbc9x7QdZ-_x7", Form.APP_TOKEN), ("180000000000001|x7Qd", Form.OTHER),
        ("0123456789abcdef" * 2, Form.APP_SECRET), ("0123456789ABCDEF" * 2, Form.APP_SECRET),
        ("0123456789abcdef" * 4, Form.OTHER), ("CAA" + "x7Qd" * 40, Form.OTHER), (TOKEN + "\n", Form.OTHER),
    ],
)  # fmt: skip
def test_a_whole_value_is_called_by_its_form(value, form):
    assert form_of(value) is form


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("IG={}", "IGAA" + "x7Qd" * 20, Form.INSTAGRAM), ('{{"t": "{}"}}', "THAA" + "x7Qd" * 20, Form.THREADS),
        ("APP_TOKEN={}\n", "180000000000001|" + "x7QdZAbc9" * 3, Form.APP_TOKEN),
        ("FB_APP_SECRET={}", "0123456789abcdef" * 2, Form.APP_SECRET), ("JWT={}", "0123456789abcdef" * 4, Form.OTHER),
        ("STRIPE={}", "sk_live_" + "Ab3" * 33, Form.OTHER),
        ("{}", "eyJ" + "Ab3" * 20 + ".eyJ" + "Ab3" * 30, Form.OTHER),
    ],
)  # fmt: skip
def test_other_long_keys_are_named_by_their_form(text, value, form):
    assert found(text.format(value)) == []
    assert named(text.format(value)) == [(value, form)]


@pytest.mark.parametrize(
    "text",
    [
        "//static.example.com/a/long/address/without/its/2025/scheme/and/a/name.html",
        "https://www.example.com/a/long/address/with/2025/11/25/and/a/name/at/its/end.html", "1" * 200, "=" * 200,
        "The words of a sentence, which are none.", "Donaudampfschiff" * 9,
    ],
)  # fmt: skip
def test_addresses_numbers_and_words_are_no_keys(text):
    assert find_texts(text) == ([], [])


@example(b"\xff\xf0" + bytes(26) + b"\x004\x00", "key: {}")
@given(st.binary(min_size=31, max_size=65), st.sampled_from(["AZURE_KEY={}", "key: {}", '"{}"', "{}"]))
def test_a_filled_up_key_is_named_as_left(data, line):
    key = base64.b64encode(data).decode()
    assume(re.search(r"\d", key) and re.search("[A-Za-z]", key) and not key.startswith("EAA"))
    text = line.format(key) + "\n"
    tokens, others = find_texts(text)
    assert not tokens
    assert [text[one.start : one.end] for one in others] == [key]
