"""Reminders on the desktop, starting with the computer, and what a second start hands over."""

import plistlib
import subprocess
import sys
from pathlib import Path

import pytest

from gui.desktop import start_at_login
from gui.desktop.notify import notify_linux
from gui.desktop.single_instance import SingleInstance
from gui.errors import NullContext
from gui.options import read_arguments
from tests.support.notifications import Notifications, exec_words

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


@pytest.mark.parametrize("word", ["/opt/Page Keys/page-keys", 'a"b', "50%", "back\\slash", "$HOME", "`x`"])
def test_a_linux_desktop_starts_the_program_as_written(tmp_path, monkeypatch, word):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    start_at_login.set_at_login(True, [word, "--background"], "linux")
    entry = tmp_path / "autostart" / "page-keys.desktop"
    assert "Terminal=false" in entry.read_text("utf-8")

    assert exec_words(entry.read_text("utf-8")) == [word, "--background"]
    start_at_login.set_at_login(False, [], "linux")
    assert not entry.exists()
    start_at_login.set_at_login(False, [], "linux")


def test_macos_starts_it_by_a_launch_agent(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    start_at_login.set_at_login(
        True, ["/Applications/Page Keys.app/Contents/MacOS/page-keys", "--background"], "darwin"
    )
    (path,) = (tmp_path / "Library" / "LaunchAgents").iterdir()
    agent = plistlib.loads(path.read_bytes())
    assert agent["ProgramArguments"][1] == "--background"
    assert agent["RunAtLoad"] is True
    start_at_login.set_at_login(False, [], "darwin")
    assert not path.exists()


def test_a_second_start_hands_over_its_arguments(qtbot, qapp, tmp_path):
    first = SingleInstance(tmp_path)
    assert first.first()
    command = [sys.executable, "main.py", "--profile", str(tmp_path), "--practice"]
    with qtbot.waitSignal(first.handed_over, timeout=15_000) as waited:
        second = subprocess.Popen(command, cwd=ROOT)
    assert second.wait(10) == 0
    assert waited.args == [["--profile", str(tmp_path), "--practice"]]
    options = read_arguments(waited.args[0])
    assert options is not None
    assert options.practice
    first.release()


@pytest.mark.parametrize(
    "line",
    [b"\n", b"no json\n", b"{}\n", b"[1, null]\n", b'["--graph-url", "http://facebook.example"]\n', b"x" * 100_000],
)
def test_anything_else_that_connects_does_no_harm(qtbot, qapp, tmp_path, line):
    from PySide6.QtNetwork import QLocalSocket

    first = SingleInstance(tmp_path)
    assert first.first()
    taken: list[list[str]] = []
    first.handed_over.connect(taken.append)
    client = QLocalSocket()
    client.connectToServer(first._name)
    assert client.waitForConnected(2000)
    client.write(line)
    qtbot.wait(200)
    answers = [read_arguments(one) for one in taken]
    assert all(options is None or options.graph_url == "" for options in answers)
    client.abort()
    first.release()


def test_a_second_start_offers_the_facebook_it_names_and_moves_nobody(qapp, practice, private_session, tmp_path):
    from gui.app import Program
    from gui.options import Options
    from gui.tour.ui_driver import UiDriver

    program = Program(qapp, Options(profile=tmp_path / "profile"))
    program.window.show()
    driver = UiDriver(program.window)
    driver.wait_title("The keys to your Facebook Pages")
    command = [sys.executable, "main.py", "--profile", str(tmp_path / "profile")]
    second = subprocess.Popen([*command, "--graph-url", practice.url], cwd=ROOT)
    driver.notice("Page Keys is already open")
    assert second.wait(10) == 0
    assert program.session is not None
    assert program.session.site.graph_url != practice.url
    driver.click("noticeClose")
    second = subprocess.Popen([*command, "--practice"], cwd=ROOT)
    notice = driver.notice("Page Keys is already open")
    assert second.wait(10) == 0
    assert program.server is None
    assert notice.main_button is not None
    driver.click(notice.main_button)
    driver.wait_title("Log in to Facebook")
    program.window.close()
    program.end()
