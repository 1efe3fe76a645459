"""Streams of calls made ahead of whoever uses their answers: one, or a few side by side, each in a thread of its own.

The job is spoken to by its own thread alone: what a call reports, and each wait it wants, is passed on to it.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from gui.errors import Cancelled

if TYPE_CHECKING:
    from gui.errors import JobContext
    from gui.values import Waiting

T = TypeVar("T")

#: How often the job is asked whether the person stopped, while nothing arrives (seconds).
_CHECK_SECONDS = 0.05
#: Spaces calls out: each makes its own. Any other wait is for all, who meet the same limit or trouble.
_ONE_BY_ONE = "near_limit"


@dataclass(frozen=True, slots=True)
class _Report:
    progress: object


@dataclass(frozen=True, slots=True)
class _Pause:
    """A wait that a call wants; `made` is set when it may go on."""

    waiting: Waiting
    asked_at: float = field(default_factory=time.monotonic)
    made: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, slots=True)
class _Item(Generic[T]):
    number: int
    value: T


@dataclass(frozen=True, slots=True)
class _End:
    """The end of a stream: by an error, or well."""

    number: int
    error: Exception | None


class _Streams(Generic[T]):
    """One run: the streams that wait, those that threads follow, and what they brought."""

    def __init__(self, streams: Sequence[Iterator[T]], ends_all: Callable[[Exception], bool]) -> None:
        self.arrived: queue.SimpleQueue[_Report | _Pause | _Item[T] | _End] = queue.SimpleQueue()
        self.is_stopped = False
        self.threads: list[threading.Thread] = []
        self._waiting = iter(enumerate(streams))
        self._ends_all = ends_all
        self._ended_by: Exception | None = None
        self._lock = threading.Lock()

    def start(self, at_once: int) -> None:
        """Follow the streams, at most so many at once."""
        for _ in range(at_once):
            thread = threading.Thread(target=self._follow_some, daemon=True, name="calls")
            self.threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Let every stream end, and wait until none makes a call any more."""
        self.is_stopped = True
        alive = [thread for thread in self.threads if thread.is_alive()]
        while alive:
            # A call may wait for a pause that nobody makes any more.
            self._release_pauses()
            alive[0].join(_CHECK_SECONDS)
            alive = [thread for thread in alive if thread.is_alive()]

    def _release_pauses(self) -> None:
        while not self.arrived.empty():
            event = self.arrived.get()
            if isinstance(event, _Pause):
                event.made.set()

    def _follow_some(self) -> None:
        while True:
            with self._lock:
                number, stream = next(self._waiting, (-1, None))
            if stream is None:
                return
            self.arrived.put(_End(number, self._follow(number, stream)))

    def _follow(self, number: int, stream: Iterator[T]) -> Exception | None:
        """Hand over what a stream brings; the error that ended it."""
        try:
            for value in stream:
                self.arrived.put(_Item(number, value))
        except Cancelled as cancelled:
            return self._ended_by or cancelled
        except Exception as error:  # Raised again where the stream is used.
            if self._ends_all(error):
                self._ended_by = self._ended_by or error
                self.is_stopped = True
            return error
        return None


class SideBySide:
    """The JobContext of calls that streams make while their answers are used; between runs, that of `job` itself.

    A call made by the job's own thread speaks to the job at once.
    """

    def __init__(self, job: JobContext) -> None:
        self._job = job
        self._thread = threading.get_ident()
        self._streams: _Streams[object] | None = None
        self._may_call = threading.Event()
        self._may_call.set()
        self._paused_until = 0.0

    # ------------------------------------------------------ as the calls see it
    def report(self, progress: object) -> None:
        if self._streams is None or self._is_of_the_job:
            self._job.report(progress)
        else:
            self._streams.arrived.put(_Report(progress))

    def pause(self, waiting: Waiting) -> None:
        if self._streams is None or self._is_of_the_job:
            self._job.pause(waiting)
            return
        pause = _Pause(waiting)
        self._streams.arrived.put(pause)
        pause.made.wait()
        self.check()

    def check(self) -> None:
        """Raise Cancelled when the streams are to end; while one pauses the others make no call."""
        if self._streams is None or self._is_of_the_job:
            self._job.check()
            return
        self._may_call.wait()
        if self._streams.is_stopped:
            raise Cancelled

    @property
    def _is_of_the_job(self) -> bool:
        return threading.get_ident() == self._thread

    # ------------------------------------------------------------- as it is run
    def run(
        self,
        streams: Sequence[Iterator[T]],
        at_once: int = 1,
        ends_all: Callable[[Exception], bool] = lambda error: False,
    ) -> Generator[Iterator[T], None, None]:
        """What each stream brings, in the streams' order, while threads follow at most `at_once` of them.

        Each of the iterators raises what ended its stream. After an error of which `ends_all` is true no stream makes
        another call: all end with that error. Use the iterators in turn, each to its end; when the last is used, or
        the run is closed, nothing runs any more.
        """
        run: _Streams[T] = _Streams(streams, ends_all)
        self._streams = run  # type: ignore[assignment]
        held: list[list[T]] = [[] for _ in streams]
        ends: dict[int, _End] = {}
        run.start(min(at_once, len(streams)))
        try:
            for number in range(len(streams)):
                yield self._use(run, number, held, ends)
        finally:
            self._may_call.set()
            run.stop()
            self._streams = None

    def _use(self, run: _Streams[T], number: int, held: list[list[T]], ends: dict[int, _End]) -> Iterator[T]:
        """One stream's values as they arrive; those of the streams after it are held back."""
        while True:
            self._job.check()
            while held[number]:
                yield held[number].pop(0)
                self._job.check()
            if number in ends:
                if (error := ends[number].error) is not None:
                    raise error
                return
            try:
                event = run.arrived.get(timeout=_CHECK_SECONDS)
            except queue.Empty:
                continue
            if isinstance(event, _Report):
                self._job.report(event.progress)
            elif isinstance(event, _Pause):
                self._make(event, run)
            elif isinstance(event, _End):
                ends[event.number] = event
            else:
                held[event.number].append(event.value)

    def _make(self, pause: _Pause, run: _Streams[T]) -> None:
        """Make a wait for all streams; one that was wanted while another was made is over with it."""
        is_new = pause.waiting.kind == _ONE_BY_ONE or pause.asked_at >= self._paused_until
        try:
            if is_new and not run.is_stopped:
                self._may_call.clear()
                self._job.pause(pause.waiting)
        except Cancelled:
            # Before the call that waits may go on.
            run.is_stopped = True
            raise
        finally:
            self._paused_until = time.monotonic() if is_new else self._paused_until
            self._may_call.set()
            pause.made.set()
