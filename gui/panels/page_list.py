"""The Pages: everybody's, a person's or an app's, each with its token; copy, test, add, search, sort, choose many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QStackedWidget, QVBoxLayout, QWidget

from gui.i18n import _
from gui.panels.page_actions import PageActions
from gui.panels.page_loading import PageLoading
from gui.panels.page_many import ManyActions
from gui.panels.page_words import PageWords
from gui.panels.panel import Panel
from gui.services import formatting
from gui.services.add_page import add_page_through_any
from gui.services.explain import message
from gui.services.keep import change_settings
from gui.services.page_list import read_page_list
from gui.services.pictures import page_picture
from gui.services.purposes import group_label, purposes
from gui.services.states import login_state
from gui.services.views import View, ViewKind
from gui.shell.commands import Command, Request
from gui.values import Client, ColumnLayout, Login, PageRow, StoredLogin, TokenState
from gui.widgets.columns_menu import add_columns
from gui.widgets.empty_state import EmptyState
from gui.widgets.icons import icon
from gui.widgets.page_model import PreparedRows, prepare
from gui.widgets.page_table import PageTable
from gui.widgets.page_tools import AddBar, PageTools, ReadyChoice
from gui.widgets.plain_text import plain_words
from gui.widgets.selection_bar import SelectionBar
from gui.widgets.widget_factory import button

if TYPE_CHECKING:
    from gui.errors import JobContext
    from gui.jobs import Jobs
    from gui.services.session import Session

_TABLE, _EMPTY = range(2)
#: A new layout of the table is kept when nobody changed it for so long (milliseconds): two at once could overtake
#: one another.
_REST = 250


class _Contents(NamedTuple):
    """Rows ready to be shown, what they can be narrowed to, and the layout of the columns."""

    rows: PreparedRows
    clients: list[Client]
    businesses: list[str]
    columns: ColumnLayout


def _read(session: Session, logins: tuple[StoredLogin, ...], words: PageWords, job: JobContext) -> _Contents:
    """Read what is kept of these logins and make its rows ready; runs off the window's thread."""
    listing = read_page_list(session, logins)
    return _Contents(prepare(listing.rows, words), listing.clients, listing.businesses, listing.columns)


class PageListPanel(Panel):
    """`listed` comes when Pages were fetched and kept, or changed; `count_changed` carries how many there are.

    `forgotten` and `tagged` carry what can be undone; `export_wanted` the rows to export,
    `tool_wanted` those to copy for a tool, `colleague_wanted` those to hand over.
    """

    listed = Signal()
    count_changed = Signal(int)
    tagged = Signal(str, object)
    forgotten = Signal(object)
    export_wanted = Signal(object)
    tool_wanted = Signal(object)
    colleague_wanted = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, _("Pages"), parent)
        self.view = View()
        self.logins: tuple[StoredLogin, ...] = ()
        self._run = 0
        self._has_layout = False
        self._takes_focus = False
        self._refresh_button = button(
            _("Refresh the list"), lambda: self.request(Command.RELOAD_PAGES), icon="list-checks", name="pagesRefresh"
        )
        self._check_all = button(
            _("Check all"), lambda: self.request(Command.CHECK_ALL), icon="heart-pulse", name="pagesCheckAll"
        )
        self._renew = button(_("Renew"), self._ask_renew, kind="main", icon="refresh-cw", name="pagesRenew")
        self._renew.setToolTip(_("Log in again: every Page gets a fresh token"))
        for press in (self._check_all, self._refresh_button, self._renew):
            self.header_buttons.addWidget(press)
        self.tools = PageTools()
        self.tools.query_changed.connect(self._filter)
        self.tools.list_wanted.connect(self._go_to_table)
        self.tools.state_chosen.connect(self._show_state)
        self.tools.narrowed.connect(self._narrow_to)
        self.tools.add_wanted.connect(self.open_adding)
        self.tools.more_wanted.connect(self._show_more)
        self.tools.set_purposes(
            [ReadyChoice(one.key, group_label(one.group), one.label) for one in purposes().values()]
        )
        self.body.addWidget(self.tools)
        self._add_bar = AddBar()
        self._add_bar.given.connect(self._add)
        self.body.addWidget(self._add_bar)
        self.table = PageTable(PageWords((), 0))
        self.page_actions = PageActions(self, self.table.pages.has_namesake)
        self.page_actions.changed.connect(self._row_changed)
        self.loading = PageLoading(self, self.table)
        self.loading.busy.connect(self._set_busy)
        self.loading.counted.connect(self._counts_changed)
        self.loading.kept.connect(self.listed)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._framed(self.table))
        self._empty_state = EmptyState("layout-list")
        self._stack.addWidget(self._empty_state)
        self.body.addWidget(self._stack, 1)
        self.selection = SelectionBar()
        self.body.addWidget(self.selection)
        self.many_actions = ManyActions(self, self.table, self.selection)
        self._join()
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.tools.setFocus)
        QShortcut(QKeySequence(Qt.Key.Key_F5), self, self._renew_list)

    def _join(self) -> None:
        self.table.copy_wanted.connect(self.page_actions.copy)
        self.table.menu_wanted.connect(self.page_actions.menu)
        self.table.pictures_wanted.connect(self._load_pictures)
        self.table.columns_wanted.connect(lambda position: self._pop_more(position, columns_only=True))
        self._layout_timer = QTimer(self)
        self._layout_timer.setSingleShot(True)
        self._layout_timer.setInterval(_REST)
        self._layout_timer.timeout.connect(self._keep_layout)
        self.table.column_layout_changed.connect(lambda: self._layout_timer.start())
        self.page_actions.forgotten.connect(self.forgotten)
        self.many_actions.changed.connect(self._changed)
        self.many_actions.tagged.connect(self.tagged)
        self.many_actions.forgotten.connect(self.forgotten)
        self.many_actions.export_wanted.connect(self.export_wanted)
        self.many_actions.tool_wanted.connect(self.tool_wanted)
        self.many_actions.colleague_wanted.connect(self.colleague_wanted)
        self.page_actions.colleague_wanted.connect(self.colleague_wanted)
        self.page_actions.tool_wanted.connect(self.tool_wanted)

    @property
    def stored_login(self) -> StoredLogin | None:
        """The login whose Pages these are; None where they are of several, or of a login that is not kept."""
        return self.logins[0] if len(self.logins) == 1 and self.view.kind is ViewKind.LOGIN else None

    # ------------------------------------------------------------------ layout
    def _framed(self, table: QWidget) -> QFrame:
        frame = QFrame()
        frame.setProperty("kind", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(table)
        return frame

    def take_escape(self) -> bool:
        """End what runs, or else the search, wherever in the view the keys are."""
        return super().take_escape() or self.tools.empty_search()

    def set_narrow(self, narrow: bool) -> None:
        self._refresh_button.setText(_("Refresh") if narrow else _("Refresh the list"))

    def _renew_list(self) -> None:
        """F5: press the button that asks Facebook about what is on show."""
        (self._check_all if self._check_all.isVisible() else self._refresh_button).click()

    # ----------------------------------------------------------------- contents
    def show_view(self, view: View, logins: Sequence[StoredLogin]) -> None:
        """Show what is kept of these logins; needs no network."""
        self._begin_with(view, tuple(logins))
        self._takes_focus = True
        self.notices.clear()
        self._read_rows(lambda: self.show_view(view, logins))

    def look_again(self, logins: Sequence[StoredLogin]) -> None:
        """Take the rows as they are kept now, after a check or a change; whatever else is on show stays."""
        if self.loading.running or not self.logins:
            return
        self.logins = self.view.logins(logins)
        self._read_rows(None)

    def take_logins(self, logins: Sequence[StoredLogin]) -> None:
        """Take how the logins stand now; the rows stay."""
        self.logins = self.view.logins(logins)
        if self.logins and not self.loading.running:
            self._set_head()

    def load(self, login: Login, stored_login: StoredLogin | None, *, renewing: bool = False) -> None:
        """Fetch every Page of a person, and keep them; with `renewing` say what became of the earlier tokens."""
        is_same_login = (
            self.stored_login is not None and stored_login is not None and self.stored_login.id == stored_login.id
        )
        rows = list(self.table.pages.rows) if is_same_login else []
        self._begin_with(
            View.of_login(stored_login) if stored_login else View(ViewKind.LOGIN),
            (stored_login,) if stored_login else (),
        )
        self.notices.clear()
        self.table.pages.words = PageWords(self.logins, self.session.now(), login.token.expires_at or 0)
        self.table.pages.set_rows(rows)
        self.set_subtitle(
            _("Loading the Pages of {name} through {app}", name=login.token.user_name, app=login.app.name)
        )
        self.loading.begin(login, stored_login, renewing=renewing)
        self._show_stack()
        self._go_to_table()

    def _begin_with(self, view: View, logins: tuple[StoredLogin, ...]) -> None:
        self._run += 1
        self.loading.leave()
        if view != self.view:
            self.table.pages.clear_selected()
        self._add_bar.hide()
        self.progress.hide()
        self.view, self.logins = view, logins
        is_single = self.stored_login is not None or len(logins) < 2
        self.table.several = not is_single
        self._refresh_button.setVisible(is_single)
        self._check_all.setVisible(not is_single)

    def _read_rows(self, again: Callable[[], object] | None) -> None:
        run, logins = self._run, self.logins
        words = PageWords(logins, self.session.now())

        def done(contents: _Contents) -> None:
            if run == self._run and not self.loading.running:
                self.table.pages.words = words
                self._show_contents(contents)

        self.work(_read, self.session, logins, words, done=done, again=again)

    def _show_contents(self, contents: _Contents) -> None:
        if not self._has_layout:
            self._has_layout = True
            self.table.set_column_layout(contents.columns)
        self.table.set_prepared(contents.rows)
        self._take_focus()
        self.tools.set_choices(contents.clients, contents.businesses)
        self._counts_changed()
        self._say_not_kept()

    def _go_to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_focus(self) -> None:
        """Go to the list once it is shown anew, unless the person is already at something of this view."""
        takes_focus, self._takes_focus = self._takes_focus, False
        focus = QApplication.focusWidget()
        if takes_focus and self.isVisible() and not (focus is not None and self.isAncestorOf(focus)):
            self._go_to_table()

    def _say_not_kept(self) -> None:
        """Say whose list was never kept to its end: the keychain died, or the program was ended, meanwhile."""
        login = next((one for one in self.logins if one.was_never_listed), None)
        if login is None or self.table.pages.rows or self.notices.notices():
            return
        text = message("pages_not_kept", name=login.display_name)
        assert text.action is not None
        request = Request(text.action.request.command, login_id=login.id)
        self.show_notice(replace(text, action=text.action._replace(request=request)))

    def _set_head(self) -> None:
        pages = formatting.pages(len(self.table.pages.rows))
        if len(self.logins) == 1:
            (login,) = self.logins
            now = self.session.now()
            words = [
                _("{pages} of {name} through {app}", pages=pages, name=login.display_name, app=login.app_display_name)
            ]
            if login.is_system_user:
                words.append(formatting.system_user(login.business))
            if login_state(login, now)[0] is TokenState.NEEDS_YOU:
                words.append(_("the login needs you"))
            elif login.is_system_user:
                words.append(_("token: {ends}", ends=formatting.ends(login.expires_at, now)))
            elif login.expires_at:
                words.append(_("login valid until {day}", day=formatting.day(login.expires_at, now)))
            self.set_subtitle("  ·  ".join(words))
        elif self.logins:
            apps = list(dict.fromkeys(one.app_display_name for one in self.logins))
            self.set_subtitle(
                _(
                    "{pages} of {people} through {app}",
                    pages=pages,
                    people=formatting.people(len(self.logins)),
                    app=apps[0] if len(apps) == 1 else formatting.apps(len(apps)),
                )
            )

    def _set_busy(self, busy: bool) -> None:
        for press in (self._refresh_button, self._renew, self._check_all):
            press.setEnabled(not busy)
        self.tools.set_busy(busy)
        self.selection.set_busy(busy)

    def _counts_changed(self) -> None:
        self.tools.set_counts(self.table.pages.counts())
        self.count_changed.emit(len(self.table.pages.rows))
        if not self.loading.running:
            self._set_head()
        self._show_stack()

    def _show_stack(self) -> None:
        pages = self.table.pages
        if pages.visible or (self.loading.running and not pages.rows):
            self._stack.setCurrentIndex(_TABLE)
            return
        if pages.rows:
            self._empty_state.say(_("No Page matches"), _("Change the words in the search field, or choose All above."))
        elif self.loading.failed:
            self._empty_state.say(_("The Pages could not be fetched"), _("The notice above says why, and what to do."))
        elif any(one.was_never_listed for one in self.logins):
            self._empty_state.say(_("The Pages are not here yet"), _("Refresh the list to fetch them."))
        else:
            self._empty_state.say(
                _("No Pages yet"), _("Add a Page by its address, or log in again and choose the Pages the app may use.")
            )
        self._stack.setCurrentIndex(_EMPTY)

    def _filter(self, query: str) -> None:
        self.table.pages.set_query(query)
        self._show_stack()

    def _show_state(self, state: TokenState | None) -> None:
        self.table.pages.set_state(state)
        self._show_stack()

    def _narrow_to(self, client: int, business: str, purpose: str) -> None:
        self.table.pages.set_narrowed(client, business, purpose)
        self._show_stack()

    def show_ready(self, purpose: str) -> None:
        """Show only the Pages that are ready for this purpose; empty shows all."""
        self.tools.narrow_to(0, "", purpose)

    def show_state(self, state: TokenState | None) -> None:
        """Show only the Pages in this state; None shows all."""
        self.tools.choose_state(state)
        self._show_state(state)

    def _row_changed(self, row: PageRow) -> None:
        if row.others:
            # Which of its logins it is shown by may be another one now.
            self._read_rows(None)
            return
        self.table.pages.merge((row,))
        self._counts_changed()

    def _changed(self) -> None:
        """Show what is kept now, after Pages were tagged or checked."""
        self.listed.emit()
        self._read_rows(None)

    # ----------------------------------------------------------------- columns
    def _keep_layout(self) -> None:
        self.jobs.start(change_settings, self.session, {"columns": self.table.column_layout}, owner=self)

    def hideEvent(self, event: QHideEvent) -> None:
        if self._layout_timer.isActive():
            self._layout_timer.stop()
            self._keep_layout()
        super().hideEvent(event)

    def _show_more(self, position: QPoint) -> None:
        self._pop_more(position, columns_only=False)

    def _pop_more(self, position: QPoint, *, columns_only: bool) -> None:
        menu = QMenu(self)
        menu.setObjectName("moreMenu")
        if not columns_only:
            self.tools.add_to(menu)
            menu.addAction(icon("upload"), _("Import tokens …")).triggered.connect(
                lambda: self.request(Command.SHOW_IMPORT)
            )
            menu.addAction(icon("file-down"), _("Export all that is shown …")).triggered.connect(self._export_shown)
            menu.addAction(icon("list-checks"), _("Select all that is shown")).triggered.connect(
                self.table.pages.select_shown
            )
        add_columns(menu, self.table)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(position)

    def _export_shown(self) -> None:
        pages = self.table.pages
        self.export_wanted.emit([pages.row(place) for place in range(pages.rowCount())])

    # ------------------------------------------------------------- add a Page
    def open_adding(self) -> None:
        """Show the field that takes a Page's ID or address."""
        self._add_bar.show()
        self.give_focus(self._add_bar)

    def _add(self, text: str) -> None:
        if not self.logins:
            return
        self.notices.clear()
        self.work(
            add_page_through_any, self.session, self.logins, text,
            lock=self._add_bar.set_busy, done=self._show_added, again=lambda: self._add(text),
        )  # fmt: skip

    def _show_added(self, row: PageRow) -> None:
        self._add_bar.finish()
        self.table.pages.merge((replace(row, fresh=None),))
        self.table.pages.arrange()
        self._counts_changed()
        self.table.choose(row.page.id)
        self.listed.emit()

    # --------------------------------------------------------------- pictures
    def _load_pictures(self, rows: list[PageRow]) -> None:
        for row in rows:
            self._load_picture(row)

    def _load_picture(self, row: PageRow) -> None:
        self.jobs.start(
            page_picture, self.session, row, owner=self, done=lambda image: self._show_picture(row.page.id, image)
        )

    def _show_picture(self, page_id: str, image: bytes) -> None:
        picture = QPixmap()
        if image and picture.loadFromData(image):
            thumbnail = picture.scaled(
                96, 96, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
            )
            self.table.set_picture(page_id, thumbnail)

    # ------------------------------------------------------------------ asked
    def _ask_renew(self) -> None:
        """Renew the one person's login, or ask whose."""
        if len(self.logins) < 2:
            self.request(Command.LOG_IN, login_id=self.logins[0].id if self.logins else 0)
            return
        menu = QMenu(self)
        menu.setObjectName("renewMenu")
        for login in sorted(self.logins, key=lambda one: one.expires_at or 1 << 60):
            ends = formatting.ends(login.expires_at, self.session.now())
            action = menu.addAction(
                plain_words(
                    _(
                        "{name}, {app}: login {ends}",
                        name=login.display_name,
                        app=login.app_display_name,
                        ends=ends,
                    )
                )
            )
            action.triggered.connect(lambda _=False, login_id=login.id: self.request(Command.LOG_IN, login_id=login_id))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._renew.mapToGlobal(self._renew.rect().bottomLeft() + QPoint(0, 4)))

    def cancel_work(self) -> None:
        """Stop at once; what arrived stays and is kept."""
        if not self.loading.cancel():
            super().cancel_work()

    def act(self, request: Request) -> None:
        if request.command is Command.ADD_PAGE:
            self.open_adding()
        else:
            super().act(request)

    def refresh(self) -> None:
        super().refresh()
        self.tools.refresh()
        self.table.refresh()
