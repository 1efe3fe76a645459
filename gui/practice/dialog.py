"""The practice Facebook's login dialog: HTML pages of its own, plainly marked as practice."""

import secrets
import threading
from dataclasses import dataclass, field
from html import escape
from string import Template
from urllib.parse import urlencode

from gui.paths import RESOURCES
from gui.practice.world import PASSWORD, Person, PracticeApp, World

_SCOPE_WORDS = {
    "pages_show_list": "See which Pages you look after",
    "pages_read_engagement": "Read the Pages’ posts and followers",
    "pages_manage_metadata": "Change the Pages’ settings",
    "business_management": "See the Pages that a business holds",
    "pages_manage_posts": "Publish posts",
    "pages_read_user_content": "Read what visitors write",
    "pages_manage_engagement": "Answer comments",
    "pages_messaging": "Answer messages",
    "pages_manage_ads": "Run the Pages’ ads",
    "pages_manage_cta": "Change the Pages’ action buttons",
    "publish_video": "Publish live videos",
    "read_insights": "Read insights",
    "leads_retrieval": "Read the leads of forms",
    "ads_management": "Manage ad accounts",
    "ads_read": "Read ad reports",
    "catalog_management": "Manage product catalogs",
    "instagram_basic": "See the linked Instagram accounts",
    "instagram_content_publish": "Publish to Instagram",
    "instagram_manage_comments": "Answer Instagram comments",
    "instagram_manage_insights": "Read Instagram insights",
    "instagram_manage_messages": "Answer Instagram messages",
    "instagram_shopping_tag_products": "Tag products on Instagram",
    "whatsapp_business_management": "Manage WhatsApp accounts",
    "whatsapp_business_messaging": "Send WhatsApp messages",
}
#: What the use case "Manage everything on your Page" brings.
OF_PAGES = frozenset(
    {
        "public_profile", "email", "business_management", "pages_show_list", "pages_read_engagement",
        "pages_read_user_content", "pages_manage_metadata", "pages_manage_posts", "pages_manage_engagement",
        "pages_messaging", "pages_manage_cta", "read_insights",
    }
)  # fmt: skip
_MOST_LISTED = 60
#: Pages that never redirect: trouble -> title, text. German and French as examples of any language.
_STANDING = {
    "login_page_in_german": (
        "URL kann nicht geladen werden",
        "Die Domain dieser URL ist nicht in den Domains der App enthalten. Füge alle Domains und Subdomains deiner App "
        "in den App-Einstellungen hinzu, um diese URL laden zu können.",
    ),
    "login_page_numbered": (
        "Fonctionnalité indisponible",
        "Cette fonctionnalité est temporairement indisponible. Veuillez réessayer plus tard. (1349186)",
    ),
    "no_supported_permission": (
        "It looks like this app isn't available",
        "This app needs at least one supported permission.",
    ),
    "tester_not_accepted": (
        "Invalid Request",
        "Invalid Request: The user has not accepted the invite to test the app. (1349245)",
    ),
}


@dataclass(slots=True)
class Flow:
    """One login on its way through the pages."""

    params: dict[str, str]
    person: int | None = None
    scopes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the dialog answers with: a page, or a redirect."""

    html: str = ""
    redirect: str = ""
    status: int = 200


def _template(name: str) -> Template:
    return Template((RESOURCES / "practice" / f"{name}.html").read_text("utf-8"))


class Dialog:
    """The login dialog of one World at `base_url`."""

    def __init__(self, world: World, base_url: str) -> None:
        self.world = world
        self.base_url = base_url
        self._flows: dict[str, Flow] = {}
        self._lock = threading.Lock()

    def _page(self, template: str, heading: str, /, **values: str) -> Shown:
        body = _template(template).substitute(values)
        return Shown(_template("layout").substitute(title=escape(heading), body=body))

    def _message(self, title: str, text: str) -> Shown:
        return self._page("message", title, title=escape(title), text=escape(text))

    # ----------------------------------------------------------------- opening
    def open(self, params: dict[str, str]) -> Shown:
        """The dialog's first page, or the page that says why there is none."""
        refusal = self._refusal(params)
        if refusal:
            return refusal
        flow_id = secrets.token_urlsafe(12)
        scopes = (
            params.get("scope", "pages_show_list pages_read_engagement business_management").replace(",", " ").split()
        )
        with self._lock:
            self._flows[flow_id] = Flow(dict(params), scopes=list(dict.fromkeys(scopes)))
        return self._accounts(flow_id)

    def _refusal(self, params: dict[str, str]) -> Shown | None:
        faults = self.world.faults
        allowed_addresses = {
            f"{self.base_url}/connect/login_success.html",
            "https://www.facebook.com/connect/login_success.html",
        }
        redirect = params.get("redirect_uri", "")
        is_local = redirect.startswith(("http://localhost:", "http://localhost/"))
        if self.world.app_by_id(params.get("client_id", "")) is None or faults.is_active("app_unknown"):
            return self._message(
                "Invalid App ID", "Invalid App ID: The provided app ID does not look like a valid app ID."
            )
        if (redirect not in allowed_addresses and not is_local) or faults.is_active("redirect_not_listed"):
            return self._message(
                "Can’t Load URL",
                "Can't Load URL: The domain of this URL isn't included in the app's domains. "
                "To be able to load this URL, add all domains and subdomains of your app to the App Domains field in "
                "your app settings.",
            )
        if faults.is_active("url_blocked"):
            return self._message(
                "URL Blocked",
                "URL Blocked: This redirect failed because the redirect URI is not whitelisted in the app's Client "
                "OAuth Settings. Make sure Client and Web OAuth Login are on and add all your app domains as Valid "
                "OAuth Redirect URIs.",
            )
        if faults.is_active("login_unavailable"):
            return self._message(
                "Feature unavailable", "Feature unavailable: Facebook Login is currently unavailable for this app."
            )
        if faults.is_active("app_in_development"):
            return self._message(
                "App Not Setup",
                "App Not Setup: This app is still in development mode, and you don't have access to it. "
                "Switch to a registered test user or ask an app admin for permissions.",
            )
        if faults.is_active("embedded_blocked"):
            return self._message(
                "Log in", "For your account security, logging into Facebook from an embedded browser is disabled."
            )
        for name, (title, text) in _STANDING.items():
            if faults.is_active(name):
                return self._message(title, text)
        if faults.is_active("login_with_captcha"):
            frame = '<iframe src="https://www.google.com/recaptcha/api2/anchor" title="check"></iframe>'
            return Shown(_template("layout").substitute(title="Security check", body=f"<h1>Security check</h1>{frame}"))
        not_offered = self._not_offered(params.get("scope", "").replace(",", " ").split())
        if not_offered:
            return self._message(
                "Invalid Scopes",
                f"Invalid Scopes: {', '.join(not_offered)}. This message is only shown to developers. "
                "Users of your app will ignore these permissions if present.",
            )
        return None

    def _not_offered(self, names: list[str]) -> list[str]:
        """Permissions that the app's use case does not offer."""
        faults = self.world.faults
        lacking: set[str] = set()
        if faults.is_active("invalid_scopes"):
            lacking.add("business_management")
        if faults.is_active("publish_video_not_offered"):
            lacking.add("publish_video")
        if faults.is_active("use_case_missing"):
            lacking.update(set(names) - OF_PAGES)
        return [name for name in names if name in lacking]

    def _accounts(self, flow_id: str, wrong: str = "", person_index: int = 0) -> Shown:
        rows = "".join(
            f'<label class="choice"><input type="radio" name="person" value="{person.index}" '
            f'{"checked" if person.index == person_index else ""} id="person{person.index}">'
            f"<span><b>{escape(person.name)}</b><small>{escape(person.role)}</small></span></label>"
            for person in self.world.people
            if not person.is_system_user
        )
        warning = f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
        return self._page("account", "Log in", flow=flow_id, rows=rows, warning=warning, password=PASSWORD)

    # ------------------------------------------------------------------ steps
    def step(self, name: str, form: dict[str, list[str]]) -> Shown:
        """Answer a posted form: `login`, `allow` or `cancel`."""
        with self._lock:
            flow = self._flows.get(form.get("flow", [""])[0])
        if flow is None:
            return self._message("Session ended", "This login has ended. Close it and log in again.")
        flow_id = form["flow"][0]
        if name == "cancel":
            return self._cancel(flow)
        if name == "login":
            person = int(form.get("person", ["0"])[0]) % len(self.world.people)
            if form.get("password", [""])[0] != PASSWORD:
                return self._accounts(flow_id, f"That is not the password. It is: {PASSWORD}", person)
            flow.person = person
            return self._consent(flow_id, flow, self.world.people[person])
        if name == "allow" and flow.person is not None:
            return self._allow(flow, form)
        return self._message("Session ended", "This login has ended. Close it and log in again.")

    def _app(self, flow: Flow) -> PracticeApp:
        return self.world.app_by_id(flow.params["client_id"]) or self.world.apps[0]

    def _consent(self, flow_id: str, flow: Flow, person: Person) -> Shown:
        indices = range(person.first, person.first + min(person.count, _MOST_LISTED))
        pages = "".join(
            f'<label class="tick"><input type="checkbox" name="page" value="{index}" checked> '
            f"<bdi>{escape(self.world.page(index).name)}</bdi></label>"
            for index in indices
        )
        if person.count > _MOST_LISTED:
            pages += (
                f"<p><small>… and {person.count - _MOST_LISTED:,} more, "
                "all chosen with “All current and future Pages”</small></p>"
            )
        boxes = "".join(
            f'<label class="tick"><input type="checkbox" name="scope" value="{escape(name)}" checked> '
            f"{escape(_SCOPE_WORDS[name])}</label>"
            for name in flow.scopes
            if name in _SCOPE_WORDS
        )
        return self._page(
            "consent",
            "Allow",
            flow=flow_id,
            name=escape(person.name),
            app=escape(self._app(flow).name),
            pages=pages or "<p>You look after no Pages.</p>",
            boxes=boxes,
        )

    def _allow(self, flow: Flow, form: dict[str, list[str]]) -> Shown:
        person = self.world.people[flow.person or 0]
        scopes = ["public_profile", *(one for one in form.get("scope", []) if one in flow.scopes)]
        pages = None
        if form.get("which", ["all"])[0] == "some":
            pages = frozenset(int(one) for one in form.get("page", []) if one.isdecimal())
        grant = self.world.new_grant(
            person, scopes, pages, [one for one in flow.scopes if one not in scopes], self._app(flow).index
        )
        params = flow.params
        response_types = params.get("response_type", "code").split()
        answer: dict[str, str] = {}
        if "token" in response_types and not self.world.faults.is_active("answer_without_token"):
            token = self.world.user_token(grant)
            record = self.world.mint.read(token)
            answer["access_token"] = token
            answer["data_access_expiration_time"] = str(self.world.now() + 90 * 86_400)
            lifetime = (record.expires_at if record else 0) - self.world.now()
            answer["expires_in"] = "0" if self.world.faults.is_active("expires_zero") else str(lifetime)
        if "code" in response_types:
            answer["code"] = self.world.new_code(grant, params["redirect_uri"])
        if "granted_scopes" in response_types:
            answer["granted_scopes"] = ",".join(scopes)
        state = params.get("state", "")
        if state:
            answer["state"] = "another-state" if self.world.faults.is_active("wrong_state") else state
        separator, tail = ("#", "") if "token" in response_types else ("?", "#_=_")
        return Shown(redirect=f"{params['redirect_uri']}{separator}{urlencode(answer)}{tail}", status=302)

    def _cancel(self, flow: Flow) -> Shown:
        answer = {
            "error": "access_denied",
            "error_code": "200",
            "error_description": "Permissions error",
            "error_reason": "user_denied",
        }
        if flow.params.get("state") and not self.world.faults.is_active("cancel_without_state"):
            answer["state"] = flow.params["state"]
        tail = "#_=_" if self.world.faults.is_active("hash_underscore") else ""
        return Shown(redirect=f"{flow.params['redirect_uri']}?{urlencode(answer)}{tail}", status=302)
