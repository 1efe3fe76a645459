"""Work in a child process: its result comes back, and it ends within its limits whatever it does."""

import ctypes
import os
import sys
import threading
import time
from typing import Any

import pytest

from gui.errors import Cancelled, UserError
from gui.files import child
from gui.files.child import run_in_child
from tests.support.people import JOB, Collected


def result_of(*values):
    *arguments, _ = values
    return {"arguments": arguments, "process": os.getpid()}


def tell(count, progress):
    for number in range(count):
        progress(number)
    return count


def take_memory(progress):
    held = [bytearray(64 * 1024 * 1024) for _ in range(200)]
    return len(held)


def never_end(progress):
    progress(os.getpid())
    while True:
        time.sleep(0.05)


def end_at_once(progress):
    os._exit(3)


def fail_with(kind, values, progress):
    raise UserError(kind, **values)


def fault(secret, progress):
    sys.stderr.write(secret)
    raise ValueError(secret)


def failure(*work, job=JOB):
    reports: list[Any] = []
    with pytest.raises(UserError) as caught:
        run_in_child(work[0], work[1:], job, reports.append)
    return caught.value


def is_running(process):
    if sys.platform == "win32":
        # There signal 0 is Ctrl+C, and would be sent.
        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, process)
        ended = ctypes.c_ulong()
        has_said = handle and ctypes.windll.kernel32.GetExitCodeProcess(handle, ctypes.byref(ended))
        return bool(has_said) and ended.value == 259
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_result_comes_from_another_process():
    result = run_in_child(result_of, ("a", 7), JOB, lambda _: None)
    assert result["arguments"] == ["a", 7]
    assert result["process"] != os.getpid()
    assert not is_running(result["process"])


def test_what_it_tells_comes_while_it_works():
    reports: list[Any] = []
    assert run_in_child(tell, (5,), JOB, reports.append) == 5
    assert reports == [0, 1, 2, 3, 4]


def test_a_user_error_comes_through_with_its_values():
    error = failure(fail_with, "import_not_read", {"name": "tokens.csv"})
    assert (error.kind, error.values) == ("import_not_read", {"name": "tokens.csv"})


def test_its_own_faults_say_nothing_of_what_it_read(capfd):
    error = failure(fault, "EAAx7QdZA")
    assert error.kind == "import_unreadable"
    assert "EAAx7QdZA" not in repr(error) + str(error.__cause__) + str(error.__context__)
    said = capfd.readouterr()
    assert "EAAx7QdZA" not in said.out + said.err


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not hold the limit")
def test_more_memory_than_its_limit_is_refused():
    assert failure(take_memory).kind == "import_too_heavy"


def test_its_time_is_limited(monkeypatch):
    monkeypatch.setattr(child, "SECONDS", 1.0)
    begun = time.monotonic()
    reports: list[Any] = []
    with pytest.raises(UserError) as caught:
        run_in_child(never_end, (), JOB, reports.append)
    assert caught.value.kind == "import_too_heavy"
    assert time.monotonic() - begun < 5
    assert not any(is_running(process) for process in reports)


def test_one_that_dies_is_told():
    assert failure(end_at_once).kind == "import_too_heavy"


def test_it_ends_when_the_person_stops_it():
    reports: list[Any] = []

    class Stopping(Collected):
        def check(self):
            if reports:
                raise Cancelled

    with pytest.raises(Cancelled):
        run_in_child(never_end, (), Stopping(), reports.append)
    assert not is_running(reports[0])


def test_it_works_beside_other_threads():
    results: list[int] = []

    def run():
        results.append(run_in_child(tell, (3,), JOB, lambda _: None))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert results == [3, 3]
