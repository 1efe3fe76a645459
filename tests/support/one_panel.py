"""One panel alone on the screen, with hands to drive it: no window, no other panel."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from shiboken6 import isValid

from gui.jobs import Jobs
from gui.panels.panel import Panel
from gui.shell.commands import Command, Request
from gui.tour.ui_driver import UiDriver, process_events
from gui.widgets.notice import Notice


class PlainPanel(Panel):
    """A panel of nothing but what every panel has."""

    def __init__(self, session, jobs):
        super().__init__(session, jobs, "Plain")


class OnePanel:
    """A panel of this kind for this session; `asked` are the Requests that it made, `copied` what it gave to copy."""

    def __init__(self, kind: Callable[[Any, Jobs], Panel], session, server, width=1000, height=760) -> None:
        self.server = server
        self.jobs = Jobs()
        #: The panel; each test knows its kind.
        self.panel: Any = kind(session, self.jobs)
        self.driver = UiDriver(self.panel)
        self.asked: list[Request] = []
        self.copied: list[tuple[Any, str]] = []
        self.panel.requested.connect(self.asked.append)
        self.panel.copied.connect(lambda secret, what: self.copied.append((secret, what)))
        self.panel.resize(width, height)
        self.panel.show()

    def signals(self, name: str) -> list[Any]:
        """What a signal of the panel carries from now on: its one value, or all of several."""
        heard: list[Any] = []
        getattr(self.panel, name).connect(lambda *values: heard.append(values[0] if len(values) == 1 else values))
        return heard

    def press(self, name: str) -> None:
        """Click a button of the panel itself, once it can be seen and pressed; scrolled into sight first."""
        button = self.driver.find(name)
        inside: QWidget | None = button.parentWidget()
        while inside is not None:
            ensure = getattr(inside, "ensureWidgetVisible", None)
            if ensure is not None:
                ensure(button)
            inside = inside.parentWidget()
        self.driver.click(button)

    def choose(self, name: str) -> None:
        """Tick a box or take a choice by the keyboard, whose space bar needs no place."""
        QTest.keyClick(self.driver.find(name), Qt.Key.Key_Space)

    def text(self, name: str) -> str:
        return self.driver.text(name)

    def notice(self, title_part: str, seconds: float = 20.0) -> Notice:
        return self.driver.notice(title_part, seconds)

    def titles(self) -> list[str]:
        """What the notices on show say."""
        return [one.text.title for one in self.panel.notices.notices()]

    def words(self) -> str:
        """All that the panel's widgets say."""
        return _said(self.panel)

    def commands(self) -> list[Command]:
        return [request.command for request in self.asked]

    def close(self) -> None:
        """Let go of the panel; nothing in it may say a secret to somebody who reads names, tips or words."""
        said = _said(self.panel)
        self.panel.close()
        self.jobs.wait(10)
        self.panel.deleteLater()
        while isValid(self.panel):
            process_events(10)
        for secret in (*self.server.world.given_out, self.server.world.app_secret):
            assert secret not in said, "a secret is said by a widget"


def _said(root: QWidget) -> str:
    words: list[str] = []
    for widget in (root, *root.findChildren(QWidget)):
        words += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()]
        if isinstance(widget, QLabel | QAbstractButton):
            words.append(widget.text())
    return "\n".join(words)
