"""Tokens of the practice Facebook: signed texts that say themselves what they are.

They look like Facebook's (EAA, letters and digits, some 200 characters) and are understood again after
a restart with the same seed, so a practice account goes on working from one day to the next.
"""

import hashlib
import hmac
import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_PAYLOAD: Final = struct.Struct(">BBHIIIIII")
_FILL: Final = 110
#: Above its lowest 17 bits a Page's number holds the permissions that the 16 bits for them have no room for: tokens of
#: earlier versions stay as they are.
_PAGE_BITS: Final = 17
USER, PAGE, SYSTEM_USER = 1, 2, 3


@dataclass(frozen=True, slots=True)
class TokenRecord:
    """What a token says: whose, of which app, which grant made it, when it ends (0: no end), and for a Page which."""

    kind: int
    person: int
    scopes: int
    grant: int
    issued_at: int
    expires_at: int
    page: int = 0
    long_lived: bool = False
    serial: int = 0
    other_app: bool = False
    app: int = 0


def _base62(number: int) -> str:
    digits = []
    while number:
        number, rest = divmod(number, 62**8)
        for _ in range(8):
            rest, digit = divmod(rest, 62)
            digits.append(_ALPHABET[digit])
    return "".join(digits).rstrip("0")[::-1]


def _from_base62(text: str) -> int:
    number = 0
    for character in text:
        number = number * 62 + _ALPHABET.index(character)
    return number


class TokenMint:
    """Makes and reads tokens under a key of its own."""

    def __init__(self, seed: int) -> None:
        self._key = hashlib.sha256(f"practice {seed}".encode()).digest()
        self.make = lru_cache(maxsize=50_000)(self._make)

    def _make(self, record: TokenRecord) -> str:
        flags = record.kind | (0x80 if record.long_lived else 0) | (0x40 if record.other_app else 0)
        payload = _PAYLOAD.pack(
            flags,
            record.person,
            record.scopes & 0xFFFF,
            record.grant,
            record.issued_at,
            record.expires_at,
            record.page | record.scopes >> 16 << _PAGE_BITS,
            record.serial,
            record.app,
        )
        mask = hashlib.blake2b(b"mask", key=self._key, digest_size=_PAYLOAD.size).digest()
        seal = b"".join(hashlib.blake2b(payload, key=self._key, salt=bytes([part])).digest() for part in (1, 2))[:_FILL]
        body = bytes(a ^ b ^ c for a, b, c in zip(payload, mask, seal, strict=False))
        return "EAA" + _base62(int.from_bytes(b"\x01" + body + seal, "big")) + ("ZD" if seal[-1] % 2 else "")

    def read(self, token: str) -> TokenRecord | None:
        """The record of a token; None for a text that this mint did not make."""
        if not (token.startswith("EAA") and len(token) < 400 and token.isascii() and token.isalnum()):
            return None
        bodies = {token[3:], token[3:].removesuffix("ZD")}
        return next((record for body in bodies if (record := self._read_body(token, body)) is not None), None)

    def _read_body(self, token: str, text: str) -> TokenRecord | None:
        number = _from_base62(text)
        raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
        if len(raw) != 1 + _FILL + _PAYLOAD.size:
            return None
        body, seal = raw[1 : 1 + _PAYLOAD.size], raw[1 + _PAYLOAD.size :]
        mask = hashlib.blake2b(b"mask", key=self._key, digest_size=_PAYLOAD.size).digest()
        payload = bytes(a ^ b ^ c for a, b, c in zip(body, mask, seal, strict=False))
        flags, person, scopes, grant, issued_at, expires_at, page, serial, app = _PAYLOAD.unpack(payload)
        record = TokenRecord(
            flags & 0x3F,
            person,
            scopes | page >> _PAGE_BITS << 16,
            grant,
            issued_at,
            expires_at,
            page & (1 << _PAGE_BITS) - 1,
            bool(flags & 0x80),
            serial,
            bool(flags & 0x40),
            app,
        )
        return record if hmac.compare_digest(self.make(record), token) else None
