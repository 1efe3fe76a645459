"""What stands beside the login: what happens here, what else to ask for, two more ways in."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gui.i18n import _
from gui.widgets.scaled import ANY_SIZE, scaled_length
from gui.widgets.widget_factory import button, column, icon_label, label, row, scrolled

_LINES = (
    ("log-in", _("You log in as you always do, on Facebook’s own page.")),
    ("layout-list", _("Facebook asks which Pages the app may use. Choose all that you need.")),
    ("key-round", _("You then come back here automatically, with a token for each Page.")),
)
#: How wide it is beside the login, in a wide panel and in a narrow one (pixels, for text of the usual size).
_WIDE, _NARROW = 290, 258


class LoginAside(QFrame):
    """`purposes_wanted` when the person wants to say what the tokens are for."""

    browser_wanted = Signal()
    paste_wanted = Signal()
    purposes_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        inside = QVBoxLayout()
        inside.setContentsMargins(20, 18, 16, 18)
        inside.setSpacing(10)
        inside.addWidget(label(_("What happens here"), "heading"))
        for icon, words in _LINES:
            picture = icon_label(icon, "on_soft", 20)
            line = row(picture, label(words, wrap=True), spacing=12)
            line.setAlignment(picture, Qt.AlignmentFlag.AlignTop)
            line.setStretch(1, 1)
            inside.addLayout(line)
        inside.addSpacing(2)
        self._title = label(_("What is it for?"), "strong")
        self._words = label("", "second", wrap=True, name="loginPurposeWords")
        self._choose = button(_("Choose …"), self.purposes_wanted.emit, icon="list-checks", name="loginPurposes")
        self._choose.setAccessibleName(_("Choose what it is for"))
        inside.addWidget(self._title)
        inside.addWidget(self._words)
        inside.addLayout(row(self._choose, None))
        inside.addStretch(1)
        others = column(
            label(_("Other ways to log in"), "muted"),
            button(_("Use my own browser"), self.browser_wanted.emit, icon="external-link", name="loginBrowser"),
            button(_("Paste a token"), self.paste_wanted.emit, icon="key-round", name="loginPaste"),
            spacing=10,
        )
        others.setContentsMargins(20, 8, 20, 14)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 4, 3, 4)
        self._contents = QWidget()
        self._contents.setLayout(inside)
        self._area = scrolled(column(self._contents))
        whole.addWidget(self._area, 1)
        whole.addLayout(others)
        self._is_below = False
        self.set_narrow(False)

    @property
    def least_width(self) -> int:
        """What it needs beside the login, with the system's text (pixels)."""
        return scaled_length(self, _NARROW)

    def set_narrow(self, narrow: bool, *, below: bool = False) -> None:
        """Take less of a narrow panel; `below` the login it is as wide as that, and does not scroll by itself."""
        self._is_below = below
        if below:
            self.setMinimumWidth(0)
            self.setMaximumWidth(ANY_SIZE)
        else:
            self.setFixedWidth(self.least_width if narrow else scaled_length(self, _WIDE))
        self._fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        self._area.setMinimumHeight(self._contents.heightForWidth(self._area.width()) if self._is_below else 0)

    def show_purposes(self, names: Sequence[str], *, can_choose: bool) -> None:
        """What the tokens are for. An app with a configuration asks for what that says: there is nothing to choose."""
        self._words.setText(
            ", ".join(names) if names else _("To see your Pages and get their tokens. Choose if they are to do more.")
        )
        for widget in (self._title, self._words, self._choose):
            widget.setVisible(can_choose)
        self._fit_height()
