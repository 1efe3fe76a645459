"""The program's table of 10,000 Pages against the same rows behind a QSortFilterProxyModel in an equal view.

A key stroke of the search until it is painted, and a sort until it is painted, in turn in one run.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from gui.app import make_application
from gui.panels.page_words import PageWords
from gui.text import fold
from gui.tour.ui_driver import process_events
from gui.widgets import page_columns
from gui.widgets.page_delegate import PageDelegate
from gui.widgets.page_model import PageModel, PreparedRows, Words, prepare
from gui.widgets.page_table import PageTable
from tests.bench.contents import page_rows
from tests.bench.figures import Figure, figure_of_rounds, report

PAGES, ROUNDS = 10_000, 7
#: What a person types, letter by letter, and deletes again.
TYPED = ("muller", "café", "10100", "nordlys 3", "المخبز", "works", "東京")
SORTED_BY = (
    page_columns.CATEGORY,
    page_columns.PAGE_ID,
    page_columns.STATE,
    page_columns.MAY,
    page_columns.PAGE,
    page_columns.ENDS,
    page_columns.TOKEN,
)
ANCHOR = "QSortFilterProxyModel"


class ProxyModel(QSortFilterProxyModel):
    """Filters and sorts as one would by Qt's own means, with the same prepared texts and keys."""

    def __init__(self, prepared: PreparedRows) -> None:
        super().__init__()
        self._prepared = prepared
        self._query: list[str] = []

    def set_query(self, text: str) -> None:
        """Show rows that hold every word of `text`."""
        self._query = fold(text.strip()).split()
        self.invalidateRowsFilter()

    def filterAcceptsRow(self, row: int, parent: QModelIndex | QPersistentModelIndex) -> bool:
        folded = self._prepared.folded[row]
        return all(word in folded for word in self._query)

    def lessThan(self, left: QModelIndex | QPersistentModelIndex, right: QModelIndex | QPersistentModelIndex) -> bool:
        keys = self._prepared.keys[left.column()]
        return bool(keys[left.row()] < keys[right.row()])


class ProxyDelegate(PageDelegate):
    """Paints as the program's delegate does, which knows the program's model only."""

    def __init__(self, proxy: ProxyModel, view: QTableView) -> None:
        super().__init__(lambda row: None, view)
        self._proxy = proxy
        self.compact, self.selecting, self.id_shown = True, True, True

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, self._proxy.mapToSource(index))


def _proxy_table(prepared: PreparedRows, words: Words, like: PageTable) -> tuple[QTableView, ProxyModel]:
    """A view that looks as the program's table does, on the proxy."""
    view = QTableView()
    source = PageModel(words, view)
    source.set_prepared(prepared)
    proxy = ProxyModel(prepared)
    proxy.setParent(view)
    proxy.setSourceModel(source)
    view.setModel(proxy)
    view.setItemDelegate(ProxyDelegate(proxy, view))
    view.setSelectionBehavior(like.selectionBehavior())
    view.setSelectionMode(like.selectionMode())
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setMouseTracking(True)
    view.setHorizontalScrollBarPolicy(like.horizontalScrollBarPolicy())
    view.setVerticalScrollMode(like.verticalScrollMode())
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(like.verticalHeader().defaultSectionSize())
    view.horizontalHeader().setFixedHeight(like.horizontalHeader().height())
    return view, proxy


def _show(view: QWidget) -> None:
    # The program's table goes to its first row when the keyboard comes to it; the other view does not.
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.resize(1000, 680)
    view.show()
    process_events(200)


def _milliseconds_to_painted(view: QTableView, change: Callable[[], object]) -> float:
    began = time.perf_counter()
    change()
    view.viewport().repaint()
    return (time.perf_counter() - began) * 1000


def _search(table: PageTable, view: QTableView, proxy: ProxyModel, typed: Sequence[str]) -> tuple[float, float]:
    """A round of typing: the median key stroke of the proxy, and of the program's table."""
    anchors, ours = [], []
    for word in typed:
        for end in (*range(1, len(word) + 1), *range(len(word) - 1, -1, -1)):
            text = word[:end]
            anchors.append(_milliseconds_to_painted(view, partial(proxy.set_query, text)))
            ours.append(_milliseconds_to_painted(table, partial(table.pages.set_query, text)))
            assert proxy.rowCount() == len(table.pages.visible), "both show the same Pages"
            QApplication.processEvents()
    return statistics.median(anchors), statistics.median(ours)


def measure() -> Iterator[Figure]:
    """A key stroke and a sort."""
    application = make_application(["page-keys"])
    words = PageWords((), int(time.time()))
    # In the order of their names from the start: the proxy need not sort while it filters.
    rows = prepare(page_rows(PAGES), words).rows
    rows.sort(key=lambda row: row.folded)
    prepared = prepare(rows, words)
    table = PageTable(words)
    table.set_prepared(prepared)
    _show(table)
    view, proxy = _proxy_table(prepare(rows, words), words, table)
    for column in range(len(page_columns.HEADERS)):
        view.setColumnHidden(column, table.isColumnHidden(column))
        view.setColumnWidth(column, table.columnWidth(column))
    _show(view)
    assert table.viewport().grab().toImage() == view.viewport().grab().toImage(), "both paint the same"
    repaints = [
        (_milliseconds_to_painted(view, lambda: None), _milliseconds_to_painted(table, lambda: None))
        for _ in range(10 * ROUNDS)
    ]
    yield figure_of_rounds("table", "a repaint alone", "ms", repaints, "the equal view's")
    rounds = [_search(table, view, proxy, TYPED) for _ in range(ROUNDS + 1)][1:]
    yield figure_of_rounds("table", f"search in {PAGES:,} Pages, key to painted", "ms", rounds, ANCHOR, aim=0.5)
    sorts = []
    order = Qt.SortOrder.DescendingOrder
    for column in SORTED_BY:
        anchor = _milliseconds_to_painted(view, partial(proxy.sort, column, order))
        ours = _milliseconds_to_painted(table, partial(table.pages.sort, column, order))
        sorts.append((anchor, ours))
        process_events(20)
    yield figure_of_rounds("table", f"sort of {PAGES:,} Pages until painted", "ms", sorts, ANCHOR, aim=0.1)
    # A proxy that sorted once puts every row that comes back into its place.
    proxy.sort(page_columns.CATEGORY)
    table.pages.sort(page_columns.CATEGORY)
    rounds = [_search(table, view, proxy, TYPED[:1]) for _ in range(ROUNDS)]
    yield figure_of_rounds("table", "the same search in sorted rows", "ms", rounds, ANCHOR)
    del application


def main() -> None:
    report(measure())


if __name__ == "__main__":
    main()
