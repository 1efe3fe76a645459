"""Following one edge: what each answer leads to. Whole lists are in test_list_pages.py."""

from typing import cast

import pytest

from gui.errors import UserError
from gui.graph import calls, models
from gui.graph.client import GraphClient
from gui.graph.errors import GraphError
from gui.services.page_edges import PageEdge, Piece
from gui.values import Secret

TOKEN = Secret("EAA" + "x" * 60)


def batch(*ids, after="", total=None, **more):
    return calls.PageBatch(tuple(models.PageRow(id=one, access_token="EAAsecret") for one in ids), after, total, **more)


@pytest.fixture
def follow(monkeypatch):
    """Follow an edge that answers so; what came, what ended it, and what was asked."""

    def run(*answers):
        asked = []
        left = list(answers)

        def page_edge(client, token, edge, after="", limit=calls.PAGE_SIZE, **more):
            asked.append((after, limit))
            answer = left.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr(calls, "page_edge", page_edge)
        pieces: list[Piece] = []
        failure = ""
        try:
            pieces += PageEdge("me/accounts", "accounts", "id").pieces(cast(GraphClient, None), TOKEN)
        except UserError as error:
            failure = error.kind
        return pieces, failure, asked

    return run


def test_each_cursor_leads_to_the_next_piece(follow):
    pieces, failure, asked = follow(batch("1", after="a", total=2), batch("2"))
    assert [one.batch.ids for one in pieces] == [("1",), ("2",)]
    assert [one.expected for one in pieces] == [2, 2]
    assert not failure
    assert asked == [("", 100), ("a", 100)]


def test_a_list_too_large_is_asked_for_in_halves_down_to_five(follow):
    *_, asked = follow(*[GraphError("too_much_data")] * 5, batch("1"))
    assert asked == [("", 100), ("", 50), ("", 25), ("", 12), ("", 6), ("", 5)]
    assert follow(*[GraphError("too_much_data")] * 6)[1] == "too_much_data"


def test_a_stale_cursor_begins_anew_twice_at_most(follow):
    stale = GraphError("cursor_stale")
    first = batch("1", after="a")
    _, failure, asked = follow(first, stale, first, stale, first, stale)
    assert failure == "cursor_stale"
    assert [after for after, _ in asked] == ["", "a", "", "a", "", "a"]


def test_a_circle_is_left_by_pieces_of_another_size_and_counts_unreadable_rows_anew(follow):
    circle = batch("1", after="a", total=2, unreadable=("odd",))
    pieces, failure, asked = follow(circle, circle, circle, batch("2", total=2))
    assert not failure
    assert [limit for _, limit in asked] == [100, 100, 37, 37]
    assert pieces[-1].unreadable == ("odd",)
    assert follow(circle, circle, circle, circle)[1] == "cursor_repeats"


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ([batch("1", has_lost_its_way=True)], "list_lost_its_way"), ([batch("1", total=2)], "list_count_differs"),
        ([batch("1", total=2, unreadable=("odd",))], ""), ([batch("1", "2", total=2)], ""),
    ],
)  # fmt: skip
def test_how_a_list_ends(follow, answers, kind):
    pieces, failure, _ = follow(*answers)
    assert failure == kind
    assert len(pieces) == 1, "what came is there all the same"


def test_the_rows_of_an_answer_show_no_token():
    one = batch("1")
    assert "EAAsecret" not in repr(one)
    assert one.pages[0].token is not None
    assert "EAAsecret" not in repr(one)
