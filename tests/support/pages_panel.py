"""The panel of Pages by itself, without the window around it: real clicks in it, and what it asks the window for."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget

from gui.desktop.clipboard import SecretClipboard
from gui.jobs import Jobs
from gui.panels.page_list import PageListPanel
from gui.services.keep import keep_login
from gui.services.views import View
from gui.shell.commands import Request
from gui.tour.ui_driver import UiDriver
from tests.support.people import ALL, JOB, app_of, connection_of


def agency_pages(count=30):
    """Indices of the practice agency's first Pages."""
    return range(3, 3 + count)


def said_anywhere(root: QWidget) -> str:
    """All that a screen reader, a tool tip or a window's title could give away below `root`."""
    said = []
    for widget in (root, *root.findChildren(QWidget)):
        said += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()]
        said.append(widget.objectName())
        if isinstance(widget, (QLabel, QPushButton)):
            said.append(widget.text())
    return "\n".join(said)


class PagesAtHand:
    """The panel on show, hands to work it, and what it asked for."""

    def __init__(self, session, server, qtbot):
        self.session, self.server, self.qtbot = session, server, qtbot
        self.jobs = Jobs()
        self.panel = PageListPanel(session, self.jobs)
        self.table = self.panel.table
        self.driver = UiDriver(self.panel)
        self.clipboard = SecretClipboard()
        self.requests: list[Request] = []
        self.copied: list[str] = []
        self.panel.requested.connect(self.requests.append)
        self.panel.copied.connect(self._copy)
        qtbot.addWidget(self.panel)
        self.panel.resize(1200, 760)
        self.panel.show()
        qtbot.waitExposed(self.panel)

    def _copy(self, secret, what):
        self.copied.append(what)
        self.clipboard.copy(secret)

    def end(self):
        """Wait for what still runs, before its session closes."""
        self.clipboard.clear()
        assert self.jobs.wait(20)
        QApplication.processEvents()

    # ----------------------------------------------------------------- contents
    def log_in(self, person=1, scopes=ALL, **given):
        """A login as after the exchange, and as it is kept; its Pages are not fetched yet."""
        self.session.vault.keep_app(app_of(self.server))
        login = connection_of(self.server, person, scopes, **given)
        return login, keep_login(self.session, login, JOB)

    def show(self, view=None):
        """Show what is kept."""
        view = view or View()
        with self.qtbot.waitSignal(self.panel.count_changed, timeout=20_000):
            self.panel.show_view(view, view.logins(self.session.vault.logins()))

    def load(self, login, stored_login, **given):
        """Fetch a person's Pages and keep them."""
        with self.qtbot.waitSignal(self.panel.listed, timeout=60_000):
            self.panel.load(login, stored_login, **given)

    @property
    def shown(self):
        """The names of the Pages on show, from top to bottom."""
        pages = self.table.pages
        return [pages.row(at).page.display_name for at in range(pages.rowCount())]

    def row(self, at=0):
        return self.table.pages.row(at)

    # --------------------------------------------------------------------- doing
    def until(self, condition, seconds=20):
        """Let the program run until this is so."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=seconds * 1000)

    def click_copy(self, at=0):
        """Click the Copy button of a row."""
        place = self.table.copy_place(self.row(at).page.id).center()
        QTest.mouseClick(self.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def select(self, *places):
        """Click the boxes of these rows; the rows."""
        rows = [self.row(at) for at in places]
        for one in rows:
            place = self.table.box_place(one.page.id).center()
            QTest.mouseClick(self.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        return rows

    def choose_for(self, at, words):
        """Choose a line of a row's menu."""
        self.table.choose(self.row(at).page.id)
        self.panel.page_actions.menu(self.row(at), self.table.viewport().mapToGlobal(QPoint(40, 40)))
        self.driver.choose_in_menu(words)

    def menu(self, name):
        """The open menu of this object name."""
        self.until(lambda: self.driver.seen(name, QMenu))
        return self.driver.seen(name, QMenu)
