import subprocess
import sys
from pathlib import Path

from gui.desktop.single_instance import SingleInstance

ROOT = Path(__file__).parents[2]


def test_a_second_start_raises_the_first(qtbot, qapp, tmp_path):
    first = SingleInstance(tmp_path)
    assert first.first()
    with qtbot.waitSignal(first.handed_over, timeout=10_000):
        second = subprocess.Popen([sys.executable, "main.py", "--profile", str(tmp_path)], cwd=ROOT)
    assert second.wait(10) == 0
    first.release()


def test_two_profiles_run_side_by_side(qapp, tmp_path):
    first, second = SingleInstance(tmp_path / "a"), SingleInstance(tmp_path / "b")
    assert first.first()
    assert second.first()
    first.release()
    second.release()


def test_the_lock_of_a_dead_process_is_taken_over(qapp, tmp_path):
    code = (
        f"import sys, os; sys.path.insert(0, {str(ROOT)!r}); from pathlib import Path; "
        "from PySide6.QtCore import QCoreApplication; a = QCoreApplication([]); "
        "from gui.desktop.single_instance import SingleInstance; "
        f"o = SingleInstance(Path({str(tmp_path)!r})); assert o.first(); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    assert (tmp_path / "running.lock").exists()
    again = SingleInstance(tmp_path)
    assert again.first()
    again.release()
