"""Help is open over a view while something happens there, and what becomes of the focus in every view."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gui.shell.commands import Command
from gui.tour.ui_driver import process_events
from tests.journeys.test_keys import press
from tests.support.views import VIEWS


def focus_in_panel(journey) -> bool:
    """Whether what has the focus is seen, and belongs to the view on show."""
    focus = QApplication.focusWidget()
    return focus is not None and focus.isVisible() and journey.program.shell.stack.current.isAncestorOf(focus)


@pytest.mark.parametrize("command", VIEWS)
@pytest.mark.parametrize("name", ["noticeClose", "noticeButton"])
def test_the_focus_of_a_notice_that_goes_stays_in_its_view(agency, command, name):
    agency.ask(command)
    process_events(400)
    notice = agency.program.shell.stack.current.say("no_network", again=lambda: None)
    process_events(60)
    notice.findChild(QWidget, name).setFocus()
    press(agency, "Space")
    assert not agency.program.shell.stack.current.notices.notices()
    assert focus_in_panel(agency), QApplication.focusWidget()


@pytest.mark.parametrize("command", VIEWS)
def test_the_way_back_from_help_leaves_the_focus_in_the_view(agency, command):
    agency.ask(command)
    process_events(400)
    if command not in {Command.SHOW_HELP, Command.SHOW_ABOUT}:
        press(agency, "F1")
        agency.driver.wait_title("Help")
        press(agency, "Escape")
    process_events(100)
    assert focus_in_panel(agency), QApplication.focusWidget()


def test_settings_from_welcome_have_the_focus(journey):
    driver = journey.open()
    driver.wait_title("The keys to your Facebook Pages")
    press(journey, "F1")
    press(journey, "Escape")
    press(journey, "Ctrl+,")
    driver.wait_title("Settings")
    assert focus_in_panel(journey), QApplication.focusWidget()


def test_escape_goes_back_a_step_at_a_time(agency):
    driver = agency.driver
    agency.ask(Command.SHOW_SETTINGS)
    driver.wait_title("Settings")
    press(agency, "F1")
    driver.wait_title("Help")
    driver.click("helpAbout")
    driver.wait_title("About Page Keys")
    driver.wait(lambda: driver.find("aboutCopy").isEnabled(), "what the program is")
    driver.click("aboutLicenses")
    driver.wait_title("Help")
    for title in ("About Page Keys", "Settings"):
        press(agency, "Escape")
        driver.wait_title(title)


def test_escape_leaves_the_setup_and_the_login(agency):
    driver = agency.driver
    agency.ask(Command.SET_UP_ANOTHER_APP)
    driver.wait_title("Connect your Facebook app")
    press(agency, "Escape")
    driver.wait_title("Pages")
    agency.ask(Command.PASTE_TOKEN, login_id=agency.accounts.logins[0].id)
    driver.wait_title("Log in to Facebook")
    driver.wait(lambda: driver.seen("pasteField") is not None, "the field for a token")
    press(agency, "Escape")
    driver.page_element(agency.login, "#password")
    # Facebook's page takes its own keys.
    driver.find("loginPaste").setFocus()
    press(agency, "Escape")
    driver.wait(lambda: agency.login.web_view() is None, "the end of the login")
    press(agency, "Escape")
    driver.wait_title("Pages")


def test_escape_from_the_setup_goes_back_to_welcome_before_there_is_anybody(journey):
    driver = journey.open()
    driver.click("welcomeConnect")
    driver.wait_title("Connect your Facebook app")
    press(journey, "Escape")
    driver.wait_title("The keys to your Facebook Pages")


def test_escape_ends_a_list_that_is_being_fetched(agency):
    faults = agency.server.world.faults
    faults.on("slow")
    try:
        agency.ask(Command.RELOAD_PAGES, login_id=agency.accounts.logins[0].id)
        loading = agency.panel("pages").loading
        agency.driver.wait(lambda: loading.running and agency.driver.seen("progressCancel") is not None, "the fetching")
        press(agency, "Escape")
        agency.driver.wait(lambda: not loading.running, "its end")
    finally:
        faults.off("slow")


def test_a_login_opens_after_help_though_help_came_at_once(journey):
    driver = journey.set_up()
    driver.page_element(journey.login, "#password")
    journey.login.again()
    press(journey, "F1")
    driver.wait_title("Help")
    process_events(300)
    press(journey, "Escape")
    driver.wait_title("Log in to Facebook")
    driver.page_element(journey.login, "#password")


def test_help_asked_for_just_after_a_login_stays(agency):
    agency.ask(Command.LOG_IN, login_id=agency.accounts.logins[0].id)
    QTest.keySequence(agency.window, "F1")
    process_events(1_000)
    assert agency.driver.text("panelTitle") == "Help"
    press(agency, "Escape")
    agency.driver.wait_title("Log in to Facebook")
    agency.driver.page_element(agency.login, "#password")


def test_a_person_forgotten_beside_help_is_gone_from_the_view_under_it(agency):
    driver = agency.driver
    login = agency.accounts.logins[0]
    agency.ask(Command.DISCONNECT, login_id=login.id)
    driver.wait_title(f"Disconnect {login.display_name}")
    press(agency, "F1")
    driver.wait_title("Help")
    agency.ask(Command.FORGET_LOGIN_ONLY, login_id=login.id)
    driver.wait(lambda: login.id not in {one.id for one in agency.accounts.logins}, "the forgetting")
    assert driver.text("panelTitle") == "Help"
    press(agency, "Escape")
    driver.wait_title("Health")


def test_settings_under_help_show_who_is_there(agency):
    driver = agency.driver
    login = agency.accounts.logins[0]
    agency.ask(Command.SHOW_SETTINGS)
    driver.wait_title("Settings")
    press(agency, "F1")
    agency.ask(Command.FORGET_LOGIN_ONLY, login_id=login.id)
    driver.wait(lambda: login.id not in {one.id for one in agency.accounts.logins}, "the forgetting")
    press(agency, "Escape")
    driver.wait_title("Settings")
    assert driver.seen(f"forget_{login.user_id}") is None


def test_a_password_that_was_typed_goes_with_the_export(agency):
    driver = agency.driver
    agency.panel("pages").export_wanted.emit(agency.table.pages.rows[:3])
    driver.wait(lambda: driver.seen("exportPassword") is not None, "the export")
    driver.find("exportPassword").setText("a long password")
    press(agency, "F1")
    press(agency, "Escape")
    assert driver.find("exportPassword").text(), "Help took it away"
    press(agency, "Escape")
    driver.wait_title("Pages")
    assert not agency.panel("export").findChild(QWidget, "exportPassword").text()


def test_larger_text_is_taken_while_the_window_is_open(agency, qapp):
    usual = QApplication.font()
    larger = QApplication.font()
    larger.setPointSizeF(usual.pointSizeF() * 1.6)
    agency.ask(Command.SHOW_HELP)
    process_events(200)

    def sizes() -> list[int]:
        driver = agency.driver
        return [
            driver.find("panelTitle").fontInfo().pixelSize(), driver.find("helpTopics").width(),
            agency.window.side.width(),
        ]  # fmt: skip

    before = sizes()
    try:
        qapp.setFont(larger)
        agency.driver.wait(
            lambda: all(after > earlier * 1.1 for after, earlier in zip(sizes(), before, strict=True)), "larger text"
        )
    finally:
        qapp.setFont(usual)
    agency.driver.wait(lambda: sizes() == before, "the usual text")
