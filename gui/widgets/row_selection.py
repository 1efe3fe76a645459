"""Choosing many Pages, by mouse and by keyboard: boxes, Ctrl and Shift as everywhere."""

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QTableView

from gui.widgets.page_columns import PAGE
from gui.widgets.page_delegate import PageDelegate
from gui.widgets.page_model import PageModel

_Key = Qt.Key
_Modifier = Qt.KeyboardModifier


class RowSelection(QObject):
    """Selects rows of a table: click on a box, Ctrl+click, Shift+click (range), Space, Shift+arrows, Ctrl+A, Escape."""

    def __init__(self, table: QTableView, delegate: PageDelegate) -> None:
        super().__init__(table)
        self._table, self._delegate = table, delegate
        self._anchor = ""

    @property
    def _pages(self) -> PageModel:
        model = self._table.model()
        assert isinstance(model, PageModel)
        return model

    def pressed(self, where: QPoint, modifiers: Qt.KeyboardModifier) -> bool:
        """Whether a press of the left button was for selecting."""
        index = self._table.indexAt(where)
        if not index.isValid():
            return False
        cell = self._table.visualRect(index)
        on_box = index.column() == PAGE and self._delegate.box_rect(cell).adjusted(-10, -10, 8, 10).contains(where)
        if modifiers & _Modifier.ShiftModifier:
            self._range(index.row())
        elif on_box or modifiers & _Modifier.ControlModifier:
            self._turn(index.row())
        else:
            self._anchor = self._pages.row(index.row()).page.id
            return False
        self._table.setCurrentIndex(self._pages.index(index.row(), PAGE))
        return True

    def typed(self, event: QKeyEvent) -> bool:
        """Whether a key was for selecting."""
        at = self._table.currentIndex().row()
        if event.key() == _Key.Key_Space and at >= 0:
            self._turn(at)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._pages.select_shown()
        elif event.key() == _Key.Key_Escape and self._pages.selected:
            self._pages.clear_selected()
        elif event.key() in {_Key.Key_Up, _Key.Key_Down} and event.modifiers() & _Modifier.ShiftModifier:
            return self._extend(at, -1 if event.key() == _Key.Key_Up else 1)
        else:
            return False
        return True

    def _turn(self, at: int) -> None:
        page_id = self._pages.row(at).page.id
        self._pages.select((page_id,), page_id not in self._pages.selected)
        self._anchor = page_id

    def _range(self, at: int) -> None:
        """Everything from the row pressed before to this one."""
        start = self._pages.place_of(self._anchor) if self._anchor else self._table.currentIndex().row()
        # The row pressed before may be hidden by now: then nothing lies between.
        first, last = sorted((start if start >= 0 else at, at))
        self._pages.select([self._pages.row(view_row).page.id for view_row in range(first, last + 1)], True)

    def _extend(self, at: int, step: int) -> bool:
        there = at + step
        if at < 0 or not 0 <= there < len(self._pages.visible):
            return True
        self._pages.select((self._pages.row(at).page.id, self._pages.row(there).page.id), True)
        self._table.setCurrentIndex(self._pages.index(there, PAGE))
        self._anchor = self._pages.row(there).page.id
        return True
