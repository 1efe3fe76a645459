"""Buttons that keys and screen readers press, and what a reader is told."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QScrollBar, QVBoxLayout, QWidget

from gui.values import TokenState
from gui.widgets.announce import announce
from gui.widgets.person_button import PersonButton
from gui.widgets.press_button import CheckBox, PushButton, RadioButton
from gui.widgets.widget_factory import scrolled


def checkable(kind):
    made = PersonButton(1, "Amira", "App", TokenState.WORKS, "Works") if kind is PersonButton else kind("Words")
    made.setCheckable(True)
    return made


@pytest.mark.parametrize("kind", [PushButton, CheckBox, RadioButton, PersonButton])
def test_a_toggle_by_a_screen_reader_is_a_press_and_a_check_of_ours_is_none(qtbot, kind):
    made = checkable(kind)
    qtbot.addWidget(made)
    made.setAutoExclusive(False)
    made.show()
    presses: list[bool] = []
    made.clicked.connect(lambda on: presses.append(on))
    made.setChecked(True)
    made.setChecked(False)
    assert presses == []
    # What Qt does for the action Toggle.
    QAbstractButton.toggle(made)
    assert presses == [True]
    assert made.isChecked()
    made.setFocus()
    QTest.keyClick(made, Qt.Key.Key_Space)
    assert presses == [True, False]


def test_of_several_only_the_chosen_one_is_pressed(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    column = QVBoxLayout(parent)
    presses = []
    buttons = [PushButton(str(number)) for number in range(3)]
    for number, one in enumerate(buttons):
        one.setCheckable(True)
        one.setAutoExclusive(True)
        one.clicked.connect(lambda _, number=number: presses.append(number))
        column.addWidget(one)
    QAbstractButton.toggle(buttons[1])
    QAbstractButton.toggle(buttons[2])
    assert presses == [1, 2]


@pytest.mark.parametrize("height", [2000, 20])
def test_a_scrolled_area_counts_no_bar_among_what_a_reader_is_shown(qtbot, height):
    """Qt ends the program when a reader asks for a bar that has gone since it counted the children.

    Its accessible interface takes what has one of these names for a bar's place.
    """
    column = QVBoxLayout()
    inside = QWidget()
    inside.setFixedSize(50, height)
    column.addWidget(inside)
    area = scrolled(column)
    qtbot.addWidget(area)
    area.resize(200, 200)
    area.show()
    assert any(one.isVisible() for one in area.findChildren(QScrollBar)) == (height > 200)
    names = {one.objectName() for one in area.findChildren(QWidget)}
    assert not names & {"qt_scrollarea_vcontainer", "qt_scrollarea_hcontainer"}


@pytest.mark.parametrize("urgent", [False, True])
def test_an_announcement_is_sent_where_a_reader_listens(qtbot, monkeypatch, urgent):
    widget = QWidget()
    qtbot.addWidget(widget)
    sent = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: sent.append(event))
    monkeypatch.setattr(QAccessible, "isActive", lambda: False)
    announce(widget, "Copied")
    assert sent == []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    announce(widget, "")
    announce(widget, "Copied", urgent=urgent)
    (event,) = sent
    assert event.message() == "Copied"
    assert (event.politeness() == QAccessible.AnnouncementPoliteness.Assertive) == urgent
