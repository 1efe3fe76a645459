"""What is known of a token, a login or an app: a name and its words on each line, with an icon where it is a state."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

from gui.values import Fact
from gui.widgets.widget_factory import icon_label, label, row


class FactsList(QWidget):
    """Lines of facts; a screen reader reads each as one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 1)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        clear(self._grid)
        for number, fact in enumerate(facts):
            name = label(fact.name, "muted", name=f"fact_{number}")
            name.setAlignment(Qt.AlignmentFlag.AlignTop)
            words = label(fact.text, "strong" if fact.tone else "", wrap=True, name=f"factText_{number}")
            words.setAccessibleName(f"{fact.name}: {fact.text}")
            self._grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
            if fact.tone is not None:
                picture = icon_label(fact.tone.icon, fact.tone.color, 18)
                line = row(picture, words, spacing=7)
                line.setStretch(1, 1)
                line.setAlignment(picture, Qt.AlignmentFlag.AlignTop)
                self._grid.addLayout(line, number, 1)
            else:
                self._grid.addWidget(words, number, 1)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout, layouts within it too."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
