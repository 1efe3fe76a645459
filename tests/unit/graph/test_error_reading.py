"""What a tool shows of Facebook's errors, in every wrapping, is read as what it is; a secret in it is never shown."""

import json
import re
import urllib.parse
from html import escape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gui.graph.error_reading import LONGEST, VAGUE, read_errors
from gui.services.explain import explain, message_catalog

RECORDED = Path(__file__).parents[2] / "recorded" / "errors"
ROWS = json.loads((RECORDED / "texts.json").read_text("utf-8"))["rows"]
QUOTED = json.loads((RECORDED / "quoted.json").read_text("utf-8"))["rows"]
#: What another error in the text decides, or the number of the login's page.
BY_WHAT_IS_INSIDE = {"d9", "h2"}
TOKEN = "EAAGm0PX4ZCpsBA" + "x7QdLk29" * 20


def kind_of(text):
    last = read_errors(text).last
    return None if last is None else last.kind


@pytest.mark.parametrize("row", [row for row in ROWS if row["id"] not in BY_WHAT_IS_INSIDE], ids=lambda row: row["id"])
def test_a_text_alone_is_understood(row):
    assert kind_of(row["text"]) == row["kind"]


def fields(row):
    """A row as Facebook's own error object."""
    message = row["text"]
    error = {"message": message, "type": "OAuthException"}
    if row["code"] is not None:
        error["code"] = row["code"]
    if row["subcode"] is not None:
        error["error_subcode"] = row["subcode"]
    return {**error, "fbtrace_id": "AbCdEfGh1234567"}


def as_json(row):
    return json.dumps({"error": fields(row)})


def as_json_of_php(row):
    return json.dumps({"error": fields(row)}).replace("/", "\\/")


def as_json_in_a_string(row):
    return f'Error - Request failed with status code 400\n{json.dumps({"error": fields(row)})}"'


def as_escaped_json(row):
    return json.dumps({"level": "error", "msg": "call failed", "body": as_json(row)})


def as_json_of_debug_token(row):
    found = fields(row)
    return json.dumps({"data": {"error": {"code": found.get("code"), "message": found["message"],
                                          "subcode": row["subcode"]}, "is_valid": False}})  # fmt: skip


def as_cut_json(row):
    return as_json(row)[: -len('", "fbtrace_id": "AbCdEfGh')]


def as_php_array(row):
    found = fields(row)
    lines = "\n".join(f'  "{name}" => {json.dumps(value, ensure_ascii=False)}' for name, value in found.items())
    return f'array:1 [\n "error" => array:4 [\n{lines}\n ]\n]'


def as_print_r(row):
    lines = "\n".join(f"    [{name}] => {value}" for name, value in fields(row).items())
    return f"Array\n(\n  [error] => Array\n  (\n{lines}\n  )\n)"


def as_python_facebook(row):
    return (
        'Traceback (most recent call last):\n  File "app.py", line 3, in <module>\n'
        f"pyfacebook.error.PyFacebookException: FacebookException(code={row['code']},type=OAuthException,"
        f"message={row['text']})"
    )


def as_business_sdk(row):
    body = json.dumps({"error": fields(row)}, indent=2)
    indented = "\n".join(f"      {line}" for line in body.splitlines())
    return (
        "facebook_business.exceptions.FacebookRequestError:\n\n  Message: Call was not successful\n  Method:  GET\n"
        f"  Path:    https://graph.facebook.com/v25.0/1/insights?access_token={TOKEN}\n"
        f'  Params:  {{"access_token": "{TOKEN}"}}\n\n  Status:  400\n  Response:\n{indented}\n'
    )


def as_requests_log(row):
    return (
        f"INFO Fetching https://graph.facebook.com/v25.0/me?access_token={TOKEN}\n"
        f"WARNING Error 400, response body: {as_json(row)}"
    )


def as_home_assistant(row):
    return (
        f"Error 400 : {row['text']} (Code {row['code']})" if row["code"] is not None else f"Error 400 : {row['text']}"
    )


def as_node_log(row):
    quoted = row["text"].replace("\\", "\\\\").replace("'", "\\'")
    parts = [f"{{ message: '{quoted}',", "  type: 'OAuthException',"]
    if row["code"] is not None:
        parts.append(f"  code: {row['code']},")
    if row["subcode"] is not None:
        parts.append(f"  error_subcode: {row['subcode']},")
    parts.append("  fbtrace_id: 'AbCdEfGh' }")
    return "\n".join(f"2026-11-20T08:15:0{i}.114Z app[web.1]: {part}" for i, part in enumerate(parts))


def as_node_nested(row):
    quoted = row["text"].replace("\\", "\\\\").replace("'", "\\'")
    code = "" if row["code"] is None else f" code: {row['code']},"
    subcode = "" if row["subcode"] is None else f" error_subcode: {row['subcode']},"
    inner = f"message: '{quoted}', type: 'OAuthException',{code}{subcode}"
    return f"Unable to callSubscriptionsAPI: Bad Request {{ error: {{ {inner} }} }}"


def as_compact_note(row):
    numbers = f"code={row['code'] or '-'} sub={row['subcode'] or '-'}"
    return f"{row['text']} (/v25.0/104/messages) [{numbers} type=OAuthException trace=AbC]"


def as_go_map(row):
    numbers = f"[code:{row['code'] or 0}] [subcode:{row['subcode'] or 0}]"
    return f"Error: [message:{row['text']}] [type:OAuthException] {numbers}"


def as_restfb(row):
    return (
        "com.restfb.exception.FacebookOAuthException: Received Facebook error response of type OAuthException: "
        f"{row['text']} (code {row['code']}, subcode {row['subcode'] or 'null'}) 'null - null'\n"
        "\tat com.restfb.DefaultFacebookClient.throwFacebookResponseStatusException(DefaultFacebookClient.java:9)"
    )


def as_facebook4j(row):
    return (
        f"FacebookException [message=null]\nmessage - {row['text']}\ncode - {row['code']}\n"
        "Relevant information for error recovery can be found on the Facebook Developers Document:"
    )


def as_koala(row):
    subcode = "" if row["subcode"] is None else f" error_subcode: {row['subcode']},"
    numbers = f"type: OAuthException, code: {row['code']},{subcode}"
    return f"Koala::Facebook::ClientError: {numbers} message: {row['text']}, fbtrace_id: AbC [HTTP 400]"


def as_perl(row):
    address = f"https://graph.facebook.com/me?access_token={TOKEN}"
    return f"Could not execute request ({address}): OAuthException - {row['text']} at lib/F.pm line 12."


def as_html(row):
    subcode = "" if row["subcode"] is None else f"<br />Subcode:{row['subcode']}"
    numbers = f"Type: OAuthException<br />Code: {row['code']}{subcode}"
    return f'<div class="error"><p>Error: {escape(row["text"])}<br />{numbers}</p></div>'


def as_address(row):
    query = {"error_message": row["text"], "error_code": row["code"] or ""}
    return f"https://example.org/callback?{urllib.parse.urlencode(query)}#_=_"


def as_address_encoded_twice(row):
    query = {"error_code": row["code"] or "", "error_message": urllib.parse.quote(row["text"])}
    return f"https://example.org/callback?{urllib.parse.urlencode(query)}"


def as_old_json(row):
    return json.dumps({"error_code": row["code"], "error_msg": row["text"]})


def as_header(row):
    return f'WWW-Authenticate: OAuth "Facebook Platform" "invalid_token" "{row["text"]}"'


#: Words of a program before the text.
BEFORE = (
    "Graph returned an error: {}",
    "Facebook SDK returned an error: {}",
    "FacebookResponseException in FacebookResponseException.php line 106: {}",
    "PHP Fatal error:  Uncaught FacebookAds\\Http\\Exception\\AuthorizationException: {} in /srv/a.php:3\nStack",
    "Uncaught exception 'FacebookAds\\Http\\Exception\\AuthorizationException' with message '{}'",
    "facebook.GraphAPIError: {}",
    "FbGraph2::Exception::BadRequest: {}",
    "Facebook::Messenger::Subscriptions::Error: {}",
    'Error in fbad_request(path = "x") : {}',
    "Could not load list\n400 - {}",
    "Unable to share post for Facebook. Error: {}",
    '[2026-11-20 08:15:00] production.ERROR: {} {{"exception":"[object]"}}',
    "  {}  ",
)
WITH_ALL = (
    as_json, as_json_of_php, as_json_in_a_string, as_escaped_json, as_json_of_debug_token, as_cut_json, as_php_array,
    as_print_r, as_business_sdk, as_requests_log, as_node_log, as_node_nested, as_go_map, as_compact_note, as_restfb,
    as_koala,
)  # fmt: skip
WITH_CODE = (
    as_python_facebook,
    as_home_assistant,
    as_facebook4j,
    as_html,
    as_address,
    as_address_encoded_twice,
    as_old_json,
)
#: These give no number: what only a number tells cannot be told.
WITHOUT = (as_perl, as_header)
#: Words that mean this only where they stand alone, or that a number decides.
ALONE = {"permissions_error", "tool_hides_cause", "facebook_down"}
ONLY_BY_NUMBER = {"b2", "e1", "e2", "e3", "e4", "e5", "e11", "e14", "f6", "c25"}


def tells(row, wrap):
    """Whether this wrapping holds all that the row is known by."""
    if row["id"] in BY_WHAT_IS_INSIDE or row["kind"] in ALONE:
        return False
    return row["subcode"] is None or wrap in WITH_ALL or row["id"] not in ONLY_BY_NUMBER


CASES = [
    pytest.param(row, wrap, id=f"{row['id']}-{wrap.__name__}")
    for row in ROWS
    for wrap in (*WITH_ALL, *WITH_CODE, *WITHOUT)
    if tells(row, wrap)
    and (row["code"] is not None or wrap not in {*WITH_CODE} or wrap in {as_address, as_address_encoded_twice})
]


@pytest.mark.parametrize(("row", "wrap"), CASES)
def test_a_text_is_understood_in_every_wrapping(row, wrap):
    assert kind_of(wrap(row)) == row["kind"]


@pytest.mark.parametrize("before", BEFORE, ids=range(len(BEFORE)))
@pytest.mark.parametrize("row", [row for row in ROWS if row["kind"] not in ALONE], ids=lambda row: row["id"])
def test_a_text_is_understood_behind_the_words_of_a_program(row, before):
    if row["id"] not in BY_WHAT_IS_INSIDE:
        assert kind_of(before.format(row["text"])) == row["kind"]


@pytest.mark.parametrize("row", QUOTED, ids=lambda row: row["id"])
def test_what_people_quote_is_given_to_whom_it_belongs(row):
    """Texts that the table does not hold, as people quote them in public."""
    kind = kind_of(row["text"])
    assert kind is not None
    assert message_catalog()[kind]["whose"] == row["whose"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "…/callback?error=access_denied&error_code=200&error_description=Permissions+error&error_reason=user_denied#_=_",
            "login_cancelled",
        ),
        ("Error 1349048", "redirect_not_listed"),
        ("?error_code=1349220&error_message=Funci%C3%B3n+no+disponible", "login_unavailable"),
        ("Please turn it off and on again", None),
        ("", None),
        ("{" * 5000, None),
        ("HTTP 400", None),
        ('{"error":{"message":"Error validating access token: Sess', "token_refused"),
        ("Error: 190, Error validating access token: The session has been invalidated", "token_refused"),
        ("(#190) Session has expired", "token_expired"),
        (
            "Fehler bei der Überprüfung des Zugriffstokens: Die Sitzung ist am Freitag abgelaufen. (190)",
            "token_expired",
        ),
        ("El token de acceso ha caducado", "token_expired"),
        ("Le jeton d'accès a expiré", "token_expired"),
        ("URL bloqueada: Esta redirección falló", "redirect_not_listed"),
        ("URL blockiert", "redirect_not_listed"),
        ("La aplicación no está activa", "app_in_development"),
        ("Ungültige Bereiche: manage_pages", "invalid_scopes"),
        ("Falta el permiso pages_messaging", "permission_missing"),
        ("Fehlende Berechtigung: pages_manage_posts", "permission_missing"),
        ("Your access token has expired", "token_expired"),
        ("Buffer: your Facebook Page needs to be reconnected", "tools_login_ended"),
        ("ManyChat: Facebook permissions are missing", "permissions_error"),
        ("Permissions error (200)", "permissions_error"),
        ("The callback URL or verify token couldn't be validated.", "callback_failed"),
        ('HTTPSConnectionPool(host="graph.facebook.com", port=443): Max retries exceeded', "tool_network"),
        ("Insecure Login Blocked", "https_needed"),
        (
            "(#200) Requires pages_manage_posts permission\nPlease reconnect your Facebook account.",
            "permission_missing",
        ),
        ("(#32) Page request limit reached. If this goes on, reconnect your Facebook account.", "limit"),
        ("Facebook says: (#506) Duplicate status message. (Whitelisted in office: your IP)", "duplicate_post"),
        ("Error: (#100) Tried accessing nonexisting field (fan_count) on node type (User)", "page_token_needed"),
        ("(#100) Tried accessing nonexisting field (adaccounts) on node type (Page)", "user_token_needed"),
        ("Facebook: next cursor saved\nlogin expired", None),
        ("> (#10) This message is sent outside of\n> allowed window.", "outside_message_window"),
        ("| (#200) Unpublished posts must be posted |\n| to a page as the page itself.         |", "page_token_needed"),
        ("    This method must be called\n    with  a Page\u00a0Access Token", "page_token_needed"),
        ("<b>This method</b> <i>must be</i> called with a Page Access Token", "page_token_needed"),
        ("Error vali-\ndating access to-\nken: Session has ex-\npired on Tuesday", "token_expired"),
        (
            '["code"]=>\n int(190)\n ["error_subcode"]=>\n int(463)\n ["type"]=>\n string(14) "OAuthException"',
            "token_expired",
        ),
        (
            "<error><message>x</message><type>OAuthException</type><code>190</code><error_subcode>460</error_subcode>",
            "password_changed",
        ),
        ('s:4:"type";s:14:"OAuthException";s:4:"code";i:190;s:13:"error_subcode";i:463;', "token_expired"),
        ("| code | 190 |\n| error_subcode | 463 |\n| message | Sitzung abgelaufen |\nFacebook", "token_expired"),
        ("OAuthException #190 (463)", "token_expired"),
        ("Fehlercode 190, Untercode 463", "token_expired"),
        ("(код 190, субкод 460)", "password_changed"),
        ("エラー 190（サブコード 460）", "password_changed"),
        ("The domain of this URL isn't included in the app's domains.", "redirect_not_listed"),
        ("(#10) The Instagram account is not a professional account", "instagram_not_professional"),
        ("(#130429) Rate limit hit", "limit"),
        ("(#100) metric[0] must be one of the following values: impressions, reach", "metric_ended"),
        ("(#11) This method is deprecated", "tool_outdated"),
        (
            '{"headers":{"set-cookie":["x=1"]},"data":{"error":{"message":"x","code":190,"error_subcode":463}}}',
            "token_expired",
        ),
        (
            "curl -H 'Cookie: a=b' https://graph.facebook.com -> "
            '{"error":{"code":190,"message":"x","error_subcode":460}}',
            "password_changed",
        ),
        ("EAAGm0PX4ZCpsBAKz7Yq2LmN8 Requires pages_manage_posts permission (#200)", "permission_missing"),
        ("(#190) Update README", None),
        ("a1b2c3d (#368) Fix flaky test", None),
        ("(#17) Support Python 3.13", None),
        ("New order (#190) Received - Facebook Shop", None),
        ("Order code 190 confirmed, share it on Facebook", None),
        ("SAP error code 190 message no. FB190", None),
        ("curl: (6) Could not resolve host: github.com", None),
        ("connect ECONNREFUSED 10.0.0.5:5432", None),
        ("getaddrinfo ENOTFOUND api.stripe.com", None),
        ("java.net.UnknownHostException: repo1.maven.org", None),
        ('GET https://api.spotify.com/v1/me {"error":{"status":401,"message":"The access token expired"}}', None),
        ('GET https://graph.microsoft.com/v1.0/me {"error":{"message":"Access token has expired"}}', None),
        ("GitLab: Token was revoked. You have to re-authorize", None),
        *((number, None) for number in ("12", "4.17", "2/24", "no 4", "number 12")),
        ("Facebook has detected Acme isn't using a secure connection to transfer information.", "https_needed"),
        ("(#12) singular statuses API is deprecated for versions v2.4 and higher", "tool_outdated"),
        ("Token has expired", "token_expired"),
        ("Error: the Page access token is expired.", "token_expired"),
        ("JWT token has expired", None),
        ("CSRF token expired, reload the page", None),
        ("Your Facebook connection has expired. Reconnect your account.", "tools_login_ended"),
        ("Please reconnect your Facebook Page", "tools_login_ended"),
        ("Page Access Token required", "page_token_needed"),
        ("A page access token is needed for this", "page_token_needed"),
        ("Your account is not linked to an Instagram business account", "instagram_not_linked"),
        ("(#36104) Page must be linked to a Instagram account", "instagram_not_linked"),
        ("The Facebook Page has no Instagram Business Account", "instagram_not_linked"),
        ("No Instagram professional account found for this Page", "instagram_not_linked"),
        ("Page Publishing Authorization is required", "publishing_not_authorized"),
        (
            "(#200) The permission(s) pages_manage_posts are not available. It could because either they are "
            "deprecated or need to be approved by App Review.",
            "app_permission_missing",
        ),
        (
            "Submit for Login Review. Some of the permissions below have not been approved for use by Facebook.",
            "app_permission_missing",
        ),
        ("It looks like this app isn’t available", "no_supported_permission"),
        ("(#33) This object does not exist or does not support this action", "page_not_found"),
        ("Facebook page not found or you don't have permission", "page_not_found"),
        (
            "(#21) Page ID 111 was migrated to page ID 222. Please update your API calls to the new ID",
            "page_id_changed",
        ),
        ("Given URL is not allowed by the Application configuration", "redirect_not_listed"),
        ("PLATFORM__INVALID_APP_ID", "app_unknown"),
        ("Unsupported delete request. Object with ID 'x' does not exist", "page_not_found"),
        ("(#100) The parameter access_token is required", "no_token_sent"),
        ("(#10) Error: The thread control is owned by another app", "conversation_held"),
        ("(#1200) Temporary send message failure. Please try again later.", "facebook_down"),
        ("(#10303) The message is outside 7 days window.", "outside_message_window"),
        ("(#10900) user blocked message", "reader_unavailable"),
        ("(#389) Unable to fetch video file from URL.", "media_refused"),
        ("(#324) Requires upload file", "media_refused"),
        ("(#100) The parameter message is required", "call_wrong"),
        ("(#100) Tried accessing nonexistent field (x) on node type (User)", "query_wrong"),
        ("(#100) Missing Permission", "permission_missing"),
        ("(#298) Requires extended permission: read_mailbox", "tool_outdated"),
        ("You can't log in to this app right now. Sorry, something went wrong.", "login_unavailable"),
        # A number alone is Facebook's only where nothing else is said.
        ("Error 190", "token_refused"),
        ("#190", "token_refused"),
        ("190/463", "token_expired"),
        ("OAuthException (190)", "token_refused"),
        ("Fehlercode: 190", "token_refused"),
        ("Código de error 190", "token_refused"),
        ("Code d'erreur : 190", "token_refused"),
        ("エラーコード: 190", "token_refused"),
        ("رمز الخطأ 190", "token_refused"),
        ("error 190 subcode 460", "password_changed"),
        ("error_subcode: 463", "token_expired"),
        ("subcode 458", "app_removed"),
        ("npm ERR! code 1", None),
        ("facebook_1 exited with code 1", None),
        ("Windows Update error code: 1", None),
        ("Discount code 4", None),
        ("promo code 10 for 10% off", None),
        ("zip code 190", None),
        ("MySQL server has gone away code 4", None),
        ("SMTP Error: 550 code 10", None),
        ('{"code":1,"msg":"ok"}', None),
        ('{"code":10,"data":[]}', None),
        ('{"status":"error","code":190,"message":"Out of stock"}', None),
        ('{"code":0,"message":"success"}', None),
        ('{"error":{"code":401,"message":"Expected OAuth 2 access token","status":"UNAUTHENTICATED"}}', None),
        ('{"error":"invalid_grant","error_description":"Token has been expired or revoked."}', None),
        ("https://accounts.google.com/o/oauth2?error=access_denied", None),
        ("Merge pull request (#190) from x/y", None),
        ("fix: handle login bug (#4)", None),
        ("PR (#368) merged", None),
        ("Add feature (#200), fix docs (#10)", None),
        ("ERROR ECONNREFUSED 127.0.0.1:5432", None),
    ],
)
def test_what_else_is_pasted(text, kind):
    assert kind_of(text) == kind


def test_what_is_quoted_is_the_words_alone():
    found = read_errors(
        '{"error":{"message":"(#100) Tried accessing nonexistent field (x) on node type (User)",'
        '"type":"OAuthException","code":100,"fbtrace_id":"AbC"}}'
    )
    assert found.last is not None
    assert found.last.error.facebook.message == "(#100) Tried accessing nonexistent field (x) on node type (User)"


def test_of_several_errors_the_last_counts_and_the_others_are_counted():
    log = "\n".join(
        [
            "2026-11-20 08:00:00 Error: (#32) Page request limit reached",
            "2026-11-20 08:01:00 Error: (#32) Page request limit reached",
            "2026-11-20 08:02:00 Error: (#200) Requires pages_manage_posts permission",
            "2026-11-20 08:03:00 Request failed with status code 400",
        ]
    )
    assert [one.kind for one in read_errors(log).errors] == ["limit", "permission_missing"]


def test_the_same_error_again_and_again_is_one():
    log = "\n".join(
        f"08:0{i} facebook.GraphAPIError: (#190) This method must be called with a Page Access Token" for i in range(9)
    )
    assert [one.kind for one in read_errors(log).errors] == ["page_token_needed"]


def test_of_a_long_log_the_end_is_read():
    noise = "\n".join(f"noise without end {line}" for line in range(LONGEST // 10))
    log = f"{noise}\nError: (#551) This person isn't available right now."
    found = read_errors(log)
    assert found.last is not None
    assert (found.last.kind, found.was_cut) == ("reader_unavailable", True)


def test_a_long_log_that_begins_with_the_error_is_understood():
    noise = "\n".join(f"noise without end {line}" for line in range(LONGEST // 10))
    found = read_errors(f"Error: (#551) This person isn't available right now.\n{noise}")
    assert found.last is not None
    assert (found.last.kind, found.was_cut) == ("reader_unavailable", True)


@pytest.mark.parametrize(
    "text",
    [
        "code 190\n" * 20_000,
        '"code":' * 25_000,
        "Error validating access token: Session has expired " * 20_000,
        '{"error":{"message":"(#4) x","code":4}}\n' * 25_000,
        "\n".join(f"code 190 in line {line}" for line in range(20_000)),
    ],
)
def test_the_same_number_without_end_is_read_without_harm(text):
    read_errors(text)


SECRETS = (
    st.text("abcdefXYZ0123456789", min_size=40, max_size=200).map("EAA{}".format)
    | st.text("0123456789abcdef", min_size=32, max_size=32)
    | st.text("abcdefXYZ0123456789", min_size=27, max_size=27).map("123456789012345|{}".format)
)
PLACES = st.sampled_from(
    (
        "https://graph.facebook.com/me?access_token={}", '"access_token": "{}"', "client_secret={}", "token {}",
        "'{}'", "appsecret_proof={}", "Malformed access token {}", "%22access_token%22%3A%22{}%22",
    )
)  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(st.sampled_from(ROWS), st.sampled_from((*WITH_ALL, *WITH_CODE, *WITHOUT)), SECRETS, PLACES, st.booleans())
def test_no_secret_in_a_text_is_shown(row, wrap, secret, place, first):
    assume(row["code"] is not None)
    placed = place.format(secret)
    changed = {**row, "text": f"{placed} {row['text']}" if first else f"{row['text']} {placed}"}
    found = read_errors(wrap(changed))
    assert found.had_secret
    for one in found.errors:
        text = explain(one.error)
        shown = f"{text.title} {text.text} {text.details} {one.error.facebook}"
        assert secret not in shown
        assert secret[-20:] not in shown


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_without_harm(text):
    found = read_errors(text)
    assert all(one.kind in message_catalog() for one in found.errors)


PIECES = st.sampled_from(
    (
        '{"error":{', '"message":"', "(#190) ", "\\n", "code=", '"', "}", "[", "Array (", "<br>",
        "%7B", "&quot;", "=> ",
        "\n", "190,",
    )
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=60).map("".join))
def test_pieces_of_wrappings_are_read_without_harm(text):
    assert isinstance(read_errors(text).errors, tuple)


@given(st.sampled_from(ROWS), st.sampled_from(WITH_ALL), st.integers(1, 40))
def test_a_text_that_is_cut_off_is_never_taken_for_another(row, wrap, cut):
    """Cut off at its end it is known, or given no cause; it is not given a wrong one."""
    assume(row["id"] not in BY_WHAT_IS_INSIDE and row["kind"] not in {*ALONE, *VAGUE} and row["subcode"] is None)
    whole = wrap(row)
    end = whole.rfind(row["text"][-6:]) + 6
    assume(end > 6)
    kind = kind_of(whole[: max(end, len(whole) - cut)])
    catalog = message_catalog()
    same_remedy = kind is not None and catalog[kind].get("action") == catalog[row["kind"]].get("action")
    assert same_remedy or kind in {None, *VAGUE}


def test_every_kind_that_can_be_read_says_whose_it_is():
    for row in ROWS:
        assert re.fullmatch(
            "token|permission|page|app|instagram|limit|tool|facebook|conversation|unknown",
            message_catalog()[row["kind"]]["whose"],
        )
