"""Notices: each does its own work again, and none goes before anybody can have seen it."""

import pytest
from PySide6.QtWidgets import QWidget

from gui.errors import UserError
from tests.support.one_panel import OnePanel, PlainPanel


@pytest.fixture
def plain(qtbot, qapp, session, practice):
    one = OnePanel(PlainPanel, session, practice)
    yield one
    one.close()


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_each_notice_tries_its_own_work_again(plain, order):
    done = []
    kinds = ("no_network", "keychain_hangs", "database_busy")
    notices = [
        plain.panel.tell(UserError(kind), again=lambda place=place: done.append(place))
        for place, kind in enumerate(kinds)
    ]
    for place in order:
        plain.driver.click(notices[place].main_button)
    assert done == list(order)
    assert plain.asked == []
    assert plain.titles() == []


def test_a_notice_that_says_the_same_again_tries_the_newer_work(plain):
    done = []
    plain.panel.tell(UserError("no_network"), again=lambda: done.append("older"))
    notice = plain.panel.tell(UserError("no_network"), again=lambda: done.append("newer"))
    plain.driver.click(notice.main_button)
    assert done == ["newer"]


def test_what_comes_while_the_view_is_elsewhere_outlives_one_clearing(plain, qtbot):
    plain.panel.hide()
    plain.panel.tell(UserError("no_network"), again=lambda: None)
    plain.panel.show()
    plain.panel.notices.clear()
    assert len(plain.titles()) == 1
    plain.panel.notices.clear()
    assert plain.titles() == []


def test_of_a_notice_higher_than_its_room_the_title_is_seen(plain, qtbot):
    plain.panel.resize(420, 190)
    notice = plain.panel.say("permissions_declined", name="pages_show_list, " * 30)
    qtbot.wait(100)
    title = notice.findChild(QWidget, "noticeTitle")
    assert title.visibleRegion().boundingRect().height() == title.height()


def test_a_long_title_is_seen_whole_beside_its_buttons(plain, qtbot):
    name = "Agency of the Northern and Western Coasts for Social Things and More"
    for width in (1000, 560, 380):
        plain.panel.resize(width, 600)
        plain.panel.title.setText(f"Disconnect {name}")
        qtbot.wait(50)
        title = plain.panel.title
        assert title.height() >= title.heightForWidth(title.width()), width
        assert title.mapTo(plain.panel, title.rect().bottomRight()).x() < width
