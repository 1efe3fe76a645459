"""The order in which Tab goes through a window: as the eye does, whatever was made when."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget


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
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
        return
    for child in _as_read(widget):
        yield from _in_order(child)


def _as_read(parent: QWidget) -> list[QWidget]:
    """What lies in a widget, line by line. By its place, not by its layout: asking layouts for their items made
    wrappers that ended the program when the window went (PySide6 6.11).
    """
    options = Qt.FindChildOption.FindDirectChildrenOnly
    children = [one for one in parent.findChildren(QWidget, options=options) if not one.isHidden()]
    children.sort(key=lambda one: one.y())
    lines: list[list[QWidget]] = []
    for child in children:
        if lines and child.geometry().center().y() <= lines[-1][0].geometry().bottom():
            lines[-1].append(child)
        else:
            lines.append([child])
    from_right = parent.isRightToLeft()
    for line in lines:
        line.sort(key=lambda one: (-one.geometry().right() if from_right else one.x(), one.y()))
    return [child for line in lines for child in line]
