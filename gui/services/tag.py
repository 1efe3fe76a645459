"""Clients: give Pages to them and take them away, many at once; every step can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass

from gui.errors import JobContext, UserError
from gui.services.session import Session
from gui.text import fold, name_of_ones_own
from gui.values import Client


@dataclass(frozen=True, slots=True)
class TagChange:
    """What was done, so that it can be undone: Page IDs `given` to a client or taken from it, or a client forgotten.

    `created` says that the client was made by it.
    """

    client: Client
    pages: tuple[str, ...]
    given: bool
    forgotten: bool = False
    created: bool = False


def clients(session: Session, job: JobContext) -> list[Client]:
    """Every client, by name."""
    return session.vault.clients.all()


def give(session: Session, name: str, page_ids: Sequence[str], job: JobContext) -> TagChange:
    """Give Pages to the client of this name, which is made if there is none. Raises UserError for no name."""
    client_name = name_of_ones_own(name)
    if not client_name:
        raise UserError("client_without_name")
    before = {one.id for one in session.vault.clients.all()}
    client = session.vault.clients.named(client_name)
    pages = session.vault.clients.give(client, page_ids)
    return TagChange(client, tuple(pages), given=True, created=client.id not in before)


def take(session: Session, client: Client, page_ids: Sequence[str], job: JobContext) -> TagChange:
    """Take Pages away from a client."""
    return TagChange(client, tuple(session.vault.clients.take(client, page_ids)), given=False)


def change(session: Session, client: Client, name: str, color: int, job: JobContext) -> None:
    """Another name or color for a client. Raises UserError when another one has that name."""
    client_name = name_of_ones_own(name)
    if not client_name:
        raise UserError("client_without_name")
    if any(fold(one.name) == fold(client_name) and one.id != client.id for one in session.vault.clients.all()):
        raise UserError("client_exists", name=client_name)
    session.vault.clients.change(client, client_name, color)


def forget(session: Session, client: Client, job: JobContext) -> TagChange:
    """Remove a client; its Pages stay."""
    return TagChange(client, tuple(session.vault.clients.forget(client)), given=False, forgotten=True)


def undo(session: Session, tag_change: TagChange, job: JobContext) -> None:
    """Everything as it was before."""
    if tag_change.forgotten:
        session.vault.clients.bring_back(tag_change.client, tag_change.pages)
    elif tag_change.given:
        session.vault.clients.take(tag_change.client, tag_change.pages)
        if tag_change.created and not any(
            one.pages for one in session.vault.clients.all() if one.id == tag_change.client.id
        ):
            session.vault.clients.forget(tag_change.client)
    else:
        session.vault.clients.give(tag_change.client, tag_change.pages)
