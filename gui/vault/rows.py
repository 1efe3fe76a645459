"""Pages as they stand in the ledger: read with all their sources, written with what a list brought."""

import sqlite3
import time

from gui.text import fold
from gui.values import Client, Page, PageRow
from gui.vault.ledger import Ledger

#: Between origins, which may hold names with commas.
_UNIT = chr(31)
_ORDER = {"works": 0, "soon": 1, "needs_you": 2}


def words(text: object, between: str = ",") -> tuple[str, ...]:
    """The parts of a column that holds several."""
    return tuple(str(text).split(between)) if text else ()


def read_rows(ledger: Ledger, people: tuple[int, ...], clients: dict[str, tuple[Client, ...]]) -> list[PageRow]:
    """Every Page that these people reach, a row each source, without tokens."""
    found = ledger.rows(
        "SELECT p.id, p.name, p.category, p.picture_url, p.link, p.folded, s.tasks, s.origins, s.last_four, s.expires_at, s.state, s.why, "
        "p.instagram_id, p.instagram_name, s.data_access_expires_at, s.scopes, s.checked_at, s.well_at, s.told, s.code, s.connection_id "
        f"FROM source s JOIN page p ON p.id = s.page_id WHERE s.hidden=0 AND s.connection_id IN ({','.join('?' * len(people))})",
        *people,
    )
    # Thousands of rows share a few lists of tasks, origins and scopes.
    shared: dict[tuple[object, str], tuple[str, ...]] = {}

    def parts(text: object, between: str = ",") -> tuple[str, ...]:
        made = shared.get((text, between))
        if made is None:
            made = shared[text, between] = words(text, between)
        return made

    none: tuple[Client, ...] = ()
    return [
        PageRow(
            Page(r[0], r[1], r[2], None if r[6] is None else parts(r[6]), None, r[3], r[4], parts(r[7], _UNIT), r[12], r[13]),  # type: ignore[arg-type]
            r[8], r[9], r[10], r[11], r[5], None, r[14], parts(r[15]), r[16], r[17], r[18], r[19], r[20], (r[20],), clients.get(str(r[0]), none),  # type: ignore[arg-type]
        )
        for r in found
    ]  # fmt: skip


def best_first(row: PageRow) -> tuple[bool, int, int]:
    """By which of several sources a Page is shown: one with a token that works."""
    return (not row.has_token, _ORDER.get(row.state, 2), row.person)


def write_rows(db: sqlite3.Connection, connection_id: int, rows: list[PageRow], marks: dict[str, str], packs: dict[str, str]) -> None:
    """Write Pages and what this source says of them; of fresh tokens `marks` are the fingerprints and `packs` where they lie, by Page ID."""
    pages, sources = [], []
    for row in rows:
        page = row.page
        folded = row.folded or folded_text(page)
        pages.append((page.id, page.name, page.category, page.picture_url, page.link, folded, page.instagram_id, page.instagram_name))
        tasks = None if page.tasks is None else ",".join(page.tasks)
        sources.append(
            (
                page.id,
                connection_id,
                tasks,
                _UNIT.join(page.origins),
                row.last_four,
                marks.get(page.id, ""),
                row.expires_at,
                row.state,
                row.why,
                packs.get(page.id),
            )
        )
    db.executemany(
        "INSERT INTO page (id, name, category, picture_url, link, folded, instagram_id, instagram_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT(id) DO UPDATE SET name=excluded.name, category=excluded.category, picture_url=excluded.picture_url, link=excluded.link, "
        "folded=excluded.folded, instagram_id=coalesce(nullif(excluded.instagram_id, ''), instagram_id), "
        "instagram_name=coalesce(nullif(excluded.instagram_name, ''), instagram_name)",
        pages,
    )
    db.executemany(
        "INSERT INTO source (page_id, connection_id, tasks, origins, last_four, fingerprint, expires_at, state, why, told, pack) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?10) "
        "ON CONFLICT(page_id, connection_id) DO UPDATE SET tasks=excluded.tasks, origins=excluded.origins, hidden=0, "
        "last_four=iif(?10 IS NULL, last_four, excluded.last_four), fingerprint=iif(?10 IS NULL, fingerprint, excluded.fingerprint), "
        "expires_at=iif(?10 IS NULL, expires_at, excluded.expires_at), pack=coalesce(excluded.pack, pack), state=excluded.state, why=excluded.why, told=excluded.why",
        sources,
    )
    db.execute("UPDATE connection SET listed_at=? WHERE id=?", (int(time.time()), connection_id))


def folded_text(page: Page) -> str:
    """What a search looks through for a Page: name, ID, category, folded."""
    return fold(f"{page.name}\n{page.id}\n{page.category}")
