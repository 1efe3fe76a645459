"""A mark on the disk while something is tried that may end the program: the next start knows that it did."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class OpeningMark:
    """An empty file at `path` from `begin` to `end`. Where it cannot be written, nothing is known: no error."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def was_left(self) -> bool:
        """Whether an earlier try began and never came to its end."""
        return self._path.is_file()

    def begin(self) -> None:
        with suppress(OSError):
            self._path.touch()

    def end(self) -> None:
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
