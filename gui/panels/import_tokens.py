"""Import: tokens from the clipboard or a file, checked with Facebook, and what became of each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QStackedWidget, QVBoxLayout, QWidget

from gui.errors import UserError
from gui.jobs import Jobs
from gui.panels.panel import Panel
from gui.services import formatting
from gui.services.import_rows import MOST, ImportRow, read_import_file, read_import_text
from gui.services.import_tokens import ImportReport, Outcome, import_tokens
from gui.shell.commands import Command
from gui.values import Secret, Tone
from gui.widgets.fields import SecretField
from gui.widgets.text_table import Column, TextTable
from gui.widgets.widget_factory import button, card, icon_label, label, row

if TYPE_CHECKING:
    from gui.services.session import Session

_COLUMNS = (Column("Row", 70), Column("Page or person", 0, strong=True), Column("", 110, state=True), Column("Why", 0))


def _look(outcome: Outcome) -> tuple[str, Tone]:
    tone = Tone.WORKS if outcome.kept else Tone.BAD
    return tone.icon, tone


def _cells(outcome: Outcome) -> tuple[str, ...]:
    return (
        f"{outcome.number:,}",
        outcome.name or outcome.page_id or "–",
        "Kept" if outcome.kept else "Not kept",
        outcome.why,
    )


class ImportPanel(Panel):
    """`imported` comes when tokens were kept."""

    imported = Signal()

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, "Import tokens", parent)
        self.set_subtitle(
            f"Page tokens and User tokens that you have already, up to {MOST:,} at a time. "
            "Each is checked with Facebook before it is kept."
        )
        self._rows: Sequence[ImportRow] = ()
        self._path: Path | None = None
        self.setAcceptDrops(True)
        self.add_way_back("Back to Pages", Command.SHOW_PAGES, "importBack")
        self.body.addWidget(self._source_card())
        self._password_box = self._password_card()
        self.body.addWidget(self._password_box)
        self._offer_frame = self._offer_card()
        self.body.addWidget(self._offer_frame)
        self.table = TextTable("importTable", "What became of each row", _COLUMNS, _cells, _look)
        frame = QFrame()
        frame.setProperty("kind", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())
        self._stack.addWidget(frame)
        self.body.addWidget(self._stack, 1)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self.paste)

    # ------------------------------------------------------------------ layout
    def _source_card(self) -> QFrame:
        frame, inside = card(margins=(20, 16, 20, 16), spacing=10)
        inside.addWidget(label("Where are they?", "heading"))
        inside.addWidget(
            label(
                "A table with a token in each row, its columns in any order; lines NAME=token; JSON; or tokens alone. "
                "They are not shown.",
                "muted",
                wrap=True,
            )
        )
        self._paste = button("Take what I copied", self.paste, icon="clipboard-paste", name="importPaste")
        self._choose = button("Choose a file …", self._ask_file, icon="file-up", name="importChoose")
        inside.addLayout(
            row(self._paste, self._choose, label("or drop a CSV file or a workbook here", "second"), None, spacing=10)
        )
        return frame

    def _password_card(self) -> QFrame:
        frame, inside = card(margins=(20, 14, 20, 14), spacing=8)
        self._password_words = label("", "strong", wrap=True)
        self._password = SecretField("password of the workbook", "Password of the workbook", "importPassword")
        self._password.returnPressed.connect(self._open)
        line = row(self._password, button("Open it", self._open, name="importOpen"), spacing=10)
        line.setStretch(0, 1)
        inside.addWidget(self._password_words)
        inside.addLayout(line)
        frame.hide()
        return frame

    def _offer_card(self) -> QFrame:
        frame, inside = card(margins=(20, 14, 16, 14), spacing=8)
        self._words = label("", "strong", wrap=True, name="importWords")
        self._go = button("Check and keep them", self.begin_import, kind="main", icon="scan-search", name="importGo")
        line = row(icon_label("list-checks", "on_soft", 20), self._words, self._go, spacing=10)
        line.setStretch(1, 1)
        inside.addLayout(line)
        frame.hide()
        return frame

    # ----------------------------------------------------------------- reading
    def begin(self) -> None:
        """Show the panel with nothing of an earlier import."""
        self.notices.clear()
        self._forget()
        self._stack.setCurrentIndex(0)
        self._paste.setFocus()

    def _forget(self) -> None:
        self._rows, self._path = (), None
        self._password.clear()
        self._password_box.hide()
        self._offer_frame.hide()

    def paste(self) -> None:
        """Look for tokens in what is on the clipboard."""
        self.notices.clear()
        self._forget()
        text = Secret(QGuiApplication.clipboard().text())
        if not text:
            self.say("import_nothing_copied")
            return
        self._read(read_import_text, text)

    def _ask_file(self) -> None:
        dialog = QFileDialog(
            self,
            "Import tokens",
            str(Path.home()),
            "Tables (*.csv *.tsv *.txt *.xlsx *.xls *.ods *.json *.env);;All files (*)",
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self.open_file(Path(path)))
        dialog.open()

    def open_file(self, path: Path) -> None:
        """Look for tokens in a file; one with a password asks for it."""
        self.notices.clear()
        self._forget()
        self._path = path
        self._open()

    def _open(self) -> None:
        self.notices.clear()
        if self._path is not None:
            self._read(read_import_file, self._path, self._password.take() if self._password.text() else None)

    def _read(self, call: Callable[..., list[ImportRow]], *arguments: object) -> None:
        self._stack.setCurrentIndex(0)
        self.jobs.start(call, *arguments, owner=self, done=self.offer, failed=self._show_unread)

    def _show_unread(self, error: Exception) -> None:
        if (
            isinstance(error, UserError)
            and error.kind in {"import_needs_password", "import_wrong_password"}
            and self._path is not None
        ):
            wrong_note = "That is not its password. " if error.kind == "import_wrong_password" else ""
            self._password_words.setText(f"{wrong_note}{self._path.name} is protected by a password.")
            self._password_box.show()
            self._password.setFocus()
            return
        self._password_box.hide()
        self.tell(error)

    def offer(self, rows: list[ImportRow]) -> None:
        """Say how many tokens were found, and offer to import them."""
        self._password_box.hide()
        self._rows = rows
        tokens = sum(one.secret is not None for one in rows)
        without_note = f", and {formatting.count(len(rows) - tokens, 'row')} without one" if len(rows) > tokens else ""
        self._words.setText(f"Found {formatting.count(tokens, 'token')}{without_note}.")
        self._offer_frame.show()
        self._go.setEnabled(True)
        self._go.setFocus()

    # ------------------------------------------------------------------- doing
    def begin_import(self) -> None:
        """Check the tokens with Facebook and keep those that work."""
        self.notices.clear()
        self.work(
            import_tokens, self.session, tuple(self._rows),
            saying="Asking Facebook what each token is …", lock=self._set_busy,
            done=self._show_report, again=self.begin_import,
        )  # fmt: skip

    def _set_busy(self, busy: bool) -> None:
        for control in (self._go, self._paste, self._choose):
            control.setEnabled(not busy)

    def _show_report(self, report: ImportReport) -> None:
        self._forget()
        self.table.set_items(sorted(report.outcomes, key=lambda one: (one.kept, one.number)))
        self._stack.setCurrentIndex(1)
        failures = len(report.outcomes) - report.kept
        if report.kept and not failures:
            self.say("imported_all", name=formatting.count(report.kept, "token"))
        elif report.kept:
            self.say(
                "imported_some", name=formatting.count(report.kept, "token"), found=formatting.count(failures, "row")
            )
        else:
            self.say("imported_none", name=formatting.count(failures, "row"))
        if report.kept:
            self.imported.emit()

    # -------------------------------------------------------------------- drop
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = next((url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()), "")
        if path:
            event.acceptProposedAction()
            self.open_file(Path(path))

    def refresh(self) -> None:
        super().refresh()
        self.table.refresh()
