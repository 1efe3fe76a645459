"""Keeping Page tokens in the real keychain: bundled, against one write of the same bytes as a single item."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from gui.vault.backends import choose_backend
from gui.vault.entries import encode_bundle
from gui.vault.keychain import Keychain
from gui.vault.vault import Vault
from tests.bench.contents import app, long_lived_login, page_rows, page_token
from tests.bench.figures import Figure, figure_of_rounds, report

COUNTS, ROUNDS = (240, 2000, 10_000), 5
#: How many tokens are read alone in a round.
_READS = 10

T = TypeVar("T")
Rounds = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class KeepingRound:
    """Seconds of one round.

    `single_` is one item of the same bytes, in a keychain as empty as the vault found it; `beside_` the same while the
    vault's items are still there, since a keychain may rewrite all it holds; `short_` one item of one token.
    """

    beside_write: float
    single_write: float
    single_read: float
    short_write: float
    short_read: float
    keep: float
    read_all: float
    read_one: float
    renew_one: float
    items: int


def timed(call: Callable[[], T]) -> tuple[float, T]:
    """How long a call takes (seconds), and what it gives."""
    began = time.perf_counter()
    result = call()
    return time.perf_counter() - began, result


def keeping_round(count: int, turn: int) -> KeepingRound:
    """Keep so many tokens in an empty vault, read and renew; then the same bytes as one item. Empties the keychain."""
    vault = Vault(Path(tempfile.mkdtemp()), Keychain(f"Page Keys bench {count} {turn}"))
    vault.keep_app(app())
    login = vault.keep_login(long_lived_login())
    rows = page_rows(count)
    keep, _ = timed(lambda: vault.keep_pages(login, rows))
    items = len(vault.bundles.live()) - 2
    read_all, tokens = timed(lambda: vault.page_tokens(login.id))
    assert len(tokens) == count
    places = range(0, count, max(1, count // _READS))
    read_one = statistics.median(timed(partial(vault.page_token, login.id, rows[place].page.id))[0] for place in places)
    renew_one, _ = timed(lambda: vault.keep_pages(login, [rows[17]]))
    whole = encode_bundle(vault.bundles.read_all(vault.bundles.live()), 0)
    beside_write, _ = _item(whole)
    vault.forget_login(login)
    vault.close()
    single_write, single_read = _item(whole)
    short_write, short_read = _item(page_token(0).reveal())
    return KeepingRound(
        beside_write, single_write, single_read, short_write, short_read, keep, read_all, read_one, renew_one, items
    )


def _item(text: str) -> tuple[float, float]:
    """Seconds to write and to read one item."""
    backend = choose_backend()
    # The connection is made now, as the vault's was before.
    backend.get_password("Page Keys bench", "single")
    writing, _ = timed(lambda: backend.set_password("Page Keys bench", "single", text))
    reading, same = timed(lambda: backend.get_password("Page Keys bench", "single") == text)
    assert same
    backend.delete_password("Page Keys bench", "single")
    return writing, reading


def keeping_figures(part: str, count: int, *, keep_aim: float | None = None, beside: bool = False) -> Iterator[Figure]:
    """What keeping so many tokens costs, and using them afterwards; `beside`: the anchor is written beside them."""
    measured = [keeping_round(count, turn) for turn in range(ROUNDS)]
    writes: Rounds = [(one.beside_write if beside else one.single_write, one.keep) for one in measured]
    reads: Rounds = [(one.single_read, one.read_all) for one in measured]
    single_reads: Rounds = [(one.short_read * 1000, one.read_one * 1000) for one in measured]
    renewals: Rounds = [(one.short_write, one.renew_one) for one in measured]
    note = f"in {measured[0].items} bundles"
    same, short = "one item of the same bytes", "one item of one token"
    yield figure_of_rounds(
        part, f"{count:,} tokens kept", "s", writes, f"{same} beside them" if beside else same, aim=keep_aim, note=note
    )
    yield figure_of_rounds(part, f"{count:,} tokens read back", "s", reads, same, aim=1, aim_on="value")
    yield figure_of_rounds(part, f"one of {count:,} tokens read", "ms", single_reads, short, aim=50, aim_on="value")
    yield figure_of_rounds(part, f"one of {count:,} tokens renewed", "s", renewals, short)


def measure() -> Iterator[Figure]:
    """Each count against one item; the most of them has the aim."""
    from gui.tour.private_session import PrivateSession

    private_session = PrivateSession()
    private_session.start()
    try:
        for count in COUNTS:
            yield from keeping_figures("keychain", count, keep_aim=2 if count == max(COUNTS) else None)
    finally:
        private_session.stop()


def main() -> None:
    report(measure())


if __name__ == "__main__":
    main()
