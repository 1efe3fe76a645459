"""The help, a topic a file in resources/help: a heading and what is to be known, in Markdown.

A topic in another language stands in a folder of that language's name.
"""

import functools
from collections.abc import Sequence
from typing import NamedTuple

from gui import i18n
from gui.paths import RESOURCES
from gui.text import fold

#: The topics by their files' names, in the order in which they are listed.
TOPICS = (
    "three-steps", "page-token", "what-for", "good-for", "why-tokens-die", "make-the-app", "logging-in",
    "permissions", "missing-page", "any-token", "explain-an-error", "other-tools", "many-pages", "copy-for-a-tool",
    "give-tokens", "import-tokens", "system-users", "take-back", "keychain", "this-computer", "network", "limits",
    "privacy", "keys", "licenses",
)  # fmt: skip


class Topic(NamedTuple):
    """A topic: its name, its title, and all of it in Markdown, the title included."""

    name: str
    title: str
    text: str


@functools.cache
def help_topics() -> tuple[Topic, ...]:
    """Every topic, in order."""
    return tuple(map(_read, TOPICS))


def _read(name: str) -> Topic:
    folder = RESOURCES / "help"
    translated = folder / i18n.language() / f"{name}.md"
    text = (translated if translated.exists() else folder / f"{name}.md").read_text("utf-8")
    return Topic(name, text.partition("\n")[0].removeprefix("# "), text)


def find_topics(query: str) -> Sequence[Topic]:
    """The topics that hold every word of `query`, those with all of them in the title first; all for an empty one.

    A plus sign only joins words, as in 'Ctrl+F'; a letter alone is a word of its own.
    """
    words = fold(query).replace("+", " ").split()
    found = [topic for topic in help_topics() if _holds(topic.text, words)]
    return sorted(found, key=lambda topic: not _holds(topic.title, words))


def _holds(text: str, words: Sequence[str]) -> bool:
    folded = fold(text.replace("*", ""))
    alone = set(folded.split())
    return all(word in (folded if len(word) > 1 else alone) for word in words)
