"""The table of Pages: real keys and clicks in, signals out (copy, menu, columns)."""

from PySide6.QtCore import QItemSelectionModel, QKeyCombination, QModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gui.i18n import _
from gui.values import ColumnLayout, PageRow
from gui.widgets.page_columns import (
    CLIENT,
    HEADERS,
    NARROW,
    PAGE,
    PAGE_ID,
    TOKEN,
    column_order,
    fit_columns,
    shown_columns,
    with_order,
    with_width,
)
from gui.widgets.page_delegate import PageDelegate
from gui.widgets.page_model import PageModel, PreparedRows, Words
from gui.widgets.row_selection import RowSelection
from gui.widgets.scaled import scaled_length
from gui.widgets.widget_factory import restyle

#: Above this many Pages rows are compact, and from so many on there are boxes to select by.
TALL_UP_TO, SELECTING_FROM = 500, 20
#: How high the header is, for text of the usual size (pixels).
_HEADER = 40
#: Opens a row's menu on every desktop; here Qt makes no event of it, as it does of the menu key.
_MENU_KEYS = QKeyCombination(Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_F10)
_PLATFORMS_WITHOUT_MENU_KEYS = frozenset({"xcb", "wayland", "offscreen"})
_BY_KEYS = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
)


class PageTable(QTableView):
    """`copy_wanted` by button, double click, Return or Ctrl+C; `menu_wanted` with a place on the screen.

    `pictures_wanted` names the rows in sight that have no picture yet; `column_layout_changed` when the person changed
    `column_layout`; `columns_wanted` with a place, when the columns are to be chosen.
    """

    copy_wanted = Signal(object)
    menu_wanted = Signal(object, QPoint)
    pictures_wanted = Signal(object)
    column_layout_changed = Signal()
    columns_wanted = Signal(QPoint)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageTable")
        self.setAccessibleName(_("Pages"))
        self.column_layout = ColumnLayout()
        self._looks: tuple[bool, bool, bool, bool] | None = None
        self.several = False
        self._has_clients = False
        self._arranging = False
        self.pages = PageModel(words, self)
        self.setModel(self.pages)
        self._pictures: dict[str, QPixmap | None] = {}
        self._delegate = PageDelegate(self._picture, self)
        self.setItemDelegate(self._delegate)
        self._set_up_view()
        self.row_selection = RowSelection(self, self._delegate)
        self.pages.selection_changed.connect(self._selection_changed)
        self._last_chosen = ""
        self.selectionModel().currentChanged.connect(self._note_chosen)
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
        header.setSectionsMovable(True)
        header.setFixedHeight(scaled_length(self, _HEADER))
        header.setMinimumSectionSize(50)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSortIndicatorShown(False)
        header.setSortIndicator(PAGE, Qt.SortOrder.AscendingOrder)
        header.sectionClicked.connect(self._sort_by)
        header.sectionResized.connect(self._on_section_resized)
        header.sectionMoved.connect(self._on_section_moved)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda at: self.columns_wanted.emit(header.mapToGlobal(at)))
        self._sorted = (PAGE, Qt.SortOrder.AscendingOrder)

    # ---------------------------------------------------------------- contents
    def set_prepared(self, prepared: PreparedRows) -> None:
        """Show these rows; the one that is chosen stays chosen."""
        chosen_row = self.chosen()
        self._has_clients = any(row.clients for row in prepared.rows)
        self.pages.set_prepared(prepared)
        if chosen_row is not None:
            self.choose(chosen_row.page.id, into_sight=False)

    def set_picture(self, page_id: str, picture: QPixmap | None) -> None:
        """Show a Page's picture, or note that there is none."""
        self._pictures[page_id] = picture
        if picture is not None and (view_row := self.pages.place_of(page_id)) >= 0:
            self.update(self.pages.index(view_row, PAGE))

    def refresh(self) -> None:
        """Take the colors of the scheme in force, and its size of text."""
        self._delegate.refresh()
        self.horizontalHeader().setFixedHeight(scaled_length(self, _HEADER))
        self._looks = None
        self._look_at_size()
        self.viewport().update()

    def chosen(self) -> PageRow | None:
        """The row that the keyboard is at."""
        index = self.currentIndex()
        return self.pages.row(index.row()) if index.isValid() and self.selectionModel().isSelected(index) else None

    def _note_chosen(self, current: QModelIndex) -> None:
        if current.isValid():
            self._last_chosen = self.pages.row(current.row()).page.id

    def choose(self, page_id: str, *, into_sight: bool = True) -> None:
        """Go to a Page, and bring it into sight."""
        view_row = self.pages.place_of(page_id)
        if view_row >= 0:
            if not into_sight:
                self.setAutoScroll(False)
            self.setCurrentIndex(self.pages.index(view_row, PAGE))
            self.setAutoScroll(True)
            if into_sight:
                self.scrollTo(self.currentIndex())

    def copy_place(self, page_id: str) -> QRect:
        """Where the Copy button of a Page stands in the viewport (for those who drive the window)."""
        index = self.pages.index(self.pages.place_of(page_id), TOKEN)
        return self._delegate.copy_rect(self.visualRect(index))

    def box_place(self, page_id: str) -> QRect:
        """Where the box to select by stands in the viewport (for those who drive the window)."""
        return self._delegate.box_rect(self.visualRect(self.pages.index(self.pages.place_of(page_id), PAGE)))

    def _picture(self, row: PageRow) -> QPixmap | None:
        return self._pictures.get(row.page.id)

    def _ask_for_pictures(self) -> None:
        top, bottom = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if top < 0:
            return
        last = bottom if bottom >= 0 else len(self.pages.visible) - 1
        rows = [
            row
            for view_row in range(top, last + 1)
            if (row := self.pages.row(view_row)).page.id not in self._pictures and row.page.picture_url
        ]
        if rows:
            for row in rows:
                self._pictures[row.page.id] = None
            self.pictures_wanted.emit(rows)

    def _rows_changed(self) -> None:
        self._look_at_size()
        self._calm.start()
        if self.pages.visible and self.window().focusWidget() is self:
            # Whoever is in the list goes on at the same row while others arrive, or where it was.
            self.choose(self._last_chosen, into_sight=False)
            self.choose_some()

    def _look_at_size(self) -> None:
        many = len(self.pages.rows)
        compact = self.column_layout.rows == "compact" or (not self.column_layout.rows and many > TALL_UP_TO)
        selecting = many > SELECTING_FROM or bool(self.pages.selected)
        looks = (compact, selecting, self._has_clients, self.several)
        if looks != self._looks:
            self._looks = looks
            self._delegate.compact, self._delegate.selecting = compact, selecting
            self._arrange_columns()

    def _selection_changed(self) -> None:
        self._look_at_size()
        self.viewport().update()

    def _sort_by(self, column: int) -> None:
        order = Qt.SortOrder.AscendingOrder
        if self._sorted == (column, order):
            order = Qt.SortOrder.DescendingOrder
        self._sorted = (column, order)
        chosen_row = self.chosen()
        self.horizontalHeader().setSortIndicatorShown(True)
        self.horizontalHeader().setSortIndicator(column, order)
        self.pages.sort(column, order)
        if chosen_row is not None:
            self.choose(chosen_row.page.id)

    # ----------------------------------------------------------------- columns
    def change_column_layout(self, layout: ColumnLayout) -> None:
        """Take a layout that the person chose now."""
        self.set_column_layout(layout)
        self.column_layout_changed.emit()

    def set_column_layout(self, layout: ColumnLayout) -> None:
        """Take a layout that was kept."""
        self.column_layout = layout
        self._looks = None
        self._arranging = True
        header = self.horizontalHeader()
        for visual_index, column in enumerate(column_order(layout)):
            header.moveSection(header.visualIndex(column), visual_index)
        self._arranging = False
        self._look_at_size()

    def shown_columns(self) -> set[int]:
        """The columns that should be seen, room or not."""
        return shown_columns(
            self.column_layout, compact=self._delegate.compact, clients=self._has_clients, several=self.several
        )

    def _arrange_columns(self) -> None:
        width = self.viewport().width()
        self._delegate.set_room(width)
        factor = self._delegate.factor
        self.verticalHeader().setDefaultSectionSize(self._delegate.height)
        widths = fit_columns(
            self.column_layout, self.shown_columns(), width, compact=self._delegate.compact, scale=factor
        )
        self._delegate.narrow = width < NARROW * factor
        self._delegate.id_shown = PAGE_ID in widths
        self._arranging = True
        for column in range(len(HEADERS)):
            self.setColumnHidden(column, column not in widths)
            if column in widths:
                self.setColumnWidth(column, widths[column])
        self._arranging = False

    def _on_section_resized(self, column: int, old_width: int, new_width: int) -> None:
        if self._arranging or not old_width or not new_width:
            return
        if column == PAGE:
            # The Page takes what is left: its edge moves the neighbor's.
            header = self.horizontalHeader()
            columns_after = [
                header.logicalIndex(visual_index)
                for visual_index in range(header.visualIndex(PAGE) + 1, header.count())
            ]
            column = next((one for one in columns_after if not self.isColumnHidden(one)), CLIENT)
            new_width = max(50, self.columnWidth(column) - (new_width - old_width))
        self.column_layout = with_width(self.column_layout, column, round(new_width / self._delegate.factor))
        QTimer.singleShot(0, self._arrange_columns)
        self.column_layout_changed.emit()

    def _on_section_moved(self) -> None:
        if not self._arranging:
            header = self.horizontalHeader()
            order = [header.logicalIndex(visual_index) for visual_index in range(header.count())]
            self.column_layout = with_order(self.column_layout, order)
            self.column_layout_changed.emit()

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
        if not index.isValid() or index.column() != TOKEN or not self.pages.row(index.row()).has_token:
            return -1
        return index.row() if self._delegate.copy_rect(self.visualRect(index)).contains(where) else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        where = event.position().toPoint()
        copy_row, hovered_row = self._copy_at(where), self.indexAt(where).row()
        if (copy_row, hovered_row) != (self._delegate.hovered_copy, self._delegate.hovered):
            self._delegate.hovered_copy, self._delegate.hovered = copy_row, hovered_row
            self.viewport().setCursor(
                Qt.CursorShape.PointingHandCursor if copy_row >= 0 else Qt.CursorShape.ArrowCursor
            )
            self.viewport().update()
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.row_selection.pressed(
            event.position().toPoint(), event.modifiers()
        ):
            return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        copy_row = self._copy_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and copy_row >= 0 and not event.modifiers():
            self.copy_wanted.emit(self.pages.row(copy_row))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        where = event.position().toPoint()
        if self.row_selection.pressed(where, event.modifiers()):
            return
        index = self.indexAt(where)
        if index.isValid() and self._copy_at(where) < 0:
            self.copy_wanted.emit(self.pages.row(index.row()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_ring(visible=event.reason() in _BY_KEYS)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            # A press chooses its own.
            self.choose_some()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_ring(visible=False)

    def _show_ring(self, *, visible: bool) -> None:
        """A line around the list for who comes by keys; for who comes by mouse the row that is chosen tells enough."""
        if bool(self.property("ring")) != visible:
            self.setProperty("ring", visible)
            restyle(self)

    def choose_some(self) -> None:
        """Go to a row in sight where none is chosen: keys act on the row that one is at."""
        if self.chosen() is None and self.pages.rowCount():
            top_row = max(0, self.rowAt(0))
            index = self.currentIndex()
            row = index.row() if index.isValid() else top_row
            self.selectionModel().setCurrentIndex(
                self.pages.index(row, PAGE),
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.chosen()
        if row is not None and (
            event.matches(QKeySequence.StandardKey.Copy) or event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        ):
            self.copy_wanted.emit(row)
        elif event.matches(QKeySequence.StandardKey.Copy):
            # Qt alone would copy the word of the cell that was looked at last.
            event.accept()
        elif event.keyCombination() == _MENU_KEYS and QGuiApplication.platformName() in _PLATFORMS_WITHOUT_MENU_KEYS:
            self._open_menu_at_row(self.currentIndex())
        elif not self.row_selection.typed(event):
            super().keyPressEvent(event)

    def _open_menu_at_row(self, index: QModelIndex) -> None:
        if index.isValid():
            self.menu_wanted.emit(
                self.pages.row(index.row()), self.viewport().mapToGlobal(self.visualRect(index).center())
            )

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index: QModelIndex = (
            self.currentIndex() if keyboard else self.indexAt(self.viewport().mapFromGlobal(event.globalPos()))
        )
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        if keyboard:
            self._open_menu_at_row(index)
        else:
            self.menu_wanted.emit(self.pages.row(index.row()), event.globalPos())
