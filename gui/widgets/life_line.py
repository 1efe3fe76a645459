"""A token's life as a line from today: where the login ends, where data access ends."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.scaled import scaled_painter, scaled_size


@dataclass(frozen=True, slots=True)
class Tick:
    """A point on the line: `place` 0 (today) to 1, the date above it and what ends there below."""

    place: float
    above: str
    below: str


class LifeLine(QWidget):
    """The line; `until` (0 to 1) is how far the login reaches."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ticks: tuple[Tick, ...] = ()
        self._until = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return scaled_size(self, 600, 72)

    def set_ticks(self, ticks: tuple[Tick, ...], until: float) -> None:
        self._ticks, self._until = ticks, until
        self.setAccessibleName("; ".join(f"{tick.above}: {tick.below}" for tick in ticks))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room, font = scaled_painter(self)
        c = theme.colors()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left, width, y = 8.0, room.width() - 16.0, 34.0

        def x(fraction: float) -> float:
            return left + width * (1 - fraction if mirrored else fraction)

        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.line))
        painter.drawRoundedRect(QRectF(left, y - 3.5, width, 7), 3.5, 3.5)
        painter.setBrush(QColor(c.accent))
        start, end = sorted((x(0), x(self._until)))
        painter.drawRoundedRect(QRectF(start, y - 3.5, end - start, 7), 3.5, 3.5)
        strong, plain = theme.sized_font(font, 0.89, 600), theme.sized_font(font, 0.89)
        for tick in self._ticks:
            inside = tick.place <= self._until
            painter.setPen(QPen(QColor(c.accent if inside else c.edge), 2.5))
            painter.setBrush(QColor(c.surface))
            painter.drawEllipse(QPointF(x(tick.place), y), 6, 6)
            for text, font, top, color in ((tick.above, strong, 0, c.text), (tick.below, plain, 48, c.muted)):
                painter.setFont(font)
                painter.setPen(QColor(color))
                text_width = painter.fontMetrics().horizontalAdvance(text) + 4
                text_left = min(max(x(tick.place) - text_width / 2, 0.0), room.width() - text_width)
                painter.drawText(QRectF(text_left, top, text_width, 20), Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
