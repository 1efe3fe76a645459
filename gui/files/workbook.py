"""Excel workbooks, made in memory alone: with a password no clear copy ever touches a disk.

Each library is imported where it is used: a person who opens no workbook waits for none.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from gui.files.document import Part, Row
from gui.files.sheet import Sheet, plain
from gui.values import Secret

#: Larger ones are sheets and shared texts, whose cells were read (bytes).
_LARGEST_INNER = 16 * 1024 * 1024


def workbook(sheet: Sheet, password: Secret | None) -> bytes:
    """An .xlsx file of one sheet; every cell is text, so that IDs keep all their digits.

    With a password it is encrypted (ECMA-376 agile), as Excel and LibreOffice do themselves.
    """
    import xlsxwriter

    clear = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(clear, options)
    worksheet = book.add_worksheet("Pages")
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    for column, (name, width) in enumerate(zip(sheet.names, sheet.widths, strict=True)):
        worksheet.set_column(column, column, width, text)
        worksheet.write_string(0, column, name, bold)
    for number, row in enumerate(sheet.rows, 1):
        for column, cell in enumerate(row):
            worksheet.write_string(number, column, plain(cell), text)
    worksheet.freeze_panes(1, 0)
    worksheet.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.names) - 1)
    book.close()
    return clear.getvalue() if password is None else _encrypt(clear, password)


def _encrypt(clear: io.BytesIO, password: Secret) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    clear.seek(0)
    out = io.BytesIO()
    OOXMLFile(clear).encrypt(password.reveal(), out)
    return out.getvalue()


def is_office_file(data: bytes) -> bool:
    """Whether this is one of Office's own containers (OLE): an old workbook, or any that is protected."""
    return data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def is_encrypted(data: bytes) -> bool:
    """Whether an Office file opens with a password only. One that is damaged does not say so."""
    import msoffcrypto

    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted())
    except Exception:  # What is wrong with a broken file comes in many kinds, and the reader's texts may quote it.
        return False


def decrypt_workbook(data: bytes, password: Secret) -> bytes | None:
    """The workbook inside a protected one; None when the password is not its."""
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError

    out = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        office.load_key(password=password.reveal(), verify_password=True)
        office.decrypt(out)
    except (InvalidKeyError, DecryptionError):
        return None
    return out.getvalue()


def read_sheets(data: bytes, progress: Callable[[int], None]) -> Iterator[Part]:
    """The sheets of a workbook of any kind, their rows by their own numbers; blank rows are left out.

    `progress` is told how many rows were read. What the library raises goes through.
    """
    if data.startswith(b"PK"):
        try:
            parts = list(_read_in_pieces(data, progress))
        except MemoryError:
            raise
        # Stricter than Excel is with what other programs write.
        except Exception:
            parts = None
        if parts is not None:
            yield from parts
            return
    import python_calamine

    book = python_calamine.load_workbook(io.BytesIO(data))
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        rows = enumerate(sheet.to_python(skip_empty_area=False), 1)
        yield Part(name, tuple(_rows(rows, progress)), is_sheet=True)


def other_texts(data: bytes) -> Iterator[tuple[str, str]]:
    """The inner files of an .xlsx workbook in which a token may stand that no cell shows, as they are written."""
    if not data.startswith(b"PK"):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if entry.file_size > _LARGEST_INNER or not entry.filename.endswith((".xml", ".rels")):
                continue
            try:
                content = archive.read(entry)
            except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
                # Damaged, though the cells could be read.
                continue
            if b"EAA" in content:
                yield entry.filename.rpartition("/")[2], words_of_xml(content.decode("utf-8", "replace"))


#: Elements of a document's XML within which words go on: another font, a mark of the spelling.
_WITHIN_WORDS = re.compile(
    r"</?(?:\w+:)?(?:r|rPr|rFont|t|b|i|u|sz|color|family|scheme|charset|vertAlign|proofErr|span|s|bookmark\w*"
    r"|soft-page-break|lang|noProof|rFonts|szCs|bCs|iCs)(?:\s[^<>]{0,300})?/?>"
)


def words_of_xml(text: str) -> str:
    """The XML of a document with each paragraph's words in one piece, whatever fonts they are in."""
    return _WITHIN_WORDS.sub("", text)


def _read_in_pieces(data: bytes, progress: Callable[[int], None]) -> Iterator[Part]:
    """The sheets of an .xlsx file, read a row at a time: two cells a million rows apart take no memory."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        yield Part(sheet.title, tuple(_rows(enumerate(sheet.iter_rows(values_only=True), 1), progress)), is_sheet=True)


def _rows(rows: Iterable[tuple[int, Sequence[Any]]], progress: Callable[[int], None]) -> Iterator[Row]:
    for number, cells in rows:
        if number % 1000 == 0:
            progress(number)
        if any(cell not in {None, ""} for cell in cells):
            yield Row(number, tuple(_text(cell) for cell in cells))


def _text(cell: Any) -> str:
    """A cell as text; a number that is a Page ID keeps its digits."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
