"""The person's own browser, played by plain HTTP at the practice Facebook."""

import urllib.parse

import requests


def asked_permissions(url: str) -> list[str]:
    """The permissions that a dialog's address asks for."""
    return urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)["scope"][0].split(",")


def browse(server, url: str, person: int = 0) -> str:
    """Log in and allow everything; the address that the browser ends on, to which it goes if it is on this computer."""
    page = requests.get(url, timeout=10)
    flow = page.text.split('name="flow" value="')[1].split('"')[0]
    who = {"flow": flow, "person": str(person), "password": "practice"}
    requests.post(f"{server.url}/practice/login", data=who, timeout=10)
    answer = requests.post(
        f"{server.url}/practice/allow",
        data={"flow": flow, "which": "all", "scope": asked_permissions(url)},
        timeout=10,
        allow_redirects=False,
    )
    address = answer.headers["Location"]
    if address.startswith("http://localhost"):
        requests.get(address, timeout=10)
    return address
