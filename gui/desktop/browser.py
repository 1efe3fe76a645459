"""Opens an address in the person's own browser; waits on this computer for what it brings back."""

import socket
import time
from urllib.parse import urlsplit

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from gui.errors import JobContext, UserError
from gui.values import Secret

_WAIT_SECONDS = 600
_THANKS = (
    "<!doctype html><meta charset=utf-8><title>Page Keys</title>"
    "<body style='font:17px system-ui;margin:15vh auto;max-width:32em;text-align:center'>"
    "<h1 style='font-size:24px'>Done</h1><p>You can close this tab and go back to Page Keys.</p>"
)


def open_address(url: str) -> bool:
    """Whether the system took the address to open it."""
    return bool(QDesktopServices.openUrl(QUrl(url)))


class AnswerListener:
    """A socket on loopback that waits for one answer: GET / with a code. `port` is a free one."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]

    def wait(self, job: JobContext) -> Secret:
        """The address that the browser came back with. Raises UserError after ten minutes, Cancelled."""
        ends = time.monotonic() + _WAIT_SECONDS
        self._socket.settimeout(0.1)
        try:
            while time.monotonic() < ends:
                job.check()
                try:
                    connection, _ = self._socket.accept()
                except TimeoutError:
                    continue
                if found := self._answer(connection):
                    return found
        finally:
            self._socket.close()
        raise UserError("browser_waiting_ended")

    def _answer(self, connection: socket.socket) -> Secret | None:
        with connection:
            connection.settimeout(2)
            try:
                head = b""
                while b"\r\n\r\n" not in head and len(head) < 32_768:
                    part = connection.recv(4096)
                    if not part:
                        break
                    head += part
                target = head.split(b" ", 2)[1].decode("ascii", "replace") if head.count(b" ") >= 2 else "/"
                query = urlsplit(target).query
                found = "code=" in query or "error=" in query
                body = _THANKS.encode() if found else b""
                status = "200 OK" if found else "404 Not Found"
                connection.sendall(
                    f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n".encode()
                    + body
                )
            except OSError:
                return None
        return Secret(f"http://localhost:{self.port}{target}") if found else None
