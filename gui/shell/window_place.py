"""Where the window stands: within the screen's free part, and where it stood last time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMargins, QObject, QRect, QSettings, QSize, QTimer
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

#: What the panels need (pixels), and what they look best in. A smaller screen gets a smaller window.
SMALLEST, USUAL = QSize(800, 460), QSize(1240, 800)
#: A title bar and borders, before the system has drawn them (pixels).
_FRAME = QMargins(1, 32, 1, 1)
_KEY = "window/geometry"


class WindowPlace(QObject):
    """Keeps `window` on the screens there are. Its place is kept in `file`, which holds nothing else."""

    def __init__(self, window: QWidget, file: Path) -> None:
        super().__init__(window)
        self._window = window
        self._file = file
        window.setMinimumSize(SMALLEST)
        window.resize(USUAL)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenRemoved.connect(self._fit_soon)
            application.primaryScreenChanged.connect(self._fit_soon)

    def restore(self) -> None:
        """Put the window, which is not shown yet, where it stood; on a screen that is gone it comes to another."""
        if not _has_screen():
            return
        geometry = QSettings(str(self._file), QSettings.Format.IniFormat).value(_KEY)
        if isinstance(geometry, QByteArray) and not geometry.isEmpty():
            self._window.restoreGeometry(geometry)
        self.fit()

    def follow(self) -> None:
        """From now on fit the window to each screen that it is moved to; call it once the window is shown."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.screenChanged.connect(self._fit_soon)
        self.fit()

    def save(self) -> None:
        """Remember where the window stands."""
        if _has_screen() and self._file.parent.is_dir():
            QSettings(str(self._file), QSettings.Format.IniFormat).setValue(_KEY, self._window.saveGeometry())

    def fit(self) -> None:
        """Make the window no larger than the free part of its screen, and move it there."""
        window = self._window
        if not _has_screen():
            return
        free = window.screen().availableGeometry().marginsRemoved(self._frame())
        window.setMinimumSize(SMALLEST.boundedTo(free.size()))
        if window.isMaximized() or window.isFullScreen():
            return
        fitted = QRect(window.geometry().topLeft(), window.size().boundedTo(free.size()))
        fitted.moveRight(min(fitted.right(), free.right()))
        fitted.moveBottom(min(fitted.bottom(), free.bottom()))
        fitted.moveLeft(max(fitted.left(), free.left()))
        fitted.moveTop(max(fitted.top(), free.top()))
        if fitted != window.geometry():
            window.setGeometry(fitted)

    def _fit_soon(self) -> None:
        # Qt moves windows off a screen that is gone by itself, after it has said so.
        QTimer.singleShot(0, self, self.fit)

    def _frame(self) -> QMargins:
        inner, outer = self._window.geometry(), self._window.frameGeometry()
        if inner == outer:
            return _FRAME
        return QMargins(
            inner.left() - outer.left(),
            inner.top() - outer.top(),
            outer.right() - inner.right(),
            outer.bottom() - inner.bottom(),
        )


def _has_screen() -> bool:
    """Whether there is a screen to fit: what Qt draws into memory unless told otherwise is none."""
    screen = QGuiApplication.primaryScreen()
    is_memory = QGuiApplication.platformName() == "offscreen" and screen.geometry() == QRect(0, 0, 800, 800)
    return not is_memory
