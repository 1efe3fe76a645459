"""Reminders on the desktop."""

from pathlib import Path

import pytest

from gui.desktop.notify import notify_linux
from gui.errors import NullContext
from tests.support.notifications import Notifications

ROOT = Path(__file__).parents[2]


def test_a_notification_reaches_the_desktop_as_the_specification_has_it(private_session):
    with Notifications() as server:
        assert notify_linux("The login of Amira ends tomorrow", "Press to renew.", "", NullContext()) == 1
        (call,) = server.calls
    signature, (app, replaces, icon, title, text, actions, hints, lasts) = call
    assert signature == "susssasa{sv}i"
    assert (app, replaces, title, text, lasts) == (
        "Page Keys",
        0,
        "The login of Amira ends tomorrow",
        "Press to renew.",
        -1,
    )
    assert actions == ["default", "Open"]
    assert hints["desktop-entry"] == ("s", "page-keys")
    assert icon == "page-keys"


@pytest.mark.parametrize(
    ("capabilities", "expected"),
    [((), "Amira & <b>Sons</b>"), (("body", "actions"), "Amira & <b>Sons</b>"),
     (("body", "body-markup"), "Amira &amp; &lt;b&gt;Sons&lt;/b&gt;")],
)  # fmt: skip
def test_a_name_is_no_markup_on_desktops_that_draw_it(private_session, capabilities, expected):
    with Notifications(*capabilities) as server:
        assert notify_linux("Amira & <b>Sons</b>", "Amira & <b>Sons</b>", "", NullContext()) == 1
        (call,) = server.calls
    assert call[1][3:5] == ("Amira & <b>Sons</b>", expected)


def test_without_a_desktop_nothing_happens_and_nothing_hangs(private_session):
    assert notify_linux("a", "b", "", NullContext()) == 0
    assert notify_linux("a", "b", "unix:path=/nowhere", NullContext()) == 0


def test_the_program_reminds_once_on_the_desktop(qtbot, qapp, private_session, practice, open_vault, monkeypatch):
    from gui.jobs import Jobs
    from gui.services.session import Session
    from gui.shell.commands import Command, Request
    from gui.shell.reminder_service import ReminderService
    from gui.values import Settings, Site
    from tests.support.agency import AMIRA, connect

    session = Session(Site(practice.url, practice.url), open_vault, clock=lambda: practice.world.now())
    connect(session, practice, AMIRA)
    practice.world.advance(53.5 * 86_400)
    reminders = ReminderService(Jobs())
    reminders.use(session)
    with Notifications() as server:
        reminders.apply(Settings(), install=False)
        reminders.look()
        qtbot.waitUntil(lambda: len(server.calls) == 1, timeout=5000)
        reminders.look()
        qtbot.wait(300)
        assert len(server.calls) == 1
        assert "The login of Amira Haddad ends on" in server.calls[0][1][3]
        renewed: list[Request] = []
        reminders.requested.connect(renewed.append)
        server.press(7)
        server.press(1)
        qtbot.waitUntil(
            lambda: renewed == [Request(Command.LOG_IN, login_id=session.vault.logins()[0].id)], timeout=5000
        )
    reminders.jobs.wait(3)
    session.close()
