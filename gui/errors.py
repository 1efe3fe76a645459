"""How work goes wrong, is stopped, and reports. Apart from values so that the first window need not wait for those."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.values import Waiting

T = TypeVar("T")


class UserError(Exception):
    """Something that went wrong and has a sentence in `resources/errors.toml` under `kind`.

    `values` fill the sentence's places, `details` are what a helper may ask for (code, subcode,
    fbtrace_id); neither ever holds a secret.
    """

    def __init__(self, kind: str, *, details: dict[str, str] | None = None, **values: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.details = details or {}
        self.values = values


def without_chain(
    call: Callable[[], T], catch: type[Exception] | tuple[type[Exception], ...], translate: Callable[[Any], Exception]
) -> T:
    """The result of `call`; what it raises of `catch` is raised as what `translate` makes of it.

    Outside the handler: an error in the chain would carry its text and its frames' values, which may be secrets.
    """
    try:
        return call()
    except catch as error:
        failure = translate(error)
    raise failure


class Cancelled(Exception):
    """The person asked to stop; what arrived so far stays."""


class JobContext(Protocol):
    """What a long piece of work may do with the job that runs it: report, wait, be stopped."""

    def report(self, progress: object) -> None:
        """Hand something to the window."""

    def pause(self, waiting: Waiting) -> None:
        """Report a wait and make it, until the person wants no more of it; Cancelled as soon as the person stops."""

    def check(self) -> None:
        """Raise Cancelled if the person stopped."""


class NullContext:
    """A JobContext for callers without a window: reports go nowhere, nothing stops it."""

    def report(self, progress: object) -> None:
        return

    def pause(self, waiting: Waiting) -> None:
        time.sleep(waiting.seconds)

    def check(self) -> None:
        return
