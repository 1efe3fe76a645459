"""Reminders: 14, 7, 3 and 1 days before a login, data access, or a Page token ends, once each."""

from collections.abc import Iterator
from dataclasses import dataclass

from gui.errors import JobContext
from gui.i18n import _, ngettext
from gui.services import formatting
from gui.services.session import Session
from gui.services.states import has_ended
from gui.values import StoredLogin

#: How many days before an end.
DAYS = (14, 7, 3, 1)
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder, in words. `login_id` is the stored login that Renew mends."""

    title: str
    text: str
    login_id: int


@dataclass(frozen=True, slots=True)
class _End:
    subject: str
    what: str
    ends_at: int
    login: StoredLogin
    pages: int = 0


def due_reminders(session: Session, job: JobContext) -> list[Reminder]:
    """The reminders that are due now; each is noted as given, one a thing that ends: the nearest."""
    now = session.now()
    reminders = []
    for end in _ends(session, now):
        days = next((one for one in reversed(DAYS) if end.ends_at - now <= one * _DAY), None)
        if days is None or session.vault.reminders.was_given(end.subject, end.ends_at, days):
            continue
        session.vault.reminders.note(end.subject, end.ends_at, days)
        reminders.append(_reminder(end, now))
    return reminders


def _ends(session: Session, now: int) -> Iterator[_End]:
    for login in session.vault.logins():
        for what, ends_at in (("login", login.expires_at), ("data access", login.data_access_expires_at)):
            if ends_at and not has_ended(ends_at, now):
                yield _End(f"{what}:{login.app_id}:{login.user_id}", what, ends_at, login)
        by_day: dict[int, list[int]] = {}
        for ends_at in session.vault.reminders.token_ends(login.id, now, now + DAYS[0] * _DAY):
            by_day.setdefault(ends_at // _DAY, []).append(ends_at)
        for day, end_times in by_day.items():
            yield _End(
                f"pages:{login.app_id}:{login.user_id}:{day}",
                "Page tokens",
                min(end_times),
                login,
                len(end_times),
            )


def _reminder(end: _End, now: int) -> Reminder:
    name, app = end.login.display_name, end.login.app_display_name
    when = formatting.ends(end.ends_at, now)
    if end.what == "login":
        text = _(
            "{name} should log in again through {app} before then. Page tokens keep working for now. Press to renew.",
            name=name,
            app=app,
        )
        return Reminder(_("The login of {name} {when}", name=name, when=when), text, end.login.id)
    if end.what == "data access":
        return Reminder(
            _("Data access of {name} {when}", name=name, when=when),
            _(
                "After that, the tokens of {app} can no longer read data. Logging in again renews it. Press to renew.",
                app=app,
            ),
            end.login.id,
        )
    return Reminder(
        _("The Page token of {name} {when}", name=name, when=when)
        if end.pages == 1
        else ngettext(
            "{count} Page token of {name}: the first {when}",
            "{count} Page tokens of {name}: the first {when}",
            end.pages,
            name=name,
            when=when,
        ),
        _("Log in again, and each gets one without an end. Press to renew."),
        end.login.id,
    )
