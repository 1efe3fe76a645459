"""Three public clients that do not know the practice Facebook do their whole job on it."""

import pytest

from gui.practice.world import APP_ID
from tests.support.people import short_token


def test_facebook_sdk(practice, monkeypatch):
    import facebook

    monkeypatch.setattr(facebook, "FACEBOOK_GRAPH_URL", f"{practice.url}/")
    graph = facebook.GraphAPI(access_token=short_token(practice, 1).reveal(), version="3.1")
    long = graph.extend_access_token(APP_ID, practice.world.app_secret)
    assert int(long["expires_in"]) == 5_184_000
    graph = facebook.GraphAPI(access_token=long["access_token"], version="3.1")
    pages = list(graph.get_all_connections("me", "accounts"))
    assert len(pages) == len({page["id"] for page in pages}) == 195
    page_token = graph.get_object(pages[0]["id"], fields="access_token")["access_token"]
    facts = graph.debug_access_token(page_token, APP_ID, practice.world.app_secret)["data"]
    assert (facts["type"], facts["expires_at"], facts["profile_id"]) == ("PAGE", 0, pages[0]["id"])
    with pytest.raises(facebook.GraphAPIError):
        facebook.GraphAPI(access_token="EAAwrong", version="3.1").get_object("me")


def test_python_facebook_api(practice, monkeypatch):
    from pyfacebook import GraphAPI

    monkeypatch.setattr(GraphAPI, "GRAPH_URL", f"{practice.url}/")
    monkeypatch.setattr(GraphAPI, "EXCHANGE_ACCESS_TOKEN_URL", f"{practice.url}/oauth/access_token", raising=False)
    api = GraphAPI(
        app_id=APP_ID,
        app_secret=practice.world.app_secret,
        access_token=short_token(practice, 1).reveal(),
        version="v20.0",
    )
    long = api.exchange_long_lived_user_access_token()
    api = GraphAPI(
        app_id=APP_ID, app_secret=practice.world.app_secret, access_token=long["access_token"], version="v20.0"
    )
    pages = api.get_full_connections(object_id="me", connection="accounts", limit=60, count=None)["data"]
    assert len({page["id"] for page in pages}) == 195
    token = api.get_object(pages[0]["id"], fields="access_token")["access_token"]
    facts = api.debug_token(input_token=token, access_token=f"{APP_ID}|{practice.world.app_secret}")["data"]
    assert (facts["type"], facts["is_valid"]) == ("PAGE", True)


def test_facebook_business(practice, monkeypatch):
    from facebook_business.adobjects.page import Page
    from facebook_business.adobjects.user import User
    from facebook_business.api import FacebookAdsApi
    from facebook_business.exceptions import FacebookRequestError
    from facebook_business.session import FacebookSession

    monkeypatch.setattr(FacebookSession, "GRAPH", practice.url)
    secret = practice.world.app_secret
    api = FacebookAdsApi.init(APP_ID, secret, short_token(practice, 1).reveal())
    params = {
        "grant_type": "fb_exchange_token",
        "client_id": APP_ID,
        "client_secret": secret,
        "fb_exchange_token": short_token(practice, 1).reveal(),
    }
    long = api.call("GET", ("oauth", "access_token"), params=params).json()
    api = FacebookAdsApi.init(APP_ID, secret, long["access_token"])
    pages = list(User("me", api=api).get_accounts(fields=["id", "name", "access_token"], params={"limit": 50}))
    assert len({page["id"] for page in pages}) == 195
    page = Page(pages[0]["id"], api=api).api_get(fields=["access_token"])
    facts = api.call("GET", ("debug_token",), params={"input_token": page["access_token"]}).json()["data"]
    assert facts["profile_id"] == pages[0]["id"]
    with pytest.raises(FacebookRequestError) as caught:
        User("999999999", api=api).api_get(fields=["name"])
    assert caught.value.api_error_code() == 100
