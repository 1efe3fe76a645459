"""What Windows and Wine cannot have, test by test, and why. A test that is named nowhere here runs on every system."""

from __future__ import annotations

import ctypes
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

_BUS = "Linux's message bus and its keychains"
_SIGNALS = "Linux's keychain, whose process is stopped or called beside the program"
_LINUX = ("Linux", "X11")
_WEB_VIEW = "the web view"

#: Files, or tests by the start of their names.
NOT_ON_WINDOWS = {
    "tests/unit/test_prepare.py": "Linux's packages",
    "tests/unit/files/test_kdbx.py::test_keepassxc_opens_what_is_written": "KeePassXC's own program",
    "tests/unit/files/test_kdbx.py::test_the_end_is_the_entrys_own": "KeePassXC's own program",
    "tests/unit/files/test_kdbx.py::test_what_keepassxc_writes_is_read": "KeePassXC's own program",
    "tests/unit/files/test_kdbx.py::test_what_was_deleted_is_not_read": "KeePassXC's own program",
    "tests/unit/services/test_remove_data.py::test_the_program_removes_all_that_is_kept": (
        "Linux alone lets a test name another folder for it: elsewhere it would remove what the person keeps"
    ),
    "tests/unit/services/test_remove_data.py::test_without_a_keychain_nothing_is_deleted_and_that_is_said": _BUS,
    "tests/unit/tour/test_private_session.py": _BUS,
    "tests/unit/vault/test_busy_bus.py": _BUS,
    "tests/unit/vault/test_crash.py": f"{_BUS}, and a signal that kills between two writes",
    "tests/unit/vault/test_default_keychain.py": _BUS,
    "tests/unit/vault/test_keepassxc.py": _BUS,
    "tests/unit/vault/test_vault.py::test_no_backend_but_the_systems_is_ever_chosen": _BUS,
    "tests/unit/vault/test_vault.py::test_a_hung_keychain_is_not_waited_for": _SIGNALS,
    "tests/unit/vault/test_vault.py::test_a_killed_keychain_is_told_and_comes_back": _SIGNALS,
    "tests/window/test_clipboard_x11.py": "X11's clipboard",
    "tests/window/test_exchange_panel.py::test_a_keychain_that_refuses_leaves_the_tokens_in_the_window": _SIGNALS,
    "tests/window/test_exchange_panel.py::test_keeping_can_be_stopped_and_one_goes_on": _SIGNALS,
    "tests/window/test_export_panel.py::test_the_end_of_one_export_leaves_what_is_typed_for_the_next": (_SIGNALS),
    "tests/window/test_reminder_service.py": f"{_BUS}: notifications",
    "tests/window/test_system_proxy.py": f"{_BUS}: its desktop portal",
    "tests/window/test_theme.py::test_a_desktop_that_turned_animations_off_wants_no_motion": f"{_BUS}: its portal",
    "tests/window/test_theme.py::test_the_systems_high_contrast_is_followed_unless_another_is_chosen": (
        "on Windows the person's own colors are taken, as another test there says"
    ),
    "tests/window/test_window_place.py": "Qt's screens by a file, whose path may hold no colon",
}
UNDER_WINE = {
    "tests/unit/files/test_child.py::test_more_memory_than_its_limit_is_refused": "a job's limit of memory",
    "tests/unit/graph/test_client.py::test_a_certificate_that_does_not_verify_is_refused": "certificates of addresses",
    "tests/unit/graph/test_company_network.py": "a root that was not sent is not missed",
    "tests/window/test_login_panel.py": _WEB_VIEW,
    "tests/window/test_passkey_bar.py": _WEB_VIEW,
    "tests/window/test_web_view.py": _WEB_VIEW,
}

#: What people call the keychain that tests keep in.
KEYCHAIN_NAME = {"win32": "Windows Credential Manager", "darwin": "macOS Keychain"}.get(sys.platform, "GNOME Keyring")


def is_wine() -> bool:
    """Whether this Windows is Wine's."""
    return sys.platform == "win32" and hasattr(ctypes.windll.ntdll, "wine_get_version")


def missing_here() -> dict[str, str]:
    """What cannot run on this system."""
    if sys.platform == "darwin":
        return {name: f"macOS: {reason}" for name, reason in NOT_ON_WINDOWS.items() if reason.startswith(_LINUX)}
    if sys.platform != "win32":
        return {}
    wine = {name: f"Wine: {reason}" for name, reason in UNDER_WINE.items()} if is_wine() else {}
    return {name: f"Windows: {reason}" for name, reason in NOT_ON_WINDOWS.items()} | wine


def can_import(path: Path, root: Path) -> bool:
    """Whether a test file may be imported here: some import at their head what other systems have not."""
    return path.relative_to(root).as_posix() not in missing_here()


def skip_missing(items: list[pytest.Item]) -> None:
    """Name the reason of each test that cannot run here."""
    missing = missing_here()
    for item in items:
        for name, reason in missing.items():
            if item.nodeid == name or item.nodeid.startswith((f"{name}[", f"{name}::")):
                item.add_marker(pytest.mark.skip(reason=reason))
