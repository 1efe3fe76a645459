"""The client against every answer that is none, and where secrets travel."""

import contextlib
import socket
import ssl
import threading
import traceback

import pytest
import requests
import urllib3
from hypothesis import given
from hypothesis import strategies as st

from gui.errors import Cancelled
from gui.graph import calls
from gui.graph.client import GraphClient, _network_kind, new_session
from gui.graph.errors import Envelope, GraphError, from_envelope
from gui.graph.usage import Usage, read_usage
from gui.services.explain import explain
from gui.values import Secret, Site, Waiting
from tests.support.network import Relay, certificate
from tests.support.people import Collected, app_of, short_token


@pytest.fixture
def job():
    return Collected()


@pytest.fixture
def client(practice, job):
    return GraphClient(Site(practice.url, practice.url), "v25.0", app=app_of(practice), job=job)


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        ("html_400", "not_json"), ("html_502", "server_trouble"), ("empty_body", "empty_answer"),
        ("cut_body", "cut_off"), ("dropped", "cut_off"), ("endless", "answer_too_large"), ("redirect", "redirected"),
        ("wrong_types", "wrong_shape"), ("error_in_200", "token_invalid"), ("transient", "facebook_down"),
        ("unknown_error", "unknown_transient"), ("usage_100", "limit"), ("limit_estimate", "limit"),
        ("token_expired", "token_expired"), ("password_changed", "password_changed"), ("app_removed", "app_removed"),
        ("logged_out", "logged_out"), ("session_ended", "session_ended"), ("checkpoint", "checkpoint"),
        ("unconfirmed_account", "unconfirmed_account"),
    ],
)  # fmt: skip
def test_a_troubled_answer_becomes_a_graph_error(practice, client, trouble, kind):
    practice.world.faults.on(trouble)
    token = short_token(practice)
    with pytest.raises(GraphError) as caught:
        calls.me(client, token)
    assert caught.value.kind == kind
    told = "".join(traceback.format_exception(caught.value)) + str(caught.value.details)
    for secret in practice.world.given_out:
        assert secret not in told


def test_a_redirect_is_neither_followed_nor_read(job):
    asked: list[str] = []
    blocks = iter(range(1024))

    def answer(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection, contextlib.suppress(OSError):
            asked.append(connection.recv(65536).decode())
            connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 99999999999\r\n\r\n")
            for _ in blocks:
                connection.sendall(b"x" * 65536)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        answering = threading.Thread(target=answer, args=(listener,))
        answering.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(GraphError) as caught:
            calls.me(GraphClient(Site(url, url), "v25.0", job=job), Secret("EAA" + "x" * 60))
        answering.join(10)
    assert caught.value.kind == "redirected"
    assert len(asked) == 1
    assert next(blocks, None) is not None, "the whole body was read"


@pytest.mark.parametrize("trouble", ["html_502", "empty_body", "cut_body", "dropped", "transient", "unknown_error"])
def test_what_passes_is_tried_again(practice, client, job, trouble):
    practice.world.faults.on(trouble, 2)
    assert calls.me(client, short_token(practice))[1] == "Amira Haddad"
    assert len(job.pauses) == 2
    assert all(isinstance(one, Waiting) for one in job.reports)
    assert job.pauses[1] > job.pauses[0] * 0.9


@pytest.mark.parametrize(
    "trouble", ["password_changed", "app_removed", "permission_missing", "blocked_for_misuse", "page_gone"]
)
def test_what_does_not_pass_is_asked_once(practice, client, trouble):
    practice.world.faults.on(trouble)
    before = len(practice.calls)
    with pytest.raises(GraphError):
        calls.page(client, short_token(practice), practice.world.page(0).id)
    assert len(practice.calls) == before + 1


@pytest.mark.parametrize(("trouble", "waits"), [("usage_100", [300, 600, 1200]), ("limit_estimate", [240, 240, 240])])
def test_a_limit_is_waited_for_as_long_as_facebook_says(practice, client, job, trouble, waits):
    practice.world.faults.on(trouble)
    token = short_token(practice)
    with pytest.raises(GraphError) as caught:
        calls.me(client, token)
    assert caught.value.kind == "limit"
    asked = [one.seconds for one in job.reports if one.kind == "limit"]
    assert [least <= seconds <= least * 1.06 for least, seconds in zip(waits, asked, strict=True)] == [True] * 3


def test_near_the_limit_calls_are_spaced_out_before_facebook_refuses(practice, client, job):
    token = short_token(practice)
    calls.me(client, token)
    assert job.pauses == []
    practice.world.faults.on("usage_85")
    calls.me(client, token)
    calls.me(client, token)
    assert [one.kind for one in job.reports] == ["near_limit"]
    assert job.pauses == [0.5]


@pytest.mark.parametrize(
    ("headers", "percent", "regain"),
    [
        ({}, 0, 0),
        ({"X-App-Usage": '{"call_count":28,"total_time":25,"total_cputime":99}'}, 99, 0),
        ({"X-Page-Usage": '"17%"'}, 0, 0),
        ({"X-App-Usage": "[1, 2]", "X-Page-Usage": "{", "X-Business-Use-Case-Usage": "[" * 5000}, 0, 0),
        ({"X-App-Usage": '{"call_count":"many","total_time":true,"total_cputime":-4}'}, 0, 0),
        (
            {"X-Business-Use-Case-Usage": '{"1":[{"type":"pages","call_count":97,"total_cputime":23,"total_time":23,'
             '"estimated_time_to_regain_access":0}],'
             '"2":[{"type":"pages","call_count":100,"estimated_time_to_regain_access":7},3]}'},
            100, 420,
        ),
    ],
)  # fmt: skip
def test_usage_is_read_from_every_shape(headers, percent, regain):
    found = read_usage(headers)
    assert (found.percent, found.regain) == (percent, regain)


@pytest.mark.parametrize("code", [10, 100, 102, 190, 200, 283, 299, 368])
def test_a_final_code_is_not_tried_again_even_when_it_calls_itself_transient(code):
    assert not from_envelope(Envelope(message="no", code=code, is_transient=True), 400).transient
    assert from_envelope(Envelope(message="wait", code=9999, is_transient=True), 400).transient
    assert not from_envelope(
        Envelope(message="Error validating client secret.", code=1, is_transient=True), 400
    ).transient


@pytest.mark.parametrize("trouble", ["text_javascript", "usage_85", "usage_malformed", "version_forward"])
def test_odd_headers_do_no_harm(practice, client, trouble):
    practice.world.faults.on(trouble)
    assert calls.me(client, short_token(practice))[0] == practice.world.people[0].user_id
    assert client.version_used == ("v21.0" if trouble == "version_forward" else "v25.0")
    assert client.usage.percent == (85 if trouble == "usage_85" else 0)


def test_the_token_travels_in_the_header_and_the_secret_in_the_body(practice, client, monkeypatch):
    seen = []
    send = client._session.send

    def spy(request, **settings):
        seen.append((request.method, request.url, dict(request.headers)))
        return send(request, **settings)

    monkeypatch.setattr(client._session, "send", spy)
    token = short_token(practice)
    long = calls.exchange_token(client, app_of(practice), token)
    calls.page_edge(client, long.secret, "me/accounts")
    for _method, url, headers in seen:
        for secret in practice.world.given_out:
            assert secret not in url
        assert practice.world.app_secret not in str(headers)
    assert seen[0][0] == "POST"


def test_a_stop_is_felt_between_tries(practice, client, job):
    practice.world.faults.on("transient")
    job.stop_after = 1
    with pytest.raises(Cancelled):
        calls.me(client, short_token(practice))


@pytest.mark.parametrize(("url", "kind"), [("http://127.0.0.1:1", "no_network"), ("http://name.invalid", "no_name")])
def test_no_way_there_is_said_so(url, kind, job):
    client = GraphClient(Site(url, url), "v25.0", job=job)
    with pytest.raises(GraphError) as caught:
        calls.me(client, Secret("EAAx"))
    assert caught.value.kind == kind


@pytest.mark.parametrize(
    ("ended", "known", "kind"), [(False, False, "tls_failed"), (False, True, ""), (True, True, "certificate_date")]
)
def test_a_certificate_that_does_not_verify_is_refused(practice, tmp_path, job, ended, known, kind):
    """One of nobody's authority; the same where the authority is known; and one that was good until yesterday."""
    made = certificate(tmp_path, ended=ended)
    relay = Relay(practice.url, tls=made)
    site = Site(f"https://127.0.0.1:{relay.port}", practice.url)
    session = new_session(site)
    if known:
        session.verify = made[2]
    client = GraphClient(site, "v25.0", session=session, job=job)
    try:
        if kind:
            with pytest.raises(GraphError) as caught:
                calls.me(client, short_token(practice))
            assert caught.value.kind == kind
        else:
            assert calls.me(client, short_token(practice))[1] == "Amira Haddad"
    finally:
        relay.close()
    assert bool(practice.calls) == (not kind), "nothing may have been sent"


def test_require_app_secret_is_met_by_the_proof(practice, client):
    practice.world.faults.on("require_proof")
    assert calls.me(client, short_token(practice))[1]
    bare = GraphClient(Site(practice.url, practice.url), "v25.0")
    with pytest.raises(GraphError) as caught:
        calls.me(bare, short_token(practice))
    assert caught.value.kind == "proof_missing"


def test_both_forms_of_the_proof_are_known_the_short_one_first(practice, client):
    practice.world.faults.on("proof_needs_time")
    before = len(practice.calls)
    assert calls.me(client, short_token(practice))[1] == "Amira Haddad"
    assert len(practice.calls) - before == 2
    assert calls.me(client, short_token(practice))[1] == "Amira Haddad"
    assert len(practice.calls) - before == 3, "what was learned is kept"
    practice.world.faults.off()
    practice.world.faults.on("proof_wrong")
    with pytest.raises(GraphError) as caught:
        calls.me(client, short_token(practice))
    assert caught.value.kind == "proof_wrong"


@pytest.mark.parametrize("trouble", ["", "delete_success"])
def test_both_answers_to_a_removal_are_taken(practice, client, trouble):
    if trouble:
        practice.world.faults.on(trouble)
    token = short_token(practice)
    calls.revoke(client, token, practice.world.people[0].user_id)
    with pytest.raises(GraphError) as caught:
        calls.me(client, token)
    assert caught.value.kind == "app_removed"


# ---------------------------------------------------------------- what Facebook does beyond the documented
@pytest.mark.parametrize("answer", [None, "delete_success"])
def test_a_removal_whose_answer_was_lost_is_done(practice, client, job, answer):
    if answer:
        practice.world.faults.on(answer)
    practice.world.faults.on("delete_answer_lost", 1)
    token, person = short_token(practice), practice.world.people[0]
    calls.revoke(client, token, person.user_id)
    assert practice.calls == [f"DELETE {person.user_id}/permissions"] * 2
    assert [one.kind for one in job.reports] == ["cut_off"]
    with pytest.raises(GraphError) as caught:
        calls.me(client, token)
    assert caught.value.kind == "app_removed"


def test_a_permission_given_back_with_its_answer_lost_is_given_back(practice, client):
    practice.world.faults.on("delete_answer_lost", 1)
    token, person = short_token(practice), practice.world.people[0]
    calls.revoke_permission(client, token, person.user_id, "pages_manage_metadata")
    assert calls.permissions(client, token).get("pages_manage_metadata") != "granted"


@pytest.mark.parametrize(
    ("first", "then", "done"),
    [
        ("timeout", "app_removed", True), ("cut_off", "logged_out", True), ("empty_answer", "token_invalid", True),
        ("server_trouble", "password_changed", True), ("facebook_down", "logged_out", False),
        ("", "logged_out", False), ("", "app_removed", True), ("cut_off", "permission_refused", False),
    ],
)  # fmt: skip
def test_a_removal_is_done_only_where_an_earlier_try_may_have_done_it(client, monkeypatch, first, then, done):
    answers = [GraphError(one, status=400) for one in (first, then) if one]

    def refuse(*_arguments):
        raise answers.pop(0)

    monkeypatch.setattr(client, "_request", refuse)
    if done:
        calls.revoke(client, Secret("EAAx7QdRemoved"), "122")
    else:
        with pytest.raises(GraphError) as caught:
            calls.revoke(client, Secret("EAAx7QdRemoved"), "122")
        assert caught.value.kind == then
    assert answers == []


def test_what_facebook_calls_final_is_asked_once(practice, client, job):
    practice.world.faults.on("final_trouble")
    with pytest.raises(GraphError) as caught:
        calls.me(client, short_token(practice))
    assert caught.value.details["Facebook says"] == "Service is off for good"
    assert len(practice.calls) == 1
    assert job.pauses == []


@pytest.mark.parametrize("code", [1, 2])
@pytest.mark.parametrize(("is_transient", "again"), [(False, False), (True, True), (None, True)])
def test_codes_one_and_two_are_tried_again_unless_facebook_calls_them_final(code, is_transient, again):
    error = from_envelope(Envelope(message="An error that nobody knows", code=code, is_transient=is_transient), 500)
    assert error.transient is again


def test_facebooks_own_words_for_people_are_shown(practice, client):
    practice.world.faults.on("with_user_message")
    with pytest.raises(GraphError) as caught:
        calls.me(client, short_token(practice))
    said = explain(caught.value)
    assert "You can’t do that yet: Ask an admin of the Page to let you post." in f"{said.title} {said.text}"
    assert said.action is not None


def test_cookies_are_neither_kept_nor_sent(practice, client):
    practice.world.faults.on("cookies")
    for _ in range(3):
        calls.me(client, short_token(practice))
    assert practice.cookies_received == 0
    assert len(client._session.cookies) == 0


def test_the_spacing_grows_with_what_a_call_costs(practice, client, job):
    practice.world.faults.on("usage_costly")
    token = short_token(practice)
    for _ in range(6):
        calls.me(client, token)
    assert all(one.kind == "near_limit" for one in job.reports)
    assert job.pauses == sorted(job.pauses)
    cheap = [read_usage({"X-App-Usage": f'{{"call_count":{used}}}'}).spacing for used in (88, 92, 96, 99)]
    assert [pause > plain for pause, plain in zip(job.pauses[:3], cheap, strict=False)] == [True] * 3
    assert max(job.pauses) <= 60


@given(st.integers(0, 120), st.integers(0, 120))
def test_spacing_is_none_far_from_the_limit_and_never_longer_than_a_minute(before, now):
    usage = read_usage({"X-Page-Usage": f'{{"total_time":{now}}}'}, Usage(before))
    assert usage.percent == now
    assert usage.cost == (max(0, now - before) if before else 0)
    assert 0 <= usage.spacing <= 60
    assert (usage.spacing > 0) is (now >= 85)
    assert usage.spacing >= read_usage({"X-Page-Usage": f'{{"total_time":{now}}}'}).spacing


@pytest.mark.parametrize(("trouble", "used"), [("version_newer", "v27.0"), ("version_forward", "v21.0"), ("", "v25.0")])
def test_the_version_that_answered_is_noted_on_every_call(practice, job, trouble, used):
    noted: list[tuple[str, str]] = []
    client = GraphClient(
        Site(practice.url, practice.url), "v25.0", app=app_of(practice), job=job,
        note_version=lambda *versions: noted.append(versions),
    )  # fmt: skip
    if trouble:
        practice.world.faults.on(trouble)
    calls.me(client, short_token(practice))
    practice.world.faults.on("password_changed")
    with pytest.raises(GraphError):
        calls.me(client, short_token(practice))
    assert noted == [("v25.0", used)] * 2, "an error is an answer too"


def test_a_token_however_short_is_one(practice, client):
    practice.world.faults.on("short_page_token")
    batch = calls.page_edge(client, short_token(practice), "me/accounts")
    assert batch.pages[0].token == Secret("EAAshort")


def test_a_redirected_or_unreadable_answer_hides_no_later_one(practice, client):
    for trouble in ("unreadable", "redirect", "html_400"):
        practice.world.faults.on(trouble, 1)
        with pytest.raises(GraphError):
            calls.me(client, short_token(practice))
        assert calls.me(client, short_token(practice))[1] == "Amira Haddad"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (9, "certificate_date"), (10, "certificate_date"), (0x800B0101, "certificate_date"),
        (-2146762495, "certificate_date"), (0x800B0109, "tls_failed"), (20, "tls_failed"),
    ],
)  # fmt: skip
def test_a_certificate_of_another_day_is_known_by_its_number_in_every_language(code, kind):
    refused = ssl.SSLCertVerificationError("Ein erforderliches Zertifikat befindet sich nicht im Gültigkeitszeitraum.")
    refused.verify_code = code
    pool = urllib3.exceptions.MaxRetryError(None, "/", urllib3.exceptions.SSLError(refused))  # type: ignore[arg-type]
    assert _network_kind(requests.exceptions.SSLError(pool)) == kind
