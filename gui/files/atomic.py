"""Writing a file whole or not at all, for its owner's eyes only."""

import os
import tempfile
from pathlib import Path

from gui.files.rights import restrict_to_owner


def atomic_write(path: Path, content: bytes) -> bool:
    """Put `content` at `path` in place of what was there; whether its owner alone can read it, as is tried.

    Raises OSError, and then leaves the old file alone.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        is_owners_alone = restrict_to_owner(Path(name))
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return is_owners_alone


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
