"""Calls made ahead, side by side: in their order, with waits made once for all, and none left running."""

import threading
import time
from contextlib import closing

import pytest

from gui.errors import Cancelled
from gui.graph.side_by_side import SideBySide
from gui.values import Waiting
from tests.support.people import Collected


class InOneThread(Collected):
    """A job that minds which thread speaks to it."""

    def __init__(self, **more) -> None:
        super().__init__(**more)
        self.thread = threading.get_ident()

    def report(self, progress) -> None:
        assert threading.get_ident() == self.thread
        super().report(progress)

    def check(self) -> None:
        assert threading.get_ident() == self.thread
        super().check()


def everything(calls, streams, **more):
    with closing(calls.run(streams, **more)) as lists:
        return [list(one) for one in lists]


def test_a_stream_goes_on_while_what_it_brought_is_used():
    went_on = threading.Event()

    def stream():
        yield 1
        went_on.set()
        yield 2

    with closing(SideBySide(InOneThread()).run([stream()])) as lists:
        values = next(lists)
        assert next(values) == 1
        assert went_on.wait(5)
        assert list(values) == [2]


def test_values_come_in_the_order_of_the_streams_whichever_is_first():
    last_ended = threading.Event()

    def first():
        assert last_ended.wait(5)
        yield "first"

    def last():
        yield "last"
        last_ended.set()

    assert everything(SideBySide(InOneThread()), [first(), last()], at_once=2) == [["first"], ["last"]]


@pytest.mark.parametrize(("count", "at_once"), [(0, 4), (1, 4), (3, 1), (20, 4)])
def test_every_stream_is_followed_to_its_end(count, at_once):
    streams = [iter(range(number)) for number in range(count)]
    assert everything(SideBySide(Collected()), streams, at_once=at_once) == [list(range(one)) for one in range(count)]


def test_an_error_comes_where_its_stream_is_used_and_hides_no_other():
    def broken():
        yield 1
        raise KeyError("broken")

    found: list[object] = []
    with closing(SideBySide(Collected()).run([broken(), iter([2])], at_once=2)) as lists:
        for one in lists:
            try:
                found.extend(one)
            except KeyError:
                found.append("broken")
    assert found == [1, "broken", 2]


def test_after_an_error_that_ends_all_no_call_is_made():
    calls = SideBySide(Collected())
    made: list[str] = []
    has_ended = threading.Event()

    def ends():
        yield 0
        has_ended.set()
        raise KeyError("all")

    def other():
        yield 1
        assert has_ended.wait(5)
        time.sleep(0.05)
        calls.check()
        made.append("other")

    def never():
        calls.check()
        made.append("never")
        yield 2

    found: list[object] = []
    with closing(calls.run([other(), ends(), never()], at_once=2, ends_all=lambda error: True)) as lists:
        for one in lists:
            try:
                found.extend(one)
            except KeyError as error:
                found.append(error.args[0])
    assert found == [1, "all", 0, "all", "all"]
    assert not made


def test_a_stop_ends_every_stream_and_nothing_runs_after_it():
    calls = SideBySide(Collected(stop_after=1))

    def stream():
        calls.report("a report")
        while True:
            calls.check()
            time.sleep(0.001)
            yield 0

    before = threading.active_count()
    with pytest.raises(Cancelled), closing(calls.run([stream() for _ in range(4)], at_once=4)) as lists:
        list(next(lists))
    assert threading.active_count() == before


def test_a_wait_for_a_limit_that_all_met_is_made_once_by_the_job():
    class Waits(InOneThread):
        def pause(self, waiting) -> None:
            super().pause(waiting)
            time.sleep(0.2)  # By then the others want theirs.

    job = Waits()
    calls = SideBySide(job)
    together = threading.Barrier(4, timeout=5)

    def stream():
        together.wait()
        calls.pause(Waiting(300, "limit"))
        yield 1

    assert everything(calls, [stream() for _ in range(4)], at_once=4) == [[1]] * 4
    assert job.pauses == [300]


def test_near_a_limit_each_call_is_spaced_from_the_other():
    job = InOneThread()
    calls = SideBySide(job)

    def stream():
        calls.pause(Waiting(2, "near_limit"))
        yield 1

    everything(calls, [stream() for _ in range(4)], at_once=4)
    assert job.pauses == [2] * 4


def test_while_one_stream_waits_the_others_make_no_call():
    is_waiting = threading.Event()
    is_over: list[bool] = []
    made_while_waiting: list[bool] = []

    class Waits(InOneThread):
        def pause(self, waiting) -> None:
            is_waiting.set()
            time.sleep(0.1)
            is_over.append(True)

    calls = SideBySide(Waits())

    def waits():
        calls.pause(Waiting(1, "limit"))
        yield 1

    def goes_on():
        assert is_waiting.wait(5)
        calls.check()
        made_while_waiting.append(not is_over)
        yield 2

    assert everything(calls, [waits(), goes_on()], at_once=2) == [[1], [2]]
    assert made_while_waiting == [False]


def test_a_stop_in_a_wait_ends_the_streams_that_want_one_too():
    class Stopped(Collected):
        def pause(self, waiting) -> None:
            raise Cancelled

    calls = SideBySide(Stopped())

    def stream():
        calls.pause(Waiting(1, "limit"))
        yield 1

    before = threading.active_count()
    with pytest.raises(Cancelled), closing(calls.run([stream() for _ in range(4)], at_once=4)) as lists:
        list(next(lists))
    assert threading.active_count() == before


def test_what_came_before_a_wait_is_used_before_it():
    job = Collected()
    calls = SideBySide(job)

    def stream():
        yield "row"
        calls.pause(Waiting(1, "limit"))

    with closing(calls.run([stream()])) as lists:
        for value in next(lists):
            job.report(value)
    assert [one if isinstance(one, str) else one.kind for one in job.reports] == ["row", "limit"]


def test_the_jobs_own_calls_speak_to_it_at_once():
    job = Collected()
    calls = SideBySide(job)
    calls.report("before")
    calls.pause(Waiting(1, "limit"))
    with closing(calls.run([iter([1])])) as lists:
        list(next(lists))
        calls.report("between")
    assert [one if isinstance(one, str) else one.kind for one in job.reports] == ["before", "limit", "between"]
