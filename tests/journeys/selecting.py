"""An agency's window, and hands that select in it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.tour.ui_driver import process_events


def select(journey, *places, modifiers=Qt.KeyboardModifier.NoModifier):
    """Click the boxes of the rows at these places; their rows."""
    table = journey.table
    rows = [table.pages.row(at) for at in places]
    for row in rows:
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifiers, table.box_place(row.page.id).center())
    process_events(30)
    return rows


def choose(journey, words):
    journey.driver.choose_in_menu(words)
