"""Saved mails: their texts, whatever they are encoded in, and the files that hang on them."""

import email
import email.policy
import re
from collections.abc import Iterator

_HEADERS = re.compile(
    rb"\A(?:From |(?:Received|Return-Path|MIME-Version|Date|Subject|From|To|Message-ID|Content-Type"
    rb"|Content-Transfer-Encoding|Delivered-To|X-[A-Za-z-]+): )",
    re.IGNORECASE,
)


def is_mail(data: bytes) -> bool:
    """Whether the bytes begin with the headers of a mail."""
    return _HEADERS.match(data) is not None and re.search(rb"\r?\n\r?\n", data[:200_000]) is not None


def mail_parts(data: bytes) -> Iterator[tuple[str, str | bytes]]:
    """The texts of a mail, without a name, and its other parts as bytes with theirs."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.is_multipart():
            continue
        try:
            content = part.get_content()
        except (LookupError, ValueError, AttributeError):
            content = part.get_payload(decode=True)
        name = part.get_filename() or ""
        if isinstance(content, bytes) and content:
            yield name or "attachment", content
        elif isinstance(content, str):
            yield name, content
