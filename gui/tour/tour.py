"""The tour's steps, in the order in which a person does the job."""

import json
import sys
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.app import Program, make_application
from gui.jobs import Background
from gui.options import Options
from gui.practice.server import PracticeServer
from gui.practice.world import APP_ID, World
from gui.tour.from_token_to_tool import FromTokenToTool
from gui.tour.many import ManySteps
from gui.tour.private_session import PrivateSession, files_holding
from gui.tour.ui_driver import NotSeen, UiDriver, process_events
from gui.widgets import web_engine


class Tour(ManySteps):
    """Runs every step; `folder` receives the pictures and steps.json."""

    def __init__(self, folder: Path, private_session: PrivateSession) -> None:
        self.folder = folder
        self.private_session = private_session
        self.profile = private_session.root / "profile"
        self.server = PracticeServer(World(pages=240))
        self._serving = Background(self.server.serve, self.server.stop)
        self.application: QApplication = make_application(["page-keys"])
        self.steps: list[dict[str, object]] = []
        self._has_login_page = web_engine.can_run()
        self._open()

    def _open(self, options: Options | None = None) -> None:
        options = options or Options(profile=self.profile, graph_url=self.server.url, login_url=self.server.url)
        self.program = Program(self.application, options)
        self.program.window.show()
        self.driver = UiDriver(self.program.window)
        self.driver.wait(lambda: self.program.session is not None, "the window to open")

    def _close(self) -> None:
        self.program.window.close()
        self.program.end()
        process_events(100)

    def run(self) -> int:
        """All steps in turn; the first that fails ends the tour."""
        steps: tuple[tuple[str, Callable[[], None]], ...] = (
            ("welcome", self.welcome),
            ("setup", self.set_up),
            ("setup-wrong-secret", self.wrong_secret),
            *self._login_steps(),
            ("extend", self.extend),
            ("pages", self.pages),
            ("copy", self.copy),
            ("copy-by-keyboard", self.copy_by_keyboard),
            ("menu", self.menu),
            ("show-token", self.show_token),
            ("search", self.search),
            ("test", self.test),
            ("add-a-page", self.add_a_page),
            ("all-that-is-known", self.all_that_is_known),
            ("health", self.health),
            ("check-all", self.check_all),
            ("renew", self.renew),
            ("check-any-token", self.check_any_token),
            ("disconnect", self.disconnect),
            ("select-and-tag", self.select_and_tag),
            ("export", self.export),
            ("import", self.import_tokens),
            ("history", self.history),
            ("narrow", self.narrow),
            ("dark", self.dark),
            ("again-without-network", self.again_without_network),
            ("settings", self.settings),
            ("forget", self.forget),
            ("practice-account", self.practice),
            ("nothing-leaked", self.nothing_leaked),
            # At the end, so that the pictures before keep their numbers.
            ("what-it-is-for", lambda: self._to_tool.choose_what_for()),
            ("ask-for-more", lambda: self._to_tool.ask_for_it()),
            ("does-it-fit", lambda: self._to_tool.see_whether_it_fits()),
            ("copy-for-a-tool", lambda: self._to_tool.copy_for_a_tool()),
            ("explain-an-error", lambda: self._to_tool.explain_an_error()),
            ("system-user", lambda: self._to_tool.keep_a_system_user()),
            ("hand-over-to-a-colleague", lambda: self._to_tool.hand_over()),
            ("nothing-leaked-either", self.nothing_leaked),
        )
        for number, (name, step) in enumerate(steps, 1):
            if not self._do(f"{number:02d}-{name}", step):
                break
        passed = len(self.steps) == len(steps) and all(step["passed"] for step in self.steps)
        (self.folder / "steps.json").write_text(json.dumps(self.steps, indent=1), "utf-8")
        self._close()
        print(
            f"The tour {'showed every step' if passed else 'FAILED'}: "
            f"{sum(bool(s['passed']) for s in self.steps)} of {len(steps)} steps. Pictures: {self.folder}"
        )
        return 0 if passed else 1

    def _login_steps(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        if not self._has_login_page:
            return (("login-without-page", self.no_login_page), ("login-paste-token", self.paste_token))
        return (
            ("login", self.login_page),
            ("login-cancelled", self.cancel_login),
            ("login-password", self.type_password),
            ("login-choose-pages", self.consent),
        )

    def _do(self, name: str, step: Callable[[], None]) -> bool:
        started_at = time.monotonic()
        note = ""
        try:
            step()
        except (NotSeen, AssertionError) as error:
            note = str(error) or "an expectation did not hold"
            print(f"{name}: {note}", file=sys.stderr)
        self.driver.picture(self.folder / f"{name}.png")
        self.steps.append(
            {
                "step": name,
                "passed": not note,
                "seconds": round(time.monotonic() - started_at, 2),
                **({"note": note} if note else {}),
            }
        )
        return not note

    @cached_property
    def _to_tool(self) -> FromTokenToTool:
        """Made in the practice account, which the step before it opened."""
        assert self.program.server is not None
        return FromTokenToTool(
            self.program,
            self.driver,
            self.program.server.world,
            self.private_session.root,
            self._log_in,
            self._open_menu,
        )

    def _login_panel(self) -> Any:
        return self.program.shell.stack.panel("login")

    # ------------------------------------------------------------------ the way
    def welcome(self) -> None:
        self.driver.wait_title("The keys to your Facebook Pages")

    def set_up(self) -> None:
        self.driver.click("welcomeConnect")
        self.driver.wait_title("Connect your Facebook app")
        self.driver.type_into("setupAppId", f"  {APP_ID} ")
        self.driver.type_into("setupSecret", self.server.world.app_secret[:-3] + "zz")

    def wrong_secret(self) -> None:
        self.driver.type_into("setupSecret", "0" * 32)
        self.driver.click("setupVerify")
        self.driver.notice("App secret does not belong")
        self.driver.type_into("setupSecret", self.server.world.app_secret.upper())

    def login_page(self) -> None:
        self.driver.click("setupVerify")
        self.driver.wait_title("Log in to Facebook")
        self.driver.page_element(self._login_panel(), "#password")
        assert self.driver.text("loginHost") == self.server.url.partition("//")[2]

    def cancel_login(self) -> None:
        self.driver.click_page(self._login_panel(), "#cancel")
        self.driver.notice("The login was canceled")

    def type_password(self) -> None:
        self.driver.click("noticeButton")
        self.driver.click_page(self._login_panel(), "#person1")
        self.driver.type_page(self._login_panel(), "#password", "practice")

    def consent(self) -> None:
        self.driver.click_page(self._login_panel(), "#enter")
        self.driver.page_element(self._login_panel(), "#allow")

    def no_login_page(self) -> None:
        self.driver.click("setupVerify")
        self.driver.wait_title("Log in to Facebook")
        self.driver.notice("The login page cannot be shown")

    def paste_token(self) -> None:
        self.driver.click("loginPaste")
        self._type_token(self.server.world, 1)

    def _type_token(self, world: World, person: int) -> None:
        self.driver.type_into("pasteField", world.short_lived_token(world.people[person]))

    def _log_in(self, world: World, person: int) -> None:
        """Log in as one of the practice people, in the page or, where none can be shown, with a pasted token."""
        if self._has_login_page:
            self.driver.log_in(self._login_panel(), person)
            self.driver.click_page(self._login_panel(), "#allow")
        else:
            self.driver.click("loginPaste")
            self._type_token(world, person)
            self.driver.click("pasteGo")

    def extend(self) -> None:
        if self._has_login_page:
            self.driver.click_page(self._login_panel(), "#allow")
        else:
            self.driver.click("pasteGo")
        self.driver.wait_title("Extend your login")
        self.driver.wait(
            lambda: "Kept in your system keychain" in self.driver.text("extendWords"), "the token to be kept"
        )
        assert "in 60 days" in self.driver.text("longTokenEnds")
        self.driver.click("longTokenCopy")
        record = self.server.world.mint.read(self.driver.clipboard())
        assert record is not None
        assert record.long_lived

    def pages(self) -> None:
        self.driver.click("extendGo")
        self.driver.wait_title("Pages")
        table = self._table()
        self.driver.wait(
            lambda: len(table.pages.rows) == 240 and not self.driver.seen("progressWords"), "240 Pages, kept", 60
        )
        assert all(row.fresh is None for row in table.pages.rows)

    def _clipboard_holds_token_of(self, page_id: str) -> bool:
        record = self.server.world.mint.read(self.driver.clipboard())
        return (
            record is not None
            and record.page > 0
            and self.server.world.page(record.page - 1).id == page_id
            and record.expires_at == 0
        )

    def copy(self) -> None:
        table, page_id = self._table(), self._page_id(1)
        QGuiApplication.clipboard().clear()
        self.driver.click(table.viewport(), table.copy_place(page_id).center())
        self.driver.wait(lambda: self._clipboard_holds_token_of(page_id), "the Page token on the clipboard")
        self.driver.find("copyWords")

    def copy_by_keyboard(self) -> None:
        table = self._table()
        QGuiApplication.clipboard().clear()
        QTest.keyClick(table, Qt.Key.Key_Down)
        page_id = table.chosen().page.id
        self.driver.key(table, "Ctrl+C")
        self.driver.wait(lambda: self._clipboard_holds_token_of(page_id), "the Page token by Ctrl+C")
        QGuiApplication.clipboard().clear()
        position = table.visualRect(table.pages.index(3, 0)).center()
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, position)
        self.driver.wait(lambda: self._clipboard_holds_token_of(self._page_id(3)), "the Page token by double click")

    def _open_menu(self, row_index: int) -> None:
        table = self._table()
        position = table.visualRect(table.pages.index(row_index, 0)).center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, position, table.viewport().mapToGlobal(position))
        QApplication.sendEvent(table.viewport(), event)
        process_events(50)

    def menu(self) -> None:
        page_id = self._page_id(2)
        self._open_menu(2)
        self.driver.choose_in_menu("Copy Page ID and token, two lines")
        self.driver.wait(lambda: self.driver.clipboard().startswith(f"{page_id}\n"), "ID and token on the clipboard")
        self._open_menu(2)
        self.driver.choose_in_menu("Copy as NAME=token")
        self.driver.wait(lambda: "_TOKEN=EAA" in self.driver.clipboard(), "NAME=token on the clipboard")

    def show_token(self) -> None:
        self._open_menu(2)
        self.driver.choose_in_menu("Show the token")
        dialog = self.driver.find("revealDialog")
        process_events(80)
        dialog.grab().save(str(self.folder / "13-show-token-dialog.png"))
        self.driver.click("revealHide")

    def search(self) -> None:
        table = self._table()
        self.driver.type_into("search", "muller")
        self.driver.wait(lambda: 0 < len(table.pages.visible) < 240, "fewer Pages")
        assert all("Müller" in table.pages.row(index).page.name for index in range(len(table.pages.visible)))

    def test(self) -> None:
        self._open_menu(0)
        self.driver.choose_in_menu("Test it")
        self.driver.notice("works")

    def add_a_page(self) -> None:
        self.driver.type_into("search", "")
        table = self._table()
        page_id = self._page_id(4)
        self.driver.click("pagesAdd")
        self.driver.type_into("addField", "https://www.facebook.com/nobody-here-000000000000000")
        self.driver.click("addGo")
        self.driver.notice("No such Page can be seen")
        self.driver.type_into("addField", f"https://www.facebook.com/profile.php?id={page_id}")
        self.driver.click("addGo")
        self.driver.wait(lambda: (row := table.chosen()) is not None and row.page.id == page_id, "the added Page")

    def all_that_is_known(self) -> None:
        self._open_menu(1)
        self.driver.choose_in_menu("All details")
        dialog = self.driver.find("factsDialog")
        process_events(80)
        dialog.grab().save(str(self.folder / "17-all-that-is-known-dialog.png"))
        self.driver.click("factsClose")

    def _counts(self) -> tuple[str, ...]:
        return tuple(self.driver.text(f"count_{state}Number") for state in ("works", "soon", "needs_you"))

    def health(self) -> None:
        self.driver.click("nav_health")
        self.driver.wait_title("Health")
        self.driver.wait(lambda: self._counts() == ("240", "0", "0"), "240 that work")

    def check_all(self) -> None:
        self.server.world.faults.on("some_roles_lost")
        self.driver.click("healthCheck")
        self.driver.wait(lambda: self._counts() == ("234", "0", "6"), "six that need the person", 60)
        self.driver.notice("you no longer have a role on these Pages")
        self.server.world.faults.off()

    def renew(self) -> None:
        self.driver.click("healthRenew_1")
        self.driver.wait_title("Log in to Facebook")
        self._log_in(self.server.world, 1)
        notice = self.driver.notice("Every token was renewed", 60)
        assert notice.text.text.startswith("240 tokens changed.")
        self.driver.wait(lambda: self.driver.find("nav_health").text() == "Health", "nothing that needs the person")

    def check_any_token(self) -> None:
        self.driver.click("nav_health")
        self.driver.click("healthAny")
        self.driver.type_into("anyField", self.server.world.special_token("page"))
        self.driver.click("anyCheck")
        self.driver.wait(
            lambda: self.driver.seen("anyTitle") and self.driver.text("anyTitle") == "Page token of Amira’s Bakery",
            "what the token is",
        )

    def disconnect(self) -> None:
        self.driver.click("nav_health")
        self.driver.click("healthDisconnect_1")
        self.driver.wait(
            lambda: self.driver.seen("dies_0") and self.driver.text("dies_0").startswith("All 240 Page tokens"),
            "what would die",
        )
        self.driver.picture(self.folder / "22-disconnect-what-dies.png")
        self.driver.click("disconnectBack")
        self.driver.wait_title("Health")
        self.driver.click("nav_pages")

    def narrow(self) -> None:
        self.program.window.resize(800, 600)
        process_events(150)
        assert self.program.window.side.width() < 100

    def dark(self) -> None:
        self.program.window.resize(1240, 800)
        self.driver.click("nav_settings")
        self.driver.click("appearance_dark", QPoint(12, 12))
        self.driver.click("nav_pages")
        process_events(300)

    def again_without_network(self) -> None:
        self._close()
        self._serving.stop()
        self._open()
        self.driver.wait_title("Pages")
        table = self._table()
        self.driver.wait(lambda: len(table.pages.rows) == 240, "the kept Pages")
        QGuiApplication.clipboard().clear()
        process_events(200)
        page_id = self._page_id(5)
        self.driver.click(table.viewport(), table.copy_place(page_id).center())
        self.driver.wait(lambda: self._clipboard_holds_token_of(page_id), "a token without a network")

    def settings(self) -> None:
        self.driver.click("nav_settings")
        self.driver.wait_title("Settings")
        self.driver.click("appearance_light", QPoint(12, 12))

    def _keeps_something(self) -> bool:
        session = self.program.session
        return session is not None and bool(self.private_session.everything_kept(session.vault.keychain.service))

    def forget(self) -> None:
        assert self._keeps_something()
        person = self.server.world.people[1].user_id
        self.driver.click(f"forget_{person}")
        self.driver.wait(lambda: not self.program.shell.accounts.logins, "nobody")
        self.driver.picture(self.folder / "32-forget-undo.png")
        self.driver.click("undo")
        self.driver.wait(lambda: self.program.shell.accounts.logins, "the person again")
        self.driver.click(f"forget_{person}")
        self.driver.wait(lambda: not self.program.shell.accounts.logins, "nobody")
        self.driver.click("undoClose")
        self.driver.wait_title("The keys to your Facebook Pages")
        assert not self._keeps_something(), "the keychain still holds something"
        assert not self.private_session.everything_kept(), "the keychain still holds something of another profile"

    def practice(self) -> None:
        self._close()
        self._open(Options(profile=self.private_session.root / "profile-practice"))
        self.driver.click("welcomePractice")
        self.driver.wait_title("Log in to Facebook")
        assert self.program.server is not None
        self._log_in(self.program.server.world, 0)
        self.driver.wait_title("Extend your login")
        self.driver.click("extendGo")
        table = self.driver.wait(lambda: self.driver.seen("pageTable"), "the table")
        self.driver.wait(
            lambda: len(table.pages.rows) == 3 and not self.driver.seen("progressWords"), "three Pages, kept"
        )

    def nothing_leaked(self) -> None:
        secrets = set(self.server.world.given_out)
        if self.program.server is not None:
            secrets |= self.program.server.world.given_out
        assert len(secrets) > 240
        paths = files_holding(self.private_session.root, secrets)
        assert not paths, f"secrets in clear in {paths}"
        assert self._keeps_something()
        keychain_text = "".join(self.private_session.everything_kept())
        assert sum(secret in keychain_text for secret in secrets) >= 4, (
            "the practice account's secrets are not in the keychain"
        )
