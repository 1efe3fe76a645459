"""What `make run` installs and says, on a system with the packages of some release."""

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

#: A stand-in for the system: what dpkg knows is installed, what the release has, who runs it, what was asked of apt.
_TOOLS = {
    "dpkg-query": 'case " $INSTALLED " in *" $3 "*) echo "install ok installed";; *) exit 1;; esac',
    "apt-cache": 'case " $RELEASE " in *" $2 "*) echo "$2 | 1.0 | a release";; esac',
    "apt-get": 'echo "apt-get $*" >> "$ASKED"',
    "sudo": 'echo "sudo $*" >> "$ASKED"',
    "id": 'echo "$WHO"',
}
_USUAL = "libegl1 libgl1 libnss3 libxkbcommon-x11-0 libxcb-cursor0"


@pytest.fixture
def prepare(tmp_path):
    """Runs prepare.sh in a tree whose Python packages are there already; gives its result and what was asked of apt."""
    tree, tools, asked = tmp_path / "tree", tmp_path / "tools", tmp_path / "asked"
    shutil.copytree(ROOT / "packaging", tree / "packaging")
    tools.mkdir()
    for name, does in _TOOLS.items():
        tool = tools / name
        tool.write_text(f"#!/bin/sh\n{does}\n", "utf-8")
        tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    texts = b"".join((tree / "packaging" / f"requirements{end}.txt").read_bytes() for end in ("-dev", ""))
    stamp = subprocess.run(["cksum"], input=texts, capture_output=True, check=True).stdout.split()[0].decode()
    (tree / ".venv").mkdir()
    (tree / ".venv" / f".ready-{stamp}-run").touch()

    def run(who: int, installed: str = "", release: str = "") -> tuple[subprocess.CompletedProcess[str], str]:
        asked.unlink(missing_ok=True)
        environment = {
            "PATH": f"{tools}:{os.environ['PATH']}", "WHO": str(who), "INSTALLED": installed, "RELEASE": release,
            "ASKED": str(asked), "DISPLAY": ":1",
        }  # fmt: skip
        done = subprocess.run(
            ["bash", str(tree / "packaging" / "prepare.sh"), "run"],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done, asked.read_text("utf-8") if asked.exists() else ""

    return run


def test_a_person_is_told_the_one_line_to_type_and_nothing_is_installed(prepare):
    done, asked = prepare(1000, release="libasound2")
    assert done.returncode == 1
    assert asked == ""
    (line,) = [one for one in done.stderr.splitlines() if "apt-get" in one]
    assert line.strip().startswith("sudo apt-get install --no-install-recommends libegl1 ")
    assert " libasound2 " in line


def test_root_installs_what_is_missing(prepare):
    done, asked = prepare(0, _USUAL, "libasound2")
    assert done.returncode == 0, done.stderr
    assert asked.splitlines()[0] == "apt-get update -qq"
    assert "libxcb-icccm4" in asked
    assert "libegl1" not in asked
    assert "sudo" not in asked


@pytest.mark.parametrize(
    ("release", "name"), [("libasound2", "libasound2"), ("libasound2t64", "libasound2t64")], ids=["12", "13 and 24.04"]
)
def test_a_package_is_asked_for_by_the_name_that_the_release_has(prepare, release, name):
    _done, asked = prepare(0, _USUAL, release)
    assert name in asked.split()


def test_a_package_that_is_there_by_either_name_is_not_asked_for(prepare):
    for installed in ("libasound2", "libasound2t64"):
        _done, asked = prepare(0, f"{_USUAL} {installed}", "libasound2 libasound2t64")
        assert "libasound2" not in asked
        assert "t64" not in asked
