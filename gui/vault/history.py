"""What happened to each token: only added to, never changed; holds no secret."""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from gui.text import clean_name, fold, fold_fields
from gui.values import Event
from gui.vault.database import Database

#: Columns of an event, whatever a damaged file made of them; times up to the year 2999, the
#: last that Windows knows.
_READABLE = ", ".join(
    [f"CAST({name} AS TEXT) AS {name}" for name in ("what", "subject", "who", "detail", "page_id")]
    + ["min(max(CAST(at AS INTEGER), 0), 32503679999) AS at"]
)
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
                fold_fields(one.subject, one.page_id, one.who, one.detail),
            )
            for one in events
        ],
    )


class History:
    """Reads what happened, newest first."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def add(self, events: Iterable[Event]) -> None:
        """Add events that go with no other change of the database."""
        with self.database.transaction() as db:
            write(db, events)

    def details_of(self, what: str) -> dict[str, set[str]]:
        """The details of all events of one kind, by Page ID."""
        found: dict[str, set[str]] = {}
        for row in self.database.rows(
            "SELECT DISTINCT CAST(page_id AS TEXT) AS page_id, CAST(detail AS TEXT) AS detail FROM event WHERE what=?",
            what,
        ):
            found.setdefault(row["page_id"], set()).add(clean_name(row["detail"]))
        return found

    def events(
        self, query: str = "", kinds: tuple[str, ...] = (), *, page_id: str = "", most: int = MOST
    ) -> list[Event]:
        """The newest events that hold every word of `query`, of these kinds (empty: all), of one Page if named."""
        where, values = ["1"], list[object]()
        for word in fold(query).split():
            # What was written before signs were made one holds a curly apostrophe.
            where.append("(instr(folded, ?) OR instr(folded, ?))")
            values += [word, word.replace("'", "\u2019")]
        if kinds:
            where.append(f"what IN ({','.join('?' * len(kinds))})")
            values += kinds
        if page_id:
            where.append("page_id=?")
            values.append(page_id)
        rows = self.database.rows(
            f"SELECT {_READABLE}, id FROM event WHERE {' AND '.join(where)} ORDER BY id DESC LIMIT ?",
            *values,
            most,
        )
        return [replace(event, subject=clean_name(event.subject)) for event in (Event(**dict(row)) for row in rows)]

    def count(self) -> int:
        return self.database.count("SELECT count(*) FROM event")
