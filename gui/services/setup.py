"""Set up: prove that App ID and App secret belong together, and keep them."""

from collections.abc import Sequence
from datetime import date

from gui.errors import JobContext
from gui.graph import calls
from gui.graph.errors import GraphError
from gui.i18n import _, whole_day
from gui.services.input_parsing import bare
from gui.services.login import of_app_token
from gui.services.session import Session
from gui.values import DEFAULT_VERSION, AppCredentials, Secret, StoredLogin

#: Graph API versions that may be chosen, newest first, with the day they end (Changelog; None: not set).
VERSIONS: dict[str, date | None] = {
    "v26.0": None,
    "v25.0": date(2028, 7, 29),
    "v24.0": date(2028, 2, 18),
    "v23.0": date(2027, 10, 8),
    "v22.0": date(2027, 5, 20),
    "v21.0": date(2027, 1, 21),
}
_WARN_DAYS = 90


def version_warning(version: str, today: date) -> str:
    """A sentence when a Graph version has ended or ends within 90 days; empty otherwise."""
    if version not in VERSIONS:
        return _(
            "Page Keys does not know Graph {version}. It is used as you chose; {safe_version} is the safe choice.",
            version=version,
            safe_version=DEFAULT_VERSION,
        )
    end = VERSIONS[version]
    if end is None or (end - today).days > _WARN_DAYS:
        return ""
    places = {"version": version, "day": whole_day(end)}
    if end < today:
        return _("Graph {version} ended on {day}, according to Facebook. Choose a newer one.", **places)
    return _("Graph {version} ends on {day}, according to Facebook. Choose a newer one.", **places)


def proved_steps(app: AppCredentials, logins: Sequence[StoredLogin]) -> dict[str, str]:
    """Which steps at Meta are done for a kept app, by the names of their links, and how that is known.

    An app is kept once Facebook took its App ID and App secret, which a Native or desktop app's do not pass. The rest
    is known by those who are connected through it; nothing else tells it before a login does.
    """
    proved = {
        "create_app": _("Done: Facebook knows this app."),
        "app_advanced": _("Done: Facebook takes it for a web app."),
    }
    connected = [login for login in logins if login.app_id == app.app_id]
    if connected:
        words = _("Done, it seems: {name} is connected through it.", name=connected[0].display_name)
        proved |= {"login_settings": words, "app_roles": words}
    if any("pages_read_engagement" in login.scopes for login in connected):
        proved["app_use_cases"] = _("Done: pages_read_engagement was given at a login.")
    return proved


def verify_app(
    session: Session, app_id: str, secret: Secret, version: str, config_id: str, job: JobContext
) -> AppCredentials:
    """The app with its name, proved with Facebook and kept.

    GET /APP-ID with the app token; where the app is Native/Desktop that token counts as none.
    Raises GraphError, VaultError, Cancelled.
    """
    app = AppCredentials(bare(app_id), Secret(bare(secret.reveal()).lower()), "", version, bare(config_id))
    client = session.client(app, job)
    name = ""
    failure: GraphError | None = None
    try:
        name = calls.app_name(client, app)
    except GraphError as error:
        failure = of_app_token(error)
    if failure is not None:
        raise failure
    verified_app = AppCredentials(app.app_id, app.secret, name, app.version, app.config_id)
    session.vault.keep_app(verified_app)
    return verified_app
