"""Log in: the dialog's address on the way out, its answer on the way back, checked before it is believed."""

import hmac
from dataclasses import dataclass

from gui.desk.desk import Desk
from gui.errors import JobContext, UserError
from gui.graph import calls
from gui.graph.errors import Envelope, GraphError, from_envelope
from gui.graph.login import LoginAnswer, dialog_url, new_state, read_answer
from gui.graph.permissions import wanted
from gui.values import AppCredentials, Secret, TokenInfo, UserToken


@dataclass(frozen=True, slots=True)
class Attempt:
    """One login under way: where the dialog is, what its answer must bring back, what was asked for."""

    url: str
    state: str
    redirect_uri: str
    permissions: tuple[str, ...]
    app: AppCredentials


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """A User token that Facebook confirmed, and the permissions that were asked for and not given."""

    app: AppCredentials
    token: UserToken
    missing: tuple[str, ...] = ()


def begin(
    desk: Desk, app: AppCredentials, choices: tuple[str, ...] = (), without: tuple[str, ...] = (), *, code_port: int = 0, rerequest: bool = False
) -> Attempt:
    """A new login. With `code_port` the answer is a code to http://localhost on that port."""
    state = new_state()
    asked = wanted(choices, without)
    redirect = f"http://localhost:{code_port}/" if code_port else desk.site.redirect_uri
    url = dialog_url(desk.site, app, asked, state, response_type="code" if code_port else "token", redirect_uri=redirect, rerequest=rerequest)
    return Attempt(url, state, redirect, asked, app)


def accept(desk: Desk, attempt: Attempt, address: Secret, job: JobContext) -> LoggedIn:
    """What the answer's `address` brings. Raises UserError for a cancel, a wrong state, another app's token."""
    answer = read_answer(address)
    _check(answer, attempt)
    client = desk.client(attempt.app, job)
    if answer.token is not None:
        secret, expires_in = answer.token, answer.expires_in
    elif answer.code is not None:
        made = calls.exchange_code(client, attempt.app, answer.code, attempt.redirect_uri)
        secret, expires_in = made.secret, made.expires_in
    else:
        raise UserError("login_without_token")
    token, facts = identify(desk, attempt.app, secret, job)
    if facts.expires_at is None and expires_in:
        token = token.with_(expires_at=desk.now() + expires_in)
    if token.data_access_expires_at is None:
        token = token.with_(data_access_expires_at=answer.data_access_expires_at)
    return LoggedIn(attempt.app, token, tuple(name for name in attempt.permissions if token.scopes and name not in token.scopes))


def _check(answer: LoginAnswer, attempt: Attempt) -> None:
    if answer.error == "access_denied":
        raise UserError("login_cancelled")
    if answer.error:
        code = int(answer.error_code) if answer.error_code.isdecimal() else None
        raise from_envelope(Envelope(message=answer.error_text or answer.error, code=code), 0)
    if not hmac.compare_digest(answer.state.encode(), attempt.state.encode()):
        raise UserError("state_wrong")


def asked(desk: Desk, app: AppCredentials, secret: Secret, job: JobContext) -> tuple[Secret, TokenInfo]:
    """What debug_token says, and the token it was asked with: the app token, or `secret` itself where that counts as none."""
    client, by = desk.client(app, job), calls.app_token(app)
    try:
        return by, calls.debug_token(client, secret, by)
    except GraphError as error:
        if error.kind != "native_desktop":
            raise
    return secret, calls.debug_token(client, secret, secret)


def facts_of(desk: Desk, app: AppCredentials, secret: Secret, job: JobContext) -> TokenInfo:
    """What debug_token says of a token."""
    return asked(desk, app, secret, job)[1]


def death_of(facts: TokenInfo) -> GraphError:
    """Why a token that is not valid died."""
    return from_envelope(Envelope(message=facts.error_message, code=facts.error_code or 190, subcode=facts.error_subcode), 200)


def identify(desk: Desk, app: AppCredentials, secret: Secret, job: JobContext) -> tuple[UserToken, TokenInfo]:
    """The User token in `secret` with whose it is and when it ends. Raises UserError for anything else."""
    facts = facts_of(desk, app, secret, job)
    if not facts.is_valid:
        raise death_of(facts)
    if facts.app_id and facts.app_id != app.app_id:
        raise UserError("other_app", name=facts.application)
    if facts.type == "PAGE":
        raise UserError("paste_page_token")
    if facts.type == "APP":
        raise UserError("paste_app_token")
    if facts.type not in {"USER", ""}:
        raise UserError("paste_system_user")
    user_id, name = calls.me(desk.client(app, job), secret)
    token = UserToken(
        secret,
        app.app_id,
        user_id,
        name,
        facts.expires_at,
        facts.data_access_expires_at,
        facts.issued_at,
        facts.scopes,
        long_lived=facts.issued_at is not None,
    )
    return token, facts


def from_paste(desk: Desk, app: AppCredentials, secret: Secret, job: JobContext) -> LoggedIn:
    """A token that the person pasted: a User token goes on; everything else is named as what it is."""
    if "|" in secret.reveal():
        raise UserError("paste_app_token")
    token, _ = identify(desk, app, secret, job)
    return LoggedIn(app, token)
