"""Copy for a tool, alone: its fields one by one and all at once, its steps, its own first call."""

import threading

import pytest

from gui.panels.hand_over import HandOverPanel
from gui.services import hand_over
from gui.shell.commands import Command, Request
from tests.support.one_panel import OnePanel
from tests.support.purposes import log_in_for, rows_of


@pytest.fixture
def handing(qtbot, qapp, session, practice):
    login = log_in_for(session, practice, ("messages", "website_posts", "page_insights"))
    one = OnePanel(HandOverPanel, session, practice)
    one.panel.begin(list(rows_of(session, login).values())[:1])
    yield one
    one.close()


@pytest.fixture
def rows(handing, session):
    return list(rows_of(session, session.vault.logins()[0]).values())


def choose(handing, key):
    handing.panel.choose_tool(key)
    handing.driver.find("toolCopyAll")


def test_the_fields_are_copied_one_after_the_other(handing, rows, qtbot, session):
    copied = handing.signals("copied")
    choose(handing, "airbyte")
    handing.driver.wait(lambda: handing.text("toolName") == "Airbyte (Facebook Pages)", "the tool")
    assert handing.driver.find("toolNext").text() == "Next: copy Page Access Token"
    handing.press("toolNext")
    assert handing.driver.find("toolNext").text() == "Next: copy Page ID"
    handing.press("toolNext")
    assert handing.driver.find("toolNext").text() == "Next: copy Page Access Token"
    assert copied[0][0].reveal().startswith("EAA")
    assert copied[1][0].reveal() == rows[0].page.id
    assert copied[0][1] == "Page Access Token for Airbyte (Facebook Pages)"
    qtbot.waitUntil(lambda: bool(session.vault.history.events(kinds=("given",))))


def test_all_of_it_is_copied_in_the_tools_own_format(handing):
    copied = handing.signals("copied")
    choose(handing, "rasa")
    handing.press("toolCopyAll")
    assert copied[0][0].reveal().startswith('facebook:\n  verify: "')
    assert "Whoever has the App secret" in handing.words()


def test_no_secret_is_shown(handing):
    choose(handing, "rasa")
    shown = handing.words()
    assert "EAA" not in shown
    assert handing.server.world.app_secret not in shown


def test_its_own_first_call_is_made(handing):
    choose(handing, "smash_balloon")
    handing.press("toolTest")
    handing.notice("Smash Balloon (Custom Facebook Feed) works with this token")


def test_a_call_that_is_refused_says_why(handing):
    choose(handing, "apps_script_leads")
    handing.press("toolTest")
    handing.notice("permission is missing")


def test_a_search_finds_a_tool_or_says_so(handing):
    handing.driver.type_into("toolSearch", "kestra")
    handing.driver.wait(lambda: handing.text("toolName").startswith("Kestra"), "the tool")
    handing.driver.type_into("toolSearch", "xylophone")
    assert handing.driver.seen("toolName") is None
    assert "No tool is called that" in handing.words()


def test_several_pages_are_a_block_each(handing, rows, qtbot):
    copied = handing.signals("copied")
    handing.panel.begin(rows)
    choose(handing, "laravel_poster")
    qtbot.waitUntil(lambda: handing.driver.seen("toolNext") is None and handing.driver.seen("toolCopyAll") is not None)
    handing.press("toolCopyAll")
    assert copied[-1][0].reveal().count("FACEBOOK_PAGE_ID=") == 3


def test_a_tool_with_an_app_of_its_own_has_nothing_to_copy(handing):
    handing.panel.choose_tool("hosted_tools")
    handing.driver.wait(lambda: "Zapier" in handing.text("toolName"), "the tool")
    assert handing.driver.seen("toolCopyAll") is None
    assert "It has an app of its own" in handing.words()


def test_a_notices_button_is_for_the_account_and_the_tools_purpose(handing, rows):
    asked = handing.signals("requested")
    choose(handing, "rasa")
    handing.panel.act(Request(Command.ASK_FOR_MORE))
    handing.panel.act(Request(Command.LOG_IN))
    assert [(one.command, one.login_id, one.purpose) for one in asked] == [
        (Command.ASK_FOR_MORE, rows[0].login_id, "messages"),
        (Command.LOG_IN, rows[0].login_id, ""),
    ]


def test_several_pages_are_tested_each(handing, rows):
    handing.panel.begin(rows)
    choose(handing, "smash_balloon")
    handing.press("toolTest")
    handing.notice("works with these tokens")
    assert "each of 3 Pages" in handing.words()


def test_what_is_missing_is_a_button_away(handing, rows):
    handing.panel.begin(rows)
    choose(handing, "postiz")
    assert handing.driver.seen("toolMissing") is None, "it gets no token"
    choose(handing, "laravel_poster")
    asked = handing.signals("requested")
    handing.press("toolMissing")
    assert [(one.command, one.page_id, one.login_id) for one in asked] == [
        (Command.SHOW_FIT, rows[0].page.id, rows[0].login_id)
    ]


def test_what_was_prepared_for_other_pages_is_not_copied(handing, rows, qtbot, monkeypatch):
    """The keychain may answer late, when the person is at another Page."""
    late = threading.Event()

    def prepare_late(session, tool, chosen, job):
        if chosen[0].page.id == rows[1].page.id:
            late.wait(10)
        return hand_over.prepare(session, tool, chosen, job)

    choose(handing, "airbyte")
    monkeypatch.setattr("gui.panels.hand_over.prepare", prepare_late)
    handing.panel.begin(rows[1:2])
    handing.panel.leave()
    handing.panel.begin(rows[2:])
    handing.driver.find("toolCopyAll")
    late.set()
    assert handing.jobs.wait(20)
    qtbot.wait(50)
    copied = handing.signals("copied")
    handing.press("toolCopyAll")
    assert rows[2].page.id in copied[0][0].reveal()
