"""The Pages: every one with its token, as they arrive; copy, test, add, search, sort."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from gui.desk import words
from gui.jobs import Job, Jobs
from gui.panels.page_actions import PageActions
from gui.panels.panel import Panel
from gui.text import isolated
from gui.values import Connection, KeptConnection, PageRow
from gui.widgets.empty_state import EmptyState
from gui.widgets.page_model import Words
from gui.widgets.page_table import PageTable
from gui.widgets.page_tools import AddBar, PageTools
from gui.widgets.pieces import button

if TYPE_CHECKING:
    from gui.desk.desk import Desk
    from gui.desk.pages import Listing
    from gui.desk.renew import Renewed

_TABLE, _EMPTY = range(2)


class _Said(Words):
    """How cells are said, by the desk's words."""

    def __init__(self, panel: PageListPanel) -> None:
        self._panel = panel

    def may(self, row: PageRow) -> str:
        return words.tasks(row.page.tasks)

    def ends(self, row: PageRow) -> str:
        return words.ends_briefly(row.expires_at, self._panel.desk.now()) if row.has_token else ""

    def origins(self, row: PageRow) -> str:
        return words.origins(row.page.origins)

    def state(self, row: PageRow) -> str:
        if row.state == "soon" and self._panel.login_ends:
            return f"Renew by {words.short_day(self._panel.login_ends)}"
        return {"works": "Works", "soon": "Ends soon"}.get(row.state, "Needs you")


class PageListPanel(Panel):
    """`listed` when Pages were fetched and kept; `count_changed` tells how many there are."""

    listed = Signal()
    count_changed = Signal(int)

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(desk, jobs, "Pages", parent)
        self.kept: KeptConnection | None = None
        self.login_ends = 0
        self._connection: Connection | None = None
        self._job: Job | None = None
        self._total = 0
        self._renewing = False
        #: Counts what was begun: an answer of an earlier one is not shown any more.
        self._run = 0
        self._refresh_button = button("Refresh the list", self._reload, icon="list-checks", name="pagesRefresh")
        self._renew = button(
            "Renew", lambda: self.wanted.emit(f"login:{self.kept.id}" if self.kept else "login"), kind="main", icon="refresh-cw", name="pagesRenew"
        )
        self._renew.setToolTip("Log in again: every Page gets a fresh token")
        self.header_buttons.addWidget(self._refresh_button)
        self.header_buttons.addWidget(self._renew)
        self.tools = PageTools()
        self.tools.query_changed.connect(self._filter)
        self.tools.state_chosen.connect(self._show_state)
        self.tools.add_wanted.connect(self._open_adding)
        self.body.addWidget(self.tools)
        self._add_bar = AddBar()
        self._add_bar.given.connect(self._add)
        self.body.addWidget(self._add_bar)
        self.table = PageTable(_Said(self))
        self.one = PageActions(self)
        self.one.changed.connect(self._row_changed)
        self.table.copy_wanted.connect(self.one.copy)
        self.table.menu_wanted.connect(self.one.menu)
        self.table.pictures_wanted.connect(self._load_pictures)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._framed(self.table))
        self._nothing = EmptyState("layout-list")
        self._stack.addWidget(self._nothing)
        self.body.addWidget(self._stack, 1)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.tools.setFocus)

    # ------------------------------------------------------------------ layout
    def _framed(self, table: QWidget) -> QFrame:
        frame = QFrame()
        frame.setProperty("kind", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(table)
        return frame

    def set_narrow(self, narrow: bool) -> None:
        self.tools.set_narrow(narrow)
        self._refresh_button.setText("Refresh" if narrow else "Refresh the list")

    # ----------------------------------------------------------------- contents
    def show_kept(self, kept: KeptConnection) -> None:
        """Show what is kept of a person; needs no network."""
        from gui.desk.keep import kept_rows

        self._begin_with(kept)
        self._connection = None
        run = self._run
        self.work(kept_rows, self.desk, kept, done=lambda rows: self._take_kept(rows) if run == self._run else None, again=lambda: self.show_kept(kept))

    def look_again(self, kept: KeptConnection | None) -> None:
        """Take the rows as they are kept now, after a check; whatever else is on show stays."""
        from gui.desk.keep import kept_rows

        if kept is None or self.kept is None or kept.id != self.kept.id or self._job is not None:
            return
        self.kept = self.one.kept = kept
        run = self._run
        self.work(kept_rows, self.desk, kept, done=lambda rows: self._take_kept(rows) if run == self._run and self._job is None else None)

    def load(self, connection: Connection, kept: KeptConnection | None, *, renewing: bool = False) -> None:
        """Fetch every Page of a person, and keep them; `renewing` says afterwards what became of the tokens there were."""
        from gui.desk.pages import load_pages

        self._renewing = renewing

        same = self.kept is not None and kept is not None and self.kept.id == kept.id
        rows = list(self.table.pages.rows) if same else []
        self._begin_with(kept)
        self._connection = connection
        self.login_ends = connection.token.expires_at or 0
        self.table.pages.set_rows(rows)
        self._set_head(connection.token.user_name, connection.app.name, loading=True)
        self.progress.begin("Asking Facebook for your Pages …")
        self._set_busy(True)
        self._show_stack()
        self._job = self.work(
            load_pages,
            self.desk,
            connection,
            done=self._loaded,
            failed=self._not_loaded,
            reported=self._arrived,
            again=lambda: self.load(connection, kept, renewing=renewing),
        )

    def _begin_with(self, kept: KeptConnection | None) -> None:
        self._run += 1
        if self._job is not None:
            self._job.stop()
        self.notices.clear()
        self._add_bar.hide()
        self.progress.hide()
        self._set_busy(False)
        self.kept = self.one.kept = kept
        if kept is not None:
            self.login_ends = kept.expires_at or 0
            self._set_head(kept.user_name, kept.app_name, loading=False)

    def _take_kept(self, rows: list[PageRow]) -> None:
        self.table.pages.set_rows(rows)
        self._counts_changed()
        if self.kept is not None:
            self._set_head(self.kept.user_name, self.kept.app_name, loading=False)

    def _arrived(self, report: object) -> None:
        rows, count, total = report.rows, report.count, report.total  # type: ignore[attr-defined]
        self.table.pages.merge(rows)
        self._total = total
        self.progress.set_count(count, total, f"{count:,} of {total:,}" if total else f"{count:,} so far")
        self._counts_changed()

    def _loaded(self, listing: Listing) -> None:
        self._job = None
        self._set_busy(False)
        self.table.pages.merge(listing.rows)
        self.table.pages.arrange()
        self._counts_changed()
        if self._connection is not None:
            self._set_head(self._connection.token.user_name, self._connection.app.name, loading=False)
        for trouble in listing.troubles:
            self.tell(trouble)
        if not listing.complete and not listing.troubles:
            self.say("list_cut_short")
        self._explain_missing()
        self._keep(listing.rows, listing.complete and not listing.troubles)

    def _not_loaded(self, problem: Exception) -> None:
        self._job = None
        self._set_busy(False)
        self.progress.hide()
        self._show_stack()

    def _explain_missing(self) -> None:
        """Why Pages came without a token: one notice a reason."""
        by_reason: dict[str, list[str]] = {}
        for row in self.table.pages.rows:
            if not row.has_token:
                by_reason.setdefault(row.why or "page_without_token", []).append(isolated(row.page.name or row.page.id))
        for why, names in by_reason.items():
            self.say(why, name=names[0] if len(names) == 1 else f"{len(names):,} Pages, among them {names[0]},")

    def _keep(self, rows: tuple[PageRow, ...], complete: bool) -> None:
        from gui.desk.renew import keep_renewed

        if self.kept is None:
            self.progress.hide()
            return
        self.progress.begin("Keeping the tokens in your keychain …")
        run = self._run
        self.work(
            keep_renewed, self.desk, self.kept, rows, complete,
            done=lambda found: self._is_kept(found) if run == self._run else None,
            failed=lambda _: self.progress.hide(), again=lambda: self._keep(rows, complete),
        )  # fmt: skip

    def _is_kept(self, found: Renewed) -> None:
        from gui.desk.renew import said

        chosen = self.table.chosen()
        self.progress.hide()
        self.table.pages.set_rows(list(found.rows))
        if chosen is not None:
            self.table.choose(chosen.page.id)
        self._counts_changed()
        notice = said(found, self._renewing)
        if notice is not None:
            self.show_notice(notice)
        self.listed.emit()

    def cancel_work(self) -> None:
        """Stop at once; what arrived stays and is kept."""
        if self._job is None:
            super().cancel_work()
            return
        from gui.desk.pages import Listing

        self._job.stop()
        self._loaded(Listing(tuple(row for row in self.table.pages.rows if row.fresh is not None or not row.has_token), complete=False))

    def _set_head(self, person: str, app: str, *, loading: bool) -> None:
        if loading:
            self.set_subtitle(f"Loading the Pages of {isolated(person)} through {isolated(app)}")
            return
        count = words.count(len(self.table.pages.rows), "Page")
        until = f"  ·  login good until {words.day(self.login_ends, self.desk.now())}" if self.login_ends else ""
        self.set_subtitle(f"{count} of {isolated(person)} through {isolated(app)}{until}")

    def _set_busy(self, busy: bool) -> None:
        for press in (self._refresh_button, self._renew):
            press.setEnabled(not busy)
        self.tools.set_busy(busy)

    def _counts_changed(self) -> None:
        counts = self.table.pages.counts()
        self.tools.set_counts(counts)
        self.count_changed.emit(counts[""])
        self._show_stack()

    def _show_stack(self) -> None:
        pages = self.table.pages
        if pages.visible or (self._job is not None and self._job.running and not pages.rows):
            self._stack.setCurrentIndex(_TABLE)
            return
        if pages.rows:
            self._nothing.say("No Page matches", "Change the words in the search field, or choose All above.")
        else:
            self._nothing.say("No Pages yet", "Add a Page by its address, or log in again and choose the Pages the app may use.")
        self._stack.setCurrentIndex(_EMPTY)

    def _filter(self, query: str) -> None:
        self.table.pages.set_query(query)
        self._show_stack()

    def _show_state(self, state: str) -> None:
        self.table.pages.set_state(state)
        self._show_stack()

    def _row_changed(self, row: PageRow) -> None:
        self.table.pages.merge((row,))
        self._counts_changed()

    def show_state(self, state: str) -> None:
        """Show only the Pages in this state."""
        self.tools.choose_state(state)
        self._show_state(state)

    # ------------------------------------------------------------- add a Page
    def _open_adding(self) -> None:
        self._add_bar.show()
        self._add_bar.setFocus()

    def _add(self, typed: str) -> None:
        from gui.desk.check import add_page

        if self.kept is None:
            return
        self.notices.clear()
        self._add_bar.set_busy(True)
        self.work(add_page, self.desk, self.kept, typed, done=self._is_added, failed=lambda _: self._add_bar.set_busy(False), again=lambda: self._add(typed))

    def _is_added(self, row: PageRow) -> None:
        from dataclasses import replace

        self._add_bar.finish()
        self.table.pages.merge((replace(row, fresh=None),))
        self.table.pages.arrange()
        self._counts_changed()
        self.table.choose(row.page.id)
        self.listed.emit()

    # --------------------------------------------------------------- pictures
    def _load_pictures(self, rows: list[PageRow]) -> None:
        from gui.desk.pictures import picture

        for one in rows:
            self._load_picture(picture, one)

    def _load_picture(self, call: Callable[..., bytes], row: PageRow) -> None:
        self.jobs.start(call, self.desk, row, done=lambda data: self._show_picture(row.page.id, data))

    def _show_picture(self, page_id: str, data: bytes) -> None:
        found = QPixmap()
        if data and found.loadFromData(data):
            self.table.set_picture(page_id, found.scaled(96, 96, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation))

    # ------------------------------------------------------------------ asked
    def _reload(self) -> None:
        self.wanted.emit("reload")

    def act(self, action: str) -> None:
        if action == "add_page":
            self._open_adding()
        else:
            super().act(action)

    def refresh(self) -> None:
        super().refresh()
        self.table.refresh()
