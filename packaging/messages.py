"""Gathers every text that a person sees into a template for translators (gettext's .pot).

python packaging/messages.py FILE

A translation is a PO file made from it, compiled (`pybabel compile`) to
resources/locale/LANGUAGE/LC_MESSAGES/page-keys.mo; the help's topics stand beside the English ones, in
resources/help/LANGUAGE.
"""

import sys
import tomllib
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parent.parent
#: gettext's own, and the words of a state, which stand where no text is looked up.
KEYWORDS = {**DEFAULT_KEYWORDS, "_State": (2,)}
#: What of a sentence in errors.toml a person reads.
FIELDS_OF = {"purposes": ("name", "also", "open"), "tools": ("steps", "mind")}
FIELDS = ("title", "title_many", "title_otherwise", "why", "todo", "button")


def gather(root: Path = ROOT) -> Catalog:
    """Every text by where it stands."""
    catalog = Catalog(project="Page Keys", charset="utf-8")
    for file, line, text, comments, _context in extract_from_dir(
        root / "gui", method_map=[("practice/**", "ignore"), ("tour/**", "ignore"), ("**.py", "python")],
        keywords=KEYWORDS,
    ):  # fmt: skip
        catalog.add(text, locations=[(f"gui/{file}", line)], auto_comments=comments)
    for kind, entry in tomllib.loads((root / "resources" / "errors.toml").read_text("utf-8")).items():
        for field in FIELDS:
            if text := entry.get(field):
                catalog.add(text, locations=[(f"resources/errors.toml:{kind}", 0)])
    for name in ("purposes", "tools"):
        for key, entry in tomllib.loads((root / "resources" / f"{name}.toml").read_text("utf-8")).items():
            for text in (text for field in FIELDS_OF[name] for text in _texts(entry.get(field))):
                catalog.add(text, locations=[(f"resources/{name}.toml:{key}", 0)])
    return catalog


def _texts(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


def main(target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    catalog = gather()
    with target.open("wb") as file:
        write_po(file, catalog, sort_output=True)
    print(f"{len(catalog)} texts: {target}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
