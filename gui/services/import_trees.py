"""Tokens in JSON of any shape, with the name and ID that stand nearest to each."""

from collections import Counter
from collections.abc import Mapping, Sequence

from gui.files.document import Leaf, Part, Row
from gui.graph.token_form import find_texts
from gui.services.import_fields import (
    CLIENTS,
    IDS,
    KNOWN,
    LONGEST_NAME,
    NAMES,
    PAGE_ID,
    Field,
    Found,
    Key,
    Kind,
    key_of,
    letters_and_digits,
    take,
)
from gui.services.import_table import labels_of, take_from_cells

#: A list of more values is no row of a table.
_WIDEST = 100


def tokens_of_leaves(part: Part) -> tuple[list[Found], bool]:
    """Tokens of a tree: the name and ID in the same object count, else those of the objects around it."""
    holding: dict[tuple[str | int, ...], list[Leaf]] = {}
    beside_each_other: dict[tuple[str | int, ...], list[str]] = {}
    tokens: list[tuple[Leaf, str]] = []
    for leaf in part.leaves:
        texts, _ = find_texts(leaf.text)
        beside_each_other.setdefault(leaf.path[:-1], []).append(leaf.text)
        tokens += [(leaf, leaf.text[one.start : one.end]) for one in texts]
        if not texts:
            holding.setdefault(leaf.path[:-1], []).append(leaf)
    values = {leaf.path: leaf.text for leaf in part.leaves}
    #: Lists of values by the object that they stand in, and their keys.
    lists: dict[tuple[str | int, ...], dict[str, list[str]]] = {}
    for leaf in part.leaves:
        if len(leaf.path) > 1 and isinstance(leaf.path[-1], int) and isinstance(leaf.path[-2], str):
            lists.setdefault(leaf.path[:-2], {}).setdefault(leaf.path[-2], []).append(leaf.text)
    steps = {leaf.path[:end] for leaf, _ in tokens for end in range(1, len(leaf.path) + 1)}
    #: How many values or objects with tokens stand right in an object.
    branches = Counter(path[:-1] for path in steps)
    beside_of: dict[tuple[str | int, ...], _Beside] = {}
    found = []
    for leaf, token in tokens:
        one = Found(token, 0)
        for end in range(len(leaf.path) - 1, -1, -1):
            around = leaf.path[:end]
            # An object around a list, or with the tokens of several others, belongs to none of them.
            if end < len(leaf.path) - 1 and (branches[around] > 1 or isinstance(leaf.path[end], int)):
                break
            if around not in beside_of:
                beside_of[around] = _Beside(holding.get(around, ()))
            _take_from_object(one, beside_of[around], _key_of(leaf))
        if leaf.path and isinstance(leaf.path[-1], int):
            _take_from_list(one, leaf, beside_each_other)
            if len(leaf.path) > 1:
                _take_from_lists_beside(one, leaf, lists.get(leaf.path[:-2], {}))
        elif leaf.path and leaf.path[-1] == "":
            # A map from token to name or ID.
            value = values.get(leaf.path[:-1], "")
            take(one, Field(Key(Kind.ID if PAGE_ID.fullmatch(value) else Kind.NAME), value), only_missing=True)
        _take_from_keys(one, leaf)
        found.append(one)
    inside = {leaf.path[:end] for leaf, _ in tokens for end in range(len(leaf.path))}
    beside = {leaf.path[:-1] for leaf, _ in tokens}
    has_more = any(
        path not in inside and not any(path[:end] in beside for end in range(len(path) + 1))
        for path in list(holding)[:5000]
    )
    unknown = any(
        letters_and_digits(leaf.path[-1]) not in KNOWN for path in beside for leaf in holding.get(path, ()) if leaf.path
    )
    return found, has_more or unknown


def _take_from_list(one: Found, leaf: Leaf, beside_each_other: Mapping[tuple[str | int, ...], Sequence[str]]) -> None:
    """The name and ID in a list of values, the first list beside it being the heading where it is one."""
    parent = leaf.path[:-1]
    if len(beside_each_other[parent]) > _WIDEST:
        return
    row = Row(0, tuple(beside_each_other[parent]))
    heading = Row(0, tuple(beside_each_other.get((*parent[:-1], 0), ()))) if parent else row
    place = next((index for index, cell in enumerate(row.cells) if one.token in cell), 0)
    take_from_cells(one, row, labels_of(heading), None, place)


def _take_from_lists_beside(one: Found, leaf: Leaf, lists: Mapping[str, Sequence[str]]) -> None:
    """Lists of one length that lie beside each other, as names, ids and tokens."""
    place = leaf.path[-1]
    own = lists.get(str(leaf.path[-2]), ())
    for name, items in lists.items():
        key = key_of(name)
        if key is not None and key.is_plural and isinstance(place, int) and place < len(items) == len(own):
            take(one, Field(Key(key.kind), items[place]), only_missing=True)


def _key_of(leaf: Leaf) -> Key | None:
    return next((key_of(part) for part in reversed(leaf.path) if isinstance(part, str)), None)


class _Beside:
    """The values that stand right in one object: by what they are, and by what is common to several keys."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        by_key = {letters_and_digits(leaf.path[-1]): leaf.text.strip() for leaf in leaves if leaf.path}
        # The more exact word counts first.
        names = [key for key in ("pagename", "name") if by_key.get(key)] or [key for key in by_key if key in NAMES]
        ids = sorted((key for key in by_key if key in IDS), key=lambda key: (key != "pageid", "page" not in key))
        self.name = next((by_key[key][:LONGEST_NAME] for key in names if by_key[key]), "")
        self.page_id = next((by_key[key] for key in ids if PAGE_ID.fullmatch(by_key[key])), "")
        self.clients = next((by_key[key] for key in by_key if key in CLIENTS), "")
        self.by_stem: dict[str, list[Field]] = {}
        for leaf in leaves:
            key = key_of(str(leaf.path[-1])) if leaf.path else None
            if key is not None and key.stem and not key.is_plural:
                self.by_stem.setdefault(key.stem, []).append(Field(key, leaf.text.strip()))


def _take_from_object(one: Found, beside: _Beside, token_key: Key | None) -> None:
    # SHOP_2_NAME beside SHOP_2_TOKEN.
    for field in beside.by_stem.get(token_key.stem, ()) if token_key is not None and token_key.stem else ():
        take(one, field, only_missing=True)
    one.name = one.name or beside.name
    one.page_id = one.page_id or beside.page_id
    one.clients = one.clients or beside.clients


def _take_from_keys(one: Found, leaf: Leaf) -> None:
    """A map from name or ID to token, or from ID to what the token stands in."""
    for depth, key in enumerate(reversed(leaf.path)):
        if isinstance(key, int) or not key:
            continue
        if PAGE_ID.fullmatch(key):
            one.page_id = one.page_id or key
        elif depth == 0 and not one.name and not _says_token(key):
            one.name = key[:LONGEST_NAME]


def _says_token(key: str) -> bool:
    word = letters_and_digits(key)
    return "token" in word or word in {"value", "data", "secret", "password", "key", "access", "notes", "body", "text"}
