"""An answer's bytes become what was asked for, or the GraphError that they are: within bounds of time and memory."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import msgspec

from gui.graph.errors import GraphError, from_envelope, read_envelope
from gui.graph.lenient import convert_leniently
from gui.graph.models import ErrorOnly
from gui.values import Secret

T = TypeVar("T")

#: No real answer is larger; a larger one is refused while it still arrives (bytes). A hundred Pages are some 100 KB.
LARGEST_ANSWER = 2 * 1024 * 1024
#: What debug_token says of fifty tokens names each Page they were given for, once for each permission (bytes).
LARGEST_DEBUG = 16 * 1024 * 1024
#: Up to here an answer's make-up does not matter (bytes).
_SMALL = 64 * 1024
#: A larger one with fewer bytes for each object, or each value, is none of Facebook's: it would fill memory many times
#: its size.
_BYTES_AN_OBJECT, _BYTES_A_VALUE = 64, 24
#: No real error envelope is larger (bytes).
_LARGEST_ENVELOPE = 64 * 1024
#: Network Authentication Required (RFC 6585): a network's sign-in page.
_SIGN_IN = 511
_FAILURES = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def decode(
    status: int,
    body: bytes,
    answer_type: type[T],
    secrets: Sequence[Secret] = (),
    *,
    long_lists: bool = False,
    left_out: Callable[[str], None] = lambda name: None,
) -> T:
    """The typed answer in a body. Raises the GraphError that it is or holds, with the call's `secrets` taken out.

    `long_lists` for an answer whose long lists are read later (`part`). Where a value is odd the rest is used;
    `left_out` is told the name of each row of a list that cannot be read.
    """
    body = body.removeprefix(b"\xef\xbb\xbf")
    start = body.lstrip()[:1]
    if not start:
        raise GraphError("empty_answer", status=status)
    error_fields: ErrorOnly | None = None
    kind = "not_json"
    try:
        error_fields = msgspec.json.decode(body, type=ErrorOnly) if start == b"{" else ErrorOnly()
    except _FAILURES as error:
        if start in b"{[":
            # What is whole and cannot be read is something else than what broke off.
            kind = "cut_off" if "truncated" in str(error) else "wrong_shape"
            # Half a character right at its end looks broken off, too.
            if kind == "wrong_shape" or len(body) <= _SMALL:
                error_fields = _leniently(body, ErrorOnly, left_out)
    if error_fields is None or start not in b'{["-0123456789tfn':
        raise GraphError("server_trouble" if status >= 500 and status != _SIGN_IN else kind, status=status)
    _raise_error(error_fields, status, secrets)
    if status >= 500 and status != _SIGN_IN:
        raise GraphError("server_trouble", status=status)
    if status >= 400:
        raise GraphError("not_json", status=status)
    return _decode_as(body, answer_type, long_lists, status, left_out=left_out)


def part(raw: msgspec.Raw, part_type: type[T], *, long_list: bool = False) -> T | None:
    """A part of an answer that was left for later; None where it is missing or null. Numbers may stand in quotes."""
    body = memoryview(raw)
    return (
        None
        if body.nbytes == 0 or bytes(body[:5]) == b"null"
        else _decode_as(raw, part_type, long_list, 200, strict=False)
    )


def _decode_as(
    body: bytes | msgspec.Raw,
    answer_type: type[T],
    long_lists: bool,
    status: int,
    *,
    strict: bool = True,
    left_out: Callable[[str], None] = lambda name: None,
) -> T:
    whole = body if isinstance(body, bytes) else bytes(body)
    if not _is_dense(whole, long_lists):
        try:
            return msgspec.json.decode(body, type=answer_type, strict=strict)
        except _FAILURES as error:
            is_cut_off = "truncated" in str(error)
        most = _SMALL if is_cut_off else LARGEST_ANSWER
        if len(whole) <= most and (answer := _leniently(whole, answer_type, left_out)) is not None:
            return answer
        if is_cut_off:
            raise GraphError("cut_off", status=status)
    raise GraphError("wrong_shape", status=status)


def _leniently(body: bytes, answer_type: type[T], left_out: Callable[[str], None]) -> T | None:
    try:
        return convert_leniently(body, answer_type, left_out)
    except (msgspec.ValidationError, ValueError, RecursionError):
        return None


def _raise_error(error_fields: ErrorOnly, status: int, secrets: Sequence[Secret]) -> None:
    raw = _value(error_fields.error)
    if raw is None:
        code, description = _value(error_fields.error_code), _value(error_fields.error_description)
        raw = None if code is None and description is None else {"code": code, "message": description}
    # `false` or an empty object beside good data says that there is none.
    if raw or raw == ():
        envelope = read_envelope(raw, secrets)
        raise from_envelope(envelope, status) if envelope else GraphError("wrong_shape", status=status)


def _value(raw: msgspec.Raw) -> Any:
    """The value of a field of the envelope; one too large to be real is one that has no shape."""
    size = memoryview(raw).nbytes
    if size == 0:
        return None
    if size > _LARGEST_ENVELOPE:
        return ()
    try:
        return msgspec.json.decode(raw)
    except _FAILURES:
        return ()


def _is_dense(body: bytes, long_lists: bool) -> bool:
    size = len(body)
    if size <= _SMALL:
        return False
    values = 0 if long_lists else body.count(b",") * _BYTES_A_VALUE
    return max(values, body.count(b"{") * _BYTES_AN_OBJECT, body.count(b"[") * _BYTES_AN_OBJECT) > size
