"""The HTTP under the practice Facebook: connections stay open between calls, as Facebook's do; nothing is logged.

Its own small handler on werkzeug's server: werkzeug's handler closes each connection on purpose (a call then takes 2.7
times as long on this computer), and waitress hides the socket that a dropped connection needs.
"""

import socket
import threading
from typing import Any

from werkzeug.http import http_date
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler


class Handler(WSGIRequestHandler):
    """Answers one connection's calls one after the other. werkzeug's own closes after each."""

    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def log(self, type: str, message: str, *args: Any) -> None:
        """Nothing: addresses may hold tokens."""

    def run_wsgi(self) -> None:
        environ = self.environ = self.make_environ()
        responses: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            responses.append((status, headers))

        pieces = self.server.app(environ, start_response)
        try:
            status, headers = responses[-1]
            code, _, reason = status.partition(" ")
            self.send_response_only(int(code), reason)
            names = {name.lower() for name, _ in headers}
            for name, value in headers:
                self.send_header(name, value)
            if "date" not in names:
                self.send_header("Date", http_date())
            chunked = "content-length" not in names
            if chunked:
                self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for piece in pieces:
                if piece:
                    self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
            if chunked:
                self.wfile.write(b"0\r\n\r\n")
        finally:
            if hasattr(pieces, "close"):
                pieces.close()


class Server(ThreadedWSGIServer):
    """A thread a connection; closing it closes the connections too."""

    daemon_threads = True

    def __init__(self, port: int, application: Any) -> None:
        self._connections: set[Any] = set()
        self._lock = threading.Lock()
        super().__init__("127.0.0.1", port, application, Handler)

    def get_request(self) -> tuple[Any, Any]:
        connection, address = super().get_request()
        with self._lock:
            self._connections.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        super().server_close()
        with self._lock:
            connections = tuple(self._connections)
        for connection in connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
