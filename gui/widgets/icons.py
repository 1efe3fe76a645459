"""Lucide icons, colored from the theme, sharp at every scale."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget

from gui import theme
from gui.paths import RESOURCES

#: Room between a button's icon and its words (pixels), beside what the style gives.
_GAP = 3
#: What points on where the person reads from left to right, and back.
_MIRRORED = {"arrow-left": "arrow-right", "arrow-right": "arrow-left"}
_asleep = False


@lru_cache(maxsize=64)
def _svg(name: str) -> bytes:
    return (RESOURCES / "icons" / f"{name}.svg").read_bytes()


@lru_cache(maxsize=512)
def pixmap(name: str, color: str, size: int = 18, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` device-independent pixels."""
    # The first paint has no icons, and needs no SVG.
    from PySide6.QtSvg import QSvgRenderer

    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.fill(QColor(0, 0, 0, 0))
    renderer = QSvgRenderer(QByteArray(_svg(name).replace(b"currentColor", color.encode())))
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, role: str = "text", size: int = 18, *, gap: int = 0, mirrored: bool = False) -> QIcon:
    """The icon in the color of a `role` (a field of theme.Colors), as sharp as every screen here shows it.

    `gap` pixels stand after it.
    """
    color = getattr(theme.colors(), role)
    qicon = QIcon()
    for ratio in {screen.devicePixelRatio() for screen in QGuiApplication.screens()} or {1.0}:
        qicon.addPixmap(_with_gap(pixmap(name, color, size, ratio), gap, mirrored))
    return qicon


def dot(color: QColor) -> QIcon:
    """A round dot of this color, as clients have it."""
    picture = QPixmap(QSize(32, 32))
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(0, 0, 0, 0))
    painter.setBrush(color)
    painter.drawEllipse(6, 6, 20, 20)
    painter.end()
    picture.setDevicePixelRatio(2.0)
    return QIcon(picture)


def _with_gap(picture: QPixmap, gap: int, mirrored: bool) -> QPixmap:
    """The picture with room beside it, on the side where the words stand."""
    if not gap:
        return picture
    ratio = picture.devicePixelRatio()
    padded = QPixmap(picture.width() + round(gap * ratio), picture.height())
    padded.fill(QColor(0, 0, 0, 0))
    padded.setDevicePixelRatio(ratio)
    painter = QPainter(padded)
    painter.drawPixmap(gap if mirrored else 0, 0, picture)
    painter.end()
    return padded


def set_icon(widget: QAbstractButton | QLabel, name: str, role: str = "text", size: int = 18) -> None:
    """Put an icon on a button or label; `refresh` draws it anew after a change of scheme or of the size of text.

    `size` (pixels) is for text of the usual size, with which a label's icon grows; a button's words need the room.
    """
    widget.setProperty("lucideName", name)
    if widget.isRightToLeft():
        name = _MIRRORED.get(name, name)
    widget.setProperty("lucideRole", role)
    widget.setProperty("lucideSize", size)
    if isinstance(widget, QLabel):
        size = round(size * theme.text_factor(QApplication.font()))
    if _asleep:
        if isinstance(widget, QLabel):
            widget.setFixedSize(size, size)
        return
    if isinstance(widget, QLabel):
        widget.setPixmap(pixmap(name, getattr(theme.colors(), role), size, max(1.0, widget.devicePixelRatioF())))
        widget.setFixedSize(size, size)
    else:
        gap = _GAP if isinstance(widget, QPushButton) and widget.text() else 0
        widget.setIcon(icon(name, role, size, gap=gap, mirrored=widget.isRightToLeft()))
        widget.setIconSize(QSize(size + gap, size))


def sleep() -> None:
    """Only note which icons are wanted: drawing them can wait until the window was painted once."""
    global _asleep
    _asleep = True


def wake(root: QWidget) -> None:
    """Draw from now on, and all that was noted below `root`."""
    global _asleep
    _asleep = False
    refresh(root)


def asleep() -> bool:
    return _asleep


def refresh(root: QWidget) -> None:
    """Draw every icon below `root` anew."""
    for widget in root.findChildren(QWidget):
        name = widget.property("lucideName")
        if name and isinstance(widget, (QAbstractButton, QLabel)):
            set_icon(widget, str(name), str(widget.property("lucideRole")), int(widget.property("lucideSize")))
