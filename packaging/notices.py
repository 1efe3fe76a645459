"""Prints the licenses of everything the bundle ships: python packaging/notices.py > NOTICES.txt."""

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = """Page Keys is under the MIT license (LICENSE).

It ships Qt and PySide6 under the LGPL, version 3: the Qt libraries lie as files of their own in _internal/PySide6
and may be replaced by other builds of the same version. Their source: the Qt Project's site and its mirrors.
The icons are Lucide's, under the ISC license (resources/icons/LICENSE-lucide).

The Python packages:
"""


def main() -> None:
    print(HEAD)
    for line in (ROOT / "packaging" / "requirements.txt").read_text("utf-8").splitlines():
        found = re.match(r"([A-Za-z0-9_.-]+)==", line)
        if found is None:
            continue
        try:
            package = distribution(found[1])
        except PackageNotFoundError:  # Pinned for another system, so it is not in this bundle.
            continue
        metadata = package.metadata
        license_name = metadata.get("License-Expression") or (metadata.get("License") or "see below").splitlines()[0]
        print(f"{'=' * 78}\n{metadata['Name']} {metadata['Version']}: {license_name}\n")
        for file in package.files or []:
            if re.search(r"(?i)(licen[cs]e|copying|notice)[^/]*$", str(file)) and "__pycache__" not in str(file):
                print(file.read_text("utf-8") if file.locate().exists() else "", end="\n\n")


if __name__ == "__main__":
    main()
