"""A desktop's notification server on the test's own bus: takes Notify calls as real servers do, by the exact types."""

from jeepney import DBusAddress, new_signal

from tests.support.bus_service import BusService


class Notifications:
    """`calls` holds each call's signature and body; `capabilities` are what it says that it can."""

    def __init__(self, *capabilities: str) -> None:
        self.capabilities = list(capabilities)
        self._service = BusService("org.freedesktop.Notifications", self._answer)

    def __enter__(self):
        self.calls = []
        self._service.__enter__()
        return self

    def press(self, number: int) -> None:
        """The person presses a notification."""
        path = DBusAddress("/org/freedesktop/Notifications", interface="org.freedesktop.Notifications")
        self._service.send(new_signal(path, "ActionInvoked", "us", (number, "default")))

    def _answer(self, member, signature, body):
        if member == "Notify" and signature == "susssasa{sv}i":
            self.calls.append((signature, body))
            return "u", (len(self.calls),)
        if member == "GetCapabilities":
            return "as", (self.capabilities,)
        return None

    def __exit__(self, *error):
        self._service.__exit__(*error)
