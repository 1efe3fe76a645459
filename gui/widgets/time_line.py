"""What ends when: a bar from today for each login, each access to data, each app's version, on a line of dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QToolTip, QWidget

from gui import i18n, theme
from gui.i18n import _
from gui.values import TokenState
from gui.widgets.scaled import mirrored, scaled_painter, scaled_size

DAY = 86_400
_ROW, _ROW_NARROW, _HEAD, _BAR = 36, 50, 34, 11
#: The line never shows more than this; a bar that goes on is drawn to its edge and says its day (seconds).
_FARTHEST, _NEAREST = 100 * DAY, 14 * DAY


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: whose (strong), what of it, when it ends (Unix seconds), its state, its day in words.

    The main ones stand out.
    """

    subject: str
    what: str
    ends_at: int
    state: TokenState
    says: str
    is_main: bool = False


class TimeLine(QWidget):
    """The bars, in the order given. `now` is Unix seconds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._now = 0
        self._narrow = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_bars(self, bars: Sequence[Bar], now: int) -> None:
        self._bars, self._now = tuple(bars), now
        self.setAccessibleName(
            _("What ends when: {bars}", bars="; ".join(f"{bar.subject} {bar.what} {bar.says}" for bar in bars))
        )
        self.updateGeometry()
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Put the words above their bars."""
        if narrow != self._narrow:
            self._narrow = narrow
            self.updateGeometry()
            self.update()

    @property
    def _row_height(self) -> int:
        return _ROW_NARROW if self._narrow else _ROW

    def sizeHint(self) -> QSize:
        return scaled_size(self, 500, _HEAD + len(self._bars) * self._row_height + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, self.sizeHint().height())

    # ----------------------------------------------------------------- measures
    def _span(self) -> float:
        farthest = max((bar.ends_at - self._now for bar in self._bars), default=0)
        return float(min(_FARTHEST, max(_NEAREST, farthest * 1.06)))

    def _fonts(self) -> tuple[QFont, QFont]:
        font = theme.usual_font(self.font())
        return theme.sized_font(font, 0.93, 600), theme.sized_font(font, 0.93)

    def _bar_text(self, bar: Bar) -> str:
        """What a bar is of, and its day where the line does not reach it."""
        beyond = bar.ends_at - self._now > self._span() or bar.ends_at <= self._now
        return _("{what}, {when}", what=bar.what, when=bar.says) if beyond else bar.what

    def _words_width(self, width: int) -> int:
        if self._narrow:
            return 0
        strong, plain = (QFontMetrics(one) for one in self._fonts())
        widest = max(
            (
                strong.horizontalAdvance(bar.subject) + plain.horizontalAdvance(self._bar_text(bar)) + 8
                for bar in self._bars
            ),
            default=0,
        )
        return min(widest + 18, int(width * 0.42))

    def _ticks(self) -> list[tuple[float, str]]:
        """Points on the line (0 to 1) and their dates: firsts and middles of months, or weeks where it is short."""
        span, today = self._span(), datetime.fromtimestamp(self._now).replace(hour=0, minute=0, second=0, microsecond=0)
        days = [today + timedelta(days=day) for day in range(1, int(span / DAY) + 1)]
        tick_days = (
            [day for day in days if day.day in {1, 15}]
            if span > 35 * DAY
            else days[6::7]
            if span > 16 * DAY
            else days[2::3]
        )
        ticks = [(0.0, _("today"))]
        for day in tick_days:
            fraction = (day.timestamp() - self._now) / span
            if fraction - ticks[-1][0] > 0.09:
                ticks.append((fraction, i18n.day(day.timestamp(), short=True)))
        return ticks

    # ----------------------------------------------------------------- painting
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room, font = scaled_painter(self)
        c = theme.colors()
        left = self._words_width(room.width()) or 4
        width, span = room.width() - left - 30, self._span()
        painter.setFont(theme.sized_font(font, 0.86))
        for fraction, text in self._ticks():
            tick_x = left + round(width * fraction)
            painter.setPen(QColor(c.muted))
            text_width = painter.fontMetrics().horizontalAdvance(text) + 6
            painter.drawText(
                mirrored(
                    self, QRect(max(0, min(tick_x - text_width // 2, room.width() - text_width)), 0, text_width, 20)
                ),
                Qt.AlignmentFlag.AlignCenter,
                text,
            )
            painter.setPen(QColor(c.line))
            line = mirrored(self, QRect(tick_x, _HEAD - 8, 1, room.height() - _HEAD + 6))
            painter.drawLine(line.topLeft(), line.bottomLeft())
        for number, bar in enumerate(self._bars):
            top = _HEAD + number * self._row_height
            words_width = room.width() if self._narrow else left
            self._paint_words(
                painter, QRect(0, top + (2 if self._narrow else 0), words_width - 14, 20 if self._narrow else _ROW), bar
            )
            middle = top + (33 if self._narrow else _ROW // 2)
            beyond = bar.ends_at - self._now > span
            bar_width = max(_BAR, round(width * min(1.0, (bar.ends_at - self._now) / span))) + (24 if beyond else 0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(_bar_color(bar)))
            painter.drawRoundedRect(
                mirrored(self, QRect(left, middle - _BAR // 2, bar_width, _BAR)), _BAR / 2, _BAR / 2
            )
        painter.end()

    def _row_place(self, number: int) -> QRect:
        """Where a bar's row stands."""
        factor = theme.text_factor(self.font())
        top = round((_HEAD + number * self._row_height) * factor)
        return QRect(0, top, self.width(), round(self._row_height * factor))

    def _paint_words(self, painter: QPainter, rect: QRect, bar: Bar) -> None:
        """Whose it is in bold, and behind it what of it."""
        c = theme.colors()
        strong, plain = self._fonts()
        align = QStyle.visualAlignment(
            self.layoutDirection(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        )
        what = self._bar_text(bar)
        subject_width = max(60, rect.width() - QFontMetrics(plain).horizontalAdvance(what) - 7)
        subject = QFontMetrics(strong).elidedText(bar.subject, Qt.TextElideMode.ElideRight, subject_width)
        if self._narrow:
            # The days' lines end behind words.
            words = QFontMetrics(strong).horizontalAdvance(subject) + 7 + QFontMetrics(plain).horizontalAdvance(what)
            painter.fillRect(
                mirrored(self, QRect(rect.left(), rect.top(), min(words + 4, rect.width()), rect.height())),
                QColor(c.surface),
            )
        painter.setFont(strong)
        painter.setPen(QColor(c.text))
        painter.drawText(mirrored(self, rect), align, subject)
        rest = rect.adjusted(QFontMetrics(strong).horizontalAdvance(subject) + 7, 0, 0, 0)
        painter.setFont(plain)
        painter.setPen(QColor(c.muted))
        painter.drawText(
            mirrored(self, rest), align, QFontMetrics(plain).elidedText(what, Qt.TextElideMode.ElideRight, rest.width())
        )

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = int(event.pos().y() / theme.text_factor(self.font()) - _HEAD) // self._row_height
            if 0 <= number < len(self._bars):
                bar = self._bars[number]
                QToolTip.showText(
                    event.globalPos(),
                    _("{subject}, {what}: {when}", subject=bar.subject, what=bar.what, when=bar.says),
                    self,
                    self._row_place(number),
                )
            return True
        return super().event(event)


def _bar_color(bar: Bar) -> str:
    c = theme.colors()
    if bar.state is TokenState.WORKS:
        return c.accent if bar.is_main else c.bar_quiet
    return c.soon if bar.state is TokenState.ENDS_SOON else c.bad
