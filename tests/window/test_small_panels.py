"""Welcome, help, and what every panel has: work off the window's thread, notices with their one button, progress."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextBrowser

from gui import theme
from gui.errors import UserError
from gui.panels.help import HelpPanel
from gui.panels.welcome import WelcomePanel
from gui.shell.commands import Command, Request
from gui.tour.ui_driver import UiDriver
from gui.values import Action, CheckProgress, ClockOff, Message, TokenState, Waiting
from gui.widgets.person_button import AppButton, PersonButton
from tests.support.one_panel import OnePanel, PlainPanel


@pytest.fixture
def plain(qtbot, qapp, session, practice):
    one = OnePanel(PlainPanel, session, practice)
    yield one
    one.close()


# ---------------------------------------------------------------------- notices
def test_a_notice_has_one_button_that_asks_for_what_mends_it(plain):
    plain.panel.tell(UserError("token_expired", name="Amira"))
    notice = plain.notice("The token has ended")
    plain.driver.click(notice.main_button)
    assert plain.commands() == [notice.text.action.request.command]
    assert plain.titles() == [], "pressed, it is gone"


def test_trying_again_tries_what_failed(plain, qtbot):
    tries = []

    def call(job):
        tries.append(True)
        if len(tries) == 1:
            raise UserError("timeout")
        return "came"

    done: list[object] = []

    def begin():
        plain.panel.work(call, done=done.append, again=begin)

    begin()
    notice = plain.notice("did not answer in time")
    plain.driver.click(notice.main_button)
    qtbot.waitUntil(lambda: done == ["came"])
    assert plain.asked == []


def test_where_there_is_nothing_to_try_again_there_is_no_button(plain):
    plain.panel.tell(UserError("timeout"))
    notice = plain.notice("did not answer in time")
    assert notice.main_button is None
    plain.panel.act(Request(Command.RETRY))
    assert plain.asked == []


def test_of_one_kind_and_title_one_notice_stands(plain):
    for _ in range(3):
        plain.panel.tell(UserError("timeout"))
    assert len(plain.titles()) == 1
    plain.panel.tell(UserError("disk_full"))
    assert len(plain.titles()) == 2
    plain.panel.refresh()
    plain.driver.click("noticeClose")
    assert len(plain.titles()) == 1


def test_details_are_shown_and_copied_on_purpose(plain):
    plain.panel.show_notice(Message("Something", "Why.", details=(("code", "190"), ("trace", "AbC"))))
    assert plain.driver.seen("noticeDetails") is None
    plain.driver.click("noticeDetailsButton")
    assert plain.text("noticeDetails") == "code: 190\ntrace: AbC"
    plain.driver.click("noticeCopy")
    assert QGuiApplication.clipboard().text() == "code: 190\ntrace: AbC"
    plain.driver.click("noticeDetailsButton")
    assert plain.driver.seen("noticeDetails") is None


def test_a_quiet_second_button_asks_for_its_own(plain):
    later = Action("Remind me later", Request(Command.REMIND_LATER, notice="x"))
    plain.panel.show_notice(Message("Soon", "It ends.", Action("Renew", Request(Command.LOG_IN)), secondary=later))
    plain.driver.click("noticeAside")
    assert plain.asked == [Request(Command.REMIND_LATER, notice="x")]


def test_a_fault_of_the_program_says_its_kind_and_never_its_text(plain):
    def fail(job):
        raise ValueError("EAAsecret")

    plain.panel.work(fail)
    notice = plain.notice("Page Keys")
    assert dict(notice.text.details)["fault"] == "ValueError"
    assert "EAAsecret" not in f"{notice.text} {notice.accessibleName()}"


# --------------------------------------------------------------------- progress
def waiting_for(job, seconds, kind):
    job.pause(Waiting(seconds, kind))
    return "went on"


@pytest.mark.parametrize(
    ("kind", "seconds", "says"),
    [
        ("limit", 60, "Facebook asks you to wait, trying again in "),
        ("near_limit", 60, "Facebook’s limit is near, trying again in "),
        ("timeout", 60, "Facebook is slow to answer, trying again in "),
        ("limit", 600, "Facebook asks you to wait, trying again at "),
    ],
)
def test_a_wait_says_why_and_how_long_and_can_be_skipped(plain, qtbot, kind, seconds, says):
    done: list[object] = []
    plain.panel.work(lambda job: waiting_for(job, seconds, kind), done=done.append, saying="Working …")
    qtbot.waitUntil(lambda: plain.text("progressWords").startswith(says))
    assert plain.driver.find("progressCancel").text() == "Stop"
    plain.driver.click("progressNow")
    qtbot.waitUntil(lambda: done == ["went on"])
    assert plain.driver.seen("progressWords") is None


def test_a_wait_of_silent_work_is_shown_while_it_lasts(plain, qtbot):
    done: list[object] = []
    plain.panel.work(lambda job: waiting_for(job, 0.5, "limit"), done=done.append)
    qtbot.waitUntil(lambda: plain.driver.seen("progressWords") is not None)
    qtbot.waitUntil(lambda: done == ["went on"])
    qtbot.waitUntil(lambda: plain.driver.seen("progressWords") is None)


def test_work_that_is_canceled_brings_nothing_and_unlocks(plain, qtbot):
    done: list[object] = []
    locked: list[bool] = []
    stopped: list[bool] = []
    plain.panel.work(
        lambda job: waiting_for(job, 60, "limit"),
        saying="Working …",
        lock=locked.append,
        done=done.append,
        stopped=lambda: stopped.append(True),
    )
    assert plain.text("progressWords") == "Working …"
    plain.driver.click("progressCancel")
    assert (locked, stopped, done) == ([True, False], [True], [])
    assert plain.driver.seen("progressWords") is None


def test_a_count_a_clock_and_what_else_is_reported(plain, qtbot):
    reported: list[object] = []
    release = threading.Event()

    def call(job):
        job.report(CheckProgress(1_200, 4_800))
        job.report(ClockOff(18_000))
        job.report("a word")
        release.wait(20)

    plain.panel.work(call, saying="Asking …", reported=reported.append)
    qtbot.waitUntil(lambda: reported == ["a word"])
    assert plain.text("progressWords") == "1,200 of 4,800 checked"
    plain.notice("This computer’s clock is 5 hours slow")
    plain.driver.click("progressCancel")
    release.set()


def test_a_clock_that_is_fast_is_said_to_be_fast(plain):
    plain.panel.work(lambda job: job.report(ClockOff(-7_200)))
    plain.notice("This computer’s clock is 2 hours fast")


def test_a_subtitle_stands_only_where_there_is_one(plain):
    assert plain.driver.seen("panelSubtitle") is None
    plain.panel.set_subtitle("As it is")
    assert plain.text("panelSubtitle") == "As it is"
    plain.panel.set_subtitle("")
    assert plain.driver.seen("panelSubtitle") is None


# --------------------------------------------------------------- help, welcome
def test_help_says_how_it_works(qtbot, qapp, session, practice):
    one = OnePanel(HelpPanel, session, practice)
    text = one.driver.find("helpText", QTextBrowser)
    assert one.text("panelTitle") == "Help"
    one.panel.begin("keychain")
    for part in ("GNOME Keyring", "KeePassXC", "Credential Manager"):
        assert part in text.toPlainText()
    assert not text.openLinks(), "a link opens nothing by itself"
    one.close()


@pytest.fixture
def welcome(qtbot, qapp):
    panel = WelcomePanel()
    qtbot.addWidget(panel)
    panel.resize(panel.sizeHint())
    panel.show()
    return panel


@pytest.mark.parametrize(
    ("press", "command"),
    [("welcomeConnect", Command.SET_UP_ANOTHER_APP), ("welcomePractice", Command.START_PRACTICE)],
)
def test_welcome_offers_two_ways(welcome, qtbot, press, command):
    driver = UiDriver(welcome)
    assert driver.text("panelTitle") == "The keys to your Facebook Pages"
    with qtbot.waitSignal(welcome.requested) as asked:
        driver.click(press)
    assert asked.args == [Request(command)]


def test_what_cannot_be_opened_is_told_at_the_welcome_and_opened_again(welcome, qtbot):
    driver = UiDriver(welcome)
    welcome.tell(UserError("keychain_locked"))
    button = driver.notice("The keychain is locked").main_button
    assert button is not None
    with qtbot.waitSignal(welcome.requested) as asked:
        driver.click(button)
    assert asked.args == [Request(Command.REOPEN)]


def test_the_welcome_offers_no_button_that_leads_nowhere(welcome):
    welcome.show_notice(Message("Something", "Why.", Action("Log in", Request(Command.LOG_IN))))
    assert UiDriver(welcome).notice("Something").main_button is None
    welcome.refresh()


# ----------------------------------------------------------- people in the side bar
def pictured(widget):
    picture = widget.grab().toImage()
    return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize(
    ("state", "color"), [(TokenState.WORKS, "works"), (TokenState.ENDS_SOON, "soon"), (TokenState.NEEDS_YOU, "bad")]
)
def test_a_person_shows_how_the_login_stands(qtbot, qapp, state, color, narrow):
    one = PersonButton(7, "Amira Haddad", "Practice App", state, "3 Pages")
    qtbot.addWidget(one)
    one.set_narrow(narrow)
    one.resize(one.sizeHint())
    one.show()
    assert (one.key, one.objectName(), one.login_id) == ("person:7", "person_7", 7)
    assert one.accessibleName() == "Amira Haddad, Practice App, 3 Pages"
    assert one.toolTip() == "Amira Haddad\nPractice App\n3 Pages"
    seen = pictured(one)
    assert (QColor(getattr(theme.colors(), color)).name() in seen) is not narrow
    assert QColor(theme.avatar_at(7)).name() in seen


def test_the_person_that_is_looked_at_is_outlined_and_a_key_presses_it(qtbot, qapp):
    one = PersonButton(7, "Amira Haddad", "Practice App", TokenState.WORKS, "3 Pages")
    qtbot.addWidget(one)
    one.resize(200, 46)
    one.show()
    before = pictured(one)
    QTest.keyClick(one, Qt.Key.Key_Space)
    assert one.isChecked()
    assert QColor(theme.colors().surface).name() in pictured(one)
    assert pictured(one) != before


def test_an_app_stands_over_its_people_and_folds_to_a_line(qtbot, qapp):
    one = AppButton("180", "Practice App", TokenState.NEEDS_YOU, "2 people")
    qtbot.addWidget(one)
    one.resize(one.sizeHint())
    one.show()
    assert one.accessibleName() == "All Pages through Practice App, 2 people"
    bad = QColor(theme.colors().bad).name()
    assert bad in pictured(one)
    high = one.sizeHint().height()
    one.setChecked(True)
    assert bad in pictured(one)
    one.set_narrow(True)
    one.resize(one.sizeHint())
    assert one.sizeHint().height() < high
    assert bad not in pictured(one)
    assert len(pictured(one)) > 1, "the line"
