"""Names from outside: whatever characters stand in one, it is shown on one line, turns nothing, and can be found."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.text import (
    clean_name,
    first_letter,
    fold,
    fold_fields,
    isolated,
    name_of_ones_own,
    shortened,
    unify_signs,
)
from gui.values import Page
from gui.widgets.plain_text import plain_tip, plain_words

EVERY = [chr(number) for number in range(sys.maxunicode + 1)]
UNSEEN = [one for one in EVERY if unicodedata.category(one) in {"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"}]
TURNING = set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: As fonts, keyboards and word processors make them of ' " and -.
APOSTROPHES = "'\u2018\u2019\u201a\u201b\u02bb\u02bc\u2032\u00b4\uff07\ua78c\u055a"
QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u2033\uff02'
HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
NOTHING = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u061c\u180e\ufe0e\ufe0f\u202a\u202e\u2066\u2069"
names = st.text(st.characters() | st.sampled_from([*TURNING, *UNSEEN[:70], *NOTHING, "\ud800", "\udfff"]), max_size=40)


# ------------------------------------------------------------------- shown safely
def test_a_name_of_nothing_to_see_is_no_name():
    for one in UNSEEN:
        assert clean_name(one) == clean_name(one * 3) == clean_name(f" {one}\u200d{one} ") == "", f"{ord(one):04X}"
        assert Page("104512345678902", clean_name(one * 3)).display_name == "104512345678902"


def test_no_character_breaks_the_line_turns_it_or_cannot_be_written():
    for one in UNSEEN:
        shown = clean_name(f"Burger{one}House")
        assert shown.startswith("Burger"), f"{ord(one):04X}"
        assert shown.endswith("House")
        assert len(shown.splitlines()) == 1
        assert not TURNING & set(shown)
        assert shown.encode().decode() == shown
        if unicodedata.category(one) in {"Cc", "Zl", "Zp", "Zs"}:
            assert shown == "Burger House", "words stay apart"


@given(names)
def test_every_name_is_safe_and_stays_as_it_was_made_safe(name):
    shown = clean_name(name)
    assert clean_name(shown) == shown
    assert shown == shown.strip()
    assert "  " not in shown
    assert len(f"{shown}|".splitlines()) == 1
    assert not TURNING & set(shown)
    assert "\x00" not in shown
    assert shown.encode().decode() == shown
    assert not shown or any(unicodedata.category(one)[0] in "LNPS" for one in shown)


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=30))
def test_what_can_be_seen_of_a_name_stays(name):
    name = "".join(one for one in name if one not in "\u115f\u1160\u3164\uffa0\u2800\ufffd")
    assert clean_name(name) == name


@pytest.mark.parametrize(
    "name",
    ["Amira’s Bakery", "مخبز أميرة", "🌸 Blossom & Co", "👩‍🍳 Ana", "می‌خواهم", "किताब घर", "<img src=x>",
     "Müller & Söhne", "❤️ Cards", "ישראל"],
)  # fmt: skip
def test_joiners_within_words_and_emoji_stay(name):
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Line one\nLine two", "Line one Line two"), ("\u202eyrekaB", "yrekaB"), ("a\u2067b\u2069c", "abc"),
        ("Tab\tbed", "Tab bed"), ("\u2028\u2029", ""), ("   ", ""), ("\u3164\u2800\u115f", ""), ("A\ud83cB", "AB"),
        ("\ud83c", ""), ("\u0301", ""), ("x\x00y", "x y"), (" a  b ", "a b"), ("\u3000東京\u3000", "東京"), ("!", "!"),
    ],
)  # fmt: skip
def test_odd_names_as_they_are_shown(name, shown):
    assert clean_name(name) == shown


@given(names)
def test_a_name_of_ones_own_is_short_and_safe(name):
    shown = name_of_ones_own(name)
    assert len(shown) <= 60
    assert clean_name(shown) == shown


@given(names.map(clean_name))
def test_a_name_in_a_sentence_turns_nothing_behind_it(name):
    sentence = isolated(name)
    assert sentence in {name, f"\u2068{name}\u2069"}
    has_right_to_left = any(unicodedata.bidirectional(one) in {"R", "AL"} for one in name)
    assert (sentence != name) is has_right_to_left
    assert isolated(shortened(name, 12)).count("\u2068") == isolated(shortened(name, 12)).count("\u2069")


@given(names.map(clean_name))
def test_a_name_is_no_shortcut_and_no_markup(name):
    assert plain_words(name).replace("&&", "") == name.replace("&", "")
    tip = plain_tip(name)
    assert tip == name if "<" not in name else "<" not in tip.removeprefix("<p style='white-space:pre'>")[:-4]
    assert first_letter(name)


# -------------------------------------------------------------------------- found
@pytest.mark.parametrize(
    ("signs", "plain"), [(APOSTROPHES, "ana's"), (QUOTES, 'ana"s'), (HYPHENS, "ana-s")], ids=["'", '"', "-"]
)
def test_signs_that_are_typed_alike_are_searched_alike(signs, plain):
    for sign in signs:
        assert fold(f"Ana{sign}S") == plain, f"{ord(sign):04X}"
        assert fold(f"Aña{sign}Ş") == plain, f"{ord(sign):04X}"
        assert unify_signs(f"ana{sign}s") == plain


@pytest.mark.parametrize("sign", NOTHING, ids=lambda one: f"{ord(one):04X}")
def test_joiners_and_what_nobody_sees_are_nothing_in_a_search(sign):
    assert fold(f"Bur{sign}ger{sign}") == "burger"
    assert fold(f"{sign}Búrger") == "burger"
    assert fold(f"می{sign}خواهم") == fold("میخواهم")


@given(
    st.lists(st.sampled_from(["Amira", "Café", "東京", "مخبز", "किताब", "Łódź"]), min_size=1, max_size=4),
    st.data(),
)
def test_a_name_is_found_however_its_signs_were_typed(words, data):
    """The same name twice, each time with other apostrophes, hyphens and characters that nobody sees."""
    between = [data.draw(st.sampled_from((APOSTROPHES, QUOTES, HYPHENS))) for _ in words]

    def written():
        return "".join(
            word + data.draw(st.sampled_from(signs)) + data.draw(st.sampled_from(["", *NOTHING]))
            for word, signs in zip(words, between, strict=True)
        )

    assert fold(written()) == fold(written())


@given(names)
def test_folding_twice_is_folding_once(name):
    assert fold(fold(name)) == fold(name)
    assert "\n" not in fold_fields(clean_name(name))
