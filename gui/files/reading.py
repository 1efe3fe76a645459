"""Reading whatever file or text someone has. A new format is a reader and one more line of FORMATS."""

import gzip
import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from gui.errors import UserError
from gui.files import kdbx, mail, protect, workbook
from gui.files.document import Document, Part
from gui.files.json_tree import json_leaves
from gui.files.text_rows import text_rows, unfold
from gui.files.token_pieces import without_invisible
from gui.i18n import N_, _
from gui.values import Secret

#: More than 10,000 rows of tokens need (bytes).
LARGEST = 64 * 1024 * 1024
#: An archive in an archive in a mail is read; deeper ones are named as unread.
_DEEPEST = 3


@dataclass(slots=True)
class Reading:
    """What the readers of one file share: the password or key, what was read so far, and whom to tell of progress."""

    password: Secret | None
    progress: Callable[[int], None]
    document: Document
    depth: int = 0


class Format(NamedTuple):
    """A kind of file: how its bytes are known, and how they are read into the Reading's document."""

    name: str
    matches: Callable[[bytes], bool]
    read: Callable[[bytes, str, Reading], None]


def read_document(data: bytes, password: Secret | None, progress: Callable[[int], None]) -> Document:
    """All that a file holds, by what its bytes are. Raises UserError where it cannot be read.

    `progress` is told how many rows of a workbook were read.
    """
    if len(data) > LARGEST:
        raise UserError("import_too_large")
    reading = Reading(password, progress, Document())
    _read(data, "", reading)
    return reading.document


def read_text(text: str) -> Document:
    """All that a pasted text holds."""
    document = Document()
    _add_text(text, "", document)
    return document


def _read(data: bytes, name: str, reading: Reading) -> None:
    reading.depth += 1
    next(one for one in FORMATS if one.matches(data)).read(data, name, reading)
    reading.depth -= 1


# --------------------------------------------------------------------- formats
def _read_kdbx(data: bytes, name: str, reading: Reading) -> None:
    part = kdbx.read_kdbx(data, reading.password)
    reading.document.parts.append(replace(part, name=name))


def _read_age(data: bytes, name: str, reading: Reading) -> None:
    if not reading.password:
        raise UserError("import_needs_key")
    content = protect.decrypt_age(data, reading.password)
    if content is None:
        raise UserError("import_wrong_key")
    _read(content, name, reading)


def _read_office(data: bytes, name: str, reading: Reading) -> None:
    if workbook.is_encrypted(data):
        if not reading.password:
            raise UserError("import_needs_password")
        clear = workbook.decrypt_workbook(data, reading.password)
        if clear is None:
            raise UserError("import_wrong_password")
        data = clear
    _read_workbook(data, name, reading)


def _read_workbook(data: bytes, name: str, reading: Reading) -> None:
    failed = False
    try:
        parts = list(workbook.read_sheets(data, reading.progress))
    except MemoryError:
        raise
    except Exception:  # What is wrong with a broken file comes in many kinds, and the reader's texts may quote it.
        failed = True
    if failed:
        raise UserError("import_unreadable")
    for part in parts:
        sheet = f"{name}, {part.name}" if name else part.name
        reading.document.parts.append(Part(sheet, part.rows, is_sheet=True))
    # Comments, formulas and links hold what no cell shows.
    for inner, text in workbook.other_texts(data):
        reading.document.parts.append(Part(f"{name}, {inner}" if name else inner, text=text, is_copy=True))


def _is_workbook(data: bytes) -> bool:
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = set(archive.namelist())
        is_text = "mimetype" in names and b"opendocument.text" in archive.read("mimetype")
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, NotImplementedError):
        # Damaged: it is told as the workbook that its beginning says it was.
        return b"xl/" in data[:4000] or b"[Content_Types].xml" in data[:4000] or len(data) < 100
    return any(name.startswith("xl/") for name in names) or ({"mimetype", "content.xml"} <= names and not is_text)


def _read_zip(data: bytes, name: str, reading: Reading) -> None:
    failed = False
    try:
        _read_files(protect.open_zip(data, reading.password, LARGEST), name, reading)
    except (UserError, MemoryError):
        raise
    except Exception:
        failed = True
    if failed:
        raise UserError("import_unreadable")


def _read_tar(data: bytes, name: str, reading: Reading) -> None:
    failed = False
    files: list[tuple[str, bytes | None]] = []
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for entry in archive:
                if entry.isfile():
                    content = archive.extractfile(entry) if entry.size <= LARGEST else None
                    files.append((entry.name, content.read() if content is not None else None))
    except (tarfile.TarError, OSError, EOFError, ValueError):
        failed = True
    if failed and not files:
        raise UserError("import_unreadable")
    _read_files(files, name, reading)
    if failed:
        reading.document.unread.append(name or _("the rest of the archive"))


def _read_files(files: Iterable[tuple[str, bytes | None]], name: str, reading: Reading) -> None:
    depth = reading.depth
    for file_name, content in files:
        inner = f"{name}, {file_name}" if name else file_name
        if content is None or reading.depth > _DEEPEST or _is_binary(content):
            reading.document.unread.append(inner)
            continue
        if file_name.endswith(("word/document.xml", "content.xml")) and b"EAA" in content:
            content = workbook.words_of_xml(content.decode("utf-8", "replace")).encode()
        try:
            _read(content, inner, reading)
        except UserError:
            # Damaged, or protected in its turn: it hides none of the others.
            reading.document.unread.append(inner)
            reading.depth = depth


def _is_binary(data: bytes) -> bool:
    """Whether this is a picture, a program or the like: none of the formats, and no text."""
    known = any(one.matches(data) for one in FORMATS if one.read not in {_read_plain, _read_what_stands_in_clear})
    return not known and b"\0" in data[:4000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")) and not _wide(data)


def _read_gzip(data: bytes, name: str, reading: Reading) -> None:
    try:
        content = gzip.GzipFile(fileobj=io.BytesIO(data)).read(LARGEST + 1)
    except (OSError, EOFError, zlib.error):
        content = None
    if content is None:
        raise UserError("import_unreadable")
    if len(content) > LARGEST:
        raise UserError("import_too_large")
    _read(content, name, reading)


#: Kinds of files of which only what stands in them in clear is read: how they begin, and what they are.
_NOT_READ = {
    b"%PDF-": N_("a PDF document"), b"7z\xbc\xaf\x27\x1c": N_("a 7-Zip archive"), b"Rar!\x1a\x07": N_("a RAR archive"),
    b"\xfd7zXZ\x00": N_("an xz archive"), b"BZh": N_("a bzip2 archive"), b"\x28\xb5\x2f\xfd": N_("a Zstandard archive"),
    b"\x03\xd9\xa2\x9a": N_("a KeePass database"), b"SQLite format 3\x00": N_("a database file"),
    b"\x89PNG": N_("a picture"), b"\xff\xd8\xff": N_("a picture"), b"GIF8": N_("a picture"),
}  # fmt: skip


def _kind_not_read(data: bytes) -> str:
    return _(next((kind for beginning, kind in _NOT_READ.items() if data.startswith(beginning)), ""))


def _read_what_stands_in_clear(data: bytes, name: str, reading: Reading) -> None:
    _read_plain(data, name, reading)
    reading.document.unread.append(name or _kind_not_read(data))


def _read_mail(data: bytes, name: str, reading: Reading) -> None:
    for part_name, content, is_copy in mail.mail_parts(data):
        if isinstance(content, bytes):
            _read_files([(part_name, content)], name, reading)
        else:
            _add_text(content, part_name or name or "message", reading.document, is_copy=is_copy)
    # What the headers hold, and a part that is not encoded as it says.
    _add_text(decode(data), name or "mail", reading.document, is_copy=True)


def _read_plain(data: bytes, name: str, reading: Reading) -> None:
    _add_text(decode(data), name, reading.document)
    if b"\0" in data:
        # What another program appended in its own encoding: a line to a UTF-16 file, or UTF-16 to a file in ASCII.
        for run in _OTHER_ENCODING.findall(data):
            if b"EAA" in (text := run.replace(b"\0", b"")):
                _add_text(text.decode("ascii"), name, reading.document, is_copy=True)


_OTHER_ENCODING = re.compile(
    rb"(?<!\0)[\t\n\r\x20-\x7e]{20,}(?!\0)|(?:[\t\n\r\x20-\x7e]\0){20,}|(?:\0[\t\n\r\x20-\x7e]){20,}"
)


#: The one table of formats, in the order in which they are tried.
FORMATS = (
    Format("age", protect.is_age, _read_age),
    Format("Office", workbook.is_office_file, _read_office),
    Format("workbook", _is_workbook, _read_workbook),
    Format("zip", lambda data: data.startswith(b"PK\x03\x04"), _read_zip),
    Format("tar", lambda data: data[257:262] == b"ustar", _read_tar),
    Format("gzip", lambda data: data.startswith(b"\x1f\x8b"), _read_gzip),
    Format("KeePass", kdbx.is_kdbx, _read_kdbx),
    Format("not read", lambda data: bool(_kind_not_read(data)), _read_what_stands_in_clear),
    Format("mail", mail.is_mail, _read_mail),
    Format("text", lambda data: True, _read_plain),
)


# ----------------------------------------------------------------------- texts
def _add_text(text: str, name: str, document: Document, *, is_copy: bool = False) -> None:
    text = _ANSI_COLORS.sub("", text)
    if _is_noise(text):
        # A program's file: a token may stand in it, but no table.
        document.parts.append(Part(name, text=text, is_copy=is_copy))
        return
    visible = re.sub(r"\r\n?", "\n", without_invisible(text))
    # As it is, names keep the joiners of their emoji; what stands around the values may hinder that.
    leaves = json_leaves(text) or json_leaves(visible)
    if leaves is None:
        visible = unfold(visible)
    rows = tuple(text_rows(visible)) if leaves is None else ()
    document.parts.append(Part(name, rows, leaves or (), visible, is_copy=is_copy))


#: How a terminal colors words, as in what was saved from one.
_ANSI_COLORS = re.compile(r"\x1b\[[0-9;]{0,20}[A-Za-z]")


def _is_noise(text: str) -> bool:
    """Whether a text is none: a hundredth of its beginning or more is control characters."""
    sample = text[:100_000]
    return len(re.findall(r"[\x00-\x08\x0e-\x1f]", sample)) * 100 > len(sample)


#: How the beginning of every token looks in the wide encodings.
_WIDE = (
    ("utf-32-le", b"E\0\0\0A\0\0\0A\0\0\0"),
    ("utf-32-be", b"\0\0\0E\0\0\0A\0\0\0A"),
    ("utf-16-le", b"E\0A\0A\0"),
    ("utf-16-be", b"\0E\0A\0A"),
)


def _wide(data: bytes) -> str:
    """Which UTF-16 or UTF-32 a text without a mark at its beginning is in; empty where it is none."""
    if b"\0" not in data[:4000] and b"E\0A\0A\0" not in data:
        return ""
    for encoding, token in _WIDE:
        # By where it stands: the bytes of one look like the other's, moved by one.
        place = data.find(token)
        if place >= 0 and place % (4 if "32" in encoding else 2) == 0:
            return encoding
    sample = data[:2000]
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if odd > len(sample) * 0.3 and even < len(sample) * 0.02:
        return "utf-16-le"
    return "utf-16-be" if even > len(sample) * 0.3 and odd < len(sample) * 0.02 else ""


def decode(data: bytes) -> str:
    """The text in a file's bytes, by its mark or by what fits; what no encoding reads is left out."""
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return data.decode("utf-32", "replace")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if encoding := _wide(data):
        return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Several programs may have written it, each its own lines.
        return "\n".join(map(_decode_line, data.split(b"\n")))


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = line.decode("utf-8-sig", "replace")
    # A byte that was damaged makes no other encoding of a line that is UTF-8 everywhere else.
    if len(re.findall("[\u0080-\ufffc]", text)) > text.count("\ufffd"):
        return text.replace("\ufffd", "")
    return line.decode("cp1252", "replace").replace("\ufffd", "")
