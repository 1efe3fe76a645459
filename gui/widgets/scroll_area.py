"""A part of the window that scrolls up and down when it does not fit."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QScrollBar, QStyle, QWidget

_KEYS = {
    Qt.Key.Key_PageUp: QScrollBar.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QScrollBar.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Home: QScrollBar.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QScrollBar.SliderAction.SliderToMaximum,
    Qt.Key.Key_Up: QScrollBar.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QScrollBar.SliderAction.SliderSingleStepAdd,
}
#: How wide the bar is (pixels): contents leave it so much at their side.
BAR_WIDTH = 12
SLIM_BAR_WIDTH = 5
#: What Qt's own bars stand in. By these names Qt counts them among the area's children for a screen reader while they
#: are visible, and ends the program when the reader asks for one that has gone since (QAccessibleAbstractScrollArea::
#: child knows no bounds).
_SCROLL_BAR_ROOMS = ("qt_scrollarea_vcontainer", "qt_scrollarea_hcontainer")


class ScrollArea(QScrollArea):
    """Its bar lies over the contents' margin, and takes no room. A slim one only shows how far it is.

    Where a bar takes room as it comes, contents that are lower when they are narrower let it go again, and Qt, which
    fits each within the other, goes round until the program ends.
    """

    def __init__(self, contents: QWidget, *, slim: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar_width = SLIM_BAR_WIDTH if slim else BAR_WIDTH
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for name in _SCROLL_BAR_ROOMS:
            room = self.findChild(QWidget, name)
            if room is not None:
                room.setObjectName("scrollBarRoom")
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        if slim:
            self._bar.setObjectName("slimBar")
            self._bar.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._bar.hide()
        hidden = self.verticalScrollBar()
        hidden.rangeChanged.connect(self._fit_bar)
        hidden.valueChanged.connect(self._bar.setValue)
        self._bar.valueChanged.connect(hidden.setValue)
        self.setWidget(contents)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_bar()

    def scroll_by_key(self, event: QKeyEvent) -> bool:
        """Scroll as a key says that nothing in it has a use for; whether there was anywhere to go."""
        action = _KEYS.get(Qt.Key(event.key()))
        bar = self.verticalScrollBar()
        before = bar.value()
        if action is not None:
            bar.triggerAction(action)
        return bar.value() != before

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.scroll_by_key(event):
            event.accept()
        else:
            event.ignore()

    def _fit_bar(self) -> None:
        hidden = self.verticalScrollBar()
        self._bar.setPageStep(hidden.pageStep())
        self._bar.setSingleStep(hidden.singleStep())
        self._bar.setRange(hidden.minimum(), hidden.maximum())
        self._bar.setValue(hidden.value())
        place = QRect(self.width() - self._bar_width, 0, self._bar_width, self.height())
        self._bar.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))
        self._bar.setVisible(hidden.maximum() > hidden.minimum())
        self._bar.raise_()
