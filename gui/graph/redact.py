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
_WORD = r"(?:[A-Z]?[a-z]+|[a-z]+(?:_[a-z]+)+)(?![A-Za-z0-9_\-])"
_RUN = rf"[A-Za-z0-9_\-]+(?:{_SPACE}(?!{_WORD})[A-Za-z0-9_\-]{{8,}})*"
#: Where a word begins, also right after a percent-encoded character.
_START = r"(?:(?<![A-Za-z0-9_])|(?<=%[0-9A-Fa-f]{2})|(?<=%25[0-9A-Fa-f]{2}))"
_PATTERNS = (
    re.compile(
        rf"(?i){_START}({_NAMES})"
        rf"((?:%(?:25)?2[27]|[\"'])?{_SPACE}"
        rf"(?:=>?|%(?:25)?3D|:{_SPACE}(?=[\"'])|%(?:25)?3A{_SPACE}(?=%(?:25)?2[27])|:(?={_SPACE}[^\s]{{16}}))"
        rf"{_SPACE}(?:%(?:25)?2[27]|[\"'])?)"
        rf"([^&#\"'\s]+(?:{_SPACE}[A-Za-z0-9_\-]{{24,}})*)"
    ),
    re.compile(rf"{_START}(?:E{_SPACE}A{_SPACE}A|CAA|AAA){_SPACE}{_RUN}"),
    re.compile(rf"{_START}\d{{5,20}}(?:\||%(?:25)?7[Cc]|\\u00257C|\\u007[Cc]){_RUN}"),
    re.compile(rf"(?i){_START}[0-9a-f]{{32,}}(?![A-Za-z0-9])"),
    # A long name in capitals, or in small letters and underscores, is a constant or a field of some program.
    re.compile(rf"{_START}(?!(?:[A-Z_]+|[a-z]+(?:_[a-z]+)+)(?![A-Za-z0-9_\-]))[A-Za-z0-9_\-]{{48,}}"),
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
#: What stands for a code where there is none, and the codes of programs: ERR_BAD_REQUEST.
_NO_CODE = re.compile(r"(?:null|None|undefined|ERR_[A-Z_]+|ECONN[A-Z]+|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)\b")


def _named(match: re.Match[str]) -> str:
    """What stands for a named secret: its name, and no more of it."""
    name, between, value = match.groups()
    number = (_NUMBER.match(value) or _NO_CODE.match(value)) if name.lower() == "code" else None
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


# ------------------------------------------------------- what a person pastes
#: Colors and titles of a terminal, and signs that have no width: they part a secret, and say nothing.
_UNSEEN = re.compile(
    r"\x1b\[[0-9;]*[A-Za-z]|\x1b\][^\x07\x1b]{0,200}(?:\x07|\x1b\\)|"
    r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]|"
    r"(?i:%E2%80%8[B-F]|%EF%BB%BF|&(?:shy|zwnj|zwj|lrm|rlm|[#](?:8203|x200b));|<wbr\s?/?>|\\u(?:00ad|200[b-f]|feff))"
)
#: Other line breaks than a text's own.
_BREAKS = re.compile(r"[\x0b\x0c\x85\u2028\u2029]|\r(?!\n)")
#: Letters and digits that are written as codes though they need none (RFC 3986, 6.2.2.2), or as HTML numbers.
_NEEDLESS = re.compile(r"(?i)%(?:25)*(3[0-9]|[46][1-9a-f]|[57][0-9a]|5f|2d)|&#(?:x([0-9a-f]{2})|0*([0-9]{2,3}));")
#: Letters and digits as wide as Chinese ones.
_WIDE = str.maketrans({code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
_PASSWORD_NAMES = (
    r"(?:pass(?:word|wd|phrase|code)?|pwd|(?<![a-z])pw|passwort|kennwort|contraseña|mot[ _]de[ _]passe|mdp|senha|"
    r"wachtwoord|heslo|hasło|parola|пароль|密码|密碼|パスワード|비밀번호|كلمة المرور|verify[_ ]?token|"
    r"api[_\- ]?key|secret[_\- ]?key|geheimcode|"
    r"private[_\- ]?key|(?:app|client)[_\- ]?secret|webhook[_\- ]?secret|credentials?|encpass|(?<![a-z])pin|"
    r"(?<![a-z])otp|nonce|(?:php|j)?sess(?:ion)?id|(?<![a-z])sid|wordpress_logged_in\w*|webhook verify word)"
    r"(?:\[\w*\])?"
)
#: Names of what has the look of a token: behind them a word stays.
_TOKEN_NAMES = (
    r"(?:[\w\-]{0,30}token|bearer|zugriffsschlüssel|jeton d.accès|токен|маркер|signature|(?<![a-z])sig|"
    r"(?<![a-z])state)"
)
_QUOTE = r"(?:[\\\"'`\])]|&quot;|&#0?3[49];|%22|%27)"
_BETWEEN = (
    rf"({_QUOTE}{{0,4}}\s{{0,3}}(?:=>|[=:＝：>]|%3[AaDd]|\|(?=\s)|"
    r"</t[dh]>\s{0,3}<t[dh]>|\((?=[\"'])|,(?=\s?[\"'])|,?\s?value\s?=|;(?=s:))\s{0,3}"
    r"(?:s:\d+:|string\(\d+\)\s?)?(?:&quot;|&#0?3[49];|%22|%27)?)"
)
_VALUE = r"(?:\\*([\"'])(?:(?!\3)[^\n]){1,200}?\3|[^\s\"'&<>,;]{1,200})"
#: Letters with digits, or of both sizes, among each other: no word of a language.
_MIXED = (
    r"(?:(?=[A-Za-z_\-]{0,40}\d)(?=[\d_\-]{0,40}[A-Za-z])|(?=[A-Za-z_\-]{0,40}(?:[a-z][A-Z]|[A-Z]{2}[a-z])))"
    r"[A-Za-z0-9_\-]"
)
#: What is said of a password, and is none.
_NO_PASSWORD = (
    r"(?!(?:in(?:correct|valid)|wrong|requi|expir|miss|empty|too|not|chang|need|used?|sent|set|reset|weak|short|long|"
    r"known|kept|stored|correct|falsch|ungültig|abgelaufen|geändert|nicht|the|an?|your|their|his|her|or|and)\b)"
)
_PASTED = (
    re.compile(rf"(?i)({_PASSWORD_NAMES}){_BETWEEN}{_VALUE}"),
    re.compile(rf"(?i)({_TOKEN_NAMES}){_BETWEEN}()\\*[\"']?(?-i:{_MIXED}){{8,}}[^\s\"'&<>,;]{{0,200}}"),
    re.compile(rf"(?i)({_TOKEN_NAMES})(=)()[a-z0-9_\-]{{12,}}"),
    re.compile(
        rf"(?i)({_PASSWORD_NAMES})(\s+(?:is|ist|lautet|es|est|è)\s*:?\s+)(){_NO_PASSWORD}[^\s\"'&<>,;]{{6,200}}"
    ),
    re.compile(
        rf"(?i)({_PASSWORD_NAMES})([ \t]+)()"
        rf"(?:(?=[^\s]*\d)(?=[^\s]*[^\W\d_])[^\s\"'&<>,;(]{{6,200}}|(?-i:{_MIXED}){{8,}})"
    ),
    re.compile(rf"(?im)^(\W{{0,5}}(?:\w+[ \-])?{_PASSWORD_NAMES}\W{{0,3}})(\n\W{{0,5}})()[^\s\"']{{6,200}}[ \t]*$"),
    re.compile(
        rf"(?i)(\b(?:bearer|token)s?)([ \t]+)()"
        rf"(?:(?=[^\s]*\d)(?=[^\s]*[A-Za-z])[A-Za-z0-9_\-!.|]{{8,}}|(?-i:{_MIXED}){{8,}})"
    ),
    re.compile(r"(?i)(\bbearer)([: \t]+)()(?!auth)[A-Za-z0-9_\-]{12,}"),
    re.compile(r"(?i)(\bsha(?:1|256))(=)()[^\s\"'&<>,;]{8,}"),
    re.compile(r"(?i)(\blogin\W{1,3}\S{1,60})( / )()\S{6,200}"),
    re.compile(
        r"(?i)(--(?:password|passwd|pass|pwd|token|secret|user|cookie)|\s-u|\s-b(?= ['\"]?[^\s=]{1,60}=))([ =]+)()"
        r"(?:'[^'\n]{1,200}'|\"[^\"\n]{1,200}\"|\S+)"
    ),
    re.compile(r"(?i)((?:proxy-)?authorization)([\"']?\s{0,3}(?:=>|[:=])\s{0,3}[\"']?digest\s+)()[^\n]+"),
    re.compile(
        r"(?i)((?:proxy-)?authorization)([\"']?\s{0,3}(?:=>|[:=]|%3A)(?:\s|%20){0,3}[\"']?"
        r"(?:(?:basic|bearer|oauth|token)(?:\s|%20)+)?)()[^\s\"']+"
    ),
    re.compile(r"(?i)\b((?:set-)?cookies?)([\"']?\s{0,3}(?:=>|:|=)\s{0,3}\[?\s?[\"']?)()[^\n\"'\]}]+"),
    re.compile(r"(?i)(\bsshpass\b[^\n]{0,40}?\s)(-p\s?)()\S+"),
    re.compile(r"(?i)(\bidentified by)(\s+)()(?:'[^'\n]{1,200}'|\"[^\"\n]{1,200}\")"),
    re.compile(r"(?<![A-Za-z0-9_])(xs|datr|sb|fr|sessionid)(=)()[^\s;&]{6,}"),
    re.compile(r"(://)([^\s/:@]{0,80}:)()[^\s@]{1,200}(?=@)"),
    re.compile(r"(?i)(%3A%2F%2F)([^\s/:@%]{0,80}%3A)()[^\s@]{1,200}?(?=%40)"),
    re.compile(r"(\bmysql\b[^\n]{0,80}?\s)(-p)()\S+"),
)
#: An app's own token: its ID, a line, its secret.
_APP_TOKEN = re.compile(r"(?<!\d)\d{5,20}\s?(?:\||&#124;|&vert;)\s?[A-Za-z0-9_\-]{8,}")
#: A run that could be a secret or a part of one; a name, a date or an ID of Facebook's could not.
_LONG_WORD = re.compile(
    rf"{_START}(?<!%)(?<!%.)(?<!%25)(?<!%25.)(?:[A-Za-z0-9_\-]{{12,}}|(?:IGQ|IGA|THA|eyJ)[A-Za-z0-9_\-]{{5,}})={{0,2}}"
)
_HARMLESS = re.compile(
    r"(?:act_|t_|page_|id_|user_)?\d[\d_\-]*|\d{4}-\d\d-\d\dT\d\d\S*|"
    r"[_\-]*(?:[A-Za-z]+v?\d{0,3}(?:[_\-]+[A-Za-z]*v?\d{0,3})*)?"
)
_TRACE = re.compile(r"(?i)(?:fb)?_?trace_?id[\\\"'\]]*\s*(?:=>|[:=])?\s*[\\\"']*$")
#: No trace's ID is longer (characters).
_LONGEST_TRACE = 27
_LOG_PREFIX = (
    r"(?:[\w.\-]{1,40} )?[\w.\-]{1,40}\[[\w.]+\]:\s|\d{4}-\d\d-\d\d[T ][\d:.,]+Z?\s(?:[A-Z]{2,8}\s)?|"
    r"[\w\-]{1,40}\s{1,3}\|\s|(?:pod/)?[\w\-/]{1,60} \w{1,20} |//\s?"
)
#: The pieces of a secret that was folded: the next line's beginning, behind a log's or a program's own signs.
_FOLDED = re.compile(
    rf"([\\\"'=.+|│ \t]{{0,6}}\r?\n(?:[ \t>|│\u00a0#*]|{_LOG_PREFIX}|[\"'])*|[\"'][ \t]*[.+][ \t]*[\"']|"
    r"</?\w{1,8}\s?/?>(?:\s?</?\w{1,8}>)?|\*\*|[+·•]|(?:%0[AaDd])+|%20|\\u00a0|)"
    r"\.?([A-Za-z0-9_\-]{4,})"
)
#: A piece that is only a blank apart is one where it is no word.
_APART = re.compile(rf"([ \u00a0]|\n)({_MIXED}{{4,}})")
#: Three such words one after the other are one that was parted.
_PARTED = re.compile(rf"(?<![\w\-])(?:{_MIXED}{{7,12}}(?:[ \u00a0]|\r?\n[ \t>]*)){{2,}}{_MIXED}{{2,12}}(?![\w\-])")
#: What stands before a piece that is gone, with what parts a folded secret between them.
_BEFORE = re.compile(
    rf"(?<![\w\-]){_MIXED}{{8,}}((?:[\\\"'=.+|│ \t]{{0,6}}\r?\n[ \t>|│#*\"']*|"
    r"</?\w{1,8}>(?:\s?</?\w{1,8}>)?|\*\*|[+·])(?=•••))"
)
_LETTERS_APART = re.compile(r"(?<![A-Za-z0-9])(?:[A-Za-z0-9] ){11,}[A-Za-z0-9](?![A-Za-z0-9])")
_PLAIN_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d{1,7}")


def _needed(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else int(match[2], 16) if match[2] else int(match[3])
    character = chr(code)
    return character if character.isascii() and (character.isalnum() or character in "_-") else match[0]


def _is_mixed(word: str) -> bool:
    """Whether a word's letters change their size as no name's do."""
    return 4 * len(re.findall(r"[a-z][A-Z]", word)) >= len(word) - 2 and len(word) >= 12


def redact_pasted(text: str) -> str:
    """`text` of a tool with all in it replaced by ••• that is, or could be a part of, a token, a secret or a password.

    It takes more than `redact`: here nothing says what a secret looks like, where it was cut and how it was folded.
    """
    text = _BREAKS.sub("\n", _UNSEEN.sub("", text)).translate(_WIDE)
    text = _LETTERS_APART.sub("•••", _NEEDLESS.sub(_needed, text))
    text = _APP_TOKEN.sub("•••", text)
    for pattern in _PASTED:
        text = pattern.sub(r"\1\2•••", text)
    text = redact(text)

    def long_word(match: re.Match[str]) -> str:
        word = match[0].rstrip("=")
        is_harmless = _HARMLESS.fullmatch(word) is not None and not _is_mixed(word)
        if not is_harmless and len(word) <= _LONGEST_TRACE:
            is_harmless = _TRACE.search(text, max(0, match.start() - 30), match.start()) is not None
        return match[0] if is_harmless else "•••"

    before, text = "", _PARTED.sub("•••", _LONG_WORD.sub(long_word, text))
    while text != before:
        # A log's own signs before a piece that is gone may be a piece, too.
        before, text = text, _BEFORE.sub(r"•••\1", _without_folds(text))
    return text


def _without_folds(text: str) -> str:
    """`text` without the pieces that follow on what was taken out, one after the other, as far as they go."""
    parts, position = [], 0
    while (mark := text.find("•••", position)) >= 0:
        parts.append(text[position : mark + 3])
        position = mark + 3
        while (match := _FOLDED.match(text, position) or _APART.match(text, position)) is not None:
            if _PLAIN_WORD.fullmatch(match[2]):
                break
            parts.append(f"{match[1]}•••")
            position = match.end()
    return "".join((*parts, text[position:]))
