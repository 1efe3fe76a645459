"""The leak scan can fail: it finds a secret that was planted."""

import os
import subprocess
import sys
from pathlib import Path

from gui.tour.private_session import files_holding

TOKEN = "EAAB" + "x7QdZAbc9" * 20


def test_a_planted_secret_is_found(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "log.bin").write_bytes(b"\0\1" + TOKEN.encode() + b"\2")
    (tmp_path / "clean").write_text("nothing", "utf-8")
    assert files_holding(tmp_path, {TOKEN}) == [str(tmp_path / "a" / "b" / "log.bin")]
    assert files_holding(tmp_path, {TOKEN}, apart_from=(tmp_path / "a",)) == []
    assert files_holding(tmp_path, {"EAAother" * 4}) == []


SLOW = """#!/bin/sh
sleep 0.7
exec /usr/bin/gnome-keyring-daemon "$@"
"""
START = """
from gui.tour.private_session import PrivateSession
session = PrivateSession()
try:
    session.start()
    print(session.owner() == session.keyring_pid, session.everything_kept())
finally:
    session.stop()
"""


def test_a_keychain_that_is_slow_to_start_is_not_overtaken_by_one_that_the_bus_starts(tmp_path):
    """Whoever asks too early makes the bus start another keychain, locked, in whose place ours never comes."""
    wrapper = tmp_path / "gnome-keyring-daemon"
    wrapper.write_text(SLOW, "utf-8")
    wrapper.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(
        [sys.executable, "-c", START],
        check=False,
        cwd=Path(__file__).parents[3],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout == "True []\n", done.stderr
