"""A company's network: its own certificate authority, and its proxy, one that wants a password too."""

import socket
import threading
from typing import Any

import pytest

from gui.graph import calls
from gui.graph.client import proxies_for
from gui.graph.errors import GraphError
from gui.services.session import Session
from gui.values import Site
from tests.support.network import Proxy, Relay, certificate
from tests.support.people import Collected, app_of, short_token

FACEBOOK = Site()
NO_VAULT: Any = None
_VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def _no_proxy_around(monkeypatch):
    for name in _VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def job():
    return Collected()


@pytest.fixture
def company(practice, tmp_path, monkeypatch):
    """A proxy that opens every TLS connection with the company's own certificate; its authority is the system's."""
    made = certificate(tmp_path, hosts=("graph.facebook.com",))
    relay = Relay(practice.url, tls=made)
    proxy = Proxy(relay.port)
    monkeypatch.setenv("SSL_CERT_FILE", made[2])
    yield proxy
    proxy.close()
    relay.close()


def ask(practice, job, system_proxy=lambda url: ""):
    """Whose token it is, asked as the program asks the real Facebook."""
    session = Session(FACEBOOK, lambda: NO_VAULT, system_proxy=system_proxy)
    try:
        return calls.me(session.client(app_of(practice), job), short_token(practice))[1]
    finally:
        session.close()


def test_the_systems_proxy_and_authority_are_taken(practice, company, job):
    assert ask(practice, job, lambda url: company.url) == "Amira Haddad"
    assert company.asked == ["graph.facebook.com:443"]


@pytest.mark.parametrize("name", ["https_proxy", "HTTPS_PROXY", "ALL_PROXY"])
def test_the_environments_proxy_goes_first(practice, company, job, monkeypatch, name):
    monkeypatch.setenv(name, company.url)
    assert ask(practice, job, lambda url: "http://127.0.0.1:9") == "Amira Haddad"
    assert company.asked


def test_a_company_that_the_system_does_not_trust_is_refused(practice, company, job, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(GraphError) as caught:
        ask(practice, job, lambda url: company.url)
    assert caught.value.kind == "tls_failed"
    assert not practice.calls, "nothing may have been sent"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("407 Proxy Authentication Required", "proxy_password"),
        ("403 Forbidden", "proxy_failed"),
        ("502 Bad Gateway", "proxy_failed"),
    ],
)
def test_what_a_proxy_refuses_is_told(practice, job, status, kind):
    proxy = Proxy(9, refusal=status)
    with pytest.raises(GraphError) as caught:
        ask(practice, job, lambda url: proxy.url)
    proxy.close()
    assert caught.value.kind == kind


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "socks5h://127.0.0.1:9", "nonsense://x:1", "http://"])
def test_a_proxy_that_is_not_there_is_told(practice, job, address):
    with pytest.raises(GraphError) as caught:
        ask(practice, job, lambda url: address)
    assert caught.value.kind == "proxy_failed"


def test_a_socks_proxy_that_wants_a_password_is_told(practice, job):
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = listener.accept()
        with connection:
            connection.recv(64)
            connection.sendall(b"\x05\xff")  # No acceptable methods (RFC 1928).

    threading.Thread(target=serve, daemon=True).start()
    with pytest.raises(GraphError) as caught:
        ask(practice, job, lambda url: f"socks5h://127.0.0.1:{listener.getsockname()[1]}")
    listener.close()
    assert caught.value.kind == "proxy_password"


def test_where_the_environment_excepts_facebook_no_proxy_is_taken(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", ".facebook.com")
    assert proxies_for("https://graph.facebook.com", lambda url: "http://127.0.0.1:9").get("https") is None


def test_another_network_has_another_proxy(practice, company, job):
    """A notebook is taken from one network to the next while the program runs."""
    here = {"proxy": "http://127.0.0.1:9"}
    session = Session(FACEBOOK, lambda: NO_VAULT, system_proxy=lambda url: here["proxy"])
    with pytest.raises(GraphError):
        calls.me(session.client(app_of(practice), job), short_token(practice))
    here["proxy"] = company.url
    assert calls.me(session.client(app_of(practice), job), short_token(practice))[1] == "Amira Haddad"
    session.close()


def test_a_facebook_on_this_computer_knows_no_proxy(practice, job):
    session = Session(Site(practice.url, practice.url), lambda: NO_VAULT, system_proxy=lambda url: "http://127.0.0.1:9")
    assert calls.me(session.client(app_of(practice), job), short_token(practice))[1] == "Amira Haddad"
    session.close()
