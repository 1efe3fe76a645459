"""Texts as rows of cells: CSV in any of its dialects, Markdown tables, SQL inserts, settings, and plain lines.

Every line keeps its own number, also where lines are put together.
"""

import csv
import itertools
import re
from collections import Counter
from collections.abc import Iterator

from gui.files.document import Row

#: A quote that never closes takes in the rest of a file; after so many of them quotes mean nothing (number).
_MOST_OPEN_QUOTES = 5
_SEPARATORS = ",;\t|"
_SAMPLE = 200
#: A line that a mail program broke is at least so long (characters), and at most.
_BROKEN_LINE = (50, 100)
_INSERT = re.compile(r"\binsert\s+into\b[^(;]*(?=\(|values)", re.IGNORECASE)


def split_lines(text: str) -> list[str]:
    """The lines as an editor numbers them."""
    return re.split(r"\r\n|\n|\r", text)


def unfold(text: str) -> str:
    """The text with long values put together again that a mail broke over lines; each line keeps its number."""
    lines = split_lines(text)
    for index in range(len(lines) - 1, 0, -1):
        before, line = lines[index - 1], lines[index]
        if len(before) >= 70 and re.search(r"[^=\s]=[ \t]*\Z", before):
            lines[index - 1], lines[index] = before.rstrip()[:-1] + line, ""
    if any(re.search(r"=3D", line) for line in lines):
        lines = [re.sub(r"=3D", "=", line) for line in lines]
    index = 0
    while index < len(lines) - 1:
        end = _end_of_fold(lines, index)
        if end > index + 1:
            pieces = [_without_quoting(line) for line in lines[index + 1 : end]]
            lines[index:end] = [lines[index].rstrip() + "".join(pieces), *([""] * (end - index - 1))]
        index = end
    return "\n".join(lines)


def _without_quoting(line: str) -> str:
    return line.lstrip("> \t").rstrip()


def _end_of_fold(lines: list[str], start: int) -> int:
    """The line after those that go on with the long value at the end of line `start`."""
    width = len(lines[start].rstrip())
    shortest, longest = _BROKEN_LINE
    begins = re.search(r"EAA[A-Za-z0-9]{20,}\Z", lines[start].rstrip())
    if begins is None or not shortest <= width <= longest:
        return start + 1
    end, total = start + 1, len(begins.group())
    while end < len(lines):
        piece = _without_quoting(lines[end])
        if not re.fullmatch(r"[A-Za-z0-9]+", piece) or piece.startswith("EAA") or len(lines[end].rstrip()) > width + 2:
            break
        # A word, a number or a key of its own is no piece of a token.
        is_piece = (
            len(piece) >= 8 and re.search(r"\d", piece) and re.search(r"[A-Z]", piece) and re.search(r"[a-z]", piece)
        )
        if not (is_piece or piece.endswith("ZD")) or re.fullmatch(r"[0-9a-fA-F]{32}", piece):
            break
        is_last = end > start + 1 and len(lines[end].rstrip()) < len(lines[end - 1].rstrip())
        total += len(piece)
        end += 1
        if is_last or len(lines[end - 1].rstrip()) < width * 0.8:
            break
    return end if total >= 120 else start + 1


def text_rows(text: str) -> list[Row]:
    """The rows of a text, blank ones left out."""
    if _INSERT.search(text):
        return list(_insert_rows(text))
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
    counts = Counter(line.count(separator) for line in lines[: _SAMPLE * 5] if separator in line)
    usual = counts.most_common(1)[0][0]
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
    """The groups in parentheses of SQL inserts: names of columns first, then values."""
    position = 0
    for match in re.finditer(r"\(((?:[^()'\"]|'(?:[^'\\]|''|\\.)*'|\"(?:[^\"\\]|\\.)*\")*)\)|[^()\n]+", text):
        if match.group(1) is None:
            continue
        position = text.count("\n", 0, match.start()) + 1
        cells = re.findall(r"'((?:[^'\\]|''|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"|([^,'\"\s][^,]*)", match.group(1))
        yield Row(position, tuple("".join(cell).replace("''", "'").strip(" `\n\r\t") for cell in cells))
