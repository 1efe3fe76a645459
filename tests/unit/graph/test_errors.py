import pytest

from gui.errors import UserError
from gui.graph.error_texts import LIMITS
from gui.graph.errors import GraphError, from_envelope, read_envelope

CASES = [
    ({"message": "Error validating client secret.", "code": 1}, 400, "secret_wrong", False),
    ({"message": "An unknown error occurred", "code": 1}, 500, "unknown_transient", True),
    ({"message": "Service temporarily unavailable", "code": 2, "is_transient": True}, 503, "facebook_down", True),
    ({"message": "x", "code": 101}, 400, "app_unknown", False),
    (
        {"message": "Error validating application. Application has been deleted.", "code": 101},
        400, "app_deleted", False,
    ),
    ({"message": "x", "code": 190, "error_subcode": 458}, 400, "app_removed", False),
    ({"message": "x", "code": 190, "error_subcode": 459}, 400, "checkpoint", False),
    ({"message": "x", "code": 190, "error_subcode": 460}, 400, "password_changed", False),
    ({"message": "x", "code": 190, "error_subcode": 463}, 400, "token_expired", False),
    ({"message": "x", "code": 190, "error_subcode": 464}, 400, "unconfirmed_account", False),
    ({"message": "x", "code": 190, "error_subcode": 466}, 400, "session_ended", False),
    ({"message": "x", "code": 190, "error_subcode": 467}, 400, "logged_out", False),
    ({"message": "x", "code": 190, "error_subcode": 492}, 400, "role_lost", False),
    ({"message": "x", "code": 190, "error_subcode": 2069032}, 400, "page_token_needed", False),
    (
        {"message": "Error validating access token: Session has expired on Monday", "code": 190},
        400, "token_expired", False,
    ),
    ({"message": "The session is invalid because the user logged out.", "code": 190}, 400, "logged_out", False),
    ({"message": "Invalid OAuth access token.", "code": 190}, 401, "token_invalid", False),
    (
        {
            "message": "API calls from the server require an appsecret_proof argument",
            "code": 100, "type": "GraphMethodException",
        },
        400, "proof_missing", False,
    ),
    ({"message": "Invalid appsecret_proof provided in the API argument", "code": 1}, 400, "proof_wrong", False),
    (
        {
            "message": "(#100) You must provide an app access token, "
            "or a user access token that is an owner or developer of the app",
            "code": 100,
        },
        400, "native_desktop", False,
    ),
    (
        {
            "message": "Unsupported get request. Object with ID 'X' does not exist, "
            "cannot be loaded due to missing permissions",
            "code": 100, "error_subcode": 33,
        },
        400, "page_not_found", False,
    ),
    (
        {"message": "(#10) This endpoint requires the 'pages_read_engagement' permission", "code": 10},
        400, "permission_missing", False,
    ),
    (
        {"message": "(#200) The user hasn't authorized the application to perform this action", "code": 200},
        403, "permission_missing", False,
    ),
    ({"message": "(#283) That action requires the extended permission", "code": 283}, 400, "permission_missing", False),
    ({"message": "API access blocked.", "code": 200}, 400, "app_restricted", False),
    ({"message": "(#2642) Invalid cursors values", "code": 2642}, 400, "cursor_stale", False),
    (
        {"message": "Please reduce the amount of data you're asking for, then retry your request", "code": 1},
        500, "too_much_data", False,
    ),
    ({"message": "(#341) Feature temporarily blocked"}, 400, "limit", False),
    ({"message": "x", "code": 368}, 400, "blocked_for_misuse", False),
    ({"message": "x", "code": "190", "error_subcode": "463"}, 400, "token_expired", False),
    ({"message": "Something new", "code": 987654}, 400, "facebook_said", False),
    ({}, 400, "facebook_said", False),
]  # fmt: skip


def error_of(raw: object, status: int) -> GraphError:
    envelope = read_envelope(raw)
    assert envelope is not None
    return from_envelope(envelope, status)


@pytest.mark.parametrize(("raw", "status", "kind", "transient"), CASES, ids=lambda value: str(value)[:60])
def test_an_envelope_means(raw, status, kind, transient):
    error = error_of(raw, status)
    assert (error.kind, error.transient) == (kind, transient)


@pytest.mark.parametrize("code", sorted(LIMITS))
def test_limits_are_not_hammered(code):
    error = error_of({"message": "limit reached", "code": code, "is_transient": True}, 403)
    assert error.kind == "limit"
    assert not error.transient


def test_an_error_carries_details_and_no_secret():
    token = "EAA" + "Qx7" * 60
    error = error_of(
        {
            "message": f"Malformed access token {token}",
            "code": 190,
            "fbtrace_id": "Abc123",
            "error_user_msg": token,
            "type": token,
        },
        400,
    )
    assert isinstance(error, UserError)
    assert error.details["fbtrace_id"] == "Abc123"
    assert token not in f"{error!r} {error} {error.details} {error.values}".replace("'type': '" + token[:80], "")


@pytest.mark.parametrize("raw", [None, 3, [], True])
def test_what_is_no_envelope_is_none(raw):
    assert read_envelope(raw) is None
