"""Texts as people compare them: without accents and case, in every script."""

import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


def fold(text: str) -> str:
    """`text` as it is searched: lower case, without accents; vowel signs of Indic scripts and Thai stay."""
    if text.isascii():
        return text.lower()
    # Below U+0300 nothing combines.
    bare = "".join(
        [
            one
            for one in unicodedata.normalize("NFKD", text).casefold()
            if one < "\u0300" or not unicodedata.combining(one)
        ]
    )
    return unicodedata.normalize("NFKD", bare).translate(_LETTERS)


#: Characters that nobody sees: zero-width ones, soft hyphens, direction marks.
INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"),
    None,
)

#: Longer names of one's own are cut off everywhere (characters).
LONGEST_NAME = 60


def name_of_ones_own(text: str) -> str:
    """A name as it was typed for a person, an app or a client: on one line, of at most LONGEST_NAME characters."""
    return " ".join(text.split())[:LONGEST_NAME].rstrip()


#: Thousands of rows share a few categories, people and apps.
_fold_shared = lru_cache(maxsize=512)(fold)


def fold_fields(unique: str, *shared: str) -> str:
    """What a search looks through: each field folded, on a line of its own; `shared` ones are alike in many rows."""
    return "\n".join((fold(unique), *map(_fold_shared, shared)))


def isolated(text: str) -> str:
    """A name for the middle of a sentence: one written from right to left must not turn the sentence round."""
    if text.isascii():
        return text
    return f"\u2068{text}\u2069" if any(unicodedata.bidirectional(one) in {"R", "AL"} for one in text) else text


def first_letter(name: str) -> str:
    """The first letter or sign of a name, whole: an emoji keeps its joiners' first part."""
    for one in name:
        if not one.isspace():
            return one.upper() if one.isalpha() else one
    return "?"


def utf16_size(text: str) -> int:
    """Characters as keychains and Windows count them: UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
