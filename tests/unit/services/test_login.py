"""The dialog's address and answer, and what a login or a pasted token is believed to be."""

from urllib.parse import parse_qs, urlsplit

import pytest

from gui.errors import UserError
from gui.graph.error_texts import invalid_scopes
from gui.graph.login import is_answer, read_answer, stuck_kind
from gui.services import login
from gui.services.exchange import extend
from gui.values import AppCredentials, Secret, TokenInfo
from tests.support.people import JOB, app_of, short_token

BASE = "https://www.facebook.com/connect/login_success.html"


@pytest.mark.parametrize(
    ("address", "token", "state", "expires_in", "error"),
    [
        (f"{BASE}#access_token=EAAx&data_access_expiration_time=1704651997&expires_in=5603", "EAAx", "", 5603, ""),
        (f"{BASE}?#access_token=EAAx&expires_in=0&state=a%2Bb", "EAAx", "a+b", 0, ""),
        (f"{BASE}#state=s&access_token=EAAx%20", "EAAx ", "s", None, ""),
        (
            f"{BASE}?error=access_denied&error_code=200&error_description=Permissions+error"
            "&error_reason=user_denied&state=s#_=_",
            None,
            "s",
            None,
            "access_denied",
        ),
        (
            f"{BASE}?error_reason=user_denied&error=access_denied&error_description=Permissions+error.",
            None,
            "",
            None,
            "access_denied",
        ),
        (f"{BASE}#_=_", None, "", None, ""),
        (BASE, None, "", None, ""),
        (f"{BASE}#access_token=EAAx&expires_in=soon&unknown=1", "EAAx", "", None, ""),
    ],
)
def test_the_answer_is_read_from_query_and_fragment(address, token, state, expires_in, error):
    answer = read_answer(Secret(address))
    assert (answer.token.reveal() if answer.token else None) == token
    assert (answer.state, answer.expires_in, answer.error) == (state, expires_in, error)


def test_a_code_loses_its_tail():
    answer = read_answer(Secret("http://localhost:5000/?code=AQBx&state=s#_=_"))
    assert answer.code == Secret("AQBx")
    assert answer.state == "s"


def test_only_the_redirect_address_is_an_answer():
    assert is_answer(f"{BASE}#access_token=x", BASE)
    assert is_answer(f"{BASE}?error=1", BASE)
    assert not is_answer("https://www.facebook.com/connect/login_success.html.evil#access_token=x", BASE)
    assert not is_answer("https://evil.example/?next=https://www.facebook.com/connect/login_success.html", BASE)


def test_the_dialog_asks_for_what_pages_need(session, practice):
    attempt = login.begin(session, app_of(practice), ("publish_posts",), without=("business_management",))
    params = {name: values[0] for name, values in parse_qs(urlsplit(attempt.url).query).items()}
    assert params["response_type"] == "token"
    assert params["redirect_uri"] == session.site.redirect_uri
    assert params["state"] == attempt.state
    assert params["scope"].split(",") == [
        "pages_show_list",
        "pages_read_engagement",
        "pages_manage_posts",
    ]
    configured = AppCredentials("1", Secret("s"), config_id="77")
    query = parse_qs(urlsplit(login.begin(session, configured).url).query)
    assert query["config_id"] == ["77"]
    assert "scope" not in query
    assert login.begin(session, configured).state != login.begin(session, configured).state


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Can't Load URL: The domain of this URL isn't included in the app's domains.", "redirect_not_listed"),
        ("URL Blocked: This redirect failed because the redirect URI is not whitelisted", "redirect_not_listed"),
        ("App Not Setup: This app is still in development mode", "app_in_development"),
        ("Invalid Scopes: pages_manage_posts, read_insights. This message", "invalid_scopes"),
        ("For your account security, logging into Facebook from an embedded browser is disabled.", "embedded_blocked"),
        ("Invalid App ID: The provided app ID", "app_unknown"),
        ("Feature unavailable: Facebook Login is currently unavailable for this app", "login_unavailable"),
        ("Log in to Facebook", ""),
    ],
)
def test_pages_that_never_redirect_are_known(text, kind):
    assert stuck_kind(text) == kind


def test_the_missing_permissions_are_named():
    assert invalid_scopes("Invalid Scopes: pages_manage_posts, read_insights. This message is only") == (
        "pages_manage_posts",
        "read_insights",
    )


def _answer(attempt, token, **more):
    extra = "".join(f"&{name}={value}" for name, value in more.items())
    return Secret(f"{attempt.redirect_uri}#access_token={token.reveal()}&expires_in=5000&state={attempt.state}{extra}")


def test_a_login_is_checked_and_extended(session, practice):
    attempt = login.begin(session, app_of(practice))
    found = login.accept(session, attempt, _answer(attempt, short_token(practice)), JOB)
    assert found.token.user_name == "Amira Haddad"
    assert found.token.expires_at is not None
    assert found.token.expires_at % 3600 == 0
    assert not found.token.long_lived
    long = extend(session, found, JOB).token
    assert long.secret != found.token.secret
    assert abs(long.expires_at - practice.world.now() - 60 * 86_400) < 5
    assert abs(long.data_access_expires_at - practice.world.now() - 90 * 86_400) < 5


def test_native_desktop_apps_are_asked_with_the_token_itself(session, practice):
    practice.world.faults.on("native_desktop")
    attempt = login.begin(session, app_of(practice))
    assert login.accept(session, attempt, _answer(attempt, short_token(practice)), JOB).token.user_name


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("{uri}#access_token={token}&state=other", "state_wrong"),
        ("{uri}#access_token={token}", "state_wrong"),
        ("{uri}?error=access_denied&error_code=200", "login_cancelled"),
        ("{uri}#state={state}", "login_without_token"),
        ("{uri}?error=server_error&error_description=Something&state={state}", "facebook_said"),
    ],
)
def test_other_answers_are_named(session, practice, address, kind):
    attempt = login.begin(session, app_of(practice))
    text = address.format(uri=attempt.redirect_uri, token=short_token(practice).reveal(), state=attempt.state)
    with pytest.raises(UserError) as caught:
        login.accept(session, attempt, Secret(text), JOB)
    assert caught.value.kind == kind


def test_declined_permissions_are_told(session, practice):
    world = practice.world
    attempt = login.begin(session, app_of(practice))
    grant = world.new_grant(world.people[0], ["pages_show_list", "pages_read_engagement"], None)
    found = login.accept(session, attempt, _answer(attempt, Secret(world.user_token(grant))), JOB)
    assert found.missing_permissions == ("business_management",)


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("page", "paste_page_token"),
        ("other_app", "other_app"),
        ("expired", "token_expired"),
    ],
)
def test_a_pasted_token_is_named_as_what_it_is(session, practice, what, kind):
    with pytest.raises(UserError) as caught:
        login.from_paste(session, app_of(practice), Secret(practice.world.special_token(what)), None, JOB)
    assert caught.value.kind == kind


@pytest.mark.parametrize(("what", "ends"), [("system_user", False), ("system_user_60_days", True)])
def test_a_system_users_token_goes_on_as_it_is(session, practice, what, ends):
    secret = Secret(practice.world.special_token(what))
    found = login.from_paste(session, app_of(practice), secret, None, JOB)
    token = found.token
    assert (token.user_name, token.business, token.is_system_user) == ("Nord Server", "Nord Retail", True)
    assert bool(token.expires_at) is ends
    practice.world.faults.on("wrong_secret")
    kept = extend(session, found, JOB).token
    assert (kept.secret, kept.long_lived) == (secret, True), "nothing is asked for a system user's token"


def test_a_system_user_whose_business_is_not_told_is_taken_all_the_same(session, practice):
    practice.world.faults.on("businesses_refused")
    found = login.from_paste(session, app_of(practice), Secret(practice.world.special_token("system_user")), None, JOB)
    assert (found.token.is_system_user, found.token.business) == (True, "")


def test_a_token_of_no_person_is_named_as_that(session, practice, monkeypatch):
    monkeypatch.setattr(login, "token_info", lambda *_: TokenInfo(True, "GUEST", app_of(practice).app_id))
    with pytest.raises(UserError) as caught:
        login.from_paste(session, app_of(practice), short_token(practice), None, JOB)
    assert caught.value.kind == "paste_other_kind"


def test_a_pasted_app_token_is_not_sent(session, practice):
    before = len(practice.calls)
    with pytest.raises(UserError) as caught:
        login.from_paste(session, app_of(practice), Secret(f"180000000000001|{practice.world.app_secret}"), None, JOB)
    assert caught.value.kind == "paste_app_token"
    assert len(practice.calls) == before


def test_a_pasted_user_token_goes_on(session, practice):
    assert (
        login.from_paste(session, app_of(practice), short_token(practice, 1), None, JOB).token.user_name
        == "Agency Nord"
    )


def test_a_pasted_token_keeps_what_it_is_for_and_says_what_it_lacks(session, practice):
    token = Secret(practice.world.special_token("system_user"))
    found = login.from_paste(session, app_of(practice), token, ("messages", "custom_audiences"), JOB)
    assert found.purposes == ("messages", "custom_audiences")
    needed = {"pages_messaging", "pages_manage_metadata", "ads_management"}
    assert needed - set(found.token.scopes) == needed & set(found.missing_permissions)
    assert not set(found.missing_permissions) & set(found.token.scopes)
