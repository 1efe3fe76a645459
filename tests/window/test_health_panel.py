"""Health alone: the counts, what ends when, the troubles with their buttons, a check that can be stopped."""

import itertools

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from gui import theme
from gui.panels.health import HealthPanel
from gui.services import formatting
from gui.services.keep import keep_login
from gui.shell.commands import Command, Request
from gui.values import TokenState
from gui.widgets.time_line import DAY, Bar, TimeLine
from tests.support.agency import AMIRA, NORD, connect, login_of
from tests.support.one_panel import OnePanel
from tests.support.people import JOB, keep_login_with_pages

STATES = ("works", "soon", "needs_you")


@pytest.fixture
def health(qtbot, qapp, session, practice):
    one = OnePanel(HealthPanel, session, practice)
    yield one
    one.close()


def counts(health):
    return tuple(int(health.text(f"count_{state}Number").replace(",", "")) for state in STATES)


def begin(health, qtbot):
    seen = health.signals("checked")
    health.panel.begin()
    qtbot.waitUntil(lambda: len(seen) == 1, timeout=10_000)
    return seen[0]


def check(health, qtbot):
    seen = health.signals("checked")
    health.press("healthCheck")
    qtbot.waitUntil(lambda: bool(seen) and health.driver.seen("progressWords") is None, timeout=30_000)
    return seen[-1]


def test_nothing_kept_is_nothing_counted(health, qtbot):
    begin(health, qtbot)
    assert counts(health) == (0, 0, 0)
    assert health.text("panelSubtitle").startswith("Not every token has been checked yet")
    assert health.driver.seen("timeCard") is None


def test_a_check_asks_facebook_and_says_so(health, qtbot, session, practice):
    connect(session, practice, AMIRA)
    begin(health, qtbot)
    assert counts(health) == (3, 0, 0)
    assert health.text("count_worksWords") == "work"
    before = len(practice.calls)
    check(health, qtbot)
    assert len(practice.calls) > before
    assert health.text("panelSubtitle") == "Checked just now  ·  3 Pages, 1 person, 1 app"
    assert health.driver.find("healthCheck").text() == "Check all now"


def test_roles_that_were_lost_are_counted_named_and_new_only_once(health, qtbot, session, practice):
    connect(session, practice, NORD)
    practice.world.faults.on("some_roles_lost")
    check(health, qtbot)
    assert counts(health) == (234, 0, 6)
    notice = health.notice("you no longer have a role on these Pages")
    assert "New since you last looked" in notice.text.text
    health.press("count_needs_you")
    assert health.asked[-1] == Request(Command.SHOW_PAGES_IN_STATE, state=TokenState.NEEDS_YOU)
    check(health, qtbot)
    assert "New since" not in health.notice("you no longer have a role").text.text


def test_a_password_that_was_changed_has_the_button_that_mends_it(health, qtbot, session, practice):
    kept = connect(session, practice, AMIRA)
    practice.world.faults.on("password_changed")
    check(health, qtbot)
    assert counts(health) == (0, 0, 3)
    notice = health.notice("Amira Haddad: the token ended because the password was changed")
    assert "3 Page tokens ended with it" in notice.text.text
    health.driver.click(notice.main_button)
    assert health.asked == [Request(Command.LOG_IN, login_id=kept.id)]


def test_what_ends_soon_is_said_and_can_be_put_off(health, qtbot, session, practice):
    connect(session, practice, AMIRA, life=5 * DAY)
    begin(health, qtbot)
    assert counts(health) == (0, 3, 0)
    assert health.text("count_soonWords") == "end soon"
    health.notice("the login ends on")
    # What is put off is read anew, which a later reading must not be mistaken for.
    read = health.signals("checked")
    health.driver.click("noticeAside")
    qtbot.waitUntil(lambda: bool(read))
    assert health.driver.seen("noticeAside") is None
    assert session.vault.settings.read().put_off
    begin(health, qtbot)
    assert health.driver.seen("noticeAside") is None


def test_a_check_can_be_stopped_at_once_and_taken_up_again(health, qtbot, session, practice):
    connect(session, practice, NORD)
    begin(health, qtbot)
    practice.latency = 3
    health.press("healthCheck")
    assert health.driver.find("healthCheck").text() == "Checking …"
    health.panel.check()
    health.driver.click("progressCancel")
    health.notice("The check was stopped")
    assert health.driver.find("healthCheck").text() == "Check all now"
    practice.latency = 0
    health.driver.click("noticeButton")
    qtbot.waitUntil(lambda: "just now" in health.text("panelSubtitle"), timeout=30_000)
    assert counts(health) == (240, 0, 0)


def test_a_check_without_a_network_leaves_what_is_known(health, qtbot, session, practice):
    connect(session, practice, AMIRA)
    begin(health, qtbot)
    practice.stop()
    health.press("healthCheck")
    health.notice("Facebook could not be reached", 40)
    assert counts(health) == (3, 0, 0)


def test_answers_that_are_left_out_are_asked_for_again(health, qtbot, session, practice):
    connect(session, practice, NORD)
    practice.world.faults.on("batch_null")
    check(health, qtbot)
    assert health.titles() == []
    assert counts(health) == (240, 0, 0)


def test_a_number_of_one_is_said_as_one(health, qtbot, session, practice):
    keep_login_with_pages(session, practice, AMIRA, pages=[1])
    begin(health, qtbot)
    assert counts(health) == (1, 0, 0)
    assert [health.text(f"count_{state}Words") for state in STATES] == ["works", "end soon", "need you"]


def test_each_login_and_app_has_a_card_with_its_ways_on(health, qtbot, session, practice):
    amira, nord = connect(session, practice, AMIRA), connect(session, practice, NORD, 1)
    begin(health, qtbot)
    health.press(f"healthRenew_{nord.id}")
    health.press(f"healthDisconnect_{amira.id}")
    health.press("healthAny")
    assert health.asked == [
        Request(Command.LOG_IN, login_id=nord.id),
        Request(Command.DISCONNECT, login_id=amira.id),
        Request(Command.SHOW_ANY_TOKEN),
    ]


def test_what_ends_when_names_everybody_and_their_day(health, qtbot, session, practice):
    connect(session, practice, AMIRA)
    connect(session, practice, NORD, 1, life=5 * DAY)
    begin(health, qtbot)
    says = health.panel.findChild(TimeLine).accessibleName()
    assert says.startswith("What ends when: ")
    assert "Amira Haddad login" in says
    now = session.now()
    assert f"Agency Nord login {formatting.until(now + 5 * DAY, now)}" in says


def test_a_login_that_died_early_is_drawn_as_over(health, qtbot, session, practice):
    connect(session, practice, AMIRA)
    practice.world.faults.on("password_changed")
    check(health, qtbot)
    assert "Amira Haddad login ended early" in health.panel.findChild(TimeLine).accessibleName()


def test_many_ends_are_cut_to_the_next_ones_until_all_are_wanted(health, qtbot, session, practice):
    for person in range(4):
        for app in range(2):
            login = login_of(practice, person, app)
            session.vault.keep_app(login.app)
            keep_login(session, login, JOB)
    begin(health, qtbot)
    line = health.panel.findChild(TimeLine)
    assert line.accessibleName().count(";") == 11
    health.press("timeMore")
    assert line.accessibleName().count(";") > 11
    assert health.driver.seen("timeMore") is None


def test_a_narrow_panel_says_less_and_draws_higher(health, qtbot, session, practice):
    connect(session, practice, AMIRA)
    begin(health, qtbot)
    line = health.panel.findChild(TimeLine)
    high = line.sizeHint().height()
    health.panel.resize(800, 700)
    qtbot.waitUntil(lambda: health.driver.find("healthAny").text() == "Any token")
    assert line.sizeHint().height() > high
    assert not line.grab().isNull()


def test_other_colors_leave_the_troubles_as_they_are(health, qtbot, session, practice):
    connect(session, practice, AMIRA)
    practice.world.faults.on("password_changed")
    check(health, qtbot)
    before = [one.text.title for one in health.panel.troubles.notices()]
    health.panel.refresh()
    assert [one.text.title for one in health.panel.troubles.notices()] == before != []


def test_a_check_that_a_notice_asks_for_is_made_here(health, qtbot, session, practice):
    connect(session, practice, AMIRA)
    seen = health.signals("checked")
    health.panel.act(Request(Command.CHECK_ALL))
    qtbot.waitUntil(lambda: bool(seen), timeout=20_000)
    assert health.asked == []
    assert "just now" in health.text("panelSubtitle")


# ------------------------------------------------------------------ the picture
NOW = 1_790_000_000
BARS = (
    Bar("Amira Haddad", "login", NOW + 60 * DAY, TokenState.WORKS, "in 60 days", is_main=True),
    Bar("Agency Nord", "login", NOW + 20 * DAY, TokenState.WORKS, "in 20 days", is_main=True),
    Bar("Nils", "login", NOW + 5 * DAY, TokenState.ENDS_SOON, "in 5 days", is_main=True),
    Bar("Noa", "login", NOW - DAY, TokenState.NEEDS_YOU, "ended yesterday", is_main=True),
    Bar("Practice App", "version", NOW + 300 * DAY, TokenState.WORKS, "in 300 days"),
)


@pytest.fixture
def line(qtbot, qapp):
    made = TimeLine()
    qtbot.addWidget(made)
    made.set_bars(BARS, NOW)
    made.resize(900, made.sizeHint().height())
    made.show()
    return made


def colored(line, color, y):
    """Where in the row of pixels `y` this color is painted."""
    picture, wanted = line.grab().toImage(), QColor(color).rgb()
    return [x for x in range(picture.width()) if picture.pixel(x, y) == wanted]


def middle(number, height=36):
    return 34 + number * height + height // 2


def test_the_longer_something_lasts_the_longer_its_bar(line):
    c = theme.colors()
    lengths = [
        len(colored(line, color, middle(number)))
        for number, color in enumerate((c.accent, c.accent, c.soon, c.bad, c.bar_quiet))
    ]
    assert lengths[0] > 2 * lengths[1] > 2 * lengths[2] > lengths[3] > 0
    assert lengths[4] > lengths[0], "what goes on is drawn to the edge"


def test_a_bar_begins_today_on_the_leading_side(line):
    left = colored(line, theme.colors().accent, middle(0))
    line.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    right = colored(line, theme.colors().accent, middle(0))
    assert max(right) == pytest.approx(line.width() - 1 - min(left), abs=2)
    assert len(right) == pytest.approx(len(left), abs=3)


def test_words_above_their_bars_leave_these_the_whole_width(line):
    start = min(colored(line, theme.colors().accent, middle(0)))
    line.set_narrow(True)
    line.resize(400, line.sizeHint().height())
    assert line.sizeHint().height() == 34 + 5 * 50 + 4
    assert min(colored(line, theme.colors().accent, 34 + 33)) < 20 < start
    assert line.minimumSizeHint().width() == 300


@pytest.mark.parametrize("days", [3, 16, 30, 90])
def test_the_dates_are_painted_however_long_the_line_is(line, days):
    line.set_bars([Bar("Amira", "login", NOW + days * DAY, TokenState.WORKS, f"in {days} days", is_main=True)], NOW)
    line.resize(900, line.sizeHint().height())
    picture, y = line.grab().toImage(), line.height() - 4
    painted = [x for x in range(picture.width()) if picture.pixel(x, y) != picture.pixel(0, y)]
    ticks = [x for x in painted if x - 1 not in painted]
    assert 3 <= len(ticks) <= 12, "today and some dates"
    assert all(after - before > 50 for before, after in itertools.pairwise(ticks)), "with room between them"


def test_pointing_at_a_bar_says_whose_it_is(line, qtbot):
    at = QPoint(500, middle(1))
    QApplication.sendEvent(line, QHelpEvent(QEvent.Type.ToolTip, at, line.mapToGlobal(at)))
    qtbot.waitUntil(lambda: QToolTip.text() == "Agency Nord, login: in 20 days")
    QToolTip.hideText()


def test_everything_that_is_drawn_is_said(line):
    assert line.accessibleName() == (
        "What ends when: Amira Haddad login in 60 days; Agency Nord login in 20 days; Nils login in 5 days; "
        "Noa login ended yesterday; Practice App version in 300 days"
    )
