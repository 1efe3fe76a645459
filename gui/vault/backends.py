"""Which keychain of this computer is used: one of the operating system's, chosen by us.

keyring's own choice can fall on a plain-text file or on whatever an environment variable names.
"""

from __future__ import annotations

import functools
import importlib
from typing import TYPE_CHECKING, Any

from gui.vault.errors import VaultError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

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
    found: list[tuple[float, Any]] = []
    for module_name, class_name in _BACKENDS:
        try:
            backend = getattr(importlib.import_module(module_name), class_name)
            found.append((float(backend.priority), backend))
        except Exception:  # A backend that is not for this system fails in ways of its own.
            continue
    if not found:
        raise VaultError("no_keychain")
    best = max(found, key=lambda one: one[0])[1]
    made: KeyringBackend = bounded_secret_service() if best.__module__ == "keyring.backends.SecretService" else best()
    return made


def bounded_secret_service() -> KeyringBackend:
    """The Secret Service backend with a time limit a call: a hung service would else never return."""
    import secretstorage
    from keyring.backends import SecretService
    from keyring.errors import InitError, KeyringLocked

    class BoundedSecretService(SecretService.Keyring):
        """Secret Service whose calls end after ANSWER_SECONDS."""

        appid = "Page Keys"

        def get_preferred_collection(self) -> Any:
            bus = secretstorage.dbus_init()
            bus.send_and_get_reply = functools.partial(bus.send_and_get_reply, timeout=ANSWER_SECONDS)
            try:
                collection = secretstorage.get_default_collection(bus)
                if collection.is_locked():
                    collection.unlock()
                    if collection.is_locked():
                        raise KeyringLocked("locked")
            except secretstorage.SecretStorageException:
                bus.close()
                raise InitError("no collection") from None
            except BaseException:
                bus.close()
                raise
            return collection

    return BoundedSecretService()  # type: ignore[no-untyped-call]
