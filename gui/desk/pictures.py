"""Page pictures: from the ledger, else fetched from Facebook's own hosts and kept."""

from urllib.parse import urlsplit

from gui.desk.desk import Desk
from gui.errors import JobContext
from gui.values import PageRow

_LARGEST = 512 * 1024
_HOSTS = (".fbcdn.net", ".fbsbx.com", ".facebook.com")


def _allowed(desk: Desk, url: str) -> bool:
    parts = urlsplit(url)
    if desk.site.is_facebook:
        return parts.scheme == "https" and (parts.hostname or "").endswith(_HOSTS)
    return f"{parts.scheme}://{parts.netloc}" == desk.site.graph_url


def picture(desk: Desk, row: PageRow, job: JobContext) -> bytes:
    """The picture of a Page as an image file's bytes; empty when there is none to be had."""
    kept = desk.vault.picture(row.page.id)
    if kept is not None:
        return kept
    if not _allowed(desk, row.page.picture_url):
        return b""
    from gui.graph.client import fetch_file

    found = fetch_file(desk.site, row.page.picture_url, _LARGEST)
    if found:
        desk.vault.keep_picture(row.page.id, found)
    return found
