"""What stands above the Page table: search, states, clients and businesses to choose from, a bar for adding a Page."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QMenu, QPushButton, QSizePolicy, QWidget

from gui import theme
from gui.i18n import _, number
from gui.values import Client, TokenState
from gui.widgets.elided_label import elided
from gui.widgets.fields import PlainField, SearchField
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.icons import dot, set_icon
from gui.widgets.plain_text import plain_tip, plain_words
from gui.widgets.widget_factory import button, row, tool

#: Every state, and None for all of them.
_CHIPS = (None, *TokenState)


class _Brevity(NamedTuple):
    """What the menu of more takes from the line, whether numbers go, how wide a name may be (average characters)."""

    takes_purposes: bool
    takes_choices: bool
    takes_numbers: bool
    longest_name: int


#: Each is tried in turn while there is no room.
_BREVITIES = (
    _Brevity(takes_purposes=False, takes_choices=False, takes_numbers=False, longest_name=40),
    _Brevity(takes_purposes=False, takes_choices=False, takes_numbers=False, longest_name=14),
    _Brevity(takes_purposes=True, takes_choices=False, takes_numbers=False, longest_name=14),
    _Brevity(takes_purposes=True, takes_choices=True, takes_numbers=False, longest_name=40),
    _Brevity(takes_purposes=True, takes_choices=True, takes_numbers=False, longest_name=14),
    _Brevity(takes_purposes=True, takes_choices=True, takes_numbers=True, longest_name=14),
    _Brevity(takes_purposes=True, takes_choices=True, takes_numbers=True, longest_name=8),
)


class _Narrowing(NamedTuple):
    """What a chip says that narrows the list: its kind, what is chosen of it, what it asks, its tool tip."""

    kind: str
    choose: str
    named: Callable[[str], str]
    tip: Callable[[str], str]


_OF_CLIENTS = _Narrowing(
    _("Client"),
    _("Choose a client"),
    lambda name: _("Client: {name}", name=name),
    lambda name: _("Shows client {name} only; press to show all", name=name),
)
_OF_BUSINESSES = _Narrowing(
    _("Business"),
    _("Choose a business"),
    lambda name: _("Business: {name}", name=name),
    lambda name: _("Shows business {name} only; press to show all", name=name),
)


_OF_PURPOSES = _Narrowing(
    _("Ready for"),
    _("Choose what the Pages are to be ready for"),
    lambda name: _("Ready for: {name}", name=name),
    lambda name: _("Shows the Pages that are ready for “{name}” only; press to show all", name=name),
)


class ReadyChoice(NamedTuple):
    """A purpose to narrow the list to: its key, its group, its name."""

    key: str
    group: str
    name: str


class PageTools(QWidget):
    """`query_changed` once a key stroke, `state_chosen` a TokenState or None for all.

    `narrowed` carries a client's id (0: all), a business (empty: all) and a purpose (empty: any); `more_wanted` where
    the menu of more opens.
    `list_wanted` comes when the person goes on from the search to what was found.
    """

    query_changed = Signal(str)
    state_chosen = Signal(object)
    narrowed = Signal(int, str, str)
    list_wanted = Signal()
    add_wanted = Signal()
    more_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search = SearchField(_("Search Pages"), _("Search Pages"), "search")
        self._search.list_wanted.connect(self.list_wanted)
        self._search.setMaximumWidth(330)
        self._search.setMinimumWidth(130)
        self.setFocusProxy(self._search)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.timeout.connect(lambda: self.query_changed.emit(self._search.text()))
        self._search.textChanged.connect(lambda: self._typing.start(0))
        line = self._line = FlowLayout(self._search)
        self._chips: dict[TokenState | None, QPushButton] = {}
        self._group = QButtonGroup(self)
        for state in _CHIPS:
            self._chips[state] = self._chip(state)
            line.addWidget(self._chips[state])
        self._brevity = _BREVITIES[0]
        self._counts: Counter[TokenState] = Counter()
        self.client, self.business, self.purpose = 0, "", ""
        self._clients: Sequence[Client] = ()
        self._businesses: Sequence[str] = ()
        self._purposes: Sequence[ReadyChoice] = ()
        self._client_chip = self._narrowing("chip_client", self._choose_client)
        self._business_chip = self._narrowing("chip_business", self._choose_business)
        self._purpose_chip = self._narrowing("chip_ready", self._choose_purpose)
        line.addWidget(self._purpose_chip)
        line.addWidget(self._client_chip)
        line.addWidget(self._business_chip)
        self._gap = QWidget()
        self._gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line.addWidget(self._gap)
        self._add = button(_("Add a Page"), self.add_wanted.emit, kind="quiet", icon="plus", name="pagesAdd")
        self._add.setToolTip(_("Add a Page"))
        self._add.setAccessibleName(_("Add a Page"))
        line.addWidget(self._add)
        self._more = tool(
            "ellipsis",
            _("Import, columns and more"),
            lambda: self.more_wanted.emit(self._more.mapToGlobal(self._more.rect().bottomLeft())),
            name="pagesMore",
        )
        line.addWidget(self._more)
        self.setLayout(line)

    def _chip(self, state: TokenState | None) -> QPushButton:
        chip = button(
            _chip_text(state),
            lambda: self.state_chosen.emit(state),
            kind="chip",
            name=f"chip_{state.value if state else 'all'}",
        )
        chip.setCheckable(True)
        chip.setChecked(state is None)
        chip.setAutoExclusive(True)
        self._group.addButton(chip)
        return chip

    def _narrowing(self, name: str, press: object) -> QPushButton:
        chip = button("", press, kind="chip", name=name)  # type: ignore[arg-type]
        chip.setCheckable(True)
        chip.hide()
        return chip

    # ------------------------------------------------------- clients, businesses
    def set_purposes(self, purposes: Sequence[ReadyChoice]) -> None:
        """What Pages can be ready for, group by group."""
        self._purposes = purposes
        self._fit()

    def set_choices(self, clients: Sequence[Client], businesses: Sequence[str]) -> None:
        """The clients and businesses that there are to choose from; a choice that is gone is let go of."""
        self._clients, self._businesses = clients, businesses
        before = (self.client, self.business)
        if self.client not in {one.id for one in clients}:
            self.client = 0
        if self.business not in businesses:
            self.business = ""
        self._fit()
        if before != (self.client, self.business):
            self.narrowed.emit(self.client, self.business, self.purpose)

    def _show_narrowing(self) -> None:
        client = next((one.name for one in self._clients if one.id == self.client), "")
        purpose = next((one.name for one in self._purposes if one.key == self.purpose), "")
        for chip, words, chosen_name, is_available in (
            (self._purpose_chip, _OF_PURPOSES, purpose, bool(self._purposes)),
            (self._client_chip, _OF_CLIENTS, client, bool(self._clients)),
            (self._business_chip, _OF_BUSINESSES, self.business, bool(self._businesses)),
        ):
            is_left_out = self._brevity.takes_purposes if chip is self._purpose_chip else self._brevity.takes_choices
            chip.setVisible(is_available and (not is_left_out or bool(chosen_name)))
            metrics = chip.fontMetrics()
            short_name = elided(chosen_name, metrics, self._brevity.longest_name * metrics.averageCharWidth())
            shown = plain_words(short_name) if self._brevity.takes_choices else words.named(plain_words(short_name))
            chip.setText(f"{shown}  ×" if chosen_name else f"{words.kind}  ▾")
            chip.setAccessibleName(
                _("{chosen}, press to show all", chosen=words.named(chosen_name)) if chosen_name else words.choose
            )
            chip.setToolTip(plain_tip(words.tip(chosen_name) if chosen_name else ""))
            chip.setChecked(bool(chosen_name))
        self._add.setText("" if self._brevity.takes_choices or self._is_narrowed else _("Add a Page"))
        set_icon(self._add, "plus", "on_soft")
        self._show_counts()

    @property
    def _is_narrowed(self) -> bool:
        return bool(self.client or self.business or self.purpose)

    def _choose_purpose(self) -> None:
        if self.purpose:
            self.narrow_to(self.client, self.business)
            return
        menu = QMenu(self)
        self._fill_purposes(menu)
        self._pop(menu, self._purpose_chip)

    def _fill_purposes(self, menu: QMenu) -> None:
        groups: dict[str, QMenu] = {}
        for one in self._purposes:
            if one.group not in groups:
                groups[one.group] = menu.addMenu(plain_words(one.group))
            groups[one.group].addAction(plain_words(one.name)).triggered.connect(
                lambda _=False, key=one.key: self.narrow_to(self.client, self.business, key)
            )

    def _choose_client(self) -> None:
        if self.client:
            self.narrow_to(0, self.business, self.purpose)
            return
        menu = QMenu(self)
        self._fill_clients(menu)
        self._pop(menu, self._client_chip)

    def _fill_clients(self, menu: QMenu) -> None:
        for one in self._clients:
            action = menu.addAction(dot(theme.avatar_at(one.color)), f"{plain_words(one.name)}   {number(one.pages)}")
            action.triggered.connect(lambda _=False, number=one.id: self.narrow_to(number, self.business, self.purpose))

    def _choose_business(self) -> None:
        if self.business:
            self.narrow_to(self.client, "", self.purpose)
            return
        menu = QMenu(self)
        self._fill_businesses(menu)
        self._pop(menu, self._business_chip)

    def _fill_businesses(self, menu: QMenu) -> None:
        for name in self._businesses:
            action = menu.addAction(plain_words(name))
            action.triggered.connect(lambda _=False, name=name: self.narrow_to(self.client, name, self.purpose))

    def add_to(self, menu: QMenu) -> None:
        """In a narrow window the choices stand in the menu of more."""
        if self._purposes and self._purpose_chip.isHidden():
            self._fill_purposes(menu.addMenu(_("Show what is ready for")))
        if not self._brevity.takes_choices:
            return
        if self._clients:
            self._fill_clients(menu.addMenu(_("Show a client")))
        if self._businesses:
            self._fill_businesses(menu.addMenu(_("Show a business")))
        menu.addSeparator()

    def _pop(self, menu: QMenu, chip: QPushButton) -> None:
        chip.setChecked(False)
        menu.setObjectName("narrowMenu")
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(chip.mapToGlobal(chip.rect().bottomLeft() + QPoint(0, 4)))

    def narrow_to(self, client: int, business: str, purpose: str = "") -> None:
        """Show the Pages of this client (0: all), this business (empty: all), and ready for this purpose only."""
        self.client, self.business, self.purpose = client, business, purpose
        self._fit()
        self.narrowed.emit(client, business, purpose)

    # ------------------------------------------------------------------- states
    def set_counts(self, counts: Counter[TokenState]) -> None:
        """How many Pages there are in each state."""
        self._counts = counts
        self._fit()

    def _show_counts(self) -> None:
        # In a narrow window the numbers make room for what the list is narrowed to, or where there is no room at all.
        is_brief = self._brevity.takes_numbers or (self._brevity.takes_choices and self._is_narrowed)
        for state, chip in self._chips.items():
            count = self._counts.total() if state is None else self._counts[state]
            chip.setText(_chip_text(state) if is_brief else f"{_chip_text(state)} {number(count)}")

    def choose_state(self, state: TokenState | None) -> None:
        """Mark one state, or all, as chosen."""
        self._chips[state].setChecked(True)

    def minimumSizeHint(self) -> QSize:
        # It is made to fit whatever width there is.
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            # Another height comes of what is shown and hidden here itself, in the middle of that.
            self._fit()

    def empty_search(self) -> bool:
        """Search for nothing any more; whether anything was searched for."""
        was_searching = bool(self._search.text())
        self._search.clear()
        return was_searching

    def _fit(self) -> None:
        """Say it in full where there is room; else the choices stand in the menu of more."""
        for brevity in _BREVITIES:
            self._brevity = brevity
            self._search.setPlaceholderText(_("Search") if brevity.takes_choices else _("Search Pages"))
            self._show_narrowing()
            if self._line.line_width <= self.width():
                break

    def refresh(self) -> None:
        """Take the system's size of text."""
        self._fit()

    def set_busy(self, busy: bool) -> None:
        self._add.setEnabled(not busy)


def _chip_text(state: TokenState | None) -> str:
    return _("All") if state is None else _(state.label)


class AddBar(QFrame):
    """Takes a Page ID, an address or any link; `given` carries what was typed."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._field = PlainField(_("Page ID, its address, or any link to it"), _("Page ID or address"), "addField")
        self._field.returnPressed.connect(self._give)
        self.setFocusProxy(self._field)
        self._go = button(_("Add"), self._give, kind="main", name="addGo")
        line = row(self._field, self._go, tool("x", _("Close"), self.hide, name="addClose"), spacing=8)
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
