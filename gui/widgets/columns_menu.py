"""The menu of what is more: columns to choose, how high rows are."""

from dataclasses import replace

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from gui.i18n import _
from gui.values import ColumnLayout
from gui.widgets.icons import icon
from gui.widgets.page_columns import HEADERS, PAGE, column_order, with_chosen
from gui.widgets.page_table import PageTable

_ROWS = (("", _("Row height to fit the number of Pages")), ("tall", _("Tall rows")), ("compact", _("Compact rows")))


def add_columns(menu: QMenu, table: PageTable) -> None:
    """Let the person choose columns and row height of this table."""
    menu.addSection(_("Columns"))
    shown_columns = table.shown_columns()
    for column in column_order(table.column_layout):
        if column == PAGE:
            continue
        action = menu.addAction(HEADERS[column])
        action.setCheckable(True)
        action.setChecked(column in shown_columns)
        action.toggled.connect(lambda on, column=column: _choose(table, column, on))
    menu.addSection(_("Rows"))
    group = QActionGroup(menu)
    for rows, words in _ROWS:
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(table.column_layout.rows == rows)
        group.addAction(action)
        action.triggered.connect(lambda _=False, rows=rows: _set_rows(table, rows))
    menu.addSeparator()
    menu.addAction(icon("undo-2"), _("Reset the table")).triggered.connect(
        lambda: table.change_column_layout(ColumnLayout())
    )


def _choose(table: PageTable, column: int, is_shown: bool) -> None:
    shown_columns = table.shown_columns()
    table.change_column_layout(
        with_chosen(table.column_layout, shown_columns | {column} if is_shown else shown_columns - {column})
    )


def _set_rows(table: PageTable, rows: str) -> None:
    table.change_column_layout(replace(table.column_layout, rows=rows))
