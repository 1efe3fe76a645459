"""The tour's steps with many Pages at once: select, tag, export, import, history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

if TYPE_CHECKING:
    from pathlib import Path

    from gui.app import Program
    from gui.practice.server import PracticeServer
    from gui.tour.private_session import PrivateSession
    from gui.tour.ui_driver import UiDriver


class ManySteps:
    """Steps of the Tour, which gives them its window, driver and practice Facebook."""

    program: Program
    driver: UiDriver
    server: PracticeServer
    private_session: PrivateSession
    folder: Path

    def _table(self) -> Any:
        return self.program.shell.stack.panel("pages").table

    def _page_id(self, index: int) -> str:
        return str(self._table().pages.row(index).page.id)

    def select_and_tag(self) -> None:
        self.driver.wait_title("Pages")
        table = self._table()
        self.driver.wait(lambda: len(table.pages.rows) == 240, "the Pages")
        for index in (0, 1, 3):
            page_id = self._page_id(index)
            self.driver.click(table.viewport(), table.box_place(page_id).center())
        assert self.driver.text("selectedWords") == "3 selected"
        self.driver.click("manyClient")
        QTest.keyClicks(self.driver.find("clientField"), "Nord Retail")
        QTest.keyClick(self.driver.find("clientField"), Qt.Key.Key_Return)
        self.driver.wait(lambda: sum(bool(row.clients) for row in table.pages.rows) == 3, "the client")
        self.driver.find("undoWords")

    def export(self) -> None:
        self.driver.click("manyCopy")
        self.driver.wait(lambda: self.driver.clipboard().count("_TOKEN=EAA") == 3, "three lines")
        self.driver.click("manyExport")
        self.driver.wait_title("Export 3 Pages")
        self.driver.type_into("exportPassword", "correct horse")
        path = self.private_session.root / "tokens.xlsx"
        self.driver.type_into("exportPath", str(path))
        self.driver.click("exportGo")
        self.driver.notice("Exported 3 Pages")
        assert path.read_bytes()[:4] == b"\xd0\xcf\x11\xe0", "an encrypted workbook"

    def import_tokens(self) -> None:
        self.driver.click("exportBack")
        self.driver.click("manyClose")
        self.driver.click("pagesMore")
        self.driver.choose_in_menu("Import tokens …")
        lines = [self.server.world.special_token("page"), self.server.world.special_token("expired")]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.driver.click("importPaste")
        self.driver.click("importGo")
        self.driver.notice("1 token kept; 1 row not")
        QGuiApplication.clipboard().clear()

    def history(self) -> None:
        self.driver.click("nav_history")
        panel = self.program.shell.stack.panel("history")
        self.driver.wait(lambda: len(panel.table.items) > 240, "what happened")
        self.driver.click("history_given")
        self.driver.wait(
            lambda: {one.what for one in panel.table.items} == {"copied", "exported"}, "what was given away"
        )
        self.driver.picture(self.folder / "26-history-what-was-given-away.png")
        amira = self.server.world.people[0].user_id
        self.driver.click("nav_settings")
        self.driver.click(f"forget_{amira}")
        self.driver.click("undoClose")
        self.driver.click("nav_pages")
        self.driver.wait(lambda: len(self._table().pages.rows) == 240, "the agency's Pages")
