"""What checks found, in the ledger: of each app, each person's login and each Page token. Holds no secret."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from gui.values import Event, HealthRecord, StoredLogin
from gui.vault import history
from gui.vault.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Check:
    """What one check found of a token. `expires_at` and `data_access_expires_at` None: Facebook did not say.

    `code` is Facebook's code and subcode, "190/463", for someone who helps.
    """

    state: str
    why: str = ""
    expires_at: int | None = None
    data_access_expires_at: int | None = None
    scopes: tuple[str, ...] = ()
    code: str = ""


class Checks:
    """Reads and writes what checks found."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def apps(self) -> dict[str, HealthRecord]:
        """What was found of each app, by App ID."""
        rows = self.ledger.rows("SELECT app_id, state, why, checked_at, well_at, told, code FROM app WHERE hidden=0")
        return {str(row[0]): HealthRecord(*row[1:]) for row in rows}

    def note_app(self, app_id: str, state: str, why: str, now: int, code: str = "") -> None:
        with self.ledger.transaction() as db:
            db.execute(
                "UPDATE app SET state=?, why=?, code=?, checked_at=?, well_at=CASE WHEN ?='works' THEN ? ELSE well_at END WHERE app_id=?",
                (state, why, code, now, state, now, app_id),
            )

    def note_person(self, kept: StoredLogin, check: Check, lacking: tuple[str, ...], now: int) -> None:
        """What was found of a person's login; ends that Facebook did not tell stay as they were."""
        with self.ledger.transaction() as db:
            before = db.execute("SELECT state, why FROM connection WHERE id=?", (kept.id,)).fetchone()
            if before and (event := _turn(before, check.state, check.why)):
                history.write(db, [Event(f"login_{event}", kept.user_name, _who(kept), check.why, at=now)])
            db.execute(
                "UPDATE connection SET state=?, why=?, code=?, checked_at=?, well_at=CASE WHEN ?='needs_you' THEN well_at ELSE ? END, lacking=?, "
                "expires_at=coalesce(?, expires_at), data_access_expires_at=coalesce(?, data_access_expires_at), "
                "scopes=coalesce(nullif(?, ''), scopes) WHERE id=?",
                (check.state, check.why, check.code, now, check.state, now, ",".join(lacking), check.expires_at, check.data_access_expires_at,
                 ",".join(check.scopes), kept.id),
            )  # fmt: skip

    def note_pages(self, kept: StoredLogin, found: dict[str, Check], now: int, *, told: bool = False) -> None:
        """What was found of Page tokens, by Page ID; `told` if the person is told at once."""
        with self.ledger.transaction() as db:
            _note_turns(db, kept, ((page_id, one.state, one.why) for page_id, one in found.items()), now)
            db.executemany(
                "UPDATE source SET state=?, why=?, code=?, checked_at=?, well_at=CASE WHEN ?='needs_you' THEN well_at ELSE ? END, "
                "expires_at=coalesce(?, expires_at), data_access_expires_at=coalesce(?, data_access_expires_at), scopes=coalesce(nullif(?, ''), scopes), "
                "told=CASE WHEN ? THEN ? ELSE told END WHERE connection_id=? AND page_id=?",
                [
                    (
                        one.state,
                        one.why,
                        one.code,
                        now,
                        one.state,
                        now,
                        one.expires_at,
                        one.data_access_expires_at,
                        ",".join(one.scopes),
                        told,
                        one.why,
                        kept.id,
                        page_id,
                    )
                    for page_id, one in found.items()
                ],
            )

    def mark_told(self) -> None:
        """The person has seen every trouble there is now."""
        with self.ledger.transaction() as db:
            for table in ("app", "connection", "source"):
                db.execute(f"UPDATE {table} SET told=why WHERE told != why")

    def mark(self, kept: StoredLogin, page_ids: list[str], why: str, now: int) -> None:
        """Pages that need the person for a reason that no check of their tokens found; the person is told at once."""
        with self.ledger.transaction() as db:
            _note_turns(db, kept, ((page_id, "needs_you", why) for page_id in page_ids), now)
            db.executemany(
                "UPDATE source SET state='needs_you', why=?1, told=?1 WHERE connection_id=?2 AND page_id=?3", [(why, kept.id, one) for one in page_ids]
            )

    def needing(self) -> int:
        """How many Pages need the person, whoever reaches them, as far as the last checks tell."""
        found = self.ledger.rows(
            "SELECT count(*) FROM (SELECT 1 FROM source s JOIN connection c ON c.id=s.connection_id WHERE s.hidden=0 AND c.hidden=0 "
            "GROUP BY s.page_id HAVING min(s.state='needs_you')=1)"
        )
        return int(str(found[0][0]))

    def marks(self, kept: StoredLogin) -> dict[str, str]:
        """The fingerprint of each kept Page token, by Page ID: tells whether two are the same, and nothing else."""
        rows = self.ledger.rows("SELECT page_id, fingerprint FROM source WHERE connection_id=? AND hidden=0 AND fingerprint != ''", kept.id)
        return {str(row[0]): str(row[1]) for row in rows}


def _who(kept: StoredLogin) -> str:
    return f"{kept.user_name or kept.user_id} · {kept.app_name or kept.app_id}"


def _turn(before: tuple[str, str], state: str, why: str) -> str:
    """What a finding means after the one before: "died", "revived", or empty for nothing new."""
    if state == "needs_you":
        return "" if (before[0], before[1]) == (state, why) else "died"
    return "revived" if before[0] == "needs_you" else ""


def _note_turns(db: sqlite3.Connection, kept: StoredLogin, found: Iterable[tuple[str, str, str]], now: int) -> None:
    """Write into the history which tokens died or came back to life."""
    who, events = _who(kept), []
    for page_id, state, why in found:
        before = db.execute(
            "SELECT s.state, s.why, p.name FROM source s JOIN page p ON p.id=s.page_id WHERE s.page_id=? AND s.connection_id=?", (page_id, kept.id)
        ).fetchone()
        if before and (event := _turn(before, state, why)):
            events.append(Event(event, before[2] or page_id, who, why if state == "needs_you" else "", page_id, now))
    history.write(db, events)
