"""A part of the window that scrolls up and down when it does not fit."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QScrollBar, QStyle, QWidget

#: How wide the bar is (pixels): contents leave it so much at their side.
BAR_WIDTH = 12
#: What Qt's own bars stand in. By these names Qt counts them among the area's children for a screen reader while they
#: are visible, and ends the program when the reader asks for one that has gone since (QAccessibleAbstractScrollArea::
#: child knows no bounds).
_SCROLL_BAR_ROOMS = ("qt_scrollarea_vcontainer", "qt_scrollarea_hcontainer")


class ScrollArea(QScrollArea):
    """Its bar lies over the contents' margin, and takes no room.

    Where a bar takes room as it comes, contents that are lower when they are narrower let it go again, and Qt, which
    fits each within the other, goes round until the program ends.
    """

    def __init__(self, contents: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for name in _SCROLL_BAR_ROOMS:
            room = self.findChild(QWidget, name)
            if room is not None:
                room.setObjectName("scrollBarRoom")
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.hide()
        hidden = self.verticalScrollBar()
        hidden.rangeChanged.connect(self._fit_bar)
        hidden.valueChanged.connect(self._bar.setValue)
        self._bar.valueChanged.connect(hidden.setValue)
        self.setWidget(contents)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_bar()

    def _fit_bar(self) -> None:
        hidden = self.verticalScrollBar()
        self._bar.setPageStep(hidden.pageStep())
        self._bar.setSingleStep(hidden.singleStep())
        self._bar.setRange(hidden.minimum(), hidden.maximum())
        self._bar.setValue(hidden.value())
        place = QRect(self.width() - BAR_WIDTH, 0, BAR_WIDTH, self.height())
        self._bar.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))
        self._bar.setVisible(hidden.maximum() > hidden.minimum())
        self._bar.raise_()
