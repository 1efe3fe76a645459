"""What checks found, in the database: of each app, each login and each Page token. Holds no secret."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from gui.values import Event, HealthRecord, StoredLogin, TokenState
from gui.vault import history
from gui.vault.database import Database


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found of a token. `expires_at` and `data_access_expires_at` None: Facebook did not say.

    `code` is Facebook's code and subcode, "190/463", for someone who helps. `withheld` are permissions that were not
    given for this Page; `lead_access` is whether its leads may be read (None: not asked).
    """

    state: TokenState
    why: str = ""
    expires_at: int | None = None
    data_access_expires_at: int | None = None
    scopes: tuple[str, ...] = ()
    code: str = ""
    withheld: tuple[str, ...] = ()
    lead_access: bool | None = None

    def columns(self, now: int) -> dict[str, object]:
        """The result as the values of a statement; `now` (Unix seconds) is when it was found."""
        return {
            "state": self.state.value,
            "why": self.why,
            "code": self.code,
            "now": now,
            "expires_at": self.expires_at,
            "data_access_expires_at": self.data_access_expires_at,
            "scopes": ",".join(self.scopes),
            "withheld": ",".join(self.withheld),
            "lead_access": self.lead_access,
        }


#: Ends and permissions that Facebook did not tell stay as they were.
_SET = (
    "state=:state, why=:why, code=:code, checked_at=:now, "
    "well_at=CASE WHEN :state='needs_you' THEN well_at ELSE :now END, "
    "expires_at=coalesce(:expires_at, expires_at), "
    "data_access_expires_at=coalesce(:data_access_expires_at, data_access_expires_at), "
    "scopes=coalesce(nullif(:scopes, ''), scopes)"
)


class HealthRecords:
    """Reads and writes what checks found."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def apps(self) -> dict[str, HealthRecord]:
        """What was found of each app, by App ID."""
        rows = self.database.rows("SELECT app_id, state, why, checked_at, well_at, told, code FROM app WHERE hidden=0")
        return {
            row["app_id"]: HealthRecord(
                TokenState(row["state"]), row["why"], row["checked_at"], row["well_at"], row["told"], row["code"]
            )
            for row in rows
        }

    def record_app(self, app_id: str, result: CheckResult, now: int) -> None:
        """What was found of an app."""
        with self.database.transaction() as db:
            db.execute(
                "UPDATE app SET state=:state, why=:why, code=:code, checked_at=:now, "
                "well_at=CASE WHEN :state='works' THEN :now ELSE well_at END WHERE app_id=:app_id",
                {**result.columns(now), "app_id": app_id},
            )

    def record_login(
        self, login: StoredLogin, result: CheckResult, missing_permissions: tuple[str, ...], now: int
    ) -> None:
        """What was found of a login."""
        with self.database.transaction() as db:
            previous = db.execute("SELECT state, why FROM connection WHERE id=?", (login.id,)).fetchone()
            if previous and (event := _event_kind(previous, result.state, result.why)):
                history.write(db, [Event(f"login_{event}", login.user_name, login.label, result.why, at=now)])
            db.execute(
                f"UPDATE connection SET {_SET}, lacking=:lacking WHERE id=:id",
                {**result.columns(now), "lacking": ",".join(missing_permissions), "id": login.id},
            )

    def record_pages(
        self, login: StoredLogin, results: dict[str, CheckResult], now: int, *, seen: bool = False
    ) -> None:
        """What was found of Page tokens, by Page ID; `seen` if the person is told at once."""
        with self.database.transaction() as db:
            _write_events(db, login, ((page_id, result.state, result.why) for page_id, result in results.items()), now)
            db.executemany(
                f"UPDATE source SET {_SET}, told=CASE WHEN :seen THEN :why ELSE told END, "
                "withheld=iif(:scopes = '', withheld, :withheld), lead_access=coalesce(:lead_access, lead_access) "
                "WHERE connection_id=:login_id AND page_id=:page_id",
                [
                    {**result.columns(now), "seen": seen, "login_id": login.id, "page_id": page_id}
                    for page_id, result in results.items()
                ],
            )

    def instagram_ids(self, login: StoredLogin) -> dict[str, str]:
        """The linked Instagram account's ID of each Page of a login that has one, by Page ID."""
        rows = self.database.rows(
            "SELECT p.id, p.instagram_id FROM source s JOIN page p ON p.id=s.page_id "
            "WHERE s.connection_id=? AND p.instagram_id != ''",
            login.id,
        )
        return {row["id"]: row["instagram_id"] for row in rows}

    def mark_notices_seen(self) -> None:
        """The person has seen every trouble there is now."""
        with self.database.transaction() as db:
            for table in ("app", "connection", "source"):
                db.execute(f"UPDATE {table} SET told=why WHERE told != why")

    def flag_pages(self, login: StoredLogin, page_ids: list[str], why: str, now: int) -> None:
        """Pages that need the person for a reason that no check of their tokens found; the person is told at once."""
        with self.database.transaction() as db:
            _write_events(db, login, ((page_id, TokenState.NEEDS_YOU, why) for page_id in page_ids), now)
            db.executemany(
                "UPDATE source SET state='needs_you', why=?1, told=?1 WHERE connection_id=?2 AND page_id=?3",
                [(why, login.id, one) for one in page_ids],
            )

    def count_needing_you(self) -> int:
        """How many Pages need the person, whoever reaches them, as far as the last checks tell."""
        return self.database.count(
            "SELECT count(*) FROM (SELECT 1 FROM source s JOIN connection c ON c.id=s.connection_id "
            "WHERE s.hidden=0 AND c.hidden=0 "
            "GROUP BY s.page_id HAVING min(s.state='needs_you')=1)"
        )

    def fingerprints(self, login: StoredLogin) -> dict[str, str]:
        """The fingerprint of each kept Page token, by Page ID: tells whether two are the same, and nothing else."""
        rows = self.database.rows(
            "SELECT page_id, fingerprint FROM source WHERE connection_id=? AND hidden=0 AND fingerprint != ''", login.id
        )
        return {row["page_id"]: row["fingerprint"] for row in rows}


def _event_kind(previous: sqlite3.Row, state: TokenState, why: str) -> str:
    """What a finding means after the one before: "died", "revived", or empty for nothing new."""
    needed_you = previous["state"] == TokenState.NEEDS_YOU.value
    if state is TokenState.NEEDS_YOU:
        return "" if needed_you and previous["why"] == why else "died"
    return "revived" if needed_you else ""


def _write_events(
    db: sqlite3.Connection, login: StoredLogin, results: Iterable[tuple[str, TokenState, str]], now: int
) -> None:
    """Write into the history which tokens died or came back to life."""
    events = []
    for page_id, state, why in results:
        previous = db.execute(
            "SELECT s.state, s.why, p.name FROM source s JOIN page p ON p.id=s.page_id "
            "WHERE s.page_id=? AND s.connection_id=?",
            (page_id, login.id),
        ).fetchone()
        if previous and (event := _event_kind(previous, state, why)):
            events.append(
                Event(
                    event,
                    previous["name"] or page_id,
                    login.label,
                    why if state is TokenState.NEEDS_YOU else "",
                    page_id,
                    now,
                )
            )
    history.write(db, events)
