"""What the person was reminded of, so that each reminder comes once."""

from gui.vault.ledger import Ledger


class Reminders:
    """Remembers reminders by whose end they spoke of (`subject`), that end, and how many days before it."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def was_given(self, subject: str, ends_at: int, days: int) -> bool:
        """Whether this one, or one nearer to the end, was given."""
        return bool(self.ledger.rows("SELECT 1 FROM reminded WHERE subject=? AND ends_at=? AND days<=?", subject, ends_at, days))

    def note(self, subject: str, ends_at: int, days: int) -> None:
        with self.ledger.transaction() as db:
            db.execute("INSERT OR IGNORE INTO reminded (subject, ends_at, days) VALUES (?, ?, ?)", (subject, ends_at, days))
