"""Finds Facebook's errors in whatever a tool shows of them: JSON, a log, a stack trace, HTML, an address, cut off.

What is found holds no secret: the text is redacted before anything is read from it.
"""

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote_plus

from gui.graph.error_texts import FIRST_OF_THE_DIALOG, SUBCODES, TEXTS, TOKEN_SUBCODES
from gui.graph.errors import Envelope, GraphError, from_envelope, read_envelope
from gui.graph.redact import redact_pasted
from gui.text import unify_signs

#: Of more, so much of the beginning and of the end is read: a log's end says what happened last (characters).
LONGEST = 100_000
_BEGINNING = 30_000
_MANY_LINES = 200
#: So many errors of one form of a text are told apart: the last ones.
_MOST_ERRORS = 300
#: So many places where JSON may begin are tried.
_MOST_TRIES = 400
#: What belongs to one error stands no farther apart (characters).
_NEAR = 700
#: A longer text is not a picture's or a column's (characters).
_LONGEST_FOLDED = 4_000
#: HTTP statuses that tools call a code.
_STATUSES = frozenset({0, -1, 200, 302, 400, 401, 403, 404, 405, 429, 500, 502, 503, 504})
#: What Facebook's own support finds a call by; no secret is so short.
_TRACE_ID = re.compile(r"[A-Za-z0-9_\-]{1,27}")
#: Kinds that say less than any other.
VAGUE = frozenset({"facebook_said", "tool_hides_cause", "unknown_transient", "permission_refused", "token_refused"})
#: What tools add below an error of Facebook's, whatever that is.
_ADVICE = frozenset({"tools_login_ended", "app_check_due", "address_not_allowed"})


@dataclass(frozen=True, slots=True)
class FoundError:
    """An error in a text: where it begins, and what it is. `kind` names its sentence in `resources/errors.toml`."""

    start: int
    error: GraphError

    @property
    def kind(self) -> str:
        return self.error.kind

    @property
    def is_vague(self) -> bool:
        """Whether it says less than another that stands beside it: a number alone, or words that name no cause."""
        facebook = self.error.facebook
        is_number = not facebook.message and facebook.subcode is None and (facebook.code or 0) < FIRST_OF_THE_DIALOG
        return self.kind in VAGUE or is_number

    @property
    def identity(self) -> tuple[str, int | None, int | None]:
        """What makes two errors the same."""
        return self.kind, self.error.facebook.code, self.error.facebook.subcode


@dataclass(frozen=True, slots=True)
class ReadErrors:
    """What a text says. `errors` are different ones, the last one last; those that say nothing of themselves only where
    nothing else is there, else in `left_out`. `had_secret` is whether something was taken out, `was_cut` whether the
    middle was not read; `clean` is what was read, without secrets."""

    errors: tuple[FoundError, ...]
    had_secret: bool = False
    was_cut: bool = False
    left_out: tuple[FoundError, ...] = ()
    clean: str = ""

    @property
    def last(self) -> FoundError | None:
        return self.errors[-1] if self.errors else None


def read_errors(text: str) -> ReadErrors:
    """Every different error in `text`, in its order."""
    text = _once(text)
    was_cut = len(text) > LONGEST
    if was_cut:
        text = f"{text[:_BEGINNING]}\n{text[_BEGINNING - LONGEST :]}"
    clean = redact_pasted(text)
    found = _short(clean) or _find(clean)
    known = [one for one in found if not one.is_vague]
    known = [one for one in known if one.kind not in _ADVICE] or known
    if known and all(one.kind in _ADVICE for one in known):
        known = [one for one in found if one.error.facebook.code is not None] or known
    said = [one for one in found if one.error.facebook.message]
    distinct: dict[tuple[str, int | None, int | None], FoundError] = {}
    for one in known or said or found:
        distinct.pop(one.identity, None)
        distinct[one.identity] = one
    left_out = tuple(_clean(one) for one in found if one.identity not in distinct)
    return ReadErrors(tuple(map(_clean, distinct.values())), "•••" in clean and clean != text, was_cut, left_out, clean)


def _clean(found: FoundError) -> FoundError:
    """An error without what was a secret only once its text was decoded."""
    facebook, values = found.error.facebook, found.error.values
    clean = replace(
        facebook,
        message=redact_pasted(facebook.message),
        type=redact_pasted(facebook.type),
        user_title=redact_pasted(facebook.user_title),
        user_msg=redact_pasted(facebook.user_msg),
        fbtrace_id=facebook.fbtrace_id if _TRACE_ID.fullmatch(facebook.fbtrace_id) else "",
    )
    if clean == facebook:
        return found
    clean_values = {name: redact_pasted(text) for name, text in values.items()}
    return FoundError(found.start, GraphError(found.kind, status=found.error.status, facebook=clean, **clean_values))


def _once(text: str) -> str:
    """A log that repeats its lines, each where it stood last; a text that is no log stays as it is."""
    lines = text.split("\n")
    if len(lines) < _MANY_LINES:
        return text
    last = {line: index for index, line in enumerate(lines)}
    return "\n".join(line for index, line in enumerate(lines) if last[line] == index)


_Found = TypeVar("_Found")
#: What shows that a text is of Facebook's API, where nothing but a number or a common word says so.
_OF_FACEBOOK = re.compile(
    r"(?i)oauthexception|graphmethodexception|fbtrace|facebook(?![\w-]*_\d)|"
    r"(?<![a-z])graph(?!\.microsoft|[a-z]*ql)|instagram|messenger|whatsapp|(?<![a-z])(?:fb|meta)(?![a-z0-9])|"
    r"error_?sub_?code|access[ _]?token|page token|request limit|rate limit|(?m:^[^\w\n]*\(#\d+\)[^\w\n]*$)"
)
#: "(#190) TEXT" is Facebook's way of writing, and that of the lists of changes.
_WITH_NUMBER = re.compile(r"\(#\d{1,7}\)\s*(?P<message>[^\n]{2,300})")
_OF_A_CHANGE = re.compile(
    r"(?i)\W*(?:fix|feat|chore|docs?|refactor|tests?|build|ci|perf|style|bump|update|add|remove|merge|revert|support|"
    r"improve|rename|move|drop|allow|make|clean|upgrade|release|prepare|switch|"
    r"receiv|shipp|paid|order)(?:e[sd]|s|d|ing)?\b"
)
_OF_AN_API = re.compile(
    r"(?i)\b(?:tokens?|access|permissions?|pages?|param(?:eter)?s?|fields?|objects?|users?|requests?|api|"
    r"app(?:lication)?s?|messages?|accounts?|media|limits?|sessions?|invalid|requires?|required|must|unsupported|"
    r"nonexist\w*|metrics?|videos?|photos?|images?|ur[li]s?|publish\w*|insights?|calls?|endpoint|method|owner|person|"
    r"feed|post(?:s|ed|ing)?|status|alias(?:es)?|callback|verification|leads?|ads?|ad account|business|role|admin|"
    r"deprecated|temporar\w+|error|jeton|zugriff\w*|sitzung|sesi[óo]n|sess(?:ion|ão)|permisos?|berechtigung\w*)\b|"
    r"токен|маркер|トークン|令牌"
)
_OF_ANOTHER = re.compile(
    r"(?i)google|unauthenticated|twitter|linkedin|tiktok|pinterest|youtube|stripe|openai|slack|\bsmtp\b|mysql|"
    r"graph\.microsoft|microsoftonline|spotify|gitlab|bitbucket|github(?!\.com/)|mailchimp|mongo|postgres|redis|"
    r"keycloak|okta|auth0|hubspot|salesforce|dropbox|paypal|discord|telegram|(?<![\w.])x\.com|npmjs|pypi|maven"
)
_NAMES_FACEBOOK = re.compile(
    r"(?i)oauthexception|fbtrace|facebook(?![\w-]*_\d)|instagram|(?<![a-z])(?:fb|meta)(?![a-z0-9])"
)
#: What no other service's error says.
_SPECIFIC = re.compile(
    r"(?i)\(#\d+\)|page access token|page token|pages_[a-z]+|oauthexception|error validating access token|"
    r"appsecret_proof|leads? access manager"
)
#: Where another computer than Facebook's could not be reached.
_ANOTHER_HOST = re.compile(
    r"(?i)(?<![\w.-])(?:[a-z0-9-]+\.)+(?:com|net|org|io|dev|cloud|local|internal|app)\b|"
    r"\d{1,3}(?:\.\d{1,3}){3}:(?!443\b)\d|docker|\bdial tcp\b"
)


def _facebooks(found: Sequence[FoundError], text: str) -> list[FoundError]:
    """Those of the errors in a text that are of Facebook's API: many programs count their errors, too."""
    names_facebook = bool(_NAMES_FACEBOOK.search(text))
    if not names_facebook and _OF_ANOTHER.search(text):
        return [one for one in found if _is_numbered(one) or _SPECIFIC.search(one.error.facebook.message)]
    found = [one for one in found if not _is_change(one)]
    is_marked = bool(_OF_FACEBOOK.search(text)) or any(
        not match["message"][0].islower() or _OF_AN_API.search(match["message"])
        for match in _last(_WITH_NUMBER.finditer(text))
        if not _OF_A_CHANGE.match(match["message"])
    )
    is_elsewhere = not names_facebook and _ANOTHER_HOST.search(text) is not None
    return [
        one
        for one in found
        if (is_marked or _is_surely(one) or _is_by_words(one)) and not (is_elsewhere and one.kind == "tool_network")
    ]


def _is_change(found: FoundError) -> bool:
    """Whether what stands behind a number in brackets is a change of some program, or an order."""
    match = _WITH_NUMBER.search(found.error.facebook.message)
    if match is None or _OF_A_CHANGE.match(match["message"]) is None:
        return False
    return not any(one.pattern.search(unify_signs(match["message"])) for one in TEXTS)


def _is_numbered(found: FoundError) -> bool:
    """Whether an error has a number that no other program's has."""
    facebook = found.error.facebook
    return (facebook.code or 0) >= FIRST_OF_THE_DIALOG or facebook.subcode in SUBCODES


def _is_surely(found: FoundError) -> bool:
    """Whether an error says by itself that it is Facebook's."""
    return _is_numbered(found) or (not found.is_vague and found.kind != "login_cancelled" and _is_by_words(found))


def _is_by_words(found: FoundError) -> bool:
    """Whether an error has words or parts that Facebook's errors have, not a number alone."""
    facebook = found.error.facebook
    message = " ".join(unify_signs(facebook.message).split())
    return (
        found.kind == "login_cancelled"
        or any(one.pattern.search(message) for one in TEXTS)
        or re.search(r"OAuthException|GraphMethodException", facebook.type) is not None
        or bool(facebook.fbtrace_id or facebook.subcode)
    )


def _find(text: str) -> list[FoundError]:
    """Every error, from the form of the text that says most."""
    best: list[FoundError] = []
    best_score = (-1, -1)
    for form in _forms(text):
        found = _facebooks(_in_form(form), form)
        known = sum(not one.is_vague for one in found)
        coded = sum(one.error.facebook.code is not None for one in found)
        score = (min(known, 1), min(coded, 1))
        if score > best_score:
            best, best_score = found, score
    return best


def _forms(text: str) -> Iterator[str]:
    """The text as it is, and as it was before a log, a web page or an address changed it."""
    seen = {text}
    yield text
    form = text
    for change in (
        _without_prefixes, _unquoted, _of_html, _unescaped, _unescaped, _unescaped, _of_address, _of_address,
        _of_serialized, _single_spaced, _unfolded,
    ):  # fmt: skip
        form = change(form)
        if form not in seen:
            seen.add(form)
            yield form


_NUMBER_KEY = "error_?subcode|sub_?code|error_?code|code"
_WORDS_KEY = "error_?message|error_?msg|message|error_?description|error_user_msg|type|fbtrace_id"
#: What log programs write before each line: a time, a level, the name of a process.
_PREFIX = re.compile(
    r"(?m)^(?:\[?\d{4}-\d\d-\d\d[T ][\d:.,+Z]+\]?\s*)?"
    r"(?:[\w.-]+\[[\w.]+\]:\s?|[\w-]+_\d+\s*\|\s?|(?:stderr|stdout)[:|]\s?)"
)


#: A number alone, or with the words for "error" in front: "Error 190", "(#190)", "190/463", "Fehlercode: 190".
_SHORT = re.compile(
    r"(?i)\W*(?:(?:error|err|code|number|no|num|nr|facebook|fb|meta|instagram|graph|api|oauth|oauthexception|exception|"
    r"fehler|fehlercode|fehlernummer|erreur|d.erreur|código|codigo|errore|codice|de|di|do|erro|fout|foutcode|błąd|kod|"
    r"błędu|hata|kodu|ошибка|код|ошибки|エラー|エラーコード|コード|错误|错误代码|錯誤|오류|코드|رمز|الخطأ|خطأ|חטא|שגיאה)\b\W*){0,6}"
    r"(?:(?P<code>-?\d{1,7})\)?)?"
    r"(?:(?:\W*(?:and|with|,)?\W*(?:error)?[_ ]?sub[_ ]?code\W*|\s*[/.]\s*)(?P<subcode>\d{2,7}))?\W*"
)


#: A smaller number alone may be anything's; with one of these words it is an error's.
_LEAST_ALONE = 100
_ERROR_WORD = re.compile(
    r"(?i)#|err|fehl|fout|błąd|hata|ошибк|エラー|错误|錯誤|오류|خطأ|שגיאה|code|c[óo]d|код|コード|facebook|fb|meta|"
    r"instagram|graph|oauth|api"
)


def _short(text: str) -> list[FoundError]:
    """An error of which only the number was pasted."""
    match = _SHORT.fullmatch(text.strip()) if len(text) <= 100 else None
    if match is None or not (match["code"] or match["subcode"]):
        return []
    values = {name: value for name, value in match.groupdict().items() if value}
    code = int(values.get("code", 0))
    if "subcode" not in values and code < _LEAST_ALONE and not _ERROR_WORD.search(text):
        return []
    if code < _LEAST_ALONE and "subcode" in values and int(values["subcode"]) not in SUBCODES:
        return []
    values["message"] = text.strip()
    if code in TOKEN_SUBCODES and "subcode" not in values:
        values |= {"code": "190", "subcode": str(code)}
    elif "code" not in values and int(values["subcode"]) in TOKEN_SUBCODES:
        values["code"] = "190"
    error = _error(values)
    return [FoundError(0, error)] if error is not None and error.kind != "facebook_said" else []


def _without_prefixes(text: str) -> str:
    return _PREFIX.sub("", text)


#: What mails, comments and tables write before each line, and tables behind it.
_QUOTED = re.compile(r"(?m)^[ \t]*(?:(?:[>|*]+|//|#(?!\d))[ \t]*)+|[ \t]*\|[ \t]*$")


def _unquoted(text: str) -> str:
    return _QUOTED.sub("", text)


def _of_serialized(text: str) -> str:
    """PHP's own way of keeping values: s:4:"code";i:190;"""
    return re.sub(r's:\d+:"(\w+)";(?:i:(-?\d+)|s:\d+:"([^"\n]*)");', r"\n\1: \2\3\n", text)


def _single_spaced(text: str) -> str:
    """One blank between words, none around a line."""
    return re.sub(r"[^\S\n]*\n[^\S\n]*", "\n", re.sub(r"[^\S\n]+", " ", text))


def _unfolded(text: str) -> str:
    """A short text whose words were folded in the middle, as a picture's or a narrow column's are."""
    return re.sub(r"-?\n", "", text) if len(text) <= _LONGEST_FOLDED else text


def _of_html(text: str) -> str:
    if not re.search(r"</?[a-zA-Z]|&(?:[a-z]+|#\d+);", text):
        return text
    text = re.sub(rf"(?i)<({_NUMBER_KEY})>\s*(\d{{1,7}})\s*</\1>", r"\n\1: \2\n", text)
    text = re.sub(rf"(?i)<({_WORDS_KEY})>([^<>]*)</\1>", r"\n\1: \2\n", text)
    text = re.sub(r"(?i)<(script|style)\b[^<]*(?:<(?!/?\1)[^<]*){0,2000}</\1>", " ", text)
    text = re.sub(r"(?i)<br\s*/?>|</(?:p|div|li|tr|h\d|td|pre)>", "\n", text)
    text = re.sub(r"</?[a-zA-Z][^<>]*>", " ", text)
    return unescape(unescape(text))


_ESCAPES = {"n": "\n", "r": "\n", "t": "\t", '"': '"', "'": "'", "/": "/", "\\": "\\"}


def _unescaped(text: str) -> str:
    """One level of backslashes less, as a log shows JSON that stands in a string."""

    def character(match: re.Match[str]) -> str:
        if match[1] in _ESCAPES:
            return _ESCAPES[match[1]]
        return chr(int(match[2], 16))

    text = re.sub(r"\\(?:([nrt\"'/\\])|u([0-9a-fA-F]{4}))", lambda m: character(m), text)
    # Two halves of one sign.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _of_address(text: str) -> str:
    if not re.search(r"%[0-9A-Fa-f]{2}|\w\+\w", text):
        return text
    return re.sub(r"[?#&]?[^\s?#&]*(?:%[0-9A-Fa-f]{2}|=)[^\s]*", lambda match: unquote_plus(match[0]), text)


# ------------------------------------------------------------------ one form
def _in_form(text: str) -> list[FoundError]:
    """Every error in one form of a text, in order."""
    structured = [*_in_json(text)]
    spans = [span for span, _ in structured]
    for span, values in (*_last(_in_address(text)), *_last(_in_pairs(text)), *_last(_in_header(text))):
        if not any(_overlap(span, other) for other in spans):
            structured.append((span, values))
            spans.append(span)
    found = []
    for (start, _end), values in sorted(structured, key=lambda one: one[0]):
        error = _error(values)
        if error is not None:
            found.append(FoundError(start, error))
    # Words outside of them, too: a later line may say more; and within those that say nothing.
    words = _in_words(text)
    clear = [span for span, values in structured if (error := _error(values)) is not None and error.kind not in VAGUE]
    found += [one for one in words if not any(start <= one.start < end for start, end in clear)]
    # A number beside words is theirs.
    found = sorted(found, key=lambda one: one.start)[-_MOST_ERRORS:]
    said = [one for one in found if one.error.facebook.message]
    found = [one for one in found if one.error.facebook.message or not any(_is_near(other, one) for other in said)]
    return sorted(found, key=lambda one: one.start)


def _last(found: Iterable[_Found]) -> Sequence[_Found]:
    """The last of what was found: more are not told apart."""
    return deque(found, _MOST_ERRORS)


def _is_near(words: FoundError, number: FoundError) -> bool:
    return -_NEAR < words.start - number.start < _NEAR and words.kind not in VAGUE


Span = tuple[int, int]


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


#: What tools call the parts of an error -> Graph API's names.
_NAMES = {
    "message": "message", "error_message": "message", "errormessage": "message", "error_msg": "message",
    "error_description": "message", "errordescription": "message", "msg": "message", "description": "message",
    "code": "code", "error_code": "code", "errorcode": "code",
    "error_subcode": "subcode", "errorsubcode": "subcode", "suberrorcode": "subcode", "subcode": "subcode",
    "sub": "subcode", "sub_code": "subcode",
    "type": "type", "error_type": "type", "errortype": "type",
    "fbtrace_id": "fbtrace_id", "fbtraceid": "fbtrace_id", "trace": "fbtrace_id",
    "error_user_title": "error_user_title", "errorusertitle": "error_user_title",
    "error_user_msg": "error_user_msg", "errorusermsg": "error_user_msg", "errorusermessage": "error_user_msg",
    "is_transient": "is_transient", "istransient": "is_transient",
    "error_reason": "reason", "error": "error",
}  # fmt: skip


def _error(values: Mapping[str, Any]) -> GraphError | None:
    """The error that these values (by Graph API's names) say; None where they say none."""
    raw = dict(values)
    if raw.pop("reason", "") == "user_denied" or raw.get("error") == "access_denied":
        return GraphError("login_cancelled", facebook=read_envelope(raw) or Envelope())
    raw.pop("error", None)
    if "subcode" in raw:
        raw["error_subcode"] = raw.pop("subcode")
    message = raw.get("message")
    if isinstance(message, str):
        # "#190 - TEXT", "[190] TEXT": the number that tools put before a text.
        raw["message"] = message.strip()
    envelope = read_envelope(raw)
    if envelope is None:
        return None
    envelope = _as_of_facebook(envelope)
    if not re.search(r"\w", envelope.message) and envelope.code is None and envelope.subcode is None:
        return None
    error = from_envelope(envelope, 0)
    if error.kind in VAGUE and (said := f"{envelope.user_title} {envelope.user_msg}".strip()):
        # What is meant for the person may say more than what is meant for the developer.
        clearer = from_envelope(replace(envelope, message=said, code=None), 0)
        if clearer.kind not in VAGUE:
            return GraphError(clearer.kind, status=0, facebook=envelope, **error.values)
    return error


def _as_of_facebook(envelope: Envelope) -> Envelope:
    """An envelope whose code is Facebook's, not an HTTP status, and whose subcode is one."""
    code, subcode = envelope.code, envelope.subcode
    in_text = re.match(r"\W*\(?#(\d{1,7})\)", envelope.message)
    if in_text:
        code = int(in_text[1])
    elif code in _STATUSES and not (code == 200 and envelope.type):
        code = None
    if subcode is not None and subcode <= 0:
        subcode = None
    if code is None and subcode in TOKEN_SUBCODES:
        code = 190
    if subcode is None and code in SUBCODES:
        # Where a tool shows one number, it is the one that says more.
        code, subcode = None, code
    return Envelope(
        envelope.message, envelope.type, code, subcode, envelope.user_title, envelope.user_msg, envelope.is_transient,
        envelope.fbtrace_id,
    )  # fmt: skip


# ---------------------------------------------------------------------- JSON
_decoder = json.JSONDecoder(strict=False)


def _in_json(text: str) -> list[tuple[Span, dict[str, Any]]]:
    found: list[tuple[Span, dict[str, Any]]] = []
    position, tries = 0, 0
    while tries < _MOST_TRIES:
        begin = text.find("{", position)
        if begin < 0:
            break
        tries += 1
        try:
            value, end = _decoder.raw_decode(text, begin)
        except (ValueError, RecursionError):
            position = begin + 1
            continue
        found += [((begin, end), error) for error in _errors_of(value)]
        position = end
    return found


def _errors_of(value: Any, depth: int = 0) -> list[dict[str, Any]]:
    """The error objects in a decoded value, also in JSON that stands in its texts."""
    if depth > 8:
        return []
    if isinstance(value, str):
        if "{" not in value or "message" not in value.lower():
            return []
        return [values for _span, values in _in_json(value)]
    if isinstance(value, list):
        return [error for one in value[:200] for error in _errors_of(one, depth + 1)]
    if not isinstance(value, dict):
        return []
    values: dict[str, Any] = {}
    for key, one in value.items():
        name = _NAMES.get(str(key).lower())
        if name is not None and not isinstance(one, dict | list) and not (name == "error" and one is True):
            values.setdefault(name, one)
    inner = [error for one in value.values() for error in _errors_of(one, depth + 1)]
    if inner:
        return inner
    if isinstance(values.get("error"), str) and "message" not in values and values["error"] != "access_denied":
        values["message"] = values["error"]
    says = ("message" in values and isinstance(values["message"], str)) or "subcode" in values
    return [values] if says and (len(values) > 1 or "error" in {str(key).lower() for key in value}) else []


# -------------------------------------------------------------- key and value
_KEY = "|".join(sorted((re.escape(name) for name in _NAMES if name not in {"error"}), key=len, reverse=True))
_PAIR = re.compile(
    rf"(?i)(?<![A-Za-z_])(?P<key>{_KEY})[\]\"'`]{{0,3}}"
    r"(?:[ \t]*(?:=>|[:=])[ \t]*|[ \t]+[-|][ \t]+|\t+)"
    r"(?:\n[ \t]*)?(?:(?:string|int|integer|float|bool)\((?:\d*\)(?=[ \t]*[\"'])[ \t]*)?)?"
    r"(?:\"(?P<double>(?:[^\"\\]|\\.)*)(?:\"|\Z)|'(?P<single>(?:[^'\\\n]|\\.|'(?=\w))*)(?:'|\Z|\n)|(?P<bare>[^\n]*))"
)
#: A code that is named in words: "(code 190, subcode 460)", "code 200 with error_subcode 2534066", "Error 190".
_BARE_NUMBER = re.compile(r"(?i)(?<![A-Za-z_])(?P<key>(?:error[_ ]?)?(?:sub)?code)s?[ \t]*\(?(?P<number>\d{1,7})\b")
#: Numbers that other things have.
_OTHER_CODE = re.compile(
    r"(?i)(?:order|item|product|article|sap|"
    r"exit(?:ed)?(?: with)?|status|zip|promo|country|discount|return|postal|coupon|area|language|qr)[ _-]*$"
)
_NEXT_KEY = re.compile(
    rf"(?i)(?:,|;|\]|\[|\s\||\s/)\s*[\[\"']?(?:{_KEY}|Method|Path|status|statusCode|version)[\]\"']?\s*(?:=>|[:=])"
)


def _in_pairs(text: str) -> list[tuple[Span, dict[str, Any]]]:
    """Errors whose parts stand as names and values, in any order and any program's way of writing them."""
    groups: list[tuple[Span, dict[str, Any]]] = []
    start = end = -1
    values: dict[str, Any] = {}

    def close() -> None:
        if "message" in values or "code" in values or "subcode" in values:
            groups.append(((start, end), dict(values)))

    for begin, stop, name, value in _pairs(text):
        if values and (name in values or begin - end > _NEAR):
            close()
            values.clear()
        if not values:
            start = begin
        values[name], end = value, stop
    close()
    return [group for group in groups if len(group[1]) > 1 or "subcode" in group[1] or "code" in group[1]]


def _pairs(text: str) -> Iterator[tuple[int, int, str, str]]:
    position = 0
    pair, number = _PAIR.search(text), _BARE_NUMBER.search(text)
    while True:
        if pair is not None and pair.start() < position:
            pair = _PAIR.search(text, position)
        if number is not None and number.start() < position:
            number = _BARE_NUMBER.search(text, position)
        if pair is None and number is None:
            return
        if pair is None or (number is not None and number.start() < pair.start()):
            assert number is not None
            position = number.end()
            if _OTHER_CODE.search(text, max(0, number.start() - 20), number.start()):
                continue
            yield number.start(), number.end(), _NAMES[number["key"].lower().replace(" ", "_")], number["number"]
            continue
        name = _NAMES[pair["key"].lower()]
        value, stop = _value(pair, name)
        position = max(stop, pair.end("key") + 1)
        if name == "code" and _OTHER_CODE.search(text, max(0, pair.start() - 20), pair.start()):
            continue
        if value.strip() or name == "message":
            yield pair.start(), stop, name, value.strip()


def _value(pair: re.Match[str], name: str) -> tuple[str, int]:
    """A pair's value and where it ends."""
    for quoted in ("double", "single"):
        if pair[quoted] is not None:
            return _unescaped(pair[quoted]), pair.end()
    bare, begin = pair["bare"], pair.start("bare")
    if name != "message":
        match = re.match(r"[\[({]?\s*(-?[\w.]+)", bare)
        return (match[1] if match else "", begin + (match.end() if match else 0))
    following = _NEXT_KEY.search(bare)
    if following:
        bare = bare[: following.start()]
    value = bare.rstrip(" ,;")
    while value.endswith((")", "]", "}")) and value.count(_OPENS[value[-1]]) < value.count(value[-1]):
        value = value[:-1].rstrip(" ,;")
    return value, begin + len(bare)


_OPENS = {")": "(", "]": "[", "}": "{"}


# ------------------------------------------------------------------- addresses
_ADDRESS = re.compile(
    r"(?:^|[?#&\s\"'=:\[(])((?:error|error_code|error_message|error_description|error_reason)=[^\s\"'<>]+)",
    re.MULTILINE,
)


def _in_address(text: str) -> list[tuple[Span, dict[str, Any]]]:
    """Errors in the address that a login came back to."""
    found = []
    for match in _ADDRESS.finditer(text):
        pairs = parse_qsl(match[1].split("#_=_")[0].replace("#", "&"))
        values: dict[str, Any] = {}
        for key, value in pairs:
            if (name := _NAMES.get(key.lower())) is not None:
                decoded = value if "%" not in value else unquote_plus(unquote_plus(value))
                values.setdefault(name, decoded)
        if values:
            found.append((match.span(1), values))
    return found


_HEADER = re.compile(r'OAuth\s+"Facebook Platform"\s+"(?P<type>[\w ]*)"\s+"(?P<message>[^"\n]*)')


def _in_header(text: str) -> list[tuple[Span, dict[str, Any]]]:
    return [(match.span(), {"message": match["message"]}) for match in _HEADER.finditer(text)]


# ----------------------------------------------------------------------- words
#: "(#190) TEXT", "API Error 190: TEXT", "#190.2 - TEXT", "Error 400 : TEXT (Code 190)", "[190 TEXT]".
_NUMBERED = (
    re.compile(r"\(#(?P<code>\d{1,7})\)\s*(?P<message>(?:(?!\s\(#\d)[^\n])*(?:\\[ \t]*\n(?:(?!\s\(#\d)[^\n])*)*)"),
    re.compile(
        r"(?i)\b(?:API|Facebook|OAuth|Graph)\s*Error:?\s*#?\(?(?P<code>\d{1,7})\)?(?:/(?P<subcode>\d+))?\s*[:\-–—]\s*(?P<message>[^\n]+)"
    ),
    re.compile(r"(?m)(?:^|\s)#(?P<code>\d{1,7})(?:\.\d+)?\s*[-–—:]\s*(?P<message>[^\n]+)"),
    re.compile(r"(?i)\bError(?: code)?:?\s+#?(?P<code>\d{2,7})\s*[:\-–—]\s*(?P<message>[^\n]+)"),
    re.compile(r"\[(?P<code>\d{1,7})\s+(?P<message>[A-Z][^\]\n]+)"),
)
_CODE_AFTER = re.compile(
    r"(?i)\(?\bcode[ :=#]*(?P<code>\d{1,7})\b(?:,?\s*(?:sub|error_sub)code[ :=]*(?P<subcode>\d+))?"
)
#: A dead token's two numbers beside each other, whatever the words are: "(190/463)", "Fehlercode 190, Untercode 463".
_TOGETHER = re.compile(
    r"(?i)(?:err\w*|fehl\w*|exception|facebook|c[óo]d\w*|kod\w*|код\w*|エラー|コード|#|[(\[])[^\w\n]{0,3}(?P<code>190)"
    r"[^\w\n]{1,3}(?:[^\W\d_]{2,12}[^\w\n]{1,3})?(?P<subcode>4[56]\d|49[023])(?!\d)"
)
_DIALOG_CODE = re.compile(r"(?<!\d)(13\d{5})(?!\d)")


def _in_words(text: str) -> list[FoundError]:
    """Errors that stand in words, with a number before, after, or none."""
    found: list[FoundError] = []
    taken: list[Span] = []
    for pattern in _NUMBERED:
        for match in _last(pattern.finditer(text)):
            if any(_overlap(match.span(), span) for span in taken):
                continue
            values: dict[str, Any] = {name: value for name, value in match.groupdict().items() if value}
            values.setdefault("message", "")
            after = _CODE_AFTER.search(values["message"])
            if after:
                values.update({name: value for name, value in after.groupdict().items() if value})
            values["message"] = re.sub(r"\\?\s*\n\s*|\s\\\s", " ", values["message"])
            # Where it stands in JSON or HTML, what follows is not its words any more.
            values["message"] = re.split(r"\\*\"\s*[,}]|</?[a-zA-Z]", values["message"], maxsplit=1)[0]
            if pattern is _NUMBERED[0]:
                values["message"] = f"(#{values['code']}) {values['message']}"
            error = _error(values)
            if error is not None:
                found.append(FoundError(match.start(), error))
                if error.kind not in VAGUE:
                    taken.append(match.span())
    for match in _last(_TOGETHER.finditer(text)):
        error = _error(
            {**match.groupdict(), "message": text[text.rfind("\n", 0, match.start()) + 1 :][:300].split("\n")[0]}
        )
        if error is not None and not any(_overlap(match.span(), span) for span in taken):
            found.append(FoundError(match.start(), error))
            taken.append(match.span())
    for start, end, message in _last(_known_words(text)):
        if any(_overlap((start, end), span) for span in taken):
            continue
        code = _CODE_AFTER.search(text, max(0, start - 200), end + 200)
        dialog = _DIALOG_CODE.search(text, max(0, start - 200), end + 300)
        values = {"message": message}
        if dialog:
            values["code"] = dialog[1]
        elif code:
            values.update({name: value for name, value in code.groupdict().items() if value})
        error = _error(values)
        if error is not None and error.kind != "facebook_said":
            found.append(FoundError(start, error))
            taken.append((start, end))
    if not found and (dialog := _DIALOG_CODE.search(text)):
        error = _error({"code": dialog[1], "message": text[:300]})
        if error is not None and error.kind != "facebook_said":
            found.append(FoundError(dialog.start(), error))
    return found


def _known_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a text is that means something wherever it stands, with the line it stands in."""
    # Line breaks and typographic signs are as good as blanks and plain ones; lengths stay.
    plain = re.sub(r"\s", " ", unify_signs(text))
    if len(plain) != len(text):
        plain = re.sub(r"\s", " ", text)
    for one in TEXTS:
        for match in _last(one.pattern.finditer(plain)):
            start = max(text.rfind("\n", 0, match.start()) + 1, match.start() - 300)
            end = text.find("\n", match.end())
            yield match.start(), match.end(), " ".join(plain[start : end if end >= 0 else len(plain)][:700].split())
