"""Every visible text, plural, date, number and list: in the person's language where there is a catalog for it.

Texts are gettext's, with whole sentences and named places to be filled; catalogs lie in
`resources/locale/LANGUAGE/LC_MESSAGES/page-keys.mo`. Dates, numbers and lists are the CLDR's, by Babel. `use` is called
before anything that shows a text is imported: texts in tables are looked up when their module is.
"""

from __future__ import annotations

import gettext as catalogs
import math
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from gui.paths import RESOURCES
from gui.text import isolated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from babel import Locale

Unit = Literal["minute", "hour", "day"]
_DOMAIN = "page-keys"
#: English as most of the world writes its dates: '23 January', '15:00'.
_ENGLISH = "en_150"
_translations = catalogs.NullTranslations()
_languages: tuple[str, ...] = ()
_language = "en"
_region = _ENGLISH


def use(names: Iterable[str], folder: Path = RESOURCES / "locale") -> None:
    """Speak the first of these languages that there is a catalog for in `folder`, else English.

    `names` are as systems give them: 'de-DE', 'pt_BR', 'zh-Hant-TW', 'en'. Dates are as they are written there.
    """
    global _translations, _languages, _language, _region
    _languages = tuple(names)
    _translations, _language, _region = catalogs.NullTranslations(), "en", _ENGLISH
    for name in _languages:
        language, *parts = name.replace("-", "_").split("_")
        # Of language, script and country: who names a script names the country, too.
        region = "_".join([language, *(part for part in parts if len(part) < 4)])
        found = catalogs.find(_DOMAIN, folder, [region])
        if found is not None:
            _translations = catalogs.translation(_DOMAIN, folder, [region])
        if found is not None or language == "en":
            _language, _region = language, _ENGLISH if region == "en" else region
            break
    for cached in (_locale, number, _day, _span):
        cached.cache_clear()


def languages() -> tuple[str, ...]:
    """What `use` was given, for another process."""
    return _languages


def install(translations: catalogs.NullTranslations) -> None:
    """Speak by these translations, for tests."""
    global _translations
    _translations = translations


def make_ready() -> None:
    """Import what says dates and numbers, which takes a moment: off the window's thread, before it is needed there."""
    now = datetime.now().timestamp()
    for say in (day, time_of_day, day_and_time):
        say(now)
    number(1_000)
    span(1, "day")
    from_now(1, "day")


def language() -> str:
    """The language that is spoken: 'en'."""
    return _language


def N_(message: str) -> str:
    """Marks a text for the catalogs that is looked up only when it is shown."""
    return message


def _(message: str, /, **values: object) -> str:
    """A text in the person's language; its places, as in 'Rename {name}', are filled with `values`.

    A value may come from anywhere: it is never read as a text with places, and cannot turn the sentence round.
    """
    text = _translations.gettext(message) if message else ""
    return filled(text, message, _isolated(values)) if values else text


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """The text for this count, by the language's own plural forms; '{count}' is filled with the number."""
    text, english = _translations.ngettext(one, many, count), one if count == 1 else many
    return filled(text, english, _isolated({"count": number(count), **values}))


def filled(text: str, english: str, values: Mapping[str, object]) -> str:
    """`text`, a translation of `english`, with its places filled; in English where it names one that is not filled."""
    try:
        return text.format_map(values)
    except (LookupError, ValueError, AttributeError):
        return english.format_map(values)


def _isolated(values: dict[str, object]) -> dict[str, object]:
    return {name: isolated(value) if isinstance(value, str) else value for name, value in values.items()}


@lru_cache(maxsize=4_096)
def number(value: int) -> str:
    """'2,000'."""
    if -1_000 < value < 1_000:
        return str(value)
    from babel.numbers import format_decimal

    return format_decimal(value, locale=_locale())


def day(moment: float, *, with_year: bool = False, short: bool = False) -> str:
    """The day of Unix time `moment` on this computer: '23 January', '23 January 2027', short '3 Dec'."""
    return _day(date.fromtimestamp(moment), "MMMd" if short else "yMMMMd" if with_year else "MMMMd")


def whole_day(when: date) -> str:
    """'23 January 2027'."""
    return _day(when, "yMMMMd")


def day_and_time(moment: float) -> str:
    """The day and time of Unix time `moment` on this computer: '25 Nov 2026, 14:05'."""
    from babel.dates import format_date, get_datetime_format

    pattern = get_datetime_format("medium", locale=_locale())
    day_text = format_date(date.fromtimestamp(moment), "medium", locale=_locale())
    return str(pattern).replace("{1}", day_text).replace("{0}", time_of_day(moment))


@lru_cache(maxsize=1_024)
def _day(when: date, skeleton: str) -> str:
    from babel.dates import format_skeleton

    return format_skeleton(skeleton, datetime(when.year, when.month, when.day), locale=_locale())


def time_of_day(moment: float) -> str:
    """The time of Unix time `moment` on this computer: '15:00'."""
    from babel.dates import format_time

    return format_time(datetime.fromtimestamp(moment).time(), "short", locale=_locale())


def span(count: int, unit: Unit) -> str:
    """So many minutes, hours or days: '60 days'."""
    return _span(count, unit)


@lru_cache(maxsize=512)
def _span(count: int, unit: Unit) -> str:
    from babel.units import format_unit

    return format_unit(count, f"duration-{unit}", "long", locale=_locale())


def from_now(count: int, unit: Unit) -> str:
    """So many minutes, hours or days from now on, or back: 'in 60 days', '2 minutes ago'."""
    from babel.dates import format_timedelta

    ahead = timedelta(**{f"{unit}s": count})
    # No other unit, however many these are.
    return format_timedelta(ahead, unit, threshold=math.inf, add_direction=True, locale=_locale())


def list_of(texts: Sequence[str], style: Literal["standard", "or"] = "standard") -> str:
    """'Blossom, Café Müller and Nord'; with style "or" 'content or comments'."""
    if len(texts) < 2:
        return "".join(texts)
    from babel.lists import format_list

    return format_list(texts, style, locale=_locale())


@lru_cache(maxsize=1)
def _locale() -> Locale:
    from babel import Locale, UnknownLocaleError

    for name in (_region, _language, _ENGLISH):
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError("Babel lacks English")
