"""What the person was reminded of, so that each reminder comes once."""

from gui.values import TokenState
from gui.vault.database import Database


class Reminders:
    """Remembers reminders by whose end they spoke of (`subject`), that end, and how many days before it."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def token_ends(self, login_id: int, after: int, until: int) -> list[int]:
        """When Page tokens of a login end within these moments (Unix seconds), the nearest first.

        A token that needs the person anyway is left out.
        """
        rows = self.database.rows(
            "SELECT expires_at FROM source WHERE hidden=0 AND connection_id=? AND state<>? "
            "AND expires_at>? AND expires_at<=? ORDER BY expires_at",
            login_id, TokenState.NEEDS_YOU.value, after, until,
        )  # fmt: skip
        return [row["expires_at"] for row in rows]

    def was_given(self, subject: str, ends_at: int, days: int) -> bool:
        """Whether this one, or one nearer to the end, was given."""
        return bool(
            self.database.rows(
                "SELECT 1 FROM reminded WHERE subject=? AND ends_at=? AND days<=?", subject, ends_at, days
            )
        )

    def note(self, subject: str, ends_at: int, days: int) -> None:
        with self.database.transaction() as db:
            db.execute(
                "INSERT OR IGNORE INTO reminded (subject, ends_at, days) VALUES (?, ?, ?)", (subject, ends_at, days)
            )
