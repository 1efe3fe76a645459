"""One request to the Graph API: sends it, reads the answer within bounds, tries again where that helps."""

import os
import re
import ssl
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from typing import Any, TypeVar

import requests
import truststore
import urllib3.exceptions
from requests.adapters import HTTPAdapter

from gui.errors import JobContext, NullContext
from gui.graph.decoding import LARGEST_ANSWER, decode
from gui.graph.errors import GraphError
from gui.graph.retry import with_retries
from gui.graph.usage import Usage, read_usage
from gui.values import AppCredentials, ClockOff, Secret, Site, Waiting

T = TypeVar("T")
Params = dict[str, "str | int | Secret"]
#: From a URL to the address of the proxy that this computer's settings name for it; empty where they name none.
SystemProxy = Callable[[str], str]

CONNECT_SECONDS = 15
SILENCE_SECONDS = 30
WHOLE_SECONDS = 90
_CHUNK = 64 * 1024
#: A difference of clocks that is said: ends of tokens would be told wrong (seconds).
CLOCK_OFF_SECONDS = 3600


class _Session(requests.Session):
    """Knows no redirect: requests reads a redirect's whole body, however long, even where following is turned off."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


class _SystemTrust(HTTPAdapter):
    """Trusts the certificates that this computer trusts, a company's too, beside those that the program brings."""

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options, ssl_context=self._context())

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        return super().proxy_manager_for(proxy, **options, ssl_context=self._context())

    @staticmethod
    def _context() -> ssl.SSLContext:
        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def proxies_for(url: str, system_proxy: SystemProxy) -> dict[str, str]:
    """The proxies for `url`, as requests takes them: those of the environment where it names any, else the system's."""
    if urllib.request.getproxies_environment():
        return dict(requests.utils.get_environ_proxies(url))
    proxy = system_proxy(url)
    return {"http": proxy, "https": proxy} if proxy else {}


def new_session(site: Site) -> requests.Session:
    """A keep-alive session that verifies TLS, trusts what this computer trusts, and takes no netrc."""
    session = _Session()
    session.trust_env = False
    if site.is_facebook:
        session.mount("https://", _SystemTrust())
        session.verify = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True
    # Facebook needs none of us, and one that is kept would tell it who calls again.
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers.update({"Accept": "application/json", "User-Agent": "PageKeys"})
    return session


_VERSION = re.compile(r"v\d{1,3}\.\d{1,3}")
#: Raised where a proxy stands in the way, or its address in the settings is none.
_OF_A_PROXY = (
    requests.exceptions.ProxyError, requests.exceptions.InvalidProxyURL, requests.exceptions.InvalidSchema,
)  # fmt: skip
_PROXY = r"SOCKS|ProxySchemeUnknown"
_PROXY_PASSWORD = r"\b407\b|SOCKS5 authentication"
#: Read in the text of what requests and urllib3 raise; the first that is found tells. The text itself goes no further.
_NETWORK = (
    (
        r"NameResolutionError|getaddrinfo|Name or service not known|nodename nor servname|"
        r"Temporary failure in name resolution",
        "no_name",
    ),
    (r"Connection refused|unreachable|NewConnectionError|No route to host", "no_network"),
)


def _network_kind(error: Exception) -> str:
    text = f"{error!r}"
    if isinstance(error, (requests.exceptions.ContentDecodingError, urllib3.exceptions.DecodeError)):
        # It came whole, packed in a way that nobody reads.
        return "wrong_shape"
    if isinstance(error, _OF_A_PROXY) or re.search(_PROXY, text):
        return "proxy_password" if re.search(_PROXY_PASSWORD, text) else "proxy_failed"
    if isinstance(error, requests.exceptions.SSLError):
        return "certificate_date" if _WRONG_DATES & set(_verify_codes(error)) else "tls_failed"
    kind = next((kind for pattern, kind in _NETWORK if re.search(pattern, text)), "")
    if (
        isinstance(error, (requests.exceptions.Timeout, urllib3.exceptions.TimeoutError))
        and "NewConnectionError" not in text
    ):
        return "timeout"
    return kind or "cut_off"


#: A certificate that is not valid yet, or no more: OpenSSL's numbers (9, 10), and Windows' (CERT_E_EXPIRED), whose
#: words are in the system's language.
_WRONG_DATES = frozenset({9, 10, 0x800B0101, 0x800B0101 - 2**32})


def _verify_codes(error: BaseException | None) -> Iterator[int]:
    """The numbers by which the system refused a certificate, in an error and in those that it was made of."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, ssl.SSLCertVerificationError):
            yield getattr(one, "verify_code", 0)
        waiting += [*one.args, one.__cause__, one.__context__, getattr(one, "reason", None)]


class GraphClient:
    """Calls one Facebook (`site`) with one app's proof and version, on one session. Several threads may call at once.

    `job` is told of waits and may stop them. `version_used` holds the `facebook-api-version` header of
    the latest answer, which `note_version` is told with the one asked for; `usage` is what its headers say of the
    limits: near one calls are spaced out.
    """

    def __init__(
        self,
        site: Site,
        version: str,
        *,
        app: AppCredentials | None = None,
        session: requests.Session | None = None,
        job: JobContext | None = None,
        note_version: Callable[[str, str], object] | None = None,
    ) -> None:
        self.site = site
        self.version = version
        self.app = app
        self.job: JobContext = job or NullContext()
        self.version_used = ""
        self.usage = Usage()
        self._note_version = note_version
        self._clock_reported = False
        self._timed_proof = False
        self._session = session or new_session(site)

    def get(
        self,
        path: str,
        answer_type: type[T],
        token: Secret | None = None,
        params: Params | None = None,
        *,
        largest: int = LARGEST_ANSWER,
        left_out: Callable[[str], None] = lambda name: None,
    ) -> T:
        """GET `path` (without the version) and decode its answer of at most `largest` bytes.

        `left_out` is told the name of each row of the answer that cannot be read. Raises GraphError, Cancelled.
        """
        return self._call("GET", path, answer_type, token, params or {}, largest, left_out)

    def post(
        self,
        path: str,
        answer_type: type[T],
        token: Secret | None = None,
        params: Params | None = None,
        *,
        largest: int = LARGEST_ANSWER,
    ) -> T:
        """POST `params` as a form: secrets stay out of the URL."""
        return self._call("POST", path, answer_type, token, params or {}, largest)

    def delete(self, path: str, answer_type: type[T], token: Secret | None = None) -> T:
        return self._call("DELETE", path, answer_type, token, {}, LARGEST_ANSWER)

    def _call(
        self,
        method: str,
        path: str,
        answer_type: type[T],
        token: Secret | None,
        params: Params,
        largest: int,
        left_out: Callable[[str], None] = lambda name: None,
    ) -> T:
        def once() -> T:
            return self._request(method, path, answer_type, token, params, largest, left_out)

        try:
            return with_retries(once, self.job)
        except GraphError as error:
            if error.kind != "proof_wrong" or self._timed_proof or token is None:
                raise
        # Meta's pages know two forms of the proof; today's newer one holds the time (Login Security).
        self._timed_proof = True
        return with_retries(once, self.job)

    def _request(
        self,
        method: str,
        path: str,
        answer_type: type[T],
        token: Secret | None,
        params: Params,
        largest: int,
        left_out: Callable[[str], None],
    ) -> T:
        self.job.check()
        if spacing := self.usage.spacing:
            self.job.pause(Waiting(spacing, "near_limit"))
        status, body = self._exchange_bytes(method, path, token, params, largest)
        try:
            secrets = [one for one in (token, *params.values()) if isinstance(one, Secret)]
            return decode(
                status,
                body,
                answer_type,
                secrets,
                long_lists=largest > LARGEST_ANSWER,
                left_out=left_out,
            )
        except GraphError as error:
            if error.kind == "limit":
                error.retry_after = float(self.usage.regain)
                self.usage = Usage()  # The wait that follows is for it.
            raise

    def _exchange_bytes(
        self, method: str, path: str, token: Secret | None, params: Params, largest: int
    ) -> tuple[int, bytes]:
        """Send one request and read its answer. No requests exception leaves here: they hold URLs."""
        headers: dict[str, str] = {}
        plain = {name: value.reveal() if isinstance(value, Secret) else str(value) for name, value in params.items()}
        if token is not None:
            headers["Authorization"] = f"Bearer {token.reveal()}"
            if self.app is not None and self.app.secret:
                plain.update(self._proof(self.app.secret, token))
        url = f"{self.site.graph_url}/{self.version}/{path}"
        kind = ""
        try:
            with self._session.request(
                method,
                url,
                params=None if method == "POST" else plain,
                data=plain if method == "POST" else None,
                headers=headers,
                stream=True,
                allow_redirects=False,
                timeout=(CONNECT_SECONDS, SILENCE_SECONDS),
            ) as response:
                body = self._read_body(response, largest)
                self._note_headers(response)
                return response.status_code, body
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            kind = _network_kind(error)
        finally:
            urllib.parse.clear_cache()  # type: ignore[attr-defined]
        raise GraphError(kind)

    def _proof(self, secret: Secret, token: Secret) -> dict[str, str]:
        """The proof that the caller holds the App secret, made from the token of this very call."""
        if not self._timed_proof:
            return {"appsecret_proof": secret.proof_for(token)}
        now = str(int(time.time()))
        return {"appsecret_proof": secret.proof_for(token.between("", f"|{now}")), "appsecret_time": now}

    def _read_body(self, response: requests.Response, largest: int) -> bytes:
        if 300 <= response.status_code < 400:
            raise GraphError("redirected", status=response.status_code)
        deadline = time.monotonic() + WHOLE_SECONDS
        chunks: list[bytes] = []
        size = 0
        for chunk in response.iter_content(_CHUNK):
            chunks.append(chunk)
            size += len(chunk)
            if size > largest:
                raise GraphError("answer_too_large", status=response.status_code)
            if time.monotonic() > deadline:
                raise GraphError("timeout", status=response.status_code)
            self.job.check()
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    def _note_headers(self, response: requests.Response) -> None:
        self.version_used = response.headers.get("facebook-api-version", "")[:12]
        if _VERSION.fullmatch(self.version_used) and self._note_version is not None:
            self._note_version(self.version, self.version_used)
        self.usage = read_usage(response.headers, self.usage)
        self._check_clock(response.headers.get("Date", ""))

    def _check_clock(self, date: str) -> None:
        """Report a computer's clock that is wrong by an hour or more, by the Date of the answer (RFC 9110)."""
        try:
            facebook_time = parsedate_to_datetime(date[:64]).timestamp()
        except (TypeError, ValueError, OverflowError, IndexError):
            return
        if abs(offset := facebook_time - time.time()) >= CLOCK_OFF_SECONDS and not self._clock_reported:
            self._clock_reported = True
            self.job.report(ClockOff(offset))


def fetch_file(site: Site, url: str, largest: int, proxies: dict[str, str]) -> bytes:
    """A picture of at most `largest` bytes from an address that Facebook gave; empty when it cannot be had."""
    try:
        with (
            new_session(site) as session,
            session.get(url, stream=True, allow_redirects=False, timeout=(5, 10), proxies=proxies) as response,
        ):
            if response.status_code != 200 or not response.headers.get("Content-Type", "").startswith("image/"):
                return b""
            body = response.raw.read(largest + 1, decode_content=True)
            return bytes(body) if len(body) <= largest else b""
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError):
        return b""
