"""Pages as rows of a table to copy or export."""

from collections.abc import Sequence

from gui.errors import UserError
from gui.files.sheet import Cell, Sheet
from gui.services import formatting
from gui.services.explain import explain
from gui.services.session import Session
from gui.values import PageRow, Secret, StoredLogin

#: Words for people, name for programs, about how wide (characters).
_COLUMNS = (
    ("Page", "name", 32),
    ("Page ID", "id", 20),
    ("Page token", "access_token", 40),
    ("Client", "client", 18),
    ("Category", "category", 18),
    ("What you may do", "tasks", 24),
    ("State", "state", 12),
    ("Why", "why", 40),
    ("Ends", "ends", 28),
    ("Through", "person", 20),
    ("App", "app", 20),
    ("From", "origins", 24),
    ("Instagram", "instagram", 18),
    ("Instagram ID", "instagram_id", 20),
    ("Link", "link", 36),
)
_BRIEF = 3


def pages_sheet(
    session: Session, rows: Sequence[PageRow], tokens: dict[str, Secret] | None, *, brief: bool = False
) -> Sheet:
    """Pages as a table, with their tokens unless `tokens` is None; `brief`: name, ID and token alone."""
    logins = {login.id: login for login in session.vault.logins()}
    now = session.now()
    columns = _COLUMNS[:_BRIEF] if brief else _COLUMNS
    indices = [index for index, (_, key, _) in enumerate(columns) if tokens is not None or key != "access_token"]
    sheet_rows = []
    for row in rows:
        cells = _cells(row, (tokens or {}).get(row.page.id), logins.get(row.login_id), now)
        sheet_rows.append(tuple(cells[index] for index in indices))
    shown_columns = [columns[index] for index in indices]
    return Sheet(
        tuple(one[0] for one in shown_columns),
        tuple(one[1] for one in shown_columns),
        tuple(one[2] for one in shown_columns),
        sheet_rows,
    )


def _cells(row: PageRow, token: Secret | None, login: StoredLogin | None, now: int) -> tuple[Cell, ...]:
    page = row.page
    why = explain(UserError(row.why, name=page.name)).title if row.why else ""
    return (
        page.name, page.id, token or "", ", ".join(client.name for client in row.clients), page.category,
        formatting.tasks(page.tasks), row.state.label, why,
        formatting.ends(row.expires_at, now) if row.has_token else "no token",
        login.user_name if login else "", login.app_name if login else "",
        formatting.origins(page.origins), page.instagram_name, page.instagram_id, page.link,
    )  # fmt: skip
