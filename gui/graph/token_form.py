"""What can be a Facebook token by its form, and what long texts of other kinds are. Nothing else is ever sent.

User and Page tokens begin EAA and go on in letters and digits alone; their length says nothing (fact sheet, section 11:
lengths of 193 to 247 were seen, and may change).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

#: Shorter ones occur as words in a text.
_RUN = re.compile(r"EAA[A-Za-z0-9]{20,}")
#: What stands before a whole value: nothing that other keys are made of, but for an escape such as %3D or \n.
_BEFORE = re.compile(
    r"(?:^|[^A-Za-z0-9_+/\-.@!$~^\\%]|%(?:25)?(?:3D|22|20|26|3A|2C|0A|7C)|\\[nrt]|\\u00[0-9a-f]{2})\Z", re.IGNORECASE
)
_LONGEST_BEFORE = 6
_AFTER = re.compile(r"(?![_\-+/=@$~^]|!\S|\.[A-Za-z0-9]|\\[/+])")
#: A value that a text emphasizes: _value_, ~~value~~.
_EMPHASIS = re.compile(r"(?:\A|[\s(>|])([_~]{1,3})\Z")
#: What stands before the second half of an app token, and how long that may be (characters).
_APP_ID_BEFORE = re.compile(r"(?<!\d)\d{14,18}\|\Z")
_LONGEST_SECRET = 32
#: Square's access tokens begin alike: EAAA and 60 more (characters).
_SQUARE_LENGTH = 64
#: A run within a longer text that is named all the same (characters).
_LONG = 60
_KEY_BEGINS = re.compile(r"-----BEGIN [A-Z0-9 ]{1,60}-----")
_KEY_LINE = re.compile(r"[A-Za-z0-9+/=]{1,80}|[A-Za-z-]{1,40}: .*|-----.*")
#: A long text with letters and digits in it, as keys of every kind are, and no address.
_OTHER = re.compile(r"(?<![A-Za-z0-9_\-+/=.|:@])(?!//[\w-]+\.|www\.)[A-Za-z0-9_\-+/=.|]{40,}(?!:)")


class Form(Enum):
    """What a text is by its form. OTHER is a key of another program, or a token of Facebook's first years."""

    TOKEN = "token"
    APP_TOKEN = "app_token"
    APP_SECRET = "app_secret"
    INSTAGRAM = "instagram"
    THREADS = "threads"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FoundText:
    """Where in a text a token, or another long key, begins and ends, and what it is. Holds no secret."""

    start: int
    end: int
    form: Form


def form_of(value: str) -> Form:
    """What a whole value is by its form."""
    if re.fullmatch(r"EAA[A-Za-z0-9]{5,}", value) and not _is_square(value):
        return Form.TOKEN
    if re.fullmatch(r"IG[A-Z]{1,3}[A-Za-z0-9_\-]{20,}", value):
        return Form.INSTAGRAM
    if re.fullmatch(r"TH[A-Z]{1,3}[A-Za-z0-9_\-]{40,}", value):
        return Form.THREADS
    if re.fullmatch(r"\d{14,18}\|(?:[0-9a-f]{32}|[A-Za-z0-9_\-]{26,30})", value):
        return Form.APP_TOKEN
    if re.fullmatch(r"[0-9a-fA-F]{32}", value):
        return Form.APP_SECRET
    return Form.OTHER


def find_texts(text: str) -> tuple[list[FoundText], list[FoundText]]:
    """The Facebook tokens in a text, and the other long keys: those are not to be sent.

    A token is a whole value: what is part of a longer text, as in base64, is none. Every long run that begins as a
    token does is in one of the lists.
    """
    keys = _private_keys(text)
    tokens, others = [], []
    for run in _RUN.finditer(text):
        start, end = run.span()
        begins_whole = is_whole = _BEFORE.search(text[max(0, start - _LONGEST_BEFORE) : start]) is not None
        in_key = any(first <= start < last for first, last in keys) or _is_in_base64(text, start, end)
        is_half = end - start <= _LONGEST_SECRET and _APP_ID_BEFORE.search(text[max(0, start - 20) : start]) is not None
        marks = _EMPHASIS.search(text[max(0, start - 4) : start])
        is_emphasized = marks is not None and re.match(rf"{marks[1]}(?![A-Za-z0-9])", text[end:]) is not None
        is_whole = (is_whole and _AFTER.match(text, end) is not None) or is_emphasized
        if is_whole and not in_key and not is_half and not _is_square(run.group()):
            tokens.append(FoundText(start, end, Form.TOKEN))
        elif begins_whole or end - start >= _LONG:
            others.append(FoundText(start, end, Form.OTHER))
    named = sorted((one.start, one.end) for one in (*tokens, *others))
    others += _other_keys(text, [*named, *keys])
    return tokens, sorted(others, key=lambda one: one.start)


def _is_square(run: str) -> bool:
    return run.startswith("EAAA") and _SQUARE_LENGTH <= len(run) <= _SQUARE_LENGTH + 4


def _private_keys(text: str) -> list[tuple[int, int]]:
    """Where private keys and certificates (PEM) begin and end; one without an end ends with its last line."""
    spans: list[tuple[int, int]] = []
    for match in _KEY_BEGINS.finditer(text):
        if spans and match.start() < spans[-1][1]:
            continue
        end = text.find("-----END", match.end(), match.end() + 20_000)
        spans.append((match.start(), end if end >= 0 else _end_of_key(text, match.end())))
    return spans


def _end_of_key(text: str, start: int) -> int:
    """Where the lines of a key end that is longer, or has no end of its own."""
    end = start
    while end < len(text):
        next_line = text.find("\n", end) + 1 or len(text)
        line = text[end:next_line].strip()
        if line.startswith("-----END") or (line and not _KEY_LINE.fullmatch(line)):
            break
        end = next_line
    return end


#: A line of base64, as certificates and encrypted texts without a head are broken (characters).
_BASE64_LINE = re.compile(r"[A-Za-z0-9+/]{60,80}")


def _is_in_base64(text: str, start: int, end: int) -> bool:
    """Whether a run is a whole line among lines of base64 of the same length, some with signs that no token has."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[first : last if last >= 0 else len(text)].strip()
    if not _BASE64_LINE.fullmatch(line):
        return False
    around = [*text[max(0, first - 400) : first].split("\n")[1:], *text[end : end + 400].split("\n")[1:]]
    alike = [one.strip() for one in around if len(one.strip()) == len(line) and _BASE64_LINE.fullmatch(one.strip())]
    return any(re.search(r"[+/]", one) for one in alike)


def _other_keys(text: str, named: Sequence[tuple[int, int]]) -> list[FoundText]:
    found = []
    spans = sorted(named)
    position = 0
    for match in _OTHER.finditer(text):
        while position < len(spans) and spans[position][1] <= match.start():
            position += 1
        overlaps = position < len(spans) and spans[position][0] < match.end()
        # NAME=value; what = fills up at the end is the value's own.
        key = re.match(r"[A-Za-z_]\w*=(?=[^=])", match.group())
        value = match.group()[key.end() :] if key else match.group()
        if overlaps or len(value) < 32 or not re.search(r"[A-Za-z]", value) or not re.search(r"\d", value):
            continue
        if re.fullmatch(r"[A-Za-z0-9]{1,14}(?:[-_.][A-Za-z0-9]{0,14})+", value):
            # Words and numbers with hyphens, as files are called.
            continue
        found.append(FoundText(match.end() - len(value), match.end(), form_of(value.rstrip("="))))
    return found
