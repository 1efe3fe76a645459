import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gui.text import fold
from gui.values import NO_END, Page, PageRow, TokenState
from gui.widgets import page_columns
from gui.widgets.page_model import Words
from gui.widgets.page_table import PageTable

NAMES = [
    "Café Müller",
    "مخبز أميرة",
    "🌸 Blossom & Co",
    "東京ランナーズ",
    "Łódź Bakery",
    "किताब घर",
    "Ørsted Cycles",
    "amira",
]


def row(number, name, state=TokenState.WORKS, expires_at=NO_END, last_four="x7Qd"):
    page = Page(str(100_000 + number), name, "Bakery", ("MANAGE",))
    return PageRow(page, last_four, expires_at, state, "", fold(f"{name}\n{page.id}\n{page.category}"))


@pytest.fixture
def table(qtbot, qapp):
    made = PageTable(Words())
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.pages.set_rows([row(number, name) for number, name in enumerate(NAMES)])
    made.show()
    qtbot.waitExposed(made)
    return made


def shown(table):
    return [table.pages.row(at).page.name for at in range(table.pages.rowCount())]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("muller", ["Café Müller"]), ("CAFE", ["Café Müller"]), ("أميرة", ["مخبز أميرة"]), ("lodz", ["Łódź Bakery"]),
        ("orsted", ["Ørsted Cycles"]), ("ランナー", ["東京ランナーズ"]), ("किताब", ["किताब घर"]),
        ("100002", ["🌸 Blossom & Co"]),
        ("blossom co", ["🌸 Blossom & Co"]), ("nothing at all", []),
    ],
)  # fmt: skip
def test_search_ignores_accents_and_case_in_every_script(table, query, names):
    table.pages.set_query(query)
    assert shown(table) == names
    table.pages.set_query("")
    assert len(shown(table)) == len(NAMES)


def test_vowel_signs_are_not_dropped():
    assert fold("किताब") != fold("कतब")
    assert fold("ÅÉ") == "ae"


def test_sort_by_every_column(table):
    rows = [
        row(1, "B", TokenState.NEEDS_YOU, last_four=""),
        row(2, "A", TokenState.WORKS, 0),
        row(3, "C", TokenState.ENDS_SOON, 1_800_000_000),
    ]
    table.pages.set_rows(rows)
    assert shown(table) == ["A", "B", "C"]
    table.pages.sort(page_columns.PAGE, Qt.SortOrder.DescendingOrder)
    assert shown(table) == ["C", "B", "A"]
    table.pages.sort(page_columns.STATE)
    assert shown(table) == ["B", "C", "A"]
    table.pages.sort(page_columns.ENDS)
    assert shown(table) == ["C", "A", "B"]
    table.pages.sort(page_columns.TOKEN)
    assert shown(table) == ["A", "C", "B"]


def test_rows_merge_by_id(table):
    table.pages.merge((row(0, "Café Müller", TokenState.NEEDS_YOU), row(50, "New")))
    assert len(table.pages.rows) == len(NAMES) + 1
    assert table.pages.by_id("100000").state is TokenState.NEEDS_YOU
    assert table.pages.counts() == {TokenState.WORKS: 8, TokenState.NEEDS_YOU: 1}


def test_the_same_rows_once_more_change_nothing(table, qtbot):
    counts = dict(table.pages.counts())
    with qtbot.assertNotEmitted(table.pages.dataChanged), qtbot.assertNotEmitted(table.pages.rowsInserted):
        table.pages.merge(tuple(table.pages.rows))
    assert dict(table.pages.counts()) == counts


@pytest.mark.parametrize("press", ["Ctrl+C", "Return"])
def test_a_row_is_chosen_as_soon_as_the_list_has_the_focus(table, qtbot, press):
    copied = []
    table.copy_wanted.connect(lambda one: copied.append(one.page.id))
    QGuiApplication.clipboard().setText("before")
    table.clearFocus()
    table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(table.hasFocus)
    assert table.chosen() is not None
    QTest.keySequence(table, press)
    assert copied == [table.pages.row(0).page.id]
    assert QGuiApplication.clipboard().text() == "before", "no key copies a cell’s text"
    # Back again, the row that one was on is still chosen.
    QTest.keyClick(table, Qt.Key.Key_Down)
    table.clearFocus()
    table.setFocus(Qt.FocusReason.BacktabFocusReason)
    QTest.keySequence(table, press)
    assert copied[1:] == [table.pages.row(1).page.id]


def test_real_clicks_and_keys_copy(table, qtbot):
    copied = []
    table.copy_wanted.connect(lambda one: copied.append(one.page.id))
    first = table.pages.row(0).page.id
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, table.copy_place(first).center()
    )
    assert copied == [first]
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(60, 60))
    assert copied == [first]
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keySequence(table, "Ctrl+C")
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert copied[1:] == [table.chosen().page.id] * 2
    QTest.mouseDClick(
        table.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        table.visualRect(table.pages.index(3, 0)).center(),
    )
    assert copied[3] == table.pages.row(3).page.id


@pytest.mark.parametrize(("factor", "width"), [(1.5, 1000), (1.5, 1400), (2.0, 1100), (2.0, 2000)])
def test_with_larger_text_everything_grows_and_a_click_still_copies(table, factor, width):
    font = table.font()
    usual_height = table.rowHeight(0)
    usual_copy = table.copy_place(table.pages.row(0).page.id)
    font.setPixelSize(round(14 * factor))
    table.setFont(font)
    table.resize(width, 600)
    table.refresh()
    copied = []
    table.copy_wanted.connect(lambda one: copied.append(one.page.id))
    first = table.pages.row(0).page.id
    place = table.copy_place(first)
    assert table.rowHeight(0) == pytest.approx(usual_height * factor, abs=2)
    assert place.width() == pytest.approx(usual_copy.width() * factor, abs=2)
    assert table.visualRect(table.pages.index(0, page_columns.TOKEN)).contains(place)
    for corner in (place.topLeft(), place.bottomRight()):
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, corner)
    assert copied == [first] * 2
    wide = sum(
        table.columnWidth(column) for column in range(len(page_columns.HEADERS)) if not table.isColumnHidden(column)
    )
    assert wide <= table.viewport().width()


def test_text_too_large_for_the_window_grows_as_far_as_there_is_room(table):
    font = table.font()
    font.setPixelSize(28)
    table.setFont(font)
    for width in (560, 700, 900):
        table.resize(width, 600)
        table.refresh()
        wide = sum(
            table.columnWidth(column) for column in range(len(page_columns.HEADERS)) if not table.isColumnHidden(column)
        )
        assert wide <= table.viewport().width()
        assert not table.isColumnHidden(page_columns.TOKEN)
        place = table.copy_place(table.pages.row(0).page.id)
        assert table.visualRect(table.pages.index(0, page_columns.TOKEN)).contains(place)


def test_a_column_is_kept_as_wide_as_it_is_with_the_usual_text(table):
    font = table.font()
    font.setPixelSize(28)
    table.setFont(font)
    table.resize(2400, 600)
    table.refresh()
    table.horizontalHeader().resizeSection(page_columns.STATE, 360)
    assert table.column_layout.widths == {"state": 180}
    font.setPixelSize(14)
    table.setFont(font)
    table.refresh()
    assert table.columnWidth(page_columns.STATE) == 180


def test_a_page_without_a_token_has_no_copy_button(table):
    table.pages.set_rows([row(1, "B", TokenState.NEEDS_YOU, last_four="")])
    copied: list[str] = []
    table.copy_wanted.connect(copied.append)
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, table.copy_place("100001").center()
    )
    assert copied == []


def test_nothing_is_cut_sideways(table):
    for width in (660, 700, 1000, 1800):
        table.resize(width, 400)
        wide = sum(
            table.columnWidth(column) for column in range(len(page_columns.HEADERS)) if not table.isColumnHidden(column)
        )
        assert wide <= table.viewport().width()
        assert table.columnWidth(page_columns.PAGE) >= 150


def test_many_pages_are_compact_rows(table):
    table.pages.set_rows([row(number, f"Page {number}") for number in range(2000)])
    assert table.rowHeight(0) == 40
    table.pages.set_rows([row(number, f"Page {number}") for number in range(20)])
    assert table.rowHeight(0) == 58


def test_no_cell_says_a_token_aloud(table):
    from gui.values import Secret

    token = "EAAB" + "x7Qd" * 40
    fresh = PageRow(Page("1", "A"), "x7Qd", NO_END, fresh=Secret(token))
    table.pages.set_rows([fresh])
    for column in range(len(page_columns.HEADERS)):
        for role in range(14):
            assert token not in str(table.pages.data(table.pages.index(0, column), role))
