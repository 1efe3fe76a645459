"""What an import may hold: every token in a file or text, with the name, Page ID and clients nearest to it."""

import os
import stat
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gui.errors import JobContext, UserError
from gui.files.child import run_in_child
from gui.files.document import Document, Part
from gui.files.reading import LARGEST, read_document, read_text
from gui.graph.token_form import Form, FoundText, find_texts
from gui.i18n import _, number
from gui.services.colleague import sender_of
from gui.services.import_fields import Found
from gui.services.import_table import tokens_of_rows
from gui.services.import_trees import tokens_of_leaves
from gui.text import clean_name
from gui.values import RowsRead, Secret

#: At most so many tokens are taken from one import, and so many other texts named one by one.
MOST, MOST_OTHERS = 10_000, 200
#: A pasted text that is longer is read as a file is, in a process of its own (characters).
_LONG_TEXT = 100_000


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A token that may be imported, or a row without one (`secret` None): `number` counts them from 1.

    `place` says where it stands: "line 6", "Client A, row 6". `name`, `page_id` and `clients` are what stands beside
    the token; `is_id_guessed` where the ID may be another number. Of a row that is left `form` says what stands there
    instead. `sender` is the colleague who handed it over, `purposes` are what it is for,
    `client_names` whose it is, and `person` whose login it is of.
    """

    number: int
    secret: Secret | None
    name: str = ""
    page_id: str = ""
    place: str = ""
    clients: str = ""
    form: Form | None = None
    is_id_guessed: bool = False
    sender: str = ""
    purposes: tuple[str, ...] = ()
    client_names: tuple[str, ...] = ()
    person: str = ""

    @property
    def all_clients(self) -> tuple[str, ...]:
        """The clients that stand beside it, each by its whole name where that is known."""
        return self.client_names or tuple(filter(None, [self.clients]))


@dataclass(frozen=True, slots=True)
class ImportReading:
    """What was read, and what was not.

    `others` counts other long keys beyond those among the rows, `beyond` tokens beyond the MOST that are taken,
    `unread` names files within a file, `has_more` says that there is something in it beside tokens and what belongs to
    them, `is_newer` that a newer Page Keys handed it over.
    """

    rows: tuple[ImportRow, ...] = ()
    others: int = 0
    beyond: int = 0
    unread: tuple[str, ...] = ()
    has_more: bool = False
    is_newer: bool = False

    @property
    def sender(self) -> str:
        """The colleague who handed all of it over; empty where there is none."""
        senders = {row.sender for row in self.rows if row.secret is not None}
        return senders.pop() if len(senders) == 1 else ""

    @property
    def tokens(self) -> int:
        """How many tokens there are among the rows."""
        return sum(row.secret is not None for row in self.rows)


# --------------------------------------------------------------------- reading
def read_import_file(path: Path, password: Secret | None, job: JobContext) -> ImportReading:
    """All that a file holds, read in a process of its own. Raises UserError, Cancelled."""
    problem = _file_problem(path)
    if problem is not None:
        raise problem
    arguments = (str(path), "" if password is None else password.reveal())
    return _received(run_in_child(_read_file, arguments, job, lambda rows: job.report(RowsRead(rows))))


def read_import_text(text: Secret, job: JobContext) -> ImportReading:
    """All that a pasted text holds: a table with any separator, JSON, NAME=token lines, a mail, tokens alone."""
    if text.length > _LONG_TEXT:
        return _received(run_in_child(_read_text, (text.reveal(),), job, lambda rows: job.report(RowsRead(rows))))
    return _received(_sent(read_text(text.reveal())))


def joined(readings: Sequence[tuple[str, ImportReading]]) -> ImportReading:
    """Several files read as one: each place names its file."""
    if len(readings) == 1:
        return readings[0][1]
    rows = [replace(row, place=f"{name}, {row.place}") for name, reading in readings for row in reading.rows]
    whole = ImportReading(
        tuple(replace(row, number=number) for number, row in enumerate(rows, 1)),
        sum(reading.others for _, reading in readings),
        sum(reading.beyond for _, reading in readings),
        tuple(f"{name}, {one}" for name, reading in readings for one in reading.unread),
        any(reading.has_more for _, reading in readings),
        any(reading.is_newer for _, reading in readings),
    )
    return _bounded(whole)


def _bounded(reading: ImportReading) -> ImportReading:
    """At most MOST tokens; those beyond are counted."""
    if reading.tokens <= MOST:
        return reading
    last = [row.number for row in reading.rows if row.secret is not None][MOST - 1]
    return replace(reading, rows=reading.rows[:last], beyond=reading.beyond + reading.tokens - MOST)


def _file_problem(path: Path) -> UserError | None:
    """Why a file cannot be read, by looking at it alone: a pipe or a device would never end."""
    try:
        about = path.stat()
    except OSError:
        return UserError("import_not_read", name=path.name)
    if stat.S_ISDIR(about.st_mode):
        return UserError("import_is_folder", name=path.name)
    if not stat.S_ISREG(about.st_mode):
        return UserError("import_no_file", name=path.name)
    if about.st_size > LARGEST:
        return UserError("import_too_large", name=path.name)
    return None


def _read_file(path: str, password: str, progress: Callable[[int], None]) -> dict[str, Any]:
    """In the child: what the file holds, as plain values."""
    try:
        # Should a pipe have come in its place, it is not waited for.
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb") as file:
            data = file.read(LARGEST + 1)
    except OSError:
        data = None
    if data is None:
        raise UserError("import_not_read", name=Path(path).name)
    return _sent(read_document(data, Secret(password) if password else None, progress))


def _read_text(text: str, progress: Callable[[int], None]) -> dict[str, Any]:
    return _sent(read_text(text))


def _sent(document: Document) -> dict[str, Any]:
    """What the child hands over: plain values alone, in which each token stands once."""
    found: list[Found] = []
    has_more = bool(document.unread)
    seen: set[str] = set()
    for part in document.parts:
        rows, more = _rows_of(part, seen)
        if not part.is_copy:
            has_more = has_more or more
        found += rows
        seen.update(row.token for row in rows if row.token)
    others = [row for row in found if row.form in {Form.OTHER, Form.APP_SECRET}]
    dropped = set(map(id, others[MOST_OTHERS:]))
    return {
        "rows": [
            (
                row.token,
                row.name,
                row.page_id,
                row.place,
                row.clients,
                row.form.value if row.form else "",
                row.is_id_guessed,
            )
            for row in found
            if id(row) not in dropped
        ],
        "senders": _senders(document),
        "others": len(dropped),
        "unread": document.unread,
        "has_more": has_more,
    }


#: Of a Page that was handed over: by whom, what it is for, whose it is, and the person whose login the token is of.
_Given = tuple[str, tuple[str, ...], tuple[str, ...], str]


def _senders(document: Document) -> tuple[dict[str, _Given], bool]:
    """What those say who handed a document over, by Page ID; and whether a newer Page Keys wrote it."""
    given: dict[str, _Given] = {}
    is_newer = False
    for part in document.parts:
        sender = sender_of(part.leaves)
        if sender is None:
            continue
        is_newer = is_newer or sender.is_newer
        for page_id in sender.page_ids:
            given.setdefault(
                page_id,
                (
                    sender.name,
                    sender.purposes.get(page_id, ()),
                    sender.clients.get(page_id, ()),
                    sender.people.get(page_id, ""),
                ),
            )
    return given, is_newer


def _of_sender(given: Sequence[Any] | None) -> _Given:
    if given is None:
        return "", (), (), ""
    sender, keys, clients, person = given
    return sender, tuple(keys), tuple(clients), person


def _received(sent: dict[str, Any]) -> ImportReading:
    """What was handed over, each token a Secret again. Raises UserError when there is none."""
    given, is_newer = sent["senders"]
    rows = tuple(
        ImportRow(
            number,
            Secret(token) if token else None,
            clean_name(name),
            page_id,
            clean_name(place),
            clean_name(clients),
            Form(form) if form else None,
            is_id_guessed,
            *_of_sender(given.get(page_id)),
        )
        for number, (token, name, page_id, place, clients, form, is_id_guessed) in enumerate(sent["rows"], 1)
    )
    reading = _bounded(ImportReading(rows, sent["others"], 0, tuple(sent["unread"]), sent["has_more"], is_newer))
    if not reading.tokens:
        raise _nothing_found(rows, reading.unread)
    return reading


def _nothing_found(rows: Sequence[ImportRow], unread: Sequence[str]) -> UserError:
    """Why there is no token: nothing could be read, or what stands there is something else."""
    if unread and not rows:
        return UserError("import_unread_only", name=", ".join(unread[:3]))
    return UserError(_kind_without_tokens(rows))


def _kind_without_tokens(rows: Sequence[ImportRow]) -> str:
    forms = Counter(row.form for row in rows if row.form is not None)
    if not forms:
        return "import_no_tokens"
    # Among thousands of other long texts some begin like one by chance.
    most = forms.most_common(1)[0][0]
    return {Form.INSTAGRAM: "import_instagram", Form.THREADS: "import_threads"}.get(most, "import_other_keys")


# ------------------------------------------------------------- what stands where
def _rows_of(part: Part, seen: set[str]) -> tuple[list[Found], bool]:
    """What a part holds, in its order; and whether there is more in it than tokens and what belongs to them."""
    text = part.text or "\n".join("\t".join(row.cells) for row in part.rows)
    tokens, others = find_texts(text)
    if part.leaves:
        found, has_more = tokens_of_leaves(part)
    else:
        found, has_more = tokens_of_rows(part)
        # What is a line of a private key, or a part of a longer text, stands alone in its cell.
        whole = {text[one.start : one.end] for one in tokens}
        found = [one for one in found if not one.token or one.token in whole]
    if part.text:
        found = _with_all_of_the_text(text, tokens, others, found)
    found = _with_names_of_rows(found)
    if part.is_copy:
        found = [one for one in found if one.token and one.token not in seen]
    for one in found:
        line = number(one.line)
        place = _("row {number}", number=line) if part.is_sheet else _("line {number}", number=line)
        one.place = f"{part.name}, {place}" if part.name else place
    found.sort(key=lambda one: one.line)
    return found, has_more or any(not one.token for one in found)


def _with_all_of_the_text(
    text: str, tokens: Sequence[FoundText], others: Sequence[FoundText], found: list[Found]
) -> list[Found]:
    """Lines for what was found, and everything that stands in the text and was not: nothing is lost."""
    lines = _LineNumbers(text)
    of_token: dict[str, list[Found]] = {}
    for one in found:
        if one.token:
            of_token.setdefault(one.token, []).append(one)
    rest = [one for one in found if not one.token]
    for token in tokens:
        value, line = text[token.start : token.end], lines.at(token.start)
        waiting = of_token.get(value)
        if waiting:
            known = waiting.pop(0)
            known.line = known.line or line
            rest.append(known)
        else:
            rest.append(Found(value, line))
    # Written with escapes, as JSON may: found by its reader alone.
    for waiting in of_token.values():
        for one in waiting:
            one.line = one.line or 1
            rest.append(one)
    return [*rest, *(Found("", lines.at(one.start), form=one.form) for one in others)]


def _with_names_of_rows(found: list[Found]) -> list[Found]:
    """A row without a token in which another key stands is that key's row, and said once."""
    without = {one.line: one for one in found if not one.token and one.form is None}
    named_lines: set[int] = set()
    for one in found:
        row = without.get(one.line) if one.form is not None else None
        if row is not None:
            one.name, one.page_id = row.name, row.page_id
            named_lines.add(one.line)
    return [one for one in found if one.token or one.form is not None or one.line not in named_lines]


class _LineNumbers:
    """Line numbers of places in a text that are asked for in rising order."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._line = text, 0, 1

    def at(self, place: int) -> int:
        if place < self._at:
            self._at, self._line = 0, 1
        self._line += self._text.count("\n", self._at, place)
        self._at = place
        return self._line
