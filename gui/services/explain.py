"""Turns a UserError into what the person reads: what happened, why and what to do, and the button that mends it."""

import functools
import re
import tomllib

from gui import i18n
from gui.errors import UserError
from gui.i18n import _
from gui.paths import RESOURCES
from gui.shell.commands import Command, Request
from gui.text import isolated
from gui.values import Action, Message, Tone


@functools.cache
def message_catalog() -> dict[str, dict[str, str]]:
    """Every sentence by its kind, from resources/errors.toml."""
    return tomllib.loads((RESOURCES / "errors.toml").read_text("utf-8"))


def explain(problem: BaseException) -> Message:
    """The notice for anything that went wrong; what is not foreseen is named as the program's own fault."""
    if not isinstance(problem, UserError):
        return _fill(message_catalog()["program_fault"], {}, (("fault", type(problem).__name__),), "program_fault")
    entry = message_catalog().get(problem.kind) or message_catalog()["facebook_said"]
    return _fill(entry, problem.values, tuple(problem.details.items()), problem.kind)


def message(kind: str, **values: str) -> Message:
    """The notice of a kind that is no exception: something that is so and should be known."""
    return _fill(message_catalog()[kind], values, (), kind)


def version_message(asked: str, used: str) -> Message:
    """The notice that another Graph version answered than was asked for: an older one, or a newer."""
    return message(version_kind(asked, used), name=used, found=asked)


def version_kind(asked: str, used: str) -> str:
    """Whether the version that answered is newer than the one asked for, or older, by the sentence's name."""

    def number(version: str) -> tuple[int, ...]:
        return tuple(int(part) for part in re.findall(r"\d+", version)[:2])

    return "version_newer" if number(used) > number(asked) else "version_older"


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _fill(entry: dict[str, str], values: dict[str, str], details: tuple[tuple[str, str], ...], kind: str) -> Message:
    texts = _Blank({name: isolated(value) for name, value in values.items()})

    def fill(name: str) -> str:
        english = entry.get(name, "")
        if "{message}" in english and not values.get("message"):
            # What Facebook said may not be known any more.
            return ""
        return " ".join(i18n.filled(_(english), english, texts).split())

    # What Facebook wrote for people says more than its code, and stands between cause and remedy.
    says = "" if "{message}" in entry.get("why", "") else texts.get("facebook_says", "")
    quoted = _("Facebook says: “{words}”", words=" ".join(says.split())) if says else ""
    return Message(
        title=fill("title") or fill("title_otherwise"),
        text=" ".join(part for part in (fill("why"), quoted, fill("todo")) if part),
        action=Action(_(entry["button"]), parse_request(entry["action"])) if "action" in entry else None,
        tone=Tone(entry.get("tone", Tone.BAD.value)),
        details=details,
        kind=kind,
        topic=entry["help"],
    )


def parse_request(text: str) -> Request:
    """The Request that an `action` in resources/errors.toml names: a command, or "open:" and a link's name.

    Raises ValueError.
    """
    name, _, link = text.partition(":")
    return Request(Command(name), link=link)
