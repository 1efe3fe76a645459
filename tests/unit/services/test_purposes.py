"""What a token is for: purposes.toml against Meta's table, and the permissions that are asked for."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.graph.permissions import BASE, DEPENDENCIES, PERMISSIONS, with_dependencies
from gui.services import formatting
from gui.services.purposes import (
    GROUPS,
    USE_CASES,
    TokenKind,
    added_permissions,
    find_purposes,
    has_tasks,
    known,
    needed_permissions,
    needs_line,
    optional_permissions,
    permission_line,
    permissions_for,
    purposes,
)

RECORDED = Path(__file__).parents[2] / "recorded" / "purposes"
SHORT = {
    "CC": "CREATE_CONTENT", "MOD": "MODERATE", "MSG": "MESSAGING", "ANA": "ANALYZE", "ADV": "ADVERTISE",
    "MAN": "MANAGE", "MANAGE_LEADS": "MANAGE_LEADS",
}  # fmt: skip


def table(name):
    """The rows of a table in Markdown, by their first cell."""
    lines = (RECORDED / name).read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return {row[0]: row[1:] for row in rows[2:]}


#: Row -> its cells: purpose, what is added, tasks, kind of token, notes.
ROWS = {row: cells for row, cells in table("table.md").items() if row != "–"}
BY_ROW = {one.row: one for one in purposes().values()}


def test_every_row_of_the_table_is_a_purpose_and_every_purpose_a_row():
    assert len(purposes()) == 28
    assert BY_ROW.keys() == ROWS.keys()


def named(text):
    """Permissions named in a cell, as far as its first parenthesis."""
    return set(re.findall(r"`([a-z_]+)`", re.sub(r"\(.*?\)", "", text)))


@pytest.mark.parametrize("row", ROWS)
def test_a_purpose_asks_for_what_its_row_names(row):
    purpose, added = BY_ROW[row], ROWS[row][1].split("; webhooks")[0]
    # Rows that begin with + go on from the one before; "as 5" is that of row 5.
    names = named(added) | {
        "8b": {"pages_read_user_content"},
        "8c": named(ROWS["8b"][1]),
        "7": named(ROWS["5"][1]),
    }.get(row, set())
    if row == "8c":
        names |= {"pages_read_user_content"}
    asked = set(purpose.permissions) | set(purpose.optional)
    assert names <= asked | set(BASE)
    in_parentheses = set(re.findall(r"[a-z]+_[a-z_]+", " ".join(re.findall(r"\(.*?\)", added))))
    assert asked <= names | in_parentheses | set(BASE)


@pytest.mark.parametrize("row", ROWS)
def test_a_purpose_needs_the_tasks_of_its_row(row):
    purpose, cell = BY_ROW[row], ROWS[row][2]
    if match := re.match(r"as (\d+)", cell):
        cell = ROWS[match[1]][2]
    if row != "11":
        # What is often enough, and not sure.
        cell = cell.split(";")[0]
    found = {SHORT[word] for word in re.findall(r"\b(?:CC|MOD|MSG|ANA|ADV|MANAGE_LEADS|MAN)\b", cell)}
    assert {*purpose.tasks, *purpose.tasks_too} == found
    assert bool(purpose.tasks_too) == ("+" in cell)


@pytest.mark.parametrize("row", ROWS)
def test_a_purpose_calls_with_the_token_of_its_row(row):
    cell = ROWS[row][3].replace("**", "")
    kind = (
        TokenKind.SYSTEM_USER if cell.startswith("system user")
        else TokenKind.EITHER if cell.startswith("User or Page")
        else TokenKind.USER if cell.startswith("User")
        else TokenKind.PAGE
    )  # fmt: skip
    assert BY_ROW[row].token is kind


def test_what_the_sources_contradict_is_not_promised():
    assert {one.key for one in purposes().values() if one.open} >= {"website_events", "website_reviews"}
    for one in purposes().values():
        assert bool(one.open) == ("contradict" in ROWS[one.row][4].lower() or "[unsure]" in ROWS[one.row][4][-12:])


def test_dependencies_are_those_that_the_table_lists():
    for names, cell in table("dependencies.md").items():
        parts = re.findall(r"[a-z]+_[a-z_]+|_[a-z_]+", names)
        for part in parts:
            name = f"instagram{part}" if part.startswith("_") else part
            cause = cell[0].split("; a 2026 list gives none")[0]
            needed = set(re.findall(r"(?<![a-z_])[a-z]+_[a-z_]+", cause))
            needed &= PERMISSIONS
            assert needed <= set(with_dependencies([name])), (name, needed)


@pytest.mark.parametrize("key", purposes())
def test_a_purpose_says_in_words_what_it_means(key):
    one = purposes()[key]
    assert one.group in GROUPS
    assert one.use_case in USE_CASES
    assert {*one.permissions, *one.optional} <= PERMISSIONS
    assert all(name in permission_line(one) for name in added_permissions(one))
    assert all(formatting.permission(name) != name for name in one.all_permissions)
    if one.tasks:
        assert formatting.task_words(one.tasks[0]) in needs_line(one)
    for text in (one.also, one.open):
        assert not text or text.endswith(".")
        assert text in needs_line(one)


KEYS = st.sets(st.sampled_from(sorted(purposes())))


@given(KEYS, st.sets(st.sampled_from(sorted(PERMISSIONS))), st.sets(st.sampled_from(sorted(PERMISSIONS))))
def test_whatever_is_chosen_the_whole_chain_is_asked_for_and_nothing_held_is_lost(keys, held, without):
    asked = permissions_for(keys, held=sorted(held), without=sorted(without))
    assert len(asked) == len(set(asked))
    assert set(asked) >= (set(BASE) | held) - without
    assert not set(asked) & without
    for name in asked:
        assert set(DEPENDENCIES.get(name, ())) <= set(asked) | without
    for key in keys:
        assert set(purposes()[key].all_permissions) <= set(asked) | without


@given(KEYS)
def test_what_is_needed_is_asked_for_and_what_is_optional_is_not_needed(keys):
    assert set(needed_permissions(keys)) <= set(permissions_for(keys))
    assert not optional_permissions(keys) & set(needed_permissions(keys))


def test_nothing_chosen_asks_for_what_every_page_token_needs_and_no_more():
    assert set(permissions_for(())) == set(BASE)
    assert "pages_manage_metadata" not in permissions_for(())
    assert known(["gone", "messages", "leads", "messages"]) == ("messages", "leads")


@pytest.mark.parametrize(
    ("query", "found"),
    [("website", "website_posts"), ("chatbot", "messages"), ("leads_retrieval", "leads"), ("REEL", "publish_videos")],
)
def test_a_purpose_is_found_by_any_word_of_it(query, found):
    assert found in {one.key for one in find_purposes(query)}


def test_nothing_is_found_by_a_word_that_is_nowhere():
    assert find_purposes("xylophone") == ()
    assert len(find_purposes("")) == 28


@pytest.mark.parametrize(
    ("key", "tasks", "fits"),
    [
        ("comments_answer", ("MODERATE",), False),
        ("comments_answer", ("MODERATE", "CREATE_CONTENT"), True),
        ("comments_answer", ("PROFILE_PLUS_MODERATE", "PROFILE_PLUS_CREATE_CONTENT"), True),
        ("messages", ("ANALYZE",), False),
        ("messages", ("PROFILE_PLUS_FULL_CONTROL",), True),
        ("ad_reports", (), True),
        ("page_people", ("MODERATE",), False),
    ],
)
def test_tasks_open_a_purpose_or_not(key, tasks, fits):
    assert has_tasks(purposes()[key], tasks) is fits
