"""Page pictures: from the database, else fetched from Facebook's own hosts and stored."""

from gui.errors import JobContext
from gui.graph.hosts import may_fetch_picture
from gui.services.session import Session
from gui.values import PageRow

#: Bytes.
_LARGEST = 512 * 1024


def page_picture(session: Session, row: PageRow, job: JobContext) -> bytes:
    """The picture of a Page as an image file's bytes; empty when there is none to be had."""
    picture = session.vault.picture(row.page.id)
    if picture is not None:
        return picture
    if not may_fetch_picture(session.site, row.page.picture_url):
        return b""
    # With it comes `requests`, which the first picture can wait for.
    from gui.graph.client import fetch_file

    url = row.page.picture_url
    new_picture = fetch_file(session.site, url, _LARGEST, session.proxies_for(url))
    if new_picture:
        session.vault.keep_picture(row.page.id, new_picture)
    return new_picture
