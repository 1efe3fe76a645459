"""Asks for one short text: another name for something."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gui.i18n import _
from gui.widgets.fields import PlainField
from gui.widgets.widget_factory import button, label, row


class AskText(QDialog):
    """`given` carries what was typed when the person takes it."""

    given = Signal(str)

    def __init__(self, title: str, words: str, text: str, press: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("askDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._field = PlainField("", title, "askField")
        self._field.setMaxLength(60)
        self._field.setText(text)
        self._field.selectAll()
        self._field.returnPressed.connect(self._give)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 20, 18)
        box.setSpacing(12)
        box.addWidget(label(title, "heading", wrap=True))
        box.addWidget(label(words, "muted", wrap=True))
        box.addWidget(self._field)
        box.addLayout(
            row(
                None,
                button(_("Cancel"), self.close, kind="quiet", name="askCancel"),
                button(press, self._give, kind="main", name="askGo"),
                spacing=10,
            )
        )
        self.resize(440, 200)
        self._field.setFocus()

    def _give(self) -> None:
        self.given.emit(self._field.text())
        self.close()
