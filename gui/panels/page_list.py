"""The Pages: everybody's, a person's or an app's, each with its token; copy, test, add, search, sort, choose many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QFrame, QMenu, QStackedWidget, QVBoxLayout, QWidget

from gui.desk import words
from gui.desk.views import View, of_person
from gui.errors import JobContext
from gui.jobs import Jobs
from gui.panels.page_actions import PageActions
from gui.panels.page_loading import PageLoading
from gui.panels.page_many import ManyActions
from gui.panels.page_words import PageWords
from gui.panels.panel import Panel
from gui.text import isolated
from gui.values import Login, PageRow, StoredLogin
from gui.widgets.columns_menu import add_columns
from gui.widgets.empty_state import EmptyState
from gui.widgets.icons import icon
from gui.widgets.page_columns import shape_of
from gui.widgets.page_model import Prepared, prepare
from gui.widgets.page_table import PageTable
from gui.widgets.page_tools import AddBar, PageTools
from gui.widgets.pieces import button
from gui.widgets.selection_bar import SelectionBar

if TYPE_CHECKING:
    from gui.desk.desk import Desk
    from gui.values import Client

_TABLE, _EMPTY = range(2)
#: A new shape of the table is kept when nobody changed it for so long (milliseconds): two at once could overtake one another.
_REST = 250


def _read(desk: Desk, people: tuple[StoredLogin, ...], said: PageWords, job: JobContext) -> tuple[Prepared, list[Client], list[str], str]:
    """Rows made ready, and what there is to narrow them to; all off the window's thread."""
    from gui.desk.states import rows_of

    rows = rows_of(desk, *people)
    businesses = {one.partition(":")[2] for one in {origin for row in rows for origin in row.page.origins}}
    return prepare(rows, said), desk.vault.clients.all(), sorted(businesses - {""}), desk.vault.ledger.setting("table_shape")


class PageListPanel(Panel):
    """`listed` when Pages were fetched and kept, or are other than before; `count_changed` tells how many there are.

    `forgotten` and `tagged` carry what can be undone; `export_wanted` the rows to export.
    """

    listed = Signal()
    count_changed = Signal(int)
    tagged = Signal(str, object)
    forgotten = Signal(object)
    export_wanted = Signal(object)

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(desk, jobs, "Pages", parent)
        self.view = View()
        self.people: tuple[StoredLogin, ...] = ()
        self._run = 0
        self._shaped = False
        self._refresh_button = button("Refresh the list", lambda: self.wanted.emit("reload"), icon="list-checks", name="pagesRefresh")
        self._check_all = button("Check all", lambda: self.wanted.emit("check_all"), icon="heart-pulse", name="pagesCheckAll")
        self._renew = button("Renew", self._ask_renew, kind="main", icon="refresh-cw", name="pagesRenew")
        self._renew.setToolTip("Log in again: every Page gets a fresh token")
        for one in (self._check_all, self._refresh_button, self._renew):
            self.header_buttons.addWidget(one)
        self.tools = PageTools()
        self.tools.query_changed.connect(self._filter)
        self.tools.state_chosen.connect(self._show_state)
        self.tools.narrowed.connect(self._narrow_to)
        self.tools.add_wanted.connect(self._open_adding)
        self.tools.more_wanted.connect(self._show_more)
        self.body.addWidget(self.tools)
        self._add_bar = AddBar()
        self._add_bar.given.connect(self._add)
        self.body.addWidget(self._add_bar)
        self.table = PageTable(PageWords((), 0))
        self.one = PageActions(self)
        self.one.changed.connect(self._row_changed)
        self.loading = PageLoading(self, self.table)
        self.loading.busy.connect(self._set_busy)
        self.loading.counted.connect(self._counts_changed)
        self.loading.kept.connect(self.listed)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._framed(self.table))
        self._nothing = EmptyState("layout-list")
        self._stack.addWidget(self._nothing)
        self.body.addWidget(self._stack, 1)
        self.selection = SelectionBar()
        self.body.addWidget(self.selection)
        self.many = ManyActions(self, self.table, self.selection)
        self._join()
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.tools.setFocus)

    def _join(self) -> None:
        self.table.copy_wanted.connect(self.one.copy)
        self.table.menu_wanted.connect(self.one.menu)
        self.table.pictures_wanted.connect(self._load_pictures)
        self.table.columns_wanted.connect(lambda where: self._pop_more(where, columns_only=True))
        self._shape_rests = QTimer(self)
        self._shape_rests.setSingleShot(True)
        self._shape_rests.setInterval(_REST)
        self._shape_rests.timeout.connect(self._keep_shape)
        self.table.shape_changed.connect(lambda: self._shape_rests.start())
        self.one.forgotten.connect(self.forgotten)
        self.many.changed.connect(self._changed)
        self.many.tagged.connect(self.tagged)
        self.many.forgotten.connect(self.forgotten)
        self.many.export_wanted.connect(self.export_wanted)

    @property
    def kept(self) -> StoredLogin | None:
        """The person whose Pages these are, if they are one person's."""
        return self.people[0] if len(self.people) == 1 and self.view.kind == "person" else None

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
        self.selection.set_narrow(narrow)
        self._refresh_button.setText("Refresh" if narrow else "Refresh the list")

    # ----------------------------------------------------------------- contents
    def show_view(self, view: View, people: Sequence[StoredLogin]) -> None:
        """Show what is kept of these people; needs no network."""
        self._begin_with(view, tuple(people))
        self.notices.clear()
        self._read_rows(lambda: self.show_view(view, people))

    def look_again(self, people: Sequence[StoredLogin]) -> None:
        """Take the rows as they are kept now, after a check or a change; whatever else is on show stays."""
        if self.loading.running or not self.people:
            return
        self.people = self.view.people(people)
        self._read_rows(None)

    def load(self, connection: Login, kept: StoredLogin | None, *, renewing: bool = False) -> None:
        """Fetch every Page of a person, and keep them."""
        same = self.kept is not None and kept is not None and self.kept.id == kept.id
        rows = list(self.table.pages.rows) if same else []
        self._begin_with(of_person(kept) if kept else View("person"), (kept,) if kept else ())
        self.notices.clear()
        self.table.pages.words = PageWords(self.people, self.desk.now(), connection.token.expires_at or 0)
        self.table.pages.set_rows(rows)
        self.set_subtitle(f"Loading the Pages of {isolated(connection.token.user_name)} through {isolated(connection.app.name)}")
        self.loading.begin(connection, kept, renewing=renewing)
        self._show_stack()

    def _begin_with(self, view: View, people: tuple[StoredLogin, ...]) -> None:
        self._run += 1
        self.loading.leave()
        if view != self.view:
            self.table.pages.untick()
        self._add_bar.hide()
        self.progress.hide()
        self.view, self.people = view, people
        single = self.kept is not None or len(people) < 2
        self.table.several = not single
        self._refresh_button.setVisible(single)
        self._check_all.setVisible(not single)

    def _read_rows(self, again: Callable[[], object] | None) -> None:
        run, people = self._run, self.people
        said = PageWords(people, self.desk.now())

        def done(found: tuple[Prepared, list[Client], list[str], str]) -> None:
            if run == self._run and not self.loading.running:
                self.table.pages.words = said
                self._take(*found)

        self.work(_read, self.desk, people, said, done=done, again=again)

    def _take(self, made: Prepared, clients: list[Client], businesses: list[str], shape: str) -> None:
        if not self._shaped:
            self._shaped = True
            self.table.set_shape(shape_of(shape))
        self.table.set_prepared(made)
        self.tools.set_choices(clients, businesses)
        self._counts_changed()

    def _set_head(self) -> None:
        count = words.count(len(self.table.pages.rows), "Page")
        kept = self.people[0] if len(self.people) == 1 else None
        if kept is not None:
            until = f"  ·  login good until {words.day(kept.expires_at, self.desk.now())}" if kept.expires_at else ""
            self.set_subtitle(f"{count} of {isolated(kept.user_name or kept.user_id)} through {isolated(kept.app_name or kept.app_id)}{until}")
        elif self.people:
            apps = list(dict.fromkeys(one.app_name or one.app_id for one in self.people))
            through = isolated(apps[0]) if len(apps) == 1 else words.count(len(apps), "app")
            self.set_subtitle(f"{count} of {words.count(len(self.people), 'person', 'people')} through {through}")

    def _set_busy(self, busy: bool) -> None:
        for press in (self._refresh_button, self._renew, self._check_all):
            press.setEnabled(not busy)
        self.tools.set_busy(busy)
        self.selection.set_busy(busy)

    def _counts_changed(self) -> None:
        counts = self.table.pages.counts()
        self.tools.set_counts(counts)
        self.count_changed.emit(counts[""])
        if not self.loading.running:
            self._set_head()
        self._show_stack()

    def _show_stack(self) -> None:
        pages = self.table.pages
        if pages.visible or (self.loading.running and not pages.rows):
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

    def _narrow_to(self, client: int, business: str) -> None:
        self.table.pages.set_narrowed(client, business)
        self._show_stack()

    def show_state(self, state: str) -> None:
        """Show only the Pages in this state."""
        self.tools.choose_state(state)
        self._show_state(state)

    def _row_changed(self, row: PageRow) -> None:
        self.table.pages.merge((row,))
        self._counts_changed()

    def _changed(self) -> None:
        """Something was tagged or checked: take what is kept now."""
        self.listed.emit()
        self._read_rows(None)

    # ------------------------------------------------------------------ shape
    def _keep_shape(self) -> None:
        from gui.desk.keep import set_setting

        self.jobs.start(set_setting, self.desk, "table_shape", self.table.shape.text(), owner=self)

    def hideEvent(self, event: QHideEvent) -> None:
        if self._shape_rests.isActive():
            self._shape_rests.stop()
            self._keep_shape()
        super().hideEvent(event)

    def _show_more(self, where: QPoint) -> None:
        self._pop_more(where, columns_only=False)

    def _pop_more(self, where: QPoint, *, columns_only: bool) -> None:
        menu = QMenu(self)
        menu.setObjectName("moreMenu")
        if not columns_only:
            self.tools.add_to(menu)
            menu.addAction(icon("upload"), "Import tokens …").triggered.connect(lambda: self.wanted.emit("import"))
            menu.addAction(icon("file-down"), "Export all that is shown …").triggered.connect(self._export_shown)
            menu.addAction(icon("list-checks"), "Select all that is shown").triggered.connect(self.table.pages.tick_shown)
        add_columns(menu, self.table)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def _export_shown(self) -> None:
        pages = self.table.pages
        self.export_wanted.emit([pages.rows[place] for place in pages.visible])

    # ------------------------------------------------------------- add a Page
    def _open_adding(self) -> None:
        self._add_bar.show()
        self._add_bar.setFocus()

    def _add(self, typed: str) -> None:
        from gui.desk.check import add_page_for

        if not self.people:
            return
        self.notices.clear()
        self._add_bar.set_busy(True)
        self.work(
            add_page_for, self.desk, self.people, typed,
            done=self._is_added, failed=lambda _: self._add_bar.set_busy(False), again=lambda: self._add(typed),
        )  # fmt: skip

    def _is_added(self, row: PageRow) -> None:
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
        self.jobs.start(call, self.desk, row, owner=self, done=lambda data: self._show_picture(row.page.id, data))

    def _show_picture(self, page_id: str, data: bytes) -> None:
        found = QPixmap()
        if data and found.loadFromData(data):
            self.table.set_picture(page_id, found.scaled(96, 96, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation))

    # ------------------------------------------------------------------ asked
    def _ask_renew(self) -> None:
        """Renew the one person's login, or ask whose."""
        if len(self.people) < 2:
            self.wanted.emit(f"login:{self.people[0].id}" if self.people else "login")
            return
        menu = QMenu(self)
        menu.setObjectName("renewMenu")
        for kept in sorted(self.people, key=lambda one: one.expires_at or 1 << 60):
            action = menu.addAction(f"{kept.user_name or kept.user_id}, {kept.app_name or kept.app_id}: login {words.ends(kept.expires_at, self.desk.now())}")
            action.triggered.connect(lambda _=False, number=kept.id: self.wanted.emit(f"login:{number}"))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._renew.mapToGlobal(self._renew.rect().bottomLeft() + QPoint(0, 4)))

    def cancel_work(self) -> None:
        """Stop at once; what arrived stays and is kept."""
        if not self.loading.cancel():
            super().cancel_work()

    def act(self, action: str) -> None:
        if action == "add_page":
            self._open_adding()
        else:
            super().act(action)

    def refresh(self) -> None:
        super().refresh()
        self.table.refresh()
