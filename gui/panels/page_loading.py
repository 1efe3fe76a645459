"""Fetches a person's Pages into the list, and keeps them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.graph.errors import GraphError
from gui.i18n import _, number
from gui.panels.page_words import PageWords
from gui.services import formatting
from gui.services.end_login import note_login_ended
from gui.services.list_pages import Listing, PagesArrived, list_pages
from gui.services.renew import keep_listed_pages, renewal_message
from gui.services.states import page_rows_now
from gui.text import isolated
from gui.values import Login, PageRow, StoredLogin
from gui.widgets.announce import announce
from gui.widgets.page_model import PreparedRows, prepare

if TYPE_CHECKING:
    from gui.errors import JobContext
    from gui.jobs import Job
    from gui.panels.panel import Panel
    from gui.services.renew import RenewalReport
    from gui.services.session import Session
    from gui.widgets.page_table import PageTable


def _keep_and_prepare(
    session: Session,
    login: StoredLogin,
    rows: tuple[PageRow, ...],
    complete: bool,
    ended_by: GraphError | None,
    words: PageWords,
    job: JobContext,
) -> tuple[RenewalReport, PreparedRows]:
    report = keep_listed_pages(session, login, rows, complete, job)
    if ended_by is not None:
        note_login_ended(session, login, ended_by, job)
        report = replace(report, rows=tuple(page_rows_now(session, login)))
    return report, prepare(report.rows, words)


class PageLoading(QObject):
    """Works for the panel that shows the list.

    `busy` carries whether Pages are arriving; `counted` comes when the rows are other than before, `kept` when all is
    kept.
    """

    busy = Signal(bool)
    counted = Signal()
    kept = Signal()

    def __init__(self, panel: Panel, table: PageTable) -> None:
        super().__init__(panel)
        self._panel, self._table = panel, table
        self._stored_login: StoredLogin | None = None
        self._job: Job | None = None
        self._renewing = False
        self._login_ends_at = 0
        #: Counts what was begun: an answer of an earlier one is not shown any more.
        self._run = 0
        #: Whether the last fetching failed before any Page arrived.
        self.failed = False

    @property
    def running(self) -> bool:
        """Whether Pages are arriving."""
        return self._job is not None and self._job.running

    def leave(self) -> None:
        """Stop what runs, since something else will be shown."""
        self._run += 1
        self.failed = False
        if self._job is not None:
            job, self._job = self._job, None
            job.stop()
        self.busy.emit(False)

    def begin(self, login: Login, stored_login: StoredLogin | None, *, renewing: bool = False) -> None:
        """Fetch every Page of a person, and keep them.

        With `renewing` a notice says afterwards what became of the tokens there were.
        """
        self._stored_login, self._renewing, self._login_ends_at = stored_login, renewing, login.token.expires_at or 0
        self.failed = False
        self.busy.emit(True)
        self._job = self._panel.work(
            list_pages, self._panel.session, login, saying=_("Asking Facebook for your Pages …"), asks_facebook=True,
            done=self._show_all, failed=self._show_failure, reported=self._show_arrived,
            again=lambda: self.begin(login, stored_login, renewing=renewing),
        )  # fmt: skip

    def _show_arrived(self, report: PagesArrived) -> None:
        self._table.pages.merge(report.rows)
        count, total = report.count, report.total
        self._panel.progress.set_count(
            count, total, formatting.of(count, total) if total else _("{count} so far", count=number(count))
        )
        self.counted.emit()

    def _show_all(self, listing: Listing) -> None:
        self._job = None
        self.busy.emit(False)
        pages = self._table.pages
        pages.merge(listing.rows)
        pages.arrange()
        self.counted.emit()
        for error in (*listing.troubles, *listing.notes):
            self._panel.tell(error)
        if not listing.complete and not listing.troubles:
            self._panel.say("list_stopped", name=formatting.pages(len(listing.rows)))
        self._explain_missing()
        self._keep(listing.rows, listing.complete and not listing.troubles, listing.ended_by)

    def _show_failure(self, error: Exception) -> None:
        self._job = None
        self.failed = True
        self.busy.emit(False)
        self.counted.emit()
        if isinstance(error, GraphError) and error.ends_the_login:
            self._note_ended(error)

    def _note_ended(self, error: GraphError) -> None:
        """Mark the person and the rows: nothing more can be asked with this login."""
        if self._stored_login is not None:
            self._panel.jobs.start(
                note_login_ended, self._panel.session, self._stored_login, error,
                owner=self._panel, done=lambda _: self.kept.emit(), failed=self._panel.tell,
            )  # fmt: skip

    def _explain_missing(self) -> None:
        """Say why Pages came without a token: a notice for each reason."""
        by_reason: dict[str, list[str]] = {}
        for row in self._table.pages.rows:
            if not row.has_token:
                by_reason.setdefault(row.why or "page_without_token", []).append(isolated(row.page.display_name))
        for why, names in by_reason.items():
            named = _("{count} Pages, among them {name},", count=number(len(names)), name=names[0])
            self._panel.say(why, name=names[0] if len(names) == 1 else named)

    def _keep(self, rows: tuple[PageRow, ...], complete: bool, ended_by: GraphError | None) -> None:
        panel = self._panel
        if self._stored_login is None:
            return
        run = self._run
        words = PageWords((self._stored_login,), panel.session.now(), self._login_ends_at)
        panel.work(
            _keep_and_prepare, panel.session, self._stored_login, rows, complete, ended_by, words,
            saying=_("Keeping the tokens in your keychain …"),
            done=lambda result: self._show_kept(*result) if run == self._run else None,
            again=lambda: self._keep(rows, complete, ended_by),
        )  # fmt: skip

    def _show_kept(self, report: RenewalReport, rows: PreparedRows) -> None:
        self._table.set_prepared(rows)
        self.counted.emit()
        message = renewal_message(report, self._renewing)
        if message is not None:
            self._panel.show_notice(message)
        announce(self._panel, self._panel.subtitle.text())
        self.kept.emit()

    def cancel(self) -> bool:
        """Stop at once; what arrived stays and is kept. Returns whether anything was arriving."""
        if self._job is None:
            return False
        self._job.stop()
        rows = tuple(row for row in self._table.pages.rows if row.fresh is not None or not row.has_token)
        self._show_all(Listing(rows, complete=False))
        return True
