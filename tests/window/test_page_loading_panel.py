"""Fetching Pages into the panel: what arrives is shown and kept, what goes wrong is told, stopping keeps what came."""

import re

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from gui.shell.commands import Command
from gui.values import TokenState
from tests.support.agency import right_token
from tests.support.pages_panel import PagesAtHand, agency_pages, said_anywhere


@pytest.fixture
def at_hand(session, practice, qtbot, qapp):
    made = PagesAtHand(session, practice, qtbot)
    yield made
    made.end()


def progress(at_hand):
    """What the strip above the list says; empty while it is not there."""
    words = at_hand.panel.findChild(QLabel, "progressWords")
    return words.text() if words.isVisible() else ""


def titles(at_hand):
    return [one.text.title for one in at_hand.panel.notices.notices()]


def test_every_page_that_is_listed_is_shown_and_kept(at_hand, session, practice):
    login, stored_login = at_hand.log_in()
    at_hand.load(login, stored_login)
    names = {practice.world.page(index).name for index in range(3, 243)}
    assert set(at_hand.shown) == names
    assert len(at_hand.table.pages.rows) == 240
    assert progress(at_hand) == ""
    assert at_hand.driver.text("panelSubtitle").startswith("240 Pages of Agency Nord through Practice App")
    assert titles(at_hand) == []
    row = at_hand.row(7)
    at_hand.click_copy(7)
    at_hand.until(lambda: right_token(practice, row.page.id, at_hand.driver.clipboard()))
    assert len(session.vault.page_rows(stored_login)) == 240
    assert all(row.fresh is None for row in at_hand.table.pages.rows), "no row holds a token once they are kept"


def test_the_list_says_how_far_it_is_while_pages_arrive(at_hand, practice):
    practice.latency = 0.15
    login, stored_login = at_hand.log_in()
    said = set()
    at_hand.panel.loading.counted.connect(lambda: said.add(progress(at_hand)))
    at_hand.panel.load(login, stored_login)
    assert progress(at_hand) == "Asking Facebook for your Pages …"
    assert at_hand.driver.text("panelSubtitle") == "Loading the Pages of Agency Nord through Practice App"
    assert not at_hand.panel.findChild(QPushButton, "pagesRefresh").isEnabled(), "one list at a time"
    assert not at_hand.panel.findChild(QPushButton, "pagesAdd").isEnabled()
    with at_hand.qtbot.waitSignal(at_hand.panel.listed, timeout=60_000):
        pass
    counts = [int(found[1].replace(",", "")) for one in said if (found := re.match(r"([\d,]+) (of|so far)", one))]
    assert len(counts) >= 2, said
    assert max(counts) <= 240
    assert at_hand.panel.findChild(QPushButton, "pagesRefresh").isEnabled()


def test_without_a_kept_login_pages_are_shown_and_can_be_copied(at_hand, session, practice):
    """A computer without a keychain: the tokens are in this window only."""
    login, stored_login = at_hand.log_in(0)
    at_hand.panel.load(login, None)
    at_hand.until(lambda: len(at_hand.shown) == 3 and not at_hand.panel.loading.running)
    row = at_hand.row(1)
    at_hand.click_copy(1)
    at_hand.until(lambda: right_token(practice, row.page.id, at_hand.driver.clipboard()))
    assert session.vault.page_rows(stored_login) == [], "nothing was written"


def test_no_token_is_said_aloud_while_pages_arrive(at_hand, practice):
    login, _ = at_hand.log_in(0)
    at_hand.panel.load(login, None)
    at_hand.until(lambda: len(at_hand.shown) == 3 and not at_hand.panel.loading.running)
    said = said_anywhere(at_hand.panel)
    assert "Amira" in said
    assert not [one for one in practice.world.given_out if one in said]


def test_stopping_keeps_what_arrived_and_offers_the_rest(at_hand, session, practice):
    practice.latency = 0.4
    login, stored_login = at_hand.log_in()
    at_hand.panel.load(login, stored_login)
    at_hand.until(lambda: len(at_hand.table.pages.rows) >= 100)
    with at_hand.qtbot.waitSignal(at_hand.panel.listed, timeout=60_000):
        at_hand.driver.click("progressCancel")
    arrived = len(at_hand.table.pages.rows)
    assert 100 <= arrived < 240
    assert len(session.vault.page_rows(stored_login)) == arrived
    assert f"The list was stopped: {arrived} Pages so far" in titles(at_hand)
    at_hand.driver.click("noticeButton")
    assert at_hand.requests[-1].command is Command.RELOAD_PAGES
    practice.latency = 0
    at_hand.load(login, stored_login)
    assert len(at_hand.table.pages.rows) == 240


def test_looking_at_another_view_stops_the_list(at_hand, session, practice):
    practice.latency = 0.4
    login, stored_login = at_hand.log_in()
    at_hand.panel.load(login, stored_login)
    at_hand.until(lambda: len(at_hand.table.pages.rows) >= 100)
    at_hand.show()
    assert not at_hand.panel.loading.running
    assert at_hand.table.pages.rows == []
    assert at_hand.driver.text("emptyTitle") == "No Pages yet"
    assert progress(at_hand) == ""


def test_pages_without_a_token_are_named_with_their_reason(at_hand, practice):
    practice.world.faults.on("rows_without_token")
    login, stored_login = at_hand.log_in(pages=agency_pages(40))
    at_hand.load(login, stored_login)
    missing = [row for row in at_hand.table.pages.rows if not row.has_token]
    assert missing
    assert all(row.state is TokenState.NEEDS_YOU for row in missing)
    said = [title for title in titles(at_hand) if title.endswith("without a token") or "gives no token" in title]
    assert len(said) == len(titles(at_hand)) - 1 == len({row.why for row in missing})
    counted = [int(title.partition(" Pages")[0]) for title in said if " Pages, among them " in title]
    assert sum(counted) + len(said) - len(counted) == len(missing)


def test_renewing_says_what_became_of_the_tokens(at_hand):
    login, stored_login = at_hand.log_in(0)
    at_hand.load(login, stored_login)
    first = {row.page.id: row.last_four for row in at_hand.table.pages.rows}
    again, stored_again = at_hand.log_in(0)
    assert stored_again.id == stored_login.id
    at_hand.load(again, stored_again, renewing=True)
    (notice,) = at_hand.panel.notices.notices()
    changed = sum(first[row.page.id] != row.last_four for row in at_hand.table.pages.rows)
    assert changed == 3
    assert notice.text.kind == "renewed"
    assert "3 tokens changed" in notice.text.text
    assert "Amira’s Bakery" in dict(notice.text.details)["Changed"]


def test_rows_stay_on_show_while_the_same_persons_list_is_fetched_again(at_hand, practice):
    login, stored_login = at_hand.log_in(0)
    at_hand.load(login, stored_login)
    practice.latency = 0.3
    at_hand.panel.load(login, stored_login)
    assert len(at_hand.shown) == 3
    with at_hand.qtbot.waitSignal(at_hand.panel.listed, timeout=30_000):
        pass
    assert len(at_hand.shown) == 3


@pytest.mark.parametrize(
    ("trouble", "title", "command"),
    [
        ("password_changed", "password was changed", Command.LOG_IN),
        ("blocked_for_misuse", "has paused this for a while", None),
        ("not_in_any_table", "Something that no table names", Command.RETRY),
    ],
)
def test_an_error_of_facebook_is_told_with_its_button(at_hand, practice, trouble, title, command):
    login, stored_login = at_hand.log_in(0)
    practice.world.faults.on(trouble)
    at_hand.panel.load(login, stored_login)
    at_hand.until(lambda: at_hand.panel.notices.notices())
    (notice,) = at_hand.panel.notices.notices()
    assert title in f"{notice.text.title} {notice.text.text} {notice.text.details}"
    assert progress(at_hand) == ""
    assert at_hand.panel.findChild(QPushButton, "pagesRefresh").isEnabled()
    assert at_hand.shown == []
    if command is not None:
        assert notice.text.action is not None
        assert notice.text.action.request.command is command


def test_trying_again_after_an_error_brings_the_pages(at_hand, practice):
    login, stored_login = at_hand.log_in(0)
    practice.world.faults.on("not_in_any_table")
    at_hand.panel.load(login, stored_login)
    at_hand.until(lambda: at_hand.panel.notices.notices())
    practice.world.faults.off()
    with at_hand.qtbot.waitSignal(at_hand.panel.listed, timeout=30_000):
        at_hand.driver.click("noticeButton")
    assert len(at_hand.shown) == 3


def test_a_wait_for_facebook_is_told_and_can_be_skipped(at_hand, practice):
    login, stored_login = at_hand.log_in(0)
    practice.world.faults.on("limit_user", 1)
    at_hand.panel.load(login, stored_login)
    at_hand.until(lambda: progress(at_hand).startswith("Facebook asks to wait"))
    with at_hand.qtbot.waitSignal(at_hand.panel.listed, timeout=30_000):
        at_hand.driver.click("progressNow")
    assert len(at_hand.shown) == 3


def test_a_business_that_fails_is_told_and_the_rest_is_kept(at_hand, session, practice):
    practice.world.faults.on("business_fails")
    login, stored_login = at_hand.log_in()
    at_hand.load(login, stored_login)
    assert titles(at_hand)
    rows = at_hand.table.pages.rows
    assert 0 < len(rows) < 240
    assert len(session.vault.page_rows(stored_login)) == len(rows)
