"""The whole job without a mouse, the presses counted, the focus never lost and always seen."""

import runpy
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from gui.errors import UserError
from gui.shell.commands import Command
from gui.tour.ui_driver import process_events
from gui.widgets import web_engine
from tests.support.views import VIEWS

ROOT = Path(__file__).parents[2]

#: From the first start to a copied token, a check of it, an export and a forgotten login.
MOST_PRESSES = 45


class Keyboard:
    """Presses keys at whatever has the focus, and counts them; what is pasted or typed into a field is one press."""

    def __init__(self, journey) -> None:
        self.journey = journey
        self.presses = 0

    @property
    def focus(self) -> QWidget:
        self.journey.window.activateWindow()
        widget = self.journey.driver.wait(QApplication.focusWidget, "something that has the focus")
        assert widget.isVisible(), widget.objectName()
        return widget

    def press(self, *keys: str) -> None:
        for key in keys:
            self.presses += 1
            QTest.keySequence(self._target(), key)
            process_events(30)

    def type(self, text: str) -> None:
        self.presses += 1
        QTest.keyClicks(self._target(), text)
        process_events(30)

    def go_to_in_page(self, selector: str) -> None:
        """Tab through the login page to its one element that matches, as fast as it takes the keys."""
        driver, login = self.journey.driver, self.journey.panel("login")
        there = f"document.readyState === 'complete' && document.querySelector('{selector}') !== null"
        driver.wait(lambda: driver.ask_page(login, there) is True, f"{selector} in the login page")
        active = "[...document.querySelectorAll('*')].indexOf(document.activeElement)"
        wanted = driver.ask_page(
            login, f"[...document.querySelectorAll('*')].indexOf(document.querySelector('{selector}'))"
        )
        while (before := driver.ask_page(login, active)) != wanted:
            self.press("Tab")
            driver.wait(lambda before=before: driver.ask_page(login, active) != before, "the page to take the key", 5)

    def _target(self) -> QWidget:
        if (popup := QApplication.activePopupWidget()) is not None:
            return popup
        focus = self.focus
        login = (
            self.journey.panel("login").web_view()
            if self.journey.driver.text("panelTitle").startswith("Log in")
            else None
        )
        return login.input_widget() if login is not None and login.isAncestorOf(focus) else focus

    def is_at(self, name: str) -> None:
        self.journey.driver.wait(
            lambda: self.focus.objectName() == name, f"the focus at {name}, it is at {self.focus.objectName()}"
        )

    def go_to(self, name: str, key: str = "Tab", most: int = 12) -> None:
        for _ in range(most):
            if self.focus.objectName() == name:
                return
            self.press(key)
        raise AssertionError(f"{name} is not within {most} presses")


@pytest.fixture
def keyboard(journey):
    return Keyboard(journey)


def test_from_the_first_start_to_a_copied_token_a_check_an_export_and_back(journey, keyboard, tmp_path):
    driver = journey.open()
    keyboard.go_to("welcomeConnect")
    keyboard.press("Return")
    driver.wait_title("Connect your Facebook app")
    keyboard.is_at("setupAppId")
    keyboard.type("180000000000001")
    keyboard.go_to("setupSecret")
    keyboard.type(journey.server.world.app_secret)
    keyboard.press("Return")
    driver.wait_title("Log in to Facebook")
    keyboard.go_to_in_page("#password")
    keyboard.type("practice")
    keyboard.press("Return")
    keyboard.go_to_in_page("#allow")
    keyboard.press("Return")
    driver.wait_title("Extend your login")
    keyboard.is_at("extendGo")
    keyboard.press("Return")
    driver.wait(lambda: len(journey.table.pages.rows) == 3 and not driver.seen("progressWords"), "the Pages, kept")
    keyboard.is_at("pageTable")
    keyboard.press("Down", "Return")
    driver.wait(lambda: driver.clipboard().startswith("EAA"), "the token")
    to_the_token = keyboard.presses

    keyboard.press("Shift+F10")
    menu = driver.wait(QApplication.activePopupWidget, "the row's menu")
    for _ in menu.actions():
        if menu.activeAction() is None or not menu.activeAction().text().startswith("Forget"):
            keyboard.press("Up")
    keyboard.press("Return")
    driver.wait(lambda: len(journey.table.pages.rows) == 2, "one Page less")
    keyboard.is_at("pageTable")
    keyboard.press("Ctrl+Z")
    driver.wait(lambda: len(journey.table.pages.rows) == 3, "the Page again")
    keyboard.is_at("pageTable")

    keyboard.press("Ctrl+,")
    driver.wait_title("Settings")
    keyboard.press("Ctrl+?")
    driver.wait_title("Help")
    assert driver.find("helpText").toPlainText().startswith("Keys")
    keyboard.press("Escape")
    driver.wait_title("Settings")
    assert keyboard.presses <= MOST_PRESSES, f"{to_the_token} of them to the copied token"


def test_the_help_is_over_what_one_was_at_and_a_login_goes_on_under_it(journey, keyboard):
    driver = journey.set_up()
    driver.page_element(journey.login, "#password")
    view = journey.login.web_view()
    keyboard.press("F1")
    driver.wait_title("Help")
    assert driver.find("helpText").toPlainText().startswith("Logging in")
    keyboard.is_at("helpText")
    keyboard.press("Escape")
    driver.wait_title("Log in to Facebook")
    assert journey.login.web_view() is view
    journey.log_in(0)
    driver.find("extendGo").setFocus()
    keyboard.press("F1", "Escape")
    driver.wait_title("Extend your login")
    keyboard.is_at("extendGo")


def test_why_opens_the_help_at_the_place_of_the_notice_which_stays(journey, keyboard):
    driver = journey.set_up()
    journey.login.tell(UserError("redirect_not_listed"))
    driver.click("noticeWhy")
    driver.wait_title("Help")
    assert driver.find("helpText").toPlainText().startswith("Making the Facebook app")
    keyboard.press("Escape")
    driver.wait_title("Log in to Facebook")
    driver.notice("does not allow this login")


def test_escape_leaves_help_about_and_disconnect(agency):
    driver, keyboard = agency.driver, Keyboard(agency)
    agency.ask(Command.DISCONNECT, login_id=agency.accounts.logins[0].id)
    title = driver.wait(lambda: driver.text("panelTitle").startswith("Disconnect") and driver.text("panelTitle"), "it")
    agency.ask(Command.SHOW_ABOUT)
    driver.wait_title("About Page Keys")
    agency.ask(Command.SHOW_HELP)
    driver.wait_title("Help")
    for earlier_title in ("About Page Keys", title):
        keyboard.press("Escape")
        driver.wait_title(earlier_title)
    keyboard.press("Escape")
    driver.wait(lambda: driver.text("panelTitle") != title, "another view")


def test_the_focus_goes_to_the_next_one_when_a_line_of_settings_goes(agency):
    driver, keyboard = agency.driver, Keyboard(agency)
    agency.ask(Command.SHOW_SETTINGS)
    driver.wait_title("Settings")
    first = agency.accounts.logins[0]
    name = f"forget_{first.user_id}"
    driver.find(name).setFocus()
    keyboard.press("Return")
    driver.wait(lambda: not driver.seen(name), "the line gone", 30)
    assert keyboard.focus.objectName() == f"rename_{agency.accounts.logins[0].user_id}", "nothing that takes away"


def test_the_list_has_the_keys_when_what_is_kept_is_shown(agency):
    assert Keyboard(agency).focus.objectName() == "pageTable"
    assert agency.table.chosen() is not None
    keyboard = Keyboard(agency)
    agency.driver.find("search").setFocus()
    keyboard.type("kayak")
    keyboard.press("Down")
    keyboard.is_at("pageTable")
    assert "ayak" in agency.table.chosen().page.name


@pytest.mark.parametrize("command", VIEWS)
def test_tab_reaches_everything_in_the_order_of_the_eye_and_what_it_reaches_is_seen(agency, command):
    keyboard = Keyboard(agency)
    agency.ask(command)
    process_events(300)
    window = agency.window
    reached: list[QWidget] = []
    while not reached or keyboard.focus is not reached[0]:
        focus = keyboard.focus
        assert focus not in reached, f"{focus.objectName()} comes twice"
        assert focus.visibleRegion().boundingRect().height() > 8, f"{focus.objectName()} has the focus unseen"
        reached.append(focus)
        keyboard.press("Tab")
        assert len(reached) < 200
    missed = {
        one.objectName() or type(one).__name__
        for one in window.findChildren(QAbstractButton)
        if one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one not in reached
        and not (one.parent().metaObject().className().startswith("QLineEdit") or isinstance(one.parent(), QLineEdit))
    }
    assert missed == set()


def test_the_presses_of_a_first_start_without_a_login_page_are_known(journey, keyboard, monkeypatch):
    """packaging/by_keys.py, which sees no more than the screen, presses the same."""
    presses = runpy.run_path(str(ROOT / "packaging" / "by_keys.py"))
    monkeypatch.setattr(web_engine, "_has_page_program", lambda: False)
    world = journey.server.world
    driver = journey.open()
    keyboard.press("Return")
    driver.wait_title("Connect your Facebook app")
    keyboard.type("180000000000001")
    keyboard.press("Tab", "Tab")
    keyboard.type(world.app_secret)
    keyboard.press("Return")
    driver.notice("The login page cannot be shown")
    keyboard.press(*["Tab"] * presses["TABS_TO_PASTE"], "Return")
    keyboard.is_at("pasteField")
    keyboard.type(world.short_lived_token(world.people[0]))
    keyboard.press("Return")
    driver.wait_title("Extend your login")
    keyboard.is_at("extendGo")
    keyboard.press("Return")
    driver.wait(lambda: len(journey.table.pages.rows) == 3 and not driver.seen("progressWords"), "the Pages, kept")
    keyboard.press("Down", "Ctrl+C")
    driver.wait(lambda: driver.clipboard().startswith("EAA"), "the token")
