"""About: version, licenses, where data lies, which keychain, and a text for a report that holds no secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from gui import __version__
from gui.desktop import browser
from gui.i18n import _
from gui.jobs import Jobs
from gui.panels.panel import Panel
from gui.services import shipped
from gui.services.about import About, about
from gui.shell.commands import Command
from gui.widgets.announce import announce
from gui.widgets.facts_list import FactsList
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.widget_factory import button, card, label

if TYPE_CHECKING:
    from gui.services.session import Session


class AboutPanel(Panel):
    """Shows what the program is and works with."""

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, _("About Page Keys"), parent)
        self.add_way_back(_("Back"), Command.LEAVE_HELP, "aboutBack")
        self._about: About | None = None
        frame, inside = card(spacing=14)
        self._facts = FactsList()
        inside.addWidget(self._facts)
        self._copy = button(_("Copy for a report"), self._copy_report, icon="copy", name="aboutCopy")
        self._folder = button(_("Open the data folder"), self._open_folder, kind="quiet", name="aboutFolder")
        licenses = button(_("Licenses"), self._show_licenses, kind="quiet", name="aboutLicenses")
        notices = button(_("Third-party notices"), self._open_notices, kind="quiet", name="aboutNotices")
        notices.setVisible(shipped.notices() is not None)
        updates = button(
            _("Check for updates"), self._open_releases, kind="quiet", icon="external-link", name="aboutUpdates"
        )
        inside.addLayout(FlowLayout(self._copy, self._folder, updates, licenses, notices))
        self._note = label(
            _("A report says which versions, system and keychain are in use and how much is kept. It holds no name, "
            "no ID and no token."),
            "second", wrap=True, name="aboutNote",
        )  # fmt: skip
        inside.addWidget(self._note)
        self.body.addWidget(frame)
        self.body.addStretch(1)

    def begin(self) -> None:
        """Find out, and show it."""
        self._copy.setEnabled(False)
        libraries = f"Qt {qVersion()} ({QGuiApplication.platformName()})"
        self.work(about, self.session, libraries, done=self._show, again=self.begin)

    def _show(self, found: About) -> None:
        self._about = found
        self._facts.set_facts(found.facts)
        self._folder.setEnabled(bool(found.folder))
        self._copy.setEnabled(True)
        self.give_focus(self._copy)

    def _copy_report(self) -> None:
        if self._about is not None:
            QGuiApplication.clipboard().setText(f"{self._about.report}\n{self._screen_words()}")
            self._say(_("Copied. Paste it where you ask for help."))

    def _open_folder(self) -> None:
        if self._about is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._about.folder))

    def _open_notices(self) -> None:
        path = shipped.notices()
        if path is not None and not browser.open_address(QUrl.fromLocalFile(str(path)).toString()):
            self._say(_("No program of this computer opens it. The file is {file}.", file=str(path)))

    def _open_releases(self) -> None:
        """The page of releases, in the person's browser: Page Keys itself asks nobody."""
        page = shipped.release_page()
        if not page:
            self._say(_("This copy does not name the page of its releases. Look where you got Page Keys from."))
        elif not browser.open_address(page):
            self._say(_("No browser could be opened. The page is {page}", page=page))
        else:
            self._say(
                _("The page of releases is open in your browser. You have version {version}.", version=__version__)
            )

    def _say(self, words: str) -> None:
        self._note.setText(words)
        announce(self._note, words)

    def _show_licenses(self) -> None:
        self.request(Command.SHOW_HELP, topic="licenses")

    def _screen_words(self) -> str:
        """The screen and what the system asks of the window, as it matters to looks, in English as a report is."""
        size, hints = self.screen().size(), QGuiApplication.styleHints()
        return (
            f"Screen: {size.width()} x {size.height()} at {self.devicePixelRatioF():.2g}, "
            f"{hints.colorScheme().name}, {hints.accessibility().contrastPreference().name}, "
            f"text {self.font().pointSizeF():.3g} pt"
        )
