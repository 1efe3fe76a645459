"""Many Pages at once in the panel: the bar counts; copy, clients, check, forget do what they say."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from gui.services import forget, tag
from gui.shell.commands import Command, Request
from gui.values import TokenState
from tests.support.agency import right_token
from tests.support.pages_panel import PagesAtHand, agency_pages
from tests.support.people import JOB, keep_login_with_pages


@pytest.fixture
def at_hand(session, practice, qtbot, qapp):
    """Forty Pages of the agency, on show."""
    keep_login_with_pages(session, practice, 1, pages=agency_pages(40))
    made = PagesAtHand(session, practice, qtbot)
    made.show()
    yield made
    made.end()


def words(at_hand):
    """What the bar says; empty while it is not there."""
    label = at_hand.panel.findChild(QLabel, "selectedWords")
    return label.text() if label.isVisible() else ""


def type_client(at_hand, name):
    at_hand.driver.click("manyClient")
    field = at_hand.driver.find("clientField", QLineEdit)
    QTest.keyClicks(field, name)
    QTest.keyClick(field, Qt.Key.Key_Return)


# ---------------------------------------------------------------------- the bar
def test_the_bar_counts_what_is_selected_and_goes_with_the_last(at_hand):
    assert words(at_hand) == ""
    at_hand.select(0, 2, 3)
    assert words(at_hand) == "3 selected"
    at_hand.select(2)
    assert words(at_hand) == "2 selected", "a second click lets go"
    every = at_hand.panel.findChild(QPushButton, "selectAll")
    assert every.text() == f"Select all {len(at_hand.shown)}"
    at_hand.driver.click("selectAll")
    assert words(at_hand) == f"{len(at_hand.shown)} selected"
    assert not every.isVisible(), "there is nothing more to select"
    at_hand.driver.click("manyClose")
    assert words(at_hand) == ""
    assert at_hand.table.pages.selected == set()


def test_what_a_filter_hides_stays_selected(at_hand):
    rows = at_hand.select(0, 1)
    at_hand.driver.type_into("search", "nothing is called so")
    at_hand.until(lambda: at_hand.shown == [])
    assert words(at_hand) == "2 selected"
    assert at_hand.panel.many_actions.rows == sorted(rows, key=lambda row: row.folded)


def cut_off(bar) -> list[str]:
    """The buttons of a bar that are too small for what they say, or reach beyond it."""
    return [
        button.objectName()
        for button in bar.findChildren(QPushButton)
        if button.isVisible()
        and (button.width() < button.sizeHint().width() or button.geometry().right() > bar.rect().right())
    ]


@pytest.mark.parametrize("width", [1200, 1080, 1000, 900, 860, 820, 760, 680, 560])
def test_the_bar_says_as_much_as_there_is_room_for(at_hand, width):
    copy = at_hand.panel.findChild(QPushButton, "manyCopy")
    at_hand.select(0, 1)
    at_hand.panel.resize(width, 700)
    at_hand.until(lambda: at_hand.panel.width() == width and not cut_off(copy.parentWidget()))
    assert words(at_hand) == "2 selected"
    assert at_hand.panel.findChild(QPushButton, "manyForget").accessibleName() == "Forget"
    assert copy.text() == "Copy as lines" or width < 1000
    at_hand.panel.resize(1200, 700)
    at_hand.until(lambda: copy.text() == "Copy as lines")
    assert at_hand.panel.findChild(QPushButton, "manyForget").text() == "Forget"


@pytest.mark.parametrize("width", [1200, 1080, 1000, 900, 820, 736])
def test_no_chip_above_the_list_is_cut(at_hand, width):
    at_hand.panel.resize(width, 700)
    at_hand.until(lambda: at_hand.panel.width() == width and not cut_off(at_hand.panel.tools))


# ------------------------------------------------------------------- copy, export
def test_many_are_copied_as_lines_each_with_its_own_token(at_hand, practice):
    rows = sorted(at_hand.select(0, 1, 5), key=lambda row: row.folded)
    at_hand.driver.click("manyCopy")
    at_hand.until(lambda: at_hand.copied)
    assert at_hand.copied == ["3 tokens as NAME=token lines"]
    for row, line in zip(rows, at_hand.driver.clipboard().splitlines(), strict=True):
        assert right_token(practice, row.page.id, line.partition("=")[2])


def test_many_are_copied_as_a_table_and_as_json(at_hand, practice):
    rows = sorted(at_hand.select(0, 4), key=lambda row: row.folded)
    at_hand.driver.click("manyWays")
    at_hand.driver.choose_in_menu("Copy as a table")
    at_hand.until(lambda: at_hand.copied == ["2 tokens as a table"])
    head, *lines = at_hand.driver.clipboard().splitlines()
    assert head == "Page\tPage ID\tPage token"
    for row, line in zip(rows, lines, strict=True):
        _, page_id, token = line.split("\t")
        assert page_id == row.page.id
        assert right_token(practice, page_id, token)
    at_hand.driver.click("manyWays")
    at_hand.driver.choose_in_menu("Copy as JSON")
    at_hand.until(lambda: len(at_hand.copied) == 2)
    assert [one["id"] for one in json.loads(at_hand.driver.clipboard())] == [row.page.id for row in rows]
    assert {event.detail for event in at_hand.session.vault.history.events()} >= {
        "with others, as a table",
        "with others, as JSON",
    }, "the history says that they were copied"


def test_nothing_to_copy_is_said(at_hand):
    from dataclasses import replace

    row = at_hand.row(0)
    at_hand.table.pages.merge((replace(row, last_four="", state=TokenState.NEEDS_YOU, why="page_without_token"),))
    at_hand.select(0)
    at_hand.driver.click("manyCopy")
    at_hand.driver.notice("None of the selected Pages has a token")
    assert at_hand.copied == []


def test_the_selected_rows_are_handed_over_for_an_export(at_hand):
    rows = at_hand.select(1, 3)
    with at_hand.qtbot.waitSignal(at_hand.panel.export_wanted) as waited:
        at_hand.driver.click("manyExport")
    assert waited.args is not None
    assert {row.page.id for row in waited.args[0]} == {row.page.id for row in rows}


# ------------------------------------------------------------------------ clients
def test_a_new_client_is_given_by_typing_its_name_and_that_can_be_undone(at_hand, session):
    rows = at_hand.select(0, 1, 2)
    with at_hand.qtbot.waitSignal(at_hand.panel.tagged) as waited:
        type_client(at_hand, "Nord Retail")
    assert waited.args is not None
    what, change = waited.args
    assert what == "Assigned 3 Pages to Nord Retail"
    at_hand.until(lambda: sum(bool(row.clients) for row in at_hand.table.pages.rows) == 3)
    assert {row.page.id for row in at_hand.table.pages.rows if row.clients} == {row.page.id for row in rows}
    tag.undo(session, change, JOB)
    at_hand.panel.look_again(session.vault.logins())
    at_hand.until(lambda: not any(row.clients for row in at_hand.table.pages.rows))
    assert session.vault.clients.all() == []


def test_the_menu_marks_who_has_all_and_who_has_some(at_hand, session):
    ids = [at_hand.row(at).page.id for at in range(3)]
    tag.give(session, "Has all", ids, JOB)
    tag.give(session, "Has one", ids[:1], JOB)
    tag.give(session, "Has none", [at_hand.row(9).page.id], JOB)
    at_hand.show()
    at_hand.select(0, 1, 2)
    at_hand.driver.click("manyClient")
    lines = [action.text() for action in at_hand.menu("clientMenu").actions() if action.text()]
    assert lines[:3] == ["Has all   ✓", "Has none", "Has one   (some)"]
    with at_hand.qtbot.waitSignal(at_hand.panel.tagged) as waited:
        at_hand.driver.choose_in_menu("Has one   (some)")
    assert waited.args is not None
    assert waited.args[0] == "Assigned 2 Pages to Has one", "the one that had it is left as it is"


def test_a_client_is_taken_away_again(at_hand, session):
    tag.give(session, "Nord Retail", [at_hand.row(at).page.id for at in (0, 1)], JOB)
    at_hand.show()
    at_hand.select(0, 1)
    at_hand.driver.click("manyClient")
    with at_hand.qtbot.waitSignal(at_hand.panel.tagged) as waited:
        at_hand.driver.choose_in_menu("Nord Retail   ✓")
    assert waited.args is not None
    assert waited.args[0] == "Removed 2 Pages from Nord Retail"
    at_hand.until(lambda: not any(row.clients for row in at_hand.table.pages.rows))


def test_clients_are_managed_elsewhere(at_hand, session):
    tag.give(session, "Nord Retail", [at_hand.row(0).page.id], JOB)
    at_hand.select(0)
    at_hand.driver.click("manyClient")
    at_hand.menu("clientMenu")
    at_hand.driver.choose_in_menu("Rename clients and choose colors")
    assert at_hand.requests == [Request(Command.SHOW_CLIENTS)]


# ----------------------------------------------------------------- check and forget
def test_checking_the_selected_says_that_all_work(at_hand):
    at_hand.select(0, 1, 2, 3)
    at_hand.driver.click("manyCheck")
    notice = at_hand.driver.notice("4 tokens checked: all work")
    assert notice.main_button is None
    at_hand.until(lambda: sum(bool(row.checked_at) for row in at_hand.table.pages.rows) == 4)
    assert at_hand.panel.findChild(QPushButton, "manyCheck").isEnabled()


def test_checking_the_selected_marks_those_that_need_the_person(at_hand, practice):
    chosen = at_hand.select(0, 1, 2)
    practice.world.faults.on("role_lost")
    at_hand.driver.click("manyCheck")
    notice = at_hand.driver.notice("3 of 3 tokens need you")
    at_hand.until(lambda: at_hand.table.pages.counts()[TokenState.NEEDS_YOU] == 3)
    marked = {row.page.id for row in at_hand.table.pages.rows if row.state is TokenState.NEEDS_YOU}
    assert marked == {row.page.id for row in chosen}
    assert notice.main_button is not None
    at_hand.driver.click(notice.main_button)
    assert at_hand.requests == [Request(Command.SHOW_HEALTH)]


def test_a_check_speaks_of_the_selected_pages_only(at_hand, practice):
    lost, well = at_hand.row(0), at_hand.row(1)
    practice.world.faults.on("role_lost")
    at_hand.panel.page_actions.check(lost)
    at_hand.driver.notice("no longer have a role")
    practice.world.faults.off()
    at_hand.select(at_hand.table.pages.place_of(well.page.id))
    at_hand.driver.click("manyCheck")
    at_hand.driver.notice("1 token checked: all work")
    assert at_hand.table.pages.by_id(lost.page.id).state is TokenState.NEEDS_YOU


def test_checking_says_its_progress_and_can_be_stopped(at_hand, practice):
    at_hand.driver.click("pagesMore")
    at_hand.driver.choose_in_menu("Select all that is shown")
    practice.latency = 1.0
    at_hand.driver.click("manyCheck")
    progress = at_hand.panel.findChild(QLabel, "progressWords")
    at_hand.until(progress.isVisible)
    assert progress.text() == f"Asking Facebook about {len(at_hand.shown)} tokens …"
    assert not at_hand.panel.findChild(QPushButton, "manyCheck").isEnabled()
    at_hand.driver.click("progressCancel")
    at_hand.until(at_hand.panel.findChild(QPushButton, "manyCheck").isEnabled)
    assert not progress.isVisible()
    assert at_hand.panel.notices.notices() == []
    assert words(at_hand) == f"{len(at_hand.shown)} selected", "they are still selected"


def test_forgetting_the_selected_can_be_undone(at_hand, session):
    rows = at_hand.select(0, 1)
    before = len(at_hand.table.pages.rows)
    with at_hand.qtbot.waitSignal(at_hand.panel.forgotten) as waited:
        at_hand.driver.click("manyForget")
    assert waited.args is not None
    receipt = waited.args[0]
    assert receipt.name == "2 Pages"
    assert words(at_hand) == ""
    at_hand.panel.look_again(session.vault.logins())
    at_hand.until(lambda: len(at_hand.table.pages.rows) == before - 2)
    assert not {row.page.id for row in rows} & {row.page.id for row in at_hand.table.pages.rows}
    forget.bring_back(session, receipt, JOB)
    at_hand.panel.look_again(session.vault.logins())
    at_hand.until(lambda: len(at_hand.table.pages.rows) == before)


def test_what_could_not_be_forgotten_is_what_is_tried_again_whatever_is_selected_since(at_hand, session):
    rows = at_hand.select(0, 1)
    session.vault.database._db.execute("PRAGMA query_only=ON")
    at_hand.driver.click("manyForget")
    notice = at_hand.driver.notice("cannot write")
    session.vault.database._db.execute("PRAGMA query_only=OFF")
    at_hand.driver.click("manyClose")
    others = at_hand.select(3, 4, 5)
    with at_hand.qtbot.waitSignal(at_hand.panel.forgotten):
        at_hand.driver.click(notice.main_button)
    at_hand.panel.look_again(session.vault.logins())
    at_hand.until(lambda: not {row.page.id for row in rows} & {row.page.id for row in at_hand.table.pages.rows})
    assert {row.page.id for row in others} <= {row.page.id for row in at_hand.table.pages.rows}
