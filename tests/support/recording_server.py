"""A server on this computer that nobody should ask: it counts connections and keeps what was asked for."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from gui.jobs import Background


class RecordingServer:
    """`connections` counts everyone who knocked; `paths` are what was asked for. `answer` is the body, as an image."""

    def __init__(self, answer: bytes = b"a picture", content_type: str = "image/png") -> None:
        self.connections = 0
        self.paths: list[str] = []
        self.answer, self.content_type, self.status, self.location = answer, content_type, 200, ""
        self._lock = threading.Lock()
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                recorder.paths.append(self.path)
                self.send_response(recorder.status)
                if recorder.location:
                    self.send_header("Location", recorder.location)
                self.send_header("Content-Type", recorder.content_type)
                self.send_header("Content-Length", str(len(recorder.answer)))
                self.end_headers()
                self.wfile.write(recorder.answer)

            def log_message(self, *_) -> None:
                return

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def get_request(self):
                with recorder._lock:
                    recorder.connections += 1
                return super().get_request()

            def handle_error(self, *_) -> None:
                return

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._serving = Background(self._server.serve_forever, self._server.shutdown)

    def close(self) -> None:
        self._serving.stop()
        self._server.server_close()
