"""What a Page's token is good for: by every lock, and as the practice Facebook really answers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.errors import UserError
from gui.graph.permissions import PERMISSIONS
from gui.services.check_all import check_all
from gui.services.first_call import try_purpose
from gui.services.fit import Evidence, Lock, count_ready, evidence_of, fit, fits, good_for, key_to, ready_for, words
from gui.services.purposes import purposes
from gui.shell.commands import Command
from gui.values import Page, PageRow, StoredLogin, TokenState
from tests.support.people import JOB
from tests.support.purposes import log_in_for, rows_of

FULL = ("ANALYZE", "ADVERTISE", "MESSAGING", "MODERATE", "CREATE_CONTENT", "MANAGE")
ALL = Evidence(
    login_id=7, has_token=True, state=TokenState.WORKS, why="", scopes=tuple(sorted(PERMISSIONS)), withheld=(),
    user_scopes=tuple(sorted(PERMISSIONS)),
    tasks=FULL, has_instagram=True, lead_access=True, has_user_token=True, is_system_user=True, missing=(), asked=(),
)  # fmt: skip
ROW = PageRow(Page("1", "One"), last_four="abcd", login_id=7)


def test_with_every_lock_open_all_is_ready_but_what_the_sources_leave_open():
    assert ready_for(ALL) == {key for key, one in purposes().items() if not one.open}
    for key in ("website_events", "website_reviews"):
        assert fits(ALL)[key].is_open
        assert words(fits(ALL)[key]) == fits(ALL)[key].purpose.open


@pytest.mark.parametrize(
    ("key", "changes", "lock", "command"),
    [
        ("messages", {"scopes": ()}, Lock.NOT_CHECKED, None),
        ("messages", {"has_token": False}, Lock.TOKEN, Command.RELOAD_PAGES),
        ("messages", {"state": TokenState.NEEDS_YOU, "why": "token_expired"}, Lock.TOKEN, Command.LOG_IN),
        ("messages", {"state": TokenState.NEEDS_YOU, "why": "two_factor_needed"}, Lock.TWO_FACTOR, Command.OPEN_LINK),
        ("ads", {"has_user_token": False}, Lock.KIND, Command.LOG_IN),
        ("whatsapp", {"is_system_user": False}, Lock.KIND, Command.SHOW_HELP),
        ("messages", {"scopes": ("pages_show_list",)}, Lock.PERMISSION, Command.ASK_FOR_MORE),
        ("messages", {"withheld": ("pages_messaging",)}, Lock.NOT_THIS_PAGE, Command.ASK_FOR_MORE),
        ("messages", {"tasks": ("ANALYZE",)}, Lock.TASK, Command.OPEN_LINK),
        ("instagram_feed", {"has_instagram": False}, Lock.INSTAGRAM, Command.OPEN_LINK),
        ("leads", {"lead_access": False}, Lock.LEADS_ACCESS, Command.OPEN_LINK),
        (
            "leads",
            {"scopes": ("pages_show_list",), "asked": ("leads",),
             "missing": ("leads_retrieval:never", "pages_manage_ads:never", "ads_management:never",
                         "pages_read_engagement:never")},
            Lock.USE_CASE, Command.OPEN_LINK,
        ),
        (
            "leads",
            {"scopes": ("pages_show_list",), "asked": ("leads",), "missing": ("leads_retrieval:declined",)},
            Lock.PERMISSION, Command.ASK_FOR_MORE,
        ),
    ],
)  # fmt: skip
def test_each_lock_is_named_and_has_its_button(key, changes, lock, command):
    one = fit(purposes()[key], replace(ALL, **changes))
    assert one.lock is lock
    assert not one.is_ready
    assert words(one)
    action = key_to(one)
    assert (action.request.command if action is not None else None) == command
    if command in {Command.ASK_FOR_MORE, Command.LOG_IN, Command.RELOAD_PAGES}:
        assert action is not None
        assert action.request.login_id == 7
    if command is Command.ASK_FOR_MORE:
        assert action is not None
        assert action.request.purpose == key


def test_what_is_not_told_shuts_no_lock():
    assert fit(purposes()["messages"], replace(ALL, tasks=None)).is_ready
    assert fit(purposes()["leads"], replace(ALL, lead_access=None)).is_ready


SOME = st.builds(
    Evidence,
    has_token=st.booleans(),
    state=st.sampled_from(TokenState),
    why=st.sampled_from(["", "token_expired", "two_factor_needed", "role_lost"]),
    scopes=st.sets(st.sampled_from(sorted(PERMISSIONS))).map(lambda one: tuple(sorted(one))),
    withheld=st.sets(st.sampled_from(sorted(PERMISSIONS)), max_size=3).map(lambda one: tuple(sorted(one))),
    tasks=st.none() | st.sets(st.sampled_from(FULL)).map(lambda one: tuple(sorted(one))),
    has_instagram=st.booleans(),
    lead_access=st.sampled_from([None, True, False]),
    has_user_token=st.booleans(),
    is_system_user=st.booleans(),
    missing=st.just(()),
    asked=st.sets(st.sampled_from(sorted(purposes())), max_size=4).map(lambda one: tuple(sorted(one))),
)


@given(SOME)
def test_whatever_is_known_each_purpose_is_ready_or_says_what_is_in_the_way(known):
    found = fits(known)
    assert found.keys() == purposes().keys()
    for one in found.values():
        assert one.is_ready + one.is_open + (one.lock is not None) == 1
        assert one.is_ready or words(one)
        if one.is_ready:
            assert set(one.purpose.permissions) <= set(known.scopes)
            assert not set(one.purpose.permissions) & set(known.withheld)
    assert good_for(known)


@given(SOME)
def test_a_token_that_may_more_is_good_for_no_less(known):
    more = replace(
        known, has_token=True, state=TokenState.WORKS, why="", withheld=(), lead_access=True, has_instagram=True,
        scopes=tuple(sorted(PERMISSIONS)), tasks=FULL, has_user_token=True, is_system_user=True,
    )  # fmt: skip
    assert ready_for(known) <= ready_for(more)


# ------------------------------------------------------ as Facebook really answers
@pytest.mark.parametrize("key", [key for key, one in purposes().items() if one.call])
def test_every_purpose_is_walked_from_its_choice_to_a_working_call(session, practice, key):
    login = log_in_for(session, practice, (key,))
    row = rows_of(session, login)["Amira’s Bakery"]
    one = fits(evidence_of(row, login, session.now()))[key]
    assert one.is_ready or one.is_open
    try_purpose(session, purposes()[key], row, JOB)


@pytest.mark.parametrize("key", [key for key, one in purposes().items() if one.permissions and one.call])
def test_without_what_it_asks_for_it_is_not_ready(session, practice, key):
    purpose = purposes()[key]
    only = set(purpose.permissions) - {"business_management", "pages_read_engagement"}
    login = log_in_for(session, practice, (key,), without=tuple(only))
    row = rows_of(session, login)["Amira’s Bakery"]
    assert fits(evidence_of(row, login, session.now()))[key].lock in {Lock.PERMISSION, Lock.USE_CASE}


@pytest.mark.parametrize(
    ("key", "page", "lock", "kind"),
    [
        # The third Page's person may publish and answer messages, and neither moderate nor advertise.
        ("comments_answer", "🌸 Blossom & Co", Lock.TASK, ""),
        ("leads", "🌸 Blossom & Co", Lock.TASK, "page_task_missing"),
        ("page_people", "🌸 Blossom & Co", Lock.TASK, "page_task_missing"),
        ("messages", "🌸 Blossom & Co", None, ""),
        # Of three Pages the first has an Instagram account.
        ("instagram_feed", "مخبز أميرة", Lock.INSTAGRAM, "page_without_instagram"),
    ],
)
def test_where_a_lock_is_shut_the_call_is_refused_for_it(session, practice, key, page, lock, kind):
    login = log_in_for(session, practice, (key,))
    row = rows_of(session, login)[page]
    assert fits(evidence_of(row, login, session.now()))[key].lock is lock
    if kind:
        with pytest.raises(UserError) as caught:
            try_purpose(session, purposes()[key], row, JOB)
        assert caught.value.kind == kind


def test_pages_that_were_not_chosen_are_not_ready(session, practice):
    login = log_in_for(session, practice, ("messages",), 3, pages=(3, 4))
    rows = list(rows_of(session, login).values())
    chosen = {practice.world.page(index).id for index in (3, 4)}
    assert {row.page.id for row in rows} <= chosen | {row.page.id for row in rows if row.withheld}
    for row in rows:
        ready = "messages" in ready_for(evidence_of(row, login, session.now()))
        assert not ready or row.page.id in chosen


def test_leads_access_is_asked_for_in_batches_by_a_check(session, practice):
    practice.world.faults.on("leads_access_customized")
    login = log_in_for(session, practice, ("leads",))
    assert [row.lead_access for row in rows_of(session, login).values()] == [None, None, None]
    check_all(session, JOB)
    rows = rows_of(session, login)
    barred = practice.world.page(1).name
    assert {name: row.lead_access for name, row in rows.items()} == {name: name != barred for name in rows}
    assert fits(evidence_of(rows[barred], login, session.now()))["leads"].lock is Lock.LEADS_ACCESS
    with pytest.raises(UserError) as caught:
        try_purpose(session, purposes()["leads"], rows[barred], JOB)
    assert caught.value.kind == "page_task_missing"


def test_a_check_says_which_permissions_are_not_for_this_page(session, practice):
    login = log_in_for(session, practice, ("messages",), pages=(0, 1))
    grant = next(one for one in practice.world.grants.values() if one.pages is not None)
    grant.pages = frozenset({0})
    check_all(session, JOB)
    rows = rows_of(session, login)
    assert fits(evidence_of(rows["Amira’s Bakery"], login, session.now()))["messages"].is_ready
    assert fits(evidence_of(rows["مخبز أميرة"], login, session.now()))["messages"].lock is Lock.NOT_THIS_PAGE


def test_pages_are_counted_by_what_their_logins_are_for(session, practice):
    login = log_in_for(session, practice, ("messages", "comments_answer"))
    rows = list(rows_of(session, login).values())
    assert count_ready(rows, {login.id: login}, 0) == {"comments_answer": (2, 3), "messages": (3, 3)}
    assert count_ready(rows, {}, 0) == {}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"asked": ("messages",)}, "All it is for"),
        ({"asked": ("messages",), "tasks": ("ANALYZE",)}, "Not yet: Read and answer Messenger messages"),
        ({"asked": ("gone",)}, good_for(ALL)),
        ({"has_token": False, "has_user_token": False, "is_system_user": False}, "Nothing yet"),
    ],
)
def test_in_few_words(changes, says):
    assert good_for(replace(ALL, **changes)) == says


def test_a_row_of_nobody_is_not_known():
    known = evidence_of(PageRow(Page("1")), None, 0)
    assert fits(known)["messages"].lock is Lock.TOKEN
    assert evidence_of(ROW, StoredLogin(7, "1", "A", "2", "B", scopes=("x",)), 0).scopes == ("x",)


def test_when_the_user_token_has_ended_what_wants_it_is_not_ready(session, practice):
    login = log_in_for(session, practice, ("ads", "messages"))
    row = rows_of(session, login)["Amira’s Bakery"]
    assert fits(evidence_of(row, login, session.now()))["ads"].is_ready
    later = session.now() + 61 * 86_400
    found = fits(evidence_of(row, login, later))
    assert found["ads"].lock is Lock.KIND
    assert found["messages"].is_ready
    action = key_to(found["ads"])
    assert action is not None
    assert action.request.login_id == login.id


def test_what_the_user_token_does_needs_no_page_token():
    found = fits(replace(ALL, has_token=False))
    assert found["ad_reports"].is_ready
    assert found["messages"].lock is Lock.TOKEN


def test_what_nobody_can_promise_is_called_unsure_and_not_counted(session, practice):
    login = log_in_for(session, practice, ("website_events", "messages"))
    rows = list(rows_of(session, login).values())
    assert good_for(evidence_of(rows[0], login, session.now())) == "Not sure: Show my events"
    assert set(count_ready(rows, {login.id: login}, session.now())) == {"messages"}


def test_what_the_user_token_does_is_judged_by_what_that_may():
    older = replace(ALL, scopes=("pages_show_list",), withheld=("ads_read",))
    assert fits(older)["ad_reports"].is_ready
    lost = fits(replace(ALL, user_scopes=("pages_show_list",)))["ad_reports"]
    assert lost.lock is Lock.PERMISSION
    assert "ads_read" in lost.missing
    assert fits(replace(ALL, user_scopes=("pages_show_list",)))["messages"].is_ready
