"""How the Page table's cells are said, by the desk's words."""

from collections.abc import Sequence

from gui.desk import words
from gui.values import PageRow, StoredLogin
from gui.widgets.page_model import Words


class PageWords(Words):
    """Says cells for the Pages of these people at this moment (Unix seconds)."""

    def __init__(self, people: Sequence[StoredLogin], now: int, login_ends: int = 0) -> None:
        self._people = {kept.id: kept for kept in people}
        self._now = now
        #: When the login ends whose Pages are being listed, and are not kept yet.
        self._login_ends = login_ends
        self._may: dict[tuple[str, ...] | None, str] = {}

    def may(self, row: PageRow) -> str:
        said = self._may.get(row.page.tasks)
        if said is None:
            said = self._may[row.page.tasks] = words.tasks(row.page.tasks)
        return said

    def ends(self, row: PageRow) -> str:
        return words.ends_briefly(row.expires_at, self._now) if row.has_token else ""

    def origins(self, row: PageRow) -> str:
        return words.origins(row.page.origins)

    def state(self, row: PageRow) -> str:
        if row.state != "soon":
            return "Works" if row.state == "works" else "Needs you"
        kept = self._people.get(row.person)
        ends = (kept.expires_at if kept else self._login_ends) or 0
        return f"Renew by {words.short_day(ends)}" if ends else "Ends soon"

    def person(self, row: PageRow) -> str:
        return self._joined(row, "user_name", "user_id")

    def app(self, row: PageRow) -> str:
        return self._joined(row, "app_name", "app_id")

    def _joined(self, row: PageRow, name: str, otherwise: str) -> str:
        if len(row.sources) < 2:
            kept = self._people.get(row.person)
            return (getattr(kept, name) or getattr(kept, otherwise)) if kept else ""
        kept_all = [self._people[one] for one in row.sources if one in self._people]
        return ", ".join(dict.fromkeys(getattr(one, name) or getattr(one, otherwise) for one in kept_all))
