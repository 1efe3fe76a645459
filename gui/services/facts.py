"""What is known of a Page token, a login, an app or any token, said line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.errors import UserError
from gui.services import formatting
from gui.services.explain import explain
from gui.services.setup import VERSIONS
from gui.services.states import has_ended, login_state
from gui.values import AppCredentials, Fact, HealthRecord, PageRow, StoredLogin, TokenState, Tone

if TYPE_CHECKING:
    from gui.services.any_token import TokenReport

_OTHERS = {"email": "see the email address"}


def _state(state: TokenState, why: str, name: str, works: str) -> Fact:
    if state is TokenState.WORKS:
        return Fact("State", works, Tone.WORKS)
    message = explain(UserError(why, name=name)) if why else None
    if state is TokenState.ENDS_SOON:
        soon = {"data_access_soon": "access to the data behind it ends soon"}.get(
            why, "the login behind it should be renewed soon"
        )
        return Fact("State", f"Works; {soon}", Tone.SOON)
    return Fact("State", f"{message.title}. {message.text}" if message else "Needs you", Tone.BAD)


def _abilities(scopes: tuple[str, ...], missing: tuple[str, ...] = ()) -> list[Fact]:
    """What permissions allow and what is not allowed for want of one."""
    if not scopes and not missing:
        # Every token has one at least: that there is none says that Facebook did not tell.
        return [Fact("It can", "Facebook did not say what it may do")]
    allowed = [formatting.permission(name) for name in formatting.PERMISSIONS if name in scopes]
    other_permissions = [
        _OTHERS.get(name, name) for name in scopes if name not in formatting.PERMISSIONS and name != "public_profile"
    ]
    not_allowed = [formatting.permission(name) for name in formatting.PERMISSIONS if name not in scopes]
    facts = [
        Fact(
            "It can",
            _join([*allowed, *other_permissions]) or "nothing with Pages: it has no permission for them",
            None if allowed else Tone.BAD,
        )
    ]
    if not_allowed:
        facts.append(Fact("It cannot", _join(not_allowed)))
    lost_permissions = [name for name in missing if not name.endswith(":never")]
    if lost_permissions:
        facts.append(
            Fact(
                "Missing",
                _join([f"{name.partition(':')[0]} ({formatting.missing_reason(name)})" for name in lost_permissions]),
                Tone.SOON,
            )
        )
    return facts


def _join(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def _last_check(checked_at: int, well_at: int, now: int) -> Fact:
    if not checked_at:
        return Fact("Last known to work", "not checked yet; it worked when it was made")
    return Fact("Last known to work", formatting.ago(well_at, now) if well_at else "no check found it working")


def page_facts(row: PageRow, login: StoredLogin, now: int) -> list[Fact]:
    """What is known of a Page's token here."""
    facts = [_state(row.state, row.why, row.page.display_name, "The token works")]
    if row.has_token:
        facts.append(Fact("Token", formatting.ends(row.expires_at, now)))
        if login.expires_at:
            facts.append(Fact("Renew by", f"{formatting.day(login.expires_at, now)}, when the login behind it ends"))
        facts.append(_data_access(row.data_access_expires_at or login.data_access_expires_at, now))
        facts += _abilities(row.scopes or login.scopes)
    may, may_not = formatting.may(row.page.tasks)
    facts.append(Fact("Your role allows", may))
    if may_not:
        facts.append(Fact("Your role does not allow", may_not))
    if row.has_token:
        facts.append(_last_check(row.checked_at, row.well_at, now))
    facts.append(Fact("Page ID", row.page.id))
    if row.page.instagram_id:
        facts.append(Fact("Instagram account", f"@{row.page.instagram_name}, ID {row.page.instagram_id}"))
    facts.append(Fact("Where it comes from", formatting.origins(row.page.origins) or "not known"))
    return facts


def _data_access(end: int | None, now: int) -> Fact:
    if not end:
        return Fact("Data access", "Facebook did not say when it ends")
    return Fact("Data access", formatting.ends(end, now), Tone.BAD if has_ended(end, now) else None)


def login_facts(login: StoredLogin, now: int) -> list[Fact]:
    """What is known of a person's login."""
    state, why = login_state(login, now)
    facts = (
        [_state(state, why, login.user_name, "The login works")]
        if state is not TokenState.ENDS_SOON
        else [Fact("State", explain(_soon_error(login, why, now)).title, Tone.SOON)]
    )
    facts += [Fact("Login", formatting.ends(login.expires_at, now)), _data_access(login.data_access_expires_at, now)]
    facts += _abilities(login.scopes, login.missing_permissions)
    return [*facts, _last_check(login.health.checked_at, login.health.well_at, now)]


def _soon_error(login: StoredLogin, why: str, now: int) -> UserError:
    end = login.data_access_expires_at if why == "data_access_soon" else login.expires_at
    return UserError(why, name=login.user_name, end=formatting.day(end, now) if end else "")


def app_facts(app: AppCredentials, record: HealthRecord, now: int) -> list[Fact]:
    """What is known of an app."""
    end = VERSIONS.get(app.version)
    facts = (
        [_state(record.state, record.why, app.name, "The app works")]
        if record.checked_at
        else [Fact("State", "Not checked yet")]
    )
    facts.append(Fact("App ID", app.app_id))
    facts.append(
        Fact("Graph version", f"{app.version}, until {end.day} {end:%B %Y}" if end else f"{app.version}, no end date")
    )
    return [*facts, _last_check(record.checked_at, record.well_at, now)]


def _kind(debug_type: str) -> str:
    kind = formatting.token_kind(debug_type)
    return f"{kind.phrase}: {kind.meaning}" if kind.meaning else debug_type.lower().replace("_", " ")


def report_facts(report: TokenReport, now: int) -> list[Fact]:
    """What is known of a token that was pasted."""
    info = report.info
    facts = []
    if report.why is not None:
        message = explain(report.why)
        facts.append(Fact("State", f"{message.title}. {message.text}", Tone.BAD))
    elif has_ended(info.data_access_expires_at, now):
        facts.append(Fact("State", explain(UserError("data_access_ended")).title, Tone.BAD))
    else:
        facts.append(Fact("State", "It works", Tone.WORKS))
    if info.type:
        facts.append(Fact("Kind", _kind(info.type)))
    if report.name:
        facts.append(Fact("Page" if info.type == "PAGE" else "Person", report.name))
    if info.profile_id:
        facts.append(Fact("Page ID", info.profile_id))
    if info.type == "PAGE" and info.user_id:
        facts.append(Fact("Made by", report.whose or f"the person with the ID {info.user_id} in this app"))
    if info.app_id:
        not_stored = "" if report.app.secret else ", whose App secret is not kept here"
        facts.append(
            Fact("App", f"{info.application or report.app.name or 'no name'}, App ID {info.app_id}{not_stored}")
        )
    if info.expires_at is not None:
        facts.append(Fact("Token", formatting.ends(info.expires_at, now)))
    if info.type in {"USER", "PAGE"} and info.data_access_expires_at:
        facts.append(_data_access(info.data_access_expires_at, now))
    if info.issued_at:
        facts.append(Fact("Made", formatting.ago(info.issued_at, now)))
    if info.type in {"USER", "PAGE", "SYSTEM_USER"} and (info.is_valid or info.scopes):
        abilities = _abilities(info.scopes, report.missing_permissions)
        facts += abilities if report.why is None else [Fact("It could", abilities[0].text)]
    if report.page is not None and report.page.tasks is not None:
        facts.append(Fact("Your role allows", formatting.may(report.page.tasks)[0]))
    if report.pages is not None and info.type != "PAGE":
        facts.append(Fact("Given for", f"{formatting.count(len(report.pages), 'Page')} chosen at the login"))
    return facts
