"""What the practice Facebook's answers are made of: errors in Facebook's envelope, JSON in its spelling, pictures."""

import hashlib
import json
import struct
import zlib
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Call:
    """One call as the Graph API sees it, from a request or from an item of a batch."""

    method: str
    path: tuple[str, ...]
    params: dict[str, str]
    token: str
    version: str


@dataclass(slots=True)
class Answer:
    status: int
    data: Any
    headers: dict[str, str] = field(default_factory=dict)


class ApiError(Exception):
    """An answer in Facebook's error envelope."""

    def __init__(
        self,
        message: str,
        code: int,
        *,
        subcode: int | None = None,
        kind: str = "OAuthException",
        status: int = 400,
        **extra: Any,
    ) -> None:
        super().__init__(code)
        error: dict[str, Any] = {"message": message, "type": kind, "code": code}
        if subcode is not None:
            error["error_subcode"] = subcode
        error.update(extra)
        error["fbtrace_id"] = "A" + hashlib.md5(message.encode(), usedforsecurity=False).hexdigest()[:10]
        self.answer = Answer(status, {"error": error})

    @property
    def error(self) -> dict[str, Any]:
        error: dict[str, Any] = self.answer.data["error"]
        return error


def json_bytes(data: Any) -> bytes:
    """JSON as Facebook writes it: escaped slashes, \\uXXXX for all but ASCII, and for the percent sign."""
    return json.dumps(data, separators=(",", ":")).replace("/", "\\/").replace("%", "\\u0025").encode()


def picture_png(page_id: str, size: int = 100) -> bytes:
    """A Page's picture: two tones of the Page's own color, as a PNG."""
    digest = hashlib.md5(page_id.encode(), usedforsecurity=False).digest()
    dark = bytes(60 + value % 110 for value in digest[:3])
    light = bytes(min(255, value + 60) for value in dark)
    kind = digest[3] % 3
    rows = []
    for y in range(size):
        row = bytearray(b"\0")
        for x in range(size):
            inside = (
                (x - size / 2) ** 2 + (y - size * 0.55) ** 2 < (size * 0.28) ** 2
                if kind == 0
                else abs(x - size / 2) + abs(y - size / 2) < size * 0.32
                if kind == 1
                else (x + y) % (size // 2) < size // 5
            )
            row += light if inside else dark
        rows.append(bytes(row))

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"".join(rows)))
        + chunk(b"IEND", b"")
    )
