"""Pages as they stand in the database: read with all their sources, written with what a list brought."""

import sqlite3
import time

from gui.text import clean_name, fold_fields, unify_signs
from gui.values import Client, Page, PageRow, TokenState
from gui.vault.database import Database

#: Between origins, which may hold names with commas.
_UNIT = chr(31)


def split_list(text: str | None, separator: str = ",") -> tuple[str, ...]:
    """The parts of a column that holds several."""
    return tuple(text.split(separator)) if text else ()


def read_rows(database: Database, login_ids: tuple[int, ...], clients: dict[str, tuple[Client, ...]]) -> list[PageRow]:
    """Every Page that these logins reach, a row each source, without tokens."""
    rows = database.rows(
        "SELECT p.id, p.name, p.category, p.picture_url, p.link, p.folded, p.instagram_id, p.instagram_name, "
        "s.tasks, s.origins, s.last_four, s.expires_at, s.data_access_expires_at, s.scopes, s.state, s.why, "
        "s.checked_at, s.well_at, s.told, s.code, s.withheld, s.lead_access, s.connection_id "
        "FROM source s JOIN page p ON p.id = s.page_id "
        f"WHERE s.hidden=0 AND s.connection_id IN ({','.join('?' * len(login_ids))})",
        *login_ids,
    )
    # Thousands of rows share a few lists of tasks, origins and scopes, and three states.
    lists: dict[tuple[str, str], tuple[str, ...]] = {}
    states = {state.value: state for state in TokenState}

    def split(text: str, separator: str = ",") -> tuple[str, ...]:
        parts = lists.get((text, separator))
        if parts is None:
            parts = lists[text, separator] = split_list(text, separator)
        return parts

    return [
        PageRow(
            page=Page(
                id=row["id"],
                name=clean_name(row["name"]),
                category=clean_name(row["category"]),
                tasks=None if row["tasks"] is None else split(row["tasks"]),
                picture_url=row["picture_url"],
                link=row["link"],
                origins=split(row["origins"], _UNIT),
                instagram_id=row["instagram_id"],
                instagram_name=row["instagram_name"],
            ),
            last_four=row["last_four"],
            expires_at=row["expires_at"],
            state=states[row["state"]],
            why=row["why"],
            # Kept before signs were made one.
            folded=unify_signs(row["folded"]),
            data_access_expires_at=row["data_access_expires_at"],
            scopes=split(row["scopes"]),
            checked_at=row["checked_at"],
            well_at=row["well_at"],
            seen_why=row["told"],
            code=row["code"],
            login_id=row["connection_id"],
            sources=(row["connection_id"],),
            clients=clients.get(row["id"], ()),
            withheld=split(row["withheld"]),
            lead_access=None if row["lead_access"] is None else bool(row["lead_access"]),
        )
        for row in rows
    ]


def source_rank(row: PageRow) -> tuple[bool, int, int]:
    """By which of several sources a Page is shown: one with a token that works."""
    return (not row.has_token, row.state.severity, row.login_id)


_WRITE_PAGE = (
    "INSERT INTO page (id, name, category, picture_url, link, folded, instagram_id, instagram_name) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT(id) DO UPDATE SET name=excluded.name, category=excluded.category, "
    "picture_url=excluded.picture_url, link=excluded.link, "
    "folded=excluded.folded, instagram_id=coalesce(nullif(excluded.instagram_id, ''), instagram_id), "
    "instagram_name=coalesce(nullif(excluded.instagram_name, ''), instagram_name)"
)
#: A row that came without a token keeps the one that there is.
_WRITE_SOURCE = (
    "INSERT INTO source (page_id, connection_id, tasks, origins, last_four, fingerprint, expires_at, "
    "data_access_expires_at, state, why, told, pack, scopes, withheld) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, ?11, ?12, ?13) "
    "ON CONFLICT(page_id, connection_id) DO UPDATE SET tasks=coalesce(excluded.tasks, tasks), "
    "origins=excluded.origins, hidden=0, "
    "last_four=iif(excluded.pack IS NULL, last_four, excluded.last_four), "
    "fingerprint=iif(excluded.pack IS NULL, fingerprint, excluded.fingerprint), "
    "expires_at=iif(excluded.pack IS NULL, expires_at, excluded.expires_at), "
    "data_access_expires_at=iif(excluded.pack IS NULL, data_access_expires_at, "
    "coalesce(excluded.data_access_expires_at, data_access_expires_at)), "
    "pack=coalesce(excluded.pack, pack), state=excluded.state, "
    "why=excluded.why, told=excluded.why, "
    "withheld=iif(excluded.scopes = '', withheld, excluded.withheld), "
    "scopes=coalesce(nullif(excluded.scopes, ''), scopes)"
)


def _page_values(row: PageRow) -> tuple[str, ...]:
    """What `_WRITE_PAGE` takes."""
    page = row.page
    folded = row.folded or fold_fields(page.name, page.id, page.category, page.instagram_name)
    return (
        page.id, page.name, page.category, page.picture_url, page.link, folded,
        page.instagram_id, page.instagram_name,
    )  # fmt: skip


def _source_values(row: PageRow, login_id: int, fingerprint: str, bundle: str | None) -> tuple[str | int | None, ...]:
    """What `_WRITE_SOURCE` takes."""
    page = row.page
    tasks = None if page.tasks is None else ",".join(page.tasks)
    return (
        page.id, login_id, tasks, _UNIT.join(page.origins), row.last_four, fingerprint, row.expires_at,
        row.data_access_expires_at, row.state.value, row.why, bundle, ",".join(row.scopes), ",".join(row.withheld),
    )  # fmt: skip


def write_rows(
    db: sqlite3.Connection, login_id: int, rows: list[PageRow], fingerprints: dict[str, str], bundles: dict[str, str]
) -> None:
    """Write Pages and what this source says of them; `fingerprints` and `bundles` are of fresh tokens, by Page ID."""
    # Bound by place: by name each row takes half as long again.
    db.executemany(_WRITE_PAGE, [_page_values(row) for row in rows])
    db.executemany(
        _WRITE_SOURCE,
        [_source_values(row, login_id, fingerprints.get(row.page.id, ""), bundles.get(row.page.id)) for row in rows],
    )
    db.execute("UPDATE connection SET listed_at=? WHERE id=?", (int(time.time()), login_id))
