"""Waiting for Facebook in the real window: it is said, can be cut short, and can be stopped at once."""

import time

import pytest

from gui.graph import retry


@pytest.fixture
def slow_waits(monkeypatch):
    """Waits of half a minute, so that only a person's press can end them within the test."""
    monkeypatch.setattr(
        retry, "pause_before", lambda error, tries: 30.0 if error.transient or error.kind == "limit" else None
    )


class SilentAfterTheFirstPages(list):
    """The practice Facebook's list of calls: from the second page of Pages on it answers after seconds."""

    def __init__(self, server) -> None:
        super().__init__(server.calls)
        self._server = server

    def append(self, call: str) -> None:
        super().append(call)
        if call == "GET me/accounts" and self.count(call) > 1:
            self._server.latency = 8.0


def begin_listing(journey, trouble, times=None):
    driver = journey.set_up()
    journey.log_in(1)
    driver.wait(lambda: "Kept in your system keychain" in driver.text("extendWords"), "keeping")
    journey.server.world.faults.on(trouble, times)
    driver.click("extendGo")
    return driver


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ("transient", "Facebook is slow to answer"),
        ("dropped", "Facebook is slow to answer"),
        ("usage_100", "Facebook asks you to wait"),
    ],
)
def test_a_wait_is_counted_down_and_can_be_cut_short(journey, slow_waits, trouble, words):
    driver = begin_listing(journey, trouble, 1)
    driver.wait(lambda: driver.seen("progressNow"), "a way to go on")
    assert driver.text("progressWords").startswith(f"{words}, trying again in ")
    first = driver.text("progressWords")
    driver.wait(lambda: driver.text("progressWords") != first, "the countdown")
    began = time.monotonic()
    driver.click("progressNow")
    driver.wait(lambda: len(journey.table.pages.rows) == 240 and not driver.seen("progressWords"), "all Pages")
    assert time.monotonic() - began < 15
    assert not driver.seen("noticeTitle")


def test_a_wait_can_be_stopped_and_what_arrived_is_kept(journey, slow_waits):
    driver = begin_listing(journey, "no_picture")
    driver.wait(lambda: len(journey.table.pages.rows) == 240 and not driver.seen("progressWords"), "all Pages")
    journey.server.world.faults.on("transient")
    driver.click("pagesRefresh")
    driver.wait(lambda: driver.seen("progressNow"), "a way to go on")
    assert driver.find("progressCancel").text() == "Stop"
    driver.click("progressCancel")
    driver.wait(lambda: not driver.seen("progressWords"), "the end of the wait")
    assert len(journey.table.pages.rows) == 240


def test_cancel_is_felt_at_once_though_facebook_is_silent(journey):
    journey.server.calls = SilentAfterTheFirstPages(journey.server)
    driver = begin_listing(journey, "no_picture")
    driver.wait(lambda: journey.table.pages.rows, "the first Pages")
    driver.find("progressCancel").click()
    # Felt by the press itself, though the call it ends still waits for Facebook.
    assert driver.find("pagesRefresh").isEnabled()
    journey.server.latency = 0
    arrived = len(journey.table.pages.rows)
    assert 0 < arrived < 240
    driver.notice("The list was stopped")
    driver.wait(lambda: not driver.seen("progressWords"), "keeping what arrived")
    journey.close()
    driver = journey.open()
    driver.wait(lambda: len(journey.table.pages.rows) == arrived, "what had arrived, kept")


def test_waiting_is_said_while_the_app_is_verified_too(journey, slow_waits):
    journey.server.world.faults.on("transient", 1)
    driver = journey.open()
    driver.click("welcomeConnect")
    driver.type_into("setupAppId", "180000000000001")
    driver.type_into("setupSecret", journey.server.world.app_secret)
    driver.click("setupVerify")
    driver.click(driver.wait(lambda: driver.seen("progressNow"), "a way to go on"))
    driver.wait_title("Log in to Facebook")
