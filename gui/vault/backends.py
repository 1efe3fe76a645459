"""Which keychain of this computer is used: one of the operating system's, chosen by us.

keyring's own choice can fall on a plain-text file or on whatever an environment variable names.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from gui.vault.errors import VaultError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

#: Characters that one item takes. Windows: 2,560 bytes, which keyring writes as UTF-16 (CredWrite).
WINDOWS_ITEM = 1280
LARGE_ITEM = 480_000
#: macOS may ask the person for each item.
MACOS_ITEM = 4_000_000

_BACKENDS = (
    ("keyring.backends.macOS", "Keyring"),
    ("keyring.backends.Windows", "WinVaultKeyring"),
    ("gui.vault.secret_service", "BoundedSecretService"),
)

#: Programs that offer a Secret Service, by how their process is called.
_PROGRAMS = {"gnome-keyring": "GNOME Keyring", "keepassxc": "KeePassXC", "kwalletd": "KWallet", "ksecretd": "KWallet"}


def item_capacity(backend: KeyringBackend) -> int:
    """How many characters (UTF-16 units) one item of this backend takes."""
    if "Windows" in type(backend).__module__:
        return WINDOWS_ITEM
    return MACOS_ITEM if asks_for_each(backend) else LARGE_ITEM


def asks_for_each(backend: KeyringBackend) -> bool:
    """Whether this system may ask the person for each item."""
    return "macOS" in type(backend).__module__


def keychain_name(backend: KeyringBackend) -> str:
    """What people call this keychain."""
    if "Windows" in type(backend).__module__:
        return "Windows Credential Manager"
    if asks_for_each(backend):
        return "macOS Keychain"
    program = getattr(backend, "program", str)()
    return next((name for start, name in _PROGRAMS.items() if program.startswith(start)), "Secret Service")


def choose_backend() -> KeyringBackend:
    """The operating system's keychain. Raises VaultError when there is none, or it does not answer."""
    candidates: list[tuple[float, Any]] = []
    for module_name, class_name in _BACKENDS:
        try:
            backend = getattr(importlib.import_module(module_name), class_name)
            candidates.append((float(backend.priority), backend))
        except TimeoutError:
            raise VaultError("keychain_hangs") from None
        except Exception:  # A backend that is not for this system fails in ways of its own.
            continue
    if not candidates:
        raise VaultError("no_keychain")
    keychain: KeyringBackend = max(candidates, key=lambda one: one[0])[1]()
    return keychain
