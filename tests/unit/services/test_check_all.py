"""Health: what checks find, what the calendar says, and that each trouble is said once with its way out."""

import pytest

from gui.graph import calls
from gui.graph.errors import Envelope, GraphError, from_envelope
from gui.practice.world import DAY
from gui.services.check_all import check_all, check_logins
from gui.services.health import read_health, trouble_message
from gui.shell.commands import Command, Request
from gui.values import Action, CheckProgress, TokenState
from tests.support.people import JOB, Collected, app_of, keep_login_with_pages


def said(session):
    return [trouble_message(session, one) for one in read_health(session, JOB).troubles]


def test_all_is_well(session, practice):
    keep_login_with_pages(session, practice)
    before, began = len(practice.calls), session.now()
    found = check_all(session, JOB)
    assert (found.health.works, found.health.soon, found.health.needs_you, found.unanswered) == (240, 0, 0, 0)
    assert not found.health.troubles
    assert began <= found.health.checked_at <= session.now()
    # Two about the login, and 240 Page tokens in five batches.
    assert len(practice.calls) - before == 2 + 5
    rows = session.vault.page_rows(found.health.logins[0])
    assert all(row.well_at and row.checked_at and "pages_show_list" in row.scopes for row in rows)
    assert [(one.subject, one.what, one.state) for one in found.health.endings] == [
        ("Agency Nord", "login", TokenState.WORKS),
        ("Agency Nord", "data access", TokenState.WORKS),
        ("Practice App", "Graph v25.0", TokenState.WORKS),
    ]


def test_what_a_batch_leaves_out_is_asked_again(session, practice):
    keep_login_with_pages(session, practice)
    practice.world.faults.on("batch_null", 60)
    job = Collected()
    found = check_all(session, job)
    assert (found.health.works, found.unanswered) == (240, 0)
    done = [one for one in job.reports if isinstance(one, CheckProgress)]
    assert done[-1].done == done[-1].total == 241


def test_what_is_never_answered_is_told_and_keeps_its_state(session, practice, monkeypatch):
    login = keep_login_with_pages(session, practice, 0)
    monkeypatch.setattr(calls, "debug_tokens", lambda client, tokens, by: [None] * len(tokens))
    found = check_all(session, Collected())
    assert found.unanswered == 3
    assert {row.checked_at for row in session.vault.page_rows(login)} == {0}


@pytest.mark.parametrize(
    ("trouble", "kind", "action"),
    [
        ("password_changed", "password_changed", "login"), ("app_removed", "app_removed", "login"),
        ("token_expired", "token_expired", "login"), ("logged_out", "logged_out", "login"),
        ("session_ended", "session_ended", "login"), ("checkpoint", "checkpoint", "open:facebook"),
        ("unconfirmed_account", "unconfirmed_account", "open:facebook"),
        ("data_access_ended", "data_access_ended", "login"),
    ],
)  # fmt: skip
def test_a_death_of_a_login_is_one_notice_for_all_its_pages(session, practice, trouble, kind, action):
    login = keep_login_with_pages(session, practice, 0)
    practice.world.faults.on(trouble)
    found = check_all(session, JOB).health
    assert found.needs_you == 3
    (one,) = found.troubles
    assert (one.kind, len(one.page_ids), one.is_new) == (kind, 3, True)
    notice = trouble_message(session, one)
    assert notice.action is not None
    assert notice.action.request == (
        Request(Command.OPEN_LINK, link="facebook", app_id=login.app_id)
        if action == "open:facebook"
        else Request(Command(action), login_id=login.id)
    )
    assert notice.title.startswith("Amira Haddad: ")
    practice.world.faults.off()
    found = check_all(session, JOB).health
    assert (found.works, found.troubles) == (3, ())


def test_pages_that_lost_their_role_are_named(session, practice):
    login = keep_login_with_pages(session, practice)
    practice.world.faults.on("some_roles_lost")
    found = check_all(session, JOB).health
    assert (found.works, found.needs_you) == (234, 6)
    (one,) = found.troubles
    notice = trouble_message(session, one)
    assert notice.title.count(",") == 2
    assert "and 3 more Pages" in notice.title
    assert notice.action == Action("Show my Pages again", Request(Command.RELOAD_PAGES, login_id=login.id))
    assert notice.details == (("Facebook’s code", "190/492"),)
    rows = {row.page.id: row for row in session.vault.page_rows(login)}
    assert {rows[page_id].why for page_id in one.page_ids} == {"role_lost"}


def test_data_access_ends_on_its_own_day(session, practice):
    keep_login_with_pages(session, practice, 0)
    practice.world.faults.on("data_access_soon")
    (one,) = check_all(session, JOB).health.troubles
    assert (one.kind, one.ends_at // DAY) == ("data_access_soon", (session.now() + 5 * DAY) // DAY)


def test_a_lapsed_permission_is_said(session, practice):
    keep_login_with_pages(session, practice, 0)
    practice.world.faults.on("permission_lapsed")
    found = check_all(session, JOB).health
    assert [one.kind for one in found.troubles] == ["permission_lapsed"]
    assert found.logins[0].missing_permissions == ("pages_show_list:expired",)


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [("app_deleted", "app_deleted"), ("app_unknown", "app_unknown"), ("wrong_secret", "secret_wrong")],
)
def test_an_app_that_cannot_ask_is_said_of_the_app(session, practice, trouble, kind):
    keep_login_with_pages(session, practice, 0)
    practice.world.faults.on(trouble)
    found = check_all(session, JOB).health
    (one,) = found.troubles
    assert (one.kind, one.subject, found.works) == (kind, "Practice App", 3)
    action = trouble_message(session, one).action
    assert action is not None
    assert action.request == Request(Command.SET_UP_APP, app_id=app_of(practice).app_id)
    practice.world.faults.off()
    assert check_all(session, JOB).health.troubles == ()


def test_an_app_of_the_desktop_kind_is_asked_by_the_persons_own_token(session, practice):
    keep_login_with_pages(session, practice, 0)
    practice.world.faults.on("native_desktop")
    assert check_all(session, JOB).health.works == 3


def test_a_broken_network_leaves_what_was_found(session, practice):
    login = keep_login_with_pages(session, practice)
    real = calls.debug_tokens
    asked = []

    def fail_later(client, tokens, by):
        asked.append(1)
        if len(asked) > 2:
            raise GraphError("no_network")
        return real(client, tokens, by)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calls, "debug_tokens", fail_later)
        with pytest.raises(GraphError):
            check_all(session, JOB)
    assert sum(bool(row.checked_at) for row in session.vault.page_rows(login)) == 100


def test_a_stopped_check_keeps_what_it_found(session, practice):
    keep_login_with_pages(session, practice)
    found = check_all(session, Collected(stop_after=3))
    assert not found.complete


def test_logins_alone_are_checked_when_the_last_check_is_old(session, practice):
    keep_login_with_pages(session, practice)
    before = len(practice.calls)
    check_logins(session, DAY, JOB)
    assert len(practice.calls) == before, "listed just now"
    practice.world.advance(DAY + 60)
    check_logins(session, DAY, JOB)
    check_logins(session, DAY, JOB)
    assert len(practice.calls) - before == 2, "and once a day"
    practice.world.advance(DAY + 60)
    practice.world.faults.on("password_changed")
    found = check_logins(session, DAY, JOB)
    assert [(one.kind, len(one.page_ids)) for one in found.troubles] == [("password_changed", 240)]
    assert len(practice.calls) - before == 2 + 1 + 5, "the Pages of a login that died are asked about too"
    practice.world.advance(DAY + 60)
    check_logins(session, DAY, JOB)
    assert len(practice.calls) - before == 2 + 1 + 5 + 1, "once"


def test_a_person_without_a_login_says_so(session, practice):
    login = keep_login_with_pages(session, practice, 0)
    bundle = session.vault.database.rows("SELECT pack FROM connection WHERE id=?", login.id)[0][0]
    session.vault.keychain.delete(bundle)
    found = check_all(session, JOB).health
    assert [one.kind for one in found.troubles] == ["login_not_kept"]
    assert found.pages == 3


@pytest.mark.parametrize(
    ("code", "subcode", "message", "state", "why"),
    [
        (190, 460, "Die Sitzung ist ungültig.", TokenState.NEEDS_YOU, "password_changed"),
        (10, None, "Nicht erlaubt", TokenState.WORKS, ""), (2, None, "", TokenState.WORKS, ""),
        (200, None, "API access blocked.", None, "app"),
    ],
)  # fmt: skip
def test_permissions_that_are_refused_hide_neither_the_login_nor_anyone_else(
    session, practice, monkeypatch, code, subcode, message, state, why
):
    first, second = keep_login_with_pages(session, practice, 0), keep_login_with_pages(session, practice, 2)
    read = calls.permissions
    token = session.vault.login(first).token.secret

    def permissions(client, asked):
        if asked == token or why == "app":
            raise from_envelope(Envelope(message, code=code, subcode=subcode, is_transient=False), 400)
        return read(client, asked)

    monkeypatch.setattr(calls, "permissions", permissions)
    before = len(practice.calls)
    check_all(session, JOB)
    records = {one.id: one.health for one in session.vault.logins()}
    assert records[second.id].checked_at or why == "app", "the second person is asked about"
    if state is not None:
        assert (records[first.id].state, records[first.id].why) == (state, why)
    if why == "app":
        assert session.vault.health_records.apps()[first.app_id].state is TokenState.NEEDS_YOU
    assert len(practice.calls) > before


@pytest.mark.parametrize("row", ["x", 5, [], None, {"code": "200"}])
def test_a_batch_with_an_odd_row_leaves_that_row_alone_out(session, practice, monkeypatch, row):
    keep_login_with_pages(session, practice)
    batch = practice.api._batch
    count: list[int] = []

    def odd(call):
        answer = batch(call)
        if not count:
            count.append(1)
            answer.data[3] = row
        return answer

    monkeypatch.setattr(practice.api, "_batch", odd)
    found = check_all(session, JOB)
    assert (found.health.works, found.unanswered) == (240, 0)


def test_a_login_about_which_facebook_says_nothing_hides_none_of_its_page_tokens(session, practice):
    keep_login_with_pages(session, practice)
    practice.world.faults.on("debug_refused", 1)
    found = check_all(session, JOB)
    assert found.health.works == 240
