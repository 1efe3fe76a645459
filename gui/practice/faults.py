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
    "publish_video_not_offered": "the app's use case has no publish_video: Invalid Scopes",
    "use_case_missing": "the app's use case has permissions of Pages alone: Invalid Scopes",
    "embedded_blocked": "the dialog refuses embedded browsers",
    "wrong_secret": "the App secret was reset",
    "app_unknown": "the App ID is not known",
    "app_deleted": "the app has been deleted",
    "native_desktop": "the app's type is Native/Desktop: its app token counts as none",
    "require_proof": "Require App Secret is on: calls without appsecret_proof fail",
    "proof_needs_time": "an appsecret_proof counts only with its appsecret_time",
    "next_on_empty": "an empty page of a list has a next one",
    "next_after_last": "the last page has a next one that is empty",
    "rows_without_token": "every fifth row of a list comes without a token",
    "duplicate_rows": "rows of /accounts come again on the next page",
    "no_accounts": "/accounts is empty though Pages were chosen",
    "first_not_listed": "/accounts leaves out the first Page, though it was chosen",
    "leads_access_customized": "Leads Access Manager lets nobody read the leads of every third Page",
    "rows_without_tasks": "the person has no task on the second Page yet: it is listed without a token",
    "businesses_refused": "Facebook refuses to name the person's businesses",
    "answer_without_token": "the login answers without a token",
    "business_fails": "a business portfolio answers with code 200",
    "count_too_high": "a list's count is higher than the list is long",
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
    "clock_off": "answers carry a time five hours ahead of this computer's",
    "too_much_data_always": "a list is too much data however little of it is asked for",
    "url_blocked": "the dialog shows URL Blocked and never redirects",
    "login_unavailable": "the dialog says that Facebook Login is unavailable for this app",
    "login_page_in_german": "the dialog shows Can't Load URL in German, without a number, and never redirects",
    "login_page_numbered": "the dialog says in French that the app may not ask for Page permissions (1349186)",
    "no_supported_permission": "the dialog says that the app needs at least one supported permission",
    "tester_not_accepted": "the dialog says that the invitation to test the app was not accepted (1349245)",
    "login_with_captcha": "the login page has a frame of www.google.com/recaptcha",
    "expiry_soon": "long-lived tokens end in five days",
    "login_dies_midway": "the User token dies after the first piece of a list (190 without a subcode)",
    "secret_reset_midway": "the App secret is reset after the first piece of a list: every token dies with it",
    "two_factor_midway": "the second piece of a list is refused until two-factor authentication is on (415)",
    "businesses_two_factor": "the list of businesses is refused until two-factor authentication is on (415)",
    "business_two_factor": "each business is refused until two-factor authentication is on (415)",
    "permission_taken_midway": "pages_show_list is taken back after the first piece of a list: it ends, its count is 0",
    "debug_refused": "debug_token is refused (200)",
    "debug_without_data": "debug_token answers without data",
    "debug_without_validity": "debug_token does not say whether the token is valid",
    "odd_values": "rows hold half a character, numbers as texts and texts as numbers; one is no row at all",
    "numeric_cursors": "the cursors of a list are numbers",
    "next_without_cursors": "a list has a next address and no cursors",
    "next_without_a_way": "a list has a next one and nothing that leads there",
    "unreadable": "an answer that is whole and is no JSON",
    "delete_answer_lost": "DELETE does what is asked, and the connection is dropped before the answer",
    "owned_pages_refused": "the businesses refuse their own Pages; those shared with them are listed",
    "native_desktop_104": "the app's type is Native/Desktop: its app token counts as none (104)",
    "cursor_stale_100": "a cursor is refused with 100: Invalid parameter: after",
    "final_trouble": "code 2 with is_transient false",
    "with_user_message": "a permission is missing, and Facebook adds a title and words for people",
    "batch_of_20": "a batch of more than 20 calls is refused",
    "version_newer": "a newer version answers than was asked for",
    "cursor_repeats_at_100": "the list's cursor comes back for ever when 100 rows are asked for",
    "short_page_token": "a Page's token is eight characters long",
    "very_slow": "every answer takes 7 seconds more",
    "usage_costly": "each call uses up four percent of what is allowed, from 84 on",
    "cookies": "every answer sets a cookie",
}

#: Errors that any call may be answered with: name -> message, code, subcode, type, HTTP status (Handle Errors; Pages
#: API Error Codes).
ENVELOPES: dict[str, tuple[str, int | None, int | None, str, int]] = {
    "lacks_capability": (
        "(#3) Application does not have the capability to make this API call.",
        3,
        None,
        "OAuthException",
        400,
    ),
    "limit_user": ("(#17) User request limit reached", 17, None, "OAuthException", 400),
    "limit_page": ("(#32) Page request limit reached", 32, None, "OAuthException", 403),
    "limit_custom": ("(#613) Calls to this api have exceeded the rate limit.", 613, None, "OAuthException", 400),
    "limit_old_body": ("(#341) Feature temporarily blocked", None, None, "OAuthException", 400),
    "permission_missing_named": (
        "(#100) Object does not exist, cannot be loaded due to missing permission or reviewable feature, "
        "or does not support this operation. This endpoint requires the 'pages_read_engagement' permission or the "
        "'Page Public Content Access' feature or the 'Page Public Metadata Access' feature.",
        100,
        None,
        "OAuthException",
        400,
    ),
    "permission_refused": (
        "(#200) The user hasn't authorized the application to perform this action",
        200,
        None,
        "OAuthException",
        403,
    ),
    "permission_extended": (
        "(#283) That action requires the extended permission pages_read_engagement",
        283,
        None,
        "OAuthException",
        400,
    ),
    "permission_new_page": ("(#1) You do not have the necessary permissions.", 1, 2853006, "OAuthException", 400),
    "page_not_offered": (
        "(#200) This endpoint is not supported in the new Pages experience.",
        200,
        2069030,
        "OAuthException",
        400,
    ),
    "api_blocked": ("API access blocked.", 200, None, "OAuthException", 400),
    "app_role_needed": (
        "(#200) This app is in development mode, and you don't have access to it",
        200,
        None,
        "OAuthException",
        400,
    ),
    "session_invalid": ("Session key invalid or no longer valid", 102, None, "OAuthException", 400),
    "no_token_sent": ("An access token is required to request this resource.", 104, None, "OAuthException", 400),
    "no_token_for_me": (
        "An active access token must be used to query information about the current user.",
        2500,
        None,
        "OAuthException",
        400,
    ),
    "query_wrong": (
        "(#100) Tried accessing nonexisting field (tasks) on node type (Page)",
        100,
        None,
        "OAuthException",
        400,
    ),
    "token_mangled": ("Invalid OAuth access token - Cannot parse access token", 190, None, "OAuthException", 400),
    "token_not_decrypted": ("The access token could not be decrypted", 190, None, "OAuthException", 400),
    "blocking_checkpoint": (
        "The user is enrolled in a blocking, logged-in checkpoint",
        190,
        490,
        "OAuthException",
        400,
    ),
    "checkpoint_459": (
        "(#459) You cannot access the app till you log in to www.facebook.com and follow the instructions given.",
        459,
        None,
        "OAuthException",
        400,
    ),
    "consent_483": ("(#483) Consent is needed on facebook.com", 483, None, "OAuthException", 400),
    "page_token_needed": (
        "A Page access token is required for this call for the new Pages experience.",
        190,
        2069032,
        "OAuthException",
        400,
    ),
    "page_session_ended": (
        "Any of the pages_read_engagement, pages_manage_metadata, pages_read_user_content, pages_manage_ads, "
        "pages_show_list or pages_messaging permission(s) must be granted before impersonating a user's page.",
        190,
        None,
        "OAuthException",
        400,
    ),
    "page_not_accessible": (
        "This Page access token belongs to a Page that is not accessible.",
        190,
        None,
        "OAuthException",
        400,
    ),
    "unknown_alias": ("(#803) Cannot query users by their username (nobody.here)", 803, None, "OAuthException", 400),
    "two_factor_needed": (
        "(#415) Two factor authentication is required for this business.",
        415,
        None,
        "OAuthException",
        400,
    ),
    "proof_missing": (
        "API calls from the server require an appsecret_proof argument",
        100,
        None,
        "GraphMethodException",
        400,
    ),
    "proof_wrong": ("Invalid appsecret_proof provided in the API argument", 100, None, "GraphMethodException", 400),
    "secret_refused": ("Error validating client secret.", 1, None, "OAuthException", 400),
    "app_gone": ("Error validating application. Application has been deleted.", 101, None, "OAuthException", 400),
    "app_not_known": (
        "Error validating application. Cannot get application info due to a system error.",
        101,
        None,
        "OAuthException",
        400,
    ),
    "https_needed": ("You must use https:// when passing an access token", 1, None, "OAuthException", 400),
    "code_used": ("This authorization code has been used.", 100, 36009, "OAuthException", 400),
    "code_malformed": ("Invalid verification code format.", 100, None, "OAuthException", 400),
    "account_limited": (
        "The account is limited for some days.",
        200,
        1404112,
        "OAuthException",
        400,
    ),
    "account_suspended": (
        "Error validating access token: Session key is malformed because of invalid user id.",
        190,
        None,
        "OAuthException",
        400,
    ),
    "ad_account_not_reached": (
        "Unsupported get request. Object with ID 'act_1' does not exist, cannot be loaded due to "
        "missing permissions, or does not support this operation",
        100,
        33,
        "OAuthException",
        400,
    ),
    "address_not_allowed": (
        "(#5) This IP can't make requests for that application.",
        5,
        None,
        "OAuthException",
        400,
    ),
    "ads_locked": (
        "We think that someone may have tried to access your account without permission. For your "
        "protection, you won't be able to create or modify ads until you've authenticated your "
        "account in Ads Manager.",
        None,
        None,
        "OAuthException",
        400,
    ),
    "app_check_due": (
        "(#200) The Data Use Checkup of this app is due. An app administrator must complete it.",
        200,
        None,
        "OAuthException",
        400,
    ),
    "app_deactivated": (
        "API access deactivated. To reactivate, go to the app dashboard.",
        200,
        None,
        "OAuthException",
        400,
    ),
    "app_permission_missing": (
        "(#10) Application does not have permission for this action",
        10,
        None,
        "OAuthException",
        400,
    ),
    "app_token_used": (
        "(#100) Tried accessing nonexisting field (instagram_business_account) on node type (Application)",
        100,
        None,
        "OAuthException",
        400,
    ),
    "batch_too_large": (
        "Too many requests in batch message. Maximum batch size is 20",
        None,
        None,
        "OAuthException",
        400,
    ),
    "business_role_missing": (
        "(#100) No write permission for ad_asset_feed_api access",
        100,
        None,
        "OAuthException",
        400,
    ),
    "callback_failed": (
        "(#2200) Callback verification failed with the following errors: HTTP Status Code = 404; HTTP "
        "Message = Not Found",
        2200,
        None,
        "OAuthException",
        400,
    ),
    "checkpoint_elsewhere": (
        "You cannot access the app till you log in to www.threads.com and follow the instructions given.",
        190,
        459,
        "OAuthException",
        400,
    ),
    "code_expired": (
        "This authorization code has expired.",
        100,
        None,
        "OAuthException",
        400,
    ),
    "code_redirect_differs": (
        "Error validating verification code. Please make sure your redirect_uri is identical to the "
        "one you used in the OAuth dialog request",
        100,
        None,
        "OAuthException",
        400,
    ),
    "duplicate_post": (
        "(#506) Duplicate status message / error_subcode 1366051",
        506,
        1366051,
        "OAuthException",
        400,
    ),
    "identity_check": (
        "The account must confirm its identity first.",
        200,
        4854002,
        "OAuthException",
        400,
    ),
    "instagram_messages_off": (
        "(#200) The account owner has disabled access to instagram direct messages",
        200,
        2534041,
        "OAuthException",
        400,
    ),
    "instagram_not_linked": (
        "This Instagram account is not connected to a Facebook Page",
        None,
        None,
        "OAuthException",
        400,
    ),
    "instagram_not_professional": (
        "(#10) The user is not an Instagram Business",
        10,
        None,
        "OAuthException",
        400,
    ),
    "instagram_posts_used_up": (
        "The maximum number of posts is reached.",
        9,
        2207042,
        "OAuthException",
        400,
    ),
    "instagram_restricted": (
        "The Instagram account is restricted.",
        9,
        2207050,
        "OAuthException",
        400,
    ),
    "instagram_role_missing": (
        "Unsupported request - method type: get",
        100,
        None,
        "OAuthException",
        400,
    ),
    "messages_need_review": (
        "(#10) Cannot message users who are not admins, developers or testers of the app until "
        "pages_messaging permission is reviewed and the app is live.",
        10,
        None,
        "OAuthException",
        400,
    ),
    "metric_ended": (
        "(#100) The value must be a valid insights metric",
        100,
        None,
        "OAuthException",
        400,
    ),
    "page_id_changed": (
        "(#21) Page ID 101000000000007 was migrated to page ID 101000000000099. Please update your API calls to the "
        "new ID",
        21,
        None,
        "OAuthException",
        400,
    ),
    "name_not_number": (
        "(#803) Some of the aliases you requested do not exist: nobody.here",
        803,
        None,
        "OAuthException",
        400,
    ),
    "not_on_behalf": (
        "(#200) Cannot call API for app 180000000000001 on behalf of user 100000000000001",
        200,
        None,
        "OAuthException",
        400,
    ),
    "outside_message_window": (
        "(#10) This message is sent outside of allowed window. Learn more about the new policy here: https://…",
        10,
        2018278,
        "OAuthException",
        400,
    ),
    "page_messages_off": (
        "(#10904) The Page has messages switched off.",
        10904,
        1893050,
        "OAuthException",
        400,
    ),
    "page_not_chosen_there": (
        "Page not found in your accounts",
        None,
        None,
        "OAuthException",
        400,
    ),
    "page_task_missing": (
        "(#10) User has insufficient privileges on the page",
        10,
        None,
        "OAuthException",
        400,
    ),
    "permission_refused_unnamed": (
        "(#200) Something else was refused",
        200,
        None,
        "OAuthException",
        400,
    ),
    "permissions_error": (
        "(#200) Permissions error",
        200,
        None,
        "OAuthException",
        400,
    ),
    "post_before_conversion": (
        "Media Posted Before Business Account Conversion",
        100,
        2108006,
        "OAuthException",
        400,
    ),
    "posting_paused": (
        "(#368) The action attempted has been deemed abusive or is otherwise disallowed",
        368,
        1390008,
        "OAuthException",
        400,
    ),
    "posting_refused": (
        "(#200) If posting to a group, requires app being installed in the group, and either "
        "publish_to_groups permission with user token, or both pages_read_engagement and "
        "pages_manage_posts permission with page token; If posting to a page, requires both "
        "pages_read_engagement and pages_manage_posts as an admin with sufficient administrative "
        "permission",
        200,
        None,
        "OAuthException",
        400,
    ),
    "profile_posting_ended": (
        "(#200) This endpoint is deprecated since the required permission publish_actions is deprecated",
        200,
        None,
        "OAuthException",
        400,
    ),
    "publishing_not_authorized": (
        "(#200) Page Publishing Authorization is needed.",
        200,
        1404078,
        "OAuthException",
        400,
    ),
    "reader_of_other_page": (
        "(#100) No matching user found",
        100,
        2018001,
        "OAuthException",
        400,
    ),
    "reader_unavailable": (
        "(#551) This person isn't available right now.",
        551,
        None,
        "OAuthException",
        400,
    ),
    "reading_refused": (
        "(#10) This endpoint requires the 'pages_read_engagement' permission or the 'Page Public "
        "Content Access' feature. Refer to https://developers.facebook.com/docs for details.",
        10,
        None,
        "OAuthException",
        400,
    ),
    "role_or_two_factor": (
        "The user must be an administrator, editor, or moderator of the page in order to impersonate "
        "it. If the page business requires Two Factor Authentication, the user also needs to enable "
        "Two Factor Authentication.",
        190,
        None,
        "OAuthException",
        400,
    ),
    "token_refused": (
        "Error validating access token: Something that is in no table.",
        190,
        None,
        "OAuthException",
        400,
    ),
    "tool_lost_its_token": (
        "Your access token could not be decrypted on this website. Reconnect this account.",
        999,
        None,
        "OAuthException",
        400,
    ),
    "tool_outdated": (
        "(#2635) You are calling a deprecated version of the Ads API. Please update to the latest version: v25.0.",
        2635,
        None,
        "OAuthException",
        400,
    ),
    "tools_app_removed": (
        "Action Required Within 7 Days: An account admin has deauthorized the feed app.",
        190,
        None,
        "OAuthException",
        400,
    ),
    "user_token_needed": (
        "(#100) Tried accessing nonexisting field (accounts) on node type (Page)",
        100,
        None,
        "OAuthException",
        400,
    ),
    "not_in_any_table": ("Something that no table names", 987654, None, "OAuthException", 400),
}
TROUBLES |= {name: f"calls are answered: {message[:60].rstrip()}" for name, (message, *_) in ENVELOPES.items()}

#: 190's subcode, and the message that Facebook gives with it
TOKEN_DEATHS = {
    "token_expired": (
        463,
        "Error validating access token: Session has expired on Monday, 23-Nov-26 02:00:00 PST. "
        "The current time is Tuesday, 24-Nov-26 01:00:00 PST.",
    ),
    "password_changed": (
        460,
        "Error validating access token: The session has been invalidated because the user changed their password or "
        "Facebook has changed the session for security reasons.",
    ),
    "app_removed": (458, "Error validating access token: The user has not authorized application 180000000000001."),
    "logged_out": (467, "Error validating access token: The session is invalid because the user logged out."),
    "session_ended": (466, "Error validating access token: The session was invalidated explicitly using an API call."),
    "checkpoint": (
        459,
        "Error validating access token: You cannot access the app till you log in to www.facebook.com and follow the "
        "instructions given.",
    ),
    "unconfirmed_account": (
        464,
        "Error validating access token: Sessions for the user are not allowed because the user is not a confirmed "
        "user.",
    ),
    "role_lost": (
        492,
        "Error validating access token: The user must be an administrator, editor, "
        "or moderator of the page in order to impersonate it.",
    ),
}


class Faults:
    """Which troubles are on, and for how many more times (None: until switched off)."""

    def __init__(self) -> None:
        self._times_left: dict[str, int | None] = {}
        self._lock = threading.Lock()

    def on(self, name: str, times: int | None = None) -> None:
        """Switch `name` on, for `times` occasions or until it is switched off."""
        if name not in TROUBLES:
            raise ValueError(f"no such trouble: {name}")
        with self._lock:
            self._times_left[name] = times

    def off(self, *names: str) -> None:
        """Switch these off; without names, all."""
        with self._lock:
            for name in names or tuple(self._times_left):
                self._times_left.pop(name, None)

    def is_active(self, name: str) -> bool:
        """Whether `name` happens now; counts down one that was given a number of times."""
        with self._lock:
            if name not in self._times_left:
                return False
            times_left = self._times_left[name]
            if times_left is None:
                return True
            if times_left <= 1:
                del self._times_left[name]
            else:
                self._times_left[name] = times_left - 1
            return True

    def first(self, *names: str) -> str:
        """The first of `names` that happens now; empty if none does."""
        return next((name for name in names if self.is_active(name)), "")
