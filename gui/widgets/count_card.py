"""A number that matters, with its icon and word; pressing it shows what was counted."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import i18n
from gui.values import Tone
from gui.widgets.icons import set_icon
from gui.widgets.press_button import PushButton
from gui.widgets.scaled import scaled_size
from gui.widgets.widget_factory import icon_label, label, row


class CountCard(PushButton):
    """One count: the icon of `tone`, the number, and what is so of that many."""

    def __init__(self, tone: Tone, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "count")
        self.setObjectName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tone = tone
        self._icon = icon_label(tone.icon, tone.color, 26)
        self._number = label("0", "number", name=f"{name}Number")
        self._words = label("", "muted", name=f"{name}Words")
        self._line = row(self._icon, self._number, self._words, None, spacing=12)
        self._line.setContentsMargins(18, 8, 18, 8)
        self.setLayout(self._line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for one in (self._icon, self._number, self._words):
            one.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return self._line.minimumSize().expandedTo(scaled_size(self, 120, 66))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def set_count(self, number: int, words: str) -> None:
        self._number.setText(i18n.number(number))
        self._words.setText(words)
        self.setAccessibleName(f"{i18n.number(number)} {words}")

    def refresh(self) -> None:
        """Take the colors of the scheme in force."""
        set_icon(self._icon, self._tone.icon, self._tone.color, 26)
