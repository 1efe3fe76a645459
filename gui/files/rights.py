"""Who may read a file: on Linux and macOS its mode says so, on Windows its access list."""

import os
import subprocess
import sys
from pathlib import Path

#: Windows' name for the owner of a file, in every language ("OWNER RIGHTS").
_OWNER = "*S-1-3-4"
_LONGEST_SECONDS = 20


def restrict_to_owner(path: Path) -> bool:
    """Let nobody but its owner read or change a file; whether that holds: not on a disk that knows no rights."""
    if sys.platform == "win32":
        return _restrict_on_windows(path)
    try:
        path.chmod(0o600)
        return path.stat().st_mode & 0o077 == 0
    except OSError:
        return False


def _restrict_on_windows(path: Path) -> bool:
    # Windows' own program for it: takes away what the folder grants to others, and gives the owner all.
    program = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "icacls.exe"
    try:
        finished = subprocess.run(
            [program, path, "/inheritance:r", "/grant:r", f"{_OWNER}:F"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0), timeout=_LONGEST_SECONDS,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return False
    return finished.returncode == 0
