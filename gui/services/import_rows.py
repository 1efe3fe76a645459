"""What an import may hold: every token in a file or text, with the name, Page ID and clients nearest to it."""

import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gui.errors import JobContext, UserError
from gui.files.child import run_in_child
from gui.files.document import Document, Leaf, Part, Row
from gui.files.reading import LARGEST, read_document, read_text
from gui.graph.token_form import Form, FoundText, find_texts
from gui.text import clean_name
from gui.values import RowsRead, Secret

#: At most so many tokens are taken from one import, and so many other texts named one by one.
MOST, MOST_OTHERS = 10_000, 200
#: A pasted text that is longer is read as a file is, in a process of its own (characters).
_LONG_TEXT = 100_000
_PAGE_ID = re.compile(r"\d{5,20}")
_LONGEST_NAME = 120

#: What columns and keys are called, by letters and digits alone.
_NAMES = frozenset(
    {
        "name", "page", "pagename", "pagetitle", "title", "label", "account", "accountname", "facebookpage", "fbpage",
        "displayname", "pageorperson",
    }
)  # fmt: skip
_IDS = frozenset({"pageid", "facebookpageid", "fbpageid", "facebookid", "fbid", "profileid", "id", "accountid"})
_CLIENTS = frozenset(["client", "clients", "customer", "kunde"])


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A token that may be imported, or a row without one (`secret` None): `number` counts them from 1.

    `place` says where it stands: "line 6", "Client A, row 6". `name`, `page_id` and `clients` are what stands beside
    the token. Of a row that is left `form` says what stands there instead.
    """

    number: int
    secret: Secret | None
    name: str = ""
    page_id: str = ""
    place: str = ""
    clients: str = ""
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class ImportReading:
    """What was read, and what was not.

    `others` counts other long keys beyond those among the rows, `beyond` tokens beyond the MOST that are taken,
    `unread` names files within a file, `has_more` says that there is something in it beside tokens and what belongs to
    them.
    """

    rows: tuple[ImportRow, ...] = ()
    others: int = 0
    beyond: int = 0
    unread: tuple[str, ...] = ()
    has_more: bool = False

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
    found: list[_Found] = []
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
            (row.token, row.name, row.page_id, row.place, row.clients, row.form.value if row.form else "")
            for row in found
            if id(row) not in dropped
        ],
        "others": len(dropped),
        "unread": document.unread,
        "has_more": has_more,
    }


def _received(sent: dict[str, Any]) -> ImportReading:
    """What was handed over, each token a Secret again. Raises UserError when there is none."""
    rows = tuple(
        ImportRow(
            number,
            Secret(token) if token else None,
            clean_name(name),
            page_id,
            clean_name(place),
            clean_name(clients),
            Form(form) if form else None,
        )
        for number, (token, name, page_id, place, clients, form) in enumerate(sent["rows"], 1)
    )
    reading = _bounded(ImportReading(rows, sent["others"], 0, tuple(sent["unread"]), sent["has_more"]))
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
@dataclass(slots=True)
class _Found:
    """A token, empty for what is left, and what stands beside it; `line` is its number in the part."""

    token: str
    line: int
    place: str = ""
    name: str = ""
    page_id: str = ""
    clients: str = ""
    form: Form | None = None


def _rows_of(part: Part, seen: set[str]) -> tuple[list[_Found], bool]:
    """What a part holds, in its order; and whether there is more in it than tokens and what belongs to them."""
    text = part.text or "\n".join("\t".join(row.cells) for row in part.rows)
    tokens, others = find_texts(text)
    if part.leaves:
        found, has_more = _of_leaves(part)
    else:
        found, has_more = _of_rows(part)
        # What is a line of a private key, or a part of a longer text, stands alone in its cell.
        whole = {text[one.start : one.end] for one in tokens}
        found = [one for one in found if not one.token or one.token in whole]
    if part.text:
        found = _with_all_of_the_text(text, tokens, others, found)
    found = _with_names_of_rows(found)
    if part.is_copy:
        found = [one for one in found if one.token and one.token not in seen]
    what = "row" if part.is_sheet else "line"
    for one in found:
        one.place = f"{part.name}, {what} {one.line:,}" if part.name else f"{what} {one.line:,}"
    found.sort(key=lambda one: one.line)
    return found, has_more or any(not one.token for one in found)


def _with_all_of_the_text(
    text: str, tokens: Sequence[FoundText], others: Sequence[FoundText], found: list[_Found]
) -> list[_Found]:
    """Lines for what was found, and everything that stands in the text and was not: nothing is lost."""
    lines = _LineNumbers(text)
    of_token: dict[str, list[_Found]] = {}
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
            rest.append(_Found(value, line))
    # Written with escapes, as JSON may: found by its reader alone.
    for waiting in of_token.values():
        for one in waiting:
            one.line = one.line or 1
            rest.append(one)
    return [*rest, *(_Found("", lines.at(one.start), form=one.form) for one in others)]


def _with_names_of_rows(found: list[_Found]) -> list[_Found]:
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


# ------------------------------------------------------------------------ trees
def _key(key: str | int) -> str:
    return re.sub(r"[^a-z0-9]", "", str(key).lower())


def _of_leaves(part: Part) -> tuple[list[_Found], bool]:
    """Tokens of a tree: the name and ID in the same object count, else those of the objects around it."""
    holding: dict[tuple[str | int, ...], list[Leaf]] = {}
    beside_each_other: dict[tuple[str | int, ...], list[str]] = {}
    tokens: list[tuple[Leaf, str]] = []
    for leaf in part.leaves:
        texts, _ = find_texts(leaf.text)
        beside_each_other.setdefault(leaf.path[:-1], []).append(leaf.text)
        tokens += [(leaf, leaf.text[one.start : one.end]) for one in texts]
        if not texts:
            holding.setdefault(leaf.path[:-1], []).append(leaf)
    steps = {leaf.path[:end] for leaf, _ in tokens for end in range(1, len(leaf.path) + 1)}
    #: How many values or objects with tokens stand right in an object.
    branches = Counter(path[:-1] for path in steps)
    found = []
    for leaf, token in tokens:
        one = _Found(token, 0)
        for end in range(len(leaf.path) - 1, -1, -1):
            around = leaf.path[:end]
            # An object around a list, or with the tokens of several others, belongs to none of them.
            if end < len(leaf.path) - 1 and (branches[around] > 1 or isinstance(leaf.path[end], int)):
                break
            _take_from_object(one, holding.get(around, ()))
        if leaf.path and isinstance(leaf.path[-1], int):
            _take_from_list(one, leaf, beside_each_other)
        _take_from_keys(one, leaf)
        found.append(one)
    inside = {leaf.path[:end] for leaf, _ in tokens for end in range(len(leaf.path))}
    beside = {leaf.path[:-1] for leaf, _ in tokens}
    has_more = any(
        path not in inside and not any(path[:end] in beside for end in range(len(path) + 1))
        for path in list(holding)[:5000]
    )
    unknown = any(_key(leaf.path[-1]) not in _KNOWN for path in beside for leaf in holding.get(path, ()) if leaf.path)
    return found, has_more or unknown


#: What stands beside a token in Facebook's answers and in exports; anything else is more than the token.
_KNOWN = _NAMES | _IDS | _CLIENTS | frozenset(
    {
        "category", "tasks", "link", "picture", "type", "pagetype", "tokentype", "expiresin", "expiresat", "perms",
        "state", "why", "ends", "through", "person", "app", "from", "origins", "instagram", "instagramid",
        "whatyoumaydo", "username", "url", "height", "width", "issilhouette", "0", "1", "2", "3", "4", "5",
    }
)  # fmt: skip


def _take_from_list(one: _Found, leaf: Leaf, beside_each_other: Mapping[tuple[str | int, ...], Sequence[str]]) -> None:
    """The name and ID in a list of values, the first list beside it being the heading where it is one."""
    parent = leaf.path[:-1]
    row = Row(0, tuple(beside_each_other[parent]))
    heading = Row(0, tuple(beside_each_other.get((*parent[:-1], 0), ()))) if parent else row
    place = next((index for index, cell in enumerate(row.cells) if one.token in cell), 0)
    _take_from_cells(one, row, _labels(heading), None, place)


def _take_from_object(one: _Found, leaves: Iterable[Leaf]) -> None:
    by_key = {_key(leaf.path[-1]): leaf.text.strip() for leaf in leaves if leaf.path}
    if not one.name:
        # The more exact word counts first.
        keys = [key for key in ("pagename", "name") if by_key.get(key)] or [key for key in by_key if key in _NAMES]
        one.name = next((by_key[key][:_LONGEST_NAME] for key in keys if by_key[key]), "")
    if not one.page_id:
        ids = sorted((key for key in by_key if key in _IDS), key=lambda key: (key != "pageid", "page" not in key))
        one.page_id = next((by_key[key] for key in ids if _PAGE_ID.fullmatch(by_key[key])), "")
    if not one.clients:
        one.clients = next((by_key[key] for key in by_key if key in _CLIENTS), "")


def _take_from_keys(one: _Found, leaf: Leaf) -> None:
    """A map from name or ID to token, or from ID to what the token stands in."""
    for depth, key in enumerate(reversed(leaf.path)):
        if isinstance(key, int) or not key:
            continue
        if _PAGE_ID.fullmatch(key):
            one.page_id = one.page_id or key
        elif depth == 0 and not one.name and not _says_token(key):
            one.name = key[:_LONGEST_NAME]


def _says_token(key: str) -> bool:
    word = _key(key)
    return "token" in word or word in {"value", "data", "secret", "password", "key", "access", "notes", "body", "text"}


# ------------------------------------------------------------------------- rows
_COMMENT = re.compile(r"\s*(?:#|//|--|/\*|;|\.\.\.)")
_SETTING = re.compile(r"""\s*(?:-\s+)?(?:export\s+|set\s+)?["']?([\w .\-]{1,80}?)["']?\s*[:=]\s*(.*)""")


def _of_rows(part: Part) -> tuple[list[_Found], bool]:
    """Tokens row by row; what a row lacks is looked for in the lines around it, up to the next token's."""
    found: list[_Found] = []
    labels: tuple[str, ...] = ()
    without: list[tuple[Row, tuple[str, ...]]] = []
    has_more = False
    by_line: dict[int, list[_Found]] = {}
    for row in part.rows:
        tokens = [(index, one) for index, cell in enumerate(row.cells) for one in find_texts(cell)[0]]
        if tokens:
            by_line[row.number] = _of_row(row, tokens, labels)
            found += by_line[row.number]
            has_more = has_more or _has_unused_cells(row, labels, by_line[row.number])
            if part.is_sheet:
                found += _others_of_row(row)
            continue
        heading = _labels(row)
        if heading:
            labels = heading
        else:
            without.append((row, labels))
            if part.is_sheet:
                found += _others_of_row(row)
    width = max((len(row.cells) for row in part.rows if row.number in by_line), default=1)
    if width == 1:
        _take_from_lines_around(part.rows, by_line)
    named = {one.name for one in found} | {one.page_id for one in found}
    first = min(by_line, default=0)
    for row, heading in without:
        filled = [cell for cell in row.cells if cell]
        is_setting = _SETTING.fullmatch(row.cells[0]) is not None and "=" in row.cells[0]
        if (
            width > 1
            and len(row.cells) > 1
            and not is_setting
            and (heading or row.number > first)
            and len(filled) * 2 >= min(width, 4)
        ):
            one = _Found("", row.number)
            _take_from_cells(one, row, heading, None)
            found.append(one)
        elif not (_COMMENT.match(filled[0]) or all(_is_near(cell, named) for cell in filled)):
            has_more = True
    return found, has_more


def _has_unused_cells(row: Row, labels: tuple[str, ...], found: Sequence[_Found]) -> bool:
    """Whether a row with a token holds something else than the token and what belongs to it."""
    used = {text for one in found for text in (one.name, one.page_id, one.clients)}
    return any(
        cell and cell.removeprefix("'") not in used and _label(labels, place) not in _KNOWN and not find_texts(cell)[0]
        for place, cell in enumerate(row.cells)
    )


def _is_near(cell: str, named: set[str]) -> bool:
    setting = _SETTING.match(cell)
    return cell in named or (setting is not None and setting.group(2).strip("\"' ") in named)


def _others_of_row(row: Row) -> list[_Found]:
    return [_Found("", row.number, form=one.form) for cell in row.cells for one in find_texts(cell)[1]]


def _labels(row: Row) -> tuple[str, ...]:
    """What a row's cells call the columns, where it is a heading; empty where it is none."""
    words = tuple(_key(cell) for cell in row.cells)
    tells = any(_TOKEN_LABEL.fullmatch(word) or word in _IDS for word in words)
    return words if len(words) > 1 and tells and all(len(word) <= 40 for word in words) else ()


#: What a column of tokens is called.
_TOKEN_LABEL = re.compile(r"(?:fb|facebook|meta|page|user|access|longlived|api|graph|permanent)*tokens?(?:value)?")


#: A number right before a token is its Page's ID; what stands further off may be anything.
_ID_BEFORE = re.compile(r"(?:^|[\s,;|>(\"'])(\d{5,20})[\s,;:|<>()\"'=]{1,20}(?:/?[a-z]{1,6}>?\s*)?(?:token:?\s*)?\Z")
_LONGEST_BEFORE = 200


def _of_row(row: Row, tokens: list[tuple[int, FoundText]], labels: tuple[str, ...]) -> list[_Found]:
    """The tokens of one row; with several, each takes what stands nearest to it."""
    found = []
    columns = sorted({index for index, _ in tokens})
    #: Where the token before ends, in each cell: what stands before that is not the next one's.
    ends: dict[int, int] = {}
    for index, text in tokens:
        cell = row.cells[index]
        one = _Found(cell[text.start : text.end], row.number)
        near = None
        if len(columns) > 1 and not (labels and sum(_TOKEN_LABEL.fullmatch(label) is not None for label in labels) > 1):
            near = _group(columns, index, len(row.cells))
        _take_from_cells(one, row, labels, near, index)
        before = cell[max(ends.get(index, 0), text.start - _LONGEST_BEFORE) : text.start]
        ends[index] = text.end
        if not one.name:
            one.name = _name_before(before)
        if not one.page_id and (beside := _ID_BEFORE.search(before)):
            one.page_id = beside.group(1)
        found.append(one)
    return found


def _group(columns: Sequence[int], index: int, width: int) -> set[int]:
    """The places that belong to one of several tokens of a row: those before it; after it, where the row begins so."""
    position = columns.index(index)
    if columns[0] == 0:
        return set(range(index, columns[position + 1] if position + 1 < len(columns) else width))
    last = width if position + 1 == len(columns) else index + 1
    return set(range(columns[position - 1] + 1 if position else 0, last))


def _take_from_cells(
    one: _Found, row: Row, labels: tuple[str, ...], near: set[int] | None, index: int | None = None
) -> None:
    """The name, ID and clients of a row: by the columns' headings, else by their look and by how near they are."""
    cells = [
        (place, cell)
        for place, cell in enumerate(row.cells)
        if cell and place != index and (near is None or place in near) and not find_texts(cell)[0]
    ]
    if index is not None:
        cells.sort(key=lambda item: abs(item[0] - index))

    def labeled(known: frozenset[str]) -> str:
        return next((cell for place, cell in cells if place < len(labels) and labels[place] in known), "")

    one.clients = labeled(_CLIENTS)
    one.page_id = labeled(_IDS)
    if not _PAGE_ID.fullmatch(one.page_id):
        # Where columns are called something, a number under another word is no Page ID.
        numbers = [cell for place, cell in cells if _PAGE_ID.fullmatch(cell) and not _label(labels, place)]
        one.page_id = numbers[0] if numbers else ""
    name = labeled(_NAMES) or next(
        (cell for place, cell in cells if _is_name(cell) and not _is_client(labels, place)), ""
    )
    one.name = _plain_name(name)


def _label(labels: tuple[str, ...], place: int) -> str:
    return labels[place] if place < len(labels) else ""


def _is_client(labels: tuple[str, ...], place: int) -> bool:
    return _label(labels, place) in _CLIENTS


def _plain_name(text: str) -> str:
    """A name without the marks that its file puts around it: an apostrophe, tags, brackets."""
    text = re.sub(r"<[^<>]{1,80}>", " ", text).removeprefix("'").strip()
    return (text[1:-1] if text.startswith("[") and text.endswith("]") else text).strip()[:_LONGEST_NAME]


def _is_name(cell: str) -> bool:
    if len(cell) > 200 or "://" in cell or re.fullmatch(r"(?=.*\d)[\x21-\x7e]{40,}", cell):
        return False
    return re.search(r"[^\W\d_]|[^\x00-\x7f]", cell) is not None


#: Words of a setting's name that say no more than that it is a token of Facebook's.
_PLAIN_WORDS = frozenset(
    {
        "fb", "facebook", "meta", "page", "user", "access", "long", "lived", "token", "tokens", "api", "graph",
        "authorization", "bearer",
    }
)  # fmt: skip


def _name_before(prefix: str) -> str:
    """What NAME=token calls the token; empty where that says no more than that it is one."""
    match = re.search(
        r"(?:\A|(?<=[\s\"'{(,]))(?:export\s+|set\s+)?([^=:\"'&?]{1,80}?)[\"']?\s*(?:=>|[=:])\s*[\"']?\Z", prefix.strip()
    )
    name = match.group(1).strip(" \t-\"'{(,") if match else ""
    words = set(re.findall(r"[^\W_]+", name.lower()))
    return name if words - _PLAIN_WORDS else ""


def _take_from_lines_around(rows: Sequence[Row], by_line: dict[int, list[_Found]]) -> None:
    """Names and IDs on lines of their own, as in YAML and in mails, belong to the token whose lines they are with."""
    for index, row in enumerate(rows):
        for one in by_line.get(row.number, ()) if len(by_line.get(row.number, ())) == 1 else ():
            around = [*_lines_before(rows, index, by_line), *_lines_after(rows, index, by_line)]
            for near in around:
                _take_from_line(one, near.cells[0])


def _lines_before(rows: Sequence[Row], index: int, by_line: dict[int, list[_Found]]) -> list[Row]:
    """The lines right before a token's, nearest first, without a gap and up to another token."""
    lines: list[Row] = []
    while index > 0 and rows[index - 1].number == rows[index].number - 1 and rows[index - 1].number not in by_line:
        if rows[index].cells[0].startswith("- "):
            break
        index -= 1
        lines.append(rows[index])
    return lines[:12]


def _lines_after(rows: Sequence[Row], index: int, by_line: dict[int, list[_Found]]) -> list[Row]:
    lines: list[Row] = []
    while index + 1 < len(rows) and rows[index + 1].number == rows[index].number + 1:
        index += 1
        if rows[index].cells[0].startswith("- "):
            break
        if rows[index].number in by_line:
            # The lines before the next token are that one's.
            return []
        lines.append(rows[index])
    return lines[:12]


def _take_from_line(one: _Found, line: str) -> None:
    setting = _SETTING.match(line)
    if setting is not None:
        key, value = _key(setting.group(1)), setting.group(2).strip().strip("\"',").strip()
        if key in _IDS and not one.page_id and _PAGE_ID.fullmatch(value):
            one.page_id = value
        elif key in _NAMES and not one.name:
            one.name = _plain_name(value)
    elif _PAGE_ID.fullmatch(line):
        one.page_id = one.page_id or line
    elif not one.name and len(line) <= 80 and _is_name(line) and not _COMMENT.match(line) and not line.endswith(":"):
        one.name = _plain_name(line)
