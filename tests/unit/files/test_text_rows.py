"""Texts as rows: every line keeps its number, broken lines are put together, nothing of a table is lost."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.files.document import Row
from gui.files.text_rows import split_lines, text_rows, unfold
from tests.support.people import token_text

TOKEN, OTHER = token_text(1), token_text(2)


def cells(text):
    return {row.number: row.cells for row in text_rows(text)}


# ------------------------------------------------------------------- unfolding
def broken(token, width, mark=""):
    return f"\n{mark}".join(token[start : start + width] for start in range(0, len(token), width))


@pytest.mark.parametrize("width", [60, 64, 72, 75, 76, 78])
@pytest.mark.parametrize("mark", ["", "> ", ">> ", "    "])
def test_a_token_that_a_mail_broke_is_put_together_on_its_first_line(width, mark):
    lines = unfold(f"Hello,\n{mark}{broken(TOKEN, width, mark)}\n\nBye").split("\n")
    assert lines[1].removeprefix(mark) == TOKEN
    assert (lines[0], lines[-2:]) == ("Hello,", ["", "Bye"])


def test_a_token_after_a_name_is_put_together():
    text = f"Nordlys Kayak: {TOKEN[:61]}\n{TOKEN[61:137]}\n{TOKEN[137:]}\nKayak"
    assert unfold(text) == f"Nordlys Kayak: {TOKEN}\n\n\nKayak"


def test_soft_breaks_of_a_mail_are_undone():
    lines = [TOKEN[:75], TOKEN[75:150], TOKEN[150:]]
    assert unfold("=\n".join(lines) + "\nBye") == f"{TOKEN}\n\n\nBye"
    assert unfold(f"access_token=3D{TOKEN}") == f"access_token={TOKEN}"


@pytest.mark.parametrize(
    "after",
    [
        "Nordlys",
        "101234567890123",
        "0123456789abcdef0123456789abcdef",
        "a b c",
        "",
        "PAGE=7",
        OTHER,
        "The-End",
        "kayak12",
    ],
)
def test_what_is_no_piece_of_a_token_stays_on_its_line(after):
    assert unfold(f"{broken(TOKEN, 76)}\n{after}") == f"{TOKEN}\n\n\n{after}"
    assert unfold(f"{TOKEN}\n{after}") == f"{TOKEN}\n{after}"


@given(
    st.lists(
        st.sampled_from((TOKEN, OTHER, TOKEN[:76], TOKEN[76:], "name", "", "a,b", "=", "> x", "x" * 80)), max_size=12
    )
)
def test_unfolding_keeps_the_number_of_lines(lines):
    assert unfold("\n".join(lines)).count("\n") == max(0, len(lines) - 1)


def test_lines_are_those_of_an_editor():
    assert split_lines("a\r\nb\nc\rd\x0be\u2028f") == ["a", "b", "c", "d\x0be\u2028f"]
    assert cells("one\n\ntwo\n \nthree") == {1: ("one",), 3: ("two",), 5: ("three",)}


# ------------------------------------------------------------------------- CSV
names = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Zs")), max_size=12)
fields = st.lists(names, min_size=0, max_size=3).map(lambda some: "\n".join(filter(None, some)))


@given(st.lists(st.tuples(fields, names), min_size=1, max_size=12), st.sampled_from(",;\t"))
def test_a_table_that_a_program_wrote_comes_back(rows, separator):
    table = [("Page", "Note", "Client", "Number", "Token")]
    rows = [*rows, *[("a note", "Kayak")] * (3 * len(rows))]
    table += [(name, note, "Nord", str(n), token_text(n)) for n, (note, name) in enumerate(rows)]
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(table)
    assert [row.cells for row in text_rows(out.getvalue())] == [
        tuple(" ".join(cell.split()) for cell in row) for row in table
    ]


def test_a_row_is_called_by_the_line_that_it_begins_on():
    text = f'Page;Note;ID;Client;Token\nA;"one\ntwo\nthree";1;N;{TOKEN}\nB;x;2;N;{OTHER}\n'
    assert cells(text) == {
        1: ("Page", "Note", "ID", "Client", "Token"),
        2: ("A", "one two three", "1", "N", TOKEN),
        5: ("B", "x", "2", "N", OTHER),
    }


def test_an_open_quote_among_rows_with_line_breaks_loses_nothing():
    rows = [f"P{n};a note;{n};N;{token_text(n)}" for n in range(12)]
    for n in (1, 5, 8):
        rows[n] = f'P{n};"a note\nof two lines";{n};N;{token_text(n)}'
    for n in (2, 9):
        rows[n] = f'"P{n};a note;{n};N;{token_text(n)}'
    found = cells("Page;Note;ID;Client;Token\n" + "\n".join(rows) + "\n")
    assert [row[-1] for row in found.values()] == ["Token", *(token_text(n) for n in range(12))]
    assert [row[0] for row in found.values()] == ["Page", *(f"P{n}" for n in range(12))]
    assert list(found) == [1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 14, 15, 16]


def test_where_quotes_mean_nothing_each_line_is_a_row():
    lines = [f'"P{n};{n};{token_text(n)}' for n in range(40)]
    found = cells("Page;ID;Token\n" + "\n".join(lines))
    assert found == {1: ("Page", "ID", "Token"), **{n + 2: (f"P{n}", str(n), token_text(n)) for n in range(40)}}


# ----------------------------------------------------------------------- others
def test_a_markdown_table_is_its_cells():
    text = f"# Tokens\n\n| Page | ID | Token |\n|:---|---:|:--:|\n| A | 1 | `{TOKEN}` |\n| B |  | `{OTHER}` |\n"
    assert cells(text) == {
        1: ("# Tokens",),
        3: ("Page", "ID", "Token"),
        5: ("A", "1", f"`{TOKEN}`"),
        6: ("B", "", f"`{OTHER}`"),
    }


def test_an_insert_is_its_names_and_values():
    text = f"INSERT INTO pages (name, page_id, token)\nVALUES ('It''s A; B, C', 123456, '{TOKEN}'),\n"
    text += f"('B', NULL, \"{OTHER}\");"
    assert text_rows(text) == [
        Row(1, ("name", "page_id", "token")),
        Row(2, ("It's A; B, C", "123456", TOKEN)),
        Row(3, ("B", "", OTHER)),
    ]


def test_lines_of_a_mail_lose_their_marks_alone():
    assert cells(f"> > Nordlys\n>\n> {TOKEN}\n") == {1: ("Nordlys",), 3: (TOKEN,)}
    assert cells(f"Nordlys\t{TOKEN}\n\nsome words\nmore words\n") == {
        1: ("Nordlys", TOKEN), 3: ("some words",), 4: ("more words",),
    }  # fmt: skip
