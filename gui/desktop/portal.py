"""What a Linux desktop answers about itself, by xdg-desktop-portal."""

from __future__ import annotations

from typing import Any

_SECONDS = 3.0
_NAME, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"


def ask_portal(interface: str, method: str, signature: str, *arguments: Any) -> tuple[Any, ...] | None:
    """The body of the answer (jeepney's form); None where there is no bus, no portal, or no answer in time.

    Not for the window's thread.
    """
    # Linux alone has it.
    from jeepney import DBusAddress, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    address = DBusAddress(_PATH, _NAME, f"org.freedesktop.portal.{interface}")
    try:
        with open_dbus_connection("SESSION") as bus:
            answer = bus.send_and_get_reply(new_method_call(address, method, signature, arguments), timeout=_SECONDS)
    except Exception:  # Each of these is its own exception of jeepney, the socket or the environment.
        return None
    return tuple(answer.body) if answer.header.message_type.name == "method_return" else None
