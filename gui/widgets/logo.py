"""The logo: a key on brass in a rounded square."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from gui import theme
from gui.widgets.icons import pixmap


def logo_pixmap(size: int, ratio: float = 1.0) -> QPixmap:
    """The logo at `size` device-independent pixels."""
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(QColor(0, 0, 0, 0))
    picture.setDevicePixelRatio(ratio)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.colors().brass))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.26, size * 0.26)
    key = round(size * 0.62)
    painter.drawPixmap(QPointF((size - key) / 2, (size - key) / 2), pixmap("key-round", theme.colors().ink, key, ratio))
    painter.end()
    return picture


def logo_icon() -> QIcon:
    """The window's icon."""
    icon = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        icon.addPixmap(logo_pixmap(size))
    return icon
