"""The small widgets around the list of Pages, each by itself: menus, bars, facts, named lines, icons."""

import re
import time
from functools import partial

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QProgressBar, QPushButton, QWidget

from gui import theme
from gui.tour.ui_driver import UiDriver, process_events
from gui.values import NO_END, Client, CopyFormat, Fact, Message, Page, PageRow, TokenState, Tone
from gui.widgets import icons, undo_bar
from gui.widgets.ask_text import AskText
from gui.widgets.client_menu import ClientMenu
from gui.widgets.copy_bar import CopyBar
from gui.widgets.facts_dialog import FactsDialog
from gui.widgets.facts_list import FactsList
from gui.widgets.named_list import Line, NamedList, Press
from gui.widgets.notice import NoticeArea
from gui.widgets.page_menu import PageAction, PageMenu
from gui.widgets.page_tools import AddBar, PageTools
from gui.widgets.progress_strip import ProgressStrip
from gui.widgets.selection_bar import SelectionBar
from gui.widgets.undo_bar import UndoBar
from gui.widgets.widget_factory import button, icon_label, tool
from gui.widgets.wrapping_list import WrappingList


@pytest.fixture
def window(qtbot, qapp):
    """A window for widgets to stand in."""
    shown = QWidget()
    shown.resize(1100, 400)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


@pytest.fixture
def driver(window):
    return UiDriver(window)


def put(widget, window, width=1100):
    widget.setParent(window)
    widget.resize(width, 80)
    widget.show()
    return widget


def lines(menu):
    return [action.text() for action in menu.actions() if action.text()]


# ------------------------------------------------------------------- a Page's menu
def page_row(**given):
    page = Page("100001", "Amira’s Bakery", "Bakery", instagram_id="1784", instagram_name="amira")
    return PageRow(page, **{"last_four": "x7Qd", "expires_at": NO_END, **given})


@pytest.mark.parametrize(
    ("words", "action"),
    [
        ("Copy the Page token", PageAction.COPY_TOKEN),
        ("Copy the Page ID", PageAction.COPY_ID),
        ("Copy the Instagram account ID", PageAction.COPY_INSTAGRAM_ID),
        ("Copy Page ID and token, two lines", PageAction.COPY_ID_AND_TOKEN),
        ("Copy as NAME=token", PageAction.COPY_SETTING_LINE),
        ("Show the token", PageAction.SHOW_TOKEN),
        ("Test it", PageAction.TEST),
        ("All details", PageAction.SHOW_FACTS),
        ("Its history", PageAction.SHOW_HISTORY),
        ("Open the Page on Facebook", PageAction.OPEN),
        ("Forget this Page", PageAction.FORGET),
    ],
)
def test_each_line_of_a_pages_menu_chooses_what_it_says(window, driver, words, action):
    chosen: list = []
    menu = PageMenu(page_row(), window)
    menu.chosen.connect(chosen.append)
    menu.popup(window.mapToGlobal(QPoint(10, 10)))
    driver.choose_in_menu(words)
    assert chosen == [action]


def test_without_a_token_the_menu_offers_the_reason_and_refuses_what_needs_one(window, driver):
    chosen: list = []
    menu = PageMenu(page_row(last_four="", state=TokenState.NEEDS_YOU), window)
    menu.chosen.connect(chosen.append)
    menu.popup(window.mapToGlobal(QPoint(10, 10)))
    driver.choose_in_menu("Copy the Page token")
    assert chosen == [], "a line that is off does nothing"
    driver.choose_in_menu("Why is there no token?")
    assert chosen == [PageAction.SAY_WHY]


# -------------------------------------------------------------------- clients' menu
def test_a_clients_menu_gives_takes_and_makes_new_ones(window, driver, qtbot):
    here, there = Client(1, "Nord Retail"), Client(2, "Blossom")
    said: list = []

    def open_menu():
        menu = ClientMenu([here, there], {1}, {1, 2}, window)
        menu.given.connect(lambda name: said.append(("given", name)))
        menu.taken.connect(lambda client: said.append(("taken", client.name)))
        menu.managed.connect(lambda: said.append(("managed", "")))
        menu.popup(window.mapToGlobal(QPoint(10, 10)))
        return menu

    menu = open_menu()
    assert lines(menu)[:2] == ["Nord Retail   ✓", "Blossom   (some)"]
    driver.choose_in_menu("Nord Retail   ✓")
    open_menu()
    driver.choose_in_menu("Blossom   (some)")
    open_menu()
    driver.choose_in_menu("Rename clients and choose colors")
    assert said == [("taken", "Nord Retail"), ("given", "Blossom"), ("managed", "")]
    menu = open_menu()
    field = menu.findChild(QLineEdit, "clientField")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert len(said) == 3, "no name, no client"
    assert menu.isVisible()
    QTest.keyClicks(field, "New one")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert said[-1] == ("given", "New one")
    qtbot.waitUntil(lambda: not driver.seen("clientMenu"))


def test_of_very_many_clients_the_menu_says_how_many_more_there_are(window):
    menu = ClientMenu([Client(number, f"Client {number:02}") for number in range(1, 41)], set(), set(), window)
    assert len([line for line in lines(menu) if line.startswith("Client ")]) == 24
    assert "16 more: type the name above" in lines(menu)
    assert lines(ClientMenu([], set(), set(), window)) == [], "nobody to rename"


# ------------------------------------------------------------------------- the tools
def test_the_tools_say_numbers_and_tell_what_is_chosen(window, driver, qtbot):
    from collections import Counter

    tools = put(PageTools(), window)
    chosen: list = []
    tools.state_chosen.connect(chosen.append)
    tools.set_counts(Counter({TokenState.WORKS: 1240, TokenState.NEEDS_YOU: 3}))
    assert tools.findChild(QPushButton, "chip_all").text() == "All 1,243"
    assert tools.findChild(QPushButton, "chip_soon").text() == "Ends soon 0"
    driver.click("chip_needs_you")
    driver.click("chip_all")
    assert chosen == [TokenState.NEEDS_YOU, None]
    with qtbot.waitSignal(tools.query_changed) as waited:
        QTest.keyClicks(tools.findChild(QLineEdit, "search"), "a")
    assert waited.args == ["a"]
    tools.choose_state(TokenState.WORKS)
    assert [
        state for state in ("all", "works", "soon") if tools.findChild(QPushButton, f"chip_{state}").isChecked()
    ] == ["works"]


def test_a_very_long_client_is_cut_on_its_chip_and_named_whole_to_a_screen_reader(window):
    tools = put(PageTools(), window)
    name = "Nordlys Outdoor and Travel Equipment Limited and Daughters"
    tools.set_choices([Client(7, name, pages=2)], [])
    tools.narrow_to(7, "")
    chip = tools.findChild(QPushButton, "chip_client")
    assert "…" in chip.text()
    assert name not in chip.text()
    assert chip.accessibleName() == f"Client: {name}, press to show all"


def test_the_bar_for_a_page_gives_what_was_typed_once(window, driver):
    given: list = []
    bar = put(AddBar(), window)
    bar.given.connect(given.append)

    driver.type_into("addField", "facebook.com/nord")
    driver.click("addGo")
    assert given == ["facebook.com/nord"]
    bar.set_busy(True)
    QTest.keyClick(bar.findChild(QLineEdit, "addField"), Qt.Key.Key_Return)
    assert given == ["facebook.com/nord"], "it is being added already"
    bar.finish()
    assert not bar.isVisible()
    assert bar.findChild(QLineEdit, "addField").text() == ""


# ------------------------------------------------------------------ the selection bar
def test_the_selection_bar_tells_what_is_wanted(window, driver):
    bar = put(SelectionBar(), window)
    wanted: list = []
    bar.copy_wanted.connect(wanted.append)
    for name in ("export", "check", "forget", "all"):
        getattr(bar, f"{name}_wanted").connect(lambda name=name: wanted.append(name))
    bar.closed.connect(lambda: wanted.append("closed"))
    bar.client_wanted.connect(lambda where: wanted.append(where))
    bar.show_count(1200, 3400)
    assert driver.text("selectedWords") == "1,200 selected"
    for name in ("manyCopy", "manyExport", "manyCheck", "manyForget", "selectAll", "manyClose"):
        driver.click(name)
    assert wanted == [CopyFormat.LINES, "export", "check", "forget", "all", "closed"]
    driver.click("manyClient")
    assert wanted[-1] == bar.findChild(QPushButton, "manyClient").mapToGlobal(QPoint(0, 0))
    for words, copy_format in (
        ("Copy as NAME=token lines", CopyFormat.LINES), ("Copy as a table", CopyFormat.TABLE),
        ("Copy as JSON", CopyFormat.JSON),
    ):  # fmt: skip
        driver.click("manyWays")
        driver.choose_in_menu(words)
        assert wanted[-1] is copy_format
    bar.show_count(0, 3400)
    assert not bar.isVisible()


def test_while_work_runs_the_selection_bar_starts_nothing_else(window):
    bar = put(SelectionBar(), window)
    bar.show_count(2, 5)
    names = ("manyCopy", "manyWays", "manyExport", "manyClient", "manyCheck", "manyForget")
    bar.set_busy(True)
    assert not any(bar.findChild(QPushButton, name).isEnabled() for name in names)
    assert bar.findChild(QPushButton, "manyClose").isEnabled()
    bar.set_busy(False)
    assert all(bar.findChild(QPushButton, name).isEnabled() for name in names)


# ---------------------------------------------------------------------- progress strip
def test_the_strip_says_what_goes_on_and_how_far_it_is(window, driver):
    strip = put(ProgressStrip(), window)

    strip.begin("Asking Facebook …")
    assert driver.text("progressWords") == "Asking Facebook …"
    strip.set_count(40, 100, "40 of 100")
    assert driver.text("progressWords") == "40 of 100"
    said: list = []
    strip.cancelled.connect(lambda: said.append(True))
    driver.click("progressCancel")
    assert said == [True]


def test_progress_paints_nothing_at_once(window, qtbot):
    """What else changed in the window is painted with it, once, when the event loop comes to it."""

    class Other(QWidget):
        painted = 0

        def paintEvent(self, event):
            self.painted += 1

    strip, other = put(ProgressStrip(), window), put(Other(), window)
    other.move(0, 100)
    strip.begin("Asking Facebook …")
    qtbot.wait(50)
    before = other.painted
    for count in (10, 40, 90):
        other.update()
        strip.set_count(count, 100, f"{count} of 100")
    assert other.painted == before
    qtbot.waitUntil(lambda: other.painted == before + 1)
    assert strip.findChild(QProgressBar).value() == 90
    assert strip.findChild(QProgressBar).updatesEnabled()


def test_a_short_wait_is_counted_and_a_long_one_said_as_a_time(window, driver, qtbot):
    strip = put(ProgressStrip(), window)
    strip.begin("Asking Facebook …")
    strip.wait(30, "Facebook is slow to answer")
    assert driver.text("progressWords") == "Facebook is slow to answer, trying again in 30 s"
    assert strip.findChild(QPushButton, "progressCancel").text() == "Stop"
    qtbot.waitUntil(lambda: driver.text("progressWords").endswith("in 29 s"))
    strip.wait(600, "Facebook asks you to wait")
    at = re.fullmatch(r"Facebook asks you to wait, trying again at (\d\d):(\d\d)", driver.text("progressWords"))
    assert at is not None
    then = time.localtime(time.time() + 600)
    minutes = (then.tm_hour - int(at[1])) * 60 + then.tm_min - int(at[2])
    assert minutes % (24 * 60) in {0, 1}


def test_a_wait_can_be_ended_and_the_work_is_named_again(window, driver, qtbot):
    strip = put(ProgressStrip(), window)
    strip.begin("Asking Facebook …")
    strip.wait(30, "Facebook is slow to answer")
    with qtbot.waitSignal(strip.wait_skipped):
        driver.click("progressNow")
    assert driver.text("progressWords") == "Asking Facebook …"
    assert not strip.findChild(QPushButton, "progressNow").isVisible()
    strip.end()
    assert strip.isVisible(), "who began it hides it"


def test_a_strip_that_came_for_a_wait_alone_goes_with_the_work(window, driver, qtbot):
    strip = put(ProgressStrip(), window)
    strip.hide()
    strip.wait(0.3, "Facebook is slow to answer")
    assert strip.isVisible()
    qtbot.waitUntil(lambda: driver.text("progressWords") == "")
    strip.end()
    assert not strip.isVisible()


# -------------------------------------------------------------------------- dark bars
def test_the_copy_bar_names_what_was_copied_and_how_long_it_stays(window, driver, qtbot):
    bar = put(CopyBar(), window)
    bar.begin("the token of Amira’s Bakery")
    bar.count(45)
    assert driver.text("copyWords") == "Copied the token of Amira’s Bakery"
    assert driver.text("copyLeft") == "stays on the clipboard for 45 s"
    with qtbot.waitSignal(bar.clear_wanted):
        driver.click("copyClear")


def test_what_was_done_can_be_undone_once(window, driver):
    said: list = []
    bar = put(UndoBar(), window)

    bar.offer("Assigned 3 Pages to Nord", lambda: said.append("undone"), lambda: said.append("final"))
    assert driver.text("undoWords") == "Assigned 3 Pages to Nord"
    driver.click("undo")
    assert said == ["undone"]
    assert not bar.isVisible()
    bar.undo()
    bar.finish()
    assert said == ["undone"]


def test_a_new_offer_makes_the_one_before_final(window, driver):
    said: list = []
    bar = put(UndoBar(), window)

    bar.offer("first", lambda: said.append("undone 1"), lambda: said.append("final 1"))
    bar.offer("second", lambda: said.append("undone 2"), lambda: said.append("final 2"))
    assert said == ["final 1"]
    assert driver.text("undoWords") == "second"
    driver.click("undoClose")
    assert said == ["final 1", "final 2"]


def test_an_offer_that_nobody_takes_becomes_final_by_itself(window, driver, qtbot, monkeypatch):
    monkeypatch.setattr(undo_bar, "STAYS", 2)
    said: list = []
    bar = put(UndoBar(), window)

    with qtbot.waitSignal(bar.ended):
        bar.finish()
    bar.offer("Forgot 2 Pages", lambda: said.append("undone"), lambda: said.append("final"))
    qtbot.waitUntil(lambda: driver.text("undoLeft") == "1 s")
    qtbot.waitUntil(lambda: said == ["final"])
    assert not bar.isVisible()


def test_an_offer_that_is_dropped_is_neither_undone_nor_final(window):
    said: list = []
    bar = put(UndoBar(), window)

    bar.offer("Forgot 2 Pages", lambda: said.append("undone"), lambda: said.append("final"))
    bar.drop()
    bar.undo()
    bar.finish()
    assert said == []
    assert not bar.isVisible()


# ------------------------------------------------------------------- facts, named lines
FACTS = (
    Fact("State", "The token works", Tone.WORKS),
    Fact("Token", "has no end"),
    Fact("It cannot", "read messages", Tone.SOON),
)


def fact_texts(shown):
    return [one.text() for one in shown.findChildren(QLabel) if re.fullmatch(r"factText_\d+", one.objectName())]


def test_facts_are_lines_that_a_screen_reader_reads_as_one(window, qtbot):
    shown = put(FactsList(), window)
    shown.set_facts(FACTS)
    names = [shown.findChild(QLabel, f"fact_{number}").text() for number in range(3)]
    assert names == ["State", "Token", "It cannot"]
    first = shown.findChild(QLabel, "factText_0")
    assert first.accessibleName() == "State: The token works"
    shown.set_facts(FACTS[1:2])
    qtbot.waitUntil(lambda: fact_texts(shown) == ["has no end"])


def test_the_details_close_and_ask_for_a_test(window, driver, qtbot):
    asked: list = []

    def open_dialog():
        dialog = FactsDialog("Amira’s Bakery", "Bakery", FACTS, window)
        dialog.test_wanted.connect(lambda: asked.append(True))
        dialog.open()
        assert dialog.windowTitle() == "What is known about this token"
        assert fact_texts(dialog) == [fact.text for fact in FACTS]

    open_dialog()
    driver.click("factsClose")
    qtbot.waitUntil(lambda: window.findChild(FactsDialog) is None)
    assert asked == []
    open_dialog()
    driver.click("factsTest")
    assert asked == [True]
    qtbot.waitUntil(lambda: window.findChild(FactsDialog) is None)


def test_named_lines_show_these_and_no_others(window, driver, qtbot):
    pressed: list = []
    shown = NamedList("Clients", "There is no client yet.", button("Add one", name="addOne"))
    put(shown, window)
    shown.resize(900, 380)
    shown.show_lines([])
    said = [one.text() for one in shown.findChildren(QLabel)]
    assert "There is no client yet." in said
    entries = [
        Line(
            name,
            second,
            (Press("Rename", "pencil", f"rename_{name}", partial(pressed.append, name)),),
            icon_label("tag"),
        )
        for name, second in (("Nord", "3 Pages"), ("Blossom", ""))
    ]
    shown.show_lines(entries)
    qtbot.waitUntil(lambda: "There is no client yet." not in [one.text() for one in shown.findChildren(QLabel)])
    said = [one.text() for one in shown.findChildren(QLabel)]
    assert "3 Pages" in said
    assert "Clients" in said
    driver.click("rename_Blossom")
    assert pressed == ["Blossom"]
    shown.show_lines(entries[:0])
    qtbot.waitUntil(lambda: shown.findChild(QPushButton, "rename_Nord") is None)
    assert shown.findChild(QPushButton, "addOne") is not None, "what stands below stays"


@pytest.mark.parametrize("by", ["key", "button"])
def test_another_name_is_given_by_return_or_its_button(window, driver, qtbot, by):
    given: list = []
    dialog = AskText("Rename", "Another name for it.", "Nord", "Rename it", window)
    dialog.given.connect(given.append)
    dialog.open()
    field = driver.find("askField", QLineEdit)
    assert field.selectedText() == "Nord", "typing replaces it"
    QTest.keyClicks(field, "Handel")
    if by == "key":
        QTest.keyClick(field, Qt.Key.Key_Return)
    else:
        driver.click("askGo")
    assert given == ["Handel"]
    qtbot.waitUntil(lambda: window.findChild(AskText) is None)


def test_a_rename_that_is_canceled_gives_nothing(window, driver, qtbot):
    given: list = []
    dialog = AskText("Rename", "Another name for it.", "Nord", "Rename it", window)
    dialog.given.connect(given.append)
    dialog.open()
    driver.click("askCancel")
    qtbot.waitUntil(lambda: window.findChild(AskText) is None)
    assert given == []


# ------------------------------------------------------------------------------- icons
def ink(picture):
    """The colors that a picture is drawn with, those that cover fully."""
    image = picture.toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def test_icons_are_drawn_in_the_color_asked_for_and_kept_in_the_size():
    picture = icons.pixmap("copy", "#ff0000", 18, 2.0)
    assert (picture.width(), picture.deviceIndependentSize().width()) == (36, 18)
    assert ink(picture) == {"#ff0000"}
    assert ink(icons.dot(QColor("#00aa00")).pixmap(16, 16)) == {"#00aa00"}


def test_icons_take_the_colors_of_another_scheme(window, qapp):
    shown = icon_label("copy", "text", 24)
    put(shown, window)
    press = put(button("Copy", icon="copy"), window)
    theme.apply(qapp, "light")
    icons.refresh(window)
    light = ink(shown.pixmap())
    theme.apply(qapp, "dark")
    try:
        icons.refresh(window)
        assert ink(shown.pixmap()) == {theme.colors().text.lower()} != light
        assert theme.colors().text.lower() in ink(press.icon().pixmap(24, 24))
    finally:
        theme.apply(qapp, "light")


def test_icons_wait_for_the_first_paint_and_come_then(window):
    icons.sleep()
    try:
        assert icons.asleep()
        shown = put(icon_label("copy"), window)
        press = put(tool("copy", "Copy", lambda: None), window)
        assert shown.pixmap().isNull()
        assert press.icon().isNull()
        assert shown.width() == 18, "its room is kept"
    finally:
        icons.wake(window)
    assert not icons.asleep()
    assert not shown.pixmap().isNull()
    assert not press.icon().isNull()


def test_from_right_to_left_the_room_beside_an_icon_is_on_its_other_side(qapp):
    def left_edge(mirrored):
        image = icons.icon("copy", gap=6, mirrored=mirrored).pixmap(24, 18).toImage()
        return next(
            x for x in range(image.width()) if any(image.pixelColor(x, y).alpha() for y in range(image.height()))
        )

    assert left_edge(True) >= left_edge(False) + 5


# ----------------------------------------------------------------------------- notices
def test_a_notice_shows_its_details_when_asked_and_they_can_be_copied(window, driver):
    area = put(NoticeArea(), window)
    area.resize(1000, 300)
    area.add(Message("Facebook said no", "Try again later.", details=(("code", "190/460"), ("fbtrace_id", "Ac34"))))
    assert not driver.seen("noticeDetails")
    driver.click("noticeDetailsButton")
    assert driver.text("noticeDetails") == "code: 190/460\nfbtrace_id: Ac34"
    driver.click("noticeCopy")
    assert driver.clipboard() == "code: 190/460\nfbtrace_id: Ac34"
    driver.click("noticeDetailsButton")
    assert not driver.seen("noticeDetails")


def test_a_notice_that_is_said_again_stays_under_the_hand_that_presses_it(window, driver):
    area = put(NoticeArea(), window)
    first = area.add(Message("The clock is wrong", "Set it.", kind="clock"))
    again = area.add(Message("The clock is wrong", "Set it.", kind="clock"))
    assert again is first
    driver.wait(lambda: first.isVisible(), "the same notice")
    assert area.add(Message("The clock is wrong", "Set it now.", kind="clock")) is not first
    assert [one.text.text for one in area.notices()] == ["Set it now."]


def test_a_notice_can_be_put_away_and_of_one_kind_and_title_one_stands(window, driver):
    area = put(NoticeArea(), window)
    area.add(Message("The list is not complete", "first", kind="cut"))
    area.add(Message("The list is not complete", "second", kind="cut"))
    area.add(Message("Something else", "third", kind="other"))
    assert [one.text.text for one in area.notices()] == ["second", "third"]
    area.refresh()
    driver.click("noticeClose")
    driver.click("noticeClose")
    assert area.notices() == []
    assert not area.isVisible(), "no room is kept for none"


def test_a_name_on_a_chip_is_whole_where_there_is_room(window):
    tools = put(PageTools(), window)
    tools.set_choices([Client(7, "Nordlys Outdoor and Travel", pages=2)], [])
    tools.narrow_to(7, "")
    assert "Nordlys Outdoor and Travel" in tools.findChild(QPushButton, "chip_client").text()


@pytest.mark.parametrize("width", range(120, 320, 7))
def test_no_name_of_a_list_is_cut_off(window, width):
    some = put(WrappingList(), window)
    names = ["Smash Balloon (Custom Facebook Feed)", "n8n", "Zapier, Fivetran, Supermetrics, Jetpack Social", "x" * 12]
    items = [some.add(name, name) for name in names]
    some.setFixedWidth(width)
    some.setFixedHeight(90)
    process_events(20)
    for item in items:
        room = some.visualItemRect(item).adjusted(10, 7, -10, -7)
        wanted = some.fontMetrics().boundingRect(
            QRect(0, 0, room.width(), 10_000), Qt.TextFlag.TextWordWrap, item.text()
        )
        assert wanted.height() <= room.height()
