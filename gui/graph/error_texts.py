"""What Facebook's codes, subcodes and texts mean, each by the kind that names its sentence in `resources/errors.toml`.

Codes and subcodes are the only sure marks: Facebook writes its texts in the person's language. A 190, 200, 10 or 100
alone decides nothing, so there the text is read. Sources: Handle Errors; Pages API Error Codes; Manually Build a Login
Flow; texts as recorded, and as people quote them.
"""

import re
from collections.abc import Iterable
from html import unescape
from typing import NamedTuple

from gui.text import unify_signs

#: Codes that mean "too many calls": wait, do not hammer (Rate Limits).
LIMITS = frozenset({4, 17, 32, 341, 613, *range(80000, 80015)})

#: 190's subcodes.
TOKEN_SUBCODES = {
    458: "app_removed",
    459: "checkpoint",
    460: "password_changed",
    463: "token_expired",
    464: "unconfirmed_account",
    466: "session_ended",
    467: "logged_out",
    490: "checkpoint",
    492: "role_lost",
    493: "token_expired",
    2069032: "page_token_needed",
}
#: Subcodes that say all whatever the code is.
SUBCODES = {
    2853006: "permission_missing",
    2069030: "page_not_offered",
    2069031: "page_not_offered",
    36006: "code_malformed",
    36007: "code_expired",
    36008: "code_redirect_differs",
    36009: "code_spent",
    # Messages.
    2018001: "reader_of_other_page",
    2018065: "outside_message_window",
    2018278: "outside_message_window",
    2534022: "outside_message_window",
    2534041: "instagram_messages_off",
    2534066: "permission_missing",
    1893050: "page_messages_off",
    2018047: "media_refused",
    2018074: "media_refused",
    2018048: "reader_unavailable",
    2018108: "reader_unavailable",
    2018218: "reader_unavailable",
    1893015: "reader_unavailable",
    1545041: "reader_unavailable",
    2018164: "call_wrong",
    2018247: "permission_missing",
    2018300: "conversation_held",
    2534037: "conversation_held",
    2018344: "terms_not_accepted",
    2534014: "reader_of_other_page",
    1893063: "page_barred",
    2534029: "page_barred",
    1404170: "page_barred",
    # Publishing, and the checks before it.
    1404078: "publishing_not_authorized",
    4854002: "identity_check",
    1404006: "identity_check",
    1404112: "account_limited",
    1390008: "posting_paused",
    1346003: "posting_paused",
    1404102: "posting_paused",
    1366051: "duplicate_post",
    1455006: "duplicate_post",
    # Instagram.
    2108006: "post_before_conversion",
    2534013: "instagram_not_linked",
    2534077: "instagram_not_linked",
    2207001: "facebook_down",
    2207032: "facebook_down",
    2207053: "facebook_down",
    2207003: "media_refused",
    2207004: "media_refused",
    2207005: "media_refused",
    2207009: "media_refused",
    2207010: "media_refused",
    2207018: "media_refused",
    2207026: "media_refused",
    2207028: "media_refused",
    2207052: "media_refused",
    2207006: "permission_missing",
    2207008: "media_not_ready",
    2207020: "media_not_ready",
    2207027: "media_not_ready",
    2207034: "limit",
    2207045: "call_wrong",
    2207051: "posting_paused",
    2207042: "instagram_posts_used_up",
    2207050: "instagram_restricted",
}
CODES = {
    2: "facebook_down",
    3: "app_lacks_capability",
    12: "tool_outdated",
    25: "instagram_restricted",
    101: "app_unknown",
    102: "session_ended",
    104: "no_token_sent",
    191: "call_wrong",
    326: "checkpoint",
    352: "media_refused",
    368: "blocked_for_misuse",
    415: "two_factor_needed",
    459: "checkpoint",
    483: "checkpoint",
    506: "duplicate_post",
    551: "reader_unavailable",
    803: "name_not_number",
    2200: "callback_failed",
    2500: "query_wrong",
    2635: "tool_outdated",
    2642: "cursor_stale",
    2022: "page_barred",
    9004: "media_refused",
    10904: "page_messages_off",
    36000: "media_refused",
    36001: "media_refused",
    36003: "media_refused",
    36004: "media_refused",
    36103: "instagram_not_professional",
    # Of the login dialog.
    1349126: "app_in_development",
    1349048: "redirect_not_listed",
    1349168: "redirect_not_listed",
    1349186: "app_without_page_permissions",
    1349220: "login_unavailable",
    1349245: "tester_not_accepted",
}


#: The login dialog's numbers begin here; they say all whatever the words are.
FIRST_OF_THE_DIALOG = 1_349_000


class Text(NamedTuple):
    """A pattern of a text, without regard to case, and what it means; `codes`: with these alone, or with none."""

    pattern: re.Pattern[str]
    kind: str
    codes: frozenset[int] = frozenset()


def _text(pattern: str, kind: str, *codes: int) -> Text:
    return Text(re.compile(pattern, re.IGNORECASE), kind, frozenset(codes))


#: Fields of a Page: who asks for them with a User token, asks the person.
_PAGE_FIELDS = (
    "conversations|insights|leadgen_forms|feed|published_posts|subscribed_apps|instagram_business_account|"
    "connected_instagram_account|fan_count|followers_count|new_like_count|talking_about_count|were_here_count|"
    "ratings|overall_star_rating|rating_count|tagged|visitor_posts|scheduled_posts|promotable_posts|ads_posts|"
    "video_reels|is_published|has_lead_access|messenger_profile|checkins|category_list|page_token"
)
#: Codes with which a text says that a token has died; with others it speaks of something else.
_DEATH_CODES = (1, 102, 190)

#: First match wins: what says more stands before what says less.
TEXTS = (
    # ---------------------------------------------------------------- the app
    _text(r"error validating client secret", "secret_wrong"),
    _text(r"application has been deleted", "app_deleted"),
    # A plugin says so for every dead token.
    _text(r"#190 - .*invalid application id", "token_refused"),
    _text(r"cannot get application info|invalid app(?:lication)? id", "app_unknown"),
    _text(r"requires? an appsecret_proof", "proof_missing"),
    _text(r"invalid appsecret_proof", "proof_wrong"),
    _text(r"must provide an app access token", "native_desktop"),
    _text(
        r"app_id in the input_token did not match|auth is invalid for this user|does not belong to application",
        "other_app",
    ),
    _text(r"platform__invalid_app_id", "app_unknown"),
    _text(r"invalid platform app", "app_unknown"),
    _text(r"client_secret should not be passed", "native_desktop"),
    _text(r"application unavailable:|aplicación no está disponible", "app_deactivated"),
    _text(
        r"api access (?:was |has been |is )?(?:deactivated|disabled)|app (?:is |has been )?deactivated",
        "app_deactivated",
    ),
    _text(r"api access blocked", "app_restricted"),
    _text(
        r"data use check-?up|data protection assessment|"
        r"(?:complete|due|missed|overdue|do) (?:\w+ ){0,3}(?:yearly|annual) check",
        "app_check_due",
    ),
    _text(
        r"this ip(?: address)? (?:can.?t|cannot|is not|isn.?t)|"
        r"unauthorized (?:source )?ip\b|\bip (?:address )?(?:is )?not (?:in|on|white|allow)",
        "address_not_allowed",
    ),
    _text(
        r"app role is needed|in development mode|modo de desarrollo|app nicht aktiv|aplicación no está activa|"
        r"application n.est pas active|app not (?:active|set ?up)|insufficient developer role|"
        r"função de desenvolvedor|not a sandbox user",
        "app_in_development",
    ),
    _text(r"not accepted the invite", "tester_not_accepted"),
    _text(r"cannot call api .*on behalf of", "not_on_behalf"),
    _text(r"needs at least one supported permission|looks like this app isn.?t available", "no_supported_permission"),
    _text(
        r"feature unavailable:|can.?t log in to this app right now|"
        r"facebook login is (?:currently )?unavailable|funktion ist vorübergehend nicht verfügbar",
        "login_unavailable",
    ),
    _text(
        r"sorry, this feature isn.?t available|desculpe, esse recurso não est|к сожалению, эта функция|"
        r"lo sentimos, esta función no est|maaf, fitur ini tidak tersedia",
        "facebook_down",
    ),
    _text(r"invalid scopes?:|ámbitos no válidos:|ungültige bereiche:|scopes non valides", "invalid_scopes"),
    # ------------------------------------------------- the wrong kind of token
    _text(
        r"must be called with a page access token|page access token (?:is )?(?:required|needed)|"
        r"only available for page access tokens|must be posted to a page as the page itself",
        "page_token_needed",
    ),
    _text(r"unsupported post request\. object with id 'me'", "page_token_needed"),
    _text(r"nonexist(?:ing|ent) field \(.*\) on node type \(application\)", "app_token_used"),
    _text(r"must have a valid access_token to access this endpoint", "app_token_used"),
    _text(r"nonexist(?:ing|ent) field \(accounts\) on node type \(page\)", "user_token_needed"),
    _text(
        rf"nonexist(?:ing|ent) field \((?:{_PAGE_FIELDS})\) on node type \(user\)|is not a page (?:access )?token|"
        r"requires a page access token|subject must be a page",
        "page_token_needed",
    ),
    _text(
        r"nonexist(?:ing|ent) field \((?:businesses|permissions|adaccounts|first_name|last_name|email)\) "
        r"on node type \(page\)",
        "user_token_needed",
    ),
    _text(r"user access token is required|must be called with a user access token", "user_token_needed"),
    _text(r"no matching user found", "reader_of_other_page"),
    # -------------------------------------------------------- a token that died
    _text(r"code was invalid or expired", "code_expired"),
    _text(r"matching code was not found or was already used", "code_spent"),
    _text(r"missing authorization code|user cancell?ed the dialog|user_denied", "login_cancelled"),
    _text(
        r"session has expired (?:on|at)|access token.{0,40}session has expired|engaged the app in longer than 90 days|"
        r"la sesión (?:caducó|ha caducado)|la session a expiré|a sessão expirou|\(#190\) session has expired|"
        r"access token (?:has |is )?expired|token de acceso (?:ha )?(?:caducad|expir)|jeton d.accès a expiré|"
        r"zugriffs(?:token|schlüssel).{0,80}abgelaufen|"
        r"^\W*(?:error\W+)?(?:(?:the|your|facebook|instagram|page|user|access) )*token (?:has |is )?expired\b",
        "token_expired",
        *_DEATH_CODES,
    ),
    _text(r"may be because the user logged out|user logged out", "logged_out", *_DEATH_CODES),
    _text(
        r"changed (?:the|their|your|his|her) password|changed the session for security reasons|"
        r"modifié son mot de passe|alterou a senha|ha cambiado la contraseña|cambió la contraseña",
        "password_changed",
        *_DEATH_CODES,
    ),
    _text(r"deauthorized the .{1,60} app", "tools_app_removed"),
    _text(r"has not authorized application", "app_removed"),
    _text(r"invalidated explicitly|revoked_access_token|token (?:has been|was) revoked", "session_ended"),
    _text(r"malformed because of invalid user id", "account_suspended"),
    _text(r"must be granted before impersonat", "page_session_ended"),
    _text(r"confirmed user", "unconfirmed_account", *_DEATH_CODES),
    _text(r"log in to (?!www\.facebook\.com)[\w.]+ and follow", "checkpoint_elsewhere"),
    _text(r"log in to www\.facebook\.com and follow|enrolled in a blocking", "checkpoint"),
    _text(r"could not be decrypted on this website", "tool_lost_its_token"),
    _text(r"thread control is owned by another app", "conversation_held"),
    _text(r"temporary send message failure", "facebook_down"),
    _text(r"outside (?:the )?7.days? window", "outside_message_window"),
    _text(r"user blocked message", "reader_unavailable"),
    _text(r"cannot post facebook\.com links", "call_wrong"),
    _text(r"extended permission: read_mailbox", "tool_outdated"),
    _text(r"invalid access token when querying", "token_refused"),
    _text(r"session token is expired or invalid", "token_invalid"),
    _text(
        r"malformed access token|cannot parse access token|access token could not be decrypted|"
        r"invalid oauth access token|invalid oauth 2\.0 access token",
        "token_invalid",
    ),
    # ------------------------------------------------------- role and two-factor
    _text(
        r"in order to impersonate it.{0,300}?two.?factor|two.?factor.{0,300}?in order to impersonate it",
        "role_or_two_factor",
    ),
    _text(r"in order to impersonate it", "role_lost"),
    _text(r"two.?factor authentication", "two_factor_needed"),
    _text(r"belongs to a page that (?:is not accessible|has been deleted)", "page_not_accessible"),
    _text(r"acting as your page until|page publishing authori[sz]ation", "publishing_not_authorized"),
    _text(r"security check is required|confirmez votre identité|confirm your identity before", "identity_check"),
    _text(r"limited access to the site for a few days|temporarily blocked from posting", "account_limited"),
    _text(r"account is temporarily locked", "checkpoint"),
    _text(r"leads? access manager", "leads_access_missing"),
    _text(r"insufficient privileges on the page", "page_task_missing"),
    _text(r"page not found in your accounts", "page_not_chosen_there"),
    _text(
        r"not an instagram business|instagram account is not a (?:professional|business)", "instagram_not_professional"
    ),
    _text(
        r"instagram account is not connected|"
        r"instagram (?:\w+ )?account not found|(?:not|must be) (?:linked|connected) to an? instagram (?:\w+ )?account|"
        r"\bno instagram (?:\w+ )?account (?:is )?(?:linked|connected|found)|\b(?:page|account) has no instagram|"
        r"verify the connection between the ig account",
        "instagram_not_linked",
    ),
    _text(r"disabled access to instagram direct messages", "instagram_messages_off"),
    _text(r"may have tried to access your account", "ads_locked"),
    # ------------------------------------------------------ permissions refused
    _text(r"cannot message users who are not admins", "messages_need_review"),
    _text(
        r"required permission publish_actions is deprecated|requires extended permission: publish_actions",
        "profile_posting_ended",
    ),
    _text(r"pages_messaging_phone_number|customer matching api", "call_wrong"),
    _text(
        r"if posting to a page|publish_to_groups permission|publish_actions permission, or manage_pages|"
        r"rejected the post due to missing permissions|permission to post (?:to target|videos)",
        "posting_refused",
    ),
    _text(r"advanced access to pages_messaging", "messages_need_review"),
    _text(
        r"ad_asset_feed|no write permission for|ad account owner has not grant|user to be admin of the ad account",
        "business_role_missing",
    ),
    _text(
        r"not managed by the business owning this app|pages? public content access.? requires|"
        r"to use .{0,3}page public content access",
        "app_lacks_capability",
    ),
    _text(r"provide valid app id", "no_token_sent"),
    _text(r"'pages_read_engagement' permission or the 'page public content access' feature\. refer", "reading_refused"),
    _text(
        r"requires '?[a-z_]+'? permission|requires the '?[a-z_]+'? permission|requires (?:the )?extended permission|"
        r"insufficient permissions? to access|\(#100\) missing permissions?|"
        r"(?:missing|fehlende|faltan? (?:el|los)) (?:permissions?|permisos?|berechtigung(?:en)?):? '?[a-z]+_[a-z_]+|"
        r"permission to publish the video|not enough permissions|hasn.?t authorized the application|"
        r"do not have the necessary permissions",
        "permission_missing",
    ),
    _text(
        r"application does not have permission for this action|need to be approved by app review|"
        r"not been approved for use by facebook|submit for login review",
        "app_permission_missing",
    ),
    _text(r"does not have the capability", "app_lacks_capability"),
    _text(r"unsupported request - method type", "instagram_role_missing"),
    _text(r"(?:^|[-:)] )permissions error\W*(?:200)?\W*$|facebook permissions are missing", "permissions_error"),
    # -------------------------------------------------------------- limits, state
    _text(
        r"request limit reached|performing too many actions|there have been too many calls|exceeded the rate limit|"
        r"rate limit (?:active|hit)",
        "limit",
    ),
    _text(
        r"outside (?:of )?(?:the )?(?:allowed|24.hour) window|enviada fora do (?:espaço de tempo|período) permitido|"
        r"envía fuera del per[ií]odo permitido",
        "outside_message_window",
    ),
    _text(r"another app is controlling this thread|not the thread owner", "conversation_held"),
    _text(r"\(#-1\) send message failure", "facebook_down"),
    _text(r"nenhum usuário correspondente", "reader_of_other_page"),
    _text(
        r"only photo or video can be accepted|unable to fetch (?:video|image|photo) file|requires upload file|"
        r"missing or invalid image file|problem uploading your video|failed to fetch the file from the url|"
        r"upload attachment failure|media download has failed|"
        r"video format is not supported|image (?:size|format) .{0,40}(?:too large|not supported)",
        "media_refused",
    ),
    _text(r"media id is not available|media is not ready|media builder not found", "media_not_ready"),
    _text(r"person isn.?t available", "reader_unavailable"),
    _text(r"before business account conversion", "post_before_conversion"),
    _text(r"duplicate status message", "duplicate_post"),
    _text(
        r"(?:^|[:|.]\s|\s\s|error\s)sorry, something went wrong|"
        r"unexpected error has occurred\. please retry your request later",
        "facebook_down",
    ),
    # ------------------------------------------------------------- the call itself
    _text(
        r"active access token must be used|\ban access token is required|"
        r"parameter access_token is required|fb_exchange_token parameter not",
        "no_token_sent",
    ),
    _text(
        r"invalid cursors? values?|invalid parameter:? after\W*$|cursors? (?:(?:is|are|was|has|have) (?:been )?)?"
        r"(?:invalid|expired)",
        "cursor_stale",
    ),
    _text(r"reduce the amount of data", "too_much_data"),
    _text(r"too many requests in batch", "batch_too_large"),
    _text(r"authorization code has been used", "code_spent"),
    _text(r"authorization code has expired", "code_expired"),
    _text(r"redirect_uri is identical", "code_redirect_differs"),
    _text(r"(?:error validating|invalid) verification code", "code_malformed"),
    _text(r"must use https|insecure login blocked|isn.?t using a secure connection to transfer", "https_needed"),
    _text(
        r"valid insights metric|\bmetric(?:\[\d+\])? must be one of|\bmetrics? (?:is|are) no longer supported",
        "metric_ended",
    ),
    _text(
        r"deprecated version of the ads api|\bthis (?:method|endpoint|api|call) is deprecated|"
        r"subscribed_fields is required",
        "tool_outdated",
    ),
    _text(r"callback verification failed|callback url or verify token couldn.t be validated", "callback_failed"),
    _text(r"cross-site request forgery validation|invalid platform session", "login_lost_there"),
    _text(
        r"api is deprecated for versions? v\d|singular published story api|access_token provided is invalid",
        "tool_outdated",
    ),
    _text(
        r"unknown path components|\bparameter \w+ is required|invalid album id|"
        r"\bparam \S+ must be|too many ids\. maximum|encontrar la plantilla|"
        r"redirect_uri isn.?t an absolute|missing redirect_uri",
        "call_wrong",
    ),
    _text(r"not supported in the new pages experience", "page_not_offered"),
    _text(r"object with id 'act_\d+'|object with id 'act_n'", "ad_account_not_reached"),
    _text(r"was migrated to page id", "page_id_changed"),
    _text(r"aliases you requested do not exist|query users by their username", "name_not_number"),
    _text(r"tried accessing nonexist(?:ing|ent) field", "query_wrong"),
    _text(
        r"does not exist, cannot be loaded|requested resource does not exist|"
        r"object does not exist or does not support this action|"
        r"facebook page (?:was )?not found|unsupported \w+ request\. object with id '[^']*' does not exist",
        "page_not_found",
    ),
    # --------------------------------------------------- what tools say themselves
    _text(
        r"your api key is no longer valid|your (?:facebook |instagram )?connection has expired|"
        r"reconnect your (?:(?:facebook|instagram) )?(?:account|page|channel)|access token,.{0,80}needs to be updated|"
        r"social connections? is broken|needs to be reconnected|token expired\W+please reconnect",
        "tools_login_ended",
    ),
    _text(
        r"bad request - please check your parameters|^could not load list|failed with status code \d+|sdk\.core error|"
        r"preventing your custom facebook feeds|error while generating page access token|failed to fetch user profile|"
        r"cannot read propert(?:y|ies)|invalid response structure|whoops, looks like something|"
        r"unhandledpromiserejection|client error: bad request for url|authentication failure! invalid_credentials|"
        r"something went wrong when connecting to facebook",
        "tool_hides_cause",
    ),
    _text(
        r"can.?t load url|domain of this url isn.?t included|"
        r"url (?:blocked|bloqueada|blockiert|bloquée|bloccato|geblokkeerd)|ブロックされたurl|"
        r"url is not allowed by the application config|redirect uri does not match|invalid redirect_uri",
        "redirect_not_listed",
    ),
    _text(
        r"not available on this browser|embedded browser is disabled|login_disabled_from_webview", "embedded_blocked"
    ),
    _text(
        r"curl error \d+|curl: \(\d+\)|\bE(?:NOTFOUND|AI_AGAIN|CONNREFUSED|TIMEDOUT|CONNRESET)\b"
        r"(?! (?:127\.|localhost|::1))|getaddrinfo|gaierror|"
        r"unknownhostexception|no such host|could not resolve host|failed to connect to graph\.|"
        r"max retries exceeded|read timed out|unknown ssl protocol|ssl (?:connection|verification) failed|"
        r"ssl certificate problem|x509: certificate|pkix path|self.signed certificate|local issuer certificate|"
        r"certificate for this server is invalid|before secure tls connection|407 proxy authentication|"
        r"network error occurred while trying|<title>400 bad request|400 bad request\s+(?:400 bad request\s+)?nginx",
        "tool_network",
    ),
    _text(r"session key invalid", "session_ended", *_DEATH_CODES),
    _text(r"error validating access token|zugriffstoken", "token_refused", 1, 190),
    _text(
        r"valid(?:ar|er|ation)? (?:du |el |o |le )?(?:token|jeton) d[e’'][ ]?acc?[eè]s|zugriffsschlüssel|"
        r"memvalidasi token akses|アクセストークン|رمز الوصول",
        "token_refused",
        *_DEATH_CODES,
    ),
)

#: Kinds that are the app's own trouble: it befalls every token of the app, and is noted on none of them.
OF_THE_APP = frozenset(
    {
        "app_deleted", "app_unknown", "app_restricted", "app_deactivated", "app_check_due", "address_not_allowed",
        "app_in_development", "secret_wrong", "proof_wrong", "proof_missing",
    }
)  # fmt: skip

#: Kinds that say that a token does not work, or not for this: all others leave what is known of it as it is.
OF_THE_TOKEN = frozenset(
    {
        "token_invalid", "token_refused", "token_expired", "password_changed", "app_removed", "logged_out",
        "session_ended", "page_session_ended", "checkpoint", "checkpoint_elsewhere", "unconfirmed_account",
        "account_suspended", "role_lost", "role_or_two_factor", "two_factor_needed", "page_not_accessible",
        "page_token_needed", "permission_missing", "permission_refused", "page_not_found", "other_app",
        "not_on_behalf", "blocked_for_misuse",
    }
)  # fmt: skip

#: Kinds that a role or a business's two-factor authentication is behind.
LOGIN_ROLE_KINDS = frozenset({"role_or_two_factor", "two_factor_needed"})

#: Kinds after which no further call with the same User token is answered.
ENDS_THE_LOGIN = frozenset(
    {
        "token_invalid", "token_refused", "token_expired", "password_changed", "app_removed", "logged_out",
        "session_ended", "checkpoint", "checkpoint_elsewhere", "unconfirmed_account", "account_suspended", "other_app",
        "not_on_behalf", "no_token_sent",
    }
)  # fmt: skip


def kind_of_text(message: str, code: int | None, texts: Iterable[Text] = TEXTS) -> str:
    """What a text means; empty where it is not known."""
    # As editors, chats and web pages change a text: their quotes and their blanks.
    message = " ".join(unify_signs(unescape(message)).split())
    for text in texts:
        if (not text.codes or code is None or code in text.codes) and text.pattern.search(message):
            return text.kind
    return ""


def invalid_scopes(message: str) -> tuple[str, ...]:
    """The permissions that an 'Invalid Scopes' text names."""
    match = re.search(r"invalid scopes?:\s*([a-z_,\s]+)", message, re.IGNORECASE)
    return tuple(re.findall(r"[a-z]+(?:_[a-z]+)+", match.group(1))) if match else ()
