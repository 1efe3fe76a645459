"""The login dialog's address, and what its answer means (Manually Build a Login Flow)."""

import base64
import re
import secrets
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from gui.graph.error_texts import CODES, Text, kind_of_text
from gui.values import AppCredentials, Secret, Site


@dataclass(frozen=True, slots=True)
class LoginAnswer:
    """What the dialog answered: a token or a code, or why not.

    `expires_in` is seconds, 0 means no end is known, None was not told. `error` is Facebook's error
    name ("access_denied"), `error_text` its words.
    """

    token: Secret | None = None
    code: Secret | None = None
    state: str = ""
    expires_in: int | None = None
    data_access_expires_at: int | None = None
    error: str = ""
    error_text: str = ""
    error_code: str = ""


def new_state() -> str:
    """A fresh, unguessable `state` (192 bits)."""
    return base64.urlsafe_b64encode(secrets.token_bytes(24)).decode()


def dialog_url(
    site: Site,
    app: AppCredentials,
    permissions: tuple[str, ...],
    state: str,
    *,
    response_type: str = "token",
    redirect_uri: str = "",
    rerequest: bool = False,
) -> str:
    """The address of the login dialog. With a Configuration ID it replaces the permissions."""
    params = {
        "client_id": app.app_id,
        "redirect_uri": redirect_uri or site.redirect_uri,
        "state": state,
        "response_type": response_type,
        "display": "popup",
    }
    if app.config_id:
        params["config_id"] = app.config_id
    else:
        params["scope"] = ",".join(permissions)
    if rerequest:
        params["auth_type"] = "rerequest"
    return f"{site.login_url}/{app.version}/dialog/oauth?{urlencode(params)}"


def is_answer(url: str, redirect_uri: str) -> bool:
    """Whether `url` is the dialog's answer: the redirect address, whatever hangs on it."""
    return re.split(r"[?#]", url, maxsplit=1)[0] == redirect_uri


def read_answer(url: Secret) -> LoginAnswer:
    """Read the dialog's answer from query and fragment: a cancel comes in the query even for tokens."""
    parts = urlsplit(url.reveal())
    fragment = "" if parts.fragment == "_=_" else parts.fragment.removesuffix("#_=_")
    fields: dict[str, str] = {}
    for text in (parts.query, fragment.lstrip("?")):
        fields.update({name: values[0] for name, values in parse_qs(text).items()})
    token, code = fields.get("access_token", ""), fields.get("code", "").removesuffix("#_=_")
    return LoginAnswer(
        token=Secret(token) if token else None,
        code=Secret(code) if code else None,
        state=fields.get("state", "").removesuffix("#_=_"),
        expires_in=_number(fields.get("expires_in")),
        data_access_expires_at=_number(fields.get("data_access_expiration_time")),
        error=fields.get("error", "") or fields.get("error_code", ""),
        error_text=(fields.get("error_description") or fields.get("error_message") or "")[:400],
        error_code=fields.get("error_code", "")[:12],
    )


def stuck_kind(page_text: str) -> str:
    """What a page of the dialog that never redirects says; empty if it is none known.

    Its number (1349048 …) tells in every language, its text in English alone.
    """
    for number in re.findall(r"(?<!\d)1349\d{3}(?!\d)", page_text):
        if int(number) in CODES:
            return CODES[int(number)]
    return kind_of_text(page_text, None, _STUCK)


#: English texts of such pages, as reported.
_STUCK = tuple(
    Text(re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (
            r"domain of this URL isn.t included|URL Blocked|redirect URI is not whitelisted|redirect_uri.{0,40}not",
            "redirect_not_listed",
        ),
        (r"App Not Setup|still in development mode|App not active", "app_in_development"),
        (r"not accepted the invite", "tester_not_accepted"),
        (r"at least one supported permission", "no_supported_permission"),
        (r"Invalid Scopes?:", "invalid_scopes"),
        (r"from an embedded browser is disabled|not available on this browser", "embedded_blocked"),
        (r"Invalid App ID", "app_unknown"),
        (r"Feature unavailable|currently unavailable for this app", "login_unavailable"),
    )
)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 16 else None
