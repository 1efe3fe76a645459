"""From process start to the first paint, against a bare QApplication + QMainWindow, in turn in one run."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure, figure_of_rounds, report

ROOT = Path(__file__).parents[2]
ROUNDS = 15

BARE = """
import sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.monotonic(), flush=True)
        import os
        os._exit(0)
app = QApplication([])
window = Window()
window.resize(1240, 800)
window.show()
app.exec()
"""

#: gui.app first: it imports everything in the order of a real start.
OURS = """
import sys, time
sys.path.insert(0, {root!r})
sys.argv = ["main.py"]
import gui.app
from gui.shell.main_window import Canvas
paint = Canvas.paintEvent
def painted(self, event):
    paint(self, event)
    heavy = [name for name in ("keyring", "requests", "PySide6.QtWebEngineCore") if name in sys.modules]
    print(time.monotonic(), *heavy, flush=True)
    import os
    os._exit(0)
Canvas.paintEvent = painted
import main
main.main([])
"""


def _start(code: str, data: str) -> tuple[float, list[str]]:
    """Seconds from the start of a process to its first paint, and what heavy things it had imported by then."""
    began = time.monotonic()
    words = subprocess.run(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": data},
    ).stdout.split()
    return float(words[0]) - began, words[1:]


def measure() -> Iterator[Figure]:
    """The first paint, and what was imported before it."""
    rounds: list[tuple[float, float]] = []
    heavy: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(ROUNDS + 1):
            bare, _ = _start(BARE, folder)
            ours, heavy_now = _start(OURS.format(root=str(ROOT)), folder)
            heavy.update(heavy_now)
            if turn:
                rounds.append((bare * 1000, ours * 1000))
    yield figure_of_rounds("first-paint", "first paint", "ms", rounds, "a bare Qt window", aim=1.25)
    names = ", ".join(sorted(heavy)) or "none of keyring, requests, QtWebEngine"
    yield Figure(
        "first-paint",
        "heavy modules before the paint",
        len(heavy),
        "",
        aim=0,
        aim_on="value",
        note=f"imported: {names}",
    )


def main() -> None:
    report(measure())


if __name__ == "__main__":
    main()
