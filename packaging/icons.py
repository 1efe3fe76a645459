"""Draws the program's icons from its mark, for each system: python packaging/icons.py FOLDER."""

import os
import struct
import sys
from pathlib import Path

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
#: Apple's names for PNG entries of an .icns file, by size.
ICNS = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09"}


def ico(pictures: dict[int, bytes]) -> bytes:
    """A Windows icon of PNG pictures."""
    sizes = [size for size in pictures if size <= 256]
    head, body, offset = struct.pack("<HHH", 0, 1, len(sizes)), b"", 6 + 16 * len(sizes)
    for size in sizes:
        data = pictures[size]
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), offset + len(body))
        body += data
    return head + body


def icns(pictures: dict[int, bytes]) -> bytes:
    """An Apple icon of PNG pictures."""
    entries = b"".join(
        name + struct.pack(">I", 8 + len(pictures[size])) + pictures[size] for size, name in ICNS.items()
    )
    return b"icns" + struct.pack(">I", 8 + len(entries)) + entries


def main(folder: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtWidgets import QApplication

    from gui.widgets import logo

    application = QApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {}
    for size in SIZES:
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        logo.logo_pixmap(size).save(buffer, "PNG")
        pictures[size] = data.data()
        (folder / f"page-keys-{size}.png").write_bytes(pictures[size])
    (folder / "page-keys.ico").write_bytes(ico(pictures))
    (folder / "page-keys.icns").write_bytes(icns(pictures))
    application.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
