"""Computers as they are: a full disk, a folder that cannot be written or made; the window opens and says it."""

import contextlib
import os
import subprocess
from pathlib import Path

import pytest

from tests.journeys.conftest import Journey


def mounted(folder: Path, *options: str) -> bool:
    """Whether a file system of its own could be put at this folder; only the administrator may."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", *options, "tmpfs", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


@contextlib.contextmanager
def file_system(folder: Path, *options: str):
    if not mounted(folder, *options):
        pytest.skip("only the administrator may mount a file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def at_profile(qapp, practice, private_session):
    """The window with a profile at any path."""
    journeys = []

    def open_at(profile: Path) -> Journey:
        journeys.append(Journey(qapp, practice, private_session, profile))
        journeys[-1].open()
        return journeys[-1]

    yield open_at
    for journey in journeys:
        journey.close()
    private_session.forget()


def works(journey: Journey) -> None:
    """The whole job, from Welcome to the kept Pages."""
    journey.close()
    journey.set_up()
    journey.log_in()
    journey.to_pages(3)


@pytest.mark.parametrize("below", ["profile", "profile/data/page-keys"])
def test_a_profile_that_is_a_file_is_said_and_can_be_mended(at_profile, tmp_path, below):
    (tmp_path / "profile").write_text("mine", "utf-8")
    journey = at_profile(tmp_path / below)
    notice = journey.driver.notice("Page Keys cannot keep anything in its folder")
    assert (tmp_path / "profile").read_text("utf-8") == "mine"
    (tmp_path / "profile").unlink()
    journey.driver.click(notice.main_button)
    journey.driver.wait(lambda: (tmp_path / below / "ledger.sqlite3").exists(), "the database")
    journey.driver.wait(lambda: (tmp_path / below / "running.lock").exists(), "the lock, from now on")
    works(journey)


def test_a_folder_that_is_on_a_read_only_disk_is_said(at_profile, tmp_path):
    with file_system(tmp_path / "disk", "-o", "ro"):
        journey = at_profile(tmp_path / "disk" / "profile")
        notice = journey.driver.notice("Page Keys cannot write to")
        subprocess.run(["mount", "-o", "remount,rw", str(tmp_path / "disk")], check=True)
        journey.driver.click(notice.main_button)
        journey.driver.wait(lambda: (journey.profile / "ledger.sqlite3").exists(), "the database")
        journey.close()


def test_a_full_disk_is_said_and_the_window_works_once_there_is_room(at_profile, tmp_path):
    with file_system(tmp_path / "disk", "-o", "size=512k"):
        ballast = tmp_path / "disk" / "ballast"
        with contextlib.suppress(OSError), ballast.open("wb") as file:
            while True:
                file.write(b"x" * 4096)
                file.flush()
        journey = at_profile(tmp_path / "disk" / "profile")
        notice = journey.driver.notice("The disk is full")
        ballast.unlink()
        journey.driver.click(notice.main_button)
        journey.driver.wait(lambda: not journey.driver.seen("noticeClose"), "no notice")
        journey.close()


def test_a_path_that_is_no_text_is_a_profile_like_any_other(at_profile, tmp_path):
    profile = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    journey = at_profile(profile)
    works(journey)
    journey.close()
    assert (profile / "ledger.sqlite3").exists()
    journey.open()
    journey.driver.wait(lambda: len(journey.table.pages.rows) == 3, "the Pages that were kept")
