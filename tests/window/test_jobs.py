import threading
import time
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QObject

from gui.errors import UserError
from gui.jobs import Job, Jobs
from gui.values import Waiting

A_MINUTE = Waiting(60, "timeout")


def start(qtbot, call, *arguments):
    jobs = Jobs()
    heard: list[tuple[Any, ...]] = []
    job = jobs.start(
        call, *arguments, owner=jobs,
        done=lambda value: heard.append(("done", value, threading.current_thread() is threading.main_thread())),
        failed=lambda problem: heard.append(("failed", problem)),
        reported=lambda value: heard.append(("reported", value)),
        stopped=lambda: heard.append(("stopped",)),
    )  # fmt: skip
    return jobs, job, heard


def test_a_result_comes_in_the_windows_thread(qtbot, qapp):
    _, _, heard = start(qtbot, lambda a, job: (job.report(1), job.report(2), a)[2], 7)
    qtbot.waitUntil(lambda: len(heard) == 3)
    assert heard == [("reported", 1), ("reported", 2), ("done", 7, True)]


def test_a_problem_comes_as_it_is_and_a_fault_without_its_text(qtbot, qapp):
    def fail(job):
        raise UserError("timeout")

    def fault(job):
        raise ValueError("EAAsecret")

    _, _, heard = start(qtbot, fail)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0][1].kind == "timeout"
    _, _, heard = start(qtbot, fault)
    qtbot.waitUntil(lambda: bool(heard))
    problem = heard[0][1]
    assert problem.kind == "program_fault"
    assert "EAAsecret" not in f"{problem!r} {problem.details} {problem.values}"
    assert problem.details["place"].startswith("test_jobs.py:")


def test_a_stop_is_heard_at_once_even_by_a_call_that_does_not_listen(qtbot, qapp):
    release = threading.Event()
    jobs, job, heard = start(qtbot, lambda job: release.wait(5))
    began = time.monotonic()
    job.stop()
    assert heard == [("stopped",)]
    assert time.monotonic() - began < 0.1
    release.set()
    assert jobs.wait(5)
    qtbot.wait(50)
    assert heard == [("stopped",)]


def test_a_pause_ends_with_the_stop(qtbot, qapp):
    jobs, job, heard = start(qtbot, lambda job: job.pause(A_MINUTE))
    qtbot.waitUntil(lambda: heard == [("reported", A_MINUTE)])
    job.stop()
    assert heard[1:] == [("stopped",)]
    assert jobs.wait(1)


def test_a_pause_can_be_cut_short(qtbot, qapp):
    _jobs, job, heard = start(qtbot, lambda job: job.pause(A_MINUTE) or "went on")
    qtbot.waitUntil(lambda: heard == [("reported", A_MINUTE)])
    job.skip_wait()
    qtbot.waitUntil(lambda: heard[1:] == [("done", "went on", True)], timeout=1000)


def test_a_pause_that_is_cut_short_as_soon_as_it_is_reported_is_cut_short(qtbot, qapp):
    """The report reaches the person before the call has begun to wait."""

    class QuickHand(Job):
        def report(self, progress):
            super().report(progress)
            self.skip_wait()

    owner = QObject()
    job = QuickHand(lambda job: job.pause(A_MINUTE) or "went on", (), owner)
    results: list[str] = []
    job.done.connect(results.append)
    worker = threading.Thread(target=job.run, daemon=True)
    worker.start()
    qtbot.waitUntil(lambda: results == ["went on"], timeout=3000)
    worker.join(3)


def test_nothing_is_delivered_once_the_owner_is_gone(qtbot, qapp):
    """Whatever a call brings, reports or fails with: its owner's slots are not called any more, and the job ends."""

    def fail(job):
        raise UserError("timeout")

    for call in (lambda job: 7, lambda job: (job.report(1), 8)[1], fail):
        release = threading.Event()
        heard: list[object] = []
        over: list[bool] = []
        jobs, owner = Jobs(), QObject()

        def held(job, call=call, release=release):
            release.wait(5)
            return call(job)

        job = jobs.start(
            held,
            owner=owner,
            done=heard.append,
            failed=heard.append,
            reported=heard.append,
            stopped=partial(heard.append, "stopped"),
        )
        job.ended.connect(lambda over=over: over.append(True))
        shiboken6.delete(owner)
        release.set()
        qtbot.waitUntil(lambda over=over: bool(over))
        job.stop()
        assert heard == []


def test_a_failure_that_its_starter_does_not_handle_is_told(qtbot, qapp):
    def fail(job):
        raise UserError("disk_full")

    jobs = Jobs()
    told: list[UserError] = []
    jobs.unhandled.connect(told.append)
    jobs.start(fail, owner=jobs)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].kind == "disk_full"
    jobs.start(fail, owner=jobs, failed=lambda problem: None)
    qtbot.wait(100)
    assert len(told) == 1


def test_what_nobody_waits_for_comes_when_no_job_runs(qtbot, qapp):
    release = threading.Event()
    jobs, _, heard = start(qtbot, lambda job: release.wait(5))
    jobs.when_idle(lambda: heard.append(("idle",)), jobs)
    qtbot.wait(50)
    assert heard == []
    release.set()
    qtbot.waitUntil(lambda: ("idle",) in heard)
    assert heard == [("done", True, True), ("idle",)]
    jobs.when_idle(lambda: heard.append(("again",)), jobs)
    assert ("again",) not in heard, "not in the turn that asked for it"
    qtbot.waitUntil(lambda: ("again",) in heard)


def test_what_is_called_when_idle_may_start_a_job_that_the_next_waits_for(qtbot, qapp):
    jobs = Jobs()
    heard: list[str] = []

    def first():
        jobs.start(lambda job: time.sleep(0.05), owner=jobs, done=lambda _: heard.append("job"))
        heard.append("first")

    jobs.when_idle(first, jobs)
    jobs.when_idle(lambda: heard.append("second"), jobs)
    qtbot.waitUntil(lambda: "second" in heard)
    assert heard == ["first", "job", "second"]


def test_what_waits_for_an_idle_moment_goes_with_its_owner(qtbot, qapp):
    jobs, owner = Jobs(), QObject()
    heard: list[str] = []
    jobs.when_idle(lambda: heard.append("gone"), owner)
    shiboken6.delete(owner)
    jobs.when_idle(lambda: heard.append("there"), jobs)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["there"]
