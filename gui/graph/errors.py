"""What went wrong with a call, told apart by its meaning (Handle Errors; Pages API Error Codes).

A `GraphError` names its sentence in `resources/errors.toml` by `kind`; it never holds a URL, a token
or a requests exception.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gui.errors import UserError
from gui.graph.redact import redact
from gui.values import Secret

#: Codes that mean "too many calls": wait, do not hammer (Rate Limits).
LIMITS = frozenset({4, 17, 32, 341, 613, *range(80001, 80015)})
_SUBCODES = {
    458: "app_removed",
    459: "checkpoint",
    460: "password_changed",
    463: "token_expired",
    464: "unconfirmed_account",
    466: "session_ended",
    467: "logged_out",
    490: "checkpoint",
    492: "role_lost",
    2069032: "page_token_needed",
}
#: Subcodes that say all whatever the code is (Pages API Error Codes; Manually Build a Login Flow).
_SUBCODES_ALONE = {
    2853006: "permission_missing",
    2069030: "page_not_offered",
    2069031: "page_not_offered",
    36007: "code_spent",
    36008: "code_spent",
    36009: "code_spent",
}
_CODES = {
    2: "facebook_down",
    3: "app_lacks_capability",
    10: "permission_missing",
    101: "app_unknown",
    102: "session_ended",
    104: "no_token_sent",
    190: "token_invalid",
    368: "blocked_for_misuse",
    415: "two_factor_needed",
    459: "checkpoint",
    483: "checkpoint",
    803: "page_not_found",
    2500: "query_wrong",
    2642: "cursor_stale",
}
#: Read when a code says too little; first match wins. Texts as recorded or reported.
_MESSAGES = (
    (r"error validating client secret", "secret_wrong"),
    (r"application has been deleted", "app_deleted"),
    (r"cannot get application info|invalid application id", "app_unknown"),
    (r"requires an appsecret_proof|require an appsecret_proof", "proof_missing"),
    (r"invalid appsecret_proof", "proof_wrong"),
    (r"must provide an app access token", "native_desktop"),
    (r"app_id in the input_token did not match", "other_app"),
    (r"app role is needed|app is in development mode|still in development mode", "app_in_development"),
    (r"session has expired", "token_expired"),
    (r"changed (?:the|their|your|his|her) password|for security reasons", "password_changed"),
    (r"has not authorized application", "app_removed"),
    (r"user logged out", "logged_out"),
    (r"invalidated explicitly", "session_ended"),
    (r"must be granted before impersonating", "page_session_ended"),
    (
        r"requires the '?[a-z_]+'? permission|requires [a-z_]+ permission|requires the extended permission",
        "permission_missing",
    ),
    (
        r"active access token must be used|\bAn access token is required|fb_exchange_token parameter not specified",
        "no_token_sent",
    ),
    (r"confirmed user", "unconfirmed_account"),
    (r"log in to www\.facebook\.com and follow|enrolled in a blocking", "checkpoint"),
    (r"in order to impersonate it", "role_lost"),
    (r"belongs to a page that is not accessible", "page_not_accessible"),
    (r"invalid cursors? values", "cursor_stale"),
    (r"reduce the amount of data", "too_much_data"),
    (r"tried accessing nonexisting field", "query_wrong"),
    (r"does not exist, cannot be loaded", "page_not_found"),
    (r"authorization code has been used|authorization code has expired|verification code", "code_spent"),
    (r"api access blocked", "app_restricted"),
    (r"must use https", "https_needed"),
)
_TRANSIENT = frozenset({"facebook_down", "unknown_transient", "server_trouble", "timeout", "cut_off", "empty_answer"})


#: Kinds that say nothing of the token a call was made with or asked about.
_SPARE_THE_TOKEN = frozenset(
    {"no_network", "timeout", "tls_failed", "proxy_failed", "cut_off", "limit", "facebook_down", "server_trouble",
     "unknown_transient", "not_json", "wrong_shape", "empty_answer", "redirected"}
)  # fmt: skip

#: Codes whose answer stays the same however often one asks (Handle Errors).
_FINAL = frozenset({10, 100, 101, 102, 104, 190, 368, 459, 483, 803})


#: More of a text in an envelope is not read (characters).
LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Envelope:
    """The `error` object of an answer. Only `message` is sure to be there."""

    message: str = ""
    type: str = ""
    code: int | None = None
    subcode: int | None = None
    user_title: str = ""
    user_msg: str = ""
    is_transient: bool = False
    fbtrace_id: str = ""


class GraphError(UserError):
    """A call to Facebook that did not give what was asked for.

    `status` is the HTTP status (0: there was none); `facebook` the error envelope, redacted.
    """

    def __init__(self, kind: str, *, status: int = 0, facebook: Envelope | None = None, **values: str) -> None:
        self.status = status
        self.facebook = facebook or Envelope()
        self.retry_after: float | None = None
        fields = {
            "HTTP status": str(status or ""),
            "code": "" if self.facebook.code is None else str(self.facebook.code),
            "subcode": "" if self.facebook.subcode is None else str(self.facebook.subcode),
            "type": self.facebook.type,
            "Facebook says": self.facebook.message,
            "fbtrace_id": self.facebook.fbtrace_id,
        }
        super().__init__(kind, details={name: text for name, text in fields.items() if text}, **values)

    @property
    def code(self) -> str:
        """Facebook's code and subcode as helpers quote them: "190/463"; empty where it gave none."""
        codes = (self.facebook.code, self.facebook.subcode)
        return "/".join(str(code) for code in codes if code is not None)

    @property
    def spares_the_token(self) -> bool:
        """Whether the error says nothing of the token itself: the network, Facebook's own trouble, a limit."""
        return self.transient or self.kind in _SPARE_THE_TOKEN

    @property
    def transient(self) -> bool:
        """Whether the same call may succeed a little later. 190, 10, 100, 200…299 and 368 never do."""
        if self.kind in _TRANSIENT:
            return True
        code = self.facebook.code
        final = code is not None and (code in _FINAL or 200 <= code <= 299)
        return self.facebook.is_transient and not final and self.kind not in {"limit", "secret_wrong"}


def _kind_of(error: Envelope) -> str:
    for pattern, kind in _MESSAGES:
        if re.search(pattern, error.message, re.IGNORECASE):
            if kind == "page_not_found" and error.code in {10, 200}:
                return "permission_missing"
            return kind
    if error.subcode in _SUBCODES_ALONE:
        return _SUBCODES_ALONE[error.subcode]
    if error.code == 190 and error.subcode in _SUBCODES:
        return _SUBCODES[error.subcode]
    if error.code in LIMITS:
        return "limit"
    if error.code in _CODES:
        return _CODES[error.code]
    if error.code == 1:
        return "unknown_transient"
    if error.code is not None and 200 <= error.code <= 299:
        return "permission_missing"
    return "facebook_said"


def read_envelope(raw: object, secrets: Sequence[Secret] = ()) -> Envelope | None:
    """The error envelope in a decoded `error` value of any shape, redacted; None if there is none.

    `secrets` are those of the call: Facebook's messages echo them.
    """
    if isinstance(raw, str):
        return Envelope(message=redact(raw, secrets))
    if not isinstance(raw, dict):
        return None

    def text(key: str) -> str:
        value = raw.get(key)
        return redact(value[:LONGEST_TEXT], secrets)[:2000] if isinstance(value, str) else ""

    def number(*keys: str) -> int | None:
        for key in keys:
            value = raw.get(key)
            if isinstance(value, bool):
                continue
            if isinstance(value, int):
                return value
            if isinstance(value, str) and value.lstrip("-").isdecimal() and len(value) < 12:
                return int(value)
        return None

    message = text("message") or text("error_description")
    code = number("code", "error_code")
    code_match = re.match(r"\(#(\d{1,7})\)", message)
    if code is None and code_match:
        code = int(code_match.group(1))
    return Envelope(
        message=message,
        type=text("type")[:80],
        code=code,
        subcode=number("error_subcode", "subcode"),
        user_title=text("error_user_title"),
        user_msg=text("error_user_msg"),
        is_transient=raw.get("is_transient") is True,
        fbtrace_id=text("fbtrace_id")[:80] if len(str(raw.get("fbtrace_id", ""))) < 40 else "",
    )


def from_envelope(error: Envelope, status: int) -> GraphError:
    """The GraphError for an error envelope: decided by its text and codes, never by the status alone."""
    kind = _kind_of(error)
    match = re.search(r"'([a-z]+(?:_[a-z]+)+)' permission", error.message) if kind == "permission_missing" else None
    permission = f"Facebook asks for {match.group(1)}." if match else ""
    return GraphError(
        kind,
        status=status,
        facebook=error,
        title=error.user_title,
        message=error.user_msg or error.message,
        permission=permission,
    )
