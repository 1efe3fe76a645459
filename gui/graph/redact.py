"""Takes tokens, secrets and codes out of a text that came from outside, before anyone sees it."""

import re
from collections.abc import Sequence
from urllib.parse import unquote

from gui.values import Secret

_NAMES = (
    r"access_token|fb_exchange_token|input_token|client_secret|app_?secret|appsecret_proof|long_lived_token|"
    r"signed_request|refresh_token|id_token|code_verifier|code|password|token|secret"
)
_SPACE = r"(?:\s|\\[nrt]|%0[AaDd])*"
#: A run that may go over a line break, as mails and terminals fold tokens.
_RUN = rf"[A-Za-z0-9_\-]+(?:{_SPACE}[A-Za-z0-9_\-]{{8,}})*"
#: Where a word begins, also right after a percent-encoded character.
_START = r"(?:(?<![A-Za-z0-9_])|(?<=%[0-9A-Fa-f]{2})|(?<=%25[0-9A-Fa-f]{2}))"
_PATTERNS = (
    re.compile(
        rf"(?i){_START}({_NAMES})"
        rf"((?:%(?:25)?2[27]|[\"'])?{_SPACE}"
        rf"(?:=|%(?:25)?3D|:{_SPACE}(?=[\"'])|%(?:25)?3A{_SPACE}(?=%(?:25)?2[27])|:(?={_SPACE}[^\s]{{16}}))"
        rf"{_SPACE}(?:%(?:25)?2[27]|[\"'])?)"
        rf"([^&#\"'\s]+(?:{_SPACE}[A-Za-z0-9_\-]{{24,}})*)"
    ),
    re.compile(rf"{_START}(?:E{_SPACE}A{_SPACE}A|CAA|AAA){_SPACE}{_RUN}"),
    re.compile(rf"{_START}\d{{5,20}}(?:\||%(?:25)?7[Cc]|\\u00257C|\\u007[Cc]){_RUN}"),
    re.compile(rf"(?i){_START}[0-9a-f]{{32,}}(?![A-Za-z0-9])"),
    # A long name in capitals is a constant of some program.
    re.compile(rf"{_START}(?![A-Z_]+(?![A-Za-z0-9_\-]))[A-Za-z0-9_\-]{{48,}}"),
)


#: Shorter secrets are not looked for by themselves: they would take ordinary words out.
_SHORTEST = 6


def _spelling_pattern(secret: Secret) -> re.Pattern[str] | None:
    """A secret as a text may hold it: percent-encoded in part or whole, once or twice, or folded over lines."""
    text = secret.reveal()
    if len(text) < _SHORTEST:
        return None
    characters = []
    for character in text:
        code = f"{ord(character):02x}" if ord(character) < 128 else ""
        characters.append(f"(?:{re.escape(character)}{f'|%(?:25)?{code}' if code else ''})")
    return re.compile(_SPACE.join(characters), re.IGNORECASE)


#: An error's own number: "code": 190. The code of a login is long.
_NUMBER = re.compile(r"-?\d{1,7}(?![A-Za-z0-9_\-|.])")


def _named(match: re.Match[str]) -> str:
    """What stands for a named secret: its name, and no more of it."""
    name, between, value = match.groups()
    number = _NUMBER.match(value) if name.lower() == "code" else None
    if number is not None:
        return f"{name}{between}{number[0]}{_PATTERNS[0].sub(_named, value[number.end() :])}"
    return f"{name}{between}•••"


def redact(text: str, secrets: Sequence[Secret] = ()) -> str:
    """`text` with every token, app secret, code and proof in it replaced by •••.

    `secrets` are known ones, of any length and look: each is taken out however it is spelled.
    """
    if secrets and text:
        plain = unquote(unquote(re.sub(_SPACE, "", text))).lower()
        for secret in secrets:
            if secret.reveal().lower() in plain and (spelling := _spelling_pattern(secret)) is not None:
                text = spelling.sub("•••", text)
    text = _PATTERNS[0].sub(_named, text)
    for pattern in _PATTERNS[1:]:
        text = pattern.sub("•••", text)
    return text
