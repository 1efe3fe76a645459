"""A notice in the view it speaks of: what happened, why and what to do, one button that mends it, details."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui import theme
from gui.i18n import _
from gui.shell.commands import Command, Request
from gui.values import Action, Message, Tone
from gui.widgets.announce import announce
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.icons import set_icon
from gui.widgets.widget_factory import button, column, label, row, tool

#: The words have so much beside the buttons, or the buttons stand below (pixels).
_LEAST_WORDS = 400


class Notice(QFrame):
    """One notice. `pressed` carries the Request of its button; `closed` comes when it is put away."""

    pressed = Signal(object)
    closed = Signal()

    def __init__(self, text: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = text
        self.again: Callable[[], object] | None = None
        #: It outlives the next clearing: what comes while a view is not on show is there when that is shown.
        self.is_unseen = False
        self.setObjectName("notice")
        self.setAccessibleName(f"{text.title}. {text.text}")
        self._icon = QLabel()
        self._title = label(text.title, "strong", wrap=True, name="noticeTitle")
        self._text = label(text.text, wrap=True, name="noticeText")
        self._details = label(
            "\n".join(f"{name}: {value}" for name, value in text.details), "second", wrap=True, name="noticeDetails"
        )
        self._details.hide()
        self.main_button: QWidget | None = None
        self._buttons: list[QWidget] = []
        if text.details:
            self._buttons.append(button(_("Details"), self._toggle_details, kind="quiet", name="noticeDetailsButton"))
        if text.topic:
            why = Action(_("Why?"), Request(Command.SHOW_HELP, topic=text.topic))
            self._buttons.append(self._action_button(why, kind="quiet", name="noticeWhy"))
        if text.secondary is not None:
            self._buttons.append(self._action_button(text.secondary, kind="quiet", name="noticeAside"))
        if text.action is not None:
            self.main_button = self._action_button(text.action, name="noticeButton")
            self._buttons.append(self.main_button)
        self._close = tool("x", _("Close this notice"), self.put_away, name="noticeClose")
        self._copy_details = button(_("Copy details"), self._copy, kind="quiet", icon="copy", name="noticeCopy")
        self._copy_details.hide()
        self._build()
        self.refresh()

    def _action_button(self, action: Action, *, name: str, kind: str = "") -> QWidget:
        return button(action.label, lambda: self.pressed.emit(action.request), kind=kind, name=name)

    def _build(self) -> None:
        inside = column(self._title, self._text, self._details, spacing=2)
        inside.addWidget(self._copy_details, 0, Qt.AlignmentFlag.AlignLeft)
        words = QWidget()
        words.setLayout(inside)
        words.setMinimumWidth(_LEAST_WORDS)
        contents = FlowLayout(words, spacing=12)
        if self._buttons:
            contents.add_layout(row(*self._buttons, spacing=12))
        line = QHBoxLayout()
        line.setContentsMargins(14, 10, 8, 10)
        line.setSpacing(12)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(contents, 1)
        line.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)

    def refresh(self) -> None:
        """Take the colors of the scheme in force."""
        words, _ = theme.tone_colors(self.text.tone)
        set_icon(self._icon, self.text.tone.icon, self.text.tone.color, 20)
        self._title.setStyleSheet(f"color: {words};")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tone_colors(self.text.tone)[1]))
        painter.drawRoundedRect(self.rect(), 10, 10)

    def _toggle_details(self) -> None:
        self._details.setVisible(self._details.isHidden())
        self._copy_details.setVisible(not self._details.isHidden())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details.text())

    def put_away(self) -> None:
        """Close it, as its ✕ does."""
        self.hide()
        self.closed.emit()


class NoticeArea(QWidget):
    """The notices of a view, at its top; `pressed` carries a Request. Of one kind and title one stands at a time.

    A notice's button that tries again calls what that notice was added with.
    """

    pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.hide()

    def add(self, text: Message, again: Callable[[], object] | None = None) -> Notice:
        """Show a notice; one of the same kind and title gives way to it, one that says the same stays in its place."""
        for other in self.notices():
            if other.text == text:
                other.again = again
                return other
            if (other.text.kind, other.text.title) == (text.kind, text.title):
                self._remove(other)
        notice = Notice(text, self)
        notice.again = again
        notice.pressed.connect(lambda request: self._press(notice, request))
        notice.closed.connect(lambda: self._remove(notice))
        self._column.addWidget(notice)
        self.show()
        announce(notice, f"{text.title}. {text.text}", urgent=text.tone is Tone.BAD)
        return notice

    def notices(self) -> list[Notice]:
        return [one for one in self.findChildren(Notice) if not one.property("gone")]

    def clear(self) -> None:
        """Take the notices away, but for those that nobody can have seen yet."""
        for one in self.notices():
            if one.is_unseen:
                one.is_unseen = False
            else:
                self._remove(one)

    def refresh(self) -> None:
        for one in self.notices():
            one.refresh()

    def _press(self, notice: Notice, request: Request) -> None:
        if request.command is not Command.SHOW_HELP:
            self._remove(notice)
        if request.command is Command.RETRY and notice.again is not None:
            notice.again()
        else:
            self.pressed.emit(request)

    def _remove(self, notice: Notice) -> None:
        notice.setProperty("gone", True)
        notice.hide()
        self._column.removeWidget(notice)
        notice.deleteLater()
        self.setVisible(bool(self.notices()))
