"""What can be done with many Pages of the list at once: copy, export, give to a client, check, forget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal

from gui.desk import words
from gui.text import isolated
from gui.values import Client, PageRow, Secret
from gui.widgets.client_menu import ClientMenu

if TYPE_CHECKING:
    from gui.desk.check_all import Checked
    from gui.desk.forget import Forgotten
    from gui.desk.tag import Tagged
    from gui.panels.panel import Panel
    from gui.widgets.page_table import PageTable
    from gui.widgets.selection_bar import SelectionBar


class ManyActions(QObject):
    """Acts for the panel that shows the list. `changed` when what is kept is other than what is shown.

    `tagged` carries what can be undone, in words and as a Tagged; `forgotten` a Forgotten.
    """

    changed = Signal()
    tagged = Signal(str, object)
    forgotten = Signal(object)
    export_wanted = Signal(object)

    def __init__(self, panel: Panel, table: PageTable, bar: SelectionBar) -> None:
        super().__init__(panel)
        self._panel, self._table, self._bar = panel, table, bar
        bar.copy_wanted.connect(self.copy)
        bar.export_wanted.connect(lambda: self.export_wanted.emit(self.rows))
        bar.client_wanted.connect(self.ask_client)
        bar.check_wanted.connect(self.check)
        bar.forget_wanted.connect(self.forget)
        bar.all_wanted.connect(table.pages.tick_shown)
        bar.closed.connect(table.pages.untick)
        table.pages.ticks_changed.connect(self.show_count)
        table.pages.modelReset.connect(self.show_count)

    @property
    def rows(self) -> list[PageRow]:
        """The Pages that are selected, those that a filter hides too."""
        return self._table.pages.ticked_rows()

    def show_count(self) -> None:
        pages = self._table.pages
        self._bar.show_count(len(pages.ticked), len(pages.visible))

    # --------------------------------------------------------------------- copy
    def copy(self, way: str) -> None:
        """Copy the selected Pages with their tokens as lines, a table or JSON."""
        from gui.desk.copying import WAYS, copy_many

        rows = self.rows
        if not any(row.has_token for row in rows):
            self._panel.say("none_has_token")
            return

        def done(text: Secret) -> None:
            self._panel.copied.emit(text, f"{words.count(sum(row.has_token for row in rows), 'token')} as {WAYS[way]}")

        self._panel.work(copy_many, self._panel.desk, rows, way, done=done, again=lambda: self.copy(way))

    # ------------------------------------------------------------------ clients
    def ask_client(self, where: QPoint) -> None:
        """Ask which client the selected Pages are given to."""
        from gui.desk.tag import clients

        self._panel.work(clients, self._panel.desk, done=lambda found: self._show_clients(found, where))

    def _show_clients(self, found: list[Client], where: QPoint) -> None:
        rows = self.rows
        bearing = [{one.id for one in row.clients} for row in rows]
        on_all = set.intersection(*bearing) if bearing else set()
        menu = ClientMenu(found, on_all, set().union(*bearing), self._panel)
        menu.given.connect(lambda name: self.give(name, rows))
        menu.taken.connect(lambda client: self.take(client, rows))
        menu.managed.connect(lambda: self._panel.wanted.emit("clients"))
        menu.popup(where - QPoint(0, menu.sizeHint().height() + 6))

    def give(self, name: str, rows: list[PageRow]) -> None:
        """Give Pages to the client of this name."""
        from gui.desk.tag import give

        ids = [row.page.id for row in rows]
        self._panel.work(give, self._panel.desk, name, ids, done=self._given, again=lambda: self.give(name, rows))

    def take(self, client: Client, rows: list[PageRow]) -> None:
        """Take Pages away from a client."""
        from gui.desk.tag import take

        ids = [row.page.id for row in rows]
        self._panel.work(take, self._panel.desk, client, ids, done=self._given, again=lambda: self.take(client, rows))

    def _given(self, done: Tagged) -> None:
        what = "Gave {} to {}" if done.given else "Took {} from {}"
        self.changed.emit()
        self.tagged.emit(what.format(words.count(len(done.pages), "Page"), isolated(done.client.name)), done)

    # -------------------------------------------------------------------- check
    def check(self) -> None:
        """Ask Facebook about the tokens of the selected Pages."""
        from gui.desk.check_all import check_rows

        panel, rows = self._panel, self.rows
        panel.notices.clear()
        self._bar.set_busy(True)
        panel.progress.begin(f"Asking Facebook about {words.count(len(rows), 'token')} …")

        def over() -> None:
            self._bar.set_busy(False)
            panel.progress.hide()

        def done(found: Checked) -> None:
            over()
            self.changed.emit()
            self._say_checked(found, rows)

        panel.work(
            check_rows, panel.desk, rows,
            done=done, failed=lambda _: over(), stopped=over, reported=self._checking, again=self.check,
        )  # fmt: skip

    def _checking(self, report: object) -> None:
        done, total = report.done, report.total  # type: ignore[attr-defined]
        self._panel.progress.set_count(done, total, f"{done:,} of {total:,} checked")

    def _say_checked(self, found: Checked, rows: list[PageRow]) -> None:
        chosen = {row.page.id for row in rows}
        bad = {page_id for trouble in found.health.troubles for page_id in trouble.page_ids} & chosen
        tokens = sum(row.has_token for row in rows)
        if found.unanswered:
            self._panel.say("some_not_answered", name=words.count(found.unanswered, "token"))
        elif bad:
            self._panel.say("selected_need_you", name=f"{len(bad):,} of {words.count(tokens, 'token')}")
        else:
            self._panel.say("selected_work", name=words.count(tokens, "token"))

    # ------------------------------------------------------------------- forget
    def forget(self) -> None:
        """Forget the selected Pages; ten seconds to undo it."""
        from gui.desk.forget import forget_pages

        rows = self.rows

        def done(gone: Forgotten) -> None:
            self._table.pages.untick()
            self.forgotten.emit(gone)

        self._panel.work(forget_pages, self._panel.desk, rows, done=done, again=self.forget)
