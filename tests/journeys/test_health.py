"""Health in the real window: check all, renew, look at any token, disconnect and connect again."""

import sqlite3

import pytest

from gui.desktop import browser
from gui.tour.ui_driver import process_events


def ready(journey, person=0, pages=3):
    driver = journey.set_up()
    journey.log_in(person)
    journey.to_pages(pages)
    return driver


def check(driver):
    driver.click("nav_health")
    driver.wait_title("Health")
    driver.click("healthCheck")
    driver.wait(
        lambda: "just now" in driver.text("panelSubtitle") and not driver.seen("progressWords"), "the check", 60
    )


def counts(driver):
    return tuple(int(driver.text(f"count_{state}Number").replace(",", "")) for state in ("works", "soon", "needs_you"))


def log_in_again(journey, person):
    """Through the dialog: a renewal goes on by itself."""
    journey.driver.log_in(journey.login, person)
    journey.driver.click_page(journey.login, "#allow")
    journey.driver.wait_title("Pages")


def test_deaths_are_found_and_renewed(journey):
    driver = ready(journey, 1, 240)
    check(driver)
    assert counts(driver) == (240, 0, 0)
    journey.server.world.faults.on("some_roles_lost")
    check(driver)
    assert counts(driver) == (234, 0, 6)
    assert driver.find("nav_health").text() == "Health   6"
    notice = driver.notice("you no longer have a role on these Pages")
    assert "New since you last looked" in notice.text.text
    check(driver)
    assert "New since" not in driver.notice("you no longer have a role").text.text
    driver.click("count_needs_you")
    driver.wait_title("Pages")
    driver.wait(lambda: len(journey.table.pages.visible) == 6, "the six Pages")
    journey.server.world.faults.off()
    driver.click("pagesRenew")
    driver.wait_title("Log in to Facebook")
    log_in_again(journey, 1)
    notice = driver.notice("Every token was renewed", 60)
    assert notice.text.text.startswith("240 tokens changed.")
    ((what, names),) = notice.text.details
    assert (what, names.endswith("and 180 more")) == ("Changed", True)
    check(driver)
    assert counts(driver) == (240, 0, 0)


def test_the_pages_that_need_the_person_are_shown_whosever_they_are(journey):
    driver = ready(journey, 1, 240)
    driver.click("nav_add")
    driver.wait_title("Log in to Facebook")
    journey.log_in(0)
    journey.to_pages(3)
    journey.server.world.faults.on("some_roles_lost")
    check(driver)
    driver.click("count_needs_you")
    driver.wait_title("Pages")
    driver.wait(lambda: len(journey.table.pages.visible) == 6, "the agency's six Pages")


def test_a_changed_password_is_mended_from_its_notice(journey):
    driver = ready(journey)
    journey.server.world.faults.on("password_changed")
    check(driver)
    assert counts(driver) == (0, 0, 3)
    notice = driver.notice("Amira Haddad: the token ended because the password was changed")
    assert "3 Page tokens ended with it" in notice.text.text
    journey.server.world.faults.off()
    driver.click(notice.main_button)
    driver.wait_title("Log in to Facebook")
    log_in_again(journey, 0)
    driver.notice("Every token was renewed")
    check(driver)
    assert counts(driver) == (3, 0, 0)
    assert driver.find("nav_health").text() == "Health"


def test_renewing_as_somebody_else_is_noticed(journey):
    driver = ready(journey)
    driver.click("pagesRenew")
    driver.wait_title("Log in to Facebook")
    log_in_again(journey, 2)
    assert "Noa Newcomer" in driver.notice("You logged in as").text.title
    driver.wait(lambda: len(journey.accounts.logins) == 2, "both people")


def test_a_page_that_was_not_chosen_again_is_named(journey):
    driver = ready(journey)
    driver.click("pagesRenew")
    driver.wait_title("Log in to Facebook")
    driver.log_in(journey.login, 0)
    driver.click_page(journey.login, "#some")
    driver.click_page(journey.login, "input[name=page][value='1']")
    driver.click_page(journey.login, "#allow")
    notice = driver.notice("not every Page is there", 60)
    assert f"No longer listed: {chr(0x2068)}{journey.server.world.page(1).name}" in notice.text.text
    assert "2 tokens changed" in notice.text.text
    assert len(journey.table.pages.rows) == 3


def test_a_check_without_a_network_says_so_and_what_was_known_stays(journey):
    driver = ready(journey)
    driver.click("nav_health")
    driver.wait_title("Health")
    journey.server._server.server_close()
    driver.click("healthCheck")
    driver.notice("Facebook could not be reached", 40)
    assert counts(driver) == (3, 0, 0)


def test_a_check_can_be_stopped_at_once(journey):
    driver = ready(journey, 1, 240)
    driver.click("nav_health")
    driver.wait_title("Health")
    journey.server.latency = 5
    driver.click("healthCheck")
    driver.click("progressCancel")
    driver.notice("The check was stopped")
    assert driver.find("healthCheck").text() == "Check all now"
    journey.server.latency = 0
    driver.wait(lambda: not journey.program.jobs._jobs, "the end of the call", 30)
    driver.click("noticeButton")
    driver.wait(lambda: "just now" in driver.text("panelSubtitle"), "the check", 30)


def test_what_ends_soon_can_be_put_off(journey):
    journey.server.world.faults.on("expiry_soon")
    driver = ready(journey)
    driver.click("nav_health")
    driver.notice("the login ends on")
    assert counts(driver) == (0, 3, 0)
    driver.click("noticeAside")
    driver.wait(lambda: not driver.seen("noticeAside"), "the notice to go")


def test_a_login_that_died_overnight_is_told_once_at_the_next_start(journey):
    driver = ready(journey)
    journey.close()
    with sqlite3.connect(journey.profile / "ledger.sqlite3") as database:
        database.execute("UPDATE connection SET listed_at = listed_at - 90000")
    journey.server.world.faults.on("app_removed")
    driver = journey.open()
    notice = driver.notice("Something has changed: Amira Haddad: the app was removed")
    driver.click(notice.main_button)
    driver.wait_title("Health")
    driver.notice("the app was removed")
    journey.close()
    with sqlite3.connect(journey.profile / "ledger.sqlite3") as database:
        database.execute("UPDATE connection SET listed_at = listed_at - 90000, checked_at = checked_at - 90000")
    driver = journey.open()
    driver.wait(lambda: driver.find("nav_health").text() == "Health   3", "the daily look")
    process_events(300)
    assert not [one for one in journey.panel("pages").notices.notices() if one.text.kind == "health_news"]


# ------------------------------------------------------------------ any token
def look_at(driver, token):
    driver.click("nav_health")
    driver.click("healthAny")
    driver.type_into("anyField", token)
    driver.click("anyCheck")


@pytest.mark.parametrize(
    ("what", "title", "says", "keeps"),
    [
        ("page", "Page token of Amira’s Bakery", "It works", True),
        ("expired", "User token", "The token has ended", False),
        ("system_user", "System user’s token", "It works", True),
        ("other_app", "User token of Amira Haddad", "It works", False),
    ],
)
def test_any_token_is_said_in_words(journey, what, title, says, keeps):
    driver = ready(journey, 2, 0)
    look_at(driver, journey.server.world.special_token(what))
    driver.wait(lambda: driver.seen("anyTitle") and driver.text("anyTitle").startswith(title), title)
    assert driver.text("factText_0").startswith(says)
    assert bool(driver.seen("anyKeep")) == keeps
    assert driver.find("anyField").text() == ""


def test_a_pasted_page_token_is_kept_when_asked(journey):
    driver = ready(journey, 2, 0)
    look_at(driver, journey.server.world.special_token("page"))
    driver.click("anyKeep")
    driver.wait_title("Pages")
    driver.wait(lambda: len(journey.table.pages.rows) == 1, "the kept Page")
    page_id = journey.table.pages.row(0).page.id
    driver.click(journey.table.viewport(), journey.table.copy_place(page_id).center())
    driver.wait(lambda: driver.clipboard().startswith("EAA"), "its token")


def test_a_page_token_that_ends_sooner_is_kept_only_when_asked_again(journey):
    driver = ready(journey)
    world = journey.server.world
    short = world.page_token(world.mint.read(world.short_lived_token(world.people[0])), 0)
    look_at(driver, short)
    driver.click("anyKeep")
    notice = driver.notice("The token kept for Amira’s Bakery lasts longer")
    driver.click(notice.main_button)
    driver.wait_title("Pages")
    page_id = world.page(0).id
    driver.wait(lambda: journey.table.pages.by_id(page_id) is not None, "the kept Page")
    driver.click(journey.table.viewport(), journey.table.copy_place(page_id).center())
    driver.wait(lambda: driver.clipboard() == short, "its token")


def test_a_pasted_user_token_is_extended_when_asked(journey):
    driver = ready(journey, 2, 0)
    look_at(driver, journey.server.world.short_lived_token(journey.server.world.people[0]))
    driver.click("anyKeep")
    driver.wait_title("Extend your login")
    driver.wait(lambda: "Kept in your system keychain" in driver.text("extendWords"), "keeping")
    journey.to_pages(3)


def test_nonsense_is_named_before_it_is_sent(journey):
    driver = ready(journey, 2, 0)
    before = len(journey.server.calls)
    look_at(driver, "hello there")
    driver.notice("This is not a token")
    assert len(journey.server.calls) == before


def test_everything_known_of_a_page_is_one_click_away(journey):
    driver = ready(journey)
    journey.panel("pages").page_actions.show_facts(journey.table.pages.row(0))
    dialog = driver.find("factsDialog")
    said = {label.accessibleName() for label in dialog.findChildren(type(driver.find("factText_0")))}
    for part in ("State: The token works", "Token: has no end", "It cannot: publish posts"):
        assert any(one.startswith(part) for one in said), said
    driver.click("factsTest")
    driver.notice("works")


# ----------------------------------------------------------------- disconnect
def test_disconnect_says_what_dies_and_connect_again_brings_it_back(journey):
    driver = ready(journey, 1, 240)
    driver.click("nav_settings")
    driver.click(f"disconnect_{journey.server.world.people[1].user_id}")
    driver.wait_title("Disconnect Agency Nord")
    driver.wait(
        lambda: driver.text("dies_0").startswith("All 240 Page tokens made by Agency Nord for Practice App"),
        "what dies",
    )
    driver.click("disconnectBack")
    driver.wait_title("Settings")
    assert len(journey.accounts.logins) == 1
    driver.click(f"disconnect_{journey.server.world.people[1].user_id}")
    driver.click("disconnectGo")
    driver.notice("Agency Nord is disconnected")
    assert all(grant.revoked for grant in journey.server.world.grants.values())
    assert len(journey.private_session.everything_kept(journey.program.session.vault.keychain.service)) == 2, (
        "the app, and how many there are"
    )
    driver.click("noticeButton")
    journey.log_in(1)
    journey.to_pages(240)


def test_a_dead_login_shows_the_way_by_hand_and_can_be_forgotten(journey, monkeypatch):
    opened = []

    def note_address(url):
        opened.append(url)
        return True

    monkeypatch.setattr(browser, "open_address", note_address)
    driver = ready(journey)
    driver.click("nav_health")
    driver.click("healthDisconnect_1")
    driver.wait_title("Disconnect Amira Haddad")
    journey.server.world.faults.on("password_changed")
    driver.click("disconnectGo")
    driver.notice("the password was changed")
    for link, part in (
        ("business_integrations", "business_tools"),
        ("apps_and_websites", "applications"),
        ("connected_apps", "connected_apps"),
    ):
        driver.find(f"hand_{link}").click()
        assert part in opened[-1]
    driver.click("disconnectForget")
    driver.wait_title("Health")
    driver.wait(lambda: not journey.accounts.logins, "nobody")
    driver.click("undo")
    driver.wait(lambda: journey.accounts.logins, "Amira again")
    driver.click("nav_settings")
    driver.click("forgetApp_180000000000001")
    driver.wait(lambda: not journey.accounts.apps and not journey.accounts.logins, "neither app nor person")
    driver.click("undoClose")
    driver.wait_title("The keys to your Facebook Pages")
    assert not journey.private_session.everything_kept(journey.program.session.vault.keychain.service)


def test_one_permission_is_given_back(journey):
    driver = ready(journey)
    driver.click("nav_health")
    driver.click("healthDisconnect_1")
    driver.find("giveBack_business_management").click()
    driver.notice("The permission was given back")
    driver.wait(lambda: not driver.seen("giveBack_business_management"), "the permission to go from the list")
    grant = next(iter(journey.server.world.grants.values()))
    assert "business_management" not in journey.server.world.scope_names(grant.scopes)
    assert "pages_show_list" in journey.server.world.scope_names(grant.scopes)
