"""Every exported file is written here: whole or not at all, for its owner's eyes only."""

import errno
from pathlib import Path

from gui.errors import UserError, without_chain
from gui.files.atomic import atomic_write


def write_export(path: Path, content: bytes) -> bool:
    """Put `content` at `path`; whether its owner alone can read it. Raises UserError that names folder or file."""

    def translate(error: OSError) -> UserError:
        if error.errno == errno.ENOSPC:
            kind = "disk_full"
        elif error.errno in {errno.ENOENT, errno.ENOTDIR}:
            kind = "export_folder_missing"
        elif error.filename2 is not None and path.is_file():
            # All is written, and cannot take the place of what is there: on Windows while another program has it open.
            return UserError("export_not_replaced", name=path.name)
        else:
            kind = "export_not_written"
        return UserError(kind, name=str(path.parent))

    return without_chain(lambda: atomic_write(path, content), OSError, translate)
