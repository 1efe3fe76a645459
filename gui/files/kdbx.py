"""KeePass databases (KDBX): written for a team's password manager, read for the import.

The library is imported where it is used; where it is missing (Python 3.11 without pip), KeePass is not offered.
"""

from __future__ import annotations

import importlib.util
import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from gui.errors import UserError
from gui.files.document import Part, Row
from gui.files.texts import list_text
from gui.values import Secret

if TYPE_CHECKING:
    from kdbxtool import Database, Entry

#: How every KDBX file begins, of version 3 and 4; the first KeePass wrote another one.
_BEGINS = b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5"
#: What XML cannot hold.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FIELD_TITLE, _FIELD_TOKEN, _FIELD_CLIENT = "Name", "Access token", "Client"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class KeePassEntry:
    """One entry: `user_name` is the Page ID, `password` the token, `group` the client (empty: none).

    `expires_at` is Unix seconds, 0 for no end; `fields` are further names and texts.
    """

    title: str
    user_name: str
    password: Secret
    url: str = ""
    group: str = ""
    expires_at: int = 0
    fields: tuple[tuple[str, str], ...] = ()


def is_available() -> bool:
    """Whether KeePass databases can be written and read here."""
    return importlib.util.find_spec("kdbxtool") is not None


def is_kdbx(data: bytes) -> bool:
    """Whether this is a KeePass database of version 2 (KDBX)."""
    return data.startswith(_BEGINS) and is_available()


def write_kdbx(name: str, entries: Sequence[KeePassEntry], password: Secret) -> bytes:
    """A KeePass database (KDBX 4, AES-256, Argon2) of this name with these entries, a group for each client."""
    from kdbxtool import Database

    database = Database.create(password=password.reveal(), database_name=_in_xml(name))
    groups = {"": database.root_group}
    for one in entries:
        if one.group not in groups:
            groups[one.group] = database.root_group.create_subgroup(_in_xml(one.group))
        entry = groups[one.group].create_entry(
            title=_in_xml(one.title), username=one.user_name, password=one.password.reveal(), url=_in_xml(one.url)
        )
        for field, text in one.fields:
            entry.set_custom_property(field, _in_xml(text))
        if one.expires_at:
            entry.times.expires = True
            entry.times.expiry_time = datetime.fromtimestamp(one.expires_at, UTC)
    try:
        return database.to_bytes()
    finally:
        database.zeroize_credentials()


def _in_xml(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)


def read_kdbx(data: bytes, password: Secret | None) -> Part:
    """The entries of a KeePass database as rows with a heading; the recycle bin is left out.

    Raises UserError where it needs a password, or another one, or cannot be read.
    """
    if not password:
        raise UserError("import_needs_password")
    database = _opened(data, password)
    bin_group = database.recyclebin_group
    entries = [one for one in database.iter_entries() if bin_group is None or not _is_in(one, bin_group)]
    names = dict.fromkeys(name for one in entries for name in one.custom_properties)
    # A team that keeps Page tokens writes the Page ID there, and so does Page Keys.
    are_ids = "Page ID" not in names and all((one.username or "").isdigit() for one in entries)
    heading = (_FIELD_TITLE, "Page ID" if are_ids else "Username", _FIELD_TOKEN, "URL", "Notes", _FIELD_CLIENT, *names)
    rows = [Row(1, heading), *(Row(number, _cells(one, names)) for number, one in enumerate(entries, 2))]
    return Part("", tuple(rows), is_sheet=True)


def _opened(data: bytes, password: Secret) -> Database:
    from kdbxtool import AuthenticationError, CredentialError, Database, DecryptionError, KdbxError

    # Version 3 has no mark that tells a wrong password from a damaged file: nearly always it is the password.
    is_marked = data[10:12] != b"\x03\x00"
    wrong = (AuthenticationError, CredentialError, DecryptionError) if is_marked else (KdbxError,)

    def open_it() -> Database:
        with warnings.catch_warnings():
            # Version 3 is read as well; nothing is written back.
            warnings.simplefilter("ignore")
            return Database.open_bytes(data, password=password.reveal())

    return _or_user_error(open_it, wrong)


def _or_user_error(call: Callable[[], T], wrong: tuple[type[Exception], ...]) -> T:
    """The result of `call`, or a UserError for what the library raises: its texts may hold what stands in the file."""
    kind = "import_unreadable"
    try:
        return call()
    except MemoryError:
        raise
    except wrong:
        kind = "import_wrong_database_password"
    # What is wrong with a damaged file comes in many kinds.
    except Exception:
        kind = "import_unreadable"
    raise UserError(kind)


def _is_in(entry: Entry, group: Any) -> bool:
    parent = entry.parent
    while parent is not None:
        if parent is group:
            return True
        parent = parent.parent
    return False


def _cells(entry: Entry, names: dict[str, None]) -> tuple[str, ...]:
    own = entry.custom_properties
    parent = entry.parent
    group = parent.name or "" if parent is not None and parent.parent is not None else ""
    texts = (entry.title, entry.username, entry.password, entry.url, entry.notes)
    client = own.get(_FIELD_CLIENT) or list_text([group] if group else [])
    return (*(text or "" for text in texts), client, *(own.get(name) or "" for name in names))
