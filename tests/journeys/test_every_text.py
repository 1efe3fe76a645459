"""Every text on show was looked up where a translation is found, or is a name, an ID or an address."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from gui.shell.commands import Command
from gui.tour.ui_driver import process_events
from tests.support.texts import unreached
from tests.support.views import VIEWS

#: What is the same in every language: brands, formats, keys.
BRANDS = {
    "Page Keys", "JSON", "Qt", "Python", "MIT", "Gnome Keyring", "GNOME Keyring", "offscreen", "Inter", "EAA", "Ctrl+Z",
    "PIN", "Instagram", "Facebook",
}  # fmt: skip


def texts_of(widget: QWidget) -> list[str]:
    found = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
    if isinstance(widget, QLabel | QAbstractButton):
        found.append(widget.text())
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        found.append(widget.placeholderText())
    if isinstance(widget, QComboBox):
        found += [widget.itemText(place) for place in range(widget.count())]
    if isinstance(widget, QAbstractItemView) and widget.objectName() != "helpTopics" and widget.model() is not None:
        found += cells_of(widget)
    return found


def cells_of(view: QAbstractItemView) -> list[str]:
    model = view.model()
    headings = [
        model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        for column in range(model.columnCount())
    ]
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
    cells = [
        model.data(model.index(row, column), role)
        for row in range(min(4, model.rowCount()))
        for column in range(model.columnCount())
        for role in roles
    ]
    return [str(one) for one in (*headings, *cells) if one]


def data_of(agency) -> set[str]:
    """The names and IDs of what is kept, and what stands for itself."""
    rows = agency.table.pages.rows if agency.program.shell.stack.current is not None else []
    data = {*BRANDS, str(agency.accounts.session.folder)}
    for row in rows:
        page = row.page
        data |= {page.name, page.display_name, page.id, page.category, page.instagram_name, f"@{page.instagram_name}"}
        data |= {client.name for client in row.clients}
        data |= {origin.partition(":")[2] for origin in page.origins}
    for login in agency.accounts.logins:
        data |= set(login.scopes)
        data |= {login.user_name, login.display_name, login.label, login.display_name[:1]}
    for app in agency.accounts.apps:
        data |= {app.name, app.display_name, app.version}
    return data


def unreached_in(widgets: list[QWidget], data: set[str]) -> set[str]:
    return {
        left
        for widget in widgets
        for text in texts_of(widget)
        # A version, a path, an address; a masked token with its last characters.
        if (left := unreached(text, data)) and not re.fullmatch(r"[\w./:~-]*[\d/][\w./:~-]*|(•+ \w{4} ?)+", left)
    }


@pytest.mark.parametrize("command", VIEWS)
def test_every_text_of_a_view_was_looked_up(agency, command):
    data = data_of(agency)
    agency.ask(command)
    process_events(500)
    agency.program.shell.stack.current.say("no_network", again=lambda: None)
    process_events(60)
    assert unreached_in([agency.window, *agency.window.findChildren(QWidget)], data) == set()


def test_every_text_of_disconnect_and_export_was_looked_up(agency):
    data = data_of(agency)
    for ask in (
        lambda: agency.ask(Command.DISCONNECT, login_id=agency.accounts.logins[0].id),
        lambda: agency.panel("pages").export_wanted.emit(agency.table.pages.rows[:3]),
    ):
        ask()
        process_events(600)
        panel = agency.program.shell.stack.current
        assert unreached_in([panel, *panel.findChildren(QWidget)], data) == set()


def test_every_text_of_a_menu_was_looked_up(agency):
    data = data_of(agency)
    driver = agency.driver
    driver.click("pagesMore")
    process_events(100)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [one.text() for one in (*menu.findChildren(QAction), *menu.actions())]
    menu.close()
    row = agency.table.pages.row(0)
    agency.panel("pages").page_actions.menu(row, agency.window.mapToGlobal(agency.window.rect().center()))
    process_events(100)
    page_menu = QApplication.activePopupWidget()
    assert isinstance(page_menu, QMenu)
    words += [one.text() for one in page_menu.actions()]
    page_menu.close()
    assert {left for one in words if (left := unreached(one.partition("\t")[0], data))} == set()


def test_every_text_on_the_way_to_the_pages_was_looked_up(journey):
    driver = journey.open()
    for _step in range(2):
        panel = journey.program.shell.stack.current
        assert unreached_in([panel, *panel.findChildren(QWidget)], BRANDS) == set()
        driver.click("welcomeConnect") if _step == 0 else None
    journey.close()
    journey.set_up()
    driver = journey.driver
    driver.page_element(journey.login, "#password")
    for show in (journey.login.use_browser, journey.login.use_paste, journey.login.again):
        show()
        process_events(100)
        widgets = [one for one in journey.login.findChildren(QWidget) if "WebEngine" not in type(one).__name__]
        assert unreached_in(widgets, {*BRANDS, "127.0.0.1"}) == set()
    journey.log_in()
    driver.wait(lambda: driver.find("extendGo").isEnabled(), "extending")
    panel = journey.panel("extend")
    data = {*BRANDS, *(login.display_name for login in journey.program.shell.accounts.logins), "Practice App"}
    assert unreached_in(panel.findChildren(QWidget), data) == set()
