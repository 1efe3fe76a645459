"""From process start to the first paint, against a bare QApplication + QMainWindow, in turn in one run."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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

OURS = """
import sys, time
sys.path.insert(0, {root!r})
sys.argv = ["main.py"]
from gui import frame
paint = frame.Canvas.paintEvent
def painted(self, event):
    paint(self, event)
    heavy = [name for name in ("keyring", "requests", "PySide6.QtWebEngineCore") if name in sys.modules]
    print(time.monotonic(), *heavy, flush=True)
    import os
    os._exit(0)
frame.Canvas.paintEvent = painted
import main
main.main([])
"""


def _once(code: str, data: str = "") -> tuple[float, list[str]]:
    began = time.monotonic()
    said = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": data},
    ).stdout.split()
    return float(said[0]) - began, said[1:]


def run() -> None:
    """Print both medians and their ratio; say so if something heavy was imported before the paint."""
    with tempfile.TemporaryDirectory() as folder:
        pairs = []
        heavy: list[str] = []
        for _ in range(ROUNDS + 1):
            bare, _nothing = _once(BARE)
            mine, heavy = _once(OURS.format(root=str(ROOT)), folder)
            pairs.append((bare, mine))
        pairs = pairs[1:]
    ratio = statistics.median(mine / bare for bare, mine in pairs)
    bare, mine = (statistics.median(pair[place] for pair in pairs) for place in (0, 1))
    print(f"bare {bare * 1000:.0f} ms, Page Keys {mine * 1000:.0f} ms, ratio {ratio:.2f} (at most 1.50; aim 1.25)")
    print(f"imported before it: {', '.join(heavy) or 'none of keyring, requests, QtWebEngine'}")
