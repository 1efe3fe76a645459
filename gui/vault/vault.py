"""The vault: keychain and ledger as one. Keychain first, then ledger; forgetting the other way round."""

import functools
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from gui.values import AppCredentials, Event, HealthRecord, Login, PageRow, Secret, StoredLogin, UserToken
from gui.vault import history, rebuild
from gui.vault.checks import Checks
from gui.vault.clients import Clients
from gui.vault.entries import Entries, Entry, app_key, page_key, user_key
from gui.vault.errors import VaultError
from gui.vault.forgetting import Forgetting, Write
from gui.vault.history import History
from gui.vault.keychain import Keychain
from gui.vault.ledger import Ledger
from gui.vault.packs import Packs
from gui.vault.reminders import Reminders
from gui.vault.rows import read_rows, words, write_rows

P = ParamSpec("P")
R = TypeVar("R")


def _alone(method: Callable[Concatenate["Vault", P], R]) -> Callable[Concatenate["Vault", P], R]:
    """One at a time of those that change packs."""

    @functools.wraps(method)
    def alone(self: "Vault", /, *arguments: P.args, **named: P.kwargs) -> R:
        with self._one_at_a_time:
            return method(self, *arguments, **named)

    return alone


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a start mended: leftovers cleared away, Page tokens that a new ledger took from the keychain."""

    leftovers: int = 0
    rebuilt: int = 0


class Vault:
    """Everything that Page Keys keeps, for one profile `folder`. Every method may be called on any thread."""

    def __init__(self, folder: Path, keychain: Keychain) -> None:
        self.ledger = Ledger(folder)
        self.keychain = keychain
        self.packs = Packs(self.ledger, keychain)
        self.packs.adopt = self._adopt
        self.checks = Checks(self.ledger)
        self.clients = Clients(self.ledger)
        self.history = History(self.ledger)
        self.reminders = Reminders(self.ledger)
        self.forgetting = Forgetting(self.ledger, self.place, self.packs.drop_later, self.packs.finish)
        self._rebuilt = 0
        # What reads packs and then writes them anew must not meet itself on another thread.
        self._one_at_a_time = threading.RLock()

    @_alone
    def recover(self) -> Recovered:
        """Finish what a crash cut off, and bring what an older version wrote into the present form."""
        left = self.packs.recover()
        self.forgetting.finish()
        self._renew_form()
        rebuilt, self._rebuilt = self._rebuilt, 0
        return Recovered(left, rebuilt)

    def _adopt(self, found: dict[str, Entries]) -> None:
        self._rebuilt = rebuild.adopt(self.ledger, found)
        if self.ledger.set_aside is not None:
            rebuild.salvage(self.ledger, self.ledger.set_aside)

    def close(self) -> None:
        self.ledger.close()
        self.keychain.close()

    # ------------------------------------------------------------------ packing
    def place(self, touched: Iterable[str], new: Entries, gone: Iterable[str], write: Write, *, self_pointing: bool = False) -> None:
        """Write the packs `touched` anew with `new` entries in them and without those `gone`; `write` the rest, with it or not at all.

        `self_pointing`: `write` itself notes where the new entries lie.
        """
        old = sorted(set(self.packs.live()) if self.keychain.gathers else touched)
        entries: Entries = {}
        lost = []
        for name in old:
            try:
                entries.update(self.packs.read(name))
            except VaultError as error:
                if error.kind != "keychain_item_gone":
                    raise
                lost.append(name)
        entries.update(new)
        for key in gone:
            entries.pop(key, None)

        def point(db: sqlite3.Connection, placed: dict[str, str]) -> None:
            write(db, placed)
            _point(db, {key: name for key, name in placed.items() if not (self_pointing and key in new)})
            for name in lost:
                db.execute("UPDATE source SET pack=NULL, last_four='', state='needs_you', why='keychain_item_gone' WHERE pack=?", (name,))

        self.packs.replace(old, entries, point)

    def _renew_form(self) -> None:
        """Write packs of the first form anew, in which entries did not say whose they are."""
        old = self.ledger.rows("SELECT name FROM pack WHERE state='live' AND length(name)=21")
        for name in (str(row[0]) for row in old):
            entries = self.packs.read(name)
            mine: Entries = {}
            for app in self.apps():
                if entry := entries.get(app_key(app.app_id)):
                    mine[app_key(app.app_id)] = _about_app(app, entry.secret)
            for kept in self.connections():
                if entry := entries.get(user_key(kept.app_id, kept.user_id)):
                    mine[user_key(kept.app_id, kept.user_id)] = _about_person(kept, entry.secret)
            held = self.ledger.rows(
                "SELECT p.id, p.name, p.category, s.tasks, s.expires_at, c.app_id, c.user_id FROM source s JOIN page p ON p.id=s.page_id "
                "JOIN connection c ON c.id=s.connection_id WHERE s.pack=?",
                name,
            )
            for page_id, title, category, tasks, expires, app_id, user_id in held:
                if entry := entries.get(str(page_id)):
                    mine[page_key(str(app_id), str(user_id), str(page_id))] = Entry(entry.secret, (title, category, tasks, expires))  # type: ignore[arg-type]
            self.packs.replace([name], mine, lambda db, placed: _point(db, placed))

    # -------------------------------------------------------------------- apps
    @_alone
    def keep_app(self, app: AppCredentials) -> None:
        """Keep an app; its secret replaces an earlier one."""
        old = [str(row[0]) for row in self.ledger.rows("SELECT pack FROM app WHERE app_id=? AND pack IS NOT NULL", app.app_id)]
        self.place(
            old,
            {app_key(app.app_id): _about_app(app, app.secret)} if app.secret else {},
            () if app.secret else (app_key(app.app_id),),
            lambda db, placed: db.execute(
                "INSERT INTO app (app_id, name, version, config_id) VALUES (?, ?, ?, ?) ON CONFLICT(app_id) DO UPDATE SET "
                "name=excluded.name, version=excluded.version, config_id=excluded.config_id, hidden=0, pack=NULL",
                (app.app_id, app.name, app.version, app.config_id),
            ),
        )

    def apps(self) -> list[AppCredentials]:
        """The kept apps, without their secrets, by the name that the person gave or else Facebook's."""
        rows = self.ledger.rows(
            "SELECT app_id, coalesce(nullif(given_name, ''), name) AS said, version, config_id FROM app WHERE hidden=0 ORDER BY said, app_id"
        )
        return [AppCredentials(str(row[0]), Secret(""), str(row[1]), str(row[2]), str(row[3])) for row in rows]

    def app(self, app_id: str) -> AppCredentials:
        """One app with its secret."""
        rows = self.ledger.rows("SELECT coalesce(nullif(given_name, ''), name), version, config_id, pack FROM app WHERE app_id=? AND hidden=0", app_id)
        if not rows:
            raise VaultError("app_not_kept")
        name, version, config_id, pack = rows[0]
        entry = self.packs.read(str(pack)).get(app_key(app_id)) if pack else None
        return AppCredentials(app_id, entry.secret if entry else Secret(""), str(name), str(version), str(config_id))

    def name_app(self, app_id: str, name: str) -> None:
        """Call an app by a name of one's own; empty takes Facebook's again."""
        with self.ledger.transaction() as db:
            db.execute("UPDATE app SET given_name=? WHERE app_id=?", (name, app_id))

    # ------------------------------------------------------------- connections
    @_alone
    def keep_connection(self, connection: Login) -> StoredLogin:
        """Keep a person's User token; a newer one replaces the older. An empty one keeps the person without a login."""
        token = connection.token
        ids = (token.app_id, token.user_id)
        before = self.ledger.rows("SELECT pack, fingerprint FROM connection WHERE app_id=? AND user_id=?", *ids)
        mark = token.secret.fingerprint(self.ledger.fingerprint_key())
        about = (token.user_name, token.expires_at, token.data_access_expires_at, token.issued_at, ",".join(token.scopes))

        def write(db: sqlite3.Connection, placed: dict[str, str]) -> None:
            db.execute(
                "INSERT INTO connection (app_id, user_id, user_name, expires_at, data_access_expires_at, issued_at, scopes, last_four, fingerprint) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(app_id, user_id) DO UPDATE SET user_name=excluded.user_name, "
                "expires_at=excluded.expires_at, data_access_expires_at=excluded.data_access_expires_at, issued_at=excluded.issued_at, "
                "scopes=excluded.scopes, last_four=excluded.last_four, fingerprint=excluded.fingerprint, hidden=0, pack=NULL, "
                "state='works', why='', told='', lacking=''",
                (*ids, *about, token.secret.last_four, mark),
            )
            if token.secret and mark not in {row[1] for row in before}:
                app = self.ledger.rows("SELECT coalesce(nullif(given_name, ''), name) FROM app WHERE app_id=?", token.app_id)
                who = f"{token.user_name} · {app[0][0] or token.app_id}" if app else token.user_name
                history.write(db, [Event("login_renewed" if before and before[0][1] else "login_made", token.user_name, who, at=_now())])

        key = user_key(*ids)
        self.place([str(row[0]) for row in before if row[0]], {key: Entry(token.secret, about)} if token.secret else {}, () if token.secret else (key,), write)
        return next(one for one in self.connections() if (one.app_id, one.user_id) == ids)

    def connections(self) -> list[StoredLogin]:
        """The kept people, each with the number of their Pages."""
        rows = self.ledger.rows(
            "SELECT c.id, c.app_id, coalesce(nullif(a.given_name, ''), a.name), c.user_id, coalesce(nullif(c.given_name, ''), c.user_name), c.last_four, "
            "c.expires_at, c.data_access_expires_at, c.issued_at, c.scopes, (SELECT count(*) FROM source s WHERE s.connection_id = c.id AND s.hidden=0), "
            "c.listed_at, c.state, c.why, c.checked_at, c.well_at, c.told, c.code, c.lacking "
            "FROM connection c JOIN app a USING (app_id) WHERE c.hidden=0 AND a.hidden=0 ORDER BY c.id"
        )
        return [
            StoredLogin(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], words(r[9]), r[10], r[11], HealthRecord(*r[12:18]), words(r[18]))  # type: ignore[arg-type]
            for r in rows
        ]

    def connection(self, kept: StoredLogin) -> Login:
        """A kept person with app secret and User token."""
        rows = self.ledger.rows("SELECT pack FROM connection WHERE id=? AND hidden=0", kept.id)
        if not rows or not rows[0][0]:
            raise VaultError("keychain_item_gone")
        entry = self.packs.read(str(rows[0][0])).get(user_key(kept.app_id, kept.user_id))
        if entry is None:
            raise VaultError("keychain_item_gone")
        token = UserToken(
            entry.secret, kept.app_id, kept.user_id, kept.user_name, kept.expires_at, kept.data_access_expires_at, kept.issued_at, kept.scopes, True
        )
        return Login(self.app(kept.app_id), token)

    def name_connection(self, kept: StoredLogin, name: str) -> None:
        """Call a person by a name of one's own; empty takes Facebook's again."""
        with self.ledger.transaction() as db:
            db.execute("UPDATE connection SET given_name=? WHERE id=?", (name, kept.id))

    @_alone
    def forget_connection(self, kept: StoredLogin, *, keep_app: bool = False) -> None:
        """Remove a person's every secret and row now, and the app too when nobody else uses it (unless it is to be kept)."""
        stamp = self.forgetting.hide(people=(kept.id,), with_apps=not keep_app)
        self.forgetting.finish(stamp)

    @_alone
    def finish_forgetting(self, stamp: int = 0) -> None:
        """Delete what was hidden under this number, or (0) everything hidden."""
        self.forgetting.finish(stamp)

    # ------------------------------------------------------------------- Pages
    @_alone
    def keep_pages(self, kept: StoredLogin, rows: list[PageRow], *, made: str = "made") -> None:
        """Keep these Pages and their fresh tokens; only the packs that change are written anew.

        `made` is what the history calls a token that was not kept before.

        A Page kept before that is not among `rows` stays as it is.
        """
        fresh = {row.page.id: row for row in rows if row.fresh is not None}
        known = self.ledger.rows("SELECT page_id, pack, fingerprint FROM source WHERE connection_id=?", kept.id)
        where = {str(r[0]): str(r[1]) for r in known if r[1]}
        before = {str(r[0]): str(r[2]) for r in known if r[2]}
        touched = {where[page_id] for page_id in fresh if page_id in where}
        if where and any(page_id not in where for page_id in fresh):
            counts: dict[str, int] = {}
            for name in where.values():
                counts[name] = counts.get(name, 0) + 1
            touched.add(min(counts, key=lambda name: counts[name]))
        new = {page_key(kept.app_id, kept.user_id, page_id): _about_page(row) for page_id, row in fresh.items()}
        key = self.ledger.fingerprint_key()
        marks = {page_id: row.fresh.fingerprint(key) for page_id, row in fresh.items() if row.fresh is not None}

        def write(db: sqlite3.Connection, placed: dict[str, str]) -> None:
            write_rows(db, kept.id, rows, marks, {page_id: placed[page_key(kept.app_id, kept.user_id, page_id)] for page_id in fresh})
            history.write(db, _kept_events(kept, fresh, before, marks, made))

        self.place(touched, new, (), write, self_pointing=True)

    def page_rows(self, *people: StoredLogin) -> list[PageRow]:
        """The kept Pages of these people, a row each source, without their tokens."""
        return read_rows(self.ledger, tuple(kept.id for kept in people), self.clients.of_pages())

    def page_token(self, person: int, page_id: str) -> Secret:
        """One Page's token, of the connection with this id: reads one keychain item."""
        rows = self.ledger.rows(
            "SELECT s.pack, c.app_id, c.user_id FROM source s JOIN connection c ON c.id=s.connection_id WHERE s.connection_id=? AND s.page_id=?",
            person,
            page_id,
        )
        if not rows or not rows[0][0]:
            raise VaultError("page_without_token")
        pack, app_id, user_id = rows[0]
        entry = self.packs.read(str(pack)).get(page_key(str(app_id), str(user_id), page_id))
        if entry is None:
            raise VaultError("keychain_item_gone")
        return entry.secret

    def page_tokens(self, person: int, page_ids: Iterable[str] = ()) -> dict[str, Secret]:
        """Page tokens of a connection by Page ID, all or those named: each keychain item is read once."""
        rows = self.ledger.rows(
            "SELECT s.page_id, s.pack, c.app_id, c.user_id FROM source s JOIN connection c ON c.id=s.connection_id "
            "WHERE s.connection_id=? AND s.hidden=0 AND s.pack IS NOT NULL",
            person,
        )
        wanted = set(page_ids)
        keys = {str(r[0]): (str(r[1]), page_key(str(r[2]), str(r[3]), str(r[0]))) for r in rows if not wanted or r[0] in wanted}
        entries = self.packs.read_all(sorted({pack for pack, _ in keys.values()}))
        return {page_id: entries[key].secret for page_id, (_, key) in keys.items() if key in entries}

    def picture(self, page_id: str) -> bytes | None:
        rows = self.ledger.rows("SELECT picture FROM page WHERE id=?", page_id)
        found = rows[0][0] if rows else None
        return found if isinstance(found, bytes) else None

    def keep_picture(self, page_id: str, picture: bytes) -> None:
        with self.ledger.transaction() as db:
            db.execute("UPDATE page SET picture=? WHERE id=?", (picture, page_id))


def _now() -> int:
    return int(time.time())


def _about_app(app: AppCredentials, secret: Secret) -> Entry:
    return Entry(secret, (app.name, app.version, app.config_id))


def _about_person(kept: StoredLogin, secret: Secret) -> Entry:
    return Entry(secret, (kept.user_name, kept.expires_at, kept.data_access_expires_at, kept.issued_at, ",".join(kept.scopes)))


def _about_page(row: PageRow) -> Entry:
    assert row.fresh is not None
    tasks = None if row.page.tasks is None else ",".join(row.page.tasks)
    return Entry(row.fresh, (row.page.name, row.page.category, tasks, row.expires_at))


def _kept_events(kept: StoredLogin, fresh: dict[str, PageRow], before: dict[str, str], marks: dict[str, str], made: str) -> list[Event]:
    """What keeping did to each token: made (by this name), or renewed; one that is the same as before was not touched."""
    who, now = f"{kept.user_name or kept.user_id} · {kept.app_name or kept.app_id}", _now()
    return [
        Event("renewed" if page_id in before else made, fresh[page_id].page.name or page_id, who, page_id=page_id, at=now)
        for page_id, mark in marks.items()
        if before.get(page_id) != mark
    ]


def _point(db: sqlite3.Connection, placed: dict[str, str]) -> None:
    """Let the ledger point to the packs that hold each key's entry."""
    pages: dict[str, list[tuple[str, str]]] = {}
    for key, name in placed.items():
        kind, *ids = key.split(":")
        if kind == "app":
            db.execute("UPDATE app SET pack=? WHERE app_id=?", (name, ids[0]))
        elif kind == "user":
            db.execute("UPDATE connection SET pack=? WHERE app_id=? AND user_id=?", (name, *ids))
        else:
            pages.setdefault(f"{ids[0]}:{ids[1]}", []).append((name, ids[2]))
    for owner, some in pages.items():
        found = db.execute("SELECT id FROM connection WHERE app_id=? AND user_id=?", owner.split(":")).fetchone()
        if found:
            db.executemany("UPDATE source SET pack=? WHERE page_id=? AND connection_id=?", [(name, page_id, found[0]) for name, page_id in some])
