"""Who can read a file or folder, as tests ask it."""

import stat
import sys
from pathlib import Path


def assert_owners_alone(path: Path) -> None:
    """On Linux and macOS its mode says so. On Windows a program's modes mean nothing: test_rights looks there."""
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
