"""What ends after the person went to another view is told there, and its own view says the whole of it."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from gui.services.import_tokens import Result
from gui.shell.commands import Command
from gui.tour.ui_driver import process_events
from gui.vault.secret_service import one_at_a_time
from tests.journeys.selecting import select
from tests.journeys.test_exports import export
from tests.journeys.test_keys import press
from tests.support.agency import AMIRA, NILS, NORD, login_of


def press_and_leave(agency, button, command, title):
    """Press a button that begins something, and go to another view before Facebook has answered."""
    faults = agency.server.world.faults
    faults.on("slow")
    agency.driver.click(button)
    process_events(100)
    agency.ask(command)
    agency.driver.wait_title(title)
    faults.off("slow")


def pasted(agency):
    """The import at work on three tokens, one of them dead; the person is in Settings."""
    driver, world = agency.driver, agency.server.world
    record = world.mint.read(login_of(agency.server, NORD, 1).token.secret.reveal())
    good = [world.page_token(record, number) for number in (3, 4)]
    agency.ask(Command.SHOW_IMPORT)
    driver.wait_title("Import tokens")
    QGuiApplication.clipboard().setText("\n".join([*good, "EAA" + "Zq9" * 60]))
    driver.click("importPaste")
    driver.wait(lambda: driver.find("importGo").isEnabled(), "what was found")
    QGuiApplication.clipboard().clear()
    press_and_leave(agency, "importGo", Command.SHOW_SETTINGS, "Settings")


@pytest.mark.parametrize("way", ["button", "menu"])
def test_an_import_that_ends_elsewhere_is_told_and_each_row_can_be_read(agency, way):
    pasted(agency)
    driver = agency.driver
    notice = driver.notice("2 tokens kept; 1 row not", 60)
    assert driver.text("panelTitle") == "Settings"
    if way == "button":
        assert notice.main_button.text() == "Show it"
        driver.click(notice.main_button)
    else:
        agency.ask(Command.SHOW_IMPORT)
    driver.wait_title("Import tokens")
    outcomes = agency.panel("import").table.items
    assert [one.result for one in outcomes] == [Result.NOT_KEPT, Result.KEPT, Result.KEPT]
    assert driver.text("importWhy")
    # What was seen is not kept on show for ever.
    agency.ask(Command.SHOW_SETTINGS)
    agency.ask(Command.SHOW_IMPORT)
    assert not driver.seen("importWhy")


def test_to_come_back_while_it_runs_finds_it_running(agency):
    pasted(agency)
    agency.ask(Command.SHOW_IMPORT)
    agency.driver.notice("2 tokens kept; 1 row not", 60)
    assert agency.driver.seen("importWhy")


@pytest.mark.parametrize("fails", [False, True])
def test_an_export_that_ends_elsewhere_is_told(agency, tmp_path, fails):
    driver = agency.driver
    select(agency, *range(4))
    with one_at_a_time:
        # The keychain answers nobody else meanwhile.
        path = export(agency, tmp_path, "csv", "password")
        process_events(100)
        agency.ask(Command.SHOW_SETTINGS)
        driver.wait_title("Settings")
        if fails:
            path.parent.rmdir()
    notice = driver.notice("There is no folder named" if fails else "Exported 4 Pages", 30)
    assert driver.text("panelTitle") == "Settings"
    driver.click(notice.main_button)
    driver.wait_title("Export 4 Pages")
    assert len(agency.panel("export").notices.notices()) == 1


def test_a_person_who_is_disconnected_meanwhile_takes_nobody_out_of_the_view(agency):
    driver, world = agency.driver, agency.server.world
    amira = next(one for one in agency.accounts.logins if one.user_id == world.people[AMIRA].user_id)
    agency.ask(Command.DISCONNECT, login_id=amira.id)
    driver.wait(lambda: driver.find("disconnectGo").isEnabled(), "what dies")
    press_and_leave(agency, "disconnectGo", Command.SHOW_HISTORY, "History")
    driver.notice("Amira Haddad is disconnected", 30)
    assert driver.text("panelTitle") == "History"
    assert len(agency.accounts.logins) == 2


def test_a_disconnect_that_fails_meanwhile_is_told_and_can_be_tried_again_there(agency):
    driver, world = agency.driver, agency.server.world
    agency.ask(Command.DISCONNECT, login_id=agency.accounts.logins[0].id)
    driver.wait(lambda: driver.find("disconnectGo").isEnabled(), "what dies")
    world.faults.on("html_400", 1)
    press_and_leave(agency, "disconnectGo", Command.SHOW_HISTORY, "History")
    notice = driver.notice("did not come from Facebook", 30)
    driver.click(notice.main_button)
    driver.wait(lambda: driver.seen("disconnectGo"), "the way back")
    driver.click(agency.panel("disconnect").notices.notices()[0].main_button)
    driver.notice("is disconnected", 30)
    assert len(agency.accounts.logins) == 2


def test_a_check_that_ends_elsewhere_is_told(agency):
    driver, world = agency.driver, agency.server.world
    agency.ask(Command.SHOW_ANY_TOKEN)
    driver.wait_title("Check any token")
    world.faults.on("html_400")
    driver.type_into("anyField", "EAA" + "Zq9" * 60)
    press_and_leave(agency, "anyCheck", Command.SHOW_HEALTH, "Health")
    driver.notice("did not come from Facebook", 30)


def test_going_to_the_view_by_oneself_finds_the_result_and_ends_what_was_said_elsewhere(agency, tmp_path):
    driver = agency.driver
    agency.ask(Command.SHOW_HISTORY)
    driver.wait_title("History")
    with one_at_a_time:
        agency.panel("history").export_to(tmp_path / "history.csv")
        agency.ask(Command.SHOW_SETTINGS)
    driver.wait_title("Settings")
    title = driver.wait(lambda: driver._notices(), "the result")[0].text.title
    driver.click("nav_history")
    driver.wait_title("History")
    driver.notice(title)
    driver.click("nav_settings")
    driver.wait_title("Settings")
    process_events(100)
    assert not driver._notices()


def test_no_notice_leads_back_to_somebody_who_is_gone(agency):
    driver, world = agency.driver, agency.server.world
    amira = next(one for one in agency.accounts.logins if one.user_id == world.people[AMIRA].user_id)
    agency.ask(Command.DISCONNECT, login_id=amira.id)
    driver.wait(lambda: driver.find("disconnectGo").isEnabled(), "what dies")
    world.faults.on("html_400", 1)
    press_and_leave(agency, "disconnectGo", Command.SHOW_SETTINGS, "Settings")
    notice = driver.notice("did not come from Facebook", 30)
    agency.ask(Command.FORGET_LOGIN, login_id=amira.id)
    driver.wait(lambda: len(agency.accounts.logins) == 2, "Amira is forgotten")
    driver.click(notice.main_button)
    process_events(200)
    assert driver.seen("disconnectGo") is None
    assert not any(grant.revoked for grant in world.grants.values())


def test_a_keychain_that_dies_while_facebook_disconnects_hides_nothing_that_was_done(agency):
    driver, world = agency.driver, agency.server.world
    amira = next(one for one in agency.accounts.logins if one.user_id == world.people[AMIRA].user_id)
    agency.ask(Command.DISCONNECT, login_id=amira.id)
    driver.wait(lambda: driver.find("disconnectGo").isEnabled(), "what dies")
    world.faults.on("slow")
    driver.click("disconnectGo")
    process_events(800)
    agency.private_session.stop_keyring()
    world.faults.off("slow")
    try:
        notice = driver.notice("Amira Haddad is disconnected", 30)
        assert "no longer work" in notice.text.text
        assert driver.text("panelTitle") == "Health"
        assert sum(grant.revoked for grant in world.grants.values()) == 1
        assert len(agency.accounts.logins) == 2
    finally:
        agency.private_session.start_keyring()
    (event,) = agency.program.session.vault.history.events("", ("disconnected",))
    assert event.subject == "Amira Haddad"


def test_a_key_pressed_once_more_than_needed_takes_nobody_away(agency):
    """Return twice on what leads to a disconnect, and on a person's Forget."""
    driver, world = agency.driver, agency.server.world
    driver.click("nav_health")
    driver.find(f"healthDisconnect_{agency.accounts.logins[0].id}").setFocus()
    for _ in range(3):
        press(agency, "Return")
        process_events(300)
    assert not any(grant.revoked for grant in world.grants.values())
    driver.click("nav_settings")
    driver.wait_title("Settings")
    forget = next(
        one
        for one in agency.window.findChildren(QPushButton)
        if one.isVisible() and one.objectName().startswith("forget_")
    )
    forget.setFocus()
    for _ in range(2):
        press(agency, "Return")
        process_events(400)
    assert len(agency.accounts.logins) == 2


@pytest.mark.parametrize("who", ["new", "renewed"])
def test_a_login_that_is_ready_after_one_went_elsewhere_takes_nobody_out_of_the_view(agency, who):
    driver, world = agency.driver, agency.server.world
    nils = next(one for one in agency.accounts.logins if one.user_id == world.people[NILS].user_id)
    if who == "new":
        agency.ask(Command.ADD_LOGIN_THROUGH, app_id="180000000000001")
    else:
        agency.ask(Command.LOG_IN, login_id=nils.id)
    driver.wait_title("Log in to Facebook")
    driver.log_in(agency.login, NILS)
    driver.page_element(agency.login, "#allow")
    world.faults.on("slow")
    driver.click_page(agency.login, "#allow")
    process_events(500)
    agency.ask(Command.SHOW_SETTINGS)
    driver.wait_title("Settings")
    world.faults.off("slow")
    notice = driver.notice("The login is extended and kept", 60)
    assert driver.text("panelTitle") == "Settings"
    driver.click(notice.main_button)
    driver.wait_title("Extend your login")
    driver.click("extendGo")
    driver.wait_title("Pages")
    driver.wait(lambda: not driver.seen("progressWords"), "its Pages", 60)
    assert len(agency.accounts.logins) == (4 if who == "new" else 3)


def test_an_app_that_is_set_up_after_one_went_elsewhere_is_told(agency):
    driver, world = agency.driver, agency.server.world
    agency.ask(Command.SET_UP_APP, app_id="180000000000001")
    driver.wait_title("Connect your Facebook app")
    driver.type_into("setupSecret", world.app_secret)
    press_and_leave(agency, "setupVerify", Command.SHOW_HISTORY, "History")
    notice = driver.notice("The app is set up", 30)
    assert driver.text("panelTitle") == "History"
    driver.click(notice.main_button)
    driver.wait_title("Connect your Facebook app")
    driver.click(driver.notice("The app is set up").main_button)
    driver.wait_title("Log in to Facebook")


def test_a_token_that_is_kept_after_one_went_elsewhere_is_told(agency):
    driver, world = agency.driver, agency.server.world
    record = world.mint.read(login_of(agency.server, NORD, 1).token.secret.reveal())
    agency.ask(Command.SHOW_ANY_TOKEN)
    driver.type_into("anyField", world.page_token(record, 7))
    driver.click("anyCheck")
    driver.wait(lambda: driver.seen("anyKeep"), "what it is")
    with one_at_a_time:
        driver.click("anyKeep")
        process_events(50)
        agency.ask(Command.SHOW_SETTINGS)
        driver.wait_title("Settings")
    driver.notice("The Page token is kept", 30)
    process_events(300)
    assert driver.text("panelTitle") == "Settings"
