"""One odd value never sinks an answer: the rest of the row, or of the list, is used, and what is left is named."""

import json
import time
import tracemalloc

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from gui.graph import calls, models
from gui.graph.client import GraphClient
from gui.graph.decoding import LARGEST_ANSWER, decode
from gui.graph.errors import GraphError
from gui.graph.retry import TRIES
from gui.values import Secret, Site
from tests.support.people import Collected, app_of, short_token

ROW = {
    "id": "104512345678902",
    "name": "Harbor Coffee",
    "category": "Café",
    "tasks": ["MANAGE", "ANALYZE"],
    "access_token": "EAAx7QdPage",
    "picture": {"data": {"url": "https://scontent.fbcdn.net/x.jpg", "height": 50}},
    "link": "https://www.facebook.com/104512345678902",
    "instagram_business_account": {"id": "17841400000000001", "username": "harbor", "name": "Harbor"},
}
DEBUG = {
    "is_valid": True,
    "app_id": "180000000000001",
    "type": "USER",
    "application": "Practice App",
    "expires_at": 1_800_000_000,
    "data_access_expires_at": 1_810_000_000,
    "issued_at": 1_790_000_000,
    "scopes": ["pages_show_list"],
    "granular_scopes": [{"scope": "pages_show_list", "target_ids": ["104512345678902"]}],
    "user_id": "122",
    "profile_id": "104512345678902",
}
lone = st.sampled_from(["\ud83c", "\udfff half", "a\ud800b", "whole"])
odd = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=20) | lone
    | st.sampled_from(["104", " 7 ", "-1", "1e9", "true", "null", "", 2**63, 1.0, 1e300]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6) | lone, inner, max_size=4),
    max_leaves=8,
)  # fmt: skip


def encoded(value) -> bytes:
    """JSON as PHP writes it, half characters as escapes."""
    return json.dumps(json.loads(json.dumps(value), parse_constant=lambda _: None)).encode()


def rows_of(body):
    left: list[str] = []
    edge = decode(200, body, models.PageEdge, left_out=left.append)
    return [calls._page(row, "accounts") for row in edge.data], left


@given(st.sampled_from(sorted(ROW)), odd, st.integers(0, 2))
@example("name", "Blossom \ud83c", 1)
@example("tasks", "MANAGE", 1)
@example("picture", [], 0)
@example("access_token", 17, 0)
def test_an_odd_value_in_any_field_leaves_the_other_rows_and_fields(field, value, at):
    assume(not (field == "tasks" and isinstance(value, list)) and not (field == "id" and value == ""))
    others = [{**ROW, "id": str(105_000_000_000_000 + number), "name": f"Page {number}"} for number in range(2)]
    rows = [*others[:at], {**ROW, field: value}, *others[at:]]
    pages, left = rows_of(encoded({"data": rows, "paging": {"cursors": {"after": "x"}}}))
    assert {page.name for page in pages} >= {"Page 0", "Page 1"}, "whole rows are used"
    assert len(pages) + len(left) == 3
    if len(pages) == 3:
        (page,) = [one for one in pages if one.name not in {"Page 0", "Page 1"}]
        whole = calls._page(models.PageRow(id="1"), "accounts")
        for name, expected in (
            ("name", ROW["name"]), ("category", ROW["category"]), ("tasks", ("MANAGE", "ANALYZE")),
            ("token", Secret("EAAx7QdPage")), ("instagram_id", "17841400000000001"), ("link", ROW["link"]),
        ):  # fmt: skip
            of_field = {"access_token": "token", "instagram_business_account": "instagram_id"}.get(field, field)
            assert of_field == name or getattr(page, name) == expected, "the other fields of the row are used"
        assert whole.name == ""
        assert page.id
        for text in (page.id, page.name, page.category, page.link, page.picture_url, page.instagram_name):
            assert text.encode().decode() == text, "can be kept and shown"
    else:
        assert field == "id", "only a row without an ID is of no use"
        assert left == [ROW["name"]]


@given(st.lists(odd, max_size=6))
def test_rows_that_are_none_are_named_or_counted(values):
    rows = [ROW, *values, {**ROW, "id": "2", "name": "\ud83c Blossom"}]
    pages, left = rows_of(encoded({"data": rows}))
    assert [pages[0].id, pages[-1].id] == [ROW["id"], "2"]
    assert len(pages) + len(left) == len(rows)
    for name in left:
        assert len(name) <= 120
        assert name.encode().decode() == name


@given(st.sampled_from(sorted(DEBUG)), odd)
def test_an_odd_value_leaves_what_else_facebook_says_of_a_token(field, value):
    found = decode(200, encoded({"data": {**DEBUG, field: value}}), models.DebugAnswer, long_lists=True)
    assert found.data is not None
    try:
        info = calls._facts(found.data, ())
    except GraphError as error:
        assert error.kind == "wrong_shape"
        assert field in {"scopes", "granular_scopes"}, "what is read later"
        return
    if field not in {"is_valid", "expires_at", "error"}:
        assert info.is_valid
        assert info.expires_at == 1_800_000_000
    if field not in {"application", "type"}:
        assert (info.application, info.type) == ("Practice App", "USER")


@given(odd, odd)
def test_an_odd_status_leaves_the_other_permissions(name, status):
    rows = [{"permission": "pages_show_list", "status": "granted"}, {"permission": name, "status": status}]
    found = decode(200, encoded({"data": rows}), models.Permissions)
    assert found.data[0].permission == "pages_show_list"


@given(odd, odd, odd, odd)
def test_odd_cursors_and_counts_leave_the_rows(before, after, further, count):
    body = encoded(
        {
            "paging": {"cursors": {"before": before, "after": after}, "next": further},
            "summary": {"total_count": count},
            "data": [ROW],
        }
    )
    edge = decode(200, body, models.PageEdge)
    assert [row.id for row in edge.data] == [ROW["id"]]
    assert isinstance(calls._next_cursor(edge.paging), str)
    assert edge.summary is None or edge.summary.total_count is None or isinstance(edge.summary.total_count, int)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("7", 7),
        (" 7 ", 7),
        (7.0, 7),
        ("-1", -1),
        ("7.5", None),
        (True, None),
        ("", None),
        ([7], None),
        ("9" * 30, None),
    ],
)  # fmt: skip
def test_numbers_stand_in_quotes_too(value, expected):
    body = encoded({"data": [], "summary": {"total_count": value}})
    edge = decode(200, body, models.PageEdge)
    assert edge.summary is not None
    assert edge.summary.total_count == expected


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"data": [nothing], "paging": }', "wrong_shape"),
        (b'{"data": [{"id": "1",}]}', "wrong_shape"),
        (b"{'data': []}", "wrong_shape"),
        (b'{"data": []} and more', "wrong_shape"),
        (b'[{"id": "1"}]', "wrong_shape"),
        (b'{"data": {"0": {"id": "1"}}}', "wrong_shape"),
        (b"{}", "wrong_shape"),
        (b'{"data": [{"id": "1"}, {"id": ', "cut_off"),
        (b'{"data": [{"id": "1", "name": "Har', "cut_off"),
        (b"<html>", "not_json"),
        (b"sorry", "not_json"),
        (b"", "empty_answer"),
    ],
)
def test_what_is_whole_and_cannot_be_read_is_not_said_to_have_broken_off(body, kind):
    with pytest.raises(GraphError) as caught:
        decode(200, body, models.PageEdge)
    assert caught.value.kind == kind


def test_a_whole_answer_that_cannot_be_read_is_asked_for_once(practice):
    practice.world.faults.on("unreadable")
    job = Collected()
    client = GraphClient(Site(practice.url, practice.url), "v25.0", app=app_of(practice), job=job)
    with pytest.raises(GraphError) as caught:
        calls.me(client, short_token(practice))
    assert caught.value.kind == "wrong_shape"
    assert len(practice.calls) == 1 < TRIES
    assert job.pauses == []


@pytest.mark.parametrize("status", [200, 400])
def test_an_error_with_half_a_character_in_it_is_that_error(status):
    message = "Error validating access token: The user \ud83c has not authorized application 180."
    body = json.dumps({"error": {"message": message, "code": "190", "error_subcode": "458"}}).encode()
    with pytest.raises(GraphError) as caught:
        decode(status, body, models.PageEdge)
    assert (caught.value.kind, caught.value.code) == ("app_removed", "190/458")


def test_an_odd_row_in_a_long_answer_costs_little():
    """The slow reader takes a second, and a few times its size, for a list of the largest size."""
    row = json.dumps({**ROW, "access_token": "EAA" + "x7Qd" * 50}).encode()
    count = (LARGEST_ANSWER - 2000) // (len(row) + 1)
    body = b'{"data":[{"name":"Odd","id":{}},' + b",".join([row] * count) + b"]}"
    began = time.thread_time()
    pages, left = rows_of(body)
    assert time.thread_time() - began < 2
    assert (len(pages), left) == (count, ["Odd"])
    tracemalloc.start()
    try:
        rows_of(body)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8 * len(body)
