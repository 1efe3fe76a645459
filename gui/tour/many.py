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
    from gui.tour.hands import Hands
    from gui.tour.session import PrivateSession


class ManySteps:
    """Steps of the Tour, which gives them its window, hands and practice Facebook."""

    program: Program
    hands: Hands
    server: PracticeServer
    session: PrivateSession
    folder: Path

    def _table(self) -> Any:
        return self.program.window.panel("pages").table

    def _page_id(self, at: int) -> str:
        return str(self._table().pages.row(at).page.id)

    def select_and_tag(self) -> None:
        self.hands.wait_title("Pages")
        table = self._table()
        self.hands.wait(lambda: len(table.pages.rows) == 240, "the Pages")
        for at in (0, 1, 3):
            page_id = self._page_id(at)
            self.hands.click(table.viewport(), table.box_place(page_id).center())
        assert self.hands.text("selectedWords") == "3 selected"
        self.hands.click("manyClient")
        QTest.keyClicks(self.hands.find("clientField"), "Nord Retail")
        QTest.keyClick(self.hands.find("clientField"), Qt.Key.Key_Return)
        self.hands.wait(lambda: sum(bool(row.clients) for row in table.pages.rows) == 3, "the client")
        self.hands.find("undoWords")

    def export(self) -> None:
        self.hands.click("manyCopy")
        self.hands.wait(lambda: self.hands.clipboard().count("_TOKEN=EAA") == 3, "three lines")
        self.hands.click("manyExport")
        self.hands.wait_title("Export 3 Pages")
        self.hands.type_into("exportPassword", "correct horse")
        path = self.session.root / "tokens.xlsx"
        self.hands.type_into("exportPath", str(path))
        self.hands.click("exportGo")
        self.hands.notice("Exported 3 Pages")
        assert path.read_bytes()[:4] == b"\xd0\xcf\x11\xe0", "an encrypted workbook"

    def import_tokens(self) -> None:
        self.hands.click("exportBack")
        self.hands.click("manyClose")
        self.hands.click("pagesMore")
        self.hands.choose_in_menu("Import tokens …")
        lines = [self.server.world.special_token("page"), self.server.world.special_token("expired")]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.hands.click("importPaste")
        self.hands.click("importGo")
        self.hands.notice("1 token kept; 1 row not")
        QGuiApplication.clipboard().clear()

    def history(self) -> None:
        self.hands.click("nav_history")
        panel = self.program.window.panel("history")
        self.hands.wait(lambda: len(panel.table.items) > 240, "what happened")
        self.hands.click("history_given")
        self.hands.wait(lambda: {one.what for one in panel.table.items} == {"copied", "exported"}, "what was given away")
        self.hands.picture(self.folder / "26-history-what-was-given-away.png")
        amira = self.server.world.people[0].user_id
        self.hands.click("nav_settings")
        self.hands.click(f"forget_{amira}")
        self.hands.click("undoClose")
        self.hands.click("nav_pages")
        self.hands.wait(lambda: len(self._table().pages.rows) == 240, "the agency's Pages")
