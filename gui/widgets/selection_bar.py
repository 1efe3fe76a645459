"""The dark bar below the table while Pages are selected: what can be done with all of them."""

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from gui.i18n import _, ngettext
from gui.values import CopyFormat
from gui.widgets.icons import icon, set_icon
from gui.widgets.widget_factory import button, label, row

#: Words and icon of each way to copy.
_WAYS = {
    CopyFormat.LINES: (_("Copy as NAME=token lines"), "copy"),
    CopyFormat.TABLE: (_("Copy as a table"), "table"),
    CopyFormat.JSON: (_("Copy as JSON"), "braces"),
}


class SelectionBar(QFrame):
    """`copy_wanted` carries a CopyFormat; `client_wanted` where its menu should open."""

    copy_wanted = Signal(object)
    tool_wanted = Signal()
    colleague_wanted = Signal()
    export_wanted = Signal()
    client_wanted = Signal(QPoint)
    check_wanted = Signal()
    forget_wanted = Signal()
    all_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self._has_more = False
        self._words = label("", "strong", name="selectedWords")
        self._all = button("", self.all_wanted.emit, kind="onbar", name="selectAll")
        self._copy = button(
            _("Copy as lines"),
            lambda: self.copy_wanted.emit(CopyFormat.LINES),
            kind="onbar",
            icon="copy",
            name="manyCopy",
        )
        self._copy_menu_button = button("", self._show_ways, kind="onbar", icon="chevron-down", name="manyWays")
        self._copy_menu_button.setToolTip(_("More ways to copy"))
        self._copy_menu_button.setAccessibleName(_("More ways to copy"))
        self._export = button(_("Export"), self.export_wanted.emit, kind="onbar", icon="file-down", name="manyExport")
        self._client = button(_("Client"), self._ask_client, kind="onbar", icon="tag", name="manyClient")
        self._check = button(_("Check"), self.check_wanted.emit, kind="onbar", icon="heart-pulse", name="manyCheck")
        self._forget = button(_("Forget"), self.forget_wanted.emit, kind="onbar", icon="trash-2", name="manyForget")
        #: Their pictures alone say enough where there is no room.
        self._pictured = (self._export, self._client, self._check, self._forget)
        for press in self._pictured:
            press.setAccessibleName(press.text())
            press.setToolTip(press.text())
        close = button("", self.closed.emit, kind="onbar", icon="x", name="manyClose")
        close.setToolTip(_("Select none (Esc)"))
        close.setAccessibleName(_("Select none"))
        self._line = row(
            self._words,
            self._all,
            None,
            self._copy,
            self._copy_menu_button,
            self._export,
            self._client,
            self._check,
            self._forget,
            close,
            spacing=10,
        )
        self._line.setContentsMargins(16, 6, 8, 6)
        self.setLayout(self._line)
        self.hide()

    def show_count(self, count: int, shown_count: int) -> None:
        """So many Pages are selected, of so many that are shown."""
        self._words.setText(ngettext("{count} selected", "{count} selected", count))
        self._all.setText(ngettext("Select all {count}", "Select all {count}", shown_count))
        self._has_more = count < shown_count
        self.setVisible(count > 0)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        # It is made to fit whatever width there is.
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Say it in full where there is room, else as briefly as need be."""
        for brevity in range(4):
            self._copy.setText(_("Copy") if brevity else _("Copy as lines"))
            set_icon(self._copy, "copy", "on_bar")
            self._all.setVisible(self._has_more and brevity < 2)
            self._line.setSpacing(0 if brevity else 10)
            self._line.setContentsMargins(12 if brevity else 16, 6, 4 if brevity else 8, 6)
            for press in self._pictured:
                press.setText("" if brevity == 3 else press.accessibleName())
            if self._line.minimumSize().width() <= self.width():
                break

    def set_busy(self, busy: bool) -> None:
        for press in (self._copy, self._copy_menu_button, self._export, self._client, self._check, self._forget):
            press.setEnabled(not busy)

    def _show_ways(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("waysMenu")
        for copy_format, (words, picture) in _WAYS.items():
            action = menu.addAction(icon(picture), words)
            action.triggered.connect(lambda _=False, copy_format=copy_format: self.copy_wanted.emit(copy_format))
        menu.addAction(icon("plug-zap"), _("Copy for a tool …")).triggered.connect(lambda: self.tool_wanted.emit())
        menu.addAction(icon("users"), _("Hand over to a colleague …")).triggered.connect(
            lambda: self.colleague_wanted.emit()
        )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._copy_menu_button.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 6)))

    def _ask_client(self) -> None:
        self.client_wanted.emit(self._client.mapToGlobal(QPoint(0, 0)))
