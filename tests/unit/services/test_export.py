"""An export is written whole or not at all, with tokens only under protection or at the person's word."""

import csv
import io
import json
import os
import sys
from dataclasses import replace

import pyrage
import pytest
import pyzipper

from gui.errors import Cancelled, UserError
from gui.services import export as exporting
from gui.services.export import (
    FORMATS,
    SHORTEST_PASSWORD,
    WITH_TOKENS,
    ExportOptions,
    ExportReport,
    export,
    export_message,
    file_name,
)
from gui.services.import_rows import read_import_file
from gui.services.os_user import os_user_name
from gui.services.states import page_rows_now
from gui.services.tokens import read_tokens
from gui.shell.commands import Command, Request
from gui.values import Action, Page, PageRow, Secret, TokenState, Tone
from tests.support.agency import AMIRA, connect
from tests.support.people import JOB
from tests.support.rights import assert_owners_alone

PASSWORD = Secret("correct horse")
WITHOUT_TOKEN = PageRow(
    Page("123456789", "=cmd|'/c calc'!A1", tasks=("ANALYZE",)), state=TokenState.NEEDS_YOU, why="page_insights_only"
)


class Stopped:
    """A JobContext of a person who has stopped."""

    def report(self, progress) -> None:
        return

    def pause(self, waiting) -> None:
        raise Cancelled

    def check(self) -> None:
        raise Cancelled


def text_of(options: ExportOptions, identity=None) -> str:
    """What stands in an exported text, unlocked."""
    content = options.path.read_bytes()
    if options.with_tokens and options.protection == "password":
        with pyzipper.AESZipFile(io.BytesIO(content)) as archive:
            archive.setpassword(PASSWORD.reveal().encode())
            (name,) = archive.namelist()
            assert name == options.path.name.removesuffix(".zip")
            content = archive.read(name)
    elif options.with_tokens and options.protection == "age":
        content = pyrage.decrypt(content, [identity])
    return content.decode("utf-8-sig")


def test_a_protected_export_puts_no_clear_copy_anywhere(session, practice, tmp_path):
    """Every file that is opened for writing meanwhile, and what stands in it."""

    import pyrage

    from gui.services.export import ExportOptions, export

    login = connect(session, practice, AMIRA)
    rows = page_rows_now(session, login)
    secrets = [one.reveal().encode() for one in read_tokens(session, rows).values()]
    written, watching = [], [True]

    def hook(event, arguments):
        if (
            watching[0]
            and event == "open"
            and isinstance(arguments[0], str)
            and arguments[0] != os.devnull
            and (arguments[2] & 3 or "w" in str(arguments[1] or ""))
        ):
            written.append(arguments[0])

    sys.addaudithook(hook)
    age = str(pyrage.x25519.Identity.generate().to_public())
    target = tmp_path / "given"
    target.mkdir()
    for wanted, protection in (
        ("xlsx", "password"),
        ("csv", "password"),
        ("json", "age"),
        ("xlsx", "age"),
        ("env", "password"),
    ):
        export(
            session,
            rows,
            ExportOptions(target / f"{wanted}-{protection}", wanted, True, protection, Secret("correct horse"), age),
            JOB,
        )
    watching[0] = False
    database = str(session.vault.database.folder)
    outside = [
        one
        for one in written
        if not one.startswith((str(target), database)) and not one.endswith(".pyc") and "__pycache__" not in one
    ]
    assert not outside, outside
    assert written
    for path in target.iterdir():
        body = path.read_bytes()
        assert not any(secret in body for secret in secrets)
        assert_owners_alone(path)


@pytest.mark.parametrize("protection", ["password", "age", "plain"])
@pytest.mark.parametrize("export_format", ["csv", "json", "env"])
def test_an_exported_text_holds_every_page_with_its_token(session, practice, tmp_path, export_format, protection):
    rows = page_rows_now(session, connect(session, practice, AMIRA))
    tokens = {page_id: token.reveal() for page_id, token in read_tokens(session, rows).items()}
    identity = pyrage.x25519.Identity.generate()
    path = tmp_path / file_name(export_format, protection, True, "2026-11-25")
    options = ExportOptions(path, export_format, True, protection, PASSWORD, str(identity.to_public()))
    export(session, rows, options, JOB)
    text = text_of(options, identity)
    if export_format == "env":
        lines = [line.partition("=") for line in text.splitlines()]
        assert {name for name, _, _ in lines} == {
            "AMIRAS_BAKERY_TOKEN",
            f"PAGE_{practice.world.page(1).id}_TOKEN",
            "BLOSSOM_CO_TOKEN",
        }
        assert {token for _, _, token in lines} == set(tokens.values())
        return
    records = json.loads(text) if export_format == "json" else list(csv.DictReader(io.StringIO(text)))
    name, page_id, token = (
        ("name", "id", "access_token") if export_format == "json" else ("Page", "Page ID", "Page token")
    )
    assert {record[page_id]: record[token] for record in records} == tokens
    assert {record[name] for record in records} == {"Amira’s Bakery", "مخبز أميرة", "🌸 Blossom & Co"}


@pytest.mark.parametrize("protection", ["password", "plain"])
def test_an_exported_workbook_opens_with_its_password_alone(session, practice, tmp_path, protection):
    rows = page_rows_now(session, connect(session, practice, AMIRA))
    path = tmp_path / "Page tokens.xlsx"
    export(session, rows, ExportOptions(path, "xlsx", True, protection, PASSWORD), JOB)
    if protection == "password":
        with pytest.raises(UserError) as caught:
            read_import_file(path, None, JOB)
        assert caught.value.kind == "import_needs_password"
    imported = read_import_file(path, PASSWORD if protection == "password" else None, JOB)
    assert {row.page_id: row.secret for row in imported.rows if row.secret} == read_tokens(session, rows)


@pytest.mark.parametrize("export_format", sorted(FORMATS.keys() - WITH_TOKENS))
@pytest.mark.parametrize("protection", ["password", "age", "plain"])
def test_without_tokens_no_token_no_password_and_no_note(session, practice, tmp_path, export_format, protection):
    rows = page_rows_now(session, connect(session, practice, AMIRA))
    secrets = [token.reveal().encode() for token in read_tokens(session, rows).values()]
    before = session.vault.history.count()
    options = ExportOptions(tmp_path / "Pages", export_format, False, protection)
    report = export(session, rows, options, JOB)
    assert report == ExportReport(
        options.path, 3, 0, f"{FORMATS[export_format].phrase}, without tokens: {options.path.name}"
    )
    assert not any(secret in options.path.read_bytes() for secret in secrets)
    assert session.vault.history.count() == before
    if export_format in {"csv", "json"}:
        assert "Amira’s Bakery" in text_of(options)
        assert "access_token" not in text_of(options)
        assert "Page token" not in text_of(options)


def test_a_page_without_a_token_is_counted_and_its_name_starts_no_formula(session, practice, tmp_path):
    rows = [*page_rows_now(session, connect(session, practice, AMIRA)), WITHOUT_TOKEN]
    options = ExportOptions(tmp_path / "Page tokens.csv", "csv", True, "plain")
    report = export(session, rows, options, JOB)
    assert (report.pages, report.without_token) == (4, 1)
    record = list(csv.DictReader(io.StringIO(text_of(options))))[3]
    assert (record["Page"], record["Page token"], record["Ends"], record["State"]) == (
        f"'{WITHOUT_TOKEN.page.name}",
        "",
        "no token",
        "Needs you",
    )


def test_no_page_at_all_gives_a_file_with_its_heading(session, tmp_path):
    options = ExportOptions(tmp_path / "Pages.csv", "csv", False)
    assert export(session, [], options, JOB).pages == 0
    (heading,) = csv.reader(io.StringIO(text_of(options)))
    assert heading[:2] == ["Page", "Page ID"]


@pytest.mark.parametrize(
    ("protection", "how"), [("password", "with a password"), ("age", "encrypted with age"), ("plain", "unprotected")]
)
def test_an_export_of_tokens_is_written_down_of_each_page(session, practice, tmp_path, protection, how):
    rows = [*page_rows_now(session, connect(session, practice, AMIRA)), WITHOUT_TOKEN]
    keys = str(pyrage.x25519.Identity.generate().to_public())
    report = export(session, rows, ExportOptions(tmp_path / "a.csv", "csv", True, protection, PASSWORD, keys), JOB)
    assert report.detail == f"CSV table, {how}: a.csv"
    events = session.vault.history.events(kinds=("exported",))
    assert sorted(event.page_id for event in events) == sorted(row.page.id for row in rows[:3])
    assert {(event.who, event.detail) for event in events} == {(os_user_name(), report.detail)}


@pytest.mark.parametrize("password", [None, Secret(""), Secret("x" * (SHORTEST_PASSWORD - 1))])
def test_a_password_that_is_too_short_writes_nothing(session, practice, tmp_path, password):
    rows = page_rows_now(session, connect(session, practice, AMIRA))
    path = tmp_path / "Page tokens.csv.zip"
    with pytest.raises(UserError) as caught:
        export(session, rows, ExportOptions(path, "csv", True, "password", password), JOB)
    assert caught.value.kind == "export_password_short"
    assert not path.exists()
    export(session, rows, ExportOptions(path, "csv", True, "password", Secret("x" * SHORTEST_PASSWORD)), JOB)
    assert path.exists()


@pytest.mark.parametrize("keys", ["", "\n", "age1nothing", "hello"])
def test_what_is_no_key_of_age_writes_nothing(session, practice, tmp_path, keys):
    rows = page_rows_now(session, connect(session, practice, AMIRA))
    path = tmp_path / "Page tokens.csv.age"
    with pytest.raises(UserError) as caught:
        export(session, rows, ExportOptions(path, "csv", True, "age", keys=keys), JOB)
    assert caught.value.kind == "export_no_age_key"
    assert not path.exists()
    assert session.vault.history.events(kinds=("exported",)) == []


def test_an_export_that_is_stopped_writes_nothing(session, practice, tmp_path):
    rows = page_rows_now(session, connect(session, practice, AMIRA))
    path = tmp_path / "Page tokens.csv"
    with pytest.raises(Cancelled):
        export(session, rows, ExportOptions(path, "csv", True, "plain"), Stopped())
    assert not path.exists()
    assert session.vault.history.events(kinds=("exported",)) == []


def test_a_folder_that_is_not_there_is_told_and_nothing_written_down(session, practice, tmp_path):
    rows = page_rows_now(session, connect(session, practice, AMIRA))
    with pytest.raises(UserError) as caught:
        export(session, rows, ExportOptions(tmp_path / "nowhere" / "a.csv", "csv", True, "plain"), JOB)
    assert (caught.value.kind, caught.value.values) == ("export_folder_missing", {"name": str(tmp_path / "nowhere")})
    assert session.vault.history.events(kinds=("exported",)) == []


@pytest.mark.parametrize(
    ("export_format", "protection", "with_tokens", "name"),
    [
        ("xlsx", "password", True, "Page tokens 2026-11-25.xlsx"),
        ("xlsx", "age", True, "Page tokens 2026-11-25.xlsx.age"),
        ("xlsx", "plain", True, "Page tokens 2026-11-25.xlsx"),
        ("csv", "password", True, "Page tokens 2026-11-25.csv.zip"),
        ("csv", "age", True, "Page tokens 2026-11-25.csv.age"), ("csv", "plain", True, "Page tokens 2026-11-25.csv"),
        ("json", "password", True, "Page tokens 2026-11-25.json.zip"),
        ("env", "password", True, "Page tokens 2026-11-25.env.zip"),
        ("env", "plain", True, "Page tokens 2026-11-25.env"),
        ("xlsx", "password", False, "Pages 2026-11-25.xlsx"), ("csv", "password", False, "Pages 2026-11-25.csv"),
        ("json", "age", False, "Pages 2026-11-25.json"),
    ],
)  # fmt: skip
def test_a_file_is_named_by_what_is_in_it(export_format, protection, with_tokens, name):
    assert file_name(export_format, protection, with_tokens, "2026-11-25") == name


@pytest.mark.parametrize(
    ("pages", "without_token", "title", "more"),
    [
        (0, 0, "Exported 0 Pages", ""),
        (1, 0, "Exported 1 Page", ""),
        (2000, 1, "Exported 2,000 Pages", " 1 Page in it has no token."),
        (3, 2, "Exported 3 Pages", " 2 Pages in it have no token."),
    ],
)
def test_a_finished_export_is_told(tmp_path, pages, without_token, title, more):
    report = ExportReport(tmp_path / "a.csv", pages, without_token, "CSV table, in clear: a.csv")
    notice = export_message(report)
    assert notice.title == title
    assert notice.text == (f"CSV table, in clear: a.csv. It is in {tmp_path}, and only your account can read it.{more}")
    others = replace(report, is_owners_alone=False)
    assert export_message(others).text == (
        f"CSV table, in clear: a.csv. It is in {tmp_path}. That disk keeps no rights: whoever can open the folder can "
        f"read the file.{more}"
    )
    assert notice.action == Action("Back to Pages", Request(Command.SHOW_PAGES))
    assert (notice.tone, notice.kind) == (Tone.WORKS, "exported")


def test_every_format_has_its_words_and_its_own_ending():
    assert all(all(one) for one in exporting.FORMATS.values())
    assert len({one.suffix for one in exporting.FORMATS.values()}) == len(exporting.FORMATS)
