"""The columns of the Page table: their names, how wide they like to be, which are shown, and in which order."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from gui.i18n import _
from gui.values import ColumnLayout

PAGE, PAGE_ID, CLIENT, MAY, TOKEN, ENDS, STATE, PERSON, APP, BUSINESS, CATEGORY, GOOD_FOR = range(12)
HEADERS: Final = (
    _("Page"),
    _("Page ID"),
    _("Client"),
    _("What you may do"),
    _("Page token"),
    _("Ends"),
    _("State"),
    _("Through"),
    _("App"),
    _("Business"),
    _("Category"),
    _("Good for"),
)
#: The name by which a column's place and width are kept.
KEYS: Final = (
    "page",
    "page_id",
    "client",
    "may",
    "token",
    "ends",
    "state",
    "person",
    "app",
    "business",
    "category",
    "good_for",
)
#: How wide a column likes to be in tall rows, and in compact ones (pixels).
_WIDE: Final = (0, 150, 130, 168, 236, 96, 152, 150, 150, 150, 140, 180)
_COMPACT: Final = (0, 150, 126, 160, 150, 96, 146, 140, 140, 140, 130, 170)
_NARROW_TOKEN: Final = 206
#: What a column needs at the least, and the Page's own.
_LEAST: Final = {STATE: 130, PAGE_ID: 148, MAY: 130, PERSON: 130, ENDS: 94}
PAGE_LEAST: Final = 206
#: Rows hold a Page, its token and its state at the least (pixels).
LEAST: Final = PAGE_LEAST + 200 + 130
#: In a window that is not narrow a Page’s name has at least this much.
_PAGE_ROOM: Final = 250
#: Columns are left out in this order while there is no room.
_LEFT_OUT: Final = (CATEGORY, APP, BUSINESS, GOOD_FOR, PERSON, PAGE_ID, MAY, ENDS, CLIENT)
_ALWAYS: Final = (PAGE,)
#: Under this width (pixels) what the person may do goes under the name.
NARROW: Final = 760


_NUMBERS: Final = {key: number for number, key in enumerate(KEYS)}


def column_order(layout: ColumnLayout) -> list[int]:
    """Every column, in the order that the person likes; those it does not name come last."""
    named = [_NUMBERS[key] for key in layout.order if key in _NUMBERS]
    return named + [number for number in range(len(KEYS)) if number not in named]


def column_widths(layout: ColumnLayout) -> dict[int, int]:
    """The widths that the person gave (pixels)."""
    return {_NUMBERS[key]: width for key, width in layout.widths.items() if key in _NUMBERS}


def shown_columns(layout: ColumnLayout, *, compact: bool, clients: bool, several: bool) -> set[int]:
    """The columns that should be seen: the chosen ones, or those that are usual here.

    `clients`: some Page has one; `several`: more than one person reaches these Pages.
    """
    if layout.chosen is not None:
        return {*(_NUMBERS[key] for key in layout.chosen if key in _NUMBERS), *_ALWAYS}
    usual = {PAGE, MAY, TOKEN, STATE, PAGE_ID if compact else ENDS}
    return usual | ({CLIENT} if clients or compact else set()) | ({PERSON} if several else set())


def with_order(layout: ColumnLayout, order: Iterable[int]) -> ColumnLayout:
    return replace(layout, order=tuple(KEYS[number] for number in order))


def with_chosen(layout: ColumnLayout, columns: Iterable[int]) -> ColumnLayout:
    return replace(layout, chosen=tuple(KEYS[number] for number in sorted(columns)))


def with_width(layout: ColumnLayout, column: int, width: int) -> ColumnLayout:
    return replace(layout, widths={**layout.widths, KEYS[column]: width})


def fit_columns(
    layout: ColumnLayout, columns: set[int], width: int, *, compact: bool, scale: float = 1.0
) -> dict[int, int]:
    """The width of each column that fits into `width`; the Page's takes what is left, and nothing scrolls sideways.

    `scale` is how much larger than usual the text is; a layout's widths are for the usual. While there is no room,
    columns shrink to what they need, then those that matter least are left out.
    """
    if scale != 1.0:
        widths = fit_columns(layout, columns, int(width / scale), compact=compact)
        scaled_widths = {column: int(usual * scale) for column, usual in widths.items() if column != PAGE}
        return {PAGE: width - sum(scaled_widths.values()), **scaled_widths}
    is_narrow, own_widths = width < NARROW, column_widths(layout)
    fitting = set(columns)
    if is_narrow and layout.chosen is None:
        fitting -= {MAY, PAGE_ID, PERSON}
    widths = {
        column: own_widths.get(column, (_COMPACT if compact else _WIDE)[column]) for column in fitting if column != PAGE
    }
    if TOKEN in widths and is_narrow and not compact and TOKEN not in own_widths:
        widths[TOKEN] = _NARROW_TOKEN
    if MAY in widths and MAY not in own_widths:
        widths[MAY] += min(60, max(0, width - NARROW) // 4)
    # Who chose columns wants them rather than long names.
    is_chosen = layout.chosen is not None
    page_width = PAGE_LEAST if is_narrow or is_chosen else _PAGE_ROOM
    least_widths = {column: _least_width(column, is_chosen=is_chosen, compact=compact) for column in widths}
    for column in _LEFT_OUT:
        if sum(min(likes, least_widths[other]) for other, likes in widths.items()) + page_width <= width:
            break
        widths.pop(column, None)
    while (excess := sum(widths.values()) + page_width - width) > 0:
        spare_widths = {
            column: column_width - least_widths[column]
            for column, column_width in widths.items()
            if column_width > least_widths[column]
        }
        if not spare_widths:
            break
        # Those that the person sized give way last.
        spare_widths = {
            column: spare for column, spare in spare_widths.items() if column not in own_widths
        } or spare_widths
        for column, spare in spare_widths.items():
            widths[column] -= min(spare, max(1, excess * spare // sum(spare_widths.values())))
    return {PAGE: max(PAGE_LEAST, width - sum(widths.values())), **widths}


def _least_width(column: int, *, is_chosen: bool, compact: bool) -> int:
    """How narrow a column may become (pixels): nothing that matters is cut."""
    if column == TOKEN:
        return 136 if compact else 200
    if is_chosen:
        return {STATE: 110, PAGE_ID: 100}.get(column, 84)
    return _LEAST.get(column, 104)
