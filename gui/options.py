"""The command line: a contract that scripts rely on. Loads nothing of Qt."""

import argparse
from pathlib import Path
from typing import NamedTuple, NoReturn
from urllib.parse import urlsplit

from gui import __version__
from gui.i18n import _


class Options(NamedTuple):
    """What the command line asked for."""

    profile: Path | None = None
    practice: bool = False
    graph_url: str = ""
    login_url: str = ""
    background: bool = False
    arguments: tuple[str, ...] = ()


def _loopback(text: str) -> str:
    """An address on this computer; anything else is refused."""
    parts = urlsplit(text.rstrip("/"))
    if (
        parts.scheme not in {"http", "https"}
        or parts.hostname not in {"127.0.0.1", "localhost", "::1"}
        or parts.path
        or parts.query
        or parts.username
    ):
        raise argparse.ArgumentTypeError(_("only an address on this computer, such as http://127.0.0.1:8080"))
    return text.rstrip("/")


def make_parser() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="page-keys", description=_("The keys to your Facebook Pages."), allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"Page Keys {__version__}")
    parser.add_argument("--language", metavar="xx", help=_("speak this language"))
    parser.add_argument(
        "--remove-data",
        action="store_true",
        help=_("delete all that Page Keys keeps on this computer: tokens, names and the history"),
    )
    parser.add_argument("--practice", action="store_true", help=_("open on the built-in practice Facebook"))
    parser.add_argument(
        "--tour",
        type=Path,
        metavar="FOLDER",
        help=_("do the whole job unattended on the practice Facebook, with a picture of each step"),
    )
    parser.add_argument("--profile", type=Path, metavar="FOLDER", help=_("keep the data in this folder"))
    parser.add_argument(
        "--graph-url",
        type=_loopback,
        default=None,
        metavar="URL",
        help=_("use another Facebook, at this address on this computer"),
    )
    parser.add_argument(
        "--login-url", type=_loopback, default=None, metavar="URL", help=_("its login address, if different")
    )
    parser.add_argument("--background", action="store_true", help=_("start in the tray, without the window"))
    return parser


def read_arguments(arguments: list[str]) -> Options | None:
    """The options of a command line that a second start handed over; None for one that is none."""
    parser = make_parser()
    parser.error = _refuse  # type: ignore[method-assign]
    try:
        found = parser.parse_args(arguments)
    except ValueError:
        return None
    return Options(found.profile, found.practice, found.graph_url or "", found.login_url or "", found.background)


def _refuse(message: str) -> NoReturn:
    raise ValueError(message)
