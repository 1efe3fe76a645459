"""What is exported: named columns and rows of texts, some of them secret."""

from collections.abc import Sequence
from dataclasses import dataclass

from gui.values import Secret

Cell = str | Secret


@dataclass(frozen=True, slots=True)
class Sheet:
    """`names` head the columns for people, `keys` name them for programs; `widths` are in characters, roughly."""

    names: tuple[str, ...]
    keys: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Sequence[tuple[Cell, ...]]


def plain(cell: Cell) -> str:
    """The text of a cell, a secret one in clear: for the file that is being made."""
    return cell.reveal() if isinstance(cell, Secret) else cell
