"""What an import may hold: tokens found in any table or text, with the names and IDs beside them."""

import csv
import io
import random

import pytest
import xlsxwriter

from gui.errors import UserError
from gui.files import texts
from gui.files.workbook import workbook
from gui.services import import_rows
from gui.services.import_rows import MOST, ImportRow, read_import_file, read_import_text
from gui.services.sheets import pages_sheet
from gui.services.states import page_rows_now
from gui.services.tokens import read_tokens
from gui.values import Secret
from tests.support.agency import NORD, connect
from tests.support.people import JOB, token_text


@pytest.mark.parametrize(
    "text",
    [
        "{0}\n{1}\n", "{0}", "name,token\nNordlys,{0}\nMüller,{1}\n",
        "token;id;name\n{0};123456789;Nordlys\n{1};987654321;Müller\n",
        "{0}\tNordlys\t123456789\n{1}\tMüller\t987654321", "NORDLYS_TOKEN={0}\nMULLER_TOKEN={1}\n",
        "export NORDLYS_TOKEN=\"{0}\"\n",
        '[{{"name":"Nordlys","id":"123456789","access_token":"{0}"}},{{"name":"Müller","access_token":"{1}"}}]',
        '{{"data":[{{"access_token":"{0}","name":"Nordlys"}}]}}', "\ufeffPage,Token\r\nNordlys,{0}\r\n",
        "{0} \u200b\n\n\n{1}",
        "https://graph.facebook.com/me?access_token={0}&fields=id",
    ],
)  # fmt: skip
def test_tokens_are_found_in_any_shape(text):
    filled = text.format(token_text(1), token_text(2))
    with_token = [one.secret for one in read_import_text(Secret(filled), JOB) if one.secret]
    assert with_token == [Secret(token_text(number)) for number in (1, 2) if token_text(number) in filled]


def test_names_and_ids_beside_a_token_are_seen_in_any_column_order():
    random.seed(11)
    columns = ["name", "id", "token", "note"]
    for _ in range(24):
        random.shuffle(columns)
        out = io.StringIO()
        writer = csv.writer(out, delimiter=random.choice(",;\t"))
        writer.writerow(columns)
        for number in range(5):
            row = {"name": f"Page {number}", "id": str(10**14 + number), "token": token_text(number), "note": ""}
            writer.writerow([row[one] for one in columns])
        with_token = [one for one in read_import_text(Secret(out.getvalue()), JOB) if one.secret]
        assert [(one.name, one.page_id, one.number) for one in with_token] == [
            (f"Page {number}", str(10**14 + number), number + 2) for number in range(5)
        ]


def test_files_of_many_kinds_are_read(tmp_path):
    rows = [("Page", "ID", "Token"), *((f"Página {n}", str(10**14 + n), token_text(n)) for n in range(30))]
    text = "\n".join(";".join(row) for row in rows)
    (tmp_path / "utf8.csv").write_text(text, "utf-8-sig")
    (tmp_path / "utf16.csv").write_text(text, "utf-16")
    (tmp_path / "latin.csv").write_text(text, "cp1252")
    book = xlsxwriter.Workbook(str(tmp_path / "book.xlsx"))
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 2, row)
        if number:
            sheet.write_number(number, 3, int(row[1]))
    book.close()
    for path in sorted(tmp_path.iterdir()):
        with_token = [one for one in read_import_file(path, None, JOB) if one.secret]
        assert [(one.name, one.page_id) for one in with_token] == [(row[0], row[1]) for row in rows[1:]], path.name


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "import_no_tokens"), (b"hello,world\n1,2\n", "import_no_tokens"),
        (b"PK\x03\x04broken", "import_unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "import_needs_password"),
        (b"\x00\xff" * 5000, "import_no_tokens"), (b"[" * 100_000, "import_no_tokens"),
        (b'"' * 3_000_000, "import_no_tokens"),
    ],
)  # fmt: skip
def test_what_is_no_table_of_tokens_is_told(tmp_path, content, kind):
    (tmp_path / "given").write_bytes(content)
    with pytest.raises(UserError) as caught:
        read_import_file(tmp_path / "given", None, JOB)
    assert caught.value.kind == kind
    with pytest.raises(UserError) as caught:
        read_import_file(tmp_path / "nowhere", None, JOB)
    assert caught.value.kind == "import_not_read"


def test_too_many_and_too_large_are_told(tmp_path, monkeypatch):
    from gui.files import reading

    with pytest.raises(UserError) as caught:
        read_import_text(Secret("\n".join(token_text(number) for number in range(MOST + 1))), JOB)
    assert caught.value.kind == "import_too_many"
    assert len(read_import_text(Secret("\n".join(token_text(number) for number in range(MOST))), JOB)) == MOST
    monkeypatch.setattr(reading, "LARGEST", 1000)
    monkeypatch.setattr(import_rows, "LARGEST", 1000)
    (tmp_path / "large").write_bytes(b"x" * 2000)
    with pytest.raises(UserError) as caught:
        read_import_file(tmp_path / "large", None, JOB)
    assert caught.value.kind == "import_too_large"


def test_what_was_exported_comes_back(session, practice, tmp_path):
    login = connect(session, practice, NORD)
    rows = page_rows_now(session, login)
    tokens = read_tokens(session, rows)
    sheet = pages_sheet(session, rows, tokens)
    contents = {
        "a.xlsx": workbook(sheet, Secret("correct horse")),
        "b.csv": texts.encode_text(texts.csv_text(sheet)),
        "c.json": texts.encode_text(texts.json_text(sheet)),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
        with_token = [one for one in read_import_file(tmp_path / name, Secret("correct horse"), JOB) if one.secret]
        assert {one.page_id: one.secret for one in with_token} == tokens, name
        assert {one.name for one in with_token} == {row.page.name for row in rows}
    with pytest.raises(UserError) as caught:
        read_import_file(tmp_path / "a.xlsx", Secret("wrong"), JOB)
    assert caught.value.kind == "import_wrong_password"


def test_a_heading_is_no_row_and_a_row_without_a_token_is_one():
    text = (
        f"Page,Page ID,Token\nمخبز أميرة,123456789,{token_text(1)}\n🌸 Blossom & Co,987654321,lost\n,,{token_text(2)}\n"
    )
    assert read_import_text(Secret(text), JOB) == [
        ImportRow(2, Secret(token_text(1)), "مخبز أميرة", "123456789"),
        ImportRow(3, None, "🌸 Blossom & Co", "987654321"),
        ImportRow(4, Secret(token_text(2))),
    ]


@pytest.mark.parametrize("text", ["", " \n\t\n", "hello", "EAAshort", "[]", "{}", '{"data":[]}', "null", "17"])
def test_pasted_text_without_a_token_is_told(text):
    with pytest.raises(UserError) as caught:
        read_import_text(Secret(text), JOB)
    assert caught.value.kind == "import_no_tokens"


def test_a_row_with_two_tokens_gives_its_first():
    (row,) = read_import_text(Secret(f"Nordlys\t{token_text(1)}\t{token_text(2)}"), JOB)
    assert row == ImportRow(1, Secret(token_text(1)), "Nordlys")


def test_a_long_name_is_cut_and_a_row_never_shows_its_token():
    (row,) = read_import_text(Secret(f"{'n' * 300}\t{token_text(1)}"), JOB)
    assert row.name == "n" * 120
    assert token_text(1) not in repr(row)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{0}", ""),
        ("NORDLYS_TOKEN={0}", "NORDLYS_TOKEN"),
        ("N={0}", "N"),
        ("https://graph.facebook.com/me?access_token={0}", ""),
        ('"access_token": "{0}"', ""),
        (f"{'n' * 80}={{0}}", ""),
    ],
)
def test_what_stands_before_a_token_is_its_name_where_it_can_be_one(text, name):
    assert read_import_text(Secret(text.format(token_text(1))), JOB) == [ImportRow(1, Secret(token_text(1)), name)]
