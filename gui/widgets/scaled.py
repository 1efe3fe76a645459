"""Painting in sizes for text of the usual size, which grow with the system's text."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QWidget

from gui import theme

#: Qt's QWIDGETSIZE_MAX, which PySide6 does not name: a widget's largest width and height where nothing limits it.
ANY_SIZE = 16_777_215


def scaled_painter(widget: QWidget, *, grows: bool = True) -> tuple[QPainter, QRect, QFont]:
    """A smooth painter for `widget`, the widget's rectangle and its font, all as if text were of the usual size.

    What does not grow is as small with larger text as with usual.
    """
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    factor = theme.text_factor(widget.font()) if grows else 1.0
    painter.scale(factor, factor)
    room = QRect(0, 0, round(widget.width() / factor), round(widget.height() / factor))
    return painter, room, theme.usual_font(widget.font())


def scaled_length(widget: QWidget, length: int) -> int:
    """So much for text of the usual size (pixels), in the widget's text."""
    return round(length * theme.text_factor(widget.font()))


def mirrored(widget: QWidget, rect: QRect, *, grows: bool = True) -> QRect:
    """Where `rect` of `scaled_painter` stands: on the other side where the person reads from right to left."""
    width = round(widget.width() / (theme.text_factor(widget.font()) if grows else 1.0))
    return QStyle.visualRect(widget.layoutDirection(), QRect(0, 0, width, rect.bottom()), rect)


def scaled_size(widget: QWidget, width: int, height: int) -> QSize:
    """So much for text of the usual size (pixels), in the widget's text."""
    return QSize(scaled_length(widget, width), scaled_length(widget, height))


def pixel_ratio(widget: QWidget) -> float:
    """How many of the screen's pixels a pixel of `scaled_painter` has."""
    return max(1.0, widget.devicePixelRatioF()) * theme.text_factor(widget.font())
