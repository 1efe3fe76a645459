"""Linux's keychain: the Secret Service over D-Bus, as GNOME Keyring, KeePassXC and others offer it.

Imported on Linux only: jeepney and secretstorage are not installed elsewhere.
"""

from __future__ import annotations

import contextlib
import functools
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jeepney
import secretstorage
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import DBusErrorResponse
from keyring.backends import SecretService
from keyring.compat.properties import classproperty
from keyring.errors import InitError, KeyringError, KeyringLocked, PasswordDeleteError

if TYPE_CHECKING:
    from collections.abc import Callable

    from jeepney.io.blocking import DBusConnection

#: Calls of the whole process to the Secret Service: gnome-keyring may abort when two connections meet.
one_at_a_time = threading.RLock()
#: How long the keychain service may take to answer one call (seconds). A prompt for the person is not bounded.
ANSWER_SECONDS = 10.0
#: How often it is asked, while a prompt for the person stands, whether the service is still there (seconds).
_LOOK_SECONDS = 0.5
#: How long closing waits for a call that is under way (seconds).
_CLOSE_SECONDS = 2.0

#: What has a call that was not answered in time: open as long as the program runs.
_unanswered: list[secretstorage.Collection] = []

_SECRETS = jeepney.DBusAddress("/org/freedesktop/secrets", "org.freedesktop.secrets", "org.freedesktop.Secret.Service")
_GONE = (secretstorage.SecretStorageException, DBusErrorResponse, ConnectionError)
_REFUSED = (secretstorage.exceptions.PromptDismissedException, secretstorage.exceptions.LockedException)


#: So often in a row the service must say that it has no keychain for new secrets, with so long between (seconds).
_TIMES_NONE, _BETWEEN = 3, 0.05


class NoDefaultCollection(InitError):
    """The service runs, and none of its keychains is the one for new secrets."""


class NotRunning(InitError):
    """Nobody offers a Secret Service, and the bus can start none."""


class AccessRefused(KeyringError):
    """The keychain is unlocked, and the person said no to this one request."""


class BoundedSecretService(SecretService.Keyring):
    """The Secret Service with a time limit a call, and one connection for all calls of the process, one at a time.

    A hung service would else never return. keyring's own backend connects and negotiates a session anew at each call;
    gnome-keyring (42 and 50 at least) aborts when several such calls meet, and takes the person's unlocked keychain
    with it.
    """

    appid = "Page Keys"

    @classproperty
    def priority(cls) -> float:
        """As keyring's own. Raises what `open_bus` raises, and NotRunning where nobody offers a service."""
        with contextlib.closing(open_bus()) as bus:
            if not secretstorage.check_service_availability(bus):
                raise NotRunning("no service")
        return 5

    _collection: secretstorage.Collection | None = None
    #: Called with True once a prompt for the person has stood for a moment, and with False when it is over; by the
    #: thread that waits.
    prompt_changed: Callable[[bool], object] | None = None
    _closing = False

    def get_password(self, service: str, username: str) -> str | None:
        def get(collection: secretstorage.Collection) -> str | None:
            for item in collection.search_items(self._query(service, username)):
                _allow(item)
                return item.get_secret().decode("utf-8")
            return None

        secret: str | None = self._do(get)
        return secret

    def set_password(self, service: str, username: str, password: str) -> None:
        attributes = self._query(service, username, application=self.appid)
        label = f"Password for '{username}' on '{service}'"
        self._do(
            lambda collection: collection.create_item(label, attributes, password.encode(), replace=True),
            may_create=True,
        )

    def delete_password(self, service: str, username: str) -> None:
        def delete(collection: secretstorage.Collection) -> bool:
            items = list(collection.search_items(self._query(service, username)))
            for item in items:
                _allow(item)
                item.delete()
            return bool(items)

        if not self._do(delete):
            raise PasswordDeleteError("none")

    def program(self) -> str:
        """The program behind the service, by the name its process has; empty where that cannot be seen."""
        with contextlib.closing(open_bus()) as bus:
            answer = bus.send_and_get_reply(message_bus.GetConnectionUnixProcessID(_SECRETS.bus_name))
        if answer.header.message_type != jeepney.MessageType.method_return:
            return ""
        return Path(f"/proc/{answer.body[0]}/comm").read_text("utf-8").strip()

    def close(self) -> None:
        """Let go of the connection; the next call makes another. A prompt that stands is waited for no longer."""
        self._closing = True
        if one_at_a_time.acquire(timeout=_CLOSE_SECONDS):
            try:
                self._let_go()
                self._closing = False
            finally:
                one_at_a_time.release()

    def _do(self, call: Callable[[secretstorage.Collection], Any], may_create: bool = False) -> Any:
        with one_at_a_time:
            try:
                try:
                    return self._call(call, may_create)
                except _REFUSED:
                    raise
                except _GONE:
                    # The service was started anew since, locked, or its database changed: what is held is of no use.
                    return self._call(call, may_create)
            finally:
                self._closing = False

    def _call(self, call: Callable[[secretstorage.Collection], Any], may_create: bool) -> Any:
        try:
            if self._collection is None:
                self._collection = self._connect(may_create)
            collection = self._collection
            if collection.is_locked():
                collection.unlock()
                if collection.is_locked():
                    raise KeyringLocked("locked")
            return call(collection)
        except BaseException as error:
            self._let_go(is_answered=not isinstance(error, TimeoutError))
            raise

    def _connect(self, may_create: bool) -> secretstorage.Collection:
        """The keychain for new secrets, over a connection of its own. One that is missing is made only for a write."""
        bus = open_bus()
        try:
            if not secretstorage.check_service_availability(bus):
                raise NotRunning("no service")
            has_default = _has_default_collection(bus)
            if not has_default and not may_create:
                raise NoDefaultCollection("no default keychain")
            wait = functools.partial(self._await_person, bus, has_default)
            bus.recv_until_filtered = wait
            try:
                collection = secretstorage.get_default_collection(bus)
                collection.session = secretstorage.util.open_session(bus)
            except secretstorage.SecretStorageException:
                if has_default:
                    raise InitError("no collection") from None
                raise NoDefaultCollection("no default keychain") from None
        except BaseException:
            bus.close()
            raise
        return collection

    def _await_person(
        self, bus: DBusConnection, has_default: bool, signals: Any, *, timeout: float | None = None
    ) -> jeepney.Message:
        """Wait for a prompt's end (secretstorage's exec_prompt), and no longer than somebody can bring it about."""
        is_told = False
        try:
            while not signals:
                try:
                    bus.recv_messages(timeout=_LOOK_SECONDS)
                except TimeoutError:
                    if self._closing:
                        raise KeyringLocked("closing") from None
                    if not bus.send_and_get_reply(message_bus.NameHasOwner(_SECRETS.bus_name)).body[0]:
                        raise NotRunning("ended while it asked") from None
                    if has_default and not _has_default_collection(bus):
                        raise KeyringLocked("closed while it asked") from None
                    if not is_told and self.prompt_changed is not None:
                        is_told = True
                        self.prompt_changed(True)
        finally:
            if is_told and self.prompt_changed is not None:
                self.prompt_changed(False)
        message: jeepney.Message = signals.popleft()
        return message

    def _let_go(self, *, is_answered: bool = True) -> None:
        collection, self._collection = self._collection, None
        if collection is None:
            return
        if not is_answered:
            # gnome-keyring 50 aborts when it comes to a call whose caller's connection is closed by then.
            _unanswered.append(collection)
            return
        with contextlib.suppress(OSError):
            collection.connection.close()


def open_bus() -> DBusConnection:
    """A connection to the session's message bus on which every answer has its time limit, as has the bus's greeting.

    As secretstorage's dbus_init, which gives the greeting one second, and then calls a busy computer one without a
    keychain. Raises TimeoutError, and SecretServiceNotAvailableException where there is no bus.
    """
    try:
        bus = open_dbus_connection(auth_timeout=ANSWER_SECONDS)
    except KeyError:
        # Where the bus is stands in the environment.
        raise secretstorage.SecretServiceNotAvailableException("no session bus") from None
    except TimeoutError:
        raise
    except (OSError, ValueError):
        raise secretstorage.SecretServiceNotAvailableException("no answer from the session bus") from None
    send = bus.send_and_get_reply

    def send_in_time(message: jeepney.Message, *, timeout: float | None = None) -> jeepney.Message:
        return send(message, timeout=timeout or ANSWER_SECONDS)

    bus.send_and_get_reply = send_in_time
    try:
        secretstorage.util.add_match_rules(bus)
    except BaseException:
        bus.close()
        raise
    return bus


def _has_default_collection(bus: DBusConnection) -> bool:
    """Whether one of the service's keychains is the one for new secrets (Secret Service API, ReadAlias).

    To be asked leads GNOME's service back to its login keychain where that mark was lost. While it writes an item for
    another connection it now and then says that there is none (2 of 26,505 answers): that is believed if it stays so.
    """
    for _attempt in range(_TIMES_NONE):
        answer = bus.send_and_get_reply(jeepney.new_method_call(_SECRETS, "ReadAlias", "s", ("default",)))
        if answer.body != ("/",):
            return True
        time.sleep(_BETWEEN)
    return False


def _allow(item: secretstorage.Item) -> None:
    """Have the person allow this request where the keychain asks about each, as KeePassXC can."""
    item.unlock()
    if item.is_locked():
        raise AccessRefused("refused")
