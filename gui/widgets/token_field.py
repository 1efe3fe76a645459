"""A token on a card: masked, with its last four characters, whose it is and when it ends; shown only on purpose."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy, QWidget

from gui import theme
from gui.i18n import _
from gui.values import Secret
from gui.widgets.icons import set_icon
from gui.widgets.widget_factory import button, column, icon_label, label, row

#: How long a shown token stays in sight (milliseconds).
SHOWN_FOR = 20_000


def masked(last_four: str, dots: int = 5) -> str:
    """'EAA ••••• x7Qd'."""
    return f"EAA {'•' * dots} {last_four}" if last_four else "EAA " + "•" * dots


def _font() -> QFont:
    return theme.mono_font(round(13 * theme.text_factor(QApplication.font())))


class SecretView(QWidget):
    """Paints a secret and nothing else: it cannot be selected, read by name, or dragged; gone after 20 s."""

    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._secret: Secret | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.forget)
        self.setAccessibleName(_("A token is shown"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_secret(self, secret: Secret) -> None:
        self._secret = secret
        self._timer.start(SHOWN_FOR)
        self.updateGeometry()
        self.update()

    def forget(self) -> None:
        """Let go of the secret."""
        if self._secret is not None:
            self._secret = None
            self._timer.stop()
            self.update()
            self.ended.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        self.forget()
        super().hideEvent(event)

    def _lines(self, width: int) -> list[str]:
        if self._secret is None:
            return []
        font = _font()
        self.setFont(font)
        a_line = max(10, width // max(1, self.fontMetrics().horizontalAdvance("M")))
        text = self._secret.reveal()
        return [text[start : start + a_line] for start in range(0, len(text), a_line)]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(1, len(self._lines(width))) * (self.fontMetrics().height() + 2)

    def sizeHint(self) -> QSize:
        return QSize(360, 7 * (self.fontMetrics().height() + 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(_font())
        painter.setPen(QColor(theme.colors().text))
        height = painter.fontMetrics().height() + 2
        for index, line in enumerate(self._lines(self.width())):
            painter.drawText(QRectF(0, index * height, self.width(), height), Qt.AlignmentFlag.AlignLeft, line)
        painter.end()


class TokenCard(QFrame):
    """A token with its name, whose it is, its masked text and its end. `copy_wanted` when it is to be copied."""

    copy_wanted = Signal()

    def __init__(self, title: str, *, chosen: bool, name: str, copy_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("kind", "chosen" if chosen else "inset")
        self._icon = icon_label("key-round", "accent" if chosen else "muted", 20)
        self._whose = label("", "muted", wrap=True, name=f"{name}Whose")
        self._masked = label("", "", name=f"{name}Masked")
        self._ends = label("", "strong", wrap=True, name=f"{name}Ends")
        self.copy_button = button(copy_words, self.copy_wanted.emit, kind="quiet", icon="copy", name=f"{name}Copy")
        self.copy_button.setAccessibleName(_("Copy the token: {title}", title=title))
        body = column(
            row(self._icon, label(title, "heading"), None, self.copy_button, spacing=8),
            self._whose,
            self._masked,
            self._ends,
            spacing=5,
        )
        body.setContentsMargins(18, 10, 12, 14)
        self.setLayout(body)

    def set_token(self, whose: str, last_four: str, ends: str) -> None:
        """Show a token by its last four characters; empty clears the card."""
        self._whose.setText(whose)
        self._masked.setFont(_font())
        self._masked.setText(masked(last_four, 10) if last_four else "")
        self._masked.setAccessibleName(
            _("Token ending in {characters}", characters=" ".join(last_four)) if last_four else _("No token yet")
        )
        self._ends.setText(ends)
        self.copy_button.setEnabled(bool(last_four))

    def refresh(self) -> None:
        set_icon(self._icon, "key-round", "accent" if self.property("kind") == "chosen" else "muted", 20)
