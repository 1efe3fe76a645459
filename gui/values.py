"""The few small frozen types that every folder speaks in; imports nothing of ours."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

if TYPE_CHECKING:
    from gui.shell.commands import Request

#: What `expires_at` holds for a token that has no end (Graph API's own convention).
NO_END = 0
DEFAULT_VERSION = "v25.0"


class _Look(NamedTuple):
    """The icon (of resources/icons) and the color (a field of `theme.Colors`) of a tone."""

    icon: str
    color: str


class Tone(Enum):
    """How good or bad something is. Its value is the word in `resources/errors.toml`; `icon` and `color` show it."""

    WORKS = "works"
    SOON = "soon"
    BAD = "bad"
    INFO = "info"

    @property
    def icon(self) -> str:
        """The name of an icon in resources/icons."""
        return _LOOKS[self].icon

    @property
    def color(self) -> str:
        """The field of `theme.Colors` for words and icon."""
        return _LOOKS[self].color


_LOOKS = {
    Tone.WORKS: _Look("circle-check", "works"),
    Tone.SOON: _Look("clock-alert", "soon"),
    Tone.BAD: _Look("triangle-alert", "bad"),
    Tone.INFO: _Look("info", "on_soft"),
}


class TokenState(Enum):
    """How a token, a login or an app stands. Its value is what the database and exports hold."""

    WORKS = "works"
    ENDS_SOON = "soon"
    NEEDS_YOU = "needs_you"

    @property
    def tone(self) -> Tone:
        return _STATES[self].tone

    @property
    def label(self) -> str:
        """What a person reads, in English; gui.i18n has it in their language."""
        return _STATES[self].label

    @property
    def severity(self) -> int:
        """0 is best."""
        return _STATES[self].severity


class _State(NamedTuple):
    tone: Tone
    label: str
    severity: int


#: The one table of states: icon and color come with the tone.
_STATES = {
    TokenState.WORKS: _State(Tone.WORKS, "Works", 0),
    TokenState.ENDS_SOON: _State(Tone.SOON, "Ends soon", 1),
    TokenState.NEEDS_YOU: _State(Tone.BAD, "Needs you", 2),
}


class Secret:
    """A text that must not be seen: a token, an app secret, an authorization code.

    Its repr, str, format and pickle never show the value, so that no log line, traceback or crash
    report can carry it. `reveal` is for the request, the keychain write, the clipboard, the export and
    the field in which a person asks to see it; tests/unit/test_contracts.py lists them.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The text itself."""
        return self._value

    @property
    def last_four(self) -> str:
        """The last four characters, by which a person tells tokens apart; dots for a short secret."""
        if len(self._value) >= 16:
            return self._value[-4:]
        return "••••" if self._value else ""

    @property
    def length(self) -> int:
        """How many characters it has."""
        return len(self._value)

    def between(self, before: str, after: str = "") -> Secret:
        """This secret with plain words around it, still a secret."""
        return Secret(f"{before}{self._value}{after}")

    def fingerprint(self, key: bytes) -> str:
        """A keyed hash (BLAKE2b, 16 bytes, hex) that tells whether two secrets are the same."""
        return hashlib.blake2b(self._value.encode(), key=key, digest_size=16).hexdigest()

    def proof_for(self, message: Secret) -> str:
        """The appsecret_proof of `message` under this app secret: lower-case hex HMAC-SHA256."""
        return hmac.new(self._value.encode(), message._value.encode(), hashlib.sha256).hexdigest()

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._value.encode(), other._value.encode())

    def __hash__(self) -> int:
        return hash(("Secret", self._value))

    def __repr__(self) -> str:
        return "Secret(•••)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return "•••"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret is not pickled")

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Secret:
        return self


@dataclass(frozen=True, slots=True)
class Site:
    """A Facebook to talk to: the real one, or another on this computer's loopback."""

    graph_url: str = "https://graph.facebook.com"
    login_url: str = "https://www.facebook.com"

    @property
    def redirect_uri(self) -> str:
        """The one redirect address that a web view in a desktop program may use (Manually Build a Login Flow)."""
        return f"{self.login_url}/connect/login_success.html"

    @property
    def is_facebook(self) -> bool:
        return self == Site()


@dataclass(frozen=True, slots=True)
class AppCredentials:
    """A Facebook app: its App ID (digits), App secret, and the Graph version its calls name."""

    app_id: str
    secret: Secret
    name: str = ""
    version: str = DEFAULT_VERSION
    config_id: str = ""

    @property
    def display_name(self) -> str:
        return self.name or self.app_id


@dataclass(frozen=True, slots=True)
class UserToken:
    """A User token and what is known of it; that of a system user (`is_system_user`) is of a `business`, by name.

    `expires_at` and `data_access_expires_at` are Unix seconds; NO_END has no end; None is not known.
    """

    secret: Secret
    app_id: str
    user_id: str = ""
    user_name: str = ""
    expires_at: int | None = None
    data_access_expires_at: int | None = None
    issued_at: int | None = None
    scopes: tuple[str, ...] = ()
    long_lived: bool = False
    is_system_user: bool = False
    business: str = ""

    def with_(self, **changes: Any) -> UserToken:
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class Page:
    """A Facebook Page and, if Facebook gave one, its Page token.

    `tasks` None means that Facebook did not say. `origins` tell where the row came from: "accounts",
    "owned_pages:BUSINESS", "client_pages:BUSINESS", "chosen" (named by the login's choice) or "added".
    The Instagram account is the professional one linked to the Page, if there is one and it may be seen.
    """

    id: str
    name: str = ""
    category: str = ""
    tasks: tuple[str, ...] | None = None
    token: Secret | None = None
    picture_url: str = ""
    link: str = ""
    origins: tuple[str, ...] = ()
    instagram_id: str = ""
    instagram_name: str = ""

    @property
    def businesses(self) -> tuple[str, ...]:
        """The names of the businesses through which it is reached."""
        parts = (origin.partition(":") for origin in self.origins)
        return tuple(name for kind, _colon, name in parts if name and kind in {"owned_pages", "client_pages"})

    @property
    def display_name(self) -> str:
        """The Page's name, or its ID where the name shows nothing."""
        return self.name or self.id

    def without_token(self) -> Page:
        """The same Page, its token left out."""
        return replace(self, token=None)

    def merged(self, other: Page) -> Page:
        """This row with what `other` knows more: the copy that has a token wins."""
        return Page(
            id=self.id,
            name=self.name or other.name,
            category=self.category or other.category,
            tasks=self.tasks if self.tasks is not None else other.tasks,
            token=self.token or other.token,
            picture_url=self.picture_url or other.picture_url,
            link=self.link or other.link,
            origins=tuple(dict.fromkeys(self.origins + other.origins)),
            instagram_id=self.instagram_id or other.instagram_id,
            instagram_name=self.instagram_name or other.instagram_name,
        )


@dataclass(frozen=True, slots=True)
class Login:
    """A person logged in through an app: whose Pages are listed.

    `info` is what debug_token said of the token, if it was asked just now. `purposes` are what the login was asked for
    (`gui.services.purposes`); None: those that are kept stay.
    """

    app: AppCredentials
    token: UserToken
    info: TokenInfo | None = None
    purposes: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class TokenInfo:
    """What /debug_token says of a token, in one shape for every kind of token.

    `granular` names for a permission the Pages it was given for; None: for all, those to come too.
    """

    is_valid: bool
    type: str = ""
    app_id: str = ""
    application: str = ""
    user_id: str = ""
    profile_id: str = ""
    expires_at: int | None = None
    data_access_expires_at: int | None = None
    issued_at: int | None = None
    scopes: tuple[str, ...] = ()
    granular: tuple[tuple[str, tuple[int, ...] | None], ...] = ()
    error_code: int | None = None
    error_subcode: int | None = None
    error_message: str = field(default="", repr=False)

    def withheld(self, *ids: str) -> tuple[str, ...]:
        """Permissions that the token holds, and that were given for other Pages than the one with these IDs.

        An ID is that of a Page, or of its Instagram account.
        """
        return GivenFor(self).withheld(*ids)

    @property
    def is_of_a_login(self) -> bool:
        """Whether it lists Pages: a person's User token, or a system user's."""
        return self.type in {"USER", "SYSTEM_USER"}

    @property
    def chosen(self) -> frozenset[str] | None:
        """IDs of the Pages that the person chose at the login; None: all, or Facebook did not say."""
        named = [ids for scope, ids in self.granular if scope.startswith("pages_")]
        if not named or any(ids is None for ids in named):
            return None
        return frozenset(str(one) for ids in named for one in ids or ())


class GivenFor:
    """Which of a token's permissions were given for which Pages, made ready to be asked about many."""

    def __init__(self, info: TokenInfo) -> None:
        # Permissions share their lists, which may be long.
        sets: dict[int, frozenset[int]] = {}
        self._given: list[tuple[str, frozenset[int]]] = []
        for scope, targets in info.granular:
            if targets is not None:
                self._given.append((scope, sets.setdefault(id(targets), frozenset(targets))))

    def withheld(self, *ids: str) -> tuple[str, ...]:
        """As TokenInfo.withheld."""
        if not self._given:
            return ()
        numbers = {int(one) for one in ids if one.isdecimal()}
        return tuple(scope for scope, given in self._given if not numbers & given)


class Action(NamedTuple):
    """A button: its words, and what it asks for."""

    label: str
    request: Request


@dataclass(frozen=True, slots=True)
class Message:
    """What a notice says: what happened (`title`), why and what to do (`text`), and the one button that mends it.

    `secondary` is a second, quiet button. `details` (name, text) are for someone who helps. Of one `kind` and title
    one notice stands at a time. `topic` is the help's that says more of it.
    """

    title: str
    text: str
    action: Action | None = None
    tone: Tone = Tone.BAD
    details: tuple[tuple[str, str], ...] = ()
    kind: str = ""
    secondary: Action | None = None
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of a token: its name, its words, and a tone where it is a state."""

    name: str
    text: str
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class HealthRecord:
    """What the last check of an app, a login or a Page token found.

    `why` is the reason's name in `resources/errors.toml`. Moments are Unix seconds, 0 never: `checked_at` the last
    check, `well_at` the last one that found it working. `seen_why` is the reason that the person was already told,
    `code` Facebook's code and subcode, "190/463".
    """

    state: TokenState = TokenState.WORKS
    why: str = ""
    checked_at: int = 0
    well_at: int = 0
    seen_why: str = ""
    code: str = ""


class CopyFormat(Enum):
    """How several Pages are copied."""

    LINES = "lines"
    TABLE = "table"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """How the person likes the Page table, by the columns' keys (`gui.widgets.page_columns`).

    `order` of the columns, those `chosen` (None: the usual ones), `widths` of their own (pixels); `rows` is "tall",
    "compact", or empty for as many Pages as there are.
    """

    order: tuple[str, ...] = ()
    chosen: tuple[str, ...] | None = None
    widths: dict[str, int] = field(default_factory=dict)
    rows: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the person likes. `appearance` is "light", "dark", "contrast", or empty for as the system has it.

    `remind`, `stay_in_tray` and `start_at_login` are what the program does by itself; `put_off` says until when
    (Unix seconds) a notice, by its kind, is kept away. `graphics_card` is whether it may draw Facebook's login page.
    """

    appearance: str = ""
    remind: bool = True
    stay_in_tray: bool = False
    start_at_login: bool = False
    columns: ColumnLayout = ColumnLayout()
    put_off: dict[str, int] = field(default_factory=dict)
    graphics_card: bool = True


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report: Facebook will be asked again in `seconds`, because of `kind`, an error's kind or "near_limit"."""

    seconds: float
    kind: str


@dataclass(frozen=True, slots=True)
class CheckProgress:
    """A report: how many of how many tokens were asked about."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class VersionDiffers:
    """A report: Facebook answered with another Graph version than was asked for."""

    asked: str
    used: str


@dataclass(frozen=True, slots=True)
class RowsRead:
    """A report: how many rows of a file were read."""

    rows: int


@dataclass(frozen=True, slots=True)
class ClockOff:
    """A report: Facebook's clock is this many seconds ahead of this computer's (behind, if less than 0)."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Client:
    """A client of an agency: a tag that Pages bear.

    `color` is its number among the theme's, `pages` how many bear it.
    """

    id: int
    name: str
    color: int = 0
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a token.

    `what` it was (made, renewed, died …), to which Page or person (`subject`), by whom (`who`). `at` is Unix
    seconds; `detail` says more, for a death the reason's name. Holds no secret.
    """

    what: str
    subject: str = ""
    who: str = ""
    detail: str = ""
    page_id: str = ""
    at: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True)
class PageRow:
    """A Page as it is kept and shown. `fresh` is its token while it has not been kept yet.

    `expires_at` and `data_access_expires_at`: Unix seconds, NO_END, None not known. `why` names the reason in
    `resources/errors.toml` when the state is not "works". `folded` is what a search looks through. `scopes` are those
    that the last check found (empty: not checked). `login_id` is the stored login that the token is of, `sources` are
    all that reach the Page, `others` the same Page by each of the others, `clients` those it belongs to. `withheld`
    are permissions of the token that were not given for this Page (granular_scopes); `lead_access` is whether its
    leads may be read (None: not asked). The other fields are HealthRecord's.
    """

    page: Page
    last_four: str = ""
    expires_at: int | None = None
    state: TokenState = TokenState.WORKS
    why: str = ""
    folded: str = ""
    fresh: Secret | None = None
    data_access_expires_at: int | None = None
    scopes: tuple[str, ...] = ()
    checked_at: int = 0
    well_at: int = 0
    seen_why: str = ""
    code: str = ""
    login_id: int = 0
    sources: tuple[int, ...] = ()
    clients: tuple[Client, ...] = ()
    withheld: tuple[str, ...] = ()
    lead_access: bool | None = None
    others: tuple[PageRow, ...] = ()

    @property
    def has_token(self) -> bool:
        return bool(self.last_four or self.fresh)

    @property
    def only_login_id(self) -> int:
        """The login that it is reached by; 0 where several reach it."""
        return 0 if self.others else self.login_id

    @property
    def by_source(self) -> tuple[PageRow, ...]:
        """This Page by each login that reaches it, the one that it is shown by first."""
        return (replace(self, others=()), *self.others) if self.others else (self,)


@dataclass(frozen=True, slots=True)
class StoredLogin:
    """A person and app as the database has them: everything of a Login that is no secret.

    `missing_permissions` names those that were asked for and are not held, each with Facebook's status behind a colon.
    `purposes` are what its tokens are for (`gui.services.purposes`). That of a system user is of a `business`.
    """

    id: int
    app_id: str
    app_name: str
    user_id: str
    user_name: str
    last_four: str = ""
    expires_at: int | None = None
    data_access_expires_at: int | None = None
    issued_at: int | None = None
    scopes: tuple[str, ...] = ()
    pages: int = 0
    listed_at: int = 0
    health: HealthRecord = HealthRecord()
    missing_permissions: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    is_system_user: bool = False
    business: str = ""

    @property
    def display_name(self) -> str:
        """The person's name, or their ID while there is none."""
        return self.user_name or self.user_id

    @property
    def was_never_listed(self) -> bool:
        """Whether there is a token, and no list of its Pages was ever kept."""
        return bool(self.last_four) and not self.listed_at and not self.pages

    @property
    def app_display_name(self) -> str:
        return self.app_name or self.app_id

    @property
    def label(self) -> str:
        """Who, through which app: 'Amira Haddad · Practice App'."""
        return f"{self.display_name} · {self.app_display_name}"
