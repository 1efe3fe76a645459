"""Takes out of Qt's ICU data what the program never asks for (Linux; needs icupkg, objcopy and ld).

python packaging/trim_icu.py FOLDER

Dates, numbers and names of languages come from Babel, and the web view has ICU data of its own. What stays is what Qt
sorts, compares and breaks text with, in every script.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

#: Names of units, languages, regions, currencies and time zones, spelled-out numbers, and transliterations.
_DROPPED_FOLDERS = ("unit/", "lang/", "region/", "rbnf/", "translit/", "curr/", "zone/")
_INDEXES = ("root.res", "pool.res", "res_index.res", "supplementalData.res", "tzdbNames.res")
_OF_A_LOCALE = re.compile(r"[a-z]{2,3}(?:_[A-Za-z0-9_]*)?\.res")


def is_needed(item: str) -> bool:
    """Whether an item of the data, named as icupkg lists it, stays."""
    folder, _, name = item.rpartition("/")
    if folder == "brkitr":
        return True
    if item.startswith(_DROPPED_FOLDERS) and name not in _INDEXES:
        return False
    if item.startswith("translit/") or name == "unames.icu" or name.endswith(".cnv"):
        return False
    return _OF_A_LOCALE.fullmatch(name) is None or name in {"en.res", *_INDEXES}


def _run(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def trim(library: Path) -> None:
    """Write the library anew with the items that are needed."""
    symbol, offset, size = _data(library)
    version = re.sub(r"\D", "", symbol)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        # The items' names begin with the file's.
        package, trimmed = folder / f"icudt{version}l.dat", folder / "trimmed" / f"icudt{version}l.dat"
        trimmed.parent.mkdir()
        package.write_bytes(library.read_bytes()[offset : offset + size])
        dropped = [item for item in _run("icupkg", "-l", package).split() if not is_needed(item)]
        (folder / "dropped.txt").write_text("\n".join(dropped) + "\n", "utf-8")
        _run("icupkg", "-r", folder / "dropped.txt", package, trimmed)
        made, start = folder / "data.o", f"_binary_{re.sub(r'[^A-Za-z0-9]', '_', trimmed.name)}_start"
        subprocess.run(
            [
                "objcopy", "-I", "binary", "-O", "elf64-x86-64", "-B", "i386:x86-64",
                "--rename-section", ".data=.rodata,alloc,load,readonly,data,contents",
                "--set-section-alignment", ".data=16", "--redefine-sym", f"{start}={symbol}",
                "--strip-symbol", start.replace("_start", "_end"), "--strip-symbol", start.replace("_start", "_size"),
                trimmed.name, made,
            ],
            check=True, cwd=trimmed.parent,
        )  # fmt: skip
        _run("ld", "-shared", "-z", "noexecstack", "-soname", library.name, "-o", library, made)


def _data(library: Path) -> tuple[str, int, int]:
    """The symbol of the data in a library, and where in the file it begins and how long it is."""
    for line in _run("readelf", "-W", "--dyn-syms", library).splitlines():
        fields = line.split()
        if fields and fields[-1].startswith("icudt") and fields[-1].endswith("_dat"):
            # In a library of nothing but data the address is the place in the file.
            return fields[-1], int(fields[1], 16), int(fields[2], 0)
    raise SystemExit(f"{library.name} holds no ICU data")


if __name__ == "__main__":
    if sys.platform.startswith("linux"):
        for found in Path(sys.argv[1]).rglob("libicudata.so.*"):
            if not found.is_symlink():
                trim(found)
