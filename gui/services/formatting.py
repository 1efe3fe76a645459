"""How times, tasks and numbers are said to a person."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from gui.text import isolated
from gui.values import NO_END

_TASKS = (
    ("CREATE_CONTENT", "content"),
    ("MESSAGING", "messages"),
    ("MODERATE", "comments"),
    ("ADVERTISE", "ads"),
    ("ANALYZE", "insights"),
)


def day(moment: int, now: int) -> str:
    """A date as people say it: '23 January', with the year when it is 300 days or more away."""
    then = datetime.fromtimestamp(moment)
    text = f"{then.day} {then:%B}"
    return text if abs(moment - now) < 300 * 86_400 else f"{text} {then.year}"


def short_day(moment: int) -> str:
    """'3 Dec'."""
    then = datetime.fromtimestamp(moment)
    return f"{then.day} {then:%b}"


def span(seconds: float) -> str:
    """A length of time in its largest fitting unit: '52 minutes', '60 days'."""
    minutes = max(0, round(seconds / 60))
    if minutes < 120:
        return _count(minutes, "minute")
    hours = round(seconds / 3600)
    if hours < 48:
        return _count(hours, "hour")
    return _count(round(seconds / 86_400), "day")


def ends(expires_at: int | None, now: int) -> str:
    """When a token ends: 'ends today at 15:00, in 52 minutes', 'ends on 23 January, in 60 days', 'has no end'."""
    if expires_at is None:
        return "Facebook did not say when it ends"
    if expires_at == NO_END:
        return "has no end"
    then, today = datetime.fromtimestamp(expires_at), datetime.fromtimestamp(now)
    if expires_at <= now:
        return f"ended on {day(expires_at, now)}"
    if then.date() == today.date():
        return f"ends today at {then:%H:%M}, in {span(expires_at - now)}"
    if expires_at - now < 86_400:
        return f"ends tomorrow at {then:%H:%M}, in {span(expires_at - now)}"
    return f"ends on {day(expires_at, now)}, in {span(expires_at - now)}"


def until(ends_at: int, now: int) -> str:
    """For the end of a bar: 'until 23 January', 'ended on 3 December'."""
    return f"ended on {day(ends_at, now)}" if ends_at <= now else f"until {day(ends_at, now)}"


def ends_briefly(expires_at: int | None, now: int) -> str:
    """For a table's cell: 'Has no end', '23 Jan', '15:00 today'."""
    if expires_at is None:
        return "Not known"
    if expires_at == NO_END:
        return "Has no end"
    then = datetime.fromtimestamp(expires_at)
    if expires_at <= now:
        return "Ended"
    return f"{then:%H:%M} today" if then.date() == datetime.fromtimestamp(now).date() else short_day(expires_at)


def tasks(names: tuple[str, ...] | None) -> str:
    """What the person may do on a Page: 'Full control', 'Content, messages', 'Insights only'."""
    if names is None:
        return "Facebook did not say"
    task_names = {name.removeprefix("PROFILE_PLUS_") for name in names}
    if task_names & {"MANAGE", "FULL_CONTROL"}:
        return "Full control"
    words = [word for name, word in _TASKS if name in task_names]
    unknown_words = [name.replace("_", " ").lower() for name in sorted(task_names) if name not in dict(_TASKS)]
    if words == ["insights"] and not unknown_words:
        return "Insights only"
    if len(words) > 1 and "insights" in words:
        words.remove("insights")
    text = ", ".join(words + unknown_words)
    return text[:1].upper() + text[1:] if text else "Nothing yet"


def may(names: tuple[str, ...] | None) -> tuple[str, str]:
    """What the person may do on a Page, and what not: ('content, messages', 'comments, ads')."""
    words = tasks(names)
    if names is None or words in {"Full control", "Nothing yet"}:
        return words, ""
    task_names = {name.removeprefix("PROFILE_PLUS_") for name in names}
    return words, ", ".join([word for name, word in _TASKS if name not in task_names] + ["full control"])


#: What a permission lets the app do, as a person would say it; grammatically after "can" (Permissions Reference).
PERMISSIONS = {
    "pages_show_list": "see which Pages you look after",
    "pages_read_engagement": "read posts, followers and Page details",
    "pages_manage_metadata": "change Page settings and receive updates",
    "business_management": "see the Pages in a business portfolio",
    "pages_manage_posts": "publish posts",
    "pages_read_user_content": "read what visitors write",
    "pages_manage_engagement": "answer comments",
    "pages_messaging": "answer messages",
    "pages_manage_ads": "run ads",
    "read_insights": "read insights",
    "instagram_basic": "see linked Instagram accounts",
}
_MISSING = {
    "declined": "not selected at the login",
    "expired": "lapsed after 90 days without use",
    "never": "not given",
}


def permission(name: str) -> str:
    """What a permission lets the app do; a permission not known here is its own name."""
    return PERMISSIONS.get(name.partition(":")[0], name.partition(":")[0])


def missing_reason(name_and_status: str) -> str:
    """Why a permission is not held: 'not ticked at the login'."""
    status = name_and_status.partition(":")[2]
    return _MISSING.get(status, status or "not given")


def ago(moment: int, now: int) -> str:
    """When something was: 'just now', '2 minutes ago', 'on 3 December'; 'never' for 0."""
    if not moment:
        return "never"
    if now - moment < 60:
        return "just now"
    return f"{span(now - moment)} ago" if now - moment < 7 * 86_400 else f"on {day(moment, now)}"


def origins(names: tuple[str, ...]) -> str:
    """Where a row came from: 'your own role', 'held by Nord Retail', 'shared with Nord Clients'."""
    phrases = {
        "accounts": "your own role",
        "owned_pages": "owned by",
        "client_pages": "shared with",
        "chosen": "chosen at the login",
        "added": "added by you",
        "pasted": "pasted by you",
    }
    return ", ".join(
        f"{phrases.get(kind, kind)} {name}".strip() for kind, _, name in (origin.partition(":") for origin in names)
    )


def join_some(names: Sequence[str], most: int, noun: str = "") -> str:
    """The first of many names: 'Blossom, Café Müller and 3 more'; with a `noun` 'and 3 more Pages'."""
    text, rest_count = ", ".join(isolated(name) for name in names[:most]), len(names) - most
    return (
        text
        if rest_count <= 0
        else f"{text} and {count(rest_count, f'more {noun}') if noun else f'{rest_count:,} more'}"
    )


def count(number: int, one: str, many: str = "") -> str:
    """'1 Page', '2,000 Pages'."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _count(number: int, unit: str) -> str:
    return "less than a minute" if number == 0 and unit == "minute" else count(number, unit)


class TokenKind(NamedTuple):
    """A kind of token: as a heading, in a sentence, and for whom it speaks."""

    title: str
    phrase: str
    meaning: str


#: By debug_token's `type`.
_KINDS = {
    "USER": TokenKind("User token", "a User token", "it speaks for a person"),
    "PAGE": TokenKind("Page token", "a Page token", "it speaks for one Page"),
    "APP": TokenKind("App token", "an app token", "it speaks for the app, not for a person"),
    "SYSTEM_USER": TokenKind(
        "System user’s token", "a system user’s token", "it belongs to a business, not to a person"
    ),
}


def token_kind(debug_type: str) -> TokenKind:
    """The kind that debug_token's `type` names."""
    return _KINDS.get(debug_type, TokenKind("Token", "another kind of token", ""))
