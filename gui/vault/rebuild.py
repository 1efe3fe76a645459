"""A database that was lost, made anew from the keychain's bundles and from what a damaged file still gives."""

import sqlite3
from pathlib import Path

from gui.text import fold_fields
from gui.values import DEFAULT_VERSION
from gui.vault.database import Database
from gui.vault.entries import Entries, Entry
from gui.vault.errors import VaultError

_INSERTS = {
    "client": "INSERT OR IGNORE INTO client (id, name, folded, color) VALUES (?, ?, ?, ?)",
    "page_client": (
        "INSERT OR IGNORE INTO page_client (page_id, client_id) "
        "SELECT id, ?2 FROM page WHERE id=?1 AND ?2 IN (SELECT id FROM client)"
    ),
    "event": (
        "INSERT OR IGNORE INTO event (id, at, what, page_id, subject, who, detail, folded) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    ),
    "reminded": "INSERT OR IGNORE INTO reminded (subject, ends_at, days) VALUES (?, ?, ?)",
}
_COLUMNS = {
    "client": "id, name, folded, color",
    "page_client": "page_id, client_id",
    "event": "id, at, what, page_id, subject, who, detail, folded",
    "reminded": "subject, ends_at, days",
}


def restore(database: Database, bundles: dict[str, Entries]) -> int:
    """Write into an empty database what bundles hold, earliest first; how many Page tokens came back.

    Of two bundles with the same key the later one counts. One that holds nothing that counts is marked to be dropped.
    """
    bundle_of = {key: name for name, entries in bundles.items() for key in entries}
    all_entries = {key: entry for entries in bundles.values() for key, entry in entries.items()}
    fingerprint_key = database.fingerprint_key()
    with database.transaction() as db:
        used_bundles = set(bundle_of.values())
        db.executemany(
            "INSERT OR REPLACE INTO pack (name, state, size) VALUES (?, ?, ?)",
            [(name, "live" if name in used_bundles else "dropping", len(entries)) for name, entries in bundles.items()],
        )
        for key, entry in all_entries.items():
            kind, _, rest = key.partition(":")
            if kind == "app":
                _write_app(db, rest, entry, bundle_of[key])
        for key, entry in all_entries.items():
            kind, _, rest = key.partition(":")
            if kind == "user":
                app_id, _, user_id = rest.partition(":")
                _write_user(db, app_id, user_id, entry, bundle_of[key], fingerprint_key)
        pages = {key: entry for key, entry in all_entries.items() if key.startswith("page:")}
        for app_id, user_id in {tuple(key.split(":")[1:3]) for key in pages}:
            _write_user(db, app_id, user_id, None, "", fingerprint_key)
        for key, entry in pages.items():
            app_id, user_id, page_id = key.split(":")[1:]
            _write_page(db, app_id, user_id, page_id, entry, bundle_of[key], fingerprint_key)
    if database.set_aside is not None:
        salvage(database, database.set_aside)
    return len(pages)


def _known_value(entry: Entry, index: int) -> str | int | None:
    return entry.about[index] if index < len(entry.about) else None


def _write_app(db: sqlite3.Connection, app_id: str, entry: Entry | None, bundle: str) -> None:
    name, version, config_id = (_known_value(entry, index) or "" for index in range(3)) if entry else ("", "", "")
    db.execute(
        "INSERT OR IGNORE INTO app (app_id, name, version, config_id, pack) VALUES (?, ?, ?, ?, nullif(?, ''))",
        (app_id, name, version or DEFAULT_VERSION, config_id, bundle),
    )


def _write_user(
    db: sqlite3.Connection, app_id: str, user_id: str, entry: Entry | None, bundle: str, fingerprint_key: bytes
) -> None:
    _write_app(db, app_id, None, "")
    name, expires_at, data_access_expires_at, issued_at, scopes, kind, business = (
        (_known_value(entry, index) for index in range(7)) if entry else ("", None, None, None, "", "", "")
    )
    secret = entry.secret if entry else None
    db.execute(
        "INSERT OR IGNORE INTO connection (app_id, user_id, user_name, expires_at, data_access_expires_at, issued_at, "
        "scopes, pack, last_four, fingerprint, kind, business) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, ''), ?, ?, ?, ?)",
        (
            app_id,
            user_id,
            name or "",
            expires_at,
            data_access_expires_at,
            issued_at,
            scopes or "",
            bundle,
            secret.last_four if secret else "",
            secret.fingerprint(fingerprint_key) if secret else "",
            kind or "user",
            business or "",
        ),
    )


def _write_page(
    db: sqlite3.Connection, app_id: str, user_id: str, page_id: str, entry: Entry, bundle: str, fingerprint_key: bytes
) -> None:
    name, category, tasks, expires_at = (_known_value(entry, index) for index in range(4))
    link = f"https://www.facebook.com/{page_id}"
    db.execute(
        "INSERT OR IGNORE INTO page (id, name, category, link, folded) VALUES (?, ?, ?, ?, ?)",
        (page_id, name or "", category or "", link, fold_fields(str(name or ""), page_id, str(category or ""), "")),
    )
    db.execute(
        "INSERT INTO source (page_id, connection_id, tasks, pack, last_four, fingerprint, expires_at) "
        "SELECT ?, id, ?, ?, ?, ?, ? FROM connection WHERE app_id=? AND user_id=?",
        (
            page_id,
            tasks,
            bundle,
            entry.secret.last_four,
            entry.secret.fingerprint(fingerprint_key),
            expires_at,
            app_id,
            user_id,
        ),
    )


def salvage(database: Database, damaged: Path) -> int:
    """Take from a damaged database what it still gives of clients and history; how many rows."""
    salvaged = 0
    try:
        damaged_db = sqlite3.connect(f"{damaged.as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        return 0
    try:
        for table, insert in _INSERTS.items():
            rows = _readable_rows(damaged_db, f"SELECT {_COLUMNS[table]} FROM {table}")
            try:
                with database.transaction() as db:
                    db.executemany(insert, rows)
            except VaultError:
                continue
            salvaged += len(rows)
    finally:
        damaged_db.close()
    return salvaged


def _readable_rows(db: sqlite3.Connection, sql: str) -> list[tuple[object, ...]]:
    """The rows up to the first that cannot be read."""
    rows: list[tuple[object, ...]] = []
    try:
        for row in db.execute(sql):
            rows.append(row)  # noqa: PERF402 (those before the damage stay)
    except sqlite3.Error:
        return rows
    return rows
