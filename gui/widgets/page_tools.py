"""What stands above the Page table: search, states to choose from, and a bar for adding a Page."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QWidget

from gui.widgets.fields import PlainField
from gui.widgets.pieces import button, icon_label, row, tool

_CHIPS = (("", "All"), ("works", "Works"), ("soon", "Ends soon"), ("needs_you", "Needs you"))


class PageTools(QWidget):
    """`query_changed` once a key stroke, `state_chosen` a state or empty for all."""

    query_changed = Signal(str)
    state_chosen = Signal(str)
    add_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search = PlainField("Search name, ID or category", "Search Pages", "search")
        self._search.setClearButtonEnabled(True)
        self._search.setMaximumWidth(330)
        self._search.setMinimumWidth(150)
        glass = icon_label("search", "muted", 16)
        glass.setParent(self._search)
        glass.move(12, 10)
        self.setFocusProxy(self._search)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.timeout.connect(lambda: self.query_changed.emit(self._search.text()))
        self._search.textChanged.connect(lambda: self._typing.start(0))
        line = row(self._search, spacing=8)
        line.setStretch(0, 6)
        self._chips: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        for state, text in _CHIPS:
            chip = self._chip(state, text)
            self._chips[state] = chip
            line.addWidget(chip)
        line.addStretch(1)
        self._add = button("Add a Page", self.add_wanted.emit, kind="quiet", icon="plus", name="pagesAdd")
        line.addWidget(self._add)
        self.setLayout(line)

    def _chip(self, state: str, text: str) -> QPushButton:
        chip = button(text, lambda: self.state_chosen.emit(state), kind="chip", name=f"chip_{state or 'all'}")
        chip.setCheckable(True)
        chip.setChecked(not state)
        self._group.addButton(chip)
        return chip

    def set_counts(self, counts: dict[str, int]) -> None:
        """How many Pages there are in each state ("": all)."""
        for state, text in _CHIPS:
            self._chips[state].setText(f"{text} {counts[state]:,}")

    def choose_state(self, state: str) -> None:
        """Mark one state as chosen."""
        self._chips[state].setChecked(True)

    def set_narrow(self, narrow: bool) -> None:
        self._add.setText("Add" if narrow else "Add a Page")
        self._search.setPlaceholderText("Search" if narrow else "Search name, ID or category")

    def set_busy(self, busy: bool) -> None:
        self._add.setEnabled(not busy)


class AddBar(QFrame):
    """A field for a Page ID, an address or any link; `given` carries what was typed."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._field = PlainField("Page ID, its address, or any link to it", "Page ID or address", "addField")
        self._field.returnPressed.connect(self._give)
        self.setFocusProxy(self._field)
        self._go = button("Add", self._give, kind="main", name="addGo")
        line = row(self._field, self._go, tool("x", "Close", self.hide, name="addClose"), spacing=8)
        line.setContentsMargins(12, 8, 8, 8)
        self.setLayout(line)
        self.hide()

    def set_busy(self, busy: bool) -> None:
        self._go.setEnabled(not busy)

    def finish(self) -> None:
        """The Page was added."""
        self.set_busy(False)
        self._field.clear()
        self.hide()

    def _give(self) -> None:
        if self._go.isEnabled():
            self.given.emit(self._field.text())
