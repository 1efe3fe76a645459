"""Fetching Pages into the panel: what arrives is shown and kept, what goes wrong is told, stopping keeps what came."""

import re
import time

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from gui.services import formatting
from gui.services.views import View
from gui.shell.commands import Command
from gui.values import TokenState
from gui.widgets import page_columns
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
    assert at_hand.driver.text("emptyTitle") == "The Pages are not here yet"
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
    at_hand.until(lambda: progress(at_hand).startswith("Facebook asks you to wait"))
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


# ------------------------------------------------------------------ what a list lacks, and what ends it
@pytest.mark.parametrize(
    ("trouble", "kind"), [("login_dies_midway", "token_refused"), ("secret_reset_midway", "session_ended")]
)
def test_a_login_that_dies_midway_is_said_once_and_its_rows_are_marked(at_hand, session, practice, trouble, kind):
    practice.world.faults.on(trouble)
    login, stored_login = at_hand.log_in()
    at_hand.load(login, stored_login)
    assert [one.text.kind for one in at_hand.panel.notices.notices()] == [kind]
    (notice,) = at_hand.panel.notices.notices()
    assert notice.text.action is not None
    assert notice.text.action.request.command is Command.LOG_IN
    assert len(at_hand.table.pages.rows) == 100
    assert {(row.state, row.why) for row in at_hand.table.pages.rows} == {(TokenState.NEEDS_YOU, kind)}
    (kept,) = session.vault.logins()
    assert (kept.health.state, kept.health.why) == (TokenState.NEEDS_YOU, kind)
    at_hand.panel.look_again(session.vault.logins())
    at_hand.until(lambda: "the login needs you" in at_hand.driver.text("panelSubtitle"))
    assert "valid until" not in at_hand.driver.text("panelSubtitle")
    assert at_hand.panel.findChild(QPushButton, "chip_needs_you").text() == "Needs you 100"
    assert practice.calls.count("GET me/accounts") == 2
    assert not [one for one in practice.calls if "businesses" in one or "permissions" in one or "debug" in one]


def test_a_login_that_is_dead_at_once_is_marked_too(at_hand, session, practice):
    login, stored_login = at_hand.log_in(0)
    at_hand.load(login, stored_login)
    practice.world.faults.on("app_removed")
    with at_hand.qtbot.waitSignal(at_hand.panel.listed, timeout=30_000):
        at_hand.panel.load(login, stored_login)
    (kept,) = session.vault.logins()
    assert (kept.health.state, kept.health.why) == (TokenState.NEEDS_YOU, "app_removed")
    assert {row.why for row in session.vault.page_rows(stored_login)} == {"app_removed"}
    assert [one.text.kind for one in at_hand.panel.notices.notices()] == ["app_removed"]
    assert len(at_hand.shown) == 3, "what is kept stays on show"


def test_an_app_that_is_off_is_noted_on_no_page(at_hand, session, practice):
    login, stored_login = at_hand.log_in(0)
    at_hand.load(login, stored_login)
    practice.world.faults.on("app_deactivated")
    with at_hand.qtbot.waitSignal(at_hand.panel.listed, timeout=30_000):
        at_hand.panel.load(login, stored_login)
    assert {row.state for row in session.vault.page_rows(stored_login)} == {TokenState.WORKS}
    assert session.vault.logins()[0].health.state is TokenState.WORKS
    assert session.vault.health_records.apps()[stored_login.app_id].why == "app_deactivated"


def test_a_failed_first_list_is_not_said_to_be_empty(at_hand, practice):
    login, stored_login = at_hand.log_in(0)
    practice.world.faults.on("password_changed")
    with at_hand.qtbot.waitSignal(at_hand.panel.listed, timeout=30_000):
        at_hand.panel.load(login, stored_login)
    assert at_hand.driver.text("emptyTitle") == "The Pages could not be fetched"
    practice.world.faults.off()
    at_hand.load(login, stored_login)
    assert len(at_hand.shown) == 3
    at_hand.show(View.of_login(stored_login))
    assert len(at_hand.shown) == 3


@pytest.mark.parametrize(
    ("trouble", "kinds"),
    [
        ("permission_taken_midway", {"permission_taken_back"}), ("next_without_a_way", {"list_lost_its_way"}),
        ("odd_values", {"rows_unreadable"}), ("owned_pages_refused", {"business_failed"}),
    ],
)  # fmt: skip
def test_what_a_list_lacks_is_said_beside_it(at_hand, session, practice, trouble, kinds):
    practice.world.faults.on(trouble)
    login, stored_login = at_hand.log_in()
    at_hand.load(login, stored_login)
    said = {one.text.kind for one in at_hand.panel.notices.notices()}
    assert kinds <= said
    assert "Facebook stopped answering" not in "".join(titles(at_hand))
    assert len(session.vault.page_rows(stored_login)) == len(at_hand.table.pages.rows) >= 100
    assert session.vault.logins()[0].health.state is TokenState.WORKS, "the login goes on"


@pytest.mark.parametrize("trouble", ["numeric_cursors", "next_without_cursors", "cursor_repeats_at_100", "cookies",
    "version_newer", "debug_refused", "debug_without_data", "debug_without_validity"])  # fmt: skip
def test_other_ways_of_facebook_bring_the_whole_list(at_hand, practice, trouble):
    practice.world.faults.on(trouble)
    login, stored_login = at_hand.log_in()
    at_hand.load(login, stored_login)
    assert len(at_hand.table.pages.rows) == 240
    expected = ["Facebook answered with Graph v27.0, newer than v25.0"] if trouble == "version_newer" else []
    assert titles(at_hand) == expected
    at_hand.load(login, stored_login)
    assert titles(at_hand) == [], "once a run"
    assert practice.cookies_received == 0


def test_without_business_management_the_list_says_so_and_offers_to_ask_again(at_hand, practice):
    login, stored_login = at_hand.log_in(1, ("pages_show_list", "pages_read_engagement"))
    at_hand.load(login, stored_login)
    assert len(at_hand.table.pages.rows) == 195
    assert titles(at_hand) == ["Pages in business portfolios are not in this list"]
    assert at_hand.driver.find("noticeButton").text() == "Ask again"
    at_hand.driver.click("noticeButton")
    assert at_hand.requests[-1].command is Command.REREQUEST_PERMISSIONS


def test_a_stop_during_a_wait_shows_and_keeps_what_arrived(at_hand, session, practice):
    """The wait comes so soon after the second piece that this one was not handed over yet."""
    login, stored_login = at_hand.log_in()

    class ThenALimit(list[str]):
        def append(self, call):
            super().append(call)
            if self.count("GET me/accounts") == 2 and call != "GET me/accounts":
                practice.world.faults.on("limit_user")

    practice.calls = ThenALimit()
    at_hand.panel.load(login, stored_login)
    at_hand.until(lambda: len(at_hand.table.pages.rows) == 195)
    with at_hand.qtbot.waitSignal(at_hand.panel.listed, timeout=30_000):
        at_hand.driver.click("progressCancel")
    assert len(at_hand.table.pages.rows) == 195
    assert len(session.vault.page_rows(stored_login)) == 195
    assert titles(at_hand) == ["The list was stopped: 195 Pages so far"]


def test_an_answer_that_takes_over_five_seconds_is_called_slow_and_can_be_stopped(at_hand, practice):
    login, stored_login = at_hand.log_in(0)
    practice.world.faults.on("very_slow", 1)
    began = time.monotonic()
    at_hand.panel.load(login, stored_login)
    at_hand.until(lambda: "Facebook is slow to answer" in progress(at_hand))
    assert 4.5 < time.monotonic() - began < 7
    assert at_hand.driver.find("progressCancel").text() == "Stop"
    with at_hand.qtbot.waitSignal(at_hand.panel.listed, timeout=30_000):
        pass
    assert len(at_hand.shown) == 3
    assert progress(at_hand) == ""
    practice.world.faults.on("very_slow", 1)
    at_hand.panel.load(login, stored_login)
    at_hand.until(lambda: "Facebook is slow to answer" in progress(at_hand))
    at_hand.driver.click("progressCancel")
    assert at_hand.panel.findChild(QPushButton, "pagesRefresh").isEnabled()


def test_a_short_token_is_a_token_and_can_be_copied(at_hand, practice):
    practice.world.faults.on("short_page_token")
    login, stored_login = at_hand.log_in(0)
    at_hand.load(login, stored_login)
    assert all(row.has_token for row in at_hand.table.pages.rows)
    at = next(at for at in range(3) if at_hand.row(at).last_four == "••••")
    assert at_hand.table.pages.said(at_hand.row(at), page_columns.TOKEN) != "no token"
    at_hand.click_copy(at)
    at_hand.until(lambda: at_hand.driver.clipboard() == "EAAshort")


def test_data_access_that_ends_soon_is_said_in_the_rows_with_its_own_day(at_hand, session, practice):
    login, stored_login = at_hand.log_in(0)
    at_hand.load(login, stored_login)
    with session.vault.database.transaction() as db:
        db.execute("UPDATE connection SET data_access_expires_at=?", (session.now() + 5 * 86_400,))
    at_hand.show()
    ends = formatting.short_day(session.now() + 5 * 86_400)
    said = {at_hand.table.pages.said(row, page_columns.STATE) for row in at_hand.table.pages.rows}
    assert said == {f"Data ends {ends}"}
    assert at_hand.panel.findChild(QPushButton, "chip_soon").text() == "Ends soon 3"
    with session.vault.database.transaction() as db:
        db.execute("UPDATE connection SET data_access_expires_at=?", (session.now() - 5 * 86_400,))
    at_hand.show()
    ended = formatting.short_day(session.now() - 5 * 86_400)
    said = {at_hand.table.pages.said(row, page_columns.STATE) for row in at_hand.table.pages.rows}
    assert said == {f"Data ended {ended}"}
    assert at_hand.panel.findChild(QPushButton, "chip_needs_you").text() == "Needs you 3"
