"""Renew: what a fresh list did to the tokens that were kept: which changed, which are the same, which Pages have gone."""

from dataclasses import dataclass, replace

from gui.desk import words
from gui.desk.desk import Desk
from gui.desk.explain import sentence
from gui.desk.states import rows_of
from gui.errors import JobContext
from gui.values import Message, PageRow, StoredLogin

#: How many Pages are named in a sentence, and among the details.
_NAMED, _MOST_NAMED = 4, 60


@dataclass(frozen=True, slots=True)
class Renewed:
    """The kept rows after keeping, and names of Pages by what became of their tokens.

    `lost` came back without a token; `gone` are no longer listed. Both keep the token they had.
    """

    rows: tuple[PageRow, ...]
    changed: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def had_any(self) -> bool:
        """Whether there were tokens before to compare with."""
        return bool(self.changed or self.same or self.lost or self.gone)


def said(found: Renewed, renewing: bool) -> Message | None:
    """What became of the tokens, and as details of which Pages; None where there is nothing to tell."""
    if not found.had_any or not (renewing or found.new or found.gone or found.lost):
        return None
    counts = ((found.changed, "changed"), (found.same, "are the same" if len(found.same) != 1 else "is the same"), (found.new, "came new"))
    parts = [f"{words.count(len(names), 'token')} {what}" for names, what in counts if names]
    text = f"{', '.join(parts)}." if parts else ""
    if found.gone:
        text += f" No longer listed: {words.some(found.gone, _NAMED)}."
    if found.lost:
        text += f" Without a new token: {words.some(found.lost, _NAMED)}."
    kind = "renewed" if renewing else "list_refreshed"
    notice = sentence(f"{kind}_in_part" if found.gone or found.lost else kind, name=text.strip())
    groups = (("Changed", found.changed), ("The same", found.same), ("New", found.new), ("Without a new token", found.lost), ("No longer listed", found.gone))
    return replace(notice, details=tuple((what, words.some(names, _MOST_NAMED)) for what, names in groups if names))


def keep_renewed(desk: Desk, kept: StoredLogin, rows: tuple[PageRow, ...], complete: bool, job: JobContext) -> Renewed:
    """Keep fetched Pages and compare their tokens with those that were kept before.

    A Page that was kept and is not listed is named as gone only if the list was `complete`; its token stays,
    since it may still work, but needs the person.
    """
    vault = desk.vault
    before, names = vault.checks.marks(kept), {row.page.id: row.page.name or row.page.id for row in vault.page_rows(kept)}
    vault.keep_pages(kept, list(rows))
    listed = {row.page.id for row in rows}
    gone = [page_id for page_id in names if page_id not in listed] if complete else []
    if gone:
        vault.checks.mark(kept, gone, "page_no_longer_listed", desk.now())
    key = vault.ledger.fingerprint_key()
    changed: list[str] = []
    same: list[str] = []
    new: list[str] = []
    lost: list[str] = []
    for row in rows:
        was = before.get(row.page.id)
        if row.fresh is None:
            into = lost if was else None
        elif was is None:
            into = new
        else:
            into = same if row.fresh.fingerprint(key) == was else changed
        if into is not None:
            into.append(row.page.name or row.page.id)
    found = (sorted(some) for some in (changed, same, new, lost, [names[one] for one in gone]))
    return Renewed(tuple(rows_of(desk, kept)), *(tuple(some) for some in found))
