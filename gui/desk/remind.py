"""Reminders: 14, 7, 3 and 1 days before a login, data access, or a Page token ends, once each."""

from collections.abc import Iterator
from dataclasses import dataclass

from gui.desk import words
from gui.desk.desk import Desk
from gui.desk.states import has_ended
from gui.errors import JobContext
from gui.text import isolated
from gui.values import StoredLogin

#: How many days before an end.
DAYS = (14, 7, 3, 1)
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder, in words. `person` is the connection that Renew mends (its id)."""

    title: str
    text: str
    person: int


@dataclass(frozen=True, slots=True)
class _End:
    subject: str
    what: str
    ends_at: int
    kept: StoredLogin
    pages: int = 0


def due(desk: Desk, job: JobContext) -> list[Reminder]:
    """The reminders that are due now; each is noted as given, one a thing that ends: the nearest."""
    now = desk.now()
    found = []
    for end in _ends(desk, now):
        days = next((one for one in reversed(DAYS) if end.ends_at - now <= one * _DAY), None)
        if days is None or desk.vault.reminders.was_given(end.subject, end.ends_at, days):
            continue
        desk.vault.reminders.note(end.subject, end.ends_at, days)
        found.append(_said(end, now))
    return found


def _ends(desk: Desk, now: int) -> Iterator[_End]:
    for kept in desk.vault.connections():
        for what, ends_at in (("login", kept.expires_at), ("data access", kept.data_access_expires_at)):
            if ends_at and not has_ended(ends_at, now):
                yield _End(f"{what}:{kept.app_id}:{kept.user_id}", what, ends_at, kept)
        by_day: dict[int, list[int]] = {}
        for row in desk.vault.page_rows(kept):
            if row.expires_at and row.state != "needs_you" and now < row.expires_at <= now + DAYS[0] * _DAY:
                by_day.setdefault(row.expires_at // _DAY, []).append(row.expires_at)
        for day, ends in by_day.items():
            yield _End(f"pages:{kept.app_id}:{kept.user_id}:{day}", "Page tokens", min(ends), kept, len(ends))


def _said(end: _End, now: int) -> Reminder:
    name, app = isolated(end.kept.user_name or end.kept.user_id), isolated(end.kept.app_name or end.kept.app_id)
    when = words.ends(end.ends_at, now)
    if end.what == "login":
        text = f"{name} should log in again through {app} before then. Page tokens go on for now. Press to renew."
        return Reminder(f"The login of {name} {when}", text, end.kept.id)
    if end.what == "data access":
        return Reminder(
            f"Data access of {name} {when}", f"After that the tokens of {app} read nothing more. Logging in again renews it. Press to renew.", end.kept.id
        )
    tokens = words.count(end.pages, "Page token")
    return Reminder(
        f"{tokens} of {name}: {'the first ' if end.pages > 1 else ''}{when}", "Log in again, and each gets one without an end. Press to renew.", end.kept.id
    )
