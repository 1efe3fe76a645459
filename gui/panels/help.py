"""Help: how it works, why tokens die, and where things are, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QTextBrowser, QVBoxLayout, QWidget

from gui.jobs import Jobs
from gui.panels.panel import Panel
from gui.paths import RESOURCES

if TYPE_CHECKING:
    from gui.services.session import Session


class HelpPanel(Panel):
    """The help text, from resources/help.md."""

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, "Help", parent)
        frame = QFrame()
        frame.setProperty("kind", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(20, 12, 8, 12)
        self._text = QTextBrowser()
        self._text.setObjectName("helpText")
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        self._text.setStyleSheet("background: transparent;")
        self._text.setOpenLinks(False)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self._text.setMarkdown((RESOURCES / "help.md").read_text("utf-8"))
        inside.addWidget(self._text)
        self.body.addWidget(frame)
