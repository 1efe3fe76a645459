"""Explain an error alone: what a tool shows, pasted by hand, and what is said to it."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from gui.panels.explain_error import ExplainErrorPanel
from gui.shell.commands import Command
from tests.support.one_panel import OnePanel
from tests.support.people import ALL, keep_login_with_pages

TOKEN = "EAAGm0PX4ZCpsBA" + "x7QdLk29" * 20


@pytest.fixture
def asking(qtbot, qapp, session, practice):
    keep_login_with_pages(session, practice, 0, (*ALL, "pages_manage_posts"))
    one = OnePanel(ExplainErrorPanel, session, practice)
    one.panel.begin()
    qtbot.waitUntil(lambda: one.driver.find("errorPage").count() == 4)
    yield one
    one.close()


def paste(asking, text):
    data = QMimeData()
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)
    field = asking.driver.find("errorText")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def titles(asking):
    return [one.text.title for area in (asking.panel._found, asking.panel._verdict) for one in area.notices()]


def test_a_pasted_error_is_explained_with_its_button(asking):
    paste(asking, '{"error":{"message":"(#200) Requires pages_messaging permission","code":200}}')
    asking.press("errorGo")
    assert asking.text("errorWhose") == "It is about a permission."
    assert titles(asking) == ["A permission is missing"]
    assert "pages_messaging" in asking.text("errorQuoted")
    asking.driver.click("noticeButton")
    assert asking.commands()[-1] is Command.REREQUEST_PERMISSIONS


def test_a_secret_is_never_in_sight(asking):
    paste(asking, f"GET https://graph.facebook.com/me?access_token={TOKEN} failed: (#32) Page request limit reached")
    field = asking.driver.find("errorText")
    assert "x7Qd" not in field.toPlainText()
    field.clear()
    QTest.keyClicks(field, TOKEN)
    asking.press("errorGo")
    assert "x7Qd" not in field.toPlainText()
    shown = " ".join(
        f"{one.accessibleName()} {one.toolTip()} {getattr(one, 'text', lambda: '')}"
        for one in asking.panel.findChildren(QWidget)
    )
    assert "x7Qd" not in shown


def test_nothing_of_it_is_left_when_the_view_is_left(asking):
    paste(asking, "(#32) Page request limit reached")
    asking.press("errorGo")
    asking.panel.hide()
    asking.panel.show()
    field = asking.driver.find("errorText")
    assert field.toPlainText() == ""
    field.undo()
    assert field.toPlainText() == ""
    assert asking.driver.seen("errorWhose") is None


def test_a_chosen_pages_own_token_is_looked_at_and_copied(asking, qtbot):
    copied = asking.signals("copied")
    paste(asking, "Error validating access token: Session has expired on Monday")
    asking.press("errorGo")
    assert "Choose the Page" in asking.text("errorMore")
    choose = asking.driver.find("errorPage")
    choose.setFocus()
    QTest.keyClick(choose, Qt.Key.Key_Down)
    QTest.keyClick(choose, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(titles(asking)) == 2)
    assert titles(asking)[1].endswith("that is kept here works")
    button = next(one.main_button for one in asking.panel._verdict.notices())
    asking.driver.click(button)
    qtbot.waitUntil(lambda: len(copied) == 1)
    assert copied[0][0].reveal().startswith("EAA")


def test_what_is_no_error_is_said_with_what_to_paste_instead(asking):
    asking.press("errorGo")
    asking.notice("nothing to explain yet")
    paste(asking, "It does not work")
    QTest.keyClick(asking.driver.find("errorText"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    asking.notice("does not say what Facebook refused")
    assert asking.driver.seen("errorWhose") is None


def test_honestly_nothing_to_mend(asking):
    paste(asking, "(#551) This person isn't available right now.")
    asking.press("errorGo")
    assert asking.text("errorWhose") == (
        "It is the conversation, not the token. The token is fine: nothing to mend here."
    )


def test_the_field_lets_the_tab_key_go_on(asking):
    field = asking.driver.find("errorText")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert not field.hasFocus()
