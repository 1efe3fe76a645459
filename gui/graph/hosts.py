"""Facebook's own hosts: what its login page may load, and where its pictures lie."""

from urllib.parse import SplitResult, urlsplit

from gui.values import Site

#: Hosts of Facebook's login and what it loads.
_LOGIN = ("facebook.com", "fbcdn.net", "facebook.net", "fbsbx.com", "messenger.com", "meta.com", "oculus.com")
_PICTURES = ("facebook.com", "fbcdn.net", "fbsbx.com")


def _is_of(host: str, domains: tuple[str, ...]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def _parts(url: str) -> SplitResult | None:
    """An address taken apart; None where two readers could see two hosts in it (a user name, a backslash, a blank)."""
    if "\\" in url or any(character <= " " for character in url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return None if "@" in parts.netloc else parts


def may_load(site: Site, url: str) -> bool:
    """Whether the login page may ask for this address: Facebook's over TLS; of another site what is its own."""
    parts = _parts(url)
    if parts is None:
        return False
    if not site.is_facebook:
        return f"{parts.scheme}://{parts.netloc}" in {site.login_url, site.graph_url}
    return parts.scheme in {"https", "wss"} and _is_of(parts.hostname or "", _LOGIN)


def may_fetch_picture(site: Site, url: str) -> bool:
    """Whether a Page's picture may be fetched from this address."""
    parts = _parts(url)
    if parts is None:
        return False
    if not site.is_facebook:
        return f"{parts.scheme}://{parts.netloc}" == site.graph_url
    return parts.scheme == "https" and _is_of(parts.hostname or "", _PICTURES)
