"""One call off the window's thread: progress, stop, result or failure as signals. No other code touches a thread."""

from __future__ import annotations

import gc
import sys
import threading
import traceback
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal, Slot
from shiboken6 import isValid

from gui.errors import Cancelled, UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.values import Waiting

#: While a job runs, Python offers the window its turn this often (seconds); the default stalls a frame.
_SWITCH_SECONDS = 0.0005
_AT_ONCE = 6
#: More objects than this, made while jobs ran, are what a person looks at: thousands of Pages.
_MANY_OBJECTS = 5_000


class Job(QObject):
    """A running call. It is the `JobContext` that the call reports to.

    `reported` carries what the call hands over while it runs; then exactly one of `done` (its result),
    `failed` (a UserError) or `stopped` comes, in the window's thread. After `stop` nothing but `stopped`
    comes, at once, however long the call still takes to notice. `ended` comes last, when nothing runs any more.
    Once the `owner` is deleted nothing but `ended` comes: the call goes on, but nobody is left to hear of it.
    """

    reported = Signal(object)
    done = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    ended = Signal()
    _arrived = Signal(str, object)

    def __init__(self, call: Callable[..., Any], arguments: tuple[Any, ...], owner: QObject) -> None:
        super().__init__()
        self._owner = owner
        self._call = call
        self._arguments = arguments
        self._stop = threading.Event()
        self._go_on = threading.Event()
        self._is_over = False
        self._arrived.connect(self._deliver)

    # ------------------------------------------------------ in the job's thread
    def report(self, progress: object) -> None:
        if not self._stop.is_set():
            self._arrived.emit("reported", progress)

    def pause(self, waiting: Waiting) -> None:
        # Before the report: the person may answer it at once.
        self._go_on.clear()
        self.report(waiting)
        self.check()
        self._go_on.wait(waiting.seconds)
        self.check()

    def check(self) -> None:
        if self._stop.is_set():
            raise Cancelled

    def run(self) -> None:
        try:
            self._arrived.emit("done", self._call(*self._arguments, self))
        except Cancelled:
            self._arrived.emit("stopped", None)
        except UserError as problem:
            self._arrived.emit("failed", problem)
        except Exception as error:  # Whatever it was, the window lives and the person is told.
            self._arrived.emit("failed", unforeseen(error))

    # --------------------------------------------------- in the window's thread
    def stop(self) -> None:
        """Let the call end. Whoever started it hears so at once, however long the call takes to notice."""
        self._stop.set()
        self._go_on.set()
        if not self._is_over:
            self._is_over = True
            if isValid(self._owner):
                self.stopped.emit()

    def disown(self, owner: QObject | None = None) -> None:
        """Deliver nothing but `ended` from now on: nobody wants it any more. Of another `owner` nothing happens."""
        if owner is None or owner is self._owner:
            self._is_over = True

    def skip_wait(self) -> None:
        """End the pause that the call makes now, if it makes one."""
        self._go_on.set()

    @property
    def running(self) -> bool:
        return not self._is_over

    @Slot(str, object)
    def _deliver(self, signal_name: str, value: object) -> None:
        if signal_name == "reported":
            if not self._is_over and isValid(self._owner):
                self.reported.emit(value)
            return
        was_over, self._is_over = self._is_over, True
        if not was_over and isValid(self._owner):
            if signal_name == "stopped":
                self.stopped.emit()
            elif signal_name == "done":
                self.done.emit(value)
            else:
                self.failed.emit(value)
        self.ended.emit()


def unforeseen(error: BaseException) -> UserError:
    """A UserError for a fault of the program: its kind and place, never its text, which may hold anything."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return UserError(
        "program_fault", fault=type(error).__name__, details={"fault": type(error).__name__, "place": place}
    )


class Jobs(QObject):
    """Starts jobs and keeps them until they are over.

    `unhandled` carries the UserError of a job that failed and was started without `failed`.
    """

    unhandled = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_AT_ONCE)
        self._jobs: set[Job] = set()
        self._when_idle: list[tuple[QObject, Callable[[], object]]] = []
        self._ending = False

    def start(
        self,
        call: Callable[..., Any],
        *arguments: Any,
        owner: QObject,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Any], object] | None = None,
        reported: Callable[[Any], object] | None = None,
        stopped: Callable[[], object] | None = None,
    ) -> Job:
        """Run `call(*arguments, job)` off the window's thread, for `owner`.

        What it brings is delivered while `owner` lives.
        """
        sys.setswitchinterval(_SWITCH_SECONDS)
        if not self._ending:
            # Looking through tens of thousands of rows for cycles stops every thread, the window's too,
            # for frames on end.
            gc.disable()
        job = Job(call, arguments, owner)
        for signal, slot in (
            (job.done, done),
            (job.failed, failed or self.unhandled.emit),
            (job.reported, reported),
            (job.stopped, stopped),
        ):
            if slot is not None:
                signal.connect(slot)
        # Kept until its last signal was delivered: one that is let go of earlier loses it.
        self._jobs.add(job)
        job.ended.connect(lambda: self._over(job))
        self._pool.start(job.run)
        return job

    def when_idle(self, call: Callable[[], object], owner: QObject) -> None:
        """Make `call` in the window's thread, in a turn of the event loop in which no job runs, while `owner` lives.

        For what nobody waits for: beside a job's work it would hold up the window for frames.
        """
        self._when_idle.append((owner, call))
        if not self._jobs:
            QTimer.singleShot(0, self, self._call_idle)

    def _call_idle(self) -> None:
        while self._when_idle and not self._jobs:
            owner, call = self._when_idle.pop(0)
            if isValid(owner):
                call()

    def disown(self, owner: QObject | None = None) -> None:
        """Deliver nothing of an owner's jobs, or of all of them, any more; the calls go on to their end."""
        for job in self._jobs:
            job.disown(owner)

    def _over(self, job: Job) -> None:
        self._jobs.discard(job)
        if not self._jobs and not self._ending:
            if gc.get_count()[0] > _MANY_OBJECTS:
                # They hold no cycles: set aside, they are freed as soon as nothing needs them,
                # and never looked through.
                gc.freeze()
            gc.enable()
            if self._when_idle:
                QTimer.singleShot(0, self, self._call_idle)

    def wait(self, seconds: float) -> bool:
        """Stop all jobs and wait for them at most this long; whether all ended."""
        for job in tuple(self._jobs):
            job.stop()
        # What was set aside, and the window itself, may hold cycles by now.
        self._ending = True
        gc.unfreeze()
        gc.enable()
        return self._pool.waitForDone(int(seconds * 1000))


class Background:
    """A service that runs for the whole session in a thread of its own, such as the practice Facebook."""

    def __init__(self, serve: Callable[[], None], stop: Callable[[], None]) -> None:
        self._stop = stop
        self._thread = threading.Thread(target=serve, daemon=True, name="background")
        self._thread.start()

    def stop(self) -> None:
        self._stop()
        self._thread.join(3)
