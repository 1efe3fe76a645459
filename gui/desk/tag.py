"""Clients: give Pages to them and take them away, many at once; every step can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass

from gui.desk.desk import Desk
from gui.errors import JobContext, UserError
from gui.values import Client

#: Longer names are cut off everywhere (characters).
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Tagged:
    """What was done, so that it can be undone: Pages (IDs) `given` to a client or taken from it; or the client forgotten."""

    client: Client
    pages: tuple[str, ...]
    given: bool
    forgotten: bool = False


def clients(desk: Desk, job: JobContext) -> list[Client]:
    """Every client, by name."""
    return desk.vault.clients.all()


def give(desk: Desk, name: str, page_ids: Sequence[str], job: JobContext) -> Tagged:
    """Give Pages to the client of this name, which is made if there is none. Raises UserError for no name."""
    said = " ".join(name.split())[:_LONGEST]
    if not said:
        raise UserError("client_without_name")
    client = desk.vault.clients.named(said)
    return Tagged(client, tuple(desk.vault.clients.give(client, page_ids)), given=True)


def take(desk: Desk, client: Client, page_ids: Sequence[str], job: JobContext) -> Tagged:
    """Take Pages away from a client."""
    return Tagged(client, tuple(desk.vault.clients.take(client, page_ids)), given=False)


def change(desk: Desk, client: Client, name: str, color: int, job: JobContext) -> None:
    """Another name or color for a client. Raises UserError when another one has that name."""
    from gui.text import fold

    said = " ".join(name.split())[:_LONGEST]
    if not said:
        raise UserError("client_without_name")
    if any(fold(one.name) == fold(said) and one.id != client.id for one in desk.vault.clients.all()):
        raise UserError("client_exists", name=said)
    desk.vault.clients.change(client, said, color)


def forget(desk: Desk, client: Client, job: JobContext) -> Tagged:
    """Remove a client; its Pages stay."""
    return Tagged(client, tuple(desk.vault.clients.forget(client)), given=False, forgotten=True)


def undo(desk: Desk, done: Tagged, job: JobContext) -> None:
    """Everything as it was before."""
    if done.forgotten:
        desk.vault.clients.bring_back(done.client, done.pages)
    elif done.given:
        desk.vault.clients.take(done.client, done.pages)
        if not any(one.pages for one in desk.vault.clients.all() if one.id == done.client.id) and not done.client.pages:
            desk.vault.clients.forget(done.client)
    else:
        desk.vault.clients.give(done.client, done.pages)
