"""The vault: keychain and ledger as one. Keychain first, then ledger; forgetting the other way round."""

import functools
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from gui.text import fold
from gui.values import (
    AppCredentials,
    Connection,
    KeptConnection,
    Page,
    PageRow,
    Secret,
    Seen,
    UserToken,
)
from gui.vault.checks import Checks
from gui.vault.errors import VaultError
from gui.vault.keychain import Keychain
from gui.vault.ledger import Ledger
from gui.vault.packs import Packs


def _words(text: object, between: str = ",") -> tuple[str, ...]:
    return tuple(str(text).split(between)) if text else ()


P = ParamSpec("P")
R = TypeVar("R")

#: Between origins, which may hold names with commas.
_UNIT = chr(31)


def _alone(method: Callable[Concatenate["Vault", P], R]) -> Callable[Concatenate["Vault", P], R]:
    """One at a time of those that change packs."""

    @functools.wraps(method)
    def alone(self: "Vault", /, *arguments: P.args, **named: P.kwargs) -> R:
        with self._one_at_a_time:
            return method(self, *arguments, **named)

    return alone


class Vault:
    """Everything that Page Keys keeps, for one profile `folder`. Every method may be called on any thread."""

    def __init__(self, folder: Path, keychain: Keychain) -> None:
        self.ledger = Ledger(folder)
        self.keychain = keychain
        self.packs = Packs(self.ledger, keychain)
        self.checks = Checks(self.ledger)
        # What reads packs and then writes them anew must not meet itself on another thread.
        self._one_at_a_time = threading.RLock()

    @_alone
    def recover(self) -> int:
        """Finish what a crash cut off; how many leftovers there were."""
        return self.packs.recover()

    def close(self) -> None:
        self.ledger.close()

    # -------------------------------------------------------------------- apps
    @_alone
    def keep_app(self, app: AppCredentials) -> None:
        """Keep an app; its secret replaces an earlier one."""
        old = [str(row[0]) for row in self.ledger.rows("SELECT pack FROM app WHERE app_id=? AND pack IS NOT NULL", app.app_id)]
        key = f"app:{app.app_id}"
        self.packs.replace(
            old,
            {key: app.secret} if app.secret else {},
            lambda db, placed: db.execute(
                "INSERT INTO app (app_id, name, version, config_id, pack) VALUES (?, ?, ?, ?, ?) ON CONFLICT(app_id) DO UPDATE SET "
                "name=excluded.name, version=excluded.version, config_id=excluded.config_id, pack=excluded.pack",
                (app.app_id, app.name, app.version, app.config_id, placed.get(key)),
            ),
        )

    def apps(self) -> list[AppCredentials]:
        """The kept apps, without their secrets."""
        rows = self.ledger.rows("SELECT app_id, name, version, config_id FROM app ORDER BY name, app_id")
        return [AppCredentials(str(row[0]), Secret(""), str(row[1]), str(row[2]), str(row[3])) for row in rows]

    def app(self, app_id: str) -> AppCredentials:
        """One app with its secret."""
        rows = self.ledger.rows("SELECT name, version, config_id, pack FROM app WHERE app_id=?", app_id)
        if not rows:
            raise VaultError("app_not_kept")
        name, version, config_id, pack = rows[0]
        secret = self.packs.read(str(pack)).get(f"app:{app_id}") if pack else None
        return AppCredentials(app_id, secret or Secret(""), str(name), str(version), str(config_id))

    # ------------------------------------------------------------- connections
    @_alone
    def keep_connection(self, connection: Connection) -> KeptConnection:
        """Keep a person's User token; a newer one replaces the older. An empty one keeps the person without a login."""
        token = connection.token
        old = [
            str(row[0])
            for row in self.ledger.rows("SELECT pack FROM connection WHERE app_id=? AND user_id=? AND pack IS NOT NULL", token.app_id, token.user_id)
        ]
        key = f"user:{token.app_id}:{token.user_id}"
        mark = token.secret.fingerprint(self.ledger.fingerprint_key())
        self.packs.replace(
            old,
            {key: token.secret} if token.secret else {},
            lambda db, placed: db.execute(
                "INSERT INTO connection (app_id, user_id, user_name, expires_at, data_access_expires_at, issued_at, scopes, pack, last_four, fingerprint) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(app_id, user_id) DO UPDATE SET user_name=excluded.user_name, "
                "expires_at=excluded.expires_at, data_access_expires_at=excluded.data_access_expires_at, issued_at=excluded.issued_at, "
                "scopes=excluded.scopes, pack=excluded.pack, last_four=excluded.last_four, fingerprint=excluded.fingerprint, "
                "state='works', why='', told='', lacking=''",
                (token.app_id, token.user_id, token.user_name, token.expires_at, token.data_access_expires_at, token.issued_at,
                 ",".join(token.scopes), placed.get(key), token.secret.last_four, mark),
            ),
        )  # fmt: skip
        return next(one for one in self.connections() if (one.app_id, one.user_id) == (token.app_id, token.user_id))

    def connections(self) -> list[KeptConnection]:
        """The kept people, each with the number of their Pages."""
        rows = self.ledger.rows(
            "SELECT c.id, c.app_id, a.name, c.user_id, c.user_name, c.last_four, c.expires_at, c.data_access_expires_at, c.issued_at, c.scopes, "
            "(SELECT count(*) FROM source s WHERE s.connection_id = c.id), c.listed_at, c.state, c.why, c.checked_at, c.well_at, c.told, c.code, c.lacking "
            "FROM connection c JOIN app a USING (app_id) ORDER BY c.id"
        )
        return [
            KeptConnection(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], _words(r[9]), r[10], r[11], Seen(*r[12:18]), _words(r[18]))  # type: ignore[arg-type]
            for r in rows
        ]

    def connection(self, kept: KeptConnection) -> Connection:
        """A kept person with app secret and User token."""
        rows = self.ledger.rows("SELECT pack FROM connection WHERE id=?", kept.id)
        if not rows or not rows[0][0]:
            raise VaultError("keychain_item_gone")
        secret = self.packs.read(str(rows[0][0])).get(f"user:{kept.app_id}:{kept.user_id}")
        if secret is None:
            raise VaultError("keychain_item_gone")
        token = UserToken(secret, kept.app_id, kept.user_id, kept.user_name, kept.expires_at, kept.data_access_expires_at, kept.issued_at, kept.scopes, True)
        return Connection(self.app(kept.app_id), token)

    @_alone
    def forget_connection(self, kept: KeptConnection, *, keep_app: bool = False) -> None:
        """Remove a person's every secret and row, and the app too when nobody else uses it (unless it is to be kept)."""
        with self.ledger.transaction() as db:
            names = [
                row[0]
                for row in db.execute("SELECT DISTINCT pack FROM source WHERE connection_id=? UNION SELECT pack FROM connection WHERE id=?", (kept.id, kept.id))
                if row[0]
            ]
            db.execute("DELETE FROM source WHERE connection_id=?", (kept.id,))
            db.execute("DELETE FROM connection WHERE id=?", (kept.id,))
            db.execute("DELETE FROM page WHERE id NOT IN (SELECT page_id FROM source)")
            if not keep_app:
                names += _drop_unused_app(db, kept.app_id)
            self.packs.drop_later(db, names)
        self.packs.finish(names)

    @_alone
    def forget_app(self, app_id: str) -> None:
        """Remove an app that nobody uses any more; one that somebody uses stays."""
        with self.ledger.transaction() as db:
            names = _drop_unused_app(db, app_id)
            self.packs.drop_later(db, names)
        self.packs.finish(names)

    # ------------------------------------------------------------------- Pages
    @_alone
    def keep_pages(self, kept: KeptConnection, rows: list[PageRow]) -> None:
        """Keep these Pages and their fresh tokens; only the packs that change are written anew.

        A Page kept before that is not among `rows` stays as it is.
        """
        fresh = {row.page.id: row.fresh for row in rows if row.fresh is not None}
        where = {str(r[0]): str(r[1]) for r in self.ledger.rows("SELECT page_id, pack FROM source WHERE connection_id=? AND pack IS NOT NULL", kept.id)}
        touched = {where[page_id] for page_id in fresh if page_id in where}
        if any(page_id not in where for page_id in fresh) and where:
            counts: dict[str, int] = {}
            for name in where.values():
                counts[name] = counts.get(name, 0) + 1
            touched.add(min(counts, key=lambda name: counts[name]))
        entries: dict[str, Secret] = {}
        for name in sorted(touched):
            entries.update(self.packs.read(name))
        entries.update(fresh)
        key = self.ledger.fingerprint_key()

        self.packs.replace(sorted(touched), entries, lambda db, placed: _write_rows(db, kept.id, rows, placed, key))

    def page_rows(self, kept: KeptConnection) -> list[PageRow]:
        """The kept Pages of a person, without their tokens."""
        found = self.ledger.rows(
            "SELECT p.id, p.name, p.category, p.picture_url, p.link, p.folded, s.tasks, s.origins, s.last_four, s.expires_at, s.state, s.why, "
            "p.instagram_id, p.instagram_name, s.data_access_expires_at, s.scopes, s.checked_at, s.well_at, s.told, s.code "
            "FROM source s JOIN page p ON p.id = s.page_id WHERE s.connection_id=?",
            kept.id,
        )
        return [
            PageRow(
                Page(r[0], r[1], r[2], None if r[6] is None else _words(r[6]), None, r[3], r[4], _words(r[7], _UNIT), r[12], r[13]),  # type: ignore[arg-type]
                r[8], r[9], r[10], r[11], r[5], None, r[14], _words(r[15]), r[16], r[17], r[18], r[19],  # type: ignore[arg-type]
            )
            for r in found
        ]  # fmt: skip

    def page_token(self, kept: KeptConnection, page_id: str) -> Secret:
        """One Page's token: reads one keychain item."""
        rows = self.ledger.rows("SELECT pack FROM source WHERE connection_id=? AND page_id=?", kept.id, page_id)
        if not rows or not rows[0][0]:
            raise VaultError("page_without_token")
        secret = self.packs.read(str(rows[0][0])).get(page_id)
        if secret is None:
            raise VaultError("keychain_item_gone")
        return secret

    def page_tokens(self, kept: KeptConnection) -> dict[str, Secret]:
        """Every Page token of a person, by Page ID: each keychain item is read once."""
        where = {str(r[0]): str(r[1]) for r in self.ledger.rows("SELECT page_id, pack FROM source WHERE connection_id=? AND pack IS NOT NULL", kept.id)}
        packs = {name: self.packs.read(name) for name in sorted(set(where.values()))}
        return {page_id: packs[name][page_id] for page_id, name in where.items() if page_id in packs[name]}

    def picture(self, page_id: str) -> bytes | None:
        rows = self.ledger.rows("SELECT picture FROM page WHERE id=?", page_id)
        found = rows[0][0] if rows else None
        return found if isinstance(found, bytes) else None

    def keep_picture(self, page_id: str, picture: bytes) -> None:
        with self.ledger.transaction() as db:
            db.execute("UPDATE page SET picture=? WHERE id=?", (picture, page_id))


def _drop_unused_app(db: sqlite3.Connection, app_id: str) -> list[str]:
    """Delete an app's row unless somebody uses it; the packs that go with it."""
    if db.execute("SELECT 1 FROM connection WHERE app_id=?", (app_id,)).fetchone():
        return []
    names = [str(row[0]) for row in db.execute("SELECT pack FROM app WHERE app_id=?", (app_id,)) if row[0]]
    db.execute("DELETE FROM app WHERE app_id=?", (app_id,))
    return names


def _write_rows(db: sqlite3.Connection, connection_id: int, rows: list[PageRow], placed: dict[str, str], key: bytes) -> None:
    pages, sources = [], []
    for row in rows:
        page = row.page
        folded = row.folded or folded_text(page)
        pages.append((page.id, page.name, page.category, page.picture_url, page.link, folded, page.instagram_id, page.instagram_name))
        tasks = None if page.tasks is None else ",".join(page.tasks)
        mark = row.fresh.fingerprint(key) if row.fresh else ""
        pack = placed.get(page.id) if row.fresh else None
        sources.append((page.id, connection_id, tasks, _UNIT.join(page.origins), pack, row.last_four, mark, row.expires_at, row.state, row.why))
    db.executemany(
        "INSERT INTO page (id, name, category, picture_url, link, folded, instagram_id, instagram_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT(id) DO UPDATE SET name=excluded.name, category=excluded.category, picture_url=excluded.picture_url, link=excluded.link, "
        "folded=excluded.folded, instagram_id=coalesce(nullif(excluded.instagram_id, ''), instagram_id), "
        "instagram_name=coalesce(nullif(excluded.instagram_name, ''), instagram_name)",
        pages,
    )
    db.executemany(
        "INSERT INTO source (page_id, connection_id, tasks, origins, pack, last_four, fingerprint, expires_at, state, why, told) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10) "
        "ON CONFLICT(page_id, connection_id) DO UPDATE SET tasks=excluded.tasks, origins=excluded.origins, pack=coalesce(excluded.pack, pack), "
        "last_four=CASE WHEN excluded.pack IS NULL THEN last_four ELSE excluded.last_four END, "
        "fingerprint=CASE WHEN excluded.pack IS NULL THEN fingerprint ELSE excluded.fingerprint END, "
        "expires_at=CASE WHEN excluded.pack IS NULL THEN expires_at ELSE excluded.expires_at END, state=excluded.state, why=excluded.why, "
        "told=excluded.why",
        sources,
    )
    written = {row.page.id for row in rows if row.fresh}
    changed = [page_id for page_id in placed if page_id not in written]
    db.executemany("UPDATE source SET pack=? WHERE connection_id=? AND page_id=?", [(placed[one], connection_id, one) for one in changed])
    db.execute("UPDATE connection SET listed_at=? WHERE id=?", (int(time.time()), connection_id))


def folded_text(page: Page) -> str:
    """What a search looks through for a Page: name, ID, category, folded."""
    return fold(f"{page.name}\n{page.id}\n{page.category}")
