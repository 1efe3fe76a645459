"""Packed secrets: one keychain item holds as many as the backend takes.

Not an item a token: gnome-keyring rewrites all it holds at every write, 88 ms each at 2,000 items (126 s for all); in
bundles 10,000 tokens take some six times one item's write (`make bench` measures it). No library packs them.

A bundle is never changed: a new one is written under another name and read back, the database points to it, then the
old one goes. The database names a bundle before it exists, so that a start after a crash knows what to clear away.
Names are numbers, and one item tells up to which they go: a new database finds every bundle without asking the keychain
for a list, which not every system gives.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable

from gui.values import Secret
from gui.vault.database import Database
from gui.vault.entries import Entries, decode_bundle, split_into_bundles
from gui.vault.errors import VaultError
from gui.vault.keychain import Keychain
from gui.vault.rebuild import restore

#: The item that tells the highest number of a bundle that there may be.
INDEX = "packs"
#: How many numbers the index is ahead, so that it is seldom written.
_AHEAD = 32
#: A new database looks for no more bundles than these characters fill, 100,000 tokens or so, and at least for this
#: many: each look takes milliseconds.
_MOST_CHARACTERS, _AT_LEAST = 40_000_000, 1_000
_DIGITS = 9
_KNOWN, _HIGHEST = "packs_known", "packs_highest"


#: Writes the rest of a change: the transaction, and where each entry lies now.
Write = Callable[[sqlite3.Connection, dict[str, str]], object]


def name_of(number: int) -> str:
    return f"pack-{number}"


class SecretBundles:
    """Writes, reads and drops bundles; `Keychain` and `Database` as one."""

    def __init__(self, database: Database, keychain: Keychain) -> None:
        self.database = database
        self.keychain = keychain
        #: How many Page tokens a new database took from the keychain.
        self.restored = 0

    # ---------------------------------------------------------------- beginning
    def recover(self) -> int:
        """Finish what was cut off: clear away bundles half written or half dropped. How many there were."""
        self.get_to_know()
        leftovers = self.database.rows("SELECT name FROM pack WHERE state != 'live'")
        self._drop([row["name"] for row in leftovers])
        self._lower_index()
        return len(leftovers)

    def get_to_know(self) -> None:
        """For a new database: adopt every bundle that the keychain holds already. Raises VaultError."""
        if self.database.setting(_KNOWN):
            return
        try:
            highest = _highest(self.keychain)
        except VaultError as error:
            if error.kind == "no_default_keychain" and not self.live():
                # A new computer's first write makes its keychain; until then nothing can be in it.
                return
            raise
        known_names = {row["name"] for row in self.database.rows("SELECT name FROM pack")}
        unknown_bundles: dict[str, tuple[Entries, int]] = {}
        for name in map(name_of, range(1, highest + 1)):
            if name in known_names:
                continue
            text = self.keychain.read(name)
            entries = decode_bundle(text.reveal()) if text is not None else None
            if entries is not None:
                unknown_bundles[name] = entries
            else:
                # Half of an item may be left.
                self.keychain.delete(name)
        if unknown_bundles:
            self.restored = restore(
                self.database,
                {
                    name: unknown_bundles[name][0]
                    for name in sorted(unknown_bundles, key=lambda one: unknown_bundles[one][1])
                },
            )
        self.database.set_setting(_HIGHEST, str(highest))
        self.database.set_setting(_KNOWN, "1")

    # ------------------------------------------------------------------ reading
    def live(self) -> list[str]:
        """The names of all bundles that count."""
        return [row["name"] for row in self.database.rows("SELECT name FROM pack WHERE state='live'")]

    def read(self, name: str) -> Entries:
        """The entries of a bundle by key. Raises VaultError when it is gone."""
        text = self.keychain.read(name)
        bundle = decode_bundle(text.reveal()) if text is not None else None
        if bundle is None:
            raise VaultError("keychain_item_gone")
        return bundle[0]

    def read_all(self, names: Iterable[str]) -> Entries:
        """The entries of several bundles."""
        entries: Entries = {}
        for name in names:
            entries.update(self.read(name))
        return entries

    # ------------------------------------------------------------------ writing
    def replace(
        self, old_names: list[str], entries: Entries, point: Callable[[sqlite3.Connection, dict[str, str]], object]
    ) -> None:
        """Write `entries` as new bundles in place of `old_names`.

        `point(db, key -> bundle name)` lets the database point to them, in the transaction that makes them count.
        """
        self.get_to_know()
        bundle_of: dict[str, str] = {}
        bundles = split_into_bundles(entries, self.keychain.capacity) if entries else []
        new_names = self._new_names([len(bundle.keys) for bundle in bundles])
        try:
            for name, bundle in zip(new_names, bundles, strict=True):
                self.keychain.write(name, Secret(bundle.text(time.time_ns() // 1_000_000)))
                bundle_of.update(dict.fromkeys(bundle.keys, name))
            with self.database.transaction() as db:
                point(db, bundle_of)
                db.executemany("UPDATE pack SET state='live' WHERE name=?", [(name,) for name in new_names])
                self.drop_later(db, old_names)
        except BaseException:
            self._drop_quietly(new_names)
            raise
        self._drop_quietly(old_names)

    def _new_names(self, sizes: list[int]) -> list[str]:
        """Names that are free, written into the database before anything is written under them."""
        if not sizes:
            return []
        with self.database.transaction() as db:
            used_names = {row["name"] for row in db.execute("SELECT name FROM pack")}
            numbers: list[int] = []
            number = 1
            while len(numbers) < len(sizes):
                if name_of(number) not in used_names:
                    numbers.append(number)
                number += 1
            names = [name_of(one) for one in numbers]
            db.executemany(
                "INSERT INTO pack (name, state, size) VALUES (?, 'writing', ?)", list(zip(names, sizes, strict=True))
            )
        try:
            self._raise_index(numbers[-1])
        except BaseException:
            self._drop_quietly(names)
            raise
        return names

    def _raise_index(self, number: int) -> None:
        if number > self.database.number(_HIGHEST):
            highest = str(number + max(_AHEAD, number // 4))
            self.keychain.write(INDEX, Secret(highest))
            self.database.set_setting(_HIGHEST, highest)

    def rewrite_bundles(
        self,
        bundle_names: Iterable[str],
        new_entries: Entries,
        removed_keys: Iterable[str],
        write: Write,
        *,
        self_pointing: bool = False,
    ) -> None:
        """Write the named bundles anew, with `new_entries` in them and without the entries under `removed_keys`.

        `write` writes the rest of the change in the same transaction; `self_pointing`: it notes where the new
        entries lie itself.
        """
        old_names = sorted(set(self.live()) if self.keychain.prefers_one_item else bundle_names)
        entries: Entries = {}
        lost_names = []
        for name in old_names:
            try:
                entries.update(self.read(name))
            except VaultError as error:
                if error.kind != "keychain_item_gone":
                    raise
                lost_names.append(name)
        entries.update(new_entries)
        for key in removed_keys:
            entries.pop(key, None)

        def point(db: sqlite3.Connection, bundle_of: dict[str, str]) -> None:
            write(db, bundle_of)
            point_to_bundles(
                db, {key: name for key, name in bundle_of.items() if not (self_pointing and key in new_entries)}
            )
            for name in lost_names:
                db.execute(
                    "UPDATE source SET pack=NULL, last_four='', state='needs_you', why='keychain_item_gone' "
                    "WHERE pack=?",
                    (name,),
                )

        self.replace(old_names, entries, point)

    # ----------------------------------------------------------------- dropping
    def drop_later(self, db: sqlite3.Connection, names: Iterable[str]) -> None:
        """Mark bundles as going, inside a transaction; `finish` then deletes them."""
        db.executemany("UPDATE pack SET state='dropping' WHERE name=?", [(name,) for name in names])

    def finish(self, names: list[str]) -> None:
        """Delete bundles that were marked, and the index with the last one.

        Raises VaultError; the next start tries again.
        """
        self._drop(names)
        self._lower_index()

    def _lower_index(self) -> None:
        """With the last bundle the index goes too: nothing of ours stays in the keychain."""
        if self.database.number(_HIGHEST) and not self.database.rows("SELECT 1 FROM pack LIMIT 1"):
            self.keychain.delete(INDEX)
            self.database.set_setting(_HIGHEST, "0")

    def _drop(self, names: list[str]) -> None:
        for name in names:
            self.keychain.delete(name)
            with self.database.transaction() as db:
                db.execute("DELETE FROM pack WHERE name=? AND state != 'live'", (name,))

    def _drop_quietly(self, names: list[str]) -> None:
        """Drop; what cannot be dropped now stays marked in the database for the next start."""
        try:
            self._drop(names)
        except VaultError:
            return


def delete_all(keychain: Keychain) -> None:
    """Delete every bundle that the keychain's index tells of, and then the index; no database is asked.

    Raises VaultError, and can then be tried again.
    """
    # The index goes last: until then another try finds the rest.
    for name in reversed(item_names(keychain)):
        keychain.delete(name)


def item_names(keychain: Keychain) -> list[str]:
    """The names of all items that there may be: of the index, and of each bundle that it tells of."""
    return [INDEX, *map(name_of, range(1, _highest(keychain) + 1))]


def _highest(keychain: Keychain) -> int:
    """The highest number of a bundle that there may be."""
    return min(_number_in(keychain.read(INDEX)), max(_AT_LEAST, _MOST_CHARACTERS // keychain.capacity))


def _number_in(index: Secret | None) -> int:
    """The number in the index's item, 0 without one; a wild one counts as higher than any there can be."""
    text = index.reveal() if index is not None else "0"
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else 10**_DIGITS


def point_to_bundles(db: sqlite3.Connection, bundle_of: dict[str, str]) -> None:
    """Let the database point to the bundles that hold each key's entry."""
    pages: dict[str, list[tuple[str, str]]] = {}
    for key, name in bundle_of.items():
        kind, *ids = key.split(":")
        if kind == "app":
            db.execute("UPDATE app SET pack=? WHERE app_id=?", (name, ids[0]))
        elif kind == "user":
            db.execute("UPDATE connection SET pack=? WHERE app_id=? AND user_id=?", (name, *ids))
        else:
            pages.setdefault(f"{ids[0]}:{ids[1]}", []).append((name, ids[2]))
    for owner, bundles in pages.items():
        login = db.execute("SELECT id FROM connection WHERE app_id=? AND user_id=?", owner.split(":")).fetchone()
        if login:
            db.executemany(
                "UPDATE source SET pack=? WHERE page_id=? AND connection_id=?",
                [(name, page_id, login["id"]) for name, page_id in bundles],
            )
