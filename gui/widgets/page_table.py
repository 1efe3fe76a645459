"""The table of Pages: real keys and clicks in, wishes out (copy, menu, open)."""

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gui.values import PageRow
from gui.widgets import page_model
from gui.widgets.page_delegate import PageDelegate
from gui.widgets.page_model import PageModel, Words

#: Above this many Pages rows are compact.
TALL_UP_TO = 500
#: Under this width (pixels) what the person may do goes under the name.
WIDE_FROM = 760


class PageTable(QTableView):
    """`copy_wanted` by button, double click, Return or Ctrl+C; `menu_wanted` with a place on the screen.

    `pictures_wanted` names the rows in sight that have no picture yet.
    """

    copy_wanted = Signal(object)
    menu_wanted = Signal(object, QPoint)
    pictures_wanted = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageTable")
        self.setAccessibleName("Pages")
        self.pages = PageModel(words, self)
        self.setModel(self.pages)
        self._pictures: dict[str, QPixmap | None] = {}
        self._delegate = PageDelegate(self._picture, self)
        self.setItemDelegate(self._delegate)
        self._set_up_view()
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(120)
        self._calm.timeout.connect(self._ask_for_pictures)
        self.verticalScrollBar().valueChanged.connect(lambda: self._calm.start())
        for signal in (self.pages.modelReset, self.pages.rowsInserted):
            signal.connect(self._rows_changed)

    def _set_up_view(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(20)
        self.verticalHeader().setDefaultSectionSize(self._delegate.height)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setFixedHeight(40)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(page_model.PAGE, QHeaderView.ResizeMode.Stretch)
        header.setSortIndicatorShown(False)
        header.setSortIndicator(page_model.PAGE, Qt.SortOrder.AscendingOrder)
        header.sectionClicked.connect(self._sort_by)
        self._sorted = (page_model.PAGE, Qt.SortOrder.AscendingOrder)

    # ---------------------------------------------------------------- contents
    def set_picture(self, page_id: str, picture: QPixmap | None) -> None:
        """Show a Page's picture, or note that there is none."""
        self._pictures[page_id] = picture
        if picture is not None and (place := self.pages.place_of(page_id)) >= 0:
            self.update(self.pages.index(place, page_model.PAGE))

    def refresh(self) -> None:
        """Take the colors and fonts of the scheme in force."""
        self._delegate.refresh()
        self.viewport().update()

    def chosen(self) -> PageRow | None:
        """The row that is selected."""
        index = self.currentIndex()
        return self.pages.row(index.row()) if index.isValid() and self.selectionModel().isSelected(index) else None

    def choose(self, page_id: str) -> None:
        """Select a Page and bring it into sight."""
        place = self.pages.place_of(page_id)
        if place >= 0:
            self.setCurrentIndex(self.pages.index(place, page_model.PAGE))
            self.scrollTo(self.currentIndex())

    def copy_place(self, page_id: str) -> QRect:
        """Where the Copy button of a Page stands in the viewport (for those who drive the window)."""
        index = self.pages.index(self.pages.place_of(page_id), page_model.TOKEN)
        return self._delegate.copy_rect(self.visualRect(index))

    def _picture(self, row: PageRow) -> QPixmap | None:
        return self._pictures.get(row.page.id)

    def _ask_for_pictures(self) -> None:
        top, bottom = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if top < 0:
            return
        last = bottom if bottom >= 0 else len(self.pages.visible) - 1
        wanted = [row for at in range(top, last + 1) if (row := self.pages.row(at)).page.id not in self._pictures and row.page.picture_url]
        if wanted:
            for row in wanted:
                self._pictures[row.page.id] = None
            self.pictures_wanted.emit(wanted)

    def _rows_changed(self) -> None:
        compact = len(self.pages.rows) > TALL_UP_TO
        if compact != self._delegate.compact:
            self._delegate.compact = compact
            self.verticalHeader().setDefaultSectionSize(self._delegate.height)
            self._arrange_columns()
        self._calm.start()

    def _sort_by(self, column: int) -> None:
        order = Qt.SortOrder.AscendingOrder
        if self._sorted == (column, order):
            order = Qt.SortOrder.DescendingOrder
        self._sorted = (column, order)
        chosen = self.chosen()
        self.horizontalHeader().setSortIndicatorShown(True)
        self.horizontalHeader().setSortIndicator(column, order)
        self.pages.sort(column, order)
        if chosen is not None:
            self.choose(chosen.page.id)

    # ------------------------------------------------------------------- shape
    def _arrange_columns(self) -> None:
        width = self.viewport().width()
        narrow = width < WIDE_FROM
        self._delegate.narrow = narrow
        self.setColumnHidden(page_model.MAY, narrow)
        compact = self._delegate.compact
        spare = max(0, width - WIDE_FROM)
        for column, wide in (
            (page_model.MAY, 168 + min(60, spare // 4)),
            (page_model.TOKEN, 178 if compact else 206 if narrow else 236),
            (page_model.ENDS, 96),
            (page_model.STATE, 152),
        ):
            self.setColumnWidth(column, wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange_columns()
        self._calm.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange_columns()
        self._calm.start()

    # ------------------------------------------------------------ keys, clicks
    def _copy_at(self, where: QPoint) -> int:
        index = self.indexAt(where)
        if not index.isValid() or index.column() != page_model.TOKEN or not self.pages.row(index.row()).has_token:
            return -1
        return index.row() if self._delegate.copy_rect(self.visualRect(index)).contains(where) else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._copy_at(event.position().toPoint())
        if at != self._delegate.hovered_copy:
            self._delegate.hovered_copy = at
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if at >= 0 else Qt.CursorShape.ArrowCursor)
            self.viewport().update()
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = self._copy_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and at >= 0:
            self.copy_wanted.emit(self.pages.row(at))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._copy_at(event.position().toPoint()) < 0:
            self.copy_wanted.emit(self.pages.row(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.chosen()
        if row is not None and (event.matches(QKeySequence.StandardKey.Copy) or event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}):
            self.copy_wanted.emit(row)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index: QModelIndex = self.currentIndex() if keyboard else self.indexAt(self.viewport().mapFromGlobal(event.globalPos()))
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        where = self.viewport().mapToGlobal(self.visualRect(index).center()) if keyboard else event.globalPos()
        self.menu_wanted.emit(self.pages.row(index.row()), where)
