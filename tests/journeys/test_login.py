"""Every way a login can end, in the real window with its real web view."""

import os
import threading
import urllib.parse

import pytest
import requests
from PySide6.QtTest import QTest


def test_a_shop_owner_gets_her_tokens(journey):
    hands = journey.set_up()
    hands.log_in(journey.login, 0, "wrong")
    hands.wait(lambda: hands.ask_page(journey.login, "document.querySelector('.wrong') !== null"), "the page to refuse the password")
    journey.log_in(0)
    hands.wait(lambda: "Kept in your system keychain" in hands.text("extendWords"), "keeping")
    journey.to_pages(3)
    kept = "".join(journey.session.everything_kept(journey.program.desk.vault.keychain.service))
    assert journey.server.world.app_secret in kept
    assert sum(one in kept for one in journey.server.world.given_out) == 5
    assert "connect/login_success.html" not in " ".join(journey.server.calls)


def test_a_newcomer_is_told_why_the_list_is_empty(journey):
    hands = journey.set_up()
    journey.log_in(2)
    journey.to_pages(0)
    notice = hands.notice("listed no Pages")
    assert "add a Page" in notice.text.text
    hands.click("noticeButton")
    hands.wait_title("Log in to Facebook")
    hands.page_element(journey.login, "#password")


@pytest.mark.parametrize("trouble", ["", "cancel_without_state", "hash_underscore"])
def test_a_cancelled_login_is_calm_and_can_be_taken_up_again(journey, trouble):
    if trouble:
        journey.server.world.troubles.on(trouble)
    hands = journey.set_up()
    hands.click_page(journey.login, "#cancel")
    assert hands.notice("The login was cancelled").text.tone == "info"
    hands.click("noticeButton")
    journey.log_in(0)


def test_an_answer_with_another_state_is_not_used(journey):
    journey.server.world.troubles.on("wrong_state", 1)
    hands = journey.set_up()
    hands.log_in(journey.login, 0)
    hands.click_page(journey.login, "#allow")
    hands.notice("does not belong to this login")
    hands.click("noticeButton")
    journey.log_in(0)


@pytest.mark.parametrize(
    ("trouble", "title"),
    [("redirect_not_listed", "does not allow this login yet"), ("app_in_development", "does not let this person use the app"), ("app_unknown", "knows no app with this App ID")],
)  # fmt: skip
def test_a_page_that_never_redirects_is_explained(journey, trouble, title):
    hands = journey.set_up()
    hands.page_element(journey.login, "#password")
    journey.server.world.troubles.on(trouble)
    journey.login.again()
    assert hands.notice(title).text.button


def test_missing_permissions_of_the_app_can_be_left_out(journey):
    journey.server.world.troubles.on("invalid_scopes")
    hands = journey.set_up()
    assert "business_management" in hands.notice("lacks a permission").text.text
    hands.click("noticeButton")
    journey.log_in(0)


def test_where_embedded_browsers_are_refused_the_own_browser_helps(journey, monkeypatch):
    """The person's browser is played by plain HTTP: it follows the dialog and comes back to localhost."""
    journey.server.world.troubles.on("embedded_blocked", 1)
    opened = []
    monkeypatch.setattr("gui.desktop.browser.open_address", lambda url: opened.append(url) or True)
    hands = journey.set_up()
    hands.notice("does not allow logging in inside this window")
    hands.click("noticeButton")
    hands.click("browserOpen")
    threading.Thread(target=_browse, args=(journey.server, opened[0]), daemon=True).start()
    hands.wait_title("Extend your login")
    journey.to_pages(3)


def _browse(server, url, allow=True):
    page = requests.get(url, timeout=10)
    flow = page.text.split('name="flow" value="')[1].split('"')[0]
    requests.post(f"{server.url}/practice/login", data={"flow": flow, "person": 0, "password": "practice"}, timeout=10)
    scopes = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)["scope"][0].split(",")
    answer = requests.post(f"{server.url}/practice/allow", data={"flow": flow, "which": "all", "scope": scopes}, timeout=10, allow_redirects=False)
    address = answer.headers["Location"]
    if address.startswith("http://localhost"):
        assert requests.get(address, timeout=10).status_code == 200
    return address


def test_the_address_of_another_browser_can_be_pasted(journey, monkeypatch):
    opened = []
    monkeypatch.setattr("gui.desktop.browser.open_address", lambda url: opened.append(url) or True)
    hands = journey.set_up()
    hands.click("loginBrowser")
    hands.type_into("browserAddress", "https://www.facebook.com/connect/login_success.html")
    hands.click("browserGo")
    hands.notice("holds no answer")
    hands.click("browserOpenPaste")
    address = _browse(journey.server, opened[0])
    hands.type_into("browserAddress", f" {address} ")
    hands.click("browserGo")
    hands.wait_title("Extend your login")


@pytest.mark.parametrize(
    ("what", "title"),
    [("page", "This is a Page token"), ("other_app", "belongs to another app"), ("system_user", "system user"), ("expired", "The token has ended")],
)
def test_a_pasted_token_is_named_as_what_it_is(journey, what, title):
    hands = journey.set_up()
    hands.click("loginPaste")
    hands.type_into("pasteField", journey.server.world.special_token(what))
    hands.click("pasteGo")
    hands.notice(title)


def test_a_pasted_user_token_becomes_pages(journey):
    hands = journey.set_up()
    hands.click("loginPaste")
    token = journey.server.world.short_lived_token(journey.server.world.people[0])
    hands.type_into("pasteField", f'"{token}"')
    hands.click("pasteGo")
    hands.wait_title("Extend your login")
    journey.to_pages(3)


def test_declined_permissions_are_told_and_asked_again(journey):
    hands = journey.set_up()
    hands.log_in(journey.login, 0)
    hands.click_page(journey.login, "input[value=business_management]")
    hands.click_page(journey.login, "#allow")
    hands.wait_title("Extend your login")
    assert "business_management" in hands.notice("Some permissions were not given").text.text
    hands.click("noticeButton")
    hands.wait_title("Log in to Facebook")
    hands.page_element(journey.login, "#password")


def test_choosing_more_permissions_asks_for_them(journey):
    hands = journey.set_up()
    hands.page_element(journey.login, "#password")
    hands.click(hands.find("ask_posts"), hands.find("ask_posts").rect().topLeft() + hands.find("ask_posts").rect().center() * 0.2)
    hands.log_in(journey.login, 0)
    hands.page_element(journey.login, "input[value=pages_manage_posts]")


def test_no_network_at_the_login_page(journey):
    hands = journey.set_up()
    hands.page_element(journey.login, "#password")
    hands.click("loginPaste")
    journey.server._server.server_close()
    hands.click("pasteBack")
    hands.notice("login page did not load", 30)


def test_a_dead_web_page_is_told_and_comes_back(journey):
    hands = journey.set_up()
    hands.page_element(journey.login, "#password")
    os.kill(journey.login.web_view()._page.renderProcessPid(), 9)
    hands.notice("The page stopped working")
    hands.click("noticeButton")
    journey.log_in(0)


def test_the_web_view_goes_nowhere_else(journey):
    hands = journey.set_up()
    hands.page_element(journey.login, "#password")
    hands.ask_page(journey.login, "location.href = 'http://127.0.0.1:9/elsewhere'; 1")
    hands.notice("wanted to leave Facebook")
    for script in (
        "window.open('http://127.0.0.1:9/x'); 1",
        "alert('x'); 1",
        "fetch('http://127.0.0.1:9/x').catch(() => {}); 1",
        "navigator.geolocation.getCurrentPosition(() => {}); 1",
    ):
        assert hands.ask_page(journey.login, script) == 1
    QTest.mouseMove(journey.window)


class _Popup:
    """Lets the hands drive the login page's second window."""

    def __init__(self, view):
        self._view = view

    def web_view(self):
        return self._view


def _second_window(journey):
    """A click on a link of the login page that opens a window."""
    link = "const a = document.createElement('a'); a.id = 'second'; a.href = location.href; a.target = '_blank'; a.rel = 'opener'; a.textContent = 'second'; document.body.prepend(a); 1"
    assert journey.hands.ask_page(journey.login, link) == 1
    journey.hands.click_page(journey.login, "#second")
    return journey.hands.wait(journey.login.web_view().popup, "the second window")


def test_a_login_that_goes_on_in_a_second_window_arrives_all_the_same(journey):
    hands = journey.set_up()
    hands.page_element(journey.login, "#password")
    popup = _second_window(journey)
    hands.log_in(_Popup(popup), 0)
    hands.click_page(_Popup(popup), "#allow")
    hands.wait_title("Extend your login")
    assert hands.seen("loginPopup") is None
    hands.wait(lambda: "Kept in your system keychain" in hands.text("extendWords"), "keeping")


def test_a_second_window_closes_itself_and_goes_nowhere_else(journey):
    hands = journey.set_up()
    hands.page_element(journey.login, "#password")
    popup = _second_window(journey)
    hands.page_element(_Popup(popup), "#password")
    hands.ask_page(_Popup(popup), "location.href = 'http://127.0.0.1:9/elsewhere'; 1")
    hands.notice("wanted to leave Facebook")
    hands.ask_page(_Popup(popup), "window.close(); 1")
    hands.wait(lambda: journey.login.web_view().popup() is None, "the second window to close")
    journey.log_in(0)


def test_as_root_without_a_sandbox_the_own_browser_is_offered(journey, monkeypatch):
    monkeypatch.delenv("QTWEBENGINE_DISABLE_SANDBOX", raising=False)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    hands = journey.set_up()
    hands.notice("cannot be shown to the system’s administrator")
    hands.click("noticeButton")
    hands.find("browserOpen")


def test_a_page_that_hangs_is_spoken_of_and_opened_again(journey, monkeypatch):
    monkeypatch.setattr("gui.widgets.web_view.SLOW_AFTER", 300)
    journey.server.world.troubles.on("slow_login", 1)
    hands = journey.set_up()
    hands.notice("takes long")
    hands.click("noticeButton")
    journey.log_in(0)


def test_extending_can_be_cancelled_and_taken_up_again(journey):
    hands = journey.set_up()
    hands.log_in(journey.login, 0)
    hands.page_element(journey.login, "#allow")
    journey.server.latency = 0.8
    hands.click_page(journey.login, "#allow")
    hands.wait_title("Extend your login")
    hands.click("progressCancel")
    hands.wait(lambda: "was not extended" in hands.text("extendWords"), "the end of it")
    journey.server.latency = 0
    assert hands.find("extendGo").text() == "Extend"
    hands.click("extendGo")
    hands.wait(lambda: "Kept in your system keychain" in hands.text("extendWords"), "keeping")
    journey.to_pages(3)
