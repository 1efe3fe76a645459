"""Everything that is known of a Page's token, in a window of its own."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gui.i18n import _
from gui.values import Fact
from gui.widgets.facts_list import FactsList
from gui.widgets.widget_factory import button, label, row, scrolled


class FactsDialog(QDialog):
    """`test_wanted` when Facebook is to be asked now."""

    test_wanted = Signal()

    def __init__(self, title: str, second: str, facts: Sequence[Fact], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("factsDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("What is known about this token"))
        facts_list = FactsList()
        facts_list.set_facts(facts)
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 8, 0)
        layout.addWidget(facts_list)
        layout.addStretch(1)
        close = button(_("Close"), self.close, kind="main", name="factsClose")
        outer_layout = QVBoxLayout(self)
        outer_layout.setContentsMargins(24, 20, 18, 18)
        outer_layout.setSpacing(12)
        outer_layout.addWidget(label(title, "heading", wrap=True))
        if second:
            outer_layout.addWidget(label(second, "second"))
        outer_layout.addWidget(scrolled(layout), 1)
        outer_layout.addLayout(
            row(None, button(_("Test it now"), self._test, icon="circle-check", name="factsTest"), close)
        )
        self.resize(560, min(560, 190 + 34 * len(facts)))
        close.setFocus()

    def _test(self) -> None:
        self.test_wanted.emit()
        self.close()
