"""Health: what works, what ends soon, what needs the person, and a notice for each trouble; no network is used."""

from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from gui.errors import JobContext, UserError
from gui.graph.error_texts import ENDS_THE_LOGIN
from gui.i18n import _, language, list_of, ngettext
from gui.services import formatting
from gui.services.explain import explain, message_catalog, version_kind
from gui.services.fit import count_ready
from gui.services.hand_over import PAGE_KINDS, USER_KINDS, tools_given
from gui.services.session import Session
from gui.services.setup import VERSIONS
from gui.services.states import SOON, login_state, merge_sources, page_rows_now
from gui.shell.commands import Command, Request
from gui.values import Action, AppCredentials, HealthRecord, Message, PageRow, StoredLogin, TokenState, Tone

#: A Graph version that ends within this is said to end soon (seconds).
_VERSION_SOON = 90 * 86_400
#: How long "Remind me later" keeps a notice away (seconds).
_PUT_OFF_FOR = 3 * 86_400
#: At most so many Pages are named.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Ending:
    """A bar of the time line: whose what ends when (Unix seconds), and how it stands."""

    subject: str
    what: str
    ends_at: int
    state: TokenState
    is_login: bool = False


@dataclass(frozen=True, slots=True)
class Trouble:
    """One trouble. `login_id` 0: the app itself; `page_ids` are the Pages it befell.

    `is_new` until the person was told. `tools` are those that got a token of these Pages; `has_other_login`: another
    login reaches some of them, too, and the token may have been that one's.
    """

    kind: str
    subject: str
    login_id: int = 0
    app_id: str = ""
    page_ids: tuple[str, ...] = ()
    ends_at: int = 0
    is_new: bool = False
    code: str = ""
    is_system_user: bool = False
    tools: tuple[str, ...] = ()
    has_other_login: bool = False

    @property
    def key(self) -> str:
        """By which a notice is put off: the same trouble of the same login has the same."""
        return f"{self.kind}/{self.app_id}/{self.login_id}"


@dataclass(frozen=True, slots=True)
class Health:
    """How everything kept stands now. The counts are of Pages; `checked_at` is the oldest check (0: some never).

    `ready` says for each purpose that logins were made for how many Pages are ready, and for how many it is wanted.
    """

    works: int
    soon: int
    needs_you: int
    checked_at: int
    logins: tuple[StoredLogin, ...]
    apps: tuple[tuple[AppCredentials, HealthRecord], ...]
    endings: tuple[Ending, ...]
    troubles: tuple[Trouble, ...]
    ready: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        return self.works + self.soon + self.needs_you


def read_health(session: Session, job: JobContext) -> Health:
    """How everything kept stands, as far as the database and the calendar tell."""
    now = session.now()
    logins = tuple(session.vault.logins())
    rows = {login.id: page_rows_now(session, login) for login in logins}
    merged_rows = merge_sources([row for login_rows in rows.values() for row in login_rows])
    states = [row.state for row in merged_rows]
    records = session.vault.health_records.apps()
    apps = tuple((app, records.get(app.app_id, HealthRecord())) for app in session.vault.apps())
    troubles = [
        *_app_troubles(apps, now),
        *_version_troubles(apps, session.versions_used),
        *(trouble for login in logins for trouble in _login_troubles(login, rows[login.id], now)),
    ]
    put_off = session.vault.settings.read().put_off
    given = session.vault.history.details_of("given") if troubles else {}
    shared_ids = {row.page.id for row in merged_rows if row.others}
    return Health(
        works=states.count(TokenState.WORKS),
        soon=states.count(TokenState.ENDS_SOON),
        needs_you=states.count(TokenState.NEEDS_YOU),
        checked_at=_oldest_look(logins, rows),
        logins=logins,
        apps=apps,
        endings=tuple(_endings(logins, apps, now)),
        troubles=tuple(_with_tools(one, given, shared_ids) for one in troubles if put_off.get(one.key, 0) <= now),
        ready=count_ready(merged_rows, {login.id: login for login in logins}, now),
    )


def _oldest_look(logins: tuple[StoredLogin, ...], rows: dict[int, list[PageRow]]) -> int:
    """When the login or Page token was checked whose check is the longest ago; 0 while one was never checked."""
    checks = [login.health.checked_at for login in logins]
    checks += [row.checked_at for login in logins for row in rows[login.id] if row.has_token]
    return min(checks, default=0)


def _app_troubles(apps: tuple[tuple[AppCredentials, HealthRecord], ...], now: int) -> list[Trouble]:
    troubles = []
    for app, record in apps:
        if record.state is TokenState.NEEDS_YOU:
            troubles.append(
                Trouble(
                    record.why,
                    app.display_name,
                    app_id=app.app_id,
                    is_new=record.seen_why != record.why,
                    code=record.code,
                )
            )
        ends_at = _version_end(app.version)
        if ends_at and ends_at - now < _VERSION_SOON:
            troubles.append(
                Trouble(
                    "version_ends" if ends_at > now else "version_ended",
                    f"Graph {app.version}",
                    app_id=app.app_id,
                    ends_at=ends_at,
                )
            )
    return troubles


def _version_troubles(
    apps: tuple[tuple[AppCredentials, HealthRecord], ...], versions_used: dict[str, str]
) -> list[Trouble]:
    """Apps whose calls another Graph version answers than the one that is asked for."""
    return [
        Trouble(version_kind(app.version, used), used, app_id=app.app_id, code=app.version)
        for app, _ in apps
        if (used := versions_used.get(app.version, app.version)) != app.version
    ]


def _login_troubles(login: StoredLogin, rows: list[PageRow], now: int) -> list[Trouble]:
    """A login's own trouble, and one for each reason that Pages need the person for; the same reason is said once."""
    troubles = []
    state, why = login_state(login, now)
    by_reason: dict[str, list[PageRow]] = {}
    for row in rows:
        if row.state is TokenState.NEEDS_YOU:
            by_reason.setdefault(row.why or "page_without_token", []).append(row)
    if state is not TokenState.WORKS:
        ids = tuple(row.page.id for row in by_reason.pop(why, []))
        ends_at = (login.data_access_expires_at if why.startswith("data_access") else login.expires_at) or 0
        is_new = login.health.seen_why != why
        troubles.append(
            Trouble(
                why, login.display_name, login.id, login.app_id, ids, ends_at, is_new, login.health.code,
                login.is_system_user,
            )
        )  # fmt: skip
    for reason, reason_rows in by_reason.items():
        ids = tuple(row.page.id for row in reason_rows)
        is_new = any(row.seen_why != reason for row in reason_rows)
        troubles.append(
            Trouble(
                reason, _page_names(reason_rows), login.id, login.app_id, ids, is_new=is_new, code=reason_rows[0].code,
                is_system_user=login.is_system_user,
            )
        )  # fmt: skip
    return troubles


def _with_tools(trouble: Trouble, given: Mapping[str, Collection[str]], shared_ids: Container[str]) -> Trouble:
    """A trouble with the tools that got a token of its Pages; `given` names tools by Page ID."""
    kinds = {*PAGE_KINDS, *USER_KINDS} if trouble.kind in _OF_LOGIN else PAGE_KINDS
    has_other_login = any(page_id in given and page_id in shared_ids for page_id in trouble.page_ids)
    return replace(trouble, tools=tools_given(given, trouble.page_ids, kinds), has_other_login=has_other_login)


def _page_names(rows: list[PageRow]) -> str:
    return formatting.join_some_pages(
        [row.page.display_name for row in sorted(rows, key=lambda row: row.folded)], _NAMED
    )


def _version_end(version: str) -> int:
    day = VERSIONS.get(version)
    return int(datetime(day.year, day.month, day.day).timestamp()) if day else 0


def _endings(
    logins: tuple[StoredLogin, ...], apps: tuple[tuple[AppCredentials, HealthRecord], ...], now: int
) -> list[Ending]:
    endings = []
    for login in logins:
        is_dead = login.health.state is TokenState.NEEDS_YOU and login.health.why != "data_access_ended"
        for ends_at, what, is_login in (
            (login.expires_at, _("login"), True),
            (login.data_access_expires_at, _("data access"), False),
        ):
            if ends_at:
                endings.append(
                    Ending(
                        login.display_name,
                        what,
                        ends_at,
                        TokenState.NEEDS_YOU if is_login and is_dead else _state_by_day(ends_at, now, SOON),
                        is_login,
                    )
                )
    for app, _record in apps:
        if ends_at := _version_end(app.version):
            endings.append(
                Ending(
                    app.display_name,
                    _("Graph {version}", version=app.version),
                    ends_at,
                    _state_by_day(ends_at, now, _VERSION_SOON),
                )
            )
    return endings


def _state_by_day(ends_at: int, now: int, soon: int) -> TokenState:
    if ends_at <= now:
        return TokenState.NEEDS_YOU
    return TokenState.ENDS_SOON if ends_at - now < soon else TokenState.WORKS


# -------------------------------------------------------------------- notices
def trouble_message(session: Session, trouble: Trouble) -> Message:
    """The notice of a trouble: whom it befell, what happened, why, what to do, the button that mends it."""
    ends = formatting.day(trouble.ends_at, session.now()) if trouble.ends_at else ""
    sentence = _OF_SYSTEM_USER.get(trouble.kind, trouble.kind) if trouble.is_system_user else trouble.kind
    message = explain(UserError(sentence, name=trouble.subject, end=ends, found=trouble.code))
    entry = message_catalog().get(sentence, {})
    title = message.title
    if len(trouble.page_ids) > 1 and "title_many" in entry:
        title = _(entry["title_many"])
    if "{name}" not in entry.get("title", ""):
        title = _("{name}: {what}", name=trouble.subject, what=_after_colon(title))
    text = message.text
    if len(trouble.page_ids) > 1 and trouble.kind in _OF_LOGIN:
        ended = ngettext(
            "{count} Page token ended with it.", "{count} Page tokens ended with it.", len(trouble.page_ids)
        )
        text = f"{ended} {text}"
    if trouble.tools:
        given = _("Given to {tools}: paste the new token there once it is mended.", tools=list_of(trouble.tools))
        if trouble.has_other_login:
            given = _(
                "Given to {tools}: where that was this login’s token, paste the new one once it is mended.",
                tools=list_of(trouble.tools),
            )
        text = f"{text} {given}"
    if trouble.is_new:
        text = f"{_('New since you last looked.')} {text}"
    put_off = (
        Action(_("Remind me later"), Request(Command.REMIND_LATER, notice=trouble.key))
        if message.tone is Tone.SOON
        else None
    )
    details = ((_("Facebook’s code"), trouble.code),) if trouble.code else ()
    return replace(
        message,
        title=title,
        text=text,
        action=_action(message.action, trouble),
        secondary=put_off,
        details=details,
        kind=trouble.key,
    )


def _action(action: Action | None, trouble: Trouble) -> Action | None:
    """The button of a trouble's notice, for the login, app or Pages that it befell."""
    if action is None:
        if not trouble.page_ids:
            return None
        words = _("Show the Page") if len(trouble.page_ids) == 1 else _("Show the Pages")
        return Action(words, Request(Command.SHOW_PAGES_NEEDING_YOU, login_id=trouble.login_id))
    request = action.request
    if request.command in {Command.LOG_IN, Command.REREQUEST_PERMISSIONS, Command.RELOAD_PAGES}:
        request = request._replace(login_id=trouble.login_id)
    elif request.command in {Command.OPEN_LINK, Command.SET_UP_APP}:
        request = request._replace(app_id=trouble.app_id)
    return Action(_("Renew") if request.command is Command.LOG_IN else action.label, request)


def _after_colon(title: str) -> str:
    """A title as it goes on after a colon: in English in small letters, but for names."""
    is_as_it_is = language() != "en" or title.split(" ", 1)[0] in {"Facebook", "Page", "App", "Graph"}
    return title if is_as_it_is else title[:1].lower() + title[1:]


#: Reasons that end a login and every Page token made with it.
_OF_LOGIN = ENDS_THE_LOGIN
#: What is another matter with a system user, who has no login -> its sentence.
_OF_SYSTEM_USER = {
    "login_ends_soon": "system_user_ends_soon",
    "login_ended": "system_user_ended",
    "token_expired": "system_user_ended",
}


def remind_later(session: Session, key: str, job: JobContext) -> Health:
    """Keep the notice of one trouble (Trouble.key) away for three days."""
    now = session.now()
    put_off = {notice_key: until for notice_key, until in session.vault.settings.read().put_off.items() if until > now}
    session.vault.settings.change(put_off={**put_off, key: now + _PUT_OFF_FOR})
    return read_health(session, job)


def mark_notices_seen(session: Session, job: JobContext) -> None:
    """The person has seen the notices: each is new once."""
    session.vault.health_records.mark_notices_seen()
