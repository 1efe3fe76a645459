"""Writes what the bundle ships of others: NOTICES.txt, their licenses, and sbom.cdx.json, the parts (CycloneDX).

python packaging/third_party.py FOLDER

It looks at the pinned packages that the Python which runs it has, as PyInstaller does. SOURCE_DATE_EPOCH is the moment
that the list bears. PAGE_KEYS_RELEASES, where it is set, is the address of the page that *Check for updates* opens; it
goes into release-page.txt beside the two.
"""

import os
import platform
import re
import runpy
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parent.parent
VERSION = runpy.run_path(str(ROOT / "gui" / "__init__.py"))["__version__"]

HEAD = f"""Page Keys {VERSION} is under the MIT license (LICENSE).

It ships Qt and PySide6 under the LGPL, version 3 (at the end of this file): the Qt libraries lie as files of their own
in the folder PySide6 beside the program's other parts and may be replaced by other builds of the same version. Their
source: the Qt Project's site and its mirrors. Chromium, in Qt WebEngine, is under the BSD license; the licenses of its
parts stand in its own source.
The icons are Lucide's, under the ISC license (resources/icons/LICENSE-lucide).

Python {platform.python_version()} is under the PSF license.

The Python packages:
"""
LICENSE_FILE = re.compile(r"(?i)(licen[cs]e|copying|notice)[^/]*$")


def shipped_packages() -> Iterator[Distribution]:
    """The pinned packages that are here: others are pinned for other systems."""
    for line in (ROOT / "packaging" / "requirements.txt").read_text("utf-8").splitlines():
        if found := re.match(r"([A-Za-z0-9_.-]+)==", line):
            try:
                yield distribution(found[1])
            except PackageNotFoundError:
                continue


def license_of(package: Distribution) -> str:
    """What a package calls its license, in a line."""
    metadata = package.metadata
    named = metadata.get("License-Expression") or (metadata.get("License") or "").strip().partition("\n")[0]
    classifiers = (one.rpartition(" :: ")[2] for one in metadata.get_all("Classifier", []) if one.startswith("License"))
    return named or " OR ".join(classifiers) or "see its source"


def notices() -> str:
    """The licenses, whole."""
    parts = [HEAD]
    for package in shipped_packages():
        parts.append(f"{'=' * 78}\n{package.metadata['Name']} {package.version}: {license_of(package)}\n")
        texts = [
            file
            for file in package.files or []
            if LICENSE_FILE.search(str(file)) and file.suffix != ".pyc" and file.locate().is_file()
        ]
        parts += [f"{file.read_text('utf-8')}\n" for file in sorted(texts)]
    for file in sorted((ROOT / "packaging" / "licenses").iterdir()):
        parts.append(f"{'=' * 78}\n{file.stem}\n\n{file.read_text('utf-8')}")
    return "\n".join(parts)


def bill_of_materials() -> str:
    """The parts as CycloneDX says them, in JSON; the same parts give the same text."""
    licenses = LicenseFactory()
    program = Component(
        type=ComponentType.APPLICATION, name="page-keys", version=VERSION, bom_ref=f"page-keys@{VERSION}",
        licenses=[licenses.make_with_id("MIT")],
    )  # fmt: skip
    python = Component(
        type=ComponentType.PLATFORM, name="CPython", version=platform.python_version(), bom_ref="cpython",
        purl=PackageURL("generic", None, "python", platform.python_version()),
        licenses=[licenses.make_with_id("Python-2.0")],
    )  # fmt: skip
    components = [python]
    for package in shipped_packages():
        name = package.metadata["Name"]
        purl = PackageURL("pypi", None, re.sub(r"[-_.]+", "-", name).lower(), package.version)
        components.append(
            Component(
                type=ComponentType.LIBRARY, name=name, version=package.version, purl=purl, bom_ref=str(purl),
                licenses=[licenses.make_from_string(license_of(package))],
            )
        )  # fmt: skip
    parts = " ".join(str(one.bom_ref) for one in (program, python, *sorted(components)))
    bom = Bom(components=components, serial_number=uuid5(NAMESPACE_URL, f"{parts} {python.version}"))
    bom.metadata.component = program
    bom.metadata.timestamp = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), UTC)
    bom.register_dependency(program, components)
    return str(make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=1)) + "\n"


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "NOTICES.txt").write_text(notices(), "utf-8", newline="\n")
    (folder / "sbom.cdx.json").write_text(bill_of_materials(), "utf-8", newline="\n")
    page = folder / "release-page.txt"
    page.unlink(missing_ok=True)
    if address := os.environ.get("PAGE_KEYS_RELEASES"):
        page.write_text(address, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
