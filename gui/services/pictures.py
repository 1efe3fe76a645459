"""Page pictures: from the database, else fetched from Facebook's own hosts and stored."""

from gui.errors import JobContext
from gui.graph.hosts import may_fetch_picture
from gui.services.session import Session
from gui.values import PageRow

#: Bytes.
_LARGEST = 512 * 1024


def page_picture(session: Session, row: PageRow, job: JobContext) -> bytes:
    """The picture of a Page as an image file's bytes; empty when there is none to be had."""
    stored = session.vault.picture(row.page.id)
    if stored is not None:
        return stored
    if not may_fetch_picture(session.site, row.page.picture_url):
        return b""
    # With it comes `requests`, which the first picture can wait for.
    from gui.graph.client import fetch_file

    fetched = fetch_file(session.site, row.page.picture_url, _LARGEST)
    if fetched:
        session.vault.keep_picture(row.page.id, fetched)
    return fetched
