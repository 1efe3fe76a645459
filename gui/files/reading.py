"""Reading tables that someone has: CSV in any of its dialects, and workbooks."""

import csv
import io

import python_calamine

from gui.errors import UserError
from gui.files.workbook import decrypt_workbook, is_encrypted
from gui.values import Secret

#: More than 10,000 rows of tokens need (bytes), and cells that are looked at.
LARGEST = 64 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 20_000, 60

Rows = list[list[str]]


def read_table(data: bytes, password: Secret | None = None) -> Rows:
    """The rows of a CSV file or a workbook, by what the bytes are. Raises UserError."""
    if len(data) > LARGEST:
        raise UserError("import_too_large")
    if is_encrypted(data):
        if not password:
            raise UserError("import_needs_password")
        clear = decrypt_workbook(data, password)
        if clear is None:
            raise UserError("import_wrong_password")
        data = clear
    if data[:4] == b"PK\x03\x04":
        return _read_workbook(data)
    return read_text(_decode(data))


def read_text(text: str) -> Rows:
    """The rows of pasted or saved text: comma, semicolon, tab or bar between cells, or a line each."""
    lines = [line for line in text.splitlines()[: MOST_ROWS + 1] if line.strip()]
    sample = "\n".join(lines[:50])
    separator = max(",;\t|", key=sample.count)
    # A bar stands in app tokens; a separator must be in most lines.
    if sum(separator in line for line in lines[:50]) * 2 < len(lines[:50]):
        return [[line.strip()] for line in lines]
    csv.field_size_limit(1_000_000)
    try:
        return [
            [cell.strip() for cell in row[:MOST_COLUMNS]]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
            if any(row)
        ][: MOST_ROWS + 1]
    except csv.Error:
        return [[cell.strip() for cell in line.split(separator)[:MOST_COLUMNS]] for line in lines]


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _read_workbook(data: bytes) -> Rows:
    rows: list[list[object]] = []
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        for name in book.sheet_names:
            rows.extend(
                list(row) for row in book.get_sheet_by_name(name).to_python(nrows=MOST_ROWS + 1)[: MOST_ROWS + 1]
            )
    except Exception:  # What is wrong with a broken file comes in many kinds, and the reader's texts may quote it.
        failed = True
    else:
        failed = False
    if failed:
        raise UserError("import_unreadable")
    return [[_text(cell) for cell in row[:MOST_COLUMNS]] for row in rows if any(cell != "" for cell in row)]


def _text(cell: object) -> str:
    """A cell as text; a number that is a Page ID keeps its digits."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
