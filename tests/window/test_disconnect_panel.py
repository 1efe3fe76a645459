"""Disconnecting alone: what dies is said before anything is done; then it is done at Facebook."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from gui.panels.disconnect import DisconnectPanel
from gui.services.keep import keep_login
from gui.shell.commands import Command, Request
from gui.text import isolated
from tests.support.agency import AMIRA, NORD, connect, login_of
from tests.support.one_panel import OnePanel
from tests.support.people import JOB


@pytest.fixture
def leaving(qtbot, qapp, session, practice):
    one = OnePanel(DisconnectPanel, session, practice)
    yield one
    one.close()


def begin(leaving, qtbot, login):
    leaving.panel.begin(login)
    qtbot.waitUntil(lambda: leaving.driver.find("disconnectGo").isEnabled(), timeout=10_000)


def grants(practice):
    return list(practice.world.grants.values())


def test_what_dies_is_said_and_nothing_is_done_yet(leaving, qtbot, session, practice):
    login = connect(session, practice, NORD)
    connect(session, practice, AMIRA)
    before = len(practice.calls)
    begin(leaving, qtbot, login)
    assert leaving.text("panelTitle") == f"Disconnect {isolated('Agency Nord')}"
    names = f"{isolated('Agency Nord')} for {isolated('Practice App')}"
    assert leaving.text("dies_0").startswith(f"All 240 Page tokens made by {names}")
    assert leaving.text("dies_1").startswith("For these Pages: ")
    assert "235 more" in leaving.text("dies_1")
    assert leaving.text("dies_2").endswith("1 other person of the same app keeps theirs.")
    assert leaving.panel.login_id == login.id
    assert len(practice.calls) == before
    assert not any(one.revoked for one in grants(practice))


def test_a_person_without_pages_and_without_others(leaving, qtbot, session, practice):
    login = login_of(practice, AMIRA)
    session.vault.keep_app(login.app)
    assert leaving.panel.login_id == 0
    begin(leaving, qtbot, keep_login(session, login, JOB))
    assert leaving.text("dies_0").startswith("No Page token is kept; any made by")
    assert leaving.text("dies_1") == "No Page is kept for this person."
    assert leaving.text("dies_2").endswith("so that you can connect again.")


def test_disconnecting_takes_the_app_out_of_the_account_and_forgets_the_person(leaving, qtbot, session, practice):
    gone = leaving.signals("disconnected")
    login = connect(session, practice, AMIRA)
    other = connect(session, practice, NORD)
    begin(leaving, qtbot, login)
    assert gone == []
    leaving.press("disconnectGo")
    qtbot.waitUntil(lambda: gone == [(login, True)], timeout=10_000)
    assert [one.revoked for one in grants(practice)] == [True, False]
    assert [one.id for one in session.vault.logins()] == [other.id]
    assert len(session.vault.apps()) == 1, "the app stays"
    assert session.vault.history.events("", ("disconnected",))[0].subject == "Amira Haddad"


@pytest.mark.parametrize("first", ["disconnectGo", "giveBack_pages_manage_metadata"])
def test_a_key_pressed_again_while_facebook_is_asked_takes_nothing_else_away(leaving, qtbot, session, practice, first):
    over = leaving.signals("disconnected" if first == "disconnectGo" else "changed")
    begin(leaving, qtbot, connect(session, practice, AMIRA))
    leaving.driver.find(first).setFocus()
    practice.world.faults.on("slow")
    before = len(practice.calls)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Tab):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)
    assert leaving.panel.progress.isVisible()
    enabled = [
        one.objectName()
        for one in leaving.panel.findChildren(QPushButton)
        if one.isVisible() and one.isEnabled() and one.objectName().startswith(("disconnect", "giveBack"))
    ]
    assert enabled == ["disconnectBack"]
    practice.world.faults.off("slow")
    qtbot.waitUntil(lambda: len(over) == 1, timeout=20_000)
    qtbot.wait(200)
    assert leaving.asked == []
    taken = [one for one in practice.calls[before:] if one.startswith("DELETE")]
    assert len(taken) == 1


def test_without_a_network_nothing_is_forgotten_and_one_can_try_again(leaving, qtbot, session, practice):
    gone = leaving.signals("disconnected")
    login = connect(session, practice, AMIRA)
    begin(leaving, qtbot, login)
    practice.world.faults.on("html_400", 1)
    leaving.press("disconnectGo")
    notice = leaving.notice("did not come from Facebook")
    assert len(session.vault.logins()) == 1
    assert leaving.driver.find("disconnectGo").isEnabled()
    leaving.driver.click(notice.main_button)
    qtbot.waitUntil(lambda: gone == [(login, True)], timeout=10_000)


def test_a_dead_login_leads_to_a_new_one_of_the_same_person(leaving, qtbot, session, practice):
    connect(session, practice, NORD)
    login = connect(session, practice, AMIRA)
    begin(leaving, qtbot, login)
    practice.world.faults.on("password_changed")
    leaving.press("disconnectGo")
    notice = leaving.notice("the password was changed")
    leaving.driver.click(notice.main_button)
    assert leaving.asked == [Request(Command.LOG_IN, login_id=login.id)]


def test_the_ways_by_hand_and_the_ways_out(leaving, qtbot, session, practice):
    login = connect(session, practice, AMIRA)
    begin(leaving, qtbot, login)
    for link in ("business_integrations", "apps_and_websites", "connected_apps"):
        leaving.press(f"hand_{link}")
        assert leaving.asked[-1] == Request(Command.OPEN_LINK, link=link)
    leaving.press("disconnectForget")
    assert leaving.asked[-1] == Request(Command.FORGET_LOGIN_ONLY, login_id=login.id)
    leaving.press("disconnectBack")
    assert leaving.asked[-1] == Request(Command.GO_BACK)
    assert not any(one.revoked for one in grants(practice))


def test_one_permission_is_given_back_and_the_others_stay(leaving, qtbot, session, practice):
    changed = leaving.signals("changed")
    login = connect(session, practice, AMIRA)
    begin(leaving, qtbot, login)
    give_back = leaving.driver.find("giveBack_pages_manage_metadata")
    assert give_back.accessibleName().startswith("Give back: ")
    leaving.press("giveBack_pages_manage_metadata")
    notice = leaving.notice("The permission was given back")
    qtbot.waitUntil(lambda: leaving.driver.seen("giveBack_pages_manage_metadata") is None)
    assert len(changed) == 1
    (grant,) = grants(practice)
    names = practice.world.scope_names(grant.scopes)
    assert "pages_manage_metadata" not in names
    assert "pages_show_list" in names
    assert not grant.revoked
    leaving.driver.find("giveBack_pages_show_list")
    leaving.driver.click(notice.main_button)
    assert leaving.asked == [Request(Command.REREQUEST_PERMISSIONS, login_id=login.id)]


def test_a_permission_that_could_not_be_given_back_stays_in_the_list(leaving, qtbot, session, practice):
    login = connect(session, practice, AMIRA)
    begin(leaving, qtbot, login)
    practice.world.faults.on("html_400", 1)
    leaving.press("giveBack_business_management")
    notice = leaving.notice("did not come from Facebook")
    leaving.driver.find("giveBack_business_management")
    leaving.driver.click(notice.main_button)
    leaving.notice("The permission was given back")


@pytest.mark.parametrize("what", ["disconnectGo", "giveBack_pages_manage_metadata"])
def test_what_fails_for_one_person_is_tried_again_for_that_one_whoever_is_shown_since(
    leaving, qtbot, session, practice, what
):
    gone, changed = leaving.signals("disconnected"), leaving.signals("changed")
    amira = connect(session, practice, AMIRA)
    nord = connect(session, practice, NORD)
    begin(leaving, qtbot, amira)
    practice.world.faults.on("slow")
    practice.world.faults.on("html_400", 1)
    leaving.press(what)
    qtbot.wait(200)
    leaving.panel.begin(nord)
    notice = leaving.notice("did not come from Facebook", 30)
    practice.world.faults.off("slow")
    qtbot.waitUntil(lambda: leaving.driver.find("disconnectGo").isEnabled(), timeout=10_000)
    leaving.driver.click(notice.main_button)
    qtbot.waitUntil(lambda: bool(gone or changed), timeout=10_000)
    assert gone in ([], [(amira, True)])
    assert leaving.text("panelTitle") == f"Disconnect {isolated('Agency Nord')}"
    assert all("pages_manage_metadata" in practice.world.scope_names(one.scopes) for one in grants(practice)[1:])
    assert [one.revoked for one in grants(practice)] == [what == "disconnectGo", False]
    assert leaving.panel.login_id == nord.id


def test_who_is_disconnected_is_told_by_their_own_name_though_another_is_shown_since(leaving, qtbot, session, practice):
    gone = leaving.signals("disconnected")
    amira = connect(session, practice, AMIRA)
    nord = connect(session, practice, NORD)
    begin(leaving, qtbot, amira)
    practice.world.faults.on("slow")
    leaving.press("disconnectGo")
    qtbot.wait(200)
    leaving.panel.begin(nord)
    qtbot.wait(300)
    assert not leaving.driver.find("disconnectGo").isEnabled(), "one after the other"
    practice.world.faults.off("slow")
    qtbot.waitUntil(lambda: gone == [(amira, True)], timeout=20_000)
    assert leaving.driver.find("disconnectGo").isEnabled()
