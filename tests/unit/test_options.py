import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*arguments):
    return subprocess.run(
        [sys.executable, "main.py", *arguments], check=False, cwd=ROOT, capture_output=True, text=True, timeout=60
    )


def test_version():
    from gui import __version__

    assert run("--version").stdout == f"Page Keys {__version__}\n"


@pytest.mark.parametrize(
    "url",
    [
        "https://graph.facebook.com.example",
        "http://10.0.0.1:80",
        "http://127.0.0.1.example",
        "ftp://127.0.0.1",
        "http://user@127.0.0.1",
        "http://127.0.0.1/x",
        "graph",
    ],
)
def test_another_facebook_is_on_this_computer_only(url):
    for name in ("--graph-url", "--login-url"):
        refused = run("--graph-url", "http://127.0.0.1:1", name, url)
        assert refused.returncode == 2
        assert "only an address on this computer" in refused.stderr


def test_importing_main_costs_nothing():
    code = (
        "import sys, main; print([name for name, module in sys.modules.items() "
        "if module and name.split('.')[0] in {'PySide6', 'requests', 'keyring', 'gui', 'argparse'}])"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )


def test_in_the_background_it_starts_without_a_paint(tmp_path):
    """It takes the lock of its profile and answers a second start."""
    import time

    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "main.py", "--profile", str(tmp_path)]
    first = subprocess.Popen([*command, "--background"], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        ends = time.monotonic() + 20
        while not (tmp_path / "ledger.sqlite3").exists() and time.monotonic() < ends:
            time.sleep(0.05)
        assert (tmp_path / "running.lock").exists()
        assert (tmp_path / "ledger.sqlite3").exists()
        assert (
            subprocess.run(
                command, cwd=ROOT, env=environment, timeout=20, check=False, stderr=subprocess.DEVNULL
            ).returncode
            == 0
        )
        assert first.poll() is None
    finally:
        first.kill()
        first.wait(5)


@pytest.mark.parametrize(
    ("arguments", "languages"),
    [
        ([], []), (["--practice"], []), (["--language", "de"], ["de"]), (["--practice", "--language=pt_BR"], ["pt_BR"]),
        (["--language"], []), (["--profile", "--language", "--language", "ar"], ["--language"]),
    ],
)  # fmt: skip
def test_the_language_is_known_before_anything_speaks(arguments, languages):
    import main

    assert main._languages(arguments) == languages


def test_another_language_is_taken():
    assert run("--language", "de", "--version").returncode == 0
    assert run("--language").returncode == 2


@pytest.mark.parametrize("more", [["--practice"], ["--profile", "x"], ["--version-of-nothing"]])
def test_to_remove_what_is_kept_goes_alone(more):
    refused = run("--remove-data", *more)
    assert refused.returncode == 2
