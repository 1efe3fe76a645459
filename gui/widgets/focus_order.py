"""The order in which Tab goes through a window: as the eye does, whatever was made when."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

#: The property of what takes something away when it is pressed: it gets the focus from nobody but the person.
TAKES_AWAY = "takesAway"


def focus_next(root: QWidget, *, forward: bool) -> bool:
    """Give the focus to what comes after, or before, what has it under `root`; whether there was anything."""
    focus = root.window().focusWidget()
    order = list(_in_order(root, focus))
    at = next((place for place, one in enumerate(order) if _holds(one, focus)), None)
    if at is None:
        at = -1 if forward else 0
    # Beginning with the one after it, once around.
    ahead = [order[(at + (step if forward else -step)) % len(order)] for step in range(1, len(order) + 1)]
    target = next((one for one in ahead if _is_usable(one)), None)
    if focus is not None and 0 <= at < len(order) and not _is_usable(order[at]):
        target = _neighbor(root, focus) or target
    if target is None:
        return False
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    bring_into_sight(target)
    return True


def _neighbor(root: QWidget, gone: QWidget) -> QWidget | None:
    """What has the focus after `gone`, which was hidden or disabled.

    That is the next one in the least part of the window that holds it and anything else, or else the one before: never
    another part's while its own has any, nor what is at the window's other end.
    """
    part: QWidget | None = gone
    while part is not None and part is not root:
        part = part.parentWidget()
        order = list(_in_order(part, gone)) if part is not None and _is_usable(part) else []
        at = next((place for place, one in enumerate(order) if _holds(one, gone)), len(order))
        for one in (*order[at + 1 :], *reversed(order[:at])):
            if _is_usable(one) and not one.property(TAKES_AWAY):
                return one
    return None


def focus_first(root: QWidget) -> None:
    """Give the focus to the first that Tab reaches in `root`, if there is any."""
    first = next(_in_order(root, None), None)
    if first is not None:
        first.setFocus(Qt.FocusReason.OtherFocusReason)


def bring_into_sight(widget: QWidget) -> None:
    """Scroll to a widget, in whatever scroll areas it lies."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            contents = parent.widget()
            if contents is not None and widget.height() > parent.viewport().height():
                # Of what is higher than its room, the top.
                parent.verticalScrollBar().setValue(widget.mapTo(contents, QPoint(0, 0)).y())
            else:
                parent.ensureWidgetVisible(widget, 0, 0)
        parent = parent.parentWidget()


def _is_usable(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled()


def _in_order(widget: QWidget, focus: QWidget | None) -> Iterator[QWidget]:
    """What Tab reaches: `widget` itself, or what lies in it; `focus`, too, though it be hidden or out of Tab's way."""
    if not _is_usable(widget) and not _holds(widget, focus):
        return
    if widget is focus or widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
        return
    for child in _as_read(widget, focus):
        yield from _in_order(child, focus)


def _holds(widget: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (widget is focus or widget.isAncestorOf(focus))


def _as_read(parent: QWidget, focus: QWidget | None) -> list[QWidget]:
    """What lies in a widget, line by line. By its place, not by its layout: asking layouts for their items made
    wrappers that ended the program when the window went (PySide6 6.11).
    """
    options = Qt.FindChildOption.FindDirectChildrenOnly
    children = [
        one for one in parent.findChildren(QWidget, options=options) if not one.isHidden() or _holds(one, focus)
    ]
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
