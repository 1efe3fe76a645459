"""Named values beside a token, however a text writes them: settings, objects of programs, XML, SQL, addresses."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from html import unescape

from gui.graph.token_form import Form, find_texts
from gui.text import fold

LONGEST_NAME = 120
PAGE_ID = re.compile(r"\d{5,20}")

#: What columns and keys are called, by letters and digits alone.
NAMES = frozenset(
    {
        "name", "page", "pagename", "pagetitle", "title", "label", "account", "accountname", "facebookpage", "fbpage",
        "displayname", "pageorperson", "fbpagename", "facebookpagename", "shop", "shopname",
        "seite", "seitenname", "facebookseite", "titel", "pagina", "nombre", "nombredelapagina", "nom", "nomdelapage",
        "nome", "nomedapagina", "nomepagina", "naam", "paginanaam", "navn", "sidenavn", "namn", "nazwa", "nazwastrony",
    }
)  # fmt: skip
IDS = frozenset(
    {
        "pageid", "facebookpageid", "fbpageid", "facebookid", "fbid", "profileid", "id", "accountid",
        "seitenid", "seitennummer", "idpagina", "paginaid", "iddelapagina", "iddelapage", "idpage", "sideid",
        "iddapagina", "idstrony",
    }
)  # fmt: skip
CLIENTS = frozenset(["client", "clients", "customer", "kunde", "cliente", "klant", "klient"])
#: What other columns of password managers and settings are called: what stands under them is nobody's name.
OTHER_LABELS = frozenset(
    {
        "username", "user", "login", "loginname", "loginusername", "email", "mail", "password", "passwort",
        "loginpassword", "pass", "pwd", "secret", "salt", "pin", "otp", "totp", "otpauth", "logintotp", "key", "note",
        "notes", "comment", "comments", "extra", "url", "uri", "loginuri", "website", "web", "site", "link", "group",
        "grouping", "folder", "favorite", "favourite", "fav", "archived", "tags", "type", "fields", "reprompt", "owner",
        "contact",
        "ansprechpartner", "kontakt", "contacto", "created", "modified", "lastmodified", "icon", "status", "date",
    }
)  # fmt: skip
#: What stands beside a token in Facebook's answers and in exports; anything else is more than the token.
KNOWN = NAMES | IDS | CLIENTS | frozenset(
    {
        "category", "tasks", "link", "picture", "type", "pagetype", "tokentype", "expiresin", "expiresat", "perms",
        "state", "why", "ends", "through", "person", "app", "from", "origins", "instagram", "instagramid",
        "whatyoumaydo", "purposes", "appid",
        "username", "url", "height", "width", "issilhouette", "0", "1", "2", "3", "4", "5",
    }
)  # fmt: skip


class Kind(Enum):
    """What a named value is."""

    NAME = "name"
    ID = "id"
    TOKEN = "token"


@dataclass(slots=True)
class Found:
    """A token, empty for what is left, and what stands beside it; `line` is its number in the part."""

    token: str
    line: int
    place: str = ""
    name: str = ""
    page_id: str = ""
    clients: str = ""
    form: Form | None = None
    #: Whether the ID is a number that only stands nearby, and short enough to be a telephone number or a date.
    is_id_guessed: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """What a key says: the kind of its value, whether of several, and what else stands in it, as `shop_2`.

    Values whose keys have the same `stem` belong together: SHOP_2_NAME and SHOP_2_TOKEN.
    """

    kind: Kind
    stem: str = ""
    is_plural: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A named value in a text, and where the value begins."""

    key: Key
    value: str
    start: int = 0


#: A line KEY=value: what the key says, and the whole value.
Setting = tuple[Key, str]

# ------------------------------------------------------------------------- keys
_LAST_WORDS = {
    "name": (Kind.NAME, False), "names": (Kind.NAME, True), "title": (Kind.NAME, False), "titles": (Kind.NAME, True),
    "id": (Kind.ID, False), "ids": (Kind.ID, True), "token": (Kind.TOKEN, False), "tokens": (Kind.TOKEN, True),
}  # fmt: skip
#: Words of a key that say no more than that it is one of Facebook's.
_PLAIN_WORDS = frozenset(
    {"fb", "facebook", "meta", "page", "pages", "access", "long", "lived", "graph", "api", "permanent"}
)
#: Longer ones are none (characters).
_LONGEST_KEY = 200
#: A statement's words before a column: SET name = …
_STATEMENT = re.compile(r"(?:.*\s)?(?:set|where|and)\s+", re.IGNORECASE | re.DOTALL)


def letters_and_digits(key: str | int) -> str:
    """A key as NAMES, IDS and CLIENTS hold it."""
    return re.sub(r"[^a-z0-9]", "", fold(str(key)))


def key_of(text: str) -> Key | None:
    """What a key says; None where it names neither a Page's name nor its ID nor a token."""
    if len(text) > _LONGEST_KEY:
        return None
    text = _STATEMENT.sub("", text)
    joined = letters_and_digits(text)
    if joined in NAMES:
        return Key(Kind.NAME)
    if joined in IDS:
        return Key(Kind.ID)
    words = [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", text)]
    # A number at the end counts the keys: NAME_2.
    last = next((place for place in range(len(words) - 1, -1, -1) if not words[place].isdigit()), None)
    if last is None or words[last] not in _LAST_WORDS:
        return None
    kind, is_plural = _LAST_WORDS[words[last]]
    if kind is Kind.ID and "user" in words:
        return None
    stem = " ".join(word for place, word in enumerate(words) if place != last and word not in _PLAIN_WORDS)
    return Key(kind, stem, is_plural)


# ----------------------------------------------------------------------- fields
_PAIR = re.compile(
    r"""(?<![\w$])["'`\[]?(?P<key>[A-Za-z][\w.\-]{0,60}(?:\ [A-Za-z][\w.\-]{0,60}){0,2})["'`\]]?\s*(?:=>|:=|[=:])\s*
    (?:"(?P<double>(?:[^"\\\n]|\\.|""){1,400})" | '(?P<single>(?:[^'\\\n]|\\.|''){1,400})'
    | (?P<bare>(?!//)[^\s"'`,;<>{}\[\]|&][^,;<>{}\[\]|\n\t"]{0,300}))""",
    re.VERBOSE,
)
_ELEMENT = re.compile(
    r"<key>(?P<named>[^<>]{1,60})</key>\s*<(?:string|integer)>(?P<text>[^<>]{1,400})</"
    r"|<(?P<key>[A-Za-z_][\w:.\-]{0,60})(?:\s[^<>]{0,300})?>(?P<value>[^<>]{1,400})</(?P=key)\s*>"
)
#: Where a value without quotes ends: before the next key, or a statement's next word.
_BARE_END = re.compile(
    r"\s+(?:(?:where|and|or)\s|[\w.\-]{1,60}\s*(?:=>|[=:])\s)|\s*(?:--|//|/\*)\s|&[\w.]{1,60}=", re.IGNORECASE
)
_COMMENT_BEHIND = re.compile(r"\s+(?:#|//)\s")


def fields_of(line: str) -> list[Field]:
    """The named values of a line, in their order; of others than names, IDs and tokens there are none."""
    fields = []
    for match in _ELEMENT.finditer(line):
        key = key_of(match["named"] or match["key"].rpartition(":")[2])
        if key is not None:
            group = "text" if match["named"] else "value"
            fields.append(Field(key, " ".join(unescape(match[group]).split()), match.start(group)))
    is_markup = "</" in line or "/>" in line
    position = 0
    pair: re.Match[str] | None
    while (pair := _PAIR.search(line, position)) is not None:
        group = pair.lastgroup or "bare"
        position = pair.end()
        value = pair[group]
        if group == "bare":
            value = _BARE_END.split(value)[0].rstrip(" )")
            position = pair.start(group) + max(1, len(value))
        elif group == "single":
            value = value.replace("''", "'")
        key = key_of(pair["key"])
        if key is not None:
            value = unescape(value) if is_markup else re.sub(r"\\(.)", r"\1", value)
            fields.append(Field(key, " ".join(value.split()), pair.start(group)))
    setting = setting_of(line)
    is_only_one = len(fields) == 1 and setting is not None and setting[0] == fields[0].key
    if is_only_one and setting is not None and not setting[1].startswith(("'", '"')) and not find_texts(line)[0]:
        # What is a comma or a bracket elsewhere belongs to the value.
        return [replace(fields[0], value=_unquoted(_COMMENT_BEHIND.split(setting[1])[0]))]
    return sorted(fields, key=lambda field: field.start)


def take_fields(found: Sequence[Found], line: str) -> None:
    """Give the tokens of a line the names and IDs that are named in it, in the same braces where there are some.

    A kind that comes again begins a new record.
    """
    fields = fields_of(line)
    keys = {field.start: field.key for field in fields}
    values = [field for field in fields if field.key.kind is not Kind.TOKEN and not field.key.is_plural]
    items: list[tuple[int, Found | Field]] = [*_tokens_in(found, line), *((field.start, field) for field in values)]
    in_braces: dict[int, list[tuple[int, Found | Field]]] = defaultdict(list)
    for item, brace in zip(items, _braces_around(line, [start for start, _ in items]), strict=True):
        in_braces[brace].append(item)
    for record in (one for group in in_braces.values() for one in _records(group)):
        for start, one in record:
            if isinstance(one, Found):
                stem = keys[start].stem if start in keys else ""
                for _, field in record:
                    if isinstance(field, Field) and field.key.stem in {"", stem}:
                        take(one, field)


def _braces_around(line: str, places: Sequence[int]) -> list[int]:
    """Where the innermost brace opens around each place; -1 where there is none."""
    around: dict[int, int] = {}
    opened = [-1]
    marks = sorted(
        [*((match.start(), match.group()) for match in re.finditer("[{}]", line)), *((p, "") for p in places)]
    )
    for place, mark in marks:
        if mark == "{":
            opened.append(place)
        elif mark == "}":
            if len(opened) > 1:
                opened.pop()
        else:
            around[place] = opened[-1]
    return [around[place] for place in places]


def fields_at_the_top(line: str) -> list[Field]:
    """The named values of a line, without those of an object that is itself the value of a key."""
    fields = fields_of(line)
    if line.lstrip().startswith("{"):
        return fields
    braces = _braces_around(line, [field.start for field in fields])
    return [field for field, brace in zip(fields, braces, strict=True) if brace < 0]


def _tokens_in(found: Sequence[Found], line: str) -> Iterator[tuple[int, Found]]:
    position = 0
    for one in found:
        start = line.find(one.token, position)
        if start >= 0:
            yield start, one
            position = start + len(one.token)


def _records(items: Sequence[tuple[int, Found | Field]]) -> list[list[tuple[int, Found | Field]]]:
    """What belongs together in a line: as much as comes without a kind coming again."""
    records: list[list[tuple[int, Found | Field]]] = [[]]
    kinds: set[Kind] = set()
    for start, item in sorted(items, key=lambda pair: pair[0]):
        kind = item.key.kind if isinstance(item, Field) else Kind.TOKEN
        if kind in kinds:
            records.append([])
            kinds = set()
        kinds.add(kind)
        records[-1].append((start, item))
    return records


def take(one: Found, field: Field, *, only_missing: bool = False) -> None:
    """Use a named value for a token: it counts more than what was guessed, unless `only_missing`."""
    if field.key.kind is Kind.NAME and not (only_missing and one.name) and is_name(field.value):
        one.name = plain_name(field.value)
    elif field.key.kind is Kind.ID and not (only_missing and one.page_id) and PAGE_ID.fullmatch(field.value):
        one.page_id = field.value
        one.is_id_guessed = False


# --------------------------------------------------------------------- a whole text
class NamedValues:
    """The named values of a text by what their keys have in common: PAGE_2_NAME and PAGE_2_TOKEN, NAMES and TOKENS."""

    def __init__(self, settings: Iterable[Setting | None]) -> None:
        self._values: dict[Key, list[str]] = defaultdict(list)
        for setting in settings:
            if setting is not None:
                self._values[setting[0]].append(setting[1])

    def complete(self, found: Sequence[Found], setting: Setting | None) -> None:
        """Take the names and IDs whose keys go with the key of the setting in which these tokens are."""
        if setting is None or setting[0].kind is not Kind.TOKEN:
            return
        key, items = setting[0], list_of(setting[1])
        tokens = [one for one in found if one.token in setting[1]]
        for kind in (Kind.NAME, Kind.ID):
            single = self._values.get(replace(key, kind=kind, is_plural=False), ())
            several = self._values.get(replace(key, kind=kind, is_plural=True), ())
            if key.stem and len(single) == 1 and len(tokens) == 1:
                take(tokens[0], Field(Key(kind), _unquoted(single[0])))
            if key.is_plural and len(several) == 1 and len(items) == len(tokens) == len(list_of(several[0])):
                for one, value in zip(tokens, list_of(several[0]), strict=True):
                    take(one, Field(Key(kind), value))


_SETTING = re.compile(r"""\s*(?:-\s+|export\s+|set\s+)?["']?([A-Za-z][\w.\- ]{0,60}?)["']?\s*[:=]\s*(\S.*)""")


def setting_of(line: str) -> Setting | None:
    """The key and the whole value of a line KEY=value; None where it is none of a name, an ID or a token."""
    match = _SETTING.match(line)
    key = key_of(match[1]) if match else None
    return (key, match[2].strip()) if match and key else None


def list_of(value: str) -> list[str]:
    """The items of a value that holds several."""
    separator = next((one for one in ";|," if one in value), None)
    return [_unquoted(item) for item in value.strip("[](){} ").split(separator)]


def _unquoted(text: str) -> str:
    return text.strip().rstrip(",;").strip("\"'` ")


# ------------------------------------------------------------------------ names
def plain_name(text: str) -> str:
    """A name without the marks that its file puts around it: an apostrophe, tags, brackets."""
    text = _FORMULA_MARK.sub("", re.sub(r"<[^<>]{1,80}>", " ", text)).strip()
    return (text[1:-1] if text.startswith("[") and text.endswith("]") else text).strip()[:LONGEST_NAME]


#: By which a table says that what follows is no formula.
_FORMULA_MARK = re.compile(r"\A'(?=[=+\-@\t\r])")
#: An address, an e-mail address, a setting or a cookie, a key with its value, a call.
_NO_NAME = re.compile(
    r"""://|\S@\S+\.\S|[A-Za-z_]\w*=\S|\A["'`]?[A-Za-z_][\w.\-]*["'`]?\s*(?:=>|[=:])\s*["'`]|\A\w+\(\s*["'`]"""
    r"""|\b(?:pass(?:word|wort|wd|phrase)?|pwd|secret|salt|nonce)\b["'`]?\s*(?:=>|[=:,])""",
    re.IGNORECASE,
)
_NO_WORDS = frozenset({"true", "false", "yes", "no", "null", "none", "nil", "undefined", "n/a"})


def is_name(text: str) -> bool:
    """Whether a text may be what something is called."""
    if len(text) > 200 or _NO_NAME.search(text) or re.search(r"(?=\S*\d)[\x21-\x7e]{32,}", text):
        return False
    if find_texts(text)[0] or text.strip().lower() in _NO_WORDS:
        return False
    return re.search(r"[^\W\d_]|[^\x00-\x7f]", text) is not None
