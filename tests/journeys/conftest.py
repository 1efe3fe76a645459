"""A journey: the real window on a practice Facebook of its own; after it nothing may have leaked."""

from __future__ import annotations

from pathlib import Path

import pytest

from gui.app import Program
from gui.options import Options
from gui.shell.commands import Request
from gui.tour.private_session import PrivateSession, files_holding
from gui.tour.ui_driver import UiDriver, process_events
from tests.support.agency import AMIRA, NILS, NORD, connect, session_at


class Journey:
    """The window, hands to drive it, and the practice Facebook behind it."""

    def __init__(self, qapp, server, private_session: PrivateSession, profile: Path) -> None:
        self.application, self.server, self.private_session, self.profile = qapp, server, private_session, profile
        self.program: Program | None = None
        self.driver: UiDriver | None = None

    @property
    def window(self):
        assert self.program is not None
        return self.program.window

    @property
    def accounts(self):
        assert self.program is not None
        return self.program.shell.accounts

    def panel(self, name):
        """A panel by its slot's name."""
        assert self.program is not None
        return self.program.shell.stack.panel(name)

    def ask(self, command, **of_what):
        """Ask the window for something, as a reminder or another start may."""
        assert self.program is not None
        self.program.shell.navigator.navigate(Request(command, **of_what))

    @property
    def login(self):
        return self.panel("login")

    @property
    def table(self):
        return self.panel("pages").table

    def open(self) -> UiDriver:
        self.program = Program(
            self.application, Options(profile=self.profile, graph_url=self.server.url, login_url=self.server.url)
        )
        opened = []
        self.program.opened.connect(lambda: opened.append(True))
        self.window.show()
        self.driver = UiDriver(self.window)
        self.driver.wait(lambda: opened, "what is kept")
        return self.driver

    def close(self) -> None:
        if self.program is not None:
            self.window.close()
            self.program.end()
            self.program.setParent(None)
            self.program = None
            process_events(60)

    def set_up(self) -> UiDriver:
        """Open and go as far as the login page."""
        driver = self.open()
        driver.click("welcomeConnect")
        driver.type_into("setupAppId", "180000000000001")
        driver.type_into("setupSecret", self.server.world.app_secret)
        driver.click("setupVerify")
        driver.wait_title("Log in to Facebook")
        return driver

    def log_in(self, person: int = 0) -> None:
        """Through the dialog to the extended token."""
        assert self.driver is not None
        self.driver.log_in(self.login, person)
        self.driver.click_page(self.login, "#allow")
        self.driver.wait_title("Extend your login")

    def to_pages(self, count: int) -> None:
        """From the extended token to the kept Pages."""
        driver = self.driver
        assert driver is not None
        driver.click("extendGo")
        driver.wait(
            lambda: len(self.table.pages.rows) == count and not driver.seen("progressWords"),
            f"{count} Pages, kept",
            60,
        )


@pytest.fixture
def journey(qapp, practice, private_session, tmp_path, capfd):
    made = Journey(qapp, practice, private_session, tmp_path / "profile")
    yield made
    made.close()
    private_session.forget()
    given = practice.world.given_out
    said = capfd.readouterr()
    for secret in given:
        assert secret not in said.out + said.err, "a secret was printed"
    holding = files_holding(tmp_path, given) + files_holding(private_session.root, given)
    assert not holding, f"secrets in clear in {holding}"


@pytest.fixture
def agency(journey):
    """The window with Amira through the first app, Agency Nord and Nils through the second: 243 Pages in all."""
    session = session_at(journey.server, journey.profile)
    connect(session, journey.server, AMIRA)
    connect(session, journey.server, NORD, 1)
    connect(session, journey.server, NILS, 1)
    session.close()
    driver = journey.open()
    driver.wait(lambda: len(journey.table.pages.rows) == 243, "everybody's Pages")
    process_events(200)
    return journey
