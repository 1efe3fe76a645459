"""Lucide icons, colored from the theme, sharp at every scale."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from gui import theme
from gui.paths import RESOURCES

#: Icons that follow the reading direction.
_DIRECTED = frozenset({"arrow-right", "arrow-left", "chevron-right", "log-in"})


@lru_cache(maxsize=64)
def _svg(name: str) -> bytes:
    return (RESOURCES / "icons" / f"{name}.svg").read_bytes()


@lru_cache(maxsize=512)
def pixmap(name: str, color: str, size: int = 18, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` device-independent pixels."""
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.fill(QColor(0, 0, 0, 0))
    renderer = QSvgRenderer(QByteArray(_svg(name).replace(b"currentColor", color.encode())))
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, role: str = "text", size: int = 18) -> QIcon:
    """The icon in a token's color (a field of theme.Colors), at one and two times its size."""
    color = getattr(theme.colors(), role)
    made = QIcon()
    for ratio in (1.0, 2.0, 3.0):
        made.addPixmap(pixmap(name, color, size, ratio))
    faded = theme.colors().edge
    made.addPixmap(pixmap(name, faded, size, 2.0), QIcon.Mode.Disabled)
    return made


def set_icon(widget: QAbstractButton | QLabel, name: str, role: str = "text", size: int = 18) -> None:
    """Put an icon on a button or label; `refresh` colors it anew after a change of scheme."""
    widget.setProperty("lucideName", name)
    widget.setProperty("lucideRole", role)
    widget.setProperty("lucideSize", size)
    if isinstance(widget, QLabel):
        widget.setPixmap(pixmap(name, getattr(theme.colors(), role), size, max(1.0, widget.devicePixelRatioF())))
        widget.setFixedSize(size, size)
    else:
        widget.setIcon(icon(name, role, size))
        widget.setIconSize(QSize(size, size))


def refresh(root: QWidget) -> None:
    """Color every icon below `root` anew."""
    for widget in root.findChildren(QWidget):
        name = widget.property("lucideName")
        if name and isinstance(widget, (QAbstractButton, QLabel)):
            set_icon(widget, str(name), str(widget.property("lucideRole")), int(widget.property("lucideSize")))
