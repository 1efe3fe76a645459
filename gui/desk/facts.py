"""What is known of a Page token, a login, an app or any token, said line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.desk import words
from gui.desk.explain import explain
from gui.desk.setup import VERSIONS
from gui.desk.states import has_ended, person_state
from gui.errors import UserError
from gui.values import AppCredentials, Fact, HealthRecord, PageRow, StoredLogin

if TYPE_CHECKING:
    from gui.desk.any_token import TokenReport

#: What debug_token's `type` means.
_KINDS = {"USER": "a User token: it speaks for a person", "PAGE": "a Page token: it speaks for one Page", "APP": "an app token: it speaks for the app, not for a person",
          "SYSTEM_USER": "a system user’s token: it belongs to a business, not to a person"}  # fmt: skip

_OTHERS = {"email": "see the e-mail address"}


def _state(state: str, why: str, name: str, works: str) -> Fact:
    if state == "works":
        return Fact("State", works, "works")
    said = explain(UserError(why, name=name)) if why else None
    if state == "soon":
        return Fact("State", "Works; the login behind it should be renewed soon", "soon")
    return Fact("State", f"{said.title}. {said.text}" if said else "Needs you", "bad")


def _abilities(scopes: tuple[str, ...], lacking: tuple[str, ...] = ()) -> list[Fact]:
    """What permissions allow and what is not allowed for want of one."""
    can = [words.permission(one) for one in words.PERMISSIONS if one in scopes]
    others = [_OTHERS.get(one, one) for one in scopes if one not in words.PERMISSIONS and one != "public_profile"]
    cannot = [words.permission(one) for one in words.PERMISSIONS if one not in scopes]
    facts = [Fact("It can", _listed([*can, *others]) or "nothing with Pages: no permission for that was given", "" if can else "bad")]
    if cannot:
        facts.append(Fact("It cannot", _listed(cannot)))
    lost = [one for one in lacking if not one.endswith(":never")]
    if lost:
        facts.append(Fact("Not given", _listed([f"{one.partition(':')[0]} ({words.lacking(one)})" for one in lost]), "soon"))
    return facts


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def _seen(checked_at: int, well_at: int, now: int) -> Fact:
    if not checked_at:
        return Fact("Last seen well", "not checked yet; it worked when it was made")
    return Fact("Last seen well", words.ago(well_at, now) if well_at else "not by any check")


def of_row(row: PageRow, kept: StoredLogin, now: int) -> list[Fact]:
    """What is known of a Page's token here."""
    facts = [_state(row.state, row.why, row.page.name or row.page.id, "The token works")]
    if row.has_token:
        facts.append(Fact("Token", words.ends(row.expires_at, now)))
        if kept.expires_at:
            facts.append(Fact("Renew by", f"{words.day(kept.expires_at, now)}, when the login behind it ends"))
        facts.append(_data_access(row.data_access_expires_at or kept.data_access_expires_at, now))
        facts += _abilities(row.scopes or kept.scopes)
    may, may_not = words.may(row.page.tasks)
    facts.append(Fact("You may do there", may))
    if may_not:
        facts.append(Fact("You may not", may_not))
    if row.has_token:
        facts.append(_seen(row.checked_at, row.well_at, now))
    facts.append(Fact("Page ID", row.page.id))
    if row.page.instagram_id:
        facts.append(Fact("Instagram account", f"@{row.page.instagram_name}, ID {row.page.instagram_id}"))
    facts.append(Fact("Where it comes from", words.origins(row.page.origins) or "not known"))
    return facts


def _data_access(end: int | None, now: int) -> Fact:
    if not end:
        return Fact("Data access", "Facebook did not say when it ends")
    return Fact("Data access", words.ends(end, now), "bad" if has_ended(end, now) else "")


def of_person(kept: StoredLogin, now: int) -> list[Fact]:
    """What is known of a person's login."""
    state, why = person_state(kept, now)
    facts = [_state(state, why, kept.user_name, "The login works")] if state != "soon" else [Fact("State", explain(_soon(kept, why, now)).title, "soon")]
    facts += [Fact("Login", words.ends(kept.expires_at, now)), _data_access(kept.data_access_expires_at, now)]
    facts += _abilities(kept.scopes, kept.lacking)
    return [*facts, _seen(kept.seen.checked_at, kept.seen.well_at, now)]


def _soon(kept: StoredLogin, why: str, now: int) -> UserError:
    end = kept.data_access_expires_at if why == "data_access_soon" else kept.expires_at
    return UserError(why, name=kept.user_name, end=words.day(end, now) if end else "")


def of_app(app: AppCredentials, seen: HealthRecord, now: int) -> list[Fact]:
    """What is known of an app."""
    end = VERSIONS.get(app.version)
    facts = [_state(seen.state, seen.why, app.name, "The app works")] if seen.checked_at else [Fact("State", "Not checked yet")]
    facts.append(Fact("App ID", app.app_id))
    facts.append(Fact("Graph version", f"{app.version}, until {end.day} {end:%B %Y}" if end else f"{app.version}, no end set"))
    return [*facts, _seen(seen.checked_at, seen.well_at, now)]


def of_report(report: TokenReport, now: int) -> list[Fact]:
    """What is known of a token that was pasted."""
    told = report.facts
    facts = []
    if report.why is not None:
        said = explain(report.why)
        facts.append(Fact("State", f"{said.title}. {said.text}", "bad"))
    elif has_ended(told.data_access_expires_at, now):
        facts.append(Fact("State", explain(UserError("data_access_ended")).title, "bad"))
    else:
        facts.append(Fact("State", "It works", "works"))
    if told.type:
        facts.append(Fact("Kind", _KINDS.get(told.type, told.type.lower().replace("_", " "))))
    if report.name:
        facts.append(Fact("Page" if told.type == "PAGE" else "Person", report.name))
    if told.profile_id:
        facts.append(Fact("Page ID", told.profile_id))
    if told.type == "PAGE" and told.user_id:
        facts.append(Fact("Made by", report.whose or f"the person with the ID {told.user_id} in this app"))
    if told.app_id:
        kept = "" if report.app.secret else ", whose App secret is not kept here"
        facts.append(Fact("App", f"{told.application or report.app.name or 'no name'}, App ID {told.app_id}{kept}"))
    if told.expires_at is not None:
        facts.append(Fact("Token", words.ends(told.expires_at, now)))
    if told.type in {"USER", "PAGE"} and told.data_access_expires_at:
        facts.append(_data_access(told.data_access_expires_at, now))
    if told.issued_at:
        facts.append(Fact("Made", words.ago(told.issued_at, now)))
    if told.type in {"USER", "PAGE", "SYSTEM_USER"} and (told.is_valid or told.scopes):
        able = _abilities(told.scopes, tuple(f"{one}:declined" for one in report.lacking))
        facts += able if report.why is None else [Fact("It could", able[0].text)]
    if report.page is not None and report.page.tasks is not None:
        facts.append(Fact("You may do there", words.may(report.page.tasks)[0]))
    if report.pages is not None and told.type != "PAGE":
        facts.append(Fact("Given for", f"{words.count(len(report.pages), 'Page')} chosen at the login"))
    return facts
