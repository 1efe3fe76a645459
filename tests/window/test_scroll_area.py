"""What scrolls: its bar takes no room, and says how far it is."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollBar, QVBoxLayout, QWidget

from gui.widgets.scroll_area import BAR_WIDTH, ScrollArea
from gui.widgets.widget_factory import label, scrolled


class LowerWhenNarrower(QWidget):
    """As words and buttons that fold where there is no room: low when it is narrow, high when it is wide."""

    def __init__(self, turns_at, low, high):
        super().__init__()
        self.turns_at, self.low, self.high = turns_at, low, high
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self):
        return True

    def heightForWidth(self, width):
        return self.low if width < self.turns_at else self.high


def bar_of(area):
    return next(one for one in area.findChildren(QScrollBar) if one.parent() is area)


@pytest.mark.parametrize("turns_at", [288, 289, 295, 299, 300, 301])
@pytest.mark.parametrize(("low", "high"), [(100, 500), (299, 301), (500, 100)])
def test_what_is_lower_when_it_is_narrower_goes_round_no_circle(qtbot, turns_at, low, high):
    inside = QVBoxLayout()
    inside.setContentsMargins(0, 0, 0, 0)
    inside.addWidget(LowerWhenNarrower(turns_at, low, high))
    area = scrolled(inside)
    qtbot.addWidget(area)
    area.resize(302, 302)
    with qtbot.waitExposed(area):
        area.show()
    for width in (320, 290, 302, 300):
        area.resize(width, 302)
        QApplication.processEvents()
        assert area.viewport().width() == area.contentsRect().width(), "the bar takes no room"


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_bar_is_there_while_there_is_more_and_goes_along(qtbot, direction):
    inside = QVBoxLayout()
    for number in range(40):
        inside.addWidget(label(f"line {number}"))
    area = scrolled(inside)
    qtbot.addWidget(area)
    area.setLayoutDirection(direction)
    area.resize(300, 200)
    with qtbot.waitExposed(area):
        area.show()
    bar = bar_of(area)
    assert bar.isVisible()
    is_right = direction is Qt.LayoutDirection.LeftToRight
    assert bar.geometry().left() == (area.width() - BAR_WIDTH if is_right else 0)
    bar.setValue(bar.maximum())
    assert area.verticalScrollBar().value() == area.verticalScrollBar().maximum() > 0
    at = QPointF(50, 50)
    turn = QWheelEvent(
        at, area.mapToGlobal(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(area.viewport(), turn)
    assert bar.value() == area.verticalScrollBar().value() < bar.maximum()
    area.resize(300, 4_000)
    QApplication.processEvents()
    assert not bar.isVisible()


def test_it_is_a_scroll_area_to_whoever_looks_for_one(qtbot):
    area = scrolled(QVBoxLayout())
    qtbot.addWidget(area)
    assert isinstance(area, ScrollArea)
    assert area.focusPolicy() is Qt.FocusPolicy.NoFocus
