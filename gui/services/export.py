"""Export: chosen Pages into a file, with their tokens only under a password or at the person's explicit word."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from gui.errors import JobContext, UserError
from gui.files import kdbx, protect, texts
from gui.files.workbook import workbook
from gui.i18n import _, ngettext
from gui.services import formatting
from gui.services.clipboard_text import setting_pairs
from gui.services.colleague import colleague_text
from gui.services.os_user import os_user_name
from gui.services.session import Session
from gui.services.sheets import pages_sheet
from gui.services.tokens import read_tokens
from gui.services.write_export import write_export
from gui.shell.commands import Command, Request
from gui.values import Action, Event, Message, PageRow, Secret, Tone


class ExportFormat(NamedTuple):
    """A format: its name as a choice, what it is for, its name within a sentence, and the ending of its files."""

    title: str
    hint: str
    phrase: str
    writing: str
    suffix: str


#: By the key that ExportOptions names.
FORMATS = {
    "xlsx": ExportFormat(
        _("Excel workbook"),
        _("Opens in Excel and LibreOffice; IDs keep every digit."),
        _("Excel workbook"),
        _("Writing Excel workbook …"),
        ".xlsx",
    ),
    "csv": ExportFormat(
        _("CSV table"),
        _("For programs. A spreadsheet program that saves it cuts off long IDs; for those, use the workbook."),
        _("CSV table"),
        _("Writing CSV table …"),
        ".csv",
    ),
    "json": ExportFormat("JSON", _("For programs."), "JSON", _("Writing JSON …"), ".json"),
    "colleague": ExportFormat(
        _("For a colleague’s Page Keys"),
        _("Import opens it there: names, clients and what the tokens are for come with it."),
        _("file for a colleague"),
        _("Writing the file for a colleague …"),
        ".pagekeys",
    ),
    "kdbx": ExportFormat(
        _("KeePass database (.kdbx)"),
        _("An entry for each Page, as KeePass, KeePassXC and KeePassDX share it."),
        _("KeePass database"),
        _("Writing the KeePass database …"),
        ".kdbx",
    ),
    "env": ExportFormat(
        _("Settings file (.env)"),
        _("One NAME=token line for each Page, as servers read it."),
        _("settings file (.env)"),
        _("Writing settings file (.env) …"),
        ".env",
    ),
}
#: Formats that hold tokens always, and the ways to protect each; where nothing stands, every way.
WITH_TOKENS = frozenset({"env", "colleague", "kdbx"})
ALLOWED = {"colleague": ("password", "age"), "kdbx": ("password",)}
#: Formats that hold a password of their own: no archive around them.
_SEALED = frozenset({"xlsx", "kdbx"})
_PROTECTIONS = {"password": _("with a password"), "age": _("encrypted with age"), "plain": _("unprotected")}
#: A password that is shorter is guessed too soon (characters).
SHORTEST_PASSWORD = 10


@dataclass(frozen=True, slots=True)
class ExportOptions:
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
class ExportReport:
    """What was written: where, how many Pages, how many have no token, and whether others can read it.

    Pages without a token are in it, or `left_out`.
    """

    path: Path
    pages: int
    without_token: int
    detail: str
    is_owners_alone: bool = True
    left_out: bool = False


def file_name(export_format: str, protection: str, with_tokens: bool, today: str) -> str:
    """A name for the file: 'Page tokens 2026-11-25.csv.zip'."""
    ending = FORMATS[export_format].suffix
    if with_tokens and protection == "age":
        ending += ".age"
    elif with_tokens and protection == "password" and export_format not in _SEALED:
        ending += ".zip"
    return f"{'Page tokens' if with_tokens else 'Pages'} {today}{ending}"


def export(session: Session, rows: Sequence[PageRow], options: ExportOptions, job: JobContext) -> ExportReport:
    """Write the file whole or not at all, for its owner alone, and note it in the history.

    Raises UserError, VaultError.
    """
    if options.protection not in ALLOWED.get(options.format, (options.protection,)):
        raise UserError("export_password_short")
    with_password = options.with_tokens and options.protection == "password"
    if with_password and (options.password is None or options.password.length < SHORTEST_PASSWORD):
        raise UserError("export_password_short")
    tokens = read_tokens(session, rows) if options.with_tokens else None
    holds_all = options.format not in WITH_TOKENS
    if not holds_all and not tokens:
        raise UserError("none_has_token")
    job.check()
    content = _content(session, rows, tokens, options)
    job.check()
    is_owners_alone = write_export(options.path, content)
    detail = _(
        "{format}, {protection}: {name}",
        format=FORMATS[options.format].phrase,
        protection=_PROTECTIONS[options.protection] if options.with_tokens else _("without tokens"),
        name=options.path.name,
    )
    if tokens is not None:
        event = "handed_over" if options.format == "colleague" else "exported"
        _note(session, [row for row in rows if row.page.id in tokens], detail, event)
    without_token = 0 if tokens is None else len(rows) - len(tokens)
    pages = len(rows) if holds_all else len(rows) - without_token
    return ExportReport(options.path, pages, without_token, detail, is_owners_alone, left_out=not holds_all)


def _content(
    session: Session, rows: Sequence[PageRow], tokens: dict[str, Secret] | None, options: ExportOptions
) -> bytes:
    password = options.password if tokens is not None and options.protection == "password" else None
    if options.format == "kdbx":
        assert options.password is not None
        return kdbx.write_kdbx("Page Keys", _keepass_entries(session, rows, tokens or {}), options.password)
    if options.format == "xlsx":
        content = workbook(pages_sheet(session, rows, tokens), password)
        return (
            protect.encrypt_age(content, options.keys)
            if tokens is not None and options.protection == "age"
            else content
        )
    text = texts.encode_text(_text(session, rows, tokens, options.format))
    if password is not None:
        return protect.encrypt_zip(options.path.name.removesuffix(".zip"), text, password)
    return protect.encrypt_age(text, options.keys) if tokens is not None and options.protection == "age" else text


def _text(session: Session, rows: Sequence[PageRow], tokens: dict[str, Secret] | None, export_format: str) -> Secret:
    if export_format == "colleague":
        return colleague_text(session, rows, tokens or {})
    if export_format == "env":
        return texts.env_text(setting_pairs(rows, tokens or {}))
    sheet = pages_sheet(session, rows, tokens)
    return texts.csv_text(sheet) if export_format == "csv" else texts.json_text(sheet)


def _keepass_entries(session: Session, rows: Sequence[PageRow], tokens: dict[str, Secret]) -> list[kdbx.KeePassEntry]:
    """An entry a Page: the token as its password, the end, and the rest as fields."""
    logins = {login.id: login for login in session.vault.logins()}
    now = session.now()
    entries = []
    for row in rows:
        if row.page.id not in tokens:
            continue
        login = logins.get(row.login_id)
        fields = {
            "Page ID": row.page.id,
            "Ends": formatting.ends(row.expires_at, now),
            "App": login.app_display_name if login is not None else "",
            "Person": login.display_name if login is not None else "",
            "Client": texts.list_text([client.name for client in row.clients]),
            "Instagram ID": row.page.instagram_id,
        }
        entries.append(
            kdbx.KeePassEntry(
                row.page.display_name,
                row.page.id,
                tokens[row.page.id],
                row.page.link,
                row.clients[0].name if row.clients else "",
                row.expires_at or 0,
                tuple((name, text) for name, text in fields.items() if text),
            )
        )
    return entries


def _note(session: Session, rows: Sequence[PageRow], detail: str, event: str) -> None:
    now, who = session.now(), os_user_name()
    session.vault.history.add([Event(event, row.page.display_name, who, detail, row.page.id, now) for row in rows])


def export_message(report: ExportReport) -> Message:
    """What to tell the person of a finished export."""
    title = ngettext("Exported {count} Page", "Exported {count} Pages", report.pages)
    folder = str(report.path.absolute().parent)
    if report.is_owners_alone:
        text = _("{detail}. It is in {folder}, and only your account can read it.", detail=report.detail, folder=folder)
    else:
        text = _(
            "{detail}. It is in {folder}. That disk keeps no rights: whoever can open the folder can read the file.",
            detail=report.detail,
            folder=folder,
        )
    if report.without_token and report.left_out:
        missing = ngettext(
            "{count} Page without a token was left out.",
            "{count} Pages without a token were left out.",
            report.without_token,
        )
        text = f"{text} {missing}"
    elif report.without_token:
        missing = ngettext(
            "{count} Page in it has no token.", "{count} Pages in it have no token.", report.without_token
        )
        text = f"{text} {missing}"
    back_action = Action(_("Back to Pages"), Request(Command.SHOW_PAGES))
    return Message(title, text, back_action, Tone.WORKS, kind="exported")
