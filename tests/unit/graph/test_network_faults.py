"""The whole way over a network that delays, resets, cuts, repeats and reorders.

Every Page arrives exactly once, or it is said which did not.

`make test` runs some seeds; with PAGE_KEYS_FUZZ set, as `make fuzz` does, it runs 500.
"""

import os
import random

import pytest

from gui.errors import UserError
from gui.graph import retry
from gui.practice.server import PracticeServer
from gui.practice.world import APP_ID, World
from gui.services.exchange import extend
from gui.services.explain import explain
from gui.services.keep import keep_login
from gui.services.list_pages import PagesArrived, list_pages
from gui.services.login import from_paste
from gui.services.renew import keep_listed_pages
from gui.services.session import Session
from gui.services.setup import verify_app
from gui.values import NO_END, Secret, Site
from tests.support.network import Faults, Relay
from tests.support.people import Collected

SEEDS = range(500 if os.environ.get("PAGE_KEYS_FUZZ") else 24)


@pytest.fixture(scope="module")
def practice():
    from gui.jobs import Background

    server = PracticeServer(World(pages=330))
    serving = Background(server.serve, server.stop)
    yield server
    serving.stop()


def again_and_again(call, told):
    """What a person does whose step failed: press Try again."""
    for _ in range(6):
        try:
            return call()
        except UserError as problem:
            said = explain(problem)
            assert said.title
            assert said.action, f"{problem.kind} leaves no way on"
            told.append(problem.kind)
    raise AssertionError(f"six times in vain: {told}")


@pytest.mark.parametrize("seed", SEEDS)
def test_every_page_arrives_exactly_once_or_is_named(practice, open_vault, monkeypatch, seed):
    monkeypatch.setattr(retry, "_LONGEST", 0.001)
    chance = random.Random(seed)
    faults = Faults(seed, rate=chance.choice((0.1, 0.3, 0.6)), most=chance.choice((2, 6, 14)))
    relay = Relay(practice.url, faults=faults)
    session = Session(Site(relay.url, practice.url), open_vault, clock=practice.world.now)
    told: list[str] = []
    try:
        app = again_and_again(
            lambda: verify_app(session, APP_ID, Secret(practice.world.app_secret), "v25.0", "", Collected()), told
        )
        short = Secret(practice.world.short_lived_token(practice.world.people[1]))
        login = again_and_again(lambda: from_paste(session, app, short, None, Collected()), told)
        login = again_and_again(lambda: extend(session, login, Collected()), told)
        stored_login = keep_login(session, login, Collected())
        job = Collected()
        listing = again_and_again(lambda: list_pages(session, login, job), told)
        found = keep_listed_pages(session, stored_login, listing.rows, listing.complete, Collected())
    finally:
        relay.close()
        session.close()
    ids = [row.page.id for row in listing.rows]
    assert len(ids) == len(set(ids)) == len(found.rows)
    wanted = {practice.world.page(index).id for index in range(3, 333)}
    assert set(ids) <= wanted
    if set(ids) != wanted:
        assert listing.troubles, f"Pages are missing and nothing is said; faults {faults.made}"
        assert all(explain(trouble).title for trouble in listing.troubles)
    for row in listing.rows:
        if row.fresh is None:
            assert row.why
            continue
        record = practice.world.mint.read(row.fresh.reveal())
        assert practice.world.page(record.page - 1).id == row.page.id, "a token under another Page's name"
        assert row.expires_at == NO_END
    arrived = [row.page.id for report in job.reports if isinstance(report, PagesArrived) for row in report.rows]
    assert set(arrived) >= set(ids)


def test_the_faults_are_made():
    """Or the runs above would prove nothing."""
    made = set()
    for seed in range(40):
        faults = Faults(seed, rate=1.0, most=5)
        made |= {faults._choose() for _ in range(5)}
    assert made == {"delay", "reset", "cut", "repeat", "reorder", "stale"}
