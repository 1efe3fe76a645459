"""The side bar: the logo, where one can go, who is connected; folds to icons in a narrow window."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.i18n import _, number
from gui.shell.commands import Command, Request
from gui.widgets import icons
from gui.widgets.icons import set_icon
from gui.widgets.widget_factory import button, label, row, scrolled

if TYPE_CHECKING:
    from gui.widgets.side_people import SideApp, SidePeople, SidePerson

WIDE, NARROW = 216, 64
#: What stands beside the words of a place: margins, padding, the icon, a scroll bar (pixels).
_AROUND_WORDS = 90


class Place(NamedTuple):
    """A button of the side bar: its key, its icon, its words, what it asks for."""

    key: str
    icon: str
    words: str
    command: Command


_NAV = (
    Place("pages", "layout-list", _("Pages"), Command.SHOW_ALL_PAGES),
    Place("health", "heart-pulse", _("Health"), Command.SHOW_HEALTH),
    Place("history", "history", _("History"), Command.SHOW_HISTORY),
)
_FOOT = (
    Place("settings", "settings", _("Settings"), Command.SHOW_SETTINGS),
    Place("help", "circle-question-mark", _("Help"), Command.SHOW_HELP),
)
_LEAVE = Place("leave", "arrow-left", _("Leave practice"), Command.LEAVE_PRACTICE)
_ADD = Place("add", "plus", _("Add a connection"), Command.ADD_LOGIN)


class SideBar(QWidget):
    """`requested` carries a Request: where to go, whose Pages to show, what is to be done with a login or an app."""

    requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._narrow = False
        self._logo = QLabel()
        self._logo.setFixedSize(30, 30)
        self._name = label("Page Keys", "heading")
        self._site = label("", "second", wrap=True, name="siteMark")
        self._site.hide()
        self._group = QButtonGroup(self)
        self._texts: dict[QPushButton, str] = {}
        self._people_list: SidePeople | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 16, 12, 14)
        self._column.setSpacing(3)
        head = row(self._logo, self._name, None, spacing=8)
        head.setContentsMargins(6, 0, 0, 14)
        self._column.addLayout(head)
        self._column.addWidget(self._site)
        for place in _NAV:
            self._column.addWidget(self._nav(place))
        self._caps = label(_("CONNECTIONS"), "caps")
        self._caps.setContentsMargins(10, 14, 0, 4)
        self._column.addWidget(self._caps)
        self._people = QVBoxLayout()
        self._people.setContentsMargins(0, 0, 0, 0)
        self._people.setSpacing(2)
        self._column.addWidget(scrolled(self._people, slim=True), 1)
        for place in _FOOT:
            self._column.addWidget(self._nav(place))
        self._leave = self._nav(_LEAVE, checkable=False)
        self._leave.hide()
        self._column.insertWidget(self._column.count() - len(_FOOT), self._leave)
        self._add = self._nav(_ADD, checkable=False)
        # Or a folded bar is narrower than this button, and whoever stands with it is cut off.
        self._add.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._people.addWidget(self._add)
        self._people.addStretch(1)
        self.refresh()

    def _nav(self, place: Place, *, checkable: bool = True) -> QPushButton:
        nav_button = button(
            place.words,
            lambda: self.requested.emit(Request(place.command)),
            kind="nav",
            icon=place.icon,
            name=f"nav_{place.key}",
        )
        nav_button.setAccessibleName(place.words)
        nav_button.setToolTip(place.words)
        nav_button.setCheckable(checkable)
        if checkable:
            self._group.addButton(nav_button)
            # So a screen reader calls it one of several, not a check box.
            nav_button.setAutoExclusive(True)
        self._texts[nav_button] = place.words
        return nav_button

    def set_site(self, words: str) -> None:
        """Say under the name that this is not the real Facebook; empty says nothing."""
        self._site.setText(words)
        self._site.setContentsMargins(8, 0, 4, 10)
        self._site.setVisible(bool(words) and not self._narrow)

    def set_can_leave(self, can_leave: bool) -> None:
        """Whether there is a real Facebook to go back to."""
        self._leave.setVisible(can_leave)

    def set_count(self, key: str, count: int) -> None:
        """The number beside a place: how many Pages are shown, how many need the person."""
        nav_button = self.findChild(QPushButton, f"nav_{key}")
        assert isinstance(nav_button, QPushButton)
        words = next(place.words for place in _NAV if place.key == key)
        self._texts[nav_button] = f"{words}   {number(count)}" if count else words
        nav_button.setAccessibleName(_("{place}, {count}", place=words, count=number(count)) if count else words)
        nav_button.setText("" if self._narrow else self._texts[nav_button])

    def set_people(self, people: list[SidePerson], apps: list[SideApp], present: str) -> None:
        """Show who is connected; `present` is what is on show: "person:3", "app:180…" or "all"."""
        if self._people_list is None:
            if not people:
                return
            # Not for the first paint: nobody is known yet.
            from gui.widgets.side_people import SidePeople

            self._people_list = SidePeople()
            self._people_list.set_narrow(self._narrow)
            self._people_list.requested.connect(self.requested)
            self._people.insertWidget(0, self._people_list)
        self._people_list.show_people(people, apps, present)

    def place_of(self, key: str) -> QPoint:
        """Where on the screen a menu of this place should open."""
        nav_button = self.findChild(QPushButton, f"nav_{key}")
        return (
            nav_button.mapToGlobal(nav_button.rect().bottomLeft())
            if isinstance(nav_button, QPushButton)
            else self.mapToGlobal(self.rect().center())
        )

    def set_place(self, key: str) -> None:
        """Mark where the person is."""
        nav_button = self.findChild(QPushButton, f"nav_{key}")
        if isinstance(nav_button, QPushButton):
            nav_button.setChecked(True)

    def set_narrow(self, narrow: bool) -> None:
        """Fold to icons, or unfold."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self._take_width()
        self._name.setVisible(not narrow)
        self._caps.setVisible(not narrow)
        self._site.setVisible(bool(self._site.text()) and not narrow)
        for nav_button, text in self._texts.items():
            nav_button.setText("" if narrow else text)
        if self._people_list is not None:
            self._people_list.set_narrow(narrow)

    def _take_width(self) -> None:
        """As wide as the words of its places need, in the system's text."""
        needed = max(nav_button.fontMetrics().horizontalAdvance(text) for nav_button, text in self._texts.items())
        self.setFixedWidth(NARROW if self._narrow else max(WIDE, needed + _AROUND_WORDS))

    def refresh(self) -> None:
        """Take the colors of the scheme in force, and its size of text."""
        icons.refresh(self)
        self._take_width()
        if icons.asleep():
            return
        # Not for the first paint: it has no icons.
        from gui.widgets.logo import logo_pixmap

        self._logo.setPixmap(logo_pixmap(30, max(1.0, self.devicePixelRatioF())))
        for nav_button in self._texts:
            set_icon(
                nav_button, str(nav_button.property("lucideName")), "on_soft" if nav_button.isChecked() else "muted"
            )
