"""Files that open with a password only: an AES zip, and age for experts.

Each library is imported where it is used: a person who protects no file waits for none.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from gui.errors import UserError
from gui.values import Secret


def encrypt_zip(name: str, content: bytes, password: Secret) -> bytes:
    """A zip archive that holds `content` as a file of this name, under AES-256. The name stays readable."""
    import pyzipper

    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.reveal().encode())
        archive.writestr(name, content)
    return out.getvalue()


def encrypt_age(content: bytes, keys: str) -> bytes:
    """`content` encrypted with age for the holders of these public keys ("age1…" or "ssh-ed25519 …", a line each).

    Not under a passphrase: that takes seconds in which nothing else of the program runs. Raises UserError for what is
    no key.
    """
    import pyrage

    recipients = []
    for line in filter(None, map(str.strip, keys.splitlines())):
        try:
            recipients.append(
                pyrage.x25519.Recipient.from_str(line)
                if line.startswith("age1")
                else pyrage.ssh.Recipient.from_str(line)
            )
        # The library's own kinds of error differ from version to version, and may quote a secret key that was pasted.
        except Exception:
            recipients.clear()
            break
    if not recipients:
        raise UserError("export_no_age_key")
    encrypted: bytes = pyrage.encrypt(content, recipients)
    return encrypted


def open_zip(data: bytes, password: Secret | None, largest: int) -> Iterator[tuple[str, bytes | None]]:
    """The files of a zip archive with their contents; None for one of more than `largest` bytes.

    Raises UserError where a password is needed, or another one.
    """
    import pyzipper

    with pyzipper.AESZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if entry.is_dir():
                continue
            if entry.flag_bits & 1 and not password:
                raise UserError("import_needs_password")
            wrong = False
            content: bytes | None = None
            try:
                with archive.open(entry, pwd=password.reveal().encode() if password else None) as file:
                    content = file.read(largest + 1)
            except RuntimeError:
                # The library names no kind of its own for a wrong password.
                wrong = bool(entry.flag_bits & 1)
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
                # Damaged, or packed in a way of its own: it hides none of the others.
                content = None
            if wrong:
                raise UserError("import_wrong_password")
            yield entry.filename, content if content is not None and len(content) <= largest else None


_AGE_BEGINS = (b"age-encryption.org/v1", b"-----BEGIN AGE ENCRYPTED FILE-----")


def is_age(data: bytes) -> bool:
    """Whether this is a file that age encrypted, as bytes or as text."""
    return data.lstrip().startswith(_AGE_BEGINS)


def decrypt_age(data: bytes, key: Secret) -> bytes | None:
    """The content of a file of age; None when `key` does not open it.

    `key` is the receiver's secret key ("AGE-SECRET-KEY-1…", or an SSH private key), or the passphrase.
    """
    import pyrage

    text = key.reveal()
    content: bytes | None
    try:
        identities: list[Any] = [
            pyrage.x25519.Identity.from_str(one) for one in re.findall(r"AGE-SECRET-KEY-1[0-9A-Z]+", text.upper())
        ]
        if "PRIVATE KEY-----" in text:
            identities.append(pyrage.ssh.Identity.from_buffer(_key_lines(text)))
        content = pyrage.decrypt(data, identities) if identities else pyrage.passphrase.decrypt(data, text)
    # The library's own kinds of error differ from version to version, and may quote the key.
    except Exception:
        content = None
    return content


def _key_lines(text: str) -> bytes:
    """An SSH private key that lost its line breaks in a field, with its lines again."""
    match = re.search(r"(-----BEGIN [A-Z ]+-----)(.*?)(-----END [A-Z ]+-----)", text, re.DOTALL)
    if match is None:
        return text.encode()
    first, body, last = match.groups()
    return "\n".join([first, *re.findall(r"\S+", body), last, ""]).encode()
