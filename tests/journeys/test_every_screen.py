"""On every screen, from 960 × 540 on: no words are cut, and everything can be reached by scrolling.

So it is with the system's text 40 % larger, with words 40 % longer, as in other languages, and at 150, 200 and 300 %.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QScrollBar, QWidget

from gui import theme
from gui.shell.commands import Command, Request
from gui.tour.ui_driver import process_events
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.scroll_area import ScrollArea
from tests.support.views import VIEWS

#: What a window has on screens of 800 × 600, of 1080p at 200 %, and in between.
SIZES = ((800, 560), (956, 500), (1000, 640), (1100, 700), (1240, 800))


ROOT = Path(__file__).parents[2]
#: How much longer other languages are.
LONGER = 1.4


@pytest.fixture(params=[1.0, 1.4, 2.0], ids=["text as usual", "text 40 % larger", "text twice as large"])
def text(request, qapp):
    """The system's text of this size, before the window is made."""
    usual = QApplication.font()
    larger = QApplication.font()
    larger.setPointSizeF(usual.pointSizeF() * request.param)
    try:
        set_text(qapp, larger)
        yield request.param
    finally:
        set_text(qapp, usual)


def set_text(application, font):
    application.setFont(font)
    application.setStyleSheet("")
    theme.apply(application)


def with_words(window: QWidget) -> list[QLabel | QAbstractButton]:
    """The labels and buttons on show, also those that are scrolled out of sight."""
    every: list[QLabel | QAbstractButton] = [*window.findChildren(QLabel), *window.findChildren(QAbstractButton)]
    return [one for one in every if one.isVisible()]


def lengthen(window: QWidget) -> None:
    """Make every word on show longer, as another language's would be."""
    for one in with_words(window):
        words = one.text().split(" ")
        if one.objectName() not in {"panelTitle"} or len(words) > 1:
            one.setText(" ".join(word + "n" * round(len(word) * (LONGER - 1)) for word in words))


def is_cut(widget: QLabel | QAbstractButton) -> bool:
    """Whether a label or button has less room than its words need."""
    if isinstance(widget, ElidedLabel) or not widget.text():
        return False
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width())
    needed = widget.sizeHint()
    return widget.width() < needed.width() or widget.height() < needed.height()


def is_beyond_reach(widget: QWidget, window: QWidget) -> bool:
    """Whether a part of it lies outside of what holds it, and no scrolling brings it in."""
    place = QRect(QPoint(0, 0), widget.size())
    parent: QWidget | None = widget
    while parent is not None and parent is not window:
        place.translate(parent.pos())
        parent = parent.parentWidget()
        if isinstance(parent, QScrollArea):
            # Up and down it scrolls, from side to side it does not.
            return place.left() < 0 or place.right() > parent.width()
    return not window.rect().contains(place)


def faults(window: QWidget) -> list[str]:
    found = []
    for one in with_words(window):
        words = one.text() or one.objectName()
        if is_cut(one):
            found.append(f"{words[:40]!r} is cut: {one.width()} × {one.height()}")
        if is_beyond_reach(one, window):
            found.append(f"{words[:40]!r} cannot be reached")
    return found


def settle(window: QWidget) -> None:
    """Until the layouts have nothing more to move; a web view at 300 % takes a while to be painted."""
    before: list[QRect] = []
    while before != (places := [one.geometry() for one in with_words(window)]):
        before = places
        process_events(60)


def check_every_size(journey, view: str) -> None:
    problems = []
    for width, height in SIZES:
        journey.window.resize(width, height)
        settle(journey.window)
        problems += [f"{view} at {width} × {height}: {one}" for one in faults(journey.window)]
    journey.window.resize(1240, 800)
    process_events(30)
    assert not problems, "\n".join(problems)


def test_nothing_is_cut_on_the_way_to_the_pages(text, journey):
    driver = journey.open()
    check_every_size(journey, "welcome")
    driver.click("welcomeConnect")
    check_every_size(journey, "set up")
    setup = journey.panel("setup")
    setup.say("app_unknown")
    driver.click("setupMore")
    check_every_size(journey, "set up, with more and a notice")
    setup.notices.clear()
    journey.close()
    driver = journey.set_up()
    driver.page_element(journey.login, "#password")
    check_every_size(journey, "login")
    journey.login.use_purposes()
    check_every_size(journey, "what it is for")
    journey.login.use_browser()
    check_every_size(journey, "login in one's own browser")
    journey.login.use_paste()
    journey.login.say("paste_unlike_token")
    check_every_size(journey, "login by pasting")
    journey.login.again()
    journey.log_in()
    driver.wait(lambda: driver.find("extendGo").isEnabled(), "extending")
    journey.panel("extend").say("permissions_declined", name="business_management")
    check_every_size(journey, "extend")


@pytest.mark.parametrize(
    ("view", "command"),
    [
        ("health", Command.SHOW_HEALTH), ("history", Command.SHOW_HISTORY), ("import", Command.SHOW_IMPORT),
        ("settings", Command.SHOW_SETTINGS), ("help", Command.SHOW_HELP),
        ("about", Command.SHOW_ABOUT), ("any token", Command.SHOW_ANY_TOKEN),
        ("pages", Command.SHOW_ALL_PAGES), ("explain an error", Command.EXPLAIN_ERROR),
    ],
)  # fmt: skip
def test_nothing_is_cut_in_an_agencys_views(text, agency, view, command):
    agency.ask(command)
    process_events(200)
    check_every_size(agency, view)
    panel = agency.program.shell.stack.current
    for kind in ("no_network", "password_changed", "keychain_locked"):
        panel.say(kind)
    process_events(60)
    check_every_size(agency, f"{view} with three notices")


@pytest.mark.parametrize("tool", ["airbyte", "rasa", "original_coast_clothing", "hosted_tools"])
def test_nothing_is_cut_in_what_is_copied_for_a_tool(text, agency, tool):
    pages = agency.panel("pages")
    agency.ask(Command.SHOW_ALL_PAGES)
    process_events(300)
    pages.tool_wanted.emit([row for row in pages.table.pages.rows if row.has_token][:1])
    agency.panel("hand_over").choose_tool(tool)
    process_events(400)
    check_every_size(agency, f"copy for {tool}")


def test_nothing_is_cut_in_what_a_page_is_good_for(text, agency):
    agency.ask(Command.SHOW_ALL_PAGES)
    process_events(300)
    row = agency.panel("pages").table.pages.rows[0]
    agency.program.shell.navigator.navigate(Request(Command.SHOW_FIT, page_id=row.page.id))
    process_events(400)
    check_every_size(agency, "good for")


def test_nothing_is_cut_in_an_error_that_is_explained(text, agency):
    agency.ask(Command.EXPLAIN_ERROR)
    panel = agency.panel("explain_error")
    process_events(300)
    panel._text.setPlainText("(#200) If posting to a page, requires both pages_read_engagement and pages_manage_posts")
    panel._explain()
    process_events(200)
    check_every_size(agency, "an error explained")


@pytest.mark.parametrize("command", VIEWS)
def test_nothing_is_cut_where_words_are_longer(agency, command):
    agency.ask(command)
    process_events(200)
    agency.program.shell.stack.current.say("no_network")
    lengthen(agency.window)
    check_every_size(agency, command)


@pytest.mark.parametrize("scale", [1.5, 2, 3])
def test_nothing_is_cut_on_a_screen_of_this_scale(scale):
    """The same in a process of its own, which alone can have another scale."""
    views = "agencys_views and usual and (pages or settings or health)"
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__, "-k", views],
        cwd=ROOT, env={**os.environ, "QT_SCALE_FACTOR": str(scale)}, capture_output=True, text=True, timeout=200,
        check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-3000:]


@pytest.fixture
def direction(request, qapp):
    qapp.setLayoutDirection(request.param)
    yield request.param
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2], ids=lambda one: one.name, indirect=True)
@pytest.mark.parametrize("size", [(800, 560), (1240, 800)])
def test_no_bar_covers_what_is_read_or_pressed(direction, agency, size):
    """In every view that scrolls, whichever way the person's lines go."""
    agency.window.resize(*size)
    for command in VIEWS:
        agency.ask(command)
        process_events(200)
        agency.program.shell.stack.current.say("no_network")
        settle(agency.window)
        for area in agency.window.findChildren(ScrollArea):
            bars = [one for one in area.findChildren(QScrollBar) if one.parent() is area and one.isVisible()]
            for bar in bars:
                place = QRect(bar.mapTo(agency.window, QPoint(0, 0)), bar.size())
                covered = [
                    one.text() or one.objectName()
                    for one in with_words(area)
                    if place.intersects(QRect(one.mapTo(agency.window, QPoint(0, 0)), one.size()))
                    and one.visibleRegion().boundingRect().width() > 0
                    and not one.objectName().startswith(("person_", "app_"))
                ]
                assert not covered, f"{command} at {size}: {covered}"


@pytest.mark.parametrize("command", [Command.SHOW_HEALTH, Command.SHOW_SETTINGS])
def test_all_that_scrolls_can_be_read_by_keys_whatever_has_the_focus(agency, command):
    agency.window.resize(800, 560)
    agency.ask(command)
    process_events(300)
    panel = agency.program.shell.stack.current
    area = next(one for one in reversed(panel.findChildren(ScrollArea)) if one.verticalScrollBar().maximum())
    bar = area.verticalScrollBar()
    for focus in [one for one in panel.findChildren(QAbstractButton) if one.isVisible()][:3]:
        focus.setFocus()
        bar.setValue(0)
        seen = 0
        while bar.value() < bar.maximum():
            assert bar.value() <= seen, "nothing is passed over"
            seen = bar.value() + area.viewport().height()
            before = bar.value()
            QTest.keyClick(focus, Qt.Key.Key_PageDown)
            assert bar.value() > before, focus.objectName()
        QTest.keyClick(focus, Qt.Key.Key_Home)
        assert bar.value() == 0
        QTest.keyClick(focus, Qt.Key.Key_End)
        assert bar.value() == bar.maximum()
