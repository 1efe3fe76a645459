"""What can be done with one Page of the list, by its menu: copy, show, test, know, forget."""

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QLabel

from gui.services import forget
from gui.shell.commands import Command, Request
from gui.values import TokenState
from tests.support.agency import NILS, NORD, right_token
from tests.support.pages_panel import PagesAtHand, agency_pages, said_anywhere
from tests.support.people import ALL, JOB, keep_login_with_pages
from tests.support.purposes import log_in_for


@pytest.fixture
def at_hand(session, practice, qtbot, qapp):
    """Twelve Pages of the agency, on show."""
    keep_login_with_pages(session, practice, 1, (*ALL, "instagram_basic"), pages=agency_pages(12))
    made = PagesAtHand(session, practice, qtbot)
    made.show()
    yield made
    made.end()


@pytest.fixture
def addresses_opened(monkeypatch):
    """What a browser would be asked to open; the test computer's own is left alone."""
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda address: opened.append(address.toString()))
    return opened


def dialog(at_hand, name):
    at_hand.until(lambda: (one := at_hand.panel.findChild(QDialog, name)) is not None and one.isVisible())
    return at_hand.panel.findChild(QDialog, name)


def history(session):
    return [(event.what, event.page_id) for event in session.vault.history.events()]


# -------------------------------------------------------------------------- copy
def test_narrowed_to_a_purpose_the_token_that_is_ready_for_it_is_copied(session, practice, qtbot, qapp):
    nord = log_in_for(session, practice, ("page_insights",), NORD)
    nils = log_in_for(session, practice, ("publish_posts",), NILS)
    made = PagesAtHand(session, practice, qtbot)
    made.show()
    page_id = next(row.page.id for row in made.table.pages.rows if row.others)
    for number, (purpose, login) in enumerate((("page_insights", nord), ("publish_posts", nils)), 1):
        made.panel.tools.narrow_to(0, "", purpose)
        made.until(lambda: made.table.pages.place_of(page_id) >= 0)
        made.click_copy(made.table.pages.place_of(page_id))
        made.until(lambda number=number: len(made.copied) == number)
        assert made.driver.clipboard() == session.vault.page_token(login.id, page_id).reveal()
    made.end()


def test_a_click_on_the_copy_place_puts_the_token_on_the_clipboard(at_hand, session, practice):
    row = at_hand.row(3)
    at_hand.click_copy(3)
    at_hand.until(lambda: right_token(practice, row.page.id, at_hand.driver.clipboard()))
    assert at_hand.copied == [f"the token of {row.page.name}"]
    at_hand.until(lambda: ("copied", row.page.id) in history(session))


def test_the_menu_copies_the_token_and_the_ids(at_hand, practice):
    at = next(at for at in range(len(at_hand.shown)) if at_hand.row(at).page.instagram_id)
    page = at_hand.row(at).page
    at_hand.choose_for(at, "Copy the Page token")
    at_hand.until(lambda: right_token(practice, page.id, at_hand.driver.clipboard()))
    at_hand.choose_for(at, "Copy the Page ID")
    assert at_hand.driver.clipboard() == page.id
    at_hand.choose_for(at, "Copy the Instagram account ID")
    assert at_hand.driver.clipboard() == page.instagram_id
    assert at_hand.copied[1:] == [f"the Page ID of {page.name}", f"the Instagram account ID of {page.name}"]


def test_the_menu_copies_id_and_token_on_two_lines_and_a_settings_line(at_hand, practice):
    page = at_hand.row(0).page
    at_hand.choose_for(0, "Copy Page ID and token, two lines")
    at_hand.until(lambda: len(at_hand.copied) == 1)
    first, second = at_hand.driver.clipboard().splitlines()
    assert first == page.id
    assert right_token(practice, page.id, second)
    at_hand.choose_for(0, "Copy as NAME=token")
    at_hand.until(lambda: len(at_hand.copied) == 2)
    name, _, token = at_hand.driver.clipboard().partition("=")
    assert name.endswith("_TOKEN")
    assert name.isupper()
    assert right_token(practice, page.id, token)


def test_a_page_without_instagram_has_no_line_for_it(at_hand):
    at = next(at for at in range(len(at_hand.shown)) if not at_hand.row(at).page.instagram_id)
    at_hand.panel.page_actions.menu(at_hand.row(at), at_hand.table.mapToGlobal(at_hand.table.rect().center()))
    lines = [action.text() for action in at_hand.menu("pageMenu").actions()]
    assert "Copy the Page ID" in lines
    assert "Copy the Instagram account ID" not in lines
    assert "Why is there no token?" not in lines


def test_a_page_without_a_token_says_why(at_hand):
    from dataclasses import replace

    row = at_hand.row(0)
    at_hand.table.pages.merge((replace(row, last_four="", state=TokenState.NEEDS_YOU, why="page_without_tasks"),))
    at_hand.panel.page_actions.menu(at_hand.row(0), at_hand.table.mapToGlobal(at_hand.table.rect().center()))
    off = {action.text() for action in at_hand.menu("pageMenu").actions() if action.text() and not action.isEnabled()}
    assert off == {
        "Copy the Page token",
        "Copy Page ID and token, two lines",
        "Copy as NAME=token",
        "Copy for a tool …",
        "Hand over to a colleague …",
        "Show the token",
        "Test it",
    }
    at_hand.driver.choose_in_menu("Why is there no token?")
    (notice,) = at_hand.panel.notices.notices()
    assert notice.text.kind == "page_without_tasks"
    at_hand.panel.notices.clear()
    at_hand.panel.page_actions.copy(at_hand.row(0))
    assert [one.text.kind for one in at_hand.panel.notices.notices()] == ["page_without_tasks"]
    assert at_hand.copied == []


# --------------------------------------------------------------------- show, open
def test_a_shown_token_is_in_no_name_tip_or_title_and_can_be_copied(at_hand, practice):
    page = at_hand.row(2).page
    at_hand.choose_for(2, "Show the token")
    shown = dialog(at_hand, "revealDialog")
    said = said_anywhere(at_hand.panel)
    assert page.name in said
    assert not [one for one in practice.world.given_out if one in said]
    assert shown.windowTitle() == "Page token"
    at_hand.driver.click("revealCopy")
    at_hand.until(lambda: right_token(practice, page.id, at_hand.driver.clipboard()))
    at_hand.driver.click("revealHide")
    at_hand.until(lambda: at_hand.panel.findChild(QDialog, "revealDialog") is None)


def test_the_menu_asks_the_window_for_the_history_of_a_page(at_hand):
    at_hand.choose_for(1, "Its history")
    assert at_hand.requests == [Request(Command.SHOW_HISTORY, page_id=at_hand.row(1).page.id)]


def test_the_menu_opens_the_page_on_facebook(at_hand, addresses_opened):
    at_hand.choose_for(1, "Open the Page on Facebook")
    assert addresses_opened == [f"https://www.facebook.com/{at_hand.row(1).page.id}"]


# -------------------------------------------------------------------------- facts
def facts(shown):
    """Names and words, as the dialog has them."""
    found = {}
    number = 0
    while (name := shown.findChild(QLabel, f"fact_{number}")) is not None:
        found[name.text()] = shown.findChild(QLabel, f"factText_{number}").text()
        number += 1
    return found


def test_the_details_say_each_fact_and_no_token(at_hand, practice):
    row = at_hand.row(0)
    at_hand.choose_for(0, "All details")
    shown = dialog(at_hand, "factsDialog")
    known = facts(shown)
    assert known["State"] == "The token works"
    assert known["Last known to work"] == "not checked yet; it worked when it was made"
    assert {"Token", "Renew by", "It can", "Your role allows"} <= set(known)
    assert row.page.display_name in [label.text() for label in shown.findChildren(QLabel)]
    said = said_anywhere(shown)
    assert f"Token: {known['Token']}" in said, "a screen reader reads each fact as one"
    assert not [one for one in practice.world.given_out if one in said]
    at_hand.driver.click("factsClose")
    at_hand.until(lambda: at_hand.panel.findChild(QDialog, "factsDialog") is None)


def test_a_test_from_the_details_asks_facebook(at_hand):
    row = at_hand.row(0)
    at_hand.choose_for(0, "All details")
    dialog(at_hand, "factsDialog")
    at_hand.driver.click("factsTest")
    notice = at_hand.driver.notice("works")
    assert notice.text.title == f"The token of {row.page.name} works"
    assert row.page.name in notice.text.text


# -------------------------------------------------------------------- test, forget
@pytest.mark.parametrize(
    ("trouble", "title"), [("password_changed", "password was changed"), ("role_lost", "no longer have a role")]
)
def test_testing_a_dead_token_says_why_and_marks_its_row(at_hand, practice, trouble, title):
    page_id = at_hand.row(2).page.id
    practice.world.faults.on(trouble)
    at_hand.choose_for(2, "Test it")
    notice = at_hand.driver.notice(title)
    assert notice.main_button is not None
    at_hand.until(lambda: at_hand.table.pages.by_id(page_id).state is TokenState.NEEDS_YOU)
    assert at_hand.table.pages.counts()[TokenState.NEEDS_YOU] == 1
    practice.world.faults.off()
    at_hand.panel.page_actions.check(at_hand.table.pages.by_id(page_id))
    at_hand.driver.notice("works")
    assert [one.text.kind for one in at_hand.panel.notices.notices()] == ["tested"], "the old notice is gone"
    assert at_hand.table.pages.counts()[TokenState.NEEDS_YOU] == 0


def test_an_error_that_says_nothing_of_the_token_leaves_the_row_as_it_is(at_hand, practice):
    practice.world.faults.on("redirect")
    at_hand.choose_for(2, "Test it")
    at_hand.until(at_hand.panel.notices.notices)
    assert at_hand.table.pages.counts()[TokenState.NEEDS_YOU] == 0
    practice.world.faults.off()
    at_hand.driver.click("noticeButton")
    at_hand.driver.notice("works")


def test_forgetting_a_page_hands_over_what_undoes_it(at_hand, session):
    row = at_hand.row(4)
    with at_hand.qtbot.waitSignal(at_hand.panel.forgotten) as waited:
        at_hand.choose_for(4, "Forget this Page")
    assert waited.args is not None
    at_hand.panel.look_again(session.vault.logins())
    at_hand.until(lambda: at_hand.table.pages.by_id(row.page.id) is None)
    forget.bring_back(session, waited.args[0], JOB)
    at_hand.panel.look_again(session.vault.logins())
    at_hand.until(lambda: at_hand.table.pages.by_id(row.page.id) is not None)
