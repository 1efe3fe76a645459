"""The window on every screen: never larger than its free part, back where it stood, and never on one that is gone.

Each start is a process of its own, with the screens that the test gives it.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QStandardPaths

from gui.app import _data_folder
from gui.parts import default_folder

ROOT = Path(__file__).parents[2]
START = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QRect
from gui.app import Program, make_application
from gui.options import Options
from gui.tour.ui_driver import process_events
application = make_application(["page-keys"])
profile, moved_to = Path(sys.argv[1]), json.loads(sys.argv[2])
program = Program(application, Options(profile=profile))
opened = []
program.opened.connect(lambda: opened.append(True))
program.window.show()
while not opened:
    process_events(50)
process_events(100)
if moved_to:
    program.window.setGeometry(QRect(*moved_to))
    process_events(100)
window = program.window
print(json.dumps([*window.geometry().getRect(), *window.screen().availableGeometry().getRect()]))
window.close()
program.end()
"""


@pytest.fixture
def start(tmp_path, private_session):
    """Starts the program on these screens (x, y, width, height, pixel ratio); its window's and its screen's place."""

    def run(*screens, moved_to=()):
        config = tmp_path / "screens.json"
        names = ("x", "y", "width", "height", "dpr")
        described = [
            {"name": f"screen {number}", "logicalDpi": 96, "logicalBaseDpi": 96, **dict(zip(names, one, strict=True))}
            for number, one in enumerate(screens)
        ]
        config.write_text(json.dumps({"screens": described}), "utf-8")
        environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", START, str(tmp_path / "profile"), json.dumps(moved_to)]
        found = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=True
        )
        numbers = json.loads(found.stdout)
        return numbers[:4], numbers[4:]

    return run


def is_within(window, screen) -> bool:
    x, y, width, height = window
    left, top, screen_width, screen_height = screen
    return x >= left and y >= top and x + width <= left + screen_width and y + height <= top + screen_height


@pytest.mark.parametrize(
    "screen",
    [
        (0, 0, 960, 540, 2), (0, 0, 1280, 720, 1.5), (0, 0, 1366, 768, 1), (0, 0, 640, 360, 3), (0, 0, 1920, 1080, 1),
        (-1080, -300, 1080, 1920, 1),
    ],
)  # fmt: skip
def test_the_window_is_never_larger_than_the_screen(start, screen):
    window, free = start(screen)
    assert is_within(window, free)
    # Borders are as the system draws them.
    assert min(1240, free[2]) - window[2] <= 4, "as wide as it may be"
    assert min(800, free[3]) - window[3] <= 40, "as high as it may be"


def test_it_comes_back_where_it_stood(start):
    place = [310, 120, 1000, 640]
    start((0, 0, 1920, 1080, 1), moved_to=place)
    assert start((0, 0, 1920, 1080, 1))[0] == place


def test_from_a_screen_that_is_gone_it_comes_back(start):
    both = (0, 0, 1920, 1080, 1), (1920, 0, 1920, 1080, 1)
    window, free = start(*both, moved_to=[2200, 100, 1100, 700])
    assert is_within(window, free)
    window, free = start(both[0])
    assert is_within(window, free)
    window, free = start((0, 0, 960, 540, 2))
    assert is_within(window, free)


def test_its_file_lies_where_the_database_does_and_holds_the_place_alone(start, tmp_path):
    start((0, 0, 1920, 1080, 1))
    kept = QSettings(str(tmp_path / "profile" / "window.ini"), QSettings.Format.IniFormat)
    assert kept.allKeys() == ["window/geometry"]
    assert QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    assert _data_folder() == default_folder()


@pytest.mark.parametrize(
    "damaged", ["", "[window]\ngeometry=nonsense\n", "\0\xff" * 50, "[window]\ngeometry=@ByteArray(x)\n"]
)
def test_a_damaged_file_is_no_harm(start, tmp_path, damaged):
    (tmp_path / "profile").mkdir()
    (tmp_path / "profile" / "window.ini").write_text(damaged, "utf-8")
    window, free = start((0, 0, 1920, 1080, 1))
    assert is_within(window, free)
    assert (window[2], window[3]) == (1240, 800)
