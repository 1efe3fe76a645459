"""A card with a heading and a line for each of some named things: name, second line, buttons."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from gui.i18n import _
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.facts_list import clear
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.focus_order import TAKES_AWAY
from gui.widgets.widget_factory import button, card, label, row, rule


class Press(NamedTuple):
    """A button of a line: its words, its icon, its object name, what it does."""

    words: str
    icon: str
    name: str
    call: Callable[[], object]
    kind: str = "quiet"


class Line(NamedTuple):
    """A line: its name, the second line below it, its buttons, and a `swatch` of its color or None."""

    name: str
    second: str
    presses: tuple[Press, ...]
    swatch: QWidget | None = None


class NamedList(QFrame):
    """Shows lines under a heading; `nothing` is said when there are none, `foot` stands below."""

    def __init__(self, heading: str, nothing: str, foot: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        frame, self._column = card(spacing=8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self._column.addWidget(label(heading, "heading"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self._column.addLayout(self._lines)
        self._nothing = nothing
        self._presses: list[QWidget] = []
        if foot is not None:
            self._column.addWidget(foot, 0, Qt.AlignmentFlag.AlignLeft)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these and no others. The focus stays at the same button, or at the same place in the list."""
        focus = self.window().focusWidget()
        place = next((place for place, one in enumerate(self._presses) if one is focus), -1)
        name = focus.objectName() if focus is not None else ""
        clear(self._lines)
        self._presses = []
        if not lines:
            self._lines.addWidget(label(self._nothing, "muted", wrap=True))
        for index, line in enumerate(lines):
            if index:
                self._lines.addWidget(rule())
            presses = [_button(press, line.name) for press in line.presses]
            self._presses += presses
            self._lines.addLayout(_line(line, presses))
        if place >= 0 and self._presses:
            # Where another line stands in its place, a key pressed again must not take that away, too.
            before = reversed(self._presses[: place + 1])
            at_place = next((one for one in before if not one.property(TAKES_AWAY)), self._presses[0])
            target = next((one for one in self._presses if one.objectName() == name), at_place)
            # A layout shows what is new in it a moment later, and what is not shown takes no focus.
            target.show()
            target.setFocus()


def _button(press: Press, whose: str) -> QWidget:
    widget = button(press.words, press.call, kind=press.kind, icon=press.icon, name=press.name)
    widget.setAccessibleName(_("{verb}: {what}", verb=press.words.rstrip(" …"), what=whose))
    return widget


def _line(entry: Line, presses: Sequence[QWidget]) -> QVBoxLayout:
    names: QBoxLayout = QVBoxLayout()
    names.setSpacing(0)
    names.addWidget(ElidedLabel(entry.name, kind="strong"))
    if entry.second:
        names.addWidget(label(entry.second, "second", wrap=True))
    head = names
    if entry.swatch is not None:
        head = row(entry.swatch, names, spacing=8)
        head.setStretch(1, 1)
    line = FlowLayout(head, *presses)
    layout = QVBoxLayout()
    layout.setContentsMargins(0, 2, 0, 2)
    layout.addLayout(line)
    return layout
