"""The keys that work in every view, as each system has them. Help lists them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from gui.shell.commands import Command, Request

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

_Key = QKeySequence.StandardKey


def add_window_keys(
    window: QWidget, navigate: Callable[[Request], object], undo: Callable[[], object], end: Callable[[], object]
) -> None:
    """Give the window its keys: help, a list of keys, an error to explain, settings, undo, close, end the program."""
    show_help = functools.partial(navigate, Request(Command.SHOW_HELP))
    show_keys = functools.partial(navigate, Request(Command.SHOW_HELP, topic="keys"))
    explain_error = functools.partial(navigate, Request(Command.EXPLAIN_ERROR))
    show_settings = functools.partial(navigate, Request(Command.SHOW_SETTINGS))
    for standard_key, more, call in (
        (_Key.HelpContents, "F1", show_help),
        (_Key.UnknownKey, "Ctrl+?", show_keys),
        (_Key.UnknownKey, "Ctrl+E", explain_error),
        (_Key.Preferences, "Ctrl+,", show_settings),
        (_Key.Undo, "", undo),
        (_Key.Close, "Ctrl+W", window.close),
        (_Key.Quit, "Ctrl+Q", end),
    ):
        names = [key.toString() for key in QKeySequence.keyBindings(standard_key)]
        shortcut = QShortcut(window)
        # A system may have ours among its own: a key that stands twice does nothing.
        shortcut.setKeys([QKeySequence(name) for name in dict.fromkeys([*names, more]) if name])
        shortcut.activated.connect(call)
