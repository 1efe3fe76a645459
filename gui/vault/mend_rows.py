"""Values in the database that no version of the program wrote: a damaged disk's, or another program's.

SQLite keeps any type in any column, and its own check of the file does not look for that.
"""

import sqlite3

from gui.values import TokenState

#: What only grows, as the history, is read as it is instead.
_TABLES = ("app", "connection", "page", "source", "client", "setting")
#: The largest number kept: microseconds of the far future. Times are seconds up to the year 2999, the last that Windows
#: knows.
_LARGEST, _LAST_SECOND = 1 << 53, 32_503_679_999
_STATES = ", ".join(f"'{state.value}'" for state in TokenState)


def mend_rows(db: sqlite3.Connection) -> int:
    """Give every value of another type or size than its column's the column's usual one; how many rows it was in.

    Keys are left as they are: they tell whose a row is.
    """
    mended = 0
    for table in _TABLES:
        wrong: list[str] = []
        changes: list[str] = []
        for column in db.execute(f"PRAGMA table_info({table})").fetchall():
            if column["pk"] or column["type"] not in {"TEXT", "INTEGER", "BLOB"}:
                continue
            name = column["name"]
            bad = _is_bad(name, column["type"], nullable=not column["notnull"])
            usual = column["dflt_value"] or ("NULL" if not column["notnull"] else _usual(column["type"]))
            wrong.append(bad)
            changes.append(f"{name} = iif({bad}, {usual}, {name})")
        if wrong:
            mended += db.execute(
                f"UPDATE OR IGNORE {table} SET {', '.join(changes)} WHERE {' OR '.join(wrong)}"
            ).rowcount
    return mended


def _is_bad(name: str, kind: str, *, nullable: bool) -> str:
    """The SQL condition that a column's value is not of its kind."""
    kinds = f"'{kind.lower()}'" + (", 'null'" if nullable else "")
    bad = f"typeof({name}) NOT IN ({kinds})"
    if kind == "INTEGER":
        largest = _LAST_SECOND if name.endswith("_at") else _LARGEST
        bad += f" OR coalesce({name} NOT BETWEEN 0 AND {largest}, 0)"
    if name == "state":
        bad += f" OR {name} NOT IN ({_STATES})"
    return f"({bad})"


def _usual(kind: str) -> str:
    return "0" if kind == "INTEGER" else "''"
