"""Health: what works, what ends soon, what needs the person, and one notice a trouble; all from the ledger, no network."""

from dataclasses import dataclass, replace

from gui.desk import words
from gui.desk.desk import Desk
from gui.desk.explain import catalogue, explain
from gui.desk.setup import VERSIONS
from gui.desk.states import SOON, merged, person_state, rows_of
from gui.errors import JobContext, UserError
from gui.text import isolated
from gui.values import AppCredentials, HealthRecord, Message, PageRow, StoredLogin

#: A Graph version that ends within this is said to end soon (seconds).
_VERSION_SOON = 90 * 86_400
#: How long "Remind me later" keeps a notice away (seconds).
_LATER = 3 * 86_400
_LATER_KEY = "later"
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Ending:
    """A bar of the time line: whose what ends when (Unix seconds), and how it stands."""

    subject: str
    what: str
    ends_at: int
    state: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """One trouble. `person` is a connection's id (0: the app itself), `page_ids` are the Pages it befell.

    `is_new` until the person was told.
    """

    kind: str
    subject: str
    person: int = 0
    app_id: str = ""
    page_ids: tuple[str, ...] = ()
    ends_at: int = 0
    is_new: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """How everything kept stands now. The counts are of Pages; `checked_at` is the oldest check (0: some never)."""

    works: int
    soon: int
    needs_you: int
    checked_at: int
    people: tuple[StoredLogin, ...]
    apps: tuple[tuple[AppCredentials, HealthRecord], ...]
    endings: tuple[Ending, ...]
    troubles: tuple[Trouble, ...]

    @property
    def pages(self) -> int:
        return self.works + self.soon + self.needs_you


def health(desk: Desk, job: JobContext) -> Health:
    """How everything kept stands, as far as the ledger and the calendar tell."""
    now = desk.now()
    people = tuple(desk.vault.connections())
    rows = {kept.id: rows_of(desk, kept) for kept in people}
    states = [row.state for row in merged([row for some in rows.values() for row in some])]
    seen = desk.vault.checks.apps()
    apps = tuple((app, seen.get(app.app_id, HealthRecord())) for app in desk.vault.apps())
    moments = [kept.seen.checked_at for kept in people]
    troubles = [*_of_apps(apps, now), *(trouble for kept in people for trouble in _of_person(kept, rows[kept.id], now))]
    later = _put_off(desk)
    return Health(
        states.count("works"),
        states.count("soon"),
        states.count("needs_you"),
        min(moments, default=0),
        people,
        apps,
        tuple(_endings(people, apps, now)),
        tuple(one for one in troubles if later.get(_later_name(one), 0) <= now),
    )


def _of_apps(apps: tuple[tuple[AppCredentials, HealthRecord], ...], now: int) -> list[Trouble]:
    found = []
    for app, seen in apps:
        name = app.name or app.app_id
        if seen.state == "needs_you":
            found.append(Trouble(seen.why, name, app_id=app.app_id, is_new=seen.told != seen.why, code=seen.code))
        end = _version_end(app.version)
        if end and end - now < _VERSION_SOON:
            found.append(Trouble("version_ends" if end > now else "version_ended", f"Graph {app.version}", app_id=app.app_id, ends_at=end))
    return found


def _of_person(kept: StoredLogin, rows: list[PageRow], now: int) -> list[Trouble]:
    """A person's own trouble, and one for each reason that Pages need the person for; the same reason is said once."""
    found = []
    name = kept.user_name or kept.user_id
    state, why = person_state(kept, now)
    by_reason: dict[str, list[PageRow]] = {}
    for row in rows:
        if row.state == "needs_you":
            by_reason.setdefault(row.why or "page_without_token", []).append(row)
    if state != "works":
        with_it = by_reason.pop(why, [])
        ends = (kept.data_access_expires_at if why.startswith("data_access") else kept.expires_at) or 0
        ids = tuple(row.page.id for row in with_it)
        found.append(Trouble(why, name, kept.id, kept.app_id, ids, ends, is_new=kept.seen.told != why, code=kept.seen.code))
    for reason, some in by_reason.items():
        ids = tuple(row.page.id for row in some)
        found.append(Trouble(reason, _names(some), kept.id, kept.app_id, ids, is_new=any(row.told != reason for row in some), code=some[0].code))
    return found


def _names(rows: list[PageRow]) -> str:
    return words.some([row.page.name or row.page.id for row in sorted(rows, key=lambda row: row.folded)], _NAMED, "Page")


def _version_end(version: str) -> int:
    end = VERSIONS.get(version)
    if end is None:
        return 0
    from datetime import datetime

    return int(datetime(end.year, end.month, end.day).timestamp())


def _endings(people: tuple[StoredLogin, ...], apps: tuple[tuple[AppCredentials, HealthRecord], ...], now: int) -> list[Ending]:
    found = []
    for kept in people:
        name = kept.user_name or kept.user_id
        dead = kept.seen.state == "needs_you" and kept.seen.why != "data_access_ended"
        for end, what, over in ((kept.expires_at, "login", dead), (kept.data_access_expires_at, "data access", False)):
            if end:
                found.append(Ending(name, what, end, "needs_you" if over or end <= now else "soon" if end - now < SOON else "works"))
    for app, _ in apps:
        if end := _version_end(app.version):
            state = "needs_you" if end <= now else "soon" if end - now < _VERSION_SOON else "works"
            found.append(Ending(app.name or app.app_id, f"Graph {app.version}", end, state))
    return found


# ----------------------------------------------------------------------- said
def notice_of(desk: Desk, trouble: Trouble) -> Message:
    """What is said of a trouble: whom it befell, what happened, why, what to do, the button that mends it."""
    said = explain(UserError(trouble.kind, name=trouble.subject, end=words.day(trouble.ends_at, desk.now()) if trouble.ends_at else ""))
    entry = catalogue().get(trouble.kind, {})
    title = entry.get("title_many", said.title) if len(trouble.page_ids) > 1 else said.title
    if "{name}" not in entry.get("title", ""):
        title = f"{isolated(trouble.subject)}: {_continued(title)}"
    text = said.text
    if len(trouble.page_ids) > 1 and trouble.kind in _OF_LOGIN:
        text = f"{words.count(len(trouble.page_ids), 'Page token')} ended with it. {text}"
    if trouble.is_new:
        text = f"New since you last looked. {text}"
    action, button = said.action, said.button
    if action in {"login", "rerequest", "reload"}:
        action = f"{action}:{trouble.person}"
    elif action.startswith("open:app_") or action in {"open:login_settings", "app"}:
        action = f"{action}:{trouble.app_id}"
    if action.startswith("login:"):
        button = "Renew"
    if not action and trouble.page_ids:
        action, button = f"show:{trouble.person}", "Show the Page" if len(trouble.page_ids) == 1 else "Show the Pages"
    secondary = (f"later:{_later_name(trouble)}", "Remind me later") if said.tone == "soon" else ("", "")
    details = (("Facebook’s code", trouble.code),) if trouble.code else ()
    return replace(said, title=title, text=text, action=action, button=button, secondary=secondary, details=details, kind=_later_name(trouble))


def _continued(title: str) -> str:
    """A title as it goes on after a colon: names keep their capital."""
    return title if title.split(" ", 1)[0] in {"Facebook", "Page", "App", "Graph"} else title[:1].lower() + title[1:]


#: Reasons that end a login and every Page token made with it.
_OF_LOGIN = frozenset({"password_changed", "app_removed", "session_ended", "logged_out", "checkpoint", "unconfirmed_account", "token_expired", "token_invalid"})


def _later_name(trouble: Trouble) -> str:
    return f"{trouble.kind}/{trouble.app_id}/{trouble.person}"


def _put_off(desk: Desk) -> dict[str, int]:
    found = desk.vault.ledger.setting(_LATER_KEY)
    pairs = [line.rpartition(" ") for line in found.splitlines()]
    return {name: int(until) for name, _, until in pairs if until.isdecimal()}


def remind_later(desk: Desk, name: str, job: JobContext) -> Health:
    """Keep one notice away for three days."""
    put_off = {one: until for one, until in _put_off(desk).items() if until > desk.now()}
    put_off[name] = desk.now() + _LATER
    desk.vault.ledger.set_setting(_LATER_KEY, "\n".join(f"{one} {until}" for one, until in put_off.items()))
    return health(desk, job)


def told(desk: Desk, job: JobContext) -> None:
    """The person has seen the notices: each is new once."""
    desk.vault.checks.mark_told()
