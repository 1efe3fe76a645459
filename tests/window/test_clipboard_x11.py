"""The clipboard on a real X server, as another program sees it; and what a crash leaves."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COPIER = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from gui.desktop import clipboard
from gui.values import Secret
clipboard.STAYS = int(sys.argv[1])
app = QApplication([])
held = clipboard.SecretClipboard()
held.cleared.connect(lambda: print("cleared", flush=True))
held.copy(Secret("EAAB" + "x7Qd" * 10))
print("copied", flush=True)
QTimer.singleShot(20_000, app.quit)
app.exec()
"""


@pytest.fixture
def display():
    """A bare X server of its own."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-nolisten", "tcp", "-screen", "0", "640x480x24"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(10)


@pytest.fixture
def copier(display):
    started = []

    def start(stays):
        child = subprocess.Popen(
            [sys.executable, "-c", COPIER, str(stays)],
            env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        started.append(child)
        assert child.stdout is not None
        assert child.stdout.readline() == "copied\n"
        return child

    yield start
    for child in started:
        child.kill()
        child.wait(10)


def paste(display, selection, target="UTF8_STRING"):
    """What xclip, a program of its own, gets."""
    found = subprocess.run(
        ["xclip", "-selection", selection, "-o", "-t", target],
        env={**os.environ, "DISPLAY": display},
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )
    return found.stdout


def test_another_program_gets_the_token_and_its_mark_and_never_by_the_selection(display, copier):
    child = copier(30)
    assert paste(display, "clipboard") == "EAAB" + "x7Qd" * 10
    assert paste(display, "clipboard", "x-kde-passwordManagerHint") == "secret"
    assert paste(display, "primary") == ""
    assert child.poll() is None


def test_it_is_gone_when_its_time_is_up(display, copier):
    child = copier(1)
    assert child.stdout.readline() == "cleared\n"
    assert paste(display, "clipboard") == ""


def test_what_another_program_copied_since_is_left_alone(display, copier):
    child = copier(2)
    holder = subprocess.Popen(
        ["xclip", "-selection", "clipboard", "-quiet"],
        env={**os.environ, "DISPLAY": display},
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert holder.stdin is not None
    holder.stdin.write(b"shopping list")
    holder.stdin.close()
    assert child.stdout.readline() == "cleared\n"
    assert paste(display, "clipboard") == "shopping list"
    holder.kill()
    holder.wait(10)


def test_a_crash_leaves_no_dump(tmp_path):
    script = (
        "from gui.desktop.crash import leave_no_dump\n"
        "leave_no_dump()\n"
        "import os, resource\n"
        "assert max(resource.getrlimit(resource.RLIMIT_CORE)) <= 1\n"
        "os.abort()\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
    )
    assert child.stderr is not None
    said = child.stderr.read()
    _, status = os.waitpid(child.pid, 0)
    assert os.WIFSIGNALED(status), said
    assert not os.WCOREDUMP(status)
    assert list(tmp_path.iterdir()) == []
