"""The dark bars at the bottom: their words are whole wherever they fit, and cut where they do not."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from gui.widgets.copy_bar import CopyBar
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.undo_bar import UndoBar


def copy_bar(words: str) -> CopyBar:
    bar = CopyBar()
    bar.begin(words)
    bar.count(45)
    return bar


def undo_bar(words: str) -> UndoBar:
    bar = UndoBar()
    bar.offer(words, lambda: None)
    return bar


@pytest.mark.parametrize("make", [copy_bar, undo_bar])
@pytest.mark.parametrize("words", ["the token of Blossom & Co 3", "a Page", "مخبز أميرة"])
@pytest.mark.parametrize("width", range(400, 1400, 90))
def test_words_are_cut_only_where_there_is_no_room(qtbot, make, words, width):
    bar = make(words)
    qtbot.addWidget(bar)
    bar.resize(width, bar.sizeHint().height())
    bar.show()
    qtbot.waitExposed(bar)
    label = next(one for one in bar.findChildren(ElidedLabel))
    others = [one for one in bar.findChildren(QLabel) + bar.findChildren(QPushButton) if one is not label]
    room = width - 26 - sum(one.width() for one in others if one.isVisible()) - 10 * len(others)
    is_whole = "…" not in label.text()
    assert is_whole == (label.fontMetrics().horizontalAdvance(label.accessibleName()) <= label.width())
    assert label.width() >= room - 2, "nothing takes the room from it"


def test_what_is_cut_is_whole_in_the_tool_tip(qtbot):
    bar = undo_bar("Forgot " + "a very long name " * 20)
    qtbot.addWidget(bar)
    bar.resize(500, bar.sizeHint().height())
    bar.show()
    qtbot.waitExposed(bar)
    label = next(one for one in bar.findChildren(ElidedLabel))
    assert "…" in label.text()
    assert label.toolTip() == label.accessibleName()


@pytest.mark.parametrize(("width", "in_full"), [(1000, True), (420, False)])
def test_what_was_copied_has_the_room_before_how_long_it_stays(qtbot, width, in_full):
    bar = copy_bar("the token of Blossom Bakery in the North")
    qtbot.addWidget(bar)
    bar.resize(width, 44)
    with qtbot.waitExposed(bar):
        bar.show()
    bar.count(45)
    qtbot.wait(30)
    (left,) = bar.findChildren(QLabel, "copyLeft")
    assert left.text() == ("stays on the clipboard for 45 s" if in_full else "45 s")
    assert left.accessibleName() == "stays on the clipboard for 45 s"
    assert left.width() >= left.sizeHint().width()
