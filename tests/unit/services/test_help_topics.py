"""The help's topics: all there, in plain words, found by what people type."""

import re

import pytest

from gui.paths import RESOURCES
from gui.services.help_topics import TOPICS, find_topics, help_topics


def test_every_file_is_a_topic_that_is_listed_and_each_is_there_once():
    assert sorted(TOPICS) == sorted(path.stem for path in (RESOURCES / "help").glob("*.md"))
    assert len(set(TOPICS)) == len(TOPICS)


@pytest.mark.parametrize("topic", help_topics(), ids=TOPICS)
def test_a_topic_has_a_title_and_speaks_plainly(topic):
    assert topic.text.startswith(f"# {topic.title}\n\n")
    assert 3 < len(topic.title) < 48
    assert not re.search(r"(?i)\b(oops|exchange|scopes?|cursor|endpoint)\b|!", topic.text.replace("OAuth", ""))
    assert "](" not in topic.text, "a link opens nothing"
    assert topic.text.count("**") % 2 == 0


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("keychain", "keychain"), ("KEYCHAIN locked", "keychain"), ("redirect uri", "make-the-app"),
        ("proxy", "network"), ("missing page", "missing-page"), ("shift f10", "keys"), ("keepassxc", "keychain"),
        ("Ctrl+?", "keys"), ("ctrl+f", "keys"), (".env", "give-tokens"), ("csv", "give-tokens"),
        ("password changed facebook", "why-tokens-die"),
    ],
)  # fmt: skip
def test_what_people_type_finds_the_topic(query, first):
    assert find_topics(query)[0].name == first


def test_an_empty_search_gives_all_and_nonsense_nothing():
    assert list(find_topics("  ")) == list(help_topics())
    assert list(find_topics("xyzzy")) == []
