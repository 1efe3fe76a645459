"""What a person types or pastes, made into what was meant; blanks, quotes, line breaks and addresses are forgiven."""

import re
import unicodedata
from urllib.parse import parse_qs, unquote, urlsplit

from gui.errors import UserError
from gui.files.text_rows import unfold
from gui.files.token_pieces import goes_on, is_piece, without_invisible
from gui.graph.token_form import Form, find_texts, form_of
from gui.i18n import _, number
from gui.text import INVISIBLE
from gui.values import Secret

#: More than any token or address; a larger paste is a file, not a token (characters).
LONGEST = 20_000
_QUOTES = "\"'`“”‘’«»<>,;"


def bare(text: str) -> str:
    """`text` without blanks, line breaks, quotes and invisible characters around and in it."""
    return re.sub(r"\s+", "", text[:LONGEST].translate(INVISIBLE)).strip(_QUOTES)


def app_id_hint(text: str) -> str:
    """What is wrong with a typed App ID; empty when it is right or still empty."""
    value = bare(text)
    if not value:
        return ""
    if re.fullmatch(r"[0-9a-fA-F]{32}", value):
        return _("This is an App secret. The App ID is the number next to it, higher up in the same view.")
    if not value.isascii() or not value.isdecimal():
        return _("An App ID has digits only.")
    if not 5 <= len(value) <= 20:
        return _("An App ID has 15 to 17 digits; this has {count}.", count=len(value))
    return ""


def app_secret_hint(text: str) -> str:
    """What is wrong with a typed App secret; empty when it is right or still empty."""
    value = bare(text)
    if not value:
        return ""
    if value.startswith(("EAA", "CAA")):
        return _("This is a token. The App secret is in the App Dashboard under App settings, Basic.")
    if "|" in value:
        return _("This is an app token. Only the part after the bar is the App secret.")
    if value.isdecimal() and len(value) < 32:
        return _("This is a number, perhaps the App ID. The App secret has 32 digits and letters from a to f.")
    if not re.fullmatch(r"[0-9a-fA-F]*", value):
        return _("An App secret has only digits and letters from a to f.")
    if len(value) != 32:
        return _("An App secret has 32 characters; this has {count}.", count=len(value))
    return ""


_TOKEN_PARAMETER = re.compile(
    r"(?:access_token|fb_exchange_token|input_token)[\"']?\s*(?:=|:|%3D)\s*[\"']?([^&\"'#}\s]+)"
)
_AUTHORIZATION = re.compile(r"(?i)^(?:authorization:\s*)?(?:bearer|oauth)\s+")


def parse_token(text: str, *, app_tokens: bool = False) -> Secret:
    """The token in what was pasted: bare, quoted, folded, NAME=token, in an address, a header or a JSON answer.

    `app_tokens` where an app token is welcome. Raises UserError that names what else it is; "paste_unlike_token" for a
    text that may be a token all the same, which `said_to_be_token` takes.
    """
    if len(text) > LONGEST:
        raise UserError("paste_too_long")
    text = _joined_pieces(unfold(without_invisible(text)).strip())
    if not text:
        raise UserError("paste_nothing")
    found, others = find_texts(text)
    tokens = list(dict.fromkeys(text[one.start : one.end] for one in found))
    if len(tokens) > 1:
        raise UserError("paste_several", name=number(len(tokens)))
    if tokens:
        return Secret(tokens[0])
    value = _bare_value(text)
    if not value:
        raise UserError("paste_nothing")
    form = form_of(value)
    if form is Form.TOKEN or (form is Form.APP_TOKEN and app_tokens):
        return Secret(value)
    forms = {form, *(one.form for one in others)}
    if re.search(r"(?<![A-Za-z0-9|])[0-9a-fA-F]{32}(?![A-Za-z0-9])", text):
        forms.add(Form.APP_SECRET)
    for form, kind in _NAMED_FORMS.items():
        if form in forms:
            raise UserError(kind)
    raise UserError("paste_unlike_token" if _MAY_BE_TOKEN.fullmatch(value) else "paste_not_token")


def said_to_be_token(pasted: Secret) -> Secret:
    """The value in a pasted text of which the person said that it is a Facebook token.

    Raises UserError for what is known to be something else, whoever says so.
    """
    text = pasted.reveal()
    try:
        return parse_token(text)
    except UserError as error:
        if error.kind != "paste_unlike_token":
            raise
    return Secret(_bare_value(without_invisible(text)))


_MAY_BE_TOKEN = re.compile(r"[A-Za-z0-9_\-|.+/=:~]{16,5000}")


def _bare_value(text: str) -> str:
    match = _TOKEN_PARAMETER.search(text)
    value = unquote(match.group(1) if match else _AUTHORIZATION.sub("", text.strip())).strip().strip(_QUOTES)
    # Words are no value: put together they could look like one.
    return value if not re.search(r"\s", value) else f"{value[:1]} "


def _joined_pieces(text: str) -> str:
    """The text without the blanks and line breaks that stand within one long value, as a narrow window folds it.

    Only where it is all one value: what stands after a whole token is not its own.
    """
    pieces = text.split()
    begins = bool(pieces) and re.search(r"(?:^|[=:\"'])EAA[A-Za-z0-9]{5,}\Z", pieces[0]) is not None
    if len(pieces) < 2 or not begins or len(pieces[0]) > _LONGEST_PIECE:
        return text
    if re.search(r"EAAA[A-Za-z0-9]{60,64}\Z", pieces[0]):
        # Whole as it is: another program's.
        return text
    last = pieces[-1].rstrip("\"',;&")
    token = pieces[0][pieces[0].index("EAA") :]
    for piece in (*pieces[1:-1], last):
        if not is_piece(piece) or not goes_on(token, piece):
            return text
        token += piece
    return "".join(pieces) if len(token) >= 150 else text


#: A token is longer than any piece of a folded one (characters).
_LONGEST_PIECE = 185


#: What is named as what it is, with its sentence; none of it is sent.
_NAMED_FORMS = {
    Form.APP_SECRET: "paste_app_secret",
    Form.INSTAGRAM: "paste_instagram",
    Form.THREADS: "paste_threads",
    Form.APP_TOKEN: "paste_app_token",
}


def parse_redirect_address(text: str) -> Secret:
    """The address that a login ended on, as pasted from a browser's address bar."""
    if len(text) > LONGEST:
        raise UserError("paste_too_long")
    value = bare(text)
    if not value:
        raise UserError("paste_nothing")
    if not re.search(r"(?:access_token|code|error)=", value):
        raise UserError("paste_no_answer")
    return Secret(value if "://" in value else "https://" + value)


_PAGE_ID = re.compile(r"(?:-|^)(\d{5,20})$")
_NOT_A_NAME = {
    "pages",
    "pg",
    "profile",
    "profile.php",
    "p",
    "people",
    "watch",
    "groups",
    "events",
    "photo",
    "photo.php",
    "posts",
    "permalink.php",
    "story.php",
    "share",
    "business",
    "latest",
    "home",
    "settings",
    "t",
    "reel",
    "videos",
    "stories",
    "login",
    "login.php",
    "l.php",
    "asset_id",
    "asset",
    "accounts",
    "me",
}


def parse_page_reference(text: str) -> str:
    """The Page ID or username in what was pasted: an ID, an address, or any link to the Page.

    Raises UserError for what names no Page, such as a link for sharing, and for what is no reference at all.
    """
    text = unicodedata.normalize("NFKC", text[:LONGEST])
    address = re.search(r"https?://\S+", text)
    # A name or a sentence may stand before the address.
    value = bare(address[0] if address else text)
    if not value:
        raise UserError("page_nothing_typed")
    named = re.fullmatch(r"(?:fb://(?:page|profile)/|(?:page)?_?id[:=#]?)?(\d{5,20})(?:_\d+)?", value, re.IGNORECASE)
    if named:
        return named.group(1)
    if value.isascii() and value.isdecimal() and 5 <= len(value) <= 20:
        return value
    if _looks_secret(value):
        raise UserError("page_is_secret")
    if re.fullmatch(r"@?[A-Za-z0-9.]{3,50}", value) and "." not in value.removeprefix("@")[-4:]:
        return value.removeprefix("@")
    return _page_of_address(value, 0)


def _looks_secret(value: str) -> bool:
    """Whether a typed text is a token or a key rather than the name of a Page: those have no such mix of digits."""
    if form_of(value) is not Form.OTHER or find_texts(value)[0]:
        return True
    return bool(re.fullmatch(r"[A-Za-z0-9]{28,}", value)) and len(re.findall(r"\d+", value)) > 2


def _page_of_address(value: str, depth: int) -> str:
    try:
        parts = urlsplit(value if "://" in value else f"https://{value}")
        host = (parts.hostname or "").lower()
    except ValueError:
        raise UserError("page_address_unclear") from None
    if not any(host == domain or host.endswith(f".{domain}") for domain in _HOSTS):
        raise UserError("page_address_unclear")
    query = parse_qs(parts.query) | parse_qs(parts.fragment)
    for key in (
        "id",
        "page_id",
        "asset_id",
        "selected_asset_id",
        "selected_page_id",
        "pageid",
        "view_all_page_id",
        "profile_id",
    ):
        if _ID.fullmatch(query.get(key, [""])[0]):
            return query[key][0]
    path = parts.fragment.removeprefix("!") if parts.fragment.startswith("!/") else parts.path
    names = [name.rstrip(".") for name in unquote(path).split("/") if name.strip(".")]
    if host.startswith("graph.") and names and re.fullmatch(r"v\d+\.\d+", names[0]):
        names = names[1:]
    # An address that leads to another one, as after a login or a warning.
    for key in ("next", "u", "href", "redirect_uri", "continue"):
        target = query.get(key, [""])[0]
        if target and depth < 3:
            inner = target if "://" in target else f"https://www.facebook.com/{target.lstrip('/')}"
            return _page_of_address(inner, depth + 1)
    if names and names[0].lower() in {"share", "sharer", "sharer.php", "dialog"}:
        raise UserError("page_share_link")
    if host == "fb.watch" or (host in {"fb.me", "m.me"} and names and names[0].lower() in _SHORT_LINKS):
        raise UserError("page_share_link")
    if names and names[0].lower() in {"pages", "pg", "people", "p"}:
        names = sorted(names, key=lambda name: not _PAGE_ID.search(name))
    is_tool = names and host.startswith("business.") and names[0].lower() in _TOOLS
    has_names = not (is_tool or host.startswith(("adsmanager.", "developers.")))
    for name in names:
        if name.lower() in _NO_PAGES:
            break
        if _looks_secret(name):
            raise UserError("page_is_secret")
        if match := _PAGE_ID.search(name):
            return match.group(1)
        if has_names and name.lower() not in _NOT_A_NAME and re.fullmatch(r"[A-Za-z0-9.]{3,50}", name):
            return name
    raise UserError("page_address_unclear")


_ID = re.compile(r"\d{5,20}")
#: What stands behind these is something else than a Page.
_NO_PAGES = frozenset(
    {"groups", "events", "reel", "hashtag", "marketplace", "gaming", "media", "apps", "ads", "messages", "help"}
)
#: Links to events, chats and groups.
_SHORT_LINKS = frozenset({"e", "ch", "g", "p", "s", "j"})
#: Facebook's own tools: a Page stands in their addresses by its ID alone.
_TOOLS = frozenset(
    {"settings", "latest", "overview", "adsmanager", "events_manager", "events_manager2", "commerce", "creatorstudio"}
)
#: Where Pages are addressed; fb.me and m.me lead to a Page by its name or ID.
_HOSTS = ("facebook.com", "fb.com", "fb.me", "m.me", "messenger.com", "fb.watch")
