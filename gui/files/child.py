"""Work on strange files in a child process: within limits of memory and time, and ended when the person stops it."""

import multiprocessing
import os
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from gui import i18n
from gui.errors import JobContext, UserError

#: Memory that the child may take (bytes), and how long it may work (seconds).
MEMORY = 1536 * 1024 * 1024
SECONDS = 120.0
_LOOK_EVERY = 0.05

#: What the child does: the arguments, and a function that says how far it is; its result must be plain values.
Work = Callable[..., Any]


def run_in_child(work: Work, arguments: tuple[Any, ...], job: JobContext, report: Callable[[Any], object]) -> Any:
    """The result of `work(*arguments, progress)`, run in a process of its own.

    `work` is a function of a module. What it tells `progress` comes to `report`. Raises the UserError that it raised,
    by kind and values; "import_too_heavy" when it went over a limit or ended; Cancelled.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(work, theirs, i18n.languages()), daemon=True)
    process.start()
    theirs.close()
    deadline = time.monotonic() + SECONDS
    try:
        # Through the pipe, not as the process's arguments: these may be secrets.
        ours.send(arguments)
        while True:
            job.check()
            if ours.poll(_LOOK_EVERY):
                what, value = ours.recv()
                if what == "progress":
                    report(value)
                elif what == "failed":
                    break
                else:
                    return value
            elif time.monotonic() > deadline:
                what, value = "failed", ("import_too_heavy", {})
                break
    except (EOFError, OSError):
        what, value = "failed", ("import_too_heavy", {})
    finally:
        process.kill()
        process.join(5)
        ours.close()
    kind, values = value
    raise UserError(kind, **values)


def _run(work: Work, pipe: Connection, languages: tuple[str, ...]) -> None:
    """What the child does. Its own faults say nothing: their texts may hold what stands in the file."""
    i18n.use(languages)
    _limit_memory()
    # Libraries that are no Python write there by themselves.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    answer: tuple[str, Any]
    try:
        arguments = pipe.recv()
        answer = "done", work(*arguments, lambda value: pipe.send(("progress", value)))
    except UserError as error:
        answer = "failed", (error.kind, error.values)
    except MemoryError:
        answer = "failed", ("import_too_heavy", {})
    # A library that is no Python ends in a kind of its own, which is no Exception.
    except BaseException:
        answer = "failed", ("import_unreadable", {})
    pipe.send(answer)
    pipe.close()


def _limit_memory() -> None:
    if sys.platform == "win32":
        _limit_memory_on_windows()
        return
    import resource

    # macOS knows the limit and does not hold it; there the time alone counts.
    for what in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
        try:
            resource.setrlimit(what, (MEMORY, MEMORY))
        except (OSError, ValueError):
            continue


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _BasicLimits(ctypes.Structure):
        _fields_ = [
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        ]

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = [
            ("BasicLimitInformation", _BasicLimits),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        ]

    _PROCESS_MEMORY, _EXTENDED = 0x100, 9

    def _limit_memory_on_windows() -> None:
        """Put this process into a job object that bounds its memory (Job Objects, Win32)."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
        limits = _ExtendedLimits()
        limits.BasicLimitInformation.LimitFlags = _PROCESS_MEMORY
        limits.ProcessMemoryLimit = MEMORY
        kernel.SetInformationJobObject(job, _EXTENDED, ctypes.byref(limits), ctypes.sizeof(limits))
        kernel.AssignProcessToJobObject(job, wintypes.HANDLE(kernel.GetCurrentProcess()))
