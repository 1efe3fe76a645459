"""What went wrong with a call, told apart by its meaning (Handle Errors; Pages API Error Codes).

A `GraphError` names its sentence in `resources/errors.toml` by `kind`; it never holds a URL, a token
or a requests exception.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gui.errors import UserError
from gui.graph.error_texts import (
    CODES,
    ENDS_THE_LOGIN,
    FIRST_OF_THE_DIALOG,
    LIMITS,
    OF_THE_APP,
    OF_THE_TOKEN,
    SUBCODES,
    TOKEN_SUBCODES,
    invalid_scopes,
    kind_of_text,
)
from gui.graph.permissions import PERMISSIONS, RENAMED
from gui.graph.redact import redact
from gui.i18n import _, list_of
from gui.values import Secret

_TRANSIENT = frozenset({"facebook_down", "unknown_transient", "server_trouble", "timeout", "cut_off", "empty_answer"})
#: What passes by itself, or is not Facebook's answer at all.
_MAY_PASS = frozenset(
    {"no_network", "no_name", "timeout", "tls_failed", "proxy_failed", "proxy_password", "cut_off", "limit",
     "facebook_down", "server_trouble", "unknown_transient", "not_json", "wrong_shape", "empty_answer", "redirected",
     "batch_too_large"}
)  # fmt: skip
_TWO_FACTOR = re.compile(r"two.?factor", re.IGNORECASE)


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
    is_transient: bool | None = None
    fbtrace_id: str = ""


class GraphError(UserError):
    """A call to Facebook that did not give what was asked for.

    `status` is the HTTP status (0: there was none); `facebook` the error envelope, redacted.
    """

    def __init__(self, kind: str, *, status: int = 0, facebook: Envelope | None = None, **values: str) -> None:
        self.status = status
        self.facebook = facebook or Envelope()
        self.retry_after: float | None = None
        #: Whether the answer of an earlier try of the same call was lost: it may have done what was asked.
        self.after_lost_answer = False
        fields = {
            _("HTTP status"): str(status or ""),
            "code": "" if self.facebook.code is None else str(self.facebook.code),
            "subcode": "" if self.facebook.subcode is None else str(self.facebook.subcode),
            "type": self.facebook.type,
            _("Facebook says"): self.facebook.message,
            "fbtrace_id": self.facebook.fbtrace_id,
        }
        super().__init__(kind, details={name: text for name, text in fields.items() if text}, **values)

    @property
    def code(self) -> str:
        """Facebook's code and subcode as helpers quote them: "190/463"; empty where it gave none."""
        codes = (self.facebook.code, self.facebook.subcode)
        return "/".join(str(code) for code in codes if code is not None)

    @property
    def is_of_the_app(self) -> bool:
        """Whether it is the app's own trouble, which befalls every token of the app and is noted on none."""
        return self.kind in OF_THE_APP

    @property
    def is_of_the_token(self) -> bool:
        """Whether it says that the token does not work: not the network, a limit, the app or the call."""
        return self.kind in OF_THE_TOKEN and not self.transient

    @property
    def may_pass(self) -> bool:
        """Whether it is to be asked again later: the network, a limit, Facebook's own trouble."""
        return self.transient or self.kind in _MAY_PASS

    @property
    def is_of_the_network(self) -> bool:
        """Whether Facebook was not reached, or asks to be called later."""
        return self.may_pass and self.kind not in {"wrong_shape", "not_json", "empty_answer"}

    @property
    def ends_the_login(self) -> bool:
        """Whether every further call with this User token fails the same way."""
        if self.is_of_the_app or self.kind in ENDS_THE_LOGIN:
            return True
        return self.facebook.code in {102, 190} and self.facebook.is_transient is not True

    @property
    def transient(self) -> bool:
        """Whether the same call may succeed a little later.

        190, 10, 100, 200…299 and 368 never do, nor does what Facebook says is not transient.
        """
        if self.facebook.is_transient is False:
            return False
        if self.kind in _TRANSIENT:
            return True
        code = self.facebook.code
        final = code is not None and (code in _FINAL or 200 <= code <= 299)
        return self.facebook.is_transient is True and not final and self.kind not in {"limit", "secret_wrong"}


def _kind_of(error: Envelope) -> str:
    code, subcode = error.code, error.subcode
    if subcode in SUBCODES:
        return SUBCODES[subcode]
    if code in CODES and code >= FIRST_OF_THE_DIALOG:
        # The same words stand on several of its pages.
        return CODES[code]
    if (
        code in {102, 190}
        and subcode in TOKEN_SUBCODES
        and not (subcode == 459 and "log in to" in error.message.lower())
    ):
        kind = TOKEN_SUBCODES[subcode]
        return "role_or_two_factor" if kind == "role_lost" and _TWO_FACTOR.search(error.message) else kind
    kind = kind_of_text(error.message, code)
    if not kind and (code, subcode) == (100, 33):
        # Told so in every language.
        kind = "page_not_found"
    if kind == "page_not_found" and code in {10, 200}:
        kind = "permission_missing"
    if kind == "app_unknown" and code == 190:
        # Plugins say so of every token that died.
        kind = "token_refused"
    # The app's own token counts as none where the app's type is Native or desktop.
    if kind:
        return kind
    if code in LIMITS:
        return "limit"
    if code in CODES:
        return CODES[code]
    if code == 1:
        return "unknown_transient" if error.is_transient is not False else "facebook_said"
    if code == 190:
        return "token_refused" if error.message else "token_invalid"
    if code is not None and (code == 10 or 200 <= code <= 299):
        if named_permissions(error.message):
            # Permissions have the same names in every language.
            return "permission_missing"
        return "permission_refused" if error.message else "permission_missing"
    return "facebook_said"


def named_permissions(text: str) -> list[str]:
    """The permissions that a text names, each as it is called today."""
    named = set(re.findall(r"\b[a-z]+(?:_[a-z0-9]+)+\b", text)) & PERMISSIONS
    return sorted({name for old in named for name in RENAMED.get(old, (old,))})


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
            if isinstance(value, float) and value.is_integer():
                return int(value)
            if isinstance(value, str) and re.fullmatch(r"-?\d{1,11}(?:\.0)?", value.strip()):
                return int(value.strip().removesuffix(".0"))
        return None

    def truth(key: str) -> bool | None:
        word = str(raw.get(key)).lower()
        return True if word in {"true", "1"} else False if word in {"false", "0"} else None

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
        is_transient=truth("is_transient"),
        fbtrace_id=text("fbtrace_id")[:80] if len(str(raw.get("fbtrace_id", ""))) < 40 else "",
    )


def from_envelope(error: Envelope, status: int) -> GraphError:
    """The GraphError for an error envelope: decided by its codes and text, never by the status alone."""
    kind = _kind_of(error)
    values = {"title": error.user_title, "message": error.user_msg or error.message}
    if error.user_msg or error.user_title:
        values["facebook_says"] = ": ".join(filter(None, (error.user_title.rstrip(".:"), error.user_msg)))
    if kind == "permission_missing":
        named = named_permissions(error.message)
        values["permission"] = _("Facebook asks for {permissions}.", permissions=list_of(named)) if named else ""
    elif kind == "invalid_scopes":
        values["name"] = ", ".join(invalid_scopes(error.message)) or _("one of them")
    elif kind == "checkpoint_elsewhere":
        match = re.search(r"log in to ([\w.]+)", error.message, re.IGNORECASE)
        values["name"] = match.group(1).rstrip(".") if match else ""
    return GraphError(kind, status=status, facebook=error, **values)
