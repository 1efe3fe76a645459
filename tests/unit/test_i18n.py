"""Texts, plurals, dates, numbers and lists in the person's language; every text's places are filled."""

import ast
import string
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from hypothesis import given
from hypothesis import strategies as st

from gui import i18n

ROOT = Path(__file__).resolve().parent.parent.parent
_PAGES = ("{count} Page", "{count} Pages")
MOMENT = datetime(2026, 1, 23, 15, 4, 30).timestamp()


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before = i18n._translations
    yield
    i18n.use(())
    i18n.install(before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Catalogs: German, Polish with its three plurals, Brazilian Portuguese."""
    catalogs: dict[str, dict[Any, Any]] = {
        "de": {"Rename {name}": "{name} umbenennen", _PAGES: ("{count} Seite", "{count} Seiten")},
        "pl": {_PAGES: ("{count} strona", "{count} strony", "{count} stron")},
        "pt_BR": {"Cancel": "Cancelar"},
    }  # fmt: skip
    for language, texts in catalogs.items():
        catalog = Catalog(locale=language)
        for message, text in texts.items():
            catalog.add(message, text)
        target = tmp_path / language / "LC_MESSAGES" / "page-keys.mo"
        target.parent.mkdir(parents=True)
        with target.open("wb") as file:
            write_mo(file, catalog)
    return tmp_path


def test_a_language_with_a_catalog_is_spoken_and_written_as_there(folder):
    i18n.use(["de-Latn-DE", "de-DE", "de"], folder)
    assert i18n.language() == "de"
    assert i18n._("Rename {name}", name="Bäckerei") == "Bäckerei umbenennen"
    assert i18n._("Cancel") == "Cancel", "what is not translated stays"
    assert [i18n.ngettext("{count} Page", "{count} Pages", one) for one in (1, 2_000)] == ["1 Seite", "2.000 Seiten"]
    assert i18n.day(MOMENT) == "23. Januar"
    assert i18n.span(60, "day") == "60 Tage"
    assert [i18n.from_now(one, "day") for one in (60, -1)] == ["in 60 Tagen", "vor 1 Tag"]
    assert i18n.list_of(["a", "b", "c"]) == "a, b und c"


def test_a_language_has_as_many_plurals_as_it_has(folder):
    i18n.use(["pl-PL"], folder)
    said = [i18n.ngettext("{count} Page", "{count} Pages", one) for one in (1, 3, 5, 22)]
    assert said == ["1 strona", "3 strony", "5 stron", "22 strony"]


@pytest.mark.parametrize(
    ("names", "language"),
    [
        (["pt-BR"], "pt"), (["pt_BR"], "pt"), (["fr-FR", "de-DE"], "de"), (["fr-FR", "en-US", "de-DE"], "en"),
        (["C"], "en"), ([], "en"), (["tlh"], "en"), (["../../etc"], "en"), (["zh-Hant-TW"], "en"),
    ],
)  # fmt: skip
def test_the_first_language_that_can_be_spoken_is(folder, names, language):
    i18n.use(names, folder)
    assert i18n.language() == language
    assert i18n.languages() == tuple(names)
    assert i18n.number(2_000)


@pytest.mark.parametrize(
    ("names", "day", "time", "together"),
    [
        ([], "23 January", "15:04", "23 Jan 2026, 15:04"),
        (["en-GB"], "23 January", "15:04", "23 Jan 2026, 15:04"),
        (["en-US"], "January 23", "3:04\u202fPM", "Jan 23, 2026, 3:04\u202fPM"),
        (["ja-JP"], "23 January", "15:04", "23 Jan 2026, 15:04"),
    ],
)
def test_english_is_written_as_where_the_person_lives(names, day, time, together):
    i18n.use(names)
    assert (i18n.day(MOMENT), i18n.time_of_day(MOMENT), i18n.day_and_time(MOMENT)) == (day, time, together)


@pytest.mark.parametrize(
    ("value", "says"),
    [(0, "0"), (999, "999"), (-999, "-999"), (1_000, "1,000"), (-12_345, "-12,345"), (10**9, "1,000,000,000")],
)
def test_numbers(value, says):
    assert i18n.number(value) == says


@given(st.text(max_size=60))
def test_a_name_is_never_read_as_a_text_with_places(name):
    said = i18n._("Rename {name}", name=name)
    assert said.translate({0x2068: None, 0x2069: None}) == f"Rename {name}".translate({0x2068: None, 0x2069: None})


def test_a_name_from_right_to_left_does_not_turn_the_sentence():
    assert i18n._("Rename {name}", name="مخبز") == "Rename \u2068مخبز\u2069"


@pytest.mark.parametrize(
    "wrong", ["{nmae} umbenennen", "{} umbenennen", "{name umbenennen", "{name.x}", "{name!z}", "}"]
)
def test_a_translation_with_a_wrong_place_is_said_in_english(tmp_path, wrong):
    catalog = Catalog(locale="de")
    catalog.add("Rename {name}", wrong)
    catalog.add(_PAGES, (wrong, wrong))
    target = tmp_path / "de" / "LC_MESSAGES" / "page-keys.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, catalog)
    i18n.use(["de"], tmp_path)
    assert i18n._("Rename {name}", name="Nord") == "Rename Nord"
    assert i18n.ngettext(*_PAGES, 3) == "3 Pages"


def test_an_empty_text_stays_empty(folder):
    # gettext's own entry for it is the catalog's head.
    i18n.use(["de"], folder)
    assert i18n._("") == ""


# --------------------------------------------------------- every text there is
def _calls() -> Iterator[tuple[str, ast.Call, str]]:
    for path in sorted((ROOT / "gui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and (name := getattr(node.func, "id", "")) in {"_", "ngettext"}:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node, name


def _places(text: str) -> set[str]:
    return {name for _before, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def test_every_place_of_every_text_is_filled_and_named():
    wrong = []
    for where, call, name in _calls():
        texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if any(keyword.arg is None for keyword in call.keywords):
            continue
        given_names = {str(keyword.arg) for keyword in call.keywords} | ({"count"} if name == "ngettext" else set())
        for text in texts:
            places = _places(text) if call.keywords or name == "ngettext" else set()
            # The one of a plural need not say its number.
            if places - given_names or given_names - places - {"count"} or "" in places:
                wrong.append((where, text, places ^ given_names))
    assert not wrong


def test_a_text_is_never_put_together_where_it_is_looked_up():
    glued = [
        where
        for where, call, name in _calls()
        for one in call.args[: 2 if name == "ngettext" else 1]
        if isinstance(one, ast.JoinedStr | ast.BinOp)
    ]
    assert glued == []


def test_every_text_is_gathered_for_translators():
    import runpy

    gather = runpy.run_path(str(ROOT / "packaging" / "messages.py"))["gather"]
    gathered = gather()
    for text in ("Log in to Facebook", "Needs you", "Facebook could not be reached", "a PDF document", "Raspberry"):
        assert gathered.get(text) is not None, text
    assert gathered.get("{count} Page").string is not None
    assert len(gathered) > 1_400


@pytest.mark.parametrize(
    ("language", "direction"),
    [("ar-EG", "RightToLeft"), ("he", "RightToLeft"), ("de", "LeftToRight"), ("fa", "LeftToRight")],
)
def test_the_window_goes_as_the_language_is_read(tmp_path, language, direction):
    """In a process of its own. Persian has no catalog here: what is English stays so."""
    name = language.partition("-")[0]
    if name != "fa":
        target = tmp_path / name / "LC_MESSAGES" / "page-keys.mo"
        target.parent.mkdir(parents=True)
        catalog: Catalog = Catalog(locale=name)
        catalog.add("Cancel", "–")
        with target.open("wb") as file:
            write_mo(file, catalog)
    code = (
        "import sys; from pathlib import Path; from gui import i18n; i18n.use([sys.argv[1]], Path(sys.argv[2]));"
        " from gui.app import make_application; print(make_application(['page-keys']).layoutDirection().name)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, language, str(tmp_path)], capture_output=True, text=True, timeout=120, check=True
    )
    assert run.stdout.split()[-1] == direction
