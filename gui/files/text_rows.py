"""Texts as rows of cells: CSV in any of its dialects, Markdown tables, SQL inserts, settings, and plain lines.

Every line keeps its own number, also where lines are put together.
"""

import csv
import itertools
import re
from collections.abc import Iterator
from html import unescape

from gui.files.document import Row
from gui.files.token_pieces import goes_on, is_piece

#: A quote that never closes takes in the rest of a file; after so many of them quotes mean nothing (number).
_MOST_OPEN_QUOTES = 5
_SEPARATORS = ",;\t|"
_SAMPLE = 200
#: A line that a mail program broke is at least so long (characters), and at most.
_BROKEN_LINE = (50, 100)
#: A line that was put together does not get longer (characters).
_LONGEST_JOINED = 50_000
_INSERT = re.compile(r"\binsert\s+into\b[^(;]{0,300}(?=\(|values)", re.IGNORECASE)
#: In quoted-printable every = begins a character's code or breaks a line.
_NOT_QUOTED_PRINTABLE = re.compile(r"=(?![0-9A-F]{2}|[ \t]*(?:\n|\Z))")


def split_lines(text: str) -> list[str]:
    """The lines as an editor numbers them."""
    return re.split(r"\r\n|\n|\r", text)


def unfold(text: str) -> str:
    """The text with long values put together again that a mail broke over lines; each line keeps its number."""
    lines = split_lines(text)
    is_quoted_printable = "=3D" in text and _NOT_QUOTED_PRINTABLE.search(text) is None
    first = 0
    for index in range(1, len(lines)):
        before, line = lines[first].rstrip(), lines[index]
        is_broken = is_quoted_printable and before.endswith("=") and 60 <= len(lines[first]) < _LONGEST_JOINED
        if is_broken or _is_continued(before, line.strip()):
            lines[first], lines[index] = before[:-1] + line.lstrip(), ""
        else:
            first = index
    if is_quoted_printable:
        lines = [line.replace("=3D", "=") for line in lines]
    index = 0
    while index < len(lines) - 1:
        end = _end_of_fold(lines, index)
        if end > index + 1:
            pieces = [_without_quoting(line) for line in lines[index + 1 : end]]
            lines[index:end] = [lines[index].rstrip() + "".join(pieces), *([""] * (end - index - 1))]
        index = end
    return "\n".join(lines)


def _is_continued(before: str, line: str) -> bool:
    """Whether a line ends with a token and the mark by which settings, or a value out of a mail, go on in the next."""
    begins = re.search(r"(EAA[A-Za-z0-9]{20,})([=\\])\Z", before)
    piece = re.match(r"[A-Za-z0-9]{4,}(?!\s*[:=])", line)
    if begins is None or piece is None or piece[0].startswith("EAA"):
        return False
    # A mail's lines are as long as they may be; a shorter one that ends so is another key, filled up.
    return begins[2] == "\\" or (len(before) >= 72 and is_piece(piece[0]) and goes_on(begins[1], piece[0]))


def _without_quoting(line: str) -> str:
    return line.lstrip("> \t").rstrip()


def _end_of_fold(lines: list[str], start: int) -> int:
    """The line after those that go on with the long value at the end of line `start`."""
    width = len(lines[start].rstrip())
    shortest, longest = _BROKEN_LINE
    begins = re.search(r"EAA[A-Za-z0-9]{20,}\Z", lines[start].rstrip())
    if begins is None or not shortest <= width <= longest:
        return start + 1
    before = lines[start - 1].strip() if start else ""
    is_block = len(before) == len(lines[start].strip()) and re.fullmatch(r"[A-Za-z0-9+/=]+", before) is not None
    # A line of base64, or a key of another program that begins alike.
    if is_block or (begins.group().startswith("EAAA") and len(begins.group()) <= 68):
        return start + 1
    end, token = start + 1, begins.group()
    while end < len(lines):
        piece = _without_quoting(lines[end])
        if not is_piece(piece) or not goes_on(token, piece) or len(piece) > width + 2:
            break
        is_last = end > start + 1 and len(lines[end].rstrip()) < len(lines[end - 1].rstrip())
        token += piece
        end += 1
        if is_last or len(lines[end - 1].rstrip()) < width * 0.8:
            break
    return end if len(token) >= 150 else start + 1


def text_rows(text: str) -> list[Row]:
    """The rows of a text, blank ones left out."""
    if re.search(r"<tr[\s>]", text, re.IGNORECASE):
        return [row for row in _html_rows(text) if any(row.cells)]
    if _INSERT.search(text):
        return [row for row in _insert_rows(text) if any(row.cells)]
    lines = split_lines(text)
    filled = [line for line in lines[: _SAMPLE * 5] if line.strip()][:_SAMPLE]
    separator = max(_SEPARATORS, key=lambda one: sum(one in line for line in filled))
    if sum(separator in line for line in filled) * 2 < len(filled) or not filled:
        rows = [Row(number, _cells_of_line(line)) for number, line in enumerate(lines, 1)]
    elif separator == "|":
        rows = [Row(number, _split(line, "|")) for number, line in enumerate(lines, 1)]
    else:
        rows = list(_csv_rows(lines, separator))
    return [row for row in rows if any(row.cells) and not all(re.fullmatch(r":?-*:?", cell) for cell in row.cells)]


def _cells_of_line(line: str) -> tuple[str, ...]:
    for separator in "\t|":
        if line.count(separator) >= (1 if separator == "\t" else 2):
            return _split(line, separator)
    # A mail that is answered or passed on marks its lines.
    return (line.lstrip("> \t").rstrip(),)


def _split(line: str, separator: str) -> tuple[str, ...]:
    cells = [cell.strip().strip('"').strip() for cell in line.strip().split(separator)]
    if separator == "|" and line.strip().startswith("|"):
        cells = cells[1:-1] if line.strip().endswith("|") else cells[1:]
    return tuple(cells)


def _csv_rows(lines: list[str], separator: str) -> Iterator[Row]:
    """Rows of a CSV text; where a quote never closes, its line is taken as it stands and nothing is lost."""
    csv.field_size_limit(1_000_000)
    # Of the heading, or of the first row: a row that goes over several lines has them on all of its lines together.
    usual = next(line.count(separator) for line in lines if separator in line)
    position = open_quotes = 0
    while position < len(lines):
        if open_quotes >= _MOST_OPEN_QUOTES:
            yield from (
                Row(number, _split(line, separator)) for number, line in enumerate(lines[position:], position + 1)
            )
            return
        reader = csv.reader((f"{line}\n" for line in itertools.islice(lines, position, None)), delimiter=separator)
        start = position
        read = 0
        swallowed = False
        while not swallowed:
            try:
                cells = next(reader, None)
            except csv.Error:
                cells, swallowed = [], True
            if cells is None:
                return
            taken, read = lines[start + read : start + reader.line_num], reader.line_num
            swallowed = swallowed or sum(line.count(separator) >= usual for line in taken) > 1
            if not swallowed:
                yield Row(position + 1, tuple(" ".join(cell.split()) for cell in cells))
                position = start + read
        yield Row(position + 1, _split(lines[position], separator))
        position, open_quotes = position + 1, open_quotes + 1


def _insert_rows(text: str) -> Iterator[Row]:
    """The groups in parentheses of SQL inserts: names of columns first, then values; a function's are part of a value.

    A quote counts within a group alone, so that one in a comment opens nothing.
    """
    cells: list[str] = []
    cell: list[str] = []
    depth, quote, line, begun = 0, "", 1, 1
    for match in re.finditer(r"\\.|''|['\"`(),\n\\]|[^'\"`(),\n\\]+", text, re.DOTALL):
        sign = match.group()
        line += sign.count("\n")
        if quote:
            if sign == quote:
                quote = ""
            else:
                cell.append("'" if sign == "''" else sign)
        elif sign == "(":
            depth += 1
            if depth == 1:
                cells, cell, begun = [], [], line
        elif sign == ")" and depth:
            depth -= 1
            if depth == 0:
                yield Row(begun, tuple(_plain_value(one) for one in (*cells, "".join(cell))))
        elif sign == "," and depth == 1:
            cells.append("".join(cell))
            cell = []
        elif sign in {"'", '"', "`"} and depth:
            quote = sign
        elif depth and sign != "''":
            cell.append(sign)


def _plain_value(text: str) -> str:
    """A value as it is meant: what stands for none is empty."""
    value = " ".join(text.split())
    return "" if value.upper() in {"NULL", "DEFAULT"} else value


_ROW = re.compile(r"<tr[\s>](.*?)(?=</tr|<tr[\s>]|</table|\Z)", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(r"<t[dh](?:\s[^<>]{0,2000})?>(.*?)(?=</?t[dhr][\s>]|\Z)", re.IGNORECASE | re.DOTALL)


def _html_rows(text: str) -> Iterator[Row]:
    """The rows of the tables of a web page."""
    line, position = 1, 0
    for match in _ROW.finditer(text):
        line += text.count("\n", position, match.start())
        position = match.start()
        cells = (re.sub(r"<[^<>]{1,2000}>", " ", cell) for cell in _CELL.findall(match.group()))
        yield Row(line, tuple(" ".join(unescape(cell).split()) for cell in cells))
