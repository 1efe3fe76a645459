"""Export: chosen Pages into a file, with their tokens only under a password or at the person's explicit word."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gui.desk import words
from gui.desk.account import account_name
from gui.desk.copying import setting_pairs
from gui.desk.desk import Desk
from gui.desk.sheets import sheet_of
from gui.desk.tokens import tokens_of
from gui.errors import JobContext, UserError
from gui.files import protect, texts
from gui.files.whole import write_whole
from gui.files.workbook import workbook
from gui.values import Event, PageRow, Secret

#: Format -> what it is called, and the ending of its files.
FORMATS = {"xlsx": ("Excel workbook", ".xlsx"), "csv": ("CSV table", ".csv"), "json": ("JSON", ".json"), "env": ("settings file (.env)", ".env")}
#: A password that is shorter is guessed too soon (characters).
SHORTEST_PASSWORD = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to export: into which file, in which format, with tokens or without, and how they are protected.

    `protection` is "password", "age" (`keys` are the receivers' public keys) or "plain".
    """

    path: Path
    format: str
    with_tokens: bool
    protection: str = "password"
    password: Secret | None = None
    keys: str = ""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: where, how many Pages, and how many of them have no token."""

    path: Path
    pages: int
    without_token: int
    detail: str


def file_name(wanted_format: str, protection: str, with_tokens: bool, today: str) -> str:
    """A name for the file: 'Page tokens 2026-11-25.csv.zip'."""
    ending = FORMATS[wanted_format][1]
    if with_tokens and protection == "age":
        ending += ".age"
    elif with_tokens and protection == "password" and wanted_format != "xlsx":
        ending += ".zip"
    return f"{'Page tokens' if with_tokens else 'Pages'} {today}{ending}"


def export(desk: Desk, rows: Sequence[PageRow], wanted: Wanted, job: JobContext) -> Exported:
    """Write the file whole or not at all, mode 0600, and note it in the history. Raises UserError, VaultError."""
    guarded = wanted.with_tokens and wanted.protection == "password"
    if guarded and (wanted.password is None or wanted.password.length < SHORTEST_PASSWORD):
        raise UserError("export_password_short")
    tokens = tokens_of(desk, rows) if wanted.with_tokens else None
    job.check()
    content = _content(desk, rows, tokens, wanted)
    job.check()
    failure: UserError | None = None
    try:
        write_whole(wanted.path, content)
    except OSError as error:
        failure = UserError(_kind_of(error), name=str(wanted.path.parent))
    if failure is not None:
        raise failure
    how = {"password": "under a password", "age": "encrypted with age", "plain": "in clear"}[wanted.protection] if wanted.with_tokens else "without tokens"
    detail = f"{FORMATS[wanted.format][0]}, {how}: {wanted.path.name}"
    if tokens is not None:
        _note(desk, [row for row in rows if row.page.id in tokens], detail)
    return Exported(wanted.path, len(rows), 0 if tokens is None else len(rows) - len(tokens), detail)


def _content(desk: Desk, rows: Sequence[PageRow], tokens: dict[str, Secret] | None, wanted: Wanted) -> bytes:
    password = wanted.password if tokens is not None and wanted.protection == "password" else None
    if wanted.format == "xlsx":
        content = workbook(sheet_of(desk, rows, tokens), password)
        return protect.aged(content, wanted.keys) if tokens is not None and wanted.protection == "age" else content
    text = texts.encoded(_text(desk, rows, tokens, wanted.format))
    if password is not None:
        return protect.zipped(wanted.path.name.removesuffix(".zip"), text, password)
    return protect.aged(text, wanted.keys) if tokens is not None and wanted.protection == "age" else text


def _text(desk: Desk, rows: Sequence[PageRow], tokens: dict[str, Secret] | None, wanted_format: str) -> Secret:
    if wanted_format == "env":
        return texts.env_text(setting_pairs(rows, tokens or {}))
    sheet = sheet_of(desk, rows, tokens)
    return texts.csv_text(sheet) if wanted_format == "csv" else texts.json_text(sheet)


def _kind_of(error: OSError) -> str:
    import errno

    if error.errno == errno.ENOSPC:
        return "disk_full"
    return "export_folder_missing" if error.errno in {errno.ENOENT, errno.ENOTDIR} else "export_not_written"


def _note(desk: Desk, rows: Sequence[PageRow], detail: str) -> None:
    now, who = desk.now(), account_name()
    desk.vault.history.add([Event("exported", row.page.name or row.page.id, who, detail, row.page.id, now) for row in rows])


def said(done: Exported) -> tuple[str, str]:
    """What to tell the person of a finished export: title and text."""
    title = f"Exported {words.count(done.pages, 'Page')}"
    without = f" {words.count(done.without_token, 'Page')} of them have no token." if done.without_token else ""
    return title, f"{done.detail}. It lies in {done.path.parent}, and only your account can read it.{without}"
