"""A journey: the real window on a practice Facebook of its own; after it nothing may have leaked."""

from __future__ import annotations

from pathlib import Path

import pytest

from gui.app import Program
from gui.options import Options
from gui.tour.hands import Hands, rest
from gui.tour.session import PrivateSession, files_holding
from tests.support.agency import AMIRA, NILS, NORD, connect, desk_at


class Journey:
    """The window, hands to drive it, and the practice Facebook behind it."""

    def __init__(self, qapp, server, session: PrivateSession, profile: Path) -> None:
        self.application, self.server, self.session, self.profile = qapp, server, session, profile
        self.program: Program | None = None
        self.hands: Hands | None = None

    @property
    def window(self):
        return self.program.window

    @property
    def login(self):
        return self.window.panel("login")

    @property
    def table(self):
        return self.window.panel("pages").table

    def open(self) -> Hands:
        self.program = Program(self.application, Options(profile=self.profile, graph_url=self.server.url, login_url=self.server.url))
        opened = []
        self.window.opened.connect(lambda: opened.append(True))
        self.window.show()
        self.hands = Hands(self.window)
        self.hands.wait(lambda: opened, "what is kept")
        return self.hands

    def close(self) -> None:
        if self.program is not None:
            self.window.close()
            self.program.end()
            self.program.setParent(None)
            self.program = None
            rest(60)

    def set_up(self) -> Hands:
        """Open and go as far as the login page."""
        hands = self.open()
        hands.click("welcomeConnect")
        hands.type_into("setupAppId", "180000000000001")
        hands.type_into("setupSecret", self.server.world.app_secret)
        hands.click("setupVerify")
        hands.wait_title("Log in to Facebook")
        return hands

    def log_in(self, person: int = 0) -> None:
        """Through the dialog to the extended token."""
        self.hands.log_in(self.login, person)
        self.hands.click_page(self.login, "#allow")
        self.hands.wait_title("Extend your login")

    def to_pages(self, count: int) -> None:
        """From the extended token to the kept Pages."""
        self.hands.click("extendGo")
        self.hands.wait(lambda: len(self.table.pages.rows) == count and not self.hands.seen("progressWords"), f"{count} Pages, kept", 60)


@pytest.fixture
def journey(qapp, practice, session, tmp_path, capfd):
    made = Journey(qapp, practice, session, tmp_path / "profile")
    yield made
    made.close()
    session.forget()
    given = practice.world.given_out
    said = capfd.readouterr()
    for secret in given:
        assert secret not in said.out + said.err, "a secret was printed"
    holding = files_holding(tmp_path, given) + files_holding(session.root, given)
    assert not holding, f"secrets in clear in {holding}"


@pytest.fixture
def agency(journey):
    """The window with Amira through the first app, Agency Nord and Nils through the second: 243 Pages in all."""
    desk = desk_at(journey.server, journey.profile)
    connect(desk, journey.server, AMIRA)
    connect(desk, journey.server, NORD, 1)
    connect(desk, journey.server, NILS, 1)
    desk.close()
    hands = journey.open()
    hands.wait(lambda: len(journey.table.pages.rows) == 243, "everybody's Pages")
    rest(200)
    return journey
