"""What is known of a token, a login or an app: a name and its words on each line, with an icon where it is a state.

The words stand below their names where the list is narrow for its text.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

from gui import theme
from gui.values import Fact
from gui.widgets.widget_factory import icon_label, label, row

#: A list is narrow under this width (pixels, for text of the usual size).
_NARROW_UNDER = 420


class FactsList(QWidget):
    """Lines of facts; a screen reader reads each as one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(7)
        #: Each fact's name and words.
        self._pairs: list[tuple[QWidget, QWidget]] = []
        self._is_narrow = False

    def set_facts(self, facts: Sequence[Fact]) -> None:
        clear(self._grid)
        self._pairs = [_pair(number, fact) for number, fact in enumerate(facts)]
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < _NARROW_UNDER * theme.text_factor(self.font())
        if is_narrow is not self._is_narrow:
            self._is_narrow = is_narrow
            self._place()

    def _place(self) -> None:
        self._grid.setColumnStretch(0, self._is_narrow)
        self._grid.setColumnStretch(1, not self._is_narrow)
        for number, (name, words) in enumerate(self._pairs):
            if self._is_narrow:
                self._grid.addWidget(name, 2 * number, 0)
                self._grid.addWidget(words, 2 * number + 1, 0)
            else:
                self._grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
                self._grid.addWidget(words, number, 1)


def _pair(number: int, fact: Fact) -> tuple[QWidget, QWidget]:
    name = label(fact.name, "muted", name=f"fact_{number}")
    words = label(fact.text, "strong" if fact.tone else "", wrap=True, name=f"factText_{number}")
    words.setAccessibleName(f"{fact.name}: {fact.text}")
    if fact.tone is None:
        return name, words
    picture = icon_label(fact.tone.icon, fact.tone.color, 18)
    line = row(picture, words, spacing=7)
    line.setStretch(1, 1)
    line.setAlignment(picture, Qt.AlignmentFlag.AlignTop)
    both = QWidget()
    both.setLayout(line)
    return name, both


def clear(layout: QLayout) -> None:
    """Take everything out of a layout, layouts within it too."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
