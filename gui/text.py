"""Texts as people compare them: without accents and case, in every script."""

import unicodedata

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


def fold(text: str) -> str:
    """`text` as it is searched: lower case, without accents; vowel signs of Indic scripts and Thai stay."""
    if text.isascii():
        return text.lower()
    bare = "".join(one for one in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(one))
    return unicodedata.normalize("NFKD", bare).translate(_LETTERS)
