"""Opens an address in the person's own browser; waits on this computer for what it brings back."""

import hmac
from urllib.parse import parse_qs

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtNetwork import QHostAddress, QTcpServer, QTcpSocket

from gui.i18n import _
from gui.values import Secret

#: How long an answer is waited for, and a request that was begun (milliseconds).
WAIT, REQUEST_WAIT = 600_000, 10_000
#: More than a login's answer, and more connections than a browser opens at once.
_LONGEST_HEAD, _MOST_CONNECTIONS = 32_768, 32
_PAGE = (
    "<!doctype html><meta charset=utf-8><title>Page Keys</title>"
    "<body style='font:17px system-ui;margin:15vh auto;max-width:32em;text-align:center'>"
    "<h1 style='font-size:24px'>{title}</h1><p>{text}</p>"
)
_DONE = _PAGE.format(title=_("Done"), text=_("You can close this tab and go back to Page Keys."))
_OTHER_LOGIN = _PAGE.format(
    title=_("This answer belongs to another login"), text=_("Go back to Page Keys and open the login from there.")
)


def open_address(url: str) -> bool:
    """Whether the system took the address to open it."""
    return bool(QDesktopServices.openUrl(QUrl(url)))


class AnswerListener(QObject):
    """Waits on loopback for the one answer of a login: GET / at this host, with the login's `state`.

    `answered` carries the address that the browser came to, a Secret; `ended` comes when nothing did for ten minutes.
    Anything else that connects is answered politely, and the waiting goes on. `port` is a free one.
    """

    answered = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = ""
        self._server = QTcpServer(self)
        self._server.newConnection.connect(self._take_connections)
        self._server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost), 0)
        self.port = int(self._server.serverPort())
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(WAIT)
        self._clock.timeout.connect(self._end)

    def expect(self, state: str) -> None:
        """Wait for the answer that brings back this `state`."""
        self._state = state
        self._clock.start()

    def close(self) -> None:
        """Wait no longer."""
        self._clock.stop()
        self._server.close()
        for connection in self._server.findChildren(QTcpSocket):
            connection.abort()

    def _end(self) -> None:
        self.close()
        self.ended.emit()

    def _take_connections(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            connection.disconnected.connect(connection.deleteLater)
            # Too many: the one that has been silent for longest goes, never the newest, which may be the answer.
            for oldest in self._server.findChildren(QTcpSocket)[:-_MOST_CONNECTIONS]:
                oldest.abort()
            connection.readyRead.connect(lambda connection=connection: self._read(connection))
            # One that says nothing, or never ends what it says, holds up nobody and goes.
            QTimer.singleShot(REQUEST_WAIT, connection, connection.abort)
            self._read(connection)

    def _read(self, connection: QTcpSocket) -> None:
        head = bytes(connection.peek(_LONGEST_HEAD).data())
        if b"\r\n\r\n" not in head:
            if len(head) >= _LONGEST_HEAD:
                _reply(connection, "431 Request Header Fields Too Large")
            return
        connection.readAll()
        request, *lines = head.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        method, _, rest = request.partition(" ")
        target = rest.partition(" ")[0]
        path, _, query = target.partition("?")
        hosts = [line.partition(":")[2].strip().lower() for line in lines if line.lower().startswith("host:")]
        if hosts not in ([f"localhost:{self.port}"], [f"127.0.0.1:{self.port}"]):
            _reply(connection, "421 Misdirected Request")
        elif path != "/":
            _reply(connection, "404 Not Found")
        elif method != "GET":
            _reply(connection, "405 Method Not Allowed")
        elif not self._is_ours(query):
            _reply(connection, "400 Bad Request", _OTHER_LOGIN)
        else:
            _reply(connection, "200 OK", _DONE)
            self._clock.stop()
            self._server.close()
            self.answered.emit(Secret(f"http://localhost:{self.port}{target}"))

    def _is_ours(self, query: str) -> bool:
        """Whether this is the answer to the login under way: its one state first, then whether it holds anything."""
        try:
            fields = parse_qs(query, max_num_fields=50)
        except ValueError:
            return False
        states = fields.get("state", [])
        return (
            bool(self._state)
            and len(states) == 1
            and hmac.compare_digest(states[0].encode(), self._state.encode())
            and bool(fields.keys() & {"code", "error"})
        )


def _reply(connection: QTcpSocket, status: str, page: str = "") -> None:
    body = page.encode()
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
        "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n"
    )
    connection.write(head.encode() + body)
    # Written now: the login may close the listener before the event loop would get to it.
    connection.flush()
    connection.disconnectFromHost()
