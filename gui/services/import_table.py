"""Tokens in rows and lines, with the name, ID and clients that stand nearest to each."""

import re
from collections.abc import Sequence

from gui.files.document import Part, Row
from gui.graph.token_form import FoundText, find_texts
from gui.services.import_fields import (
    CLIENTS,
    IDS,
    KNOWN,
    NAMES,
    OTHER_LABELS,
    PAGE_ID,
    Field,
    Found,
    Kind,
    NamedValues,
    Setting,
    fields_at_the_top,
    is_name,
    key_of,
    letters_and_digits,
    plain_name,
    setting_of,
    take,
    take_fields,
)

_COMMENT = re.compile(r"\s*(?:#|//|--|/\*|;|\.\.\.)")
_SETTING = re.compile(r"""\s*(?:-\s+)?(?:export\s+|set\s+)?["']?([\w .\-]{1,80}?)["']?\s*[:=]\s*(.*)""")


def tokens_of_rows(part: Part) -> tuple[list[Found], bool]:
    """Tokens row by row; what a row lacks is looked for in the lines around it, up to the next token's."""
    found: list[Found] = []
    labels: tuple[str, ...] = ()
    without: list[tuple[Row, tuple[str, ...]]] = []
    has_more = False
    by_line: dict[int, list[Found]] = {}
    for row in part.rows:
        tokens = [(index, one) for index, cell in enumerate(row.cells) for one in find_texts(cell)[0]]
        if tokens:
            by_line[row.number] = _of_row(row, tokens, labels)
            found += by_line[row.number]
            has_more = has_more or _has_unused_cells(row, labels, by_line[row.number])
            if part.is_sheet:
                found += _others_of_row(row)
            continue
        heading = labels_of(row)
        if heading:
            labels = heading
        else:
            without.append((row, labels))
            if part.is_sheet:
                found += _others_of_row(row)
    width = max((len(row.cells) for row in part.rows if row.number in by_line), default=1)
    _take_from_columns(part.rows, by_line)
    if part.text and not _IS_TABLE.search(part.text):
        _take_named_values(part.text.split("\n"), by_line, is_list=width == 1)
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
            one = Found("", row.number)
            take_from_cells(one, row, heading, None)
            found.append(one)
        elif not (_COMMENT.match(filled[0]) or all(_is_near(cell, named) for cell in filled)):
            has_more = True
    return found, has_more


def _has_unused_cells(row: Row, labels: tuple[str, ...], found: Sequence[Found]) -> bool:
    """Whether a row with a token holds something else than the token and what belongs to it."""
    used = {text for one in found for text in (one.name, one.page_id, one.clients)}
    return any(
        cell and cell.removeprefix("'") not in used and _label(labels, place) not in KNOWN and not find_texts(cell)[0]
        for place, cell in enumerate(row.cells)
    )


def _is_near(cell: str, named: set[str]) -> bool:
    setting = _SETTING.match(cell)
    return cell in named or (setting is not None and setting.group(2).strip("\"' ") in named)


def _others_of_row(row: Row) -> list[Found]:
    return [Found("", row.number, form=one.form) for cell in row.cells for one in find_texts(cell)[1]]


def labels_of(row: Row) -> tuple[str, ...]:
    """What a row's cells call the columns, where it is a heading; empty where it is none."""
    words = tuple(letters_and_digits(cell) for cell in row.cells)
    known = sum(word in NAMES or word in CLIENTS or word in OTHER_LABELS for word in words)
    tells = any(_TOKEN_LABEL.fullmatch(word) or word in IDS for word in words) or known * 2 > len(words) > 2
    return words if len(words) > 1 and tells and all(len(word) <= 40 for word in words) else ()


#: What a column of tokens is called.
_TOKEN_LABEL = re.compile(
    r"(?:fb|facebook|meta|page|user|access|longlived|api|graph|permanent|zugriffs|seiten|paginas?|de|da|le|la|l|del)*"
    r"(?:tokens?|jetons?)(?:value|permanent|longlived|dacc?[eè]s|deacc?es[so]o?|deacesso|dapagina|fb|\d{1,4})*"
)
#: A shorter number that only stands nearby may be a telephone number or a date (digits).
_SURE_ID = 14


#: A number right before a token is its Page's ID; what stands further off may be anything.
_ID_BEFORE = re.compile(
    r"(?:^|[\s,;|>(\"'])(\d{5,20})[\s,;:|<>()\"'=\-–—]{1,20}(?:/?[a-z]{1,6}>?\s*)?(?:token:?\s*)?\Z"
)
_ID_IN_ADDRESS = re.compile(r"facebook\.com/(?:v\d+\.\d+/)?(\d{5,20})[/?][^\s\"']*\Z")
_LONGEST_BEFORE = 200


def _of_row(row: Row, tokens: list[tuple[int, FoundText]], labels: tuple[str, ...]) -> list[Found]:
    """The tokens of one row; with several, each takes what stands nearest to it."""
    found = []
    columns = sorted({index for index, _ in tokens})
    positions = {column: position for position, column in enumerate(columns)}
    is_labeled = sum(_TOKEN_LABEL.fullmatch(label) is not None for label in labels) > 1
    #: Where the token before ends, in each cell: what stands before that is not the next one's.
    ends: dict[int, int] = {}
    for index, text in tokens:
        cell = row.cells[index]
        one = Found(cell[text.start : text.end], row.number)
        near = None
        if len(columns) > 1 and not is_labeled:
            near = _group(columns, positions[index], len(row.cells))
        take_from_cells(one, row, labels, near, index)
        before = cell[max(ends.get(index, 0), text.start - _LONGEST_BEFORE) : text.start]
        ends[index] = text.end
        beside = _ID_BEFORE.search(before)
        if beside and not one.page_id:
            one.page_id = beside.group(1)
            one.is_id_guessed = 0 < len(one.page_id) < _SURE_ID
        elif not one.page_id and (address := _ID_IN_ADDRESS.search(before)):
            one.page_id = address.group(1)
        if not one.name:
            one.name = _name_before(before) or (_words_before(before[: beside.start()]) if beside else "")
        found.append(one)
    return found


def _group(columns: Sequence[int], position: int, width: int) -> set[int]:
    """The places that belong to one of several tokens of a row: those before it; after it, where the row begins so."""
    index = columns[position]
    if columns[0] == 0:
        return set(range(index, columns[position + 1] if position + 1 < len(columns) else width))
    last = width if position + 1 == len(columns) else index + 1
    return set(range(columns[position - 1] + 1 if position else 0, last))


def take_from_cells(
    one: Found, row: Row, labels: tuple[str, ...], near: set[int] | None, index: int | None = None
) -> None:
    """The name, ID and clients of a row: by the columns' headings, else by their look and by how near they are."""
    places = range(len(row.cells)) if near is None else sorted(near)
    cells = [
        (place, row.cells[place])
        for place in places
        if row.cells[place] and place != index and not find_texts(row.cells[place])[0]
    ]
    if index is not None:
        cells.sort(key=lambda item: abs(item[0] - index))

    def labeled(known: frozenset[str]) -> str:
        return next((cell for place, cell in cells if place < len(labels) and labels[place] in known), "")

    one.clients = labeled(CLIENTS)
    one.page_id = labeled(IDS)
    if not PAGE_ID.fullmatch(one.page_id):
        # Where columns are called something, a number under another word is no Page ID.
        numbers = [cell for place, cell in cells if PAGE_ID.fullmatch(cell) and not _label(labels, place)]
        one.page_id = numbers[0] if numbers else ""
        one.is_id_guessed = 0 < len(one.page_id) < _SURE_ID
    if index is not None and "user" in _label(labels, index):
        # A User token is no Page's.
        one.page_id = ""
    name = labeled(NAMES) or next(
        (cell for place, cell in cells if is_name(cell) and _label(labels, place) not in _NAMELESS), ""
    )
    one.name = plain_name(name)


def _label(labels: tuple[str, ...], place: int) -> str:
    return labels[place] if place < len(labels) else ""


_NAMELESS = CLIENTS | OTHER_LABELS


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
        r"(?:\A|(?<=[\s\"'{(,]))(?:export\s+|set\s+)?((?:\s&\s|[^=:\"'&?]){1,80}?)[\"']?\s*(?:=>|[=:])\s*[\"']?\Z",
        prefix.strip(),
    )
    name = match.group(1).strip(" \t-\"'{(,") if match else ""
    name = re.sub(r"\s*[(\[]?\d{5,20}[)\]]?\Z", "", name)
    words = set(re.findall(r"[^\W_]+", name.lower()))
    return name if words - _PLAIN_WORDS else ""


def _words_before(text: str) -> str:
    """What stands before a token's ID: `Nordlys (10440…): EAA…`, `Nordlys - 10440… - EAA…`."""
    name = text.strip(" \t-–—:|>/()[]{}•*·→=,;#\"'")
    return name if len(name) <= 80 and "=" not in name and ":" not in name and is_name(name) else ""


#: Rows of these are no lines: a web page's table, a database's INSERT.
_IS_TABLE = re.compile(r"<tr[\s>]|\binsert\s+into\b", re.IGNORECASE)
#: What parts one record from the next: brackets alone, an element that holds others, a line drawn.
_BOUNDARY = re.compile(r"[\[\](){},;\s]+|</?[\w:.\-]+(?:\s[^<>]*)?/?>|([-=*_])\1{2,}")
#: So many lines on either side of a token may belong to it.
_MOST_LINES = 12
#: A key over what stands further in: `Nordlys:`, `nordlys: {`, `'nordlys' => [`.
_BLOCK_KEY = re.compile(r"""["']?([^"'<>{}\[\]]{1,80}?)["']?\s*(?:=>|:)\s*(?:\{|\[|array\()?""")
_PLAIN_BLOCKS = frozenset(
    {"pages", "accounts", "tokens", "data", "facebook", "meta", "page", "items", "list", "config"}
)


def _take_from_columns(rows: Sequence[Row], by_line: dict[int, list[Found]]) -> None:
    """A table that lies on its side: the first cell of each row says what the row holds."""
    for place, row in enumerate(rows):
        found = by_line.get(row.number, ())
        if len(found) < 2 or (key := key_of(row.cells[0])) is None or key.kind is not Kind.TOKEN:
            continue
        column_of = {text: index for index, cell in enumerate(row.cells) for text in re.findall(r"\w+", cell)}
        columns = [column_of.get(one.token, 0) for one in found]
        for other in rows[max(0, place - _MOST_LINES) : place + _MOST_LINES]:
            key = None if other.number in by_line else key_of(other.cells[0])
            for one, column in zip(found, columns, strict=True):
                if key is not None and column < len(other.cells):
                    take(one, Field(key, plain_name(other.cells[column])))


def _take_named_values(lines: Sequence[str], by_line: dict[int, list[Found]], *, is_list: bool) -> None:
    """What is named beside the tokens: on their own lines, on the lines around them, and by keys that are alike."""
    if not by_line:
        return
    settings = [setting_of(line) for line in lines]
    named = NamedValues(settings)
    around = [Row(number, (line.lstrip("> \t").rstrip(),)) for number, line in enumerate(lines, 1) if line.strip()]
    # Where the token is all that a line holds, what belongs to it stands on others.
    alone = is_list or all(settings[number - 1] for number in by_line)
    for row in around:
        found = by_line.get(row.number, ())
        if found:
            take_fields(found, lines[row.number - 1])
            named.complete(found, settings[row.number - 1])
    for block in _blocks(around) if alone else ():
        _take_from_block(block, by_line, lines, settings)


def _blocks(rows: Sequence[Row]) -> list[list[Row]]:
    """Lines that stand together: without a gap, a bracket alone, a new item of a list or a key over a block between."""
    blocks: list[list[Row]] = [[]]
    for row in rows:
        text = row.cells[0]
        is_boundary = _BOUNDARY.fullmatch(text) is not None
        follows = blocks[-1] and blocks[-1][-1].number == row.number - 1
        if not follows or is_boundary or text.startswith("- ") or _BLOCK_KEY.fullmatch(text):
            blocks.append([])
        if not is_boundary:
            blocks[-1].append(row)
    return [block for block in blocks if block]


def _take_from_block(
    block: Sequence[Row], by_line: dict[int, list[Found]], lines: Sequence[str], settings: Sequence[Setting | None]
) -> None:
    """Names and IDs on lines of their own, as in YAML and in mails.

    As many as stand before the first token of a block stand before each; what else is between two is the first one's.
    """
    places = [index for index, row in enumerate(block) if row.number in by_line]
    for which, place in enumerate(places):
        found = by_line[block[place].number]
        if len(found) != 1:
            continue
        start = places[which - 1] + 1 if which else 0
        before = block[max(start, place - places[0]) : place]
        end = len(block) if which + 1 == len(places) else max(place + 1, places[which + 1] - places[0])
        setting = settings[block[place].number - 1]
        stem = setting[0].stem if setting else ""
        for near in (*reversed(before[-_MOST_LINES:]), *block[place + 1 : end][:_MOST_LINES]):
            _take_from_line(found[0], near.cells[0], stem)
        head = block[0] if which == 0 and place else None
        if head is not None and not found[0].name and (match := _BLOCK_KEY.fullmatch(head.cells[0])):
            further_out = _indent(lines[head.number - 1]) < _indent(lines[block[place].number - 1])
            if further_out and letters_and_digits(match[1]) not in _PLAIN_BLOCKS and is_name(match[1]):
                found[0].name = plain_name(match[1])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _take_from_line(one: Found, line: str, stem: str) -> None:
    fields = fields_at_the_top(line)
    for field in fields:
        if field.key.stem in {"", stem} and not field.key.is_plural:
            take(one, field, only_missing=True)
    if fields or _SETTING.match(line):
        return
    if PAGE_ID.fullmatch(line):
        one.page_id = one.page_id or line
    elif _COMMENT.match(line) or line.endswith((":", ",")) or key_of(line) is not None:
        return
    elif not one.name and len(line) <= 80 and is_name(line):
        one.name = plain_name(line)
