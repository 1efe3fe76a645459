"""Every exported file is written here: whole or not at all, for its owner's eyes only."""

import errno
from pathlib import Path

from gui.errors import UserError, without_chain
from gui.files.atomic import atomic_write


def write_export(path: Path, content: bytes) -> bool:
    """Put `content` at `path`; whether its owner alone can read it. Raises UserError that names the folder."""

    def translate(error: OSError) -> UserError:
        if error.errno == errno.ENOSPC:
            kind = "disk_full"
        elif error.errno in {errno.ENOENT, errno.ENOTDIR}:
            kind = "export_folder_missing"
        else:
            kind = "export_not_written"
        return UserError(kind, name=str(path.parent))

    return without_chain(lambda: atomic_write(path, content), OSError, translate)
