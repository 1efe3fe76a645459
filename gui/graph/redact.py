"""Takes tokens, secrets and codes out of a text that came from outside, before anyone sees it."""

import re

_NAMES = (
    r"access_token|fb_exchange_token|input_token|client_secret|app_?secret|appsecret_proof|long_lived_token|"
    r"signed_request|refresh_token|id_token|code_verifier|code|password|token|secret"
)
_SPACE = r"(?:\s|\\[nrt]|%0[AaDd])*"
#: A run that may go over a line break, as mails and terminals fold tokens.
_RUN = rf"[A-Za-z0-9_\-]+(?:{_SPACE}[A-Za-z0-9_\-]{{8,}})*"
#: Where a word begins, also right after a percent-encoded character.
_START = r"(?:(?<![A-Za-z0-9_])|(?<=%[0-9A-Fa-f]{2}))"
_PATTERNS = (
    re.compile(
        rf"(?i){_START}({_NAMES})((?:%22|%27|[\"'])?{_SPACE}(?:=|%3D|:{_SPACE}(?=[\"'])|%3A{_SPACE}(?=%22|%27)|:(?={_SPACE}[^\s]{{16}})){_SPACE}(?:%22|%27|[\"'])?)"
        rf"[^&#\"'\s]+(?:{_SPACE}[A-Za-z0-9_\-]{{24,}})*"
    ),
    re.compile(rf"{_START}(?:E{_SPACE}A{_SPACE}A|CAA|AAA){_SPACE}{_RUN}"),
    re.compile(rf"{_START}\d{{5,20}}(?:\||%7[Cc]|\\u00257C|\\u007[Cc]){_RUN}"),
    re.compile(rf"(?i){_START}[0-9a-f]{{32,}}(?![A-Za-z0-9])"),
    re.compile(rf"{_START}[A-Za-z0-9_\-]{{48,}}"),
)


def redact(text: str) -> str:
    """`text` with every token, app secret, code and proof in it replaced by •••."""
    text = _PATTERNS[0].sub(r"\1\2•••", text)
    for pattern in _PATTERNS[1:]:
        text = pattern.sub("•••", text)
    return text
