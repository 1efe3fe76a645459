"""Which texts were looked up in the catalogs, so that a test can tell what a translation would not reach."""

import functools
import gettext
import re
from collections.abc import Callable

from gui import i18n

#: Every text that came out of gui.i18n, with its places filled, in small letters.
LOOKED_UP: set[str] = set()
#: What gui.i18n says of itself: dates, spans of time, lists.
_SAYS = ("day", "whole_day", "time_of_day", "day_and_time", "span", "from_now", "list_of")


class _Listening(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        LOOKED_UP.add(message.casefold())
        return message


def _noting(function: Callable[..., str]) -> Callable[..., str]:
    @functools.wraps(function)
    def note(*arguments: object, **keywords: object) -> str:
        said = function(*arguments, **keywords)
        LOOKED_UP.add(said.casefold())
        return said

    return note


def listen() -> None:
    """Note every text that is looked up from now on."""
    i18n.install(_Listening())
    for name in ("filled", *_SAYS):
        setattr(i18n, name, _noting(getattr(i18n, name)))


def unreached(text: str, data: set[str]) -> str:
    """What of a text on show no catalog was asked for, and is none of the `data`: names, IDs, addresses."""
    plain = re.sub(r"<[^>]*>|https?://\S+", "", text).replace("&&", "&").casefold()
    known = sorted({one for one in (*LOOKED_UP, *data) if one and one.casefold() in plain}, key=len, reverse=True)
    left = plain
    for one in known:
        left = re.sub(rf"(?<!\w){re.escape(one.casefold())}(?!\w)", " ", left)
    return " ".join(left.split()) if any(one.isalpha() for one in left) else ""
