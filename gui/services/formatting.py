"""How times, tasks and numbers are said to a person."""

import functools
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from gui import i18n
from gui.i18n import _, ngettext
from gui.text import isolated
from gui.values import NO_END

_DAY = 86_400
_TASKS = (
    ("CREATE_CONTENT", _("content")),
    ("MESSAGING", _("messages")),
    ("MODERATE", _("comments")),
    ("ADVERTISE", _("ads")),
    ("ANALYZE", _("insights")),
)


def day(moment: int, now: int) -> str:
    """A date as people say it: '23 January', with the year when it is 300 days or more away."""
    return i18n.day(moment, with_year=abs(moment - now) >= 300 * _DAY)


def short_day(moment: int) -> str:
    """'3 Dec'."""
    return i18n.day(moment, short=True)


def span(seconds: float) -> str:
    """A length of time in its largest fitting unit: '52 minutes', '60 days'."""
    count, unit = _in_units(seconds)
    return i18n.span(count, unit) if count else _("less than a minute")


def ahead(seconds: float) -> str:
    """How far ahead something is: 'in 52 minutes', 'in 60 days'."""
    count, unit = _in_units(seconds)
    return i18n.from_now(count, unit) if count else _("in less than a minute")


def _in_units(seconds: float) -> tuple[int, i18n.Unit]:
    minutes = max(0, round(seconds / 60))
    if minutes < 120:
        return minutes, "minute"
    hours = round(seconds / 3600)
    return (hours, "hour") if hours < 48 else (round(seconds / _DAY), "day")


def ends(expires_at: int | None, now: int) -> str:
    """When a token ends: 'ends today at 15:00, in 52 minutes', 'ends on 23 January, in 60 days', 'has no end'."""
    if expires_at is None:
        return _("Facebook did not say when it ends")
    if expires_at == NO_END:
        return _("has no end")
    if expires_at <= now:
        return _("ended on {day}", day=day(expires_at, now))
    ahead_text = ahead(expires_at - now)
    if _is_today(expires_at, now):
        return _("ends today at {time}, {ahead}", time=i18n.time_of_day(expires_at), ahead=ahead_text)
    if expires_at - now < _DAY:
        return _("ends tomorrow at {time}, {ahead}", time=i18n.time_of_day(expires_at), ahead=ahead_text)
    return _("ends on {day}, {ahead}", day=day(expires_at, now), ahead=ahead_text)


def until(ends_at: int, now: int) -> str:
    """For the end of a bar: 'until 23 January', 'ended on 3 December'."""
    return _("ended on {day}", day=day(ends_at, now)) if ends_at <= now else _("until {day}", day=day(ends_at, now))


def ends_briefly(expires_at: int | None, now: int) -> str:
    """For a table's cell: 'Has no end', '23 Jan', '15:00 today'."""
    if expires_at is None:
        return _("Not known")
    if expires_at == NO_END:
        return _("Has no end")
    if expires_at <= now:
        return _("Ended")
    return _("{time} today", time=i18n.time_of_day(expires_at)) if _is_today(expires_at, now) else short_day(expires_at)


def ends_soon(expires_at: int, now: int) -> str:
    """For the state of a token that ends within days: 'Ends 3 Dec', 'Ends 15:00 today', 'Ended'."""
    if expires_at <= now:
        return _("Ended")
    if _is_today(expires_at, now):
        return _("Ends {time} today", time=i18n.time_of_day(expires_at))
    return _("Ends {day}", day=short_day(expires_at))


def _is_today(moment: int, now: int) -> bool:
    return datetime.fromtimestamp(moment).date() == datetime.fromtimestamp(now).date()


def tasks(names: tuple[str, ...] | None) -> str:
    """What the person may do on a Page: 'Full control', 'Content, messages', 'Insights only'."""
    if names is None:
        return _("Facebook did not say")
    task_names = {name.removeprefix("PROFILE_PLUS_") for name in names}
    if task_names & {"MANAGE", "FULL_CONTROL"}:
        return _("Full control")
    held = [name for name, _word in _TASKS if name in task_names]
    # Whoever may do something may see its figures.
    words = [word for name, word in _TASKS if name in held and (name != "ANALYZE" or len(held) == 1)]
    unknown_words = [name.replace("_", " ").lower() for name in sorted(task_names) if name not in dict(_TASKS)]
    if held == ["ANALYZE"] and not unknown_words:
        return _("Insights only")
    text = ", ".join(words + unknown_words)
    return text[:1].upper() + text[1:] if text else _("Nothing yet")


def task_words(name: str) -> str:
    """What one task lets a person do: 'content', 'full control', 'leads'."""
    if name in {"MANAGE", "FULL_CONTROL"}:
        return _("full control")
    return dict(_TASKS).get(name) or (_("leads") if name == "MANAGE_LEADS" else name.replace("_", " ").lower())


def may(names: tuple[str, ...] | None) -> tuple[str, str]:
    """What the person may do on a Page, and what not: ('content, messages', 'comments, ads')."""
    task_names = {name.removeprefix("PROFILE_PLUS_") for name in names or ()}
    if not task_names or task_names & {"MANAGE", "FULL_CONTROL"}:
        return tasks(names), ""
    return tasks(names), ", ".join([*(word for name, word in _TASKS if name not in task_names), _("full control")])


#: What a permission lets the app do, as a person would say it; grammatically after "can" (Permissions Reference).
PERMISSIONS = {
    "pages_show_list": _("see which Pages you look after"),
    "pages_read_engagement": _("read posts, followers and Page details"),
    "pages_manage_metadata": _("change Page settings and receive updates"),
    "business_management": _("see the Pages in a business portfolio"),
    "pages_manage_posts": _("publish posts"),
    "pages_read_user_content": _("read what visitors write"),
    "pages_manage_engagement": _("answer comments"),
    "pages_messaging": _("answer messages"),
    "pages_manage_ads": _("run the Page’s ads"),
    "pages_manage_cta": _("change the Page’s action button"),
    "publish_video": _("publish live videos"),
    "read_insights": _("read insights"),
    "leads_retrieval": _("read the leads of forms"),
    "ads_management": _("manage ad accounts"),
    "ads_read": _("read ad reports"),
    "catalog_management": _("manage product catalogs"),
    "instagram_basic": _("see linked Instagram accounts"),
    "instagram_content_publish": _("publish to Instagram"),
    "instagram_manage_comments": _("answer Instagram comments"),
    "instagram_manage_insights": _("read Instagram insights"),
    "instagram_manage_messages": _("answer Instagram messages"),
    "instagram_shopping_tag_products": _("tag products on Instagram"),
    "whatsapp_business_management": _("manage WhatsApp accounts"),
    "whatsapp_business_messaging": _("send WhatsApp messages"),
}
_MISSING = {
    "declined": _("not selected at the login"),
    "expired": _("lapsed after 90 days without use"),
    "never": _("not given"),
}


def permission(name: str) -> str:
    """What a permission lets the app do; a permission not known here is its own name."""
    return PERMISSIONS.get(name.partition(":")[0], name.partition(":")[0])


def missing_reason(name_and_status: str) -> str:
    """Why a permission is not held: 'not ticked at the login'."""
    status = name_and_status.partition(":")[2]
    return _MISSING.get(status, status or _MISSING["never"])


def ago(moment: int, now: int) -> str:
    """When something was: 'just now', '2 minutes ago', 'on 3 December'; 'never' for 0."""
    if not moment:
        return _("never")
    if now - moment < 60:
        return _("just now")
    if now - moment < 7 * _DAY:
        return _back(now - moment)
    return _("on {day}", day=day(moment, now))


def _back(seconds: float) -> str:
    count, unit = _in_units(seconds)
    return i18n.from_now(-count, unit)


def checked(moment: int, now: int) -> str:
    """When tokens were checked: 'Checked just now', 'Checked 2 minutes ago', 'Checked on 3 December'."""
    if now - moment < 60:
        return _("Checked just now")
    if now - moment < 7 * _DAY:
        return _("Checked {ago}", ago=_back(now - moment))
    return _("Checked on {day}", day=day(moment, now))


@functools.lru_cache(maxsize=1_024)
def origins(names: tuple[str, ...]) -> str:
    """Where a row came from: 'your own role', 'owned by Nord Retail', 'shared with Nord Clients'."""
    return ", ".join(map(_origin, names))


def _origin(origin: str) -> str:
    kind, _colon, name = origin.partition(":")
    if name and kind == "owned_pages":
        return _("owned by {name}", name=name)
    if name and kind == "client_pages":
        return _("shared with {name}", name=name)
    if name and kind == "received":
        return _("received from {name}", name=name)
    return f"{_ORIGINS.get(kind, kind)} {name}".strip()


#: Where a row came from that no business is named for.
_ORIGINS = {
    "accounts": _("your own role"),
    "owned_pages": _("owned by a business"),
    "client_pages": _("shared with a business"),
    "chosen": _("chosen at the login"),
    "added": _("added by you"),
    "pasted": _("pasted by you"),
    "imported": _("imported by you"),
}


def join_some(names: Sequence[str], most: int) -> str:
    """The first of many names: 'Blossom, Café Müller and 3 more'."""
    text, rest_count = _first_and_rest(names, most)
    if not rest_count:
        return text
    return ngettext("{names} and {count} more", "{names} and {count} more", rest_count, names=text)


def join_some_pages(names: Sequence[str], most: int) -> str:
    """The first of many Pages' names: 'Blossom, Café Müller and 3 more Pages'."""
    text, rest_count = _first_and_rest(names, most)
    if not rest_count:
        return text
    return ngettext("{names} and {count} more Page", "{names} and {count} more Pages", rest_count, names=text)


def _first_and_rest(names: Sequence[str], most: int) -> tuple[str, int]:
    return ", ".join(isolated(name) for name in names[:most]), max(0, len(names) - most)


def of(count: int, total: int) -> str:
    """'3 of 2,000'."""
    return _("{count} of {total}", count=i18n.number(count), total=i18n.number(total))


def pages(count: int) -> str:
    """'1 Page', '2,000 Pages'."""
    return ngettext("{count} Page", "{count} Pages", count)


def tokens(count: int) -> str:
    """'1 token', '2,000 tokens'."""
    return ngettext("{count} token", "{count} tokens", count)


def people(count: int) -> str:
    """'1 person', '3 people'."""
    return ngettext("{count} person", "{count} people", count)


def apps(count: int) -> str:
    """'1 app', '2 apps'."""
    return ngettext("{count} app", "{count} apps", count)


def rows(count: int) -> str:
    """'1 row', '12 rows'."""
    return ngettext("{count} row", "{count} rows", count)


class TokenKind(NamedTuple):
    """A kind of token: as a heading, in a sentence, and for whom it speaks."""

    title: str
    phrase: str
    meaning: str


#: By debug_token's `type`.
_KINDS = {
    "USER": TokenKind(_("User token"), _("a User token"), _("it speaks for a person")),
    "PAGE": TokenKind(_("Page token"), _("a Page token"), _("it speaks for one Page")),
    "APP": TokenKind(_("App token"), _("an app token"), _("it speaks for the app, not for a person")),
    "SYSTEM_USER": TokenKind(
        _("System user’s token"), _("a system user’s token"), _("it belongs to a business, not to a person")
    ),
}


def system_user(business: str) -> str:
    """What a login is that is no person's, with the business by name (empty: not known)."""
    return _("system user of {name}", name=business) if business else _("system user")


def token_kind(debug_type: str) -> TokenKind:
    """The kind that debug_token's `type` names."""
    return _KINDS.get(debug_type, TokenKind(_("Token"), _("another kind of token"), ""))
