"""Tokens in pieces: put together wherever they are cut, and never with what stands behind them."""

import string
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gui.files.reading import read_text
from gui.files.token_pieces import goes_on, without_invisible
from gui.graph.token_form import find_texts
from gui.text import INVISIBLE

TOKEN = "EAA" + "x7QdZA" * 31
#: As people make them up; none is letters and digits at random.
PASSWORDS = ["Passwort123", "hunter2hunter2", "Rosa2", "aB3", "Sommer2024", "qwertz", "Caferosa99", "letmein1"]


@st.composite
def real_tokens(draw):
    """Letters and digits at random, as long as those that were seen, ending as most do."""
    # Shrunk letter by letter they would be at random no more.
    random = Random(draw(st.integers(0, 10**9)))
    length = draw(st.integers(187, 241))
    # Those that begin EAAA are as Square's.
    return "EAAG" + "".join(random.choice(string.ascii_letters + string.digits) for _ in range(length)) + "ZD"


def tokens_of(text):
    """What would be sent to Facebook."""
    part = read_text(text).parts[0]
    return [part.text[one.start : one.end] for one in find_texts(part.text)[0]]


@pytest.mark.parametrize(
    "mark", ["\u200b", "\ufeff", "\u00ad", "\u2063", "\u034f", "\ufe0f", "\U000e0041", "&shy;", "<wbr>"]
)
def test_a_token_is_whole_wherever_an_invisible_mark_stands_in_it(mark):
    for place in range(3, len(TOKEN)):
        assert without_invisible(TOKEN[:place] + mark + TOKEN[place:]) == TOKEN, place
    for behind in ("Shop", "shop", "104400000000021", "NORDLYS", TOKEN):
        assert without_invisible(f"{TOKEN}{mark}{behind}") == f"{TOKEN} {behind}"


@settings(deadline=None)
@given(real_tokens(), st.sampled_from(sorted(INVISIBLE)), st.integers(4, 180))
def test_any_mark_that_nobody_sees_leaves_a_token_whole(token, mark, place):
    assert tokens_of(f"Page: {token[:place]}{chr(mark)}{token[place:]}\n") == [token]


@pytest.mark.parametrize("password", PASSWORDS)
@settings(deadline=None)
@given(real_tokens(), st.sampled_from([64, 72, 76]))
def test_a_password_behind_a_folded_token_is_never_sent(password, token, width):
    lines = [token[start : start + width] for start in range(0, len(token), width)]
    for text in ("\n".join([*lines, password]), "\n".join([*lines, "", password]), f"{token}\u200b{password}\n"):
        assert not any(one.endswith(password) for one in tokens_of(text))


@pytest.mark.parametrize("password", PASSWORDS)
@settings(deadline=None)
@given(st.integers(2, 3), st.integers(0, 10**9))
def test_nor_behind_one_whose_lines_are_all_full(password, lines, seed):
    random = Random(seed)
    width = {2: 100, 3: 76}[lines]
    token = "EAAG" + "".join(random.choice(string.ascii_letters + string.digits) for _ in range(lines * width - 4))
    folded = "\n".join(token[start : start + width] for start in range(0, len(token), width))
    assert not any(one.endswith(password) for one in tokens_of(f"{folded}\n{password}\n"))


@settings(deadline=None)
@given(real_tokens(), st.integers(60, 95))
def test_a_folded_token_is_put_together(token, width):
    lines = [token[start : start + width] for start in range(0, len(token), width)]
    # Its last piece may be too short to be told from a word.
    assume(len(lines[-1]) >= 2)
    assert tokens_of("\n".join(lines) + "\n") == [token]
    indented = "\n".join([f"Token: {lines[0]}", *(f"  {line}" for line in lines[1:])])
    assert len(lines[0]) > 85 or tokens_of(indented) == [token]


@settings(deadline=None)
@given(real_tokens(), st.integers(30, 120))
def test_settings_go_on_behind_a_backslash(token, width):
    lines = [token[start : start + width] for start in range(0, len(token), width)]
    assume(len(lines[-1]) >= 4)
    assert tokens_of("page.token=" + "\\\n    ".join(lines) + "\n") == [token]


def test_a_padded_key_does_not_take_the_next_line():
    key = "EAA" + "k3Yq" * 10 + "="
    assert tokens_of(f"encryption_key: {key}\nsessionSecretPhrase: x\n") == []
    assert tokens_of(f"{key}\nHunterTwo22\n") == []


@settings(deadline=None)
@given(real_tokens())
def test_a_word_or_another_key_does_not_go_on(token):
    assert not goes_on(token, "EAAanother")
    assert not goes_on(token, "q7Wz" * 15)
    assert not goes_on(token, "with blank")
