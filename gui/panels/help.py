"""Help: topics that can be searched, in plain words, without a network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QBoxLayout, QFrame, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from gui.i18n import _
from gui.jobs import Jobs
from gui.panels.panel import Panel
from gui.services.help_topics import find_topics, help_topics
from gui.shell.commands import Command
from gui.widgets.fields import SearchField
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.scaled import ANY_SIZE
from gui.widgets.widget_factory import button, column, fold, label

if TYPE_CHECKING:
    from gui.services.help_topics import Topic
    from gui.services.session import Session

#: How wide the list of topics is, and a topic at most: longer lines are hard to follow (average characters).
_LIST_WIDTH, _TEXT_WIDTH = 34, 110
#: How many topics are in sight above the text of a narrow panel.
_TOPICS_ABOVE = 3
#: Of a line (percent), and the room below a paragraph (pixels).
_LINE_HEIGHT, _AFTER_PARAGRAPH = 128, 8


class HelpPanel(Panel):
    """Topics on the left, the one chosen on the right; in a narrow panel below them."""

    narrow_under = 640

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, _("Help"), parent)
        self.header_buttons.addWidget(
            button(_("About Page Keys"), lambda: self.request(Command.SHOW_ABOUT), kind="quiet", name="helpAbout")
        )
        self.add_way_back(_("Back"), Command.LEAVE_HELP, "helpBack")
        self._list = _TopicList()
        self._list.setObjectName("helpTopics")
        self._list.setAccessibleName(_("Topics"))
        self._list.setWordWrap(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.currentItemChanged.connect(self._show_current)
        self._search = SearchField(_("Search the help"), _("Search the help"), "helpSearch")
        for signal in (self._search.list_wanted, self._search.returnPressed):
            signal.connect(self._go_to_list)
        self._search.textChanged.connect(self._find)
        self._nothing = label(_("Nothing matches. Try another word."), "muted", wrap=True, name="helpNothing")
        self._left = QWidget()
        explain = button(
            _("Explain an error"),
            lambda: self.request(Command.EXPLAIN_ERROR),
            kind="quiet",
            icon="circle-question-mark",
            name="helpExplain",
        )
        self._left.setLayout(column(self._search, self._nothing, self._list, FlowLayout(explain), spacing=10))
        self._frame = QFrame()
        self._frame.setProperty("kind", "card")
        self._text = QTextBrowser()
        self._text.setObjectName("helpText")
        self._text.setAccessibleName(_("Help"))
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        self._text.setOpenLinks(False)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        inside = column(self._text)
        inside.setContentsMargins(14, 8, 6, 8)
        self._frame.setLayout(inside)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(16)
        self._line.addWidget(self._left)
        self._line.addWidget(self._frame, 1)
        self._line.addStretch()
        self.body.addLayout(self._line, 1)
        self._is_narrow = False
        #: The name of the topic on show.
        self._topic = ""
        self._list_topics(help_topics())
        self._take_widths()

    def set_narrow(self, narrow: bool) -> None:
        self._is_narrow = narrow
        fold(self._line, narrow)
        self._take_widths()

    def _take_widths(self) -> None:
        character = self.fontMetrics().averageCharWidth()
        self._frame.setMaximumWidth(character * _TEXT_WIDTH)
        self._left.setMinimumWidth(0 if self._is_narrow else character * _LIST_WIDTH)
        self._left.setMaximumWidth(character * (_TEXT_WIDTH if self._is_narrow else _LIST_WIDTH))
        height_above = self._list.sizeHintForRow(0) * _TOPICS_ABOVE
        self._list.setMaximumHeight(max(1, height_above) if self._is_narrow else ANY_SIZE)

    def begin(self, topic: str = "") -> None:
        """Show this topic, or the one looked at before."""
        self._search.clear()
        for place in range(self._list.count()):
            if self._list.item(place).data(Qt.ItemDataRole.UserRole) == topic:
                self._list.setCurrentRow(place)
        if (item := self._list.currentItem()) is not None:
            self._list.scrollToItem(item)
        self._text.setFocus()

    def _go_to_list(self) -> None:
        if self._list.count():
            self._list.setFocus()

    def _find(self, query: str) -> None:
        self._list_topics(find_topics(query))

    def _list_topics(self, topics: Sequence[Topic]) -> None:
        """List these; the one on show stays if it is among them."""
        shown = self._topic
        self._list.clear()
        for topic in topics:
            item = QListWidgetItem(topic.title, self._list)
            item.setData(Qt.ItemDataRole.UserRole, topic.name)
        names = [topic.name for topic in topics]
        self._list.setCurrentRow(names.index(shown) if shown in names else 0)
        self._nothing.setVisible(not topics)

    def _show_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._topic = item.data(Qt.ItemDataRole.UserRole)
            self._text.setMarkdown(next(topic.text for topic in help_topics() if topic.name == self._topic))
            _space(self._text.document())

    def refresh(self) -> None:
        super().refresh()
        self._take_widths()
        # A document keeps the colors that it was made with.
        self._show_current(self._list.currentItem())


class _TopicList(QListWidget):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt would put the topic's name in the place of a token that was copied.
        if not event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)


def _space(document: QTextDocument) -> None:
    """Let lines and paragraphs stand apart as on a page to be read; Markdown says nothing of that."""
    document.setDocumentMargin(10)
    cursor = QTextCursor(document)
    while True:
        block = cursor.blockFormat()
        block.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        block.setBottomMargin(_AFTER_PARAGRAPH)
        cursor.setBlockFormat(block)
        if not cursor.movePosition(QTextCursor.MoveOperation.NextBlock):
            return
