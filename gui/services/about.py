"""What this program is and what it works with, for the person and, in a report, for who helps. Holds no secret."""

import platform
from pathlib import Path
from typing import NamedTuple

from gui import __version__
from gui.errors import JobContext, UserError
from gui.i18n import _, ngettext
from gui.services import shipped
from gui.services.session import Session
from gui.values import Fact

_NOT_OPENED = _("The folder could not be opened")


class About(NamedTuple):
    """What *About* shows, a text for a report with more of the computer, and where the data lies (or empty)."""

    facts: tuple[Fact, ...]
    report: str
    folder: str


def about(session: Session, libraries: str, job: JobContext) -> About:
    """Facts about the program and its surroundings; `libraries` names what only the window knows, Qt's version.

    Of what is kept, the report says how much there is and nothing else: no name, no ID, no token.
    """
    folder, keychain = _folder(session), _keychain(session)
    facts = (
        Fact(_("Version"), f"Page Keys {__version__}"),
        Fact(
            _("Made with"),
            f"Python {platform.python_version()}, {libraries}",
        ),
        Fact(_("Data"), _("Names, dates and the history, no secret: {folder}", folder=folder or _NOT_OPENED)),
        Fact(_("Keychain"), _("{keychain}: App secrets and tokens", keychain=keychain)),
        Fact(_("License"), _license()),
    )
    # In English: whoever helps reads it.
    lines = [
        *(f"{name}: {fact.text}" for name, fact in zip(("Version", "Made with"), facts, strict=False)),
        f"System: {platform.platform()}",
        f"Data: {_without_name(folder) or 'could not be opened'}",
        f"Keychain: {keychain}",
        f"Kept: {_kept(session)}",
    ]
    return About(facts, "\n".join(lines), folder)


def _license() -> str:
    count = shipped.part_count()
    if not count:
        return _("MIT; the parts it is made with have their own")
    return ngettext(
        "MIT; {count} part it is made with has its own, listed in {file}",
        "MIT; {count} parts it is made with have their own, listed in {file}",
        count,
        file="sbom.cdx.json",
    )


def _folder(session: Session) -> str:
    try:
        return str(session.folder)
    except UserError:
        return ""


def _without_name(folder: str) -> str:
    """A path without the name of the computer's account."""
    if folder and Path(folder).is_relative_to(Path.home()):
        return str("~" / Path(folder).relative_to(Path.home()))
    return folder and "a folder that was chosen"


def _keychain(session: Session) -> str:
    try:
        return session.vault.keychain.system_name()
    except UserError:
        return _("None was found")


def _kept(session: Session) -> str:
    try:
        logins, apps = session.vault.logins(), session.vault.database.rows("SELECT count(*) FROM app")
    except UserError:
        return "not known"
    return f"{apps[0][0]} apps, {len(logins)} logins, {sum(login.pages for login in logins):,} Pages"
