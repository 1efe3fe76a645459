"""A vault whose every write is a point at which something may happen; and a process that dies at such a point.

`python -m tests.support.crashing` reads lines of JSON (a Run), forks for each, and answers with how it ended.
"""

import functools
import json
import os
import random
import signal
import sqlite3
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec

from gui.values import NO_END, AppCredentials, Login, Page, PageRow, Secret, UserToken
from gui.vault import backends
from gui.vault.keychain import Keychain
from gui.vault.migrations import MIGRATIONS
from gui.vault.vault import Vault

APP = "180000000000001"
WORKS = ("keep", "renew", "add", "login", "forget_pages", "undo", "forget_person", "migrate")


@dataclass(frozen=True)
class Run:
    """One run: where, the seed of its work, how much an item holds, and the point to die at (0: none)."""

    profile: str
    service: str
    seed: int
    capacity: int = 480_000
    die_at: int = 0

    @property
    def confirmed(self) -> Path:
        return Path(self.profile).with_name(f"{Path(self.profile).name}-confirmed")


def token(number: int) -> Secret:
    return Secret(f"EAA{number:07d}" + "x7QdZA" * 33)


def login(number: int, user: str = "11") -> Login:
    app = AppCredentials(APP, Secret("5ec2e7" * 5 + "00"), "App")
    return Login(
        app,
        UserToken(
            token(number),
            APP,
            user,
            f"Person {user}",
            1_900_000_000,
            1_900_000_000,
            1_700_000_000,
            ("pages_show_list",),
            True,
        ),
    )


def row(page: int, number: int) -> PageRow:
    return PageRow(
        Page(str(1000 + page), f"Page {page} 🌸", "Bakery", ("MANAGE",), origins=("accounts",)),
        "x7Qd",
        NO_END,
        fresh=token(number),
    )


# ---------------------------------------------------------------- what is done
@dataclass(frozen=True)
class State:
    """What must be kept: of each person the login's number (None: no such person) and the Pages' token numbers."""

    logins: tuple[tuple[str, int], ...]
    pages: tuple[tuple[str, int, int], ...]

    def of(self, user: str) -> dict[int, int]:
        return {page: number for owner, page, number in self.pages if owner == user}

    def with_pages(self, user: str, pages: dict[int, int]) -> "State":
        others = tuple(one for one in self.pages if one[0] != user)
        return State(self.logins, others + tuple((user, page, number) for page, number in sorted(pages.items())))

    def without(self, user: str) -> "State":
        return State(
            tuple(one for one in self.logins if one[0] != user), tuple(one for one in self.pages if one[0] != user)
        )


def states(seed: int) -> list[tuple[str, State]]:
    """The works of a seed, each with what is to be kept after it; the first is the beginning."""
    dice = random.Random(seed)
    start = (
        State((("11", 1), ("22", 2)), ())
        .with_pages("11", {n: 100 + n for n in range(8)})
        .with_pages("22", {n: 200 + n for n in range(5)})
    )
    found = [("begin", start)]
    for step, work in enumerate(dice.sample(WORKS[:-1], 4) if seed % 7 else ["migrate"]):
        before, base = found[-1][1], 1000 * (step + 1)
        mine = before.of("11")
        if work == "keep":
            after = before.with_pages("11", {**mine, **{n: base + n for n in range(12)}})
        elif work == "renew":
            after = before.with_pages("11", {**mine, **{n: base + n for n in dice.sample(range(8), 1)}})
        elif work == "add":
            after = before.with_pages("11", {**mine, 30 + step: base})
        elif work == "login":
            after = State((("11", base), *(one for one in before.logins if one[0] != "11")), before.pages)
        elif work == "forget_pages":
            after = before.with_pages("11", {n: number for n, number in mine.items() if n % 2})
        elif work == "forget_person":
            after = before.without("22")
        else:
            after = before
        found.append((work, after))
    return found


def person(vault: Vault, user: str):
    return next((one for one in vault.logins() if one.user_id == user), None)


def begin(vault: Vault, state: State) -> None:
    vault.keep_app(login(1).app)
    for user, number in state.logins:
        stored_login = vault.keep_login(login(number, user))
        vault.keep_pages(stored_login, [row(page, one) for page, one in state.of(user).items()])


def do(vault: Vault, work: str, before: State, after: State) -> None:
    """One work, as the program does it."""
    stored_login = person(vault, "11")
    mine = before.of("11")
    if work in {"keep", "renew", "add"}:
        changed = {page: number for page, number in after.of("11").items() if mine.get(page) != number}
        vault.keep_pages(stored_login, [row(page, number) for page, number in changed.items()])
    elif work == "login":
        vault.keep_login(login(dict(after.logins)["11"]))
    elif work == "forget_pages":
        gone = [page for page in mine if page not in after.of("11")]
        vault.finish_forgetting(vault.soft_delete.hide(pages=[(stored_login.id, str(1000 + page)) for page in gone]))
    elif work == "undo":
        vault.soft_delete.bring_back(vault.soft_delete.hide(logins=(stored_login.id,)))
    elif work == "forget_person" and (other := person(vault, "22")) is not None:
        vault.finish_forgetting(vault.soft_delete.hide(logins=(other.id,)))
    vault.recover()


def begin_in_the_first_form(run: Run, state: State) -> None:
    """A profile as the version before left it: its database's shape, and bundles that do not say whose they are."""
    folder = Path(run.profile)
    folder.mkdir(parents=True)
    keychain = Keychain(run.service)
    db = sqlite3.connect(folder / "ledger.sqlite3")
    db.executescript(f"{MIGRATIONS[0]}; {MIGRATIONS[1]}; PRAGMA user_version=2;")

    def bundle(name: str, entries: dict[str, Secret]) -> str:
        name = f"pack-{name:0>16}"
        keychain.write(name, Secret(msgspec.json.encode({key: one.reveal() for key, one in entries.items()}).decode()))
        db.execute("INSERT INTO pack VALUES (?, 'live', ?)", (name, len(entries)))
        return name

    db.execute(
        "INSERT INTO app (app_id, name, version, pack) VALUES (?, 'App', 'v25.0', ?)",
        (APP, bundle("a", {f"app:{APP}": login(1).app.secret})),
    )
    for place, (user, number) in enumerate(state.logins, 1):
        name = bundle(f"b{place}", {f"user:{APP}:{user}": token(number)})
        db.execute(
            "INSERT INTO connection (id, app_id, user_id, user_name, scopes, pack) "
            "VALUES (?, ?, ?, ?, 'pages_show_list', ?)",
            (place, APP, user, f"Person {user}", name),
        )
        pages = state.of(user)
        name = bundle(f"c{place}", {str(1000 + page): token(one) for page, one in pages.items()})
        for page in pages:
            db.execute("INSERT OR IGNORE INTO page (id, name) VALUES (?, ?)", (str(1000 + page), f"Page {page}"))
            db.execute(
                "INSERT INTO source (page_id, connection_id, pack, last_four) VALUES (?, ?, ?, 'x7Qd')",
                (str(1000 + page), place, name),
            )
    db.commit()
    db.close()


# --------------------------------------------------------------------- points
class Points:
    """Counts writes; at one of them `act` is called. `error_kind` is what the work ended with, if anything."""

    def __init__(self, at: int, act) -> None:
        self.count, self.at, self.act, self.on = 0, at, act, False
        self.error_kind = ""

    def reach(self) -> None:
        if self.on:
            self.count += 1
            if self.count == self.at:
                self.act()


def counted(points: Points):
    """Keychain and database whose every write is two points: before it and after."""

    class CountedKeychain(Keychain):
        def _do(self, verb, name, *values):
            if verb == "get_password":
                return super()._do(verb, name, *values)
            points.reach()
            made = super()._do(verb, name, *values)
            points.reach()
            return made

    class CountedDb(sqlite3.Connection):
        def execute(self, sql, *values):
            if sql != "COMMIT":
                return super().execute(sql, *values)
            points.reach()
            made = super().execute(sql, *values)
            points.reach()
            return made

        def executescript(self, sql):
            points.reach()
            made = super().executescript(sql)
            points.reach()
            return made

    return CountedKeychain, functools.partial(sqlite3.connect, factory=CountedDb)


def work(run: Run, points: Points, connect=sqlite3.connect) -> None:
    """Begin, then do every work of the seed; each is confirmed when it is over, as the window does."""

    backends.LARGE_ITEM = run.capacity
    keychain, opener = counted(points)
    made = states(run.seed)
    if made[1][0] == "migrate":
        begin_in_the_first_form(run, made[0][1])
    else:
        vault = Vault(Path(run.profile), Keychain(run.service))
        begin(vault, made[0][1])
        vault.close()
    run.confirmed.write_text("0", "utf-8")
    sqlite3.connect, before = opener, sqlite3.connect
    points.on = True
    try:
        vault = Vault(Path(run.profile), keychain(run.service))
    finally:
        sqlite3.connect = before
    for place in range(1, len(made)):
        do(vault, made[place][0], made[place - 1][1], made[place][1])
        run.confirmed.write_text(str(place), "utf-8")
    points.on = False
    vault.close()


def _child(run: Run) -> None:
    points = Points(run.die_at, lambda: os.kill(os.getpid(), signal.SIGKILL))
    work(run, points)
    Path(f"{run.confirmed}-points").write_text(str(points.count), encoding="utf-8")


def main() -> None:
    # What each child needs is imported once.
    import secretstorage  # noqa: F401
    from keyring.backends import SecretService  # noqa: F401

    for line in sys.stdin:
        child = os.fork()
        if not child:
            try:
                _child(Run(**json.loads(line)))
            except BaseException as error:
                sys.stderr.write(f"{type(error).__name__} {error}\n")
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def line_of(run: Run) -> str:
    return json.dumps(asdict(run)) + "\n"


if __name__ == "__main__":
    main()
