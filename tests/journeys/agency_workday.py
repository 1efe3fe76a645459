"""An agency's day in the real window, step by step.

Each step does only what is not done yet, so that a day can go on after a crash.

`python -m tests.journeys.agency_workday PROFILE URL MOMENT EXPORT` does it in a process of its own, which kills itself
at MOMENT. The apps' secrets come by standard input, a line each.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.shell.commands import Command, Request
from gui.tour.ui_driver import UiDriver, process_events
from gui.values import TokenState

APPS = ("180000000000001", "180000000000002")
#: Who logs in through which app, and how many Pages there are in all after that.
LOGINS = ((0, 0, 3), (1, 1, 243), (3, 1, 243))
CLIENT, PASSWORD = "Nord Retail", "correct horse battery"
MOMENTS = ("keeping", "tagging", "exporting")


class Day:
    """The day: `window` is the program's, `secrets` the apps' secrets; `told` hears of each step that is over."""

    def __init__(
        self, program, secrets: list[str], export: Path, told: Callable[[str], None] = lambda step: None
    ) -> None:
        self.program, self.secrets, self.export, self.told = program, secrets, export, told
        self.driver = UiDriver(program.window)

    @property
    def window(self):
        return self.program.window

    @property
    def accounts(self):
        return self.program.shell.accounts

    def panel(self, name):
        """A panel by its slot's name."""
        return self.program.shell.stack.panel(name)

    @property
    def table(self):
        return self.panel("pages").table

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
        if len(self.accounts.logins) > place and self.accounts.logins[place].listed_at:
            return
        driver = self.driver
        if APPS[app] not in {one.app_id for one in self.accounts.apps}:
            self._set_up(app)
        elif len(self.accounts.logins) > place:
            self.program.shell.navigator.navigate(Request(Command.LOG_IN, login_id=self.accounts.logins[place].id))
        else:
            self.program.shell.navigator.navigate(Request(Command.ADD_LOGIN_THROUGH, app_id=APPS[app]))
        driver.wait_title("Log in to Facebook")
        login = self.panel("login")
        driver.log_in(login, person)
        driver.click_page(login, "#allow")
        driver.wait(lambda: self._title() in {"Extend your login", "Pages"}, "the way on")
        driver.wait(
            lambda: self._title() == "Pages" or ((go := driver.seen("extendGo")) and go.isEnabled()),
            "the extended token",
        )
        process_events(40)
        # A renewal goes on by itself.
        if self._title() == "Extend your login":
            driver.click("extendGo")
        driver.wait(
            lambda: (
                len(self.accounts.logins) > place
                and self.accounts.logins[place].listed_at
                and not driver.seen("progressWords")
            ),
            "the kept Pages",
            60,
        )

    def _title(self) -> str:
        shown = self.driver.seen("panelTitle")
        return shown.text() if shown is not None else ""

    def _set_up(self, app: int) -> None:
        driver = self.driver
        if not self.accounts.apps:
            driver.click("welcomeConnect")
        else:
            driver.click("nav_settings")
            driver.find("settingsNewApp").click()
        driver.wait_title("Connect your Facebook app")
        driver.type_into("setupAppId", APPS[app])
        driver.type_into("setupSecret", self.secrets[app])
        driver.click("setupVerify")

    # --------------------------------------------------------------------- work
    def all(self) -> None:
        """Everybody's Pages together."""
        self.driver.click("nav_pages")
        self.driver.wait(lambda: len(self.table.pages.rows) == 243, "everybody's Pages")
        self.driver.wait(lambda: self.table.pages.counts()[TokenState.WORKS] == 243, "all of which work")

    def tag(self) -> None:
        """Give all Müllers to a client."""
        driver, pages = self.driver, self.table.pages
        driver.type_into("search", "muller")
        driver.wait(lambda: 0 < len(pages.visible) < 60, "the Müllers")
        self.table.setFocus()
        QTest.keySequence(self.table, "Ctrl+A")
        driver.click("manyClient")
        QTest.keyClicks(driver.find("clientField"), CLIENT)
        QTest.keyClick(driver.find("clientField"), Qt.Key.Key_Return)
        driver.wait(lambda: all(pages.rows[place].clients for place in pages.visible), "the client")

    def check(self) -> None:
        """Ask Facebook about them."""
        self.driver.click("manyCheck")
        self.driver.notice("all work", 60)

    def export_(self) -> None:
        """All Pages into a workbook under a password."""
        driver = self.driver
        driver.type_into("search", "")
        driver.wait(lambda: len(self.table.pages.visible) == 243, "all")
        self.table.setFocus()
        QTest.keySequence(self.table, "Ctrl+A")
        driver.click("manyExport")
        driver.type_into("exportPassword", PASSWORD)
        driver.type_into("exportPath", str(self.export))
        driver.click("exportGo")
        driver.notice("Exported 243 Pages", 60)


# ------------------------------------------------------------- in a process alone
def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _arm(moment: str) -> None:
    """Let the process be killed in the middle of something."""
    from gui.vault.clients import Clients
    from gui.vault.keychain import Keychain
    from gui.vault.vault import Vault

    if moment == "keeping":
        real = Vault.keep_pages

        def keep(self, kept, rows, **more):
            if len(rows) > 100:
                write = Keychain.write

                def write_and_die(self, name, secret):
                    write(self, name, secret)
                    _die()

                patch.object(Keychain, "write", write_and_die).start()
            return real(self, kept, rows, **more)

        patch.object(Vault, "keep_pages", keep).start()
    elif moment == "tagging":
        patch.object(Clients, "give", lambda self, client, page_ids: _die()).start()
    elif moment == "exporting":
        patch.object(os, "fsync", lambda handle: _die()).start()


def main() -> None:
    profile, url, moment, export = sys.argv[1:5]
    secrets = [sys.stdin.readline().strip() for _ in APPS]
    from gui.app import Program, make_application
    from gui.options import Options
    from gui.tour import quiet_platform

    quiet_platform()
    program = Program(make_application(["page-keys"]), Options(profile=Path(profile), graph_url=url, login_url=url))
    opened: list[bool] = []
    program.opened.connect(lambda: opened.append(True))
    program.window.show()

    def told(step: str) -> None:
        sys.stdout.write(f"{step}\n")
        sys.stdout.flush()

    day = Day(program, secrets, Path(export), told)
    day.driver.wait(lambda: opened, "what is kept")
    _arm(moment)
    day.go()
    program.window.close()
    program.end()


if __name__ == "__main__":
    main()
