"""History alone: what happened, searched, grouped, of one Page, exported; and the table that shows it."""

import csv
import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from gui import theme
from gui.panels.history import HistoryPanel
from gui.values import Event, Tone
from gui.widgets.text_table import Column, TextTable
from tests.support.agency import AMIRA, connect
from tests.support.one_panel import OnePanel


@pytest.fixture
def history(qtbot, qapp, session, practice):
    one = OnePanel(HistoryPanel, session, practice, width=1200)
    yield one
    one.close()


@pytest.fixture
def events(session, practice):
    """Amira's three Pages were made; one was copied, one died."""
    login = connect(session, practice, AMIRA)
    first, second = list(session.vault.page_rows(login))[:2]
    session.vault.history.add(
        [
            Event("copied", first.page.name, "Kim", "", first.page.id, session.now() + 10),
            Event("died", second.page.name, "", "password_changed", second.page.id, session.now() + 20),
            Event("from_the_future", "Somebody", "", "as it is", "", session.now() + 30),
        ]
    )
    return first.page, second.page


def shown(history):
    return [event.what for event in history.panel.table.items]


def begin(history, qtbot, page_id=""):
    history.panel.begin(page_id)
    qtbot.waitUntil(lambda: history.driver.seen("panelSubtitle") is not None)


def column(history, number):
    model = history.panel.table.model()
    return [model.index(row, number).data() for row in range(model.rowCount())]


def test_nothing_yet_says_what_will_be_written_down(history, qtbot):
    begin(history, qtbot)
    assert "0 events shown, 0 in all" in history.text("panelSubtitle")
    assert not history.driver.find("historyExport").isEnabled()
    assert history.driver.seen("eventTable") is None


def test_everything_that_happened_newest_first(history, qtbot, events):
    begin(history, qtbot)
    assert shown(history)[:3] == ["from_the_future", "died", "copied"]
    assert history.text("panelSubtitle").startswith("7 events shown, 7 in all.")
    assert column(history, 1)[:3] == ["from_the_future", "Token died", "Token copied"]
    assert column(history, 4)[1] == "The token ended because the password was changed"
    assert column(history, 3)[2] == "Kim"


def test_typing_searches(history, qtbot, events):
    begin(history, qtbot)
    history.driver.type_into("historySearch", "Kim")
    qtbot.waitUntil(lambda: shown(history) == ["copied"])
    assert history.text("panelSubtitle").startswith("1 event shown, 7 in all.")
    history.driver.type_into("historySearch", "nobody of that name")
    qtbot.waitUntil(lambda: shown(history) == [])
    assert history.driver.seen("eventTable") is None
    history.driver.type_into("historySearch", "")
    qtbot.waitUntil(lambda: len(shown(history)) == 7)


@pytest.mark.parametrize(
    ("group", "kinds"),
    [("given", {"copied"}), ("died", {"died"}), ("made", {"made", "login_made"}), ("gone", set())],
)
def test_a_group_is_one_press_away(history, qtbot, events, group, kinds):
    begin(history, qtbot)
    history.press(f"history_{group}")
    qtbot.waitUntil(lambda: set(shown(history)) == kinds)
    assert history.driver.find(f"history_{group}").isChecked()
    assert not history.driver.find("history_all").isChecked()
    history.press("history_all")
    qtbot.waitUntil(lambda: len(shown(history)) == 7)


def test_one_pages_history_and_back_to_everybodys(history, qtbot, events):
    first, _ = events
    begin(history, qtbot, first.id)
    assert shown(history) == ["copied", "made"]
    assert history.text("panelSubtitle").startswith(f"{first.name}: 2 events shown, 7 in all.")
    history.press("historyAll")
    qtbot.waitUntil(lambda: len(shown(history)) == 7)
    assert history.driver.seen("historyAll") is None


def test_a_row_leads_to_its_pages_history(history, qtbot, events):
    begin(history, qtbot)
    table = history.panel.table
    table.selectRow(2)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(history) == ["copied", "made"])
    history.press("historyAll")
    qtbot.waitUntil(lambda: len(shown(history)) == 7)
    table.activated.emit(table.model().index(0, 0))
    assert history.driver.seen("historyAll") is None, "an event of no Page leads nowhere"


def test_what_is_shown_is_exported(history, qtbot, events, tmp_path, practice):
    begin(history, qtbot)
    history.press("history_given")
    qtbot.waitUntil(lambda: shown(history) == ["copied"])
    path = tmp_path / "history.csv"
    history.press("historyExport")
    dialog = history.driver.wait(lambda: history.panel.findChild(QFileDialog), "the dialog")
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    notice = history.notice("Exported the history")
    assert notice.text.text == f"It is in {path}."
    (line,) = csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))
    assert (line["What"], line["By"], line["Page ID"]) == ("Token copied", "Kim", events[0].id)
    assert not any(secret in path.read_text("utf-8-sig") for secret in practice.world.given_out)


def test_a_folder_that_is_not_there_is_told(history, qtbot, events, tmp_path):
    begin(history, qtbot)
    history.panel.export_to(tmp_path / "nowhere" / "history.csv")
    history.notice("There is no folder")


def test_other_colors_leave_the_rows(history, qtbot, events):
    begin(history, qtbot)
    history.panel.refresh()
    assert len(shown(history)) == 7
    assert not history.panel.grab().isNull()


# -------------------------------------------------------------------- the table
COLUMNS = (
    Column("Name", 0, strong=True),
    Column("State", 110, state=True),
    Column("By", 190, least=True),
    Column("More", 0),
)


@pytest.fixture
def table(qtbot, qapp):
    made = TextTable(
        "theTable",
        "What happened",
        COLUMNS,
        lambda one: (one, "well" if one < "C" else "dead", "Kim", f"more of {one}"),
        lambda one: ("circle-check", Tone.WORKS) if one < "C" else ("triangle-alert", Tone.BAD),
    )
    qtbot.addWidget(made)
    made.resize(1000, 300)
    made.set_items(["A", "B", "C"])
    made.show()
    return made


def test_the_table_says_every_cell_and_its_headers(table):
    model = table.model()
    assert [model.headerData(number, Qt.Orientation.Horizontal) for number in range(4)] == [
        one.header for one in COLUMNS
    ]
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    index = model.index(2, 3)
    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert index.data(role) == "more of C"
    assert index.data(Qt.ItemDataRole.DecorationRole) is None
    assert (model.rowCount(index), model.columnCount(index)) == (0, 0)
    assert table.item_at(1) == "B"


def test_a_narrow_table_leaves_out_what_matters_least(table, qtbot):
    assert not table.isColumnHidden(2)
    table.resize(500, 300)
    qtbot.waitUntil(lambda: table.isColumnHidden(2))
    assert sum(table.columnWidth(number) for number in (0, 1, 3)) <= table.viewport().width()


def test_a_double_click_and_return_choose_a_row(table, qtbot):
    chosen: list[str] = []
    table.chosen.connect(chosen.append)
    at = table.visualRect(table.model().index(1, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert chosen == []
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert chosen == ["B", "C"]


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_state_is_painted_in_its_color_and_a_chosen_row_stands_out(table, direction):
    table.setLayoutDirection(direction)
    picture = table.viewport().grab().toImage()

    def colors(row):
        rect = table.visualRect(table.model().index(row, 1))
        return {
            picture.pixelColor(x, y).name()
            for x in range(rect.left(), rect.right())
            for y in range(rect.top(), rect.bottom())
        }

    c = theme.colors()
    works, bad, soft = (QColor(one).name() for one in (c.works, c.bad, c.soft))
    assert works in colors(0)
    assert bad not in colors(0)
    assert bad in colors(2)
    assert soft not in colors(1)
    at = table.visualRect(table.model().index(1, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    picture = table.viewport().grab().toImage()
    assert soft in colors(1)
