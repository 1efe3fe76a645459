"""The web engine before it is loaded: whether it can run here, and its switches. Imports none of it by itself."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo

from gui.errors import UserError

if TYPE_CHECKING:
    from gui.widgets.web_view import LoginView

_SWITCHES = "QTWEBENGINE_CHROMIUM_FLAGS"
#: With it, a screen reader finds what stands in the page.
_ALWAYS = "--force-renderer-accessibility"
_WITHOUT_GRAPHICS_CARD = "--disable-gpu"
#: The program that runs a web page, by system. On macOS it stands in a framework of its own.
_PAGE_PROGRAM = {"linux": "QtWebEngineProcess", "win32": "QtWebEngineProcess.exe"}


def is_loaded() -> bool:
    """Whether the web engine runs already: its switches then stay as they are until the program ends."""
    return "PySide6.QtWebEngineCore" in sys.modules


def needs_restart(*, graphics_card: bool) -> bool:
    """Whether the web engine runs with other switches than this asks for."""
    return is_loaded() and graphics_card == (_WITHOUT_GRAPHICS_CARD in os.environ.get(_SWITCHES, ""))


def can_run() -> bool:
    """Whether the web engine is there and could show a login page; loads none of it."""
    try:
        is_installed = importlib.util.find_spec("PySide6.QtWebEngineCore") is not None
    except ValueError:  # Somebody put something else in the module's place.
        is_installed = False
    return is_installed and _can_protect() and _has_page_program()


def load(*, graphics_card: bool) -> type[LoginView]:
    """Load the web engine, at most once; the class of a login's view.

    Without `graphics_card` the processor draws the pages. Raises UserError where the engine cannot run: it would end
    the program (as root, whom its sandbox cannot hold; without the program that runs a page), or is not installed.
    """
    if not _can_protect():
        raise UserError("login_as_root")
    if not _has_page_program():
        raise UserError("no_web_view")
    if not is_loaded():
        os.environ[_SWITCHES] = _ALWAYS if graphics_card else f"{_ALWAYS} {_WITHOUT_GRAPHICS_CARD}"
        if not graphics_card:
            os.environ["QT_QUICK_BACKEND"] = "software"
    try:
        from gui.widgets.web_view import LoginView
    except ImportError as error:
        raise UserError("no_web_view") from error
    return LoginView


def _can_protect() -> bool:
    """Whether the web engine can run in its sandbox: on Linux it cannot for root, and ends the program then."""
    return not (
        sys.platform.startswith("linux") and os.geteuid() == 0 and os.environ.get("QTWEBENGINE_DISABLE_SANDBOX") != "1"
    )


def _has_page_program() -> bool:
    """Whether the program that runs web pages is there: virus scanners take it away, and the engine ends without."""
    name = _PAGE_PROGRAM.get(sys.platform)
    if name is None or os.environ.get("QTWEBENGINEPROCESS_PATH"):
        return True
    places = (QLibraryInfo.LibraryPath.LibraryExecutablesPath, QLibraryInfo.LibraryPath.BinariesPath)
    return any((Path(QLibraryInfo.path(place)) / name).is_file() for place in places)
