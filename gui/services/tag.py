"""Clients: give Pages to them and take them away, many at once; every step can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass

from gui.errors import JobContext, UserError
from gui.services.session import Session
from gui.values import Client

#: Longer names are cut off everywhere (characters).
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class TagChange:
    """What was done, so that it can be undone: Pages (IDs) `given` to a client or taken from it; or the client forgotten."""

    client: Client
    pages: tuple[str, ...]
    given: bool
    forgotten: bool = False


def clients(session: Session, job: JobContext) -> list[Client]:
    """Every client, by name."""
    return session.vault.clients.all()


def give(session: Session, name: str, page_ids: Sequence[str], job: JobContext) -> TagChange:
    """Give Pages to the client of this name, which is made if there is none. Raises UserError for no name."""
    said = " ".join(name.split())[:_LONGEST]
    if not said:
        raise UserError("client_without_name")
    client = session.vault.clients.named(said)
    return TagChange(client, tuple(session.vault.clients.give(client, page_ids)), given=True)


def take(session: Session, client: Client, page_ids: Sequence[str], job: JobContext) -> TagChange:
    """Take Pages away from a client."""
    return TagChange(client, tuple(session.vault.clients.take(client, page_ids)), given=False)


def change(session: Session, client: Client, name: str, color: int, job: JobContext) -> None:
    """Another name or color for a client. Raises UserError when another one has that name."""
    from gui.text import fold

    said = " ".join(name.split())[:_LONGEST]
    if not said:
        raise UserError("client_without_name")
    if any(fold(one.name) == fold(said) and one.id != client.id for one in session.vault.clients.all()):
        raise UserError("client_exists", name=said)
    session.vault.clients.change(client, said, color)


def forget(session: Session, client: Client, job: JobContext) -> TagChange:
    """Remove a client; its Pages stay."""
    return TagChange(client, tuple(session.vault.clients.forget(client)), given=False, forgotten=True)


def undo(session: Session, done: TagChange, job: JobContext) -> None:
    """Everything as it was before."""
    if done.forgotten:
        session.vault.clients.bring_back(done.client, done.pages)
    elif done.given:
        session.vault.clients.take(done.client, done.pages)
        if (
            not any(one.pages for one in session.vault.clients.all() if one.id == done.client.id)
            and not done.client.pages
        ):
            session.vault.clients.forget(done.client)
    else:
        session.vault.clients.give(done.client, done.pages)
