"""A table of plain texts, one column of which is a state with its icon: what happened, what was imported."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui import theme
from gui.i18n import _
from gui.values import Tone
from gui.widgets.icons import pixmap
from gui.widgets.page_columns import NARROW
from gui.widgets.plain_text import plain_tip
from gui.widgets.scaled import scaled_length

#: Of a row and of the header, and before a cell's words, for text of the usual size (pixels).
_HEIGHT, _HEADER, _PAD = 40, 40, 12
_LEADING = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NONE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class Column(NamedTuple):
    """A column: its header and how wide it is (pixels; 0 takes what is left).

    `strong` is in bold, `state` has an icon, `least` is hidden in a narrow table.
    """

    header: str
    width: int
    strong: bool = False
    state: bool = False
    least: bool = False


class _Model(QAbstractTableModel):
    def __init__(self, columns: Sequence[Column], cells: Callable[[Any], tuple[str, ...]], parent: QWidget) -> None:
        super().__init__(parent)
        self._columns, self._cells = columns, cells
        self.items: Sequence[Any] = ()

    def set_items(self, items: Sequence[Any]) -> None:
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def cells(self, row: int) -> tuple[str, ...]:
        """The texts of a row."""
        return self._cells(self.items[row])

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].header
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role in {
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        }:
            text = self._cells(self.items[index.row()])[index.column()]
            if role == Qt.ItemDataRole.AccessibleTextRole and not text:
                return _("{header}: none", header=self._columns[index.column()].header)
            return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, look: Callable[[Any], tuple[str, Tone]], view: "TextTable") -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        c = theme.colors()
        rect: QRect = option.rect
        column = self._view.columns[index.column()]
        painter.save()
        painter.fillRect(rect, QColor(c.soft if option.state & QStyle.StateFlag.State_Selected else c.surface))
        painter.setPen(QColor(c.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        direction = self._view.layoutDirection()
        indent, color = _PAD, c.text if column.strong else c.muted
        if column.state:
            icon, tone = self._look(self._view.item_at(index.row()))
            color, _ = theme.tone_colors(tone)
            factor = theme.text_factor(self._view.font())
            size = round(16 * factor)
            top = rect.top() + (rect.height() - size) // 2
            box = QStyle.visualRect(direction, rect, QRect(rect.left() + _PAD, top, size, size))
            painter.drawPixmap(box.topLeft(), pixmap(icon, color, size, max(1.0, self._view.devicePixelRatioF())))
            indent += size + 8
        text_rect = QStyle.visualRect(direction, rect, rect.adjusted(indent, 0, -4, 0))
        font = theme.sized_font(self._view.font(), 0.95, 600 if column.strong or column.state else 400)
        painter.setFont(font)
        painter.setPen(QColor(color))
        text = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, text_rect.width())
        painter.drawText(text_rect, QStyle.visualAlignment(direction, _LEADING), text)
        painter.restore()


class TextTable(QTableView):
    """`cells` says an item's columns, `look` the icon and tone of its state.

    `chosen` carries an item by double click or Return.
    """

    chosen = Signal(object)

    def __init__(
        self,
        name: str,
        says: str,
        columns: Sequence[Column],
        cells: Callable[[Any], tuple[str, ...]],
        look: Callable[[Any], tuple[str, Tone]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.columns = columns
        self._model = _Model(columns, cells, self)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(look, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._take_heights()
        self.activated.connect(lambda index: self.chosen.emit(self.item_at(index.row())))

    def set_items(self, items: Sequence[Any]) -> None:
        """Show these and no others."""
        self._model.set_items(items)

    @property
    def items(self) -> Sequence[Any]:
        return self._model.items

    def item_at(self, row: int) -> Any:
        return self._model.items[row]

    def refresh(self) -> None:
        """Take the colors of the scheme in force, and its size of text."""
        self._take_heights()
        self._take_widths()
        self.viewport().update()

    def _take_heights(self) -> None:
        self.verticalHeader().setDefaultSectionSize(scaled_length(self, _HEIGHT))
        self.horizontalHeader().setFixedHeight(scaled_length(self, _HEADER))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)
        elif self.selectionModel().hasSelection():
            # The whole row; Qt alone would copy the word of one cell.
            cells = self._model.cells(self.currentIndex().row())
            QGuiApplication.clipboard().setText("\t".join(" ".join(cell.split()) for cell in cells))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_widths()

    def _take_widths(self) -> None:
        width, factor = self.viewport().width(), theme.text_factor(self.font())
        is_narrow = width < NARROW * factor
        shown_columns = [index for index, column in enumerate(self.columns) if not (column.least and is_narrow)]
        width_left = width - sum(round(self.columns[index].width * factor) for index in shown_columns)
        growing = [index for index in shown_columns if not self.columns[index].width]
        for index, column in enumerate(self.columns):
            self.setColumnHidden(index, index not in shown_columns)
            self.setColumnWidth(index, round(column.width * factor) or max(90, width_left // max(1, len(growing))))
