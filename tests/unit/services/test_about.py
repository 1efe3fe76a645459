"""About: what is known of the program and its surroundings, and a report without a secret or a name."""

import os
from pathlib import Path

from gui import __version__
from gui.services.about import about
from gui.services.session import Session
from gui.values import Secret, Site
from gui.vault.errors import VaultError
from tests.support.people import JOB, keep_login_with_pages
from tests.support.systems import KEYCHAIN_NAME


def texts(found):
    return {fact.name: fact.text for fact in found.facts}


def test_it_says_which_version_folder_and_keychain_are_in_use(session):
    found = about(session, "Qt 6", JOB)
    assert texts(found)["Version"] == f"Page Keys {__version__}"
    assert texts(found)["Made with"].endswith(", Qt 6")
    assert str(session.folder) in texts(found)["Data"]
    assert found.folder == str(session.folder)
    assert texts(found)["Keychain"].startswith(KEYCHAIN_NAME)


def test_a_report_says_how_much_is_kept_and_holds_no_name_no_id_and_no_token(session, practice):
    login = keep_login_with_pages(session, practice)
    rows = session.vault.page_rows(login)
    report = about(session, "Qt 6", JOB).report
    assert f"1 apps, 1 logins, {len(rows)} Pages" in report
    given_out = {secret.reveal() if isinstance(secret, Secret) else secret for secret in practice.world.given_out}
    private = {login.user_name, login.user_id, login.app_id, *given_out}
    private |= {row.page.name for row in rows} | {row.page.id for row in rows} | {row.last_four for row in rows}
    assert [one for one in private if one and one in report] == []


def test_the_folder_in_a_report_names_nobody(session, monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: session.folder.parent)
    assert f"Data: ~{os.sep}{session.folder.name}" in about(session, "", JOB).report
    # Another account's name may begin as this one's.
    monkeypatch.setattr(Path, "home", lambda: session.folder.with_name(session.folder.name[:-1]))
    assert "Data: a folder that was chosen" in about(session, "", JOB).report
    monkeypatch.setattr(Path, "home", lambda: Path("/home/somebody"))
    assert "Data: a folder that was chosen" in about(session, "", JOB).report


def test_where_nothing_can_be_opened_it_says_that():
    def broken():
        raise VaultError("folder_read_only")

    found = about(Session(Site(), broken), "", JOB)
    assert "could not be opened" in texts(found)["Data"]
    assert found.folder == ""
    assert "None was found" in texts(found)["Keychain"]
    assert "Kept: not known" in found.report
