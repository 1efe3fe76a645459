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


def test_a_copy_that_holds_the_profile_and_hangs_is_told(qapp, tmp_path):
    code = (
        f"import sys, time; sys.path.insert(0, {str(ROOT)!r}); from pathlib import Path; "
        "from PySide6.QtCore import QCoreApplication; a = QCoreApplication([]); "
        "from gui.desktop.single_instance import SingleInstance; "
        f"o = SingleInstance(Path({str(tmp_path)!r})); assert o.first(); print('first', flush=True); time.sleep(60)"
    )
    first = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    try:
        assert first.stdout is not None
        assert first.stdout.readline() == "first\n"
        second = SingleInstance(tmp_path)
        assert not second.first()
        assert second.is_first_silent
    finally:
        first.kill()
        first.wait(5)


def test_where_no_lock_can_be_written_this_is_no_second_copy(qapp, tmp_path):
    (tmp_path / "file").write_text("mine", "utf-8")
    copy = SingleInstance(tmp_path / "file")
    assert copy.first()
    assert not copy.lock()
    (tmp_path / "file").unlink()
    assert copy.lock(), "once it can be written it is"
    assert not SingleInstance(tmp_path / "file").lock()
    copy.release()


def test_without_a_lock_the_copy_that_answers_is_the_first(qtbot, qapp, tmp_path):
    (tmp_path / "file").write_text("mine", "utf-8")
    first = SingleInstance(tmp_path / "file")
    assert first.first()
    with qtbot.waitSignal(first.handed_over, timeout=10_000):
        second = subprocess.Popen([sys.executable, "main.py", "--profile", str(tmp_path / "file")], cwd=ROOT)
    assert second.wait(10) == 0
    first.release()
