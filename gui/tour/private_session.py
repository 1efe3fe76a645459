"""A desktop session of its own for tours and tests: a message bus, a keychain, and folders that end with it.

So neither ever touches the person's own keychain, and both run where there is no desktop at all. On Windows and macOS a
keychain cannot be had twice: there the items are of services that no other profile has, and end with the session too.
"""

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.tour.credential_manager import CredentialManager
    from gui.tour.keychain_items import KeychainItems

_NEEDED = ("dbus-daemon", "gnome-keyring-daemon")


class PrivateSession:
    """A private D-Bus and Secret Service (gnome-keyring), with HOME and the XDG folders under `root`."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="page-keys-session-"))
        self._bus: subprocess.Popen[str] | None = None
        self._keyring: subprocess.Popen[bytes] | None = None
        self._password = secrets.token_hex(8)
        self._credentials: CredentialManager | KeychainItems | None = None
        self.environment: dict[str, str] = {}
        self._environment_before: dict[str, str] = dict(os.environ)

    @staticmethod
    def missing() -> list[str]:
        """Programs that are needed and not there."""
        return [name for name in _NEEDED if shutil.which(name) is None] if sys.platform.startswith("linux") else []

    def start(self) -> None:
        """Start bus and keychain and put this process into the session."""
        for name in ("run", "data", "config", "cache", "home", "tmp"):
            (self.root / name).mkdir(mode=0o700)
        self.environment = {
            "HOME": str(self.root / "home"),
            "XDG_RUNTIME_DIR": str(self.root / "run"),
            "XDG_DATA_HOME": str(self.root / "data"),
            "XDG_CONFIG_HOME": str(self.root / "config"),
            "XDG_CACHE_HOME": str(self.root / "cache"),
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self.root / "tmp")),
            "FONTCONFIG_PATH": os.environ.get("FONTCONFIG_PATH", "/etc/fonts"),
        }
        self._environment_before = dict(os.environ)
        os.environ.update(self.environment)
        tempfile.tempdir = None
        if sys.platform == "win32":
            from gui.tour.credential_manager import CredentialManager

            self._credentials = CredentialManager()
        if sys.platform == "darwin":
            from gui.tour.keychain_items import KeychainItems

            self._credentials = KeychainItems()
        if not sys.platform.startswith("linux"):
            return
        self._bus = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1",
             f"--address=unix:path={self.root}/run/bus"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self._bus.stdout is not None
        address = self._bus.stdout.readline().strip()
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = os.environ["DBUS_SESSION_BUS_ADDRESS"] = address
        self.start_keyring()

    def start_keyring(self) -> None:
        """Start the keychain service, unlocked, in the place of one that the bus may have started."""
        self._end_owner()
        self._keyring = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=(self.root / "keyring.log").open("ab"),
        )  # fmt: skip
        assert self._keyring.stdin is not None
        self._keyring.stdin.write(self._password.encode())
        self._keyring.stdin.close()
        self._wait_for_keyring()

    def owner(self) -> int:
        """The process that is the bus's keychain service; 0 while there is none. Asking starts none."""
        from jeepney import MessageType
        from jeepney.bus_messages import message_bus
        from jeepney.io.blocking import open_dbus_connection

        from gui.vault.secret_service import ANSWER_SECONDS

        # It asks the bus alone, and wants to hear nothing of the keychain service.
        with open_dbus_connection(os.environ["DBUS_SESSION_BUS_ADDRESS"], auth_timeout=ANSWER_SECONDS) as bus:
            answer = bus.send_and_get_reply(message_bus.GetConnectionUnixProcessID("org.freedesktop.secrets"))
            return int(answer.body[0]) if answer.header.message_type == MessageType.method_return else 0

    def is_keyring_ours(self) -> bool:
        """Whether the bus's keychain service is the one that was started here; elsewhere there is none to start."""
        return not sys.platform.startswith("linux") or self.owner() == self.keyring_pid

    def _end_owner(self) -> None:
        if pid := self.owner():
            os.kill(pid, signal.SIGKILL)
            while self.owner() == pid:
                time.sleep(0.02)

    def _wait_for_keyring(self) -> None:
        """Wait until our keychain is the bus's.

        Nothing may be asked of it before: the bus would start another one, locked, in its place.
        """
        import secretstorage

        from gui.vault.secret_service import open_bus

        assert self._keyring is not None
        deadline = time.monotonic() + 20
        while self.owner() != self._keyring.pid:
            if self._keyring.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(
                    f"the private keychain did not start (exit code {self._keyring.poll()}, service {self.owner()})"
                )
            time.sleep(0.02)
        deadline, tries, state = time.monotonic() + 20, 0, ""
        while time.monotonic() < deadline:
            bus = open_bus()
            try:
                collection = secretstorage.get_default_collection(bus)
                if not collection.is_locked():
                    return
                state = f"{collection.collection_path} is locked"
            except secretstorage.SecretStorageException as error:
                state = repr(error)
            finally:
                bus.close()
            tries += 1
            time.sleep(0.1)
        files = sorted(f"{one.name} ({one.stat().st_size})" for one in (self.root / "data" / "keyrings").glob("*"))
        raise RuntimeError(
            f"the private keychain stayed locked ({tries} tries; {state}; service {self.owner()}, ours"
            f" {self._keyring.pid}; files {', '.join(files)}):\n{self.keyring_log()}"
        )

    def keyring_log(self) -> str:
        """The last that the keychain service wrote to its stderr."""
        return (self.root / "keyring.log").read_text("utf-8", "replace")[-2000:]

    @property
    def keyring_pid(self) -> int:
        assert self._keyring is not None
        return self._keyring.pid

    @property
    def bus_pid(self) -> int:
        assert self._bus is not None
        return self._bus.pid

    def stop_keyring(self) -> None:
        """End the keychain service (its store stays)."""
        if self._keyring is not None:
            self._keyring.kill()
            self._keyring.wait(5)
            self._keyring = None

    def stop(self) -> None:
        """End both and remove the folders."""
        if self._credentials is not None:
            self._credentials.forget()
        self.stop_keyring()
        if self._bus is not None:
            self._bus.terminate()
            self._bus.wait(5)
        os.environ.clear()
        os.environ.update(self._environment_before)
        tempfile.tempdir = None
        shutil.rmtree(self.root, ignore_errors=True)

    def everything_kept(self, service: str = "") -> list[str]:
        """Every secret text in the keychain, or in one service's items."""
        if self._credentials is not None:
            return self._credentials.texts(service)
        import secretstorage

        from gui.vault.secret_service import one_at_a_time, open_bus

        with one_at_a_time, contextlib.closing(open_bus()) as bus:
            items = secretstorage.get_default_collection(bus).get_all_items()
            return [
                item.get_secret().decode()
                for item in items
                if not service or item.get_attributes().get("service") == service
            ]

    def forget(self, service: str = "") -> None:
        """Delete one service's items, or all: a keychain rewrites all it holds at each write."""
        if self._credentials is not None:
            return self._credentials.forget(service)
        import secretstorage

        from gui.vault.secret_service import one_at_a_time, open_bus

        with one_at_a_time, contextlib.closing(open_bus()) as bus:
            collection = secretstorage.get_default_collection(bus)
            for item in list(collection.search_items({"service": service}) if service else collection.get_all_items()):
                item.delete()
        return None


def files_holding(root: Path, secrets_given: set[str], *, apart_from: tuple[Path, ...] = ()) -> list[str]:
    """Paths under `root` in which one of the secrets stands in clear."""
    secret_bytes = [one.encode() for one in secrets_given if len(one) >= 12]
    paths = []
    for path in root.rglob("*"):
        if not path.is_file() or path.is_symlink() or any(path.is_relative_to(one) for one in apart_from):
            continue
        try:
            body = path.read_bytes()
        except OSError:
            continue
        if any(mark in body for mark in secret_bytes):
            paths.append(str(path))
    return paths
