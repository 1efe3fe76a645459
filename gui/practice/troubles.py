"""The troubles that the practice Facebook can be told to make: the behaviors of the real one, by name."""

import threading

#: name -> what happens
TROUBLES = {
    "expires_zero": "the login says expires_in=0",
    "expires_missing": "the exchange leaves expires_in out",
    "expires_odd": "the exchange says 5183944 seconds",
    "cancel_without_state": "a cancelled login answers without state",
    "hash_underscore": "#_=_ hangs on the answer of a cancelled login",
    "wrong_state": "the login answers with another state",
    "redirect_not_listed": "the dialog shows Can't Load URL and never redirects",
    "app_in_development": "the dialog shows App Not Setup and never redirects",
    "invalid_scopes": "the app lacks business_management: Invalid Scopes",
    "embedded_blocked": "the dialog refuses embedded browsers",
    "wrong_secret": "the App secret was reset",
    "app_unknown": "the App ID is not known",
    "app_deleted": "the app has been deleted",
    "native_desktop": "the app's type is Native/Desktop: its app token counts as none",
    "require_proof": "Require App Secret is on: calls without appsecret_proof fail",
    "next_on_empty": "an empty page of a list has a next one",
    "next_after_last": "the last page has a next one that is empty",
    "rows_without_token": "every fifth row of a list comes without a token",
    "duplicate_rows": "rows of /accounts come again on the next page",
    "no_accounts": "/accounts is empty though Pages were chosen",
    "first_not_listed": "/accounts leaves out the first Page, though it was chosen",
    "business_fails": "a business portfolio answers with code 200",
    "cursor_stale": "a cursor is refused with 2642",
    "cursor_repeats": "the list's cursor comes back for ever",
    "too_much_data": "a list asked for more than 10 rows says: reduce the amount of data",
    "html_400": "an HTML page with status 400",
    "html_502": "an HTML page with status 502",
    "empty_body": "an answer without a body",
    "cut_body": "an answer that is cut off",
    "slow_login": "the login page takes 3 seconds to come",
    "slow": "every answer takes 3 seconds more",
    "dropped": "the connection is dropped",
    "endless": "an answer that does not end",
    "redirect": "an answer that redirects elsewhere",
    "wrong_types": "a list where an object belongs, numbers where texts belong",
    "error_in_200": "an error with status 200",
    "text_javascript": "answers are called text/javascript",
    "usage_85": "usage headers at 85 %",
    "usage_100": "usage headers at 100 %, and code 4",
    "limit_estimate": "code 80001, and four minutes until calls are answered again",
    "usage_malformed": "usage headers that are not JSON",
    "version_forward": "another version answers than was asked",
    "transient": "code 2 with is_transient",
    "unknown_error": "code 1 without a reason",
    "no_subcode": "190 comes without its subcode",
    "delete_success": 'DELETE answers {"success":true} instead of true',
    "batch_null": "every second item of a batch is null",
    "token_expired": "every User and Page token has expired (463)",
    "password_changed": "the person changed the password (460)",
    "app_removed": "the person removed the app (458)",
    "logged_out": "the person logged out (467)",
    "session_ended": "the session was ended by an API call (466)",
    "checkpoint": "Facebook holds the person at a checkpoint (459)",
    "unconfirmed_account": "the account is not confirmed (464)",
    "role_lost": "the person lost the role on the Page (492)",
    "some_roles_lost": "the person lost the role on every fortieth Page (492), whose tokens died",
    "data_access_soon": "access to data ends in five days, though tokens work on",
    "data_access_ended": "access to data ended yesterday, though tokens work on",
    "permission_lapsed": "the permission pages_show_list was unused for 90 days and has lapsed",
    "page_gone": "the Page cannot be reached any more",
    "permission_missing": "a permission is missing (10)",
    "blocked_for_misuse": "the app is blocked for misuse (368)",
    "no_picture": "Pages have no picture",
    "expiry_soon": "long-lived tokens end in five days",
}

#: 190's subcode, and the message that Facebook gives with it
TOKEN_DEATHS = {
    "token_expired": (
        463,
        "Error validating access token: Session has expired on Monday, 23-Nov-26 02:00:00 PST. The current time is Tuesday, 24-Nov-26 01:00:00 PST.",
    ),
    "password_changed": (
        460,
        "Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.",
    ),
    "app_removed": (458, "Error validating access token: The user has not authorized application 180000000000001."),
    "logged_out": (467, "Error validating access token: The session is invalid because the user logged out."),
    "session_ended": (466, "Error validating access token: The session was invalidated explicitly using an API call."),
    "checkpoint": (459, "Error validating access token: You cannot access the app till you log in to www.facebook.com and follow the instructions given."),
    "unconfirmed_account": (464, "Error validating access token: Sessions for the user are not allowed because the user is not a confirmed user."),
    "role_lost": (492, "Error validating access token: The user must be an administrator, editor, or moderator of the page in order to impersonate it."),
}


class Troubles:
    """Which troubles are on, and for how many more times (None: until switched off)."""

    def __init__(self) -> None:
        self._left: dict[str, int | None] = {}
        self._lock = threading.Lock()

    def on(self, name: str, times: int | None = None) -> None:
        """Switch `name` on, for `times` occasions or until it is switched off."""
        if name not in TROUBLES:
            raise ValueError(f"no such trouble: {name}")
        with self._lock:
            self._left[name] = times

    def off(self, *names: str) -> None:
        """Switch these off; without names, all."""
        with self._lock:
            for name in names or tuple(self._left):
                self._left.pop(name, None)

    def strikes(self, name: str) -> bool:
        """Whether `name` happens now; counts down one that was given a number of times."""
        with self._lock:
            if name not in self._left:
                return False
            left = self._left[name]
            if left is None:
                return True
            if left <= 1:
                del self._left[name]
            else:
                self._left[name] = left - 1
            return True

    def first(self, *names: str) -> str:
        """The first of `names` that happens now; empty if none does."""
        return next((name for name in names if self.strikes(name)), "")
