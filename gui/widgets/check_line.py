"""A check box whose words go on in the next line where there is no room: Qt's own cuts them off."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from gui.widgets.press_button import CheckBox
from gui.widgets.widget_factory import label, row


class CheckLine(QWidget):
    """`box` is the check box, of this object name; a click on the words is one on it."""

    def __init__(self, words: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = CheckBox()
        self.box.setObjectName(name)
        self.box.setAccessibleName(words)
        words_label = label(words, wrap=True)
        words_label.setBuddy(self.box)
        line = row(self.box, words_label, spacing=6)
        line.setStretch(1, 1)
        line.setAlignment(self.box, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.box.click()
