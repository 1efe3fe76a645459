"""Saved mails: their texts, whatever they are encoded in, and the files that hang on them."""

import email
import email.policy
import re
from collections.abc import Iterator

_HEADER = re.compile(
    rb"^(Received|Return-Path|MIME-Version|Date|Subject|From|To|Cc|Message-ID|Content-Type|Content-Transfer-Encoding"
    rb"|Delivered-To|Reply-To|X-[A-Za-z-]+):[ \t]",
    re.IGNORECASE | re.MULTILINE,
)
#: Notes that people make have a date or a receiver; what a mail program writes has these.
_OF_PROGRAMS = {b"received", b"return-path", b"mime-version", b"message-id", b"content-type", b"delivered-to"}


def is_mail(data: bytes) -> bool:
    """Whether the bytes begin with the headers of a mail, as a mail program writes them."""
    end = re.search(rb"\r?\n\r?\n", data[:200_000])
    if end is None or not (data.startswith(b"From ") or _HEADER.match(data)):
        return False
    names = {name.lower() for name in _HEADER.findall(data[: end.start()])}
    return len(names) >= 2 and bool(names & _OF_PROGRAMS)


def mail_parts(data: bytes) -> Iterator[tuple[str, str | bytes, bool]]:
    """The parts of a mail: a name where it has one, its text or its bytes, and whether it says another part once more.

    A mail in plain text and in HTML says the same twice.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    has_plain = any(part.get_content_type() == "text/plain" and not part.get_filename() for part in message.walk())
    for part in message.walk():
        if part.is_multipart():
            continue
        try:
            content = part.get_content()
        except (LookupError, ValueError, AttributeError):
            content = part.get_payload(decode=True)
        name = part.get_filename() or ""
        if isinstance(content, bytes) and content:
            yield name or "attachment", content, False
        elif isinstance(content, str):
            yield name, content, has_plain and not name and part.get_content_type() == "text/html"
