"""Whose Pages are looked at: everybody's together, those of one person, or of one app."""

from collections.abc import Sequence
from dataclasses import dataclass

from gui.values import StoredLogin


@dataclass(frozen=True, slots=True)
class View:
    """`kind` is "all", "person" (key: the connection's id) or "app" (key: the App ID)."""

    kind: str = "all"
    key: str = ""

    def people(self, everybody: Sequence[StoredLogin]) -> tuple[StoredLogin, ...]:
        """Those of `everybody` whose Pages this view shows."""
        if self.kind == "person":
            return tuple(kept for kept in everybody if str(kept.id) == self.key)
        return tuple(kept for kept in everybody if self.kind == "all" or kept.app_id == self.key)


def of_person(kept: StoredLogin) -> View:
    return View("person", str(kept.id))
