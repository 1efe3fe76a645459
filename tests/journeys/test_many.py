"""Many Pages at once, in the real window: select, copy, give to clients, check, forget and undo."""

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from gui.tour.hands import rest
from gui.widgets import page_columns
from tests.journeys.selecting import choose, select
from tests.support.agency import NILS, NORD, right_token


# ----------------------------------------------------------------- who and what
def test_one_page_reached_through_several_people_is_one_row(agency):
    hands, table = agency.hands, agency.table
    shared = [row for row in table.pages.rows if len(row.sources) == 2]
    assert len(shared) == 49, "those that both list, by their own role or through a business"
    assert len({row.page.id for row in table.pages.rows}) == 243
    assert table.pages.words.person(shared[0]) == "Agency Nord, Nils Nord"
    assert "243 Pages of 3 people through 2 apps" in hands.text("panelSubtitle")
    hands.click("app_180000000000002")
    hands.wait(lambda: len(table.pages.rows) == 240, "the Pages of the second app")
    assert "2 people through Nord Publisher" in hands.text("panelSubtitle")
    hands.click("person_3")
    hands.wait(lambda: len(table.pages.rows) == 49, "the Pages of Nils")
    assert "of Nils Nord through Nord Publisher" in hands.text("panelSubtitle")
    hands.click("nav_pages")
    hands.wait(lambda: len(table.pages.rows) == 243, "all together")


def test_a_shared_page_works_while_one_of_its_logins_does(agency):
    world = agency.server.world
    nils = next(number for number, grant in world.grants.items() if grant.person == NILS)
    world.grants[nils].revoked = True
    hands = agency.hands
    hands.click("pagesCheckAll")
    hands.wait_title("Health")
    hands.wait(lambda: "just now" in hands.text("panelSubtitle"), "the check", 60)
    assert hands.text("count_needs_youNumber") == "0", "Agency Nord reaches them all"
    hands.notice("Nils Nord")
    hands.click("nav_pages")
    hands.wait(lambda: agency.table.pages.counts()["works"] == 243, "rows by their best source")
    shared = next(row for row in agency.table.pages.rows if len(row.sources) == 2)
    agency.table.choose(shared.page.id)
    hands.key(agency.table, "Ctrl+C")
    hands.wait(lambda: right_token(agency.server, shared.page.id, hands.clipboard()), "its token")
    assert world.mint.read(hands.clipboard()).person == NORD


def test_people_and_apps_get_names_of_ones_own(agency):
    hands = agency.hands
    for wish, name in (("rename_person:1", "Amira, private"), ("rename_app:180000000000002", "The publisher")):
        agency.window._wanted(wish)
        hands.type_into("askField", name)
        hands.click("askGo")
        hands.wait(lambda name=name: name in {one.user_name for one in agency.window.people} | {one.name for one in agency.window.apps}, name)
    assert {one.app_name for one in agency.window.people} == {"Practice App", "The publisher"}
    agency.close()
    agency.open()
    assert "Amira, private" in {one.user_name for one in agency.window.people}
    agency.window._wanted("rename_person:1")
    agency.hands.type_into("askField", "")
    agency.hands.click("askGo")
    agency.hands.wait(lambda: "Amira Haddad" in {one.user_name for one in agency.window.people}, "Facebook's name again")


def test_another_connection_asks_through_which_app(agency):
    agency.hands.click("nav_add")
    agency.hands.choose_in_menu("Log in through Nord Publisher")
    agency.hands.wait_title("Log in to Facebook")
    agency.hands.log_in(agency.login, 0)
    agency.hands.click_page(agency.login, "#allow")
    agency.hands.wait_title("Extend your login")
    agency.hands.click("extendGo")
    agency.hands.wait(lambda: len(agency.window.people) == 4 and len(agency.table.pages.rows) == 3, "Amira through the second app")
    agency.hands.click("nav_pages")
    agency.hands.wait(lambda: len(agency.table.pages.rows) == 243, "still one row a Page")


# ------------------------------------------------------------------- selecting
def test_selecting_with_mouse_and_keyboard_is_kept_through_filter_and_sort(agency):
    hands, table = agency.hands, agency.table
    first = select(agency, 0, 2)
    assert hands.text("selectedWords") == "2 selected"
    hands.type_into("search", "muller")
    hands.wait(lambda: len(table.pages.visible) < 20, "the Müllers")
    more = select(agency, 0)
    assert hands.text("selectedWords") == "3 selected"
    hands.click("pageTable", table.viewport().rect().center())
    hands.type_into("search", "")
    hands.wait(lambda: len(table.pages.visible) == 243, "all")
    table._sort_by(page_columns.STATE)
    assert table.pages.ticked == {row.page.id for row in (*first, *more)}
    hands.click("manyClose")
    assert not hands.seen("selectedWords")
    table.setFocus()
    table.setCurrentIndex(table.pages.index(4, 0))
    QTest.keyClick(table, Qt.Key.Key_Space)
    for _ in range(3):
        QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.pages.ticked == {table.pages.row(at).page.id for at in range(4, 8)}
    select(agency, 12, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert len(table.pages.ticked) == 9
    QTest.keySequence(table, "Ctrl+A")
    assert hands.text("selectedWords") == "243 selected"
    QTest.keyClick(table, Qt.Key.Key_Escape)
    assert not table.pages.ticked


def test_copying_many_as_lines_a_table_and_json(agency):
    hands = agency.hands
    rows = sorted(select(agency, 0, 1, 5), key=lambda row: row.folded)
    hands.click("manyCopy")
    hands.wait(lambda: hands.clipboard().count("_TOKEN=EAA") == 3, "three lines")
    for row, line in zip(rows, hands.clipboard().splitlines(), strict=True):
        assert right_token(agency.server, row.page.id, line.partition("=")[2])
    hands.click("manyWays")
    choose(agency, "Copy as a table")
    hands.wait(lambda: hands.clipboard().startswith("Page\tPage ID\tPage token\n"), "a table")
    assert [line.split("\t")[1] for line in hands.clipboard().splitlines()[1:]] == [row.page.id for row in rows]
    hands.click("manyWays")
    choose(agency, "Copy as JSON")
    hands.wait(lambda: hands.clipboard().startswith("["), "JSON")
    found = json.loads(hands.clipboard())
    assert [one["id"] for one in found] == [row.page.id for row in rows]
    assert all(right_token(agency.server, one["id"], one["access_token"]) for one in found)
    assert "leaves the clipboard" in hands.text("copyLeft")


def test_nothing_to_copy_is_said(agency):
    from dataclasses import replace

    table = agency.table
    row = table.pages.row(0)
    table.pages.merge((replace(row, last_four="", state="needs_you", why="page_without_token"),))
    select(agency, 0)
    agency.hands.click("manyCopy")
    agency.hands.notice("None of the selected Pages has a token")


# --------------------------------------------------------------------- clients
def test_clients_are_given_to_many_filtered_renamed_and_undone(agency):
    hands, table = agency.hands, agency.table
    rows = select(agency, 0, 1, 2)
    hands.click("manyClient")
    QTest.keyClicks(hands.find("clientField"), "Nord Retail")
    QTest.keyClick(hands.find("clientField"), Qt.Key.Key_Return)
    hands.wait(lambda: sum(bool(row.clients) for row in table.pages.rows) == 3, "three tagged Pages")
    assert hands.text("undoWords") == "Gave 3 Pages to Nord Retail"
    hands.click("undo")
    hands.wait(lambda: not any(row.clients for row in table.pages.rows), "none")
    hands.click("manyClient")
    QTest.keyClicks(hands.find("clientField"), "  nørd retail ")
    QTest.keyClick(hands.find("clientField"), Qt.Key.Key_Return)
    hands.wait(lambda: sum(bool(row.clients) for row in table.pages.rows) == 3, "three again")
    hands.click("manyClose")
    hands.wait(lambda: hands.seen("chip_client"), "the choice of clients")
    hands.click("chip_client")
    hands.choose_in_menu("nørd retail   3")
    hands.wait(lambda: len(table.pages.visible) == 3, "the client's Pages")
    assert {table.pages.row(at).page.id for at in range(3)} == {row.page.id for row in rows}
    hands.type_into("search", "nord retail")
    hands.wait(lambda: len(table.pages.visible) == 3, "found by the client's name")
    hands.type_into("search", "")
    hands.click("chip_client")
    hands.wait(lambda: len(table.pages.visible) == 243, "all")
    hands.click("nav_settings")
    number = rows and agency.program.desk.vault.clients.all()[0].id
    hands.find(f"renameClient_{number}").click()
    hands.type_into("askField", "Nord Handel")
    hands.click("askGo")
    hands.wait(lambda: [one.name for one in agency.program.desk.vault.clients.all()] == ["Nord Handel"], "the new name")
    hands.find(f"forgetClient_{number}").click()
    hands.wait(lambda: hands.text("undoWords") == "Forgot the client Nord Handel", "the offer to undo it")
    assert not agency.program.desk.vault.clients.all()
    hands.click("undo")
    hands.wait(lambda: [one.pages for one in agency.program.desk.vault.clients.all()] == [3], "the client and its Pages")


def test_a_client_without_a_name_or_with_anothers_is_told(agency):
    from gui.desk import tag
    from gui.errors import UserError
    from tests.support.people import JOB

    desk, table = agency.program.desk, agency.table
    with pytest.raises(UserError) as caught:
        tag.give(desk, "   ", [table.pages.row(0).page.id], JOB)
    assert caught.value.kind == "client_without_name"
    first = tag.give(desk, "Ärger", [table.pages.row(0).page.id], JOB).client
    second = tag.give(desk, "Other", [table.pages.row(1).page.id], JOB).client
    agency.hands.click("nav_settings")
    agency.window.panel("settings")._change_client(second, "arger", 1)
    agency.hands.notice("There is a client arger already")
    assert first.color != second.color


# ---------------------------------------------------------------- check, forget
def test_checking_the_selected_says_how_they_are(agency):
    hands = agency.hands
    pages = agency.table.pages
    select(agency, *[at for at in range(60) if len(pages.row(at).sources) == 1][:4])
    hands.click("manyCheck")
    hands.notice("4 tokens checked: all work")
    agency.server.world.troubles.on("role_lost")
    hands.click("manyCheck")
    notice = hands.notice("4 of 4 tokens need you")
    hands.wait(lambda: agency.table.pages.counts()["needs_you"] == 4, "marked rows")
    hands.click(notice.main_button)
    hands.wait_title("Health")


def test_forgetting_pages_can_be_undone_and_is_final_then(agency):
    hands, table = agency.hands, agency.table
    rows = select(agency, 0, 1, 2)
    before = len(table.pages.rows)
    hands.click("manyForget")
    hands.wait(lambda: len(table.pages.rows) == before - 3, "three fewer")
    assert hands.text("undoWords") == "Forgot 3 Pages"
    hands.click("undo")
    hands.wait(lambda: len(table.pages.rows) == before, "all again")
    select(agency, 0, 1, 2)
    hands.click("manyForget")
    hands.wait(lambda: len(table.pages.rows) == before - 3, "three fewer")
    kept = "".join(agency.session.everything_kept(agency.program.desk.vault.keychain.service))
    assert all(f'"{row.page.id}"' in kept for row in rows)
    hands.click("undoClose")
    vault = agency.program.desk.vault
    hands.wait(lambda: not vault.ledger.rows("SELECT 1 FROM source WHERE hidden!=0 UNION SELECT 1 FROM pack WHERE state!='live'"), "the end of it")
    kept = "".join(agency.session.everything_kept(vault.keychain.service))
    assert not any(f'"{row.page.id}"' in kept for row in rows)
    hands.click("nav_history")
    hands.click("history_gone")
    hands.wait(lambda: [one.what for one in agency.window.panel("history").table.items].count("forgotten") == 6, "what happened")


def test_ten_seconds_later_it_is_final_by_itself(agency, monkeypatch):
    from gui.widgets import undo_bar

    monkeypatch.setattr(undo_bar, "STAYS", 2)
    select(agency, 0)
    page_id = agency.table.pages.row(0).page.id
    agency.hands.click("manyForget")
    agency.hands.wait(lambda: agency.hands.seen("undoWords"), "the offer")
    vault = agency.program.desk.vault
    agency.hands.wait(lambda: not vault.ledger.rows("SELECT 1 FROM source WHERE page_id=?", page_id), "the row to be gone", 10)


# --------------------------------------------------------------------- columns
def test_columns_are_chosen_moved_and_sized_and_remembered(agency):
    hands, table = agency.hands, agency.table
    header = table.horizontalHeader()
    hands.click("pagesMore")
    hands.choose_in_menu("Category")
    hands.wait(lambda: not table.isColumnHidden(page_columns.CATEGORY), "the category")
    hands.click("pagesMore")
    hands.choose_in_menu("What you may do")
    hands.wait(lambda: table.isColumnHidden(page_columns.MAY), "one column fewer")
    header.moveSection(header.visualIndex(page_columns.STATE), 1)
    edge = header.sectionViewportPosition(page_columns.STATE) + header.sectionSize(page_columns.STATE) - 1
    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(edge, 20))
    QTest.mouseMove(header.viewport(), QPoint(edge + 30, 20))
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(edge + 30, 20))
    rest(100)
    wide = table.columnWidth(page_columns.STATE)
    assert wide >= 155
    assert table.horizontalScrollBar().maximum() == 0
    rest(200)
    agency.close()
    agency.open()
    agency.hands.wait(lambda: len(agency.table.pages.rows) == 243, "the Pages")
    table = agency.table
    assert not table.isColumnHidden(page_columns.CATEGORY)
    assert table.horizontalHeader().visualIndex(page_columns.STATE) == 1
    assert abs(table.columnWidth(page_columns.STATE) - wide) < 8
