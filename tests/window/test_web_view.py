"""The login's web view alone, with real servers of other kinds than Facebook: what it lets in, out, and nowhere."""

import datetime
import http.server
import ipaddress
import ssl
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import QWebEnginePage
from shiboken6 import isValid

from gui.tour.ui_driver import UiDriver, process_events
from gui.values import Secret
from gui.widgets.web_view import LoginView

PAGE = b"<!doctype html><title>x</title><p id=here>Here</p>"


class Handler(http.server.BaseHTTPRequestHandler):
    """Every page is the same; /closed asks for a password by HTTP."""

    asked: list[str]

    def do_GET(self):
        self.asked.append(self.path)
        closed = self.path.startswith("/closed")
        self.send_response(401 if closed else 200)
        if closed:
            self.send_header("WWW-Authenticate", 'Basic realm="x"')
        if self.path.startswith("/file"):
            self.send_header("Content-Disposition", "attachment; filename=x.bin")
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, format, *arguments):
        """Nothing is printed."""


class Web:
    """A server on this computer; `asked` are the paths that it was asked for."""

    def __init__(self, context=None):
        self.asked: list[str] = []
        handler = type("OwnHandler", (Handler,), {"asked": self.asked})
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        if context is not None:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.url = f"http{'s' if context else ''}://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def web():
    made = Web()
    yield made
    made.stop()


@pytest.fixture
def unsafe_web(tmp_path):
    """HTTPS with a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "own.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    server = Web(context)
    yield server
    server.stop()


class Seen:
    """A view that may go to these addresses, an answer of which begins with `answer`; what its signals carried."""

    def __init__(self, allowed, answer="none:"):
        self.view = LoginView(lambda url: url.startswith(answer), lambda url: url.startswith(tuple(allowed)))
        self.driver = UiDriver(self.view)
        self.heard = {
            name: self._listen(name)
            for name in (
                "answered",
                "host_changed",
                "load_failed",
                "certificate_refused",
                "went_elsewhere",
                "page_text",
            )
        }
        self.view.resize(700, 600)
        self.view.show()

    def _listen(self, name):
        heard: list = []
        getattr(self.view, name).connect(lambda *values: heard.append(values[0] if len(values) == 1 else values))
        return heard

    def web_view(self):
        return self.view

    def ask(self, script):
        return self.driver.ask_page(self, script)

    def open(self, url):
        self.view.open(url)
        self.driver.page_element(self, "#here")

    def close(self):
        self.view.close_down()
        self.view.deleteLater()
        while isValid(self.view):
            process_events(10)


@pytest.fixture
def make(qtbot, qapp):
    made: list[Seen] = []

    def build(*allowed, **more):
        made.append(Seen(allowed, **more))
        return made[-1]

    yield build
    for one in made:
        one.close()


def test_the_answer_is_caught_once_as_a_secret_and_never_sent(make, web, qtbot):
    seen = make(web.url, answer=f"{web.url}/answer")
    seen.open(f"{web.url}/dialog")
    assert seen.heard["host_changed"] == [(web.url.removeprefix("http://"), False)]
    for _ in range(2):
        seen.ask(f"location.href = '{web.url}/answer#access_token=EAAx7Qd'; 1")
    qtbot.waitUntil(lambda: bool(seen.heard["answered"]))
    assert seen.heard["answered"] == [Secret(f"{web.url}/answer#access_token=EAAx7Qd")]
    assert not [path for path in web.asked if path.startswith("/answer")]
    assert seen.heard["went_elsewhere"] == []


def test_nothing_of_a_page_reaches_another_host(make, web, qtbot):
    other = Web()
    seen = make(web.url)
    seen.open(f"{web.url}/dialog")
    seen.ask(
        f"window.tries = 0; new Image().src = '{other.url}/picture'; "
        f"fetch('{other.url}/call', {{mode: 'no-cors'}}).catch(() => {{}}).then(() => {{ window.tries = 1; }}); 1"
    )
    qtbot.waitUntil(lambda: seen.ask("window.tries") == 1)
    seen.ask(f"const f = document.createElement('iframe'); f.src = '{other.url}/frame'; document.body.append(f); 1")
    seen.ask(f"location.href = '{other.url}/whole'; 1")
    qtbot.waitUntil(lambda: bool(seen.heard["went_elsewhere"]))
    assert seen.heard["went_elsewhere"] == ["127.0.0.1"]
    assert other.asked == []
    other.stop()


def test_a_page_may_draw_what_it_has_within_itself(make, web, qtbot):
    seen = make(web.url)
    seen.open(f"{web.url}/dialog")
    seen.ask(
        "window.came = 0; const f = document.createElement('iframe'); f.onload = () => { window.came = 1; }; "
        "f.srcdoc = '<p>inside</p>'; document.body.append(f); 1"
    )
    qtbot.waitUntil(lambda: seen.ask("window.came") == 1)


def test_a_page_gets_no_answer_to_questions_that_a_login_does_not_need(make, web):
    seen = make(web.url)
    seen.open(f"{web.url}/dialog")
    assert seen.ask("alert('x'); 1") == 1
    assert seen.ask("confirm('x')") is False
    assert seen.ask("prompt('x', 'y')") in (None, "")
    assert seen.ask("console.error('EAAsecret'); 1") == 1
    assert seen.ask("window.open('about:blank') === null") is True


def test_a_page_is_not_told_where_one_is(make, web, qtbot):
    seen = make(web.url)
    seen.open(f"{web.url}/dialog")
    seen.ask(
        "window.told = ''; navigator.geolocation.getCurrentPosition("
        "() => { window.told = 'place'; }, error => { window.told = 'refused ' + error.code; }); 1"
    )
    qtbot.waitUntil(lambda: bool(seen.ask("window.told")), timeout=10_000)
    assert seen.ask("window.told") == "refused 1"


def test_a_certificate_that_nobody_vouches_for_is_refused_by_name(make, unsafe_web, qtbot):
    seen = make(unsafe_web.url)
    seen.view.open(f"{unsafe_web.url}/dialog")
    qtbot.waitUntil(lambda: bool(seen.heard["certificate_refused"]), timeout=10_000)
    assert seen.heard["certificate_refused"] == ["127.0.0.1"]
    assert unsafe_web.asked == []


def test_a_password_prompt_of_http_is_not_asked_again_and_again(make, web, qtbot):
    seen = make(web.url)
    seen.view.open(f"{web.url}/closed")
    qtbot.waitUntil(lambda: bool(web.asked), timeout=10_000)
    seen.open(f"{web.url}/after")
    assert web.asked.count("/closed") == 1


def test_a_file_is_not_downloaded(make, web, qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    seen = make(web.url)
    seen.open(f"{web.url}/dialog")
    seen.ask(f"location.href = '{web.url}/file'; 1")
    qtbot.waitUntil(lambda: "/file" in web.asked)
    assert seen.ask("document.querySelector('#here').textContent") == "Here"
    assert not list(tmp_path.rglob("x.bin*"))


def test_a_server_that_is_not_there_is_a_failure_and_a_second_try_may_work(make, web, qtbot):
    seen = make("http://127.0.0.1:9", web.url)
    seen.view.open("http://127.0.0.1:9/dialog")
    qtbot.waitUntil(lambda: bool(seen.heard["load_failed"]), timeout=10_000)
    seen.open(f"{web.url}/dialog")
    assert len(seen.heard["load_failed"]) == 1


def test_the_text_of_a_page_is_handed_on_to_be_recognized(make, web, qtbot):
    seen = make(web.url)
    seen.open(f"{web.url}/dialog")
    qtbot.waitUntil(lambda: seen.heard["page_text"] == ["Here"])


def second_window(seen, before=None):
    """A press on a link that opens a window; the window, which is another than `before`."""
    link = (
        "(() => { const a = document.createElement('a'); a.id = 'second'; a.href = location.href; a.target = '_blank'; "
        "a.rel = 'opener'; a.textContent = 'second'; document.body.prepend(a); return 1; })()"
    )
    assert seen.ask(link) == 1
    seen.driver.click_page(seen, "#second")
    return seen.driver.wait(lambda: (one := seen.view.popup()) is not before and one, "the second window")


class InPopup:
    """The second window, as the hands want it."""

    def __init__(self, popup):
        self.popup = popup

    def web_view(self):
        return self.popup


def test_a_second_window_says_its_host_keeps_the_rules_and_closes_itself(make, web, qtbot):
    seen = make(web.url, answer=f"{web.url}/answer")
    seen.open(f"{web.url}/dialog")
    popup = second_window(seen)
    seen.driver.page_element(InPopup(popup), "#here")
    assert seen.driver.text("popupHost") == web.url.removeprefix("http://")
    seen.driver.ask_page(InPopup(popup), "location.href = 'http://127.0.0.1:9/elsewhere'; 1")
    qtbot.waitUntil(lambda: seen.heard["went_elsewhere"] == ["127.0.0.1"])
    seen.driver.ask_page(InPopup(popup), f"location.href = '{web.url}/answer?code=1'; 1")
    qtbot.waitUntil(lambda: seen.heard["answered"] == [Secret(f"{web.url}/answer?code=1")])
    seen.driver.ask_page(InPopup(popup), "window.close(); 1")
    qtbot.waitUntil(lambda: seen.view.popup() is None)


def test_a_further_second_window_takes_the_place_of_the_first(make, web, qtbot):
    seen = make(web.url)
    seen.open(f"{web.url}/dialog")
    first = second_window(seen)
    seen.ask("document.querySelector('#second').remove(); 1")
    second = second_window(seen, first)
    seen.driver.page_element(InPopup(second), "#here")
    qtbot.waitUntil(lambda: not isValid(first))


def test_letting_go_of_the_view_lets_go_of_its_pages_and_its_second_window(make, web, qtbot):
    seen = make(web.url)
    seen.open(f"{web.url}/dialog")
    popup = second_window(seen)
    pages = seen.view.findChildren(QWebEnginePage)
    assert len(pages) == 2
    seen.view.close_down()
    qtbot.waitUntil(lambda: not any(isValid(one) for one in (*pages, popup)))
    assert seen.ask("1") is None, "nothing is left to ask"


@pytest.mark.parametrize(
    ("url", "main_frame", "goes"),
    [
        ("about:blank", True, True), ("about:srcdoc", False, True), ("data:text/html,x", False, True),
        ("data:text/html,x", True, False), ("blob:x", True, False), ("file:///etc/passwd", True, False),
        ("javascript:1", True, False), ("https://elsewhere.example/", False, False),
    ],
)  # fmt: skip
def test_where_a_page_may_go(make, web, url, main_frame, goes):
    seen = make(web.url)
    page = seen.view.findChild(QWebEnginePage)
    kind = QWebEnginePage.NavigationType.NavigationTypeLinkClicked
    assert page.acceptNavigationRequest(QUrl(url), kind, main_frame) is goes


def test_when_in_doubt_nothing_goes(qtbot, qapp):
    def fail(url):
        raise ValueError(url)

    view = LoginView(fail, fail)
    page = view.findChild(QWebEnginePage)
    assert isinstance(page, QWebEnginePage)
    kind = QWebEnginePage.NavigationType.NavigationTypeTyped
    assert page.acceptNavigationRequest(QUrl("https://www.facebook.com/"), kind, True) is False
    view.close_down()
    view.deleteLater()
    qtbot.waitUntil(lambda: not isValid(view))
