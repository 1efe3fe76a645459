"""Listing: every Page once, whatever the edges do."""

import pytest

from gui.errors import UserError
from gui.graph import calls
from gui.graph.errors import GraphError
from gui.services import formatting
from gui.services.add_page import add_page
from gui.services.check_page import check_page
from gui.services.clipboard_text import both_lines, setting_line
from gui.services.keep import keep_login
from gui.services.list_pages import PagesArrived, list_pages
from gui.services.states import page_rows_now
from gui.values import NO_END, Page, Secret, TokenState, Waiting
from tests.support.people import JOB, Collected, app_of, connection_of, keep_pages


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


def kept_of(session, practice, person=0):
    login = connection_of(practice, person)
    session.vault.keep_app(app_of(practice))
    stored_login = keep_login(session, login, JOB)
    rows = list_pages(session, login, JOB).rows
    return stored_login, keep_pages(session, stored_login, rows)


@pytest.mark.parametrize(
    ("trouble", "kind", "state"),
    [
        ("", "", TokenState.WORKS),
        ("role_lost", "role_lost", TokenState.NEEDS_YOU),
        ("app_removed", "app_removed", TokenState.NEEDS_YOU),
        ("html_502", "server_trouble", TokenState.WORKS),
    ],
)
def test_a_page_is_tested_with_its_own_token(session, practice, trouble, kind, state):
    login, rows = kept_of(session, practice)
    if trouble:
        practice.world.faults.on(trouble)
    found = check_page(session, rows[0], Collected())
    assert (found.error.kind if found.error else "") == kind
    assert found.row.state is state
    assert {row.page.id: row.state for row in page_rows_now(session, login)}[rows[0].page.id] == state


def test_a_page_is_added_by_a_link(session, practice):
    login, rows = kept_of(session, practice)
    row = add_page(session, login, f"https://www.facebook.com/profile.php?id={practice.world.page(1).id}", JOB)
    assert row.page.name == "مخبز أميرة"
    with pytest.raises(UserError) as caught:
        add_page(session, login, practice.world.page(50).id, JOB)
    assert caught.value.kind == "page_no_access"
    with pytest.raises(UserError) as caught:
        add_page(session, login, "999999999999999", JOB)
    assert caught.value.kind == "page_not_found"
    assert len(page_rows_now(session, login)) == len(rows)


def test_lines_for_the_clipboard():
    secret = Secret("EAAx")
    assert both_lines(Page("1"), secret).reveal() == "1\nEAAx\n"
    assert setting_line(Page("1", "Amira’s Bakery"), secret).reveal() == "AMIRAS_BAKERY_TOKEN=EAAx"
    assert setting_line(Page("1", "Café Müller"), secret).reveal() == "CAFE_MULLER_TOKEN=EAAx"
    assert setting_line(Page("77", "مخبز"), secret).reveal() == "PAGE_77_TOKEN=EAAx"
    assert setting_line(Page("7", "3 Chairs"), secret).reveal() == "_3_CHAIRS_TOKEN=EAAx"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (None, "Facebook did not say"), ((), "Nothing yet"), (("ANALYZE",), "Insights only"),
        (("ANALYZE", "MODERATE"), "Comments"), (("MANAGE", "ANALYZE"), "Full control"),
        (("PROFILE_PLUS_FULL_CONTROL",), "Full control"), (("CREATE_CONTENT", "MESSAGING"), "Content, messages"),
        (("CASHIER_ROLE",), "Cashier role"),
    ],
)  # fmt: skip
def test_tasks_in_words(names, said):
    assert formatting.tasks(names) == said


def test_ends_in_words():
    from datetime import datetime

    now = int(datetime(2026, 11, 24, 14, 8).timestamp())
    assert formatting.ends(int(datetime(2026, 11, 24, 15, 0).timestamp()), now) == "ends today at 15:00, in 52 minutes"
    assert formatting.ends(now + 60 * 86_400, now) == "ends on 23 January, in 60 days"
    assert formatting.ends(0, now) == "has no end"
    assert formatting.ends(None, now) == "Facebook did not say when it ends"
    assert formatting.ends(now - 86_400, now) == "ended on 23 November"
    assert formatting.ends(now + 12 * 3600, now) == "ends tomorrow at 02:08, in 12 hours"
