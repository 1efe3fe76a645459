"""Many Pages at once, in the real window: select, copy, give to clients, check, forget and undo."""

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from gui.shell.commands import Command
from gui.tour.ui_driver import process_events
from gui.values import TokenState
from gui.widgets import page_columns
from tests.journeys.selecting import choose, select
from tests.support.agency import NILS, NORD, right_token


# ----------------------------------------------------------------- who and what
def test_one_page_reached_through_several_people_is_one_row(agency):
    driver, table = agency.driver, agency.table
    shared = [row for row in table.pages.rows if len(row.sources) == 2]
    assert len(shared) == 49, "those that both list, by their own role or through a business"
    assert len({row.page.id for row in table.pages.rows}) == 243
    assert table.pages.words.person(shared[0]) == "Agency Nord, Nils Nord"
    assert "243 Pages of 3 people through 2 apps" in driver.text("panelSubtitle")
    driver.click("app_180000000000002")
    driver.wait(lambda: len(table.pages.rows) == 240, "the Pages of the second app")
    assert "2 people through Nord Publisher" in driver.text("panelSubtitle")
    driver.click("person_3")
    driver.wait(lambda: len(table.pages.rows) == 49, "the Pages of Nils")
    assert "of Nils Nord through Nord Publisher" in driver.text("panelSubtitle")
    driver.click("nav_pages")
    driver.wait(lambda: len(table.pages.rows) == 243, "all together")


def test_a_shared_page_works_while_one_of_its_logins_does(agency):
    world = agency.server.world
    nils = next(number for number, grant in world.grants.items() if grant.person == NILS)
    world.grants[nils].revoked = True
    driver = agency.driver
    driver.click("pagesCheckAll")
    driver.wait_title("Health")
    driver.wait(lambda: "just now" in driver.text("panelSubtitle"), "the check", 60)
    assert driver.text("count_needs_youNumber") == "0", "Agency Nord reaches them all"
    driver.notice("Nils Nord")
    driver.click("nav_pages")
    driver.wait(lambda: agency.table.pages.counts()[TokenState.WORKS] == 243, "rows by their best source")
    shared = next(row for row in agency.table.pages.rows if len(row.sources) == 2)
    agency.table.choose(shared.page.id)
    driver.key(agency.table, "Ctrl+C")
    driver.wait(lambda: right_token(agency.server, shared.page.id, driver.clipboard()), "its token")
    assert world.mint.read(driver.clipboard()).person == NORD


def test_people_and_apps_get_names_of_ones_own(agency):
    driver = agency.driver
    for ask, name in (
        (lambda: agency.ask(Command.RENAME_LOGIN, login_id=1), "Amira, private"),
        (lambda: agency.ask(Command.RENAME_APP, app_id="180000000000002"), "The publisher"),
    ):
        ask()
        driver.type_into("askField", name)
        driver.click("askGo")
        driver.wait(
            lambda name=name: (
                name in {one.user_name for one in agency.accounts.logins} | {one.name for one in agency.accounts.apps}
            ),
            name,
        )
    driver.wait(
        lambda: {one.app_name for one in agency.accounts.logins} == {"Practice App", "The publisher"}, "its people"
    )
    agency.close()
    agency.open()
    assert "Amira, private" in {one.user_name for one in agency.accounts.logins}
    agency.ask(Command.RENAME_LOGIN, login_id=1)
    agency.driver.type_into("askField", "")
    agency.driver.click("askGo")
    agency.driver.wait(
        lambda: "Amira Haddad" in {one.user_name for one in agency.accounts.logins}, "Facebook's name again"
    )


def test_another_connection_asks_through_which_app(agency):
    agency.driver.click("nav_add")
    agency.driver.choose_in_menu("Log in through Nord Publisher")
    agency.driver.wait_title("Log in to Facebook")
    agency.driver.log_in(agency.login, 0)
    agency.driver.click_page(agency.login, "#allow")
    agency.driver.wait_title("Extend your login")
    agency.driver.click("extendGo")
    agency.driver.wait(
        lambda: len(agency.accounts.logins) == 4 and len(agency.table.pages.rows) == 3, "Amira through the second app"
    )
    agency.driver.click("nav_pages")
    agency.driver.wait(lambda: len(agency.table.pages.rows) == 243, "still one row a Page")


# ------------------------------------------------------------------- selecting
def test_selecting_with_mouse_and_keyboard_is_kept_through_filter_and_sort(agency):
    driver, table = agency.driver, agency.table
    first = select(agency, 0, 2)
    assert driver.text("selectedWords") == "2 selected"
    driver.type_into("search", "muller")
    driver.wait(lambda: len(table.pages.visible) < 20, "the Müllers")
    more = select(agency, 0)
    assert driver.text("selectedWords") == "3 selected"
    driver.click("pageTable", table.viewport().rect().center())
    driver.type_into("search", "")
    driver.wait(lambda: len(table.pages.visible) == 243, "all")
    table._sort_by(page_columns.STATE)
    assert table.pages.selected == {row.page.id for row in (*first, *more)}
    driver.click("manyClose")
    assert not driver.seen("selectedWords")
    table.setFocus()
    table.setCurrentIndex(table.pages.index(4, 0))
    QTest.keyClick(table, Qt.Key.Key_Space)
    for _ in range(3):
        QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.pages.selected == {table.pages.row(at).page.id for at in range(4, 8)}
    select(agency, 12, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert len(table.pages.selected) == 9
    QTest.keySequence(table, "Ctrl+A")
    assert driver.text("selectedWords") == "243 selected"
    QTest.keyClick(table, Qt.Key.Key_Escape)
    assert not table.pages.selected


def test_copying_many_as_lines_a_table_and_json(agency):
    driver = agency.driver
    rows = sorted(select(agency, 0, 1, 5), key=lambda row: row.folded)
    driver.click("manyCopy")
    driver.wait(lambda: driver.clipboard().count("_TOKEN=EAA") == 3, "three lines")
    for row, line in zip(rows, driver.clipboard().splitlines(), strict=True):
        assert right_token(agency.server, row.page.id, line.partition("=")[2])
    driver.click("manyWays")
    choose(agency, "Copy as a table")
    driver.wait(lambda: driver.clipboard().startswith("Page\tPage ID\tPage token\n"), "a table")
    assert [line.split("\t")[1] for line in driver.clipboard().splitlines()[1:]] == [row.page.id for row in rows]
    driver.click("manyWays")
    choose(agency, "Copy as JSON")
    driver.wait(lambda: driver.clipboard().startswith("["), "JSON")
    found = json.loads(driver.clipboard())
    assert [one["id"] for one in found] == [row.page.id for row in rows]
    assert all(right_token(agency.server, one["id"], one["access_token"]) for one in found)
    assert "stays on the clipboard" in driver.text("copyLeft")


def test_nothing_to_copy_is_said(agency):
    from dataclasses import replace

    table = agency.table
    row = table.pages.row(0)
    table.pages.merge((replace(row, last_four="", state=TokenState.NEEDS_YOU, why="page_without_token"),))
    select(agency, 0)
    agency.driver.click("manyCopy")
    agency.driver.notice("None of the selected Pages has a token")


# --------------------------------------------------------------------- clients
def test_clients_are_given_to_many_filtered_renamed_and_undone(agency):
    driver, table = agency.driver, agency.table
    rows = select(agency, 0, 1, 2)
    driver.click("manyClient")
    QTest.keyClicks(driver.find("clientField"), "Nord Retail")
    QTest.keyClick(driver.find("clientField"), Qt.Key.Key_Return)
    driver.wait(lambda: sum(bool(row.clients) for row in table.pages.rows) == 3, "three tagged Pages")
    assert driver.text("undoWords") == "Assigned 3 Pages to Nord Retail"
    driver.click("undo")
    driver.wait(lambda: not any(row.clients for row in table.pages.rows), "none")
    driver.click("manyClient")
    QTest.keyClicks(driver.find("clientField"), "  nørd retail ")
    QTest.keyClick(driver.find("clientField"), Qt.Key.Key_Return)
    driver.wait(lambda: sum(bool(row.clients) for row in table.pages.rows) == 3, "three again")
    driver.click("manyClose")
    driver.wait(lambda: driver.seen("chip_client"), "the choice of clients")
    driver.click("chip_client")
    driver.choose_in_menu("nørd retail   3")
    driver.wait(lambda: len(table.pages.visible) == 3, "the client's Pages")
    assert {table.pages.row(at).page.id for at in range(3)} == {row.page.id for row in rows}
    driver.type_into("search", "nord retail")
    driver.wait(lambda: len(table.pages.visible) == 3, "found by the client's name")
    driver.type_into("search", "")
    driver.click("chip_client")
    driver.wait(lambda: len(table.pages.visible) == 243, "all")
    driver.click("nav_settings")
    number = rows and agency.program.session.vault.clients.all()[0].id
    driver.find(f"renameClient_{number}").click()
    driver.type_into("askField", "Nord Handel")
    driver.click("askGo")
    driver.wait(
        lambda: [one.name for one in agency.program.session.vault.clients.all()] == ["Nord Handel"], "the new name"
    )
    driver.find(f"forgetClient_{number}").click()
    driver.wait(lambda: driver.text("undoWords") == "Forgot the client Nord Handel", "the offer to undo it")
    assert not agency.program.session.vault.clients.all()
    driver.click("undo")
    driver.wait(
        lambda: [one.pages for one in agency.program.session.vault.clients.all()] == [3], "the client and its Pages"
    )


def test_a_client_without_a_name_or_with_anothers_is_told(agency):
    from gui.errors import UserError
    from gui.services import tag
    from tests.support.people import JOB

    session, table = agency.program.session, agency.table
    with pytest.raises(UserError) as caught:
        tag.give(session, "   ", [table.pages.row(0).page.id], JOB)
    assert caught.value.kind == "client_without_name"
    first = tag.give(session, "Ärger", [table.pages.row(0).page.id], JOB).client
    second = tag.give(session, "Other", [table.pages.row(1).page.id], JOB).client
    agency.driver.click("nav_settings")
    agency.panel("settings").change_client(second, "arger", 1)
    agency.driver.notice("There is already a client named arger")
    assert first.color != second.color


# ---------------------------------------------------------------- check, forget
def test_checking_the_selected_says_how_they_are(agency):
    driver = agency.driver
    pages = agency.table.pages
    select(agency, *[at for at in range(60) if len(pages.row(at).sources) == 1][:4])
    driver.click("manyCheck")
    driver.notice("4 tokens checked: all work")
    agency.server.world.faults.on("role_lost")
    driver.click("manyCheck")
    notice = driver.notice("4 of 4 tokens need you")
    driver.wait(lambda: agency.table.pages.counts()[TokenState.NEEDS_YOU] == 4, "marked rows")
    driver.click(notice.main_button)
    driver.wait_title("Health")


def test_forgetting_pages_can_be_undone_and_is_final_then(agency):
    driver, table = agency.driver, agency.table
    rows = select(agency, 0, 1, 2)
    before = len(table.pages.rows)
    driver.click("manyForget")
    driver.wait(lambda: len(table.pages.rows) == before - 3, "three fewer")
    assert driver.text("undoWords") == "Forgot 3 Pages"
    driver.click("undo")
    driver.wait(lambda: len(table.pages.rows) == before, "all again")
    select(agency, 0, 1, 2)
    driver.click("manyForget")
    driver.wait(lambda: len(table.pages.rows) == before - 3, "three fewer")
    kept = "".join(agency.private_session.everything_kept(agency.program.session.vault.keychain.service))
    assert all(f'"{row.page.id}"' in kept for row in rows)
    driver.click("undoClose")
    vault = agency.program.session.vault
    driver.wait(
        lambda: (
            not vault.database.rows("SELECT 1 FROM source WHERE hidden!=0 UNION SELECT 1 FROM pack WHERE state!='live'")
        ),
        "the end of it",
    )
    kept = "".join(agency.private_session.everything_kept(vault.keychain.service))
    assert not any(f'"{row.page.id}"' in kept for row in rows)
    driver.click("nav_history")
    driver.click("history_gone")
    driver.wait(
        lambda: [one.what for one in agency.panel("history").table.items].count("forgotten") == 6, "what happened"
    )


def test_ten_seconds_later_it_is_final_by_itself(agency, monkeypatch):
    from gui.widgets import undo_bar

    monkeypatch.setattr(undo_bar, "STAYS", 2)
    select(agency, 0)
    page_id = agency.table.pages.row(0).page.id
    agency.driver.click("manyForget")
    agency.driver.wait(lambda: agency.driver.seen("undoWords"), "the offer")
    vault = agency.program.session.vault
    agency.driver.wait(
        lambda: not vault.database.rows("SELECT 1 FROM source WHERE page_id=?", page_id), "the row to be gone", 10
    )


# --------------------------------------------------------------------- columns
def test_columns_are_chosen_moved_and_sized_and_remembered(agency):
    driver, table = agency.driver, agency.table
    header = table.horizontalHeader()
    driver.click("pagesMore")
    driver.choose_in_menu("Category")
    driver.wait(lambda: not table.isColumnHidden(page_columns.CATEGORY), "the category")
    driver.click("pagesMore")
    driver.choose_in_menu("What you may do")
    driver.wait(lambda: table.isColumnHidden(page_columns.MAY), "one column fewer")
    header.moveSection(header.visualIndex(page_columns.STATE), 1)
    edge = header.sectionViewportPosition(page_columns.STATE) + header.sectionSize(page_columns.STATE) - 1
    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(edge, 20))
    QTest.mouseMove(header.viewport(), QPoint(edge + 30, 20))
    QTest.mouseRelease(
        header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(edge + 30, 20)
    )
    process_events(100)
    wide = table.columnWidth(page_columns.STATE)
    assert wide >= 155
    assert table.horizontalScrollBar().maximum() == 0
    process_events(200)
    agency.close()
    agency.open()
    agency.driver.wait(lambda: len(agency.table.pages.rows) == 243, "the Pages")
    table = agency.table
    assert not table.isColumnHidden(page_columns.CATEGORY)
    assert table.horizontalHeader().visualIndex(page_columns.STATE) == 1
    assert abs(table.columnWidth(page_columns.STATE) - wide) < 8


@pytest.mark.parametrize("pressed", ["manyForget", "manyClose", "undo"])
def test_the_focus_is_in_the_list_after_a_bar_goes_though_another_stays(agency, pressed):
    driver = agency.driver
    select(agency, 0, 1)
    driver.click("manyCopy")
    driver.wait(lambda: driver.seen("copyClear"), "the copy bar")
    agency.table.setFocus()
    if pressed == "undo":
        driver.click("manyForget")
        driver.wait(lambda: driver.seen("undo"), "the undo bar")
    driver.find(pressed).setFocus()
    QTest.keyClick(driver.find(pressed), Qt.Key.Key_Return)
    driver.wait(lambda: driver.seen(pressed) is None, "the bar is gone")
    process_events(100)
    assert agency.window.focusWidget() is agency.table
