"""The main window: side bar, the panel on show, the bars at the bottom; folds in a narrow window. Knows no panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from gui.widgets import icons
from gui.widgets.focus_order import focus_first, focus_next
from gui.widgets.side_bar import SideBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent

    from gui.desktop.clipboard import SecretClipboard
    from gui.values import Secret
    from gui.widgets.copy_bar import CopyBar
    from gui.widgets.keychain_bar import KeychainBar
    from gui.widgets.undo_bar import UndoBar

#: Under this width (pixels) the side bar folds to icons.
NARROW_UNDER = 980


class Canvas(QStackedWidget):
    """The window's ground; `painted` comes once, right after its first paint."""

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


class MainWindow(QMainWindow):
    """The main window.

    `painted` comes right after the first paint, `text_changed` when the system's font is another, `refreshed` when the
    scheme or the size of text changed, `closing` when the window closes for good. `side` is the side bar; `copy_bar`,
    `undo_bar` and `keychain_bar` stand at the bottom once the window is furnished.
    With `stays_when_closed` closing only hides it, and the program goes on.
    """

    painted = Signal()
    text_changed = Signal()
    refreshed = Signal()
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Page Keys")
        self.stays_when_closed = False
        self.copy_bar: CopyBar | None = None
        self.undo_bar: UndoBar | None = None
        self.keychain_bar: KeychainBar | None = None
        self._clipboard: SecretClipboard | None = None
        self._canvas = Canvas()
        self._canvas.painted.connect(self.painted)
        self._frame = QWidget()
        self._panels = QStackedWidget()
        #: Not the stacks' own: they show another by themselves when the one on show goes.
        self._current: QWidget | None = None
        self.side = SideBar()
        line = QHBoxLayout(self._frame)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._panels, 1)
        self._foot = QWidget()
        self._foot.hide()
        self._column.addWidget(self._foot)
        line.addWidget(self.side)
        line.addLayout(self._column, 1)
        self._canvas.addWidget(self._frame)
        self.setCentralWidget(self._canvas)

    def furnish(self, clipboard: SecretClipboard) -> None:
        """Take what the first paint did not need.

        That is icons, the clipboard that secrets are copied to, and the bars at the bottom.
        """
        # Not before the first paint.
        from gui.widgets.copy_bar import CopyBar
        from gui.widgets.keychain_bar import KeychainBar
        from gui.widgets.logo import logo_icon
        from gui.widgets.undo_bar import UndoBar

        icons.wake(self)
        self.side.refresh()
        self.setWindowIcon(logo_icon())
        self._clipboard = clipboard
        self.copy_bar, self.undo_bar, self.keychain_bar = CopyBar(), UndoBar(), KeychainBar()
        bars = QVBoxLayout()
        bars.setContentsMargins(28, 0, 28, 14)
        bars.setSpacing(8)
        bars.addWidget(self.keychain_bar)
        bars.addWidget(self.undo_bar)
        bars.addWidget(self.copy_bar)
        self._foot.setLayout(bars)
        clipboard.counting.connect(self.copy_bar.count)
        clipboard.cleared.connect(self._hide_copy_bar)
        self.copy_bar.clear_wanted.connect(clipboard.clear)
        self.undo_bar.ended.connect(self._fit_foot)

    # ----------------------------------------------------------------- contents
    def add_panel(self, panel: QWidget, *, whole_window: bool = False) -> None:
        """Take a panel; with `whole_window` it is shown without the side bar."""
        (self._canvas if whole_window else self._panels).addWidget(panel)

    def remove_panel(self, panel: QWidget) -> None:
        """Delete a panel, and all it holds."""
        for stack in (self._canvas, self._panels):
            if stack.indexOf(panel) >= 0:
                stack.removeWidget(panel)
        if self._current is panel:
            self._current = None
        panel.deleteLater()

    def show_panel(self, panel: QWidget) -> None:
        """Put a panel on show; the focus, if it was in the one before, is in it."""
        focus = self.focusWidget()
        was_in_panel = self._current is not None and focus is not None and self._current.isAncestorOf(focus)
        self._current = panel
        if self._panels.indexOf(panel) >= 0:
            self._panels.setCurrentWidget(panel)
            self._canvas.setCurrentWidget(self._frame)
        else:
            self._canvas.setCurrentWidget(panel)
        focus = self.focusWidget()
        if focus is None or not focus.isVisible() or (was_in_panel and not panel.isAncestorOf(focus)):
            # What had it in the view before is hidden with that view.
            focus_first(panel)

    def shows(self, panel: QWidget) -> bool:
        """Whether a panel is the one on show."""
        return panel is self._current

    # --------------------------------------------------------------------- bars
    def copy(self, secret: Secret, description: str) -> None:
        """Copy a secret and say so at the bottom."""
        if self._clipboard is not None and self.copy_bar is not None:
            self.copy_bar.begin(description)
            self._foot.show()
            self._clipboard.copy(secret)

    def offer_undo(self, description: str, undo: Callable[[], object], finish: Callable[[], object] | None) -> None:
        """Say what was done, and let it be undone for ten seconds; `finish` makes it final if it is not."""
        if self.undo_bar is not None:
            self.undo_bar.offer(description, undo, finish)
            self._foot.show()

    def drop_undo(self) -> None:
        """Offer no undo any more; what was hidden is deleted at the next start."""
        if self.undo_bar is not None:
            self.undo_bar.drop()

    def show_keychain_prompt(self, stands: bool) -> None:
        """Say that the keychain's own program waits for the person, or that it does no more."""
        if self.keychain_bar is not None:
            self._foot.show()
            self.keychain_bar.show_prompt(stands)
            self._fit_foot()

    def _hide_copy_bar(self) -> None:
        assert self.copy_bar is not None
        self.copy_bar.hide()
        self._fit_foot()

    def _fit_foot(self) -> None:
        bars = (self.copy_bar, self.undo_bar, self.keychain_bar)
        self._foot.setVisible(any(bar is not None and not bar.isHidden() for bar in bars))

    # -------------------------------------------------------------------- looks
    def refresh(self) -> None:
        """Take the colors of the scheme in force, and its size of text."""
        self.side.refresh()
        self.refreshed.emit()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            # What is in the window has it only after the window.
            QTimer.singleShot(0, self.text_changed.emit)
        return handled

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Qt's own order is that in which things were made, and much is made later than what it stands before. A window
        # that goes asks, too, when what it holds is gone in part.
        return self.isVisible() and (self._focus_from_foot() or focus_next(self._canvas, forward=forward))

    def _focus_from_foot(self) -> bool:
        """Where a bar goes that had the focus, give it to what had it in the panel; whether that was so."""
        focus = self.focusWidget()
        if self._current is None or focus is None or focus.isVisible() or not self._foot.isAncestorOf(focus):
            return False
        before = self._current.focusWidget()
        if before is None or not before.isVisible() or not before.isEnabled():
            return False
        before.setFocus()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.set_narrow(self.width() < NARROW_UNDER)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._clipboard is not None and self.undo_bar is not None:
            self._clipboard.clear()
            self.undo_bar.finish()
        if self.stays_when_closed:
            self.hide()
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)
