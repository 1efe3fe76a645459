"""Tools that ask for a token: resources/tools.toml, which says what each asks for and in which form."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from gui.i18n import _, list_of
from gui.paths import RESOURCES
from gui.services.purposes import purposes
from gui.text import fold


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool, or one of its forms (`variant_of` names the tool then).

    `wants` is "page", "user", "either", "both", "app" (it logs in itself, with App ID and App secret), "own_app" or
    "nothing". `fields` are pairs of the tool's own name and what belongs there: a text with places such as
    "{page_token}"; those in `ready` are right as they are. `format` is how they are written together: "fields", "env",
    "json" or "template"; `many` whether each Page has a copy of its own, or one "list" serves all; `head` stands once
    above them, `comment` begins a remark. `steps` are three lines in English, `mind` what to look out for. Where
    `sends_proof` is False, the app's Require App Secret must be off. `call` is the first call it makes. `search` are
    further words to find it by.
    """

    key: str
    name: str
    wants: str
    purposes: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    format: str = "fields"
    template: str = ""
    many: str = "each"
    head: str = ""
    comment: str = "#"
    search: str = ""
    ready: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    mind: str = ""
    sends_proof: bool = True
    extends: bool = False
    call: str = ""
    variant_of: str = ""

    @property
    def folded(self) -> str:
        """What a search looks through."""
        names = " ".join(name for name, _value in self.fields)
        return fold(f"{self.name} {self.search} {names} {' '.join(self.steps)} {self.format}")

    @property
    def wants_a_token(self) -> bool:
        """Whether a token is pasted into it."""
        return self.wants in {"page", "user", "either", "both"}


@functools.cache
def tools() -> Mapping[str, Tool]:
    """Every tool by its key, by name."""
    entries = tomllib.loads((RESOURCES / "tools.toml").read_text("utf-8"))
    found = {key: _tool(key, entry) for key, entry in entries.items()}
    return dict(sorted(found.items(), key=lambda one: fold(one[1].name)))


def _tool(key: str, entry: Mapping[str, object]) -> Tool:
    values = {name: _tuples(value) for name, value in entry.items()}
    return Tool(key=key, **values)  # type: ignore[arg-type]


def _tuples(value: object) -> object:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def purposes_line(tool: Tool) -> str:
    """In a line, what a tool needs a login for."""
    if tool.wants == "nothing":
        return _("It asks for no token.")
    if tool.wants == "own_app":
        return _("It has an app of its own: log in there, nothing from here is needed.")
    names = list_of([purposes()[key].label for key in tool.purposes])
    if tool.wants == "app":
        wants = _("It logs in itself, with your App ID and App secret.")
        return _("{sentence} For: {purposes}.", sentence=wants, purposes=names) if names else wants
    return _("For: {purposes}.", purposes=names) if names else _("It depends on what you build with it: choose above.")
