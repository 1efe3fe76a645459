"""Log in: the dialog's address on the way out, its answer on the way back, checked before it is believed."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gui.errors import JobContext, UserError
from gui.graph import calls
from gui.graph.errors import Envelope, GraphError, from_envelope
from gui.graph.login import LoginAnswer, dialog_url, new_state, read_answer
from gui.graph.permissions import PERMISSIONS
from gui.services.purposes import needed_permissions, optional_permissions, permissions_for
from gui.services.session import Session
from gui.values import AppCredentials, Secret, TokenInfo, UserToken

if TYPE_CHECKING:
    from gui.graph.client import GraphClient


@dataclass(frozen=True, slots=True)
class LoginAttempt:
    """One login under way: where the dialog is, what its answer must bring back, what was asked for."""

    url: str
    state: str
    redirect_uri: str
    permissions: tuple[str, ...]
    app: AppCredentials
    purposes: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class LoginResult:
    """A User token that Facebook confirmed, and the permissions that were asked for and not given.

    `purposes` are what the login was asked for; None where nobody was asked.
    """

    app: AppCredentials
    token: UserToken
    missing_permissions: tuple[str, ...] = ()
    purposes: tuple[str, ...] | None = None


def begin(
    session: Session,
    app: AppCredentials,
    purposes: tuple[str, ...] | None = None,
    without: tuple[str, ...] = (),
    *,
    held: tuple[str, ...] = (),
    code_port: int = 0,
    rerequest: bool = False,
) -> LoginAttempt:
    """A new login for these purposes. With `code_port` the answer is a code to http://localhost on that port.

    `held` are permissions that were given before, which it asks for again; `without` those that the app has not got.
    """
    state = new_state()
    permissions = permissions_for(purposes or (), held=[name for name in held if name in PERMISSIONS], without=without)
    redirect = f"http://localhost:{code_port}/" if code_port else session.site.redirect_uri
    url = dialog_url(
        session.site,
        app,
        permissions,
        state,
        response_type="code" if code_port else "token",
        redirect_uri=redirect,
        rerequest=rerequest,
    )
    return LoginAttempt(url, state, redirect, permissions, app, purposes)


def accept(session: Session, attempt: LoginAttempt, address: Secret, job: JobContext) -> LoginResult:
    """What the answer's `address` brings. Raises UserError for a cancel, a wrong state, another app's token."""
    answer = read_answer(address)
    _check(answer, attempt)
    client = session.client(attempt.app, job)
    if answer.token is not None:
        secret, expires_in = answer.token, answer.expires_in
    elif answer.code is not None:
        long_token = calls.exchange_code(client, attempt.app, answer.code, attempt.redirect_uri)
        secret, expires_in = long_token.secret, long_token.expires_in
    else:
        raise UserError("login_without_token")
    token, info = identify(session, attempt.app, secret, job)
    if not token.scopes:
        token = token.with_(scopes=_granted(session, attempt.app, secret, job))
    if info.expires_at is None and expires_in:
        token = token.with_(expires_at=session.now() + expires_in)
    if token.data_access_expires_at is None:
        token = token.with_(data_access_expires_at=answer.data_access_expires_at)
    return LoginResult(
        attempt.app,
        token,
        tuple(
            name
            for name in attempt.permissions
            if token.scopes and name not in token.scopes and name not in optional_permissions(attempt.purposes or ())
        ),
        attempt.purposes,
    )


def _granted(session: Session, app: AppCredentials, secret: Secret, job: JobContext) -> tuple[str, ...]:
    """The permissions that a token holds, where debug_token did not say; empty where that is not told either."""
    try:
        statuses = calls.permissions(session.client(app, job), secret)
    except GraphError as error:
        if error.ends_the_login:
            raise
        return ()
    return tuple(name for name, status in statuses.items() if status == "granted")


def _check(answer: LoginAnswer, attempt: LoginAttempt) -> None:
    # A cancel comes with the state or without it (seen); with another one it is another login's.
    if (answer.state or not answer.error) and not hmac.compare_digest(answer.state.encode(), attempt.state.encode()):
        raise UserError("state_wrong")
    if answer.error == "access_denied":
        raise UserError("login_cancelled")
    if answer.error:
        code = int(answer.error_code) if answer.error_code.isdecimal() else None
        raise from_envelope(Envelope(message=answer.error_text or answer.error, code=code), 0)


def of_app_token(error: GraphError) -> GraphError:
    """What an error means where the call was made with the app token APPID|SECRET.

    "Invalid signature" says that the secret is not this app's; "no token" that the app is set to Native or desktop,
    whose app token counts as none (Login Security).
    """
    kind = {"token_invalid": "secret_wrong", "no_token_sent": "native_desktop"}.get(error.kind, "")
    return GraphError(kind, status=error.status, facebook=error.facebook) if kind else error


def debug_token_as_app(
    session: Session, app: AppCredentials, secret: Secret, job: JobContext
) -> tuple[Secret, TokenInfo]:
    """The token that debug_token was asked with, and its answer.

    Asked with the app token, or with `secret` itself where the app token counts as none (Native/Desktop apps).
    """
    client, app_token = session.client(app, job), calls.app_token(app)
    try:
        return app_token, calls.debug_token(client, secret, app_token)
    except GraphError as error:
        meant = of_app_token(error)
    if meant.kind != "native_desktop":
        raise meant
    return secret, calls.debug_token(client, secret, secret)


def token_info(session: Session, app: AppCredentials, secret: Secret, job: JobContext) -> TokenInfo:
    """What debug_token says of a token."""
    return debug_token_as_app(session, app, secret, job)[1]


def invalid_token_error(info: TokenInfo) -> GraphError:
    """Why a token that is not valid died."""
    return from_envelope(
        Envelope(message=info.error_message, code=info.error_code or 190, subcode=info.error_subcode), 200
    )


def identify(session: Session, app: AppCredentials, secret: Secret, job: JobContext) -> tuple[UserToken, TokenInfo]:
    """The User token in `secret` with whose it is and when it ends. Raises UserError for anything else.

    Where Facebook does not say what the token is, its end and permissions are not known, and the person is asked for
    with it.
    """
    try:
        info = token_info(session, app, secret, job)
    except GraphError as error:
        if of_app_token(error).is_of_the_app or error.is_of_the_network or error.kind == "other_app":
            raise
        # A login does not hang on this: whether the token works, the next call tells.
        info = TokenInfo(is_valid=True)
    if not info.is_valid:
        raise invalid_token_error(info)
    if info.app_id and info.app_id != app.app_id:
        raise UserError("other_app", name=info.application)
    if info.type == "PAGE":
        raise UserError("paste_page_token")
    if info.type == "APP":
        raise UserError("paste_app_token")
    if info.type and not info.is_of_a_login:
        raise UserError("paste_other_kind")
    client = session.client(app, job)
    user_id, name = calls.me(client, secret)
    token = user_token(secret, app, info, user_id, name)
    return (token.with_(business=business_of(client, token)) if token.is_system_user else token), info


def business_of(client: GraphClient, token: UserToken) -> str:
    """The name of a system user's business; empty where Facebook does not tell it."""
    if "business_management" not in token.scopes:
        return ""
    try:
        batch = calls.businesses(client, token.secret)
    except GraphError as error:
        if error.ends_the_login:
            raise
        return ""
    return next((name for _id, name in batch.businesses), "")


def user_token(secret: Secret, app: AppCredentials, info: TokenInfo, user_id: str, name: str) -> UserToken:
    """A User token by what debug_token says of it; that of a system user lasts as it is."""
    is_system_user = info.type == "SYSTEM_USER"
    return UserToken(
        secret=secret,
        app_id=app.app_id,
        user_id=user_id,
        user_name=name,
        expires_at=info.expires_at,
        data_access_expires_at=info.data_access_expires_at,
        issued_at=info.issued_at,
        scopes=info.scopes,
        long_lived=info.issued_at is not None or is_system_user,
        is_system_user=is_system_user,
    )


def from_paste(
    session: Session, app: AppCredentials, secret: Secret, purposes: tuple[str, ...] | None, job: JobContext
) -> LoginResult:
    """A token that the person pasted: a User token goes on; everything else is named as what it is.

    `purposes` are those that were chosen for it; what they need and it has not got is told as after a login.
    """
    if "|" in secret.reveal():
        raise UserError("paste_app_token")
    token, _ = identify(session, app, secret, job)
    needed = needed_permissions(purposes or ()) if token.scopes else ()
    return LoginResult(app, token, tuple(name for name in needed if name not in token.scopes), purposes)
