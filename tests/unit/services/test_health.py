"""Health is read from the database and the calendar; each trouble is said once, with its way out."""

from dataclasses import replace

import pytest

from gui.practice.world import DAY
from gui.services import formatting
from gui.services.check_all import check_all
from gui.services.exchange import extend
from gui.services.health import Health, Trouble, mark_notices_seen, read_health, remind_later, trouble_message
from gui.services.keep import keep_login
from gui.services.list_pages import list_pages
from gui.services.login import from_paste
from gui.services.states import page_rows_now
from gui.shell.commands import Command, Request
from gui.values import Action, HealthRecord, Secret, TokenState, Tone
from gui.vault.health_records import CheckResult
from tests.support.agency import AMIRA, NILS, NORD, connect
from tests.support.people import JOB, app_of, keep_login_with_pages, keep_pages


def test_the_person_is_told_once(session, practice):
    keep_login_with_pages(session, practice, 0)
    practice.world.faults.on("password_changed")
    assert check_all(session, JOB).health.troubles[0].is_new
    mark_notices_seen(session, JOB)
    assert not check_all(session, JOB).health.troubles[0].is_new
    practice.world.faults.off()
    practice.world.faults.on("app_removed")
    assert check_all(session, JOB).health.troubles[0].is_new


def test_what_ends_soon_says_when_and_can_be_put_off(session, practice):
    keep_login_with_pages(session, practice, 0)
    practice.world.advance(50 * DAY)
    health = read_health(session, JOB)
    assert (health.works, health.soon) == (0, 3)
    (one,) = health.troubles
    notice = trouble_message(session, one)
    assert notice.title == f"Amira Haddad: the login ends on {formatting.day(one.ends_at, session.now())}"
    assert notice.secondary is not None
    assert notice.secondary.label == "Remind me later"
    assert remind_later(session, notice.secondary.request.notice, JOB).troubles == ()
    practice.world.advance(4 * DAY)
    assert [one.kind for one in read_health(session, JOB).troubles] == ["login_ends_soon"]
    practice.world.advance(10 * DAY)
    health = read_health(session, JOB)
    assert [one.kind for one in health.troubles] == ["login_ended"]
    assert health.soon == 3, "Page tokens go on after the login"


def test_a_version_that_ends_is_said(session, practice):
    from dataclasses import replace

    session.vault.keep_app(replace(app_of(practice), version="v21.0"))
    session.clock = lambda: 1_797_000_000  # 11 December 2026; v21.0 ends on 21 January 2027
    (one,) = read_health(session, JOB).troubles
    assert one.kind == "version_ends"
    assert "21 January" in trouble_message(session, one).title
    session.clock = lambda: 1_801_000_000  # 26 January 2027
    assert [one.kind for one in read_health(session, JOB).troubles] == ["version_ended"]


def test_an_empty_vault_has_no_trouble(session):
    assert read_health(session, JOB) == Health(0, 0, 0, 0, (), (), (), ())
    assert read_health(session, JOB).pages == 0


def test_health_asks_facebook_nothing(session, practice):
    connect(session, practice, AMIRA)
    before = list(practice.calls)
    assert read_health(session, JOB).works == 3
    assert practice.calls == before


def test_a_page_that_several_reach_is_counted_once_and_by_its_best_token(session, practice):
    nord, nils = connect(session, practice, NORD), connect(session, practice, NILS)
    shared = next(row for row in page_rows_now(session, nord, nils) if len(row.sources) == 2)
    lost = CheckResult(TokenState.NEEDS_YOU, "role_lost")
    session.vault.health_records.record_pages(nils, {shared.page.id: lost}, session.now())
    health = read_health(session, JOB)
    assert (health.pages, health.works, health.needs_you) == (240, 240, 0)
    (trouble,) = health.troubles
    assert (trouble.kind, trouble.login_id, trouble.page_ids) == ("role_lost", nils.id, (shared.page.id,))


def test_the_oldest_check_is_told_and_none_while_a_login_was_never_checked(session, practice):
    amira = connect(session, practice, AMIRA)
    check_all(session, JOB)
    checked_at = read_health(session, JOB).checked_at
    assert abs(checked_at - session.now()) < 60
    assert checked_at == session.vault.logins()[0].health.checked_at
    connect(session, practice, NORD)
    assert read_health(session, JOB).checked_at == 0
    assert amira.health == HealthRecord()


def test_the_ends_of_the_time_line_stand_as_the_calendar_has_them(session, practice):
    connect(session, practice, AMIRA)

    def states():
        return {ending.what: ending.state for ending in read_health(session, JOB).endings}

    assert states() == {"login": TokenState.WORKS, "data access": TokenState.WORKS, "Graph v25.0": TokenState.WORKS}
    practice.world.advance(46 * DAY + 60)
    assert states()["login"] is TokenState.ENDS_SOON
    practice.world.advance(14 * DAY)
    assert (states()["login"], states()["data access"]) == (TokenState.NEEDS_YOU, TokenState.WORKS)
    practice.world.advance(17 * DAY)
    assert states()["data access"] is TokenState.ENDS_SOON


def test_a_login_that_died_needs_the_person_on_the_time_line_too(session, practice):
    connect(session, practice, AMIRA)
    practice.world.faults.on("password_changed")
    endings = check_all(session, JOB).health.endings
    assert {ending.what: ending.state for ending in endings} == {
        "login": TokenState.NEEDS_YOU,
        "data access": TokenState.WORKS,
        "Graph v25.0": TokenState.WORKS,
    }


def test_one_page_of_many_that_needs_the_person_is_named_by_itself(session, practice):
    login = connect(session, practice, AMIRA)
    page = practice.world.page(1)
    lost = CheckResult(TokenState.NEEDS_YOU, "role_lost", code="190/492")
    session.vault.health_records.record_pages(login, {page.id: lost}, session.now())
    (trouble,) = read_health(session, JOB).troubles
    notice = trouble_message(session, trouble)
    assert notice.title.strip("\u2068").startswith("مخبز أميرة\u2069")
    assert notice.title.endswith("\u2069: you no longer have a role on this Page")
    assert notice.text.startswith("New since you last looked. ")
    assert notice.action == Action("Show my Pages again", Request(Command.RELOAD_PAGES, login_id=login.id))
    assert (notice.details, notice.kind, notice.secondary) == (
        (("Facebook’s code", "190/492"),),
        f"role_lost/{login.app_id}/{login.id}",
        None,
    )


@pytest.mark.parametrize(("page_ids", "label"), [((), None), (("1",), "Show the Page"), (("1", "2"), "Show the Pages")])
def test_a_trouble_without_a_button_of_its_own_shows_its_pages(session, page_ids, label):
    notice = trouble_message(session, Trouble("blocked_for_misuse", "Nordlys", 7, "180", page_ids))
    expected = label and Action(label, Request(Command.SHOW_PAGES_NEEDING_YOU, login_id=7))
    assert notice.action == expected


@pytest.mark.parametrize(
    ("kind", "label", "asked_for"),
    [
        ("password_changed", "Renew", Request(Command.LOG_IN, login_id=7)),
        ("permission_lapsed", "Ask again", Request(Command.REREQUEST_PERMISSIONS, login_id=7)),
        ("role_lost", "Show my Pages again", Request(Command.RELOAD_PAGES, login_id=7)),
        ("version_ended", "Change the app", Request(Command.SET_UP_APP, app_id="180")),
    ],
)
def test_the_button_of_a_trouble_is_for_the_login_or_the_app_that_it_befell(session, kind, label, asked_for):
    assert trouble_message(session, Trouble(kind, "Nordlys", 7, "180")).action == Action(label, asked_for)


def test_a_death_that_took_several_page_tokens_with_it_says_how_many(session):
    some = trouble_message(session, Trouble("password_changed", "Amira", 7, "180", ("1", "2")))
    one = trouble_message(session, Trouble("password_changed", "Amira", 7, "180", ("1",)))
    assert some.text == f"2 Page tokens ended with it. {one.text}"


def test_what_can_wait_can_be_put_off_and_what_is_bad_cannot(session, practice):
    soon = Trouble("login_ends_soon", "Amira", 7, "180", ends_at=session.now() + 5 * DAY)
    notice = trouble_message(session, soon)
    assert notice.tone is Tone.SOON
    assert notice.secondary == Action("Remind me later", Request(Command.REMIND_LATER, notice=soon.key))
    assert trouble_message(session, replace(soon, kind="login_ended")).secondary is None


def test_one_trouble_that_is_put_off_leaves_the_others(session, practice):
    amira, nord = connect(session, practice, AMIRA), connect(session, practice, NORD)
    practice.world.advance(50 * DAY)
    troubles = {trouble.login_id: trouble for trouble in read_health(session, JOB).troubles}
    assert set(troubles) == {amira.id, nord.id}
    assert [one.login_id for one in remind_later(session, troubles[amira.id].key, JOB).troubles] == [nord.id]
    assert remind_later(session, troubles[nord.id].key, JOB).troubles == ()
    practice.world.advance(3 * DAY)
    assert len(read_health(session, JOB).troubles) == 2
    remind_later(session, troubles[nord.id].key, JOB)
    assert list(session.vault.settings.read().put_off) == [troubles[nord.id].key], "what is over is not kept"


def test_notices_are_new_until_the_person_has_seen_them(session, practice):
    login = connect(session, practice, AMIRA)
    lost = CheckResult(TokenState.NEEDS_YOU, "role_lost")
    session.vault.health_records.record_pages(login, {practice.world.page(0).id: lost}, session.now())
    assert [trouble.is_new for trouble in read_health(session, JOB).troubles] == [True]
    mark_notices_seen(session, JOB)
    assert [trouble.is_new for trouble in read_health(session, JOB).troubles] == [False]
    session.vault.health_records.record_pages(login, {practice.world.page(2).id: lost}, session.now())
    assert [trouble.is_new for trouble in read_health(session, JOB).troubles] == [True]


def test_a_title_that_names_the_page_is_not_begun_with_its_name_again(session):
    notice = trouble_message(session, Trouble("page_without_token", "Nordlys", 7, "180", ("1",)))
    assert notice.title == "Nordlys came without a token"


@pytest.mark.parametrize(("page_ids", "title"), [(("1",), "this Page"), (("1", "2"), "these Pages")])
def test_several_pages_of_one_trouble_are_spoken_of_as_several(session, page_ids, title):
    notice = trouble_message(session, Trouble("role_lost", "Nordlys", 7, "180", page_ids))
    assert notice.title == f"Nordlys: you no longer have a role on {title}"


def test_a_name_in_a_title_keeps_its_capital_after_the_colon(session):
    notice = trouble_message(session, Trouble("page_no_longer_listed", "Nordlys", 7, "180", ("1",)))
    assert notice.title == "Nordlys: Facebook no longer lists this Page for you"


def test_a_system_users_end_leads_to_business_settings_and_to_no_login(session, practice):
    app = app_of(practice)
    session.vault.keep_app(app)
    pasted = from_paste(session, app, Secret(practice.world.special_token("system_user_60_days")), None, JOB)
    stored_login = keep_login(session, extend(session, pasted, JOB), JOB)
    keep_pages(session, stored_login, list_pages(session, extend(session, pasted, JOB), JOB).rows)
    practice.world.advance(55 * DAY)
    soon = [trouble_message(session, one) for one in read_health(session, JOB).troubles]
    practice.world.advance(10 * DAY)
    ended = [trouble_message(session, one) for one in read_health(session, JOB).troubles]
    for notice in (soon[0], ended[0]):
        assert "Business settings" in notice.text
        assert "og in again" not in notice.text
        assert notice.action is not None
        assert notice.action.label == "Renew"
