"""Looks from any system whether what the recipe for macOS names is in the packages for macOS.

python packaging/macos/check.py FOLDER

FOLDER is where the pinned packages for macOS lie (`make macos-check` fetches them).
"""

import plistlib
import re
import runpy
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HELPER = "Qt/lib/QtWebEngineCore.framework/Versions/A/Helpers/QtWebEngineProcess.app/Contents"


def missing_in(site_packages: Path) -> list[str]:
    """What the recipe, the program and its signature need and the packages have not."""
    pyside = site_packages / "PySide6"
    spec = (ROOT / "packaging" / "page-keys.spec").read_text("utf-8")
    plugins = re.findall(r'"(platforms|styles|iconengines|imageformats|tls|networkinformation)/"', spec)
    modules = runpy.run_path(str(ROOT / "packaging" / "prune.py"))["MODULES"]
    wanted = [
        *(pyside / f"{module}.abi3.so" for module in modules),
        *(pyside / "Qt" / "plugins" / plugin for plugin in plugins),
        pyside / "Qt/plugins/platforms/libqcocoa.dylib",
        pyside / HELPER / "MacOS/QtWebEngineProcess",
        pyside / HELPER / "Resources/QtWebEngineProcess.entitlements",
        pyside / "Qt/lib/QtWebEngineCore.framework/Versions/A/Resources/icudtl.dat",
        pyside / "Qt/lib/QtWebEngineCore.framework/Versions/A/Resources/qtwebengine_locales",
        site_packages / "keyring/backends/macOS/api.py",
    ]
    return [path.relative_to(site_packages).as_posix() for path in wanted if not path.exists()]


def faults(site_packages: Path) -> list[str]:
    """Everything that is wrong, a line each."""
    found = [f"not in the packages for macOS: {name}" for name in missing_in(site_packages)]
    info = plistlib.loads((ROOT / "packaging" / "macos" / "Info.plist").read_bytes())
    helper = plistlib.loads((site_packages / "PySide6" / HELPER / "Info.plist").read_bytes())
    if float(info["LSMinimumSystemVersion"]) < float(helper["LSMinimumSystemVersion"]):
        found.append(f"Qt asks for macOS {helper['LSMinimumSystemVersion']}, Info.plist for an older one")
    return found + [
        f"{wheel.parent.stem} asks for macOS {minimum}"
        for wheel in site_packages.glob("*.dist-info/WHEEL")
        for minimum in re.findall(r"macosx_(\d+)_\d+_(?:arm64|universal2)", wheel.read_text("utf-8"))
        if int(minimum) > float(info["LSMinimumSystemVersion"])
    ]


def main(site_packages: Path) -> None:
    found = faults(site_packages)
    print("\n".join(found) or "What the recipe for macOS names is in the packages for macOS.")
    sys.exit(bool(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
