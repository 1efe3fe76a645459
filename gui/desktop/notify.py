"""Notifications on the desktop, and the tray icon: each system's own way."""

from __future__ import annotations

import sys
from html import escape
from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from gui.errors import JobContext
from gui.i18n import _

_SECONDS = 3.0
_APP = "Page Keys"
_PATH, _INTERFACE = "/org/freedesktop/Notifications", "org.freedesktop.Notifications"


def notify_linux(title: str, text: str, bus: str, job: JobContext) -> int:
    """Show a notification by the session bus; the number the desktop gave it, 0 when there is nobody to show it.

    jeepney, not Qt's D-Bus: that sends a signed number where an unsigned one is due, which real servers refuse.
    """
    # Linux alone has it.
    from jeepney import DBusAddress, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    address = DBusAddress(_PATH, _INTERFACE, _INTERFACE)
    hints: dict[str, tuple[str, Any]] = {"urgency": ("y", 1), "desktop-entry": ("s", "page-keys")}
    try:
        with open_dbus_connection(bus or "SESSION") as connection:
            asked = connection.send_and_get_reply(new_method_call(address, "GetCapabilities"), timeout=_SECONDS)
            capabilities = asked.body[0] if asked.header.message_type.name == "method_return" else ()
            # Servers that draw markup would take a name's < and & for it.
            if "body-markup" in capabilities:
                text = escape(text, quote=False)
            body = (_APP, 0, "page-keys", title, text, ["default", _("Open")], hints, -1)
            call = new_method_call(address, "Notify", "susssasa{sv}i", body)
            answer = connection.send_and_get_reply(call, timeout=_SECONDS)
            return int(answer.body[0]) if answer.header.message_type.name == "method_return" else 0
    except Exception:  # No bus, no server, no answer: there is no desktop to show it on.
        return 0


class Presses(QObject):
    """Hears of notifications that were pressed: `pressed` carries the number that the desktop gave one."""

    pressed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Where there is no session bus nobody makes one of these, and QtDBus stays out.
        from PySide6.QtDBus import QDBusConnection

        # Any sender: the service may be started after this.
        slot: Any = SLOT("act(uint,QString)")
        QDBusConnection.sessionBus().connect("", _PATH, _INTERFACE, "ActionInvoked", self, slot)

    @Slot("uint", str)
    def act(self, number: int, action: str) -> None:
        """The desktop's signal ActionInvoked."""
        self.pressed.emit(number)


class Tray(QObject):
    """The tray icon. `opened` when the window is wanted, `quit_wanted` when the program is to end.

    `shown` tells whether this desktop has a tray at all.
    """

    opened = Signal()
    quit_wanted = Signal()

    def __init__(self, picture: QIcon, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._menu = QMenu()
        self._menu.addAction(_("Open Page Keys")).triggered.connect(lambda: self.opened.emit())
        self._menu.addSeparator()
        self._menu.addAction(_("Quit")).triggered.connect(lambda: self.quit_wanted.emit())
        self._icon = QSystemTrayIcon(picture, self)
        self._icon.setToolTip(_APP)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activated)
        self._icon.messageClicked.connect(self.opened)

    @property
    def shown(self) -> bool:
        return QSystemTrayIcon.isSystemTrayAvailable()

    def set_visible(self, visible: bool) -> None:
        self._icon.setVisible(visible)

    def say(self, title: str, text: str) -> None:
        """Show a message by the tray, where the system has no other way (Windows, macOS)."""
        self._icon.showMessage(title, text, self._icon.icon(), 10_000)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason != QSystemTrayIcon.ActivationReason.Context:
            self.opened.emit()


def uses_bus() -> bool:
    """Whether notifications go by the session bus here."""
    return sys.platform.startswith("linux")
