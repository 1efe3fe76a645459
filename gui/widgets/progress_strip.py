"""How far a long piece of work is: a bar, a count, and a way to stop it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from gui.widgets.pieces import button, label, row


class ProgressStrip(QWidget):
    """`cancelled` when the person stops the work."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._words = label("", "muted", name="progressWords")
        self._cancel = button("Cancel", self.cancelled.emit, kind="quiet", name="progressCancel")
        line = row(self._bar, self._words, self._cancel, spacing=12)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.hide()

    def begin(self, words: str) -> None:
        """Show it without a known length."""
        self._bar.setRange(0, 0)
        self._words.setText(words)
        self.show()

    def set_count(self, count: int, total: int, words: str) -> None:
        """`total` 0 means that the length is not known."""
        self._bar.setRange(0, total)
        self._bar.setValue(min(count, total))
        self._words.setText(words)
        self._bar.setAccessibleName(words)
        self.show()

    def say(self, words: str) -> None:
        self._words.setText(words)
