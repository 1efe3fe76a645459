"""Keys and mouse in the Page table: moving, selecting, menus, columns, and what is painted."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui import theme
from gui.text import fold
from gui.values import NO_END, Client, ColumnLayout, Page, PageRow, TokenState
from gui.widgets import page_columns
from gui.widgets.page_model import Words, prepare
from gui.widgets.page_table import PageTable

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def row(number, **given):
    page = Page(str(100_000 + number), f"Page {number:02}", "Bakery", ("MANAGE",), origins=("owned_pages:Nord",))
    return replace(PageRow(page, "x7Qd", NO_END, TokenState.WORKS, "", fold(f"{page.name}\n{page.id}")), **given)


@pytest.fixture
def table(qtbot, qapp):
    made = PageTable(Words())
    qtbot.addWidget(made)
    made.resize(1100, 600)
    made.pages.set_rows([row(number) for number in range(30)])
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    return made


def selected(table):
    """The numbers of the selected Pages."""
    return sorted(int(page_id) - 100_000 for page_id in table.pages.selected)


def number_chosen(table):
    one = table.chosen()
    return None if one is None else int(one.page.id) - 100_000


def cell(table, number, column=page_columns.PAGE):
    return table.visualRect(table.pages.index(table.pages.place_of(str(100_000 + number)), column))


def click(table, number, modifiers=NONE, column=page_columns.STATE):
    QTest.mouseClick(table.viewport(), LEFT, modifiers, cell(table, number, column).center())


def click_box(table, number):
    QTest.mouseClick(table.viewport(), LEFT, NONE, table.box_place(str(100_000 + number)).center())


def header_cell(table, column):
    header = table.horizontalHeader()
    return QPoint(header.sectionViewportPosition(column) + header.sectionSize(column) // 2, 20)


def picture(table, number, column):
    return table.viewport().grab(cell(table, number, column)).toImage()


# --------------------------------------------------------------------------- keys
def test_arrows_home_and_end_move_from_page_to_page(table):
    click(table, 0)
    assert number_chosen(table) == 0
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Up)
    assert number_chosen(table) == 1
    QTest.keyClick(table, Qt.Key.Key_End, CTRL)
    assert number_chosen(table) == 29
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert number_chosen(table) == 29, "there is none below"
    assert selected(table) == [], "moving selects nothing"


def test_space_selects_and_lets_go(table):
    click(table, 4)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert selected(table) == [4]
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert selected(table) == []


def test_shift_and_arrows_select_downwards_and_upwards_and_stop_at_the_edge(table):
    click(table, 28)
    QTest.keyClick(table, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(table, Qt.Key.Key_Down, SHIFT)
    assert (selected(table), number_chosen(table)) == ([28, 29], 29)
    click(table, 1)
    QTest.keyClick(table, Qt.Key.Key_Up, SHIFT)
    QTest.keyClick(table, Qt.Key.Key_Up, SHIFT)
    assert (selected(table), number_chosen(table)) == ([0, 1, 28, 29], 0)


def test_ctrl_a_selects_what_is_shown_and_escape_none(table):
    table.pages.set_query("10001")
    QTest.keySequence(table, "Ctrl+A")
    assert selected(table) == list(range(10, 20))
    table.pages.set_query("")
    assert selected(table) == list(range(10, 20)), "the selection outlives the search"
    QTest.keyClick(table, Qt.Key.Key_Escape)
    assert selected(table) == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_return_copies_the_page_that_the_keyboard_is_at(table, qtbot, key):
    click(table, 3)
    with qtbot.waitSignal(table.copy_wanted) as waited:
        QTest.keyClick(table, key)
    assert waited.args is not None
    assert waited.args[0].page.name == "Page 03"


def test_keys_do_nothing_before_any_page_is_chosen(table, qtbot):
    table.setCurrentIndex(table.pages.index(-1, -1))
    with qtbot.assertNotEmitted(table.copy_wanted):
        QTest.keyClick(table, Qt.Key.Key_Return)
        QTest.keySequence(table, "Ctrl+C")
        QTest.keyClick(table, Qt.Key.Key_Space)
    assert selected(table) == []


# -------------------------------------------------------------------------- mouse
def test_boxes_ctrl_and_shift_select_as_everywhere(table):
    click_box(table, 2)
    click(table, 5, CTRL)
    assert selected(table) == [2, 5]
    click(table, 8, SHIFT)
    assert selected(table) == [2, 5, 6, 7, 8], "from the one before to here"
    click(table, 5, CTRL)
    assert selected(table) == [2, 6, 7, 8]
    click(table, 1)
    assert selected(table) == [2, 6, 7, 8], "a plain click moves only"
    click(table, 0, SHIFT)
    assert selected(table) == [0, 1, 2, 6, 7, 8], "upwards too"


def test_shift_from_a_row_that_a_search_hides_selects_the_one_pressed_alone(table):
    click(table, 3)
    table.pages.set_query("10001")
    click(table, 15, SHIFT)
    assert selected(table) == [15]


def test_a_shift_click_copies_nothing(table, qtbot):
    click(table, 1)
    with qtbot.assertNotEmitted(table.copy_wanted):
        QTest.mouseClick(table.viewport(), LEFT, SHIFT, table.copy_place("100003").center())
    assert selected(table) == [1, 2, 3]


def test_a_double_click_on_a_box_copies_nothing(table, qtbot):
    with qtbot.assertNotEmitted(table.copy_wanted):
        QTest.mouseDClick(table.viewport(), LEFT, NONE, table.box_place("100003").center())


def test_the_pointer_says_where_a_click_copies(table):
    place = table.copy_place("100002")
    QTest.mouseMove(table.viewport(), QPoint(place.left() - 60, place.center().y()))
    assert table.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor
    before = picture(table, 2, page_columns.TOKEN)
    QTest.mouseMove(table.viewport(), place.center())
    assert table.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert picture(table, 2, page_columns.TOKEN) != before, "the button lights up"


def test_a_few_pages_have_no_boxes_until_one_is_selected(table):
    table.pages.set_rows([row(number) for number in range(5)])
    assert table.box_place("100001").isEmpty()
    click(table, 1, CTRL)
    assert not table.box_place("100001").isEmpty()


# --------------------------------------------------------------------------- menus
def ask_menu(table, reason, place):
    event = QContextMenuEvent(reason, place, table.viewport().mapToGlobal(place))
    QApplication.sendEvent(table.viewport(), event)


def test_a_right_click_asks_for_the_menu_of_the_page_below_it(table, qtbot):
    click(table, 0)
    with qtbot.waitSignal(table.menu_wanted) as waited:
        ask_menu(table, QContextMenuEvent.Reason.Mouse, cell(table, 6).center())
    assert waited.args is not None
    assert waited.args[0].page.name == "Page 06"
    assert number_chosen(table) == 6


def test_the_menu_key_asks_for_the_menu_of_the_chosen_page(table, qtbot):
    click(table, 3)
    with qtbot.waitSignal(table.menu_wanted) as waited:
        ask_menu(table, QContextMenuEvent.Reason.Keyboard, QPoint(0, 0))
    assert waited.args is not None
    asked, where = waited.args
    assert asked.page.name == "Page 03"
    at = table.viewport().mapFromGlobal(where)
    assert table.indexAt(at).row() == 3, "it opens at the Page"


def test_below_the_last_page_there_is_no_menu(table, qtbot):
    table.pages.set_rows([row(1)])
    with qtbot.assertNotEmitted(table.menu_wanted):
        ask_menu(table, QContextMenuEvent.Reason.Mouse, QPoint(200, 500))


def test_a_right_click_on_the_header_asks_for_the_columns(table, qtbot):
    header = table.horizontalHeader()
    with qtbot.waitSignal(table.columns_wanted) as waited:
        at = QPoint(40, 12)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, header.viewport().mapToGlobal(at))
        QApplication.sendEvent(header.viewport(), event)
    assert waited.args is not None
    assert header.mapFromGlobal(waited.args[0]) == at


# ------------------------------------------------------------------------- columns
def test_a_click_on_a_header_sorts_and_a_second_one_turns_it_round(table):
    click(table, 7)
    QTest.mouseClick(table.horizontalHeader().viewport(), LEFT, NONE, header_cell(table, page_columns.PAGE))
    assert table.pages.row(0).page.name == "Page 29", "by name it was already"
    assert number_chosen(table) == 7, "the chosen Page stays chosen"
    QTest.mouseClick(table.horizontalHeader().viewport(), LEFT, NONE, header_cell(table, page_columns.PAGE))
    assert table.pages.row(0).page.name == "Page 00"


def test_a_header_that_is_dragged_makes_its_column_wider_and_that_is_told(table, qtbot):
    header = table.horizontalHeader()
    before = table.columnWidth(page_columns.ENDS)
    edge = header.sectionViewportPosition(page_columns.ENDS) + before - 1
    with qtbot.waitSignal(table.column_layout_changed):
        QTest.mousePress(header.viewport(), LEFT, NONE, QPoint(edge, 20))
        QTest.mouseMove(header.viewport(), QPoint(edge + 30, 20))
        QTest.mouseRelease(header.viewport(), LEFT, NONE, QPoint(edge + 30, 20))
    qtbot.waitUntil(lambda: abs(table.columnWidth(page_columns.ENDS) - before - 30) <= 1)
    assert set(table.column_layout.widths) == {"ends"}
    assert table.horizontalScrollBar().maximum() == 0


def test_the_edge_of_the_page_column_moves_its_neighbor(table, qtbot):
    header = table.horizontalHeader()
    first = next(
        column
        for column in (header.logicalIndex(at) for at in range(1, header.count()))
        if not table.isColumnHidden(column)
    )
    before = table.columnWidth(first)
    edge = table.columnWidth(page_columns.PAGE) - 1
    QTest.mousePress(header.viewport(), LEFT, NONE, QPoint(edge, 20))
    QTest.mouseMove(header.viewport(), QPoint(edge - 24, 20))
    QTest.mouseRelease(header.viewport(), LEFT, NONE, QPoint(edge - 24, 20))
    qtbot.waitUntil(lambda: table.columnWidth(first) > before + 15)
    assert list(table.column_layout.widths) == [page_columns.KEYS[first]]


def test_a_column_that_is_moved_stays_where_it_was_put(table, qtbot):
    header = table.horizontalHeader()
    with qtbot.waitSignal(table.column_layout_changed):
        header.moveSection(header.visualIndex(page_columns.STATE), 1)
    layout = table.column_layout
    assert layout.order[:2] == ("page", "state")
    table.set_column_layout(ColumnLayout())
    assert header.visualIndex(page_columns.STATE) != 1
    with qtbot.assertNotEmitted(table.column_layout_changed):
        table.set_column_layout(layout)
    assert header.visualIndex(page_columns.STATE) == 1


def test_every_column_can_be_shown_and_says_its_cell(table):
    client = Client(1, "Nord Retail", 2)
    table.set_prepared(prepare([row(1, clients=(client, Client(2, "Other"))), row(2)], Words()))
    table.resize(1900, 500)
    table.set_column_layout(ColumnLayout(chosen=page_columns.KEYS))
    assert not any(table.isColumnHidden(column) for column in range(len(page_columns.HEADERS)))
    said = {column: table.pages.index(0, column).data() for column in range(len(page_columns.HEADERS))}
    assert said[page_columns.PAGE] == "Page 01"
    assert said[page_columns.PAGE_ID] == "100001"
    assert said[page_columns.CLIENT] == "Nord Retail, Other"
    assert said[page_columns.BUSINESS] == "Nord"
    assert said[page_columns.CATEGORY] == "Bakery"
    assert picture(table, 1, page_columns.CLIENT) != picture(table, 2, page_columns.CLIENT), "its chip is painted"


# ------------------------------------------------------------------------- painting
def test_a_picture_takes_the_place_of_the_letter(table):
    before = picture(table, 1, page_columns.PAGE)
    red = QPixmap(64, 64)
    red.fill(Qt.GlobalColor.red)
    table.set_picture("100001", red)
    after = picture(table, 1, page_columns.PAGE)
    assert after != before
    assert any(after.pixelColor(x, after.height() // 2).red() == 255 for x in range(after.width()))


def test_pictures_are_asked_for_once_and_only_for_pages_in_sight(table, qtbot):
    def with_picture(number):
        one = row(number)
        return replace(one, page=replace(one.page, picture_url=f"http://127.0.0.1/{number}"))

    asked: list[str] = []
    table.pictures_wanted.connect(lambda rows: asked.extend(one.page.id for one in rows))
    with qtbot.waitSignal(table.pictures_wanted):
        table.pages.set_rows([with_picture(number) for number in range(200)])
    assert "100000" in asked
    assert len(asked) < 20
    table.scrollToBottom()
    qtbot.waitUntil(lambda: table.pages.row(199).page.id in asked)
    assert table.pages.row(100).page.id not in asked, "it was never in sight"
    assert len(asked) == len(set(asked))


def test_the_states_are_painted_apart(table):
    rows = [row(number, state=state) for number, state in enumerate(TokenState)]
    table.pages.set_rows(rows)
    pictures = [picture(table, number, page_columns.STATE) for number in range(3)]
    assert pictures[0] != pictures[1] != pictures[2] != pictures[0]


def test_a_page_without_a_token_is_painted_without_a_button(table):
    table.pages.set_rows([row(1), row(2, last_four="")])
    assert picture(table, 1, page_columns.TOKEN) != picture(table, 2, page_columns.TOKEN)
    assert table.pages.index(1, page_columns.TOKEN).data() == "no token"


@pytest.mark.parametrize("rows", ["tall", "compact"])
def test_from_right_to_left_everything_stands_on_the_other_side(table, rows):
    table.set_column_layout(ColumnLayout(rows=rows))
    cell_before = cell(table, 1, page_columns.TOKEN)
    from_left = table.copy_place("100001").left() - cell_before.left()
    tokens = picture(table, 1, page_columns.TOKEN)
    table.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert picture(table, 1, page_columns.TOKEN) != tokens
    cell_after = cell(table, 1, page_columns.TOKEN)
    from_right = cell_after.right() - table.copy_place("100001").right()
    assert abs(from_left - from_right) <= 1
    box, page = table.box_place("100001"), cell(table, 1)
    assert box.center().x() > page.center().x()


def test_low_rows_show_the_id_beside_the_name_where_there_is_room(table):
    table.set_column_layout(ColumnLayout(rows="compact", chosen=("page", "token")))
    assert table.rowHeight(0) == 40
    roomy = picture(table, 1, page_columns.PAGE)
    table.set_column_layout(ColumnLayout(rows="compact", chosen=("page", "page_id", "token")))
    with_column = picture(table, 1, page_columns.PAGE)
    middle = roomy.width() * 2 // 3

    def inked(image):
        ground = image.pixelColor(image.width() - 2, 5)
        return any(
            image.pixelColor(x, y) != ground
            for x in range(middle, image.width() - 2, 1)
            for y in range(5, image.height() - 5)
        )

    assert inked(roomy)
    assert with_column.width() < roomy.width()


def test_the_chosen_page_is_marked_in_low_rows(table):
    table.set_column_layout(ColumnLayout(rows="compact"))
    click(table, 2)
    accent = theme.colors().accent.lower()
    assert picture(table, 2, page_columns.PAGE).pixelColor(1, 12).name() == accent
    assert picture(table, 3, page_columns.PAGE).pixelColor(1, 12).name() != accent


def test_a_selected_page_is_said_as_selected(table):
    index = table.pages.index(2, page_columns.PAGE)
    before = picture(table, 2, page_columns.PAGE)
    click_box(table, 2)
    assert (
        index.data(Qt.ItemDataRole.AccessibleTextRole)
        == "Page 02, selected, Bakery, Page ID 100002, Works, Return copies the token, Space selects"
    )
    assert picture(table, 2, page_columns.PAGE) != before, "its box is checked"


def test_the_tool_tip_says_what_the_row_has_no_room_for(table):
    page = replace(row(1).page, instagram_id="1784", instagram_name="amira.bakes")
    table.pages.set_rows([row(1, page=page, clients=(Client(1, "Nord Retail"),))])
    tip = table.pages.index(0, page_columns.PAGE).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.splitlines() == [
        "Page 01",
        "Bakery",
        "Page ID 100001",
        "Instagram @amira.bakes, ID 1784",
        "From: owned_pages:Nord",
        "Client: Nord Retail",
    ]
