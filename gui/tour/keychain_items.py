"""A profile's items in a keychain that gives no list of them, as macOS': found by the index that Page Keys keeps."""

from gui.vault.backends import choose_backend
from gui.vault.bundles import delete_all, item_names
from gui.vault.keychain import Keychain


class KeychainItems:
    """The items of the services that it was asked about, which end with the session."""

    def __init__(self) -> None:
        self._services: set[str] = set()

    def texts(self, service: str = "") -> list[str]:
        """The secret text of each item of one service, or of all that it was asked about."""
        if service:
            self._services.add(service)
        backend = choose_backend()
        return [
            text
            for one in sorted({service} if service else self._services)
            for name in item_names(Keychain(one))
            if (text := backend.get_password(one, name)) is not None
        ]

    def forget(self, service: str = "") -> None:
        """Delete one service's items, or those of all."""
        for one in sorted({service} if service else self._services):
            delete_all(Keychain(one))
