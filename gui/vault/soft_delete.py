"""Forgetting that can be undone: what is to go is hidden first, and deleted a little later or at the next start."""

import sqlite3
import time
from collections.abc import Iterable

from gui.values import Event
from gui.vault import history
from gui.vault.bundles import SecretBundles
from gui.vault.database import Database
from gui.vault.entries import app_key, page_key, user_key


class SoftDelete:
    """Hides apps, people and Pages; a number tells what was hidden together."""

    def __init__(self, database: Database, bundles: SecretBundles) -> None:
        self.database = database
        self.bundles = bundles

    def hide(
        self,
        *,
        logins: Iterable[int] = (),
        pages: Iterable[tuple[int, str]] = (),
        apps: Iterable[str] = (),
        with_apps: bool = False,
        who: str = "",
    ) -> int:
        """Hide logins (ids), single Pages (login's id, Page ID) and apps; returns the number to undo it by.

        `with_apps`: also the apps that nobody uses any more. `who` is the computer's account, for the history.
        """
        stamp = time.time_ns() // 1000
        now = int(time.time())
        with self.database.transaction() as db:
            for login_id in logins:
                db.execute("UPDATE connection SET hidden=? WHERE id=? AND hidden=0", (stamp, login_id))
                if with_apps:
                    db.execute(
                        "UPDATE app SET hidden=?1 "
                        "WHERE hidden=0 AND app_id=(SELECT app_id FROM connection WHERE id=?2) "
                        "AND NOT EXISTS (SELECT 1 FROM connection c WHERE c.app_id=app.app_id AND c.hidden=0)",
                        (stamp, login_id),
                    )
                login = db.execute("SELECT display_name FROM named_login WHERE id=?", (login_id,)).fetchone()
                history.write(db, [Event("login_forgotten", login["display_name"] if login else "", who, at=now)])
            for login_id, page_id in pages:
                db.execute(
                    "UPDATE source SET hidden=? WHERE connection_id=? AND page_id=? AND hidden=0",
                    (stamp, login_id, page_id),
                )
            history.write(db, _page_events(db, "forgotten", stamp, who, now))
            db.executemany("UPDATE app SET hidden=? WHERE app_id=? AND hidden=0", [(stamp, app_id) for app_id in apps])
        return stamp

    def bring_back(self, stamp: int, who: str = "") -> None:
        """Show again what was hidden under this number."""
        now = int(time.time())
        with self.database.transaction() as db:
            logins = db.execute("SELECT display_name FROM named_login WHERE hidden=?", (stamp,)).fetchall()
            history.write(db, [Event("brought_back", login["display_name"], who, at=now) for login in logins])
            history.write(db, _page_events(db, "brought_back", stamp, who, now))
            for table in ("app", "connection", "source"):
                db.execute(f"UPDATE {table} SET hidden=0 WHERE hidden=?", (stamp,))

    def finish(self, stamp: int = 0) -> None:
        """Delete what is hidden, secrets and rows: under one number, or (0) all of it.

        Raises VaultError; the next start tries again.
        """
        where, values = ("hidden=?", (stamp,)) if stamp else ("hidden!=0", ())
        self._finish_pages(where, values)
        bundles = self.database.rows(
            f"SELECT pack FROM source WHERE connection_id IN (SELECT id FROM connection WHERE {where}) "
            f"UNION SELECT pack FROM connection WHERE {where} UNION SELECT pack FROM app WHERE {where}",
            *values,
            *values,
            *values,
        )
        # No row at all: nothing is hidden under this number.
        if bundles:
            self._delete(where, values, sorted(row["pack"] for row in bundles if row["pack"]))

    def _finish_pages(self, where: str, values: tuple[int, ...]) -> None:
        """Delete single Pages: the bundles that hold them are written anew without them."""
        rows = self.database.rows(
            "SELECT s.page_id, s.connection_id, s.pack, c.app_id, c.user_id FROM source s "
            f"JOIN connection c ON c.id=s.connection_id WHERE s.{where}",
            *values,
        )
        if not rows:
            return
        keys = [page_key(row["app_id"], row["user_id"], row["page_id"]) for row in rows]

        def write(db: sqlite3.Connection, bundle_of: dict[str, str]) -> None:
            db.executemany(
                "DELETE FROM source WHERE page_id=? AND connection_id=?",
                [(row["page_id"], row["connection_id"]) for row in rows],
            )
            db.execute("DELETE FROM page WHERE id NOT IN (SELECT page_id FROM source)")

        self.bundles.rewrite_bundles({row["pack"] for row in rows if row["pack"]}, {}, keys, write)

    def _delete(self, where: str, values: tuple[int, ...], bundles: list[str]) -> None:
        """Delete logins and apps. Bundles that hold nothing else are dropped, others written anew without theirs."""
        logins = self.database.rows(f"SELECT id, app_id, user_id FROM connection WHERE {where}", *values)
        apps = [row["app_id"] for row in self.database.rows(f"SELECT app_id FROM app WHERE {where}", *values)]
        ids = [row["id"] for row in logins]
        login_placeholders, app_placeholders = ",".join("?" * len(ids)), ",".join("?" * len(apps))
        others = self.database.rows(
            f"SELECT pack FROM source WHERE connection_id NOT IN ({login_placeholders}) "
            f"UNION SELECT pack FROM connection WHERE id NOT IN ({login_placeholders}) "
            f"UNION SELECT pack FROM app WHERE app_id NOT IN ({app_placeholders})",
            *ids,
            *ids,
            *apps,
        )
        bundles_of_others = {row["pack"] for row in others if row["pack"]}
        keys = [user_key(row["app_id"], row["user_id"]) for row in logins] + [app_key(one) for one in apps]
        for row in logins:
            pages = self.database.rows("SELECT page_id FROM source WHERE connection_id=?", row["id"])
            keys += [page_key(row["app_id"], row["user_id"], page["page_id"]) for page in pages]
        own_bundles = [name for name in bundles if name not in bundles_of_others]

        def write(db: sqlite3.Connection, bundle_of: dict[str, str]) -> None:
            db.execute(f"DELETE FROM source WHERE connection_id IN ({login_placeholders})", ids)
            db.execute(f"DELETE FROM connection WHERE id IN ({login_placeholders})", ids)
            db.execute("DELETE FROM page WHERE id NOT IN (SELECT page_id FROM source)")
            db.execute(
                f"DELETE FROM app WHERE app_id IN ({app_placeholders}) "
                "AND app_id NOT IN (SELECT app_id FROM connection)",
                apps,
            )
            self.bundles.drop_later(db, own_bundles)

        if shared_bundles := [name for name in bundles if name in bundles_of_others]:
            self.bundles.rewrite_bundles(shared_bundles, {}, keys, write)
        else:
            with self.database.transaction() as db:
                write(db, {})
        self.bundles.finish(own_bundles)


def _page_events(db: sqlite3.Connection, what: str, stamp: int, who: str, now: int) -> list[Event]:
    """An event for each Page that is hidden under this number."""
    pages = db.execute(
        "SELECT DISTINCT p.id, p.name FROM source s JOIN page p ON p.id=s.page_id WHERE s.hidden=?", (stamp,)
    ).fetchall()
    return [Event(what, page["name"] or page["id"], who, page_id=page["id"], at=now) for page in pages]
