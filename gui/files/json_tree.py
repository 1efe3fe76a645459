"""JSON of any depth and shape as named values; also JSON Lines, an object a line."""

import json
from collections.abc import Iterator
from typing import Any

from gui.files.document import Leaf
from gui.files.token_pieces import without_invisible

#: Real files are not deeper.
_DEEPEST = 200


def json_leaves(text: str) -> tuple[Leaf, ...] | None:
    """Every value with the keys that lead to it; None where the text is no JSON."""
    stripped = text.lstrip()
    if stripped[:1] not in {"[", "{", '"'}:
        return None
    try:
        data = json.loads(stripped)
    except (ValueError, RecursionError):
        data = _json_lines(stripped)
    return None if data is None else tuple(_leaves(data, ()))


def _json_lines(text: str) -> list[Any] | None:
    try:
        lines = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None
    return lines if len(lines) > 1 else None


def _leaves(data: Any, path: tuple[str | int, ...]) -> Iterator[Leaf]:
    if len(path) > _DEEPEST:
        return
    if isinstance(data, dict):
        for whole_key, value in data.items():
            key = without_invisible(whole_key)
            if len(key) >= 20:
                # A map from token to name: its key is a value, too.
                yield Leaf((*path, key, ""), key)
            yield from _leaves(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _leaves(value, (*path, index))
    elif isinstance(data, str) and data.lstrip()[:1] in {"{", "["} and (inner := json_leaves(data)) is not None:
        # JSON within a text of JSON, as logs and settings hold it.
        yield from (Leaf((*path, *leaf.path), leaf.text) for leaf in inner)
    elif data is not None and not isinstance(data, bool):
        # Also where the text writes them as escapes.
        yield Leaf(path, _seen(str(data)))


def _seen(text: str) -> str:
    """A value without what nobody sees; a name keeps the joiners of its emoji."""
    seen = without_invisible(text)
    return seen if seen.isascii() or "EAA" in seen else text
