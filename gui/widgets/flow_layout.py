"""A layout for what stands side by side where there is room, and else goes on in the next line."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QStyle, QWidget

#: What may grow stands beside others from this width on (pixels).
_FEW_WORDS = 190


class FlowLayout(QLayout):
    """Its items in lines; those that may grow share what a line leaves. Qt has none (its examples have one)."""

    def __init__(self, *items: QWidget | QLayout, spacing: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        #: By width: Qt asks again and again between two changes.
        self._heights: dict[int, int] = {}
        self._smallest: QSize | None = None
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        for item in items:
            if isinstance(item, QWidget):
                self.addWidget(item)
            else:
                self.add_layout(item)

    def add_layout(self, layout: QLayout) -> None:
        self.addChildLayout(layout)
        self.addItem(layout)

    @property
    def line_width(self) -> int:
        """The width from which on all of it stands in one line (pixels)."""
        items = list(self._shown())
        return sum(map(_least, items)) + self.spacing() * max(0, len(items) - 1)

    # ------------------------------------------------------- as QLayout asks it
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def invalidate(self) -> None:
        self._heights.clear()
        self._smallest = None
        super().invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        if not 0 <= index < len(self._items):
            return None
        self.invalidate()
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), at_once=False)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """All of it in one line."""
        items = list(self._shown())
        width = sum(_hint(item).width() for item in items) + self.spacing() * max(0, len(items) - 1)
        return QSize(width, max((_hint(item).height() for item in items), default=0)).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:
        if self._smallest is None:
            smallest = QSize()
            for item in self._shown():
                smallest = smallest.expandedTo(QSize(_least(item), _minimum(item).height()))
            self._smallest = smallest.grownBy(self.contentsMargins())
        return self._smallest

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, at_once=True)

    # ---------------------------------------------------------------- the lines
    def _shown(self) -> Iterator[QLayoutItem]:
        return (item for item in self._items if not _is_hidden(item))

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        room = 0
        for item in self._shown():
            needed = min(_least(item), width)
            if not lines or needed + self.spacing() > room:
                lines.append([item])
                room = width - needed
            else:
                lines[-1].append(item)
                room -= needed + self.spacing()
        return lines

    def _widths(self, line: list[QLayoutItem], width: int) -> list[int]:
        """How wide each item of a line is: what may grow shares the rest, up to the most it takes."""
        widths = [min(_least(item), width) for item in line]
        rest = width - sum(widths) - self.spacing() * (len(line) - 1)
        growing = [place for place, item in enumerate(line) if _grows(item)]
        for number, place in enumerate(growing):
            more = min(rest // (len(growing) - number), line[place].maximumSize().width() - widths[place])
            widths[place] += more
            rest -= more
        return widths

    def _place(self, rect: QRect, *, at_once: bool) -> int:
        """Place the items within `rect`, or only find out how high they are together."""
        inner = rect.marginsRemoved(self.contentsMargins())
        y = inner.y()
        lines = self._lines(inner.width())
        for line in lines:
            widths = self._widths(line, inner.width())
            heights = [_height(item, width) for item, width in zip(line, widths, strict=True)]
            if at_once:
                self._set_line(line, widths, heights, QPoint(inner.x(), y), inner)
            y += max(heights) + self.spacing()
        return (y - self.spacing() if lines else y) - inner.y() + rect.height() - inner.height()

    def _set_line(
        self, line: list[QLayoutItem], widths: list[int], heights: list[int], start: QPoint, inner: QRect
    ) -> None:
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent is not None else Qt.LayoutDirection.LeftToRight
        x = start.x()
        for item, width, height in zip(line, widths, heights, strict=True):
            place = QRect(x, start.y() + (max(heights) - height) // 2, width, height)
            item.setGeometry(QStyle.visualRect(direction, inner, place))
            x += width + self.spacing()


def _is_hidden(item: QLayoutItem) -> bool:
    widget = item.widget()
    return widget.isHidden() if widget is not None else item.isEmpty()


def _hint(item: QLayoutItem) -> QSize:
    """What an item would like to have. Not the item's own answer, which outlives a change of what was hidden then."""
    widget = item.widget()
    if widget is None:
        return item.sizeHint()
    return widget.sizeHint().expandedTo(_minimum(item)).boundedTo(widget.maximumSize())


def _minimum(item: QLayoutItem) -> QSize:
    widget = item.widget()
    if widget is None:
        return item.minimumSize()
    least = widget.minimumSizeHint()
    if widget.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Ignored:
        least.setWidth(0)
    given = widget.minimumSize()
    return QSize(given.width() or least.width(), given.height() or least.height())


def _grows(item: QLayoutItem) -> bool:
    return bool(item.expandingDirections() & Qt.Orientation.Horizontal)


def _least(item: QLayoutItem) -> int:
    """The width that an item needs beside others."""
    if not _grows(item):
        return _hint(item).width()
    widget = item.widget()
    if widget is not None and widget.minimumWidth():
        return widget.minimumWidth()
    # A few words of what wraps or grows.
    return max(_minimum(item).width(), min(_hint(item).width(), _FEW_WORDS))


def _height(item: QLayoutItem, width: int) -> int:
    if item.hasHeightForWidth():
        return item.heightForWidth(width)
    return _hint(item).height()
