"""The rows of the Page table: an own list of visible row numbers, filtered and sorted in a few milliseconds.

Not a QSortFilterProxyModel: that calls Python for each row, or each comparison. At 10,000 rows a key stroke takes it
three times as long and a sort a hundred times, and the selection dies at each reset (`make bench` measures both).
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from gui.i18n import _
from gui.text import fold
from gui.values import NO_END, PageRow, TokenState
from gui.widgets.page_columns import (
    APP,
    BUSINESS,
    CATEGORY,
    CLIENT,
    ENDS,
    GOOD_FOR,
    HEADERS,
    MAY,
    PAGE,
    PAGE_ID,
    PERSON,
    STATE,
    TOKEN,
)
from gui.widgets.plain_text import plain_tip

ROW: Final = int(Qt.ItemDataRole.UserRole)
_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


class Words:
    """How the model's cells are said; the panel gives it, so that widgets know no service."""

    def may(self, row: PageRow) -> str:
        return ", ".join(row.page.tasks or ())

    def ends(self, row: PageRow) -> str:
        return ""

    def state(self, row: PageRow) -> str:
        return row.state.label

    def origins(self, row: PageRow) -> str:
        return ", ".join(row.page.origins)

    def person(self, row: PageRow) -> str:
        return ""

    def app(self, row: PageRow) -> str:
        return ""

    def good_for(self, row: PageRow) -> str:
        return ""

    def ready_for(self, row: PageRow) -> frozenset[str]:
        """The purposes that the row's token is ready for, by their keys."""
        return frozenset()

    def shown_for(self, row: PageRow, purpose: str) -> PageRow:
        """The row by that of its tokens which is ready for a purpose."""
        return row


def business(row: PageRow) -> str:
    """The business through which a Page is reached; empty when there is none."""
    return next(iter(row.page.businesses), "")


def clients(row: PageRow) -> str:
    return ", ".join(client.name for client in row.clients)


def _sort_keys(words: Words) -> dict[int, Callable[[PageRow], Any]]:
    """What each column sorts by; rows that are alike stay in the order of their names."""

    def ends(row: PageRow) -> tuple[int, int]:
        end = row.expires_at
        return (3 if not row.has_token else 2 if end is None else 1 if end == NO_END else 0, end or 0)

    return {
        PAGE: lambda row: row.folded,
        PAGE_ID: lambda row: row.page.id.rjust(24, "0"),
        CLIENT: lambda row: fold(clients(row)) or "\uffff",
        MAY: words.may,
        TOKEN: lambda row: not row.has_token,
        ENDS: ends,
        STATE: lambda row: -row.state.severity,
        PERSON: lambda row: fold(words.person(row)),
        APP: lambda row: fold(words.app(row)),
        GOOD_FOR: lambda row: fold(words.good_for(row)),
        BUSINESS: lambda row: fold(business(row)) or "\uffff",
        CATEGORY: lambda row: fold(row.page.category),
    }


@dataclass
class PreparedRows:
    """Rows with what searching and sorting need, made off the window's thread by `prepare`."""

    rows: list[PageRow]
    folded: list[str]
    place: dict[str, int]
    counts: Counter[TokenState]
    keys: dict[int, list[Any]] = field(default_factory=dict)
    by_name: list[int] = field(default_factory=list)
    #: How many Pages have a name, folded.
    names: Counter[str] = field(default_factory=Counter)


def _folded_name(row: PageRow) -> str:
    return row.folded.partition("\n")[0]


def searched(row: PageRow, words: Words) -> str:
    """What a search looks through: name, ID, category, clients and state, folded."""
    more = [fold(words.state(row))]
    if row.clients:
        more.append(fold(clients(row)))
    return "\n".join((row.folded, *more))


def prepare(rows: Iterable[PageRow], words: Words, columns: Iterable[int] = range(len(HEADERS))) -> PreparedRows:
    """Rows made ready; knows no Qt, so that any thread may do it."""
    row_list = list(rows)
    counts = Counter([row.state for row in row_list])
    prepared = PreparedRows(
        row_list,
        [searched(row, words) for row in row_list],
        {row.page.id: index for index, row in enumerate(row_list)},
        counts,
        names=Counter(map(_folded_name, row_list)),
    )
    prepared.by_name = sorted(range(len(row_list)), key=[row.folded for row in row_list].__getitem__)
    keys = _sort_keys(words)
    for column in columns:
        prepared.keys[column] = list(map(keys[column], row_list))
    return prepared


class PageModel(QAbstractTableModel):
    """Pages by ID. `visible` holds the numbers of the rows shown, in order; `selected` the IDs chosen, seen or not.

    `selection_changed` when `selected` did.
    """

    selection_changed = Signal()

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.visible: list[int] = []
        self.selected: set[str] = set()
        self._all = PreparedRows([], [], {}, Counter())
        self._query: list[str] = []
        self._state: TokenState | None = None
        self._client = 0
        self._business = ""
        self._purpose = ""
        self._column = PAGE
        self._descending = False
        self._base: list[int] = []
        #: Whether `_base` holds all rows in order; rows that are merged wait for the next key stroke or `arrange`.
        self._is_arranged = True

    @property
    def rows(self) -> list[PageRow]:
        return self._all.rows

    # ------------------------------------------------------------------- rows
    def set_rows(self, rows: list[PageRow]) -> None:
        """Take these rows and no others."""
        self.set_prepared(prepare(rows, self.words, ()))

    def set_prepared(self, prepared: PreparedRows) -> None:
        """Take rows that were made ready on another thread, and no others."""
        self.beginResetModel()
        self._all = prepared
        self._arrange()
        self.endResetModel()
        missing_ids = {page_id for page_id in self.selected if page_id not in prepared.place}
        if missing_ids:
            self.selected -= missing_ids
            self.selection_changed.emit()

    def merge(self, rows: tuple[PageRow, ...]) -> None:
        """Add rows, or put them in the place of those with the same Page ID. New ones are shown at the end."""
        prepared = self._all
        new_indices: list[int] = []
        changed_indices: list[int] = []
        for row in rows:
            index = prepared.place.get(row.page.id)
            if index is not None and prepared.rows[index] is row:
                # The end of a list brings every row once more.
                continue
            prepared.counts[row.state] += 1
            prepared.names[_folded_name(row)] += 1
            if index is None:
                prepared.place[row.page.id] = len(prepared.rows)
                new_indices.append(len(prepared.rows))
                prepared.rows.append(row)
                prepared.folded.append(searched(row, self.words))
            else:
                prepared.counts[prepared.rows[index].state] -= 1
                prepared.names[_folded_name(prepared.rows[index])] -= 1
                prepared.rows[index] = row
                prepared.folded[index] = searched(row, self.words)
                changed_indices.append(index)
        if not new_indices and not changed_indices:
            return
        prepared.keys.clear()
        prepared.by_name = []
        self._is_arranged = False
        shown_indices = [index for index in new_indices if self._shows(index)]
        if shown_indices:
            self.beginInsertRows(_NONE, len(self.visible), len(self.visible) + len(shown_indices) - 1)
            self.visible.extend(shown_indices)
            self.endInsertRows()
        if len(changed_indices) > 20:
            self.dataChanged.emit(self.index(0, 0), self.index(max(0, len(self.visible) - 1), len(HEADERS) - 1))
        else:
            for index in changed_indices:
                if index in self.visible:
                    view_row = self.visible.index(index)
                    self.dataChanged.emit(self.index(view_row, 0), self.index(view_row, len(HEADERS) - 1))

    def row(self, view_row: int) -> PageRow:
        """The row shown at this place; narrowed to a purpose, by the token that is ready for it."""
        return self._for_purpose(self._all.rows[self.visible[view_row]])

    def _for_purpose(self, row: PageRow) -> PageRow:
        return self.words.shown_for(row, self._purpose) if self._purpose and row.others else row

    def by_id(self, page_id: str) -> PageRow | None:
        index = self._all.place.get(page_id)
        return None if index is None else self._all.rows[index]

    def place_of(self, page_id: str) -> int:
        """Where the Page is shown; -1 when it is not."""
        index = self._all.place.get(page_id, -1)
        return self.visible.index(index) if index in self.visible else -1

    def counts(self) -> Counter[TokenState]:
        """How many rows there are in each state."""
        return self._all.counts

    # --------------------------------------------------------------- selection
    def select(self, page_ids: Iterable[str], on: bool) -> None:
        """Choose Pages, or let go of them."""
        before = len(self.selected)
        self.selected = self.selected | set(page_ids) if on else self.selected - set(page_ids)
        if len(self.selected) != before:
            self.selection_changed.emit()

    def select_shown(self) -> None:
        """Choose all that are shown."""
        rows = self._all.rows
        self.select([rows[index].page.id for index in self.visible], True)

    def clear_selected(self) -> None:
        """Choose none."""
        self.select(tuple(self.selected), False)

    def selected_rows(self) -> list[PageRow]:
        """The chosen rows, seen or not, by name; narrowed to a purpose, by the tokens that are ready for it."""
        rows = map(self._all.rows.__getitem__, self._by_name())
        return [self._for_purpose(row) for row in rows if row.page.id in self.selected]

    def _by_name(self) -> list[int]:
        """The numbers of all rows, by their names; kept until rows change."""
        prepared = self._all
        if len(prepared.by_name) != len(prepared.rows):
            prepared.by_name = sorted(range(len(prepared.rows)), key=[row.folded for row in prepared.rows].__getitem__)
        return prepared.by_name

    # -------------------------------------------------------- filter and order
    def set_query(self, text: str) -> None:
        """Show rows that hold every word of `text` in name, ID, category, clients or state."""
        self._query = fold(text.strip()).split()
        self.beginResetModel()
        self._search()
        self.endResetModel()

    def set_state(self, state: TokenState | None) -> None:
        """Show only rows in this state; None shows all."""
        self._state = state
        self.arrange()

    def set_narrowed(self, client: int, through: str, purpose: str = "") -> None:
        """Show only the Pages of this client (0: all), this business (empty: all), and ready for this purpose."""
        self._client, self._business, self._purpose = client, through, purpose
        self.arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._descending = column, order == Qt.SortOrder.DescendingOrder
        self.arrange()

    def arrange(self) -> None:
        """Filter and sort anew, after rows were merged."""
        self.beginResetModel()
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        prepared = self._all
        by_name = self._by_name()
        if self._column == PAGE:
            order = by_name[::-1] if self._descending else by_name
        else:
            order = sorted(by_name, key=self._keys().__getitem__, reverse=self._descending)
        is_narrowed = self._state is not None or self._client or self._business or self._purpose
        self._base = [index for index in order if self._passes(prepared.rows[index])] if is_narrowed else order
        self._is_arranged = True
        self._search()

    def _keys(self) -> list[Any]:
        """What the chosen column is sorted by, of every row as it is shown; kept until rows change."""
        prepared, key = self._all, _sort_keys(self.words)[self._column]
        if self._purpose:
            return [key(self._for_purpose(row)) for row in prepared.rows]
        if self._column not in prepared.keys:
            prepared.keys[self._column] = list(map(key, prepared.rows))
        return prepared.keys[self._column]

    def _search(self) -> None:
        if not self._is_arranged:
            self._arrange()
            return
        folded = self._all.folded
        indices = self._base
        for word in self._query:
            indices = [index for index in indices if word in folded[index]]
        self.visible = list(indices)

    def _passes(self, row: PageRow) -> bool:
        return (
            (self._state is None or self._for_purpose(row).state is self._state)
            and (not self._client or any(client.id == self._client for client in row.clients))
            and (not self._purpose or self._purpose in self.words.ready_for(row))
            and (not self._business or self._business in row.page.businesses)
        )

    def _shows(self, index: int) -> bool:
        return self._passes(self._all.rows[index]) and all(word in self._all.folded[index] for word in self._query)

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
        if role == Qt.ItemDataRole.DisplayRole:
            return self.said(row, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if index.column() == PAGE:
                return self._spoken(row)
            return self.said(row, index.column()) or _("{heading}: none", heading=HEADERS[index.column()])
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == PAGE:
            page = row.page
            instagram = (
                _("Instagram @{name}, ID {id}", name=page.instagram_name, id=page.instagram_id)
                if page.instagram_id
                else ""
            )
            lines = (
                page.display_name,
                page.category,
                _("Page ID {id}", id=page.id),
                instagram,
                _("From: {origins}", origins=self.words.origins(row)),
                clients(row) and _("Client: {names}", names=clients(row)),
            )
            return plain_tip("\n".join(line for line in lines if line))
        return None

    def _spoken(self, row: PageRow) -> str:
        """All of a row for a screen reader, and the keys: Copy and the box to select by are drawn, not widgets."""
        parts = [
            row.page.display_name,
            _("selected") if row.page.id in self.selected else "",
            row.page.category,
            _("Page ID {id}", id=row.page.id),
            self.words.state(row),
            _("Return copies the token") if row.has_token else _("no token"),
            _("Space selects"),
        ]
        return ", ".join(part for part in parts if part)

    def has_namesake(self, row: PageRow) -> bool:
        """Whether another Page of the list looks the same by its name."""
        return bool(row.page.name) and self._all.names[_folded_name(row)] > 1

    def said(self, row: PageRow, column: int) -> str:
        """What a cell says."""
        page = row.page
        if column == PAGE:
            return page.display_name
        if column == TOKEN:
            return (
                _("token ending in {characters}", characters=" ".join(row.last_four))
                if row.has_token
                else _("no token")
            )
        plain_texts = {PAGE_ID: page.id, CATEGORY: page.category}
        if column in plain_texts:
            return plain_texts[column]
        texts: dict[int, Callable[[PageRow], str]] = {
            CLIENT: clients, MAY: self.words.may, ENDS: self.words.ends, STATE: self.words.state,
            PERSON: self.words.person, APP: self.words.app, BUSINESS: business, GOOD_FOR: self.words.good_for,
        }  # fmt: skip
        return texts[column](row)
