"""Setting up an app alone: what is typed is looked at, Facebook proves it, nothing of the secret stays."""

import datetime

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox

from gui.panels.setup import SetupPanel
from gui.practice.world import APP_ID, APP_NAME
from gui.shell.commands import Command, Request
from gui.values import AppCredentials, Secret, StoredLogin
from tests.support.one_panel import OnePanel
from tests.support.people import app_of


@pytest.fixture
def setup(qtbot, qapp, session, practice):
    one = OnePanel(SetupPanel, session, practice)
    one.panel.begin()
    yield one
    one.close()


def fill(setup, app_id=APP_ID, secret=""):
    setup.driver.type_into("setupAppId", app_id)
    setup.driver.type_into("setupSecret", secret or setup.server.world.app_secret)


def test_the_right_app_is_proved_kept_and_handed_on(setup, qtbot):
    ready = setup.signals("ready")
    fill(setup)
    setup.press("setupVerify")
    qtbot.waitUntil(lambda: len(ready) == 1, timeout=10_000)
    app = ready[0]
    assert (app.app_id, app.name, app.version) == (APP_ID, APP_NAME, "v25.0")
    assert app.secret == Secret(setup.server.world.app_secret)
    assert setup.server.world.app_secret not in repr(app)
    assert setup.driver.find("setupSecret").text() == "", "the field keeps nothing"
    assert setup.panel.session.vault.app(APP_ID) == app


def test_return_in_a_field_verifies_too(setup, qtbot):
    ready = setup.signals("ready")
    fill(setup)
    setup.driver.key(setup.driver.find("setupSecret"), "Return")
    qtbot.waitUntil(lambda: len(ready) == 1, timeout=10_000)


@pytest.mark.parametrize(
    ("trouble", "title"),
    [
        ("wrong_secret", "The App secret does not belong to this App ID"),
        ("app_unknown", "Facebook knows no app with this App ID"),
        ("app_deleted", "This Facebook app has been deleted"),
        ("native_desktop", "The app is set to Native or desktop app"),
    ],
)
def test_what_facebook_says_against_it_is_told(setup, trouble, title):
    ready = setup.signals("ready")
    setup.server.world.faults.on(trouble)
    fill(setup)
    setup.press("setupVerify")
    setup.notice(title)
    assert ready == []
    assert setup.panel.session.vault.apps() == []
    assert setup.driver.find("setupVerify").isEnabled(), "one can try again"


def test_a_secret_of_another_app_is_refused_and_its_field_is_next(setup, qtbot):
    ready = setup.signals("ready")
    fill(setup, secret="0123456789abcdef" * 2)
    setup.press("setupVerify")
    setup.notice("The App secret does not belong to this App ID")
    assert ready == []
    setup.driver.click("noticeButton")
    assert setup.driver.find("setupSecret").hasSelectedText()
    assert setup.asked == []


@pytest.mark.parametrize(
    ("app_id", "secret", "hint"),
    [
        ("my app", "", "setupIdHint"),
        ("123", "", "setupIdHint"),
        (APP_ID, "not a secret at all, that is plain to see", "setupSecretHint"),
        (APP_ID, "0123456789abcdef" * 3, "setupSecretHint"),
    ],
)
def test_what_cannot_be_right_is_said_while_one_types(setup, app_id, secret, hint):
    before = len(setup.server.calls)
    fill(setup, app_id, secret)
    assert setup.text(hint)
    assert not setup.driver.find("setupVerify").isEnabled()
    setup.driver.key(setup.driver.find("setupSecret"), "Return")
    assert len(setup.server.calls) == before, "Facebook is not asked"


def test_a_secret_that_is_still_being_typed_is_not_scolded(setup):
    setup.driver.type_into("setupAppId", APP_ID)
    setup.driver.type_into("setupSecret", "0123abc")
    assert setup.driver.seen("setupSecretHint") is None
    assert not setup.driver.find("setupVerify").isEnabled()


def test_an_empty_form_cannot_be_sent(setup):
    assert not setup.driver.find("setupVerify").isEnabled()
    assert setup.panel.app_id() == ""


def test_an_app_that_is_kept_is_shown_and_its_secret_asked_for_again(setup, qtbot):
    setup.panel.begin(AppCredentials(APP_ID, Secret("x" * 32), "Mine", "v24.0", "4711"))
    assert setup.driver.find("setupAppId").text() == APP_ID
    assert setup.driver.find("setupSecret").text() == ""
    setup.press("setupMore")
    assert setup.driver.find("setupVersion", QComboBox).currentText() == "v24.0"
    assert setup.driver.find("setupConfig").text() == "4711"
    setup.press("setupMore")
    assert setup.driver.seen("setupConfig") is None


def test_version_and_configuration_are_kept_with_the_app(setup, qtbot):
    ready = setup.signals("ready")
    setup.press("setupMore")
    setup.driver.find("setupVersion", QComboBox).setCurrentText("v24.0")
    setup.driver.type_into("setupConfig", "4711")
    fill(setup)
    setup.press("setupVerify")
    qtbot.waitUntil(lambda: len(ready) == 1, timeout=10_000)
    assert (ready[0].version, ready[0].config_id) == ("v24.0", "4711")


def test_a_configuration_id_of_letters_cannot_be_sent(setup):
    setup.press("setupMore")
    setup.driver.type_into("setupConfig", "my configuration")
    fill(setup)
    assert not setup.driver.find("setupVerify").isEnabled()


def test_a_configuration_id_of_letters_that_is_typed_last_cannot_be_sent_either(setup):
    setup.press("setupMore")
    fill(setup)
    setup.driver.type_into("setupConfig", "my configuration")
    assert not setup.driver.find("setupVerify").isEnabled()


def test_while_facebook_is_asked_it_is_not_asked_again(setup, qtbot):
    ready = setup.signals("ready")
    setup.press("setupMore")
    fill(setup)
    setup.server.latency = 0.5
    setup.press("setupVerify")
    setup.driver.find("setupVersion", QComboBox).setCurrentText("v24.0")
    assert not setup.driver.find("setupVerify").isEnabled()
    qtbot.waitUntil(lambda: len(ready) == 1, timeout=10_000)


def test_a_version_that_ends_soon_says_when(setup, monkeypatch):
    class Later(datetime.date):
        @classmethod
        def today(cls):
            return cls(2027, 1, 2)

    monkeypatch.setattr("gui.panels.setup.date", Later)
    setup.press("setupMore")
    versions = setup.driver.find("setupVersion", QComboBox)
    versions.setCurrentText("v21.0")
    assert setup.text("setupVersionHint").startswith("Graph v21.0 ends on 21 January 2027")
    versions.setCurrentText("v25.0")
    assert setup.driver.seen("setupVersionHint") is None


def test_another_version_that_answers_is_told(setup, qtbot):
    ready = setup.signals("ready")
    setup.server.world.faults.on("version_forward")
    fill(setup)
    setup.press("setupVerify")
    qtbot.waitUntil(lambda: len(ready) == 1, timeout=10_000)
    assert setup.titles() == ["Facebook answered with Graph v21.0, older than v25.0"]


@pytest.mark.parametrize(
    ("press", "link"),
    [
        ("setupWhereId", "apps"), ("setupWhereSecret", "apps"), ("setupStep1", "create_app"),
        ("setupStep2", "app_use_cases"), ("setupStep3", "login_settings"), ("setupStep4", "app_advanced"),
        ("setupStep5", "app_roles"),
    ],
)  # fmt: skip
def test_every_screen_of_facebook_is_a_press_away(setup, press, link):
    setup.press(press)
    assert setup.asked == [Request(Command.OPEN_LINK, link=link)]


def test_where_the_secret_stands_is_known_once_the_app_is(setup):
    setup.driver.type_into("setupAppId", APP_ID)
    setup.press("setupWhereSecret")
    assert setup.asked == [Request(Command.OPEN_LINK, link="app_basic", app_id=APP_ID)]


def test_the_address_to_allow_is_copied(setup):
    QGuiApplication.clipboard().clear()
    setup.press("setupCopyRedirect")
    assert QGuiApplication.clipboard().text() == f"{setup.server.url}/connect/login_success.html"


def test_a_narrow_panel_puts_the_list_below_the_form(setup, qtbot):
    form, steps = setup.driver.find("setupAppId"), setup.driver.find("setupCheckList")

    def place(widget):
        return widget.mapTo(setup.panel, widget.rect().topLeft())

    qtbot.waitUntil(lambda: place(steps).x() > place(form).x() + 100)
    setup.panel.resize(700, 700)
    qtbot.waitUntil(lambda: place(steps).y() > place(form).y() + 100)


def test_other_requests_of_a_notice_are_passed_on(setup):
    setup.panel.act(Request(Command.OPEN_LINK, link="apps"))
    assert setup.asked == [Request(Command.OPEN_LINK, link="apps")]


def test_the_steps_that_are_known_done_say_so_and_others_say_nothing(setup):
    login = StoredLogin(1, "180000000000001", "Practice App", "1", "Amira", scopes=("pages_read_engagement",))
    setup.panel.begin(app_of(setup.server), (login,))
    assert [setup.text(f"setupDone{number}").partition(":")[0] for number in (1, 2, 4)] == ["Done"] * 3
    assert "Amira" in setup.text("setupDone3")
    setup.panel.begin()
    assert [number for number in range(1, 6) if setup.driver.seen(f"setupDone{number}")] == []
    setup.press("setupSteps")
    assert (setup.asked[-1].command, setup.asked[-1].topic) == (Command.SHOW_HELP, "make-the-app")
