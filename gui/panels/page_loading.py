"""Fetching a person's Pages into the list, and keeping them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.errors import JobContext
from gui.jobs import Job
from gui.panels.page_words import PageWords
from gui.text import isolated
from gui.values import Login, PageRow, StoredLogin
from gui.widgets.page_model import Prepared, prepare

if TYPE_CHECKING:
    from gui.desk.desk import Desk
    from gui.desk.pages import Listing
    from gui.desk.renew import Renewed
    from gui.panels.panel import Panel
    from gui.widgets.page_table import PageTable


def _keep_and_prepare(desk: Desk, kept: StoredLogin, rows: tuple[PageRow, ...], complete: bool, said: PageWords, job: JobContext) -> tuple[Renewed, Prepared]:
    from gui.desk.renew import keep_renewed

    found = keep_renewed(desk, kept, rows, complete, job)
    return found, prepare(found.rows, said)


class PageLoading(QObject):
    """Works for the panel that shows the list. `busy` while Pages arrive; `counted` when rows came; `kept` when all is kept."""

    busy = Signal(bool)
    counted = Signal()
    kept = Signal()

    def __init__(self, panel: Panel, table: PageTable) -> None:
        super().__init__(panel)
        self._panel, self._table = panel, table
        self._person: StoredLogin | None = None
        self._job: Job | None = None
        self._renewing = False
        self._login_ends = 0
        #: Counts what was begun: an answer of an earlier one is not shown any more.
        self._run = 0

    @property
    def running(self) -> bool:
        """Whether Pages are arriving."""
        return self._job is not None and self._job.running

    def leave(self) -> None:
        """Stop what runs: something else will be shown."""
        self._run += 1
        if self._job is not None:
            self._job.stop()
            self._job = None
        self.busy.emit(False)

    def begin(self, connection: Login, kept: StoredLogin | None, *, renewing: bool = False) -> None:
        """Fetch every Page of a person, and keep them; `renewing` says afterwards what became of the tokens there were."""
        from gui.desk.pages import load_pages

        self._person, self._renewing, self._login_ends = kept, renewing, connection.token.expires_at or 0
        panel = self._panel
        panel.progress.begin("Asking Facebook for your Pages …")
        self.busy.emit(True)
        self._job = panel.work(
            load_pages,
            panel.desk,
            connection,
            done=self._loaded,
            failed=self._not_loaded,
            reported=self._arrived,
            again=lambda: self.begin(connection, kept, renewing=renewing),
        )

    def _arrived(self, report: object) -> None:
        rows, count, total = report.rows, report.count, report.total  # type: ignore[attr-defined]
        self._table.pages.merge(rows)
        self._panel.progress.set_count(count, total, f"{count:,} of {total:,}" if total else f"{count:,} so far")
        self.counted.emit()

    def _loaded(self, listing: Listing) -> None:
        self._job = None
        self.busy.emit(False)
        pages = self._table.pages
        pages.merge(listing.rows)
        pages.arrange()
        self.counted.emit()
        for trouble in listing.troubles:
            self._panel.tell(trouble)
        if not listing.complete and not listing.troubles:
            self._panel.say("list_cut_short")
        self._explain_missing()
        self._keep(listing.rows, listing.complete and not listing.troubles)

    def _not_loaded(self, problem: Exception) -> None:
        self._job = None
        self.busy.emit(False)
        self._panel.progress.hide()
        self.counted.emit()

    def _explain_missing(self) -> None:
        """Why Pages came without a token: one notice a reason."""
        by_reason: dict[str, list[str]] = {}
        for row in self._table.pages.rows:
            if not row.has_token:
                by_reason.setdefault(row.why or "page_without_token", []).append(isolated(row.page.name or row.page.id))
        for why, names in by_reason.items():
            self._panel.say(why, name=names[0] if len(names) == 1 else f"{len(names):,} Pages, among them {names[0]},")

    def _keep(self, rows: tuple[PageRow, ...], complete: bool) -> None:
        panel = self._panel
        if self._person is None:
            panel.progress.hide()
            return
        panel.progress.begin("Keeping the tokens in your keychain …")
        run = self._run
        said = PageWords((self._person,), panel.desk.now(), self._login_ends)
        panel.work(
            _keep_and_prepare, panel.desk, self._person, rows, complete, said,
            done=lambda found: self._is_kept(*found) if run == self._run else None,
            failed=lambda _: panel.progress.hide(), again=lambda: self._keep(rows, complete),
        )  # fmt: skip

    def _is_kept(self, found: Renewed, made: Prepared) -> None:
        from gui.desk.renew import said

        self._panel.progress.hide()
        self._table.set_prepared(made)
        self.counted.emit()
        notice = said(found, self._renewing)
        if notice is not None:
            self._panel.show_notice(notice)
        self.kept.emit()

    def cancel(self) -> bool:
        """Stop at once; what arrived stays and is kept. Whether anything was arriving."""
        if self._job is None:
            return False
        from gui.desk.pages import Listing

        self._job.stop()
        self._loaded(Listing(tuple(row for row in self._table.pages.rows if row.fresh is not None or not row.has_token), complete=False))
        return True
