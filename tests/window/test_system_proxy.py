"""The system's proxy, by the desktop's portal and by Qt; and the authorities that were added to the system's."""

import sys

import pytest
from PySide6.QtNetwork import QNetworkProxy, QNetworkProxyFactory, QSslCertificate

from gui.desktop import system_trust
from gui.desktop.system_proxy import system_proxy
from gui.desktop.system_trust import added_authorities
from tests.support.bus_service import BusService
from tests.support.network import certificate

FACEBOOK = "https://graph.facebook.com"
PORTAL = "org.freedesktop.portal.Desktop"


@pytest.mark.parametrize(
    ("proxies", "proxy"),
    [
        (["http://proxy.example:3128"], "http://proxy.example:3128"),
        (["direct://"], ""),
        (["direct://", "http://proxy.example:3128"], ""),
        (["socks5://proxy.example:1080"], "socks5h://proxy.example:1080"),
        (["socks://proxy.example:1080"], "socks5h://proxy.example:1080"),
        (["http://[2001:db8::1]:3128"], "http://[2001:db8::1]:3128"),
        (["strange://x", "http://proxy.example:3128"], "http://proxy.example:3128"),
        (["not an address"], ""),
        ([], ""),
    ],
)
def test_the_desktops_portal_is_asked(private_session, proxies, proxy):
    asked = []

    def answer(member, signature, body):
        asked.append((member, signature, body))
        return "as", (proxies,)

    with BusService(PORTAL, answer):
        assert system_proxy(FACEBOOK) == proxy
    assert asked == [("Lookup", "s", (FACEBOOK,))]


def test_a_portal_that_refuses_or_is_not_there_means_no_proxy(private_session, monkeypatch):
    with BusService(PORTAL, lambda member, signature, body: None):
        assert system_proxy(FACEBOOK) == ""
    assert system_proxy(FACEBOOK) == ""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    assert system_proxy(FACEBOOK) == ""


@pytest.mark.parametrize(
    ("kinds", "proxy"),
    [
        ([("HttpProxy", "proxy.example")], "http://proxy.example:3128"),
        ([("Socks5Proxy", "proxy.example")], "socks5h://proxy.example:3128"),
        ([("HttpProxy", "2001:db8::1")], "http://[2001:db8::1]:3128"),
        ([("NoProxy", "")], ""),
        ([("FtpCachingProxy", "ftp.example"), ("HttpProxy", "proxy.example")], "http://proxy.example:3128"),
        ([], ""),
    ],
)
@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_windows_and_macos_are_asked_by_qt(monkeypatch, system, kinds, proxy):
    proxies = [QNetworkProxy(getattr(QNetworkProxy.ProxyType, kind), host, 3128) for kind, host in kinds]
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(QNetworkProxyFactory, "systemProxyForQuery", lambda query: proxies)
    assert system_proxy(FACEBOOK) == proxy


def test_what_was_added_to_the_systems_authorities_is_given_on(tmp_path, monkeypatch):
    anchors = tmp_path / "anchors" / "company"
    anchors.mkdir(parents=True)
    monkeypatch.setattr(system_trust, "_ADDED", (str(anchors.parent), str(tmp_path / "none")))
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    assert added_authorities() == []
    made = tmp_path / "made"
    made.mkdir()
    authority = QSslCertificate.fromPath(certificate(made)[2])[0]
    (anchors / "company.crt").write_bytes(authority.toPem().data())
    (anchors / "company.der").write_bytes(authority.toDer().data())
    (anchors / "nonsense.pem").write_bytes(b"\xff no certificate")
    (anchors / "README").write_bytes(authority.toPem().data())
    assert added_authorities() == [authority, authority]
    monkeypatch.setattr(system_trust, "_ADDED", ())
    monkeypatch.setenv("SSL_CERT_FILE", str(anchors / "company.crt"))
    assert added_authorities() == [authority]
    monkeypatch.setattr(sys, "platform", "win32")
    assert added_authorities() == []
