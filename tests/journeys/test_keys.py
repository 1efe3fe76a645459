"""The keys that work in every view, and Return on whatever button has the focus."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gui.shell.commands import Command
from gui.tour.ui_driver import process_events


def press(journey, keys: str) -> None:
    """A real key press at whatever has the focus."""
    journey.window.activateWindow()
    process_events(30)
    QTest.keySequence(QApplication.focusWidget() or journey.window, keys)
    process_events(30)


def test_help_and_settings_are_a_key_away_from_every_view(agency):
    driver = agency.driver
    for command in (Command.SHOW_HEALTH, Command.SHOW_HISTORY, Command.SHOW_IMPORT, Command.SHOW_ALL_PAGES):
        agency.ask(command)
        press(agency, "F1")
        driver.wait_title("Help")
        press(agency, "Ctrl+,")
        driver.wait_title("Settings")


def test_help_is_a_key_away_from_welcome_too(journey):
    driver = journey.open()
    driver.wait_title("The keys to your Facebook Pages")
    press(journey, "F1")
    driver.wait_title("Help")


def test_escape_goes_back_and_empties_a_search(agency):
    driver = agency.driver
    agency.ask(Command.SHOW_IMPORT)
    driver.wait_title("Import tokens")
    press(agency, "Escape")
    driver.wait_title("Pages")
    agency.ask(Command.SHOW_ANY_TOKEN)
    driver.wait_title("Check any token")
    press(agency, "Escape")
    driver.wait_title("Health")
    agency.ask(Command.SHOW_ALL_PAGES)
    driver.type_into("search", "kayak")
    driver.wait(lambda: agency.table.pages.rowCount() < 243, "the Pages found")
    press(agency, "Escape")
    assert driver.find("search").text() == ""
    driver.wait(lambda: agency.table.pages.rowCount() == 243, "every Page")


def test_what_was_forgotten_comes_back_by_a_key(agency):
    driver = agency.driver
    agency.table.setFocus()
    press(agency, "Space")
    driver.click("manyForget")
    driver.wait(lambda: agency.table.pages.rowCount() == 242, "one Page less")
    agency.table.setFocus()
    press(agency, "Ctrl+Z")
    driver.wait(lambda: agency.table.pages.rowCount() == 243, "the Page again")


def test_f5_asks_facebook_again(agency):
    agency.table.setFocus()
    before = len(agency.server.calls)
    press(agency, "F5")
    agency.driver.wait(lambda: len(agency.server.calls) > before, "a call to Facebook")
    agency.driver.wait(lambda: not agency.driver.seen("progressWords"), "the end of it", 60)


def test_the_window_closes_by_a_key(journey):
    driver = journey.open()
    driver.wait_title("The keys to your Facebook Pages")
    closed = []
    journey.window.closing.connect(lambda: closed.append(True))
    press(journey, "Ctrl+W")
    assert closed
    assert not journey.window.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize(("name", "title"), [("nav_history", "History"), ("nav_health", "Health")])
def test_return_presses_the_button_that_has_the_focus(agency, key, name, title):
    widget = agency.driver.find(name)
    assert isinstance(widget, QWidget)
    widget.setFocus()
    QTest.keyClick(widget, key)
    agency.driver.wait(lambda: agency.driver.text("panelTitle") != "Pages", "another view")
    agency.driver.wait_title(title)


@pytest.mark.parametrize("command", [Command.SHOW_HEALTH, Command.SHOW_HISTORY, Command.SHOW_SETTINGS])
def test_escape_goes_from_the_other_views_to_the_pages(agency, command):
    agency.driver.type_into("search", "kayak")
    agency.ask(command)
    process_events(300)
    if command is Command.SHOW_HISTORY:
        agency.driver.type_into("historySearch", "x")
        press(agency, "Escape")
        assert agency.driver.text("panelTitle") == "History", "first it empties the search"
    press(agency, "Escape")
    agency.driver.wait_title("Pages")
    assert agency.driver.find("search").text() == "kayak", "as they were left"


def test_escape_in_settings_before_there_is_anybody_leads_to_welcome(journey):
    driver = journey.open()
    journey.ask(Command.SHOW_SETTINGS)
    driver.wait_title("Settings")
    press(journey, "Escape")
    driver.wait_title("The keys to your Facebook Pages")


def test_no_key_in_help_puts_a_topic_in_the_place_of_a_copied_token(agency):
    driver = agency.driver
    agency.table.setFocus()
    press(agency, "Ctrl+C")
    driver.wait(lambda: driver.clipboard().startswith("EAA"), "a token")
    press(agency, "F1")
    driver.wait_title("Help")
    driver.find("helpTopics").setFocus()
    press(agency, "Down")
    press(agency, "Ctrl+C")
    assert driver.clipboard().startswith("EAA")
    QGuiApplication.clipboard().clear()


@pytest.mark.parametrize("button", ["nav_health", "nav_settings", "nav_help"])
def test_escape_goes_back_from_a_view_that_was_opened_by_the_mouse(agency, button):
    agency.driver.click(button)
    agency.driver.wait(lambda: agency.driver.text("panelTitle") != "Pages", "the view")
    press(agency, "Escape")
    agency.driver.wait_title("Pages")


def test_escape_in_the_list_empties_the_search_once_nothing_is_selected(agency):
    driver = agency.driver
    driver.type_into("search", "kayak")
    driver.wait(lambda: agency.table.pages.rowCount() < 243, "the Pages found")
    press(agency, "Down")
    press(agency, "Space")
    assert agency.table.pages.selected
    press(agency, "Escape")
    assert not agency.table.pages.selected
    assert driver.find("search").text() == "kayak"
    press(agency, "Escape")
    driver.wait(lambda: agency.table.pages.rowCount() == 243, "every Page")
    assert agency.window.focusWidget() is agency.table
