"""Excel workbooks, made in memory alone: with a password no clear copy ever touches a disk.

Each library is imported where it is used: a person who opens no workbook waits for none.
"""

import io

from gui.files.sheet import Sheet, plain
from gui.values import Secret


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


def is_encrypted(data: bytes) -> bool:
    """Whether this is a workbook with a password: those are no zip archives but OLE files."""
    return data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


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
