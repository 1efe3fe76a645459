"""KeePass databases: KeePassXC opens what is written here, and what KeePassXC writes is read here."""

import os
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gui.errors import UserError
from gui.files import kdbx
from gui.files.kdbx import KeePassEntry, is_kdbx, read_kdbx, write_kdbx
from gui.files.reading import read_document
from gui.services.explain import explain
from gui.values import Secret
from tests.support.people import token_text

PASSWORD = Secret("correct-horse-battery")
ENTRY = KeePassEntry(
    "Amira’s Bakery", "101000000000007", Secret(token_text(1)), "https://www.facebook.com/101000000000007", "Haddad",
    1_900_000_000, (("Page ID", "101000000000007"), ("Ends", "ends on 17 March 2030")),
)  # fmt: skip


def keepassxc(*arguments, more=""):
    """What KeePassXC's own program says."""
    result = subprocess.run(
        ["keepassxc-cli", *arguments], input=f"{PASSWORD.reveal()}\n{more}", capture_output=True, text=True, timeout=60,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    return result.stdout


def cells(part):
    heading, *rows = [row.cells for row in part.rows]
    return [dict(zip(heading, row, strict=True)) for row in rows]


def test_keepassxc_opens_what_is_written(tmp_path):
    path = tmp_path / "pages.kdbx"
    path.write_bytes(write_kdbx("Page Keys", [ENTRY, KeePassEntry("مخبز أميرة", "2", Secret(token_text(2)))], PASSWORD))
    assert keepassxc("ls", "-q", "-R", str(path)).split("\n")[0:3]
    shown = keepassxc("show", "-q", "-s", "--all", str(path), "Haddad/Amira’s Bakery")
    assert f"Password: {token_text(1)}" in shown
    assert "UserName: 101000000000007" in shown
    assert "URL: https://www.facebook.com/101000000000007" in shown
    assert "Page ID: 101000000000007" in shown
    assert token_text(2) in keepassxc("show", "-q", "-s", str(path), "مخبز أميرة")


def test_the_end_is_the_entrys_own(tmp_path):
    path = tmp_path / "pages.kdbx"
    path.write_bytes(write_kdbx("Page Keys", [ENTRY], PASSWORD))
    assert "<ExpiryTime>" in (exported := keepassxc("export", "-q", str(path)))
    assert "<Expires>True</Expires>" in exported


def test_what_keepassxc_writes_is_read(tmp_path):
    path = tmp_path / "team.kdbx"
    keepassxc("db-create", "-q", "-p", str(path), more=f"{PASSWORD.reveal()}\n")
    keepassxc("mkdir", "-q", str(path), "Haddad")
    keepassxc(
        "add", "-q", "-u", "101000000000007", "-p", "--url", "https://www.facebook.com/x", str(path), "Haddad/Bakery",
        more=f"{token_text(3)}\n{token_text(3)}\n",
    )  # fmt: skip
    (found,) = cells(read_kdbx(path.read_bytes(), PASSWORD))
    assert (found["Name"], found["Page ID"], found["Access token"], found["Client"]) == (
        "Bakery", "101000000000007", token_text(3), "Haddad",
    )  # fmt: skip


def test_what_was_deleted_is_not_read(tmp_path):
    path = tmp_path / "pages.kdbx"
    path.write_bytes(write_kdbx("Page Keys", [ENTRY, KeePassEntry("Gone", "9", Secret(token_text(9)))], PASSWORD))
    keepassxc("rm", "-q", str(path), "Gone")
    assert [one["Name"] for one in cells(read_kdbx(path.read_bytes(), PASSWORD))] == ["Amira’s Bakery"]


@pytest.mark.parametrize(
    ("change", "password", "kind"),
    [
        (lambda data: data, None, "import_needs_password"),
        (lambda data: data, Secret("another one"), "import_wrong_database_password"),
        (lambda data: data[:200], PASSWORD, "import_unreadable"),
        (lambda data: data[:40] + bytes(40) + data[80:], PASSWORD, "import_unreadable"),
    ],
)
def test_what_cannot_be_opened_says_why_and_quotes_nothing(change, password, kind):
    data = change(write_kdbx("Page Keys", [ENTRY], PASSWORD))
    with pytest.raises(UserError) as caught:
        read_kdbx(data, password)
    assert caught.value.kind in {kind, "import_wrong_database_password"} if kind == "import_unreadable" else kind
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_it_is_read_as_any_file_is():
    data = write_kdbx("Page Keys", [ENTRY], PASSWORD)
    assert is_kdbx(data)
    (part,) = read_document(data, PASSWORD, lambda rows: None).parts
    assert cells(part)[0]["Access token"] == token_text(1)


def test_without_the_library_it_is_named_as_a_kind_that_is_not_read(monkeypatch):
    data = write_kdbx("Page Keys", [ENTRY], PASSWORD)
    monkeypatch.setattr(kdbx, "is_available", lambda: False)
    document = read_document(data, None, lambda rows: None)
    assert document.unread == ["a KeePass database"]


TEXTS = st.text(max_size=60)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=4))
def test_whatever_names_are_in_it_tokens_come_back_whole(names):
    entries = [
        KeePassEntry(title, str(number), Secret(token_text(number)), "", group, 0, (("Notes of it", text),))
        for number, (title, group, text) in enumerate(names)
    ]
    found = cells(read_kdbx(write_kdbx("Page Keys", entries, PASSWORD), PASSWORD))
    assert {one.get("Username", one.get("Page ID")): one["Access token"] for one in found} == {
        one.user_name: one.password.reveal() for one in entries
    }


@pytest.mark.parametrize("with_password", [True, False])
def test_a_database_with_a_key_file_says_that_it_may_want_one(tmp_path, with_password):
    (tmp_path / "key").write_bytes(os.urandom(64))
    options = ("-p",) if with_password else ()
    keepassxc(
        "db-create", *options, "-k", str(tmp_path / "key"), str(tmp_path / "k.kdbx"), more=f"{PASSWORD.reveal()}\n"
    )
    with pytest.raises(UserError) as caught:
        read_kdbx((tmp_path / "k.kdbx").read_bytes(), PASSWORD)
    assert caught.value.kind == "import_wrong_database_password"
    assert "key file" in explain(caught.value).text


def test_a_user_name_that_is_a_number_is_the_page_id():
    entries = [KeePassEntry("Bakery", "101000000000007", Secret(token_text(1)))]
    (row,) = cells(read_kdbx(write_kdbx("x", entries, PASSWORD), PASSWORD))
    assert row["Page ID"] == "101000000000007"
    entries.append(KeePassEntry("Bank", "noa", Secret("x")))
    rows = cells(read_kdbx(write_kdbx("x", entries, PASSWORD), PASSWORD))
    assert rows[0]["Username"] == "101000000000007"
