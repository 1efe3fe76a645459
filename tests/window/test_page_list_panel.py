"""The panel of Pages by itself: whose they are, search, states, clients, businesses, columns, adding one."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from gui.services import formatting, tag
from gui.services.views import View
from gui.shell.commands import Command, Request
from gui.values import PageRow, TokenState
from gui.vault.health_records import CheckResult
from gui.widgets import page_columns
from tests.support.agency import NILS, NORD, connect
from tests.support.pages_panel import PagesAtHand, agency_pages
from tests.support.people import JOB, keep_login_with_pages
from tests.support.purposes import log_in_for

SHOP = {"Amira’s Bakery", "مخبز أميرة", "🌸 Blossom & Co"}


@pytest.fixture
def at_hand(session, practice, qtbot, qapp):
    made = PagesAtHand(session, practice, qtbot)
    yield made
    made.end()


@pytest.fixture
def shop(at_hand, session, practice):
    """Amira's three Pages on show."""
    keep_login_with_pages(session, practice, 0)
    at_hand.show(View.of_login(session.vault.logins()[0]))
    return at_hand


@pytest.fixture
def agency(at_hand, session, practice):
    """Amira's three Pages and thirty of Agency Nord on show, together."""
    keep_login_with_pages(session, practice, 0)
    keep_login_with_pages(session, practice, 1, pages=agency_pages())
    at_hand.show()
    return at_hand


def label(at_hand, name):
    return at_hand.panel.findChild(QLabel, name)


def chip(at_hand, name):
    return at_hand.panel.findChild(QPushButton, name)


# ------------------------------------------------------------------ whose they are
def test_one_persons_pages_are_shown_by_name_and_the_head_says_whose(shop):
    assert set(shop.shown) == SHOP
    words = label(shop, "panelSubtitle").text()
    assert words.startswith("3 Pages of Amira Haddad through Practice App")
    assert "login valid until" in words
    assert chip(shop, "chip_all").text() == "All 3"
    assert chip(shop, "chip_works").text() == "Works 3"


def test_everybodys_pages_are_shown_together_and_can_be_checked_at_once(agency, session):
    assert len(agency.shown) == sum(login.pages for login in session.vault.logins()) > 20
    assert "of 2 people through Practice App" in label(agency, "panelSubtitle").text()
    agency.driver.click("pagesCheckAll")
    assert agency.requests == [Request(Command.CHECK_ALL)]
    assert not chip(agency, "pagesRefresh").isVisible(), "there is no one whose list it would fetch"
    assert not agency.table.isColumnHidden(page_columns.PERSON), "it says through whom each is reached"


def test_people_of_two_apps_are_counted_by_app(shop, session, practice):
    connect(session, practice, NILS, 1)
    shop.show()
    assert "of 2 people through 2 apps" in label(shop, "panelSubtitle").text()
    second = session.vault.logins()[1]
    shop.show(View.of_app(second.app_id))
    assert "of Nils Nord through Nord Publisher" in label(shop, "panelSubtitle").text()
    assert len(shop.shown) == second.pages


def test_a_list_of_nobodys_pages_says_what_to_do(at_hand, session, practice):
    keep_login_with_pages(session, practice, 2)
    at_hand.show()
    assert at_hand.driver.text("emptyTitle") == "No Pages yet"
    assert "Add a Page by its address" in at_hand.driver.text("emptyWords")


def test_refreshing_and_renewing_ask_the_window(shop, session):
    shop.driver.click("pagesRefresh")
    shop.driver.click("pagesRenew")
    login = session.vault.logins()[0]
    assert shop.requests == [Request(Command.RELOAD_PAGES), Request(Command.LOG_IN, login_id=login.id)]


def test_renewing_with_several_people_asks_whose(agency, session):
    agency.driver.click("pagesRenew")
    lines = [action.text() for action in agency.menu("renewMenu").actions()]
    assert [line.partition(":")[0] for line in lines] == [
        "Amira Haddad, Practice App",
        "Agency Nord, Practice App",
    ]
    assert agency.requests == []
    agency.driver.choose_in_menu(lines[1])
    assert agency.requests == [Request(Command.LOG_IN, login_id=session.vault.logins()[1].id)]


def test_another_view_hides_what_was_shown_and_lets_go_of_the_selection(agency, session):
    agency.select(0, 1)
    agency.until(lambda: label(agency, "selectedWords").isVisible())
    agency.show(View.of_login(session.vault.logins()[0]))
    assert set(agency.shown) == SHOP
    assert agency.table.pages.selected == set()
    assert not label(agency, "selectedWords").isVisible()


def test_looking_again_takes_what_is_kept_now_and_keeps_the_chosen_row(shop, session, practice):
    chosen_id = shop.row(2).page.id
    shop.table.choose(chosen_id)
    keep_login_with_pages(session, practice, 1, pages=agency_pages(5))
    shop.panel.view = View()
    shop.panel.look_again(session.vault.logins())
    shop.until(lambda: len(shop.shown) > 3)
    chosen = shop.table.chosen()
    assert chosen is not None
    assert chosen.page.id == chosen_id


def test_a_narrow_panel_says_less_and_a_wide_one_all_again(agency):
    assert chip(agency, "pagesRefresh").text() == "Refresh the list"
    agency.panel.resize(800, 700)
    agency.until(lambda: chip(agency, "pagesRefresh").text() == "Refresh")
    assert chip(agency, "pagesAdd").text() == ""
    assert chip(agency, "pagesAdd").accessibleName() == "Add a Page"
    assert agency.panel.findChild(QLineEdit, "search").placeholderText() == "Search"
    agency.panel.resize(1200, 700)
    agency.until(lambda: chip(agency, "pagesAdd").text() == "Add a Page")
    assert chip(agency, "pagesRefresh").text() == "Refresh the list"


def test_a_login_that_ends_soon_says_by_when_to_renew(at_hand, session, practice):
    practice.world.faults.on("expiry_soon")
    keep_login_with_pages(session, practice, 0)
    at_hand.show()
    assert chip(at_hand, "chip_soon").text() == "Ends soon 3"
    said = at_hand.table.pages.index(0, page_columns.STATE).data()
    assert said == f"Renew by {formatting.short_day(session.vault.logins()[0].expires_at)}"


def test_columns_for_person_and_app_say_and_sort_through_whom_a_page_is_reached(shop, session, practice):
    connect(session, practice, NILS, 1)
    shop.show()
    pages = shop.table.pages
    for column, first, last in (
        (page_columns.PERSON, "Amira Haddad", "Nils Nord"),
        (page_columns.APP, "Nord Publisher", "Practice App"),
    ):
        pages.sort(column)
        assert (pages.index(0, column).data(), pages.index(len(shop.shown) - 1, column).data()) == (first, last)
        pages.sort(column, Qt.SortOrder.DescendingOrder)
        assert pages.index(0, column).data() == last


def test_the_tool_tip_of_a_page_says_where_its_row_came_from(agency):
    row = next(row for row in agency.table.pages.rows if "Nord Retail" in " ".join(row.page.origins))
    at = agency.table.pages.place_of(row.page.id)
    tip = agency.table.pages.index(at, page_columns.PAGE).data(Qt.ItemDataRole.ToolTipRole)
    assert f"Page ID {row.page.id}" in tip
    assert "Nord Retail" in tip


# --------------------------------------------------------------- search and narrow
def test_search_narrows_to_what_matches_and_the_empty_list_says_so(agency):
    agency.driver.type_into("search", "blossom")
    agency.until(lambda: "🌸 Blossom & Co" in agency.shown and len(agency.shown) < 10)
    assert all("lossom" in name for name in agency.shown)
    agency.driver.type_into("search", "no such Page anywhere")
    agency.until(lambda: agency.driver.seen("emptyTitle"))
    assert agency.driver.text("emptyTitle") == "No Page matches"
    agency.driver.type_into("search", "")
    agency.until(lambda: len(agency.shown) == len(agency.table.pages.rows))
    assert not agency.driver.seen("emptyTitle")


def test_ctrl_f_goes_to_the_search_field(agency, qtbot):
    agency.panel.activateWindow()
    agency.table.setFocus()
    QTest.keySequence(agency.panel, "Ctrl+F")
    agency.until(lambda: agency.panel.findChild(QLineEdit, "search").hasFocus())


def test_a_state_shows_only_the_pages_in_it(agency, practice):
    practice.world.faults.on("role_lost")
    agency.panel.page_actions.check(agency.row(4))
    agency.driver.notice("no longer have a role")
    agency.until(lambda: chip(agency, "chip_needs_you").text() == "Needs you 1")
    lost = agency.row(4).page.display_name
    agency.driver.click("chip_needs_you")
    assert agency.shown == [lost]
    agency.driver.click("chip_all")
    assert len(agency.shown) == len(agency.table.pages.rows)
    agency.panel.show_state(TokenState.NEEDS_YOU)
    assert agency.shown == [lost]
    assert chip(agency, "chip_needs_you").isChecked()


def test_a_client_is_chosen_from_its_menu_and_let_go_of_by_its_chip(agency, session):
    given = [agency.row(at).page for at in (1, 3)]
    tag.give(session, "Nord Retail", [page.id for page in given], JOB)
    agency.panel.look_again(session.vault.logins())
    agency.until(lambda: chip(agency, "chip_client").isVisible())
    assert chip(agency, "chip_client").text() == "Client  ▾"
    agency.driver.click("chip_client")
    agency.driver.choose_in_menu("Nord Retail   2")
    assert set(agency.shown) == {page.display_name for page in given}
    assert chip(agency, "chip_client").accessibleName() == "Client: Nord Retail, press to show all"
    agency.driver.click("chip_client")
    assert len(agency.shown) == len(agency.table.pages.rows)
    assert chip(agency, "chip_client").accessibleName() == "Choose a client"


def test_a_client_that_is_gone_is_not_what_the_list_is_narrowed_to(agency, session):
    change = tag.give(session, "Nord Retail", [agency.row(0).page.id], JOB)
    agency.panel.look_again(session.vault.logins())
    agency.until(lambda: chip(agency, "chip_client").isVisible())
    agency.panel.tools.narrow_to(change.client.id, "")
    assert len(agency.shown) == 1
    tag.undo(session, change, JOB)
    agency.panel.look_again(session.vault.logins())
    agency.until(lambda: len(agency.shown) == len(agency.table.pages.rows))
    assert not chip(agency, "chip_client").isVisible()


def test_a_business_shows_the_pages_reached_through_it(agency):
    expected = {row.page.display_name for row in agency.table.pages.rows if "Nord Retail" in " ".join(row.page.origins)}
    assert expected
    agency.driver.click("chip_business")
    agency.driver.choose_in_menu("Nord Retail")
    assert set(agency.shown) == expected
    assert "press to show all" in chip(agency, "chip_business").toolTip()
    agency.driver.click("chip_business")
    assert len(agency.shown) == len(agency.table.pages.rows)


def test_in_a_narrow_panel_the_choices_stand_in_the_menu_of_more(agency, session):
    tag.give(session, "Nord Retail", [agency.row(0).page.id], JOB)
    agency.panel.resize(800, 700)
    agency.panel.look_again(session.vault.logins())
    agency.until(lambda: any(row.clients for row in agency.table.pages.rows))
    assert not chip(agency, "chip_client").isVisible()
    agency.driver.click("pagesMore")
    menu = agency.menu("moreMenu")
    clients, businesses = (
        next(action.menu() for action in menu.actions() if action.text() == words)
        for words in ("Show a client", "Show a business")
    )
    assert "Nord Retail" in [action.text() for action in businesses.actions()]
    clients.actions()[0].trigger()
    menu.close()
    assert len(agency.shown) == 1
    assert chip(agency, "chip_client").isVisible(), "what the list is narrowed to is always in sight"
    assert chip(agency, "chip_all").text() == "All", "the numbers make room"


# ------------------------------------------------------------------- menu of more
def test_the_menu_of_more_imports_exports_and_selects(agency):
    exported: list = []
    agency.panel.export_wanted.connect(exported.append)
    agency.driver.type_into("search", "blossom")
    agency.until(lambda: len(agency.shown) < 10)
    agency.driver.click("pagesMore")
    agency.driver.choose_in_menu("Import tokens …")
    assert agency.requests == [Request(Command.SHOW_IMPORT)]
    agency.driver.click("pagesMore")
    agency.driver.choose_in_menu("Export all that is shown …")
    assert [row.page.display_name for row in exported[0]] == agency.shown
    agency.driver.click("pagesMore")
    agency.driver.choose_in_menu("Select all that is shown")
    assert label(agency, "selectedWords").text() == f"{len(agency.shown)} selected"


def test_columns_can_be_hidden_and_come_back_and_are_kept(agency, session):
    table = agency.table
    for column, words in ((page_columns.MAY, "What you may do"), (page_columns.CATEGORY, "Category")):
        was_hidden = table.isColumnHidden(column)
        agency.driver.click("pagesMore")
        agency.driver.choose_in_menu(words)
        assert table.isColumnHidden(column) is not was_hidden
    agency.until(lambda: "category" in (session.vault.settings.read().columns.chosen or ()))
    agency.driver.click("pagesMore")
    agency.driver.choose_in_menu("Reset the table")
    assert not table.isColumnHidden(page_columns.MAY)
    assert table.isColumnHidden(page_columns.CATEGORY)
    agency.until(lambda: session.vault.settings.read().columns.chosen is None)


def test_rows_can_be_low_or_high(shop):
    high = shop.table.rowHeight(0)
    shop.driver.click("pagesMore")
    shop.driver.choose_in_menu("Compact rows")
    assert shop.table.rowHeight(0) < high
    shop.driver.click("pagesMore")
    shop.driver.choose_in_menu("Tall rows")
    assert shop.table.rowHeight(0) == high


def test_a_right_click_on_the_head_of_the_table_offers_its_columns_only(shop):
    header = shop.table.horizontalHeader()
    header.customContextMenuRequested.emit(QPoint(30, 10))
    lines = [action.text() for action in shop.menu("moreMenu").actions()]
    assert "Category" in lines
    assert "Import tokens …" not in lines


def test_a_layout_that_was_just_changed_is_kept_though_the_panel_is_left(shop, session):
    shop.driver.click("pagesMore")
    shop.driver.choose_in_menu("Compact rows")
    shop.panel.hide()
    shop.until(lambda: session.vault.settings.read().columns.rows == "compact")


# --------------------------------------------------------------------- add a Page
def test_a_page_is_added_by_its_id(at_hand, session, practice):
    practice.world.faults.on("first_not_listed")
    keep_login_with_pages(session, practice, 0)
    practice.world.faults.off()
    at_hand.show()
    missing = next(page for page in map(practice.world.page, range(3)) if page.name not in at_hand.shown)
    at_hand.driver.click("pagesAdd")
    at_hand.until(lambda: at_hand.panel.findChild(QLineEdit, "addField").isVisible())
    with at_hand.qtbot.waitSignal(at_hand.panel.listed):
        at_hand.driver.type_into("addField", missing.id)
        QTest.keyClick(at_hand.panel.findChild(QLineEdit, "addField"), Qt.Key.Key_Return)
    assert set(at_hand.shown) == SHOP
    chosen = at_hand.table.chosen()
    assert chosen is not None
    assert chosen.page.id == missing.id
    assert not at_hand.panel.findChild(QLineEdit, "addField").isVisible(), "the bar goes when it is done"
    assert {row.page.id for row in session.vault.page_rows(session.vault.logins()[0])} == {
        practice.world.page(index).id for index in range(3)
    }


def test_what_is_no_page_is_told_and_nothing_is_added(shop):
    shop.panel.act(Request(Command.ADD_PAGE))
    shop.driver.type_into("addField", "https://example.com/somewhere")
    shop.driver.click("addGo")
    shop.until(lambda: shop.panel.notices.notices())
    assert shop.panel.notices.notices()[0].text.kind.startswith("page_address")
    assert set(shop.shown) == SHOP
    assert chip(shop, "addGo").isEnabled(), "it can be tried again"
    shop.driver.click("addClose")
    assert not shop.panel.findChild(QLineEdit, "addField").isVisible()


# ------------------------------------------------------------------ pictures, looks
def colors_of(image: QImage):
    return {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}


def test_pictures_of_pages_in_sight_are_fetched_and_painted(shop, practice):
    first = shop.row(0)
    cell = shop.table.visualRect(shop.table.pages.index(0, page_columns.PAGE))
    before = colors_of(shop.table.viewport().grab(cell).toImage())
    shop.until(lambda: colors_of(shop.table.viewport().grab(cell).toImage()) - before)
    assert first.page.picture_url.startswith(practice.url)


def test_another_scheme_is_taken_by_the_list(shop, qapp):
    from gui import theme

    before = theme.colors().canvas
    ground = shop.table.viewport().grab().toImage().pixelColor(500, shop.table.viewport().height() - 8).lightness()
    theme.apply(qapp, "dark")
    try:
        shop.panel.refresh()
        darker = shop.table.viewport().grab().toImage().pixelColor(500, shop.table.viewport().height() - 8).lightness()
        assert darker < 80 < ground
    finally:
        theme.apply(qapp, "light")
    assert theme.colors().canvas == before


# ------------------------------------------------------ a Page that several logins reach
@pytest.fixture
def shared(at_hand, session, practice):
    """Two logins, each for another purpose, on show; and the ID of a Page that both reach."""
    logins = [
        log_in_for(session, practice, ("page_insights",), NORD),
        log_in_for(session, practice, ("publish_posts",), NILS),
    ]
    at_hand.show()
    return at_hand, logins, next(row.page.id for row in at_hand.table.pages.rows if row.others)


def shown_row(at_hand, page_id):
    pages = at_hand.table.pages
    return pages.row(pages.place_of(page_id))


def test_what_is_exported_is_what_is_shown(shared):
    at_hand, logins, page_id = shared
    at_hand.panel.show_ready("publish_posts")
    exported: list[list[PageRow]] = []
    at_hand.panel.export_wanted.connect(exported.append)
    at_hand.panel._export_shown()
    assert {row.page.id: row.login_id for row in exported[0]}[page_id] == logins[1].id


def test_the_state_and_the_order_are_those_of_the_token_that_is_shown(shared, session):
    at_hand, logins, page_id = shared
    soon = CheckResult(TokenState.WORKS, "", session.now() + 5 * 86_400, None, logins[1].scopes)
    session.vault.health_records.record_pages(logins[1], {page_id: soon}, session.now())
    at_hand.show()
    at_hand.panel.show_ready("publish_posts")
    assert shown_row(at_hand, page_id).state is TokenState.ENDS_SOON
    at_hand.panel.show_state(TokenState.ENDS_SOON)
    assert at_hand.table.pages.place_of(page_id) >= 0
    at_hand.panel.show_state(TokenState.WORKS)
    assert at_hand.table.pages.place_of(page_id) == -1


def test_after_a_test_the_page_is_shown_by_the_login_that_works(shared, session, practice):
    at_hand, logins, page_id = shared
    row = shown_row(at_hand, page_id)
    assert row.login_id == logins[0].id
    for grant in practice.world.grants.values():
        if grant.person == NORD:
            grant.revoked = True
    at_hand.panel.page_actions.check(row)
    at_hand.until(lambda: shown_row(at_hand, page_id).login_id == logins[1].id)
    assert shown_row(at_hand, page_id).state is TokenState.WORKS


def test_a_check_of_selected_pages_speaks_of_their_own_tokens(shared, session):
    at_hand, logins, page_id = shared
    lost = {page_id: CheckResult(TokenState.NEEDS_YOU, "role_lost")}
    session.vault.health_records.record_pages(logins[1], lost, session.now())
    at_hand.show()
    at_hand.table.pages.select([page_id], True)
    at_hand.panel.many_actions.check()
    at_hand.until(lambda: at_hand.panel.notices.notices())
    assert [one.text.kind for one in at_hand.panel.notices.notices()] == ["selected_work"]
