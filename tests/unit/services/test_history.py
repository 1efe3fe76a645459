"""What happened to each token is written down once, said in words, searched and exported; it holds no secret."""

import csv
import io
from datetime import datetime

import pytest

from gui.errors import UserError
from gui.paths import RESOURCES
from gui.services import forget, history
from gui.services.check_all import check_all, check_rows
from gui.services.clipboard_text import copy_many, note_copied
from gui.services.explain import message_catalog
from gui.services.list_pages import list_pages
from gui.services.os_user import os_user_name
from gui.services.states import page_rows_now
from gui.values import CopyFormat, Event, Tone
from gui.vault.errors import VaultError
from tests.support.agency import AMIRA, connect, login_of
from tests.support.people import JOB, keep_pages
from tests.support.rights import assert_owners_alone

#: Everything that the program writes down.
WHAT = {
    "made": "Token made", "renewed": "Token renewed", "imported": "Token imported", "copied": "Token copied",
    "given": "Given to a tool", "handed_over": "Handed over to a colleague", "received": "Received from a colleague",
    "exported": "Token exported",
    "died": "Token died", "revived": "Token works again", "forgotten": "Token forgotten",
    "brought_back": "Brought back",
    "login_made": "Login made", "login_renewed": "Login renewed", "login_died": "Login died",
    "login_revived": "Login works again",
    "login_forgotten": "Login forgotten", "disconnected": "Disconnected",
}  # fmt: skip


def events_of(session, query="", group="", page_id=""):
    return history.find_events(session, query, group, page_id, JOB).events


def test_a_tokens_life_is_written_down(session, practice):
    stored_login = connect(session, practice, AMIRA)
    row = page_rows_now(session, stored_login)[0]
    note_copied(session, [row], "", JOB)
    practice.world.faults.on("role_lost")
    check_rows(session, [row], JOB)
    practice.world.faults.off()
    check_rows(session, [row], JOB)
    login = login_of(practice, AMIRA)
    keep_pages(session, stored_login, list_pages(session, login, JOB).rows)
    keep_pages(session, stored_login, list_pages(session, login, JOB).rows)
    forget.finish(session, forget.forget_pages(session, [row], JOB), JOB)
    happened = [one.what for one in reversed(events_of(session, page_id=row.page.id))]
    assert happened == ["made", "copied", "died", "revived", "renewed", "forgotten"], (
        "a list that brings the same token changes nothing"
    )
    died = next(one for one in events_of(session, group="died") if one.what == "died")
    assert died.who == "Amira Haddad · Practice App"
    assert "role" in history.event_detail(died)
    assert [one.what for one in events_of(session, "amira forgotten")] == []
    assert {one.page_id for one in events_of(session, row.page.name)} == {row.page.id}


def test_history_is_only_added_to_and_holds_no_secret(session, practice, tmp_path):
    connect(session, practice, AMIRA)
    for sql in ("UPDATE event SET who='x'", "DELETE FROM event", "DELETE FROM event WHERE id=1"):
        with pytest.raises(VaultError):
            with session.vault.database.transaction() as db:
                db.execute(sql)
    rows = page_rows_now(session, *session.vault.logins())
    copy_many(session, rows, CopyFormat.JSON, JOB)
    path = history.export_history(session, tmp_path / "history.csv", "", "", "", JOB)
    lines = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert [one["What"] for one in lines][:3] == ["Token copied"] * 3
    assert "EAA" not in path.read_text("utf-8")
    assert_owners_alone(path)


def test_a_login_that_dies_is_written_down_once(session, practice):
    connect(session, practice, AMIRA)
    practice.world.faults.on("password_changed")
    check_all(session, JOB)
    check_all(session, JOB)
    died = [one for one in events_of(session, group="died") if one.what == "login_died"]
    assert len(died) == 1
    assert "password" in history.event_detail(died[0])


@pytest.mark.parametrize(("what", "label"), WHAT.items())
def test_every_event_has_its_words_its_icon_and_its_group(what, label):
    event = Event(what)
    assert history.event_label(event) == label
    icon, tone = history.event_look(event)
    assert (RESOURCES / "icons" / f"{icon}.svg").is_file()
    assert (tone is Tone.BAD) is what.endswith("died")
    assert [key for key, (_, kinds) in history.GROUPS.items() if what in kinds] != []


def test_the_groups_name_nothing_that_is_not_written_down_and_nothing_twice():
    kinds = [kind for _, some in history.GROUPS.values() for kind in some]
    assert sorted(kinds) == sorted(WHAT)
    assert history.GROUPS[""] == ("All", ())


def test_an_event_of_a_later_version_is_shown_as_it_is():
    event = Event("teleported")
    assert history.event_label(event) == "teleported"
    assert history.event_look(event) == ("info", Tone.INFO)
    assert (RESOURCES / "icons" / "info.svg").is_file()


@pytest.mark.parametrize(
    ("event", "says"),
    [
        (Event("died"), ""),
        (Event("copied", detail="as JSON"), "as JSON"),
        (Event("died", "Nordlys", detail="role_lost"), "You no longer have a role on this Page"),
        (Event("died", "مخبز", detail="page_without_token"), "مخبز came without a token"),
        (Event("died", "{x}", detail="page_without_token"), "{x} came without a token"),
    ],
)
def test_more_of_an_event_is_said_in_words(event, says):
    assert history.event_detail(event) == says


@pytest.mark.parametrize("kind", sorted(message_catalog()))
def test_a_death_of_any_reason_leaves_no_place_for_a_name_open(kind):
    assert "{" not in history.event_detail(Event("died", "Nordlys", detail=kind))


def test_a_death_that_facebook_alone_explained_is_said_without_its_words():
    assert history.event_detail(Event("died", "Nordlys", detail="facebook_said")) == "Facebook refused this"


@pytest.mark.parametrize(
    ("parts", "says"),
    [((2026, 11, 25, 14, 5), "25 Nov 2026, 14:05"), ((2027, 1, 3, 0, 0), "3 Jan 2027, 00:00")],
)
def test_when_an_event_was_is_said_by_this_computers_calendar(parts, says):
    assert history.event_time(Event("made", at=int(datetime(*parts).timestamp()))) == says


def test_events_are_found_by_their_words_their_group_and_their_page(session):
    session.vault.history.add(
        [
            Event("made", "مخبز أميرة", "Amira", page_id="11111"),
            Event("copied", "Café Müller", "anna", "as JSON", "22222"),
            Event("copied", "Café Müller", "anna", "as a table", "22222"),
            Event("login_died", "Amira Haddad", "Amira", "password_changed"),
        ]
    )
    page = history.find_events(session, "", "", "", JOB)
    assert [event.what for event in page.events] == ["login_died", "copied", "copied", "made"]
    assert page.total == 4
    assert [event.detail for event in events_of(session, "cafe MULLER table")] == ["as a table"]
    assert [event.subject for event in events_of(session, "مخبز")] == ["مخبز أميرة"]
    assert [event.what for event in events_of(session, group="given")] == ["copied", "copied"]
    assert [event.what for event in events_of(session, group="died")] == ["login_died"]
    assert [event.what for event in events_of(session, group="made")] == ["made"]
    assert [event.what for event in events_of(session, page_id="11111")] == ["made"]
    nothing = history.find_events(session, "nobody", "gone", "33333", JOB)
    assert (nothing.events, nothing.total) == ((), 4)


def test_only_the_events_that_match_are_exported(session, tmp_path):
    moment = int(datetime(2026, 11, 25, 14, 5, 9).timestamp())
    session.vault.history.add(
        [
            Event("died", "🌸 Blossom & Co", "Amira · App", "role_lost", "11111", moment),
            Event("copied", '=HYPERLINK("http://x")', "anna", "as JSON", "22222", moment),
        ]
    )
    path = history.export_history(session, tmp_path / "died.csv", "", "died", "", JOB)
    assert path == tmp_path / "died.csv"
    assert list(csv.reader(io.StringIO(path.read_text("utf-8-sig")))) == [
        ["When", "What", "Page or person", "Page ID", "By", "More"],
        ["2026-11-25 14:05:09", "Token died", "🌸 Blossom & Co", "11111", "Amira · App",
            "You no longer have a role on this Page"],
    ]  # fmt: skip
    everything = history.export_history(session, tmp_path / "all.csv", "", "", "", JOB).read_text("utf-8-sig")
    assert "'=HYPERLINK" in everything


def test_an_empty_history_is_exported_with_its_heading(session, tmp_path):
    path = history.export_history(session, tmp_path / "none.csv", "", "", "", JOB)
    assert path.read_text("utf-8-sig").splitlines() == ["When,What,Page or person,Page ID,By,More"]


def test_a_history_that_cannot_be_written_is_told(session, tmp_path):
    with pytest.raises(UserError) as caught:
        history.export_history(session, tmp_path / "nowhere" / "history.csv", "", "", "", JOB)
    assert caught.value.kind == "export_folder_missing"


def test_a_disconnection_is_written_down(session):
    history.note_disconnected(session, "Amira Haddad", "Practice App")
    (event,) = events_of(session, group="gone")
    assert (event.what, event.subject, event.detail, event.who) == (
        "disconnected",
        "Amira Haddad",
        "Practice App",
        os_user_name(),
    )
    assert abs(event.at - session.now()) <= 1
