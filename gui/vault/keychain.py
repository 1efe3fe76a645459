"""The system keychain: named items that hold secret texts of any length, whole or not at all."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from gui.text import utf16_size
from gui.values import Secret
from gui.vault import backends
from gui.vault.errors import VaultError

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyring.backend import KeyringBackend

#: Head of an item that spans several: mark, number of parts, hash of the whole.
_SPANS = "parts"
_HEAD_ROOM = 64


#: The backend's own exceptions (secret_service), by name: the module is not to be had on every system.
_KINDS = {
    "NoDefaultCollection": "no_default_keychain",
    "NotRunning": "keychain_not_running",
    "AccessRefused": "keychain_refused",
}


#: macOS: the screen is locked, or nobody is there to ask (errSecInteractionNotAllowed).
_INTERACTION_NOT_ALLOWED = -25308


def _failure(error: Exception) -> VaultError:
    name = type(error).__name__
    status = next(iter(getattr(error.__cause__, "args", ())), None)
    if name == "NoKeyringError":
        return VaultError("no_keychain")
    if isinstance(error, TimeoutError):
        return VaultError("keychain_hangs")
    if name in _KINDS:
        return VaultError(_KINDS[name])
    is_locked = name in {"KeyringLocked", "InitError", "PromptDismissedException", "LockedException"}
    if is_locked or status == _INTERACTION_NOT_ALLOWED:
        return VaultError("keychain_locked")
    if "denied" in str(error).lower() or "canceled" in str(error).lower():
        return VaultError("keychain_locked")
    return VaultError("keychain_failed")


def _split(text: str, size: int) -> list[str]:
    """`text` in parts of at most `size` UTF-16 units."""
    parts, start = [], 0
    while start < len(text):
        end = min(len(text), start + size)
        while utf16_size(text[start:end]) > size:
            end -= (utf16_size(text[start:end]) - size + 1) // 2
        parts.append(text[start:end])
        start = end
    return parts


class Keychain:
    """Items of one `service` name in the keychain. The backend is made at the first use, on that thread.

    Every method raises VaultError and nothing else: backends fail in many ways of their own, and their
    texts are not shown. `prompt_changed` is called with True while the keychain's own program waits for the person,
    where that can be known, and with False when it is over: on the thread that waits.
    """

    def __init__(
        self,
        service: str,
        backend: Callable[[], KeyringBackend] | None = None,
        prompt_changed: Callable[[bool], object] | None = None,
    ) -> None:
        self.service = service
        self._make_backend = backend
        self._prompt_changed = prompt_changed
        self._backend: KeyringBackend | None = None

    @property
    def capacity(self) -> int:
        """Characters that fit into one item."""
        return backends.item_capacity(self._the_backend())

    @property
    def prefers_one_item(self) -> bool:
        """Whether everything belongs in as few items as possible, since each may ask the person."""
        return backends.asks_for_each(self._the_backend())

    def system_name(self) -> str:
        """What people call the keychain in use."""
        backend = self._the_backend()
        try:
            return backends.keychain_name(backend)
        except Exception as error:  # As in `_do`.
            failure = _failure(error)
        raise failure

    def read(self, name: str) -> Secret | None:
        """The text of an item; None if there is no such item."""
        text = self._do("get_password", name)
        if text is None:
            return None
        if not text.startswith(f"{_SPANS} "):
            return Secret(text)
        _, count, digest = text.split(" ")
        parts = [self._do("get_password", f"{name}.{index}") or "" for index in range(int(count))]
        whole = "".join(parts)
        if hashlib.sha256(whole.encode()).hexdigest()[:32] != digest:
            return None
        return Secret(whole)

    def write(self, name: str, secret: Secret) -> None:
        """Write an item and read it back: it is complete, or VaultError.

        Of one that spans several the head comes first, so that a part that a crash leaves can be found and deleted.
        """
        text, limit = secret.reveal(), self.capacity
        if utf16_size(text) > limit:
            parts = _split(text, limit - _HEAD_ROOM)
            self._do("set_password", name, f"{_SPANS} {len(parts)} {hashlib.sha256(text.encode()).hexdigest()[:32]}")
            for index, part in enumerate(parts):
                self._do("set_password", f"{name}.{index}", part)
        else:
            self._do("set_password", name, text)
        if self.read(name) != secret:
            raise VaultError("keychain_failed")

    def delete(self, name: str) -> None:
        """Delete an item and its parts; one that is not there is no error."""
        head = self._do("get_password", name)
        if head is None:
            return
        if head.startswith(f"{_SPANS} "):
            for index in range(int(head.split(" ")[1])):
                if self._do("get_password", f"{name}.{index}") is not None:
                    self._do("delete_password", f"{name}.{index}")
        self._do("delete_password", name)

    def close(self) -> None:
        """Let go of what the backend holds, a connection to the keychain service perhaps."""
        close = getattr(self._backend, "close", None)
        if close is not None:
            close()

    def _the_backend(self) -> KeyringBackend:
        if self._backend is None:
            self._backend = (self._make_backend or backends.choose_backend)()
            if hasattr(self._backend, "prompt_changed"):
                self._backend.prompt_changed = self._prompt_changed
        return self._backend

    def _do(self, verb: str, name: str, *values: str) -> Any:
        backend = self._the_backend()
        try:
            return getattr(backend, verb)(self.service, name, *values)
        except Exception as error:  # Backends raise their system's own errors, not only keyring's.
            failure = _failure(error)
        if failure.kind in {"keychain_failed", "keychain_hangs"}:
            self._backend = None
        raise failure
