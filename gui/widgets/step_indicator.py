"""The three steps of the job: log in, extend, Pages; done ones filled, the present one outlined."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from gui import theme
from gui.i18n import _
from gui.widgets.icons import pixmap
from gui.widgets.scaled import pixel_ratio, scaled_painter, scaled_size

STEPS = (
    (_("Log in"), _("a token for an hour or so")),
    (_("Extend"), _("a token for 60 days")),
    (_("Pages"), _("a token for each Page")),
)
_CIRCLE = 30


class StepIndicator(QWidget):
    """Three steps; `present` is the one under way (0 to 2), 3 when all are done."""

    def __init__(self, present: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._present = present
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_present(present)

    def set_present(self, present: int) -> None:
        self._present = present
        if present == 0:
            self.setAccessibleName(_("Step 1 of 3: {name}", name=STEPS[0][0]))
        elif present < len(STEPS):
            self.setAccessibleName(
                _("Step {number} of 3 is done. Next: {name}", number=present, name=STEPS[present][0])
            )
        else:
            self.setAccessibleName(_("All 3 steps are done"))
        self.update()

    def sizeHint(self) -> QSize:
        return scaled_size(self, 560, 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room, font = scaled_painter(self)
        width = (room.width() - 12) / 3
        for index in range(3):
            self._paint_step(painter, room, font, index, 6 + round(index * width), int(width))
        painter.end()

    def _paint_step(self, painter: QPainter, room: QRect, font: QFont, index: int, left: int, width: int) -> None:
        c = theme.colors()

        def mirror(rect: QRect) -> QRect:
            return QStyle.visualRect(self.layoutDirection(), room, rect)

        is_done, is_present = index < self._present, index == self._present
        color = QColor(c.accent if is_done or is_present else c.edge)
        painter.setPen(QPen(color, 2))
        painter.setBrush(color if is_done else Qt.BrushStyle.NoBrush)
        circle = mirror(QRect(left + 1, 13, _CIRCLE, _CIRCLE))
        painter.drawEllipse(circle)
        if is_done:
            painter.drawPixmap(
                circle.adjusted(7, 7, -7, -7).topLeft(),
                pixmap("check", c.on_accent, 16, pixel_ratio(self)),
            )
        else:
            painter.setFont(theme.sized_font(font, 1.0, 600))
            painter.setPen(QColor(c.on_soft if is_present else c.muted))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(index + 1))
        name, second = STEPS[index]
        title_font, second_font = theme.sized_font(font, 1.0, 600), theme.sized_font(font, 0.89)
        x = left + _CIRCLE + 12
        text_width = width - _CIRCLE - 24
        align = QStyle.visualAlignment(
            self.layoutDirection(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        )
        painter.setFont(title_font)
        painter.setPen(QColor(c.text if is_done or is_present else c.muted))
        painter.drawText(
            mirror(QRect(x, 9, text_width, 20)),
            align,
            painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, text_width),
        )
        painter.setFont(second_font)
        painter.setPen(QColor(c.muted))
        metrics = painter.fontMetrics()
        painter.drawText(
            mirror(QRect(x, 29, text_width, 18)),
            align,
            metrics.elidedText(second, Qt.TextElideMode.ElideRight, text_width),
        )
        start = x + metrics.horizontalAdvance(second) + 16
        end = left + width - 10
        if index < 2 and end - start > 24:
            painter.setPen(QPen(QColor(c.accent if is_done else c.line), 2))
            line = mirror(QRect(start, 28, end - start, 1))
            painter.drawLine(line.topLeft(), line.topRight())
