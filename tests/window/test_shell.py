"""The window's parts, each made without the others: accounts, the panel stack, the main window, and faults in slots."""

import sys
import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from gui.app import Program
from gui.errors import UserError
from gui.jobs import Jobs
from gui.options import Options
from gui.panels.panel import Panel
from gui.services import keep
from gui.services.keep import open_accounts
from gui.services.views import View
from gui.shell import accounts as accounts_module
from gui.shell.accounts import Accounts, Change
from gui.shell.commands import Command, Request
from gui.shell.flows import opening
from gui.shell.main_window import MainWindow
from gui.shell.panel_stack import PanelStack
from gui.tour.ui_driver import UiDriver, process_events
from gui.values import AppCredentials, Secret
from tests.support.agency import AMIRA, NORD, connect


class PlainPanel(Panel):
    """A panel of nothing but what every panel has."""

    def __init__(self, session, jobs):
        super().__init__(session, jobs, "Plain")
        self.was_left = 0

    def leave(self):
        self.was_left += 1


@pytest.fixture
def window(qtbot, qapp):
    shown = MainWindow()
    qtbot.addWidget(shown)
    shown.show()
    return shown


@pytest.fixture
def stack(window):
    return PanelStack(window, Jobs(window))


def plain():
    return PlainPanel


# ------------------------------------------------------------------- the stack
def test_a_panel_is_made_when_it_is_first_needed_and_once(stack, session):
    connected: list[Panel] = []
    slot = stack.add("plain", plain, connected.append)
    stack.use(session)
    assert slot.panel_if_made is None
    panel = slot.show()
    assert slot.show() is panel
    assert connected == [panel]
    assert slot.is_shown
    assert stack.current is panel
    assert stack.panel("plain") is panel


def test_the_panel_before_is_left_and_only_that(stack, session):
    slots = [stack.add(name, plain, leave=lambda panel: panel.leave()) for name in ("a", "b", "c")]
    stack.use(session)
    for slot in slots:
        slot.show()
    assert [slot.panel.was_left for slot in slots] == [1, 1, 0]


def test_what_a_panel_asks_for_is_passed_on(stack, session, qtbot):
    slot = stack.add("plain", plain)
    stack.use(session)
    with qtbot.waitSignal(stack.requested) as waited:
        slot.show().request(Command.SHOW_HISTORY, page_id="7")
    assert waited.args == [Request(Command.SHOW_HISTORY, page_id="7")]


def test_another_session_lets_go_of_every_panel(stack, session, qtbot):
    slot = stack.add("plain", plain, leave=lambda panel: panel.leave())
    stack.use(session)
    panel = slot.show()
    with qtbot.waitSignal(panel.destroyed):
        stack.use(session)
    assert slot.panel_if_made is None
    assert stack.current is None
    assert slot.show() is not panel


def test_the_way_back_leads_to_where_one_came_from(stack, session):
    health = stack.add("a", plain, origin=Command.SHOW_HEALTH)
    settings = stack.add("b", plain, origin=Command.SHOW_SETTINGS)
    other = stack.add("c", plain)
    stack.use(session)
    for slot, origin in (
        (settings, Command.SHOW_SETTINGS),
        (other, Command.SHOW_SETTINGS),
        (health, Command.SHOW_HEALTH),
    ):
        slot.show()
        assert stack.origin is origin


def test_what_comes_by_itself_comes_beneath_an_aside(stack, session):
    first, second = (stack.add(name, plain, leave=lambda panel: panel.leave()) for name in ("a", "b"))
    helping = stack.add("help", plain, is_aside=True)
    stack.use(session)
    first.show()
    helping.show()
    assert first.is_open
    with stack.beneath():
        second.show()
    assert helping.is_shown
    assert (first.is_open, second.is_open, second.is_shown) == (False, True, False)
    assert first.panel.was_left == 1
    stack.leave_aside()
    assert second.is_shown
    with stack.beneath():
        first.show()
    assert first.is_shown, "there is no aside to come under"


def test_asides_are_left_one_after_the_other_and_each_is_there_once(stack, session):
    below, helping, about = (stack.add(name, plain, is_aside=name != "a") for name in ("a", "help", "about"))
    stack.use(session)
    for slot in (below, helping, about, helping):
        slot.show()
    for slot in (about, below):
        stack.leave_aside()
        assert slot.is_shown


def test_what_is_put_away_beneath_an_aside_is_not_gone_back_to(stack, session, qtbot):
    below = stack.add("a", plain, leave=lambda panel: panel.leave())
    helping = stack.add("help", plain, is_aside=True)
    stack.use(session)
    below.show()
    helping.show()
    below.put_away()
    assert helping.is_shown
    assert below.panel.was_left == 1
    with qtbot.waitSignal(stack.requested) as waited:
        stack.leave_aside()
    assert waited.args == [Request(stack.origin)]


def test_panels_are_made_ahead_one_by_one(stack, session, qtbot):
    slots = [stack.add(name, plain) for name in ("a", "b", "c")]
    stack.use(session)
    with qtbot.waitSignal(stack.prepared, timeout=10_000):
        stack.prepare(slots[:2])
    assert [slot.panel_if_made is not None for slot in slots] == [True, True, False]
    assert stack.current is None, "made, and not shown"


def test_an_error_is_told_in_the_panel_on_show(stack, session):
    slots = [stack.add(name, plain) for name in ("a", "b")]
    stack.use(session)
    for slot in slots:
        slot.show()
    stack.tell(UserError("disk_full"))
    assert [len(slot.panel.notices.notices()) for slot in slots] == [0, 1]


def test_an_error_while_no_panel_is_on_show_is_told_in_the_first_that_is(stack, session):
    slots = [stack.add(name, plain) for name in ("a", "b")]
    stack.use(session)
    untold: list[bool] = []
    stack.untold.connect(lambda: untold.append(True))
    stack.tell(UserError("disk_full"))
    assert untold == [True]
    for slot in slots:
        slot.show()
    assert [len(slot.panel.notices.notices()) for slot in slots] == [1, 0]


def test_what_a_job_brings_to_a_discarded_panel_is_not_delivered(stack, session, qtbot):
    slot = stack.add("plain", plain)
    stack.use(session)
    arrived: list[str] = []
    ready = threading.Event()

    def call(job):
        ready.set()
        return "late"

    slot.panel.work(call, done=arrived.append)
    assert ready.wait(10), "the result is on its way to the window's thread, which is here"
    slot.discard()
    qtbot.wait(200)
    assert arrived == []


# ---------------------------------------------------------------- main window
def test_the_side_bar_folds_in_a_narrow_window(window, qtbot):
    window.resize(1200, 700)
    qtbot.waitUntil(lambda: window.side.width() > 200)
    window.resize(900, 700)
    qtbot.waitUntil(lambda: window.side.width() < 100)


def test_a_whole_window_panel_stands_without_the_side_bar(window):
    aside, whole = QLabel("aside"), QLabel("whole")
    window.add_panel(aside)
    window.add_panel(whole, whole_window=True)
    window.show_panel(aside)
    assert window.side.isVisible()
    window.show_panel(whole)
    assert not window.side.isVisible()
    assert (window.shows(whole), window.shows(aside)) == (True, False)
    window.show_panel(aside)
    assert window.side.isVisible()


# ------------------------------------------------------------------- accounts
def test_the_state_is_read_and_every_change_is_told(session, practice, qtbot, qapp):
    accounts = Accounts(Jobs())
    changes: list[Change] = []
    accounts.changed.connect(changes.append)
    accounts.use(session)
    connect(session, practice, AMIRA)
    connect(session, practice, NORD, 1)
    with qtbot.waitSignal(accounts.changed):
        accounts.reload(Change.CONTENTS)
    assert [login.user_name for login in accounts.logins] == ["Amira Haddad", "Agency Nord"]
    amira = accounts.logins[0]
    assert accounts.login(amira.id) == amira
    assert accounts.login(99) is None
    assert accounts.app(amira.app_id) is not None
    assert accounts.only_login is None
    accounts.look_at(View.of_login(amira))
    assert accounts.viewed_login == amira
    accounts.look_at(View.of_app(amira.app_id))
    assert accounts.viewed_login is None
    assert changes == [Change.ACCOUNTS, Change.CONTENTS, Change.VIEW, Change.VIEW]
    accounts.use(session)
    assert (accounts.logins, accounts.apps, accounts.view) == ((), (), None)


def test_changed_settings_are_kept(session, qtbot, qapp):
    jobs = Jobs()
    accounts = Accounts(jobs)
    accounts.use(session)
    accounts.change_settings({"appearance": "dark", "remind": False})
    assert accounts.settings.appearance == "dark"
    qtbot.waitUntil(lambda: session.vault.settings.read().appearance == "dark")
    assert session.vault.settings.read().remind is False


def test_a_reading_that_began_before_a_change_does_not_undo_it(session, monkeypatch, qtbot, qapp):
    accounts = Accounts(Jobs())
    accounts.use(session)
    read, go_on = threading.Event(), threading.Event()
    real = keep.read_accounts

    def slow(session, job):
        snapshot = real(session, job)
        read.set()
        go_on.wait(5)
        return snapshot

    monkeypatch.setattr(accounts_module, "read_accounts", slow)
    with qtbot.waitSignal(accounts.changed):
        accounts.reload()
        read.wait(5)
        accounts.change_settings({"appearance": "dark"}, then=go_on.set)
    assert accounts.settings.appearance == "dark"
    session.vault.settings.change(appearance="light")
    with qtbot.waitSignal(accounts.changed):
        accounts.reload()
    assert accounts.settings.appearance == "light", "as it was kept meanwhile"


# --------------------------------------------------------------------- faults
def test_a_fault_in_a_slot_is_told_in_the_window_without_its_text(qapp, tmp_path, monkeypatch, capsys, private_session):
    program = Program(qapp, Options(profile=tmp_path / "profile"))
    program.window.show()
    driver = UiDriver(program.window)
    driver.wait_title("The keys to your Facebook Pages")
    monkeypatch.setattr(sys, "excepthook", program.tell_fault)
    driver.click("welcomeConnect")
    driver.wait_title("Connect your Facebook app")

    def fail():
        raise ValueError("EAAsecret-in-an-exception")

    QTimer.singleShot(0, fail)
    notice = driver.notice("Page Keys")
    assert "EAAsecret" not in f"{notice.text} {capsys.readouterr()}"
    assert dict(notice.text.details)["fault"] == "ValueError"
    program.window.close()
    program.end()


def test_a_fault_before_the_first_panel_is_told_in_it(qapp, tmp_path, monkeypatch, private_session):
    program = Program(qapp, Options(profile=tmp_path / "profile"))
    monkeypatch.setattr(sys, "excepthook", program.tell_fault)

    def fail():
        raise KeyError("EAAsecret-in-an-exception")

    program.window.painted.connect(fail)
    program.window.show()
    driver = UiDriver(program.window)
    driver.wait_title("The keys to your Facebook Pages")
    assert driver.notice("Page Keys")
    program.window.close()
    program.end()


def test_a_fault_while_what_is_kept_is_shown_leaves_a_panel_that_says_so(qapp, tmp_path, monkeypatch, private_session):
    program = Program(qapp, Options(profile=tmp_path / "profile"))
    monkeypatch.setattr(sys, "excepthook", program.tell_fault)

    def fail(*_):
        raise KeyError("EAAsecret-in-an-exception")

    monkeypatch.setattr(Accounts, "take", fail)
    program.window.show()
    driver = UiDriver(program.window)
    driver.wait_title("The keys to your Facebook Pages")
    assert driver.notice("Page Keys")
    program.window.close()
    program.end()


def test_what_was_asked_of_a_vault_before_tells_nothing_once_another_is_in_use(
    qapp, tmp_path, monkeypatch, private_session
):
    """The first vault opens slowly; meanwhile the person goes to the practice Facebook."""
    is_first, may_go_on = iter([True]), threading.Event()
    program = Program(qapp, Options(profile=tmp_path / "profile"))
    real = open_accounts

    def open_slowly(session, job):
        if next(is_first, False):
            may_go_on.wait(20)
            snapshot = real(session, job)
            return replace(snapshot, apps=(AppCredentials("1", Secret("0" * 32), "App of the vault before"),))
        return real(session, job)

    monkeypatch.setattr(opening, "open_accounts", open_slowly)
    program.window.show()
    driver = UiDriver(program.window)
    driver.wait(lambda: program.session is not None, "the vault")
    program.parts.start_practice()
    driver.wait(lambda: len(program.shell.accounts.apps) == 2, "the practice apps", 30)
    may_go_on.set()
    process_events(500)
    assert "App of the vault before" not in {app.name for app in program.shell.accounts.apps}
    program.window.close()
    program.end()
