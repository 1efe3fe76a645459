"""A relay between a client and the practice Facebook: plain, under TLS, or with faults of its own making."""

import random
import socket
import ssl
import struct
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def certificate(folder: Path, *, ended: bool = False, hosts: Sequence[str] = ()) -> tuple[str, str, str]:
    """A certificate for 127.0.0.1 and `hosts`, its key, and its authority, which nobody knows; `ended` yesterday."""
    now = datetime.now(UTC)
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in ("Nobody", "127.0.0.1")]

    def made(number: int, until: datetime) -> x509.Certificate:
        started = (
            x509.CertificateBuilder()
            .subject_name(names[number])
            .issuer_name(names[0])
            .public_key(keys[number].public_key())
        )
        dated = (
            started.serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=9))
            .not_valid_after(until)
        )
        dated = dated.add_extension(x509.BasicConstraints(ca=number == 0, path_length=None), critical=True)
        address = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1")), *map(x509.DNSName, hosts)])
        return dated.add_extension(address, critical=False).sign(keys[0], hashes.SHA256())

    authority, leaf = made(0, now + timedelta(days=9)), made(1, now + timedelta(days=-1 if ended else 1))
    paths = str(folder / "certificate.pem"), str(folder / "key.pem"), str(folder / "authority.pem")
    key = keys[1].private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for path, body in zip(
        paths,
        (leaf.public_bytes(serialization.Encoding.PEM), key, authority.public_bytes(serialization.Encoding.PEM)),
        strict=True,
    ):
        Path(path).write_bytes(body)
    return paths


class Proxy:
    """A company's proxy: takes CONNECT and leads every host to `target` (a port of this computer).

    `refusal` is the status it answers with instead; `asked` holds the hosts that were asked for.
    """

    def __init__(self, target: int, refusal: str = "") -> None:
        self.asked: list[str] = []
        self._target, self._refusal = target, refusal
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            method, host, _ = _message(connection).split(b"\r\n")[0].decode().split()
            assert method == "CONNECT", "all goes under TLS"
            self.asked.append(host)
            if self._refusal:
                wanted = 'Proxy-Authenticate: Basic realm="Company"\r\n' if self._refusal.startswith("407") else ""
                connection.sendall(f"HTTP/1.1 {self._refusal}\r\n{wanted}Content-Length: 0\r\n\r\n".encode())
                return
            with socket.create_connection(("127.0.0.1", self._target)) as server:
                connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                back = threading.Thread(target=_pass_on, args=(server, connection), daemon=True)
                back.start()
                _pass_on(connection, server)
                back.join()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while some := source.recv(65536):
            target.sendall(some)
        target.shutdown(socket.SHUT_WR)


class Relay:
    """Passes connections on to `target`. `faults` decides, an answer at a time, what happens to it."""

    def __init__(
        self, target: str, *, tls: tuple[str, str, str] | None = None, faults: "Faults | Recorder | None" = None
    ) -> None:
        parts = urlsplit(target)
        self._target = (parts.hostname, parts.port)
        self._faults = faults
        self._context: ssl.SSLContext | None = None
        if tls is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(*tls[:2])
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            if self._context is not None:
                connection = self._context.wrap_socket(connection, server_side=True)
            with connection, socket.create_connection(self._target) as server:
                self._relay(connection, server)
        except (OSError, ssl.SSLError):
            return

    def _relay(self, connection: socket.socket, server: socket.socket) -> None:
        """One request after the other: read it whole, pass it on, read the answer whole, let the faults at it."""
        while request := _message(connection):
            server.sendall(request)
            answer = _message(server)
            if not answer:
                return
            if self._faults is None:
                connection.sendall(answer)
            elif not self._faults.let_at(connection, server, request, answer):
                return


def _message(source: socket.socket) -> bytes:
    """One HTTP message: its head, and as much body as Content-Length or chunks say."""
    got = b""
    while b"\r\n\r\n" not in got:
        more = source.recv(65536)
        if not more:
            return b""
        got += more
    head, _, body = got.partition(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
    )
    chunked = b"transfer-encoding: chunked" in head.lower()
    while len(body) < length or (chunked and not body.endswith(b"0\r\n\r\n")):
        more = source.recv(65536)
        if not more:
            break
        body += more
    return head + b"\r\n\r\n" + body


class Faults:
    """What goes wrong, by a seed.

    An answer is late, reset, cut; a request is made twice; an answer's pieces, or two answers, are out of order.
    `rate` is the share of answers that something happens to; after `most` faults all is well.
    """

    def __init__(self, seed: int, *, rate: float = 0.25, most: int = 6) -> None:
        self._random = random.Random(seed)
        self.rate, self.left = rate, most
        self.made: list[str] = []
        self._older: dict[bytes, bytes] = {}
        self._lock = threading.Lock()

    def _choose(self) -> str:
        with self._lock:
            if self.left <= 0 or self._random.random() > self.rate:
                return ""
            self.left -= 1
            kind = self._random.choice(("delay", "reset", "cut", "repeat", "reorder", "stale"))
            self.made.append(kind)
            return kind

    def let_at(self, connection: socket.socket, server: socket.socket, request: bytes, answer: bytes) -> bool:
        """Send the answer, or what becomes of it; whether the connection goes on."""
        kind = self._choose()
        path = request.split(b"?", 1)[0].split(b" HTTP", 1)[0]
        older = self._older.get(path, b"")
        self._older[path] = answer
        if kind == "delay":
            time.sleep(self._random.uniform(0.005, 0.03))
        elif kind == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return False
        elif kind == "cut":
            connection.sendall(answer[: self._random.randrange(1, max(2, len(answer)))])
            return False
        elif kind == "repeat":
            # The request arrives twice, as a proxy that tries again does; the second answer is the one that counts.
            server.sendall(request)
            answer = _message(server)
        elif kind == "reorder":
            head, _, body = answer.partition(b"\r\n\r\n")
            middle = len(body) // 2
            answer = head + b"\r\n\r\n" + body[middle:] + body[:middle]
        elif kind == "stale" and older:
            # As a cache does that forgets what stands behind the question mark: an earlier page of the same list.
            answer = older
        connection.sendall(answer)
        return bool(answer)


class Recorder:
    """Lets everything pass and keeps what was sent: given to a Relay in place of faults."""

    def __init__(self) -> None:
        self.requests: list[bytes] = []

    def let_at(self, connection: socket.socket, server: socket.socket, request: bytes, answer: bytes) -> bool:
        self.requests.append(request)
        connection.sendall(answer)
        return True

    def holds(self, text: str) -> bool:
        """Whether `text`, as it is or percent-encoded, was in any request."""
        return any(form.encode() in request for request in self.requests for form in (text, quote(text, safe="")))
