"""Drives the real window: real clicks and keys, waiting for what must come, pictures."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from gui.widgets.focus_order import bring_into_sight
from gui.widgets.notice import Notice

_LONGEST_WAIT = 20.0


def process_events(milliseconds: int) -> None:
    """Let the program run for a while. QTest.qWait would keep other threads from running."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def type_text(widget: QWidget, text: str) -> None:
    """Press the keys of a text, letters outside ASCII too: for those QTest would end the program."""
    for character in text:
        if character.isascii():
            QTest.keyClicks(widget, character)
            continue
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, character)
            QApplication.sendEvent(widget, event)


class NotSeen(AssertionError):
    """What a step must show did not come."""


class UiDriver:
    """Works one window as a person would."""

    def __init__(self, window: QWidget) -> None:
        self.window = window

    # ------------------------------------------------------------------ seeing
    def wait(self, condition: Callable[[], Any], what: str, seconds: float = _LONGEST_WAIT) -> Any:
        """Let the program run until `condition` gives something true; else NotSeen, which says what is on show."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            result = condition()
            if result:
                return result
            process_events(15)
        title = self.seen("panelTitle", QLabel)
        notices = [one.text.kind or one.text.title for one in self._notices()]
        raise NotSeen(
            f"did not come within {seconds:.0f} s: {what}"
            f" (view: {title.text() if title is not None else 'none'}; notices: {', '.join(notices) or 'none'})"
        )

    def _notices(self) -> list[Notice]:
        return [one for one in self.window.findChildren(Notice) if one.isVisible()]

    def find(self, name: str, kind: Any = QWidget) -> Any:
        """The visible widget of this object name."""
        return self.wait(lambda: self.seen(name, kind), f"a visible {name}")

    def seen(self, name: str, kind: Any = QWidget) -> Any:
        """The visible widget of this object name, or None."""
        for root in (self.window, *QApplication.topLevelWidgets()):
            for widget in root.findChildren(kind, name):
                if widget.isVisible():
                    return widget
        return None

    def text(self, name: str) -> str:
        """What a visible label says."""
        return str(self.find(name, QLabel).text())

    def wait_title(self, title: str, seconds: float = _LONGEST_WAIT) -> None:
        """Until the view with this title is on show."""
        self.wait(
            lambda: (title_label := self.seen("panelTitle", QLabel)) is not None and title_label.text() == title,
            f"the view “{title}”",
            seconds,
        )

    def notice(self, title_part: str, seconds: float = _LONGEST_WAIT) -> Notice:
        """The visible notice whose title holds these words."""

        def look() -> Notice | None:
            return next((one for one in self._notices() if title_part in one.text.title), None)

        return self.wait(look, f"a notice “{title_part}”", seconds)  # type: ignore[no-any-return]

    def clipboard(self) -> str:
        return str(QGuiApplication.clipboard().text())

    # ------------------------------------------------------------------- doing
    def click(self, target: str | QWidget, position: QPoint | None = None) -> None:
        """A real click on a visible, enabled widget, scrolled into sight first."""
        widget = self.find(target) if isinstance(target, str) else target
        self.wait(widget.isEnabled, f"{widget.objectName()} to be enabled")
        bring_into_sight(widget)
        QTest.mouseClick(
            widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, position or widget.rect().center()
        )
        process_events(20)

    def type_into(self, name: str, text: str) -> None:
        """Click a field, empty it, and type."""
        field = self.find(name)
        self.click(field)
        QTest.keySequence(field, "Ctrl+A")
        QTest.keyClick(field, Qt.Key.Key_Delete)
        type_text(field, text)
        process_events(20)

    def key(self, target: QWidget, sequence: str) -> None:
        QTest.keySequence(target, sequence)
        process_events(20)

    def choose_in_menu(self, words: str) -> None:
        """Click the line of the open menu that says this."""

        def look() -> QMenu | None:
            return next((one for one in self.window.findChildren(QMenu) if one.isVisible()), None)

        menu: QMenu = self.wait(look, "a menu")
        action = next((one for one in menu.actions() if one.text() == words), None)
        if action is None:
            raise NotSeen(f"the menu does not say “{words}”")
        QTest.mouseClick(
            menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, menu.actionGeometry(action).center()
        )
        process_events(20)

    # ----------------------------------------------------------- the web page
    def ask_page(self, login: Any, script: str) -> Any:
        """What a script in the login page gives."""
        answers: list[Any] = []
        view = login.web_view()
        if view is None:
            return None
        view.run_script(script, answers.append)
        deadline = time.monotonic() + 5
        while not answers and time.monotonic() < deadline:
            process_events(10)
        return answers[0] if answers else None

    def page_element(self, login: Any, selector: str) -> QRect:
        """Where an element of the login page stands, once it is there and at rest."""
        script = (
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); "
            "if (!e || document.readyState !== 'complete') return ''; e.scrollIntoView({block: 'center'}); "
            "const r = e.getBoundingClientRect(); return JSON.stringify([r.x, r.y, r.width, r.height]); })()"
        )

        def look() -> QRect | None:
            bounds = self.ask_page(login, script)
            if not bounds:
                return None
            x, y, w, h = json.loads(bounds)
            return QRect(round(x), round(y), max(1, round(w)), max(1, round(h)))

        at_rest: list[QRect] = []

        def still() -> QRect | None:
            bounds = look()
            if bounds is not None:
                at_rest.append(bounds)
            return bounds if len(at_rest) > 1 and at_rest[-2] == bounds else None

        rect: QRect = self.wait(still, f"{selector} in the login page")
        return rect

    def click_page(self, login: Any, selector: str) -> None:
        """A real click into the login page."""
        center = self.page_element(login, selector).center()
        QTest.mouseClick(
            login.web_view().input_widget(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, center
        )
        process_events(60)

    def type_page(self, login: Any, selector: str, text: str) -> None:
        """Click a field of the login page and type; every character must have arrived."""
        self.click_page(login, selector)
        QTest.keyClicks(login.web_view().input_widget(), text)
        self.wait(
            lambda: self.ask_page(login, f"document.querySelector({json.dumps(selector)}).value.length") == len(text),
            f"{len(text)} characters in {selector}",
            8,
        )

    def log_in(self, login: Any, person: int, password: str = "practice") -> None:
        """Go through the practice Facebook's dialog as one of its people."""
        self.click_page(login, f"#person{person}")
        self.type_page(login, "#password", password)
        self.click_page(login, "#enter")

    # ---------------------------------------------------------------- pictures
    def picture(self, path: Path) -> None:
        """The window as it is now."""
        process_events(120)
        self.window.grab().save(str(path))
