"""Every way a login can end, in the real window with its real web view."""

import os
import subprocess
import sys
import threading
import time
import urllib.parse
from pathlib import Path

import pytest
import requests
from PySide6.QtCore import QLibraryInfo, QPoint, Qt
from PySide6.QtTest import QTest

from gui.shell.commands import Command, Request
from gui.values import Tone
from tests.support.agency import right_token
from tests.support.people import ALL

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _engine_as_first_loaded(monkeypatch):
    """The engine's switches of a program that has not loaded it, or has with the graphics card."""
    monkeypatch.delenv("QTWEBENGINE_CHROMIUM_FLAGS", raising=False)


def test_a_shop_owner_gets_her_tokens(journey):
    driver = journey.set_up()
    driver.log_in(journey.login, 0, "wrong")
    driver.wait(
        lambda: driver.ask_page(journey.login, "document.querySelector('.wrong') !== null"),
        "the page to refuse the password",
    )
    journey.log_in(0)
    driver.wait(lambda: "Kept in your system keychain" in driver.text("extendWords"), "keeping")
    journey.to_pages(3)
    kept = "".join(journey.private_session.everything_kept(journey.program.session.vault.keychain.service))
    assert journey.server.world.app_secret in kept
    assert sum(one in kept for one in journey.server.world.given_out) == 5
    assert "connect/login_success.html" not in " ".join(journey.server.calls)


def test_a_newcomer_is_told_why_the_list_is_empty(journey):
    driver = journey.set_up()
    journey.log_in(2)
    journey.to_pages(0)
    notice = driver.notice("listed no Pages")
    assert "add a Page" in notice.text.text
    driver.click("noticeButton")
    driver.wait_title("Log in to Facebook")
    driver.page_element(journey.login, "#password")


@pytest.mark.parametrize("trouble", ["", "cancel_without_state", "hash_underscore"])
def test_a_cancelled_login_is_calm_and_can_be_taken_up_again(journey, trouble):
    if trouble:
        journey.server.world.faults.on(trouble)
    driver = journey.set_up()
    driver.click_page(journey.login, "#cancel")
    assert driver.notice("The login was canceled").text.tone is Tone.INFO
    driver.click("noticeButton")
    journey.log_in(0)


def test_an_answer_with_another_state_is_not_used(journey):
    journey.server.world.faults.on("wrong_state", 1)
    driver = journey.set_up()
    driver.log_in(journey.login, 0)
    driver.click_page(journey.login, "#allow")
    driver.notice("does not belong to this login")
    driver.click("noticeButton")
    journey.log_in(0)


@pytest.mark.parametrize(
    ("trouble", "title"),
    [
        ("redirect_not_listed", "does not allow this login yet"),
        ("app_in_development", "does not let this person use the app"),
        ("app_unknown", "knows no app with this App ID"),
    ],
)  # fmt: skip
def test_a_page_that_never_redirects_is_explained(journey, trouble, title):
    driver = journey.set_up()
    driver.page_element(journey.login, "#password")
    journey.server.world.faults.on(trouble)
    journey.login.again()
    assert driver.notice(title).text.action


def test_missing_permissions_of_the_app_can_be_left_out(journey):
    journey.server.world.faults.on("invalid_scopes")
    driver = journey.set_up()
    assert "business_management" in driver.notice("lacks a permission").text.text
    driver.click("noticeButton")
    journey.log_in(0)


def test_where_embedded_browsers_are_refused_the_own_browser_helps(journey, monkeypatch):
    """The person's browser is played by plain HTTP: it follows the dialog and comes back to localhost."""
    journey.server.world.faults.on("embedded_blocked", 1)
    opened = []

    def note_address(url):
        opened.append(url)
        return True

    monkeypatch.setattr("gui.desktop.browser.open_address", note_address)
    driver = journey.set_up()
    driver.notice("does not allow logging in inside this window")
    driver.click("noticeButton")
    driver.click("browserOpen")
    threading.Thread(target=_browse, args=(journey.server, opened[0]), daemon=True).start()
    driver.wait_title("Extend your login")
    journey.to_pages(3)


def _browse(server, url, allow=True):
    page = requests.get(url, timeout=10)
    flow = page.text.split('name="flow" value="')[1].split('"')[0]
    requests.post(f"{server.url}/practice/login", data={"flow": flow, "person": 0, "password": "practice"}, timeout=10)
    scopes = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)["scope"][0].split(",")
    answer = requests.post(
        f"{server.url}/practice/allow",
        data={"flow": flow, "which": "all", "scope": scopes},
        timeout=10,
        allow_redirects=False,
    )
    address = answer.headers["Location"]
    if address.startswith("http://localhost"):
        assert requests.get(address, timeout=10).status_code == 200
    return address


def test_the_address_of_another_browser_can_be_pasted(journey, monkeypatch):
    opened = []

    def note_address(url):
        opened.append(url)
        return True

    monkeypatch.setattr("gui.desktop.browser.open_address", note_address)
    driver = journey.set_up()
    driver.click("loginBrowser")
    driver.type_into("browserAddress", "https://www.facebook.com/connect/login_success.html")
    driver.click("browserGo")
    driver.notice("does not contain the login’s answer")
    driver.click("browserOpenPaste")
    address = _browse(journey.server, opened[0])
    driver.type_into("browserAddress", f" {address} ")
    driver.click("browserGo")
    driver.wait_title("Extend your login")


@pytest.mark.parametrize(
    ("what", "title"),
    [
        ("page", "This is a Page token"),
        ("other_app", "belongs to another app"),
        ("expired", "The token has ended"),
    ],
)
def test_a_pasted_token_is_named_as_what_it_is(journey, what, title):
    driver = journey.set_up()
    driver.click("loginPaste")
    driver.type_into("pasteField", journey.server.world.special_token(what))
    driver.click("pasteGo")
    driver.notice(title)


def test_a_pasted_user_token_becomes_pages(journey):
    driver = journey.set_up()
    driver.click("loginPaste")
    token = journey.server.world.short_lived_token(journey.server.world.people[0])
    driver.type_into("pasteField", f'"{token}"')
    driver.click("pasteGo")
    driver.wait_title("Extend your login")
    journey.to_pages(3)


def test_five_clicks_lead_from_the_first_start_to_a_copied_page_token(journey):
    """What is typed, and which account Facebook's own page is told, are no clicks."""
    clicks = []

    def click(target, place=None):
        clicks.append(target)
        driver.click(target, place)

    driver = journey.open()
    click("welcomeConnect")
    QTest.keyClicks(driver.find("setupAppId"), "180000000000001")
    QTest.keyClicks(driver.find("setupSecret"), journey.server.world.app_secret)
    click("setupVerify")
    driver.wait_title("Log in to Facebook")
    driver.log_in(journey.login, 0)
    clicks.append("Facebook’s own button that allows it")
    driver.click_page(journey.login, "#allow")
    driver.wait_title("Extend your login")
    click("extendGo")
    driver.wait(lambda: len(journey.table.pages.rows) == 3 and not driver.seen("progressWords"), "the Pages", 60)
    page_id = journey.table.pages.row(0).page.id
    click(journey.table.viewport(), journey.table.copy_place(page_id).center())
    driver.wait(lambda: right_token(journey.server, page_id, driver.clipboard()), "the token on the clipboard")
    assert len(clicks) == 5


def with_system_user(journey):
    """A system user's token kept as a login, its Pages on show."""
    driver, world = journey.set_up(), journey.server.world
    driver.click("loginPaste")
    driver.type_into("pasteField", world.special_token("system_user"))
    driver.click("pasteGo")
    driver.wait_title("Extend your login")
    journey.to_pages(21)
    (login,) = journey.program.shell.accounts.logins
    return driver, world, login


def test_a_system_users_token_is_pasted_and_renewed_by_another(journey):
    driver, world, login = with_system_user(journey)
    assert (login.is_system_user, login.business, login.expires_at) == (True, "Nord Retail", 0)
    assert "system user of Nord Retail  ·  token: has no end" in driver.text("panelSubtitle")
    driver.click("pagesRenew")
    driver.wait_title("Log in to Facebook")
    assert "Business settings" in driver.notice("made anew in Business settings").text.text
    driver.type_into("pasteField", world.special_token("system_user_60_days"))
    driver.click("pasteGo")
    driver.find("pagesRenew")
    driver.wait(lambda: journey.program.shell.accounts.logins[0].expires_at, "the end of the new token")


def test_what_a_system_user_lacks_is_ticked_in_business_settings(journey):
    driver, world, login = with_system_user(journey)
    boxes = {"leads_retrieval", *login.scopes} - {"public_profile", "email"}
    journey.ask(Command.ASK_FOR_MORE, login_id=login.id, purpose="leads")
    text = driver.notice("gets its permissions in Business settings").text.text
    assert login.user_name in text
    words = set(text.replace(",", " ").replace(".", " ").split())
    assert boxes <= words
    assert not words & {"public_profile", "email"}
    journey.ask(Command.ASK_FOR_MORE, login_id=login.id)
    driver.type_into("purposeSearch", "leads")
    QTest.keyClick(driver.find("purpose_leads"), Qt.Key.Key_Space)
    driver.click("purposeUse")
    text = driver.notice("gets its permissions in Business settings").text.text
    assert boxes <= set(text.replace(",", " ").replace(".", " ").split())
    assert driver.seen("pasteField") is not None, "a system user has no login of Facebook's"
    driver.type_into("pasteField", world.user_token(world.new_grant(world.people[0], list(ALL), None, ())))
    driver.click("pasteGo")
    driver.wait_title("Extend your login")
    driver.click("extendGo")
    assert world.people[0].name in driver.notice("That token is of", 60).text.title
    driver.wait(lambda: len(journey.program.shell.accounts.logins) == 2, "both")


def test_escape_leaves_the_renewal_of_a_system_user(journey):
    driver, _world, login = with_system_user(journey)
    journey.ask(Command.ASK_FOR_MORE, login_id=login.id)
    QTest.keyClick(driver.find("purposeSearch"), Qt.Key.Key_Escape)
    QTest.keyClick(driver.find("pasteField"), Qt.Key.Key_Escape)
    driver.wait_title("Pages")


def test_declined_permissions_are_told_and_asked_again(journey):
    driver = journey.set_up()
    driver.log_in(journey.login, 0)
    driver.click_page(journey.login, "input[value=business_management]")
    driver.click_page(journey.login, "#allow")
    driver.wait_title("Extend your login")
    assert "business_management" in driver.notice("Some permissions were not given").text.text
    driver.click("noticeButton")
    driver.wait_title("Log in to Facebook")
    driver.page_element(journey.login, "#password")


def test_choosing_more_permissions_asks_for_them(journey):
    driver = journey.set_up()
    driver.page_element(journey.login, "#password")
    driver.click("loginPurposes")
    driver.type_into("purposeSearch", "publish posts")
    QTest.keyClick(driver.find("purpose_publish_posts"), Qt.Key.Key_Space)
    driver.click("purposeUse")
    driver.log_in(journey.login, 0)
    driver.page_element(journey.login, "input[value=pages_manage_posts]")
    driver.click_page(journey.login, "#allow")
    driver.wait_title("Extend your login")
    driver.click("extendGo")
    driver.find("pagesRenew")
    login = journey.program.shell.accounts.logins[0]
    assert login.purposes == ("publish_posts",)
    journey.program.shell.navigator.navigate(Request(Command.ASK_FOR_MORE, login_id=login.id))
    driver.find("purposeUse")
    assert journey.login._picker.keys() == ("publish_posts",)
    driver.click("purposeUse")
    driver.log_in(journey.login, 0)
    driver.page_element(journey.login, "input[value=pages_manage_posts]")


def test_no_network_at_the_login_page(journey):
    driver = journey.set_up()
    driver.page_element(journey.login, "#password")
    driver.click("loginPaste")
    journey.server._server.server_close()
    driver.click("pasteBack")
    driver.notice("login page did not load", 30)


def test_a_dead_web_page_is_told_and_comes_back(journey):
    driver = journey.set_up()
    driver.page_element(journey.login, "#password")
    os.kill(journey.login.web_view()._page.renderProcessPid(), 9)
    driver.notice("The page stopped working")
    driver.click("noticeButton")
    journey.log_in(0)


def kill_page(journey):
    journey.driver.page_element(journey.login, "#password")
    os.kill(journey.login.web_view()._page.renderProcessPid(), 9)


def press_box(driver):
    box = driver.find("loginPageWithoutGraphics")
    driver.click(box, QPoint(10, box.height() // 2))


def test_a_page_that_dies_again_offers_a_start_without_graphics_card(journey):
    driver = journey.set_up()
    kill_page(journey)
    driver.notice("The page stopped working")
    driver.click("noticeButton")
    kill_page(journey)
    notice = driver.notice("stopped working again")
    assert notice.main_button.text() == "Restart without it"
    driver.click("noticeButton")
    driver.wait(lambda: not journey.window.isVisible(), "the end of this run")
    assert journey.program.restarts
    assert not journey.program.session.vault.settings.read().graphics_card


def test_a_page_that_dies_again_without_the_graphics_card_leaves_the_other_ways(journey):
    driver = journey.set_up()
    journey.ask(Command.SHOW_SETTINGS)
    press_box(driver)
    journey.ask(Command.LOG_IN)
    for words in ("The page stopped working", "cannot be shown in this window"):
        kill_page(journey)
        driver.notice(words)
        driver.click("noticeButton")
    driver.find("browserOpen")


def test_the_switch_in_settings_holds_for_the_next_start(journey):
    driver = journey.set_up()
    driver.page_element(journey.login, "#password")
    journey.ask(Command.SHOW_SETTINGS)
    assert driver.seen("settingsRestart") is None
    press_box(driver)
    press_box(driver)
    assert driver.seen("settingsRestart") is None, "as it runs now"
    press_box(driver)
    driver.click("settingsRestart")
    driver.wait(lambda: not journey.window.isVisible(), "the end of this run")
    assert journey.program.restarts
    assert not journey.program.session.vault.settings.read().graphics_card


def test_a_page_that_ended_the_program_is_not_opened_again(journey):
    """The mark that it is opening was left in the profile: the program ended meanwhile."""
    journey.profile.mkdir(mode=0o700)
    (journey.profile / "login-page-opening").touch()
    driver = journey.set_up()
    driver.notice("closed unexpectedly")
    assert driver.seen("loginBrowser") is not None
    assert driver.seen("loginPaste") is not None
    driver.click("noticeButton")
    driver.wait(lambda: not journey.window.isVisible() or journey.login.web_view(), "what was asked for")
    assert not journey.program.session.vault.settings.read().graphics_card


def test_the_mark_of_an_opening_login_page_goes_when_the_page_has_come(journey):
    driver = journey.set_up()
    driver.page_element(journey.login, "#password")
    assert not (journey.profile / "login-page-opening").exists()


@pytest.mark.parametrize("missing", ["module", "page program"])
def test_without_a_web_view_the_two_other_ways_are_offered(journey, monkeypatch, tmp_path, missing):
    if missing == "module":
        monkeypatch.setitem(sys.modules, "gui.widgets.web_view", None)
    else:
        monkeypatch.setattr(QLibraryInfo, "path", lambda place: str(tmp_path))
    driver = journey.set_up()
    driver.notice("cannot be shown in this window")
    assert driver.seen("loginPaste") is not None
    driver.click("noticeButton")
    driver.find("browserOpen")


def test_a_start_after_the_end_has_the_same_arguments(tmp_path):
    script = tmp_path / "program.py"
    script.write_text(
        "import os, sys\n"
        "from pathlib import Path\n"
        "from gui.app import start_again\n"
        "runs = Path(sys.argv[1])\n"
        "first = not runs.exists()\n"
        "with runs.open('a') as file:\n"
        "    file.write(f'{sys.argv[2:]} {os.environ.get(\"QTWEBENGINE_CHROMIUM_FLAGS\")}\\n')\n"
        "os.environ['QTWEBENGINE_CHROMIUM_FLAGS'] = '--disable-gpu'\n"
        "if first:\n"
        "    start_again()\n",
        "utf-8",
    )
    runs = tmp_path / "runs"
    arguments = [sys.executable, str(script), str(runs), "--practice", "ümlaut name"]
    subprocess.run(arguments, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and len(runs.read_text("utf-8").splitlines()) < 2:
        time.sleep(0.05)
    first_run, second_run = runs.read_text("utf-8").splitlines()
    assert second_run == first_run == "['--practice', 'ümlaut name'] None"


def test_the_web_view_goes_nowhere_else(journey):
    driver = journey.set_up()
    driver.page_element(journey.login, "#password")
    driver.ask_page(journey.login, "location.href = 'http://127.0.0.1:9/elsewhere'; 1")
    driver.notice("tried to leave Facebook")
    for script in (
        "window.open('http://127.0.0.1:9/x'); 1",
        "alert('x'); 1",
        "fetch('http://127.0.0.1:9/x').catch(() => {}); 1",
        "navigator.geolocation.getCurrentPosition(() => {}); 1",
    ):
        assert driver.ask_page(journey.login, script) == 1
    QTest.mouseMove(journey.window)


class _Popup:
    """Lets the hands drive the login page's second window."""

    def __init__(self, view):
        self._view = view

    def web_view(self):
        return self._view


def _second_window(journey):
    """A click on a link of the login page that opens a window."""
    link = (
        "const a = document.createElement('a'); a.id = 'second'; a.href = location.href; a.target = '_blank'; "
        "a.rel = 'opener'; a.textContent = 'second'; document.body.prepend(a); 1"
    )
    assert journey.driver.ask_page(journey.login, link) == 1
    journey.driver.click_page(journey.login, "#second")
    return journey.driver.wait(journey.login.web_view().popup, "the second window")


def test_a_login_that_goes_on_in_a_second_window_arrives_all_the_same(journey):
    driver = journey.set_up()
    driver.page_element(journey.login, "#password")
    popup = _second_window(journey)
    driver.log_in(_Popup(popup), 0)
    driver.click_page(_Popup(popup), "#allow")
    driver.wait_title("Extend your login")
    assert driver.seen("loginPopup") is None
    driver.wait(lambda: "Kept in your system keychain" in driver.text("extendWords"), "keeping")


def test_a_second_window_closes_itself_and_goes_nowhere_else(journey):
    driver = journey.set_up()
    driver.page_element(journey.login, "#password")
    popup = _second_window(journey)
    driver.page_element(_Popup(popup), "#password")
    driver.ask_page(_Popup(popup), "location.href = 'http://127.0.0.1:9/elsewhere'; 1")
    driver.notice("tried to leave Facebook")
    driver.ask_page(_Popup(popup), "window.close(); 1")
    driver.wait(lambda: journey.login.web_view().popup() is None, "the second window to close")
    journey.log_in(0)


def test_as_root_without_a_sandbox_the_own_browser_is_offered(journey, monkeypatch):
    monkeypatch.delenv("QTWEBENGINE_DISABLE_SANDBOX", raising=False)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    driver = journey.set_up()
    driver.notice("cannot be shown while Page Keys runs")
    driver.click("noticeButton")
    driver.find("browserOpen")


def test_a_page_that_hangs_is_spoken_of_and_opened_again(journey, monkeypatch):
    monkeypatch.setattr("gui.widgets.web_view.SLOW_AFTER", 300)
    journey.server.world.faults.on("slow_login", 1)
    driver = journey.set_up()
    driver.notice("is taking a long")
    driver.click("noticeButton")
    journey.log_in(0)


def test_extending_can_be_cancelled_and_taken_up_again(journey):
    driver = journey.set_up()
    driver.log_in(journey.login, 0)
    driver.page_element(journey.login, "#allow")
    journey.server.latency = 0.8
    driver.click_page(journey.login, "#allow")
    driver.wait_title("Extend your login")
    driver.click("progressCancel")
    driver.wait(lambda: "was not extended" in driver.text("extendWords"), "the end of it")
    journey.server.latency = 0
    assert driver.find("extendGo").text() == "Extend"
    driver.click("extendGo")
    driver.wait(lambda: "Kept in your system keychain" in driver.text("extendWords"), "keeping")
    journey.to_pages(3)


def test_a_login_asks_facebook_once_about_each_token(journey):
    """The short-lived token at the login, the long-lived one when it was made; the list asks about neither again."""
    journey.set_up()
    before = len(journey.server.calls)
    journey.log_in(0)
    journey.to_pages(3)
    asked = [call for call in journey.server.calls[before:] if call.endswith(" debug_token")]
    assert len(asked) == 2
