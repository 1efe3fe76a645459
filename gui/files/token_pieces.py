"""Tokens in pieces, broken over lines or by marks that nobody sees: which are put together, and which are not.

What is put together is sent to Facebook, and what stands behind a whole token may be a password.
"""

import itertools
import re

from gui.text import INVISIBLE

#: Tokens of 193 to 247 characters were seen (fact sheet, section 11): what is shorter than the first number is cut,
#: than the second probably, and nothing longer than the third is put together (characters).
_SURELY_CUT, _SHORTEST, _LONGEST = 150, 193, 260
#: A piece shorter than this says nothing of itself; one as long as the second number is another key (characters).
_TELLING, _KEY = 8, 40
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]{4,}|\d+")
#: How many of a piece's characters are of another kind (digit, upper, lower case) than the one before: of letters and
#: digits at random 0.62, of words and numbers a quarter (share).
_MIXED = 0.35
#: Nobody makes up a password this long with digits and both cases (characters).
_LONG = 24

_MARKS = "".join(map(re.escape, map(chr, INVISIBLE)))
#: The marks themselves, or as JSON and HTML write them.
_MARK = (
    rf"(?:[{_MARKS}]|\\u(?:00ad|034f|061c|180e|200[b-f]|202[a-e]|206[0-9a-f]|feff)|<wbr ?/?>"
    r"|&(?:shy|ZeroWidthSpace|NoBreak|zwn?j|[lr]rm|#(?:8203|8204|8205|8288|173|65279|x200[b-d]|x2060|xad|xfeff));)"
)
_MARKED = re.compile(rf"(EAA[A-Za-z0-9]{{0,600}}){_MARK}+([A-Za-z0-9]*)", re.IGNORECASE)


def without_invisible(text: str) -> str:
    """A text without the characters that nobody sees; one that stands between two values parts them."""

    def part(match: re.Match[str]) -> str:
        before, after = match.groups()
        if not before.startswith("EAA"):
            return match.group()
        return f"{before}{after}" if not after or goes_on(before, after) else f"{before} {after}"

    for _ in range(8):
        marked = _MARKED.sub(part, text)
        if marked == text:
            break
        text = marked
    return text.translate(INVISIBLE)


def goes_on(token: str, piece: str) -> bool:
    """Whether `piece` may be the next part of `token`, and not a word, a password or a key of its own."""
    if piece.startswith("EAA") or not re.fullmatch(r"[A-Za-z0-9]+", piece):
        return False
    if len(token) < _SURELY_CUT:
        return True
    is_likely = piece.endswith("ZD") or _looks_random(piece)
    is_key = len(piece) >= _KEY and len(token) > _SHORTEST - _TELLING and not piece.endswith("ZD")
    is_word = _WORD.fullmatch(piece) is not None and not piece.endswith("ZD")
    is_other = is_key or is_word or (len(piece) >= _TELLING and not is_likely)
    if is_other or len(token) + len(piece) > _LONGEST:
        return False
    return len(token) < _SHORTEST or (is_likely and not token.endswith("ZD"))


def is_piece(text: str) -> bool:
    """Whether this may be the middle or the end of a token, and not a word, a number or a key of its own."""
    if not re.fullmatch(r"[A-Za-z0-9]+", text) or text.startswith("EAA") or re.fullmatch(r"[0-9a-fA-F]{32}", text):
        return False
    has_cases = re.search(r"[A-Z]", text) is not None and re.search(r"[a-z]", text) is not None
    return text.endswith("ZD") or (
        has_cases and (_looks_random(text) or (len(text) >= 8 and bool(re.search(r"\d", text))))
    )


def _looks_random(text: str) -> bool:
    kinds = ["d" if one.isdigit() else "U" if one.isupper() else "l" for one in text]
    changes = sum(one != other for one, other in itertools.pairwise(kinds))
    is_mixed = len(text) >= _LONG and len(set(kinds)) == 3
    return len(text) >= _TELLING and (is_mixed or changes >= _MIXED * (len(text) - 1))
