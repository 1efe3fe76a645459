"""Answers in the shapes that were documented, recorded or reported, over real HTTP: each is understood."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from gui.graph import calls
from gui.graph.client import GraphClient
from gui.graph.errors import GraphError
from gui.graph.login import read_answer
from gui.values import AppCredentials, Secret, Site
from tests.support.people import Collected

FOLDER = Path(__file__).parents[2] / "recorded"
CASES = [
    (path.stem, book["call"], case)
    for path in sorted(FOLDER.glob("*.json"))
    for book in (json.loads(path.read_text("utf-8")),)
    for case in book["cases"]
]
TOKEN = Secret("EAAx7QdAsking")
APP = AppCredentials("180000000000001", Secret("0123456789abcdef" * 2))
CALLS = {
    "page_edge": lambda client: calls.page_edge(client, TOKEN, "me/accounts"),
    "debug_token": lambda client: calls.debug_token(client, TOKEN, TOKEN),
    "exchange_token": lambda client: calls.exchange_token(client, APP, TOKEN),
    "permissions": lambda client: calls.permissions(client, TOKEN),
    "page": lambda client: calls.page(client, TOKEN, "1"),
    "debug_tokens": lambda client: calls.debug_tokens(client, [TOKEN] * 3, TOKEN),
    "revoke": lambda client: calls.revoke(client, TOKEN, "1"),
    "businesses": lambda client: [list(one) for one in calls.businesses(client, TOKEN).businesses],
}


@pytest.fixture(scope="module")
def telling():
    """A server that answers every call with the case it was given."""
    told: dict[str, Any] = {}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self):
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            case = told["case"]
            body = (case["text"] if "text" in case else json.dumps(case["body"])).encode()
            self.send_response(case.get("status", 200))
            for name, value in {
                "Content-Type": case.get("type", "application/json"),
                "Content-Length": str(len(body)),
                **case.get("headers", {}),
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_DELETE = answer

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server, told
    server.shutdown()
    server.server_close()


def plain(value):
    """A value as JSON would say it; a secret only that it is there."""
    if isinstance(value, Secret):
        return "yes"
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    return sorted(value) if isinstance(value, frozenset) else value


def look(found, path):
    for name in path.split("."):
        found = found[int(name)] if name.isdecimal() else getattr(found, name)
    return plain(found)


@pytest.mark.parametrize(("book", "call", "case"), CASES, ids=[f"{book}: {case['name']}" for book, _, case in CASES])
def test_a_recorded_answer_is_understood(telling, book, call, case):
    server, told = telling
    told["case"] = case
    if call == "read_answer":
        found: object = read_answer(Secret(case["url"]))
    else:
        url = f"http://127.0.0.1:{server.server_port}"
        client = GraphClient(Site(url, url), "v25.0", app=APP, job=Collected())
        if "error" in case:
            with pytest.raises(GraphError) as caught:
                CALLS[call](client)
            assert caught.value.kind == case["error"]
            return
        found = CALLS[call](client)
    expected = case["expect"]
    if isinstance(expected, dict) and not isinstance(found, dict):
        assert {path: look(found, path) for path in expected} == expected
    else:
        assert plain(found) == expected


def test_each_case_names_its_source():
    assert len(CASES) > 80
    assert all(case["source"] and ("expect" in case) != ("error" in case) for _, _, case in CASES)
