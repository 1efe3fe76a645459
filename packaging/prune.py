"""Removes from the bundle every library that nothing in it asks for, and on Linux those that the system brings.

python packaging/prune.py FOLDER

On Linux it needs objdump, on Windows pefile, which PyInstaller brings. On macOS it does nothing.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

#: What every desktop has, in a version that fits its graphics and its services: a copy from the machine that built
#: would be older than what the system's own drivers ask for (as the AppImage project's list of excluded libraries
#: says). The package names them as what it depends on.
OF_THE_SYSTEM = re.compile(
    r"lib(?:stdc\+\+|gcc_s|X11|X11-xcb|Xau|Xdmcp|Xext|xcb(?:-\w+)?|Xcomposite|Xdamage|Xfixes|Xrandr|Xrender|Xtst|Xi"
    r"|xkbcommon(?:-x11)?|xkbfile|xshmfence|drm|gbm|EGL|GL|GLX|GLdispatch|OpenGL|wayland-\w+|fontconfig|freetype|expat"
    r"|png16|brotli\w+|asound|glib-2\.0|gobject-2\.0|gio-2\.0|gmodule-2\.0|gthread-2\.0|pcre2-8|mount|blkid|selinux|udev"
    r"|dbus-1|systemd|cap|gcrypt|gpg-error|lz4|zstd|krb5|k5crypto|krb5support|gssapi_krb5|com_err|keyutils|resolv"
    # Qt's web process looks for these beside Qt or in the system alone.
    r"|nss3|nssutil3|smime3|ssl3|plc4|plds4|nspr4|softokn3|freebl3|freeblpriv3|nssckbi|nssdbm3)\.so"
)
MODULES = {
    "QtCore",
    "QtGui",
    "QtWidgets",
    "QtNetwork",
    "QtSvg",
    "QtTest",
    "QtDBus",
    "QtPrintSupport",
    "QtWebChannel",
    "QtWebEngineCore",
    "QtWebEngineWidgets",
}


#: What PyInstaller's own start loads by name.
PYTHON = re.compile(r"libpython|python3\d+\.dll")


def is_library(path: Path) -> bool:
    return (".so" in path.name or path.suffix in {".dll", ".pyd"}) and path.is_file()


def asked_for(path: Path) -> set[str]:
    """The names of the libraries that a program or library needs, in lower case on Windows."""
    if sys.platform == "win32":
        import pefile

        tables = ("DIRECTORY_ENTRY_IMPORT", "DIRECTORY_ENTRY_DELAY_IMPORT")
        with pefile.PE(str(path), fast_load=True) as program:
            program.parse_data_directories([pefile.DIRECTORY_ENTRY[f"IMAGE_{table}"] for table in tables])
            return {entry.dll.decode().lower() for table in tables for entry in getattr(program, table, ())}
    said = subprocess.run(["objdump", "-p", path], capture_output=True, text=True, check=False).stdout
    return set(re.findall(r"NEEDED\s+(\S+)", said))


def is_root(path: Path) -> bool:
    """Whether it is wanted for itself: a program, a Python module, a plugin."""
    if path.name.startswith("Qt") and path.name.endswith((".abi3.so", ".pyd")):
        return path.name.split(".")[0] in MODULES
    is_module = path.suffix == ".pyd" or (path.suffix != ".dll" and not path.name.startswith("lib"))
    return is_module or "plugins" in path.parts or PYTHON.match(path.name) is not None


def main(folder: Path) -> None:
    libraries = [path for path in folder.rglob("*") if is_library(path)]
    suffix = ".exe" if sys.platform == "win32" else ""
    programs = [folder / f"page-keys{suffix}", *folder.rglob(f"QtWebEngineProcess{suffix}")]
    by_name: dict[str, list[Path]] = {}
    for path in libraries:
        by_name.setdefault(os.path.normcase(path.name), []).append(path)
    queue = [*programs, *(path for path in libraries if is_root(path))]
    kept = set(queue)
    while queue:
        for name in asked_for(queue.pop()):
            for path in by_name.get(name, []):
                if path not in kept:
                    kept.add(path)
                    queue.append(path)
    for path in libraries:
        if path not in kept or (path.parent == folder / "_internal" and OF_THE_SYSTEM.match(path.name)):
            path.unlink()
    for path in folder.rglob("*.chk"):
        # The checksum of one of NSS' libraries, which were removed.
        path.unlink()
    for path in list(folder.rglob("*")):
        if path.is_symlink() and not path.exists():
            path.unlink()
    for place, folders, files in os.walk(folder, topdown=False):
        if not folders and not files:
            Path(place).rmdir()


if __name__ == "__main__":
    if sys.platform != "darwin":
        main(Path(sys.argv[1]))
