"""What a built program brings about itself: the parts made by others, their licenses, and where its releases are.

packaging/third_party.py writes it. A program that runs from its source has none of it.
"""

import json
from pathlib import Path
from urllib.parse import urlsplit

from gui.paths import RESOURCES

_FOLDER = RESOURCES / "third-party"


def notices(folder: Path = _FOLDER) -> Path | None:
    """The file of licenses, where there is one."""
    path = folder / "NOTICES.txt"
    return path if path.is_file() else None


def part_count(folder: Path = _FOLDER) -> int:
    """How many parts the list of parts (CycloneDX) names; 0 where there is none that can be read."""
    try:
        components = json.loads((folder / "sbom.cdx.json").read_text("utf-8"))["components"]
        return len(components)
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def release_page(folder: Path = _FOLDER) -> str:
    """The address of the page with this program's releases, or empty: whoever built it may have named none."""
    try:
        address = (folder / "release-page.txt").read_text("utf-8").strip()
        parts = urlsplit(address)
    except (OSError, ValueError):
        return ""
    return address if parts.scheme == "https" and parts.hostname and "@" not in parts.netloc else ""
