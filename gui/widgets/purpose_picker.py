"""What a login is for: purposes in people's words, grouped, several at once, or a tool that sets them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.i18n import _
from gui.text import fold
from gui.widgets import widget_factory
from gui.widgets.announce import announce
from gui.widgets.fields import SearchField
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.press_button import CheckBox
from gui.widgets.widget_factory import button, column, label, scrolled


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be ticked: a purpose of a group, or a tool, which ticks its `sets`. `lines` stand below its name."""

    key: str
    group: str
    name: str
    lines: tuple[str, ...]
    folded: str
    sets: tuple[str, ...] = ()


class _Row(QWidget):
    """A box and what it means."""

    def __init__(self, choice: Choice, name: str) -> None:
        super().__init__()
        self.choice = choice
        self.box = CheckBox()
        self.box.setObjectName(name)
        self.box.setAccessibleName(choice.name)
        self.box.setAccessibleDescription("\n".join(filter(None, choice.lines)))
        # Beside the box, since its own words would not wrap.
        title = label(choice.name, wrap=True)
        texts = column(title, *(label(line, "second", wrap=True) for line in choice.lines if line), spacing=1)
        line = widget_factory.row(self.box, spacing=6)
        line.setAlignment(self.box, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        self.setLayout(line)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        # The words are as good as the box.
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.box.setFocus()
            self.box.click()


class PurposePicker(QWidget):
    """`chosen` carries the keys of the purposes that are ticked; `back_wanted` when nothing is to change."""

    chosen = Signal(tuple)
    back_wanted = Signal()

    def __init__(self, purposes: Sequence[Choice], tools: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search = SearchField(_("Search: website, leads, n8n …"), _("Search purposes and tools"), "purposeSearch")
        self._search.textChanged.connect(lambda: self._show_found())
        self.setFocusProxy(self._search)
        self._none = label(_("Nothing is called that. Try another word, or skip this."), "muted", wrap=True)
        self._none.setObjectName("purposeNone")
        self._none.hide()
        self._groups: list[tuple[QWidget, list[_Row]]] = []
        #: Purposes that are ticked because of a tool alone.
        self._by_tools: set[str] = set()
        rows = QVBoxLayout()
        rows.setSpacing(12)
        rows.addWidget(self._none)
        self._purposes = self._add_rows(rows, purposes, "purpose")
        self._tools = self._add_rows(rows, tools, "tool")
        for one in self._tools.values():
            one.box.toggled.connect(lambda on, one=one: self._take_tool(one.choice, on))
        rows.addStretch(1)
        rows.setContentsMargins(0, 0, 14, 0)
        self._count = label("", "second", wrap=True, name="purposeCount")
        for one in self._purposes.values():
            one.box.toggled.connect(lambda: self._show_count())
        self._use = button(_("Use these"), lambda: self.chosen.emit(self.keys()), kind="main", name="purposeUse")
        back = button(_("Back"), self.back_wanted.emit, kind="quiet", icon="arrow-left", name="purposeBack")
        whole = column(
            label(_("What is it for?"), "heading", wrap=True),
            label(
                _(
                    "Tick all that the tokens are to do, or the tool that gets one. "
                    "To see your Pages, nothing is needed. For Pages of people without a role in the app, "
                    "Meta must have reviewed it (Advanced Access)."
                ),
                "muted",
                wrap=True,
            ),
            self._search,
            spacing=8,
        )
        self._area = scrolled(rows)
        whole.addWidget(self._area, 1)
        whole.addWidget(self._count)
        whole.addLayout(FlowLayout(back, self._use, spacing=10))
        whole.setContentsMargins(24, 18, 12, 14)
        self.setLayout(whole)
        self._show_count()

    def _add_rows(self, rows: QVBoxLayout, choices: Sequence[Choice], kind: str) -> dict[str, _Row]:
        made: dict[str, _Row] = {}
        group = ""
        for choice in choices:
            if choice.group != group:
                group = choice.group
                heading = label(group, "strong", wrap=True)
                rows.addWidget(heading)
                self._groups.append((heading, []))
            made[choice.key] = made_row = _Row(choice, f"{kind}_{choice.key}")
            self._groups[-1][1].append(made_row)
            rows.addWidget(made_row)
        return made

    def begin(self, keys: Iterable[str]) -> None:
        """Show these purposes ticked, and every choice."""
        for row in self._tools.values():
            row.box.blockSignals(True)
            row.box.setChecked(False)
            row.box.blockSignals(False)
        self._by_tools.clear()
        chosen = set(keys)
        for key, row in self._purposes.items():
            row.box.setChecked(key in chosen)
        self._search.clear()
        self._area.verticalScrollBar().setValue(0)

    def keys(self) -> tuple[str, ...]:
        """The purposes that are ticked."""
        return tuple(key for key, row in self._purposes.items() if row.box.isChecked())

    def _take_tool(self, tool: Choice, on: bool) -> None:
        """Tick what a tool needs; untick what a tool ticked and no other ticked tool needs."""
        others = {key for row in self._tools.values() if row.box.isChecked() for key in row.choice.sets}
        if not tool.sets:
            self._show_count()
        for key in tool.sets:
            box = self._purposes[key].box
            if on and not box.isChecked():
                self._by_tools.add(key)
                box.setChecked(True)
            elif not on and key in self._by_tools and key not in others:
                self._by_tools.discard(key)
                box.setChecked(False)

    def _show_count(self) -> None:
        names = [row.choice.name for row in self._purposes.values() if row.box.isChecked()]
        if names:
            text = _("Chosen: {names}", names=" · ".join(names))
        elif any(row.box.isChecked() for row in self._tools.values()):
            text = _("This tool does what you build with it. Tick above what that is.")
        else:
            text = _("Nothing chosen: just your Pages and tokens.")
        self._count.setText(text)

    def _show_found(self) -> None:
        words = fold(self._search.text()).split()
        found = 0
        for heading, rows in self._groups:
            for row in rows:
                fits = all(word in row.choice.folded for word in words)
                row.setVisible(fits)
                found += fits
            heading.setVisible(any(not row.isHidden() for row in rows))
        self._none.setVisible(not found)
        if not found:
            announce(self._none, self._none.text())

    def hideEvent(self, event: QHideEvent) -> None:
        self._search.clear()
        super().hideEvent(event)
