"""macOS' keychain as keyring's own code for it meets it, on any system."""

from __future__ import annotations

import keyring.backends.macOS
from keyring.backends.macOS import Keyring

# Apple, "Security Framework Result Codes".
USER_CANCELED = -128
AUTH_FAILED = -25293
ITEM_NOT_FOUND = -25300
INTERACTION_NOT_ALLOWED = -25308
DUPLICATE_ITEM = -25299


class Error(Exception):
    """keyring.backends.macOS.api's errors: the status, and words."""


class NotFound(Error):
    pass


class KeychainDenied(Error):
    pass


class SecAuthFailure(Error):
    pass


def _raise(status: int) -> None:
    kinds = {ITEM_NOT_FOUND: NotFound, USER_CANCELED: KeychainDenied, AUTH_FAILED: SecAuthFailure}
    raise kinds.get(status, Error)(status, "Unknown Error")


class SecurityFramework:
    """Takes the place of keyring.backends.macOS.api: refuses, asks and limits as Security.framework does.

    It asks when a program that the person has not allowed yet reads an item; who made an item is allowed. An item that
    is there is not added twice. Attributes: `items` by service and account; `prompts`, how often it asked;
    `read_status` and `write_status`, what it answers instead, 0 for what it should.
    """

    Error, NotFound, KeychainDenied, SecAuthFailure = Error, NotFound, KeychainDenied, SecAuthFailure

    def __init__(self) -> None:
        self.items: dict[tuple[str, str], str] = {}
        self.allowed: set[tuple[str, str]] = set()
        self.prompts = self.read_status = self.write_status = 0

    def find_generic_password(self, _: object, service: str, account: str) -> str:
        if (service, account) not in self.items:
            _raise(ITEM_NOT_FOUND)
        if self.read_status == INTERACTION_NOT_ALLOWED:
            _raise(self.read_status)
        if (service, account) not in self.allowed:
            self.prompts += 1
            if self.read_status:
                _raise(self.read_status)
            self.allowed.add((service, account))
        return self.items[service, account]

    def set_generic_password(self, _: object, service: str, account: str, password: str) -> None:
        # keyring deletes what is there, then adds.
        if (service, account) in self.items:
            self.delete_generic_password(None, service, account)
        self._sec_item_add(service, account, password)

    def _sec_item_add(self, service: str, account: str, password: str) -> None:
        if self.write_status:
            _raise(self.write_status)
        if (service, account) in self.items:
            _raise(DUPLICATE_ITEM)
        # As keyring's CFString: it ends at the first zero.
        self.items[service, account] = password.partition("\0")[0]
        self.allowed.add((service, account))

    def delete_generic_password(self, _: object, service: str, account: str) -> None:
        if (service, account) not in self.items:
            _raise(ITEM_NOT_FOUND)
        if self.write_status:
            _raise(self.write_status)
        del self.items[service, account]
        self.allowed.discard((service, account))

    def start_anew(self) -> None:
        """The program was replaced by another: every item is asked for again."""
        self.allowed, self.prompts = set(), 0


class MacKeyring(Keyring):
    """keyring's own code for macOS, over the stand-in."""

    __module__ = "keyring.backends.macOS"
    priority = 5
    keychain = None

    def __init__(self) -> None:
        super().__init__()
        self.framework = SecurityFramework()
        setattr(keyring.backends.macOS, "api", self.framework)  # noqa: B010

    @property
    def items(self) -> dict[tuple[str, str], str]:
        return self.framework.items
