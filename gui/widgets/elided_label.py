"""A label that shows as much of its text as there is room for; the whole of it is its tool tip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui.text import isolated
from gui.widgets.plain_text import plain_tip


def elided(text: str, metrics: QFontMetrics, width: int) -> str:
    """`text` cut to `width` pixels, such that one written from right to left does not turn its surroundings round."""
    return isolated(metrics.elidedText(text, Qt.TextElideMode.ElideRight, width))


class ElidedLabel(QLabel):
    """Shows `text()` cut to its width. `most` is how wide it likes to be at the most (pixels)."""

    def __init__(
        self, text: str = "", *, kind: str = "", name: str = "", most: int = 560, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._whole = ""
        self._most = most
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()
        self.updateGeometry()

    def _fit(self) -> None:
        elided_text = elided(self._whole, self.fontMetrics(), max(0, self.width()))
        self.setText(elided_text)
        self.setToolTip("" if elided_text == isolated(self._whole) else plain_tip(self._whole))

    def sizeHint(self) -> QSize:
        return QSize(
            min(self._most, self.fontMetrics().horizontalAdvance(self._whole) + 2), super().sizeHint().height()
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(min(60, self.sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
