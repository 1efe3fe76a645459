"""The vault: keychain and database as one. Keychain first, then database; forgetting the other way round."""

import functools
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from gui.values import AppCredentials, Event, HealthRecord, Login, PageRow, Secret, StoredLogin, TokenState, UserToken
from gui.vault import history
from gui.vault.bundles import SecretBundles, point_to_bundles
from gui.vault.clients import Clients
from gui.vault.database import Database
from gui.vault.entries import Entries, Entry, app_key, page_key, user_key
from gui.vault.errors import VaultError
from gui.vault.health_records import HealthRecords
from gui.vault.history import History
from gui.vault.keychain import Keychain
from gui.vault.reminders import Reminders
from gui.vault.rows import read_rows, split_list, write_rows
from gui.vault.settings import SettingsStore
from gui.vault.soft_delete import SoftDelete

P = ParamSpec("P")
R = TypeVar("R")


def _one_thread_at_a_time(method: Callable[Concatenate["Vault", P], R]) -> Callable[Concatenate["Vault", P], R]:
    """One at a time of those that change bundles."""

    @functools.wraps(method)
    def locked(self: "Vault", /, *arguments: P.args, **keywords: P.kwargs) -> R:
        with self._one_at_a_time:
            return method(self, *arguments, **keywords)

    return locked


@dataclass(frozen=True, slots=True)
class RecoveryReport:
    """What a start mended: leftovers cleared away, Page tokens that a new database took from the keychain."""

    leftovers: int = 0
    restored: int = 0


class Vault:
    """Everything that Page Keys keeps, for one profile `folder`. Every method may be called on any thread.

    Attributes: `database` and `keychain`, `bundles` (how secrets lie in the keychain), and what the database holds by
    subject: `health_records`, `clients`, `history`, `reminders`, `settings`, `soft_delete`.
    """

    def __init__(self, folder: Path, keychain: Keychain) -> None:
        self.database = Database(folder)
        self.keychain = keychain
        self.bundles = SecretBundles(self.database, keychain)
        self.health_records = HealthRecords(self.database)
        self.clients = Clients(self.database)
        self.history = History(self.database)
        self.reminders = Reminders(self.database)
        self.settings = SettingsStore(self.database)
        self.soft_delete = SoftDelete(self.database, self.bundles)
        # What reads bundles and then writes them anew must not meet itself on another thread.
        self._one_at_a_time = threading.RLock()

    @_one_thread_at_a_time
    def recover(self) -> RecoveryReport:
        """Finish what a crash cut off, and bring what an older version wrote into the present form."""
        leftovers = self.bundles.recover()
        self.soft_delete.finish()
        self._upgrade_bundles()
        restored, self.bundles.restored = self.bundles.restored, 0
        return RecoveryReport(leftovers, restored)

    def close(self) -> None:
        self.database.close()
        self.keychain.close()

    def _upgrade_bundles(self) -> None:
        """Write bundles of the first form anew, in which entries did not say whose they are."""
        for row in self.database.rows("SELECT name FROM pack WHERE state='live' AND length(name)=21"):
            name = row["name"]
            entries = self.bundles.read(name)
            upgraded_entries: Entries = {}
            for app in self.apps():
                if entry := entries.get(app_key(app.app_id)):
                    upgraded_entries[app_key(app.app_id)] = _app_entry(app, entry.secret)
            for login in self.logins():
                if entry := entries.get(user_key(login.app_id, login.user_id)):
                    upgraded_entries[user_key(login.app_id, login.user_id)] = _login_entry(login, entry.secret)
            sources = self.database.rows(
                "SELECT p.id, p.name, p.category, s.tasks, s.expires_at, c.app_id, c.user_id "
                "FROM source s JOIN page p ON p.id=s.page_id "
                "JOIN connection c ON c.id=s.connection_id WHERE s.pack=?",
                name,
            )
            for source in sources:
                if entry := entries.get(source["id"]):
                    about = (source["name"], source["category"], source["tasks"], source["expires_at"])
                    upgraded_entries[page_key(source["app_id"], source["user_id"], source["id"])] = Entry(
                        entry.secret, about
                    )
            self.bundles.replace([name], upgraded_entries, point_to_bundles)

    # -------------------------------------------------------------------- apps
    @_one_thread_at_a_time
    def keep_app(self, app: AppCredentials) -> None:
        """Keep an app; its secret replaces an earlier one."""
        bundle_names = [
            row["pack"]
            for row in self.database.rows("SELECT pack FROM app WHERE app_id=? AND pack IS NOT NULL", app.app_id)
        ]
        self.bundles.rewrite_bundles(
            bundle_names,
            {app_key(app.app_id): _app_entry(app)} if app.secret else {},
            () if app.secret else (app_key(app.app_id),),
            lambda db, bundle_of: db.execute(
                "INSERT INTO app (app_id, name, version, config_id) VALUES (?, ?, ?, ?) "
                "ON CONFLICT(app_id) DO UPDATE SET "
                "name=excluded.name, version=excluded.version, config_id=excluded.config_id, hidden=0, pack=NULL",
                (app.app_id, app.name, app.version, app.config_id),
            ),
        )

    def apps(self) -> list[AppCredentials]:
        """The kept apps, without their secrets, by the name that the person gave or else Facebook's."""
        rows = self.database.rows(
            "SELECT app_id, display_name, version, config_id FROM shown_app ORDER BY display_name, app_id"
        )
        return [_app_of(row, Secret("")) for row in rows]

    def app(self, app_id: str) -> AppCredentials:
        """One app with its secret. Raises VaultError."""
        rows = self.database.rows(
            "SELECT app_id, display_name, version, config_id, pack FROM shown_app WHERE app_id=?", app_id
        )
        if not rows:
            raise VaultError("app_not_kept")
        entry = self.bundles.read(rows[0]["pack"]).get(app_key(app_id)) if rows[0]["pack"] else None
        return _app_of(rows[0], entry.secret if entry else Secret(""))

    def name_app(self, app_id: str, name: str) -> None:
        """Call an app by a name of one's own; empty takes Facebook's again."""
        with self.database.transaction() as db:
            db.execute("UPDATE app SET given_name=? WHERE app_id=?", (name, app_id))

    # ------------------------------------------------------------------ logins
    @_one_thread_at_a_time
    def keep_login(self, login: Login) -> StoredLogin:
        """Keep a person's User token; a newer one replaces the older. An empty one keeps the person without a login."""
        token = login.token
        ids = (token.app_id, token.user_id)
        purposes = None if login.purposes is None else ",".join(login.purposes)
        previous = self.database.rows("SELECT pack, fingerprint FROM connection WHERE app_id=? AND user_id=?", *ids)
        fingerprint = token.secret.fingerprint(self.database.fingerprint_key())
        about = (
            token.user_name,
            token.expires_at,
            token.data_access_expires_at,
            token.issued_at,
            ",".join(token.scopes),
        )
        own = (*about, *_kind_of(token))

        def write(db: sqlite3.Connection, bundle_of: dict[str, str]) -> None:
            db.execute(
                "INSERT INTO connection (app_id, user_id, user_name, expires_at, data_access_expires_at, issued_at, "
                "scopes, last_four, fingerprint, purposes, kind, business) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, coalesce(?10, ''), ?11, ?12) "
                "ON CONFLICT(app_id, user_id) DO UPDATE SET user_name=excluded.user_name, "
                "expires_at=excluded.expires_at, data_access_expires_at=excluded.data_access_expires_at, "
                "issued_at=excluded.issued_at, scopes=excluded.scopes, last_four=excluded.last_four, "
                "fingerprint=excluded.fingerprint, purposes=coalesce(?10, purposes), "
                "kind=excluded.kind, business=excluded.business, hidden=0, pack=NULL, "
                "state='works', why='', told='', lacking=''",
                (*ids, *about, token.secret.last_four, fingerprint, purposes, *_kind_of(token)),
            )
            if token.secret and fingerprint not in {row["fingerprint"] for row in previous}:
                app = db.execute("SELECT display_name FROM named_app WHERE app_id=?", (token.app_id,)).fetchone()
                who = f"{token.user_name} · {app['display_name'] or token.app_id}" if app else token.user_name
                what = "login_renewed" if previous and previous[0]["fingerprint"] else "login_made"
                history.write(db, [Event(what, token.user_name, who, at=_now())])

        key = user_key(*ids)
        bundle_names = [row["pack"] for row in previous if row["pack"]]
        self.bundles.rewrite_bundles(
            bundle_names,
            {key: Entry(token.secret, own)} if token.secret else {},
            () if token.secret else (key,),
            write,
        )
        return next(one for one in self.logins() if (one.app_id, one.user_id) == ids)

    def logins(self) -> list[StoredLogin]:
        """The kept logins, each with the number of its Pages."""
        rows = self.database.rows(
            "SELECT c.*, a.display_name AS app_name, "
            "(SELECT count(*) FROM source s WHERE s.connection_id = c.id AND s.hidden=0) AS pages "
            "FROM shown_login c JOIN shown_app a USING (app_id) ORDER BY c.id"
        )
        return [_login_of(row) for row in rows]

    def stored_login(self, login_id: int) -> StoredLogin | None:
        """The kept login with this ID; None where it is kept no more."""
        return next((one for one in self.logins() if one.id == login_id), None)

    def login(self, stored_login: StoredLogin) -> Login:
        """A kept login with app secret and User token. Raises VaultError."""
        rows = self.database.rows("SELECT pack FROM shown_login WHERE id=?", stored_login.id)
        if not rows or not rows[0]["pack"]:
            raise VaultError("keychain_item_gone")
        entry = self.bundles.read(rows[0]["pack"]).get(user_key(stored_login.app_id, stored_login.user_id))
        if entry is None:
            raise VaultError("keychain_item_gone")
        token = UserToken(
            secret=entry.secret,
            app_id=stored_login.app_id,
            user_id=stored_login.user_id,
            user_name=stored_login.user_name,
            expires_at=stored_login.expires_at,
            data_access_expires_at=stored_login.data_access_expires_at,
            issued_at=stored_login.issued_at,
            scopes=stored_login.scopes,
            long_lived=True,
            is_system_user=stored_login.is_system_user,
            business=stored_login.business,
        )
        return Login(self.app(stored_login.app_id), token)

    def add_purposes(self, login: StoredLogin, purposes: tuple[str, ...]) -> StoredLogin:
        """Note what a login's tokens are for, beside what was noted before."""
        both = tuple(dict.fromkeys((*login.purposes, *purposes)))
        with self.database.transaction() as db:
            db.execute("UPDATE connection SET purposes=? WHERE id=?", (",".join(both), login.id))
        return replace(login, purposes=both)

    def name_login(self, login: StoredLogin, name: str) -> None:
        """Call a person by a name of one's own; empty takes Facebook's again."""
        with self.database.transaction() as db:
            db.execute("UPDATE connection SET given_name=? WHERE id=?", (name, login.id))

    @_one_thread_at_a_time
    def forget_login(self, login: StoredLogin, *, keep_app: bool = False) -> None:
        """Remove a login's every secret and row now; the app too when nobody else uses it, unless `keep_app`."""
        stamp = self.soft_delete.hide(logins=(login.id,), with_apps=not keep_app)
        self.soft_delete.finish(stamp)

    @_one_thread_at_a_time
    def finish_forgetting(self, stamp: int = 0) -> None:
        """Delete what was hidden under this number, or (0) everything hidden."""
        self.soft_delete.finish(stamp)

    # ------------------------------------------------------------------- Pages
    @_one_thread_at_a_time
    def keep_pages(self, login: StoredLogin, rows: list[PageRow], *, event: str = "made", detail: str = "") -> None:
        """Keep these Pages and their fresh tokens; only the bundles that change are written anew.

        `event` is what the history calls a token that was not kept before, `detail` what it says of it. A Page kept
        before that is not among `rows` stays as it is.
        """
        fresh_rows = {row.page.id: row for row in rows if row.fresh is not None}
        sources = self.database.rows("SELECT page_id, pack, fingerprint FROM source WHERE connection_id=?", login.id)
        bundle_of_page = {source["page_id"]: source["pack"] for source in sources if source["pack"]}
        fingerprints_before = {source["page_id"]: source["fingerprint"] for source in sources if source["fingerprint"]}
        bundle_names = {bundle_of_page[page_id] for page_id in fresh_rows if page_id in bundle_of_page}
        if bundle_of_page and any(page_id not in bundle_of_page for page_id in fresh_rows):
            # New ones go to the bundle that holds the fewest.
            bundle_names.add(Counter(bundle_of_page.values()).most_common()[-1][0])
        key = self.database.fingerprint_key()
        fingerprints = {
            page_id: row.fresh.fingerprint(key) for page_id, row in fresh_rows.items() if row.fresh is not None
        }

        def write(db: sqlite3.Connection, bundle_of: dict[str, str]) -> None:
            bundles = {page_id: bundle_of[page_key(login.app_id, login.user_id, page_id)] for page_id in fresh_rows}
            write_rows(db, login.id, rows, fingerprints, bundles)
            history.write(db, _token_events(login, fresh_rows, fingerprints_before, fingerprints, event, detail))

        new_entries = {
            page_key(login.app_id, login.user_id, page_id): _page_entry(row) for page_id, row in fresh_rows.items()
        }
        self.bundles.rewrite_bundles(bundle_names, new_entries, (), write, self_pointing=True)

    def page_rows(self, *logins: StoredLogin) -> list[PageRow]:
        """The kept Pages of these logins, a row each source, without their tokens."""
        return read_rows(self.database, tuple(login.id for login in logins), self.clients.of_pages())

    def page_token(self, login_id: int, page_id: str) -> Secret:
        """One Page's token, of the login with this id: reads one keychain item. Raises VaultError."""
        rows = self.database.rows(
            "SELECT s.pack, c.app_id, c.user_id FROM source s JOIN connection c ON c.id=s.connection_id "
            "WHERE s.connection_id=? AND s.page_id=?",
            login_id,
            page_id,
        )
        if not rows or not rows[0]["pack"]:
            raise VaultError("page_without_token")
        row = rows[0]
        entry = self.bundles.read(row["pack"]).get(page_key(row["app_id"], row["user_id"], page_id))
        if entry is None:
            raise VaultError("keychain_item_gone")
        return entry.secret

    def page_tokens(self, login_id: int, page_ids: Iterable[str] = ()) -> dict[str, Secret]:
        """Page tokens of a login by Page ID, all or those named: each keychain item is read once. Raises VaultError."""
        rows = self.database.rows(
            "SELECT s.page_id, s.pack, c.app_id, c.user_id FROM source s JOIN connection c ON c.id=s.connection_id "
            "WHERE s.connection_id=? AND s.hidden=0 AND s.pack IS NOT NULL",
            login_id,
        )
        chosen_ids = set(page_ids)
        keys = {
            row["page_id"]: page_key(row["app_id"], row["user_id"], row["page_id"])
            for row in rows
            if not chosen_ids or row["page_id"] in chosen_ids
        }
        entries = self.bundles.read_all(sorted({row["pack"] for row in rows if row["page_id"] in keys}))
        return {page_id: entries[key].secret for page_id, key in keys.items() if key in entries}

    def picture(self, page_id: str) -> bytes | None:
        rows = self.database.rows("SELECT picture FROM page WHERE id=?", page_id)
        return rows[0]["picture"] if rows else None

    def keep_picture(self, page_id: str, picture: bytes) -> None:
        with self.database.transaction() as db:
            db.execute("UPDATE page SET picture=? WHERE id=?", (picture, page_id))


#: What `kind` of a login holds for a system user's.
_USER, _SYSTEM_USER = "user", "system_user"


def _kind_of(token: UserToken) -> tuple[str, str]:
    """What the columns `kind` and `business` hold."""
    return _SYSTEM_USER if token.is_system_user else _USER, token.business


def _now() -> int:
    return int(time.time())


def _app_of(row: sqlite3.Row, secret: Secret) -> AppCredentials:
    return AppCredentials(
        app_id=row["app_id"],
        secret=secret,
        name=row["display_name"],
        version=row["version"],
        config_id=row["config_id"],
    )


def _login_of(row: sqlite3.Row) -> StoredLogin:
    return StoredLogin(
        id=row["id"],
        app_id=row["app_id"],
        app_name=row["app_name"],
        user_id=row["user_id"],
        user_name=row["display_name"],
        last_four=row["last_four"],
        expires_at=row["expires_at"],
        data_access_expires_at=row["data_access_expires_at"],
        issued_at=row["issued_at"],
        scopes=split_list(row["scopes"]),
        pages=row["pages"],
        listed_at=row["listed_at"],
        health=HealthRecord(
            TokenState(row["state"]), row["why"], row["checked_at"], row["well_at"], row["told"], row["code"]
        ),
        missing_permissions=split_list(row["lacking"]),
        purposes=split_list(row["purposes"]),
        is_system_user=row["kind"] == _SYSTEM_USER,
        business=row["business"],
    )


def _app_entry(app: AppCredentials, secret: Secret | None = None) -> Entry:
    return Entry(secret or app.secret, (app.name, app.version, app.config_id))


def _login_entry(login: StoredLogin, secret: Secret) -> Entry:
    return Entry(
        secret,
        (
            login.user_name, login.expires_at, login.data_access_expires_at, login.issued_at, ",".join(login.scopes),
            _SYSTEM_USER if login.is_system_user else _USER, login.business,
        ),
    )  # fmt: skip


def _page_entry(row: PageRow) -> Entry:
    assert row.fresh is not None
    tasks = None if row.page.tasks is None else ",".join(row.page.tasks)
    return Entry(row.fresh, (row.page.name, row.page.category, tasks, row.expires_at))


def _token_events(
    login: StoredLogin,
    fresh_rows: dict[str, PageRow],
    fingerprints_before: dict[str, str],
    fingerprints: dict[str, str],
    event: str,
    detail: str,
) -> list[Event]:
    """What keeping did to each token: `event`, or renewed; one that is the same as before was not touched."""
    now = _now()
    return [
        Event(
            "renewed" if page_id in fingerprints_before and not detail else event,
            fresh_rows[page_id].page.display_name,
            login.label,
            detail,
            page_id,
            now,
        )
        for page_id, fingerprint in fingerprints.items()
        if fingerprints_before.get(page_id) != fingerprint
    ]
