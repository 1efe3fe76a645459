"""Welcome: two choices and what they mean."""

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QVBoxLayout, QWidget

from gui.i18n import _
from gui.services.explain import explain
from gui.shell.commands import Command, Request
from gui.values import Message
from gui.widgets import icons
from gui.widgets.logo import logo_pixmap
from gui.widgets.notice import Notice, NoticeArea
from gui.widgets.widget_factory import button, card, icon_label, label, scrolled


class WelcomePanel(QWidget):
    """Two choices, and what they mean.

    `requested` carries a Request: set up an app, start the practice Facebook, or open again what could not be opened.
    """

    requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._logo = QLabel()
        self._logo.setFixedSize(72, 72)
        self._logo.setAccessibleName("Page Keys")
        hero = label(_("The keys to your Facebook Pages"), "hero", wrap=True, name="panelTitle")
        hero.setAlignment(Qt.AlignmentFlag.AlignCenter)
        tagline = label(
            _(
                "Log in once and get a token without an end date for every Page. "
                "Secrets stay in this computer’s keychain."
            ),
            "muted",
            wrap=True,
        )
        tagline.setAlignment(Qt.AlignmentFlag.AlignCenter)
        foot = label(_("Page Keys talks to Facebook and to nobody else."), "second", wrap=True)
        foot.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.notices = NoticeArea(self)
        self.notices.setMaximumWidth(760)
        self.notices.pressed.connect(self._press)
        self._choices = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._choices.setSpacing(20)
        self._choices.addWidget(
            self._choice(
                "plug-zap", _("Connect my Facebook app"),
                _("You have an App ID and an App secret, or want help with creating an app. "
                "Takes about five minutes the first time."),
                _("Connect"), "main", Command.SET_UP_ANOTHER_APP, "welcomeConnect",
            )
        )  # fmt: skip
        self._choices.addWidget(
            self._choice(
                "flask-conical", _("Try it with a practice account"),
                _("A make-believe Facebook on this computer with four people and their Pages. "
                "Nothing leaves this computer, nothing can break."),
                _("Try it"), "", Command.START_PRACTICE, "welcomePractice",
            )
        )  # fmt: skip
        self._column = column = QVBoxLayout()
        column.setContentsMargins(28, 20, 28, 20)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addStretch(1)
        column.addWidget(self._logo, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(16)
        column.addWidget(hero)
        column.addSpacing(2)
        column.addWidget(tagline)
        column.addSpacing(28)
        column.addLayout(self._choices)
        column.addSpacing(18)
        column.addWidget(foot)
        column.addStretch(2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        # Large text on a low screen is scrolled to.
        outer.addWidget(scrolled(column))
        self.refresh()

    def _choice(self, icon: str, title: str, text: str, verb: str, kind: str, command: Command, name: str) -> QFrame:
        frame, column = card()
        frame.setMaximumWidth(370)
        frame.setMinimumWidth(280)
        column.addWidget(icon_label(icon, "on_soft", 26))
        column.addWidget(label(title, "heading", wrap=True))
        column.addWidget(label(text, "muted", wrap=True))
        column.addStretch(1)
        column.addSpacing(4)
        press = button(verb, lambda: self.requested.emit(Request(command)), kind=kind, name=name)
        press.setAccessibleName(_("{verb}: {what}", verb=verb, what=title))
        column.addWidget(press, 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    def tell(self, error: BaseException, again: object = None) -> None:
        """Show what went wrong; `again` is not used, since a retry here opens again what is kept."""
        self.show_notice(explain(error))

    def show_notice(self, text: Message, again: object = None) -> Notice:
        if text.action is not None and text.action.request.command not in {Command.RETRY, Command.START_PRACTICE}:
            text = replace(text, action=None)
        return self.notices.add(text)

    def _press(self, request: Request) -> None:
        self.requested.emit(Request(Command.REOPEN) if request.command is Command.RETRY else request)

    def refresh(self) -> None:
        """Take the colors of the scheme in force."""
        icons.refresh(self)
        self._logo.setPixmap(logo_pixmap(72, max(1.0, self.devicePixelRatioF())))
        self.notices.refresh()

    def sizeHint(self) -> QSize:
        return QSize(900, 600)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = max(0, (self.width() - 760) // 2)
        self._column.setContentsMargins(max(28, side), 20, max(28, side), 20)
