"""What stands where a list would be while there is nothing in it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gui.widgets.widget_factory import icon_label, label


class EmptyState(QFrame):
    """An icon, what is so, and what to do about it."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._title = label("", "heading", wrap=True, name="emptyTitle")
        self._words = label("", "muted", wrap=True, name="emptyWords")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(40, 24, 40, 24)
        inside.addStretch(1)
        inside.addWidget(icon_label(icon, "muted", 36), 0, Qt.AlignmentFlag.AlignHCenter)
        for one in (self._title, self._words):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inside.addWidget(one)
        inside.addStretch(1)

    def say(self, title: str, words: str) -> None:
        self._title.setText(title)
        self._words.setText(words)
