"""Files of every format: what they hold is read, and what cannot be read in them is named."""

import base64
import email.message
import gzip
import io
import zipfile
from collections.abc import Mapping, Sequence

import pyrage
import pytest
import xlsxwriter

from gui.errors import UserError
from gui.files import protect, reading
from gui.files.document import Document, Leaf
from gui.files.reading import decode, read_document, read_text
from gui.values import Secret
from tests.support.people import token_text
from tests.unit.services.test_import_rows import CASES

TOKENS = [token_text(number) for number in range(8)]
TABLE = f"Page;Token\nCafé Müller;{TOKENS[0]}\nKayak;{TOKENS[1]}\n"
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256))


def read(data: bytes, password: str = "") -> Document:
    return read_document(data, Secret(password) if password else None, lambda _: None)


def cells(document: Document) -> dict[str, list[tuple[str, ...]]]:
    return {part.name: [row.cells for row in part.rows] for part in document.parts if not part.is_copy}


def kind_of(data: bytes, password: str = "") -> str:
    with pytest.raises(UserError) as caught:
        read(data, password)
    return caught.value.kind


def packed(files: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def book(rows: Sequence[tuple[str, ...]], sheet: str = "Pages") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        worksheet = made.add_worksheet(sheet)
        for number, row in enumerate(rows):
            worksheet.write_row(number, 0, row)
    return out.getvalue()


TABLE_CELLS = [("Page", "Token"), ("Café Müller", TOKENS[0]), ("Kayak", TOKENS[1])]


# -------------------------------------------------------------------- encodings
@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode(), TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"), TABLE.encode("utf-16-le"), TABLE.encode("utf-16-be"),
        b"\xfe\xff" + TABLE.encode("utf-16-be"), TABLE.encode("utf-32"), b"\0\0\xfe\xff" + TABLE.encode("utf-32-be"),
        TABLE.encode("cp1252"), TABLE.replace("\n", "\r\n").encode(), TABLE.replace("\n", "\r").encode(),
    ],
)  # fmt: skip
def test_a_text_is_read_in_whatever_encoding_it_is(data):
    assert cells(read(data)) == {"": TABLE_CELLS}


def test_bytes_that_no_encoding_reads_take_nothing_else_with_them():
    assert TOKENS[0] in decode(b"\x81\x8d" + TOKENS[0].encode() + b"\xff\xfe")
    assert TOKENS[0] in decode(TOKENS[0].encode("utf-16") + b"\n")
    assert decode(b"") == ""


# --------------------------------------------------------------------- archives
def test_every_file_of_an_archive_is_read_and_a_picture_is_named_as_unread():
    document = read(packed({"a.csv": TABLE, "logo.png": PICTURE, "more/b.json": f'{{"token": "{TOKENS[2]}"}}'}))
    assert cells(document) == {"a.csv": TABLE_CELLS, "more/b.json": []}
    assert document.parts[1].leaves == (Leaf(("token",), TOKENS[2]),)
    assert document.unread == ["logo.png"]


def test_an_archive_within_an_archive_is_read_and_a_deeper_one_is_named():
    inner: dict[str, bytes | str] = {"a.csv": TABLE}
    assert cells(read(packed({"in.zip": packed(inner)}))) == {"in.zip, a.csv": TABLE_CELLS}
    for _ in range(2):
        inner = {"in.zip": packed(inner)}
    assert cells(read(packed(inner))) == {"in.zip, in.zip, a.csv": TABLE_CELLS}
    deeper = read(packed({"in.zip": packed(inner)}))
    assert (deeper.parts, deeper.unread) == ([], ["in.zip, in.zip, in.zip, a.csv"])


def test_a_workbook_and_a_mail_within_an_archive_are_read():
    document = read(packed({"b.xlsx": book(TABLE_CELLS), "c.eml": mail("Kayak: " + TOKENS[2])}))
    assert cells(document) == {"b.xlsx, Pages": TABLE_CELLS, "c.eml": [(f"Kayak: {TOKENS[2]}",)]}


def test_what_in_an_archive_is_too_large_is_named(monkeypatch):
    monkeypatch.setattr(reading, "LARGEST", 2000)
    document = read(packed({"a.csv": TABLE, "large.csv": "x" * 3000}))
    assert (cells(document), document.unread) == ({"a.csv": TABLE_CELLS}, ["large.csv"])
    assert kind_of(b"x" * 3000) == "import_too_large"


def test_a_protected_archive_asks_for_its_password():
    data = protect.encrypt_zip("tokens.csv", TABLE.encode(), Secret("correct horse"))
    assert kind_of(data) == "import_needs_password"
    assert kind_of(data, "wrong") == "import_wrong_password"
    assert cells(read(data, "correct horse")) == {"tokens.csv": TABLE_CELLS}


@pytest.mark.parametrize("data", [b"PK\x03\x04broken", packed({"a.csv": TABLE})[:-30]])
def test_a_damaged_archive_is_told(data):
    assert kind_of(data) == "import_unreadable"


# -------------------------------------------------------------------------- age
def test_age_is_opened_by_its_key_in_whatever_form_it_is_pasted():
    identity = pyrage.x25519.Identity.generate()
    data = protect.encrypt_age(TABLE.encode(), str(identity.to_public()))
    assert kind_of(data) == "import_needs_key"
    assert kind_of(data, str(pyrage.x25519.Identity.generate())) == "import_wrong_key"
    assert kind_of(data[:-20], str(identity)) == "import_wrong_key"
    for key in (str(identity), f"# created: today\n# public key: x\n{identity}\n", f"  {str(identity).lower()}  "):
        assert cells(read(data, key)) == {"": TABLE_CELLS}


def test_age_with_a_passphrase_and_with_an_archive_in_it_is_opened():
    assert cells(read(pyrage.passphrase.encrypt(TABLE.encode(), "correct horse"), "correct horse")) == {"": TABLE_CELLS}
    identity = pyrage.x25519.Identity.generate()
    data = protect.encrypt_age(packed({"a.csv": TABLE}), str(identity.to_public()))
    assert cells(read(data, str(identity))) == {"a.csv": TABLE_CELLS}


# ------------------------------------------------------------------------ mails
def mail(text: str, *attachments: tuple[str, bytes], how: str = "quoted-printable") -> bytes:
    message = email.message.EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.com", "b@example.com", "Tokens"
    message.set_content(text, cte=how)
    for name, content in attachments:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


@pytest.mark.parametrize("how", ["quoted-printable", "base64", "8bit"])
def test_the_text_and_the_attachments_of_a_mail_are_read(how):
    data = mail(f"Café: {TOKENS[2]}\n", ("tokens.csv", TABLE.encode()), ("logo.png", PICTURE), how=how)
    assert (TOKENS[2].encode() in data) is (how == "8bit")
    document = read(data)
    assert cells(document) == {"message": [(f"Café: {TOKENS[2]}",)], "tokens.csv": TABLE_CELLS}
    assert document.unread == ["logo.png"]


def test_a_mail_that_hangs_on_a_mail_is_read():
    inner = email.message_from_bytes(mail(f"Kayak: {TOKENS[3]}\n"), policy=email.policy.default)
    outer = email.message.EmailMessage()
    outer["From"] = "c@example.com"
    outer.set_content("Passed on")
    outer.add_attachment(inner)
    texts = [part.text for part in read(outer.as_bytes()).parts if not part.is_copy]
    assert any(TOKENS[3] in text for text in texts)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "utf-16", "nonsense", "unknown-8bit"])
def test_a_mail_in_whatever_charset_it_says_loses_no_token(charset):
    body = base64.encodebytes(f"Kayak: {TOKENS[2]}\n".encode(charset if charset == "utf-16" else "utf-8")).decode()
    data = f"From: a\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n"
    data += f"Content-Transfer-Encoding: base64\n\n{body}"
    assert any(TOKENS[2] in part.text for part in read(data.encode()).parts)


def test_what_the_headers_of_a_mail_hold_is_read_as_well():
    (body, headers) = read(f"From: a\nMessage-ID: <1@a>\nX-Token: {TOKENS[0]}\n\n{TOKENS[1]}\n".encode()).parts
    assert (body.is_copy, headers.is_copy) == (False, True)
    assert TOKENS[0] in headers.text


# -------------------------------------------------------------------- workbooks
OPEN_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet>
<table:table table:name="Pages">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"""


def open_document(rows: Sequence[tuple[str, ...]]) -> bytes:
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", OPEN_DOCUMENT.format(rows=lines), zipfile.ZIP_DEFLATED)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return out.getvalue()


def test_an_open_document_is_read():
    assert cells(read(open_document(TABLE_CELLS))) == {"Pages": TABLE_CELLS}


def test_an_old_workbook_is_read():
    document = read((CASES / "old-workbook.xls").read_bytes())
    rows = {row.number: row.cells for part in document.parts for row in part.rows}
    assert rows[2][:2] == ("Café Müller", "1000000")
    assert rows[4][:2] == ("Nordlys Kayak", "1000001")


def test_every_sheet_of_a_workbook_is_read_and_an_id_keeps_its_digits():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        made.add_worksheet("Empty")
        sheet = made.add_worksheet("Kunden & Co")
        sheet.write_number("B7", 101234567890123)
        sheet.write_string("D7", TOKENS[0])
        sheet.write_boolean("A9", True)
        sheet.write_formula("A10", f'="{TOKENS[1]}"', None, TOKENS[1])
    document = read(out.getvalue())
    assert [(part.name, part.is_sheet) for part in document.parts if not part.is_copy] == [
        ("Empty", True),
        ("Kunden & Co", True),
    ]
    assert {row.number: row.cells for row in document.parts[1].rows} == {
        7: ("", "101234567890123", "", TOKENS[0]),
        9: ("True",),
        10: (TOKENS[1],),
    }


def test_how_many_rows_were_read_is_told():
    told: list[int] = []
    read_document(book([(str(number), "x") for number in range(2500)]), None, told.append)
    assert told == [1000, 2000]


# ------------------------------------------------------------------------ texts
def test_json_is_its_values_at_any_depth():
    assert read_text('{"a": {"b": [1, "x", null, true]}}').parts[0].leaves == (
        Leaf(("a", "b", 0), "1"),
        Leaf(("a", "b", 1), "x"),
    )
    assert read_text(f'{{"{TOKENS[0]}": "Kayak"}}').parts[0].leaves[0].text == TOKENS[0], "a key is a value, too"
    inner = read_text('{"message": "{\\"token\\": \\"x\\"}"}').parts[0]
    assert inner.leaves == (Leaf(("message", "token"), "x"),), "JSON within a text of JSON"
    assert [leaf.path for leaf in read_text('{"a": "b"}\n{"a": "c"}\n').parts[0].leaves] == [(0, "a"), (1, "a")]


@pytest.mark.parametrize(
    "text", ["[" * 3000 + f'"{TOKENS[0]}"' + "]" * 3000, f'{{"a": "{TOKENS[0]}"', f"{{a: {TOKENS[0]}}}"]
)
def test_what_is_no_json_after_all_is_read_as_a_text(text):
    (part,) = read_text(text).parts
    assert TOKENS[0] in part.text


def test_what_nobody_sees_is_taken_out_of_a_text():
    (part,) = read_text(f"\ufeff{TOKENS[0][:50]}\u200b{TOKENS[0][50:]}\u00ad").parts
    assert part.text == TOKENS[0]


# ------------------------------------------------------------- other kinds of files
def test_a_file_packed_with_gzip_is_read():
    assert cells(read(gzip.compress(TABLE.encode()))) == {"": TABLE_CELLS}
    assert kind_of(gzip.compress(TABLE.encode())[:-20]) == "import_unreadable"


def test_what_unpacks_to_more_than_the_largest_file_is_told(monkeypatch):
    monkeypatch.setattr(reading, "LARGEST", 2000)
    assert kind_of(gzip.compress(b"x" * 3000)) == "import_too_large"


@pytest.mark.parametrize(
    ("beginning", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF document"), (b"7z\xbc\xaf\x27\x1c\0\4", "a 7-Zip archive"),
        (b"Rar!\x1a\x07\x01\0", "a RAR archive"), (b"\x03\xd9\xa2\x9a\x67", "a KeePass database"),
        (PICTURE, "a picture"),
    ],
)  # fmt: skip
def test_a_kind_of_file_that_is_not_read_is_named_and_what_stands_in_clear_is_found(beginning, kind):
    document = read(beginning + b"\0\xff" * 40)
    assert document.unread == [kind]
    document = read(beginning + b"\0\xff" + f" {TOKENS[0]} ".encode() + b"\0\xff" * 40)
    assert document.unread == [kind]
    assert TOKENS[0] in document.parts[0].text
    assert read(packed({"notes.bin": beginning + b"\0\xff", "a.csv": TABLE})).unread == ["notes.bin"]


def test_a_workbook_whose_other_parts_are_damaged_gives_its_cells():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write_row(0, 0, ["Kayak", TOKENS[0]])
    data = out.getvalue().replace(b"docProps/app.xml", b"docProps/aPp.xml", 1)
    assert any(TOKENS[0] in cell for part in read(data).parts for row in part.rows for cell in row.cells)
