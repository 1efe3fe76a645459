"""Welcome: two choices and what they mean."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QVBoxLayout, QWidget

from gui.widgets import icons
from gui.widgets.mark import mark_pixmap
from gui.widgets.notice import NoticeArea
from gui.widgets.pieces import button, card, icon_label, label


class WelcomePanel(QWidget):
    """`connect_wanted` and `practice_wanted` are the two choices."""

    connect_wanted = Signal()
    practice_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = QLabel()
        self._mark.setFixedSize(72, 72)
        self._mark.setAccessibleName("Page Keys")
        hero = label("The keys to your Facebook Pages", "hero", wrap=True, name="panelTitle")
        hero.setAlignment(Qt.AlignmentFlag.AlignCenter)
        under = label("Log in once and get a token for every Page that does not run out. Secrets stay in this computer’s keychain.", "muted", wrap=True)
        under.setAlignment(Qt.AlignmentFlag.AlignCenter)
        foot = label("Page Keys talks to Facebook and to nobody else.", "second", wrap=True)
        foot.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.notices = NoticeArea(self)
        self.notices.setMaximumWidth(760)
        self._choices = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._choices.setSpacing(20)
        self._choices.addWidget(
            self._choice(
                "plug-zap", "Connect my Facebook app",
                "You have an App ID and an App secret, or want to be led through making one. Takes about five minutes the first time.",
                "Connect", "main", self.connect_wanted, "welcomeConnect",
            )
        )  # fmt: skip
        self._choices.addWidget(
            self._choice(
                "flask-conical", "Try it with a practice account",
                "A make-believe Facebook on this computer with four people and their Pages. Nothing leaves this computer, nothing can break.",
                "Try it", "", self.practice_wanted, "welcomePractice",
            )
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 20, 28, 20)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addStretch(1)
        column.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(16)
        column.addWidget(hero)
        column.addSpacing(2)
        column.addWidget(under)
        column.addSpacing(28)
        column.addLayout(self._choices)
        column.addSpacing(18)
        column.addWidget(foot)
        column.addStretch(2)
        self.refresh()

    def _choice(self, icon: str, title: str, text: str, verb: str, kind: str, signal: object, name: str) -> QFrame:
        frame, column = card()
        frame.setMaximumWidth(370)
        frame.setMinimumWidth(280)
        column.addWidget(icon_label(icon, "on_soft", 26))
        column.addWidget(label(title, "heading", wrap=True))
        column.addWidget(label(text, "muted", wrap=True))
        column.addStretch(1)
        column.addSpacing(4)
        press = button(verb, signal.emit, kind=kind, name=name)  # type: ignore[attr-defined]
        press.setAccessibleName(f"{verb}: {title}")
        column.addWidget(press, 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    def refresh(self) -> None:
        """Take the colors of the scheme in force."""
        icons.refresh(self)
        self._mark.setPixmap(mark_pixmap(72, max(1.0, self.devicePixelRatioF())))
        self.notices.refresh()

    def sizeHint(self) -> QSize:
        return QSize(900, 600)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = max(0, (self.width() - 760) // 2)
        self.layout().setContentsMargins(max(28, side), 20, max(28, side), 20)  # type: ignore[union-attr]
