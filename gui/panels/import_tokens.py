"""Import: tokens from the clipboard or a file, checked with Facebook, and what became of each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from gui.errors import UserError
from gui.i18n import _, ngettext, number
from gui.jobs import Jobs
from gui.panels.panel import Panel
from gui.services import formatting
from gui.services.colleague import received_words
from gui.services.import_rows import MOST, ImportReading, ImportRow, joined, read_import_file, read_import_text
from gui.services.import_tokens import (
    ImportReport,
    Outcome,
    Result,
    import_messages,
    import_tokens,
    report_table,
    save_report,
)
from gui.services.purposes import known
from gui.shell.commands import Command, Request
from gui.values import Secret, Tone
from gui.widgets.fields import SecretField
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.text_table import Column, TextTable
from gui.widgets.widget_factory import button, card, icon_label, label, row

if TYPE_CHECKING:
    from gui.services.session import Session

_COLUMNS = (
    Column(_("Where"), 130),
    Column(_("Page or person"), 0, strong=True),
    Column("", 150, state=True),
    Column(_("Ends"), 190, least=True),
    Column(_("Why"), 0),
)
_TONES = {Result.KEPT: Tone.WORKS, Result.NOT_KEPT: Tone.BAD, Result.LASTING: Tone.SOON, Result.LEFT: Tone.INFO}
#: What needs a look comes first.
_ORDER = (Result.NOT_KEPT, Result.LASTING, Result.LEFT, Result.KEPT)


def _look(outcome: Outcome) -> tuple[str, Tone]:
    tone = Tone.SOON if outcome.differs else _TONES[outcome.result]
    return tone.icon, tone


def _cells(outcome: Outcome) -> tuple[str, ...]:
    return (outcome.place, outcome.name or outcome.page_id or "–", outcome.result.label, outcome.ends, outcome.why)


class ImportPanel(Panel):
    """`imported` comes when tokens were kept."""

    imported = Signal()

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, _("Import tokens"), parent)
        self.set_subtitle(
            _(
                "Page tokens and User tokens that you already have, up to {most} at a time. "
                "Each is checked with Facebook before it is kept.",
                most=number(MOST),
            )
        )
        self._reading = ImportReading()
        self._paths: list[Path] = []
        self._read_paths: list[tuple[str, ImportReading]] = []
        self._is_one_left_out = False
        self._read_report = ImportReading()
        self._report: ImportReport | None = None
        self._outcomes: list[Outcome] = []
        self._is_unread = False
        self.setAcceptDrops(True)
        self.add_way_back(_("Back to Pages"), Command.SHOW_PAGES, "importBack")
        self.body.addWidget(self._source_card())
        self._password_box = self._password_card()
        self.body.addWidget(self._password_box)
        self._offer_frame = self._offer_card()
        self.body.addWidget(self._offer_frame)
        self.table = TextTable("importTable", _("What happened to each row"), _COLUMNS, _cells, _look)
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())
        self._report_page = self._report_view()
        self._stack.addWidget(self._report_page)
        self._show_view(0)
        self.body.addWidget(self._stack, 1)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self.paste)

    # ------------------------------------------------------------------ layout
    def _source_card(self) -> QFrame:
        frame, inside = card(margins=(20, 16, 20, 16), spacing=10)
        inside.addWidget(label(_("Where are they?"), "heading"))
        self._about = label(
            _(
                "A table or workbook with its columns in any order; JSON; settings; a saved email; a "
                "Page Keys export, even a protected one; or just tokens. They are not shown, and only what can be a "
                "Facebook token is sent to Facebook."
            ),
            "muted",
            wrap=True,
        )
        inside.addWidget(self._about)
        self._paste = button(_("Paste what you copied"), self.paste, icon="clipboard-paste", name="importPaste")
        self._choose = button(_("Choose a file …"), self._ask_file, icon="file-up", name="importChoose")
        inside.addLayout(
            FlowLayout(self._paste, self._choose, label(_("or drop files of any kind here"), "second"), spacing=10)
        )
        return frame

    def _report_view(self) -> QWidget:
        """What became of each row: the table, the chosen row's reason whole, and the report to copy or save."""
        frame = QFrame()
        frame.setProperty("kind", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        self._why = label("", "muted", wrap=True, name="importWhy")
        self._why.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.table.selectionModel().currentRowChanged.connect(lambda index: self._show_why(index.row()))
        self.table.chosen.connect(lambda outcome: QGuiApplication.clipboard().setText(_whole(outcome)))
        copy = button(_("Copy this report"), self._copy_report, kind="quiet", icon="copy", name="importCopyReport")
        save = button(_("Save it …"), self._ask_where, kind="quiet", icon="download", name="importSaveReport")
        foot = row(self._why, copy, save, spacing=10)
        foot.setStretch(0, 1)
        view = QWidget()
        column = QVBoxLayout(view)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(frame, 1)
        column.addLayout(foot)
        return view

    def _password_card(self) -> QFrame:
        frame, inside = card(margins=(20, 14, 20, 14), spacing=8)
        self._password_words = label("", "strong", wrap=True)
        self._password = SecretField(
            _("password or key of the file"), _("Password or key of the file"), "importPassword"
        )
        self._password.returnPressed.connect(self._open)
        self._leave = button(_("Skip this file"), self._leave_out, kind="quiet", name="importLeave")
        line = row(self._password, button(_("Open it"), self._open, name="importOpen"), self._leave, spacing=10)
        line.setStretch(0, 1)
        inside.addWidget(self._password_words)
        inside.addLayout(line)
        frame.hide()
        return frame

    def _offer_card(self) -> QFrame:
        frame, inside = card(margins=(20, 14, 16, 14), spacing=8)
        self._words = label("", "strong", wrap=True, name="importWords")
        self._go = button(_("Check and keep them"), self.begin_import, kind="main", icon="scan-search", name="importGo")
        line = row(icon_label("list-checks", "on_soft", 20), self._words, self._go, spacing=10)
        line.setStretch(1, 1)
        inside.addLayout(line)
        frame.hide()
        return frame

    # ----------------------------------------------------------------- reading
    def begin(self) -> None:
        """Show the panel with nothing of an earlier import, but for one that is not over or ended unseen."""
        if self._is_working or self._is_unread:
            return
        if self._reading.rows or self._paths:
            # What was found waits to be imported, or a file for its password: whoever went elsewhere goes on here.
            self.give_focus(self._go if self._reading.rows else self._password)
            return
        self.notices.clear()
        self._forget()
        self._show_view(0)
        self.give_focus(self._paste)

    def leave(self) -> None:
        """What is on show has been seen."""
        self._is_unread = False

    def _forget(self) -> None:
        self._reading = ImportReading()
        self._paths, self._read_paths = [], []
        self._is_one_left_out = False
        self._password.clear()
        self._password_box.hide()
        self._offer_frame.hide()

    def paste(self) -> None:
        """Look for tokens in what is on the clipboard; files that were copied are read as files."""
        if self._is_working:
            return
        self.notices.clear()
        self._forget()
        mime = QGuiApplication.clipboard().mimeData()
        paths = _local_files(mime)
        if paths:
            self.open_files(paths)
            return
        text = Secret(mime.text() if mime is not None else "")
        if not text:
            self.say("import_nothing_copied")
            return
        self._show_view(0)
        self.work(
            read_import_text, text, saying=_("Reading what you copied …"), lock=self._set_busy,
            done=lambda reading: self._take_reading("", reading),
        )  # fmt: skip

    def _ask_file(self) -> None:
        dialog = QFileDialog(
            self,
            _("Import tokens"),
            str(Path.home()),
            _(
                "Tables and texts (*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.ods *.json *.env *.md *.sql *.yaml *.yml "
                "*.eml *.zip *.age *.kdbx *.pagekeys);;All files (*)"
            ),
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda paths: self.open_files([Path(path) for path in paths]))
        dialog.open()

    def open_file(self, path: Path) -> None:
        """Look for tokens in a file; one with a password asks for it."""
        self.open_files([path])

    def open_files(self, paths: Sequence[Path]) -> None:
        """Look for tokens in files, one after the other, and offer to import them together."""
        if self._is_working:
            return
        self.notices.clear()
        self._forget()
        self._paths = list(paths)
        self._open()

    @property
    def _is_working(self) -> bool:
        return not self._choose.isEnabled()

    def _open(self) -> None:
        """Read the next of the files; a password that was typed is for it."""
        if not self._paths or self._is_working:
            return
        path = self._paths[0]
        password = self._password.take() if self._password.text() else None
        self._show_view(0)
        self.work(
            read_import_file, path, password, saying=_("Reading {name} …", name=path.name), lock=self._set_busy,
            done=lambda reading: self._take_reading(path.name, reading), failed=self._show_unread,
            stopped=self._forget, tells=lambda error: error.kind not in _ASKING,
        )  # fmt: skip

    def _show_unread(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self._forget()
        elif error.kind in _ASKING:
            self._password_words.setText(_asking_words(error.kind, self._paths[0].name))
            self._leave.setVisible(len(self._paths) + len(self._read_paths) > 1)
            self._password_box.show()
            self.give_focus(self._password)
        elif len(self._paths) + len(self._read_paths) > 1:
            # The others are read; which one was not stands in its notice.
            self._paths.pop(0)
            self._is_one_left_out = True
            self._go_on()
        else:
            self._forget()

    def _leave_out(self) -> None:
        """Go on without the file that asks for a password."""
        self._password_box.hide()
        self._password.clear()
        self._paths = self._paths[1:]
        self._is_one_left_out = True
        self._go_on()

    def _take_reading(self, name: str, reading: ImportReading) -> None:
        self._password_box.hide()
        self._read_paths.append((name, reading))
        self._paths = self._paths[1:]
        self._go_on()

    def _go_on(self) -> None:
        """Read the next file, or offer what all of them hold."""
        if self._paths:
            self._open()
        elif self._read_paths:
            reading = joined(self._read_paths)
            self.offer(replace(reading, has_more=reading.has_more or self._is_one_left_out))

    def offer(self, reading: ImportReading) -> None:
        """Say how many tokens were found and what was left, and offer to import them."""
        self._reading = reading
        self._words.setText(_found_words(reading))
        self._offer_frame.show()
        self._go.setEnabled(True)
        self.give_focus(self._go)

    def _show_view(self, number: int) -> None:
        """Show nothing yet (0) or what became of each row (1), which has the room of the words above."""
        self._stack.setCurrentIndex(number)
        # An empty place needs no room.
        self._report_page.setSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding if number else QSizePolicy.Policy.Ignored
        )
        self._about.setVisible(number == 0)

    # ------------------------------------------------------------------- doing
    def begin_import(self, replace_lasting: bool = False, rows: Sequence[ImportRow] | None = None) -> None:
        """Check the tokens with Facebook and keep those that work."""
        self.notices.clear()
        if rows is None:
            self._read_report = self._reading
            rows = self._reading.rows
        rows = tuple(rows)
        self._outcomes = []
        job = self.work(
            import_tokens, self.session, rows, replace_lasting,
            saying=_("Asking Facebook what each token is …"), asks_facebook=True, lock=self._set_busy,
            reported=self._outcomes.append, done=self._show_report, stopped=self._show_stopped,
            again=lambda: self.begin_import(replace_lasting, rows),
        )  # fmt: skip
        job.ended.connect(self._tell_kept)

    def _tell_kept(self) -> None:
        """Say that tokens were kept; of an import that was stopped nobody knows how many were at the last."""
        if self._report is None or self._report.kept or not self._report.complete:
            self.imported.emit()

    def _show_stopped(self) -> None:
        self._show_report(ImportReport(tuple(self._outcomes), complete=False))

    def _set_busy(self, busy: bool) -> None:
        for control in (self._go, self._paste, self._choose):
            control.setEnabled(not busy)

    def _show_report(self, report: ImportReport) -> None:
        self._report = report
        self._is_unread = True
        self._forget()
        outcomes = sorted(report.outcomes, key=lambda one: (_ORDER.index(one.result), not one.differs, one.number))
        self.table.set_items(outcomes)
        self.table.selectRow(0)
        self._show_view(1)
        self.give_focus(self.table)
        for text in import_messages(report, self._read_report):
            self.show_notice(text)

    def act(self, request: Request) -> None:
        if request.command is Command.REPLACE_LASTING and self._report is not None:
            self.begin_import(True, self._report.lasting)
        else:
            super().act(request)

    # ------------------------------------------------------------------- report
    def _show_why(self, row_index: int) -> None:
        outcomes = self.table.items
        self._why.setText(_whole(outcomes[row_index]) if 0 <= row_index < len(outcomes) else "")

    def _copy_report(self) -> None:
        if self._report is not None:
            QGuiApplication.clipboard().setText(report_table(self._report.outcomes))

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, _("Save the report"), str(Path.home()), _("CSV table (*.csv)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(_("Page Keys import.csv"))
        dialog.fileSelected.connect(lambda path: self.save_to(Path(path)))
        dialog.open()

    def save_to(self, path: Path) -> None:
        """Write what became of each row into a file."""
        if self._report is not None:
            self.work(
                save_report, self.session, path, self._report.outcomes,
                done=lambda saved: self.say("import_report_saved", name=str(saved)), again=lambda: self.save_to(path),
            )  # fmt: skip

    # -------------------------------------------------------------------- drop
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _local_files(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.open_files(paths)

    def refresh(self) -> None:
        super().refresh()
        self.table.refresh()


#: The errors by which a file asks for something.
_WRONG_PASSWORD = frozenset({"import_wrong_password", "import_wrong_database_password"})
_ASKING = frozenset({"import_needs_password", *_WRONG_PASSWORD, "import_needs_key", "import_wrong_key"})


def _asking_words(kind: str, name: str) -> str:
    """What a file of this name asks for, said first that it was given wrongly."""
    if kind == "import_wrong_database_password":
        return _("{name} does not open with that. A database with a key file cannot be read here.", name=name)
    if kind in _WRONG_PASSWORD:
        return _("That is not its password. {name} is protected by a password.", name=name)
    if kind == "import_needs_password":
        return _("{name} is protected by a password.", name=name)
    if kind == "import_wrong_key":
        return _(
            "That key does not open it. {name} is encrypted with age. Paste its key (AGE-SECRET-KEY-1…).", name=name
        )
    return _("{name} is encrypted with age. Paste its key (AGE-SECRET-KEY-1…).", name=name)


def _local_files(mime: QMimeData | None) -> list[Path]:
    """The files that were copied or are dropped; an empty clipboard has not even a place for them."""
    return [] if mime is None else [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def _whole(outcome: Outcome) -> str:
    """A row's outcome in one sentence, with its reason whole."""
    place = f"{outcome.place[:1].upper()}{outcome.place[1:]}"
    result = outcome.result.label
    head = (
        _("{place}, {name}: {result}.", place=place, name=outcome.name, result=result)
        if outcome.name
        else _("{place}: {result}.", place=place, result=result)
    )
    parts = [head, f"{outcome.ends}." if outcome.ends else "", outcome.why]
    return " ".join(part for part in parts if part)


def _found_words(reading: ImportReading) -> str:
    """What was found, and what of the file is left out."""
    without = sum(one.secret is None and one.form is None for one in reading.rows)
    others = sum(one.form is not None for one in reading.rows) + reading.others
    if reading.sender:
        with_tokens = [row for row in reading.rows if row.secret is not None]
        names = [row.name or row.page_id for row in with_tokens]
        clients = list(dict.fromkeys(name for row in with_tokens for name in row.all_clients))
        keys = known(key for row in with_tokens for key in row.purposes)
        words = received_words(reading.sender, names, clients, keys)
        if reading.is_newer:
            newer = _("A newer Page Keys wrote it: there may be more in it than this one reads. Update Page Keys.")
            words = f"{words} {newer}"
        return words
    found = ngettext("{count} token", "{count} tokens", reading.tokens)
    sentences = [
        ngettext(
            "Found {tokens}, and {count} row without one.",
            "Found {tokens}, and {count} rows without one.",
            without,
            tokens=found,
        )
        if without
        else _("Found {tokens}.", tokens=found)
    ]
    if others:
        sentences.append(
            ngettext(
                "{count} other long text in it cannot be a Facebook token and will not be sent.",
                "{count} other long texts in it cannot be Facebook tokens and will not be sent.",
                others,
            )
        )
    if reading.beyond:
        sentences.append(
            ngettext(
                "{count} more token must be imported after these.",
                "{count} more tokens must be imported after these.",
                reading.beyond,
            )
        )
    if reading.unread:
        sentences.append(_("Not read: {names}.", names=formatting.join_some(reading.unread, 3)))
    return " ".join(sentences)
