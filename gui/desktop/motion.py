"""Whether this computer's settings ask for less motion. Qt 6.11 does not say."""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import QSettings

from gui.desktop.portal import ask_portal

#: SystemParametersInfo's question for "Show animations in Windows".
_SPI_GETCLIENTAREAANIMATION = 0x1042


def wants_motion() -> bool:
    """Whether things may move. On Linux it asks the desktop, which may take seconds: not for the window's thread."""
    if sys.platform == "win32":
        return _of_windows()
    if sys.platform == "darwin":
        # "Reduce motion" under Accessibility, Display: com.apple.universalaccess.
        return not _is_true(QSettings("apple.com", "universalaccess").value("reduceMotion"))
    answer = ask_portal("Settings", "Read", "ss", "org.gnome.desktop.interface", "enable-animations")
    return answer is None or bool(_plain(answer[0]))


def _of_windows() -> bool:
    import ctypes

    moving = ctypes.c_int(1)
    user32: Any = ctypes.WinDLL("user32")  # type: ignore[attr-defined]
    asked = user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(moving), 0)
    return not asked or bool(moving.value)


def _is_true(value: object) -> bool:
    """A setting that the system keeps as a number, a boolean or a word."""
    return str(value).lower() in {"1", "true", "yes"}


def _plain(value: Any) -> Any:
    """A D-Bus variant's value, which may be a variant in a variant."""
    while isinstance(value, tuple) and len(value) == 2:
        value = value[1]
    return value
