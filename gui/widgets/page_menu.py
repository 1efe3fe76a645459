"""The menu of one Page: what can be copied, shown, tested and opened."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from gui.values import PageRow
from gui.widgets.icons import icon

#: Wish, words, icon, whether it needs the token; None is a line between.
_LINES = (
    ("token", "Copy the Page token", "copy", True),
    ("id", "Copy the Page ID", "hash", False),
    ("instagram", "Copy the Instagram account ID", "hash", False),
    ("both", "Copy Page ID and token, two lines", "copy", True),
    ("setting", "Copy as NAME=token", "copy", True),
    None,
    ("show", "Show the token", "eye", True),
    ("test", "Test it", "circle-check", True),
    ("known", "All that is known of it", "heart-pulse", False),
    ("history", "Its history", "history", False),
    ("why", "Why is there no token?", "info", False),
    None,
    ("open", "Open the Page on Facebook", "external-link", False),
    ("forget", "Forget this Page", "trash-2", False),
)


class PageMenu(QMenu):
    """`wished` names what was chosen: token, id, instagram, both, setting, show, test, known, history, why, open, forget."""

    wished = Signal(str)

    def __init__(self, row: PageRow, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pageMenu")
        for line in _LINES:
            if line is None:
                self.addSeparator()
                continue
            wish, words, picture, needs_token = line
            if (wish == "why" and row.has_token) or (wish == "instagram" and not row.page.instagram_id):
                continue
            action = self.addAction(icon(picture), words)
            action.setEnabled(row.has_token or not needs_token)
            action.triggered.connect(lambda _=False, wish=wish: self.wished.emit(wish))
        self.aboutToHide.connect(self.deleteLater)
