"""The menu by which Pages are given to clients: a field for a new one, and a line for each there is."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget, QWidgetAction

from gui import theme
from gui.i18n import _, ngettext
from gui.values import Client
from gui.widgets.fields import PlainField
from gui.widgets.icons import dot, icon
from gui.widgets.plain_text import plain_words
from gui.widgets.widget_factory import row

_MOST = 24


class ClientMenu(QMenu):
    """`given` carries the name of a client to give the Pages to, `taken` a Client to take them from.

    `managed` when clients are to be renamed.
    """

    given = Signal(str)
    taken = Signal(object)
    managed = Signal()

    def __init__(self, clients: Sequence[Client], on_all: set[int], on_some: set[int], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("clientMenu")
        self._field = PlainField(_("New client: type a name, press Return"), _("New client"), "clientField")
        self._field.setMinimumWidth(230)
        self._field.returnPressed.connect(self._give)
        field_row = QWidget()
        line = row(self._field, spacing=0)
        line.setContentsMargins(8, 6, 8, 6)
        field_row.setLayout(line)
        action = QWidgetAction(self)
        action.setDefaultWidget(field_row)
        self.addAction(action)
        for client in clients[:_MOST]:
            is_given = client.id in on_all
            mark = "   ✓" if is_given else "   (some)" if client.id in on_some else ""
            words = f"{plain_words(client.name)}{mark}"
            client_action = self.addAction(dot(theme.avatar_at(client.color)), words)
            if is_given:
                client_action.triggered.connect(lambda _=False, client=client: self.taken.emit(client))
            else:
                client_action.triggered.connect(lambda _=False, name=client.name: self.given.emit(name))
        if len(clients) > _MOST:
            self.addAction(
                ngettext("{count} more: type the name above", "{count} more: type the name above", len(clients) - _MOST)
            ).setEnabled(False)
        if clients:
            self.addSeparator()
            self.addAction(icon("pencil"), _("Rename clients and choose colors")).triggered.connect(self.managed)
        self.aboutToHide.connect(self.deleteLater)
        self.aboutToShow.connect(self._field.setFocus)

    def _give(self) -> None:
        if self._field.text().strip():
            self.given.emit(self._field.text())
            self.close()
