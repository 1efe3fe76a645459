"""What is put on the clipboard: of one Page its token, of many a table, settings lines or JSON."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.services.clipboard_text import (
    both_lines,
    copy_many,
    note_copied,
    setting_line,
    setting_name,
    setting_pairs,
)
from gui.services.os_user import os_user_name
from gui.services.states import page_rows_now
from gui.services.tokens import read_tokens
from gui.values import CopyFormat, Page, PageRow, Secret
from tests.support.agency import AMIRA, connect
from tests.support.people import JOB

NAMES = ("Amira’s Bakery", "مخبز أميرة", "🌸 Blossom & Co")
PAGE_ID = st.integers(10_000, 10**18).map(str)

_WRITTEN = {
    CopyFormat.LINES: "with others, as NAME=token lines",
    CopyFormat.TABLE: "with others, as a table",
    CopyFormat.JSON: "with others, as JSON",
}


def rows_by_name(session, login) -> list[PageRow]:
    """The three Pages of the shop, in the order of NAMES."""
    rows = {row.page.name: row for row in page_rows_now(session, login)}
    return [rows[name] for name in NAMES]


def test_lines_for_the_clipboard():
    secret = Secret("EAAx")
    assert both_lines(Page("1"), secret).reveal() == "1\nEAAx\n"
    assert setting_line(Page("1", "Amira’s Bakery"), secret).reveal() == "AMIRAS_BAKERY_TOKEN=EAAx"
    assert setting_line(Page("1", "Café Müller"), secret).reveal() == "CAFE_MULLER_TOKEN=EAAx"
    assert setting_line(Page("77", "مخبز"), secret).reveal() == "PAGE_77_TOKEN=EAAx"
    assert setting_line(Page("7", "3 Chairs"), secret).reveal() == "_3_CHAIRS_TOKEN=EAAx"


def test_settings_lines_have_names_of_their_own(session, practice):

    login = connect(session, practice, AMIRA)
    rows = page_rows_now(session, login)
    twins = [replace(row, page=replace(row.page, name="Café Müller")) for row in rows]
    pairs = setting_pairs(twins, read_tokens(session, rows))
    assert len({name for name, _ in pairs}) == 3
    assert all(name.startswith("CAFE_MULLER_1") for name, _ in pairs)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", "PAGE_77_TOKEN"), ("🌸🌸", "PAGE_77_TOKEN"), ("AB", "PAGE_77_TOKEN"), ("A1 B2", "PAGE_77_TOKEN"),
        ("ABC", "ABC_TOKEN"), ("東京 Café", "CAFE_TOKEN"),
        ("🌸 Blossom & Co", "BLOSSOM_CO_TOKEN"), ("Ørsted Łódź", "ORSTED_LODZ_TOKEN"),
        ("  a -- b -- cd  ", "A_B_CD_TOKEN"), ("O'Neill’s", "ONEILLS_TOKEN"), ("x=1\nPATH=/bin", "X_1_PATH_BIN_TOKEN"),
    ],
)  # fmt: skip
def test_a_settings_name_is_the_pages_name_in_plain_capitals(name, expected):
    assert setting_name(Page("77", name)) == expected


@given(st.text(max_size=80), PAGE_ID)
def test_every_name_of_a_page_gives_a_valid_environment_name(name, page_id):
    assert re.fullmatch(r"[A-Z_][A-Z0-9_]*_TOKEN", setting_name(Page(page_id, name)))


@given(st.lists(PAGE_ID, min_size=2, max_size=20, unique=True), st.text(max_size=30))
def test_pages_of_one_name_get_different_settings_names(page_ids, name):
    rows = [PageRow(Page(page_id, name)) for page_id in page_ids]
    names = [one for one, _ in setting_pairs(rows, {page_id: Secret("EAA") for page_id in page_ids})]
    assert len(set(names)) == len(page_ids)
    assert all(re.fullmatch(r"[A-Z_][A-Z0-9_]*_TOKEN", one) for one in names)


@given(st.permutations([("1234567", "Cafe"), ("2345678", "Cafe"), ("3456789", "Cafe 1234567"), ("4", "Cafe 2345678")]))
def test_a_page_called_as_its_twin_is_with_the_id_takes_no_ones_name(pages):
    rows = [PageRow(Page(page_id, name)) for page_id, name in pages]
    names = [name for name, _ in setting_pairs(rows, {row.page.id: Secret("EAA") for row in rows})]
    assert len(set(names)) == len(rows)
    assert {"CAFE_1234567_TOKEN", "CAFE_2345678_TOKEN"} <= set(names)


def test_a_page_of_its_own_name_gets_no_id_and_one_without_a_token_no_line():
    rows = [PageRow(Page("11111", "Nordlys")), PageRow(Page("22222", "Harbor")), PageRow(Page("33333", "Café"))]
    assert setting_pairs(rows, {"11111": Secret("a"), "33333": Secret("c")}) == [
        ("NORDLYS_TOKEN", Secret("a")),
        ("CAFE_TOKEN", Secret("c")),
    ]
    assert setting_pairs([], {}) == []


def test_a_name_is_the_same_whether_its_twin_has_a_token_or_not():
    rows = [PageRow(Page("11111", "Nordlys")), PageRow(Page("22222", "NORDLYS"))]
    assert setting_pairs(rows, {"11111": Secret("a")}) == [("NORDLYS_11111_TOKEN", Secret("a"))]


def test_several_pages_are_copied_as_settings_lines(session, practice):
    login = connect(session, practice, AMIRA)
    rows = rows_by_name(session, login)
    tokens = [session.vault.page_token(login.id, row.page.id).reveal() for row in rows]
    assert copy_many(session, rows, CopyFormat.LINES, JOB).reveal() == (
        f"AMIRAS_BAKERY_TOKEN={tokens[0]}\nPAGE_{rows[1].page.id}_TOKEN={tokens[1]}\nBLOSSOM_CO_TOKEN={tokens[2]}\n"
    )


def test_several_pages_are_copied_as_a_table(session, practice):
    login = connect(session, practice, AMIRA)
    rows = rows_by_name(session, login)
    lines = [(row.page.name, row.page.id, session.vault.page_token(login.id, row.page.id).reveal()) for row in rows]
    text = copy_many(session, rows, CopyFormat.TABLE, JOB).reveal()
    assert text == "".join("\t".join(line) + "\n" for line in [("Page", "Page ID", "Page token"), *lines])


def test_several_pages_are_copied_as_json(session, practice):
    login = connect(session, practice, AMIRA)
    rows = rows_by_name(session, login)
    assert json.loads(copy_many(session, rows, CopyFormat.JSON, JOB).reveal()) == [
        {
            "name": row.page.name,
            "id": row.page.id,
            "access_token": session.vault.page_token(login.id, row.page.id).reveal(),
        }
        for row in rows
    ]


@pytest.mark.parametrize(
    ("copy_format", "text"),
    [(CopyFormat.LINES, ""), (CopyFormat.TABLE, "Page\tPage ID\tPage token\n"), (CopyFormat.JSON, "[]\n")],
)
def test_no_page_at_all_is_copied_as_an_empty_text_and_not_written_down(session, copy_format, text):
    assert copy_many(session, [], copy_format, JOB).reveal() == text
    assert session.vault.history.count() == 0


@pytest.mark.parametrize("copy_format", list(CopyFormat))
def test_copying_is_written_down_of_each_page_that_has_a_token(session, practice, copy_format):
    login = connect(session, practice, AMIRA)
    rows = rows_by_name(session, login)
    without = PageRow(Page("12345", "Without"))
    copy_many(session, [*rows, without], copy_format, JOB)
    events = session.vault.history.events(kinds=("copied",))
    assert {(event.subject, event.page_id) for event in events} == {(row.page.name, row.page.id) for row in rows}
    assert {(event.who, event.detail) for event in events} == {(os_user_name(), _WRITTEN[copy_format])}
    copy_many(session, rows[:2], copy_format, JOB)
    assert session.vault.history.events(kinds=("copied",))[0].detail == _WRITTEN[copy_format]
    copy_many(session, rows[:1], copy_format, JOB)
    assert session.vault.history.events(kinds=("copied",))[0].detail == _WRITTEN[copy_format].removeprefix(
        "with others, "
    )


def test_a_page_without_a_name_is_written_down_by_its_id(session):
    note_copied(session, [PageRow(Page("12345"))], "its token", JOB)
    (event,) = session.vault.history.events()
    assert (event.what, event.subject, event.detail, event.page_id) == ("copied", "12345", "its token", "12345")
    assert abs(event.at - session.now()) <= 1


def test_what_is_copied_is_still_a_secret():
    secret, page = Secret("EAA" + "x7Qd" * 20), Page("12345", "Nordlys")
    for text in (both_lines(page, secret), setting_line(page, secret)):
        assert secret.reveal() in text.reveal()
        assert "x7Qd" not in f"{text} {text!r}"
