"""Health in the real window: check all, renew, look at any token, disconnect and connect again."""

import sqlite3

import pytest

from gui.desktop import browser
from gui.tour.hands import rest


def ready(journey, person=0, pages=3):
    hands = journey.set_up()
    journey.log_in(person)
    journey.to_pages(pages)
    return hands


def check(hands):
    hands.click("nav_health")
    hands.wait_title("Health")
    hands.click("healthCheck")
    hands.wait(lambda: "just now" in hands.text("panelSubtitle") and not hands.seen("progressWords"), "the check", 60)


def counts(hands):
    return tuple(int(hands.text(f"count_{state}Number").replace(",", "")) for state in ("works", "soon", "needs_you"))


def log_in_again(journey, person):
    """Through the dialog: a renewal goes on by itself."""
    journey.hands.log_in(journey.login, person)
    journey.hands.click_page(journey.login, "#allow")
    journey.hands.wait_title("Pages")


def test_deaths_are_found_and_renewed(journey):
    hands = ready(journey, 1, 240)
    check(hands)
    assert counts(hands) == (240, 0, 0)
    journey.server.world.troubles.on("some_roles_lost")
    check(hands)
    assert counts(hands) == (234, 0, 6)
    assert hands.find("nav_health").text() == "Health   6"
    notice = hands.notice("you no longer have a role on these Pages")
    assert "New since you last looked" in notice.text.text
    check(hands)
    assert "New since" not in hands.notice("you no longer have a role").text.text
    hands.click("count_needs_you")
    hands.wait_title("Pages")
    hands.wait(lambda: len(journey.table.pages.visible) == 6, "the six Pages")
    journey.server.world.troubles.off()
    hands.click("pagesRenew")
    hands.wait_title("Log in to Facebook")
    log_in_again(journey, 1)
    notice = hands.notice("Every token was renewed", 60)
    assert notice.text.text.startswith("240 tokens changed.")
    ((what, names),) = notice.text.details
    assert (what, names.endswith("and 180 more")) == ("Changed", True)
    check(hands)
    assert counts(hands) == (240, 0, 0)


def test_the_pages_that_need_the_person_are_shown_whosever_they_are(journey):
    hands = ready(journey, 1, 240)
    journey.window.go("add")
    hands.wait_title("Log in to Facebook")
    journey.log_in(0)
    journey.to_pages(3)
    journey.server.world.troubles.on("some_roles_lost")
    check(hands)
    hands.click("count_needs_you")
    hands.wait_title("Pages")
    hands.wait(lambda: len(journey.table.pages.visible) == 6, "the agency's six Pages")


def test_a_changed_password_is_mended_from_its_notice(journey):
    hands = ready(journey)
    journey.server.world.troubles.on("password_changed")
    check(hands)
    assert counts(hands) == (0, 0, 3)
    notice = hands.notice("Amira Haddad: the token ended because the password was changed")
    assert "3 Page tokens ended with it" in notice.text.text
    journey.server.world.troubles.off()
    hands.click(notice.main_button)
    hands.wait_title("Log in to Facebook")
    log_in_again(journey, 0)
    hands.notice("Every token was renewed")
    check(hands)
    assert counts(hands) == (3, 0, 0)
    assert hands.find("nav_health").text() == "Health"


def test_renewing_as_somebody_else_is_noticed(journey):
    hands = ready(journey)
    hands.click("pagesRenew")
    hands.wait_title("Log in to Facebook")
    log_in_again(journey, 2)
    assert "Noa Newcomer" in hands.notice("You logged in as").text.title
    hands.wait(lambda: len(journey.window.people) == 2, "both people")


def test_a_page_that_was_not_chosen_again_is_named(journey):
    hands = ready(journey)
    hands.click("pagesRenew")
    hands.wait_title("Log in to Facebook")
    hands.log_in(journey.login, 0)
    hands.click_page(journey.login, "#some")
    hands.click_page(journey.login, "input[name=page][value='1']")
    hands.click_page(journey.login, "#allow")
    notice = hands.notice("not every Page is there", 60)
    assert f"No longer listed: {chr(0x2068)}{journey.server.world.page(1).name}" in notice.text.text
    assert "2 tokens changed" in notice.text.text
    assert len(journey.table.pages.rows) == 3


def test_a_check_without_a_network_says_so_and_what_was_known_stays(journey):
    hands = ready(journey)
    hands.click("nav_health")
    hands.wait_title("Health")
    journey.server._server.server_close()
    hands.click("healthCheck")
    hands.notice("Facebook could not be reached", 40)
    assert counts(hands) == (3, 0, 0)


def test_a_check_can_be_stopped_at_once(journey):
    hands = ready(journey, 1, 240)
    hands.click("nav_health")
    hands.wait_title("Health")
    journey.server.latency = 5
    hands.click("healthCheck")
    hands.click("progressCancel")
    hands.notice("The check was stopped")
    assert hands.find("healthCheck").text() == "Check all now"
    journey.server.latency = 0
    hands.wait(lambda: not journey.program.jobs._jobs, "the end of the call", 30)
    hands.click("noticeButton")
    hands.wait(lambda: "just now" in hands.text("panelSubtitle"), "the check", 30)


def test_what_ends_soon_can_be_put_off(journey):
    journey.server.world.troubles.on("expiry_soon")
    hands = ready(journey)
    hands.click("nav_health")
    hands.notice("the login ends on")
    assert counts(hands) == (0, 3, 0)
    hands.click("noticeAside")
    hands.wait(lambda: not hands.seen("noticeAside"), "the notice to go")


def test_a_login_that_died_overnight_is_told_once_at_the_next_start(journey):
    hands = ready(journey)
    journey.close()
    with sqlite3.connect(journey.profile / "ledger.sqlite3") as ledger:
        ledger.execute("UPDATE connection SET listed_at = listed_at - 90000")
    journey.server.world.troubles.on("app_removed")
    hands = journey.open()
    notice = hands.notice("Something has changed: Amira Haddad: the app was removed")
    hands.click(notice.main_button)
    hands.wait_title("Health")
    hands.notice("the app was removed")
    journey.close()
    with sqlite3.connect(journey.profile / "ledger.sqlite3") as ledger:
        ledger.execute("UPDATE connection SET listed_at = listed_at - 90000, checked_at = checked_at - 90000")
    hands = journey.open()
    hands.wait(lambda: hands.find("nav_health").text() == "Health   3", "the daily look")
    rest(300)
    assert not [one for one in journey.window.panel("pages").notices.notices() if one.text.kind == "health_news"]


# ------------------------------------------------------------------ any token
def look_at(hands, token):
    hands.click("nav_health")
    hands.click("healthAny")
    hands.type_into("anyField", token)
    hands.click("anyCheck")


@pytest.mark.parametrize(
    ("what", "title", "says", "keeps"),
    [
        ("page", "Page token of Amira’s Bakery", "It works", True),
        ("expired", "User token", "The token has ended", False),
        ("system_user", "System user’s token", "It works", False),
        ("other_app", "User token of Amira Haddad", "It works", False),
    ],
)
def test_any_token_is_said_in_words(journey, what, title, says, keeps):
    hands = ready(journey, 2, 0)
    look_at(hands, journey.server.world.special_token(what))
    hands.wait(lambda: hands.seen("anyTitle") and hands.text("anyTitle").startswith(title), title)
    assert hands.text("factText_0").startswith(says)
    assert bool(hands.seen("anyKeep")) == keeps
    assert hands.find("anyField").text() == ""


def test_a_pasted_page_token_is_kept_when_asked(journey):
    hands = ready(journey, 2, 0)
    look_at(hands, journey.server.world.special_token("page"))
    hands.click("anyKeep")
    hands.wait_title("Pages")
    hands.wait(lambda: len(journey.table.pages.rows) == 1, "the kept Page")
    page_id = journey.table.pages.row(0).page.id
    hands.click(journey.table.viewport(), journey.table.copy_place(page_id).center())
    hands.wait(lambda: hands.clipboard().startswith("EAA"), "its token")


def test_a_pasted_user_token_is_extended_when_asked(journey):
    hands = ready(journey, 2, 0)
    look_at(hands, journey.server.world.short_lived_token(journey.server.world.people[0]))
    hands.click("anyKeep")
    hands.wait_title("Extend your login")
    hands.wait(lambda: "Kept in your system keychain" in hands.text("extendWords"), "keeping")
    journey.to_pages(3)


def test_nonsense_is_named_before_it_is_sent(journey):
    hands = ready(journey, 2, 0)
    before = len(journey.server.calls)
    look_at(hands, "hello there")
    hands.notice("This is not a token")
    assert len(journey.server.calls) == before


def test_everything_known_of_a_page_is_one_click_away(journey):
    hands = ready(journey)
    journey.window.panel("pages").one.tell_all(journey.table.pages.row(0))
    dialog = hands.find("factsDialog")
    said = {label.accessibleName() for label in dialog.findChildren(type(hands.find("factText_0")))}
    for part in ("State: The token works", "Token: has no end", "It cannot: publish posts"):
        assert any(one.startswith(part) for one in said), said
    hands.click("factsTest")
    hands.notice("works")


# ----------------------------------------------------------------- disconnect
def test_disconnect_says_what_dies_and_connect_again_brings_it_back(journey):
    hands = ready(journey, 1, 240)
    hands.click("nav_settings")
    hands.click(f"disconnect_{journey.server.world.people[1].user_id}")
    hands.wait_title("Disconnect Agency Nord")
    hands.wait(lambda: hands.text("dies_0").startswith("All 240 Page tokens made by Agency Nord for Practice App"), "what dies")
    hands.click("disconnectBack")
    hands.wait_title("Settings")
    assert len(journey.window.people) == 1
    hands.click(f"disconnect_{journey.server.world.people[1].user_id}")
    hands.click("disconnectGo")
    hands.notice("Agency Nord is disconnected")
    assert all(grant.revoked for grant in journey.server.world.grants.values())
    assert len(journey.session.everything_kept(journey.program.desk.vault.keychain.service)) == 2, "the app, and how many there are"
    hands.click("noticeButton")
    journey.log_in(1)
    journey.to_pages(240)


def test_a_dead_login_shows_the_way_by_hand_and_can_be_forgotten(journey, monkeypatch):
    opened = []
    monkeypatch.setattr(browser, "open_address", lambda url: opened.append(url) or True)
    hands = ready(journey)
    hands.click("nav_health")
    hands.click("healthDisconnect_1")
    hands.wait_title("Disconnect Amira Haddad")
    journey.server.world.troubles.on("password_changed")
    hands.click("disconnectGo")
    hands.notice("the password was changed")
    for link, part in (("business_integrations", "business_tools"), ("apps_and_websites", "applications"), ("connected_apps", "connected_apps")):
        hands.find(f"hand_{link}").click()
        assert part in opened[-1]
    hands.click("disconnectForget")
    hands.wait_title("Health")
    hands.wait(lambda: not journey.window.people, "nobody")
    hands.click("undo")
    hands.wait(lambda: journey.window.people, "Amira again")
    hands.click("nav_settings")
    hands.click("forgetApp_180000000000001")
    hands.wait(lambda: not journey.window.apps and not journey.window.people, "neither app nor person")
    hands.click("undoClose")
    hands.wait_title("The keys to your Facebook Pages")
    assert not journey.session.everything_kept(journey.program.desk.vault.keychain.service)


def test_one_permission_is_given_back(journey):
    hands = ready(journey)
    hands.click("nav_health")
    hands.click("healthDisconnect_1")
    hands.find("giveBack_pages_manage_metadata").click()
    hands.notice("The permission was given back")
    hands.wait(lambda: not hands.seen("giveBack_pages_manage_metadata"), "the permission to go from the list")
    grant = next(iter(journey.server.world.grants.values()))
    assert "pages_manage_metadata" not in journey.server.world.scope_names(grant.scopes)
    assert "pages_show_list" in journey.server.world.scope_names(grant.scopes)
