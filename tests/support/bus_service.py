"""A service of a desktop on the test's own session bus."""

import threading
from collections.abc import Callable
from typing import Any

from jeepney import Message, MessageType, new_error, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

#: From the name, the signature and the body of a call to the signature and the body of its answer; None refuses it.
Answer = Callable[[str, str, tuple[Any, ...]], "tuple[str, tuple[Any, ...]] | None"]


class BusService:
    """Serves `answer` under a well-known `name`, between `with` and its end."""

    def __init__(self, name: str, answer: Answer) -> None:
        self._name, self._answer = name, answer

    def __enter__(self) -> "BusService":
        self._bus = open_dbus_connection("SESSION")
        self._bus.send_and_get_reply(message_bus.RequestName(self._name))
        self._over = False
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def send(self, message: Message) -> None:
        self._bus.send(message)

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
            answer = self._answer(fields.get("member", ""), fields.get("signature", ""), message.body)
            self._bus.send(
                new_error(message, "org.freedesktop.DBus.Error.InvalidArgs")
                if answer is None
                else new_method_return(message, *answer)
            )

    def __exit__(self, *_: object) -> None:
        self._over = True
        self._thread.join(2)
        self._bus.close()
