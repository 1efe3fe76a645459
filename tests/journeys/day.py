"""An agency's day in the real window, step by step; each step does only what is not done yet, so that a day can go on after a crash.

`python -m tests.journeys.day PROFILE URL MOMENT EXPORT` does it in a process of its own, which kills itself at MOMENT.
The apps' secrets come by standard input, a line each.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.tour.hands import Hands, rest

APPS = ("180000000000001", "180000000000002")
#: Who logs in through which app, and how many Pages there are in all after that.
LOGINS = ((0, 0, 3), (1, 1, 243), (3, 1, 243))
CLIENT, PASSWORD = "Nord Retail", "correct horse battery"
MOMENTS = ("keeping", "tagging", "exporting")


class Day:
    """The day: `window` is the program's, `secrets` the apps' secrets; `told` hears of each step that is over."""

    def __init__(self, program, secrets: list[str], export: Path, told: Callable[[str], None] = lambda step: None) -> None:
        self.program, self.secrets, self.export, self.told = program, secrets, export, told
        self.hands = Hands(program.window)

    @property
    def window(self):
        return self.program.window

    @property
    def table(self):
        return self.window.panel("pages").table

    def go(self, between: Callable[[str], None] = lambda step: None) -> None:
        """The whole day; `between` is called before each step."""
        for step in (*(f"connect-{place}" for place in range(len(LOGINS))), "all", "tag", "check", "export_"):
            between(step)
            name, _, place = step.partition("-")
            getattr(self, name)(*([int(place)] if place else []))
            self.told(step)

    # ------------------------------------------------------------------- logins
    def connect(self, place: int) -> None:
        """Set up the app if it is not, log in, and keep the Pages."""
        person, app, _ = LOGINS[place]
        if len(self.window.people) > place and self.window.people[place].listed_at:
            return
        hands = self.hands
        if APPS[app] not in {one.app_id for one in self.window.apps}:
            self._set_up(app)
        elif len(self.window.people) > place:
            self.window._wanted(f"login:{self.window.people[place].id}")
        else:
            self.window._wanted(f"connect:{APPS[app]}")
        hands.wait_title("Log in to Facebook")
        login = self.window.panel("login")
        hands.log_in(login, person)
        hands.click_page(login, "#allow")
        hands.wait(lambda: self._title() in {"Extend your login", "Pages"}, "the way on")
        hands.wait(lambda: self._title() == "Pages" or ((go := hands.seen("extendGo")) and go.isEnabled()), "the extended token")
        rest(40)
        # A renewal goes on by itself.
        if self._title() == "Extend your login":
            hands.click("extendGo")
        hands.wait(lambda: len(self.window.people) > place and self.window.people[place].listed_at and not hands.seen("progressWords"), "the kept Pages", 60)

    def _title(self) -> str:
        shown = self.hands.seen("panelTitle")
        return shown.text() if shown is not None else ""

    def _set_up(self, app: int) -> None:
        hands = self.hands
        if not self.window.apps:
            hands.click("welcomeConnect")
        else:
            hands.click("nav_settings")
            hands.find("settingsNewApp").click()
        hands.wait_title("Connect your Facebook app")
        hands.type_into("setupAppId", APPS[app])
        hands.type_into("setupSecret", self.secrets[app])
        hands.click("setupVerify")

    # --------------------------------------------------------------------- work
    def all(self) -> None:
        """Everybody's Pages together."""
        self.hands.click("nav_pages")
        self.hands.wait(lambda: len(self.table.pages.rows) == 243, "everybody's Pages")
        self.hands.wait(lambda: self.table.pages.counts()["works"] == 243, "all of which work")

    def tag(self) -> None:
        """Give all Müllers to a client."""
        hands, pages = self.hands, self.table.pages
        hands.type_into("search", "muller")
        hands.wait(lambda: 0 < len(pages.visible) < 60, "the Müllers")
        self.table.setFocus()
        QTest.keySequence(self.table, "Ctrl+A")
        hands.click("manyClient")
        QTest.keyClicks(hands.find("clientField"), CLIENT)
        QTest.keyClick(hands.find("clientField"), Qt.Key.Key_Return)
        hands.wait(lambda: all(pages.rows[place].clients for place in pages.visible), "the client")

    def check(self) -> None:
        """Ask Facebook about them."""
        self.hands.click("manyCheck")
        self.hands.notice("all work", 60)

    def export_(self) -> None:
        """All Pages into a workbook under a password."""
        hands = self.hands
        hands.type_into("search", "")
        hands.wait(lambda: len(self.table.pages.visible) == 243, "all")
        self.table.setFocus()
        QTest.keySequence(self.table, "Ctrl+A")
        hands.click("manyExport")
        hands.type_into("exportPassword", PASSWORD)
        hands.type_into("exportPath", str(self.export))
        hands.click("exportGo")
        hands.notice("Exported 243 Pages", 60)


# ------------------------------------------------------------- in a process alone
def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _arm(moment: str) -> None:
    """Let the process be killed in the middle of something."""
    from gui.files import whole
    from gui.vault.clients import Clients
    from gui.vault.keychain import Keychain
    from gui.vault.vault import Vault

    if moment == "keeping":
        real = Vault.keep_pages

        def keep(self, kept, rows, **more):
            if len(rows) > 100:
                write = Keychain.write
                Keychain.write = lambda self, name, secret: (write(self, name, secret), _die())
            return real(self, kept, rows, **more)

        Vault.keep_pages = keep
    elif moment == "tagging":
        Clients.give = lambda self, client, page_ids: _die()
    elif moment == "exporting":
        whole.os.fsync = lambda handle: _die()


def main() -> None:
    profile, url, moment, export = sys.argv[1:5]
    secrets = [sys.stdin.readline().strip() for _ in APPS]
    from gui.app import Program, make_application
    from gui.options import Options
    from gui.tour import quiet_platform

    quiet_platform()
    program = Program(make_application(["page-keys"]), Options(profile=Path(profile), graph_url=url, login_url=url))
    opened: list[bool] = []
    program.window.opened.connect(lambda: opened.append(True))
    program.window.show()

    def told(step: str) -> None:
        sys.stdout.write(f"{step}\n")
        sys.stdout.flush()

    day = Day(program, secrets, Path(export), told)
    day.hands.wait(lambda: opened, "what is kept")
    _arm(moment)
    day.go()
    program.window.close()
    program.end()


if __name__ == "__main__":
    main()
