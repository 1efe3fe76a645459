"""Who is connected, in the side bar: people under their apps, their menus, and the bar folded."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton

from gui.shell.commands import Command, Request
from gui.tour.ui_driver import UiDriver
from gui.values import TokenState
from gui.widgets.side_bar import SideBar
from gui.widgets.side_people import SideApp, SidePerson

AMIRA = SidePerson(1, "Amira Haddad", "180", "Practice App", TokenState.WORKS, "works")
NORD = SidePerson(2, "Agency Nord", "181", "240 Pages", TokenState.NEEDS_YOU, "needs you")
NILS = SidePerson(3, "نيلس", "181", "49 Pages", TokenState.ENDS_SOON, "ends soon")
APPS = [
    SideApp("180", "Practice App", TokenState.WORKS, "works"),
    SideApp("181", "Nord Publisher", TokenState.NEEDS_YOU, "needs you"),
]


@pytest.fixture
def side(qtbot, qapp):
    made = SideBar()
    qtbot.addWidget(made)
    made.resize(216, 760)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def driver(side):
    return UiDriver(side)


@pytest.fixture
def requests(side):
    asked: list[Request] = []
    side.requested.connect(asked.append)
    return asked


def people_and_apps(side):
    """Object names of those on show, from top to bottom."""
    side.layout().activate()
    shown = [
        one
        for one in side.findChildren(QAbstractButton)
        if one.isVisible() and one.objectName().startswith(("person_", "app_"))
    ]
    return [one.objectName() for one in sorted(shown, key=lambda one: one.mapTo(side, QPoint(0, 0)).y())]


def ask_menu(widget):
    at = widget.rect().center()
    QApplication.sendEvent(widget, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at)))


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("nav_pages", Command.SHOW_ALL_PAGES),
        ("nav_health", Command.SHOW_HEALTH),
        ("nav_history", Command.SHOW_HISTORY),
        ("nav_settings", Command.SHOW_SETTINGS),
        ("nav_help", Command.SHOW_HELP),
        ("nav_add", Command.ADD_LOGIN),
    ],
)
def test_each_place_of_the_side_bar_asks_for_what_it_says(driver, requests, name, command):
    driver.click(name)
    assert requests == [Request(command)]


def test_people_stand_below_their_apps_where_there_are_several(side, driver, requests, qtbot):
    side.set_people([AMIRA, NORD, NILS], APPS, "all")
    qtbot.waitUntil(lambda: people_and_apps(side) == ["app_180", "person_1", "app_181", "person_2", "person_3"])
    driver.click("app_181")
    driver.click("person_3")
    assert requests == [
        Request(Command.SHOW_PAGES_OF_APP, app_id="181"),
        Request(Command.SHOW_PAGES_OF_LOGIN, login_id=3),
    ]


def test_with_one_app_there_are_people_only(side, qtbot):
    side.set_people([AMIRA], APPS[:1], "person:1")
    qtbot.waitUntil(lambda: people_and_apps(side) == ["person_1"])
    amira = side.findChild(QAbstractButton, "person_1")
    assert amira.isChecked()
    assert amira.accessibleName() == "Amira Haddad, Practice App, works"
    side.set_people([AMIRA], APPS[:1], "all")
    assert side.findChild(QAbstractButton, "person_1") is amira, "nobody is made anew for another view"
    assert not amira.isChecked()


def test_who_is_gone_is_no_longer_shown(side, qtbot):
    side.set_people([AMIRA, NORD], APPS, "app:181")
    side.set_people([NORD], APPS[1:], "person:2")
    qtbot.waitUntil(lambda: people_and_apps(side) == ["person_2"])
    side.set_people([], [], "all")
    qtbot.waitUntil(lambda: people_and_apps(side) == [])


@pytest.mark.parametrize(
    ("name", "words", "request_wanted"),
    [
        ("person_2", "Renew", Request(Command.LOG_IN, login_id=2)),
        ("person_2", "Rename …", Request(Command.RENAME_LOGIN, login_id=2)),
        ("person_2", "Disconnect …", Request(Command.DISCONNECT, login_id=2)),
        ("person_2", "Forget", Request(Command.FORGET_LOGIN, login_id=2)),
        ("app_181", "Add a connection", Request(Command.ADD_LOGIN_THROUGH, app_id="181")),
        ("app_181", "Change", Request(Command.SET_UP_APP, app_id="181")),
        ("app_181", "Rename …", Request(Command.RENAME_APP, app_id="181")),
        ("app_181", "Forget", Request(Command.FORGET_APP, app_id="181")),
    ],
)
def test_the_menu_of_a_person_or_an_app_asks_for_what_it_says(side, driver, requests, name, words, request_wanted):
    side.set_people([AMIRA, NORD], APPS, "all")
    ask_menu(driver.find(name))
    driver.choose_in_menu(words)
    assert requests == [request_wanted]


def test_a_person_can_be_chosen_by_the_keyboard(side, driver, requests):
    side.set_people([AMIRA], APPS[:1], "all")
    amira = driver.find("person_1")
    amira.setFocus()
    QTest.keyClick(amira, Qt.Key.Key_Space)
    assert requests == [Request(Command.SHOW_PAGES_OF_LOGIN, login_id=1)]


def test_the_folded_bar_shows_icons_and_letters_and_says_the_same_aloud(side, driver, requests, qtbot):
    side.set_people([AMIRA, NORD, NILS], APPS, "person:1")
    side.set_count("pages", 1243)
    pages = side.findChild(QPushButton, "nav_pages")
    assert pages.text() == "Pages   1,243"
    wide = driver.find("person_1").grab().toImage()
    side.set_narrow(True)
    qtbot.waitUntil(lambda: side.width() < 100)
    assert pages.text() == ""
    assert pages.accessibleName() == "Pages, 1,243"
    folded = driver.find("person_1")
    assert folded.grab().toImage() != wide
    assert folded.accessibleName() == "Amira Haddad, Practice App, works"
    assert folded.geometry().right() <= 64, "nothing is cut off"
    driver.click("person_2")
    assert requests == [Request(Command.SHOW_PAGES_OF_LOGIN, login_id=2)]
    side.set_narrow(False)
    assert pages.text() == "Pages   1,243"
    side.set_count("pages", 0)
    assert pages.text() == "Pages"


def test_people_who_come_while_the_bar_is_folded_are_folded_too(side, driver):
    side.set_narrow(True)
    side.set_people([AMIRA], APPS[:1], "all")
    assert driver.find("person_1").sizeHint().width() == 40


def test_a_state_is_painted_and_said(side, driver):
    side.set_people([AMIRA], APPS[:1], "all")
    well = driver.find("person_1").grab().toImage()
    side.set_people([AMIRA._replace(state=TokenState.NEEDS_YOU, says="needs you")], APPS[:1], "all")
    ill = driver.find("person_1")
    assert ill.grab().toImage() != well
    assert ill.toolTip().splitlines() == ["Amira Haddad", "Practice App", "needs you"]


def test_the_mark_of_a_practice_facebook_stands_and_can_be_left(side, driver, requests):
    assert side.findChild(QLabel, "siteMark").isVisible() is False
    side.set_site("Practice Facebook")
    side.set_can_leave(True)
    assert driver.text("siteMark") == "Practice Facebook"
    driver.click("nav_leave")
    assert requests == [Request(Command.LEAVE_PRACTICE)]
    side.set_narrow(True)
    assert not side.findChild(QLabel, "siteMark").isVisible()
    side.set_narrow(False)
    side.set_site("")
    side.set_can_leave(False)
    assert not side.findChild(QLabel, "siteMark").isVisible()
    assert not side.findChild(QPushButton, "nav_leave").isVisible()


def test_a_menu_opens_below_its_place(side):
    health = side.findChild(QPushButton, "nav_health")
    assert side.place_of("health") == health.mapToGlobal(health.rect().bottomLeft())
    assert side.place_of("nowhere") == side.mapToGlobal(side.rect().center())
    side.set_place("health")
    assert health.isChecked()
