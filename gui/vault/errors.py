"""What can go wrong with keeping, by the sentence that tells it (`resources/errors.toml`)."""

from gui.errors import UserError


class VaultError(UserError):
    """Something could not be kept, read or forgotten. Nothing was written to a file instead."""
