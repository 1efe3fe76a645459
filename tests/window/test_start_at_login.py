"""Starting with the computer, by each system's own mechanism, and what a second start hands over."""

import importlib
import plistlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gui.desktop import start_at_login
from gui.desktop.single_instance import SingleInstance
from gui.options import read_arguments
from tests.support.desktop_entry import exec_words

ROOT = Path(__file__).parents[2]


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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows: its home is not named by HOME")
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


@pytest.mark.skipif(sys.platform != "win32", reason="Windows' registry")
@pytest.mark.parametrize(
    "program", ["C:\\Users\\Zoë\\AppData\\Local\\Programs\\Page Keys\\page-keys.exe", "D:\\a&b;%c%\\p.exe"]
)
def test_windows_starts_it_by_a_value_of_the_run_key(program):
    winreg: Any = importlib.import_module("winreg")

    place = r"Software\Microsoft\Windows\CurrentVersion\Run"

    def value():
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, place) as key:
            try:
                return winreg.QueryValueEx(key, "Page Keys")
            except FileNotFoundError:
                return None

    before = value()
    try:
        start_at_login.set_at_login(True, [program, "--background"])
        assert value() == (subprocess.list2cmdline([program, "--background"]), winreg.REG_SZ)
        start_at_login.set_at_login(False, [])
        assert value() is None
        start_at_login.set_at_login(False, [])
    finally:
        if before is not None:
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, place) as key:
                winreg.SetValueEx(key, "Page Keys", 0, before[1], before[0])


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
