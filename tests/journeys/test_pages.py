"""Extend, Pages and keeping, with things going wrong in between."""

import sys
import time

import pytest
from PySide6.QtGui import QGuiApplication

from gui.shell.commands import Command
from gui.tour.ui_driver import process_events
from gui.values import TokenState


def everything_kept(journey) -> str:
    return "".join(journey.private_session.everything_kept(journey.program.session.vault.keychain.service))


def test_close_and_open_again_without_a_network(journey):
    driver = journey.set_up()
    journey.log_in(1)
    journey.to_pages(240)
    journey.close()
    journey.server._server.server_close()
    driver = journey.open()
    driver.wait(lambda: len(journey.table.pages.rows) == 240, "the kept Pages")
    page_id = journey.table.pages.row(2).page.id
    driver.click(journey.table.viewport(), journey.table.copy_place(page_id).center())
    driver.wait(lambda: driver.clipboard().startswith("EAA"), "a token")
    record = journey.server.world.mint.read(driver.clipboard())
    assert journey.server.world.page(record.page - 1).id == page_id
    journey.close()
    assert QGuiApplication.clipboard().text() == ""


def test_forgetting_leaves_nothing(journey):
    driver = journey.set_up()
    journey.log_in(0)
    journey.to_pages(3)
    assert everything_kept(journey)
    driver.click("nav_settings")
    person = journey.server.world.people[0].user_id
    driver.click(f"forget_{person}")
    driver.wait(
        lambda: driver.seen("undoWords") and driver.text("undoWords") == "Forgot Amira Haddad", "the offer to undo it"
    )
    driver.wait(lambda: not journey.accounts.logins, "nobody")
    assert everything_kept(journey)
    driver.click("undo")
    driver.wait(lambda: [one.pages for one in journey.accounts.logins] == [3], "Amira again")
    driver.click(f"forget_{person}")
    driver.wait(lambda: driver.seen("undoClose") and not journey.accounts.logins, "nobody")
    driver.click("undoClose")
    driver.wait_title("The keys to your Facebook Pages")
    assert everything_kept(journey) == ""
    for table in ("app", "connection", "page", "source", "pack"):
        assert journey.program.session.vault.database.rows(f"SELECT count(*) FROM {table}")[0][0] == 0


def test_a_cancelled_listing_keeps_what_arrived(journey):
    journey.server.latency = 0.4
    driver = journey.set_up()
    journey.log_in(1)
    driver.click("extendGo")
    driver.wait(lambda: len(journey.table.pages.rows) >= 100, "the first hundred")
    driver.click("progressCancel")
    driver.notice("The list was stopped")
    driver.wait(lambda: not driver.seen("progressWords"), "keeping")
    assert 100 <= len(journey.table.pages.rows) < 240
    journey.server.latency = 0
    driver.click("noticeButton")
    driver.wait(lambda: len(journey.table.pages.rows) == 240, "the rest")


def test_a_page_without_a_token_says_why(journey):
    journey.server.world.faults.on("rows_without_token")
    driver = journey.set_up()
    journey.log_in(1)
    journey.to_pages(240)
    missing = [row for row in journey.table.pages.rows if not row.has_token]
    assert missing
    driver.notice("came without a token")
    titles = [one.text.title for one in journey.panel("pages").notices.notices()]
    assert len(titles) == len({row.why for row in missing}) > 1, "one notice a reason"
    assert sum(int(title.split(" Pages")[0]) for title in titles) == len(missing)
    driver.click("chip_needs_you")
    assert len(journey.table.pages.visible) == len(missing)


@pytest.mark.parametrize(
    ("trouble", "title"),
    [
        ("password_changed", "password was changed"),
        ("role_lost", "no longer have a role"),
        ("no_subcode", "password was changed"),
    ],
)
def test_testing_a_dead_token_says_why(journey, trouble, title):
    driver = journey.set_up()
    journey.log_in(0)
    journey.to_pages(3)
    if trouble == "no_subcode":
        journey.server.world.faults.on("password_changed")
    journey.server.world.faults.on(trouble)
    journey.panel("pages").page_actions.check(journey.table.pages.row(0))
    driver.notice(title)
    driver.wait(lambda: journey.table.pages.counts()[TokenState.NEEDS_YOU] == 1, "the row to be marked")
    journey.server.world.faults.off()
    journey.panel("pages").page_actions.check(journey.table.pages.row(0))
    driver.notice("works")
    assert journey.table.pages.counts()[TokenState.NEEDS_YOU] == 0


def test_slow_answers_are_waited_for_and_told(journey):
    driver = journey.set_up()
    journey.log_in(0)
    driver.wait(lambda: driver.find("extendGo").isEnabled(), "the extended token")
    journey.server.world.faults.on("html_502", 2)
    driver.click("extendGo")
    driver.wait(lambda: "Facebook is slow to answer" in driver.text("progressWords"), "words about waiting")
    driver.wait(lambda: len(journey.table.pages.rows) == 3, "the Pages", 30)


def test_without_a_keychain_nothing_is_written_and_tokens_can_be_copied(journey, monkeypatch):
    from gui.vault import backends
    from gui.vault.errors import VaultError

    driver = journey.set_up()

    def none():
        raise VaultError("no_keychain")

    journey.program.session.vault.keychain._backend = None
    monkeypatch.setattr(backends, "choose_backend", none)
    journey.log_in(0)
    driver.notice("offers no keychain")
    driver.wait(lambda: "only in this window" in driver.text("extendWords"), "the warning")
    driver.click("extendGo")
    driver.wait(lambda: len(journey.table.pages.rows) == 3, "the Pages")
    page_id = journey.table.pages.row(0).page.id
    driver.click(journey.table.viewport(), journey.table.copy_place(page_id).center())
    driver.wait(lambda: driver.clipboard().startswith("EAA"), "a fresh token")


def test_a_damaged_database_is_made_anew_from_the_keychain(journey):
    driver = journey.set_up()
    journey.log_in(0)
    journey.to_pages(3)
    journey.close()
    process_events(50)
    (journey.profile / "ledger.sqlite3").write_bytes(b"damaged" * 2000)
    driver = journey.open()
    driver.notice("lost and is back: 3 Page tokens")
    assert list(journey.profile.glob("ledger-damaged-*"))
    driver.wait(lambda: len(journey.table.pages.rows) == 3, "the Pages")
    assert {row.page.name for row in journey.table.pages.rows} == {"Amira’s Bakery", "مخبز أميرة", "🌸 Blossom & Co"}
    page_id = journey.table.pages.row(0).page.id
    driver.click(journey.table.viewport(), journey.table.copy_place(page_id).center())
    driver.wait(lambda: driver.clipboard().startswith("EAA"), "its token")
    driver.click("noticeButton")
    driver.wait(lambda: all(row.page.picture_url for row in journey.table.pages.rows), "pictures again", 30)


def test_pages_the_keychain_did_not_take_are_offered_at_the_next_start(journey, monkeypatch):
    """The keychain dies while the Pages are being kept, and the program is closed as it stands."""
    driver = journey.set_up()
    journey.log_in(0)
    driver.wait(lambda: driver.find("extendGo").isEnabled(), "the extended token")
    vault = journey.program.session.vault
    real = vault.bundles.replace

    def replace(old_names, entries, point):
        journey.private_session.stop_keyring()
        return real(old_names, entries, point)

    monkeypatch.setattr(vault.bundles, "replace", replace)
    driver.click("extendGo")
    driver.wait(
        lambda: [one for one in journey.panel("pages").notices.notices() if "keychain" in one.text.kind],
        "that nothing was kept",
        60,
    )
    journey.close()
    journey.private_session.start_keyring()
    driver = journey.open()
    notice = driver.notice("The Pages of Amira Haddad were not kept")
    assert driver.text("emptyTitle") == "The Pages are not here yet"
    driver.click(notice.main_button)
    driver.wait(lambda: len(journey.table.pages.rows) == 3 and not driver.seen("progressWords"), "the Pages", 30)
    driver.wait(lambda: journey.accounts.logins[0].listed_at, "that they are kept")
    journey.close()
    driver = journey.open()
    driver.wait(lambda: len(journey.table.pages.rows) == 3, "the kept Pages")
    assert not journey.panel("pages").notices.notices()


def test_a_damaged_database_and_an_empty_keychain_are_told(journey):
    journey.profile.mkdir()
    (journey.profile / "ledger.sqlite3").write_bytes(b"damaged" * 2000)
    driver = journey.open()
    driver.notice("damaged and has been set aside")


def test_light_and_dark_change_at_once(journey):
    driver = journey.set_up()
    before = journey.window.grab().toImage().pixelColor(700, 12).lightness()
    driver.click("nav_settings")
    driver.click(
        driver.find("appearance_dark"),
        driver.find("appearance_dark").rect().topLeft() + driver.find("appearance_dark").rect().center() * 0.2,
    )
    driver.wait(
        lambda: journey.window.grab().toImage().pixelColor(700, 12).lightness() < 60 < before, "the dark scheme"
    )
    driver.click(
        driver.find("appearance_light"),
        driver.find("appearance_light").rect().topLeft() + driver.find("appearance_light").rect().center() * 0.2,
    )


def test_a_mistyped_app_is_told_before_it_is_sent(journey):
    driver = journey.open()
    driver.click("welcomeConnect")
    driver.type_into("setupAppId", "18000x")
    assert "digits only" in driver.text("setupIdHint")
    driver.type_into("setupAppId", "180000000000009")
    driver.type_into("setupSecret", "abc")
    assert not driver.find("setupVerify").isEnabled()
    driver.type_into("setupSecret", journey.server.world.app_secret)
    driver.click("setupVerify")
    driver.notice("knows no app with this App ID")


@pytest.mark.parametrize(
    ("trouble", "title"),
    [
        ("app_deleted", "has been deleted"),
        ("native_desktop", "set to Native or desktop app"),
        ("wrong_secret", "does not belong to this App ID"),
    ],
)
def test_troubles_of_the_app_are_recognized(journey, trouble, title):
    journey.server.world.faults.on(trouble)
    driver = journey.open()
    driver.click("welcomeConnect")
    driver.type_into("setupAppId", "180000000000001")
    driver.type_into("setupSecret", journey.server.world.app_secret)
    driver.click("setupVerify")
    assert driver.notice(title).text.action


def test_a_picture_that_arrives_after_its_list_is_gone_harms_nobody(journey, monkeypatch):
    """The list goes with the last person; what was still fetched for it is delivered to nobody."""
    from gui.practice import server
    from gui.practice.answers import picture_png

    def slow(page_id: str) -> bytes:
        time.sleep(0.8)
        return picture_png(page_id)

    monkeypatch.setattr(server, "picture_png", slow)
    driver = journey.set_up()
    journey.log_in(0)
    driver.click("extendGo")
    driver.wait(
        lambda: len(journey.accounts.logins) == 1 and journey.accounts.logins[0].pages == 3, "three Pages, kept"
    )
    faults = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: faults.append(error))
    process_events(150)
    driver.click("nav_settings")
    driver.click(f"forget_{journey.server.world.people[0].user_id}")
    driver.wait(lambda: not journey.accounts.logins, "nobody")
    process_events(2500)
    assert faults == []


@pytest.mark.parametrize("trouble", ["login_dies_midway", "secret_reset_midway"])
def test_a_login_that_dies_while_its_list_is_fetched_is_marked_everywhere(journey, trouble):
    driver = journey.set_up()
    journey.log_in(1)
    driver.wait(lambda: driver.find("extendGo").isEnabled(), "the extended token")
    journey.server.world.faults.on(trouble)
    driver.click("extendGo")
    driver.wait(lambda: len(journey.table.pages.rows) == 100 and not driver.seen("progressWords"), "what came", 60)
    notices = [one.text for one in journey.panel("pages").notices.notices()]
    assert len(notices) == 1
    assert notices[0].action is not None
    assert notices[0].action.request.command is Command.LOG_IN
    assert journey.table.pages.counts() == {TokenState.NEEDS_YOU: 100}
    driver.wait(lambda: journey.accounts.logins[0].health.state is TokenState.NEEDS_YOU, "the person, marked")
    asked = [call for call in journey.server.calls if "pictures" not in call]
    assert asked[-2:] == ["GET me/accounts", "GET me/accounts"], "nothing is asked with a dead token"
    driver.click("nav_health")
    driver.wait(lambda: driver.text("count_needs_youNumber") == "100", "the count")
    driver.click("nav_pages")
    driver.wait(lambda: "the login needs you" in driver.text("panelSubtitle"), "the head to say so")
    assert "valid until" not in driver.text("panelSubtitle")


def test_another_version_that_answers_stands_in_health(journey):
    driver = journey.set_up()
    journey.log_in(0)
    journey.server.world.faults.on("version_newer")
    journey.to_pages(3)
    driver.click("nav_health")
    notice = driver.notice("Facebook answered with Graph v27.0, newer than v25.0")
    assert "does not mean that v25.0 has ended" in notice.text.text
    driver.click("nav_pages")
    driver.click("pagesRefresh")
    process_events(300)
    driver.wait(lambda: not driver.seen("progressWords"), "the list")
    assert not [one for one in journey.panel("pages").notices.notices() if "v27.0" in one.text.title], "said once a run"


@pytest.mark.parametrize("trouble", ["debug_refused", "debug_without_data", "debug_without_validity"])
def test_a_login_goes_on_though_facebook_says_nothing_of_its_token(journey, trouble):
    journey.server.world.faults.on(trouble)
    driver = journey.set_up()
    journey.log_in(0)
    journey.to_pages(3)
    assert journey.table.pages.counts() == {TokenState.WORKS: 3}
    assert journey.accounts.logins[0].user_name == "Amira Haddad"
    page_id = journey.table.pages.row(0).page.id
    driver.click(journey.table.viewport(), journey.table.copy_place(page_id).center())
    driver.wait(lambda: driver.clipboard().startswith("EAA"), "a token")


def test_a_business_manager_that_was_declined_is_said_beside_the_list(journey):
    driver = journey.set_up()
    driver.click("loginPaste")
    world = journey.server.world
    grant = world.new_grant(world.people[1], ["pages_show_list", "pages_read_engagement"], None, ())
    driver.type_into("pasteField", world.user_token(grant, long_lived=False))
    driver.click("pasteGo")
    driver.wait_title("Extend your login")
    journey.to_pages(195)
    notice = driver.notice("Pages in business portfolios are not in this list")
    assert notice.text.action.label == "Ask again"


@pytest.mark.parametrize("failing", ["html_502", "dropped"])
def test_a_check_that_failed_is_not_said_to_be_done_just_now(journey, failing, monkeypatch):
    monkeypatch.setattr("gui.graph.retry.pause_before", lambda error, tries: None)
    driver = journey.set_up()
    journey.log_in(0)
    journey.to_pages(3)
    driver.click("nav_health")
    driver.wait(lambda: driver.text("count_worksNumber") == "3", "the counts")
    journey.server.world.faults.on(failing)
    driver.click("healthCheck")
    driver.wait(lambda: journey.panel("health").notices.notices() and driver.find("healthCheck").isEnabled(), "its end")
    assert "Checked just now" not in driver.text("panelSubtitle")
