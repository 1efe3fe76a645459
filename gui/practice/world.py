"""Who lives in the practice Facebook: four people, their Pages and portfolios, two apps, and a clock."""

import hashlib
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from gui.practice.faults import Faults
from gui.practice.tokens import PAGE, SYSTEM_USER, USER, TokenMint, TokenRecord

APP_ID: Final = "180000000000001"
APP_NAME: Final = "Practice App"
SECOND_APP_ID: Final = "180000000000002"
SECOND_APP_NAME: Final = "Nord Publisher"
OTHER_APP_ID: Final = "180000000000999"
PASSWORD: Final = "practice"
HOUR, DAY = 3600, 86_400
#: How many of the agency's Pages its colleague looks after too, some of them through a business only.
COLLEAGUE: Final = 60
#: How many of the agency's Pages are assigned to its system user.
SYSTEM_USERS_PAGES: Final = 24
LONG_LIFE: Final = 60 * DAY
DATA_ACCESS: Final = 90 * DAY

SCOPES: Final = (
    "public_profile", "pages_show_list", "pages_read_engagement", "pages_manage_metadata", "business_management",
    "pages_manage_posts", "pages_read_user_content", "pages_manage_engagement", "pages_messaging",
    "pages_manage_ads", "read_insights", "instagram_basic", "email", "pages_manage_cta", "publish_video",
    "leads_retrieval", "ads_management", "ads_read", "catalog_management", "instagram_content_publish",
    "instagram_manage_comments", "instagram_manage_insights", "instagram_manage_messages",
    "instagram_shopping_tag_products", "whatsapp_business_management", "whatsapp_business_messaging",
)  # fmt: skip
_FULL = ("ANALYZE", "ADVERTISE", "MESSAGING", "MODERATE", "CREATE_CONTENT", "MANAGE")
_TASKS = (
    _FULL,
    _FULL,
    _FULL,
    ("ANALYZE", "MESSAGING", "CREATE_CONTENT"),
    _FULL,
    ("ANALYZE", "MODERATE"),
    _FULL,
    ("ANALYZE",),
    _FULL,
    ("ANALYZE", "ADVERTISE", "MESSAGING", "CREATE_CONTENT"),
)
_FIRST = (
    "Café",
    "Nordlys",
    "Harbor",
    "Quartier",
    "Studio",
    "Taller",
    "東京",
    "Pizzeria",
    "مخبز",
    "Blossom",
    "Gärtnerei",
    "Kafé",
    "Łódź",
    "किताब",
    "Lumen",
    "Río",
    "Ørsted",
    "🌸",
    "Green",
    "Old Town",
)
_SECOND = (
    "Müller",
    "Kayak",
    "Yoga",
    "Libre",
    "Lumen",
    "Ruiz",
    "ランナーズ",
    "Da Enzo",
    "أميرة",
    "& Co",
    "Rosen",
    "Brød",
    "Books",
    "घर",
    "Photo",
    "Verde",
    "Cycles",
    "Flowers",
    "Market",
    "Bakery",
)
_CATEGORIES = (
    "Coffee shop",
    "Outdoor sports",
    "Health/Wellness",
    "Bookshop",
    "Photographer",
    "Restaurant",
    "Sports club",
    "Florist",
    "Bakery",
    "Garden center",
    "Bike shop",
    "Clothing",
)
SHOP = (
    ("Amira’s Bakery", "Bakery", _FULL),
    ("مخبز أميرة", "Bakery", _FULL),
    ("🌸 Blossom & Co", "Florist", ("ANALYZE", "MESSAGING", "CREATE_CONTENT")),
)


@dataclass(frozen=True, slots=True)
class PracticePage:
    """A Page: `index` is its place in the world, `portfolio` the business that holds it, if any."""

    index: int
    id: str
    name: str
    category: str
    tasks: tuple[str, ...]
    portfolio: int = 0
    client: bool = False

    @property
    def instagram(self) -> str:
        """The username of the linked Instagram account; empty when there is none."""
        return f"practice.page.{self.index}" if self.index % 3 == 0 else ""


@dataclass(frozen=True, slots=True)
class PracticeApp:
    """A Facebook app that people can log in through."""

    index: int
    id: str
    name: str
    secret: str


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who can log in; `first` and `count` say which Pages of the world are theirs."""

    index: int
    user_id: str
    name: str
    role: str
    first: int
    count: int
    portfolios: tuple[tuple[str, str], ...] = ()
    is_system_user: bool = False


@dataclass(slots=True)
class Grant:
    """What a person allowed in one login: permissions, and all Pages or only `pages`."""

    person: int
    scopes: int
    pages: frozenset[int] | None = None
    revoked: bool = False
    declined: int = 0
    app: int = 0


@dataclass(slots=True)
class Code:
    grant: int
    redirect_uri: str
    made_at: float
    spent: bool = False


@dataclass
class World:
    """Everything that the practice Facebook knows. `pages` is the agency's number of Pages (up to 20,000)."""

    pages: int = 240
    seed: int = 1
    offset: float = 0.0
    faults: Faults = field(default_factory=Faults)

    def __post_init__(self) -> None:
        self.mint = TokenMint(self.seed)
        self.app_secret = self._hex("app secret")
        self.apps = (
            PracticeApp(0, APP_ID, APP_NAME, self.app_secret),
            PracticeApp(1, SECOND_APP_ID, SECOND_APP_NAME, self._hex("second app secret")),
        )
        self.people = (
            Person(0, "122100000000011", "Amira Haddad", "shop owner, 3 Pages", 0, 3),
            Person(
                1,
                "122100000000022",
                "Agency Nord",
                f"agency manager, {self.pages:,} Pages",
                3,
                self.pages,
                (("701000000000001", "Nord Retail"), ("701000000000002", "Nord Clients")),
            ),
            Person(2, "122100000000033", "Noa Newcomer", "newcomer, no Pages", 0, 0),
            Person(
                3,
                "122100000000044",
                "Nils Nord",
                "agency colleague, shares Pages with Agency Nord",
                3,
                min(self.pages, COLLEAGUE),
            ),
            Person(
                4,
                "122100000000055",
                "Nord Server",
                "system user of Nord Retail",
                3,
                min(self.pages, SYSTEM_USERS_PAGES),
                (("701000000000001", "Nord Retail"),),
                is_system_user=True,
            ),
        )
        self._ids = {self._page_id(i): i for i in range(3 + self.pages)}
        self.grants: dict[int, Grant] = {}
        self.codes: dict[str, Code] = {}
        self.given_out: set[str] = {app.secret for app in self.apps}
        self._lock = threading.Lock()
        self._serial = 0
        self._chosen: dict[tuple[int, int | None, bool | None], list[int]] = {}

    def _hex(self, what: str) -> str:
        return hashlib.md5(f"{what} {self.seed}".encode(), usedforsecurity=False).hexdigest()

    def now(self) -> int:
        """The world's time, Unix seconds: the computer's clock and what tests moved it by."""
        return int(time.time() + self.offset)

    def advance(self, seconds: float) -> None:
        """Move the clock on."""
        self.offset += seconds

    def app_by_id(self, app_id: str) -> PracticeApp | None:
        return next((app for app in self.apps if app.id == app_id), None)

    # ------------------------------------------------------------------ Pages
    def _page_id(self, index: int) -> str:
        return str(101_000_000_000_000 + (index * 48_271_000_003 + self.seed * 7) % 899_000_000_000_000)

    def page(self, index: int) -> PracticePage:
        """The Page at `index`: the shop's three first, then the agency's."""
        page_id = self._page_id(index)
        if index < 3:
            name, category, tasks = SHOP[index]
            return PracticePage(index, page_id, name, category, tasks)
        i = index - 3
        name = f"{_FIRST[i % 20]} {_SECOND[(i // 20 + i) % 20]}"
        if i >= 400:
            name = f"{name} {i // 400 + 1}"
        portfolio, client = (0, False)
        if i % 4 == 3:
            portfolio, client = (1, False) if i % 8 == 3 else (2, i % 16 == 7)
        return PracticePage(
            index, page_id, name, _CATEGORIES[i % 12], _TASKS[(i * 7 + i // 20) % 10], portfolio, client
        )

    def page_by_id(self, page_id: str) -> PracticePage | None:
        index = self._ids.get(page_id)
        return None if index is None else self.page(index)

    def owns(self, person: Person, page: PracticePage) -> bool:
        return person.first <= page.index < person.first + person.count

    def chosen(
        self, person: Person, grant: Grant, *, portfolio: int | None = None, client: bool | None = None
    ) -> list[int]:
        """Indices of the Pages this grant reaches; of one portfolio, or (None) those that /accounts lists."""
        key = (id(grant), portfolio, client)
        if key in self._chosen:
            return self._chosen[key]
        indices = []
        for index in range(person.first, person.first + person.count):
            if grant.pages is not None and index not in grant.pages:
                continue
            page_portfolio = 0
            is_client = False
            if index >= 3 and (index - 3) % 4 == 3:
                i = index - 3
                page_portfolio, is_client = (1, False) if i % 8 == 3 else (2, i % 16 == 7)
            if portfolio is None and page_portfolio and (index - 3) % 16 != 3:
                continue
            if portfolio is not None and (page_portfolio != portfolio or is_client != client):
                continue
            indices.append(index)
        self._chosen[key] = indices
        return indices

    # ----------------------------------------------------------------- tokens
    def scope_bits(self, names: list[str]) -> int:
        bits = 1
        for name in names:
            if name in SCOPES:
                bits |= 1 << SCOPES.index(name)
        return bits

    def scope_names(self, bits: int) -> list[str]:
        return [name for bit, name in enumerate(SCOPES) if bits & 1 << bit]

    def new_grant(
        self,
        person: Person,
        scopes: list[str],
        pages: frozenset[int] | None,
        declined: Sequence[str] = (),
        app: int = 0,
    ) -> int:
        with self._lock:
            number = int(time.time()) % 1_000_000 * 1000 + len(self.grants)
            self.grants[number] = Grant(
                person.index, self.scope_bits(scopes), pages, declined=self.scope_bits(list(declined)) & ~1, app=app
            )
            return number

    def grant_of(self, record: TokenRecord) -> Grant:
        """The grant behind a token; one from before a restart is taken as: all Pages."""
        with self._lock:
            return self.grants.setdefault(record.grant, Grant(record.person, record.scopes, app=record.app))

    def user_token(self, grant_number: int, *, long_lived: bool = False) -> str:
        """A new User token. A short one ends on a whole hour, one to two hours on; a long one in 60 days."""
        grant = self.grants[grant_number]
        now = self.now()
        lifetime = 5 * DAY if self.faults.is_active("expiry_soon") else LONG_LIFE
        expires_at = now + lifetime if long_lived else (now // HOUR + 2) * HOUR
        with self._lock:
            self._serial += 1
            serial = self._serial
        return self.give(
            TokenRecord(
                USER, grant.person, grant.scopes, grant_number, now, expires_at, 0, long_lived, serial, app=grant.app
            )
        )

    def page_token(self, user: TokenRecord, index: int) -> str:
        """The Page token that this User token leads to: no end if it is long-lived, else its hour."""
        expires_at = 0 if user.long_lived else user.expires_at
        issued_at = 0 if user.long_lived else user.issued_at
        return self.give(
            TokenRecord(
                PAGE,
                user.person,
                user.scopes,
                user.grant,
                issued_at,
                expires_at,
                index + 1,
                user.long_lived,
                app=user.app,
            )
        )

    def give(self, record: TokenRecord) -> str:
        token = self.mint.make(record)
        self.given_out.add(token)
        return token

    def new_code(self, grant: int, redirect_uri: str) -> str:
        with self._lock:
            self._serial += 1
            code = "AQ" + self.mint.make(TokenRecord(USER, 0, 0, grant, 1, 1, 0, False, self._serial))[3:150]
            self.codes[code] = Code(grant, redirect_uri, self.now())
            self.given_out.add(code)
            return code

    def short_lived_token(self, person: Person, app: int = 0) -> str:
        """A fresh short-lived User token with every permission and Page, for clients that do not log in."""
        return self.user_token(self.new_grant(person, list(SCOPES), None, app=app))

    def special_token(self, what: str) -> str:
        """A token made elsewhere: "page", "other_app", "system_user", "system_user_60_days" or "expired"."""
        person = self.people[4 if what.startswith("system_user") else 0]
        grant = self.new_grant(person, list(SCOPES), None)
        now = self.now()
        user = TokenRecord(USER, person.index, self.grants[grant].scopes, grant, now, now + LONG_LIFE, 0, True)
        records = {
            "page": replace(user, kind=PAGE, page=1, issued_at=0, expires_at=0),
            "other_app": replace(user, other_app=True),
            "system_user": replace(user, kind=SYSTEM_USER, expires_at=0),
            "system_user_60_days": replace(user, kind=SYSTEM_USER),
            "expired": replace(user, issued_at=now - 61 * DAY, expires_at=now - DAY),
        }
        return self.give(records[what])
