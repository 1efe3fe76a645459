import ctypes
import sys
from typing import Any

import pytest
from PySide6.QtGui import QClipboard, QGuiApplication

from gui.desktop import clipboard as room
from gui.desktop.clipboard import SecretClipboard
from gui.values import Secret

TOKEN = Secret("EAAB" + "x7Qd" * 40)


@pytest.fixture
def clipboard(qapp, qtbot):
    made = SecretClipboard()
    made._beat.setInterval(10)
    yield made
    made.clear()


def test_a_copy_is_marked_as_a_secret(clipboard):
    clipboard.copy(TOKEN)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == TOKEN.reveal()
    assert data.data("x-kde-passwordManagerHint").data() == b"secret"
    assert any("ExcludeClipboardContentFromMonitorProcessing" in name for name in data.formats())
    assert any("concealed" in name for name in data.formats())


def test_the_selection_clipboard_is_left_alone(clipboard):
    clipboard.copy(TOKEN)
    assert QGuiApplication.clipboard().text(QClipboard.Mode.Selection) != TOKEN.reveal()


def test_it_counts_down_and_clears(clipboard, qtbot, monkeypatch):
    monkeypatch.setattr(room, "STAYS", 3)
    counted: list[int] = []
    cleared: list[bool] = []
    clipboard.counting.connect(counted.append)
    clipboard.cleared.connect(lambda: cleared.append(True))
    clipboard.copy(TOKEN)
    qtbot.waitUntil(lambda: bool(cleared))
    assert counted == [3, 2, 1]
    assert QGuiApplication.clipboard().text() == ""


def test_what_someone_else_copied_stays(clipboard, qtbot):
    cleared = []
    clipboard.cleared.connect(lambda: cleared.append(True))
    clipboard.copy(TOKEN)
    QGuiApplication.clipboard().setText("mine")
    qtbot.waitUntil(lambda: bool(cleared))
    clipboard.clear()
    assert QGuiApplication.clipboard().text() == "mine"


@pytest.mark.skipif(sys.platform != "win32", reason="Windows' own clipboard")
def test_windows_is_told_to_keep_a_secret_out_of_its_history_and_its_cloud(clipboard):
    """Microsoft, "Cloud Clipboard and Clipboard History Formats": a number, 0 for no; the first by being there."""
    windll: Any = ctypes.__dict__["windll"]
    clipboard.copy(TOKEN)
    user, kernel = windll.user32, windll.kernel32
    user.GetClipboardData.restype = kernel.GlobalLock.restype = ctypes.c_void_p
    kernel.GlobalLock.argtypes = kernel.GlobalUnlock.argtypes = [ctypes.c_void_p]
    found = {}
    assert user.OpenClipboard(None)
    try:
        for name in (
            "ExcludeClipboardContentFromMonitorProcessing", "CanIncludeInClipboardHistory", "CanUploadToCloudClipboard",
        ):  # fmt: skip
            number = user.RegisterClipboardFormatW(name)
            assert user.IsClipboardFormatAvailable(number), name
            handle = user.GetClipboardData(number)
            found[name] = ctypes.c_uint32.from_address(kernel.GlobalLock(handle)).value
            kernel.GlobalUnlock(handle)
    finally:
        user.CloseClipboard()
    assert found["CanIncludeInClipboardHistory"] == found["CanUploadToCloudClipboard"] == 0


def test_a_second_copy_starts_the_count_anew(clipboard, qtbot, monkeypatch):
    clipboard.copy(TOKEN)
    clipboard._left = 5
    clipboard.copy(Secret("EAAsecond" * 4))
    assert clipboard._left == room.STAYS
    assert QGuiApplication.clipboard().text() == "EAAsecond" * 4
