"""The tour from a token to a tool: what it is for, does it fit, copy for a tool, explain, system user, hand over."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gui.tour.ui_driver import process_events

if TYPE_CHECKING:
    from pathlib import Path

    from gui.app import Program
    from gui.practice.world import World
    from gui.tour.ui_driver import UiDriver


class FromTokenToTool:
    """Works in the practice account that is open: three Pages of one person. `menu` opens the menu of a Page's row.

    `log_in` logs a person in on the login's panel; `folder` receives the file that is handed over.
    """

    def __init__(
        self,
        program: Program,
        driver: UiDriver,
        world: World,
        folder: Path,
        log_in: Callable[[World, int], None],
        menu: Callable[[int], None],
    ) -> None:
        self._program, self._driver, self._world, self._folder = program, driver, world, folder
        self._log_in, self._menu = log_in, menu

    def _panel(self, name: str) -> Any:
        return self._program.shell.stack.panel(name)

    def choose_what_for(self) -> None:
        """Ask for more, by the name of the tool that is to get the token."""
        driver = self._driver
        driver.click("nav_health")
        driver.click("healthMore_1")
        driver.find("purposeUse")
        driver.type_into("purposeSearch", "rasa")
        QTest.keyClick(driver.find("tool_rasa"), Qt.Key.Key_Space)
        driver.type_into("purposeSearch", "messages")
        process_events(100)

    def ask_for_it(self) -> None:
        """Log in for it; what was given before stays."""
        driver = self._driver
        driver.click("purposeUse")
        self._log_in(self._world, 0)
        driver.notice("Every token was renewed", 60)
        (login,) = self._program.shell.accounts.logins
        assert login.purposes == ("messages", "webhooks"), login.purposes
        assert "pages_messaging" in login.scopes

    def see_whether_it_fits(self) -> None:
        driver = self._driver
        self._menu(0)
        driver.choose_in_menu("What is it good for?")
        driver.wait(lambda: driver.seen("fit_messages") is not None, "what the Page is good for")
        assert driver.text("fit_messages").endswith("Ready")
        assert driver.text("fit_leads").endswith("Not yet")

    def copy_for_a_tool(self) -> None:
        driver = self._driver
        driver.click("fitBack")
        self._menu(0)
        driver.choose_in_menu("Copy for a tool …")
        driver.type_into("toolSearch", "rasa")
        driver.click("toolCopyAll")
        driver.wait(lambda: 'page-access-token: "EAA' in driver.clipboard(), "lines for Rasa on the clipboard")
        driver.click("toolTest")
        driver.notice("Rasa works with this token")

    def explain_an_error(self) -> None:
        driver = self._driver
        driver.key(self._program.window, "Ctrl+E")
        field = driver.find("errorText")
        secret = self._world.special_token("page")
        QGuiApplication.clipboard().setText(
            f"GET https://graph.facebook.com/me?access_token={secret}\n"
            '{"error":{"message":"(#190) This method must be called with a Page Access Token","code":190}}'
        )
        driver.key(field, "Ctrl+V")
        QGuiApplication.clipboard().clear()
        assert secret not in field.toPlainText()
        driver.click("errorGo")
        driver.wait(lambda: driver.text("errorWhose") == "It is about the token.", "whose matter it is")

    def keep_a_system_user(self) -> None:
        driver = self._driver
        driver.click("errorBack")
        driver.click("nav_health")
        driver.click("healthAny")
        driver.type_into("anyField", self._world.special_token("system_user"))
        driver.click("anyCheck")
        driver.wait(lambda: driver.seen("anyKeep") is not None, "that it can be kept")
        driver.click("anyKeep")
        driver.wait_title("Extend your login")
        driver.click("extendGo")
        table = self._panel("pages").table
        driver.wait(
            lambda: len(table.pages.rows) == 21 and not driver.seen("progressWords"), "the system user's Pages", 60
        )
        assert any(login.is_system_user for login in self._program.shell.accounts.logins)

    def hand_over(self) -> None:
        """One protected file, and what another Page Keys says of it."""
        driver, path = self._driver, self._folder / "for-a-colleague.pagekeys.zip"
        self._menu(0)
        driver.choose_in_menu("Hand over to a colleague …")
        driver.type_into("exportPassword", "correct horse")
        driver.type_into("exportPath", str(path))
        driver.click("exportGo")
        driver.notice("Exported 1 Page")
        driver.click("exportBack")
        driver.click("pagesMore")
        driver.choose_in_menu("Import tokens …")
        self._panel("import").open_file(path)
        driver.type_into("importPassword", "correct horse")
        driver.click("importOpen")
        driver.wait(
            lambda: driver.seen("importWords") is not None and "hands over 1 Page" in driver.text("importWords"),
            "what is in the file",
        )
