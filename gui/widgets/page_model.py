"""The rows of the Page table: an own list of visible row numbers, filtered and sorted in a few milliseconds."""

from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from gui.text import fold
from gui.values import NO_END, PageRow

PAGE, MAY, TOKEN, ENDS, STATE = range(5)
HEADERS: Final = ("Page", "What you may do", "Page token", "Ends", "State")
ROW: Final = int(Qt.ItemDataRole.UserRole)
_Index = QModelIndex | QPersistentModelIndex
_STATE_ORDER = {"needs_you": 0, "soon": 1, "works": 2}
_NONE = QModelIndex()


class Words:
    """How the model's cells are said; the panel gives it, so that widgets know no desk."""

    def may(self, row: PageRow) -> str:
        return ", ".join(row.page.tasks or ())

    def ends(self, row: PageRow) -> str:
        return ""

    def state(self, row: PageRow) -> str:
        return row.state

    def origins(self, row: PageRow) -> str:
        return ", ".join(row.page.origins)


class PageModel(QAbstractTableModel):
    """Pages by ID; `rows` holds all, `visible` the numbers of those shown, in order."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.rows: list[PageRow] = []
        self.visible: list[int] = []
        self._place: dict[str, int] = {}
        self._query = ""
        self._state = ""
        self._column = PAGE
        self._descending = False

    # ------------------------------------------------------------------- rows
    def set_rows(self, rows: list[PageRow]) -> None:
        """Take these rows and no others."""
        self.beginResetModel()
        self.rows = list(rows)
        self._place = {row.page.id: place for place, row in enumerate(self.rows)}
        self._arrange()
        self.endResetModel()

    def merge(self, rows: tuple[PageRow, ...]) -> None:
        """Add rows, or put them in the place of those with the same Page ID. New ones are shown at the end."""
        new: list[int] = []
        changed: list[int] = []
        for row in rows:
            place = self._place.get(row.page.id)
            if place is None:
                self._place[row.page.id] = len(self.rows)
                new.append(len(self.rows))
                self.rows.append(row)
            else:
                self.rows[place] = row
                changed.append(place)
        shown = [place for place in new if self._shows(self.rows[place])]
        if shown:
            self.beginInsertRows(_NONE, len(self.visible), len(self.visible) + len(shown) - 1)
            self.visible.extend(shown)
            self.endInsertRows()
        if len(changed) > 20:
            self.dataChanged.emit(self.index(0, 0), self.index(max(0, len(self.visible) - 1), STATE))
        else:
            for place in changed:
                if place in self.visible:
                    at = self.visible.index(place)
                    self.dataChanged.emit(self.index(at, 0), self.index(at, STATE))

    def row(self, at: int) -> PageRow:
        """The row shown at this place."""
        return self.rows[self.visible[at]]

    def by_id(self, page_id: str) -> PageRow | None:
        place = self._place.get(page_id)
        return None if place is None else self.rows[place]

    def place_of(self, page_id: str) -> int:
        """Where the Page is shown; -1 when it is not."""
        place = self._place.get(page_id, -1)
        return self.visible.index(place) if place in self.visible else -1

    def counts(self) -> dict[str, int]:
        """How many rows there are in each state, and under "" in all."""
        found = {"": len(self.rows), "works": 0, "soon": 0, "needs_you": 0}
        for row in self.rows:
            found[row.state] = found.get(row.state, 0) + 1
        return found

    # -------------------------------------------------------- filter and order
    def set_query(self, text: str) -> None:
        """Show rows whose name, ID or category holds every word of `text`."""
        self._query = fold(text.strip())
        self._reset()

    def set_state(self, state: str) -> None:
        """Show only rows in this state; empty shows all."""
        self._state = state
        self._reset()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._descending = column, order == Qt.SortOrder.DescendingOrder
        self._reset()

    def arrange(self) -> None:
        """Filter and sort anew, after rows were merged."""
        self._reset()

    def _reset(self) -> None:
        self.beginResetModel()
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        shown = [place for place, row in enumerate(self.rows) if self._shows(row)]
        self.visible = sorted(shown, key=self._key, reverse=self._descending)

    def _shows(self, row: PageRow) -> bool:
        if self._state and row.state != self._state:
            return False
        return all(word in row.folded for word in self._query.split())

    def _key(self, place: int) -> tuple[Any, ...]:
        row = self.rows[place]
        by_name = (row.folded, place)
        if self._column == MAY:
            return (self.words.may(row), *by_name)
        if self._column == TOKEN:
            return (not row.has_token, *by_name)
        if self._column == ENDS:
            end = row.expires_at
            return (3 if not row.has_token else 2 if end is None else 1 if end == NO_END else 0, end or 0, *by_name)
        if self._column == STATE:
            return (_STATE_ORDER.get(row.state, 0), *by_name)
        return by_name

    # --------------------------------------------------------------- Qt's side
    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.visible)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.row(index.row())
        if role == ROW:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._said(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == PAGE:
            page = row.page
            instagram = f"Instagram @{page.instagram_name}, ID {page.instagram_id}" if page.instagram_id else ""
            return "\n".join(line for line in (page.name, page.category, f"Page ID {page.id}", instagram, f"From: {self.words.origins(row)}") if line)
        return None

    def _said(self, row: PageRow, column: int) -> str:
        if column == PAGE:
            return row.page.name or row.page.id
        if column == MAY:
            return self.words.may(row)
        if column == TOKEN:
            return f"token ending in {' '.join(row.last_four)}" if row.has_token else "none given"
        return self.words.ends(row) if column == ENDS else self.words.state(row)
