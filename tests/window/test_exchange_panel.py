"""The panel that extends a login alone: both tokens with their ends, kept, or said why not."""

import os
import signal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from gui import theme
from gui.panels.exchange import ExchangePanel
from gui.services.login import from_paste
from gui.shell.commands import Command
from gui.values import Secret
from gui.widgets.life_line import LifeLine, Tick
from gui.widgets.step_indicator import StepIndicator
from gui.widgets.token_field import SecretView
from tests.support.one_panel import OnePanel
from tests.support.people import JOB, app_of, short_token

DAY = 86_400


@pytest.fixture
def extend(qtbot, qapp, session, practice):
    session.vault.keep_app(app_of(practice))
    one = OnePanel(ExchangePanel, session, practice)
    yield one
    one.close()


def logged_in(extend, person=0):
    return from_paste(extend.panel.session, app_of(extend.server), short_token(extend.server, person), None, JOB)


def kept(extend, qtbot):
    qtbot.waitUntil(lambda: extend.text("extendWords").startswith("Kept in your system keychain"), timeout=10_000)


def test_a_login_is_extended_kept_and_shown_with_its_end(extend, qtbot):
    went_on, told_kept = extend.signals("extended"), extend.signals("kept")
    result = logged_in(extend)
    extend.panel.begin(result)
    assert not extend.driver.find("extendGo").isEnabled()
    assert extend.text("shortTokenMasked") == f"EAA •••••••••• {result.token.secret.last_four}"
    kept(extend, qtbot)
    assert extend.text("longTokenWhose") == "for Amira Haddad, app Practice App"
    ends = extend.text("longTokenEnds")
    assert "ends" in ends
    assert "in 60 days" in ends or "in 59 days" in ends, ends
    assert extend.panel.findChild(StepIndicator).accessibleName() == "Step 2 of 3 is done. Next: Pages"
    line = extend.panel.findChild(LifeLine)
    assert line.isVisible()
    assert "login ends" in line.accessibleName()
    assert "data access ends" in line.accessibleName()
    assert len(told_kept) == 1
    assert went_on == [], "the person presses the button"
    extend.press("extendGo")
    ((login, stored),) = went_on
    assert stored == told_kept[0]
    assert login.token.long_lived
    assert extend.panel.session.vault.logins()[0].user_name == "Amira Haddad"


def test_both_tokens_can_be_copied_as_secrets(extend, qtbot):
    result = logged_in(extend)
    extend.panel.begin(result)
    kept(extend, qtbot)
    extend.press("shortTokenCopy")
    extend.press("longTokenCopy")
    (short, says_short), (long, says_long) = extend.copied
    assert (says_short, says_long) == ("the short-lived User token", "the long-lived User token")
    assert short == result.token.secret
    assert isinstance(long, Secret)
    assert long != short
    assert long.reveal() in extend.server.world.given_out


def test_a_renewal_goes_on_by_itself(extend, qtbot):
    went_on = extend.signals("extended")
    extend.panel.begin(logged_in(extend), go_on=True)
    qtbot.waitUntil(lambda: len(went_on) == 1, timeout=10_000)
    assert went_on[0][1] is not None


def test_permissions_that_were_not_given_are_named_and_stop_a_renewal(extend, qtbot):
    from dataclasses import replace

    went_on = extend.signals("extended")
    result = replace(logged_in(extend), missing_permissions=("business_management",))
    extend.panel.begin(result, go_on=True)
    kept(extend, qtbot)
    assert "business_management" in extend.notice("Some permissions were not given").text.text
    assert went_on == []
    extend.driver.click("noticeButton")
    assert extend.commands() == [Command.REREQUEST_PERMISSIONS]


def test_what_facebook_refuses_is_told_and_tried_again(extend, qtbot):
    result = logged_in(extend)
    extend.server.world.faults.on("secret_refused")
    extend.panel.begin(result)
    extend.notice("App secret")
    assert extend.text("extendWords").startswith("The login was not extended.")
    assert not extend.driver.find("longTokenCopy").isEnabled()
    assert extend.driver.find("shortTokenCopy").isEnabled(), "it works until its end"
    extend.server.world.faults.off()
    assert extend.driver.find("extendGo").text() == "Extend"
    extend.press("extendGo")
    kept(extend, qtbot)
    assert extend.driver.find("extendGo").text() == "Show my Pages"


def test_extending_can_be_stopped(extend, qtbot):
    result = logged_in(extend)
    extend.server.latency = 1
    extend.panel.begin(result)
    extend.driver.click("progressCancel")
    assert extend.text("extendWords").startswith("The login was not extended.")
    assert extend.driver.seen("progressWords") is None
    assert extend.panel.session.vault.logins() == []


def test_a_keychain_that_refuses_leaves_the_tokens_in_the_window(extend, qtbot, private_session):
    went_on = extend.signals("extended")
    result = logged_in(extend)
    private_session.stop_keyring()
    extend.panel.begin(result)
    qtbot.waitUntil(lambda: extend.text("extendWords").startswith("Not kept yet"), timeout=40_000)
    assert extend.titles()
    extend.press("longTokenCopy")
    assert len(extend.copied) == 1
    extend.press("extendGo")
    assert went_on[0][1] is None, "no login is kept"
    private_session.start_keyring()


def test_keeping_can_be_stopped_and_one_goes_on(extend, qtbot, private_session):
    result = logged_in(extend)
    os.kill(private_session.keyring_pid, signal.SIGSTOP)
    try:
        extend.panel.begin(result)
        qtbot.waitUntil(lambda: "keychain" in extend.text("progressWords"), timeout=10_000)
        extend.driver.click("progressCancel")
        assert extend.driver.find("extendGo").isEnabled()
        assert extend.text("extendWords").startswith("Not kept yet")
    finally:
        os.kill(private_session.keyring_pid, signal.SIGCONT)


@pytest.mark.parametrize("trouble", ["expires_zero", "expires_missing", "expires_odd"])
def test_an_end_that_facebook_says_in_an_odd_way_is_shown_all_the_same(extend, qtbot, trouble):
    extend.server.world.faults.on(trouble)
    extend.panel.begin(logged_in(extend))
    kept(extend, qtbot)
    assert extend.text("longTokenEnds") != ""
    assert extend.panel.findChild(LifeLine).isVisible()


def test_the_arrow_between_the_tokens_goes_where_there_is_no_room(extend, qtbot):
    def wide():
        first, second = extend.driver.find("shortToken"), extend.driver.find("longToken")
        return second.x() - first.geometry().right()

    extend.panel.resize(1000, 700)
    qtbot.waitUntil(lambda: wide() > 40)
    extend.panel.resize(800, 700)
    qtbot.waitUntil(lambda: wide() < 40)


def test_other_colors_leave_everything_as_it_stands(extend, qtbot):
    extend.panel.begin(logged_in(extend))
    kept(extend, qtbot)
    before = extend.text("longTokenMasked")
    extend.panel.refresh()
    assert extend.text("longTokenMasked") == before


# ----------------------------------------------------------------- the pictures
def drawn(widget, color):
    """The places of a widget's picture that have this color."""
    picture, wanted = widget.grab().toImage(), QColor(color).rgb()
    return [(x, y) for y in range(picture.height()) for x in range(picture.width()) if picture.pixel(x, y) == wanted]


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_line_of_a_life_reaches_as_far_as_the_login(qtbot, qapp, direction):
    line = LifeLine()
    qtbot.addWidget(line)
    line.setLayoutDirection(direction)
    line.resize(600, 72)
    ticks = (Tick(0.0, "today", "short-lived"), Tick(0.5, "24 Jan", "login ends"), Tick(1.0, "23 Feb", "data access"))
    reach = []
    for until in (0.25, 0.75):
        line.set_ticks(ticks, until)
        on_line = [x for x, y in drawn(line, theme.colors().accent) if y == 34]
        reach.append((min(on_line), max(on_line)))
    (near, far) = reach
    if direction == Qt.LayoutDirection.LeftToRight:
        assert near[1] < 200 < 430 < far[1]
    else:
        assert near[0] > 400 > 170 > far[0]
    assert line.accessibleName() == "today: short-lived; 24 Jan: login ends; 23 Feb: data access"
    assert line.sizeHint().height() == 72


@pytest.mark.parametrize(
    ("present", "says"),
    [
        (0, "Step 1 of 3: Log in"),
        (1, "Step 1 of 3 is done. Next: Extend"),
        (2, "Step 2 of 3 is done. Next: Pages"),
        (3, "All 3 steps are done"),
    ],
)
def test_steps_that_are_done_are_filled(qtbot, qapp, present, says):
    steps = StepIndicator(0)
    qtbot.addWidget(steps)
    steps.resize(900, 56)
    steps.set_present(present)
    assert steps.accessibleName() == says
    filled = {x // 296 for x, y in drawn(steps, theme.colors().accent) if y == 20 and 10 < x % 296 < 34}
    inside = [x for x, y in drawn(steps, theme.colors().accent) if y == 18 and 14 < (x - 6) % 296 < 20]
    assert {(x - 6) // 296 for x in inside} == set(range(present)), filled
    assert steps.sizeHint().width() == 560


def test_a_shown_secret_is_painted_only_and_gone_after_a_while(qtbot, qapp, monkeypatch):
    monkeypatch.setattr("gui.widgets.token_field.SHOWN_FOR", 150)
    view = SecretView()
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show()
    secret = Secret("EAA" + "x7Qd" * 50)
    assert not drawn(view, theme.colors().text)
    with qtbot.waitSignal(view.ended):
        view.show_secret(secret)
        assert drawn(view, theme.colors().text)
        assert view.heightForWidth(300) > 2 * view.heightForWidth(3000) > 0
        assert secret.reveal() not in f"{view.accessibleName()} {view.toolTip()} {view.windowTitle()}"
        assert view.hasHeightForWidth()
    assert not drawn(view, theme.colors().text)
    assert view.sizeHint().width() == 360


def test_a_shown_secret_is_gone_when_it_is_hidden(qtbot, qapp):
    view = SecretView()
    qtbot.addWidget(view)
    view.show()
    view.show_secret(Secret("EAA" + "x7Qd" * 50))
    with qtbot.waitSignal(view.ended):
        view.hide()


def test_a_system_users_token_is_shown_once(extend, qtbot):
    secret = Secret(extend.server.world.special_token("system_user"))
    extend.panel.begin(from_paste(extend.panel.session, app_of(extend.server), secret, None, JOB))
    qtbot.waitUntil(lambda: "system user" in extend.text("extendWords"))
    assert extend.driver.seen("shortToken") is None
    assert extend.driver.seen("longToken") is not None
    assert "password" in extend.text("extendWords")
