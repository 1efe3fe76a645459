"""What a bundle holds: secrets, each with as much of its owner as rebuilds a lost database."""

import re
from dataclasses import dataclass

import msgspec

from gui.text import utf16_size
from gui.values import Secret

#: Marks the present form; bundles of the first form were an object of key -> secret.
_FORM = 2
#: Characters around a bundle's entries, and around those under one head.
_FRAME, _HEAD = len('{"form":2,"at":1700000000000,"under":{}}'), len('"":[],')


@dataclass(frozen=True, slots=True)
class Entry:
    """A secret and, in the order of its kind below, what is known of it."""

    secret: Secret
    about: tuple[str | int | None, ...] = ()


Entries = dict[str, Entry]


def app_key(app_id: str) -> str:
    """The key of an app's secret; about it: name, version, config_id."""
    return f"app:{app_id}"


def user_key(app_id: str, user_id: str) -> str:
    """The key of a person's User token; about it: name, expires_at, data_access_expires_at, issued_at, scopes."""
    return f"user:{app_id}:{user_id}"


def page_key(app_id: str, user_id: str, page_id: str) -> str:
    """The key of a Page token; about it: name, category, tasks, expires_at."""
    return f"page:{app_id}:{user_id}:{page_id}"


#: One entry as it is written: the key's last part, the secret, what is known of it.
_Line = tuple[str, str, tuple[str | int | None, ...]]


class _Pack(msgspec.Struct):
    form: int
    #: When it was written (Unix milliseconds): of two with the same key the later counts.
    at: int
    #: The key without its last part -> the entries under it: "app", "user:APP", "page:APP:USER".
    under: dict[str, list[_Line]]


_decoder = msgspec.json.Decoder(_Pack)
_first_form = msgspec.json.Decoder(dict[str, str])


_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


def _encode(value: object, objects: int = 0) -> str:
    """`value`, of so many JSON objects, as JSON without a brace inside a string.

    KeePassXC replaces {TITLE}, {REF:...} and others when it hands a secret out.
    """
    text = msgspec.json.encode(value).decode()
    if text.count("{") == text.count("}") == objects:
        return text
    return _STRING.sub(lambda match: match[0].replace("{", "\\u007b").replace("}", "\\u007d"), text)


def encode_bundle(entries: Entries, at: int) -> str:
    """The text of a bundle written at this moment (Unix milliseconds)."""
    under: dict[str, list[_Line]] = {}
    for key, entry in entries.items():
        group, _, last = key.rpartition(":")
        under.setdefault(group, []).append((last, entry.secret.reveal(), entry.about))
    return _encode(_Pack(_FORM, at, under), objects=2)


def decode_bundle(text: str) -> tuple[Entries, int] | None:
    """The entries of a bundle's text and when it was written; None for a text that is none.

    Entries of the first form know nothing of themselves; those were written at 0.
    """
    try:
        bundle = _decoder.decode(text)
    except msgspec.DecodeError:
        try:
            return {key: Entry(Secret(value)) for key, value in _first_form.decode(text).items()}, 0
        except msgspec.DecodeError:
            return None
    return {
        f"{group}:{last}": Entry(Secret(secret), tuple(about))
        for group, lines in bundle.under.items()
        for last, secret, about in lines
    }, bundle.at


def split_into_bundles(entries: Entries, capacity: int) -> list[Entries]:
    """Entries shared out so that each bundle's text fits; one that alone is too large stands alone."""
    groups: list[Entries] = []
    space_left, heads = 0, set[str]()
    for key, entry in entries.items():
        head, _, last_part = key.rpartition(":")
        line_size = utf16_size(_encode((last_part, entry.secret.reveal(), entry.about))) + 1
        entry_size = line_size + (0 if head in heads else utf16_size(head) + _HEAD)
        if not groups or entry_size > space_left:
            groups.append({})
            heads = set()
            space_left = capacity - _FRAME
            entry_size = line_size + utf16_size(head) + _HEAD
        groups[-1][key] = entry
        heads.add(head)
        space_left -= entry_size
    return groups
