"""The database: everything that is kept and no secret, in one SQLite file.

A damaged file is set aside with its date, never overwritten; one of a newer version is refused.
"""

import datetime
import errno
import os
import re
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gui.vault.errors import VaultError
from gui.vault.mend_rows import mend_rows
from gui.vault.migrations import MIGRATIONS

#: Named so since the first version: profiles that exist have it.
NAME = "ledger.sqlite3"
#: What sqlite3 says of a text that is not UTF-8.
_NO_TEXT = "Could not decode to UTF-8"
_LONGEST_NUMBER = 19
#: Apps and logins by the name that the person gave, or else Facebook's; the "shown" ones without what is being
#: forgotten.
_VIEWS = (
    "CREATE TEMP VIEW named_app AS SELECT *, coalesce(nullif(given_name, ''), name) AS display_name FROM app",
    "CREATE TEMP VIEW named_login AS SELECT *, coalesce(nullif(given_name, ''), user_name) AS display_name "
    "FROM connection",
    "CREATE TEMP VIEW shown_app AS SELECT * FROM named_app WHERE hidden=0",
    "CREATE TEMP VIEW shown_login AS SELECT * FROM named_login WHERE hidden=0",
)


def storage_failure(error: Exception) -> VaultError:
    """The VaultError for a failure of the disk or of SQLite; its own text is not shown."""
    text = str(error).lower()
    if getattr(error, "errno", None) == errno.ENOSPC or "full" in text:
        return VaultError("disk_full")
    if (
        getattr(error, "errno", None) in {errno.EACCES, errno.EROFS, errno.EPERM}
        or "readonly" in text
        or "unable to open" in text
    ):
        return VaultError("folder_read_only")
    if getattr(error, "errno", None) in {errno.EEXIST, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ENOENT, errno.ELOOP}:
        return VaultError("folder_is_none")
    if "locked" in text:
        return VaultError("database_busy")
    return VaultError("database_failed")


def write_setting(db: sqlite3.Connection, key: str, value: str) -> None:
    """Keep a value under a key, inside a transaction."""
    db.execute("INSERT INTO setting VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value=excluded.value", (key, value))


class Database:
    """One connection to the database in `folder`, usable from every thread, one at a time.

    `set_aside` is the path that a damaged database was moved to at this opening, if one was; `mended` how many rows
    held a value that none of its columns holds.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / NAME
        self.set_aside: Path | None = None
        self.mended = 0
        self._lock = threading.RLock()
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._db = self._open()
        except (OSError, sqlite3.Error) as error:
            failure = storage_failure(error)
        else:
            return
        raise failure

    def _open(self) -> sqlite3.Connection:
        if not self.path.exists():
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            return self._prepare()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and "malformed" not in str(error):
                raise
        stamp = datetime.datetime.now().strftime("%Y-%m-%d-%H%M%S")
        self.set_aside = self.path.with_name(f"ledger-damaged-{stamp}-{secrets.token_hex(2)}.sqlite3")
        self.path.rename(self.set_aside)
        for ending in ("-wal", "-shm"):
            side_file = self.path.with_name(NAME + ending)
            if side_file.exists():
                side_file.rename(self.set_aside.with_name(self.set_aside.name + ending))
        return self._open()

    def _prepare(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, timeout=5, isolation_level=None, check_same_thread=False)
        db.row_factory = sqlite3.Row
        try:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=FULL")
            db.execute("PRAGMA foreign_keys=ON")
            if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("malformed")
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version > len(MIGRATIONS):
                raise VaultError("database_newer")
            for number in range(version, len(MIGRATIONS)):
                db.executescript(f"BEGIN; {MIGRATIONS[number]}; PRAGMA user_version={number + 1}; COMMIT;")
            self.mended = mend_rows(db)
            db.execute("PRAGMA temp_store=MEMORY")
            for view in _VIEWS:
                db.execute(view)
        except BaseException:
            db.close()
            raise
        return db

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of the block or nothing of it is written."""
        failure: VaultError | None = None
        with self._lock:
            try:
                self._db.execute("BEGIN IMMEDIATE")
                try:
                    yield self._db
                    self._db.execute("COMMIT")
                except BaseException:
                    if self._db.in_transaction:
                        self._db.execute("ROLLBACK")
                    raise
            except (OSError, sqlite3.Error) as error:
                failure = storage_failure(error)
        if failure:
            raise failure

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """What a SELECT gives; a column is had by its name."""
        with self._lock:
            try:
                try:
                    return self._db.execute(sql, values).fetchall()
                except sqlite3.OperationalError as error:
                    if _NO_TEXT not in str(error):
                        raise
                    # Slower, so not from the start: only a damaged file holds such a text.
                    self._db.text_factory = lambda text: text.decode("utf-8", "replace")
                    return self._db.execute(sql, values).fetchall()
            except (OSError, sqlite3.Error) as error:
                failure = storage_failure(error)
        raise failure

    def count(self, sql: str, *values: object) -> int:
        """The one number that a SELECT gives."""
        return int(self.rows(sql, *values)[0][0])

    def setting(self, key: str, default: str = "") -> str:
        rows = self.rows("SELECT value FROM setting WHERE key=?", key)
        return rows[0]["value"] if rows else default

    def number(self, key: str) -> int:
        """A setting that is a whole number; 0 where none, or none that can be one, is kept."""
        text = self.setting(key)
        return int(text) if text.isdecimal() and len(text) < _LONGEST_NUMBER else 0

    def set_setting(self, key: str, value: str) -> None:
        with self.transaction() as db:
            write_setting(db, key, value)

    def fingerprint_key(self) -> bytes:
        """The key of this database's fingerprints, made at its first use."""
        key = self.setting("fingerprint_key")
        if not re.fullmatch("[0-9a-f]{64}", key):
            key = secrets.token_hex(32)
            self.set_setting("fingerprint_key", key)
        return bytes.fromhex(key)

    def close(self) -> None:
        with self._lock:
            self._db.close()
