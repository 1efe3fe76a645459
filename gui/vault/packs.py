"""Packed secrets: one keychain item holds as many as the backend takes.

A pack is never changed: a new one is written under a new name and read back, the ledger points to it,
then the old one goes. The ledger names a pack before it exists, so that a start after a crash knows
what to clear away.
"""

import secrets
import sqlite3
from collections.abc import Callable

import msgspec

from gui.values import Secret
from gui.vault.errors import VaultError
from gui.vault.keychain import Keychain
from gui.vault.ledger import Ledger

Entries = dict[str, Secret]
_ROOM_FOR_ONE = 48


class Packs:
    """Writes, reads and drops packs; `Keychain` and `Ledger` as one."""

    def __init__(self, ledger: Ledger, keychain: Keychain) -> None:
        self.ledger = ledger
        self.keychain = keychain

    def recover(self) -> int:
        """Finish what was cut off: clear away packs half written or half dropped. How many there were."""
        left = self.ledger.rows("SELECT name FROM pack WHERE state != 'live'")
        self._drop([str(row[0]) for row in left])
        return len(left)

    def read(self, name: str) -> Entries:
        """The secrets of a pack by key. Raises VaultError when it is gone."""
        text = self.keychain.read(name)
        if text is None:
            raise VaultError("keychain_item_gone")
        try:
            found = msgspec.json.decode(text.reveal(), type=dict[str, str])
        except msgspec.DecodeError:
            found = None
        if found is None:
            raise VaultError("keychain_item_gone")
        return {key: Secret(value) for key, value in found.items()}

    def replace(self, old: list[str], entries: Entries, point: Callable[[sqlite3.Connection, dict[str, str]], object]) -> None:
        """Write `entries` as new packs in place of `old`.

        `point(db, key -> pack name)` lets the ledger point to them, in the transaction that makes them count.
        """
        placed: dict[str, str] = {}
        groups = self._groups(entries)
        names = [f"pack-{secrets.token_hex(8)}" for _ in groups]
        with self.ledger.transaction() as db:
            db.executemany(
                "INSERT INTO pack (name, state, size) VALUES (?, 'writing', ?)", [(name, len(group)) for name, group in zip(names, groups, strict=True)]
            )
        try:
            for name, group in zip(names, groups, strict=True):
                text = msgspec.json.encode({key: secret.reveal() for key, secret in group.items()}).decode()
                self.keychain.write(name, Secret(text))
                placed.update(dict.fromkeys(group, name))
            with self.ledger.transaction() as db:
                point(db, placed)
                db.executemany("UPDATE pack SET state='live' WHERE name=?", [(name,) for name in names])
                db.executemany("UPDATE pack SET state='dropping' WHERE name=?", [(name,) for name in old])
        except BaseException:
            self._drop_quietly(names)
            raise
        self._drop_quietly(old)

    def drop_later(self, db: sqlite3.Connection, names: list[str]) -> None:
        """Mark packs as going, inside a transaction; `finish` then deletes them."""
        db.executemany("UPDATE pack SET state='dropping' WHERE name=?", [(name,) for name in names])

    def finish(self, names: list[str]) -> None:
        """Delete packs that were marked. Raises VaultError; the next start tries again."""
        self._drop(names)

    def _groups(self, entries: Entries) -> list[Entries]:
        if not entries:
            return []
        capacity = self.keychain.capacity
        groups: list[Entries] = [{}]
        size = 2
        for key, secret in entries.items():
            one = len(key) + len(secret.reveal()) + 6
            if groups[-1] and size + one > capacity - _ROOM_FOR_ONE:
                groups.append({})
                size = 2
            groups[-1][key] = secret
            size += one
        return groups

    def _drop(self, names: list[str]) -> None:
        for name in names:
            self.keychain.delete(name)
            with self.ledger.transaction() as db:
                db.execute("DELETE FROM pack WHERE name=? AND state != 'live'", (name,))

    def _drop_quietly(self, names: list[str]) -> None:
        """Drop; what cannot be dropped now stays marked in the ledger for the next start."""
        try:
            self._drop(names)
        except VaultError:
            return
