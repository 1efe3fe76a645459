"""Hand over to a colleague: one protected file, taken in by another Page Keys, and said in both histories."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.errors import UserError
from gui.files.json_tree import json_leaves
from gui.services.colleague import received_words, sender_of
from gui.services.export import ExportOptions, export, export_message, file_name
from gui.services.formatting import origins
from gui.services.import_rows import read_import_file
from gui.services.import_tokens import import_tokens
from gui.services.os_user import os_user_name
from gui.services.page_list import read_page_list
from gui.services.session import Session
from gui.services.states import page_rows_now
from gui.services.tag import give
from gui.values import Secret, Site
from gui.vault.keychain import Keychain
from gui.vault.vault import Vault
from tests.support.people import JOB
from tests.support.purposes import log_in_for, rows_of

PASSWORD = Secret("correct-horse-battery")


def handed_over(session, practice, tmp_path, export_format="colleague"):
    """Two of three Pages handed over, one of them a client's; the file and the rows."""
    login = log_in_for(session, practice, ("messages", "leads"))
    rows = list(rows_of(session, login).values())[:2]
    give(session, "Haddad, Amira", [rows[0].page.id], JOB)
    rows = list(rows_of(session, login).values())[:2]
    path = tmp_path / file_name(export_format, "password", True, "2026-11-27")
    export(session, rows, ExportOptions(path, export_format, True, "password", PASSWORD), JOB)
    return path, rows


@pytest.fixture
def colleague(practice, tmp_path):
    """Another Page Keys, as on another computer."""
    vault = Vault(tmp_path / "colleague", Keychain(f"Page Keys test colleague {tmp_path.name}"))
    other = Session(Site(practice.url, practice.url), lambda: vault, clock=lambda: practice.world.now())
    yield other
    other.close()


def test_what_was_handed_over_is_shown_and_taken_in_as_received(session, practice, tmp_path, colleague):
    path, rows = handed_over(session, practice, tmp_path)
    assert path.name == "Page tokens 2026-11-27.pagekeys.zip"
    for row in rows:
        assert row.page.name.encode() not in path.read_bytes()
    reading = read_import_file(path, PASSWORD, JOB)
    assert reading.sender == os_user_name()
    assert [(row.name, row.page_id, row.purposes) for row in reading.rows] == [
        (row.page.name, row.page.id, ("messages", "leads")) for row in rows
    ]
    assert not reading.has_more
    report = import_tokens(colleague, reading.rows, False, JOB)
    assert report.kept == 2
    (login,) = colleague.vault.logins()
    assert login.purposes == ("messages", "leads")
    kept = {row.page.id: row for row in colleague.vault.page_rows(login)}
    assert {origins(row.page.origins) for row in kept.values()} == {f"received from {os_user_name()}"}
    assert not read_page_list(colleague, colleague.vault.logins()).businesses
    assert {client.name for client in kept[rows[0].page.id].clients} == {"Haddad, Amira"}
    for row in rows:
        assert colleague.vault.page_token(login.id, row.page.id) == session.vault.page_token(row.login_id, row.page.id)
    received = colleague.vault.history.events(kinds=("received",))
    assert {(one.page_id, one.detail) for one in received} == {(row.page.id, os_user_name()) for row in rows}
    given_away = session.vault.history.events(kinds=("handed_over",))
    assert {one.page_id for one in given_away} == {row.page.id for row in rows}
    assert path.name in given_away[0].detail


def test_it_needs_its_password(session, practice, tmp_path):
    path, _rows = handed_over(session, practice, tmp_path)
    for password, kind in ((None, "import_needs_password"), (Secret("another"), "import_wrong_password")):
        with pytest.raises(UserError) as caught:
            read_import_file(path, password, JOB)
        assert caught.value.kind == kind


@pytest.mark.parametrize("export_format", ["colleague", "kdbx"])
def test_it_is_never_written_unprotected(session, practice, tmp_path, export_format):
    login = log_in_for(session, practice, ("messages",))
    path = tmp_path / "open.file"
    options = ExportOptions(path, export_format, True, "plain")
    with pytest.raises(UserError):
        export(session, list(rows_of(session, login).values()), options, JOB)
    assert not path.exists()


def test_a_keepass_database_goes_the_same_way(session, practice, tmp_path, colleague):
    path, rows = handed_over(session, practice, tmp_path, "kdbx")
    assert path.suffix == ".kdbx"
    reading = read_import_file(path, PASSWORD, JOB)
    assert {(row.name, row.page_id) for row in reading.rows} == {(row.page.name, row.page.id) for row in rows}
    assert import_tokens(colleague, reading.rows, False, JOB).kept == 2
    assert colleague.vault.history.events(kinds=("imported",))


def test_an_own_login_keeps_its_own_purposes(session, practice, tmp_path, colleague):
    path, _rows = handed_over(session, practice, tmp_path)
    login = log_in_for(colleague, practice, ("page_insights",))
    import_tokens(colleague, read_import_file(path, PASSWORD, JOB).rows, True, JOB)
    assert [one.purposes for one in colleague.vault.logins() if one.id == login.id] == [("page_insights",)]


def test_in_words():
    said = received_words("Noa", [f"Page {number}" for number in range(7)], ["Haddad"], ["messages"])
    assert said.startswith("Noa hands over 7 Pages: ")
    assert "and 2 more" in said
    assert "Clients: Haddad." in said
    assert "They are for: Read and answer Messenger messages." in said


KEYS = st.sampled_from(["form", "from", "pages", "id", "purposes", "x"])


def inside(one):
    return st.lists(one, max_size=3) | st.dictionaries(KEYS, one, max_size=4)


@given(st.recursive(st.none() | st.integers() | st.text(max_size=8), inside, max_leaves=12))
def test_any_other_json_is_no_hand_over(value):
    leaves = json_leaves(json.dumps(value)) or ()
    sender = sender_of(leaves)
    assert sender is None or (isinstance(value, dict) and value["form"] == "page-keys-hand-over")


def test_whose_login_it_is_comes_along(session, practice, tmp_path, colleague):
    path, _rows = handed_over(session, practice, tmp_path)
    import_tokens(colleague, read_import_file(path, PASSWORD, JOB).rows, False, JOB)
    assert [login.user_name for login in colleague.vault.logins()] == [practice.world.people[0].name]


@pytest.mark.parametrize("name", ['Haddad, "Amira" & Söhne, GmbH', "A, B", '"', "plain"])
def test_a_client_keeps_its_whole_name_on_the_way_through_keepass(session, practice, tmp_path, colleague, name):
    login = log_in_for(session, practice, ("messages",))
    row = next(iter(rows_of(session, login).values()))
    give(session, name, [row.page.id], JOB)
    give(session, "Second", [row.page.id], JOB)
    path = tmp_path / "shared.kdbx"
    rows = [one for one in rows_of(session, login).values() if one.page.id == row.page.id]
    export(session, rows, ExportOptions(path, "kdbx", True, "password", PASSWORD), JOB)
    import_tokens(colleague, read_import_file(path, PASSWORD, JOB).rows, False, JOB)
    (kept,) = colleague.vault.page_rows(colleague.vault.logins()[0])
    assert {client.name for client in kept.clients} == {name, "Second"}


def sent_by(**changes):
    """The sender of a hand-over file with something changed."""
    page = {"name": "Blossom", "id": "101", "access_token": "EAA", "purposes": "messages,leads", "person": "Noa"}
    document = {"form": "page-keys-hand-over", "version": 1, "from": "noa", "pages": [page]} | changes
    sender = sender_of(json_leaves(json.dumps(document)) or ())
    assert sender is not None
    return sender


@pytest.mark.parametrize("export_format", ["colleague", "kdbx"])
def test_a_client_keeps_the_joiners_of_its_emoji(session, practice, tmp_path, export_format):
    login = log_in_for(session, practice, ("messages",))
    (row, *_rest) = page_rows_now(session, login)
    give(session, "Café 👩\u200d🍳", [row.page.id], JOB)
    row = next(one for one in page_rows_now(session, login) if one.page.id == row.page.id)
    path = tmp_path / "handed-over"
    export(session, [row], ExportOptions(path, export_format, True, "password", PASSWORD), JOB)
    (read,) = read_import_file(path, PASSWORD, JOB).rows
    assert read.all_clients == ("Café 👩\u200d🍳",)


def test_a_newer_file_is_said_to_be_one():
    assert not sent_by().is_newer
    assert sent_by(version=2).is_newer


def test_purposes_may_be_a_list():
    pages = [{"id": "101", "purposes": ["messages", "leads"]}]
    assert sent_by(pages=pages).purposes == {"101": ("messages", "leads")}


def test_a_sender_is_no_longer_than_a_name():
    assert len(sent_by(**{"from": "<b>Facebook</b> " * 30}).name) <= 60


@pytest.mark.parametrize("export_format", ["colleague", "kdbx", "env"])
def test_pages_without_a_token_are_left_out_and_counted(session, practice, tmp_path, export_format):
    practice.world.faults.on("rows_without_tasks")
    login = log_in_for(session, practice, ("messages",))
    rows = list(rows_of(session, login).values())
    options = ExportOptions(tmp_path / "file", export_format, True, "password", PASSWORD)
    report = export(session, rows, options, JOB)
    assert (report.pages, report.without_token) == (2, 1)
    said = export_message(report)
    assert said.title == "Exported 2 Pages"
    assert "1 Page without a token was left out." in said.text
    with pytest.raises(UserError) as caught:
        export(session, [row for row in rows if not row.has_token], options, JOB)
    assert caught.value.kind == "none_has_token"
