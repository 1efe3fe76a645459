"""A connection in the side bar: first letter, person, app, state; and an app above its connections."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from gui import theme
from gui.i18n import _
from gui.text import first_letter
from gui.values import TokenState
from gui.widgets.icons import pixmap
from gui.widgets.plain_text import plain_tip
from gui.widgets.press_button import ReturnPresses, TogglePresses
from gui.widgets.scaled import mirrored, pixel_ratio, scaled_painter, scaled_size

_LEADING = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class _SideButton(ReturnPresses, TogglePresses, QAbstractButton):
    """What both have: a `key` by which the side bar knows them, and a form folded to an icon (`narrow`)."""

    def __init__(self, key: str, name: str, says: str, tip: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.key = key
        self.narrow = False
        self.setCheckable(True)
        self.setObjectName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(says)
        self.setToolTip(plain_tip(tip))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_present(self, present: bool) -> None:
        """Whether this is on show. To a screen reader it is one of several; of those Qt would keep one checked."""
        self.setAutoExclusive(False)
        self.setChecked(present)
        self.setAutoExclusive(True)

    def set_narrow(self, narrow: bool) -> None:
        """Fold, or unfold."""
        self.narrow = narrow
        self.updateGeometry()
        self.update()

    def _mirror(self, rect: QRect) -> QRect:
        # Folded, the side bar is as wide with larger text as with usual.
        return mirrored(self, rect, grows=not self.narrow)

    def _paint_text(self, painter: QPainter, rect: QRect, text: str, font: QFont, color: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(color))
        elided_text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(self._mirror(rect), QStyle.visualAlignment(self.layoutDirection(), _LEADING), elided_text)

    def _paint_state(self, painter: QPainter, rect: QRect, state: TokenState) -> None:
        picture = pixmap(state.tone.icon, getattr(theme.colors(), state.tone.color), 16, pixel_ratio(self))
        painter.drawPixmap(self._mirror(rect).topLeft(), picture)

    def _ground(self, painter: QPainter, room: QRect) -> None:
        """The outline of the one that is shown, or that the keyboard is at."""
        c = theme.colors()
        if self.isChecked() or self.hasFocus():
            painter.setPen(QColor(c.accent if self.hasFocus() else c.line))
            painter.setBrush(QColor(c.surface) if self.isChecked() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(room).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


class PersonButton(_SideButton):
    """One connection: first letter, person, second line, state."""

    def __init__(
        self, login_id: int, name: str, app: str, state: TokenState, says: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            f"person:{login_id}", f"person_{login_id}", f"{name}, {app}, {says}", f"{name}\n{app}\n{says}", parent
        )
        self.login_id = login_id
        self._name, self._app, self._state = name, app, state

    def sizeHint(self) -> QSize:
        return QSize(40, 46) if self.narrow else scaled_size(self, 180, 46)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colors()
        painter, room, usual_font = scaled_painter(self, grows=not self.narrow)
        self._ground(painter, room)
        width = room.width()
        face = self._mirror(QRect((width - 28) // 2 if self.narrow else 10, 9, 28, 28))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.avatar_at(self.login_id))
        painter.drawRoundedRect(face, 7, 7)
        painter.setPen(QColor(theme.ON_AVATAR))
        painter.setFont(theme.sized_font(usual_font, 0.89, 700))
        painter.drawText(face, Qt.AlignmentFlag.AlignCenter, first_letter(self._name))
        if self.narrow:
            return
        for text, font, color, top in (
            (self._name, theme.sized_font(usual_font, 0.95, 600), c.text, 5),
            (self._app, theme.sized_font(usual_font, 0.89), c.muted, 23),
        ):
            self._paint_text(painter, QRect(48, top, width - 80, 18), text, font, color)
        self._paint_state(painter, QRect(width - 26, 15, 16, 16), self._state)


class AppButton(_SideButton):
    """An app: its name over those who are connected through it, and its state."""

    def __init__(self, app_id: str, name: str, state: TokenState, says: str, parent: QWidget | None = None) -> None:
        super().__init__(
            f"app:{app_id}",
            f"app_{app_id}",
            _("All Pages through {name}, {says}", name=name, says=says),
            _("All Pages through {name}\n{says}", name=name, says=says),
            parent,
        )
        self._name, self._state = name, state

    def sizeHint(self) -> QSize:
        return QSize(40, 14) if self.narrow else scaled_size(self, 180, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colors()
        painter, room, usual_font = scaled_painter(self, grows=not self.narrow)
        if self.narrow:
            painter.setPen(QColor(c.edge if self.isChecked() else c.line))
            painter.drawLine(10, 7, room.width() - 10, 7)
            return
        self._ground(painter, room)
        font = theme.sized_font(usual_font, 0.86, 650)
        self._paint_text(
            painter,
            QRect(10, 0, room.width() - 40, room.height()),
            self._name,
            font,
            c.text if self.isChecked() else c.muted,
        )
        self._paint_state(painter, QRect(room.width() - 26, 8, 16, 16), self._state)
