"""The practice Facebook by itself: its dialog, lifetimes, lists, troubles and command line."""

import json
import re
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from gui.practice.faults import TROUBLES
from gui.practice.world import APP_ID, World
from tests.support.people import short_token

REDIRECT = "https://www.facebook.com/connect/login_success.html"


def graph(server, path, token=None, method="get", **params):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return getattr(requests, method)(
        f"{server.url}/v25.0/{path}", params=params, headers=headers, timeout=10, allow_redirects=False
    )


def open_dialog(server, **changes):
    params = {
        "client_id": APP_ID,
        "redirect_uri": REDIRECT,
        "state": "s+/=",
        "response_type": "token",
        "scope": "pages_show_list,pages_read_engagement,business_management",
        **changes,
    }
    return requests.get(f"{server.url}/v25.0/dialog/oauth", params=params, timeout=10, allow_redirects=False)


def flow_in(page):
    match = re.search(r'name="flow" value="([^"]+)"', page.text)
    assert match is not None
    return match.group(1)


def post(server, step, **form):
    return requests.post(f"{server.url}/practice/{step}", data=form, timeout=10, allow_redirects=False)


def log_in(server, person=1, form=None, **changes):
    flow = flow_in(open_dialog(server, **changes))
    post(server, "login", flow=flow, person=person, password="practice")
    return post(
        server,
        "allow",
        flow=flow,
        **(form or {"which": "all", "scope": ["pages_show_list", "pages_read_engagement", "business_management"]}),
    )


def test_the_dialog_answers_with_a_token_in_the_fragment(practice):
    location = log_in(practice).headers["Location"]
    answer = parse_qs(urlsplit(location).fragment)
    assert urlsplit(location).query == ""
    assert answer["state"] == ["s+/="]
    record = practice.world.mint.read(answer["access_token"][0])
    assert record.expires_at % 3600 == 0
    assert 3600 <= record.expires_at - practice.world.now() <= 7200
    assert 0 < int(answer["expires_in"][0]) <= 7200


def test_the_dialog_answers_with_a_code_in_the_query(practice):
    location = log_in(practice, response_type="code", redirect_uri="http://localhost:5000/").headers["Location"]
    assert location.endswith("#_=_")
    code = parse_qs(urlsplit(location).query)["code"][0]
    params = {
        "client_id": APP_ID,
        "client_secret": practice.world.app_secret,
        "redirect_uri": "http://localhost:5000/",
        "code": code,
    }
    assert (
        graph(practice, "oauth/access_token", **{**params, "redirect_uri": "http://localhost:5000"}).json()["error"][
            "code"
        ]
        == 100
    )
    assert graph(practice, "oauth/access_token", **params).json()["token_type"] == "bearer"
    assert graph(practice, "oauth/access_token", **params).json()["error"]["error_subcode"] == 36009


@pytest.mark.parametrize("trouble", ["", "cancel_without_state", "hash_underscore"])
def test_a_cancel_comes_in_the_query(practice, trouble):
    if trouble:
        practice.world.faults.on(trouble)
    location = post(practice, "cancel", flow=flow_in(open_dialog(practice))).headers["Location"]
    answer = parse_qs(urlsplit(location).query)
    assert answer["error"] == ["access_denied"]
    assert ("state" in answer) == (trouble != "cancel_without_state")
    assert location.endswith("#_=_") == (trouble == "hash_underscore")


def test_only_chosen_pages_and_permissions_are_given(practice):
    location = log_in(practice, form={"which": "some", "page": ["3", "4"], "scope": ["pages_show_list"]}).headers[
        "Location"
    ]
    token = parse_qs(urlsplit(location).fragment)["access_token"][0]
    assert len(graph(practice, "me/accounts", token).json()["data"]) == 2
    held = graph(practice, "me/permissions", token).json()["data"]
    assert {row["permission"] for row in held if row["status"] == "granted"} == {"public_profile", "pages_show_list"}
    assert {row["permission"] for row in held if row["status"] == "declined"} == {
        "pages_read_engagement",
        "business_management",
    }
    facts = graph(practice, "debug_token", f"{APP_ID}|{practice.world.app_secret}", input_token=token).json()["data"]
    assert sorted(facts["granular_scopes"][0]["target_ids"]) == sorted(practice.world.page(i).id for i in (3, 4))
    assert graph(practice, "me/businesses", token).status_code == 400


@pytest.mark.parametrize(
    ("changes", "trouble", "says"),
    [
        ({"client_id": "1"}, "", "Invalid App ID"), ({"redirect_uri": REDIRECT + "/"}, "", "Load URL"),
        ({}, "redirect_not_listed", "Load URL"), ({}, "app_in_development", "App Not Setup"),
        ({}, "embedded_blocked", "embedded browser"), ({}, "invalid_scopes", "Invalid Scopes: business_management"),
    ],
)  # fmt: skip
def test_pages_without_a_way_on(practice, changes, trouble, says):
    if trouble:
        practice.world.faults.on(trouble)
    page = open_dialog(practice, **changes)
    assert page.status_code == 200
    assert says in page.text


def test_tokens_live_as_long_as_facebooks(practice):
    world = practice.world
    short = short_token(practice, 1).reveal()
    secret = {"client_id": APP_ID, "client_secret": world.app_secret, "grant_type": "fb_exchange_token"}
    answer = requests.post(
        f"{practice.url}/oauth/access_token", data={**secret, "fb_exchange_token": short}, timeout=10
    ).json()
    assert answer["expires_in"] == 5_184_000
    long = answer["access_token"]
    page_short, page_long = (
        graph(practice, "me/accounts", token, limit=1).json()["data"][0]["access_token"] for token in (short, long)
    )
    world.advance(2 * 3600)
    assert graph(practice, "me", short).json()["error"]["error_subcode"] == 463
    assert graph(practice, "me", page_short).json()["error"]["code"] == 190
    assert graph(practice, "me", long).json()["id"] == world.people[1].user_id
    world.advance(60 * 86_400)
    assert graph(practice, "me", long).json()["error"]["error_subcode"] == 463
    assert graph(practice, "me", page_long).json()["name"]
    assert (
        graph(practice, "oauth/access_token", **secret, fb_exchange_token=long).json()["error"]["error_subcode"] == 463
    )


def test_a_restart_understands_its_own_tokens():
    first, second, other = World(seed=5), World(seed=5), World(seed=6)
    token = first.short_lived_token(first.people[0])
    assert second.mint.read(token) == first.mint.read(token)
    assert other.mint.read(token) is None
    assert second.app_secret == first.app_secret != other.app_secret
    for changed in (token[:-1], token[:50] + "A" + token[51:], token + "A", "EAA", "EAA" + "-" * 200):
        assert changed == token or second.mint.read(changed) is None


def test_next_holds_the_token_as_facebooks_does(practice):
    token = short_token(practice, 1).reveal()
    answer = graph(practice, "me/accounts", token)
    assert len(answer.json()["data"]) == 25
    assert token in answer.json()["paging"]["next"]
    assert requests.get(answer.json()["paging"]["next"], timeout=10).json()["data"]
    assert rb"\/" in answer.content
    assert all(byte < 128 for byte in answer.content)
    assert graph(practice, "me/accounts", short_token(practice, 2).reveal()).json() == {"data": []}
    assert set(answer.json()["data"][0]) == {"access_token", "category", "category_list", "name", "id", "tasks"}
    assert "paging" in graph(practice, "me/accounts", token, fields="name", limit=100).json()
    assert (
        graph(practice, "me/accounts", token, fields="nothing")
        .json()["error"]["message"]
        .startswith("(#100) Tried accessing nonexisting field (nothing)")
    )


def test_batch_and_ids(practice):
    token = short_token(practice, 1).reveal()
    items = [{"method": "GET", "relative_url": f"{practice.world.page(i).id}?fields=name"} for i in range(3, 6)] + [
        {"method": "GET", "relative_url": "v25.0/nobody"}
    ]
    answers = requests.post(
        f"{practice.url}/v25.0/",
        data={"access_token": token, "batch": json.dumps(items), "include_headers": "false"},
        timeout=10,
    ).json()
    assert [one["code"] for one in answers] == [200, 200, 200, 400]
    assert json.loads(answers[0]["body"])["name"] == practice.world.page(3).name
    practice.world.faults.on("batch_null")
    answers = requests.post(practice.url, data={"access_token": token, "batch": json.dumps(items)}, timeout=10).json()
    assert [one is None for one in answers] == [False, True, False, True]
    ids = ",".join(practice.world.page(i).id for i in range(3, 6))
    assert len(graph(practice, "", token, ids=ids, fields="name").json()) == 3
    assert graph(practice, "", token, ids="").json()["error"]["message"] == "Cannot specify an empty identifier"


@pytest.mark.parametrize("stamped", [False, True])
def test_both_forms_of_the_proof(practice, stamped):
    import hashlib
    import hmac

    token = short_token(practice).reveal()
    stamp = str(practice.world.now())
    message = f"{token}|{stamp}" if stamped else token
    proof = hmac.new(practice.world.app_secret.encode(), message.encode(), hashlib.sha256).hexdigest()
    more = {"appsecret_time": stamp} if stamped else {}
    assert graph(practice, "me", token, appsecret_proof=proof, **more).status_code == 200
    assert "Invalid appsecret_proof" in graph(practice, "me", token, appsecret_proof=proof[::-1], **more).text
    if stamped:
        practice.world.advance(301)
        assert "Invalid appsecret_proof" in graph(practice, "me", token, appsecret_proof=proof, **more).text


def test_it_answers_only_on_loopback(practice):
    assert practice.url.startswith("http://127.0.0.1:")
    assert practice._server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize("name", sorted(TROUBLES))
def test_every_trouble_is_spoken_of_in_the_code(name):
    from pathlib import Path

    code = "".join(
        path.read_text("utf-8")
        for path in (Path(__file__).parents[3] / "gui" / "practice").glob("*.py")
        if path.name != "faults.py"
    )
    from gui.practice.faults import ENVELOPES, TOKEN_DEATHS

    assert f'"{name}"' in code or name in TOKEN_DEATHS or name in ENVELOPES


def test_it_starts_alone_and_says_where():
    command = [sys.executable, "-m", "gui.practice", "--pages", "7", "--seed", "3", "--trouble", "slow:1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        assert set(said) == {"graph_url", "login_url", "app_id", "app_secret", "people", "apps"}
        assert set(said["people"][0]) == {"name", "user_id", "password", "short_lived_token"}
        answer = requests.get(
            f"{said['graph_url']}/v25.0/me",
            headers={"Authorization": f"Bearer {said['people'][1]['short_lived_token']}"},
            timeout=10,
        )
        assert answer.json()["name"] == "Agency Nord"
    finally:
        process.terminate()
        process.wait(5)
