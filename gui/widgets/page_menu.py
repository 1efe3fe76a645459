"""The menu of one Page: what can be copied, shown, tested and opened."""

from enum import Enum, auto
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from gui.i18n import _
from gui.values import PageRow
from gui.widgets.icons import icon


class PageAction(Enum):
    """What can be done with one Page."""

    COPY_TOKEN = auto()
    COPY_ID = auto()
    COPY_INSTAGRAM_ID = auto()
    COPY_ID_AND_TOKEN = auto()
    COPY_SETTING_LINE = auto()
    COPY_FOR_TOOL = auto()
    HAND_OVER = auto()
    SHOW_TOKEN = auto()
    TEST = auto()
    SHOW_FACTS = auto()
    SHOW_FIT = auto()
    EXPLAIN_ERROR = auto()
    SHOW_HISTORY = auto()
    SAY_WHY = auto()
    OPEN = auto()
    FORGET = auto()


class _Line(NamedTuple):
    action: PageAction
    words: str
    icon: str
    needs_token: bool = False


#: None is a line between.
_LINES = (
    _Line(PageAction.COPY_TOKEN, _("Copy the Page token"), "copy", True),
    _Line(PageAction.COPY_ID, _("Copy the Page ID"), "hash"),
    _Line(PageAction.COPY_INSTAGRAM_ID, _("Copy the Instagram account ID"), "hash"),
    _Line(PageAction.COPY_ID_AND_TOKEN, _("Copy Page ID and token, two lines"), "copy", True),
    _Line(PageAction.COPY_SETTING_LINE, _("Copy as NAME=token"), "copy", True),
    _Line(PageAction.COPY_FOR_TOOL, _("Copy for a tool …"), "plug-zap", True),
    _Line(PageAction.HAND_OVER, _("Hand over to a colleague …"), "users", True),
    None,
    _Line(PageAction.SHOW_TOKEN, _("Show the token"), "eye", True),
    _Line(PageAction.TEST, _("Test it"), "circle-check", True),
    _Line(PageAction.SHOW_FACTS, _("All details"), "heart-pulse"),
    _Line(PageAction.SHOW_FIT, _("What is it good for?"), "list-checks"),
    _Line(PageAction.EXPLAIN_ERROR, _("Explain an error …"), "circle-question-mark"),
    _Line(PageAction.SHOW_HISTORY, _("Its history"), "history"),
    _Line(PageAction.SAY_WHY, _("Why is there no token?"), "info"),
    None,
    _Line(PageAction.OPEN, _("Open the Page on Facebook"), "external-link"),
    _Line(PageAction.FORGET, _("Forget this Page"), "trash-2"),
)


class PageMenu(QMenu):
    """`chosen` carries a PageAction."""

    chosen = Signal(object)

    def __init__(self, row: PageRow, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pageMenu")
        for line in _LINES:
            if line is None:
                self.addSeparator()
                continue
            if (line.action is PageAction.SAY_WHY and row.has_token) or (
                line.action is PageAction.COPY_INSTAGRAM_ID and not row.page.instagram_id
            ):
                continue
            action = self.addAction(icon(line.icon), line.words)
            action.setEnabled(row.has_token or not line.needs_token)
            action.triggered.connect(lambda _=False, page_action=line.action: self.chosen.emit(page_action))
        self.aboutToHide.connect(self.deleteLater)
