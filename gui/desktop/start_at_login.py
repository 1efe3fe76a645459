"""Starting with the computer, by each system's own mechanism: autostart entries, a Run key, a launch agent."""

import os
import plistlib
import sys
from collections.abc import Sequence
from pathlib import Path
from subprocess import list2cmdline

from PySide6.QtCore import QSettings

_NAME = "page-keys"
_AGENT = "org.pagekeys.PageKeys"
_RUN = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Run"


def command() -> list[str]:
    """How this program is started: its bundle, or Python with main.py."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--background"]
    return [sys.executable, str(Path(__file__).resolve().parents[2] / "main.py"), "--background"]


def set_at_login(on: bool, start: Sequence[str], system: str = sys.platform) -> None:
    """Let the system start the program when the person logs in to the computer, or no longer. Raises OSError."""
    if system == "win32":
        _windows(on, start)
    elif system == "darwin":
        _write(Path.home() / "Library" / "LaunchAgents" / f"{_AGENT}.plist", _agent(start) if on else None)
    else:
        _write(autostart_folder() / f"{_NAME}.desktop", _entry(start) if on else None)


def autostart_folder() -> Path:
    """Where desktops look for what to start (Desktop Application Autostart Specification)."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "autostart"


def _write(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _entry(start: Sequence[str]) -> bytes:
    command_line = " ".join(_quote(word) for word in start)
    return (
        "[Desktop Entry]\nType=Application\nName=Page Keys\nComment=Watches when Facebook logins and tokens end\n"
        f"Exec={command_line}\nIcon=page-keys\nTerminal=false\nX-GNOME-Autostart-enabled=true\n"
    ).encode()


def _quote(word: str) -> str:
    """A word of an Exec line (Desktop Entry Specification, "The Exec key")."""
    escaped = "".join(f"\\{character}" if character in '"`$\\' else character for character in word)
    return f'"{escaped}"'.replace("\\", "\\\\").replace("%", "%%")


def _agent(start: Sequence[str]) -> bytes:
    return plistlib.dumps(
        {"Label": _AGENT, "ProgramArguments": list(start), "RunAtLoad": True, "ProcessType": "Interactive"}
    )


def _windows(on: bool, start: Sequence[str]) -> None:
    run = QSettings(_RUN, QSettings.Format.NativeFormat)
    if on:
        run.setValue("Page Keys", list2cmdline(start))
    else:
        run.remove("Page Keys")
    run.sync()
