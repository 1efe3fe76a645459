"""Removing all that a profile keeps on this computer, as an uninstaller offers it."""

import shutil
from pathlib import Path

from gui.vault.bundles import delete_all
from gui.vault.keychain import Keychain


def remove_data(folder: Path, keychain: Keychain) -> None:
    """Delete a profile's secrets from the keychain, then its folder, a damaged one too. Facebook is told nothing.

    Raises VaultError, and then the folder stays; OSError where a file cannot be deleted. Both can be tried again.
    """
    delete_all(keychain)
    if folder.is_symlink() or folder.exists():
        # A file or a link in the folder's place is somebody else's doing: rmtree says so.
        shutil.rmtree(folder)
