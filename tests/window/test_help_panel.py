"""Help and About alone: topics that are searched and read by keys, a report that is copied."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QListWidget, QTextBrowser

from gui.desktop import browser
from gui.panels.about import AboutPanel
from gui.panels.help import HelpPanel
from gui.services import shipped
from gui.services.help_topics import help_topics
from gui.shell.commands import Command, Request
from gui.tour.ui_driver import process_events
from gui.values import Message
from gui.widgets.notice import NoticeArea
from tests.support.one_panel import OnePanel
from tests.support.systems import KEYCHAIN_NAME


@pytest.fixture
def one(qtbot, qapp, session, practice):
    panel = OnePanel(HelpPanel, session, practice)
    panel.panel.activateWindow()
    yield panel
    panel.close()


def focus():
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def shown(one):
    return one.driver.find("helpText", QTextBrowser).toPlainText()


def listed(one):
    topics = one.driver.find("helpTopics", QListWidget)
    return [topics.item(place).text() for place in range(topics.count())]


def test_it_opens_at_the_topic_asked_for_with_the_keys_in_the_text(one):
    one.panel.begin("network")
    assert shown(one).startswith("The connection to Facebook")
    assert focus().objectName() == "helpText"
    one.panel.begin("")
    assert shown(one).startswith("The connection to Facebook"), "what was read stays"


def test_a_search_shows_what_holds_every_word_and_arrow_down_goes_on_to_it(one):
    one.driver.type_into("helpSearch", "proxy company")
    assert listed(one) == ["The connection to Facebook"]
    assert "proxy" in shown(one)
    QTest.keyClick(focus(), Qt.Key.Key_Down)
    assert focus().objectName() == "helpTopics"
    one.driver.type_into("helpSearch", "xyzzy")
    assert one.text("helpNothing").startswith("Nothing matches")
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert focus().objectName() == "helpSearch", "there is nothing to go on to"
    QTest.keyClick(one.driver.find("helpSearch"), Qt.Key.Key_Escape)
    assert listed(one) == [topic.title for topic in help_topics()]
    assert one.driver.find("helpTopics", QListWidget).currentItem().text() == "The connection to Facebook"


def test_in_a_narrow_panel_the_text_stands_below_the_topics(one):
    topics, text = one.driver.find("helpTopics"), one.driver.find("helpText")

    def tops() -> tuple[int, int]:
        process_events(60)
        return topics.mapTo(one.panel, topics.rect().topLeft()).y(), text.mapTo(one.panel, text.rect().topLeft()).y()

    one.panel.resize(600, 700)
    above, below = tops()
    assert below > above + topics.height() - 1
    assert text.width() > 450
    one.panel.resize(1000, 700)
    above, below = tops()
    assert abs(above - below) < 90, "side by side"


def test_escape_and_back_leave_it(one):
    one.panel.begin("")
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    one.press("helpBack")
    one.press("helpAbout")
    assert [request.command for request in one.asked] == [Command.LEAVE_HELP, Command.LEAVE_HELP, Command.SHOW_ABOUT]


def test_a_notice_asks_for_its_own_topic_and_stays(qtbot):
    area = NoticeArea()
    qtbot.addWidget(area)
    asked: list[Request] = []
    area.pressed.connect(asked.append)
    notice = area.add(Message("Title", "Text.", topic="network"))
    area.show()
    next(one for one in notice.findChildren(QAbstractButton) if one.objectName() == "noticeWhy").click()
    assert [(request.command, request.topic) for request in asked] == [(Command.SHOW_HELP, "network")]
    assert area.notices() == [notice]


def test_about_copies_a_report(qtbot, qapp, session, practice):
    one = OnePanel(AboutPanel, session, practice)
    one.panel.begin()
    one.driver.wait(lambda: one.driver.find("aboutCopy").isEnabled(), "the facts")
    one.press("aboutCopy")
    text = QGuiApplication.clipboard().text()
    assert f"Keychain: {KEYCHAIN_NAME}" in text
    assert "Screen: " in text
    assert one.text("aboutNote").startswith("Copied.")
    one.press("aboutLicenses")
    assert (one.asked[-1].command, one.asked[-1].topic) == (Command.SHOW_HELP, "licenses")
    one.close()


def opening(monkeypatch, opens):
    """The addresses that are to be opened from now on; `opens` is whether the system does it."""
    asked = []

    def open_address(url):
        asked.append(url)
        return opens

    monkeypatch.setattr(browser, "open_address", open_address)
    return asked


@pytest.mark.parametrize(
    ("page", "opens", "opened", "words"),
    [
        ("https://example.org/releases", True, ["https://example.org/releases"], "The page of releases is open"),
        (
            "https://example.org/releases",
            False,
            ["https://example.org/releases"],
            "No browser could be opened.",
        ),
        ("", True, [], "This copy does not name the page of its releases."),
    ],
)
def test_updates_are_looked_for_in_the_browser_alone(qapp, session, practice, monkeypatch, page, opens, opened, words):
    asked = opening(monkeypatch, opens)
    monkeypatch.setattr(shipped, "release_page", lambda: page)
    one = OnePanel(AboutPanel, session, practice)
    one.press("aboutUpdates")
    assert asked == opened
    assert one.text("aboutNote").startswith(words)
    one.close()


@pytest.mark.parametrize("opens", [True, False])
def test_the_notices_that_a_built_program_brings_can_be_read(qapp, session, practice, monkeypatch, tmp_path, opens):
    asked = opening(monkeypatch, opens)
    monkeypatch.setattr(shipped, "notices", lambda: tmp_path / "NOTICES.txt")
    one = OnePanel(AboutPanel, session, practice)
    one.press("aboutNotices")
    assert asked == [(tmp_path / "NOTICES.txt").as_uri()]
    assert ("NOTICES.txt" in one.text("aboutNote")) is not opens
    one.close()


def test_from_the_source_there_are_no_notices_to_open(qapp, session, practice):
    one = OnePanel(AboutPanel, session, practice)
    one.panel.begin()
    one.driver.wait(lambda: one.driver.find("aboutCopy").isEnabled(), "the facts")
    assert one.driver.seen("aboutNotices") is None
    one.close()
