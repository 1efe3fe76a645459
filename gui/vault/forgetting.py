"""Forgetting that can be undone: what is to go is hidden first, and deleted a little later or at the next start."""

import sqlite3
import time
from collections.abc import Callable, Iterable

from gui.values import Event
from gui.vault import history
from gui.vault.entries import Entries, app_key, page_key, user_key
from gui.vault.ledger import Ledger

#: Writes the rest of a change: the transaction, and where each entry lies now.
Write = Callable[[sqlite3.Connection, dict[str, str]], object]
Place = Callable[[Iterable[str], Entries, Iterable[str], Write], None]


class Forgetting:
    """Hides apps, people and Pages; a number tells what was hidden together.

    `place`, `drop_later` and `finish_packs` are the vault's ways to write packs anew and to drop them.
    """

    def __init__(
        self, ledger: Ledger, place: Place, drop_later: Callable[[sqlite3.Connection, Iterable[str]], None], finish_packs: Callable[[list[str]], None]
    ) -> None:
        self.ledger = ledger
        self._place, self._drop_later, self._finish_packs = place, drop_later, finish_packs

    def hide(
        self, *, people: Iterable[int] = (), pages: Iterable[tuple[int, str]] = (), apps: Iterable[str] = (), with_apps: bool = False, who: str = ""
    ) -> int:
        """Hide people, single Pages (connection, Page ID) and apps; `with_apps`: apps that nobody uses any more too. The number to undo it by."""
        stamp = time.time_ns() // 1000
        now = int(time.time())
        with self.ledger.transaction() as db:
            for person in people:
                db.execute("UPDATE connection SET hidden=? WHERE id=? AND hidden=0", (stamp, person))
                if with_apps:
                    db.execute(
                        "UPDATE app SET hidden=?1 WHERE hidden=0 AND app_id=(SELECT app_id FROM connection WHERE id=?2) "
                        "AND NOT EXISTS (SELECT 1 FROM connection c WHERE c.app_id=app.app_id AND c.hidden=0)",
                        (stamp, person),
                    )
                subject = db.execute("SELECT coalesce(nullif(given_name, ''), user_name) FROM connection WHERE id=?", (person,)).fetchone()
                history.write(db, [Event("login_forgotten", subject[0] if subject else "", who, at=now)])
            for person, page_id in pages:
                db.execute("UPDATE source SET hidden=? WHERE connection_id=? AND page_id=? AND hidden=0", (stamp, person, page_id))
            gone = db.execute("SELECT DISTINCT p.id, p.name FROM source s JOIN page p ON p.id=s.page_id WHERE s.hidden=?", (stamp,)).fetchall()
            history.write(db, [Event("forgotten", name or page_id, who, page_id=page_id, at=now) for page_id, name in gone])
            db.executemany("UPDATE app SET hidden=? WHERE app_id=? AND hidden=0", [(stamp, app_id) for app_id in apps])
        return stamp

    def bring_back(self, stamp: int, who: str = "") -> None:
        """Show again what was hidden under this number."""
        now = int(time.time())
        with self.ledger.transaction() as db:
            people = db.execute("SELECT coalesce(nullif(given_name, ''), user_name) FROM connection WHERE hidden=?", (stamp,)).fetchall()
            pages = db.execute("SELECT DISTINCT p.id, p.name FROM source s JOIN page p ON p.id=s.page_id WHERE s.hidden=?", (stamp,)).fetchall()
            history.write(db, [Event("brought_back", name, who, at=now) for (name,) in people])
            history.write(db, [Event("brought_back", name or page_id, who, page_id=page_id, at=now) for page_id, name in pages])
            for table in ("app", "connection", "source"):
                db.execute(f"UPDATE {table} SET hidden=0 WHERE hidden=?", (stamp,))

    def finish(self, stamp: int = 0) -> None:
        """Delete what is hidden, secrets and rows; under one number or (0) all. Raises VaultError; the next start tries again."""
        where, values = ("hidden=?", (stamp,)) if stamp else ("hidden!=0", ())
        self._finish_pages(where, values)
        names: list[str] = []
        with self.ledger.transaction() as db:
            for person, pack in db.execute(f"SELECT id, pack FROM connection WHERE {where}", values).fetchall():
                names += [row[0] for row in db.execute("SELECT DISTINCT pack FROM source WHERE connection_id=? AND pack IS NOT NULL", (person,))]
                names += [pack] if pack else []
            names += [row[0] for row in db.execute(f"SELECT pack FROM app WHERE {where} AND pack IS NOT NULL", values)]
        if not names and not self.ledger.rows(f"SELECT 1 FROM connection WHERE {where} UNION SELECT 1 FROM app WHERE {where}", *values, *values):
            return
        self._delete(where, values, sorted(set(names)))

    def _finish_pages(self, where: str, values: tuple[int, ...]) -> None:
        """Delete single Pages: the packs that hold them are written anew without them."""
        rows = self.ledger.rows(
            f"SELECT s.page_id, s.connection_id, s.pack, c.app_id, c.user_id FROM source s JOIN connection c ON c.id=s.connection_id WHERE s.{where}", *values
        )
        if not rows:
            return
        packs = {str(row[2]) for row in rows if row[2]}
        keys = [page_key(str(row[3]), str(row[4]), str(row[0])) for row in rows]

        def write(db: sqlite3.Connection, placed: dict[str, str]) -> None:
            db.executemany("DELETE FROM source WHERE page_id=? AND connection_id=?", [(row[0], row[1]) for row in rows])
            db.execute("DELETE FROM page WHERE id NOT IN (SELECT page_id FROM source)")

        self._place(packs, {}, keys, write)

    def _delete(self, where: str, values: tuple[int, ...], names: list[str]) -> None:
        """Delete people and apps. Packs that hold nothing else are dropped, others written anew without theirs."""
        people = self.ledger.rows(f"SELECT id, app_id, user_id FROM connection WHERE {where}", *values)
        apps = [str(row[0]) for row in self.ledger.rows(f"SELECT app_id FROM app WHERE {where}", *values)]
        marks = ",".join("?" * len(people))
        ids = [row[0] for row in people]
        shared = {
            str(row[0])
            for row in self.ledger.rows(
                f"SELECT pack FROM source WHERE connection_id NOT IN ({marks}) UNION SELECT pack FROM connection WHERE id NOT IN ({marks}) "
                f"UNION SELECT pack FROM app WHERE app_id NOT IN ({','.join('?' * len(apps))})",
                *ids, *ids, *apps,
            )
            if row[0]
        }  # fmt: skip
        keys = [user_key(str(row[1]), str(row[2])) for row in people] + [app_key(one) for one in apps]
        for row in people:
            pages = self.ledger.rows("SELECT page_id FROM source WHERE connection_id=?", row[0])
            keys += [page_key(str(row[1]), str(row[2]), str(page[0])) for page in pages]
        own = [name for name in names if name not in shared]

        def write(db: sqlite3.Connection, placed: dict[str, str]) -> None:
            db.execute(f"DELETE FROM source WHERE connection_id IN ({marks})", ids)
            db.execute(f"DELETE FROM connection WHERE id IN ({marks})", ids)
            db.execute("DELETE FROM page WHERE id NOT IN (SELECT page_id FROM source)")
            db.execute(f"DELETE FROM app WHERE app_id IN ({','.join('?' * len(apps))}) AND app_id NOT IN (SELECT app_id FROM connection)", apps)
            self._drop_later(db, own)

        if mixed := [name for name in names if name in shared]:
            self._place(mixed, {}, keys, write)
        else:
            with self.ledger.transaction() as db:
                write(db, {})
        self._finish_packs(own)
