"""Text formats: CSV, a table for pasting, JSON, and NAME=token lines."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence

from gui.files.sheet import Cell, Sheet, plain
from gui.values import Secret

#: A cell that begins with one of these is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def escape_formula(text: str) -> str:
    """`text` such that no spreadsheet takes it for a formula: an apostrophe before it says that it is text."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def list_text(names: Sequence[str]) -> str:
    """Names as one text, "A, B"; one that holds a comma or a quotation mark is quoted as in CSV."""
    quoted = (f'"{name.replace(chr(34), chr(34) * 2)}"' if set(name) & set(',"') else name for name in names)
    return ", ".join(quoted)


def listed(text: str) -> list[str]:
    """The names in a text that `list_text` or a person wrote."""
    rows = csv.reader([" ".join(text.split())], skipinitialspace=True)
    return [name.strip() for row in rows for name in row if name.strip()]


def csv_text(sheet: Sheet) -> Secret:
    """Comma-separated values with a byte order mark, by which Excel knows that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(sheet.names)
    writer.writerows([escape_formula(plain(cell)) for cell in row] for row in sheet.rows)
    return Secret("\ufeff" + out.getvalue())


def table_text(sheet: Sheet) -> Secret:
    """Tab-separated lines, as spreadsheets and mails take them from the clipboard."""
    lines = ["\t".join(sheet.names)]
    lines.extend("\t".join(escape_formula(" ".join(plain(cell).split())) for cell in row) for row in sheet.rows)
    return Secret("\n".join(lines) + "\n")


def json_text(sheet: Sheet) -> Secret:
    """A JSON array of objects."""
    # A row at a time, joined once: no other thread runs while Python joins and frees the pieces of ten thousand.
    rows = [_json_object(sheet.keys, row) for row in sheet.rows]
    if not rows:
        return Secret("[]\n")
    rows[0] = f"[\n{rows[0]}"
    rows[-1] += "\n]\n"
    return Secret(",\n".join(rows))


def _json_object(keys: Sequence[str], row: Sequence[Cell]) -> str:
    """One object, as it stands in an array; no value holds a line break as such."""
    text = json.dumps(dict(zip(keys, map(plain, row), strict=True)), ensure_ascii=False, indent=2)
    return "\n".join(f"  {line}" for line in text.split("\n"))


def env_text(pairs: Sequence[tuple[str, Secret]]) -> Secret:
    """`NAME=token` lines, as settings files (.env) have them."""
    return Secret("".join(f"{name}={token.reveal()}\n" for name, token in pairs))


def encode_text(text: Secret) -> bytes:
    """A text as it is written into a file."""
    # Half a character cannot be written.
    return text.reveal().encode("utf-8", "replace")


# ------------------------------------------------------------ what a tool asks for
_PLACE = re.compile(r"\{(\w+)\}")


def filled(template: str, values: Mapping[str, Secret]) -> Secret:
    """`template` with each place such as {page_token} filled in; a place that has no value stays as it is."""
    return Secret(_PLACE.sub(lambda match: values[match[1]].reveal() if match[1] in values else match[0], template))


def joined(parts: Sequence[Secret], between: str) -> Secret:
    """Several texts one after the other."""
    return Secret(between.join(part.reveal() for part in parts))


def field_lines(pairs: Sequence[tuple[str, Secret]]) -> Secret:
    """`Name: value` lines, to be typed or pasted into fields one by one."""
    return Secret("".join(f"{name}: {value.reveal()}\n" for name, value in pairs))


def json_list(values: Sequence[str]) -> Secret:
    """A JSON array of texts."""
    return Secret(json.dumps(list(values)))


def json_of_fields(objects: Sequence[Sequence[tuple[str, Secret]]]) -> Secret:
    """One JSON object, or an array of several; a value that is an array itself stays one."""
    made = [{name: _json_value(value.reveal()) for name, value in pairs} for pairs in objects]
    return Secret(json.dumps(made[0] if len(made) == 1 else made, ensure_ascii=False, indent=2) + "\n")


def _json_value(text: str) -> object:
    return json.loads(text) if text.startswith("[") else text


def json_with_secrets(
    head: Mapping[str, object], name: str, objects: Sequence[tuple[Mapping[str, object], Mapping[str, Secret]]]
) -> Secret:
    """A JSON object of `head` and, under `name`, objects of plain values and secrets."""
    made = [{**about, **{key: one.reveal() for key, one in secrets.items()}} for about, secrets in objects]
    return Secret(json.dumps({**head, name: made}, ensure_ascii=False, indent=2) + "\n")
