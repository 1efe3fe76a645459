"""Crash safety: a process killed between any two writes, a full disk, a read-only folder, a dead or locked keychain."""

import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gui.vault.errors import VaultError
from gui.vault.keychain import Keychain
from gui.vault.vault import Vault
from tests.support import crashing
from tests.support.crashing import APP, Points, Run, line_of, person, states, token

ROOT = Path(__file__).parents[3]
#: Seed and how many characters an item of the keychain holds: bundles that span items, several bundles, one bundle.
RUNS = [(0, 480_000), (0, 1280), *((seed, 480_000) for seed in (2, 5, 8, 10, 11)), (1, 1280), (3, 700)]
KILLED = -signal.SIGKILL
#: `make test` kills at some points, spread over all runs; `make crash` and .ci/run at each.
EVERY_POINT = bool(os.environ.get("PAGE_KEYS_EVERY_POINT"))
SAMPLE = 30


class CrashingProcess:
    """A process that runs a Run up to its point and tells how it ended."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.crashing"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, what: Run) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line_of(what))
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def end(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(10)


def held(vault, state) -> bool:
    """Whether exactly this state is kept, each secret readable."""
    if {one.user_id for one in vault.logins()} != {user for user, _ in state.logins}:
        return False
    for user, number in state.logins:
        login = person(vault, user)
        pages = state.of(user)
        if vault.login(login).token.secret != token(number):
            return False
        if vault.page_tokens(login.id) != {str(1000 + page): token(one) for page, one in pages.items()}:
            return False
    return vault.app(APP).secret == crashing.login(1).app.secret


def items_of(private_session, service) -> set[str]:
    """Names of a service's items in the real keychain."""
    import secretstorage

    bus = secretstorage.dbus_init()
    try:
        return {
            one.get_attributes()["username"]
            for one in secretstorage.get_default_collection(bus).search_items({"service": service})
        }
    finally:
        bus.close()


def check(private_session, run: Run) -> None:
    """The next start: what was confirmed is there, no orphan is left, the database opens and is whole."""
    vault = Vault(Path(run.profile), Keychain(run.service))
    try:
        vault.recover()
        made = states(run.seed)
        place = int(run.confirmed.read_text("utf-8"))
        allowed = [state for _, state in made[place : place + 2]]
        if place + 1 < len(made) and made[place + 1][0] == "undo":
            # Forgotten, and the program ended before the person took it back.
            allowed.append(made[place][1].without("11"))
        assert any(held(vault, state) for state in allowed), (
            f"{run}: {made[place][0]} was confirmed, {made[min(place + 1, len(made) - 1)][0]} was under way"
        )
        names = {str(one[0]) for one in vault.database.rows("SELECT name FROM pack WHERE state='live'")}
        assert len(vault.database.rows("SELECT name FROM pack")) == len(names), "nothing is half done"
        assert {name.split(".")[0] for name in items_of(private_session, run.service)} - {"packs"} == names, (
            f"{run}: orphans"
        )
        assert vault.database.rows("PRAGMA integrity_check")[0][0] == "ok"
        assert not vault.database.rows(
            "SELECT 1 FROM source WHERE hidden!=0 UNION SELECT 1 FROM connection WHERE hidden!=0"
        )
        assert vault.recover().leftovers == 0
    finally:
        vault.close()
        private_session.forget(run.service)
        shutil.rmtree(run.profile)


def test_killed_at_every_point_nothing_that_was_confirmed_is_lost(private_session, tmp_path):
    # One after the other: gnome-keyring itself aborts when processes meet in it.
    process = CrashingProcess()
    runs: list[Run] = []
    for seed, capacity in RUNS:
        name = f"Page Keys crash {tmp_path.name} {seed} {capacity}"
        whole = Run(str(tmp_path / f"whole-{seed}-{capacity}"), name, seed, capacity)
        assert process.run(whole) == 0
        count = int(Path(f"{whole.confirmed}-points").read_text(encoding="utf-8"))
        check(private_session, whole)
        # Small bundles make hundreds of points that are much alike.
        points = range(1, count + 1, 1 if count < 60 else 3)
        runs += [Run(str(tmp_path / f"{seed}-{capacity}-{at}"), f"{name} {at}", seed, capacity, at) for at in points]
    assert len(runs) >= 300, len(runs)

    if not EVERY_POINT:
        runs = runs[:: len(runs) // SAMPLE][:SAMPLE]
    for run in runs:
        assert process.run(run) == KILLED, run
        check(private_session, run)
    process.end()


def tried(run: Run, at: int, act) -> Points:
    """Do a run's work here, `act` at one of its points; VaultErrors are told to the person and end it."""
    points = Points(at, act)
    try:
        crashing.work(run, points)
    except VaultError as error:
        points.error_kind = error.kind
    else:
        points.error_kind = ""
    return points


@pytest.mark.parametrize(("seed", "at"), list(itertools.product((1, 5), (1, 3, 6, 9, 14, 22, 31, 40))))
@pytest.mark.parametrize("fault", ["killed", "locked"])
def test_a_keychain_that_dies_or_locks_half_way_loses_nothing(private_session, tmp_path, seed, at, fault, monkeypatch):
    from gui.vault import backends

    monkeypatch.setattr(backends, "LARGE_ITEM", backends.LARGE_ITEM)
    run = Run(str(tmp_path / "profile"), f"Page Keys {fault} {tmp_path.name}", seed, 1280)

    def lock() -> None:
        import secretstorage

        bus = secretstorage.dbus_init()
        secretstorage.get_default_collection(bus).lock()
        bus.close()

    points = tried(run, at, private_session.stop_keyring if fault == "killed" else lock)
    assert points.count >= at
    assert points.error_kind in {
        "keychain_locked",
        "keychain_failed",
        "no_keychain",
        "keychain_item_gone",
        "keychain_hangs",
    }, points.error_kind
    private_session.start_keyring()
    check(private_session, run)


@pytest.mark.parametrize(("seed", "at"), list(itertools.product((2, 4, 8), (1, 4, 8, 13, 20))))
@pytest.mark.parametrize("fault", ["full", "read_only"])
def test_a_full_disk_or_a_read_only_folder_loses_nothing(private_session, tmp_path, seed, at, fault, monkeypatch):
    from gui.vault import backends
    from gui.vault.database import Database

    monkeypatch.setattr(backends, "LARGE_ITEM", backends.LARGE_ITEM)
    opened: list[Database] = []
    real = Database.__init__

    def noting(self, folder):
        opened.append(self)
        real(self, folder)

    monkeypatch.setattr(Database, "__init__", noting)
    run = Run(str(tmp_path / "profile"), f"Page Keys {fault} {tmp_path.name}", seed, 1280)

    def break_it() -> None:
        database = opened[-1]
        if fault == "full":
            pages = database.rows("PRAGMA page_count")[0][0]
            database._db.execute(f"PRAGMA max_page_count={pages}")
        else:
            database._db.execute("PRAGMA query_only=ON")

    points = tried(run, at, break_it)
    assert points.error_kind in {"", "disk_full", "folder_read_only", "database_failed"}
    monkeypatch.undo()
    check(private_session, run)
