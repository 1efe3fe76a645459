"""Tokens that someone has already: found in any table, checked with Facebook in batches, kept, told row by row."""

import csv
import io
import random

import pytest
import xlsxwriter

from gui.errors import UserError
from gui.files import texts
from gui.files.workbook import workbook
from gui.practice.world import OTHER_APP_ID
from gui.services import import_rows
from gui.services.import_rows import MOST, read_import_file, read_import_text
from gui.services.import_tokens import import_tokens
from gui.services.sheets import pages_sheet
from gui.services.states import page_rows_now
from gui.services.tokens import read_tokens
from gui.values import Secret, Site
from tests.support.agency import AMIRA, NORD, app_at, connect, login_of
from tests.support.network import Recorder, Relay
from tests.support.people import JOB, Collected


def page_token(server, page, person=NORD, app=0):
    """A Page's token as another program may have it."""
    record = server.world.mint.read(login_of(server, person, app).token.secret.reveal())
    return server.world.page_token(record, page)


def token(number):
    return f"EAA{number:06d}" + "x7QdZA" * 30


@pytest.mark.parametrize(
    "text",
    [
        "{0}\n{1}\n", "{0}", "name,token\nNordlys,{0}\nMüller,{1}\n",
        "token;id;name\n{0};123456789;Nordlys\n{1};987654321;Müller\n",
        "{0}\tNordlys\t123456789\n{1}\tMüller\t987654321", "NORDLYS_TOKEN={0}\nMULLER_TOKEN={1}\n",
        "export NORDLYS_TOKEN=\"{0}\"\n",
        '[{{"name":"Nordlys","id":"123456789","access_token":"{0}"}},{{"name":"Müller","access_token":"{1}"}}]',
        '{{"data":[{{"access_token":"{0}","name":"Nordlys"}}]}}', "\ufeffPage,Token\r\nNordlys,{0}\r\n",
        "{0} \u200b\n\n\n{1}", "https://graph.facebook.com/me?access_token={0}&fields=id",
    ],
)  # fmt: skip
def test_tokens_are_found_in_any_shape(text):
    filled = text.format(token(1), token(2))
    found = [one.secret for one in read_import_text(Secret(filled), JOB) if one.secret]
    assert found == [Secret(token(number)) for number in (1, 2) if token(number) in filled]


def test_names_and_ids_beside_a_token_are_seen_in_any_column_order():
    random.seed(11)
    columns = ["name", "id", "token", "note"]
    for _ in range(24):
        random.shuffle(columns)
        out = io.StringIO()
        writer = csv.writer(out, delimiter=random.choice(",;\t"))
        writer.writerow(columns)
        for number in range(5):
            row = {"name": f"Page {number}", "id": str(10**14 + number), "token": token(number), "note": ""}
            writer.writerow([row[one] for one in columns])
        found = [one for one in read_import_text(Secret(out.getvalue()), JOB) if one.secret]
        assert [(one.name, one.page_id, one.number) for one in found] == [
            (f"Page {number}", str(10**14 + number), number + 2) for number in range(5)
        ]


def test_files_of_many_kinds_are_read(tmp_path):
    rows = [("Page", "ID", "Token"), *((f"Página {n}", str(10**14 + n), token(n)) for n in range(30))]
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
        found = [one for one in read_import_file(path, None, JOB) if one.secret]
        assert [(one.name, one.page_id) for one in found] == [(row[0], row[1]) for row in rows[1:]], path.name


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
        read_import_text(Secret("\n".join(token(number) for number in range(MOST + 1))), JOB)
    assert caught.value.kind == "import_too_many"
    assert len(read_import_text(Secret("\n".join(token(number) for number in range(MOST))), JOB)) == MOST
    monkeypatch.setattr(reading, "LARGEST", 1000)
    monkeypatch.setattr(import_rows, "LARGEST", 1000)
    (tmp_path / "large").write_bytes(b"x" * 2000)
    with pytest.raises(UserError) as caught:
        read_import_file(tmp_path / "large", None, JOB)
    assert caught.value.kind == "import_too_large"


def test_every_row_is_told_what_became_of_it(session, practice):
    connect(session, practice, AMIRA)
    world = practice.world
    session.vault.keep_app(app_at(practice, 1))
    lines = [
        page_token(practice, 10), page_token(practice, 11, app=1), token(5), world.special_token("expired"),
        world.special_token("system_user"), "no token here", login_of(practice, NORD, 1).token.secret.reveal(),
        world.special_token("other_app"),
    ]  # fmt: skip
    lines.append(lines[0])
    found = import_tokens(session, read_import_text(Secret("\n".join(lines)), JOB), Collected())
    assert found.complete
    assert [one.kept for one in found.outcomes] == [True, True, False, False, False, False, True, False, False]
    assert found.outcomes[0].name == world.page(10).name
    whys = [one.why for one in found.outcomes]
    assert "not a token" in whys[2] or "not valid" in whys[2] or "does not accept" in whys[2]
    assert "ended" in whys[3]
    assert "system user’s token" in whys[4]
    assert whys[5] == "There is no token in this row."
    assert "not set up here" in whys[7]
    assert "Another App" in whys[7]
    assert whys[8] == "It is the same token as in row 1."
    assert not any(line in why for why in whys for line in lines if len(line) > 40)
    people = {(one.app_id, one.user_id): one for one in session.vault.logins()}
    nord = world.people[NORD].user_id
    login = people[world.apps[0].id, nord]
    assert session.vault.page_token(login.id, world.page(10).id) == Secret(lines[0])
    logged_in = people[world.apps[1].id, nord]
    assert logged_in.last_four, "a User token becomes a login, extended"
    assert session.vault.page_token(logged_in.id, world.page(11).id) == Secret(lines[1])
    assert {one.what for one in session.vault.history.events(page_id=world.page(10).id)} == {"imported"}


def test_page_tokens_of_an_app_that_is_not_here_are_kept_too(session, practice):
    world = practice.world
    record = world.mint.read(world.special_token("other_app"))
    from dataclasses import replace

    secret = world.give(replace(record, kind=2, page=1, issued_at=0, expires_at=0))
    found = import_tokens(session, read_import_text(Secret(secret), JOB), Collected())
    assert [one.kept for one in found.outcomes] == [True], found.outcomes[0].why
    (login,) = session.vault.logins()
    assert login.app_id == OTHER_APP_ID
    assert session.vault.page_token(login.id, world.page(0).id) == Secret(secret)


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def foreign_secrets(random_):
    """Keys of other programs, as servers' settings hold them.

    Hex, base64, JSON Web Tokens, keys with a prefix of their own.
    """

    def some(count, letters=LETTERS):
        return "".join(random_.choice(letters) for _ in range(count))

    yield "JWT_SECRET", some(64)
    yield "SESSION_KEY", some(128, "0123456789abcdef")
    yield "STRIPE_SECRET_KEY", f"sk_live_{some(99)}"
    yield "ID_TOKEN", f"eyJ{some(40)}.eyJ{some(90)}.EAA{some(60)}"
    yield "STORAGE_KEY", f"{some(30)}/EAA{some(50)}=="
    yield "STORAGE_KEY_2", f"EAA{some(40)}+{some(40)}=="
    yield "BOT_TOKEN", f"{some(10, '123456789')}:EAA-{some(60)}"
    yield "CLIENT", f"{some(15, '123456789')}|{some(32, '0123456789abcdef')}"
    yield "WITHIN", f"{some(20)}EAA{some(60)}"


def test_other_programs_secrets_in_a_file_are_never_sent(session, practice, tmp_path):
    recorder = Recorder()
    relay = Relay(practice.url, faults=recorder)
    session.site = Site(relay.url, relay.url)
    session.vault.keep_app(app_at(practice, 0))
    wanted = page_token(practice, 10)
    secrets = [pair for seed in range(12) for pair in foreign_secrets(random.Random(seed))]
    (tmp_path / "server.env").write_text(
        "\n".join([*(f"{name}={value}" for name, value in secrets), f"PAGE_TOKEN={wanted}"])
    )
    found = import_tokens(session, read_import_file(tmp_path / "server.env", None, JOB), Collected())
    relay.close()
    assert found.kept == 1
    assert recorder.holds(wanted), "the recorder sees what is sent"
    assert not [
        name
        for name, value in secrets
        for part in (value, *value.split("."), *value.split("|"))
        if recorder.holds(part)
    ]


def test_batches_that_are_left_out_are_asked_again(session, practice):
    session.vault.keep_app(app_at(practice, 0))
    practice.world.faults.on("batch_null", 40)
    lines = [page_token(practice, number) for number in range(3, 70)]
    found = import_tokens(session, read_import_text(Secret("\n".join(lines)), JOB), Collected())
    assert found.kept == len(lines)


def test_an_import_can_be_stopped_and_tells_so(session, practice):
    session.vault.keep_app(app_at(practice, 0))
    lines = [page_token(practice, number) for number in range(3, 203)]
    found = import_tokens(session, read_import_text(Secret("\n".join(lines)), JOB), Collected(stop_after=1))
    assert not found.complete
    assert found.kept == 0


def test_what_was_exported_comes_back(session, practice, tmp_path):
    login = connect(session, practice, NORD)
    rows = page_rows_now(session, login)
    tokens = read_tokens(session, rows)
    sheet = pages_sheet(session, rows, tokens)
    made = {
        "a.xlsx": workbook(sheet, Secret("correct horse")),
        "b.csv": texts.encode_text(texts.csv_text(sheet)),
        "c.json": texts.encode_text(texts.json_text(sheet)),
    }
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
        found = [one for one in read_import_file(tmp_path / name, Secret("correct horse"), JOB) if one.secret]
        assert {one.page_id: one.secret for one in found} == tokens, name
        assert {one.name for one in found} == {row.page.name for row in rows}
    with pytest.raises(UserError) as caught:
        read_import_file(tmp_path / "a.xlsx", Secret("wrong"), JOB)
    assert caught.value.kind == "import_wrong_password"
