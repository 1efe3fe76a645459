"""Listing 10,000 Pages and checking 1,000 tokens at 20 ms latency.

The floor, this program, and three public clients, in one run.
"""

import http.client
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from unittest.mock import patch
from urllib.parse import urlencode, urlsplit

from tests.bench.figures import Figure, figure_of_rounds, report

PAGES, LATENCY, TOKENS = 10_000, 20, 1_000
BUSINESSES = 12
ROUNDS = 5
#: The slow ones: other clients, and tokens one by one.
SLOW_ROUNDS = 3
SCOPES = ("pages_show_list", "pages_read_engagement")


def measure() -> Iterator[Figure]:
    """Listing and checking, on one practice Facebook."""
    command = [sys.executable, "-m", "gui.practice", "--pages", str(PAGES), "--latency", str(LATENCY)]
    practice = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert practice.stdout is not None
        given = json.loads(practice.stdout.readline())
        yield from _listing(given)
        yield from _businesses(given)
        yield from _checking(given)
    finally:
        practice.terminate()
        practice.wait(5)


def _timed(call: Callable[[], int]) -> tuple[float, int]:
    began = time.perf_counter()
    count = call()
    return time.perf_counter() - began, count


class Floor:
    """Bare requests on one connection that stays open: what nobody can be faster than, one request after the other."""

    def __init__(self, given: dict, token: str) -> None:
        self.address, self.token = urlsplit(given["graph_url"]).netloc, token

    def get(self, paths: list[str]) -> int:
        connection = http.client.HTTPConnection(self.address)
        for path in paths:
            connection.request("GET", path, headers={"Authorization": f"Bearer {self.token}"})
            connection.getresponse().read()
        connection.close()
        return len(paths)


def _session(given: dict):
    from gui.services.session import Session
    from gui.values import Site
    from gui.vault.vault import Vault

    def open_vault() -> Vault:
        raise AssertionError("nothing is kept here")

    return Session(Site(given["graph_url"], given["graph_url"]), open_vault)


def _login(given: dict, scopes: tuple[str, ...] = SCOPES):
    """The agency's long-lived token; by itself with no permission for business portfolios.

    Only /me/accounts is listed then, as the others list it.
    """
    from gui.errors import NullContext
    from gui.services.exchange import extend
    from gui.services.login import from_paste
    from gui.values import AppCredentials, Login, Secret

    app = AppCredentials(given["app_id"], Secret(given["app_secret"]))
    session = _session(given)
    pasted = from_paste(session, app, Secret(given["people"][1]["short_lived_token"]), None, NullContext())
    extended = extend(session, pasted, NullContext())
    return Login(app, extended.token.with_(scopes=scopes))


def _listing(given: dict) -> Iterator[Figure]:
    from gui.errors import NullContext
    from gui.graph import calls
    from gui.services.list_pages import list_pages

    login = _login(given)
    token = login.token.secret.reveal()
    session = _session(given)
    asked: list[str] = []
    real = calls.page_edge

    def spy(client, secret, edge, after="", limit=calls.PAGE_SIZE, **more):
        query = {
            "fields": more["fields"],
            "limit": limit,
            "summary": "total_count",
            **({"after": after} if after else {}),
        }
        asked.append(f"/v25.0/{edge}?{urlencode(query)}")
        return real(client, secret, edge, after, limit, **more)

    with patch.object(calls, "page_edge", spy):
        rows = len(list_pages(session, login, NullContext()).rows)
    floor = Floor(given, token)
    # Whose token it is and what it was given for is asked once more at the end of a listing.
    bare = [*asked, asked[0].replace("limit=100", "limit=1")]
    peers = _peers(given, token)
    floors: list[tuple[float, float]] = []
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in peers}
    for turn in range(ROUNDS):
        floor_time, _ = _timed(lambda: floor.get(bare))
        ours, _ = _timed(lambda: len(list_pages(session, login, NullContext()).rows))
        floors.append((floor_time, ours))
        for name, call in peers.items() if turn < SLOW_ROUNDS else ():
            peer_time, count = _timed(call)
            assert count == rows, f"{name} listed {count} of {rows}"
            times[name].append((peer_time, ours))
    what = f"{rows:,} Pages listed"
    anchor_name = f"{len(bare)} bare requests"
    yield figure_of_rounds("answers", what, "s", floors, anchor_name, aim=1.05, note=f"{LATENCY} ms latency")
    best = min(times, key=lambda name: statistics.median(peer_time for peer_time, _ in times[name]))
    for name, rounds in times.items():
        # 0.25: a hundred rows a call instead of twenty-five.
        yield figure_of_rounds("answers", what, "s", rounds, name, aim=0.25 if name == best else None)


def _businesses(given: dict) -> Iterator[Figure]:
    """The lists of twelve businesses, side by side, against the same one after the other.

    The agency has two; each stands for six here, and the list of /me/accounts is empty.
    """
    from gui.errors import NullContext
    from gui.graph import calls
    from gui.services import list_pages

    login = _login(given, (*SCOPES, "business_management"))
    session = _session(given)
    client = session.client(login.app, NullContext())
    own = calls.businesses(client, login.token.secret).businesses
    twelve = list(own * (BUSINESSES // len(own)))
    page_edge = calls.page_edge

    def no_accounts(client, token, edge, after="", limit=calls.PAGE_SIZE, **more):
        if edge == "me/accounts":
            return calls.PageBatch((), "", None)
        return page_edge(client, token, edge, after, limit, **more)

    def listed(at_once: int) -> float:
        with patch.object(list_pages, "_EDGES_AT_ONCE", at_once):
            return _timed(lambda: len(list_pages.list_pages(session, login, NullContext()).rows))[0]

    with patch.object(calls, "page_edge", no_accounts), patch.object(list_pages, "_business_names", lambda *_: twelve):
        rounds = [(listed(1), listed(4)) for _ in range(SLOW_ROUNDS)]
    what = f"Pages of {BUSINESSES} businesses listed"
    yield figure_of_rounds("answers", what, "s", rounds, "one list after the other", aim=0.5)


def _peers(given: dict, token: str) -> dict[str, Callable[[], int]]:
    """Each as its own documentation shows for all Pages."""
    import facebook
    from facebook_business.adobjects.user import User
    from facebook_business.api import FacebookAdsApi
    from facebook_business.session import FacebookSession
    from pyfacebook import GraphAPI

    url = given["graph_url"]
    facebook.FACEBOOK_GRAPH_URL = f"{url}/"
    GraphAPI.GRAPH_URL = f"{url}/"
    FacebookSession.GRAPH = url

    def sdk() -> int:
        return len(list(facebook.GraphAPI(access_token=token, version="3.1").get_all_connections("me", "accounts")))

    def python_api() -> int:
        api = GraphAPI(app_id=given["app_id"], app_secret=given["app_secret"], access_token=token, version="v20.0")
        return len(api.get_full_connections(object_id="me", connection="accounts", count=None)["data"])

    def business() -> int:
        api = FacebookAdsApi.init(given["app_id"], given["app_secret"], token)
        return len(list(User("me", api=api).get_accounts(fields=["id", "name", "access_token"])))

    return {"facebook-sdk": sdk, "python-facebook-api": python_api, "facebook-business": business}


def _checking(given: dict) -> Iterator[Figure]:
    from gui.errors import NullContext
    from gui.graph import calls
    from gui.services.batches import ask_in_batches
    from gui.services.list_pages import list_pages

    login = _login(given)
    session = _session(given)
    rows = list_pages(session, login, NullContext()).rows[:TOKENS]
    tokens = {row.page.id: row.fresh for row in rows if row.fresh is not None}
    by = calls.app_token(login.app)
    client = session.client(login.app, NullContext())

    def batched() -> int:
        batches = ask_in_batches(
            list(tokens), lambda ids: calls.debug_tokens(client, [tokens[one] for one in ids], by), NullContext()
        )
        return sum(len(batch) for batch in batches)

    def one_by_one() -> int:
        return sum(calls.debug_token(client, token, by).is_valid for token in tokens.values())

    batched()
    rounds = []
    for _ in range(SLOW_ROUNDS):
        (alone, alone_count), (together, together_count) = _timed(one_by_one), _timed(batched)
        assert alone_count == together_count == TOKENS
        rounds.append((alone, together))
    what = f"{TOKENS:,} tokens checked, fifty at a time"
    yield figure_of_rounds("answers", what, "s", rounds, "one by one", aim=0.05, note=f"{LATENCY} ms latency")


def main() -> None:
    report(measure())


if __name__ == "__main__":
    main()
