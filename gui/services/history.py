"""History: what happened to each token, when, by whom; said in words, searched, exported."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from gui.errors import JobContext
from gui.files import texts
from gui.files.sheet import Sheet
from gui.i18n import _, day_and_time
from gui.services.explain import message_catalog
from gui.services.os_user import os_user_name
from gui.services.session import Session
from gui.services.write_export import write_export
from gui.values import Event, Tone


class _Kind(NamedTuple):
    """What an event is called, its icon and its tone."""

    label: str
    icon: str
    tone: Tone


#: By what happened.
_KINDS = {
    "made": _Kind(_("Token made"), "circle-check", Tone.WORKS),
    "renewed": _Kind(_("Token renewed"), "circle-check", Tone.WORKS),
    "imported": _Kind(_("Token imported"), "circle-check", Tone.WORKS),
    "copied": _Kind(_("Token copied"), "copy", Tone.INFO),
    "given": _Kind(_("Given to a tool"), "copy", Tone.INFO),
    "handed_over": _Kind(_("Handed over to a colleague"), "copy", Tone.INFO),
    "received": _Kind(_("Received from a colleague"), "circle-check", Tone.WORKS),
    "exported": _Kind(_("Token exported"), "copy", Tone.INFO),
    "died": _Kind(_("Token died"), "triangle-alert", Tone.BAD),
    "revived": _Kind(_("Token works again"), "circle-check", Tone.WORKS),
    "forgotten": _Kind(_("Token forgotten"), "trash-2", Tone.SOON),
    "brought_back": _Kind(_("Brought back"), "circle-check", Tone.WORKS),
    "login_made": _Kind(_("Login made"), "circle-check", Tone.WORKS),
    "login_renewed": _Kind(_("Login renewed"), "circle-check", Tone.WORKS),
    "login_died": _Kind(_("Login died"), "triangle-alert", Tone.BAD),
    "login_revived": _Kind(_("Login works again"), "circle-check", Tone.WORKS),
    "login_forgotten": _Kind(_("Login forgotten"), "trash-2", Tone.SOON),
    "disconnected": _Kind(_("Disconnected"), "trash-2", Tone.SOON),
}
#: Groups to choose from.
GROUPS = {
    "": (_("All"), ()),
    "made": (_("Made or renewed"), ("made", "renewed", "imported", "received", "login_made", "login_renewed")),
    "given": (_("Copied, given or exported"), ("copied", "given", "handed_over", "exported")),
    "died": (_("Died"), ("died", "revived", "login_died", "login_revived")),
    "gone": (_("Forgotten"), ("forgotten", "brought_back", "login_forgotten", "disconnected")),
}


@dataclass(frozen=True, slots=True)
class EventPage:
    """The events that match, newest first, and how many there are in all."""

    events: tuple[Event, ...]
    total: int


def find_events(session: Session, query: str, group: str, page_id: str, job: JobContext) -> EventPage:
    """What happened, as far as it matches."""
    events = session.vault.history.events(query, GROUPS[group][1], page_id=page_id)
    return EventPage(tuple(events), session.vault.history.count())


def event_label(event: Event) -> str:
    """What happened, in words."""
    return _KINDS[event.what].label if event.what in _KINDS else event.what


def event_look(event: Event) -> tuple[str, Tone]:
    """The icon and the tone of what happened."""
    kind = _KINDS.get(event.what)
    return (kind.icon, kind.tone) if kind else ("info", Tone.INFO)


def event_detail(event: Event) -> str:
    """More of it; for a death the reason's sentence."""
    entry = message_catalog().get(event.detail) if event.detail else None
    if entry is None:
        return event.detail
    title = entry.get("title_many", entry["title"]) if "{name}" in entry["title"] else entry["title"]
    if "{" in title.replace("{name}", ""):
        # An event keeps the reason's kind and the subject; what else a title would name is not known any more.
        title = entry.get("title_otherwise", "")
    return _(title).replace("{name}", event.subject)


def event_time(event: Event) -> str:
    """When it was: '25 Nov 2026, 14:05'."""
    return day_and_time(event.at)


def export_history(session: Session, path: Path, query: str, group: str, page_id: str, job: JobContext) -> Path:
    """Write the events that match into a CSV file, whole or not at all. It never holds a secret. Raises UserError."""
    events = find_events(session, query, group, page_id, job).events
    rows = [
        (
            datetime.fromtimestamp(one.at).isoformat(sep=" "),
            event_label(one),
            one.subject,
            one.page_id,
            one.who,
            event_detail(one),
        )
        for one in events
    ]
    sheet = Sheet(
        ("When", "What", "Page or person", "Page ID", "By", "More"),
        ("at", "what", "subject", "page_id", "who", "detail"),
        (20,) * 6,
        rows,
    )
    write_export(path, texts.encode_text(texts.csv_text(sheet)))
    return path


def note_disconnected(session: Session, name: str, through: str) -> None:
    """Write down that an app was taken out of a person's account."""
    session.vault.history.add([Event("disconnected", name, os_user_name(), through, at=session.now())])
