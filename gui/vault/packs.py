"""Packed secrets: one keychain item holds as many as the backend takes.

A pack is never changed: a new one is written under another name and read back, the ledger points to it, then the
old one goes. The ledger names a pack before it exists, so that a start after a crash knows what to clear away.
Names are numbers, and one item tells up to which they go: a new ledger finds every pack without asking the keychain
for a list, which not every system gives.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable

from gui.values import Secret
from gui.vault.entries import Entries, decoded, encoded, groups
from gui.vault.errors import VaultError
from gui.vault.keychain import Keychain
from gui.vault.ledger import Ledger

#: The item that tells the highest number of a pack that there may be.
INDEX = "packs"
#: How many numbers the index is ahead, so that it is seldom written.
_AHEAD = 32
_KNOWN, _HIGHEST = "packs_known", "packs_highest"


def name_of(number: int) -> str:
    return f"pack-{number}"


class Packs:
    """Writes, reads and drops packs; `Keychain` and `Ledger` as one."""

    def __init__(self, ledger: Ledger, keychain: Keychain) -> None:
        self.ledger = ledger
        self.keychain = keychain
        #: Takes up what the keychain holds and a new ledger does not know, earliest first.
        self.adopt: Callable[[dict[str, Entries]], None] = lambda found: None

    # ---------------------------------------------------------------- beginning
    def recover(self) -> int:
        """Finish what was cut off: clear away packs half written or half dropped. How many there were."""
        self.get_to_know()
        left = self.ledger.rows("SELECT name FROM pack WHERE state != 'live'")
        self._drop([str(row[0]) for row in left])
        self._lower_index()
        return len(left)

    def get_to_know(self) -> None:
        """For a new ledger: read every pack that the keychain holds already, and let them be adopted. Raises VaultError."""
        if self.ledger.setting(_KNOWN):
            return
        index = self.keychain.read(INDEX)
        highest = int(index.reveal()) if index is not None and index.reveal().isdecimal() else 0
        known = {str(row[0]) for row in self.ledger.rows("SELECT name FROM pack")}
        found: dict[str, tuple[Entries, int]] = {}
        for name in map(name_of, range(1, highest + 1)):
            if name in known:
                continue
            text = self.keychain.read(name)
            entries = decoded(text.reveal()) if text is not None else None
            if entries is not None:
                found[name] = entries
            else:
                # Half of an item may be left.
                self.keychain.delete(name)
        if found:
            self.adopt({name: found[name][0] for name in sorted(found, key=lambda one: found[one][1])})
        self.ledger.set_setting(_HIGHEST, str(highest))
        self.ledger.set_setting(_KNOWN, "1")

    # ------------------------------------------------------------------ reading
    def live(self) -> list[str]:
        """The names of all packs that count."""
        return [str(row[0]) for row in self.ledger.rows("SELECT name FROM pack WHERE state='live'")]

    def read(self, name: str) -> Entries:
        """The entries of a pack by key. Raises VaultError when it is gone."""
        text = self.keychain.read(name)
        found = decoded(text.reveal()) if text is not None else None
        if found is None:
            raise VaultError("keychain_item_gone")
        return found[0]

    def read_all(self, names: Iterable[str]) -> Entries:
        """The entries of several packs."""
        found: Entries = {}
        for name in names:
            found.update(self.read(name))
        return found

    # ------------------------------------------------------------------ writing
    def replace(self, old: list[str], entries: Entries, point: Callable[[sqlite3.Connection, dict[str, str]], object]) -> None:
        """Write `entries` as new packs in place of `old`.

        `point(db, key -> pack name)` lets the ledger point to them, in the transaction that makes them count.
        """
        self.get_to_know()
        placed: dict[str, str] = {}
        shared = groups(entries, self.keychain.capacity) if entries else []
        names = self._new_names([len(group) for group in shared])
        try:
            for name, group in zip(names, shared, strict=True):
                self.keychain.write(name, Secret(encoded(group, time.time_ns() // 1_000_000)))
                placed.update(dict.fromkeys(group, name))
            with self.ledger.transaction() as db:
                point(db, placed)
                db.executemany("UPDATE pack SET state='live' WHERE name=?", [(name,) for name in names])
                self.drop_later(db, old)
        except BaseException:
            self._drop_quietly(names)
            raise
        self._drop_quietly(old)

    def _new_names(self, sizes: list[int]) -> list[str]:
        """Names that are free, written into the ledger before anything is written under them."""
        if not sizes:
            return []
        with self.ledger.transaction() as db:
            used = {str(row[0]) for row in db.execute("SELECT name FROM pack")}
            numbers: list[int] = []
            number = 1
            while len(numbers) < len(sizes):
                if name_of(number) not in used:
                    numbers.append(number)
                number += 1
            names = [name_of(one) for one in numbers]
            db.executemany("INSERT INTO pack (name, state, size) VALUES (?, 'writing', ?)", list(zip(names, sizes, strict=True)))
        try:
            self._raise_index(numbers[-1])
        except BaseException:
            self._drop_quietly(names)
            raise
        return names

    def _raise_index(self, number: int) -> None:
        if number > int(self.ledger.setting(_HIGHEST, "0")):
            highest = str(number + max(_AHEAD, number // 4))
            self.keychain.write(INDEX, Secret(highest))
            self.ledger.set_setting(_HIGHEST, highest)

    # ----------------------------------------------------------------- dropping
    def drop_later(self, db: sqlite3.Connection, names: Iterable[str]) -> None:
        """Mark packs as going, inside a transaction; `finish` then deletes them."""
        db.executemany("UPDATE pack SET state='dropping' WHERE name=?", [(name,) for name in names])

    def finish(self, names: list[str]) -> None:
        """Delete packs that were marked, and the index with the last. Raises VaultError; the next start tries again."""
        self._drop(names)
        self._lower_index()

    def _lower_index(self) -> None:
        """With the last pack the index goes too: nothing of ours stays in the keychain."""
        if int(self.ledger.setting(_HIGHEST, "0")) and not self.ledger.rows("SELECT 1 FROM pack LIMIT 1"):
            self.keychain.delete(INDEX)
            self.ledger.set_setting(_HIGHEST, "0")

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
