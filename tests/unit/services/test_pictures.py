"""Page pictures come from the database or Facebook's own hosts, and from nowhere else."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gui.practice.server import PracticeServer
from gui.services.pictures import page_picture
from gui.services.states import page_rows_now
from gui.values import Page, PageRow, Site
from tests.support.agency import AMIRA, connect
from tests.support.people import JOB
from tests.support.recording_server import RecordingServer

PNG = b"\x89PNG\r\n\x1a\n"
#: Addresses that lead, or may be thought to lead, to another host than Facebook's; {0} is that host with its port.
ELSEWHERE = [
    "http://{0}/x.png",
    "https://{0}/x.png",
    "https://{0}/facebook.com/x.png",
    "https://{0}/?https://scontent.fbcdn.net/x.png",
    "https://{0}#.facebook.com",
    "https://scontent.fbcdn.net@{0}/x.png",
    "https://{0}\\@facebook.com/x.png",
    "https://{0}\\.facebook.com/x.png",
    "https://[",
    "https://[::1",
    "https://facebook.com:port/x.png",
    "https://facebook.com /x.png",
    "https://scontent.fbcdn.net:443@{0}/x.png",
    "http://scontent.fbcdn.net@{0}/x.png",
    "//{0}/x.png",
    "{0}/x.png",
    "ftp://{0}/x.png",
]


@pytest.fixture
def elsewhere():
    server = RecordingServer()
    yield server
    server.close()


@pytest.fixture
def picture_host(session):
    """A server that the session takes for its Facebook, from which pictures may come."""
    server = RecordingServer()
    session.site = Site(server.url, server.url)
    yield server
    server.close()


def row_of(session, url: str, page_id: str = "12345") -> PageRow:
    """A Page that is kept with this address of its picture."""
    with session.vault.database.transaction() as db:
        db.execute("INSERT OR REPLACE INTO page (id, name, picture_url) VALUES (?, 'Nordlys', ?)", (page_id, url))
    return PageRow(Page(page_id, "Nordlys", picture_url=url))


def test_a_picture_is_fetched_once_and_then_comes_from_the_database(session, practice):
    row = page_rows_now(session, connect(session, practice, AMIRA))[0]
    before = len(practice.calls)
    picture = page_picture(session, row, JOB)
    assert picture.startswith(PNG)
    assert practice.calls[before:] == [f"GET pictures/{row.page.id}.png"]
    assert page_picture(session, row, JOB) == picture
    assert len(practice.calls) == before + 1


def test_each_page_has_its_own_picture(session, practice):
    rows = page_rows_now(session, connect(session, practice, AMIRA))
    pictures = {page_picture(session, row, JOB) for row in rows}
    assert len(pictures) == len(rows)
    assert all(session.vault.picture(row.page.id) in pictures for row in rows)


def test_a_picture_is_there_without_a_network(session, practice):
    row = page_rows_now(session, connect(session, practice, AMIRA))[0]
    picture = page_picture(session, row, JOB)
    session.site = Site("http://127.0.0.1:1", "http://127.0.0.1:1")
    assert page_picture(session, row, JOB) == picture


def test_a_page_without_a_picture_has_none_and_nobody_is_asked(session, practice):
    practice.world.faults.on("no_picture")
    row = page_rows_now(session, connect(session, practice, AMIRA))[0]
    before = list(practice.calls)
    assert page_picture(session, row, JOB) == b""
    assert practice.calls == before


def test_a_picture_that_cannot_be_had_is_asked_for_again(session, picture_host):
    row = row_of(session, f"{picture_host.url}/x.png")
    picture_host.status = 404
    assert page_picture(session, row, JOB) == b""
    assert session.vault.picture("12345") is None
    picture_host.status = 200
    assert page_picture(session, row, JOB) == b"a picture"
    assert picture_host.paths == ["/x.png", "/x.png"]


@pytest.mark.parametrize("content_type", ["text/html", "application/json", "", "text/image/png"])
def test_what_is_no_picture_is_not_kept(session, picture_host, content_type):
    picture_host.content_type = content_type
    assert page_picture(session, row_of(session, f"{picture_host.url}/x.png"), JOB) == b""
    assert session.vault.picture("12345") is None


@pytest.mark.parametrize(("size", "comes"), [(512 * 1024, True), (512 * 1024 + 1, False)])
def test_a_picture_that_is_too_large_is_not_kept(session, picture_host, size, comes):
    picture_host.answer = b"x" * size
    assert page_picture(session, row_of(session, f"{picture_host.url}/x.png"), JOB) == (b"x" * size if comes else b"")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_picture_that_is_elsewhere_is_not_followed(session, picture_host, elsewhere, status):
    picture_host.status, picture_host.location = status, f"{elsewhere.url}/x.png"
    assert page_picture(session, row_of(session, f"{picture_host.url}/x.png"), JOB) == b""
    assert elsewhere.connections == 0


@pytest.mark.parametrize("address", ELSEWHERE)
@pytest.mark.parametrize("real", [True, False])
def test_a_host_that_is_not_facebooks_is_never_asked(session, elsewhere, address, real):
    session.site = Site() if real else session.site
    row = row_of(session, address.format(f"127.0.0.1:{elsewhere.port}"))
    assert page_picture(session, row, JOB) == b""
    assert (elsewhere.connections, elsewhere.paths) == (0, [])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    scheme=st.sampled_from(["http", "https", "HTTPS", "ftp", ""]),
    user=st.sampled_from(["", "scontent.fbcdn.net@", "www.facebook.com:x@"]),
    path=st.text(st.characters(codec="ascii", exclude_characters="\\[]"), max_size=20),
)
def test_whatever_stands_around_another_host_it_is_never_asked(session, elsewhere, scheme, user, path):
    session.site = Site()
    row = row_of(session, f"{scheme}://{user}127.0.0.1:{elsewhere.port}/{path}")
    assert page_picture(session, row, JOB) == b""
    assert elsewhere.connections == 0


def test_the_recording_server_sees_who_asks(session, picture_host):
    """What the tests above rely on."""
    page_picture(session, row_of(session, f"{picture_host.url}/x.png"), JOB)
    assert (picture_host.connections, picture_host.paths) == (1, ["/x.png"])


def test_another_practice_facebook_is_not_this_one(session, practice):
    other = RecordingServer()
    assert isinstance(practice, PracticeServer)
    assert page_picture(session, row_of(session, f"{other.url}/x.png"), JOB) == b""
    assert other.connections == 0
    other.close()
