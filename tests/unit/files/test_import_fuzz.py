"""However a file is damaged, reading it ends in rows or in a sentence, and no token in it is lost.

`make test` runs a quick part; PAGE_KEYS_FUZZ sets the number of damaged files for the whole.
"""

import io
import os
import random
import re
import time
import zipfile

import pyrage
import pytest

from gui.errors import UserError
from gui.files import protect, reading, texts
from gui.files.child import run_in_child
from gui.files.sheet import Sheet
from gui.files.workbook import is_office_file, workbook
from gui.services import import_rows
from gui.services.import_rows import ImportReading
from gui.text import INVISIBLE
from gui.values import Secret
from tests.support.people import JOB, token_text
from tests.unit.services.test_import_rows import CASES, filled

MUTATIONS = int(os.environ.get("PAGE_KEYS_FUZZ", "0")) or 300
#: Longer than this (seconds) no file takes, however busy the computer is: it hangs.
SOON = 60.0
TOKENS = [token_text(number) for number in range(10)]
PASSWORD = "correct horse"
IDENTITY = pyrage.x25519.Identity.generate()


def exported() -> Sheet:
    """Pages as an export has them, with all that names may hold."""
    names = ("Zum Anker, Nord", 'The "Nordlys"\nKayak', "مخبز أميرة", "🌸 Blossom & Co", "=1+1", "Bjørn; Sønner")
    rows = [(name, str(10**14 + n), Secret(TOKENS[n]), "Nord Retail, Café") for n, name in enumerate(names)]
    return Sheet(("Page", "Page ID", "Page token", "Client"), ("name", "id", "access_token", "client"), (9,) * 4, rows)


def exports() -> dict[str, bytes]:
    sheet = exported()
    csv = texts.encode_text(texts.csv_text(sheet))
    pairs = [(f"PAGE_{n}", row[2]) for n, row in enumerate(sheet.rows) if isinstance(row[2], Secret)]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("tokens.csv", csv)
        archive.writestr("folder/tokens.json", texts.encode_text(texts.json_text(sheet)))
        archive.writestr("logo.png", b"\x89PNG\r\n\x1a\n\0\0\0" + bytes(range(256)))
    return {
        "export.csv": csv,
        "export.tsv": texts.encode_text(texts.table_text(sheet)),
        "export.json": texts.encode_text(texts.json_text(sheet)),
        "export.env": texts.encode_text(texts.env_text(pairs)),
        "export.xlsx": workbook(sheet, None),
        "export.zip": packed.getvalue(),
        "export.csv.zip": protect.encrypt_zip("tokens.csv", csv, Secret(PASSWORD)),
        "export.csv.age": protect.encrypt_age(csv, str(IDENTITY.to_public())),
        "mail.eml": MAIL,
    }


MAIL = (
    "From: a@example.com\nTo: b@example.com\nSubject: The tokens\nMIME-Version: 1.0\n"
    'Content-Type: multipart/mixed; boundary="=-1"\n\n--=-1\nContent-Type: text/plain; charset=utf-8\n'
    f"Content-Transfer-Encoding: 8bit\n\nCafé: {TOKENS[0]}\nKayak {TOKENS[1]}\n\n--=-1\n"
    'Content-Type: text/csv; name="more.csv"\nContent-Disposition: attachment; filename="more.csv"\n\n'
    f"Page;Token\nAnker;{TOKENS[2]}\n\n--=-1--\n"
).encode()
SOURCES = {
    **{
        path.name: path.read_bytes() if path.suffix == ".xls" else filled(path.read_text("utf-8")).encode()
        for path in sorted(CASES.iterdir())
    },
    **exports(),
}
#: In these a token stands in the file's own bytes.
CLEAR = [name for name in SOURCES if not name.endswith((".xls", ".xlsx", ".zip", ".age"))]
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252")
PIECES = (
    '"', "'", ",", ";", "\t", "|", "\n", "\r\n", "\r", " ", "\\", "=", "{", "}", "(", ")", "[", "]", "//", "\u200b",
    "\ufeff", "=\n", "> ", "- ", "é", "名", "🌸", "%3D", "&", "EAA", "\\n", "\\u0045", "INSERT INTO p VALUES ",
    "From: ", "Page,Token\n", "null", "-----BEGIN PRIVATE KEY-----\n",
)  # fmt: skip


def read(data: bytes) -> ImportReading:
    """What the program makes of these bytes, in this process."""
    password = Secret(str(IDENTITY)) if protect.is_age(data) else Secret(PASSWORD)
    if is_office_file(data):
        # Their reader takes what memory a damaged one asks for, and may end the process.
        return import_rows._received(run_in_child(_read_in_child, (data, PASSWORD), JOB, lambda _: None))
    return import_rows._received(import_rows._sent(reading.read_document(data, password, lambda _: None)))


def _read_in_child(data, password, progress):
    return import_rows._sent(reading.read_document(data, Secret(password), progress))


# -------------------------------------------------------------------- damage
def damage_lines(chance: random.Random, text: str) -> str:
    lines = text.split("\n")
    first, second = (chance.randrange(len(lines)) for _ in range(2))
    kind = chance.randrange(5)
    if kind == 0:
        del lines[first]
    elif kind == 1:
        lines.insert(second, lines[first])
    elif kind == 2:
        lines[first], lines[second] = lines[second], lines[first]
    elif kind == 3:
        lines.insert(first, chance.choice(("", "# a note", "Page;Token", token_text(chance.randrange(10)))))
    else:
        lines[first] = lines[first].strip() + (lines.pop(first + 1) if first + 1 < len(lines) else "")
    return "\n".join(lines)


def damage_text(chance: random.Random, text: str) -> str:
    kind = chance.randrange(7)
    place, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
    if kind == 0:
        return text[:place] + chance.choice(PIECES) + text[place:]
    if kind == 1:
        return text[:place] + text[place + chance.randrange(1, 4) :]
    if kind == 2:
        return text[:end] + text[place:]
    if kind == 3:
        return text[:end]
    if kind == 4:
        other = SOURCES[chance.choice(CLEAR)].decode()
        return text + chance.choice(("", "\n", "\n\n")) + other
    if kind == 5:
        return text.replace("\n", chance.choice(("\r\n", "\r", "\n\n", " ")))
    return damage_lines(chance, text)


def damage_bytes(chance: random.Random, data: bytes) -> bytes:
    if not data:
        return data
    changed = bytearray(data)
    place, end = sorted(chance.randrange(len(data)) for _ in range(2))
    kind = chance.randrange(5)
    if kind == 0:
        changed[place] ^= 1 << chance.randrange(8)
    elif kind == 1:
        del changed[place : place + chance.randrange(1, 5)]
    elif kind == 2:
        changed[place:place] = chance.randbytes(chance.randrange(1, 4))
    elif kind == 3:
        changed[end:end] = data[place:end]
    else:
        del changed[end:]
    return bytes(changed)


# ---------------------------------------------------------------------- proofs
def check(data: bytes, text: str | None) -> None:
    """Reading ends soon, in rows or in a UserError; of a text that is known every token is found or named."""
    begun = time.monotonic()
    kind, found = "", ImportReading()
    try:
        found = read(data)
    except UserError as error:
        kind = error.kind
    assert time.monotonic() - begun < SOON
    secrets = {row.secret.reveal() for row in found.rows if row.secret is not None}
    assert all(re.fullmatch(r"EAA[A-Za-z0-9]{20,}", one) for one in secrets)
    if text is None:
        return
    text = text.translate(INVISIBLE)
    left = bool(found.others or found.beyond or found.unread or kind == "import_other_keys")
    left = left or any(row.form is not None for row in found.rows)
    for token in TOKENS:
        places = [match.start() for match in re.finditer(token, text)]
        if any(stands_alone(text, place, place + len(token)) for place in places):
            assert token in secrets, "a token that stands alone is lost"
            lines = lines_of(text, token)
            told = [row.place for row in found.rows if row.secret is not None and row.secret.reveal() == token]
            # A row begins where its first cell does, which may have lines of its own, as a line that a mail broke has.
            if not re.search(r'["(]|=[ \t]*[\r\n]', text) and not text.startswith(MAIL_HEADS):
                assert lines & {int(place.removeprefix("line ")) for place in told}, "a row is called by another number"
        elif places:
            assert left or any(token in one for one in secrets), "a token is neither found nor named"


MAIL_HEADS = ("From", "To:", "Subject:", "Date:", "MIME")
PLAIN = " \t\r\n\"',;|<>(){}[]"


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether what is before and after a token is nothing but blanks, quotes and separators, and no private key."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return before in PLAIN and after in PLAIN and "PRIVATE KEY" not in text


def lines_of(text: str, token: str) -> set[int]:
    """The lines that a token stands in, as an editor numbers them."""
    return {number for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1) if token in line}


# ----------------------------------------------------------------------- tests
@pytest.mark.parametrize("name", CLEAR)
def test_no_token_of_a_damaged_text_is_lost(name):
    for number in range(MUTATIONS // len(SOURCES)):
        chance = random.Random(f"{name} {number}")
        text = SOURCES[name].decode()
        for _ in range(chance.choice((1, 1, 2, 4))):
            text = damage_text(chance, text)
        encoding = chance.choice(ENCODINGS)
        data = text.encode(encoding, "replace")
        note = f"{name}, damaged by seed {name} {number} as {encoding}"
        try:
            check(data, None if encoding.startswith("utf-16-") else data.decode(encoding))
        except Exception as error:
            raise AssertionError(note) from error


@pytest.mark.parametrize("name", SOURCES)
def test_no_damaged_file_ends_in_a_fault(name):
    for number in range(MUTATIONS // len(SOURCES)):
        chance = random.Random(f"{name} bytes {number}")
        data = SOURCES[name]
        for _ in range(chance.choice((1, 1, 2, 8))):
            data = damage_bytes(chance, data)
        try:
            # What stands as plain letters in a file of one byte a letter is read, whatever is beside it.
            check(data, data.decode("latin-1") if name in CLEAR else None)
        except Exception as error:
            raise AssertionError(f"{name}, damaged by seed {name} bytes {number}") from error
