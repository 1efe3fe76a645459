"""What happened to each token: only added to, never changed; holds no secret."""

import sqlite3
from collections.abc import Iterable
from functools import lru_cache

from gui.text import fold
from gui.values import Event
from gui.vault.ledger import Ledger

#: Thousands of events are by the same few.
_fold_again = lru_cache(maxsize=256)(fold)
#: At most so many events are read at once.
MOST = 20_000


def write(db: sqlite3.Connection, events: Iterable[Event]) -> None:
    """Add events, inside a transaction: with what they tell of, or not at all."""
    db.executemany(
        "INSERT INTO event (at, what, page_id, subject, who, detail, folded) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                one.at,
                one.what,
                one.page_id,
                one.subject,
                one.who,
                one.detail,
                f"{fold(one.subject)}\n{one.page_id}\n{_fold_again(one.who)}\n{_fold_again(one.detail)}",
            )
            for one in events
        ],
    )


class History:
    """Reads what happened, newest first."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def add(self, events: Iterable[Event]) -> None:
        """Add events that go with no other change of the ledger."""
        with self.ledger.transaction() as db:
            write(db, events)

    def events(self, query: str = "", kinds: tuple[str, ...] = (), *, page_id: str = "", most: int = MOST) -> list[Event]:
        """The newest events that hold every word of `query`, of these kinds (empty: all), of one Page if named."""
        where, values = ["1"], list[object]()
        for word in fold(query).split():
            where.append("instr(folded, ?)")
            values.append(word)
        if kinds:
            where.append(f"what IN ({','.join('?' * len(kinds))})")
            values += kinds
        if page_id:
            where.append("page_id=?")
            values.append(page_id)
        rows = self.ledger.rows(
            f"SELECT what, subject, who, detail, page_id, at, id FROM event WHERE {' AND '.join(where)} ORDER BY id DESC LIMIT ?", *values, most
        )
        return [Event(*row) for row in rows]

    def count(self) -> int:
        return int(str(self.ledger.rows("SELECT count(*) FROM event")[0][0]))
