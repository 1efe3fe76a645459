"""The order in which Tab goes through a window: as the eye does, by the layouts, whatever was made when."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def focus_next(root: QWidget, *, forward: bool) -> bool:
    """Give the focus to what comes after, or before, what has it under `root`; whether there was anything."""
    order = list(_in_order(root))
    if not order:
        return False
    focus = root.window().focusWidget()
    at = next((place for place, one in enumerate(order) if one is focus or (focus and one.isAncestorOf(focus))), None)
    if at is None:
        at = -1 if forward else 0
    target = order[(at + (1 if forward else -1)) % len(order)]
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    bring_into_sight(target)
    return True


def bring_into_sight(widget: QWidget) -> None:
    """Scroll to a widget, in whatever scroll areas it lies."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget, 0, 0)
        parent = parent.parentWidget()


def _in_order(widget: QWidget) -> Iterator[QWidget]:
    """What Tab reaches: `widget` itself, or what lies in it."""
    if not widget.isVisible() or not widget.isEnabled():
        return
    within = list(_within(widget))
    # One that hands the focus on to what is reached anyway is no place of its own.
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() not in within:
        yield widget
    yield from within


def _within(widget: QWidget) -> Iterator[QWidget]:
    if isinstance(widget, QScrollArea):
        if (inside := widget.widget()) is not None:
            yield from _in_order(inside)
    elif (layout := widget.layout()) is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            yield from _in_order(widget)
        elif inner is not None:
            yield from _in_layout(inner)
