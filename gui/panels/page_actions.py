"""What can be done with one Page of the list: copy, show, test, and say everything that is known of its token."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from gui.panels.panel import Panel
from gui.values import Message, Page, PageRow, Secret, StoredLogin
from gui.widgets.page_menu import PageMenu

if TYPE_CHECKING:
    from gui.desk.check import Tested


class PageActions(QObject):
    """Acts for the panel that shows the list. `changed` carries a row that is known better now, `forgotten` what can be brought back."""

    changed = Signal(object)
    forgotten = Signal(object)

    def __init__(self, panel: Panel) -> None:
        super().__init__(panel)
        self._panel = panel

    def _with_token(self, row: PageRow, then: Callable[[Secret], object]) -> None:
        from gui.desk.keep import page_token

        if not row.has_token:
            self._panel.say(row.why or "page_without_token", name=row.page.name)
            return
        self._panel.work(page_token, self._panel.desk, row, done=then, again=lambda: self._with_token(row, then))

    def _copied(self, secret: Secret, what: str) -> None:
        self._panel.copied.emit(secret, what)

    def _token_copied(self, row: PageRow, secret: Secret, what: str, detail: str = "") -> None:
        """Copy what holds a token, and write into the history that it was."""
        from gui.desk.copying import note_copied

        self._copied(secret, what)
        self._panel.jobs.start(note_copied, self._panel.desk, [row], detail, owner=self)

    def copy(self, row: PageRow) -> None:
        """Copy a Page's token."""
        self._with_token(row, lambda token: self._token_copied(row, token, f"the token of {row.page.name}"))

    def menu(self, row: PageRow, where: QPoint) -> None:
        """Show what can be done with a Page."""
        from gui.desk.copying import both_lines, setting_line

        page = row.page

        def copy(text: Callable[[Page, Secret], Secret], what: str) -> None:
            self._with_token(row, lambda token: self._token_copied(row, text(page, token), what))

        wishes: dict[str, Callable[[], object]] = {
            "token": lambda: self.copy(row),
            "id": lambda: self._copied(Secret(page.id), f"the Page ID of {page.name}"),
            "instagram": lambda: self._copied(Secret(page.instagram_id), f"the Instagram account ID of {page.name}"),
            "both": lambda: copy(both_lines, f"ID and token of {page.name}"),
            "setting": lambda: copy(setting_line, f"a settings line for {page.name}"),
            "show": lambda: self._with_token(row, lambda token: self._reveal(row, token)),
            "test": lambda: self.test(row),
            "known": lambda: self.tell_all(row),
            "history": lambda: self._panel.wanted.emit(f"history:{page.id}"),
            "forget": lambda: self.forget(row),
            "why": lambda: self._panel.say(row.why or "page_without_token", name=page.name),
            "open": lambda: QDesktopServices.openUrl(QUrl(page.link)),
        }
        menu = PageMenu(row, self._panel)
        menu.wished.connect(lambda wish: wishes[wish]())
        menu.popup(where)

    def forget(self, row: PageRow) -> None:
        """Forget one Page; ten seconds to undo it."""
        from gui.desk.forget import forget_pages

        self._panel.work(forget_pages, self._panel.desk, [row], done=self.forgotten.emit, again=lambda: self.forget(row))

    def _reveal(self, row: PageRow, token: Secret) -> None:
        from gui.widgets.reveal import RevealDialog

        dialog = RevealDialog(f"The Page token of {row.page.name}", token, self._panel)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.copy_wanted.connect(lambda secret: self._token_copied(row, secret, f"the token of {row.page.name}"))
        dialog.open()

    def tell_all(self, row: PageRow) -> None:
        """Say everything that is known of a Page's token."""
        from gui.desk.check import person_of

        self._panel.work(person_of, self._panel.desk, row, done=lambda kept: self._tell_all(row, kept))

    def _tell_all(self, row: PageRow, kept: StoredLogin) -> None:
        from gui.desk.facts import of_row
        from gui.widgets.facts_dialog import FactsDialog

        dialog = FactsDialog(row.page.name or row.page.id, row.page.category, of_row(row, kept, self._panel.desk.now()), self._panel)
        dialog.test_wanted.connect(lambda: self.test(row))
        dialog.open()

    def test(self, row: PageRow) -> None:
        """Call the Page with its own token and say what Facebook answered."""
        from gui.desk.check import test_page

        panel = self._panel
        panel.notices.clear()
        panel.progress.begin(f"Asking Facebook about {row.page.name} …")
        panel.work(test_page, panel.desk, row, done=self._tested, failed=lambda _: panel.progress.hide(), again=lambda: self.test(row))

    def _tested(self, found: Tested) -> None:
        self._panel.progress.hide()
        self.changed.emit(found.row)
        if found.problem is not None:
            self._panel.tell(found.problem, lambda: self.test(found.row))
            return
        title = f"The token of {found.row.page.name} works"
        self._panel.show_notice(Message(title, f"Facebook answered with the Page’s name: {found.answered}.", tone="works", kind="tested"))
