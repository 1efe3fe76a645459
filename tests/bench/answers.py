"""Listing 10,000 Pages and checking 1,000 tokens at 20 ms latency.

The floor, this program, and three public clients, in one run.
"""

import http.client
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from unittest.mock import patch
from urllib.parse import urlencode, urlsplit

PAGES, LATENCY, TOKENS = 10_000, 20, 1_000
SCOPES = ("pages_show_list", "pages_read_engagement")


def run() -> None:
    """Print medians and ratios."""
    command = [sys.executable, "-m", "gui.practice", "--pages", str(PAGES), "--latency", str(LATENCY)]
    practice = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert practice.stdout is not None
        given = json.loads(practice.stdout.readline())
        _listing(given)
        _checking(given)
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
        login = http.client.HTTPConnection(self.address)
        for path in paths:
            login.request("GET", path, headers={"Authorization": f"Bearer {self.token}"})
            login.getresponse().read()
        login.close()
        return len(paths)


def _desk(given: dict):
    from gui.services.session import Session
    from gui.values import Site
    from gui.vault.vault import Vault

    def open_vault() -> Vault:
        raise AssertionError("nothing is kept here")

    return Session(Site(given["graph_url"], given["graph_url"]), open_vault)


def _connection(given: dict):
    """The agency's long-lived token, with no permission for business portfolios.

    Only /me/accounts is listed, as the others list it.
    """
    from gui.errors import NullContext
    from gui.services.exchange import extend
    from gui.services.login import from_paste
    from gui.values import AppCredentials, Login, Secret

    app = AppCredentials(given["app_id"], Secret(given["app_secret"]))
    session = _desk(given)
    made = extend(
        session, from_paste(session, app, Secret(given["people"][1]["short_lived_token"]), NullContext()), NullContext()
    )
    return Login(app, made.token.with_(scopes=SCOPES))


def _listing(given: dict) -> None:
    from gui.errors import NullContext
    from gui.graph import calls
    from gui.services.list_pages import list_pages

    login = _connection(given)
    token = login.token.secret.reveal()
    session = _desk(given)
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
    for call in peers.values():
        call()
    floors, ours, best = [], [], {}
    for _ in range(5):
        floors.append(_timed(lambda: floor.get(bare))[0])
        ours.append(_timed(lambda: len(list_pages(session, login, NullContext()).rows))[0])
    for name, call in peers.items():
        times = [_timed(call) for _ in range(2)]
        assert {count for _, count in times} == {rows}, f"{name} listed {times}"
        best[name] = min(seconds for seconds, _ in times)
    base = statistics.median(floors)
    mine = statistics.median(ours)
    print(f"{rows:,} Pages of /me/accounts, {LATENCY} ms latency, medians of 5 (peers: the better of 2)")
    print(f"  floor: {len(bare)} bare keep-alive requests  {base:6.2f} s   1.000")
    ratios = [mine_ / base_ for mine_, base_ in zip(ours, floors, strict=True)]
    print(
        f"  Page Keys                        {mine:6.2f} s   {statistics.median(ratios):.3f} of the floor   (aim 1.05)"
    )
    for name, seconds in best.items():
        print(f"  {name:<32} {seconds:6.2f} s   Page Keys takes {mine / seconds:.3f} of it")
    print(f"  against the best of them: {mine / min(best.values()):.3f}   (aim 0.25)")


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


def _checking(given: dict) -> None:
    from gui.errors import NullContext
    from gui.graph import calls
    from gui.services.batches import ask_in_batches
    from gui.services.list_pages import list_pages

    login = _connection(given)
    session = _desk(given)
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
    pairs = [(_timed(batched), _timed(one_by_one)) for _ in range(3)]
    assert all(count == TOKENS for pair in pairs for _, count in pair)
    together, alone = (statistics.median(pair[place][0] for pair in pairs) for place in (0, 1))
    ratio = statistics.median(pair[0][0] / pair[1][0] for pair in pairs)
    print(f"{TOKENS:,} tokens checked, {LATENCY} ms latency, medians of 3")
    print(f"  fifty at a time {together:6.2f} s   one by one {alone:6.2f} s   ratio {ratio:.4f} (aim 0.05)")
