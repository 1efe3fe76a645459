"""A desktop's notification server on the test's own bus: takes Notify calls as real servers do, by the exact types."""

import threading

from jeepney import DBusAddress, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection


class Notifications:
    """`calls` holds each call's signature and body; `capabilities` are what it says that it can."""

    def __init__(self, *capabilities: str) -> None:
        self.capabilities = list(capabilities)

    def __enter__(self):
        self.calls = []
        self._bus = open_dbus_connection("SESSION")
        self._bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.Notifications"))
        self._over = False
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def press(self, number: int) -> None:
        """The person presses a notification."""
        path = DBusAddress("/org/freedesktop/Notifications", interface="org.freedesktop.Notifications")
        self._bus.send(new_signal(path, "ActionInvoked", "us", (number, "default")))

    def _serve(self) -> None:
        while not self._over:
            try:
                message = self._bus.receive(timeout=0.1)
            except TimeoutError:
                continue
            except OSError:
                return
            if message.header.message_type != MessageType.method_call:
                continue
            fields = {field.name: value for field, value in message.header.fields.items()}
            if fields.get("member") == "Notify" and fields.get("signature") == "susssasa{sv}i":
                self.calls.append((fields["signature"], message.body))
                self._bus.send(new_method_return(message, "u", (len(self.calls),)))
            elif fields.get("member") == "GetCapabilities":
                self._bus.send(new_method_return(message, "as", (self.capabilities,)))
            else:
                self._bus.send(new_error(message, "org.freedesktop.DBus.Error.InvalidArgs"))

    def __exit__(self, *_):
        self._over = True
        self._thread.join(2)
        self._bus.close()


def exec_words(entry: str) -> list[str]:
    """The words of a desktop entry's Exec line, by the specification: escapes of the string, then of the quoting."""
    line = next(one for one in entry.splitlines() if one.startswith("Exec="))[5:]
    line = line.replace("\\\\", "\\")
    words, word, quoted, escaped = [], "", False, False
    for one in line:
        if escaped:
            word, escaped = word + one, False
        elif one == "\\" and quoted:
            escaped = True
        elif one == '"':
            quoted = not quoted
        elif one == " " and not quoted:
            words.append(word)
            word = ""
        else:
            word += one
    return [one.replace("%%", "%") for one in (*words, word)]
