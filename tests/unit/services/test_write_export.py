"""An exported file is written whole or not at all, for its owner's eyes only."""

import errno
import os
import sys
from pathlib import Path

import pytest

from gui.errors import UserError
from gui.files.atomic import atomic_write
from gui.services.write_export import write_export
from tests.support.rights import assert_owners_alone


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):

    path = tmp_path / "a"
    path.write_bytes(b"before")
    path.chmod(0o666)
    atomic_write(path, b"after")
    assert path.read_bytes() == b"after"
    assert_owners_alone(path)

    def fail(*_):
        raise OSError(28, "full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="full"):
        atomic_write(path, b"never")
    assert path.read_bytes() == b"after"
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("content", [b"", b"one", b"\0\xff" * 500_000])
@pytest.mark.parametrize("name", ["Page tokens.csv", "مخبز أميرة.csv", "🌸 Blossom & Co.csv"])
def test_a_file_of_any_name_and_size_is_its_owners_alone(tmp_path, name, content):
    path = tmp_path / name
    write_export(path, content)
    assert path.read_bytes() == content
    assert_owners_alone(path)
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_what_was_there_is_replaced_and_becomes_its_owners_alone(tmp_path):
    path = tmp_path / "Page tokens.csv"
    path.write_bytes(b"before, and longer than after")
    path.chmod(0o666)
    write_export(path, b"after")
    assert path.read_bytes() == b"after"
    assert_owners_alone(path)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises(UserError) as caught:
            write_export(folder / "a.csv", b"content")
        assert (caught.value.kind, caught.value.values) == ("export_folder_missing", {"name": str(folder)})
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_a_place_that_cannot_be_written_is_named_and_left_as_it_was(tmp_path):
    folder = tmp_path / "a.csv"
    folder.mkdir()
    (folder / "inside").write_bytes(b"before")
    with pytest.raises(UserError) as caught:
        write_export(folder, b"content")
    assert (caught.value.kind, caught.value.values) == ("export_not_written", {"name": str(tmp_path)})
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]
    assert (folder / "inside").read_bytes() == b"before"


def test_a_full_disk_is_told_and_leaves_what_was_there(tmp_path, monkeypatch):
    path = tmp_path / "Page tokens.csv"
    path.write_bytes(b"before")

    def full(handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError) as caught:
        write_export(path, b"content")
    assert (caught.value.kind, caught.value.values) == ("disk_full", {"name": str(tmp_path)})
    assert path.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir()] == ["Page tokens.csv"]


def test_an_error_carries_nothing_of_what_was_to_be_written(tmp_path):
    with pytest.raises(UserError) as caught:
        write_export(tmp_path / "nowhere" / "a.csv", b"EAAsecret")
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


def test_a_file_that_another_program_has_open_stays_and_is_named(tmp_path, monkeypatch):
    path = tmp_path / "Page tokens.csv"
    path.write_bytes(b"before")
    with path.open("rb") as held:
        if sys.platform != "win32":
            # There whoever reads a file keeps nobody from replacing it: the answer is Windows'.
            def refuse(source, target):
                raise PermissionError(errno.EACCES, "Access is denied", str(source), 5, str(target))

            monkeypatch.setattr(Path, "replace", refuse)
        with pytest.raises(UserError) as caught:
            write_export(path, b"after")
        assert (caught.value.kind, caught.value.values) == ("export_not_replaced", {"name": path.name})
        assert held.read() == b"before"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
