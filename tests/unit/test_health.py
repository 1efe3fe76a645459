"""Health: what checks find, what the calendar says, and that each trouble is said once with its way out."""

import pytest

from gui.desk import words
from gui.desk.check_all import Checking, check_all, check_logins
from gui.desk.health import health, notice_of, remind_later, told
from gui.desk.keep import keep_login
from gui.desk.pages import load_pages
from gui.graph import calls
from gui.graph.errors import GraphError
from gui.practice.world import DAY
from tests.support.people import JOB, Collected, app_of, connection_of, keep_pages

ALL = ("pages_show_list", "pages_read_engagement", "pages_manage_metadata", "business_management")


def keep(desk, practice, person=1, scopes=ALL, **more):
    desk.vault.keep_app(app_of(practice))
    connection = connection_of(practice, person, scopes, **more)
    kept = keep_login(desk, connection, JOB)
    keep_pages(desk, kept, load_pages(desk, connection, JOB).rows)
    return kept


def said(desk):
    return [notice_of(desk, one) for one in health(desk, JOB).troubles]


def test_all_is_well(desk, practice):
    keep(desk, practice)
    before, began = len(practice.calls), desk.now()
    found = check_all(desk, JOB)
    assert (found.health.works, found.health.soon, found.health.needs_you, found.unanswered) == (240, 0, 0, 0)
    assert not found.health.troubles
    assert began <= found.health.checked_at <= desk.now()
    # Two about the login, and 240 Page tokens in five batches.
    assert len(practice.calls) - before == 2 + 5
    rows = desk.vault.page_rows(found.health.people[0])
    assert all(row.well_at and row.checked_at and "pages_show_list" in row.scopes for row in rows)
    assert [(one.subject, one.what, one.state) for one in found.health.endings] == [
        ("Agency Nord", "login", "works"),
        ("Agency Nord", "data access", "works"),
        ("Practice App", "Graph v25.0", "works"),
    ]


def test_what_a_batch_leaves_out_is_asked_again(desk, practice):
    keep(desk, practice)
    practice.world.troubles.on("batch_null", 60)
    job = Collected()
    found = check_all(desk, job)
    assert (found.health.works, found.unanswered) == (240, 0)
    done = [one for one in job.reports if isinstance(one, Checking)]
    assert done[-1].done == done[-1].total == 241


def test_what_is_never_answered_is_told_and_keeps_its_state(desk, practice, monkeypatch):
    kept = keep(desk, practice, 0)
    monkeypatch.setattr(calls, "debug_tokens", lambda client, tokens, by: [None] * len(tokens))
    found = check_all(desk, Collected())
    assert found.unanswered == 3
    assert {row.checked_at for row in desk.vault.page_rows(kept)} == {0}


@pytest.mark.parametrize(
    ("trouble", "kind", "action"),
    [
        ("password_changed", "password_changed", "login"), ("app_removed", "app_removed", "login"), ("token_expired", "token_expired", "login"),
        ("logged_out", "logged_out", "login"), ("session_ended", "session_ended", "login"), ("checkpoint", "checkpoint", "open:facebook"),
        ("unconfirmed_account", "unconfirmed_account", "open:facebook"), ("data_access_ended", "data_access_ended", "login"),
    ],
)  # fmt: skip
def test_a_death_of_a_login_is_one_notice_for_all_its_pages(desk, practice, trouble, kind, action):
    kept = keep(desk, practice, 0)
    practice.world.troubles.on(trouble)
    found = check_all(desk, JOB).health
    assert found.needs_you == 3
    (one,) = found.troubles
    assert (one.kind, len(one.page_ids), one.is_new) == (kind, 3, True)
    notice = notice_of(desk, one)
    assert notice.action == (action if action.startswith("open:") else f"{action}:{kept.id}")
    assert notice.title.startswith("Amira Haddad: ")
    practice.world.troubles.off()
    found = check_all(desk, JOB).health
    assert (found.works, found.troubles) == (3, ())


def test_pages_that_lost_their_role_are_named(desk, practice):
    kept = keep(desk, practice)
    practice.world.troubles.on("some_roles_lost")
    found = check_all(desk, JOB).health
    assert (found.works, found.needs_you) == (234, 6)
    (one,) = found.troubles
    notice = notice_of(desk, one)
    assert notice.title.count(",") == 2
    assert "and 3 more Pages" in notice.title
    assert (notice.action, notice.button) == (f"reload:{kept.id}", "Show my Pages again")
    assert notice.details == (("Facebook’s code", "190/492"),)
    rows = {row.page.id: row for row in desk.vault.page_rows(kept)}
    assert {rows[page_id].why for page_id in one.page_ids} == {"role_lost"}


def test_the_person_is_told_once(desk, practice):
    keep(desk, practice, 0)
    practice.world.troubles.on("password_changed")
    assert check_all(desk, JOB).health.troubles[0].is_new
    told(desk, JOB)
    assert not check_all(desk, JOB).health.troubles[0].is_new
    practice.world.troubles.off()
    practice.world.troubles.on("app_removed")
    assert check_all(desk, JOB).health.troubles[0].is_new


def test_what_ends_soon_says_when_and_can_be_put_off(desk, practice):
    keep(desk, practice, 0)
    practice.world.advance(50 * DAY)
    found = health(desk, JOB)
    assert (found.works, found.soon) == (0, 3)
    (one,) = found.troubles
    notice = notice_of(desk, one)
    assert notice.title == f"Amira Haddad: the login ends on {words.day(one.ends_at, desk.now())}"
    assert notice.secondary[1] == "Remind me later"
    assert remind_later(desk, notice.secondary[0].removeprefix("later:"), JOB).troubles == ()
    practice.world.advance(4 * DAY)
    assert [one.kind for one in health(desk, JOB).troubles] == ["login_ends_soon"]
    practice.world.advance(10 * DAY)
    found = health(desk, JOB)
    assert [one.kind for one in found.troubles] == ["login_ended"]
    assert found.soon == 3, "Page tokens go on after the login"


def test_data_access_ends_on_its_own_day(desk, practice):
    keep(desk, practice, 0)
    practice.world.troubles.on("data_access_soon")
    (one,) = check_all(desk, JOB).health.troubles
    assert (one.kind, one.ends_at // DAY) == ("data_access_soon", (desk.now() + 5 * DAY) // DAY)


def test_a_lapsed_permission_is_said(desk, practice):
    keep(desk, practice, 0)
    practice.world.troubles.on("permission_lapsed")
    found = check_all(desk, JOB).health
    assert [one.kind for one in found.troubles] == ["permission_lapsed"]
    assert found.people[0].lacking == ("pages_show_list:expired",)


@pytest.mark.parametrize(("trouble", "kind"), [("app_deleted", "app_deleted"), ("app_unknown", "app_unknown"), ("wrong_secret", "secret_wrong")])
def test_an_app_that_cannot_ask_is_said_of_the_app(desk, practice, trouble, kind):
    keep(desk, practice, 0)
    practice.world.troubles.on(trouble)
    found = check_all(desk, JOB).health
    (one,) = found.troubles
    assert (one.kind, one.subject, found.works) == (kind, "Practice App", 3)
    assert notice_of(desk, one).action == f"app:{app_of(practice).app_id}"
    practice.world.troubles.off()
    assert check_all(desk, JOB).health.troubles == ()


def test_an_app_of_the_desktop_kind_is_asked_by_the_persons_own_token(desk, practice):
    keep(desk, practice, 0)
    practice.world.troubles.on("native_desktop")
    assert check_all(desk, JOB).health.works == 3


def test_a_version_that_ends_is_said(desk, practice):
    from dataclasses import replace

    desk.vault.keep_app(replace(app_of(practice), version="v21.0"))
    desk.clock = lambda: 1_797_000_000  # 11 December 2026; v21.0 ends on 21 January 2027
    (one,) = health(desk, JOB).troubles
    assert one.kind == "version_ends"
    assert "21 January" in notice_of(desk, one).title
    desk.clock = lambda: 1_801_000_000  # 26 January 2027
    assert [one.kind for one in health(desk, JOB).troubles] == ["version_ended"]


def test_a_broken_network_leaves_what_was_found(desk, practice):
    kept = keep(desk, practice)
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
            check_all(desk, JOB)
    assert sum(bool(row.checked_at) for row in desk.vault.page_rows(kept)) == 100


def test_a_stopped_check_keeps_what_it_found(desk, practice):
    keep(desk, practice)
    found = check_all(desk, Collected(stop_after=3))
    assert not found.complete


def test_logins_alone_are_checked_when_the_last_check_is_old(desk, practice):
    keep(desk, practice)
    before = len(practice.calls)
    check_logins(desk, DAY, JOB)
    assert len(practice.calls) == before, "listed just now"
    practice.world.advance(DAY + 60)
    check_logins(desk, DAY, JOB)
    check_logins(desk, DAY, JOB)
    assert len(practice.calls) - before == 2, "and once a day"
    practice.world.advance(DAY + 60)
    practice.world.troubles.on("password_changed")
    found = check_logins(desk, DAY, JOB)
    assert [(one.kind, len(one.page_ids)) for one in found.troubles] == [("password_changed", 240)]
    assert len(practice.calls) - before == 2 + 1 + 5, "the Pages of a login that died are asked about too"
    practice.world.advance(DAY + 60)
    check_logins(desk, DAY, JOB)
    assert len(practice.calls) - before == 2 + 1 + 5 + 1, "once"


def test_a_person_without_a_login_says_so(desk, practice):
    kept = keep(desk, practice, 0)
    pack = desk.vault.ledger.rows("SELECT pack FROM connection WHERE id=?", kept.id)[0][0]
    desk.vault.keychain.delete(pack)
    found = check_all(desk, JOB).health
    assert [one.kind for one in found.troubles] == ["login_not_kept"]
    assert found.pages == 3
