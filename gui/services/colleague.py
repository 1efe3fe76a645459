"""Hand over to a colleague: one protected file of Pages with their names, clients and purposes, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gui.files import texts
from gui.files.document import Leaf
from gui.i18n import _, list_of, ngettext
from gui.services.formatting import join_some
from gui.services.os_user import os_user_name
from gui.services.purposes import known, purposes
from gui.services.session import Session
from gui.text import clean_name
from gui.values import PageRow, Secret

#: What the file says of itself, and the version of its form.
_FORM, _VERSION = "page-keys-hand-over", 1
#: A longer name is no account's (characters).
_LONGEST_NAME = 60
#: So many names are said of what was received.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Sender:
    """Who handed over, by the account's name on that computer; of each Page, by its ID, what it is for and whose.

    `people` are those whose login the tokens are of. `is_newer`: a newer Page Keys wrote it, and more may stand there.
    """

    name: str
    purposes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    clients: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    page_ids: tuple[str, ...] = ()
    is_newer: bool = False


def colleague_text(session: Session, rows: Sequence[PageRow], tokens: Mapping[str, Secret]) -> Secret:
    """The text of the file: JSON that any Page Keys takes in, and that a person can read."""
    logins = {login.id: login for login in session.vault.logins()}
    pages = []
    for row in rows:
        if row.page.id not in tokens:
            continue
        login = logins.get(row.login_id)
        about = {
            "name": row.page.name,
            "id": row.page.id,
            "category": row.page.category,
            "purposes": ",".join(login.purposes) if login is not None else "",
            "person": login.display_name if login is not None else "",
            "app": login.app_display_name if login is not None else "",
            "link": row.page.link,
        }
        token = {"access_token": tokens[row.page.id]}
        filled = {name: text for name, text in about.items() if text}
        pages.append(({**filled, "clients": [client.name for client in row.clients]}, token))
    head = {"form": _FORM, "version": _VERSION, "from": os_user_name()}
    return texts.json_with_secrets(head, "pages", pages)


def sender_of(leaves: Iterable[Leaf]) -> Sender | None:
    """Who handed over what these values hold; None where nobody did."""
    values = {leaf.path: leaf.text for leaf in leaves}
    if values.get(("form",)) != _FORM:
        return None
    places: dict[str, str] = {
        str(path[1]): text for path, text in values.items() if len(path) == 3 and (path[0], path[2]) == ("pages", "id")
    }
    keys: dict[str, tuple[str, ...]] = {}
    clients: dict[str, tuple[str, ...]] = {}
    people: dict[str, str] = {}
    for path, text in values.items():
        page_id = places.get(str(path[1]), "") if len(path) > 2 and path[0] == "pages" else ""
        if not page_id:
            continue
        if path[2] == "purposes":
            # One text, or a list of them.
            keys[page_id] = (*keys.get(page_id, ()), *known(text.split(",")))
        elif path[2] == "clients":
            clients[page_id] = (*clients.get(page_id, ()), clean_name(text))
        elif path[2:] == ("person",):
            people[page_id] = clean_name(text)
    name = clean_name(values.get(("from",), ""))[:_LONGEST_NAME].strip() or _("a colleague")
    version = values.get(("version",), "")
    is_newer = version.isdecimal() and int(version[:9]) > _VERSION
    return Sender(name, keys, clients, people, tuple(places.values()), is_newer)


def received_words(sender: str, names: Sequence[str], clients: Sequence[str], keys: Sequence[str]) -> str:
    """What a file holds that a colleague handed over."""
    count = ngettext("{count} Page", "{count} Pages", len(names))
    parts = [
        _("{sender} hands over {pages}: {names}.", sender=sender, pages=count, names=join_some(tuple(names), _NAMED))
    ]
    if clients:
        parts.append(_("Clients: {names}.", names=list_of(clients)))
    if keys:
        parts.append(_("They are for: {purposes}.", purposes=list_of([purposes()[key].label for key in keys])))
    return " ".join(parts)
