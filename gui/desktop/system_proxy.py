"""The proxy that this computer's settings name, a script of theirs (PAC) included."""

from __future__ import annotations

import sys
from urllib.parse import urlsplit

from PySide6.QtCore import QUrl
from PySide6.QtNetwork import QNetworkProxy, QNetworkProxyFactory, QNetworkProxyQuery

_SECONDS = 3.0
_PORTAL, _PORTAL_PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_RESOLVER = "org.freedesktop.portal.ProxyResolver"
#: By Qt's type of a proxy; one that looks up names itself, where it can: inside a company, only it may know them.
_SCHEMES = {
    QNetworkProxy.ProxyType.HttpProxy: "http",
    QNetworkProxy.ProxyType.HttpCachingProxy: "http",
    QNetworkProxy.ProxyType.Socks5Proxy: "socks5h",
}
_SCHEMES_OF_DESKTOP = {"http": "http", "https": "https", "socks": "socks5h", "socks5": "socks5h", "socks5h": "socks5h"}


def system_proxy(url: str) -> str:
    """The address of the proxy for `url` (scheme://host:port), as requests takes it; empty where there is none.

    Windows and macOS are asked by Qt; on Linux the desktop is, by its portal. It may take seconds: a script is loaded
    from the network. Not for the window's thread.
    """
    if sys.platform.startswith("linux"):
        return _of_desktop(url)
    return _of_qt(url)


def _of_qt(url: str) -> str:
    for proxy in QNetworkProxyFactory.systemProxyForQuery(QNetworkProxyQuery(QUrl(url))):
        if proxy.type() is QNetworkProxy.ProxyType.NoProxy:
            return ""
        if (scheme := _SCHEMES.get(proxy.type())) and proxy.hostName():
            host = f"[{proxy.hostName()}]" if ":" in proxy.hostName() else proxy.hostName()
            return f"{scheme}://{host}:{proxy.port()}"
    return ""


def _of_desktop(url: str) -> str:
    """By org.freedesktop.portal.ProxyResolver, which GNOME's and KDE's settings stand behind."""
    # Linux alone has it.
    from jeepney import DBusAddress, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    resolver = DBusAddress(_PORTAL_PATH, _PORTAL, _RESOLVER)
    try:
        with open_dbus_connection("SESSION") as bus:
            answer = bus.send_and_get_reply(new_method_call(resolver, "Lookup", "s", (url,)), timeout=_SECONDS)
    except Exception:  # No bus, no portal, no answer in time: this desktop knows of no proxy.
        return ""
    if answer.header.message_type.name != "method_return":
        return ""
    for address in answer.body[0]:
        parts = urlsplit(str(address))
        if parts.scheme == "direct":
            return ""
        if (scheme := _SCHEMES_OF_DESKTOP.get(parts.scheme)) and parts.hostname:
            return f"{scheme}://{parts.netloc}"
    return ""
