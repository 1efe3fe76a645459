"""The side bar: the mark, where one can go, who is connected; folds to icons in a narrow window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.widgets import icons
from gui.widgets.icons import set_icon
from gui.widgets.pieces import button, label, row, scrolled

if TYPE_CHECKING:
    from gui.widgets.person_button import PersonButton

WIDE, NARROW = 216, 64
_NAV = (("pages", "layout-list", "Pages"), ("health", "heart-pulse", "Health"))
_FOOT = (("settings", "settings", "Settings"), ("help", "circle-question-mark", "Help"))


class SideBar(QWidget):
    """`went` names where to go: pages, health, settings, help, add; `person_chosen` carries a connection's id."""

    went = Signal(str)
    person_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDE)
        self._narrow = False
        self._mark = QLabel()
        self._mark.setFixedSize(30, 30)
        self._name = label("Page Keys", "heading")
        self._site = label("", "second", wrap=True, name="siteMark")
        self._site.hide()
        self._group = QButtonGroup(self)
        self._texts: dict[QPushButton, str] = {}
        self._people_shown: list[PersonButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 16, 12, 14)
        self._column.setSpacing(3)
        head = row(self._mark, self._name, None, spacing=8)
        head.setContentsMargins(6, 0, 0, 14)
        self._column.addLayout(head)
        self._column.addWidget(self._site)
        for key, icon, text in _NAV:
            self._column.addWidget(self._nav(key, icon, text))
        self._caps = label("CONNECTIONS", "caps")
        self._caps.setContentsMargins(10, 14, 0, 4)
        self._column.addWidget(self._caps)
        self._people = QVBoxLayout()
        self._people.setContentsMargins(0, 0, 0, 0)
        self._people.setSpacing(2)
        self._column.addWidget(scrolled(self._people), 1)
        for key, icon, text in _FOOT:
            self._column.addWidget(self._nav(key, icon, text))
        self._leave = self._nav("leave", "arrow-left", "Leave practice", checkable=False)
        self._leave.hide()
        self._column.insertWidget(self._column.count() - len(_FOOT), self._leave)
        self._add = self._nav("add", "plus", "Add a connection", checkable=False)
        # Or a folded bar is narrower than this button, and whoever stands with it is cut off.
        self._add.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.refresh()
        self.set_people([], 0)

    def _nav(self, key: str, icon: str, text: str, *, checkable: bool = True) -> QPushButton:
        made = button(text, lambda: self.went.emit(key), kind="nav", icon=icon, name=f"nav_{key}")
        made.setAccessibleName(text)
        made.setToolTip(text)
        made.setCheckable(checkable)
        if checkable:
            self._group.addButton(made)
        self._texts[made] = text
        return made

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
        nav = self.findChild(QPushButton, f"nav_{key}")
        assert isinstance(nav, QPushButton)
        words = next(text for name, _, text in _NAV if name == key)
        self._texts[nav] = f"{words}   {count:,}" if count else words
        nav.setAccessibleName(f"{words}, {count:,}" if count else words)
        nav.setText("" if self._narrow else self._texts[nav])

    def set_people(self, people: list[tuple[int, str, str, str, str]], present: int) -> None:
        """Each is (id, person, app, state, the state in words); `present` is the one shown."""
        self._people_shown.clear()
        while (item := self._people.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self._add:
                widget.hide()
                widget.deleteLater()
        for person in people:
            from gui.widgets.person_button import PersonButton

            made = PersonButton(*person)
            made.narrow = self._narrow
            self._people_shown.append(made)
            made.setChecked(person[0] == present)
            made.clicked.connect(lambda _=False, number=person[0]: self.person_chosen.emit(number))
            self._people.addWidget(made)
        self._people.addWidget(self._add)
        self._add.show()
        self._people.addStretch(1)

    def set_place(self, key: str) -> None:
        """Mark where the person is."""
        found = self.findChild(QPushButton, f"nav_{key}")
        if isinstance(found, QPushButton):
            found.setChecked(True)

    def set_narrow(self, narrow: bool) -> None:
        """Fold to icons, or unfold."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.setFixedWidth(NARROW if narrow else WIDE)
        self._name.setVisible(not narrow)
        self._caps.setVisible(not narrow)
        self._site.setVisible(bool(self._site.text()) and not narrow)
        for made, text in self._texts.items():
            made.setText("" if narrow else text)
        for person in self._people_shown:
            person.narrow = narrow
            person.updateGeometry()
            person.update()

    def refresh(self) -> None:
        """Take the colors of the scheme in force."""
        icons.refresh(self)
        if icons.asleep():
            return
        from gui.widgets.mark import mark_pixmap

        self._mark.setPixmap(mark_pixmap(30, max(1.0, self.devicePixelRatioF())))
        for made in self._texts:
            set_icon(made, str(made.property("lucideName")), "on_soft" if made.isChecked() else "muted")
