"""Turns a UserError into what the person reads: what happened, why and what to do, and the button that mends it."""

import functools
import tomllib

from gui.errors import UserError
from gui.paths import RESOURCES
from gui.text import isolated
from gui.values import Message


@functools.cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every sentence by its kind, from resources/errors.toml."""
    return tomllib.loads((RESOURCES / "errors.toml").read_text("utf-8"))


def explain(problem: BaseException) -> Message:
    """The notice for anything that went wrong; what is not foreseen is named as the program's own fault."""
    if not isinstance(problem, UserError):
        return _fill(catalogue()["program_fault"], {}, (("fault", type(problem).__name__),), "program_fault")
    entry = catalogue().get(problem.kind) or catalogue()["facebook_said"]
    return _fill(entry, problem.values, tuple(problem.details.items()), problem.kind)


def sentence(kind: str, **values: str) -> Message:
    """The notice of a kind that is no exception: something that is so and should be known."""
    return _fill(catalogue()[kind], values, (), kind)


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _fill(entry: dict[str, str], values: dict[str, str], details: tuple[tuple[str, str], ...], kind: str) -> Message:
    places = _Blank({name: isolated(value) for name, value in values.items()})

    def filled(name: str) -> str:
        text = entry.get(name, "")
        # What Facebook said may not be known any more.
        return "" if "{message}" in text and not values.get("message") else " ".join(text.format_map(places).split())

    return Message(
        filled("title") or filled("title_otherwise"),
        " ".join(part for part in (filled("why"), filled("todo")) if part),
        entry.get("action", ""),
        entry.get("button", ""),
        entry.get("tone", "bad"),
        details,
        kind,
    )
