"""Listing: every Page once, whatever the edges do."""

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gui.errors import Cancelled
from gui.graph import calls, models
from gui.graph.client import GraphClient
from gui.graph.errors import Envelope, GraphError, from_envelope
from gui.services import login
from gui.services.explain import explain
from gui.services.list_pages import PagesArrived, list_pages, why_no_token
from gui.shell.commands import Command
from gui.values import NO_END, Login, Page, Secret, TokenInfo, TokenState, Waiting
from tests.support.people import JOB, Collected, app_of, connection_of


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


# ------------------------------------------------------------- what ends a list, or leaves something out of it
def kinds(errors):
    return [one.kind for one in errors]


@pytest.mark.parametrize(
    ("trouble", "kind"), [("login_dies_midway", "token_refused"), ("secret_reset_midway", "session_ended")]
)
def test_a_token_that_dies_midway_is_said_at_once_and_not_used_again(session, practice, trouble, kind):
    login = connection_of(practice)
    practice.world.faults.on(trouble)
    listing = list_pages(session, login, Collected())
    assert len(listing.rows) == 100, "what had arrived is kept"
    assert not listing.complete
    assert listing.ended_by is not None
    assert listing.ended_by.kind == kind
    assert listing.troubles == (listing.ended_by,)
    assert listing.notes == ()
    assert practice.calls == ["GET me/accounts", "GET me/accounts"], "no call with a dead token"
    said = explain(listing.troubles[0])
    assert said.action is not None
    assert said.action.request.command is Command.LOG_IN


@pytest.mark.parametrize(
    "trouble",
    [
        "token_expired", "password_changed", "app_removed", "logged_out", "session_ended", "checkpoint",
        "unconfirmed_account", "token_mangled", "token_not_decrypted", "session_invalid", "checkpoint_elsewhere",
        "account_suspended", "app_deactivated", "app_check_due", "address_not_allowed", "app_gone",
    ],
)  # fmt: skip
@pytest.mark.parametrize("call", [2, 4, 6, 9])
def test_whatever_ends_a_login_ends_its_list_wherever_it_comes(session, practice, trouble, call):
    """It comes instead of the second, fourth … answer, be that of the list, the businesses or what is missing."""
    practice.calls = Watched(lambda count: count == call and practice.world.faults.on(trouble))
    listing = list_pages(session, connection_of(practice), Collected())
    assert listing.ended_by is not None
    assert listing.ended_by.ends_the_login
    assert listing.ended_by.kind not in {"list_cut_short", "business_failed", "businesses_not_listed"}
    assert kinds(listing.troubles) == [listing.ended_by.kind]
    no_call_after(practice.calls, call)
    assert len(listing.rows) >= 100
    assert not listing.complete


def no_call_after(made, last):
    """No call was made after number `last`, but those of businesses' lists that were on their way beside it."""
    assert len(made) >= last
    after = made[last:]
    assert len(after) < 4
    assert all(one.endswith(("/owned_pages", "/client_pages")) for one in after)
    if not made[last - 1].endswith(("/owned_pages", "/client_pages")):
        assert not after


@pytest.mark.parametrize("trouble", ["app_removed", "app_deactivated"])
def test_what_ends_a_login_at_once_is_raised(session, practice, trouble):
    practice.world.faults.on(trouble)
    with pytest.raises(GraphError) as caught:
        listing_of(session, practice)
    assert caught.value.kind == trouble
    assert practice.calls == ["GET me/accounts"]


class Watched(list[str]):
    """The practice Facebook's list of calls, which tells how many there are before each is answered."""

    def __init__(self, told) -> None:
        super().__init__()
        self._told = told

    def append(self, call: str) -> None:
        super().append(call)
        self._told(len(self))


def test_a_permission_taken_back_midway_is_said(session, practice):
    practice.world.faults.on("permission_taken_midway")
    listing = listing_of(session, practice)
    assert 100 <= len(listing.rows) < 240
    assert "permission_taken_back" in kinds(listing.troubles)
    taken = next(one for one in listing.troubles if one.kind == "permission_taken_back")
    assert "pages_show_list" in explain(taken).title
    assert not listing.complete
    assert not explain(taken).text.startswith("Facebook stopped")


def test_a_count_that_falls_midway_takes_nothing_from_the_total(session, practice):
    practice.world.faults.on("permission_taken_midway")
    job = Collected()
    listing = listing_of(session, practice, job)
    totals = [report.total for report in job.reports if isinstance(report, PagesArrived)]
    assert totals == sorted(totals)
    differs = [one for one in listing.troubles if one.kind == "list_count_differs"]
    assert len(differs) == 1
    assert differs[0].values["found"] == "100"


@pytest.mark.parametrize("trouble", ["numeric_cursors", "next_without_cursors", "cursor_stale_100:1"])
def test_odd_ways_from_one_piece_to_the_next_lead_to_the_whole_list(session, practice, trouble):
    name, _, times = trouble.partition(":")
    practice.world.faults.on(name, int(times) if times else None)
    listing = listing_of(session, practice)
    assert len(listing.rows) == 240
    assert listing.complete
    assert not listing.troubles


def test_a_next_piece_without_a_way_to_it_is_said(session, practice):
    practice.world.faults.on("next_without_a_way")
    listing = listing_of(session, practice)
    assert kinds(listing.troubles)[0] == "list_lost_its_way"
    assert not listing.complete
    assert len(listing.rows) >= 100
    assert practice.calls.count("GET me/accounts") == 1


def test_a_cursor_that_comes_back_is_met_by_pieces_of_another_size(session, practice):
    practice.world.faults.on("cursor_repeats_at_100")
    job = Collected()
    listing = listing_of(session, practice, job)
    assert len(listing.rows) == 240
    assert listing.complete
    assert not listing.troubles
    assert all(report.count <= 240 for report in job.reports if isinstance(report, PagesArrived))


def test_of_six_odd_rows_five_are_used_and_the_sixth_is_named(session, practice):
    practice.world.faults.on("odd_values", 1)
    listing = list_pages(session, connection_of(practice, 0, pages=(0, 1, 2)), JOB)
    assert len(listing.rows) == 3, "less than six rows are left as they are"
    practice.world.faults.off()
    practice.world.faults.on("odd_values")
    listing = listing_of(session, practice)
    by_id = {row.page.id: row for row in listing.rows}
    first = [practice.world.page(index) for index in range(3, 9)]
    assert [page.id in by_id for page in first[:5]] == [True] * 5
    assert all(by_id[page.id].has_token for page in first[:5])
    assert by_id[first[0].id].page.name.startswith(first[0].name)
    assert by_id[first[0].id].page.name.isprintable()
    assert by_id[first[1].id].page.name in {"1984", first[1].name}
    assert by_id[first[2].id].page.name == first[2].name
    unreadable = [one for one in listing.troubles if one.kind == "rows_unreadable"]
    assert len(unreadable) == 1
    assert first[5].name in explain(unreadable[0]).title


def test_businesses_that_refuse_their_own_pages_are_asked_for_those_shared_with_them(session, practice):
    whole = {row.page.id: row.page.origins for row in listing_of(session, practice).rows}
    practice.world.faults.on("owned_pages_refused")
    listing = listing_of(session, practice)
    shared = {page_id for page_id, origins in whole.items() if any(one.startswith("client_pages") for one in origins)}
    assert shared
    assert shared <= {row.page.id for row in listing.rows}
    assert kinds(listing.troubles) == ["business_failed", "business_failed"]
    assert listing.complete, "what arrived is not cut short"


@pytest.mark.parametrize("trouble", ["debug_refused", "debug_without_data", "debug_without_validity"])
def test_a_list_does_not_hang_on_what_facebook_says_of_the_token(session, practice, trouble):
    practice.world.faults.on(trouble)
    listing = listing_of(session, practice)
    assert len(listing.rows) == 240
    assert listing.complete
    assert not listing.troubles


@pytest.mark.parametrize(
    ("scopes", "declined", "reason"),
    [
        (("pages_show_list", "pages_read_engagement"), ("business_management",), "not selected at the login"),
        (("pages_show_list", "pages_read_engagement"), (), "not given"),
    ],
)
def test_without_business_management_the_list_says_what_it_lacks(session, practice, scopes, declined, reason):
    listing = list_pages(session, connection_of(practice, 1, scopes, declined=declined), JOB)
    assert len(listing.rows) == 195
    assert kinds(listing.notes) == ["business_pages_left_out"]
    said = explain(listing.notes[0])
    assert "Pages in business portfolios are not in this list" in said.title
    assert reason in said.text
    assert said.action is not None
    assert (said.action.label, said.action.request.command) == ("Ask again", Command.REREQUEST_PERMISSIONS)


def test_a_pasted_token_without_business_management_says_so_too(session, practice):
    world = practice.world
    grant = world.new_grant(world.people[1], ["pages_show_list", "pages_read_engagement"], None, ())
    pasted = login.from_paste(session, app_of(practice), Secret(world.user_token(grant, long_lived=True)), None, JOB)
    listing = list_pages(session, Login(pasted.app, pasted.token), JOB)
    assert len(listing.rows) == 195
    assert kinds(listing.notes) == ["business_pages_left_out"]


def test_a_list_of_everything_says_nothing(session, practice):
    listing = listing_of(session, practice)
    assert listing.notes == ()


def test_only_some_pages_chosen_is_said(session, practice):
    listing = list_pages(session, connection_of(practice, 1, pages=range(3, 11)), JOB)
    assert len(listing.rows) == 8
    assert kinds(listing.notes) == ["only_chosen_listed"]
    assert "Chosen in Facebook’s window: 8 Pages." in explain(listing.notes[0]).text
    one = list_pages(session, connection_of(practice, 0, pages=(1,)), JOB)
    assert "Chosen in Facebook’s window: 1 Page." in explain(one.notes[0]).text


def test_permissions_that_facebook_does_not_tell_are_said_to_be_unknown(session, practice, monkeypatch):
    def refused(client, token):
        raise GraphError("permission_refused")

    monkeypatch.setattr(calls, "permissions", refused)
    practice.world.faults.on("debug_refused")
    unknown = connection_of(practice)
    listing = list_pages(session, Login(unknown.app, unknown.token.with_(scopes=())), JOB)
    assert len(listing.rows) == 240
    assert kinds(listing.notes) == ["permissions_not_known"]


def test_a_stop_while_waiting_keeps_what_was_not_yet_handed_over(session, practice):
    """Two pieces arrived within a quarter of a second; then Facebook asks to wait, and the person stops."""

    class Stopped(Collected):
        def pause(self, waiting) -> None:
            assert sum(len(report.rows) for report in self.reports if isinstance(report, PagesArrived)) == 195, (
                "before a wait all that arrived is shown"
            )
            raise Cancelled

    practice.calls = Watched(lambda count: count == 3 and practice.world.faults.on("limit_user"))
    job = Stopped()
    listing = listing_of(session, practice, job)
    assert len(listing.rows) == 195
    assert not listing.complete
    assert listing.ended_by is None


def test_a_permission_that_lapsed_is_not_said_to_be_declined(session, practice):
    practice.world.faults.on("permission_lapsed")
    practice.world.faults.on("no_accounts")
    listing = list_pages(session, connection_of(practice, 0), JOB)
    assert kinds(listing.troubles) == ["pages_not_allowed"]
    assert "has lapsed" in explain(listing.troubles[0]).title


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(2, 12), st.sampled_from(["token_mangled", "account_suspended", "app_deactivated", "logged_out"]))
def test_a_login_that_ends_at_any_call_is_asked_with_no_more(session, practice, call, trouble):
    practice.world.faults.off()
    practice.calls = Watched(lambda count: count == call and practice.world.faults.on(trouble))
    listing = list_pages(session, connection_of(practice), Collected())
    asked_as_the_app = practice.calls[call - 1 : call] == ["GET debug_token"]
    if listing.ended_by is not None:
        # What is asked with the app's own token may say nothing of the login: the call after it does.
        no_call_after(practice.calls, min(len(practice.calls), call + asked_as_the_app))
        assert kinds(listing.troubles) == [listing.ended_by.kind]
    else:
        assert len(practice.calls) < call
        assert not listing.troubles


@pytest.mark.parametrize(
    ("tasks", "origins", "why"),
    [
        (None, ("owned_pages:Nord Retail",), "page_of_business"), (None, ("accounts",), "page_without_token"),
        (("MANAGE",), ("owned_pages:Nord Retail",), "page_without_token"), ((), ("accounts",), "page_without_tasks"),
        (("ANALYZE",), ("client_pages:Nord",), "page_insights_only"),
    ],
)  # fmt: skip
def test_why_a_page_came_without_a_token(tasks, origins, why):
    assert why_no_token(Page("12345", "Nordlys", tasks=tasks, origins=origins)) == why


# ------------------------------------------------------------------ ahead, and side by side
def test_the_next_piece_is_asked_for_before_the_rows_are_looked_at(session, practice, monkeypatch):
    asked = threading.Event()
    first_pages: list[bool] = []
    page_edge, make_page = calls.page_edge, calls._page

    def spy(client, token, edge, after="", limit=calls.PAGE_SIZE, **more):
        if edge == "me/accounts" and after:
            asked.set()
        return page_edge(client, token, edge, after, limit, **more)

    def page(row, origin):
        if not first_pages:
            first_pages.append(asked.wait(10))
        return make_page(row, origin)

    monkeypatch.setattr(calls, "page_edge", spy)
    monkeypatch.setattr(calls, "_page", page)
    assert len(listing_of(session, practice).rows) == 240
    assert first_pages == [True]


def listing_of_businesses(session, practice, monkeypatch, edges):
    """A listing in which `edges` stands for what Facebook answers of businesses: by name of the edge, its answer."""
    page_edge = calls.page_edge

    def answer(client, token, edge, after="", limit=calls.PAGE_SIZE, **more):
        if edge == "me/accounts":
            return page_edge(client, token, edge, after, limit, **more)
        return edges(edge, after, client)

    names = tuple((str(number), f"Business {number}") for number in range(12))
    monkeypatch.setattr(calls, "page_edge", answer)
    monkeypatch.setattr(calls, "businesses", lambda client, token, after, limit: calls.BusinessBatch(names, ""))
    return listing_of(session, practice, Collected())


def row_of(page_id):
    return models.PageRow(id=page_id, name=f"Page {page_id}", access_token="EAA" + "x" * 60)


def test_the_lists_of_businesses_are_asked_for_four_at_once_and_taken_in_their_order(session, practice, monkeypatch):
    running: list[str] = []
    most = []
    four = threading.Barrier(4, timeout=10)

    def edges(edge, after, client):
        running.append(edge)
        most.append(len(running))
        if len(most) <= 4:
            four.wait()
        running.remove(edge)
        return calls.PageBatch((row_of(f"77{edge.partition('/')[0]}"),), "", 1, origin=edge)

    listing = listing_of_businesses(session, practice, monkeypatch, edges)
    assert max(most) == 4
    of_businesses = [row.page for row in listing.rows if row.page.id.startswith("77")]
    assert [page.id for page in of_businesses] == [f"77{number}" for number in range(12)]
    for number, page in enumerate(of_businesses):
        assert page.origins == (f"{number}/owned_pages", f"{number}/client_pages"), "merged in the lists' order"


def test_what_arrived_beside_the_end_of_a_login_is_kept(session, practice, monkeypatch):
    second_is_there = threading.Event()

    def edges(edge, after, client):
        if edge == "0/owned_pages":
            second_is_there.wait(10)
            raise GraphError("logged_out")
        if edge == "0/client_pages" and not after:
            return calls.PageBatch((row_of("771"),), "next", None, origin=edge)
        second_is_there.set()
        client.job.check()
        return calls.PageBatch((), "", None, origin=edge)

    listing = listing_of_businesses(session, practice, monkeypatch, edges)
    assert listing.ended_by is not None
    assert kinds(listing.troubles) == ["logged_out"]
    assert "771" in {row.page.id for row in listing.rows}


# ----------------------------------------------------------- short lists, and why
@pytest.mark.parametrize(
    ("trouble", "kind", "says"),
    [
        ("two_factor_midway", "list_refused", "two-factor"),
        ("businesses_two_factor", "businesses_refused", "two-factor"),
        ("business_two_factor", "business_refused", "two-factor"),
    ],
)
def test_a_refusal_is_told_by_what_it_means_and_not_as_a_silence(session, practice, trouble, kind, says):
    practice.world.faults.on(trouble)
    listing = listing_of(session, practice)
    assert {one.kind for one in listing.troubles} == {kind}
    assert says in explain(listing.troubles[0]).text
    assert len(listing.rows) >= 100


@pytest.mark.parametrize("edge", ["me/accounts", "me/businesses", "/owned_pages"])
def test_who_is_told_to_stop_calls_no_more(session, practice, monkeypatch, edge):
    """368: "wait; do not retry in a loop" (fact sheet, section 9)."""

    def blocked(client, method, path, *more):
        after_first = practice.calls or edge != "me/accounts"
        if path.endswith(edge) and after_first:
            raise GraphError("blocked_for_misuse")
        return request(client, method, path, *more)

    request = GraphClient._request
    monkeypatch.setattr(GraphClient, "_request", blocked)
    listing = listing_of(session, practice)
    before = len(practice.calls)
    assert kinds(listing.troubles) == ["blocked_for_misuse"]
    assert listing.ended_by is None and not listing.complete
    assert len(practice.calls) == before


def answering(monkeypatch, answers):
    """Answers of /me/businesses, one after the other: rows, and the next cursor."""

    def businesses(client, token, after="", limit=calls.PAGE_SIZE):
        asked.append((after, limit))
        answer = answers(after, limit)
        if isinstance(answer, Exception):
            raise answer
        return answer

    asked: list[tuple[str, int]] = []
    monkeypatch.setattr(calls, "businesses", businesses)
    return asked


NORD = ("701000000000001", "Nord Retail")


def test_businesses_whose_list_goes_round_in_a_circle_are_asked_for_in_other_pieces(session, practice, monkeypatch):
    whole = calls.BusinessBatch((NORD, ("701000000000002", "Other")), "")
    asked = answering(monkeypatch, lambda after, limit: whole if limit == 37 else calls.BusinessBatch((NORD,), "Q"))
    listing = listing_of(session, practice)
    assert asked == [("", 100), ("Q", 100), ("", 37)]
    assert not listing.troubles
    assert practice.calls.count(f"GET {NORD[0]}/owned_pages") == 1


@pytest.mark.parametrize(
    "answer",
    [
        calls.BusinessBatch((NORD,), "", has_lost_its_way=True), calls.BusinessBatch((NORD,), "Q"),
        GraphError("cursor_stale"), GraphError("server_trouble"),
    ],
)  # fmt: skip
def test_businesses_that_are_not_all_named_are_listed_as_far_as_they_are(session, practice, monkeypatch, answer):
    first = answer if not isinstance(answer, Exception) else calls.BusinessBatch((NORD,), "more")
    answering(monkeypatch, lambda after, limit: answer if after else first)
    listing = listing_of(session, practice)
    assert f"GET {NORD[0]}/owned_pages" in practice.calls
    assert {one.kind for one in listing.troubles} <= {"list_lost_its_way", "businesses_refused"}
    assert listing.troubles


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(["", " ", "../me/permissions", "701/owned_pages", "７０１"]), st.text(max_size=8))
def test_a_business_without_a_right_id_is_named(session, practice, business_id, name):
    read = GraphClient.get

    def get(client, path, *more, **options):
        if path != "me/businesses":
            return read(client, path, *more, **options)
        return models.NamedEdge([models.Named(business_id, name), models.Named(*NORD)])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(GraphClient, "get", get)
        listing = listing_of(session, practice)
    assert kinds(listing.troubles) == ["rows_unreadable"]
    assert len(listing.rows) > 200
    assert f"GET {NORD[0]}/owned_pages" in practice.calls


def test_every_chosen_page_is_asked_for_however_many(session, practice, monkeypatch):
    practice.world.__init__(pages=330)
    practice.world.faults.on("no_accounts")
    practice.world.faults.on("business_fails")
    monkeypatch.setattr("gui.services.list_pages._list_businesses", lambda *_: None)
    listing = list_pages(session, connection_of(practice, pages=tuple(range(3, 303))), JOB)
    assert len(listing.rows) == 300
    assert all(row.has_token for row in listing.rows)
    assert practice.calls.count("POST ") <= 7


def test_pages_that_a_limit_hides_are_named_as_that(session, practice, monkeypatch):
    limited = GraphError("limit")
    monkeypatch.setattr(calls, "pages", lambda client, token, ids, **_: [limited] * len(ids))
    practice.world.faults.on("rows_without_token")
    job = Collected()
    listing = listing_of(session, practice, job)
    assert kinds(listing.troubles) == ["pages_not_answered"]
    assert len([one for one in job.reports if isinstance(one, Waiting)]) < 6, "a limit is not waited out Page by Page"


def test_a_token_that_debug_token_calls_dead_ends_the_list(session, practice, monkeypatch):
    info = TokenInfo(is_valid=False, error_code=190, error_subcode=460, error_message="The session is invalid.")
    monkeypatch.setattr("gui.services.list_pages.token_info", lambda *_: info)
    listing = listing_of(session, practice)
    assert listing.ended_by is not None
    assert kinds(listing.troubles) == ["password_changed"]
    assert "GET me/permissions" not in practice.calls


@pytest.mark.parametrize("subcode", [492, 2069032, 1, None])
def test_any_190_ends_the_list(subcode):
    assert from_envelope(Envelope("Ein Fehler", code=190, subcode=subcode), 400).ends_the_login


@pytest.mark.parametrize("total", [10**25, -5, 10**7 + 1])
def test_a_count_that_cannot_be_is_none(session, practice, monkeypatch, total):
    read = GraphClient.get

    def get(client, path, *more, **options):
        answer = read(client, path, *more, **options)
        return models.PageEdge(answer.data, answer.paging, models.Summary(total)) if path == "me/accounts" else answer

    monkeypatch.setattr(GraphClient, "get", get)
    listing = listing_of(session, practice)
    assert len(listing.rows) == 240
    assert not listing.troubles


def test_of_an_empty_list_that_ended_early_nothing_else_is_said(session, practice, monkeypatch):
    empty = calls.PageBatch((), "", None, has_lost_its_way=True)
    monkeypatch.setattr(calls, "page_edge", lambda *_, **more: empty)
    answering(monkeypatch, lambda after, limit: calls.BusinessBatch((), ""))
    listing = list_pages(session, connection_of(practice, 0), JOB)
    assert kinds(listing.troubles) == ["list_lost_its_way"]
