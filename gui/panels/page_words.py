"""The words in the Page table's cells, as the services put them."""

from collections.abc import Sequence

from gui.i18n import _
from gui.services import fit, formatting
from gui.services.states import SOON, data_access_end
from gui.values import PageRow, StoredLogin, TokenState
from gui.widgets.page_model import Words


class PageWords(Words):
    """Words for the Pages of these logins at this moment (Unix seconds).

    `login_ends_at` is when the login ends whose Pages are being listed, and are not kept yet.
    """

    def __init__(self, logins: Sequence[StoredLogin], now: int, login_ends_at: int = 0) -> None:
        self._logins = {login.id: login for login in logins}
        self._now = now
        self._login_ends_at = login_ends_at
        self._may: dict[tuple[str, ...] | None, str] = {}

    def may(self, row: PageRow) -> str:
        words = self._may.get(row.page.tasks)
        if words is None:
            words = self._may[row.page.tasks] = formatting.tasks(row.page.tasks)
        return words

    def ends(self, row: PageRow) -> str:
        return formatting.ends_briefly(row.expires_at, self._now) if row.has_token else ""

    def origins(self, row: PageRow) -> str:
        return formatting.origins(row.page.origins)

    def state(self, row: PageRow) -> str:
        login = self._logins.get(row.login_id)
        if row.why in {"data_access_soon", "data_access_ended"}:
            end = data_access_end(row, login)
            if not end:
                return _(row.state.label)
            day = formatting.short_day(end)
            return _("Data ends {day}", day=day) if row.why == "data_access_soon" else _("Data ended {day}", day=day)
        if row.state is not TokenState.ENDS_SOON:
            return _(row.state.label)
        if row.expires_at and row.expires_at - self._now < SOON:
            return formatting.ends_soon(row.expires_at, self._now)
        ends_at = (login.expires_at if login else self._login_ends_at) or 0
        return _("Renew by {day}", day=formatting.short_day(ends_at)) if ends_at else _(row.state.label)

    def person(self, row: PageRow) -> str:
        return ", ".join(dict.fromkeys(login.display_name for login in self._sources(row)))

    def app(self, row: PageRow) -> str:
        return ", ".join(dict.fromkeys(login.app_display_name for login in self._sources(row)))

    def good_for(self, row: PageRow) -> str:
        return fit.good_for(*fit.all_evidence_of(row, self._logins, self._now))

    def ready_for(self, row: PageRow) -> frozenset[str]:
        return fit.ready_for(*fit.all_evidence_of(row, self._logins, self._now))

    def shown_for(self, row: PageRow, purpose: str) -> PageRow:
        return fit.best_source(row, self._logins, self._now, lambda known: (purpose not in fit.ready_for(known),))

    def _sources(self, row: PageRow) -> list[StoredLogin]:
        ids = row.sources if len(row.sources) > 1 else (row.login_id,)
        return [self._logins[one] for one in ids if one in self._logins]
