"""Any answer at all gives a typed result or a GraphError, soon, within memory, and without a secret in it.

`make test` runs a quick part; `make fuzz` sets PAGE_KEYS_FUZZ to the number of answers for the whole.
"""

import gzip
import json
import os
import socket
import threading
import time
import tracemalloc
import zlib
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gui.graph import calls, client, models
from gui.graph.client import GraphClient
from gui.graph.decoding import LARGEST_ANSWER, LARGEST_DEBUG, decode
from gui.graph.errors import GraphError, from_envelope, read_envelope
from gui.graph.usage import Usage, read_usage
from gui.services.explain import explain
from gui.values import Secret, Site, TokenInfo
from tests.support.people import Collected

WHOLE = int(os.environ.get("PAGE_KEYS_FUZZ", "0"))
OVER_HTTP = WHOLE // 12 or 80
ANSWERS = WHOLE - OVER_HTTP if WHOLE else 1500
SECOND = 1.0
TOKEN = Secret("EAAx7QdZAbc9x7QdZAbc9")
TYPES = (
    models.Named, models.NamedEdge, models.PageRow, models.PageEdge, models.TokenAnswer, models.Permissions,
    models.DebugAnswer, list[models.BatchItem | None], bool | models.Removed,
)  # fmt: skip
RECORDED = [
    case["body"]
    for path in sorted((Path(__file__).parents[2] / "recorded").glob("*.json"))
    for case in json.loads(path.read_text("utf-8"))["cases"]
    if "body" in case
]
KEYS = sorted(
    {
        name
        for name in json.dumps(RECORDED).replace("\\", "").split('"')
        if name.replace("_", "").isalpha() and len(name) < 30
    }
)

scalars = (
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | st.text(max_size=40)
    | st.sampled_from([TOKEN.reveal(), "EAA" + "x7Qd" * 60, "190", "(#190) x", "Error validating client secret."])
)  # fmt: skip
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=6) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=8), inner, max_size=8)
    ),
    max_leaves=40,
)


@st.composite
def mutated(draw):
    """A recorded answer with parts of it replaced, left out or repeated."""
    body = json.loads(json.dumps(draw(st.sampled_from(RECORDED))))
    for _ in range(draw(st.integers(0, 4))):
        place = body
        while True:
            if isinstance(place, dict) and place:
                key = draw(st.sampled_from(sorted(place)))
            elif isinstance(place, list) and place:
                key = draw(st.integers(0, len(place) - 1))
            else:
                break
            if draw(st.booleans()) and isinstance(place[key], (dict, list)) and place[key]:
                place = place[key]
                continue
            if isinstance(place, dict) and draw(st.booleans()):
                del place[key]
            else:
                place[key] = draw(values)
            break
    return body


@st.composite
def bodies(draw):
    """Bytes of an answer: JSON of any shape and encoding, whole or cut, or bytes of any kind."""
    kind = draw(st.sampled_from(("recorded", "any", "bytes", "nested", "html")))
    if kind == "bytes":
        return draw(st.binary(max_size=300))
    if kind == "html":
        return draw(st.sampled_from((b"<", b"\n\n<html>", b"<!doctype html>"))) + draw(st.binary(max_size=60))
    if kind == "nested":
        deep = draw(st.integers(1, 3000))
        return draw(
            st.sampled_from(
                (
                    '{"error":' * deep,
                    '{"data":' + "[" * deep,
                    '{"data":' * deep + "1" + "}" * deep,
                    "[" * deep + "]" * deep,
                )
            )
        ).encode()
    text = json.dumps(draw(mutated() if kind == "recorded" else values), ensure_ascii=draw(st.booleans()))
    body = draw(st.sampled_from(("", "\ufeff", " \r\n", ")]}',\n"))).encode() + text.encode(
        draw(st.sampled_from(("utf-8", "utf-8", "utf-16", "latin-1"))), "replace"
    )
    return body[: draw(st.integers(0, len(body)))] if draw(st.integers(0, 4)) == 0 else body


def check(call, seconds=SECOND):
    """Call, in time; what comes is a result or a GraphError that can be said, with no secret in it."""
    began = time.thread_time()
    try:
        found = call()
    except GraphError as error:
        said = explain(error)
        told = f"{error!r} {error} {error.details} {error.values} {said.title} {said.text} {said.details}"
        assert TOKEN.reveal() not in told
        assert said.title
        found = error
    assert time.thread_time() - began < seconds
    return found


@settings(max_examples=ANSWERS, deadline=None, suppress_health_check=list(HealthCheck))
@given(bodies(), st.sampled_from(TYPES), st.sampled_from((200, 200, 400, 401, 403, 404, 500, 503)))
@example(b'{"error":' * 100_000, models.PageEdge, 200)
@example(b'{"data":' + b"[" * 1_000_000, models.PageEdge, 200)
def test_any_bytes_are_a_result_or_a_graph_error(body, kind, status):
    found = check(lambda: decode(status, body, kind, (TOKEN,)))
    if not isinstance(found, GraphError):
        assert isinstance(found, (msgspec.Struct, list, bool))


@settings(max_examples=ANSWERS // 3, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    values
    | st.fixed_dictionaries(
        {
            "message": st.text(max_size=300) | st.just("x" * 30_000),
            "code": values,
            "error_subcode": values,
            "is_transient": values,
        }
    )
)
def test_any_error_object_is_understood(raw):
    envelope = read_envelope(raw, (TOKEN,))
    if envelope is not None:
        check(lambda: (_ for _ in ()).throw(from_envelope(envelope, 400)))


@settings(max_examples=ANSWERS // 3, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.text(max_size=200) | values.map(lambda value: json.dumps(value)),
    st.sampled_from(("X-App-Usage", "X-Page-Usage", "X-Business-Use-Case-Usage")),
)
def test_any_usage_header_is_a_usage(text, name):
    found = read_usage({name: text})
    assert isinstance(found, Usage)
    assert 0 <= found.spacing <= 20


# ------------------------------------------------------------------ over HTTP
class Raw:
    """Answers each connection with bytes, whatever they are, and closes it."""

    def __init__(self):
        self.give = lambda login: None
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                login, _ = self.listener.accept()
            except OSError:
                return
            with login:
                try:
                    login.settimeout(20)
                    while b"\r\n\r\n" not in login.recv(65536):
                        pass
                    self.give(login)
                    # Read to the end, or closing would reset what was just sent.
                    login.shutdown(socket.SHUT_WR)
                    while login.recv(65536):
                        pass
                except OSError:
                    continue


@pytest.fixture(scope="module")
def raw():
    made = Raw()
    yield made
    made.listener.close()


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr("gui.graph.retry.pause_before", lambda error, tries: None)
    monkeypatch.setattr(client, "SILENCE_SECONDS", 1)


def ask(raw, call=None):
    made = GraphClient(Site(raw.url, raw.url), "v25.0", job=Collected())
    try:
        return check(lambda: (call or (lambda one: calls.page_edge(one, TOKEN, "me/accounts")))(made))
    finally:
        made._session.close()


heads = st.sampled_from((
    "HTTP/1.1 200 OK", "HTTP/1.1 400 Bad Request", "HTTP/1.0 500 x", "HTTP/1.1 204 No Content", "HTTP/1.1 999 ?",
    "HTTP/1.1 302 Found", "HTTP/1.1 100 Continue", "HTTP/9.9 200 OK", "nonsense", "HTTP/1.1 200", "",
))  # fmt: skip
headers = st.lists(
    st.sampled_from((
        "Content-Type: application/json", "Content-Type: text/javascript; charset=nonsense", "Content-Encoding: gzip",
        "Content-Encoding: deflate", "Transfer-Encoding: chunked", "Content-Length: 5", "Content-Length: -1",
        "Content-Length: 99999999999", "Location: //elsewhere", "Date: not a date",
        "Date: Wed, 99 Nov 9999 99:99:99 GMT", "X-App-Usage: {",
        'X-Business-Use-Case-Usage: {"a":[{"call_count":1e400}]}', "facebook-api-version: " + "v" * 900, "X: \xff\xfe",
        "broken header", 'WWW-Authenticate: OAuth "Facebook Platform" "invalid_token" "x"',
    )), max_size=5,
)  # fmt: skip


@settings(max_examples=OVER_HTTP, deadline=None, suppress_health_check=list(HealthCheck))
@given(heads, headers, bodies() | bodies().map(gzip.compress), st.booleans())
def test_any_answer_over_http_is_a_result_or_a_graph_error(raw, impatient, head, lines, body, with_length):
    if with_length:
        lines = [*lines, f"Content-Length: {len(body)}"]
    message = "\r\n".join([head, *lines]).encode("latin-1") + b"\r\n\r\n" + body
    raw.give = lambda login: login.sendall(message)
    found = ask(raw)
    assert isinstance(found, (GraphError, calls.PageBatch))


def stream(start: bytes, piece: bytes, size: int, *, zipped: bool = False):
    """Gives an answer of so many bytes, a piece at a time."""
    block = piece * (65536 // len(piece) + 1)
    count = size // len(block)
    packed = []
    if zipped:
        packer = zlib.compressobj(wbits=31)
        packed = [packer.compress(start), *(packer.compress(block) for _ in range(count)), packer.flush()]

    def give(login):
        kind = b"Content-Encoding: gzip\r\n" if zipped else b""
        login.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + kind + b"\r\n")
        for one in packed if zipped else (start, *(block for _ in range(count))):
            login.sendall(one)

    return give


MEGABYTE = 1024 * 1024
PIECES = {
    "rows": (b'{"data":[', b'{"id":"123456","name":"xxxxxxxx"},'), "empty objects": (b'{"data":[', b"{},"),
    "numbers": (b'{"data":[', b"1,"), "brackets": (b'{"data":', b"["), "one text": (b'{"data":"', b"x"),
    "blanks": (b"", b" "), "keys": (b"{", b'"k":1,'), "an error": (b'{"error":{"message":"', b"EAAx7Qd"),
    "errors": (b'{"error":[', b"[],"),
}  # fmt: skip


@pytest.mark.parametrize("size", [1, 3, 50])
@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("what", PIECES)
def test_a_large_answer_is_refused_while_it_arrives(raw, impatient, what, zipped, size):
    raw.give = stream(*PIECES[what], size * MEGABYTE, zipped=zipped)
    tracemalloc.start()
    try:
        found = ask(raw)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert isinstance(found, GraphError)
    if size * MEGABYTE > LARGEST_ANSWER:
        assert found.kind == "answer_too_large"
    assert peak < 4 * min(size * MEGABYTE, LARGEST_ANSWER) + MEGABYTE


LONG = {
    "Pages": (
        models.PageEdge, b'{"data":[%s]}',
        b'{"id":"1234567890123456","name":"The name of a Page","category":"Bakery","access_token":"EAA'
        + b"x7Qd" * 50 + b'","tasks":["MANAGE","ANALYZE"]}',
        LARGEST_ANSWER,
    ),
    "bare rows": (models.PageEdge, b'{"data":[%s]}', b'{"id":"1"}', LARGEST_ANSWER),
    "rows of null": (list[models.BatchItem | None], b"[%s]", b"null", LARGEST_DEBUG),
    "empty items": (list[models.BatchItem | None], b"[%s]", b"{}", LARGEST_DEBUG),
    "chosen Pages": (
        models.DebugAnswer,
        b'{"data":{"is_valid":true,"granular_scopes":[{"scope":"pages_show_list","target_ids":[%s]}]}}',
        b'"123456789012345"', LARGEST_DEBUG,
    ),
    "permissions": (models.DebugAnswer, b'{"data":{"is_valid":true,"scopes":[%s]}}', b'"x"', LARGEST_DEBUG),
    "an error of lists": (models.PageEdge, b'{"error":{"error_data":[%s]}}', b"[]", LARGEST_ANSWER),
    "an error of one text": (models.PageEdge, b'{"error":{"message":"%s"}}', b"EAAx7QdZAbc9x7QdZAbc9 ", LARGEST_ANSWER),
}  # fmt: skip


@pytest.mark.parametrize("what", LONG)
def test_what_is_made_of_an_answer_is_at_most_four_times_its_size(what):
    kind, around, piece, largest = LONG[what]
    count = (largest - len(around)) // (len(piece) + 1)
    body = around % b",".join([piece] * count)

    def made():
        found: object = decode(200, body, kind, (TOKEN,), long_lists=largest == LARGEST_DEBUG)
        return calls._debug_answer(found, (TOKEN,)) if isinstance(found, models.DebugAnswer) else found

    found = check(made)
    tracemalloc.start()
    try:
        made_again = check(made, 20 * SECOND)  # Counting memory slows it down.
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert type(made_again) is type(found)
    assert peak < 4 * len(body), f"{peak / len(body):.1f} times"
    if what in {"Pages", "chosen Pages"}:
        assert not isinstance(found, GraphError)
    if what == "chosen Pages":
        assert isinstance(found, TokenInfo)
        page_ids = found.granular[0][1]
        assert page_ids is not None
        assert len(page_ids) == count
