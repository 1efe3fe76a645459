"""From a purpose to a tool's own first call, in the real window: every purpose, every tool."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.services.purposes import purposes
from gui.services.tools import tools
from gui.shell.commands import Command, Request

PASTED = [key for key, one in tools().items() if one.wants_a_token]


@pytest.fixture
def everything(journey):
    """The shop's owner, who asked for every purpose in Facebook's own page."""
    driver = journey.set_up()
    driver.page_element(journey.login, "#password")
    driver.click("loginPurposes")
    for key in purposes():
        QTest.keyClick(driver.find(f"purpose_{key}"), Qt.Key.Key_Space)
    driver.click("purposeUse")
    driver.log_in(journey.login, 0)
    driver.click_page(journey.login, "#allow")
    journey.to_pages(3)
    return journey


def test_every_purpose_that_was_asked_for_is_ready_where_nothing_else_is_in_the_way(everything):
    driver = everything.driver
    (login,) = everything.accounts.logins
    assert set(login.purposes) == set(purposes())
    rows = {row.page.name: row for row in everything.table.pages.rows}
    everything.program.shell.navigator.navigate(Request(Command.SHOW_FIT, page_id=rows["Amira’s Bakery"].page.id))
    for key, one in purposes().items():
        state = "Not sure" if one.open else "Not yet" if key == "whatsapp" else "Ready"
        driver.wait(lambda key=key: driver.seen(f"fit_{key}") is not None, key)
        assert driver.text(f"fit_{key}").endswith(state), key


def test_every_tool_gets_a_token_that_its_own_first_call_accepts(everything):
    driver = everything.driver
    row = next(row for row in everything.table.pages.rows if row.page.name == "Amira’s Bakery")
    everything.panel("pages").tool_wanted.emit([row])
    panel = everything.panel("hand_over")
    for key in PASTED:
        panel.choose_tool(key)
        driver.wait(lambda key=key: driver.seen("toolTest") and driver.text("toolName") == tools()[key].name, key)
        driver.find("toolTest").click()
        driver.notice(f"{tools()[key].name} works with this token")


def test_only_what_is_ready_is_shown(everything):
    driver = everything.driver
    pages = everything.panel("pages")
    everything.program.shell.navigator.navigate(Request(Command.SHOW_PAGES_READY, purpose="leads"))
    driver.wait(lambda: len(pages.table.pages.visible) == 2, "the two Pages that may be advertised")
    everything.program.shell.navigator.navigate(Request(Command.SHOW_PAGES_READY, purpose="instagram_feed"))
    driver.wait(lambda: len(pages.table.pages.visible) == 1, "the one with an Instagram account")
    pages.tools.narrow_to(0, "")
    driver.wait(lambda: len(pages.table.pages.visible) == 3, "all of them")


def test_health_counts_what_is_ready(everything):
    driver = everything.driver
    driver.click("nav_health")
    driver.wait(lambda: driver.seen("ready_leads") is not None, "how many are ready")
    assert driver.text("ready_leads") == "Read the leads of my forms: 2 of 3 ready"
    driver.find("readyShow_leads").click()
    driver.wait_title("Pages")
    driver.wait(lambda: len(everything.table.pages.visible) == 2, "those two")
