"""Finds the flow that serves a Request: one table, every command in it once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from gui.shell.commands import Command, Request

Handlers = Mapping[Command, Callable[[Request], object]]

#: The panel whose notice asks does these itself.
OF_PANELS = frozenset(
    {
        Command.RETRY,
        Command.ADD_PAGE,
        Command.LOG_IN_WITHOUT,
        Command.REMIND_LATER,
        Command.SEND_AS_TOKEN,
        Command.REPLACE_LASTING,
        Command.COPY_PAGE_TOKEN,
        Command.COPY_PAGE_ID,
        Command.COPY_USER_TOKEN,
    }
)


class Flow(Protocol):
    """What serves some commands."""

    @property
    def handlers(self) -> Handlers:
        """What to call for each command that the flow serves."""


class Navigator:
    """Passes requests to the flows' handlers."""

    def __init__(self) -> None:
        self._handlers: dict[Command, Callable[[Request], object]] = {}

    def serve(self, flows: Iterable[Flow]) -> None:
        """Take the flows' handlers. Raises ValueError where a command has no flow, or two."""
        for flow in flows:
            duplicates = flow.handlers.keys() & self._handlers.keys()
            if duplicates:
                raise ValueError(f"two flows serve {sorted(duplicates)}")
            self._handlers.update(flow.handlers)
        unserved = set(Command) - self._handlers.keys() - OF_PANELS
        if unserved:
            raise ValueError(f"no flow serves {sorted(unserved)}")

    def navigate(self, request: Request) -> None:
        """Do what is asked for; a command that is a panel's own does nothing here."""
        if request.command not in OF_PANELS:
            self._handlers[request.command](request)
