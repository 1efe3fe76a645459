"""The side bar: the mark, where one can go, who is connected; folds to icons in a narrow window."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.widgets import icons
from gui.widgets.icons import pixmap, set_icon
from gui.widgets.mark import mark_pixmap
from gui.widgets.page_delegate import first_letter
from gui.widgets.pieces import button, label, row

WIDE, NARROW = 216, 64
_NAV = (("pages", "layout-list", "Pages"),)
_FOOT = (("settings", "settings", "Settings"), ("help", "circle-question-mark", "Help"))
_STATE_ICON = {"works": ("circle-check", "works"), "soon": ("clock-alert", "soon"), "needs_you": ("triangle-alert", "bad")}


class PersonButton(QAbstractButton):
    """One connection: first letter, person, app, state."""

    def __init__(self, person_id: int, name: str, app: str, state: str, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person_id = person_id
        self._name, self._app, self._state = name, app, state
        self.narrow = False
        self.setCheckable(True)
        self.setObjectName(f"person_{person_id}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{name}, {app}, {says}")
        self.setToolTip(f"{name}\n{app}\n{says}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(40 if self.narrow else 180, 46)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.hasFocus():
            painter.setPen(QColor(c.accent if self.hasFocus() else c.line))
            painter.setBrush(QColor(c.surface) if self.isChecked() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        width = self.width()

        def box(x: float, y: float, w: float, h: float) -> QRectF:
            return QRectF(width - x - w if mirrored else x, y, w, h)

        face = box((width - 28) / 2 if self.narrow else 10, 9, 28, 28)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.avatar_color(self._name))
        painter.drawRoundedRect(face, 7, 7)
        painter.setPen(QColor(c.on_accent))
        painter.setFont(theme.sized_font(self.font(), 0.89, 700))
        painter.drawText(face, Qt.AlignmentFlag.AlignCenter, first_letter(self._name))
        if self.narrow:
            return
        align = Qt.AlignmentFlag.AlignVCenter | (Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft)
        for text, font, color, top in (
            (self._name, theme.sized_font(self.font(), 0.95, 600), c.text, 5),
            (self._app, theme.sized_font(self.font(), 0.89), c.muted, 23),
        ):
            painter.setFont(font)
            painter.setPen(QColor(color))
            painter.drawText(box(48, top, width - 80, 18), align, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width - 80))
        name, role = _STATE_ICON.get(self._state, _STATE_ICON["works"])
        painter.drawPixmap(box(width - 26, 15, 16, 16).topLeft(), pixmap(name, getattr(c, role), 16, max(1.0, self.devicePixelRatioF())))


class SideBar(QWidget):
    """`went` names where to go: pages, settings, help, add; `person_chosen` carries a connection's id."""

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
        inside = QWidget()
        inside.setObjectName("scrolled")
        inside.setLayout(self._people)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column.addWidget(self._area, 1)
        for key, icon, text in _FOOT:
            self._column.addWidget(self._nav(key, icon, text))
        self._leave = self._nav("leave", "arrow-left", "Leave practice", checkable=False)
        self._leave.hide()
        self._column.insertWidget(self._column.count() - len(_FOOT), self._leave)
        self._add = self._nav("add", "plus", "Add a connection", checkable=False)
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

    def set_count(self, count: int) -> None:
        """How many Pages are shown."""
        nav = self.findChild(QPushButton, "nav_pages")
        assert isinstance(nav, QPushButton)
        self._texts[nav] = f"Pages   {count:,}" if count else "Pages"
        nav.setText("" if self._narrow else self._texts[nav])

    def set_people(self, people: list[tuple[int, str, str, str, str]], present: int) -> None:
        """Each is (id, person, app, state, the state in words); `present` is the one shown."""
        while (item := self._people.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self._add:
                widget.hide()
                widget.deleteLater()
        for person in people:
            made = PersonButton(*person)
            made.narrow = self._narrow
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
        for person in self.findChildren(PersonButton):
            person.narrow = narrow
            person.updateGeometry()
            person.update()

    def refresh(self) -> None:
        """Take the colors of the scheme in force."""
        icons.refresh(self)
        self._mark.setPixmap(mark_pixmap(30, max(1.0, self.devicePixelRatioF())))
        for made in self._texts:
            set_icon(made, str(made.property("lucideName")), "on_soft" if made.isChecked() else "muted")
