"""The login's panel alone: Facebook's page in its real web view, the person's own browser, a token that is pasted."""

import os
import threading

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWidgets import QLineEdit

from gui.desktop import browser
from gui.panels.login import LoginPanel
from gui.shell.commands import Command, Request
from gui.values import AppCredentials, Secret, StoredLogin, Tone
from tests.support.one_panel import OnePanel
from tests.support.own_browser import asked_permissions, browse
from tests.support.people import app_of, short_token, token_text

FIELD = "#password"


@pytest.fixture
def login(qtbot, qapp, session, practice):
    session.vault.keep_app(app_of(practice))
    one = OnePanel(LoginPanel, session, practice)
    yield one
    one.panel.leave()
    one.close()


@pytest.fixture
def opened(monkeypatch):
    """The addresses that were given to the person's own browser."""
    addresses: list[str] = []

    def note(url):
        addresses.append(url)
        return True

    monkeypatch.setattr(browser, "open_address", note)
    return addresses


def begin(login, **how):
    """As far as Facebook's page."""
    login.panel.begin(app_of(login.server), **how)
    login.driver.page_element(login.panel, FIELD)


def choose_purposes(login, *boxes, search=""):
    """Say what it is for, and come back to Facebook's page."""
    login.press("loginPurposes")
    if search:
        login.driver.type_into("purposeSearch", search)
    for name in boxes:
        login.choose(name)
    login.press("purposeUse")
    login.driver.page_element(login.panel, FIELD)


def address_of(login) -> str:
    return str(login.driver.ask_page(login.panel, "location.href"))


# --------------------------------------------------------------- in the window
def test_a_login_on_facebooks_page_ends_with_a_token_that_nobody_can_read(login, qtbot):
    brought = login.signals("logged_in")
    begin(login)
    assert login.text("loginHost") == login.server.url.removeprefix("http://")
    assert login.text("loginHostWords") == "on this computer; not the real Facebook"
    login.driver.log_in(login.panel, 0, "wrong")
    qtbot.waitUntil(lambda: login.driver.ask_page(login.panel, "document.querySelector('.wrong') !== null") is True)
    assert brought == []
    login.driver.log_in(login.panel, 0)
    login.driver.click_page(login.panel, "#allow")
    qtbot.waitUntil(lambda: len(brought) == 1, timeout=15_000)
    token = brought[0].token
    assert (token.user_name, brought[0].missing_permissions) == ("Amira Haddad", ())
    assert isinstance(token.secret, Secret)
    assert token.secret.reveal() in login.server.world.given_out
    assert token.secret.reveal() not in repr(brought[0])
    assert login.panel.web_view() is None, "the web view goes with all that it knew"
    assert "connect/login_success.html" not in " ".join(login.server.calls), "the answer never leaves this computer"


def test_a_permission_that_was_not_given_is_named(login, qtbot):
    brought = login.signals("logged_in")
    begin(login)
    login.driver.log_in(login.panel, 0)
    login.driver.click_page(login.panel, "input[value=business_management]")
    login.driver.click_page(login.panel, "#allow")
    qtbot.waitUntil(lambda: len(brought) == 1, timeout=15_000)
    assert brought[0].missing_permissions == ("business_management",)


@pytest.mark.parametrize("where", ["in the panel", "on Facebook's page"])
def test_a_cancelled_login_is_calm_and_begins_again_at_a_press(login, where):
    begin(login)
    if where == "in the panel":
        login.press("loginCancel")
    else:
        login.driver.click_page(login.panel, "#cancel")
    notice = login.notice("The login was canceled")
    assert notice.text.tone is Tone.INFO
    assert login.text("loginBusy") == "No login is in progress."
    assert login.panel.web_view() is None
    login.driver.click("noticeButton")
    login.driver.page_element(login.panel, FIELD)
    assert login.titles() == []


def test_an_answer_with_another_state_is_not_used(login):
    brought = login.signals("logged_in")
    login.server.world.faults.on("wrong_state", 1)
    begin(login)
    login.driver.log_in(login.panel, 0)
    login.driver.click_page(login.panel, "#allow")
    login.notice("The answer does not belong to this login")
    assert brought == []
    login.driver.click("noticeButton")
    login.driver.page_element(login.panel, FIELD)


@pytest.mark.parametrize(
    ("trouble", "title"),
    [
        ("redirect_not_listed", "does not allow this login yet"),
        ("app_in_development", "does not let this person use the app"),
        ("app_unknown", "knows no app with this App ID"),
        ("login_unavailable", "is blocking this app"),
        ("url_blocked", "does not allow this login yet"),
    ],
)  # fmt: skip
def test_a_page_that_never_comes_back_is_explained(login, trouble, title):
    login.server.world.faults.on(trouble)
    login.panel.begin(app_of(login.server))
    notice = login.notice(title)
    assert notice.text.action is not None
    login.driver.click("noticeButton")
    assert login.asked or login.panel.web_view() is not None, "the button leads on"


def test_a_permission_that_the_app_lacks_is_left_out_at_a_press(login):
    login.server.world.faults.on("invalid_scopes")
    login.panel.begin(app_of(login.server))
    assert "business_management" in login.notice("lacks a permission").text.text
    login.driver.click("noticeButton")
    login.driver.page_element(login.panel, FIELD)
    assert "business_management" not in asked_permissions(address_of(login))


def test_ticking_more_asks_facebook_for_more_at_once(login, qtbot):
    begin(login)
    assert "pages_manage_posts" not in asked_permissions(address_of(login))
    choose_purposes(login, "purpose_publish_posts", "purpose_messages")
    asked = asked_permissions(address_of(login))
    assert {"pages_manage_posts", "pages_messaging", "pages_manage_metadata"} <= set(asked)
    assert login.text("loginPurposeWords") == "Publish posts and photos, Read and answer Messenger messages"


def test_an_app_with_a_configuration_has_nothing_to_tick(login):
    plain = app_of(login.server)
    login.panel.begin(AppCredentials(plain.app_id, plain.secret, plain.name, config_id="4711"))
    login.driver.find("loginPaste")
    assert login.driver.seen("loginPurposes") is None
    login.panel.begin(plain)
    login.driver.find("loginPurposes")


def test_a_tool_ticks_what_it_needs_and_nothing_else(login):
    begin(login)
    choose_purposes(login, "tool_rasa", search="rasa")
    assert login.text("loginPurposeWords") == (
        "Read and answer Messenger messages, Be told at once of new posts, messages and leads"
    )
    login.press("loginPurposes")
    picker = login.driver.find("purposeSearch").parent()
    assert picker.keys() == ("messages", "webhooks")
    login.press("purposeBack")
    login.driver.page_element(login.panel, FIELD)
    assert "pages_messaging" in asked_permissions(address_of(login))


def test_a_tool_that_is_unticked_takes_along_what_it_ticked_and_nothing_else(login):
    begin(login)
    choose_purposes(login, "purpose_messages")
    login.press("loginPurposes")
    picker = login.driver.find("purposeSearch").parent()
    login.choose("tool_rasa")
    login.choose("tool_botman")
    assert picker.keys() == ("messages", "webhooks")
    login.choose("tool_rasa")
    login.choose("tool_botman")
    assert picker.keys() == ("messages",)


def test_a_search_shows_what_holds_its_words_and_says_when_nothing_does(login):
    begin(login)
    login.press("loginPurposes")
    login.driver.type_into("purposeSearch", "smash balloon")
    assert login.driver.seen("tool_smash_balloon") is not None
    assert login.driver.seen("purpose_messages") is None
    login.driver.type_into("purposeSearch", "xylophone")
    assert "Nothing is called that" in login.text("purposeNone")
    login.driver.find("purposeSearch").clear()
    assert login.driver.seen("purpose_messages") is not None


def test_a_renewed_login_asks_for_what_it_is_for_and_loses_nothing(login, session):
    stored = StoredLogin(1, "1", "App", "2", "Amira", scopes=("read_insights", "public_profile"), purposes=("leads",))
    begin(login, renewing=stored)
    asked = asked_permissions(address_of(login))
    assert {"leads_retrieval", "ads_management", "read_insights"} <= set(asked)
    assert login.text("loginPurposeWords") == "Read the leads of my forms"
    begin(login)
    assert "leads_retrieval" not in asked_permissions(address_of(login))


def test_a_permission_that_is_only_welcome_is_left_out_without_a_word(login):
    login.server.world.faults.on("publish_video_not_offered")
    begin(login)
    login.press("loginPurposes")
    login.choose("purpose_publish_videos")
    login.press("purposeUse")
    login.driver.page_element(login.panel, FIELD)
    asked = asked_permissions(address_of(login))
    assert "pages_manage_posts" in asked
    assert "publish_video" not in asked
    assert not login.panel.notices.notices()


def test_declined_permissions_are_asked_for_again_on_request(login):
    begin(login)
    assert "auth_type=rerequest" not in address_of(login)
    login.panel.act(Request(Command.REREQUEST_PERMISSIONS))
    login.driver.page_element(login.panel, FIELD)
    assert "auth_type=rerequest" in address_of(login)
    begin(login)
    assert "auth_type=rerequest" not in address_of(login)
    begin(login, rerequest=True)
    assert "auth_type=rerequest" in address_of(login)


def test_a_page_that_cannot_be_loaded_says_so(login, practice):
    practice.stop()
    login.panel.begin(app_of(practice))
    login.notice("login page did not load", 30)
    assert login.panel.web_view() is None
    assert login.text("loginBusy") == "No login is in progress."


def test_a_page_that_takes_long_is_spoken_of(login, monkeypatch):
    monkeypatch.setattr("gui.widgets.web_view.SLOW_AFTER", 200)
    login.server.world.faults.on("slow_login", 1)
    login.panel.begin(app_of(login.server))
    login.notice("is taking a long")
    login.driver.click("noticeButton")
    login.driver.page_element(login.panel, FIELD)


def test_a_page_whose_process_ends_is_told_and_comes_back(login):
    begin(login)
    page = login.panel.findChild(QWebEnginePage)
    os.kill(page.renderProcessPid(), 9)
    login.notice("The page stopped working")
    login.driver.click("noticeButton")
    login.driver.page_element(login.panel, FIELD)


def test_a_page_that_wants_to_leave_facebook_stays(login):
    begin(login)
    before = address_of(login)
    login.driver.ask_page(login.panel, "location.href = 'http://127.0.0.1:9/elsewhere'; 1")
    login.notice("tried to leave Facebook")
    assert address_of(login) == before


def test_as_root_without_a_sandbox_the_own_browser_is_the_way(login, monkeypatch):
    monkeypatch.delenv("QTWEBENGINE_DISABLE_SANDBOX", raising=False)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    login.panel.begin(app_of(login.server))
    login.notice("cannot be shown while Page Keys runs")
    login.driver.click("noticeButton")
    login.driver.find("browserOpen")


def test_a_panel_that_is_left_opens_no_page_behind_ones_back(login, qtbot):
    login.panel.begin(app_of(login.server))
    login.panel.hide()
    login.panel.again()
    qtbot.wait(200)
    assert login.panel.web_view() is None


def test_a_narrow_panel_leaves_out_what_is_said_twice(login, qtbot):
    begin(login)
    login.panel.resize(800, 700)
    qtbot.waitUntil(lambda: login.driver.seen("loginHostWords") is None)
    login.panel.resize(1000, 700)
    login.driver.find("loginHostWords")


# --------------------------------------------------------- the person's browser
def test_the_own_browser_comes_back_by_itself(login, opened, qtbot):
    brought = login.signals("logged_in")
    begin(login)
    login.press("loginBrowser")
    assert login.panel.web_view() is None
    login.press("browserOpen")
    assert login.text("browserState") == "Waiting for your browser …"
    threading.Thread(target=browse, args=(login.server, opened[0]), daemon=True).start()
    qtbot.waitUntil(lambda: len(brought) == 1, timeout=15_000)
    assert brought[0].token.user_name == "Amira Haddad"


def test_an_address_that_is_pasted_is_an_answer_as_well(login, opened, qtbot):
    brought = login.signals("logged_in")
    begin(login)
    login.press("loginBrowser")
    login.driver.type_into("browserAddress", "https://www.facebook.com/connect/login_success.html")
    login.press("browserGo")
    login.notice("This address does not contain the login’s answer")
    login.press("browserOpenPaste")
    login.driver.type_into("browserAddress", f" {browse(login.server, opened[0])} ")
    login.press("browserGo")
    qtbot.waitUntil(lambda: len(brought) == 1, timeout=15_000)
    assert login.panel.findChild(QLineEdit, "browserAddress").text() == ""


def test_an_address_of_no_login_of_ours_is_refused(login, opened):
    """Pasted before any login began here: nothing vouches for it."""
    login.panel.begin(app_of(login.server))
    login.press("loginBrowser")
    login.driver.type_into(
        "browserAddress", f"{login.server.url}/connect/login_success.html#access_token=EAA{'x7Qd' * 30}&state=other"
    )
    login.press("browserGo")
    login.notice("The answer does not belong to this login")


def test_a_browser_that_does_not_open_leaves_the_address_to_paste(login, monkeypatch):
    monkeypatch.setattr(browser, "open_address", lambda url: False)
    begin(login)
    login.press("loginBrowser")
    QGuiApplication.clipboard().clear()
    login.press("browserOpen")
    assert "The login’s address is on the clipboard" in login.text("browserState")
    address = QGuiApplication.clipboard().text()
    assert address.startswith(login.server.url)
    assert "localhost" in address
    assert login.server.world.app_secret not in address


def test_a_browser_from_which_nothing_comes_is_given_up(login, opened, monkeypatch):
    monkeypatch.setattr(browser, "WAIT", 150)
    begin(login)
    login.press("loginBrowser")
    login.press("browserOpen")
    login.notice("No answer came from your browser")
    assert login.text("browserState") == ""


def test_the_way_back_from_the_own_browser_is_the_page_here(login):
    begin(login)
    login.press("loginBrowser")
    login.press("browserBack")
    login.driver.page_element(login.panel, FIELD)


# --------------------------------------------------------------- a pasted token
@pytest.mark.parametrize(
    ("what", "title"),
    [
        ("page", "This is a Page token"),
        ("other_app", "belongs to another app"),
        ("expired", "The token has ended"),
    ],
)
def test_a_pasted_token_of_another_kind_is_named_and_the_field_stays(login, what, title):
    brought = login.signals("logged_in")
    begin(login)
    login.press("loginPaste")
    login.driver.type_into("pasteField", login.server.world.special_token(what))
    login.press("pasteGo")
    login.notice(title)
    assert login.driver.find("pasteField").text() == "", "a secret is not left lying in its field"
    assert brought == []


def test_a_token_that_was_pasted_and_not_used_is_forgotten_when_one_leaves(login):
    begin(login)
    login.press("loginPaste")
    login.driver.type_into("pasteField", short_token(login.server).reveal())
    login.panel.leave()
    begin(login)
    login.press("loginPaste")
    assert login.driver.find("pasteField").text() == ""


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("", "nothing to read"),
        ("hello there", "This is not a token"),
        ("a1" * 16, "This is an App secret"),
        ("180000000000001|" + "Ab3" * 9, "This is an app token"),
        ("IGAA" + "Ab3" * 40, "This is an Instagram token"),
        ("THAA" + "Ab3" * 40, "This is a Threads token"),
        (f"{token_text(1)} {token_text(2)}", "There are 2 tokens in this"),
        (f"sk_live_{'Ab3' * 33}", "This does not look like a Facebook token"),
    ],
)
def test_what_is_no_token_is_named_before_facebook_is_asked(login, typed, title):
    begin(login)
    login.press("loginPaste")
    before = len(login.server.calls)
    login.driver.type_into("pasteField", typed)
    login.press("pasteGo")
    login.notice(title)
    assert len(login.server.calls) == before


def test_what_has_not_the_form_of_a_token_is_sent_only_when_the_person_says_so(login):
    begin(login)
    login.press("loginPaste")
    before = len(login.server.calls)
    login.driver.type_into("pasteField", "CAA" + "x7Qd" * 40)
    login.press("pasteGo")
    notice = login.notice("This does not look like a Facebook token")
    assert notice.main_button.text() == "It is a Facebook token"
    assert len(login.server.calls) == before
    login.driver.click(notice.main_button)
    login.driver.wait(lambda: len(login.server.calls) > before, "the question to Facebook")
    login.notice("no longer works")
    assert login.titles() != ["This does not look like a Facebook token"]
    assert login.driver.find("pasteField").text() == ""


def test_several_pasted_tokens_lead_to_the_import(login):
    begin(login)
    login.press("loginPaste")
    login.driver.type_into("pasteField", f"{token_text(1)} {token_text(2)}")
    login.press("pasteGo")
    login.driver.click(login.notice("There are 2 tokens in this").main_button)
    assert login.asked == [Request(Command.SHOW_IMPORT)]


def test_a_pasted_user_token_is_a_login(login, qtbot):
    brought = login.signals("logged_in")
    begin(login)
    login.press("loginPaste")
    token = login.server.world.short_lived_token(login.server.world.people[0])
    login.server.world.faults.on("html_502", 1)
    login.driver.type_into("pasteField", f'"{token}"')
    login.driver.key(login.driver.find("pasteField"), "Return")
    qtbot.waitUntil(lambda: len(brought) == 1 or bool(login.titles()), timeout=20_000)
    if not brought:
        login.driver.click("noticeButton")
        qtbot.waitUntil(lambda: len(brought) == 1, timeout=20_000)
    assert brought[0].token.secret == Secret(token)


def test_the_explorer_is_asked_for_and_the_way_back_is_the_page_here(login):
    begin(login)
    login.press("loginPaste")
    login.press("pasteExplorer")
    assert login.asked == [Request(Command.OPEN_LINK, link="explorer")]
    login.press("pasteBack")
    login.driver.page_element(login.panel, FIELD)


def test_a_notice_of_a_page_here_leads_to_the_two_other_ways(login):
    begin(login)
    login.panel.act(Request(Command.PASTE_TOKEN))
    login.driver.find("pasteField")
    login.panel.act(Request(Command.USE_OWN_BROWSER))
    login.driver.find("browserOpen")
