"""Puts a secret on the clipboard: marked for clipboard managers, gone after a while and at exit."""

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

from gui.values import Secret

#: How long a secret stays on the clipboard (seconds).
STAYS = 45
#: Formats by which clipboard managers know a secret: KDE and others; Windows' history and cloud; macOS' managers.
_SECRET_HINTS = (
    ("x-kde-passwordManagerHint", b"secret"),
    ('application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"', b"\x01\x00\x00\x00"),
    ('application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"', b"\x00\x00\x00\x00"),
    ('application/x-qt-windows-mime;value="CanUploadToCloudClipboard"', b"\x00\x00\x00\x00"),
    ("application/x-nspasteboard-concealed-type", b"1"),
)
#: Qt's platforms that can tell whose the clipboard is; drawing into memory ("offscreen") cannot.
_KNOW_THE_OWNER = {"xcb", "wayland", "windows", "cocoa"}


class SecretClipboard(QObject):
    """`counting` tells each second how many are left; `cleared` that the secret is gone or replaced."""

    counting = Signal(int)
    cleared = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._held: Secret | None = None
        self._left = 0
        self._beat = QTimer(self)
        self._beat.setInterval(1000)
        self._beat.timeout.connect(self._tick)
        self._clipboard.dataChanged.connect(self._changed)

    def copy(self, secret: Secret) -> None:
        """Put the secret on the clipboard, never on the selection clipboard, for STAYS seconds."""
        data = QMimeData()
        data.setText(secret.reveal())
        for name, value in _SECRET_HINTS:
            data.setData(name, QByteArray(value))
        self._held = None
        self._clipboard.setMimeData(data, QClipboard.Mode.Clipboard)
        self._held = secret
        self._left = STAYS
        self._beat.start()
        self.counting.emit(self._left)

    def clear(self) -> None:
        """Take the secret off the clipboard if it is still what is there."""
        if self._held is None:
            return
        if self._is_there():
            self._held = None
            self._clipboard.clear(QClipboard.Mode.Clipboard)
        self._end_countdown()

    def _is_there(self) -> bool:
        # Reading what another program holds can block for seconds, and is none of our business.
        if QGuiApplication.platformName() in _KNOW_THE_OWNER and not self._clipboard.ownsClipboard():
            return False
        return self._held is not None and Secret(self._clipboard.text()) == self._held

    def _tick(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.clear()
        else:
            self.counting.emit(self._left)

    def _changed(self) -> None:
        if self._held is not None and not self._is_there():
            self._end_countdown()

    def _end_countdown(self) -> None:
        self._held = None
        self._beat.stop()
        self.cleared.emit()
