"""What a file holds, whatever its format: parts, each of rows of cells or of named values."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a text or a row of a sheet, by its own number in it (from 1), and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value of a tree, as of JSON: the keys and list places that lead to it, and its text."""

    path: tuple[str | int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet, a text, or a file within a file.

    `name` is empty where there is one part alone; `text` what the rows and leaves were read from, empty for a sheet.
    `is_copy` marks what was read in another way already: only what is new in it counts.
    """

    name: str = ""
    rows: tuple[Row, ...] = ()
    leaves: tuple[Leaf, ...] = ()
    text: str = ""
    is_sheet: bool = False
    is_copy: bool = False


@dataclass(slots=True)
class Document:
    """All parts of a file, and the names of files within it that could not be read."""

    parts: list[Part] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
