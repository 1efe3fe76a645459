"""A file is its owner's alone, and where a disk keeps no rights that is known."""

import subprocess
import sys
from pathlib import Path

import pytest

from gui.files import rights
from gui.files.atomic import atomic_write
from tests.support.rights import assert_owners_alone


def test_a_file_becomes_its_owners_alone(tmp_path):
    path = tmp_path / "Blossom & Co, 🌸 مخبز.csv"
    path.write_bytes(b"content")
    path.chmod(0o666)
    assert rights.restrict_to_owner(path)
    assert_owners_alone(path)
    assert path.read_bytes() == b"content"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows: a file's mode means nothing there")
@pytest.mark.parametrize("mode", [0o644, 0o777, 0o604, 0o660])
def test_a_disk_that_keeps_no_rights_is_known(tmp_path, monkeypatch, mode):
    """As FAT's: every file has the rights that the disk was mounted with."""
    monkeypatch.setattr(Path, "chmod", lambda path, _: path.__class__.touch(path))
    path = tmp_path / "a.csv"
    path.touch()
    subprocess.run(["chmod", f"{mode:o}", path], check=True)
    assert not rights.restrict_to_owner(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows: a file's mode means nothing there")
def test_a_disk_that_refuses_other_rights_is_known_and_the_file_is_written(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(1, "no rights here")

    monkeypatch.setattr(Path, "chmod", refuse)
    assert not atomic_write(tmp_path / "a.csv", b"content")
    assert (tmp_path / "a.csv").read_bytes() == b"content"
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]


def windows_tool(tmp_path, monkeypatch, code):
    """Stands in for Windows' icacls where there is none: notes what it is asked, and ends with `code`."""
    tool = tmp_path / "Windows" / "System32" / "icacls.exe"
    tool.parent.mkdir(parents=True)
    tool.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >"{tmp_path}/asked"\nexit {code}\n', "utf-8")
    tool.chmod(0o700)
    monkeypatch.setenv("SYSTEMROOT", str(tmp_path / "Windows"))
    monkeypatch.setattr(sys, "platform", "win32")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows: it has the tool itself")
@pytest.mark.parametrize(("code", "is_owners_alone"), [(0, True), (5, False), (1332, False)])
def test_on_windows_its_own_tool_takes_away_what_the_folder_grants(tmp_path, monkeypatch, code, is_owners_alone):
    path = tmp_path / "Blossom & Co; 100% 🌸.csv"
    path.touch()
    windows_tool(tmp_path, monkeypatch, code)
    assert rights.restrict_to_owner(path) == is_owners_alone
    asked = (tmp_path / "asked").read_text("utf-8").splitlines()
    assert asked == [str(path), "/inheritance:r", "/grant:r", "*S-1-3-4:F"]


def test_a_windows_without_its_tool_grants_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("SYSTEMROOT", str(tmp_path / "nowhere"))
    monkeypatch.setattr(sys, "platform", "win32")
    path = tmp_path / "a.csv"
    path.touch()
    assert not rights.restrict_to_owner(path)
