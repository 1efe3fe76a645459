"""What a bundle holds: secrets, each with as much of its owner as rebuilds a lost database."""

import re
from dataclasses import dataclass, field

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
    """The key of a person's User token; about it: name, expires_at, data_access_expires_at, issued_at, scopes, kind,
    business.
    """
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


class _EncodedPack(msgspec.Struct):
    """A `_Pack` whose lines are encoded already: each is needed encoded to know how many fit."""

    form: int
    at: int
    under: dict[str, list[msgspec.Raw]]


_BRACE = re.compile(rb"[{}]")
_decoder = msgspec.json.Decoder(_Pack)
_first_form = msgspec.json.Decoder(dict[str, str])


@dataclass(frozen=True, slots=True)
class Bundle:
    """Keys of entries that share an item, and their encoded lines, secrets in clear, under the heads of their keys."""

    keys: list[str]
    under: dict[str, list[msgspec.Raw]] = field(repr=False)

    def text(self, at: int) -> str:
        """The text of the item, written at this moment (Unix milliseconds)."""
        return msgspec.json.encode(_EncodedPack(_FORM, at, self.under)).decode()


def encode_bundle(entries: Entries, at: int) -> str:
    """The text of a bundle of all these entries, written at this moment (Unix milliseconds)."""
    bundle = Bundle([], {})
    for key, entry in entries.items():
        head, _, last_part = key.rpartition(":")
        bundle.under.setdefault(head, []).append(_encode_line(last_part, entry))
    return bundle.text(at)


def _encode_line(last_part: str, entry: Entry) -> msgspec.Raw:
    """One line, without a brace in it: KeePassXC replaces {TITLE}, {REF:...} and others when it hands a secret out."""
    line = msgspec.json.encode((last_part, entry.secret.reveal(), entry.about))
    return msgspec.Raw(_BRACE.sub(lambda match: b"\\u%04x" % ord(match[0]), line))


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


def split_into_bundles(entries: Entries, capacity: int) -> list[Bundle]:
    """Entries shared out so that each bundle's text fits; one that alone is too large stands alone."""
    bundles: list[Bundle] = []
    space_left = 0
    for key, entry in entries.items():
        head, _, last_part = key.rpartition(":")
        line = _encode_line(last_part, entry)
        line_size = _size(line) + 1
        entry_size = line_size + (0 if bundles and head in bundles[-1].under else utf16_size(head) + _HEAD)
        if not bundles or entry_size > space_left:
            bundles.append(Bundle([], {}))
            space_left = capacity - _FRAME
            entry_size = line_size + utf16_size(head) + _HEAD
        bundles[-1].keys.append(key)
        bundles[-1].under.setdefault(head, []).append(line)
        space_left -= entry_size
    return bundles


def _size(line: msgspec.Raw) -> int:
    """How large a line is as backends count it: in UTF-16 units."""
    encoded = bytes(line)
    return len(encoded) if encoded.isascii() else utf16_size(encoded.decode())
