"""Copy for a tool: the fields that it asks for, in its own names and format, and its own first call as a test."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from gui.i18n import _, list_of, ngettext
from gui.jobs import Jobs
from gui.panels.panel import Panel
from gui.services.first_call import try_tool_for
from gui.services.hand_over import cautions, choices, kind_words, note_given, prepare
from gui.services.keep import read_accounts
from gui.services.tools import purposes_line, tools
from gui.shell.commands import Command, Request
from gui.widgets.facts_list import clear
from gui.widgets.fields import SearchField
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.scaled import ANY_SIZE
from gui.widgets.widget_factory import button, card, column, fold, icon_label, label, row
from gui.widgets.wrapping_list import WrappingList

if TYPE_CHECKING:
    from gui.services.hand_over import Caution, HandOver, HandOverField
    from gui.services.keep import AccountsSnapshot
    from gui.services.session import Session
    from gui.services.tools import Tool
    from gui.values import PageRow, StoredLogin

#: How wide the list of tools is (average characters), and how many are in sight above a narrow panel.
_LIST_WIDTH, _TOOLS_ABOVE = 34, 4
#: A field's words have so much beside its button, or that stands below (pixels).
_LEAST_WORDS = 220


class HandOverPanel(Panel):
    """Copies for one tool, for one Page or many."""

    narrow_under = 760

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, _("Copy for a tool"), parent)
        self.add_way_back(_("Back to the Pages"), Command.SHOW_PAGES, "handOverBack")
        self._rows: list[PageRow] = []
        self._logins: tuple[StoredLogin, ...] = ()
        self._hand_over: HandOver | None = None
        self._next_field = 0
        self._search = SearchField(_("Search tools"), _("Search tools"), "toolSearch")
        self._search.textChanged.connect(self._list_tools)
        self._list = WrappingList()
        self._search.list_wanted.connect(self._list.setFocus)
        self._search.returnPressed.connect(self._list.setFocus)
        self._list.setObjectName("toolList")
        self._list.setAccessibleName(_("Tools"))
        self._list.currentItemChanged.connect(self._choose)
        self._nothing = label(
            _("No tool is called that. Copy the token and the Page ID by themselves."), "muted", wrap=True
        )
        self._nothing.hide()
        self._left = QWidget()
        self._left.setLayout(column(self._search, self._nothing, self._list, spacing=10))
        self._frame, self._inside = card(margins=(20, 16, 20, 18), spacing=10, name="toolCard")
        right = QVBoxLayout()
        right.addWidget(self._frame)
        right.addStretch(1)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(16)
        self._line.addWidget(self._left)
        self._line.addLayout(right, 1)
        whole = QVBoxLayout()
        whole.addLayout(self._line, 1)
        self.put_scrolled(whole)
        self._is_narrow = False
        self._take_widths()

    def set_narrow(self, narrow: bool) -> None:
        self._is_narrow = narrow
        fold(self._line, narrow)
        self._take_widths()

    def _take_widths(self) -> None:
        width = self.fontMetrics().averageCharWidth() * _LIST_WIDTH
        self._left.setMinimumWidth(0 if self._is_narrow else width)
        self._left.setMaximumWidth(ANY_SIZE if self._is_narrow else width)
        above = max(1, self._list.sizeHintForRow(0)) * _TOOLS_ABOVE
        self._list.setMaximumHeight(above if self._is_narrow else ANY_SIZE)

    # ----------------------------------------------------------------- contents
    def begin(self, rows: Sequence[PageRow]) -> None:
        """Copy for a tool the tokens of these Pages."""
        self.notices.clear()
        self._rows = list(rows)
        name = rows[0].page.display_name if len(rows) == 1 else ngettext("{count} Page", "{count} Pages", len(rows))
        self.set_subtitle(_("Token of {name}. Choose the tool that is to get it.", name=name))
        self._search.clear()
        self._list_tools("")
        self.work(read_accounts, self.session, done=self._take_accounts)
        self.give_focus(self._search)

    def leave(self) -> None:
        """Let go of the secrets."""
        # A copy: what is still prepared is for no one any more.
        self._rows, self._hand_over = list(self._rows), None
        clear(self._inside)

    def _take_accounts(self, accounts: AccountsSnapshot) -> None:
        self._logins = accounts.logins
        self._show()

    def _list_tools(self, query: str) -> None:
        chosen = self._tool
        found = choices(query)
        self._list.blockSignals(True)
        self._list.clear()
        for tool in found:
            item = self._list.add(tool.name, tool.key)
            if chosen is not None and tool.key == chosen.key:
                self._list.setCurrentItem(item)
        self._list.blockSignals(False)
        if self._list.currentItem() is None and found:
            self._list.setCurrentRow(0)
        self._nothing.setVisible(not found)
        self._choose()

    @property
    def _tool(self) -> Tool | None:
        item = self._list.currentItem()
        return tools().get(item.data(Qt.ItemDataRole.UserRole)) if item is not None else None

    def choose_tool(self, key: str) -> None:
        """Choose a tool by its key."""
        self._search.clear()
        for place in range(self._list.count()):
            if self._list.item(place).data(Qt.ItemDataRole.UserRole) == key:
                self._list.setCurrentRow(place)
                self._list.scrollToItem(self._list.item(place))

    def _choose(self, *_arguments: object) -> None:
        self._hand_over = None
        self._next_field = 0
        self.notices.clear()
        self._show()
        tool = self._tool
        if tool is not None and tool.fields and self._rows:
            rows = self._rows
            self.work(
                prepare, self.session, tool, rows,
                done=lambda hand_over: self._take(hand_over, rows), again=self._choose,
            )  # fmt: skip

    def _take(self, hand_over: HandOver, rows: list[PageRow]) -> None:
        """Show what was prepared, unless another tool or other Pages were chosen meanwhile."""
        if rows is self._rows and self._tool is not None and hand_over.tool.key == self._tool.key:
            self._hand_over = hand_over
            self._show()

    def _show(self) -> None:
        clear(self._inside)
        tool = self._tool
        self._frame.setVisible(tool is not None)
        if tool is None:
            return
        self._inside.addWidget(label(tool.name, "heading", wrap=True, name="toolName"))
        self._inside.addWidget(label(f"{kind_words(tool)} {purposes_line(tool)}".strip(), "second", wrap=True))
        for caution in cautions(tool, self._rows, self._logins, self.session.now()):
            self._inside.addLayout(self._caution_line(caution))
        if self._hand_over is not None:
            self._show_fields(self._hand_over)
        self._inside.addWidget(label(_("What to do there"), "strong", wrap=True))
        for number, step in enumerate(tool.steps, 1):
            self._inside.addWidget(label(f"{number}.  {_(step)}", wrap=True))
        if self._hand_over is not None and tool.call:
            test = button(_("Test it as that tool would"), self._test, icon="circle-check", name="toolTest")
            self._inside.addLayout(FlowLayout(test))

    def _caution_line(self, caution: Caution) -> FlowLayout:
        text = label(caution.text, wrap=True)
        text.setMinimumWidth(_LEAST_WORDS)
        line = FlowLayout(spacing=10)
        line.add_layout(row(icon_label("info", "soon", 18), text, spacing=10))
        if caution.row is not None:
            # Of the login whose token the tool gets, whoever else reaches the Page.
            request = Request(Command.SHOW_FIT, page_id=caution.row.page.id, login_id=caution.row.login_id)
            line.addWidget(button(_("What is missing?"), partial(self.requested.emit, request), name="toolMissing"))
        return line

    def _show_fields(self, hand_over: HandOver) -> None:
        if hand_over.left_out:
            names = list_of(hand_over.left_out[:3])
            more = len(hand_over.left_out) - 3
            text = _("Left out, without what the tool wants or of another account: {names}", names=names)
            self._inside.addWidget(label(f"{text} (+{more})" if more > 0 else text, "second", wrap=True))
        fields = hand_over.fields
        if hand_over.blocks == 1:
            for field in fields:
                self._inside.addLayout(self._field_line(hand_over, field))
            if len(fields) > 1:
                self._next = button("", self._copy_next, icon="arrow-right", name="toolNext")
                self._say_next()
            copy_all = button(_("Copy it all"), self._copy_all, kind="main", icon="copy", name="toolCopyAll")
            buttons = [copy_all] if len(fields) == 1 else [self._next, copy_all]
            self._inside.addLayout(FlowLayout(*buttons, spacing=10))
            return
        words = ngettext("For {count} Page, one block each.", "For {count} Pages, one block each.", len(hand_over.rows))
        if hand_over.blocks < len(hand_over.rows):
            words = ngettext(
                "{count} block, one for each account.", "{count} blocks, one for each account.", hand_over.blocks
            )
        if hand_over.is_one_at_a_time:
            one_each = _("The tool takes one of them in a file: use each block for a copy of its own.")
            words = f"{words} {one_each}"
        self._inside.addWidget(label(words, wrap=True))
        self._inside.addLayout(
            FlowLayout(button(_("Copy it all"), self._copy_all, kind="main", icon="copy", name="toolCopyAll"))
        )

    def _field_line(self, hand_over: HandOver, field: HandOverField) -> FlowLayout:
        shown = (
            _("ends in {characters}", characters=field.value.last_four)
            if field.is_secret
            else _("to be replaced by your own")
            if field.is_own
            else field.shown
        )
        words = QWidget()
        words.setLayout(
            column(label(field.name, "strong", wrap=True), *([label(shown, "second")] if shown else []), spacing=0)
        )
        words.setMinimumWidth(_LEAST_WORDS)
        line = FlowLayout(words, spacing=10)
        press = button(_("Copy"), partial(self._copy, hand_over, field), icon="copy", name=f"toolCopy_{field.name}")
        press.setAccessibleName(_("Copy {name}", name=field.name))
        line.addWidget(press)
        return line

    # -------------------------------------------------------------------- doing
    def _copy(self, hand_over: HandOver, field: HandOverField) -> None:
        self.copied.emit(field.value, _("{field} for {tool}", field=field.name, tool=hand_over.tool.name))
        if field.is_secret and not field.is_app_secret:
            self.jobs.start(note_given, self.session, hand_over.tool, hand_over.rows, owner=self)

    def _copy_next(self) -> None:
        """Copy the next field, while the person pastes one after the other."""
        hand_over = self._hand_over
        if hand_over is None:
            return
        self._copy(hand_over, hand_over.fields[self._next_field])
        self._next_field = (self._next_field + 1) % len(hand_over.fields)
        self._say_next()

    def _say_next(self) -> None:
        assert self._hand_over is not None
        self._next.setText(_("Next: copy {name}", name=self._hand_over.fields[self._next_field].name))

    def _copy_all(self) -> None:
        hand_over = self._hand_over
        if hand_over is None:
            return
        self.copied.emit(hand_over.text, _("all that {tool} asks for", tool=hand_over.tool.name))
        self.jobs.start(note_given, self.session, hand_over.tool, hand_over.rows, owner=self)

    def _test(self) -> None:
        hand_over = self._hand_over
        if hand_over is None:
            return
        self.notices.clear()
        self.work(
            try_tool_for, self.session, hand_over.tool, hand_over.rows,
            saying=_("Asking Facebook as {tool} would …", tool=hand_over.tool.name), asks_facebook=True,
            lock=self._list.setDisabled, done=lambda count: self._tested(hand_over, count),
            again=self._test,
        )  # fmt: skip

    def _tested(self, hand_over: HandOver, count: int) -> None:
        if count == 1:
            self.say("tool_tested", name=hand_over.tool.name)
            return
        pages = ngettext("{count} Page", "{count} Pages", count)
        self.say("tool_tested_for", name=hand_over.tool.name, found=pages)

    def act(self, request: Request) -> None:
        """A notice's button is for the account that these Pages' tokens are of, and for what the tool does."""
        rows = self._hand_over.rows if self._hand_over is not None else self._rows
        if not request.login_id and rows:
            request = request._replace(login_id=rows[0].login_id)
        tool = self._tool
        if request.command is Command.ASK_FOR_MORE and not request.purpose and tool is not None and tool.purposes:
            request = request._replace(purpose=tool.purposes[0])
        super().act(request)
