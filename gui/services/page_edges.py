"""Following an edge that lists Pages by its cursors to the end, whatever Facebook answers on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gui.errors import UserError
from gui.graph import calls
from gui.graph.errors import GraphError
from gui.i18n import number

if TYPE_CHECKING:
    from gui.graph.client import GraphClient
    from gui.values import Secret

_SMALLEST = 5
#: How many rows are asked for when a list of the usual pieces goes round in a circle.
OTHER_SIZE = 37
#: Pieces that must go well before larger ones are asked for; how often a list begins anew.
_GROW_AFTER, _RESTARTS = 3, 2


@dataclass(frozen=True, slots=True)
class Piece:
    """What one answer brought: its Pages, and what is known of the edge by now.

    `expected` is the largest count that Facebook named, `unreadable` all rows of the edge that could not be read.
    """

    batch: calls.PageBatch
    expected: int
    unreadable: tuple[str, ...]


@dataclass
class PageEdge:
    """One edge of Pages: me/accounts, BUSINESS-ID/owned_pages or /client_pages. Its Pages name it by `origin`."""

    edge: str
    origin: str
    fields: str
    _after: str = ""
    _limit: int = calls.PAGE_SIZE
    _largest: int = calls.PAGE_SIZE
    _successes: int = 0
    _restarts: int = 0
    _cursors: set[str] = field(default_factory=set)
    _ids: set[str] = field(default_factory=set)
    _unreadable: list[str] = field(default_factory=list)
    _expected: int = 0

    def pieces(self, client: GraphClient, token: Secret) -> Iterator[Piece]:
        """Its Pages as they arrive, each answer's before the next is asked for.

        A list too large is asked for in smaller pieces, which grow again when that goes well. After a stale cursor it
        begins anew (rows come again then), as it does once, in pieces of another size, after a cursor that comes back.
        Raises GraphError, and UserError when the list ended with fewer Pages than Facebook counts.
        """
        while True:
            try:
                batch = calls.page_edge(
                    client, token, self.edge, self._after, self._limit, fields=self.fields, origin=self.origin
                )
            except GraphError as error:
                if not self._can_go_on(error):
                    raise
                continue
            self._note(batch)
            yield Piece(batch, self._expected, tuple(self._unreadable))
            if batch.has_lost_its_way:
                raise UserError("list_lost_its_way")
            if not batch.after:
                self._check_count()
                return
            self._go_to(batch.after)

    def _can_go_on(self, error: GraphError) -> bool:
        """Whether another way to the rest is left after an error; it is taken."""
        if error.kind == "too_much_data" and self._limit > _SMALLEST:
            self._limit, self._successes = max(_SMALLEST, self._limit // 2), 0
            return True
        if error.kind == "cursor_stale" and self._after and self._restarts < _RESTARTS:
            self._begin_anew()
            return True
        return False

    def _begin_anew(self) -> None:
        self._after, self._restarts = "", self._restarts + 1
        self._cursors.clear()

    def _note(self, batch: calls.PageBatch) -> None:
        self._successes += 1
        if self._limit < self._largest and self._successes >= _GROW_AFTER:
            self._limit, self._successes = min(self._largest, self._limit * 2), 0
        if batch.total is not None:
            # A count that falls while a list is read says that Pages were taken away, not that there were fewer.
            self._expected = max(self._expected, batch.total)
        self._ids.update(batch.ids)
        self._unreadable += batch.unreadable

    def _check_count(self) -> None:
        if len(self._ids) + len(self._unreadable) < self._expected:
            raise UserError("list_count_differs", name=number(self._expected), found=number(len(self._ids)))

    def _go_to(self, cursor: str) -> None:
        """Go on from a cursor; one that was there before leads in a circle."""
        if cursor not in self._cursors:
            self._cursors.add(cursor)
            self._after = cursor
            return
        if self._largest != calls.PAGE_SIZE or self._restarts >= _RESTARTS:
            raise GraphError("cursor_repeats")
        self._begin_anew()
        self._limit = self._largest = OTHER_SIZE
        self._unreadable.clear()
