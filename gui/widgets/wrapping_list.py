"""A list of names that wrap where they are too long for one line."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

#: The padding of an item in the style sheet, and what the style leaves beside a text (pixels).
_PADDING_X, _PADDING_Y, _BESIDE = 10, 7, 4


class WrappingList(QListWidget):
    """Qt's own list forgets the style sheet's padding when it reckons where a text wraps, and cuts the text off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def add(self, text: str, data: object) -> QListWidgetItem:
        """Add a name that stands for `data`."""
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, data)
        self.addItem(item)
        self._fit(item)
        return item

    def _fit(self, item: QListWidgetItem) -> None:
        room = QRect(0, 0, max(1, self.viewport().width() - 2 * (_PADDING_X + _BESIDE)), 10_000)
        height = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, item.text()).height()
        item.setSizeHint(QSize(0, height + 2 * _PADDING_Y))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for place in range(self.count()):
            self._fit(self.item(place))
