"""What this program is and what it works with, for the person and, in a report, for who helps. Holds no secret."""

import platform
from pathlib import Path
from typing import NamedTuple

from gui import __version__
from gui.errors import JobContext, UserError
from gui.services.session import Session
from gui.values import Fact

_NOT_OPENED = "The folder could not be opened"


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
        Fact("Version", f"Page Keys {__version__}"),
        Fact("Made with", f"Python {platform.python_version()}, {libraries}"),
        Fact("Data", f"Names, dates and the history, no secret: {folder or _NOT_OPENED}"),
        Fact("Keychain", f"{keychain}: App secrets and tokens"),
        Fact("License", "MIT; the parts it is made with have their own"),
    )
    lines = [
        *(f"{fact.name}: {fact.text}" for fact in facts[:2]),
        f"System: {platform.platform()}",
        f"Data: {_without_name(folder) or _NOT_OPENED}",
        f"Keychain: {keychain}",
        f"Kept: {_kept(session)}",
    ]
    return About(facts, "\n".join(lines), folder)


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
        return "None was found"


def _kept(session: Session) -> str:
    try:
        logins, apps = session.vault.logins(), session.vault.database.rows("SELECT count(*) FROM app")
    except UserError:
        return "not known"
    return f"{apps[0][0]} apps, {len(logins)} logins, {sum(login.pages for login in logins)} Pages"
