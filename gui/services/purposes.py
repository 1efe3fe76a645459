"""What a token is for: the purposes of resources/purposes.toml, and the permissions to ask for."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gui.graph.permissions import BASE, with_dependencies
from gui.i18n import _, list_of
from gui.paths import RESOURCES
from gui.services.formatting import task_words
from gui.text import fold


class TokenKind(StrEnum):
    """The kind of token that a purpose's calls are made with. EITHER: a User token or a Page token."""

    PAGE = "page"
    USER = "user"
    EITHER = "either"
    SYSTEM_USER = "system_user"


@dataclass(frozen=True, slots=True)
class Purpose:
    """One thing that a token is wanted for.

    `permissions` are added to what every Page token needs, `optional` ones too unless the app has not got them. One of
    `tasks` on the Page is enough; `tasks_too`: and one of these. `use_case` is a key of USE_CASES. `other_people`
    says whose data needs Advanced Access: "pages" other people's Pages, "customers" whoever writes. `account` is what
    must be held beside the Page (a key of ACCOUNTS). `also` is what else is needed, `open` why nothing is promised, in
    English.
    `call` is what a tool for this asks Facebook first, a GET; "{page}" and "{instagram}" are the accounts' IDs.
    """

    key: str
    group: str
    name: str
    permissions: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    tasks_too: tuple[str, ...] = ()
    token: TokenKind = TokenKind.PAGE
    use_case: str = "manage_page"
    other_people: str = ""
    account: str = ""
    also: str = ""
    open: str = ""
    call: str = ""
    row: str = ""
    search: str = ""
    instagram: bool = False
    leads_access: bool = False

    @property
    def label(self) -> str:
        """Its name in the person's language."""
        return _(self.name)

    @property
    def folded(self) -> str:
        """What a search looks through."""
        return fold(" ".join((self.name, self.label, self.search, *self.permissions, group_label(self.group))))

    @property
    def all_permissions(self) -> tuple[str, ...]:
        """Every permission it needs, those of every Page token and dependencies included; not the optional ones."""
        return with_dependencies((*BASE, *self.permissions))


#: Groups in the order in which they are shown.
GROUPS: Mapping[str, str] = {
    "website": _("Website"),
    "publishing": _("Publishing"),
    "comments": _("Comments"),
    "messages": _("Messages"),
    "leads": _("Leads"),
    "figures": _("Figures"),
    "instagram": _("Instagram"),
    "ads": _("Ads"),
    "shop": _("Shop"),
    "page": _("The Page itself"),
}
#: The App Dashboard's use cases, as Meta calls them.
USE_CASES: Mapping[str, str] = {
    "manage_page": "Manage everything on your Page",
    "messenger": "Engage with customers on Messenger from Meta",
    "instagram": "Manage messaging and content on Instagram",
    "leads": "Capture & manage ad leads with Marketing API",
    "ads": "Create & manage ads with Marketing API",
    # Meta's list of use cases names none for it.
    "catalog": "",
    "whatsapp": "Connect with customers through WhatsApp",
}
#: What a person must hold beside the Page.
ACCOUNTS: Mapping[str, str] = {
    "ad_account": _("a role of your own on the ad account"),
    "catalog": _("a role of your own on the catalog"),
    "whatsapp": _("a WhatsApp Business account"),
}


def group_label(group: str) -> str:
    """A group's name in the person's language."""
    return GROUPS[group]


@functools.cache
def purposes() -> Mapping[str, Purpose]:
    """Every purpose by its key, in the order in which they are shown."""
    entries = tomllib.loads((RESOURCES / "purposes.toml").read_text("utf-8"))
    found = {key: _purpose(key, entry) for key, entry in entries.items()}
    order = list(GROUPS)
    return dict(sorted(found.items(), key=lambda one: order.index(one[1].group)))


def _purpose(key: str, entry: Mapping[str, object]) -> Purpose:
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    return Purpose(key=key, **{**values, "token": TokenKind(str(entry["token"]))})  # type: ignore[arg-type]


def known(keys: Iterable[str]) -> tuple[str, ...]:
    """Those of `keys` that are purposes, each once, in the order in which they are shown."""
    chosen = set(keys)
    return tuple(key for key in purposes() if key in chosen)


def permissions_for(keys: Iterable[str], *, held: Sequence[str] = (), without: Sequence[str] = ()) -> tuple[str, ...]:
    """The permissions to ask for: what every Page token needs, and what these purposes need.

    `held` ones are asked for again, so that a login for more loses nothing; `without` are those that the app has not
    got.
    """
    chosen = [purposes()[key] for key in known(keys)]
    wanted = [name for one in chosen for name in (*one.permissions, *one.optional)]
    return tuple(name for name in with_dependencies((*BASE, *wanted, *held)) if name not in without)


def optional_permissions(keys: Iterable[str]) -> frozenset[str]:
    """The permissions that these purposes would like and work without."""
    needed = needed_permissions(keys)
    return frozenset(name for key in known(keys) for name in purposes()[key].optional if name not in needed)


def needed_permissions(keys: Iterable[str]) -> tuple[str, ...]:
    """The permissions without which these purposes do not work; with none, those of every Page token."""
    wanted = [name for key in known(keys) for name in purposes()[key].permissions]
    return with_dependencies((*BASE, *wanted))


def added_permissions(purpose: Purpose) -> tuple[str, ...]:
    """What a purpose adds to the permissions of every Page token."""
    return tuple(name for name in permissions_for([purpose.key]) if name not in BASE)


def permission_line(purpose: Purpose) -> str:
    """In a line, which permissions a purpose means."""
    added = added_permissions(purpose)
    if not added:
        return _("No permission beyond those that every Page token has.")
    return _("Adds {permissions}.", permissions=list_of(added))


def needs_line(purpose: Purpose) -> str:
    """What else a purpose needs, and what is left open, told before it fails; empty where it needs nothing."""
    parts = []
    if purpose.tasks:
        parts.append(task_sentence(purpose))
    if purpose.token is TokenKind.USER:
        parts.append(_("Its calls want the User token, not a Page token."))
    if purpose.account in {"ad_account", "catalog"}:
        parts.append(_("You need {what}.", what=ACCOUNTS[purpose.account]))
    if purpose.instagram:
        parts.append(_("A professional Instagram account must be linked to the Page."))
    if purpose.use_case != "manage_page" and USE_CASES[purpose.use_case]:
        parts.append(_("The app needs the use case “{name}”.", name=USE_CASES[purpose.use_case]))
    if purpose.other_people == "customers":
        parts.append(
            _("Until Meta has reviewed the app (Advanced Access), only people with a role on it can be answered.")
        )
    if purpose.also:
        parts.append(_(purpose.also))
    if purpose.open:
        parts.append(_("Not sure to work: {reason}", reason=_(purpose.open)))
    return " ".join(parts)


def task_sentence(purpose: Purpose) -> str:
    """Which tasks on the Page a purpose needs."""
    one = list_of([task_words(name) for name in purpose.tasks], "or")
    if purpose.tasks_too:
        two = list_of([task_words(name) for name in purpose.tasks_too], "or")
        return _("On the Page you need {tasks} and {others}.", tasks=one, others=two)
    return _("On the Page you need {tasks}.", tasks=one)


def has_tasks(purpose: Purpose, tasks: Sequence[str]) -> bool:
    """Whether these tasks on a Page open what the purpose needs. New Page names (PROFILE_PLUS_…) count as the old."""
    held = {name.removeprefix("PROFILE_PLUS_") for name in tasks}
    if held & {"FULL_CONTROL", "MANAGE"}:
        # Full control opens every task but that of reading leads, which a business may keep apart.
        return True
    return all(not some or held & set(some) for some in (purpose.tasks, purpose.tasks_too))


def find_purposes(query: str) -> tuple[Purpose, ...]:
    """The purposes in which every word of `query` occurs; all for an empty one."""
    words = fold(query).split()
    return tuple(one for one in purposes().values() if all(word in one.folded for word in words))
