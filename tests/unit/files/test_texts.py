"""Text formats as programs read them."""

import json

import pytest

from gui.files.sheet import Cell, Sheet
from gui.files.texts import json_text
from gui.values import Secret

KEYS = ("name", "access_token")


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("Café Müller", Secret("EAA1"))],
        [("two\nlines", ""), ("a \u2028 separator and a\r\nbreak", "x"), ('"quotes", \\ and a \t tab', Secret("EAA2"))],
    ],
)
def test_json_is_written_as_python_writes_it_in_one_go(rows: list[tuple[Cell, ...]]):
    written = json_text(Sheet(KEYS, KEYS, (1, 1), rows)).reveal()
    objects = [
        dict(zip(KEYS, (one.reveal() if isinstance(one, Secret) else one for one in row), strict=True)) for row in rows
    ]
    assert written == json.dumps(objects, ensure_ascii=False, indent=2) + "\n"
