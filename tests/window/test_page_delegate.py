"""Painting the Page table's cells: what looks the same is painted once, and looks as if it were painted each time."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from gui import theme
from gui.text import fold
from gui.values import NO_END, Client, Page, PageRow, TokenState
from gui.widgets import page_delegate
from gui.widgets.page_model import Words, prepare
from gui.widgets.page_table import PageTable

NAMES = ("Café Müller", "Nordlys Bakery", "مخبز أميرة", "東京ランナーズ", "🌸 Blossom & Co", "किताब घर")
STATES = (TokenState.WORKS, TokenState.ENDS_SOON, TokenState.NEEDS_YOU)
NORD = Client(1, "Client Nord", 3)


def rows_of(count):
    for number in range(count):
        name = f"{NAMES[number % len(NAMES)]} {number}"
        page = Page(str(100_000 + number), name, "Bakery", ("MANAGE",))
        clients = (NORD,) if number % 2 else ()
        folded = fold(f"{name}\n{page.id}\nbakery")
        yield PageRow(page, "x7Qd", NO_END, STATES[number % 3], "", folded, clients=clients)


@pytest.fixture
def table(qtbot, qapp):
    made = PageTable(Words())
    qtbot.addWidget(made)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.resize(1000, 680)
    made.set_prepared(prepare(rows_of(600), Words()))
    made.show()
    qtbot.waitExposed(made)
    return made


def picture_of(table):
    return table.viewport().grab().toImage()


def largest_difference(one, other):
    assert one.size() == other.size()
    pairs = zip(bytes(one.constBits()), bytes(other.constBits()), strict=True)
    return max(abs(first - second) for first, second in pairs)


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("rows", ["compact", "tall"])
def test_cells_that_are_shared_look_as_if_each_were_painted(table, monkeypatch, direction, rows):
    table.setLayoutDirection(direction)
    table.set_column_layout(replace(table.column_layout, rows=rows))
    table.pages.select([row.page.id for row in table.pages.rows[1:3]], True)
    shared = picture_of(table)
    monkeypatch.setattr(page_delegate, "_SHARED", frozenset())
    # Where two cells meet, the smooth line of one touches the other's last pixel.
    assert largest_difference(shared, picture_of(table)) <= 8


def test_painting_again_paints_no_cell_and_no_letter_anew(table):
    first = picture_of(table)
    cells, letters = dict(table._delegate._cells), dict(table._delegate._tiles)
    assert cells
    assert letters
    assert picture_of(table) == first
    assert table._delegate._cells == cells
    assert all(table._delegate._tiles[key] is tile for key, tile in letters.items())


def test_another_scheme_drops_what_was_painted(table, qapp):
    light = picture_of(table)
    try:
        theme.apply(qapp, "dark")
        table.refresh()
        assert not table._delegate._cells
        assert not table._delegate._tiles
        assert largest_difference(light, picture_of(table)) > 100
    finally:
        theme.apply(qapp, "light")
        table.refresh()
    assert picture_of(table) == light


def test_what_is_kept_painted_is_bounded(table, monkeypatch):
    monkeypatch.setattr(page_delegate, "_MOST_CELLS", 3)
    monkeypatch.setattr(page_delegate, "_MOST_TILES", 2)
    table.refresh()
    picture_of(table)
    assert len(table._delegate._cells) <= 3
    assert len(table._delegate._tiles) <= 2


def test_where_pixels_would_not_fit_cells_are_painted_each_time(table, monkeypatch):
    whole = picture_of(table)
    table.refresh()
    monkeypatch.setattr(table, "devicePixelRatioF", lambda: 1.5)
    again = picture_of(table)
    assert not table._delegate._cells
    assert again.size() == whole.size()
