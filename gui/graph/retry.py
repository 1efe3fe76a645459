"""When a call is made again, and after how long: by the error's meaning, never by the HTTP status alone."""

import random
from collections.abc import Callable
from typing import TypeVar

from gui.errors import JobContext
from gui.graph.errors import GraphError
from gui.values import Waiting

T = TypeVar("T")

#: Tries of a call whose trouble passes by itself, and of one that met a limit.
TRIES, LIMIT_TRIES = 5, 4
_LONGEST = 30.0
#: What leaves open whether Facebook did what was asked.
_LOST = frozenset({"timeout", "cut_off", "empty_answer", "server_trouble"})
#: A limit is counted over an hour that moves along; without an estimate a few minutes free some of it (seconds).
_LIMIT_WAIT = 300.0
_LONGEST_LIMIT = 3600.0


def pause_before(error: GraphError, tries: int) -> float | None:
    """Seconds to wait after this many tries; None when another try helps nobody."""
    if error.kind == "limit":
        if tries >= LIMIT_TRIES:
            return None
        estimate = error.retry_after or 0.0
        return min(_LONGEST_LIMIT, estimate or _LIMIT_WAIT * 2.0 ** (tries - 1)) * random.uniform(1.0, 1.05)
    if not error.transient or tries >= TRIES:
        return None
    return float(min(_LONGEST, 2.0 ** (tries - 1)) * random.uniform(0.6, 1.2))


def with_retries(call: Callable[[], T], job: JobContext) -> T:
    """The result of `call`, made again while that helps.

    `job` is told of each wait and may end or shorten it: the pause is its own, so that the person can end it.
    The last try's GraphError goes through, and so does a Cancelled from the pause.
    """
    tries = 0
    answer_was_lost = False
    while True:
        tries += 1
        try:
            return call()
        except GraphError as error:
            error.after_lost_answer = answer_was_lost
            seconds = pause_before(error, tries)
            if seconds is None:
                raise
            answer_was_lost = answer_was_lost or error.kind in _LOST
            waiting = Waiting(seconds, error.kind)
        job.pause(waiting)
