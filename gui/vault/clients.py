"""Clients: tags that an agency gives to Pages, in the database."""

from collections.abc import Iterable

from gui.text import fold
from gui.values import Client
from gui.vault.database import Database


class Clients:
    """Makes, names, colors and gives clients. Every change returns what it takes to undo it."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def all(self) -> list[Client]:
        """Every client by name, with the number of its Pages."""
        rows = self.database.rows(
            "SELECT id, name, color, (SELECT count(*) FROM page_client WHERE client_id=id) AS pages FROM client "
            "ORDER BY folded"
        )
        return [Client(**dict(row)) for row in rows]

    def of_pages(self) -> dict[str, tuple[Client, ...]]:
        """The clients of each Page that has any, by Page ID."""
        clients = {one.id: one for one in self.all()}
        of_pages: dict[str, tuple[Client, ...]] = {}
        for row in self.database.rows(
            "SELECT page_id, client_id FROM page_client JOIN client ON id=client_id ORDER BY folded"
        ):
            of_pages[row["page_id"]] = (*of_pages.get(row["page_id"], ()), clients[row["client_id"]])
        return of_pages

    def named(self, name: str) -> Client:
        """The client of this name, made if there is none; names that differ in case or accents are one."""
        name = " ".join(name.split())
        known = next((client for client in self.all() if fold(client.name) == fold(name)), None)
        if known is not None:
            return known
        with self.database.transaction() as db:
            used_colors = {row["color"] for row in db.execute("SELECT color FROM client")}
            color = next((number for number in range(64) if number not in used_colors), 0)
            db.execute(
                "INSERT INTO client (name, folded, color) VALUES (?, ?, ?) ON CONFLICT(folded) DO NOTHING",
                (name, fold(name), color),
            )
        return next(client for client in self.all() if fold(client.name) == fold(name))

    def change(self, client: Client, name: str, color: int) -> None:
        """Give a client another name or color."""
        with self.database.transaction() as db:
            db.execute("UPDATE client SET name=?, folded=?, color=? WHERE id=?", (name, fold(name), color, client.id))

    def give(self, client: Client, page_ids: Iterable[str]) -> list[str]:
        """Give Pages to a client; those that were not its before."""
        return self._put(
            client,
            page_ids,
            "INSERT OR IGNORE INTO page_client (page_id, client_id) SELECT id, ?2 FROM page WHERE id=?1",
        )

    def take(self, client: Client, page_ids: Iterable[str]) -> list[str]:
        """Take Pages from a client; those that were its before."""
        return self._put(client, page_ids, "DELETE FROM page_client WHERE page_id=?1 AND client_id=?2")

    def _put(self, client: Client, page_ids: Iterable[str], sql: str) -> list[str]:
        with self.database.transaction() as db:
            return [page_id for page_id in page_ids if db.execute(sql, (page_id, client.id)).rowcount]

    def forget(self, client: Client) -> list[str]:
        """Remove a client; the Pages that were its."""
        with self.database.transaction() as db:
            pages = [
                row["page_id"] for row in db.execute("SELECT page_id FROM page_client WHERE client_id=?", (client.id,))
            ]
            db.execute("DELETE FROM page_client WHERE client_id=?", (client.id,))
            db.execute("DELETE FROM client WHERE id=?", (client.id,))
        return pages

    def bring_back(self, client: Client, page_ids: Iterable[str]) -> None:
        """Undo `forget`."""
        with self.database.transaction() as db:
            db.execute(
                "INSERT OR IGNORE INTO client (id, name, folded, color) VALUES (?, ?, ?, ?)",
                (client.id, client.name, fold(client.name), client.color),
            )
        self.give(client, page_ids)
