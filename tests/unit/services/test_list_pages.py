"""Listing: every Page once, whatever the edges do."""

import pytest

from gui.graph import calls
from gui.graph.errors import GraphError
from gui.services.list_pages import PagesArrived, list_pages
from gui.values import NO_END, Secret, TokenState, Waiting
from tests.support.people import JOB, Collected, connection_of


def listing_of(session, practice, job=None, person=1):
    return list_pages(session, connection_of(practice, person), job or JOB)


@pytest.mark.parametrize(
    "trouble",
    [
        "", "next_on_empty:1", "next_after_last:1", "duplicate_rows", "rows_without_token", "too_much_data:3",
        "cursor_stale:1", "no_picture", "text_javascript", "usage_malformed", "dropped:1", "html_502:1", "cut_body:1",
    ],
)  # fmt: skip
def test_every_page_arrives_once(session, practice, trouble):
    name, _, times = trouble.partition(":")
    if name:
        practice.world.faults.on(name, int(times) if times else None)
    job = Collected()
    listing = listing_of(session, practice, job)
    ids = [row.page.id for row in listing.rows]
    if name == "next_on_empty":
        practice.world.faults.off()
    assert sorted(ids) == sorted({practice.world.page(index).id for index in range(3, 243)})
    assert listing.complete
    assert not listing.troubles
    tokens = {row.page.id: row.fresh for row in listing.rows}
    records = {page_id: practice.world.mint.read(secret.reveal()) for page_id, secret in tokens.items() if secret}
    assert all(
        practice.world.page(record.page - 1).id == page_id and record.expires_at == 0
        for page_id, record in records.items()
    )
    if name != "rows_without_token":
        assert len(records) == 240
    arrived = [report for report in job.reports if isinstance(report, PagesArrived)]
    assert {row.page.id for report in arrived for row in report.rows} == set(ids)
    assert all(isinstance(report, (PagesArrived, Waiting)) for report in job.reports)


@pytest.mark.parametrize("pages", [0, 1, 26, 130])
def test_lists_of_every_length(session, practice, pages):
    practice.world.__init__(pages=pages)
    listing = listing_of(session, practice)
    assert len(listing.rows) == pages


def test_a_failing_business_does_not_sink_the_list(session, practice):
    practice.world.faults.on("business_fails")
    listing = listing_of(session, practice)
    assert len(listing.rows) == 195
    assert [trouble.kind for trouble in listing.troubles] == ["business_failed", "business_failed"]
    assert listing.troubles[0].values == {"name": "Nord Retail"}


def test_a_cursor_that_comes_back_ends_the_list(session, practice):
    practice.world.faults.on("cursor_repeats")
    listing = listing_of(session, practice)
    assert not listing.complete
    assert listing.troubles[0].kind == "cursor_repeats"


def test_a_cursor_that_stays_stale_is_said(session, practice, monkeypatch):
    """Nothing had arrived when the place to go on from was lost, again and again."""

    def stale(client, token, edge, after="", limit=calls.PAGE_SIZE, **more):
        if after:
            raise GraphError("cursor_stale")
        return calls.PageBatch((), "somewhere", None)

    monkeypatch.setattr(calls, "page_edge", stale)
    with pytest.raises(GraphError) as caught:
        listing_of(session, practice)
    assert caught.value.kind == "cursor_stale"


def test_pieces_shrink_when_facebook_asks_for_less_and_grow_again(session, practice, monkeypatch):
    practice.world.__init__(pages=2000)
    practice.world.faults.on("too_much_data", 3)
    asked = []
    page_edge = calls.page_edge

    def spy(client, token, edge, after="", limit=calls.PAGE_SIZE, **more):
        if edge == "me/accounts":
            asked.append((after, limit))
        return page_edge(client, token, edge, after, limit, **more)

    monkeypatch.setattr(calls, "page_edge", spy)
    listing = listing_of(session, practice)
    assert len(listing.rows) == 2000
    limits = [limit for _, limit in asked]
    assert limits[:4] == [100, 50, 25, 12]
    assert limits[4:14] == [12, 12, 24, 24, 24, 48, 48, 48, 96, 96]
    assert limits[-1] == 100
    arrived = [after for after, limit in asked[3:]]
    assert len(arrived) == len(set(arrived)), "something that had arrived was fetched again"


def test_a_stop_keeps_what_arrived(session, practice):
    job = Collected(stop_after=1)
    listing = listing_of(session, practice, job)
    assert not listing.complete
    assert len(listing.rows) == 100


def test_a_refused_first_list_is_an_error(session, practice):
    practice.world.faults.on("password_changed")
    with pytest.raises(GraphError) as caught:
        listing_of(session, practice)
    assert caught.value.kind == "password_changed"


def test_pages_from_a_short_token_end_with_it(session, practice):
    login = connection_of(practice, 0)
    token = practice.world.short_lived_token(practice.world.people[0])
    record = practice.world.mint.read(token)
    from gui.values import Login

    short = Login(login.app, login.token.with_(secret=Secret(token), expires_at=record.expires_at, long_lived=False))
    assert {row.expires_at for row in list_pages(session, short, JOB).rows} == {record.expires_at}
    assert {row.expires_at for row in list_pages(session, login, JOB).rows} == {NO_END}


def test_a_login_that_ends_soon_marks_its_rows(session, practice):
    practice.world.faults.on("expiry_soon")
    assert {row.state for row in listing_of(session, practice, person=0).rows} == {TokenState.ENDS_SOON}
