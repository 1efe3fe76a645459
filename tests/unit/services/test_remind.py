"""The person is reminded 14, 7, 3 and 1 days before something ends, once each."""

from dataclasses import replace

import pytest

from gui.services import formatting, remind
from gui.services.list_pages import list_pages
from gui.services.remind import Reminder
from gui.services.states import page_rows_now
from gui.values import TokenState
from tests.support.agency import AMIRA, NORD, connect, login_of
from tests.support.people import JOB

DAY = 86_400


def test_each_reminder_comes_once_at_14_7_3_and_1_days(session, practice):
    connect(session, practice, AMIRA)
    connect(session, practice, NORD, 1)
    days_of: dict[str, list[int]] = {}
    for day in range(95):
        for one in remind.due_reminders(session, JOB):
            days_of.setdefault(one.title.split(" ends")[0], []).append(day)
        assert remind.due_reminders(session, JOB) == []
        practice.world.advance(DAY)
    assert days_of == {
        "The login of Amira Haddad": [46, 53, 57, 59], "Data access of Amira Haddad": [76, 83, 87, 89],
        "The login of Agency Nord": [46, 53, 57, 59], "Data access of Agency Nord": [76, 83, 87, 89],
    }  # fmt: skip


def test_who_was_away_is_reminded_of_the_nearest_only(session, practice):
    connect(session, practice, AMIRA)
    practice.world.advance(58 * DAY)
    (one,) = remind.due_reminders(session, JOB)
    assert one.title.startswith("The login of Amira Haddad ends on")
    assert "in 2 days" in one.title
    practice.world.advance(1.5 * DAY)
    assert len(remind.due_reminders(session, JOB)) == 1
    practice.world.advance(DAY)
    assert remind.due_reminders(session, JOB) == [], "over is over: Health says so"


def test_renewing_begins_the_reminders_anew_and_page_tokens_with_an_end_count(session, practice):
    from dataclasses import replace

    login = connect(session, practice, AMIRA)
    practice.world.advance(50 * DAY)
    assert len(remind.due_reminders(session, JOB)) == 1
    session.vault.keep_login(login_of(practice, AMIRA))
    assert remind.due_reminders(session, JOB) == []
    fresh = [
        replace(row, expires_at=session.now() + 2 * DAY)
        for row in list_pages(session, login_of(practice, AMIRA), JOB).rows
    ]
    session.vault.keep_pages(login, fresh)
    (one,) = remind.due_reminders(session, JOB)
    assert one.title.startswith("3 Page tokens of Amira Haddad: the first ends")


def test_nobody_is_reminded_of_nothing(session):
    assert remind.due_reminders(session, JOB) == []


def test_a_reminder_of_a_login_says_who_when_and_what_to_do(session, practice):
    login = connect(session, practice, AMIRA)
    practice.world.advance(54 * DAY)
    when = formatting.ends(login.expires_at, session.now())
    assert remind.due_reminders(session, JOB) == [
        Reminder(
            f"The login of Amira Haddad {when}",
            "Amira Haddad should log in again through Practice App before then. "
            "Page tokens keep working for now. Press to renew.",
            login.id,
        )
    ]


def test_a_reminder_of_data_access_says_whose_tokens_read_nothing_more(session, practice):
    login = connect(session, practice, AMIRA)
    practice.world.advance(84 * DAY)
    when = formatting.ends(login.data_access_expires_at, session.now())
    assert remind.due_reminders(session, JOB) == [
        Reminder(
            f"Data access of Amira Haddad {when}",
            "After that, the tokens of Practice App can no longer read data. "
            "Logging in again renews it. Press to renew.",
            login.id,
        )
    ]


@pytest.mark.parametrize(("days", "title"), [(range(2, 3), "The Page token of Amira Haddad "), (range(2, 5), None)])
def test_page_tokens_of_one_day_are_one_reminder_and_of_several_days_several(session, practice, days, title):
    login = connect(session, practice, AMIRA)
    rows = list_pages(session, login_of(practice, AMIRA), JOB).rows
    ends = [session.now() + day * DAY for day in days]
    session.vault.keep_pages(login, [replace(row, expires_at=end) for row, end in zip(rows, ends, strict=False)])
    reminders = remind.due_reminders(session, JOB)
    assert [one.title for one in reminders] == [
        f"The Page token of Amira Haddad {formatting.ends(end, session.now())}" for end in ends
    ]
    assert title is None or reminders[0].title.startswith(title)
    assert {one.text for one in reminders} == {"Log in again, and each gets one without an end. Press to renew."}
    assert remind.due_reminders(session, JOB) == []


@pytest.mark.parametrize(("days", "due"), [(-1, 0), (0, 0), (13, 1), (15, 0)])
def test_only_page_tokens_that_end_within_14_days_are_spoken_of(session, practice, days, due):
    login = connect(session, practice, AMIRA)
    row = list_pages(session, login_of(practice, AMIRA), JOB).rows[0]
    session.vault.keep_pages(login, [replace(row, expires_at=session.now() + days * DAY)])
    assert len(remind.due_reminders(session, JOB)) == due


def test_page_tokens_that_died_are_not_spoken_of(session, practice):
    login = connect(session, practice, AMIRA)
    row = list_pages(session, login_of(practice, AMIRA), JOB).rows[0]
    dead = replace(row, expires_at=session.now() + 2 * DAY, state=TokenState.NEEDS_YOU, why="role_lost")
    session.vault.keep_pages(login, [dead])
    assert remind.due_reminders(session, JOB) == []
    assert next(one for one in page_rows_now(session, login) if one.page.id == row.page.id).why == "role_lost"


def test_a_login_without_an_end_or_with_one_that_is_not_known_is_not_spoken_of(session, practice):
    login = login_of(practice, AMIRA)
    session.vault.keep_app(login.app)
    for end in (None, 0):
        session.vault.keep_login(replace(login, token=login.token.with_(expires_at=end, data_access_expires_at=end)))
        assert remind.due_reminders(session, JOB) == []


def test_a_name_from_right_to_left_does_not_turn_the_reminder_round(session, practice):
    login = connect(session, practice, AMIRA)
    session.vault.name_login(login, "أميرة")
    practice.world.advance(54 * DAY)
    (reminder,) = remind.due_reminders(session, JOB)
    assert reminder.title.startswith("The login of \u2068أميرة\u2069 ends on ")
    assert reminder.text.startswith("\u2068أميرة\u2069 should log in again")


def test_a_person_who_is_connected_through_two_apps_is_reminded_of_each(session, practice):
    logins = [connect(session, practice, AMIRA, app) for app in (0, 1)]
    practice.world.advance(54 * DAY)
    assert [one.login_id for one in remind.due_reminders(session, JOB)] == [login.id for login in logins]


def test_reminders_that_were_given_are_remembered_by_the_next_start(session, practice, open_vault):
    connect(session, practice, AMIRA)
    practice.world.advance(54 * DAY)
    assert len(remind.due_reminders(session, JOB)) == 1
    again = replace(session, _vault=None, _http=None)
    assert remind.due_reminders(again, JOB) == []
    again.close()


def test_no_page_is_read_for_a_reminder(session, practice, monkeypatch):
    """Ten thousand of them would hold up the window: the database looks for those that end."""
    connect(session, practice, AMIRA)
    practice.world.advance(54 * DAY)
    monkeypatch.setattr(session.vault, "page_rows", None)
    assert len(remind.due_reminders(session, JOB)) == 1
