"""Waiting for Facebook in the real window: it is said, can be cut short, and can be stopped at once."""

import time

import pytest

from gui.graph import patience


@pytest.fixture
def slow_waits(monkeypatch):
    """Waits of half a minute, so that only a person's press can end them within the test."""
    monkeypatch.setattr(patience, "pause_before", lambda error, tries: 30.0 if error.transient or error.kind == "limit" else None)


def begin_listing(journey, trouble, times=None):
    hands = journey.set_up()
    journey.log_in(1)
    hands.wait(lambda: "Kept in your system keychain" in hands.text("extendWords"), "keeping")
    journey.server.world.troubles.on(trouble, times)
    hands.click("extendGo")
    return hands


@pytest.mark.parametrize(
    ("trouble", "words"), [("transient", "Facebook is slow to answer"), ("dropped", "Facebook is slow to answer"), ("usage_100", "Facebook asks to wait")]
)
def test_a_wait_is_counted_down_and_can_be_cut_short(journey, slow_waits, trouble, words):
    hands = begin_listing(journey, trouble, 1)
    hands.wait(lambda: hands.seen("progressNow"), "a way to go on")
    assert hands.text("progressWords").startswith(f"{words}, trying again in ")
    first = hands.text("progressWords")
    hands.wait(lambda: hands.text("progressWords") != first, "the countdown")
    began = time.monotonic()
    hands.click("progressNow")
    hands.wait(lambda: len(journey.table.pages.rows) == 240 and not hands.seen("progressWords"), "all Pages")
    assert time.monotonic() - began < 15
    assert not hands.seen("noticeTitle")


def test_a_wait_can_be_stopped_and_what_arrived_is_kept(journey, slow_waits):
    hands = begin_listing(journey, "no_picture")
    hands.wait(lambda: len(journey.table.pages.rows) == 240 and not hands.seen("progressWords"), "all Pages")
    journey.server.world.troubles.on("transient")
    hands.click("pagesRefresh")
    hands.wait(lambda: hands.seen("progressNow"), "a way to go on")
    assert hands.find("progressCancel").text() == "Stop"
    hands.click("progressCancel")
    hands.wait(lambda: not hands.seen("progressWords"), "the end of the wait")
    assert len(journey.table.pages.rows) == 240


def test_cancel_is_felt_at_once_though_facebook_is_silent(journey):
    hands = begin_listing(journey, "no_picture")
    journey.server.latency = 0.25
    hands.wait(lambda: journey.table.pages.rows, "the first Pages")
    journey.server.latency = 8.0
    cancel = hands.find("progressCancel")
    began = time.perf_counter()
    cancel.click()
    assert hands.find("pagesRefresh").isEnabled()
    assert time.perf_counter() - began < 0.1
    journey.server.latency = 0
    arrived = len(journey.table.pages.rows)
    assert 0 < arrived < 240
    hands.notice("The list is not complete")
    hands.wait(lambda: not hands.seen("progressWords"), "keeping what arrived")
    journey.close()
    hands = journey.open()
    hands.wait(lambda: len(journey.table.pages.rows) == arrived, "what had arrived, kept")


def test_waiting_is_said_while_the_app_is_verified_too(journey, slow_waits):
    journey.server.world.troubles.on("transient", 1)
    hands = journey.open()
    hands.click("welcomeConnect")
    hands.type_into("setupAppId", "180000000000001")
    hands.type_into("setupSecret", journey.server.world.app_secret)
    hands.click("setupVerify")
    hands.click(hands.wait(lambda: hands.seen("progressNow"), "a way to go on"))
    hands.wait_title("Log in to Facebook")
