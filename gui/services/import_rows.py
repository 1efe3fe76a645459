"""What an import may hold: rows with something like a token, from a file or pasted text, columns in any order."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gui.errors import JobContext, UserError
from gui.files.reading import LARGEST, MOST_ROWS, Rows, read_table, read_text
from gui.services.input_parsing import INVISIBLE
from gui.values import Secret

#: A text that can be a Facebook token: a whole value that begins as theirs do and is letters and digits alone. What is
#: part of a longer text, such as a key of another program in base64, is none, nor is a value as long as Square's access
#: tokens, which begin alike (EAAA and 60 more). Nothing else of an import is ever sent to Facebook.
_TOKEN = re.compile(
    r"(?:^|(?<=[\s\"'`“”„«»‘’=:,;|(\[{<>])|(?<=%3D))"
    r"(?!EAAA[A-Za-z0-9]{60}(?![A-Za-z0-9]))EAA[A-Za-z0-9]{20,5000}"
    r"(?![A-Za-z0-9_\-+/=@!$~*^\\]|\.[A-Za-z0-9])"
)
_PAGE_ID = re.compile(r"\d{5,20}")
#: At most so many tokens are taken from one import.
MOST = 10_000


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row that may be imported: its number in the table (from 1) and its token (None: there is none).

    `name` and `page_id` are what stands beside the token.
    """

    number: int
    secret: Secret | None
    name: str = ""
    page_id: str = ""


def read_import_file(path: Path, password: Secret | None, job: JobContext) -> list[ImportRow]:
    """The rows of a file that hold something like a token. Raises UserError."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError:
        data = None
    if data is None:
        raise UserError("import_not_read", name=path.name)
    if data[:1] in {b"[", b"{"}:
        return read_import_text(Secret(data.decode("utf-8", "replace")), job)
    return _candidates(read_table(data, password))


def read_import_text(text: Secret, job: JobContext) -> list[ImportRow]:
    """The rows of pasted text: a table with any separator, JSON, NAME=token lines, or tokens alone."""
    return _candidates(_json_rows(text) or read_text(text.reveal().translate(INVISIBLE)))


def _json_rows(text: Secret) -> Rows | None:
    try:
        data = json.loads(text.reveal())
    except (ValueError, RecursionError):
        return None
    data = data.get("data", [data]) if isinstance(data, dict) else data
    if not isinstance(data, list):
        return None
    return [
        [str(cell) for cell in (entry.values() if isinstance(entry, dict) else [entry]) if isinstance(cell, str | int)]
        for entry in data[: MOST_ROWS + 1]
    ]


def _without_keys(rows: Rows) -> Iterator[list[str]]:
    """Rows without what stands in a private key or a certificate (PEM), in one cell or over many lines."""
    in_key = False
    for row in rows:
        cells = []
        for cell in row:
            starts, ends = cell.rfind("-----BEGIN"), cell.rfind("-----END")
            is_key = in_key or starts >= 0
            in_key = ends < starts if starts >= 0 else in_key and ends < 0
            cells.append("" if is_key else cell.translate(INVISIBLE))
        yield cells


def _candidates(rows: Rows) -> list[ImportRow]:
    """Which cell is what is seen row by row, so that columns may stand in any order."""
    candidates = []
    for number, row in enumerate(_without_keys(rows), 1):
        token, name, page_id = None, "", ""
        for cell in row:
            match = _TOKEN.search(cell)
            if match and token is None:
                token = Secret(match.group())
                prefix = cell[: match.start()].strip(" =:\"'")
                name = name or (prefix if 0 < len(prefix) < 80 and "access_token" not in prefix else "")
            elif _PAGE_ID.fullmatch(cell):
                page_id = page_id or cell
            elif not name and cell and not match:
                name = cell[:120]
        if token is not None or number > 1:
            candidates.append(ImportRow(number, token, name, page_id))
    if not any(candidate.secret for candidate in candidates):
        raise UserError("import_no_tokens")
    if sum(candidate.secret is not None for candidate in candidates) > MOST:
        raise UserError("import_too_many", name=f"{MOST:,}")
    return candidates
