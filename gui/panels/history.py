"""History: what happened to each token, when, and by whom; it can be searched and exported, not changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QFrame, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gui.i18n import _, ngettext, number
from gui.jobs import Jobs
from gui.panels.panel import Panel
from gui.services import history
from gui.shell.commands import Command
from gui.values import Event, Message, Tone
from gui.widgets.empty_state import EmptyState
from gui.widgets.fields import SearchField
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.text_table import Column, TextTable
from gui.widgets.widget_factory import button

if TYPE_CHECKING:
    from gui.services.history import EventPage
    from gui.services.session import Session

_COLUMNS = (
    Column(_("When"), 150),
    Column(_("What"), 176, state=True),
    Column(_("Page or person"), 190, strong=True),
    Column(_("By"), 190, least=True),
    Column(_("More"), 0),
)


def _cells(event: Event) -> tuple[str, ...]:
    return (
        history.event_time(event),
        history.event_label(event),
        event.subject,
        event.who,
        history.event_detail(event),
    )


class HistoryPanel(Panel):
    """Shows the events that match, newest first."""

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, _("History"), parent)
        self.escape_to(Command.SHOW_PAGES)
        self._page_id, self._group, self._run = "", "", 0
        self._all = button(_("Show all history"), self._show_all, kind="quiet", icon="x", name="historyAll")
        self._all.hide()
        self.header_buttons.addWidget(self._all)
        self._export = button(_("Export"), self._ask_where, icon="file-down", name="historyExport")
        self.header_buttons.addWidget(self._export)
        self._search = SearchField(_("Search Page, person or what happened"), _("Search the history"), "historySearch")
        self._search.list_wanted.connect(self._go_to_table)
        self._search.setMaximumWidth(330)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(60)
        self._typing.timeout.connect(self._read)
        self._search.textChanged.connect(lambda: self._typing.start())
        line = FlowLayout(self._search)
        self._chips = QButtonGroup(self)
        for group, (text, _kinds) in history.GROUPS.items():
            line.addWidget(self._chip(group, text))
        self.body.addLayout(line)
        self.table = TextTable("eventTable", _("History"), _COLUMNS, _cells, history.event_look)
        self.table.chosen.connect(self._show_page)
        frame = QFrame()
        frame.setProperty("kind", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        self._empty_state = EmptyState("history")
        self._stack = QStackedWidget()
        self._stack.addWidget(frame)
        self._stack.addWidget(self._empty_state)
        self.body.addWidget(self._stack, 1)

    def _chip(self, group: str, text: str) -> QPushButton:
        chip = button(text, lambda: self._choose(group), kind="chip", name=f"history_{group or 'all'}")
        chip.setCheckable(True)
        chip.setChecked(not group)
        chip.setAutoExclusive(True)
        self._chips.addButton(chip)
        return chip

    def begin(self, page_id: str = "") -> None:
        """Show what happened, to one Page if it is named."""
        self.notices.clear()
        self._page_id = page_id
        self._all.setVisible(bool(page_id))
        self.give_focus(self._search)
        self._read()

    def _go_to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_all(self) -> None:
        self.begin()

    def _show_page(self, event: Event) -> None:
        if event.page_id:
            self.begin(event.page_id)

    def _choose(self, group: str) -> None:
        self._group = group
        self._read()

    def _read(self) -> None:
        self._run += 1
        run = self._run
        self.work(
            history.find_events, self.session, self._search.text(), self._group, self._page_id,
            done=lambda events: self._show(events) if run == self._run else None, again=self._read,
        )  # fmt: skip

    def _show(self, page: EventPage) -> None:
        self.table.set_items(page.events)
        name = next((one.subject for one in page.events), "") if self._page_id else ""
        shown = ngettext(
            "{count} event shown, {total} in all. Entries are never changed or deleted, and contain no tokens.",
            "{count} events shown, {total} in all. Entries are never changed or deleted, and contain no tokens.",
            len(page.events),
            total=number(page.total),
        )
        self.set_subtitle(_("{name}: {shown}", name=name, shown=shown) if name else shown)
        if page.total and not page.events:
            self._empty_state.say(_("Nothing matches"), _("Change the words in the search field, or choose All above."))
        elif not page.total:
            self._empty_state.say(
                _("Nothing has happened yet"),
                _("Whatever is made, renewed, copied, exported or dies from now on is listed here."),
            )
        self._stack.setCurrentIndex(0 if page.events else 1)
        self._export.setEnabled(bool(page.events))

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, _("Export the history"), str(Path.home()), _("CSV table (*.csv)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(_("Page Keys history.csv"))
        dialog.fileSelected.connect(lambda path: self.export_to(Path(path)))
        dialog.open()

    def export_to(self, path: Path) -> None:
        """Write what is shown into a file."""
        self.work(
            history.export_history, self.session, path, self._search.text(), self._group, self._page_id,
            done=self._show_exported, again=lambda: self.export_to(path),
        )  # fmt: skip

    def _show_exported(self, path: Path) -> None:
        text = _("It is in {path}.", path=str(path))
        self.show_notice(Message(_("Exported the history"), text, tone=Tone.WORKS, kind="history_exported"))

    def refresh(self) -> None:
        super().refresh()
        self.table.refresh()
