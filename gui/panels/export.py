"""Export: which format, with tokens or without, who can open the file, and where it goes."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QFrame,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from gui.files.kdbx import is_available as kdbx_is_available
from gui.i18n import _, ngettext
from gui.jobs import Jobs
from gui.panels.panel import Panel
from gui.services.export import (
    ALLOWED,
    FORMATS,
    SHORTEST_PASSWORD,
    WITH_TOKENS,
    ExportOptions,
    ExportReport,
    export,
    export_message,
    file_name,
)
from gui.shell.commands import Command
from gui.values import PageRow, Secret
from gui.widgets.fields import PlainField, SecretField
from gui.widgets.press_button import CheckBox, RadioButton
from gui.widgets.widget_factory import button, card, column, label, row

if TYPE_CHECKING:
    from gui.services.session import Session

_OPENS = {
    "xlsx": _("Excel and LibreOffice ask for it when the file is opened."),
    "kdbx": _("It is the database’s password: KeePass asks for it."),
    "colleague": _("Your colleague’s Page Keys asks for it: tell them by telephone, not in the same message."),
    "": _(
        "The file is a zip archive encrypted with AES-256: 7-Zip, WinZip and Keka open it; Windows Explorer does not."
    ),
}
#: Letters that are not taken for one another.
_LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class ExportPanel(Panel):
    """Writes the chosen Pages into a file."""

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, _("Export"), parent)
        self._rows: list[PageRow] = []
        self._may_replace = False
        #: Whether the path is still the one that was suggested.
        self._path_is_suggested = True
        self.add_way_back(_("Back to Pages"), Command.SHOW_PAGES, "exportBack")
        self._go = button(_("Export"), self.export, kind="main", icon="file-down", name="exportGo")
        self.header_buttons.addWidget(self._go)
        inside = QVBoxLayout()
        inside.setSpacing(14)
        inside.addWidget(self._format_card())
        self._guard = self._protection_card()
        inside.addWidget(self._guard)
        inside.addWidget(self._path_card())
        inside.addStretch(1)
        self.put_scrolled(inside)

    # ------------------------------------------------------------------ layout
    def _format_card(self) -> QFrame:
        frame, inside = card(margins=(20, 16, 20, 16), spacing=8)
        inside.addWidget(label(_("Format"), "heading"))
        self._formats, self._format = self._choices(
            {key: one.title for key, one in FORMATS.items() if key != "kdbx" or kdbx_is_available()},
            "format",
            inside,
            {key: one.hint for key, one in FORMATS.items()},
        )
        self._tokens = CheckBox(_("Include the Page tokens"))
        self._tokens.setObjectName("exportTokens")
        self._tokens.setChecked(True)
        self._tokens.toggled.connect(self._changed)
        inside.addSpacing(4)
        inside.addWidget(self._tokens)
        return frame

    def _protection_card(self) -> QFrame:
        frame, inside = card(margins=(20, 16, 20, 16), spacing=8)
        inside.addWidget(label(_("Who can open it"), "heading"))
        titles = {
            "password": _("Anyone with the password"),
            "age": _("Anyone with the age key (for experts)"),
            "plain": _("Anyone who gets the file"),
        }
        self._protections, self._protection = self._choices(titles, "protection", inside, {})
        self._password = SecretField(
            _("at least {count} characters", count=SHORTEST_PASSWORD),
            _("Password of the file"),
            "exportPassword",
        )
        self._password.textChanged.connect(self._changed)
        self._password.returnPressed.connect(self._go.click)
        make_button = button(
            _("Make one and copy it"), self._make_password, kind="quiet", icon="key-round", name="exportMake"
        )
        self._opens = label("", "second", wrap=True, name="exportOpens")
        line = row(self._password, make_button, spacing=10)
        line.setStretch(0, 1)
        self._password_box = self._boxed(
            column(
                line,
                self._opens,
                label(
                    _("Page Keys does not keep it: without it, nobody can open the file again."), "second", wrap=True
                ),
                spacing=6,
            )
        )
        self._keys = QPlainTextEdit()
        self._keys.setObjectName("exportKeys")
        self._keys.setAccessibleName(_("Public age keys"))
        self._keys.setPlaceholderText(_("age1… or ssh-ed25519 …, one public key per line"))
        self._keys.setFixedHeight(72)
        self._keys.textChanged.connect(self._changed)
        self._keys_box = self._boxed(column(self._keys))
        self._warning = label("", "hint", wrap=True, name="exportWarning")
        self._sure = CheckBox(_("Yes, write the tokens unprotected"))
        self._sure.setObjectName("exportSure")
        self._sure.toggled.connect(self._changed)
        self._plain_box = self._boxed(column(self._warning, self._sure, spacing=8))
        for box in (self._password_box, self._keys_box, self._plain_box):
            inside.addWidget(box)
        return frame

    def _path_card(self) -> QFrame:
        frame, inside = card(margins=(20, 16, 20, 16), spacing=8)
        inside.addWidget(label(_("Save to"), "heading"))
        self._path = PlainField("", _("File"), "exportPath")
        self._path.textEdited.connect(self._typed)
        self._path.returnPressed.connect(self._go.click)
        line = row(self._path, button(_("Choose …"), self._ask_where, name="exportChoose"), spacing=10)
        line.setStretch(0, 1)
        inside.addLayout(line)
        inside.addWidget(
            label(
                _("Only your account can read the file; it is written completely or not at all."), "second", wrap=True
            )
        )
        return frame

    def _choices(
        self, titles: dict[str, str], prefix: str, inside: QVBoxLayout, hints: dict[str, str]
    ) -> tuple[dict[str, RadioButton], str]:
        group = QButtonGroup(self)
        choices: dict[str, RadioButton] = {}
        for key, text in titles.items():
            choice = RadioButton(text)
            choice.setObjectName(f"{prefix}_{key}")
            choice.toggled.connect(lambda on, key=key: self._choose(prefix, key) if on else None)
            group.addButton(choice)
            choices[key] = choice
            line = row(choice, spacing=10)
            if key in hints:
                line.addWidget(label(hints[key], "second", wrap=True), 1)
            else:
                line.addStretch(1)
            inside.addLayout(line)
        return choices, next(iter(titles))

    def _boxed(self, inside: QVBoxLayout) -> QWidget:
        box = QWidget()
        inside.setContentsMargins(26, 2, 0, 2)
        box.setLayout(inside)
        return box

    # ----------------------------------------------------------------- contents
    def begin(self, rows: Sequence[PageRow], export_format: str = "xlsx") -> None:
        """Show the choices for an export of these Pages, in this format first."""
        self._rows = list(rows)
        self.notices.clear()
        self.title.setText(ngettext("Export {count} Page", "Export {count} Pages", len(rows)))
        tokens = sum(row.has_token for row in rows)
        self.set_subtitle(
            ""
            if tokens == len(rows)
            else ngettext("{count} Page of them has a token.", "{count} Pages of them have a token.", tokens)
        )
        self._password.clear()
        self._keys.clear()
        self._sure.setChecked(False)
        self._formats[export_format].setChecked(True)
        self._protections["password"].setChecked(True)
        self._path_is_suggested = True
        self._changed()
        self.give_focus(self._password)

    def leave(self) -> None:
        """Let go of what was typed that opens the file."""
        self._password.clear()

    def _choose(self, prefix: str, key: str) -> None:
        if prefix == "format":
            self._format = key
        else:
            self._protection = key
        self._changed()

    def _typed(self) -> None:
        self._path_is_suggested = self._may_replace = False
        self._changed()

    def _changed(self) -> None:
        with_tokens = self._tokens.isChecked() or self._format in WITH_TOKENS
        self._tokens.setEnabled(self._format not in WITH_TOKENS)
        allowed = ALLOWED.get(self._format, tuple(self._protections))
        for key, choice in self._protections.items():
            choice.setVisible(key in allowed)
        if self._protection not in allowed:
            self._protections["password"].setChecked(True)
            return
        self._guard.setVisible(with_tokens)
        for key, box in (("password", self._password_box), ("age", self._keys_box), ("plain", self._plain_box)):
            box.setVisible(self._protection == key)
        self._opens.setText(_OPENS.get(self._format, _OPENS[""]))
        self._warning.setText(
            ngettext(
                "Anyone who gets this file can act on your behalf on {count} Page, without any password.",
                "Anyone who gets this file can act on your behalf on {count} Pages, without any password.",
                len(self._rows),
            )
        )
        if self._path_is_suggested:
            self._path.setText(
                str(_free(_folder() / file_name(self._format, self._protection, with_tokens, f"{date.today()}")))
            )
        protection_ready = {
            "password": len(self._password.text()) >= SHORTEST_PASSWORD,
            "age": bool(self._keys.toPlainText().strip()),
            "plain": self._sure.isChecked(),
        }
        self._go.setEnabled(bool(self._path.text().strip()) and (not with_tokens or protection_ready[self._protection]))

    def _make_password(self) -> None:
        password = Secret("-".join("".join(secrets.choice(_LETTERS) for character in range(5)) for group in range(4)))
        self._password.put(password)
        self.copied.emit(password, _("the password of the file"))

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, _("Save to"), str(Path(self._path.text()).parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(Path(self._path.text()).name)
        dialog.fileSelected.connect(self._take_path)
        dialog.open()

    def _take_path(self, path: str) -> None:
        self._path.setText(path)
        self._typed()
        # The dialog asked about a file that is there.
        self._may_replace = True

    # -------------------------------------------------------------------- doing
    def export(self) -> None:
        """Write the file; where one of this name is there, ask first."""
        path = Path(self._path.text().strip()).expanduser()
        self.notices.clear()
        if path.exists() and not self._may_replace:
            self.say("export_exists", self._replace, name=path.name)
            return
        with_tokens = self._tokens.isChecked() or self._format in WITH_TOKENS
        password = self._password.secret() if self._protection == "password" else None
        options = ExportOptions(path, self._format, with_tokens, self._protection, password, self._keys.toPlainText())
        rows = self._rows

        def done(report: ExportReport) -> None:
            # What is typed for the next export stays.
            if rows is self._rows:
                self._empty()
            self.show_notice(export_message(report))

        self.work(
            export, self.session, rows, options,
            saying=FORMATS[self._format].writing, lock=self._set_busy, done=done, again=self.export,
        )  # fmt: skip

    def _replace(self) -> None:
        self._may_replace = True
        self.export()

    def _set_busy(self, busy: bool) -> None:
        if busy:
            self._go.setEnabled(False)
        else:
            self._changed()

    def _empty(self) -> None:
        self._password.clear()
        self._sure.setChecked(False)
        self._may_replace = False
        self._changed()


def _folder() -> Path:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if documents and Path(documents).is_dir() else Path.home()


def _free(path: Path) -> Path:
    """This path, or one with a number where a file has it already."""
    number = 2
    free = path
    while free.exists():
        stem, dot, ending = path.name.partition(".")
        free = path.with_name(f"{stem} ({number}){dot}{ending}")
        number += 1
    return free
