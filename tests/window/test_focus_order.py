"""Tab goes through a window as the eye does, whatever was made when, and brings what it reaches into sight."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gui.widgets.focus_order import focus_next
from gui.widgets.widget_factory import scrolled


def walk(root, forward=True):
    """The names that Tab comes to, once round."""
    names: list[str] = []
    while True:
        assert focus_next(root, forward=forward)
        focus = root.focusWidget()
        assert focus is not None
        if focus.objectName() in names:
            return names
        names.append(focus.objectName())


def named(name, policy=Qt.FocusPolicy.StrongFocus):
    button = QPushButton(name)
    button.setObjectName(name)
    button.setFocusPolicy(policy)
    return button


@pytest.fixture
def root(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(300, 200)
    return widget


@settings(max_examples=40, deadline=None)
@given(order=st.permutations(range(6)))
def test_the_order_is_the_layouts_whatever_was_made_first(qapp, order):
    root = QWidget()
    made = {place: named(str(place)) for place in order}
    column, line = QVBoxLayout(root), QHBoxLayout()
    column.addWidget(made[0])
    column.addLayout(line)
    for place in (1, 2, 3):
        line.addWidget(made[place])
    inner = QVBoxLayout()
    inner.addWidget(made[4])
    column.addWidget(scrolled(inner))
    column.addWidget(made[5])
    root.show()
    root.activateWindow()
    assert walk(root) == ["0", "1", "2", "3", "4", "5"]
    assert walk(root, forward=False) == ["5", "4", "3", "2", "1", "0"]
    root.close()


def test_what_is_hidden_disabled_or_on_another_page_is_left_out(root):
    pages = QStackedWidget()
    for name in ("shown", "behind"):
        pages.addWidget(named(name))
    column = QVBoxLayout(root)
    column.addWidget(pages)
    hidden, disabled, by_mouse = named("hidden"), named("disabled"), named("mouse", Qt.FocusPolicy.ClickFocus)
    for one in (hidden, disabled, by_mouse, named("last")):
        column.addWidget(one)
    hidden.hide()
    disabled.setEnabled(False)
    root.show()
    root.activateWindow()
    assert walk(root) == ["shown", "last"]


def test_what_lies_out_of_sight_is_scrolled_to(root):
    inner = QVBoxLayout()
    for number in range(40):
        inner.addWidget(named(str(number)))
    QVBoxLayout(root).addWidget(scrolled(inner))
    root.show()
    root.activateWindow()
    for name in walk(root):
        focus = root.findChild(QPushButton, name)
        focus_next(root, forward=True)
        reached = root.focusWidget()
        assert reached is not None
        assert reached.visibleRegion().boundingRect().height() == reached.height(), focus


def test_nothing_to_reach_is_said(root):
    root.show()
    assert not focus_next(root, forward=True)


class Root(QWidget):
    """A window in which Tab goes as in ours."""

    def focusNextPrevChild(self, forward):
        return self.isVisible() and focus_next(self, forward=forward)


def test_the_focus_of_what_goes_stays_in_its_part_of_the_window(qtbot):
    """In the second part of three, whichever of it goes and in whatever way."""
    root = Root()
    qtbot.addWidget(root)
    column = QVBoxLayout(root)
    made = {}
    lines = []
    for place in range(3):
        part = QWidget()
        column.addWidget(part)
        lines.append(QHBoxLayout(part))
        for letter in "abc":
            made[f"{place}{letter}"] = named(f"{place}{letter}")
            lines[-1].addWidget(made[f"{place}{letter}"])
    bar = QWidget()
    made["bar"] = named("bar")
    QHBoxLayout(bar).addWidget(made["bar"])
    lines[2].addWidget(bar)
    with qtbot.waitActive(root):
        root.show()
        root.activateWindow()
    for goes, expected in (("1a", "1b"), ("1b", "1c"), ("1c", "1b")):
        for leave, come_back in ((QWidget.hide, QWidget.show), (disable, enable)):
            made[goes].setFocus()
            leave(made[goes])
            assert root.focusWidget() is made[expected], goes
            come_back(made[goes])
    # A bar that goes whole: what stands before it, not what stands at the window's other end.
    made["bar"].setFocus()
    bar.hide()
    assert root.focusWidget() is made["2c"]


def enable(widget):
    widget.setEnabled(True)


def disable(widget):
    widget.setEnabled(False)
