"""The listener for a login's answer: it takes the one that is its own, answers others politely, and goes on waiting."""

import contextlib
import socket
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gui.desktop import browser
from gui.desktop.browser import AnswerListener

STATE = "x7QdZA-the-state"


def exchange(port: int, request: bytes) -> bytes:
    """What the listener answers to these bytes, read to the end."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        answer = b""
        with contextlib.suppress(ConnectionResetError):
            while part := connection.recv(65_536):
                answer += part
        return answer


def get(target: str, host: str) -> bytes:
    return f"GET {target} HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\n\r\n".encode()


class Browser:
    """Sends requests from another thread, so that the window's goes on serving them."""

    def __init__(self, qtbot, listener: AnswerListener) -> None:
        self._qtbot, self._listener = qtbot, listener

    @property
    def host(self) -> str:
        return f"localhost:{self._listener.port}"

    def send(self, request: bytes) -> bytes:
        answers: list[bytes] = []
        thread = threading.Thread(target=lambda: answers.append(exchange(self._listener.port, request)))
        thread.start()
        self._qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        thread.join()
        return answers[0]


@pytest.fixture
def listener(qtbot, qapp):
    waiting = AnswerListener()
    waiting.expect(STATE)
    yield waiting
    waiting.close()


@pytest.fixture
def answers(listener) -> list[str]:
    heard: list[str] = []
    listener.answered.connect(lambda secret: heard.append(secret.reveal()))
    return heard


def test_its_own_answer_is_taken_and_the_port_is_closed(qtbot, listener, answers):
    person = Browser(qtbot, listener)
    answer = person.send(get(f"/?code=AQ-the-code&state={STATE}", person.host))
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"You can close this tab" in answer
    assert answers == [f"http://localhost:{listener.port}/?code=AQ-the-code&state={STATE}"]
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", listener.port), timeout=2)


def test_the_browser_gets_its_page_though_the_login_closes_the_listener_at_once(qtbot, listener):
    listener.answered.connect(listener.close)
    person = Browser(qtbot, listener)
    answer = person.send(get(f"/?code=AQ-the-code&state={STATE}", person.host))
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"You can close this tab" in answer


def test_a_refusal_is_an_answer_too(qtbot, listener, answers):
    person = Browser(qtbot, listener)
    person.send(get(f"/?error=access_denied&error_code=200&state={STATE}", person.host))
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("target", "host", "status"),
    [
        (f"/?code=a&state={STATE}", "evil.example", b"421"),
        (f"/?code=a&state={STATE}", "", b"421"),
        (f"/other?code=a&state={STATE}", "localhost", b"404"),
        ("/favicon.ico", "localhost", b"404"),
        ("/?code=a&state=another", "localhost", b"400"),
        ("/?code=a", "localhost", b"400"),
        ("/?error=access_denied", "localhost", b"400"),
        (f"/?error=access_denied&state={STATE}x", "localhost", b"400"),
        (f"/?state={STATE}", "localhost", b"400"),
        ("/", "localhost", b"400"),
    ],
)
def test_what_is_not_its_own_is_answered_and_the_waiting_goes_on(qtbot, listener, answers, target, host, status):
    person = Browser(qtbot, listener)
    host = f"{host}:{listener.port}" if host == "localhost" else host
    answer = person.send(get(target, host))
    assert answer.split(b" ")[1] == status
    assert b"no-store" in answer
    assert answers == []
    assert person.send(get(f"/?code=a&state={STATE}", person.host)).startswith(b"HTTP/1.1 200")
    assert len(answers) == 1


def test_connections_that_say_nothing_delay_nobody(qtbot, listener, answers):
    idle = [socket.create_connection(("127.0.0.1", listener.port)) for _ in range(12)]
    idle[0].sendall(b"GET / HTTP/1.1\r\nHost: loc")
    person = Browser(qtbot, listener)
    assert person.send(get(f"/?code=a&state={STATE}", person.host)).startswith(b"HTTP/1.1 200")
    assert len(answers) == 1
    for connection in idle:
        connection.close()


def test_a_request_that_comes_in_pieces_is_put_together(qtbot, listener, answers):
    request = get(f"/?code=a&state={STATE}", f"127.0.0.1:{listener.port}")
    connection = socket.create_connection(("127.0.0.1", listener.port))
    for start in range(0, len(request), 7):
        connection.sendall(request[start : start + 7])
        qtbot.wait(1)
    qtbot.waitUntil(lambda: len(answers) == 1)
    connection.close()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=400))
def test_any_bytes_do_no_harm(qtbot, listener, answers, garbage):
    """Whatever is sent: nothing is taken for an answer."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", listener.port)) as connection:
        connection.sendall(garbage + b"\r\n\r\n")
        qtbot.wait(2)
    assert answers == []


def test_a_head_without_an_end_is_refused(qtbot, listener, answers):
    person = Browser(qtbot, listener)
    answer = person.send(b"GET /?" + b"x" * 40_000)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 431")
    assert answers == []


def test_the_waiting_ends_by_itself(qtbot, qapp, monkeypatch):
    monkeypatch.setattr(browser, "WAIT", 50)
    listener = AnswerListener()
    with qtbot.waitSignal(listener.ended, timeout=5000):
        listener.expect(STATE)
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", listener.port), timeout=2)


@pytest.mark.parametrize(
    "target",
    [
        "//[", "//evil/?code=c&state={0}", "http://evil.example/?code=c&state={0}", "http://localhost/?code=c&state={0}",
        "/?state={0}&state=x&code=c", "/?state=x&state={0}&code=c", "/?code=&state={0}", "/?error=&state={0}",
        "/elsewhere?code=c&state={0}", "?code=c&state={0}", "/?" + "a=b&" * 200 + "code=c&state={0}",
    ],
)  # fmt: skip
def test_what_only_looks_like_the_answer_is_refused_and_the_waiting_goes_on(qtbot, listener, answers, target):
    sender = Browser(qtbot, listener)
    with qtbot.captureExceptions() as faults:
        answer = sender.send(get(target.format(STATE), sender.host))
    assert answer.startswith(b"HTTP/1.1 4")
    assert (answers, faults) == ([], [])
    assert sender.send(get(f"/?code=c&state={STATE}", sender.host)).startswith(b"HTTP/1.1 200")
    assert len(answers) == 1


def test_two_hosts_are_none(qtbot, listener, answers):
    sender = Browser(qtbot, listener)
    request = f"GET /?code=c&state={STATE} HTTP/1.1\r\nHost: {sender.host}\r\nHost: evil\r\n\r\n".encode()
    assert sender.send(request).startswith(b"HTTP/1.1 421")
    assert answers == []


@pytest.mark.parametrize("count", [1, 31, 32, 33, 45])
def test_however_many_are_idle_the_answer_is_taken(qtbot, listener, answers, count):
    sender = Browser(qtbot, listener)
    with contextlib.ExitStack() as stack:
        for _ in range(count):
            stack.enter_context(socket.create_connection(("127.0.0.1", listener.port), timeout=5))
        assert sender.send(get(f"/?code=c&state={STATE}", sender.host)).startswith(b"HTTP/1.1 200")
    assert len(answers) == 1
