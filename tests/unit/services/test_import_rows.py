"""What an import may hold: tokens found in any table or text, with the names and IDs beside them."""

import csv
import io
import os
import random
import re
import zipfile
from pathlib import Path

import pyrage
import pytest
import xlsxwriter

from gui.errors import Cancelled, NullContext, UserError
from gui.files import reading, texts
from gui.files.workbook import workbook
from gui.services import import_rows
from gui.services.export import ExportOptions, export
from gui.services.import_rows import MOST, ImportRow, joined, read_import_file, read_import_text
from gui.services.sheets import pages_sheet
from gui.services.states import page_rows_now
from gui.services.tag import give
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
    with_token = [one.secret for one in read_import_text(Secret(filled), JOB).rows if one.secret]
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
        with_token = [one for one in read_import_text(Secret(out.getvalue()), JOB).rows if one.secret]
        assert [(one.name, one.page_id, one.place) for one in with_token] == [
            (f"Page {number}", str(10**14 + number), f"line {number + 2}") for number in range(5)
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
        with_token = [one for one in read_import_file(path, None, JOB).rows if one.secret]
        assert [(one.name, one.page_id) for one in with_token] == [(row[0], row[1]) for row in rows[1:]], path.name


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "import_no_tokens"), (b"hello,world\n1,2\n", "import_no_tokens"),
        (b"PK\x03\x04broken", "import_unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "import_unreadable"),
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


def test_tokens_beyond_the_most_are_counted_and_a_file_too_large_is_told(tmp_path, monkeypatch):
    reading = read_import_text(Secret("\n".join(token_text(number) for number in range(MOST + 3))), JOB)
    assert (reading.tokens, reading.beyond) == (MOST, 3)
    reading = read_import_text(Secret("\n".join(token_text(number) for number in range(MOST))), JOB)
    assert (reading.tokens, reading.beyond) == (MOST, 0)
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
        with_token = [one for one in read_import_file(tmp_path / name, Secret("correct horse"), JOB).rows if one.secret]
        assert {one.page_id: one.secret for one in with_token} == tokens, name
        assert {one.name for one in with_token} == {row.page.name for row in rows}
    with pytest.raises(UserError) as caught:
        read_import_file(tmp_path / "a.xlsx", Secret("wrong"), JOB)
    assert caught.value.kind == "import_wrong_password"


def test_a_heading_is_no_row_and_a_row_without_a_token_is_one():
    text = (
        f"Page,Page ID,Token\nمخبز أميرة,123456789,{token_text(1)}\n🌸 Blossom & Co,987654321,lost\n,,{token_text(2)}\n"
    )
    assert read_import_text(Secret(text), JOB).rows == (
        ImportRow(1, Secret(token_text(1)), "مخبز أميرة", "123456789", "line 2"),
        ImportRow(2, None, "🌸 Blossom & Co", "987654321", "line 3"),
        ImportRow(3, Secret(token_text(2)), place="line 4"),
    )


@pytest.mark.parametrize("text", ["", " \n\t\n", "hello", "EAAshort", "[]", "{}", '{"data":[]}', "null", "17"])
def test_pasted_text_without_a_token_is_told(text):
    with pytest.raises(UserError) as caught:
        read_import_text(Secret(text), JOB)
    assert caught.value.kind == "import_no_tokens"


def test_every_token_of_a_row_is_found_with_what_stands_nearest():
    text = f"Nordlys\t{token_text(1)}\t{token_text(2)}"
    assert [(one.secret, one.name) for one in read_import_text(Secret(text), JOB).rows] == [
        (Secret(token_text(1)), "Nordlys"),
        (Secret(token_text(2)), ""),
    ]
    text = f"Nordlys\t123456789\t{token_text(1)}\tMüller\t987654321\t{token_text(2)}"
    assert [(one.name, one.page_id) for one in read_import_text(Secret(text), JOB).rows] == [
        ("Nordlys", "123456789"),
        ("Müller", "987654321"),
    ]


def test_a_long_name_is_cut_and_a_row_never_shows_its_token():
    (row,) = read_import_text(Secret(f"{'n' * 150}\t{token_text(1)}"), JOB).rows
    assert row.name == "n" * 120
    assert token_text(1) not in repr(row)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{0}", ""),
        ("NORDLYS_TOKEN={0}", "NORDLYS_TOKEN"),
        ("FB_PAGE_TOKEN={0}", ""),
        ("N={0}", "N"),
        ("https://graph.facebook.com/me?access_token={0}", ""),
        ('"access_token": "{0}"', ""),
        (f"{'n' * 81}={{0}}", ""),
    ],
)
def test_what_stands_before_a_token_is_its_name_where_it_can_be_one(text, name):
    (row,) = read_import_text(Secret(text.format(token_text(1))), JOB).rows
    assert (row.secret, row.name) == (Secret(token_text(1)), name)


# --------------------------------------------------------------- from the field
CASES = Path(__file__).parents[2] / "recorded" / "import"
#: What each file of tests/recorded/import holds: of each token its place, name and ID; and what is left.
FIELD = {
    "accounts-by-id.json": ["line 1|Page 0|1000000", "line 1|Page 1|1000001"],
    "credentials-of-a-workflow-tool.json": ["line 7|Page token, cafe|", "line 15|Page token, bookshop|"],
    "explorer-with-accounts.json": ["line 6|Page 0|1000000", "line 7|Page 1|1000001"],
    "name-to-token.json": ["line 1|Page 0|", "line 1|Page 1|", "line 1|Page 2|"],
    "with-byte-order-mark.json": ["line 3|Page 0|1000000", "line 4|Page 1|1000001"],
    "three-in-a-line.env": ["line 2|Page 0|1000000", "line 2|Page 1|1000001", "line 2|Page 2|1000002"],
    "settings-of-a-server.env": ["line 4||", "line 5 other", "line 6 other"],
    "a-quote-that-never-closes.csv": ["line 2|Zum Anker|", "line 3|Bookshop|", "line 4|Kayak|"],
    "invisible-mark-in-a-token.csv": ["line 2|Page 0|", "line 3|Page 1|"],
    "swapped.csv": ["line 2|Page 7|1000007", "line 3|Page 8|1000008"],
    "markdown.md": ["line 5|Page 0|1000000", "line 6|Page 1|1000001"],
    "dump.sql": ["line 2|Page 0|1000000", "line 3|Page 1|1000001"],
    "settings.yaml": ["line 4|Page 0|1000000", "line 7|Page 1|1000001"],
    "folded.eml": ["line 3|Page 0|", "line 7|Page 1|1000001"],
    "instagram-and-threads.txt": ["line 1||", "line 2 instagram", "line 3 threads"],
}


def filled(text):
    """The text of a case with its placeholders filled."""
    text = re.sub(r"@(T|A|Z|B|C|D)(\d+)@", lambda found: _token_part(found.group(1), int(found.group(2))), text)
    text = re.sub(r"@ID(\d+)@", lambda found: str(1_000_000 + int(found.group(1))), text)
    return re.sub(r"@NAME(\d+)@", lambda found: f"Page {found.group(1)}", text)


def _token_part(what, number):
    token = token_text(number)
    return {"T": token, "A": token[:70], "Z": token[70:], "B": token[:70], "C": token[70:140], "D": token[140:]}[what]


@pytest.mark.parametrize("name", FIELD)
def test_files_from_the_field_are_read_whole(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(filled((CASES / name).read_text("utf-8")).encode())
    reading = read_import_file(path, None, JOB)
    found = [
        f"{one.place}|{one.name}|{one.page_id}" if one.secret else f"{one.place} {one.form.value if one.form else ''}"
        for one in reading.rows
    ]
    assert found == FIELD[name]
    tokens = {one.secret.reveal() for one in reading.rows if one.secret}
    assert tokens <= {token_text(number) for number in range(10)}


def test_the_row_told_is_the_sheets_own(tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "book.xlsx"))
    for name, rows in {
        "Client A": {1: ["Tokens of client A"], 3: ["Page", "Page ID", "Token"], 4: ["A", "12345", token_text(1)],
                     6: ["Old Page", "", token_text(2)]},
        "Client B": {1: ["Page", "Token"], 2: ["B", token_text(3)], 9: ["C", ""]},
    }.items():  # fmt: skip
        sheet = book.add_worksheet(name)
        for number, cells in rows.items():
            sheet.write_row(number - 1, 0, cells)
    book.close()
    reading = read_import_file(tmp_path / "book.xlsx", None, JOB)
    assert [(one.place, one.name, bool(one.secret)) for one in reading.rows] == [
        ("Client A, row 4", "A", True),
        ("Client A, row 6", "Old Page", True),
        ("Client B, row 2", "B", True),
    ]


def test_an_old_workbook_needs_no_password():
    reading = read_import_file(CASES / "old-workbook.xls", None, JOB)
    assert [(one.place, one.name, one.page_id) for one in reading.rows] == [
        ("Pages, row 2", "Café Müller", "1000000"),
        ("Pages, row 4", "Nordlys Kayak", "1000001"),
    ]


def test_two_cells_at_the_corners_of_a_sheet_are_two_cells(tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "book.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_string("A1", token_text(1))
    sheet.write_string("XFD1048576", token_text(2))
    book.close()
    reading = read_import_file(tmp_path / "book.xlsx", None, JOB)
    assert [one.place for one in reading.rows] == ["Sheet1, row 1", "Sheet1, row 1,048,576"]


def test_a_file_that_unfolds_to_something_huge_ends_in_a_sentence(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook>" + "<sheet/>" * 30_000_000)
    (tmp_path / "book.xlsx").write_bytes(inner.getvalue())
    with pytest.raises(UserError) as caught:
        read_import_file(tmp_path / "book.xlsx", None, JOB)
    assert caught.value.kind in {"import_too_heavy", "import_unreadable"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_a_device_and_a_folder_are_told_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path, kind in (
        (tmp_path / "pipe", "import_no_file"),
        (Path("/dev/zero"), "import_no_file"),
        (tmp_path, "import_is_folder"),
    ):
        with pytest.raises(UserError) as caught:
            read_import_file(path, None, JOB)
        assert caught.value.kind == kind


def test_reading_is_stopped_when_the_person_stops_it(tmp_path):
    class Stopped(NullContext):
        def check(self):
            raise Cancelled

    (tmp_path / "a.csv").write_text(token_text(1), "utf-8")
    with pytest.raises(Cancelled):
        read_import_file(tmp_path / "a.csv", None, Stopped())


def test_what_was_exported_protected_comes_back_with_its_clients(session, practice, tmp_path):
    login = connect(session, practice, NORD)
    rows = page_rows_now(session, login)[:3]
    give(session, "Zum Anker, Nord", [rows[0].page.id], JOB)
    rows = page_rows_now(session, login)[:3]
    tokens = read_tokens(session, rows)
    for export_format in ("csv", "json", "env"):
        path = tmp_path / f"tokens.{export_format}.zip"
        export(session, rows, ExportOptions(path, export_format, True, "password", Secret("correct horse")), JOB)
        with pytest.raises(UserError) as caught:
            read_import_file(path, None, JOB)
        assert caught.value.kind == "import_needs_password"
        with pytest.raises(UserError) as caught:
            read_import_file(path, Secret("wrong horse"), JOB)
        assert caught.value.kind == "import_wrong_password"
        reading = read_import_file(path, Secret("correct horse"), JOB)
        assert {one.secret for one in reading.rows} == set(tokens.values())
        if export_format != "env":
            assert {one.page_id: one.clients for one in reading.rows}[rows[0].page.id] == "Zum Anker, Nord"
    identity = pyrage.x25519.Identity.generate()
    path = tmp_path / "tokens.csv.age"
    export(session, rows, ExportOptions(path, "csv", True, "age", keys=str(identity.to_public())), JOB)
    for key, kind in (
        (None, "import_needs_key"),
        (Secret(str(pyrage.x25519.Identity.generate())), "import_wrong_key"),
        (Secret("no key"), "import_wrong_key"),
    ):
        with pytest.raises(UserError) as caught:
            read_import_file(path, key, JOB)
        assert caught.value.kind == kind
    reading = read_import_file(path, Secret(f"# created: today\n{identity}\n"), JOB)
    assert {one.page_id: one.secret for one in reading.rows} == tokens


def test_files_read_together_name_themselves(tmp_path):
    readings = [(f"{one}.csv", read_import_text(Secret(token_text(number)), JOB)) for number, one in enumerate("ab")]
    assert [(one.number, one.place) for one in joined(readings).rows] == [(1, "a.csv, line 1"), (2, "b.csv, line 1")]
    assert joined(readings[:1]) is readings[0][1]


# --------------------------------------------------- what strange files taught
KEY_BODY = f"EAA{'Ab3' * 20}a"


@pytest.mark.parametrize(
    "text",
    [
        f"KEY=-----BEGIN PRIVATE KEY-----\n{KEY_BODY}\n{KEY_BODY}\n-----END PRIVATE KEY-----\nX={{0}}",
        f'{{{{"k":"Ab3Ab3Ab3\\u200b{KEY_BODY}", "token": "{{0}}"}}}}',
        f"a;b\n{KEY_BODY}/x;{{0}}\n",
    ],
)
def test_what_is_part_of_something_longer_is_never_taken_for_a_token(text):
    rows = read_import_text(Secret(text.format(token_text(1))), JOB).rows
    assert [row.secret for row in rows if row.secret] == [Secret(token_text(1))]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("A" * 75 + "=\n{0}", ["line 2"]), ("https://example.com/" + "a1" * 30 + "?q=\n{0}", ["line 2"]),
        ("SECRET_OF_THE_SITE=" + "Ab3d" * 12 + "=\n{0}\n{1}", ["line 2", "line 3"]),
        ("INSERT INTO p (name, made, token) VALUES ('A', NOW(), '{0}');", ["line 1"]),
        ("INSERT INTO p (token) VALUES (''), ('{0}');", ["line 1"]),
        ("CREATE TABLE p (t TEXT DEFAULT now());\nINSERT INTO p VALUES ('A','{0}');", ["line 2"]),
        ('Page;Note;Token\nA;"one\ntwo";{0}\nB;"x\ny";{1}', ["line 2", "line 4"]),
        ("Page\tToken\nA\t{0}\nB\tno token here\nC\t{1}", ["line 2", "line 4"]),
        ('[\r{{"t":"{0}"}},\r{{"t":"{1}"}}]', ["line 2", "line 3"]),
        ("- access_token: {0}\n  name: A\n  page_id: 12345\n- access_token: {1}\n  name: B", ["line 1", "line 4"]),
    ],
)  # fmt: skip
def test_no_token_is_lost_and_each_stands_in_its_own_line(text, lines):
    rows = read_import_text(Secret(text.format(token_text(1), token_text(2))), JOB).rows
    assert [row.place for row in rows if row.secret] == lines


@pytest.mark.parametrize(
    ("text", "page_ids"),
    [
        ("App ID,Page,Token\n180000000000002,A,{0}", [""]), ("Page,Followers,Token\nA,123456,{0}", [""]),
        ("https://g/x?client_id=180000000000002&grant_type=a&fb_exchange_token={0}", [""]),
        ("[12345] got token {0}", [""]), ("page 111111 token {0} page 222222 token {1}", ["111111", "222222"]),
        ("A;101234567890123;{0}", ["101234567890123"]),
    ],
)  # fmt: skip
def test_a_number_is_a_page_id_where_it_says_so(text, page_ids):
    rows = read_import_text(Secret(text.format(token_text(1), token_text(2))), JOB).rows
    assert [row.page_id for row in rows if row.secret] == page_ids


def test_an_archive_of_unread_files_names_them(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
        archive.writestr("broken.xlsx", b"PK\x03\x04xl/workbook.xml broken")
    with pytest.raises(UserError) as caught:
        read_import_file(tmp_path / "a.zip", None, JOB)
    assert (caught.value.kind, caught.value.values) == ("import_unread_only", {"name": "photo.png, broken.xlsx"})
    with zipfile.ZipFile(tmp_path / "a.zip", "a") as archive:
        archive.writestr("c.csv", f"Page,Token\nA,{token_text(1)}")
    reading = read_import_file(tmp_path / "a.zip", None, JOB)
    assert (reading.tokens, reading.unread) == (1, ("photo.png", "broken.xlsx"))


@pytest.mark.parametrize(
    "text",
    [
        " ".join(token_text(number) for number in range(4000)), "insert into " * 33_000,
        "insert into x values (" + "'" * 400_000, "-----BEGIN PRIVATE KEY-----\n" * 15_000,
        "[" + ",".join(f'{{"t":"{token_text(number)}"}}' for number in range(10_000)) + "]",
    ],
    ids=range(5),
)  # fmt: skip
def test_long_texts_do_not_take_for_ever(text):
    import_rows._sent(reading.read_text(text))


def test_a_damaged_old_workbook_says_so(tmp_path):
    (tmp_path / "a.xls").write_bytes((CASES / "old-workbook.xls").read_bytes()[:5600])
    with pytest.raises(UserError) as caught:
        read_import_file(tmp_path / "a.xls", None, JOB)
    assert caught.value.kind == "import_unreadable"


# ------------------------------------------------------- what a stranger brought
SQUARE = f"EAAA{'l7Qd' * 15}"
OTHER_KEY = "q7Wz" * 15


@pytest.mark.parametrize(
    "text",
    [
        f"SQUARE_ACCESS_TOKEN={SQUARE}\n{OTHER_KEY}\nFB_TOKEN={{0}}",
        f"data: |\n  {'Ab3d' * 19}\n  EAA{'Ab3d' * 18}a\n  {'Ab3d' * 19}\ntoken: {{0}}",
        f"{{0}}\u200b{OTHER_KEY}",
        f"x EAA{'b3Cd' * 19}a\n{OTHER_KEY}\n{{0}}",
    ],
)
def test_no_foreign_key_is_joined_to_a_token(text):
    rows = read_import_text(Secret(text.format(token_text(1))), JOB).rows
    found = [row.secret.reveal() for row in rows if row.secret]
    assert token_text(1) in found
    assert not any(OTHER_KEY in token or SQUARE in token for token in found)


def test_two_files_put_together_hold_two_tokens():
    rows = read_import_text(Secret(f"\ufeff{token_text(1)}\ufeff{token_text(2)}"), JOB).rows
    assert [row.secret for row in rows] == [Secret(token_text(1)), Secret(token_text(2))]


@pytest.mark.parametrize(
    "text",
    [
        '[["Name","Page ID","Token"],["A","1000001","{0}"],["B","1000002","{1}"]]',
        '[["A","1000001","{0}"],["B","1000002","{1}"]]',
        "<table><tr><th>Name<th>Page ID<th>Token<tr><td>A<td>1000001<td>{0}<tr><td>B<td>1000002<td>{1}</table>",
        "<table>\n<tr>\n<td>A</td>\n<td>1000001</td>\n<td>{0}</td>\n</tr>\n<tr><td><b>B</b></td><td>1000002</td>"
        "<td>{1}</td></tr></table>",
    ],
)
def test_names_and_ids_of_lists_and_web_pages_belong_to_their_tokens(text):
    rows = read_import_text(Secret(text.format(token_text(1), token_text(2))), JOB).rows
    assert [(row.name, row.page_id) for row in rows if row.secret] == [("A", "1000001"), ("B", "1000002")]


def test_what_stands_around_a_list_is_none_of_its_tokens():
    text = f'{{"id":"180000000000001","name":"My App","pages":[{{"access_token":"{token_text(1)}"}}]}}'
    (row,) = read_import_text(Secret(text), JOB).rows
    assert (row.name, row.page_id) == ("", "")


@pytest.mark.parametrize(
    ("text", "has_more"),
    [
        ('{{"name":"B","access_token":"{0}","db_password":"hunter2"}}', True),
        ("name,token,bank password\nB,{0},hunter2", True), ("name,token\nB,{0}", False),
        ('[{{"name":"B","id":"1000001","access_token":"{0}"}}]', False), ("{0}", False),
    ],
)  # fmt: skip
def test_a_file_with_more_in_it_is_not_to_be_deleted(text, has_more):
    assert read_import_text(Secret(text.format(token_text(1))), JOB).has_more is has_more


def test_tokens_that_no_cell_of_a_workbook_shows_are_found(tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "book.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_string("A1", "Nordlys")
    sheet.write_comment("A1", f"its token is {token_text(1)} since May")
    sheet.write_formula("B1", f'=CONCATENATE("{token_text(2)}","")')
    book.close()
    reading = read_import_file(tmp_path / "book.xlsx", None, JOB)
    assert {row.secret for row in reading.rows if row.secret} == {Secret(token_text(1)), Secret(token_text(2))}


def test_an_odd_name_is_shown_on_one_line():
    text = f'[{{"name":"Line one\\nLine two\\u061c \\ud83d","access_token":"{token_text(1)}"}}]'
    (row,) = read_import_text(Secret(text), JOB).rows
    assert row.name == "Line one Line two"
