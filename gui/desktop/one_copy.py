"""One running copy a profile: a lock decides, a local socket asks the first one to show itself."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket


class OneCopy(QObject):
    """`raised` when a second start asks this one to come to the front."""

    raised = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = QLockFile(str(folder / "running.lock"))
        self._lock.setStaleLockTime(0)
        self._name = "page-keys-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:20]
        self._server: QLocalServer | None = None

    def first(self) -> bool:
        """Whether this is the first copy; a second one asks the first to show itself and gives False."""
        if self._lock.tryLock(0):
            QLocalServer.removeServer(self._name)
            self._server = QLocalServer(self)
            self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
            self._server.newConnection.connect(self._asked)
            self._server.listen(self._name)
            return True
        client = QLocalSocket()
        client.connectToServer(self._name)
        if client.waitForConnected(2000):
            client.write(b"raise\n")
            client.waitForBytesWritten(1000)
            client.disconnectFromServer()
        return False

    def release(self) -> None:
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _asked(self) -> None:
        while self._server is not None and (client := self._server.nextPendingConnection()) is not None:
            client.disconnected.connect(client.deleteLater)
            self.raised.emit()
