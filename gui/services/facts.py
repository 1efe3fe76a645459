"""What is known of a Page token, a login, an app or any token, said line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.errors import UserError
from gui.i18n import _, list_of, ngettext, whole_day
from gui.services import formatting
from gui.services.explain import explain
from gui.services.purposes import known, purposes
from gui.services.setup import VERSIONS
from gui.services.states import has_ended, login_state
from gui.values import AppCredentials, Fact, HealthRecord, PageRow, StoredLogin, TokenState, Tone

if TYPE_CHECKING:
    from gui.services.any_token import TokenReport

_OTHERS = {"email": _("see the email address")}


def _state(state: TokenState, why: str, name: str, works: str) -> Fact:
    if state is TokenState.WORKS:
        return Fact(_("State"), works, Tone.WORKS)
    message = explain(UserError(why, name=name)) if why else None
    if state is TokenState.ENDS_SOON:
        if why == "data_access_soon":
            return Fact(_("State"), _("Works; access to the data behind it ends soon"), Tone.SOON)
        return Fact(_("State"), _("Works; the login behind it should be renewed soon"), Tone.SOON)
    return Fact(_("State"), f"{message.title}. {message.text}" if message else _("Needs you"), Tone.BAD)


#: What people ask for most: that a token cannot do it is worth saying. The rest stands in "What is it good for?".
_EVERYDAY = (
    "pages_show_list", "pages_read_engagement", "business_management", "pages_manage_posts", "pages_read_user_content",
    "pages_manage_engagement", "pages_messaging", "pages_manage_ads", "read_insights", "leads_retrieval",
    "instagram_basic",
)  # fmt: skip


def _abilities(scopes: tuple[str, ...], missing: tuple[str, ...] = ()) -> list[Fact]:
    """What permissions allow and what is not allowed for want of one."""
    if not scopes and not missing:
        # Every token has one at least: that there is none says that Facebook did not tell.
        return [Fact(_("It can"), _("Facebook did not say what it may do"))]
    allowed = [formatting.permission(name) for name in formatting.PERMISSIONS if name in scopes]
    other_permissions = [
        _OTHERS.get(name, name) for name in scopes if name not in formatting.PERMISSIONS and name != "public_profile"
    ]
    not_allowed = [formatting.permission(name) for name in _EVERYDAY if name not in scopes]
    facts = [
        Fact(
            _("It can"),
            list_of([*allowed, *other_permissions]) or _("nothing with Pages: it has no permission for them"),
            None if allowed else Tone.BAD,
        )
    ]
    if not_allowed:
        facts.append(Fact(_("It cannot"), list_of(not_allowed)))
    lost_permissions = [name for name in missing if not name.endswith(":never")]
    if lost_permissions:
        facts.append(
            Fact(
                _("Missing"),
                list_of([f"{name.partition(':')[0]} ({formatting.missing_reason(name)})" for name in lost_permissions]),
                Tone.SOON,
            )
        )
    return facts


def _last_check(checked_at: int, well_at: int, now: int) -> Fact:
    if not checked_at:
        return Fact(_("Last known to work"), _("not checked yet; it worked when it was made"))
    return Fact(_("Last known to work"), formatting.ago(well_at, now) if well_at else _("no check found it working"))


def page_facts(row: PageRow, login: StoredLogin, now: int) -> list[Fact]:
    """What is known of a Page's token here."""
    facts = [_state(row.state, row.why, row.page.display_name, _("The token works"))]
    if row.has_token:
        facts.append(Fact(_("Token"), formatting.ends(row.expires_at, now)))
        if login.expires_at:
            facts.append(
                Fact(
                    _("Renew by"), _("{day}, when the login behind it ends", day=formatting.day(login.expires_at, now))
                )
            )
        facts.append(_data_access(row.data_access_expires_at or login.data_access_expires_at, now))
        facts += _abilities(row.scopes or login.scopes)
    may, may_not = formatting.may(row.page.tasks)
    facts.append(Fact(_("Your role allows"), may))
    if may_not:
        facts.append(Fact(_("Your role does not allow"), may_not))
    if row.has_token:
        facts.append(_last_check(row.checked_at, row.well_at, now))
    facts.append(Fact(_("Page ID"), row.page.id))
    if row.page.instagram_id:
        facts.append(
            Fact(
                _("Instagram account"),
                _("@{name}, ID {id}", name=row.page.instagram_name, id=row.page.instagram_id),
            )
        )
    facts.append(Fact(_("Where it comes from"), formatting.origins(row.page.origins) or _("not known")))
    return facts


def _data_access(end: int | None, now: int) -> Fact:
    if not end:
        return Fact(_("Data access"), _("Facebook did not say when it ends"))
    return Fact(_("Data access"), formatting.ends(end, now), Tone.BAD if has_ended(end, now) else None)


def login_facts(login: StoredLogin, now: int) -> list[Fact]:
    """What is known of a person's login."""
    state, why = login_state(login, now)
    facts = (
        [_state(state, why, login.user_name, _("The login works"))]
        if state is not TokenState.ENDS_SOON
        else [Fact(_("State"), explain(_soon_error(login, why, now)).title, Tone.SOON)]
    )
    if login.is_system_user:
        facts.append(Fact(_("Kind"), formatting.system_user(login.business)))
    if login.purposes:
        names = [purposes()[key].label for key in known(login.purposes)]
        facts.append(Fact(_("It is for"), list_of(names)))
    facts += [Fact(_("Login"), formatting.ends(login.expires_at, now)), _data_access(login.data_access_expires_at, now)]
    facts += _abilities(login.scopes, login.missing_permissions)
    return [*facts, _last_check(login.health.checked_at, login.health.well_at, now)]


def _soon_error(login: StoredLogin, why: str, now: int) -> UserError:
    end = login.data_access_expires_at if why == "data_access_soon" else login.expires_at
    return UserError(why, name=login.user_name, end=formatting.day(end, now) if end else "")


def app_facts(app: AppCredentials, record: HealthRecord, now: int) -> list[Fact]:
    """What is known of an app."""
    end = VERSIONS.get(app.version)
    facts = (
        [_state(record.state, record.why, app.name, _("The app works"))]
        if record.checked_at
        else [Fact(_("State"), _("Not checked yet"))]
    )
    facts.append(Fact(_("App ID"), app.app_id))
    facts.append(
        Fact(
            _("Graph version"),
            _("{version}, until {day}", version=app.version, day=whole_day(end))
            if end
            else _("{version}, no end date", version=app.version),
        )
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
        facts.append(Fact(_("State"), f"{message.title}. {message.text}", Tone.BAD))
    elif has_ended(info.data_access_expires_at, now):
        facts.append(Fact(_("State"), explain(UserError("data_access_ended")).title, Tone.BAD))
    else:
        facts.append(Fact(_("State"), _("It works"), Tone.WORKS))
    if info.type:
        facts.append(Fact(_("Kind"), _kind(info.type)))
    if report.name:
        facts.append(Fact(_("Page") if info.type == "PAGE" else _("Person"), report.name))
    if info.profile_id:
        facts.append(Fact(_("Page ID"), info.profile_id))
    if info.type == "PAGE" and info.user_id:
        facts.append(Fact(_("Made by"), report.whose or _("the person with the ID {id} in this app", id=info.user_id)))
    if info.app_id:
        app = {"name": info.application or report.app.name or _("no name"), "id": info.app_id}
        facts.append(
            Fact(
                _("App"),
                _("{name}, App ID {id}", **app)
                if report.app.secret
                else _("{name}, App ID {id}, whose App secret is not kept here", **app),
            )
        )
    if info.expires_at is not None:
        facts.append(Fact(_("Token"), formatting.ends(info.expires_at, now)))
    if info.type in {"USER", "PAGE"} and info.data_access_expires_at:
        facts.append(_data_access(info.data_access_expires_at, now))
    if info.issued_at:
        facts.append(Fact(_("Made"), formatting.ago(info.issued_at, now)))
    if info.type in {"USER", "PAGE", "SYSTEM_USER"} and (info.is_valid or info.scopes):
        abilities = _abilities(info.scopes, report.missing_permissions)
        facts += abilities if report.why is None else [Fact(_("It could"), abilities[0].text)]
    if report.page is not None and report.page.tasks is not None:
        facts.append(Fact(_("Your role allows"), formatting.may(report.page.tasks)[0]))
    if report.pages is not None and info.type != "PAGE":
        chosen = ngettext("{count} Page chosen at the login", "{count} Pages chosen at the login", len(report.pages))
        facts.append(Fact(_("Given for"), chosen))
    return facts
