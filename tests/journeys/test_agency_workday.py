"""An agency's day, from two apps and three people to a workbook with the right tokens; also through crashes."""

import io
import signal
import subprocess
import sys
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest

from tests.journeys.agency_workday import CLIENT, LOGINS, MOMENTS, PASSWORD, Day
from tests.support.agency import right_token, session_at
from tests.support.libreoffice import read_workbook

ROOT = Path(__file__).parents[2]


def cells_by_openpyxl(path):
    clear = io.BytesIO()
    with path.open("rb") as file:
        office = msoffcrypto.OfficeFile(file)
        office.load_key(password=PASSWORD, verify_password=True)
        office.decrypt(clear)
    return [
        ["" if cell is None else cell for cell in row]
        for row in openpyxl.load_workbook(clear).active.iter_rows(values_only=True)
    ]


def check_workbook(server, cells):
    """243 Pages, each with the token of that Page; the Müllers with their client."""
    head, *lines = cells
    place = {name: number for number, name in enumerate(head)}
    assert len(lines) == 243
    assert len({line[place["Page ID"]] for line in lines}) == 243
    assert all(right_token(server, line[place["Page ID"]], line[place["Page token"]]) for line in lines)
    for line in lines:
        assert (line[place["Client"]] == CLIENT) == ("Müller" in line[place["Page"]]), line[place["Page"]]
        index = server.world.page_by_id(line[place["Page ID"]])
        assert line[place["Page"]] == index.name


def check_kept(server, profile):
    """What the window confirmed is kept: three people, every Page with its token, the client, no leftovers."""
    session = session_at(server, profile)
    try:
        assert session.vault.recover().leftovers == 0
        people = session.vault.logins()
        assert [one.user_name for one in people] == [server.world.people[person].name for person, _, _ in LOGINS]
        for login in people:
            tokens = session.vault.page_tokens(login.id)
            assert len(tokens) == login.pages > 0
            assert all(right_token(server, page_id, secret.reveal()) for page_id, secret in tokens.items())
            assert session.vault.login(login).token.secret
        (client,) = session.vault.clients.all()
        assert client.pages == sum(
            "Müller" in row.page.name for row in {row.page.id: row for row in session.vault.page_rows(*people)}.values()
        )
    finally:
        session.close()


def secrets_of(server):
    return [app.secret for app in server.world.apps]


def test_an_agencys_day(journey, tmp_path):
    journey.open()
    path = tmp_path / "tokens.xlsx"
    Day(journey.program, secrets_of(journey.server), path).go()
    check_workbook(journey.server, cells_by_openpyxl(path))
    assert read_workbook(path, "wrong password") is None
    check_workbook(journey.server, read_workbook(path, PASSWORD))
    journey.close()
    check_kept(journey.server, journey.profile)


def test_the_same_day_with_the_keychain_killed_and_started_again(journey, tmp_path):
    journey.open()
    path = tmp_path / "tokens.xlsx"
    day = Day(journey.program, secrets_of(journey.server), path)
    failures = []

    def between(step):
        if step not in {"connect-1", "tag", "export_"}:
            return
        journey.private_session.stop_keyring()
        if step == "export_":
            # In the middle of it, and told: the person tries again when the keychain is back.
            try:
                day.driver.type_into("search", "")
                day.table.pages.select_shown()
                day.driver.click("manyCopy")
                failures.append(
                    day.driver.wait(
                        lambda: [
                            one
                            for one in journey.panel("pages").notices.notices()
                            if one.text.kind.startswith(("keychain", "no_keychain"))
                        ],
                        "what is wrong",
                    )
                )
            finally:
                journey.private_session.start_keyring()
            day.driver.click(failures[-1][0].main_button)
            day.driver.wait(lambda: day.driver.clipboard().count("_TOKEN=EAA") == 243, "the lines")
            day.driver.click("manyClose")
        else:
            journey.private_session.start_keyring()

    day.go(between)
    assert failures
    check_workbook(journey.server, cells_by_openpyxl(path))
    journey.close()
    check_kept(journey.server, journey.profile)


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_same_day_killed_in_the_middle(journey, tmp_path, moment):
    path = tmp_path / "given" / "tokens.xlsx"
    path.parent.mkdir()
    command = [sys.executable, "-m", "tests.journeys.agency_workday", str(journey.profile), journey.server.url]
    typed = "\n".join(secrets_of(journey.server)) + "\n"
    first = subprocess.run(
        [*command, moment, str(path)], cwd=ROOT, input=typed, capture_output=True, text=True, timeout=120, check=False
    )
    assert first.returncode == -signal.SIGKILL, first.stderr[-2000:]
    done = first.stdout.split()
    assert (
        done
        == {
            "keeping": ["connect-0"],
            "tagging": ["connect-0", "connect-1", "connect-2", "all"],
            "exporting": ["connect-0", "connect-1", "connect-2", "all", "tag", "check"],
        }[moment]
    )
    assert not path.exists(), "whole or not at all"
    session = session_at(journey.server, journey.profile)
    session.vault.recover()
    login = session.vault.logins()
    expected = [3] if moment == "keeping" else [3, 240, 49]
    assert [len(session.vault.page_tokens(one.id)) for one in login][: len(expected)] == expected, "what was confirmed"
    session.close()
    second = subprocess.run(
        [*command, "never", str(path)], cwd=ROOT, input=typed, capture_output=True, text=True, timeout=120, check=False
    )
    assert second.returncode == 0, second.stderr[-2000:]
    check_workbook(journey.server, cells_by_openpyxl(path))
    check_kept(journey.server, journey.profile)
    for secret in journey.server.world.given_out:
        assert secret not in first.stdout + first.stderr + second.stdout + second.stderr
