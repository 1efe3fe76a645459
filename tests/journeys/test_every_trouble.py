"""Every trouble that Facebook or the network can make.

Provoked by its name, read in the real window, mended by its button.
"""

import importlib
import socket
from typing import Any

import pytest
from PySide6.QtNetwork import QNetworkProxy

from gui.desktop import browser
from gui.graph import client, retry
from gui.shell.commands import Command
from gui.values import Site, TokenState
from tests.journeys.walks import OF_MANY, OF_THIS_COMPUTER, SENTENCES, Walk
from tests.support.network import Proxy, Relay, certificate

#: Kind -> the troubles that provoke it while the list is refreshed.
LISTING = {
    "facebook_down": "transient", "unknown_transient": "unknown_error", "server_trouble": "html_502",
    "empty_answer": "empty_body", "cut_off": "dropped", "not_json": "html_400", "redirected": "redirect",
    "wrong_shape": "wrong_types", "answer_too_large": "endless", "timeout": "slow",
    "limit": "usage_100 limit_user limit_page limit_custom limit_old_body limit_estimate",
    "app_lacks_capability": "lacks_capability",
    "permission_missing": "permission_missing_named permission_refused permission_extended permission_new_page "
    "with_user_message",
    "page_not_offered": "page_not_offered", "app_restricted": "api_blocked", "app_in_development": "app_role_needed",
    "session_ended": "session_ended session_invalid", "no_token_sent": "no_token_sent no_token_for_me",
    "query_wrong": "query_wrong", "token_invalid": "token_mangled token_not_decrypted",
    "checkpoint": "checkpoint blocking_checkpoint checkpoint_459 consent_483", "page_token_needed": "page_token_needed",
    "page_session_ended": "page_session_ended", "page_not_accessible": "page_not_accessible",
    "name_not_number": "unknown_alias", "two_factor_needed": "two_factor_needed", "proof_missing": "proof_missing",
    "proof_wrong": "proof_wrong", "secret_wrong": "secret_refused", "app_deleted": "app_gone",
    "app_unknown": "app_not_known", "https_needed": "https_needed", "code_spent": "code_used",
    "code_malformed": "code_malformed",
    "facebook_said": "not_in_any_table", "token_expired": "token_expired", "password_changed": "password_changed",
    "app_removed": "app_removed", "logged_out": "logged_out", "unconfirmed_account": "unconfirmed_account",
    "blocked_for_misuse": "blocked_for_misuse", "too_much_data": "too_much_data_always", "clock_wrong": "clock_off",
    "list_count_differs": "count_too_high", "businesses_not_listed": "businesses_refused",
    "page_without_tasks": "rows_without_tasks",
}  # fmt: skip
#: Kinds of what tools' users are told, each a trouble of the same name; read one after the other in one window.
WORDS = (
    "account_limited", "account_suspended", "ad_account_not_reached", "address_not_allowed", "ads_locked",
    "app_check_due", "app_deactivated", "app_permission_missing", "app_token_used", "business_role_missing",
    "callback_failed", "checkpoint_elsewhere", "code_expired", "code_redirect_differs", "duplicate_post",
    "identity_check", "instagram_messages_off", "instagram_not_linked", "instagram_not_professional",
    "instagram_posts_used_up", "instagram_restricted", "instagram_role_missing", "messages_need_review",
    "metric_ended", "not_on_behalf", "outside_message_window", "page_id_changed", "page_messages_off",
    "page_not_chosen_there",
    "page_task_missing", "permission_refused", "permissions_error", "post_before_conversion", "posting_paused",
    "posting_refused", "profile_posting_ended", "publishing_not_authorized", "reader_of_other_page",
    "reader_unavailable",
    "reading_refused", "role_or_two_factor", "token_refused", "tool_lost_its_token", "tool_outdated",
    "tools_app_removed", "user_token_needed",
)  # fmt: skip
#: Kind -> the trouble that provokes it while a login's answer is checked, or the dialog is shown.
DIALOG = {
    "redirect_not_listed": "redirect_not_listed url_blocked", "app_in_development": "app_in_development",
    "login_unavailable": "login_unavailable", "app_unknown": "app_unknown", "embedded_blocked": "embedded_blocked",
    "login_page_stands": "login_page_in_german", "app_without_page_permissions": "login_page_numbered",
    "no_supported_permission": "no_supported_permission", "tester_not_accepted": "tester_not_accepted",
    "login_check_elsewhere": "login_with_captcha",
    "invalid_scopes": "invalid_scopes", "state_wrong": "wrong_state", "login_without_token": "answer_without_token",
}  # fmt: skip
#: Kind -> the trouble that provokes it while the app is set up.
SETTING_UP = {
    "native_desktop": "native_desktop native_desktop_104",
    "secret_wrong": "wrong_secret",
    "app_unknown": "app_unknown",
    "app_deleted": "app_deleted",
}
#: Kind -> the trouble that provokes it while one Page's token is tested.
TESTING = {
    "role_lost": "role_lost",
    "page_not_accessible": "page_not_accessible",
    "page_not_found": "page_gone",
    "page_session_ended": "page_session_ended",
}
#: Kind -> the trouble that provokes it while all is checked.
CHECKING = {
    "data_access_ended": "data_access_ended", "data_access_soon": "data_access_soon",
    "permission_lapsed": "permission_lapsed", "role_lost": "role_lost", "app_deleted": "app_deleted",
    "secret_wrong": "wrong_secret", "checkpoint": "checkpoint", "password_changed": "password_changed",
}  # fmt: skip
#: Kind -> the trouble that provokes it while the agency's list is refreshed.
AGENCY = {
    "business_failed": "business_fails",
    "business_refused": "business_two_factor",
    "businesses_refused": "businesses_two_factor",
    "cursor_repeats": "cursor_repeats",
    "list_refused": "two_factor_midway",
    "page_without_token": "rows_without_token",
}
#: Kind -> whose login was given what, and lists no Page for it.
EMPTY: dict[str, dict[str, Any]] = {
    "pages_not_allowed": {"scopes": ("pages_read_engagement", "business_management"), "declined": ("pages_show_list",)},
    "no_page_chosen": {"pages": ()},
    "business_not_allowed": {"person": 2, "scopes": ("pages_show_list", "pages_read_engagement")},
    "pages_chosen_not_given": {"pages": (0,), "troubles": ("first_not_listed", "page_gone")}, "no_pages": {"person": 2},
}  # fmt: skip
NETWORK = ("no_name", "no_network", "proxy_failed", "tls_failed", "certificate_date")

#: What is provoked by other means than a trouble of Facebook's, and the test that does.
#: What explaining a tool's error says in place of what this program says of its own calls.
OF_A_TOOL = dict.fromkeys(
    (
        "tool_sent_no_token", "tool_asks_too_much", "tool_asks_too_often", "tool_has_other_app",
        "tool_sent_wrong_token", "tools_login_failed", "tools_secret_wrong", "tools_proof_missing",
        "tool_cannot_see_it", "tool_has_other_pages_token", "tools_app_in_development",
        "tool_without_https",
    ),
    "tests.unit.services.test_explain_error:test_a_tools_failed_call_is_not_spoken_of_as_ones_own",
)  # fmt: skip
ELSEWHERE = {
    **OF_A_TOOL,
    "login_cancelled": "tests.journeys.test_login:test_a_cancelled_login_is_calm_and_can_be_taken_up_again",
    "login_page_failed": "tests.journeys.test_login:test_no_network_at_the_login_page",
    "login_page_slow": "tests.journeys.test_login:test_a_page_that_hangs_is_spoken_of_and_opened_again",
    "login_as_root": "tests.journeys.test_login:test_as_root_without_a_sandbox_the_own_browser_is_offered",
    "renderer_gone": "tests.journeys.test_login:test_a_dead_web_page_is_told_and_comes_back",
    "renderer_gone_again": "tests.journeys.test_login:test_a_page_that_dies_again_offers_a_start_without_graphics_card",
    "login_page_ended_program": "tests.journeys.test_login:test_a_page_that_ended_the_program_is_not_opened_again",
    "no_web_view": "tests.journeys.test_login:test_without_a_web_view_the_two_other_ways_are_offered",
    "login_elsewhere": "tests.journeys.test_login:test_the_web_view_goes_nowhere_else",
    "permissions_declined": "tests.journeys.test_login:test_declined_permissions_are_told_and_asked_again",
    "paste_no_answer": "tests.journeys.test_login:test_the_address_of_another_browser_can_be_pasted",
    "paste_page_token": "tests.journeys.test_login:test_a_pasted_token_is_named_as_what_it_is",
    "paste_other_kind": "tests.unit.services.test_login:test_a_token_of_no_person_is_named_as_that",
    "renew_system_user": "tests.journeys.test_login:test_a_system_users_token_is_pasted_and_renewed_by_another",
    "system_user_ask_for": "tests.journeys.test_login:test_what_a_system_user_lacks_is_ticked_in_business_settings",
    "renewed_not_system_user": "tests.journeys.test_login:test_what_a_system_user_lacks_is_ticked_in_business_settings",
    "other_app": "tests.journeys.test_login:test_a_pasted_token_is_named_as_what_it_is",
    "paste_not_token": "tests.journeys.test_health:test_nonsense_is_named_before_it_is_sent",
    "certificate_bad": "tests.journeys.test_every_trouble:test_a_login_page_that_proves_nothing_is_not_shown",
    "proxy_password": "tests.journeys.test_every_trouble:test_a_proxy_that_wants_a_password_is_told_at_the_login",
    "pages_not_kept": "tests.journeys.test_pages:test_pages_the_keychain_did_not_take_are_offered_at_the_next_start",
    "list_cut_short": "tests.journeys.test_patience:test_cancel_is_felt_at_once_though_facebook_is_silent",
    "page_insights_only": "tests.journeys.test_pages:test_a_page_without_a_token_says_why",
    "pages_not_answered": "tests.unit.services.test_list_pages:test_pages_that_a_limit_hides_are_named_as_that",
    "page_of_business": "tests.unit.services.test_list_pages:test_why_a_page_came_without_a_token",
    "renewed": "tests.journeys.test_health:test_deaths_are_found_and_renewed",
    "renewed_in_part": "tests.journeys.test_health:test_a_page_that_was_not_chosen_again_is_named",
    "renewed_other_person": "tests.journeys.test_health:test_renewing_as_somebody_else_is_noticed",
    "disconnected": "tests.journeys.test_health:test_disconnect_says_what_dies_and_connect_again_brings_it_back",
    "login_ready": (
        "tests.journeys.test_left_meanwhile:"
        "test_a_login_that_is_ready_after_one_went_elsewhere_takes_nobody_out_of_the_view"
    ),
    "app_ready": ("tests.journeys.test_left_meanwhile:test_an_app_that_is_set_up_after_one_went_elsewhere_is_told"),
    "page_token_kept": (
        "tests.journeys.test_left_meanwhile:test_a_token_that_is_kept_after_one_went_elsewhere_is_told"
    ),
    "disconnected_not_deleted": (
        "tests.journeys.test_left_meanwhile:"
        "test_a_keychain_that_dies_while_facebook_disconnects_hides_nothing_that_was_done"
    ),
    "permission_given_back": "tests.journeys.test_health:test_one_permission_is_given_back",
    "check_stopped": "tests.journeys.test_health:test_a_check_can_be_stopped_at_once",
    "health_news": "tests.journeys.test_health:test_a_login_that_died_overnight_is_told_once_at_the_next_start",
    "login_ends_soon": "tests.journeys.test_health:test_what_ends_soon_can_be_put_off",
    "login_ended": "tests.unit.services.test_health:test_what_ends_soon_says_when_and_can_be_put_off",
    "login_not_kept": "tests.unit.services.test_check_all:test_a_person_without_a_login_says_so",
    "version_ends": "tests.unit.services.test_health:test_a_version_that_ends_is_said",
    "page_no_longer_listed": (
        "tests.unit.services.test_renew:test_a_page_that_is_no_longer_listed_keeps_its_token_and_needs_the_person"
    ),
    "some_not_answered": "tests.unit.services.test_check_all:test_what_is_never_answered_is_told_and_keeps_its_state",
    "batch_too_large": "tests.unit.services.test_batches:test_a_batch_that_is_too_large_is_halved_until_it_goes",
    "business_pages_left_out": (
        "tests.unit.services.test_list_pages:test_without_business_management_the_list_says_what_it_lacks"
    ),
    "list_lost_its_way": "tests.unit.services.test_list_pages:test_a_next_piece_without_a_way_to_it_is_said",
    "list_stopped": "tests.journeys.test_patience:test_cancel_is_felt_at_once_though_facebook_is_silent",
    "only_chosen_listed": "tests.unit.services.test_list_pages:test_only_some_pages_chosen_is_said",
    "page_is_secret": "tests.unit.services.test_add_page:test_what_names_no_page_is_not_sent_to_facebook",
    "page_of_somebody_else": "tests.unit.services.test_add_page:test_a_page_of_somebody_else_is_no_lost_permission",
    "page_share_link": "tests.unit.services.test_add_page:test_what_names_no_page_is_not_sent_to_facebook",
    "permission_taken_back": "tests.unit.services.test_list_pages:test_a_permission_taken_back_midway_is_said",
    "permissions_not_known": (
        "tests.unit.services.test_list_pages:test_permissions_that_facebook_does_not_tell_are_said_to_be_unknown"
    ),
    "rows_unreadable": "tests.unit.services.test_list_pages:test_of_six_odd_rows_five_are_used_and_the_sixth_is_named",
    "token_of_named_page": "tests.journeys.test_every_trouble:test_a_token_that_is_another_pages",
    "tool_hides_cause": "tests.unit.graph.test_error_texts:test_a_text_gets_its_cause_and_its_button",
    "version_newer": (
        "tests.unit.services.test_session:test_another_version_that_answers_is_said_once_a_run_and_stands_in_health"
    ),
    "version_older": (
        "tests.unit.services.test_session:test_another_version_that_answers_is_said_once_a_run_and_stands_in_health"
    ),
    "renewed_lasting": "tests.unit.services.test_renew:test_a_renewal_tells_what_became_of_the_tokens",
    "folder_is_none": "tests.journeys.test_faulty_computers:test_a_profile_that_is_a_file_is_said_and_can_be_mended",
    "first_copy_silent": "tests.window.test_single_instance:test_a_copy_that_holds_the_profile_and_hangs_is_told",
    "second_start_practice": (
        "tests.window.test_start_at_login:test_a_second_start_offers_the_facebook_it_names_and_moves_nobody"
    ),
    "second_start_elsewhere": (
        "tests.window.test_start_at_login:test_a_second_start_offers_the_facebook_it_names_and_moves_nobody"
    ),
    "import_unread_only": "tests.unit.services.test_import_rows:test_an_archive_of_unread_files_names_them",
    "renewed_some_same": "tests.unit.services.test_renew:test_a_renewal_tells_what_became_of_the_tokens",
    "cursor_stale": "tests.unit.services.test_list_pages:test_a_cursor_that_stays_stale_is_said",
    "version_ended": "tests.unit.services.test_health:test_a_version_that_ends_is_said",
    "page_no_access": "tests.journeys.test_every_trouble:test_while_a_page_is_added",
    "page_address_unclear": "tests.journeys.test_every_trouble:test_while_a_page_is_added",
    "page_nothing_typed": "tests.journeys.test_every_trouble:test_while_a_page_is_added",
    "paste_nothing": "tests.journeys.test_every_trouble:test_while_a_token_is_pasted",
    "paste_too_long": "tests.journeys.test_every_trouble:test_while_a_token_is_pasted",
    "paste_app_secret": "tests.journeys.test_every_trouble:test_while_a_token_is_pasted",
    "paste_app_token": "tests.journeys.test_every_trouble:test_while_a_token_is_pasted",
    "paste_unlike_token": "tests.journeys.test_every_trouble:test_while_a_token_is_pasted",
    "paste_several": "tests.journeys.test_every_trouble:test_while_something_else_is_pasted",
    "paste_instagram": "tests.journeys.test_every_trouble:test_while_something_else_is_pasted",
    "paste_threads": "tests.journeys.test_every_trouble:test_while_something_else_is_pasted",
    "kept_may_more": "tests.unit.services.test_any_token:"
    "test_a_kept_token_that_may_more_stays_unless_it_is_to_be_replaced",
    "kept_lasts_longer": "tests.journeys.test_health:test_a_page_token_that_ends_sooner_is_kept_only_when_asked_again",
    "renewed_the_same": "tests.unit.services.test_renew:test_the_same_tokens_again_are_not_called_renewed",
    "import_stopped": "tests.unit.services.test_import_tokens:test_tokens_beyond_the_most_and_a_stop_are_told",
    "browser_waiting_ended": "tests.journeys.test_every_trouble:test_a_browser_that_never_comes_back",
    "token_of_other_page": "tests.unit.services.test_check_page:test_a_token_of_another_page_is_told",
    "list_refreshed": "tests.journeys.test_every_trouble:test_a_refresh_tells_what_came_and_what_went",
    "list_refreshed_in_part": "tests.journeys.test_every_trouble:test_a_refresh_tells_what_came_and_what_went",
    "media_refused": "tests.unit.graph.test_error_reading:test_what_people_quote_is_given_to_whom_it_belongs",
    "media_not_ready": "tests.unit.graph.test_error_reading:test_what_people_quote_is_given_to_whom_it_belongs",
    "conversation_held": "tests.unit.graph.test_error_reading:test_what_people_quote_is_given_to_whom_it_belongs",
    "page_barred": "tests.unit.graph.test_error_reading:test_what_people_quote_is_given_to_whom_it_belongs",
    "terms_not_accepted": "tests.unit.graph.test_error_reading:test_what_people_quote_is_given_to_whom_it_belongs",
    "leads_access_missing": "tests.unit.graph.test_error_reading:test_what_people_quote_is_given_to_whom_it_belongs",
    "tools_login_ended": "tests.unit.graph.test_error_reading:test_what_people_quote_is_given_to_whom_it_belongs",
    "tool_network": "tests.unit.graph.test_error_reading:test_what_people_quote_is_given_to_whom_it_belongs",
    "call_wrong": "tests.unit.graph.test_error_reading:test_what_people_quote_is_given_to_whom_it_belongs",
    "login_lost_there": "tests.unit.graph.test_error_reading:test_what_people_quote_is_given_to_whom_it_belongs",
    "tool_sends_no_proof": "tests.unit.services.test_hand_over:test_a_tool_without_a_proof_fails_as_it_would_there",
    "system_user_ends_soon": (
        "tests.unit.services.test_health:test_a_system_users_end_leads_to_business_settings_and_to_no_login"
    ),
    "system_user_ended": (
        "tests.unit.services.test_health:test_a_system_users_end_leads_to_business_settings_and_to_no_login"
    ),
    "tool_needs_user_token": ("tests.unit.services.test_hand_over:test_a_user_token_that_has_ended_is_not_handed_over"),
    "tool_fails_for_page": "tests.unit.services.test_hand_over:test_a_test_of_several_pages_names_the_one_that_fails",
    "tool_tested_for": "tests.window.test_hand_over_panel:test_several_pages_are_tested_each",
    "tool_needs_app_secret": "tests.unit.services.test_hand_over:test_what_is_not_here_is_said",
    "page_without_instagram": "tests.unit.services.test_hand_over:test_what_is_not_here_is_said",
    "tool_tested": "tests.window.test_hand_over_panel:test_its_own_first_call_is_made",
    "page_not_kept": "tests.window.test_fit_panel:test_a_page_that_is_gone_is_said",
    "error_text_missing": (
        "tests.window.test_explain_error_panel:test_what_is_no_error_is_said_with_what_to_paste_instead"
    ),
    "error_not_understood": (
        "tests.window.test_explain_error_panel:test_what_is_no_error_is_said_with_what_to_paste_instead"
    ),
    "error_token_fine": "tests.unit.services.test_explain_error:test_with_a_page_its_real_token_is_looked_at",
    "error_copy_token": "tests.unit.services.test_explain_error:test_with_a_page_its_real_token_is_looked_at",
    "error_copy_user_token": "tests.unit.services.test_explain_error:test_with_a_page_its_real_token_is_looked_at",
    "error_copy_id": "tests.unit.services.test_explain_error:test_with_a_page_its_real_token_is_looked_at",
    "error_permission_missing": "tests.unit.services.test_explain_error:test_with_a_page_its_real_token_is_looked_at",
    "error_elsewhere": "tests.unit.services.test_explain_error:test_with_a_page_its_real_token_is_looked_at",
    "error_no_instagram": "tests.unit.services.test_explain_error:test_an_instagram_account_that_is_not_linked",
}


@pytest.fixture
def walk(journey, monkeypatch):
    """Waits are short here; pages of the App Dashboard are noted, not opened."""
    before = retry.pause_before
    monkeypatch.setattr(retry, "pause_before", lambda error, tries: None if before(error, tries) is None else 0.01)
    monkeypatch.setattr(client, "SILENCE_SECONDS", 1.5)
    opened = []

    def note_address(url):
        opened.append(url)
        return True

    monkeypatch.setattr(browser, "open_address", note_address)
    return Walk(journey, opened)


def _pairs(table):
    return [(kind, trouble) for kind, names in table.items() for trouble in names.split()]


@pytest.mark.parametrize(("kind", "trouble"), _pairs(LISTING))
def test_while_the_list_is_refreshed(walk, kind, trouble):
    driver = walk.begin()
    walk.faults.on(trouble)
    driver.click("pagesRefresh")
    notice = walk.read(kind, 40)
    if kind == "facebook_said":
        assert (notice.text.title, "Words for people." in notice.text.text) == ("A title for people", True)
        assert dict(notice.text.details)["fbtrace_id"]
    assert len(walk.journey.table.pages.rows) == 3, "what is kept stays"
    walk.faults.off()
    walk.mend(notice, lambda: driver.click("pagesRefresh"))
    walk.all_well()


def test_what_tools_users_are_told(walk):
    driver = walk.begin()
    for kind in WORDS:
        walk.faults.on("permission_refused_unnamed" if kind == "permission_refused" else kind)
        driver.click("pagesRefresh")
        notice = walk.read(kind, 40)
        assert len(walk.journey.table.pages.rows) == 3, "what is kept stays"
        driver.wait(lambda: not driver.seen("progressWords"), f"the end of {kind}")
        walk.faults.off()
        assert notice.text.details, "for someone who helps"
    driver.click("pagesRefresh")
    walk.all_well()


@pytest.mark.parametrize(("kind", "trouble"), _pairs(AGENCY))
def test_while_an_agencys_list_is_refreshed(walk, kind, trouble):
    driver = walk.begin(1, 240)
    walk.faults.on(trouble)
    driver.click("pagesRefresh")
    notice = walk.read(kind, 40)
    assert len(walk.journey.table.pages.rows) == 240
    driver.wait(lambda: not driver.seen("progressWords"), "the end of it")
    walk.faults.off()
    walk.mend(notice, lambda: None, 1)
    walk.all_well(240)


@pytest.mark.parametrize("kind", EMPTY)
def test_an_empty_list_is_mended_by_choosing_again(walk, kind):
    given = {"shown": 0, **EMPTY[kind]}
    for trouble in given.pop("troubles", ()):
        walk.faults.on(trouble)
    driver = walk.begin(**given)
    driver.click("pagesRefresh")
    notice = walk.read(kind, 40)
    walk.faults.off()
    walk.mend(notice, lambda: None)
    if "person" not in EMPTY[kind]:
        walk.all_well()


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("", "page_nothing_typed"),
        ("https://example.com/x", "page_address_unclear"),
        ("999999999999999", "page_not_found"),
        ("{other}", "page_no_access"),
    ],
)
def test_while_a_page_is_added(walk, typed, kind):
    driver = walk.begin()
    driver.click("pagesAdd")
    driver.type_into("addField", typed.format(other=walk.journey.server.world.page(50).id))
    driver.click("addGo")
    notice = walk.read(kind)
    if notice.main_button is not None:
        walk.mend(notice, lambda: None)
    else:
        driver.type_into("addField", walk.journey.server.world.page(1).id)
        driver.click("addGo")
    walk.all_well()


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("", "paste_nothing"), ("x" * 20_001, "paste_too_long"), ("0123456789abcdef" * 2, "paste_app_secret"),
        ("180000000000001|{secret}", "paste_app_token"), ("hello", "paste_not_token"),
        ("sk_live_" + "Ab3" * 33, "paste_unlike_token"),
    ],
)  # fmt: skip
def test_while_a_token_is_pasted(walk, typed, kind):
    driver = walk.driver = walk.journey.set_up()
    driver.click("loginPaste")
    driver.find("pasteField").setText(typed.format(secret=walk.journey.server.world.app_secret))
    driver.click("pasteGo")
    notice = walk.read(kind)
    if notice.main_button is not None:
        driver.click(notice.main_button)
    if kind == "paste_unlike_token":
        driver.notice("no longer works")
    driver.type_into("pasteField", walk.journey.server.world.short_lived_token(walk.journey.server.world.people[0]))
    driver.click("pasteGo")
    driver.wait_title("Extend your login")
    walk.journey.to_pages(3)
    walk.all_well()


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("EAA" + "x7Qd" * 40 + " EAA" + "y8Rd" * 40, "paste_several"),
        ("IGAA" + "x7Qd" * 40, "paste_instagram"),
        ("THAA" + "x7Qd" * 40, "paste_threads"),
    ],
)
def test_while_something_else_is_pasted(walk, typed, kind):
    driver = walk.driver = walk.journey.set_up()
    driver.click("loginPaste")
    driver.find("pasteField").setText(typed)
    # The login page behind the field may still be loading: what counts is that no token is asked about.
    before = len(walk.journey.server.calls)
    driver.click("pasteGo")
    notice = walk.read(kind)
    assert not [call for call in walk.journey.server.calls[before:] if call.endswith((" debug_token", " me"))]
    driver.click(notice.main_button)
    if kind == "paste_several":
        driver.wait_title("Import tokens")
    else:
        walk.log_in()
        walk.all_well()


def test_a_browser_that_never_comes_back(walk, monkeypatch):
    monkeypatch.setattr(browser, "WAIT", 200)
    driver = walk.driver = walk.journey.set_up()
    driver.click("loginBrowser")
    driver.click("browserOpen")
    notice = walk.read("browser_waiting_ended")
    driver.click(notice.main_button)
    driver.click("browserBack")
    walk.log_in()
    walk.all_well()


def test_a_token_that_is_another_pages(walk):
    driver = walk.begin()
    database = walk.journey.program.session.vault.database
    bundles = walk.journey.program.session.vault.bundles
    (name,) = {row[0] for row in database.rows("SELECT pack FROM source")}
    kept = bundles.read(name)
    first, second = (walk.journey.server.world.page(index).id for index in (0, 1))
    (mine,), (other,) = ([key for key in kept if key.endswith(f":{page_id}")] for page_id in (first, second))
    bundles.replace(
        [name], {**kept, mine: kept[other]}, lambda db, placed: db.execute("UPDATE source SET pack=?", (placed[mine],))
    )
    walk.journey.panel("pages").page_actions.check(walk.journey.table.pages.by_id(first))
    notice = walk.read("token_of_named_page")
    walk.mend(notice, lambda: None)
    walk.all_well()
    driver.wait(lambda: not driver.seen("progressWords"), "keeping")


def test_a_refresh_tells_what_came_and_what_went(walk):
    """What the person changes under Business integrations shows at the next refresh, with the same login."""
    driver = walk.begin(shown=2, pages=(0, 1))
    world = walk.journey.server.world
    (grant,) = world.grants.values()

    def choose(pages):
        grant.pages = pages
        world._chosen.clear()

    choose(frozenset({0, 2}))
    driver.click("pagesRefresh")
    gone = walk.read("list_refreshed_in_part")
    assert world.page(1).name in gone.text.text
    choose(None)
    driver.click("pagesRefresh")
    driver.wait(
        lambda: walk.journey.table.pages.counts()[TokenState.WORKS] == 3 and not driver.seen("progressWords"),
        "the Page that came back, kept",
    )
    with walk.journey.program.session.vault.database.transaction() as db:
        db.execute("DELETE FROM source WHERE page_id=?", (world.page(2).id,))
    driver.click("pagesRefresh")
    assert "1 token came new" in walk.read("list_refreshed").text.text
    walk.all_well()


@pytest.mark.parametrize(("kind", "trouble"), _pairs(TESTING))
def test_while_a_page_is_tested(walk, kind, trouble):
    driver = walk.begin()
    walk.faults.on(trouble)
    row = walk.journey.table.pages.row(0)
    walk.journey.panel("pages").page_actions.check(row)
    notice = walk.read(kind)
    walk.faults.off()
    walk.mend(notice, lambda: driver.click("pagesRefresh"))
    walk.all_well()


@pytest.mark.parametrize(("kind", "trouble"), _pairs(CHECKING))
def test_while_all_is_checked(walk, kind, trouble):
    driver = walk.begin()
    driver.click("nav_health")
    driver.wait_title("Health")
    walk.faults.on(trouble)
    driver.click("healthCheck")
    notice = walk.read(kind)
    walk.faults.off()

    def again():
        driver.click("healthCheck")
        driver.wait(lambda: driver.text("count_worksNumber") == "3", "three that work")
        driver.click("nav_pages")

    walk.mend(notice, again)
    walk.all_well()


@pytest.mark.parametrize(("kind", "trouble"), _pairs(SETTING_UP))
def test_while_the_app_is_set_up(walk, kind, trouble):
    walk.faults.on(trouble)
    driver = walk.driver = walk.journey.open()
    driver.click("welcomeConnect")
    driver.type_into("setupAppId", "180000000000001")
    driver.type_into("setupSecret", walk.journey.server.world.app_secret)
    driver.click("setupVerify")
    notice = walk.read(kind)
    walk.faults.off()
    if notice.text.action.request.command is Command.SET_UP_APP:
        driver.click(notice.main_button)
        assert driver.find("setupSecret").hasFocus() or not walk.journey.window.isActiveWindow()
        driver.click("setupVerify")
        driver.wait_title("Log in to Facebook")
        walk.log_in()
    else:
        driver.click(notice.main_button)
        assert walk.opened[-1].startswith("https://developers.facebook.com/apps/")
        driver.click("setupVerify")
        driver.wait_title("Log in to Facebook")
        walk.log_in()
    walk.all_well()


@pytest.mark.parametrize(("kind", "trouble"), _pairs(DIALOG))
def test_at_the_login(walk, kind, trouble):
    driver = walk.driver = walk.journey.set_up()
    driver.page_element(walk.journey.login, "#password")
    walk.faults.on(trouble)
    walk.journey.login.again()
    if kind in {"state_wrong", "login_without_token"}:
        driver.log_in(walk.journey.login, 0)
        driver.click_page(walk.journey.login, "#allow")
    notice = walk.read(kind)
    walk.faults.off()
    opened = len(walk.opened)
    driver.click(notice.main_button)
    command = notice.text.action.request.command
    if command is Command.OPEN_LINK:
        assert len(walk.opened) > opened
        walk.journey.login.again()
    elif command is Command.USE_OWN_BROWSER:
        driver.find("browserOpen")
        driver.click("browserBack")
    elif command is Command.SET_UP_APP:
        driver.wait_title("Connect your Facebook app")
        driver.type_into("setupSecret", walk.journey.server.world.app_secret)
        driver.click("setupVerify")
        driver.wait_title("Log in to Facebook")
    walk.log_in()
    walk.all_well()


@pytest.mark.parametrize("kind", NETWORK)
def test_of_the_network(walk, kind, tmp_path):
    from gui.graph.client import new_session

    driver = walk.begin()
    session = walk.journey.program.session
    site = session.site
    session._http = new_session(site)
    with pytest.MonkeyPatch.context() as network:
        relay = None
        if kind == "no_name":
            network.setattr(
                socket,
                "getaddrinfo",
                lambda *a, **k: (_ for _ in ()).throw(socket.gaierror(-2, "Name or service not known")),
            )
        elif kind == "no_network":
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                session.site = Site(f"http://127.0.0.1:{free.getsockname()[1]}", site.login_url)
        elif kind == "proxy_failed":
            session._http.proxies = {"http": "http://127.0.0.1:9"}
        else:
            made = certificate(tmp_path, ended=kind == "certificate_date")
            relay = Relay(walk.journey.server.url, tls=made)
            if kind == "certificate_date":
                session._http.verify = made[2]
            session.site = Site(f"https://127.0.0.1:{relay.port}", site.login_url)
        driver.click("pagesRefresh")
        notice = walk.read(kind, 40)
        session.site = site
        if relay is not None:
            relay.close()
    session._http = new_session(site)
    walk.mend(notice, lambda: None)
    walk.all_well()


def test_a_login_page_that_proves_nothing_is_not_shown(walk, tmp_path):
    """The certificate of the login page is nobody's: the page is not shown, and the notice leads back."""
    driver = walk.driver = walk.journey.set_up()
    driver.page_element(walk.journey.login, "#password")
    session = walk.journey.program.session
    site = session.site
    relay = Relay(walk.journey.server.url, tls=certificate(tmp_path))
    try:
        session.site = Site(site.graph_url, f"https://127.0.0.1:{relay.port}")
        walk.journey.login.again()
        notice = walk.read("certificate_bad", 30)
    finally:
        relay.close()
        session.site = site
    driver.click(notice.main_button)
    walk.log_in()
    walk.all_well()


def at_the_real_addresses(walk, monkeypatch, tmp_path, refusal=""):
    """The practice Facebook under Facebook's own names, behind a company's proxy with the company's authority."""
    made = certificate(tmp_path, hosts=("graph.facebook.com", "www.facebook.com"))
    monkeypatch.setenv("SSL_CERT_FILE", made[2])
    relay = Relay(walk.journey.server.url, tls=made)
    proxy = Proxy(relay.port, refusal)
    session = walk.journey.program.session
    session.system_proxy = lambda url: proxy.url
    session.site = Site()
    if session._http is not None:
        session._http.close()
        session._http = None
    QNetworkProxy.setApplicationProxy(QNetworkProxy(QNetworkProxy.ProxyType.HttpProxy, "127.0.0.1", proxy.port))
    return relay, proxy


@pytest.fixture
def _no_proxy_afterwards(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    yield
    QNetworkProxy.setApplicationProxy(QNetworkProxy(QNetworkProxy.ProxyType.DefaultProxy))


@pytest.mark.usefixtures("_no_proxy_afterwards")
def test_a_companys_proxy_and_authority_serve_the_whole_login(walk, monkeypatch, tmp_path):
    driver = walk.driver = walk.journey.set_up()
    driver.page_element(walk.journey.login, "#password")
    relay, proxy = at_the_real_addresses(walk, monkeypatch, tmp_path)
    walk.journey.login.again()
    driver.page_element(walk.journey.login, "#password")
    assert driver.text("loginHost") == "www.facebook.com"
    walk.log_in()
    assert {"www.facebook.com:443", "graph.facebook.com:443"} <= set(proxy.asked)
    proxy.close()
    relay.close()


@pytest.mark.usefixtures("_no_proxy_afterwards")
def test_a_proxy_that_wants_a_password_is_told_at_the_login(walk, monkeypatch, tmp_path):
    driver = walk.driver = walk.journey.set_up()
    driver.page_element(walk.journey.login, "#password")
    site = walk.journey.program.session.site
    relay, proxy = at_the_real_addresses(walk, monkeypatch, tmp_path, refusal="407 Proxy Authentication Required")
    walk.journey.login.again()
    notice = walk.read("proxy_password", 30)
    proxy.close()
    relay.close()
    QNetworkProxy.setApplicationProxy(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))
    walk.journey.program.session.site = site
    driver.click(notice.main_button)
    walk.log_in()
    walk.all_well()


def test_every_sentence_about_facebook_and_the_network_is_walked():
    walked = {*LISTING, *WORDS, *AGENCY, *EMPTY, *DIALOG, *SETTING_UP, *TESTING, *CHECKING, *NETWORK, *ELSEWHERE}
    left = set(SENTENCES) - walked - OF_THIS_COMPUTER - OF_MANY
    assert left == set()
    for name in set(ELSEWHERE.values()):
        module, _, test = name.partition(":")
        assert callable(getattr(importlib.import_module(module), test)), name
