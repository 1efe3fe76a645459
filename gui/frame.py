"""The window's frame: side bar, the view on show, the bar at the bottom; folds in a narrow window. Knows no way through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from gui.widgets import icons
from gui.widgets.side_bar import SideBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from gui.desktop.clipboard import SecretClipboard
    from gui.jobs import Jobs
    from gui.panels.panel import Panel
    from gui.panels.welcome import WelcomePanel
    from gui.values import Secret

NARROW_UNDER = 980


class Canvas(QStackedWidget):
    """The window's ground; `painted` once, right after its first paint."""

    painted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self._was_painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)


class Frame(QMainWindow):
    """Lays out the window. `painted` right after its first paint."""

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Page Keys")
        self.setMinimumSize(800, 600)
        self.resize(1240, 800)
        self.jobs: Jobs
        self.clipboard: SecretClipboard | None = None
        self._panels: dict[str, Panel] = {}
        self._welcome: WelcomePanel | None = None
        self._build()

    def _build(self) -> None:
        self._root = Canvas()
        self._root.painted.connect(self.painted)
        shell = QWidget()
        line = QHBoxLayout(shell)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self.side = SideBar()
        self._stack = QStackedWidget()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._stack, 1)
        self._right = right
        line.addWidget(self.side)
        line.addLayout(right, 1)
        self._root.addWidget(shell)
        self.setCentralWidget(self._root)

    def _panel_shown(self) -> Panel | None:
        shown = self._stack.currentWidget()
        return next((one for one in self._panels.values() if one is shown), None)

    def furnish(self, jobs: Jobs, clipboard: SecretClipboard) -> None:
        """Take what the first paint did not need: who works, and the clipboard that secrets are copied to."""
        self.jobs = jobs
        if self.clipboard is None:
            from gui.widgets.copy_bar import CopyBar
            from gui.widgets.mark import mark_icon
            from gui.widgets.undo_bar import UndoBar

            jobs.unhandled.connect(self.tell)
            icons.wake(self)
            self.side.refresh()
            self.setWindowIcon(mark_icon())
            self.clipboard = clipboard
            self.copy_bar, self.undo_bar = CopyBar(), UndoBar()
            foot = QVBoxLayout()
            foot.setContentsMargins(28, 0, 28, 14)
            foot.setSpacing(8)
            foot.addWidget(self.undo_bar)
            foot.addWidget(self.copy_bar)
            self._foot = QWidget()
            self._foot.setLayout(foot)
            self._foot.hide()
            self._right.addWidget(self._foot)
            clipboard.counting.connect(self.copy_bar.count)
            clipboard.cleared.connect(self._copy_over)
            self.copy_bar.clear_wanted.connect(clipboard.clear)
            self.undo_bar.ended.connect(self._look_at_foot)

    def tell(self, problem: Exception) -> None:
        """Show a UserError in the view that is on show; the window knows which that is."""

    def copy(self, secret: Secret, what: str) -> None:
        """Copy a secret and say so at the bottom."""
        if self.clipboard is not None:
            self.copy_bar.begin(what)
            self._foot.show()
            self.clipboard.copy(secret)

    def _copy_over(self) -> None:
        self.copy_bar.hide()
        self._look_at_foot()

    def offer_undo(self, what: str, undo: Callable[[], object], over: Callable[[], object] | None) -> None:
        """Say what was done, and let it be undone for ten seconds; then `over` makes it final."""
        self.undo_bar.offer(what, undo, over)
        self._foot.show()

    def _look_at_foot(self) -> None:
        self._foot.setVisible(not (self.copy_bar.isHidden() and self.undo_bar.isHidden()))

    # -------------------------------------------------------------------- looks
    def refresh(self) -> None:
        """Take the colors of the scheme in force."""
        self.side.refresh()
        for panel in self._panels.values():
            panel.refresh()
        if self._welcome is not None:
            self._welcome.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.set_narrow(self.width() < NARROW_UNDER)
