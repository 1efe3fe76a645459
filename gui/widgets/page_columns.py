"""The columns of the Page table: what they are called, how wide they like to be, which are shown, and in which order."""

import json
from dataclasses import dataclass, field
from typing import Final

PAGE, PAGE_ID, CLIENT, MAY, TOKEN, ENDS, STATE, PERSON, APP, BUSINESS, CATEGORY = range(11)
HEADERS: Final = ("Page", "Page ID", "Client", "What you may do", "Page token", "Ends", "State", "Through", "App", "Business", "Category")
#: The name by which a column's place and width are kept.
KEYS: Final = ("page", "page_id", "client", "may", "token", "ends", "state", "person", "app", "business", "category")
#: How wide a column likes to be in tall rows, and in compact ones (pixels).
_WIDE: Final = (0, 150, 130, 168, 236, 96, 152, 150, 150, 150, 140)
_COMPACT: Final = (0, 150, 126, 160, 150, 96, 146, 140, 140, 140, 130)
_NARROW_TOKEN: Final = 206
#: What a column needs at the least, and the Page's own.
_LEAST: Final = {STATE: 130, PAGE_ID: 148, MAY: 130, PERSON: 130, ENDS: 94}
PAGE_LEAST: Final = 206
#: In a window that is not narrow a Page’s name has at least this much.
_PAGE_ROOM: Final = 250
#: Columns are left out in this order while there is no room.
_LEFT_OUT: Final = (CATEGORY, APP, BUSINESS, PERSON, PAGE_ID, MAY, ENDS, CLIENT)
_ALWAYS: Final = (PAGE,)
#: Under this width (pixels) what the person may do goes under the name.
NARROW: Final = 760


@dataclass
class Shape:
    """How the person likes the table: columns in order, those chosen (None: the usual ones), and widths of their own."""

    order: list[int] = field(default_factory=lambda: list(range(len(KEYS))))
    chosen: set[int] | None = None
    widths: dict[int, int] = field(default_factory=dict)
    rows: str = ""

    def shown(self, *, compact: bool, clients: bool, several: bool) -> set[int]:
        """The columns that should be seen: the chosen ones, or those that are usual here.

        `clients`: some Page has one; `several`: more than one person reaches these Pages.
        """
        if self.chosen is not None:
            return {*self.chosen, *_ALWAYS}
        usual = {PAGE, MAY, TOKEN, STATE, PAGE_ID if compact else ENDS}
        return usual | ({CLIENT} if clients or compact else set()) | ({PERSON} if several else set())

    def text(self) -> str:
        """The shape as it is kept."""
        return json.dumps(
            {
                "order": [KEYS[one] for one in self.order],
                "chosen": None if self.chosen is None else [KEYS[one] for one in sorted(self.chosen)],
                "widths": {KEYS[one]: wide for one, wide in self.widths.items()},
                "rows": self.rows,
            }
        )


def shape_of(text: str) -> Shape:
    """A kept shape; what cannot be read is as usual."""
    shape = Shape()
    try:
        found = json.loads(text) if text else {}
        places = {key: place for place, key in enumerate(KEYS)}
        order = [places[one] for one in found.get("order", []) if one in places]
        shape.order = order + [place for place in range(len(KEYS)) if place not in order]
        if isinstance(found.get("chosen"), list):
            shape.chosen = {places[one] for one in found["chosen"] if one in places}
        shape.widths = {places[one]: int(wide) for one, wide in dict(found.get("widths", {})).items() if one in places}
        shape.rows = found.get("rows", "") if found.get("rows") in {"", "tall", "compact"} else ""
    except (ValueError, TypeError, AttributeError):
        return Shape()
    return shape


def arranged(shape: Shape, wanted: set[int], width: int, *, compact: bool) -> dict[int, int]:
    """The width of each column that fits into `width`; the Page's takes what is left, and nothing scrolls sideways.

    While there is no room, columns shrink to what they need, then those that matter least are left out.
    """
    narrow = width < NARROW
    shown = set(wanted)
    if narrow and shape.chosen is None:
        shown -= {MAY, PAGE_ID, PERSON}
    like = {one: shape.widths.get(one, (_COMPACT if compact else _WIDE)[one]) for one in shown if one != PAGE}
    if TOKEN in like and narrow and not compact and TOKEN not in shape.widths:
        like[TOKEN] = _NARROW_TOKEN
    if MAY in like and MAY not in shape.widths:
        like[MAY] += min(60, max(0, width - NARROW) // 4)
    # Who chose columns wants them rather than long names.
    chosen = shape.chosen is not None
    page = PAGE_LEAST if narrow or chosen else _PAGE_ROOM
    needed = {one: _needed(one, chosen=chosen, compact=compact) for one in like}
    for column in _LEFT_OUT:
        if sum(min(wide, needed[one]) for one, wide in like.items()) + page <= width:
            break
        like.pop(column, None)
    while (over := sum(like.values()) + page - width) > 0:
        room = {one: wide - needed[one] for one, wide in like.items() if wide > needed[one]}
        if not room:
            break
        # Those that the person sized give way last.
        room = {one: spare for one, spare in room.items() if one not in shape.widths} or room
        for one, spare in room.items():
            like[one] -= min(spare, max(1, over * spare // sum(room.values())))
    return {PAGE: max(PAGE_LEAST, width - sum(like.values())), **like}


def _needed(column: int, *, chosen: bool, compact: bool) -> int:
    """How narrow a column may become (pixels): nothing that matters is cut."""
    if column == TOKEN:
        return 136 if compact else 200
    if chosen:
        return {STATE: 110, PAGE_ID: 100}.get(column, 84)
    return _LEAST.get(column, 104)
