"""The proxy that this computer's settings name, a script of theirs (PAC) included."""

from __future__ import annotations

import sys
from urllib.parse import urlsplit

from PySide6.QtCore import QUrl
from PySide6.QtNetwork import QNetworkProxy, QNetworkProxyFactory, QNetworkProxyQuery

from gui.desktop.portal import ask_portal

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
    answer = ask_portal("ProxyResolver", "Lookup", "s", url)
    for address in answer[0] if answer else ():
        parts = urlsplit(str(address))
        if parts.scheme == "direct":
            return ""
        if (scheme := _SCHEMES_OF_DESKTOP.get(parts.scheme)) and parts.hostname:
            return f"{scheme}://{parts.netloc}"
    return ""
