"""Keeping Page tokens in the real keychain: bundled, against one write of the same bytes as a single item."""

import statistics
import tempfile
import time
from pathlib import Path

COUNTS = (240, 2000, 10_000)


def run() -> None:
    """Print the time of keeping, of one item of the same bytes, and of reading one token."""
    from gui.tour.private_session import PrivateSession

    private_session = PrivateSession()
    private_session.start()
    try:
        for count in COUNTS:
            _measure(count)
    finally:
        private_session.stop()


def _measure(count: int) -> None:
    from gui.values import NO_END, AppCredentials, Login, Page, PageRow, Secret, UserToken
    from gui.vault.keychain import Keychain
    from gui.vault.vault import Vault

    vault = Vault(Path(tempfile.mkdtemp()), Keychain(f"Page Keys bench {count}"))
    app = AppCredentials("180000000000001", Secret("0" * 32), "App")
    vault.keep_app(app)
    login = vault.keep_login(Login(app, UserToken(Secret("EAA" + "u" * 200), app.app_id, "1", "Person")))
    rows = [
        PageRow(
            Page(str(10**14 + n), f"Page {n}", "Bakery", ("MANAGE",)),
            "x7Qd",
            NO_END,
            fresh=Secret(f"EAA{n:07d}" + "x7QdZA" * 33),
        )
        for n in range(count)
    ]
    began = time.perf_counter()
    vault.keep_pages(login, rows)
    keeping = time.perf_counter() - began
    pieces: list[str] = []
    for row in rows:
        assert row.fresh is not None
        pieces.append(row.fresh.reveal() + row.page.id)
    single = Secret("".join(pieces))
    backend = vault.keychain._the_backend()
    began = time.perf_counter()
    backend.set_password("Page Keys bench", "single", single.reveal())
    alone = time.perf_counter() - began
    backend.delete_password("Page Keys bench", "single")
    reads = []
    for place in range(0, count, max(1, count // 20)):
        began = time.perf_counter()
        vault.page_token(login.id, rows[place].page.id)
        reads.append(time.perf_counter() - began)
    began = time.perf_counter()
    vault.keep_pages(login, [rows[0]])
    renewing = time.perf_counter() - began
    vault.forget_login(login)
    vault.close()
    print(
        f"{count:>6,} tokens: kept in {keeping:.2f} s, {keeping / alone:.1f} times one single item ({alone:.2f} s); "
        f"one read {statistics.median(reads) * 1000:.0f} ms; renewing one {renewing:.2f} s"
    )
