"""What can be done with one Page of the list: copy, show, test and forget its token, and say what is known of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from gui.i18n import _
from gui.services import facts
from gui.services.check_page import PageCheck, check_page, login_of_row
from gui.services.clipboard_text import both_lines, note_copied, setting_line
from gui.services.forget import forget_pages
from gui.services.keep import page_token
from gui.shell.commands import Command
from gui.text import isolated, shortened
from gui.values import Message, Page, PageRow, Secret, StoredLogin, Tone
from gui.widgets.facts_dialog import FactsDialog
from gui.widgets.page_menu import PageAction, PageMenu
from gui.widgets.reveal import RevealDialog

if TYPE_CHECKING:
    from gui.panels.panel import Panel


#: A longer name is shortened where its ID follows it (characters).
_LONGEST = 32


class PageActions(QObject):
    """Acts for the panel that shows the list.

    `changed` carries a row that is known better now, `forgotten` a ForgetReceipt; `tool_wanted` rows for a tool,
    `colleague_wanted` for a colleague.
    """

    changed = Signal(object)
    forgotten = Signal(object)
    tool_wanted = Signal(object)
    colleague_wanted = Signal(object)

    def __init__(self, panel: Panel, has_namesake: Callable[[PageRow], bool]) -> None:
        super().__init__(panel)
        self._panel, self._has_namesake = panel, has_namesake

    def _named(self, row: PageRow) -> str:
        """A Page in a sentence: with its ID where another one has the same name."""
        name = row.page.display_name
        if not self._has_namesake(row):
            return isolated(name)
        return _("{name}, ID {id}", name=shortened(name, _LONGEST), id=row.page.id)

    # --------------------------------------------------------------------- menu
    def menu(self, row: PageRow, position: QPoint) -> None:
        """Show what can be done with a Page."""
        menu = PageMenu(row, self._panel)
        menu.chosen.connect(lambda action: self._do(action, row))
        menu.popup(position)

    def _do(self, action: PageAction, row: PageRow) -> None:
        page, named = row.page, self._named(row)
        handlers: dict[PageAction, Callable[[], object]] = {
            PageAction.COPY_TOKEN: lambda: self.copy(row),
            PageAction.COPY_ID: lambda: self._panel.copied.emit(
                Secret(page.id), _("the Page ID of {name}", name=named)
            ),
            PageAction.COPY_INSTAGRAM_ID: lambda: self._panel.copied.emit(
                Secret(page.instagram_id), _("the Instagram account ID of {name}", name=named)
            ),
            PageAction.COPY_ID_AND_TOKEN: lambda: self._copy_text(
                row, both_lines, _("ID and token of {name}", name=named)
            ),
            PageAction.COPY_SETTING_LINE: lambda: self._copy_text(
                row, setting_line, _("a settings line for {name}", name=named)
            ),
            PageAction.COPY_FOR_TOOL: lambda: self.tool_wanted.emit([row]),
            PageAction.HAND_OVER: lambda: self.colleague_wanted.emit([row]),
            PageAction.SHOW_TOKEN: lambda: self._with_token(row, lambda token: self._reveal(row, token)),
            PageAction.TEST: lambda: self.check(row),
            PageAction.SHOW_FACTS: lambda: self.show_facts(row),
            PageAction.SHOW_FIT: lambda: self._panel.request(
                Command.SHOW_FIT, page_id=page.id, login_id=row.only_login_id
            ),
            PageAction.EXPLAIN_ERROR: lambda: self._panel.request(
                Command.EXPLAIN_ERROR, page_id=page.id, login_id=row.login_id
            ),
            PageAction.SHOW_HISTORY: lambda: self._panel.request(Command.SHOW_HISTORY, page_id=page.id),
            PageAction.SAY_WHY: lambda: self._panel.say(row.why or "page_without_token", name=named),
            PageAction.OPEN: lambda: QDesktopServices.openUrl(QUrl(page.link)),
            PageAction.FORGET: lambda: self.forget(row),
        }
        handlers[action]()

    # --------------------------------------------------------------------- copy
    def copy(self, row: PageRow) -> None:
        """Copy a Page's token."""
        self._with_token(row, lambda token: self._copy(row, token, _("the token of {name}", name=self._named(row))))

    def _copy_text(self, row: PageRow, make_text: Callable[[Page, Secret], Secret], description: str) -> None:
        self._with_token(row, lambda token: self._copy(row, make_text(row.page, token), description))

    def _with_token(self, row: PageRow, then: Callable[[Secret], object]) -> None:
        if not row.has_token:
            self._panel.say(row.why or "page_without_token", name=self._named(row))
            return
        self._panel.work(page_token, self._panel.session, row, done=then, again=lambda: self._with_token(row, then))

    def _copy(self, row: PageRow, text: Secret, description: str) -> None:
        """Copy a text that holds a token, and write that into the history."""
        self._panel.copied.emit(text, description)
        self._panel.jobs.start(note_copied, self._panel.session, [row], "", owner=self._panel)

    def _reveal(self, row: PageRow, token: Secret) -> None:
        if not self._panel.isVisible():
            # The keychain took its time, and the person went elsewhere: nobody waits to see it.
            return
        dialog = RevealDialog(_("The Page token of {name}", name=self._named(row)), token, self._panel)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.copy_wanted.connect(
            lambda secret: self._copy(row, secret, _("the token of {name}", name=self._named(row)))
        )
        dialog.open()

    # ------------------------------------------------------------- know, forget
    def show_facts(self, row: PageRow) -> None:
        """Say everything that is known of a Page's token."""
        self._panel.work(login_of_row, self._panel.session, row, done=lambda login: self._show_facts(row, login))

    def _show_facts(self, row: PageRow, login: StoredLogin) -> None:
        known_facts = facts.page_facts(row, login, self._panel.session.now())
        dialog = FactsDialog(row.page.display_name, row.page.category, known_facts, self._panel)
        dialog.test_wanted.connect(lambda: self.check(row))
        dialog.open()

    def check(self, row: PageRow) -> None:
        """Call the Page with its own token and say what Facebook answered."""
        self._panel.notices.clear()
        self._panel.work(
            check_page, self._panel.session, row,
            saying=_("Asking Facebook about {name} …", name=self._named(row)), asks_facebook=True,
            done=self._show_check, again=lambda: self.check(row),
        )  # fmt: skip

    def _show_check(self, check: PageCheck) -> None:
        self.changed.emit(check.row)
        if check.error is not None:
            self._panel.tell(check.error, lambda: self.check(check.row))
            return
        title = _("The token of {name} works", name=self._named(check.row))
        self._panel.show_notice(
            Message(
                title,
                _("Facebook answered with the Page’s name: {answered}.", answered=check.answered),
                tone=Tone.WORKS,
                kind="tested",
            )
        )

    def forget(self, row: PageRow) -> None:
        """Forget one Page; `forgotten` lets it be undone."""
        self._panel.work(
            forget_pages, self._panel.session, [row], done=self.forgotten.emit, again=lambda: self.forget(row)
        )
