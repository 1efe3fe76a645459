"""Which keychain of this computer is used: one of the operating system's, chosen by us.

keyring's own choice can fall on a plain-text file or on whatever an environment variable names.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import threading
from typing import TYPE_CHECKING, Any

from gui.vault.errors import VaultError

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyring.backend import KeyringBackend

#: Calls of the whole process to the Secret Service.
_one_at_a_time = threading.RLock()
#: How long the keychain service may take to answer one call (seconds). A prompt for the person is not bounded.
ANSWER_SECONDS = 10.0
#: Characters that one item takes. Windows: 2,560 bytes, which keyring writes as UTF-16 (CredWrite).
WINDOWS_ITEM = 1280
LARGE_ITEM = 480_000
#: macOS may ask the person for each item.
MACOS_ITEM = 4_000_000

_BACKENDS = (
    ("keyring.backends.macOS", "Keyring"),
    ("keyring.backends.Windows", "WinVaultKeyring"),
    ("keyring.backends.SecretService", "Keyring"),
    ("keyring.backends.kwallet", "DBusKeyring"),
)


def item_capacity(backend: KeyringBackend) -> int:
    """How many characters (UTF-16 units) one item of this backend takes."""
    if "Windows" in type(backend).__module__:
        return WINDOWS_ITEM
    return MACOS_ITEM if asks_for_each(backend) else LARGE_ITEM


def asks_for_each(backend: KeyringBackend) -> bool:
    """Whether this system may ask the person for each item."""
    return "macOS" in type(backend).__module__


def choose_backend() -> KeyringBackend:
    """The operating system's keychain. Raises VaultError when there is none."""
    candidates: list[tuple[float, Any]] = []
    for module_name, class_name in _BACKENDS:
        try:
            backend = getattr(importlib.import_module(module_name), class_name)
            candidates.append((float(backend.priority), backend))
        except Exception:  # A backend that is not for this system fails in ways of its own.
            continue
    if not candidates:
        raise VaultError("no_keychain")
    best = max(candidates, key=lambda one: one[0])[1]
    keychain: KeyringBackend = (
        bounded_secret_service() if best.__module__ == "keyring.backends.SecretService" else best()
    )
    return keychain


def bounded_secret_service() -> KeyringBackend:
    """The Secret Service backend with a time limit a call, and one connection for all calls of the process.

    A hung service would else never return. keyring's own backend connects and negotiates a session anew at each call;
    gnome-keyring (42 and 50 at least) aborts when several such calls meet, and takes the person's unlocked keychain
    with it.
    """
    # Linux alone has these.
    import jeepney.wrappers
    import secretstorage
    from keyring.backends import SecretService
    from keyring.errors import InitError, KeyringLocked, PasswordDeleteError

    connection_errors = (secretstorage.SecretStorageException, jeepney.wrappers.DBusErrorResponse, ConnectionError)

    def _has_default_collection(bus: Any) -> bool:
        """Whether one of the service's keychains is the one for new secrets (Secret Service API, ReadAlias).

        To be asked leads GNOME's service back to its login keychain where that mark was lost.
        """
        service = jeepney.DBusAddress(
            "/org/freedesktop/secrets", "org.freedesktop.secrets", "org.freedesktop.Secret.Service"
        )
        answer = bus.send_and_get_reply(jeepney.new_method_call(service, "ReadAlias", "s", ("default",)))
        return bool(answer.body != ("/",))

    class NoDefaultCollection(InitError):
        """The service runs, and none of its keychains is the one for new secrets."""

    class BoundedSecretService(SecretService.Keyring):
        """Secret Service whose calls come one at a time over one connection and end after ANSWER_SECONDS."""

        appid = "Page Keys"
        _collection: Any = None

        def get_password(self, service: str, username: str) -> str | None:
            def get(collection: Any) -> str | None:
                for item in collection.search_items(self._query(service, username)):
                    self.unlock(item)  # type: ignore[no-untyped-call]
                    return str(item.get_secret().decode("utf-8"))
                return None

            secret: str | None = self._do(get)
            return secret

        def set_password(self, service: str, username: str, password: str) -> None:
            attributes = self._query(service, username, application=self.appid)
            label = f"Password for '{username}' on '{service}'"
            self._do(lambda collection: collection.create_item(label, attributes, password.encode(), replace=True))

        def delete_password(self, service: str, username: str) -> None:
            def delete(collection: Any) -> bool:
                items = list(collection.search_items(self._query(service, username)))
                for item in items:
                    item.delete()
                return bool(items)

            if not self._do(delete):
                raise PasswordDeleteError("none")

        def _do(self, call: Callable[[Any], Any]) -> Any:
            with _one_at_a_time:
                if self._collection is not None:
                    try:
                        return self._call(call)
                    except connection_errors:
                        # The service was started anew since, or locked: what is held is of no use any more.
                        pass
                return self._call(call)

        def _call(self, call: Callable[[Any], Any]) -> Any:
            collection = self._collection
            try:
                if collection is None:
                    collection = self._collection = self._connect()
                if collection.is_locked():
                    collection.unlock()
                    if collection.is_locked():
                        raise KeyringLocked("locked")
                return call(collection)
            except BaseException:
                self._let_go()
                raise

        def _connect(self) -> Any:
            bus = secretstorage.dbus_init()
            bus.send_and_get_reply = functools.partial(bus.send_and_get_reply, timeout=ANSWER_SECONDS)
            try:
                has_default = _has_default_collection(bus)
                collection = secretstorage.get_default_collection(bus)
                collection.session = secretstorage.util.open_session(bus)
            except secretstorage.SecretStorageException:
                bus.close()
                if not has_default:
                    raise NoDefaultCollection("no default keychain") from None
                raise InitError("no collection") from None
            except BaseException:
                bus.close()
                raise
            return collection

        def close(self) -> None:
            """Let go of the connection; the next call makes another."""
            with _one_at_a_time:
                self._let_go()

        def _let_go(self) -> None:
            collection, self._collection = self._collection, None
            if collection is not None:
                with contextlib.suppress(OSError):
                    collection.connection.close()

    return BoundedSecretService()  # type: ignore[no-untyped-call]
