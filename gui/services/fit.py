"""Does it fit? What a Page's token is good for, and which lock is shut; from what is known here, without a network."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gui.graph.error_texts import LOGIN_ROLE_KINDS
from gui.i18n import _, list_of
from gui.services.explain import message_catalog
from gui.services.purposes import (
    GROUPS,
    USE_CASES,
    Purpose,
    TokenKind,
    group_label,
    has_tasks,
    purposes,
    task_sentence,
)
from gui.services.states import login_state, shown_by
from gui.shell.commands import Command, Request
from gui.values import Action, PageRow, StoredLogin, TokenState


class Lock(StrEnum):
    """What keeps a token from serving a purpose."""

    NOT_CHECKED = "not_checked"
    TOKEN = "token"
    TWO_FACTOR = "two_factor"
    KIND = "kind"
    PERMISSION = "permission"
    NOT_THIS_PAGE = "not_this_page"
    USE_CASE = "use_case"
    TASK = "task"
    INSTAGRAM = "instagram"
    LEADS_ACCESS = "leads_access"


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that decides what a token is good for; many Pages of a login share one."""

    login_id: int
    has_token: bool
    state: TokenState
    why: str
    scopes: tuple[str, ...]
    user_scopes: tuple[str, ...]
    withheld: tuple[str, ...]
    tasks: tuple[str, ...] | None
    has_instagram: bool
    lead_access: bool | None
    has_user_token: bool
    is_system_user: bool
    missing: tuple[str, ...]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a Page's token serves a purpose: `lock` None, and nothing left `open`, means that it does.

    `known` is what was judged, `missing` are the permissions behind a lock of permissions.
    """

    purpose: Purpose
    known: Evidence
    lock: Lock | None = None
    missing: tuple[str, ...] = ()

    @property
    def is_ready(self) -> bool:
        return self.lock is None and not self.purpose.open

    @property
    def is_open(self) -> bool:
        """Whether every lock is open, and yet nothing can be promised."""
        return self.lock is None and bool(self.purpose.open)


def evidence_of(row: PageRow, login: StoredLogin | None, now: int) -> Evidence:
    """What is known of a Page's token at `now` (Unix seconds); `login` is the one it is of."""
    return Evidence(
        login_id=row.login_id,
        has_token=row.has_token,
        state=row.state,
        why=row.why if row.state is TokenState.NEEDS_YOU else "",
        scopes=row.scopes or (login.scopes if login is not None else ()),
        user_scopes=login.scopes if login is not None else (),
        withheld=row.withheld,
        tasks=row.page.tasks,
        has_instagram=bool(row.page.instagram_id),
        lead_access=row.lead_access,
        has_user_token=login is not None
        and bool(login.last_four)
        and login_state(login, now)[0] is not TokenState.NEEDS_YOU,
        is_system_user=login is not None and login.is_system_user,
        missing=login.missing_permissions if login is not None else (),
        asked=login.purposes if login is not None else (),
    )


def all_evidence_of(row: PageRow, logins: Mapping[int, StoredLogin], now: int) -> tuple[Evidence, ...]:
    """What is known of a Page's tokens, of each login that reaches it."""
    return tuple(evidence_of(one, logins.get(one.login_id), now) for one in row.by_source)


def best_source(
    row: PageRow, logins: Mapping[int, StoredLogin], now: int, rank: Callable[[Evidence], tuple[int, ...]]
) -> PageRow:
    """The row by that of its logins whose token ranks lowest; of equal ones, by the one that it is shown by."""
    if not row.others:
        return row
    best = min(row.by_source, key=lambda one: rank(evidence_of(one, logins.get(one.login_id), now)))
    return shown_by(row, best.login_id)


def fit(purpose: Purpose, known: Evidence) -> Fit:
    """Whether a token serves a purpose, or the first lock that is shut."""
    lock = _token_lock(purpose, known)
    if lock is not None:
        return Fit(purpose, known, lock)
    is_of_user = purpose.token in {TokenKind.USER, TokenKind.SYSTEM_USER}
    scopes = known.user_scopes if is_of_user else known.scopes
    if not scopes:
        return Fit(purpose, known, Lock.NOT_CHECKED)
    missing = tuple(name for name in _needed(purpose) if name not in scopes)
    if missing:
        # It was asked for, and Facebook's login never showed it: the app has not got it.
        never = {one.partition(":")[0] for one in known.missing if one.endswith(":never")}
        not_offered = purpose.key in known.asked and set(missing) <= never
        return Fit(purpose, known, Lock.USE_CASE if not_offered else Lock.PERMISSION, missing)
    withheld = tuple(name for name in _needed(purpose) if name in known.withheld and not is_of_user)
    if withheld:
        return Fit(purpose, known, Lock.NOT_THIS_PAGE, withheld)
    if purpose.instagram and not known.has_instagram:
        return Fit(purpose, known, Lock.INSTAGRAM)
    if known.tasks is not None and not has_tasks(purpose, known.tasks):
        return Fit(purpose, known, Lock.TASK)
    if purpose.leads_access and known.lead_access is False:
        return Fit(purpose, known, Lock.LEADS_ACCESS)
    return Fit(purpose, known)


def _token_lock(purpose: Purpose, known: Evidence) -> Lock | None:
    if purpose.token is TokenKind.SYSTEM_USER:
        return None if known.is_system_user and known.has_user_token else Lock.KIND
    if purpose.token is TokenKind.USER:
        return None if known.has_user_token else Lock.KIND
    if known.why in LOGIN_ROLE_KINDS:
        return Lock.TWO_FACTOR
    if not known.has_token or known.state is TokenState.NEEDS_YOU:
        return Lock.TOKEN
    return None


def _needed(purpose: Purpose) -> tuple[str, ...]:
    """The permissions that a call for this purpose needs: business_management only brings more Pages to the list."""
    return tuple(
        name
        for name in purpose.all_permissions
        if name != "business_management" or "business_management" in purpose.permissions
    )


@functools.lru_cache(maxsize=4_096)
def fits(*known: Evidence) -> Mapping[str, Fit]:
    """Every purpose with whether this token serves it; of several, the one that serves it best.

    Where none does, it is the one that was made for the purpose.
    """

    def rank(one: Fit) -> tuple[bool, bool, bool]:
        return one.lock is not None, not one.is_ready, one.purpose.key not in one.known.asked

    return {key: min((fit(purpose, one) for one in known), key=rank) for key, purpose in purposes().items()}


@functools.lru_cache(maxsize=4_096)
def ready_for(*known: Evidence) -> frozenset[str]:
    """The purposes that this token, or any of several, is ready for."""
    return frozenset(key for key, one in fits(*known).items() if one.is_ready)


def asked_for(known: Iterable[Evidence]) -> list[str]:
    """The purposes that tokens were made for, in the order of `purposes`."""
    asked = {key for one in known for key in one.asked}
    return [key for key in purposes() if key in asked]


@functools.lru_cache(maxsize=4_096)
def good_for(*known: Evidence) -> str:
    """In a few words what a Page's tokens are good for: of what they were made for how much is ready, else groups."""
    ready = ready_for(*known)
    wanted = asked_for(known)
    if wanted:
        asked = [fits(*known)[key] for key in wanted]
        shut = [one.purpose.label for one in asked if one.lock is not None]
        unsure = [one.purpose.label for one in asked if one.is_open]
        if shut:
            return _("Not yet: {purposes}", purposes=list_of(shut))
        return _("Not sure: {purposes}", purposes=list_of(unsure)) if unsure else _("All it is for")
    groups = [group for group in GROUPS if any(purposes()[key].group == group for key in ready)]
    return ", ".join(map(group_label, groups)) or _("Nothing yet")


# ------------------------------------------------------------------------ words
def words(one: Fit) -> str:
    """How it stands with a purpose, and why."""
    if one.is_open:
        return _(one.purpose.open)
    if one.lock is None:
        return _(one.purpose.also) if one.purpose.also else ""
    permissions = list_of(one.missing)
    texts = {
        Lock.NOT_CHECKED: _("Not known yet. Ask Facebook what the token may do."),
        Lock.TOKEN: _("The Page’s token does not work, or there is none."),
        Lock.TWO_FACTOR: _("The business wants two-factor authentication, or your role has ended."),
        Lock.KIND: _kind_words(one.purpose),
        Lock.PERMISSION: _("Permission not given: {names}.", names=permissions),
        Lock.NOT_THIS_PAGE: _("Given for other Pages, not for this one: {names}.", names=permissions),
        Lock.USE_CASE: _use_case_words(one.purpose, permissions),
        Lock.TASK: task_sentence(one.purpose) if one.purpose.tasks else "",
        Lock.INSTAGRAM: _("No professional Instagram account is linked to the Page."),
        Lock.LEADS_ACCESS: _("Leads Access Manager does not let you read this Page’s leads."),
    }
    return texts[one.lock]


def _use_case_words(purpose: Purpose, permissions: str) -> str:
    use_case = USE_CASES[purpose.use_case]
    if not use_case:
        return _("The app does not offer {names}. Add it to one of the app’s use cases.", names=permissions)
    return _(
        "The app does not offer {names}. It needs the use case “{use_case}”.", names=permissions, use_case=use_case
    )


def _kind_words(purpose: Purpose) -> str:
    if purpose.token is TokenKind.SYSTEM_USER:
        return _("It wants a system user’s token.")
    return _("It wants your User token, and none works here.")


def key_to(one: Fit) -> Action | None:
    """The button that opens the lock; None where it is open, or is opened by no button."""
    login_id = one.known.login_id
    actions = {
        Lock.TOKEN: _of_token(one.known),
        Lock.TWO_FACTOR: Action(_("Open Security and login"), Request(Command.OPEN_LINK, link="two_factor")),
        Lock.KIND: Action(_("How to make one"), Request(Command.SHOW_HELP, topic="system-users"))
        if one.purpose.token is TokenKind.SYSTEM_USER
        else Action(_("Log in"), Request(Command.LOG_IN, login_id=login_id)),
        Lock.PERMISSION: Action(
            _("Ask for it"), Request(Command.ASK_FOR_MORE, login_id=login_id, purpose=one.purpose.key)
        ),
        Lock.NOT_THIS_PAGE: Action(
            _("Choose Pages again"), Request(Command.ASK_FOR_MORE, login_id=login_id, purpose=one.purpose.key)
        ),
        Lock.USE_CASE: Action(_("Open Use cases"), Request(Command.OPEN_LINK, link="app_use_cases")),
        Lock.TASK: Action(_("Open Business settings"), Request(Command.OPEN_LINK, link="business_settings")),
        Lock.INSTAGRAM: Action(_("Open instagram.com"), Request(Command.OPEN_LINK, link="instagram")),
        Lock.LEADS_ACCESS: Action(_("Open Business settings"), Request(Command.OPEN_LINK, link="business_settings")),
    }
    return actions.get(one.lock) if one.lock is not None else None


def _of_token(known: Evidence) -> Action:
    """The button that mends a token: its own reason's, where that is a login; else the Pages are fetched anew."""
    command = message_catalog().get(known.why, {}).get("action", "")
    if command == Command.LOG_IN.value:
        return Action(_("Log in"), Request(Command.LOG_IN, login_id=known.login_id))
    return Action(_("Show my Pages again"), Request(Command.RELOAD_PAGES, login_id=known.login_id))


def count_ready(rows: Sequence[PageRow], logins: Mapping[int, StoredLogin], now: int) -> dict[str, tuple[int, int]]:
    """Of each purpose that logins were made for: how many Pages are ready, and how many it is wanted for.

    What nobody can promise is not counted.
    """
    counts: dict[str, list[int]] = {}
    for row in rows:
        known = all_evidence_of(row, logins, now)
        ready = ready_for(*known)
        for key in asked_for(known):
            if not purposes()[key].open:
                count = counts.setdefault(key, [0, 0])
                count[0] += key in ready
                count[1] += 1
    return {key: (counts[key][0], counts[key][1]) for key in purposes() if key in counts}
