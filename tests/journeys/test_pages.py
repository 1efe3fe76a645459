"""Extend, Pages and keeping, with things going wrong in between."""

import sys
import time

import pytest
from PySide6.QtGui import QGuiApplication

from gui.tour.hands import rest


def kept(journey) -> str:
    return "".join(journey.session.everything_kept(journey.program.desk.vault.keychain.service))


def test_close_and_open_again_without_a_network(journey):
    hands = journey.set_up()
    journey.log_in(1)
    journey.to_pages(240)
    journey.close()
    journey.server._server.server_close()
    hands = journey.open()
    hands.wait(lambda: len(journey.table.pages.rows) == 240, "the kept Pages")
    page_id = journey.table.pages.row(2).page.id
    hands.click(journey.table.viewport(), journey.table.copy_place(page_id).center())
    hands.wait(lambda: hands.clipboard().startswith("EAA"), "a token")
    record = journey.server.world.mint.read(hands.clipboard())
    assert journey.server.world.page(record.page - 1).id == page_id
    journey.close()
    assert QGuiApplication.clipboard().text() == ""


def test_forgetting_leaves_nothing(journey):
    hands = journey.set_up()
    journey.log_in(0)
    journey.to_pages(3)
    assert kept(journey)
    hands.click("nav_settings")
    person = journey.server.world.people[0].user_id
    hands.click(f"forget_{person}")
    hands.wait(lambda: hands.seen("undoWords") and hands.text("undoWords") == "Forgot Amira Haddad", "the offer to undo it")
    hands.wait(lambda: not journey.window.people, "nobody")
    assert kept(journey)
    hands.click("undo")
    hands.wait(lambda: [one.pages for one in journey.window.people] == [3], "Amira again")
    hands.click(f"forget_{person}")
    hands.wait(lambda: hands.seen("undoClose") and not journey.window.people, "nobody")
    hands.click("undoClose")
    hands.wait_title("The keys to your Facebook Pages")
    assert kept(journey) == ""
    for table in ("app", "connection", "page", "source", "pack"):
        assert journey.program.desk.vault.ledger.rows(f"SELECT count(*) FROM {table}")[0][0] == 0


def test_a_cancelled_listing_keeps_what_arrived(journey):
    journey.server.latency = 0.4
    hands = journey.set_up()
    journey.log_in(1)
    hands.click("extendGo")
    hands.wait(lambda: len(journey.table.pages.rows) >= 100, "the first hundred")
    hands.click("progressCancel")
    hands.notice("The list is not complete")
    hands.wait(lambda: not hands.seen("progressWords"), "keeping")
    assert 100 <= len(journey.table.pages.rows) < 240
    journey.server.latency = 0
    hands.click("noticeButton")
    hands.wait(lambda: len(journey.table.pages.rows) == 240, "the rest")


def test_a_page_without_a_token_says_why(journey):
    journey.server.world.troubles.on("rows_without_token")
    hands = journey.set_up()
    journey.log_in(1)
    journey.to_pages(240)
    missing = [row for row in journey.table.pages.rows if not row.has_token]
    assert missing
    hands.notice("came without a token")
    titles = [one.text.title for one in journey.window.panel("pages").notices.notices()]
    assert len(titles) == len({row.why for row in missing}) > 1, "one notice a reason"
    assert sum(int(title.split(" Pages")[0]) for title in titles) == len(missing)
    hands.click("chip_needs_you")
    assert len(journey.table.pages.visible) == len(missing)


@pytest.mark.parametrize(
    ("trouble", "title"), [("password_changed", "password was changed"), ("role_lost", "no longer have a role"), ("no_subcode", "password was changed")]
)
def test_testing_a_dead_token_says_why(journey, trouble, title):
    hands = journey.set_up()
    journey.log_in(0)
    journey.to_pages(3)
    if trouble == "no_subcode":
        journey.server.world.troubles.on("password_changed")
    journey.server.world.troubles.on(trouble)
    journey.window.panel("pages").one.test(journey.table.pages.row(0))
    hands.notice(title)
    hands.wait(lambda: journey.table.pages.counts()["needs_you"] == 1, "the row to be marked")
    journey.server.world.troubles.off()
    journey.window.panel("pages").one.test(journey.table.pages.row(0))
    hands.notice("works")
    assert journey.table.pages.counts()["needs_you"] == 0


def test_slow_answers_are_waited_for_and_told(journey):
    hands = journey.set_up()
    journey.log_in(0)
    hands.wait(lambda: hands.find("extendGo").isEnabled(), "the extended token")
    journey.server.world.troubles.on("html_502", 2)
    hands.click("extendGo")
    hands.wait(lambda: "Facebook is slow to answer" in hands.text("progressWords"), "words about waiting")
    hands.wait(lambda: len(journey.table.pages.rows) == 3, "the Pages", 30)


def test_without_a_keychain_nothing_is_written_and_tokens_can_be_copied(journey, monkeypatch):
    from gui.vault import backends
    from gui.vault.errors import VaultError

    hands = journey.set_up()

    def none():
        raise VaultError("no_keychain")

    journey.program.desk.vault.keychain._backend = None
    monkeypatch.setattr(backends, "choose_backend", none)
    journey.log_in(0)
    hands.notice("offers no keychain")
    hands.wait(lambda: "only in this window" in hands.text("extendWords"), "the warning")
    hands.click("extendGo")
    hands.wait(lambda: len(journey.table.pages.rows) == 3, "the Pages")
    page_id = journey.table.pages.row(0).page.id
    hands.click(journey.table.viewport(), journey.table.copy_place(page_id).center())
    hands.wait(lambda: hands.clipboard().startswith("EAA"), "a fresh token")


def test_a_damaged_ledger_is_made_anew_from_the_keychain(journey):
    hands = journey.set_up()
    journey.log_in(0)
    journey.to_pages(3)
    journey.close()
    rest(50)
    (journey.profile / "ledger.sqlite3").write_bytes(b"damaged" * 2000)
    hands = journey.open()
    hands.notice("lost and is back: 3 Page tokens")
    assert list(journey.profile.glob("ledger-damaged-*"))
    hands.wait(lambda: len(journey.table.pages.rows) == 3, "the Pages")
    assert {row.page.name for row in journey.table.pages.rows} == {"Amira’s Bakery", "مخبز أميرة", "🌸 Blossom & Co"}
    page_id = journey.table.pages.row(0).page.id
    hands.click(journey.table.viewport(), journey.table.copy_place(page_id).center())
    hands.wait(lambda: hands.clipboard().startswith("EAA"), "its token")
    hands.click("noticeButton")
    hands.wait(lambda: all(row.page.picture_url for row in journey.table.pages.rows), "pictures again", 30)


def test_a_damaged_ledger_and_an_empty_keychain_are_told(journey):
    journey.profile.mkdir()
    (journey.profile / "ledger.sqlite3").write_bytes(b"damaged" * 2000)
    hands = journey.open()
    hands.notice("damaged and has been set aside")


def test_light_and_dark_change_at_once(journey):
    hands = journey.set_up()
    before = journey.window.grab().toImage().pixelColor(700, 12).lightness()
    hands.click("nav_settings")
    hands.click(hands.find("appearance_dark"), hands.find("appearance_dark").rect().topLeft() + hands.find("appearance_dark").rect().center() * 0.2)
    hands.wait(lambda: journey.window.grab().toImage().pixelColor(700, 12).lightness() < 60 < before, "the dark scheme")
    hands.click(hands.find("appearance_light"), hands.find("appearance_light").rect().topLeft() + hands.find("appearance_light").rect().center() * 0.2)


def test_a_mistyped_app_is_told_before_it_is_sent(journey):
    hands = journey.open()
    hands.click("welcomeConnect")
    hands.type_into("setupAppId", "18000x")
    assert "digits only" in hands.text("setupIdHint")
    hands.type_into("setupAppId", "180000000000009")
    hands.type_into("setupSecret", "abc")
    assert not hands.find("setupVerify").isEnabled()
    hands.type_into("setupSecret", journey.server.world.app_secret)
    hands.click("setupVerify")
    hands.notice("knows no app with this App ID")


@pytest.mark.parametrize(
    ("trouble", "title"),
    [("app_deleted", "has been deleted"), ("native_desktop", "set to Native or desktop app"), ("wrong_secret", "does not belong to this App ID")],
)
def test_troubles_of_the_app_are_recognized(journey, trouble, title):
    journey.server.world.troubles.on(trouble)
    hands = journey.open()
    hands.click("welcomeConnect")
    hands.type_into("setupAppId", "180000000000001")
    hands.type_into("setupSecret", journey.server.world.app_secret)
    hands.click("setupVerify")
    assert hands.notice(title).text.button


def test_a_picture_that_arrives_after_its_list_is_gone_harms_nobody(journey, monkeypatch):
    """The list goes with the last person; what was still fetched for it is delivered to nobody."""
    from gui.practice import server

    draw = server.picture_png

    def slow(page_id: str) -> bytes:
        time.sleep(0.8)
        return draw(page_id)

    monkeypatch.setattr(server, "picture_png", slow)
    hands = journey.set_up()
    journey.log_in(0)
    hands.click("extendGo")
    hands.wait(lambda: len(journey.window.people) == 1 and journey.window.people[0].pages == 3, "three Pages, kept")
    faults = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: faults.append(error))
    rest(150)
    hands.click("nav_settings")
    hands.click(f"forget_{journey.server.world.people[0].user_id}")
    hands.wait(lambda: not journey.window.people, "nobody")
    rest(2500)
    assert faults == []
