"""Asking Facebook about many tokens, fifty at a time, until each has its answer."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from gui.errors import JobContext
from gui.graph.calls import BATCH_SIZE
from gui.graph.errors import GraphError
from gui.graph.retry import pause_before
from gui.values import Waiting

Item = TypeVar("Item")
Answer = TypeVar("Answer")

#: How many batches in a row may bring no answer at all before the rest is given up.
_SILENT_BATCHES = 4
#: What Facebook says of a batch that it takes only in smaller pieces.
_TOO_LARGE = frozenset({"batch_too_large", "too_much_data"})


def ask_in_batches(
    items: Sequence[Item], ask: Callable[[Sequence[Item]], Sequence[Answer | GraphError | None]], job: JobContext
) -> Iterator[list[tuple[Item, Answer | GraphError]]]:
    """Each batch's items with their answers: a value, or a GraphError that tells of the token.

    `ask` takes at most BATCH_SIZE items and gives an answer for each, None for one that the batch left out. Those left
    out, and those whose error may pass, are asked about again: after a pause when Facebook wants one or a batch brought
    no answer at all. An item that has no answer when four batches in a row brought none does not come. Where Facebook
    finds a batch too large, smaller ones follow. Raises what `ask` raises, the app's own trouble, and Cancelled.
    """
    waiting = list(items)
    silent_batches, size = 0, BATCH_SIZE
    while waiting and silent_batches < _SILENT_BATCHES:
        batch = waiting[:size]
        try:
            batch_answers = ask(batch)
        except GraphError as error:
            if error.kind not in _TOO_LARGE or size == 1:
                raise
            size = max(1, size // 2)
            continue
        waiting = waiting[len(batch) :]
        answers: list[tuple[Item, Answer | GraphError]] = []
        pause, why = 0.0, ""
        for item, answer in zip(batch, batch_answers, strict=True):
            if answer is None:
                waiting.append(item)
            elif isinstance(answer, GraphError) and answer.is_of_the_app:
                raise answer
            elif isinstance(answer, GraphError) and answer.may_pass:
                waiting.append(item)
                pause, why = max(pause, pause_before(answer, silent_batches + 1) or 0.0), answer.kind
            else:
                answers.append((item, answer))
        if answers:
            silent_batches = 0
            yield answers
        else:
            silent_batches += 1
            pause = max(pause, float(silent_batches))
        if waiting and pause and silent_batches < _SILENT_BATCHES:
            job.pause(Waiting(pause, why))
