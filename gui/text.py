"""Texts as people compare them: without accents and case, in every script."""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


#: Signs that people type in one way and names are written with in another: straight ones stand for them all, and
#: joiners and what nobody sees for nothing.
_SIGNS = {
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u02bb\u02bc\u02b9\u2032\u00b4\u055a\uff07\ua78c"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u2036\uff02\u2039\u203a"), '"'),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u30fb\u00b7"), "-"),
    **dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u061c\u180e\ufe0e\ufe0f")),
    **dict.fromkeys(range(0x202A, 0x202F)),
    **dict.fromkeys(range(0x2066, 0x206A)),
}


def unify_signs(text: str) -> str:
    """`text` with one sign each for apostrophes, quotes and hyphens, without joiners and zero-width characters."""
    return text if text.isascii() else text.translate(_SIGNS)


def fold(text: str) -> str:
    """`text` as it is searched: lower case, without accents; vowel signs of Indic scripts and Thai stay.

    Apostrophes, quotes and hyphens of every kind are one, joiners and zero-width characters are none.
    """
    if text.isascii():
        return text.lower()
    text = text.translate(_SIGNS)
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

_MARKED = re.compile(f"(EAA[A-Za-z0-9]{{0,600}})[{''.join(map(chr, INVISIBLE))}]+([A-Za-z0-9]*)")
#: A token may be whole at this length: a word, a number or another long key behind an invisible mark is something else
#: (characters).
_WHOLE, _KEY = 150, 40
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]{4,}|\d+")


def without_invisible(text: str) -> str:
    """A text without the characters that nobody sees; one that stands between two values parts them."""

    def part(match: re.Match[str]) -> str:
        before, after = match.groups()
        if not after:
            return before
        is_whole = len(before) >= _WHOLE and (len(after) >= _KEY or _WORD.fullmatch(after) is not None)
        is_end = after.startswith("EAA") or before.endswith("ZD") or is_whole
        return f"{before} {after}" if is_end else f"{before}{after}"

    for _ in range(8):
        marked = _MARKED.sub(part, text)
        if marked == text:
            break
        text = marked
    return text.translate(INVISIBLE)


#: Marks that turn the writing direction of what follows, and fillers that show nothing.
_UNSEEN = {
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C]),
    **dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad\u180e\u115f\u1160\u3164\uffa0\u2800\ufffd")),
}


@lru_cache(maxsize=16_384)
def clean_name(text: str) -> str:
    """A name from outside, safe to show anywhere: on one line, without marks that turn or hide what stands beside it.

    Empty where nothing would be seen. Joiners within words and emoji stay.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    # A character that cannot be written stands for nothing.
    text = text.encode("utf-8", "ignore").decode().translate(_UNSEEN)
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
