"""History: what happened to each token, when, by whom; said in words, searched, exported."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gui.desk.account import account_name
from gui.desk.desk import Desk
from gui.desk.explain import catalogue
from gui.errors import JobContext, UserError
from gui.files import texts
from gui.files.sheet import Sheet
from gui.files.whole import write_whole
from gui.values import Event

#: What happened -> its words, and a tone.
WORDS = {
    "made": ("Token made", "works"),
    "renewed": ("Token renewed", "works"),
    "imported": ("Token imported", "works"),
    "copied": ("Token copied", "info"),
    "exported": ("Token exported", "info"),
    "died": ("Token died", "bad"),
    "revived": ("Token works again", "works"),
    "forgotten": ("Token forgotten", "soon"),
    "brought_back": ("Brought back", "works"),
    "login_made": ("Login made", "works"),
    "login_renewed": ("Login renewed", "works"),
    "login_died": ("Login died", "bad"),
    "login_revived": ("Login works again", "works"),
    "login_forgotten": ("Login forgotten", "soon"),
    "disconnected": ("Disconnected", "soon"),
}
#: Groups to choose from.
GROUPS = {
    "": ("All", ()),
    "made": ("Made or renewed", ("made", "renewed", "imported", "login_made", "login_renewed")),
    "given": ("Copied or exported", ("copied", "exported")),
    "died": ("Died", ("died", "revived", "login_died", "login_revived")),
    "gone": ("Forgotten", ("forgotten", "brought_back", "login_forgotten", "disconnected")),
}


@dataclass(frozen=True, slots=True)
class Told:
    """The events that match, newest first, and how many there are in all."""

    events: tuple[Event, ...]
    total: int


def events(desk: Desk, query: str, group: str, page_id: str, job: JobContext) -> Told:
    """What happened, as far as it matches."""
    found = desk.vault.history.events(query, GROUPS[group][1], page_id=page_id)
    return Told(tuple(found), desk.vault.history.count())


def what(event: Event) -> str:
    """What happened, in words."""
    return WORDS.get(event.what, (event.what, ""))[0]


def tone(event: Event) -> str:
    return WORDS.get(event.what, ("", "info"))[1]


def detail(event: Event) -> str:
    """More of it; for a death the reason's sentence."""
    entry = catalogue().get(event.detail) if event.detail else None
    if entry is None:
        return event.detail
    title = entry.get("title_many", entry["title"]) if "{name}" in entry["title"] else entry["title"]
    return title.replace("{name}", event.subject) if "{name}" in title else title


def moment(event: Event) -> str:
    """When it was: '25 Nov 2026, 14:05'."""
    then = datetime.fromtimestamp(event.at)
    return f"{then.day} {then:%b %Y, %H:%M}"


def export(desk: Desk, path: Path, query: str, group: str, page_id: str, job: JobContext) -> Path:
    """Write the events that match into a CSV file, whole or not at all. It never holds a secret. Raises UserError."""
    found = events(desk, query, group, page_id, job).events
    rows = [(datetime.fromtimestamp(one.at).isoformat(sep=" "), what(one), one.subject, one.page_id, one.who, detail(one)) for one in found]
    sheet = Sheet(("When", "What", "Page or person", "Page ID", "By", "More"), ("at", "what", "subject", "page_id", "who", "detail"), (20,) * 6, rows)
    failed = False
    try:
        write_whole(path, texts.encoded(texts.csv_text(sheet)))
    except OSError:
        failed = True
    if failed:
        raise UserError("export_not_written", name=str(path.parent))
    return path


def note_disconnected(desk: Desk, name: str, through: str) -> None:
    """Write down that an app was taken out of a person's account."""
    desk.vault.history.add([Event("disconnected", name, account_name(), through, at=desk.now())])
