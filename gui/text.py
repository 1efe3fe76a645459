"""Texts as people compare them: without accents and case, in every script."""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


#: What Unicode calls default-ignorable, and marks of annotations: nobody sees them.
_IGNORABLE = (
    0x00AD, 0x034F, 0x061C, *range(0x115F, 0x1161), *range(0x17B4, 0x17B6), *range(0x180B, 0x1810),
    *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x3164, *range(0xFE00, 0xFE10), 0xFEFF,
    0xFFA0, *range(0xFFF0, 0xFFFC), *range(0xE0000, 0xE0200),
)  # fmt: skip
#: Characters that nobody sees: zero-width ones, soft hyphens, direction marks, fillers.
INVISIBLE: dict[int, str | None] = dict.fromkeys(_IGNORABLE)
#: Signs that people type in one way and names are written with in another: straight ones stand for them all, and
#: joiners, lengthened strokes and what nobody sees for nothing.
_SIGNS: dict[int, str | None] = {
    **INVISIBLE,
    0x0640: None,
    **dict.fromkeys(
        map(
            ord,
            "`\u2018\u2019\u201a\u201b\u02bb\u02bc\u02bd\u02be\u02bf\u02b9\u2032\u2035\u00b4\u055a\u05f3\uff07\uff40\ua78c",
        ),
        "'",
    ),
    **dict.fromkeys(
        map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u2036\uff02\u2039\u203a\u05f4\u301d\u301e\u301f"), '"'
    ),
    **dict.fromkeys(
        map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d\u30fb\u30a0\u00b7\u05be\u301c"),
        "-",
    ),
}


_BLANKS = re.compile(r"\s+")


def unify_signs(text: str) -> str:
    """`text` with one sign each for apostrophes, quotes and hyphens, without joiners and zero-width characters."""
    return text if text.isascii() else text.translate(_SIGNS)


def fold(text: str) -> str:
    """`text` as it is searched: lower case, without accents; vowel signs of Indic scripts and Thai stay.

    Apostrophes, quotes and hyphens of every kind are one, joiners and zero-width characters are none; of blanks there
    is one at a time.
    """
    text = text.translate(_SIGNS)
    if text.isascii():
        return _BLANKS.sub(" ", text.lower())
    # Below U+0300 nothing combines.
    bare = "".join(
        [
            one
            for one in unicodedata.normalize("NFKD", text).casefold()
            if one < "\u0300" or not unicodedata.combining(one)
        ]
    )
    return _BLANKS.sub(" ", unicodedata.normalize("NFKD", bare).translate(_LETTERS))


#: What a name may hold though nobody sees it: joiners within words, the two selectors of emoji, Mongolian's selectors.
_SEEN_BY_ITS_EFFECT = frozenset({0x200C, 0x200D, 0xFE0E, 0xFE0F, *range(0x180B, 0x180E), 0x180F})
_UNSEEN = {
    **{one: None for one in _IGNORABLE if one not in _SEEN_BY_ITS_EFFECT},
    **dict.fromkeys(map(ord, "\u2800\ufffc\ufffd")),
}
#: The flags of England, Scotland and Wales are written with tags.
_FLAG = re.compile("(\U0001f3f4)([\U000e0020-\U000e007e]+\U000e007f)")


@lru_cache(maxsize=16_384)
def clean_name(text: str) -> str:
    """A name from outside, safe to show anywhere: on one line, without marks that turn or hide what stands beside it.

    Empty where nothing would be seen. Joiners within words and emoji stay.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    # A character that cannot be written stands for nothing.
    text = text.encode("utf-8", "ignore").decode()
    pieces = _FLAG.split(text)
    # Of each three the third is a flag's tags.
    text = "".join(one if place % 3 == 2 else one.translate(_UNSEEN) for place, one in enumerate(pieces))
    text = "".join(" " if unicodedata.category(one) in {"Cc", "Zl", "Zp", "Zs"} else one for one in text)
    text = " ".join(text.split())
    return text if any(unicodedata.category(one)[0] not in "CMZ" for one in text) else ""


#: Longer names of one's own are cut off everywhere (characters).
LONGEST_NAME = 60


def name_of_ones_own(text: str) -> str:
    """A name as it was typed for a person, an app or a client: on one line, of at most LONGEST_NAME characters."""
    return clean_name(text)[:LONGEST_NAME].rstrip()


#: Thousands of rows share a few categories, people and apps.
_fold_shared = lru_cache(maxsize=512)(fold)
#: A Page's name is folded when it is listed, again for the history when it is kept, and when it is read.
_fold_unique = lru_cache(maxsize=16_384)(fold)


def fold_fields(unique: str, *shared: str) -> str:
    """What a search looks through: each field folded, on a line of its own; `shared` ones are alike in many rows."""
    return "\n".join((_fold_unique(unique), *map(_fold_shared, shared)))


def isolated(text: str) -> str:
    """A name for the middle of a sentence: one written from right to left must not turn the sentence round.

    A text that is put together from such names stays as it is.
    """
    if text.isascii() or "\u2068" in text:
        return text
    return f"\u2068{text}\u2069" if any(unicodedata.bidirectional(one) in {"R", "AL"} for one in text) else text


def shortened(text: str, most: int) -> str:
    """At most so many characters of a text, an ellipsis for the rest."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def first_letter(name: str) -> str:
    """The first letter or sign of a name, whole: an emoji keeps its joiners' first part."""
    for one in name:
        if not one.isspace():
            return one.upper() if one.isalpha() else one
    return "?"


def utf16_size(text: str) -> int:
    """Characters as keychains and Windows count them: UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
