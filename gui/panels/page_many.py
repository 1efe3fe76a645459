"""What can be done with many Pages of the list at once: copy, export, give to a client, check, forget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal

from gui.i18n import _, ngettext, number
from gui.services import formatting, tag
from gui.services.check_all import CheckReport, check_rows
from gui.services.clipboard_text import copied_words, copy_many
from gui.services.forget import ForgetReceipt, forget_pages
from gui.shell.commands import Command
from gui.values import Client, CopyFormat, PageRow, Secret
from gui.widgets.client_menu import ClientMenu

if TYPE_CHECKING:
    from gui.panels.panel import Panel
    from gui.widgets.page_table import PageTable
    from gui.widgets.selection_bar import SelectionBar


class ManyActions(QObject):
    """Acts for the panel that shows the list. `changed` comes when what is kept differs from what is shown.

    `tagged` carries what can be undone, in words and as a TagChange; `forgotten` a ForgetReceipt; `export_wanted`,
    `tool_wanted` and `colleague_wanted` rows.
    """

    changed = Signal()
    tagged = Signal(str, object)
    forgotten = Signal(object)
    export_wanted = Signal(object)
    tool_wanted = Signal(object)
    colleague_wanted = Signal(object)

    def __init__(self, panel: Panel, table: PageTable, bar: SelectionBar) -> None:
        super().__init__(panel)
        self._panel, self._table, self._bar = panel, table, bar
        bar.copy_wanted.connect(self.copy)
        bar.export_wanted.connect(lambda: self.export_wanted.emit(self.rows))
        bar.tool_wanted.connect(lambda: self.tool_wanted.emit(self.rows))
        bar.colleague_wanted.connect(lambda: self.colleague_wanted.emit(self.rows))
        bar.client_wanted.connect(self.ask_client)
        bar.check_wanted.connect(self.check)
        bar.forget_wanted.connect(self.forget)
        bar.all_wanted.connect(table.pages.select_shown)
        bar.closed.connect(table.pages.clear_selected)
        table.pages.selection_changed.connect(self.show_count)
        table.pages.modelReset.connect(self.show_count)

    @property
    def rows(self) -> list[PageRow]:
        """The selected Pages, with those that a filter hides."""
        return self._table.pages.selected_rows()

    def show_count(self) -> None:
        pages = self._table.pages
        self._bar.show_count(len(pages.selected), len(pages.visible))

    # --------------------------------------------------------------------- copy
    def copy(self, copy_format: CopyFormat) -> None:
        """Copy the selected Pages' tokens in this format."""
        self._copy(self.rows, copy_format)

    def _copy(self, rows: list[PageRow], copy_format: CopyFormat) -> None:
        if not any(row.has_token for row in rows):
            self._panel.say("none_has_token")
            return

        def done(text: Secret) -> None:
            count = sum(row.has_token for row in rows)
            self._panel.copied.emit(text, copied_words(count, copy_format))

        self._panel.work(
            copy_many, self._panel.session, rows, copy_format, done=done, again=lambda: self._copy(rows, copy_format)
        )

    # ------------------------------------------------------------------ clients
    def ask_client(self, position: QPoint) -> None:
        """Show the menu of clients that the selected Pages can be given to or taken from."""
        self._panel.work(tag.clients, self._panel.session, done=lambda clients: self._show_clients(clients, position))

    def _show_clients(self, clients: list[Client], position: QPoint) -> None:
        rows = self.rows
        client_ids = [{one.id for one in row.clients} for row in rows]
        on_all = set.intersection(*client_ids) if client_ids else set()
        menu = ClientMenu(clients, on_all, set().union(*client_ids), self._panel)
        menu.given.connect(lambda name: self.give(name, rows))
        menu.taken.connect(lambda client: self.take(client, rows))
        menu.managed.connect(lambda: self._panel.request(Command.SHOW_CLIENTS))
        menu.popup(position - QPoint(0, menu.sizeHint().height() + 6))

    def give(self, name: str, rows: list[PageRow]) -> None:
        """Give Pages to the client of this name, a new one if there is none."""
        ids = [row.page.id for row in rows]
        self._panel.work(
            tag.give, self._panel.session, name, ids, done=self._show_tagged, again=lambda: self.give(name, rows)
        )

    def take(self, client: Client, rows: list[PageRow]) -> None:
        """Take Pages away from a client."""
        ids = [row.page.id for row in rows]
        self._panel.work(
            tag.take, self._panel.session, client, ids, done=self._show_tagged, again=lambda: self.take(client, rows)
        )

    def _show_tagged(self, change: tag.TagChange) -> None:
        count, client = len(change.pages), change.client.name
        self.changed.emit()
        self.tagged.emit(
            ngettext("Assigned {count} Page to {client}", "Assigned {count} Pages to {client}", count, client=client)
            if change.given
            else ngettext(
                "Removed {count} Page from {client}", "Removed {count} Pages from {client}", count, client=client
            ),
            change,
        )

    # -------------------------------------------------------------------- check
    def check(self) -> None:
        """Ask Facebook about the tokens of the selected Pages."""
        self._check(self.rows)

    def _check(self, rows: list[PageRow]) -> None:
        panel = self._panel

        def done(report: CheckReport) -> None:
            self.changed.emit()
            self._say_checked(report, rows)

        panel.notices.clear()
        panel.work(
            check_rows, panel.session, rows,
            saying=ngettext(
                "Asking Facebook about {count} token …", "Asking Facebook about {count} tokens …", len(rows)
            ),
            asks_facebook=True, lock=self._bar.set_busy,
            done=done, again=lambda: self._check(rows),
        )  # fmt: skip

    def _say_checked(self, report: CheckReport, rows: list[PageRow]) -> None:
        troubled = {(trouble.login_id, page_id) for trouble in report.health.troubles for page_id in trouble.page_ids}
        ids_needing_you = {row.page.id for row in rows if (row.login_id, row.page.id) in troubled}
        tokens = sum(row.has_token for row in rows)
        if report.unanswered:
            self._panel.say("some_not_answered", name=formatting.tokens(report.unanswered))
        elif ids_needing_you:
            self._panel.say(
                "selected_need_you",
                name=_("{some} of {tokens}", some=number(len(ids_needing_you)), tokens=formatting.tokens(tokens)),
            )
        else:
            self._panel.say("selected_work", name=formatting.tokens(tokens))

    # ------------------------------------------------------------------- forget
    def forget(self) -> None:
        """Forget the selected Pages; `forgotten` lets it be undone."""
        self._forget(self.rows)

    def _forget(self, rows: list[PageRow]) -> None:
        def done(receipt: ForgetReceipt) -> None:
            self._table.pages.clear_selected()
            self.forgotten.emit(receipt)

        self._panel.work(forget_pages, self._panel.session, rows, done=done, again=lambda: self._forget(rows))
