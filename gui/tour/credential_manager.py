"""Windows' Credential Manager as tours and tests see it: what has come into it since they began, and nothing else."""

from typing import Any

# pywin32-ctypes, which keyring uses there: it has no types and is to be had on Windows alone.
from win32ctypes.pywin32 import pywintypes, win32cred


class CredentialManager:
    """The items that this session made. Those of the person were there before, and are never read."""

    def __init__(self) -> None:
        self._before = {item["TargetName"] for item in _every()}

    def texts(self, service: str = "") -> list[str]:
        """The secret text of each item, or of each of one service's items."""
        return [item["CredentialBlob"].decode("utf-16-le") for item in self._items(service)]

    def forget(self, service: str = "") -> None:
        """Delete the items, or one service's."""
        for item in self._items(service):
            win32cred.CredDelete(item["TargetName"], win32cred.CRED_TYPE_GENERIC)

    def _items(self, service: str) -> list[dict[str, Any]]:
        # keyring names an item for its service or USER@SERVICE.
        return [
            item
            for item in _every()
            if item["TargetName"] not in self._before
            and (not service or item["TargetName"] == service or item["TargetName"].endswith(f"@{service}"))
        ]


def _every() -> list[dict[str, Any]]:
    try:
        return list(win32cred.CredEnumerate())
    except pywintypes.error:  # There is none.
        return []
