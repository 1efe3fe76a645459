"""Small makers of labels, buttons and cards, so that every view is put together in the same way."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.widgets.focus_order import TAKES_AWAY
from gui.widgets.icons import set_icon
from gui.widgets.plain_text import plain_tip
from gui.widgets.press_button import PushButton, ToolButton
from gui.widgets.scroll_area import ScrollArea

_Box = TypeVar("_Box", bound=QBoxLayout)
#: Icons of what forgets or disconnects.
_TAKING_AWAY = {"trash-2", "unplug"}
_ICON_ROLE = {"main": "on_accent", "danger": "on_accent", "quiet": "on_soft", "onbar": "on_bar", "nav": "muted"}


def label(text: str = "", kind: str = "", *, wrap: bool = False, name: str = "") -> QLabel:
    """A label of a kind that the style sheet knows (title, heading, strong, muted, second, hint)."""
    widget = QLabel(text)
    widget.setTextFormat(Qt.TextFormat.PlainText)
    if kind:
        widget.setProperty("kind", kind)
    if wrap:
        widget.setWordWrap(True)
        # On the side where the person's lines begin, whatever writing the words are in.
        side = Qt.AlignmentFlag.AlignRight if widget.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        widget.setAlignment(Qt.AlignmentFlag.AlignAbsolute | side | Qt.AlignmentFlag.AlignVCenter)
        widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    if name:
        widget.setObjectName(name)
    return widget


def button(
    text: str, on_click: Callable[[], object] | None = None, *, kind: str = "", icon: str = "", name: str = ""
) -> QPushButton:
    """A button whose words are a verb; `kind` main, quiet, chip, nav, onbar or plain."""
    widget = PushButton(text)
    widget.setProperty("kind", kind)
    widget.setObjectName(name)
    widget.setCursor(Qt.CursorShape.PointingHandCursor)
    widget.setAutoDefault(False)
    widget.setProperty(TAKES_AWAY, kind == "danger" or icon in _TAKING_AWAY)
    if icon:
        set_icon(widget, icon, _ICON_ROLE.get(kind, "text"))
    if on_click is not None:
        widget.clicked.connect(lambda: on_click())
    return widget


def tool(icon: str, says: str, on_click: Callable[[], object], *, name: str = "") -> QToolButton:
    """A button that is an icon alone; `says` is its tool tip and its name for a screen reader."""
    widget = ToolButton()
    widget.setObjectName(name)
    widget.setToolTip(plain_tip(says))
    widget.setAccessibleName(says)
    widget.setCursor(Qt.CursorShape.PointingHandCursor)
    set_icon(widget, icon, "muted")
    widget.clicked.connect(lambda: on_click())
    return widget


def icon_label(icon: str, role: str = "text", size: int = 18) -> QLabel:
    widget = QLabel()
    set_icon(widget, icon, role, size)
    return widget


def card(
    kind: str = "card", *, margins: tuple[int, int, int, int] = (24, 24, 24, 24), spacing: int = 12, name: str = ""
) -> tuple[QFrame, QVBoxLayout]:
    """A frame with a column in it."""
    frame = QFrame()
    frame.setProperty("kind", kind)
    frame.setObjectName(name)
    column = QVBoxLayout(frame)
    column.setContentsMargins(*margins)
    column.setSpacing(spacing)
    return frame, column


def scrolled(inside: QLayout, *, slim: bool = False) -> ScrollArea:
    """A layout that scrolls up and down when it does not fit; with a slim bar where its contents have no margin."""
    container = QWidget()
    container.setObjectName("scrolled")
    container.setLayout(inside)
    return ScrollArea(container, slim=slim)


def rule() -> QFrame:
    frame = QFrame()
    frame.setProperty("kind", "rule")
    return frame


def row(*items: QWidget | QLayout | int | None, spacing: int = 8) -> QHBoxLayout:
    """Items side by side; None stretches, a number is that much space."""
    return _fill(QHBoxLayout(), items, spacing)


def column(*items: QWidget | QLayout | int | None, spacing: int = 8) -> QVBoxLayout:
    """Items one below the other; None stretches, a number is that much space."""
    return _fill(QVBoxLayout(), items, spacing)


def fold(box: QBoxLayout, folded: bool) -> None:
    """Put a box's items one below the other where they have no room side by side, or side by side again."""
    box.setDirection(QBoxLayout.Direction.TopToBottom if folded else QBoxLayout.Direction.LeftToRight)


def _fill(box: _Box, items: tuple[QWidget | QLayout | int | None, ...], spacing: int) -> _Box:
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(spacing)
    for item in items:
        if item is None:
            box.addStretch(1)
        elif isinstance(item, int):
            box.addSpacing(item)
        elif isinstance(item, QLayout):
            box.addLayout(item)
        else:
            box.addWidget(item)
    return box


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at a changed property."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
