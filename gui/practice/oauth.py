"""The practice Facebook's /oauth/access_token: exchange, code, client credentials."""

import base64
import binascii
import hmac
from typing import Any

from gui.practice.answers import ApiError, Call
from gui.practice.faults import TOKEN_DEATHS
from gui.practice.tokens import USER
from gui.practice.world import HOUR, PracticeApp, World


def _check_app(world: World, call: Call) -> PracticeApp:
    app_id, secret = call.params.get("client_id", ""), call.params.get("client_secret", "")
    faults = world.faults
    if not app_id.isdecimal():
        raise ApiError("An unknown error has occurred.", 1, status=500)
    if faults.is_active("app_deleted"):
        raise ApiError("Error validating application. Application has been deleted.", 101)
    app = world.app_by_id(app_id)
    if app is None or faults.is_active("app_unknown"):
        raise ApiError("Error validating application. Cannot get application info due to a system error.", 101)
    if not hmac.compare_digest(secret, app.secret) or faults.is_active("wrong_secret"):
        raise ApiError("Error validating client secret.", 1)
    return app


def basic_credentials(header: str) -> dict[str, str]:
    """client_id and client_secret of an `Authorization: Basic` header; empty without one."""
    if not header.startswith("Basic "):
        return {}
    try:
        name, _, secret = base64.b64decode(header[6:]).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return {}
    return {"client_id": name, "client_secret": secret}


def access_token(world: World, call: Call) -> dict[str, Any]:
    """Answer one call of /oauth/access_token."""
    app = _check_app(world, call)
    grant_type = call.params.get("grant_type", "authorization_code" if "code" in call.params else "")
    if grant_type == "client_credentials":
        return {"access_token": f"{app.id}|{app.secret}", "token_type": "bearer"}
    if grant_type == "fb_exchange_token":
        return _exchange(world, app, call.params.get("fb_exchange_token", ""))
    if grant_type == "authorization_code":
        return _spend_code(world, app, call)
    if not grant_type:
        raise ApiError("Missing authorization code", 1)
    raise ApiError(
        f"Invalid grant_type: '{grant_type}'. Supported types: authorization_code, client_credentials, "
        "fb_exchange_token",
        100,
    )


def _exchange(world: World, app: PracticeApp, token: str) -> dict[str, Any]:
    if not token:
        raise ApiError("fb_exchange_token parameter not specified", 100)
    record = world.mint.read(token)
    if record is None or record.kind != USER or record.app != app.index:
        raise ApiError("Invalid OAuth access token.", 190)
    death = world.faults.first(
        "token_expired", "password_changed", "app_removed", "logged_out", "checkpoint", "unconfirmed_account"
    )
    if not death and record.expires_at and record.expires_at <= world.now():
        death = "token_expired"
    if not death and world.grant_of(record).revoked:
        death = "app_removed"
    if death:
        subcode, message = TOKEN_DEATHS[death]
        raise ApiError(message, 190, subcode=subcode)
    long_token = world.user_token(record.grant, long_lived=True)
    long_record = world.mint.read(long_token)
    lifetime = long_record.expires_at - world.now() if long_record else 0
    answer: dict[str, Any] = {"access_token": long_token, "token_type": "bearer", "expires_in": lifetime}
    if world.faults.is_active("expires_missing"):
        del answer["expires_in"]
    elif world.faults.is_active("expires_odd"):
        answer["expires_in"] = 5_183_944
    elif world.faults.is_active("expires_zero"):
        answer["expires_in"] = 0
    return answer


def _spend_code(world: World, app: PracticeApp, call: Call) -> dict[str, Any]:
    code = world.codes.get(call.params.get("code", ""))
    if code is None or world.grants[code.grant].app != app.index:
        raise ApiError("Invalid verification code format.", 100)
    if code.spent:
        raise ApiError("This authorization code has been used.", 100, subcode=36009)
    if world.now() - code.made_at > HOUR:
        raise ApiError("This authorization code has expired.", 100, subcode=36007)
    if "redirect_uri" in call.params and call.params["redirect_uri"] != code.redirect_uri:
        raise ApiError(
            "Error validating verification code. Please make sure your redirect_uri is identical to the one you used "
            "in the OAuth dialog request",
            100,
            subcode=36008,
        )
    code.spent = True
    token = world.user_token(code.grant)
    record = world.mint.read(token)
    return {
        "access_token": token,
        "token_type": "bearer",
        "expires_in": (record.expires_at if record else 0) - world.now(),
    }
