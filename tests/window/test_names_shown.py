"""Pages of one name are told apart, and odd names harm nothing: in the table, menus, tips, bars, history, exports."""

import csv
import io
import json
from dataclasses import replace

import pytest
from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from gui.services.clipboard_text import copy_many
from gui.services.export import ExportOptions, export
from gui.services.history import export_history
from gui.services.states import page_rows_now
from gui.shell.commands import Command, Request
from gui.text import clean_name, fold_fields, isolated
from gui.values import NO_END, Action, Client, CopyFormat, Message, Page, PageRow, TokenState, Tone
from gui.widgets import page_columns
from gui.widgets.client_menu import ClientMenu
from gui.widgets.copy_bar import CopyBar
from gui.widgets.notice import NoticeArea
from gui.widgets.page_model import Words
from gui.widgets.page_table import PageTable
from gui.widgets.page_tools import PageTools
from gui.widgets.person_button import PersonButton
from gui.widgets.text_table import Column, TextTable
from tests.support.pages_panel import PagesAtHand, agency_pages
from tests.support.people import JOB, keep_login_with_pages

#: name -> what is shown of it (empty: the Page's ID)
ODD = {
    "   ": "", "\u3164\u2800": "", "Line one\nLine two": "Line one Line two", "\u202eedisni": "edisni",
    "Tom & Jerry && Co": "Tom & Jerry && Co", "<img src='x'>": "<img src='x'>", "Half \ud83c": None, "\u2067bdi": "bdi",
    "a\u2028b\u2029c": "a b c", "<b>bold</b> & more": "<b>bold</b> & more", "tab\tbed": "tab bed",
    "\x00\x1b[31m": "[31m",
}  # fmt: skip
THIRTY = [
    Page(str(104_500_000_000_000 + 7919 * number), "Burger House", "Fast food restaurant", ("MANAGE",))
    for number in range(30)
]


@pytest.fixture
def at_hand(session, practice, qtbot, qapp):
    made = PagesAtHand(session, practice, qtbot)
    yield made
    made.end()


def named(practice, monkeypatch, name_of):
    """The practice Facebook's Pages under other names, by their index."""
    page = practice.world.page
    monkeypatch.setattr(practice.world, "page", lambda index: replace(page(index), **name_of(index)))


def page_row(page):
    return PageRow(page, "x7Qd", NO_END, TokenState.WORKS, "", fold_fields(page.name, page.id, page.category))


def table_of(qtbot, pages, width=1000):
    table = PageTable(Words())
    qtbot.addWidget(table)
    table.resize(width, 700)
    table.pages.set_rows([page_row(page) for page in pages])
    table.show()
    qtbot.waitExposed(table)
    return table


def cell_pictures(table, column=page_columns.PAGE):
    """What is painted in each cell of a column, as its pixels."""
    image = table.viewport().grab().toImage()
    found = []
    for at in range(table.pages.rowCount()):
        place = table.visualRect(table.pages.index(at, column))
        if table.viewport().rect().contains(place):
            found.append(image.copy(place))
    return found


# ---------------------------------------------------------------- Pages of one name
@pytest.mark.parametrize("width", [1180, 1000, 800, 660])
def test_thirty_pages_of_one_name_look_different_in_the_table(qtbot, qapp, width):
    table = table_of(qtbot, THIRTY, width)
    pictures = cell_pictures(table)
    assert len(pictures) >= 8
    assert len({bytes(picture.constBits()) for picture in pictures}) == len(pictures)


def test_pages_whose_ids_differ_in_the_last_digits_alone_look_different(qtbot, qapp):
    pages = [replace(THIRTY[0], id=f"10450000000{number:04}") for number in range(9)]
    for width in (1180, 660):
        table = table_of(qtbot, pages, width)
        pictures = cell_pictures(table)
        assert len({bytes(picture.constBits()) for picture in pictures}) == len(pictures) >= 8


@pytest.mark.parametrize("category", ["مطعم للوجبات السريعة", "Fast food restaurant", "", "東京レストラン", "x" * 60])
@pytest.mark.parametrize("width", [1180, 660])
def test_the_id_is_painted_as_it_is_whatever_stands_beside_it(qtbot, qapp, monkeypatch, category, width):
    """Each part of the second line is a text of its own, so that none turns another round; the end of the ID stays."""
    from gui.widgets.page_delegate import PageDelegate

    said = []
    paint = PageDelegate._text

    def spy(self, painter, rect, text, font, color):
        said.append(self._fit(text, font, max(0, rect.width()))[0])
        return paint(self, painter, rect, text, font, color)

    monkeypatch.setattr(PageDelegate, "_text", spy)
    page = replace(THIRTY[3], category=category)
    table = table_of(qtbot, [page], width)
    table.viewport().grab()
    ids = [text for text in said if text.startswith(page.id[:4])]
    assert ids
    assert all(text in {page.id, f"{page.id[:4]}…{page.id[-4:]}"} for text in ids)


def test_the_copy_bar_says_which_of_several_pages_of_one_name(at_hand, session, practice, monkeypatch):
    named(practice, monkeypatch, lambda index: {"name": "Burger House", "category": "Fast food restaurant"})
    keep_login_with_pages(session, practice, 1, pages=agency_pages(30))
    at_hand.show()
    assert set(at_hand.shown) == {"Burger House"}
    for at in (0, 5):
        row = at_hand.row(at)
        at_hand.click_copy(at)
        at_hand.until(lambda at=at: len(at_hand.copied) == (1 if at == 0 else 2))
        assert at_hand.copied[-1] == f"the token of Burger House, ID {row.page.id}"
    at_hand.choose_for(2, "Copy the Page ID")
    assert at_hand.copied[-1] == f"the Page ID of Burger House, ID {at_hand.row(2).page.id}"
    at_hand.choose_for(3, "Test it")
    assert at_hand.row(3).page.id in at_hand.driver.notice("works").text.title


def test_the_copy_bar_shows_the_whole_id(qtbot, qapp):
    bar = CopyBar()
    qtbot.addWidget(bar)
    bar.resize(1000, 44)
    bar.begin(f"the token of {'Burger House at the Harbor of Hamburg'[:40]}, ID 104512345678902")
    bar.count(30)
    bar.show()
    qtbot.waitExposed(bar)
    words = bar.findChild(QLabel, "copyWords")
    assert words is not None
    assert words.text().endswith("ID 104512345678902")


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        ("Burger House", True), ("burger house", True), ("Bürger House", True), ("Burger\u200d House", True),
        ("Burger Haus", False), ("Burger House 2", False),
    ],
)  # fmt: skip
def test_pages_that_look_alike_are_namesakes(qtbot, qapp, other, alike):
    first, second = page_row(THIRTY[0]), page_row(replace(THIRTY[1], name=other))
    table = table_of(qtbot, [])
    table.pages.set_rows([first, second])
    assert table.pages.has_namesake(first) is table.pages.has_namesake(second) is alike
    table.pages.set_rows([first])
    assert not table.pages.has_namesake(first)


# -------------------------------------------------------------------------- odd names
def shown_of(name):
    expected = ODD[name]
    return clean_name(name) if expected is None else expected


def test_odd_names_are_shown_kept_and_exported_safely(at_hand, session, practice, monkeypatch, tmp_path):
    names = list(ODD)
    named(practice, monkeypatch, lambda index: {"name": names[index - 3]} if 3 <= index < 3 + len(names) else {})
    login, stored_login = at_hand.log_in(1, pages=range(3, 3 + len(names)))
    at_hand.load(login, stored_login)
    ids = {practice.world.page(3 + at).id: name for at, name in enumerate(names)}
    rows = {row.page.id: row for row in at_hand.table.pages.rows}
    assert set(rows) == set(ids)
    for page_id, name in ids.items():
        page = rows[page_id].page
        if ODD[name] is not None:
            assert page.display_name == (ODD[name] or page_id)
        assert page.display_name.isprintable()
        at = at_hand.table.pages.index(at_hand.table.pages.place_of(page_id), page_columns.PAGE)
        assert at.data() == page.display_name
        tip = at.data(Qt.ItemDataRole.ToolTipRole)
        assert page.display_name in tip_text(tip).splitlines()[0]
    at_hand.table.viewport().grab()
    assert not [one for one in at_hand.panel.notices.notices() if one.text.kind == "rows_unreadable"]

    kept = page_rows_now(session, *session.vault.logins())
    copy_many(session, kept, CopyFormat.TABLE, JOB)
    table = copy_many(session, kept, CopyFormat.TABLE, JOB).reveal()
    assert len(table.splitlines()) == len(names) + 1, "a line a Page"
    assert all(len(line.split("\t")) == 3 for line in table.splitlines())
    lines = copy_many(session, kept, CopyFormat.LINES, JOB).reveal()
    assert len(lines.splitlines()) == len(names)
    json.loads(copy_many(session, kept, CopyFormat.JSON, JOB).reveal())
    path = tmp_path / "Pages.csv"
    export(session, kept, ExportOptions(path, "csv", True, "plain", None), JOB)
    records = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert {record["Page ID"] for record in records} == set(ids)
    for event in session.vault.history.events(kinds=("copied", "made")):
        assert event.subject == rows[event.page_id].page.display_name if event.page_id in rows else True
    written = export_history(session, tmp_path / "History.csv", "", "", "", JOB)
    events = list(csv.reader(io.StringIO(written.read_text("utf-8-sig"))))
    assert len({len(one) for one in events}) == 1


def tip_text(tip):
    """What a person reads of a tool tip."""
    if not QtGui.Qt.mightBeRichText(tip):
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


@pytest.mark.parametrize(
    "name", ["<img src='x'>", "<b>A</b>\n& B", "A & B", "plain", "<", "a < b > c", "<!-- x -->", "</p>x"]
)
def test_a_tool_tip_shows_the_letters_of_a_name(qtbot, qapp, name):
    table = table_of(qtbot, [replace(THIRTY[0], name=clean_name(name))])
    tip = table.pages.index(0, page_columns.PAGE).data(Qt.ItemDataRole.ToolTipRole)
    assert tip_text(tip).splitlines()[:3] == [clean_name(name), "Fast food restaurant", f"Page ID {THIRTY[0].id}"]
    button = PersonButton(1, clean_name(name), "App <i>", TokenState.WORKS, "works")
    qtbot.addWidget(button)
    assert tip_text(button.toolTip()).splitlines() == [clean_name(name), "App <i>", "works"]
    assert button.accessibleName().startswith(clean_name(name))


def underlined(text):
    """What a menu shows of an action's words: && is one &, a single & is gone."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


@pytest.mark.parametrize("name", ["Tom & Jerry", "A&B", "&&", "& Co", "R&D &amp; more", "<b>"])
def test_menus_and_chips_show_every_sign_of_a_name(qtbot, qapp, name):
    client = Client(7, name, 2, 5)
    menu = ClientMenu([client], {7}, set(), table_of(qtbot, []))
    assert any(underlined(action.text()).startswith(f"{name}   ✓") for action in menu.actions())
    tools = PageTools()
    qtbot.addWidget(tools)
    tools.resize(1100, 60)
    tools.show()
    tools.set_choices([client], [name])
    tools.narrow_to(7, name)
    chips = [chip for chip in tools.findChildren(QPushButton) if "×" in chip.text()]
    assert len(chips) == 2
    for chip in chips:
        # What has no room ends in dots; how much that is, is the font's.
        shown = underlined(chip.text()).partition(": ")[2].removesuffix("  ×").removesuffix("…").rstrip()
        assert len(shown) >= min(len(name), 10)
        assert name.startswith(shown)
    assert all(f" {name} only" in tip_text(chip.toolTip()) for chip in chips)


def test_the_renew_menu_shows_every_sign_of_a_name(at_hand, session, practice):
    keep_login_with_pages(session, practice, 0)
    keep_login_with_pages(session, practice, 1, pages=agency_pages(3))
    with session.vault.database.transaction() as db:
        db.execute("UPDATE connection SET user_name='Amira & <b>Sons</b>' WHERE id=1")
    at_hand.show()
    at_hand.driver.click("pagesRenew")
    lines = [underlined(action.text()) for action in at_hand.menu("renewMenu").actions()]
    assert any(line.startswith("Amira & <b>Sons</b>, Practice App") for line in lines)
    at_hand.menu("renewMenu").close()


@pytest.mark.parametrize("name", ["<img src='x'>", "A & B", "مخبز أميرة", "a\u202eb"])
def test_notices_show_a_name_as_it_is(qtbot, qapp, name):
    area = NoticeArea()
    qtbot.addWidget(area)
    said = isolated(clean_name(name))
    notice = area.add(
        Message(f"{said} came", f"Of {said}: 3", Action("Renew", Request(Command.LOG_IN)), Tone.SOON, (("Page", said),))
    )
    for label in notice.findChildren(QLabel):
        assert label.textFormat() in {Qt.TextFormat.PlainText, Qt.TextFormat.AutoText}
        if label.text():
            assert label.textFormat() == Qt.TextFormat.PlainText
    assert notice.accessibleName() == f"{said} came. Of {said}: 3"


# ------------------------------------------------------------------------------ found
@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Amira's Bakery", "Amira’s Bakery"), ("Ana-Lena", "Ana‑Lena"), ("ana–lena", "Ana‑Lena"),
        ('the "old" mill', "The “Old” Mill"), ("„old“", "The “Old” Mill"), ("Blossom", "Blos\u200bsom"),
        ("blos\u00adsom", "Blos\u200bsom"), ("coop", "Co\u200dop"),
    ],
)  # fmt: skip
def test_a_search_finds_a_name_however_its_signs_were_typed(qtbot, qapp, query, name):
    names = ["Amira’s Bakery", "Ana‑Lena", "The “Old” Mill", "Blos\u200bsom", "Co\u200dop"]
    table = table_of(qtbot, [replace(THIRTY[at], name=one) for at, one in enumerate(names)])
    table.pages.set_query(query)
    shown = [table.pages.row(at).page.name for at in range(table.pages.rowCount())]
    assert shown == [name]


# ------------------------------------------------------------------------- Ctrl+C
def test_without_a_chosen_row_nothing_is_copied(qtbot, qapp):
    clipboard = QApplication.clipboard()
    table = table_of(qtbot, THIRTY)
    wanted: list[PageRow] = []
    table.copy_wanted.connect(wanted.append)
    texts = TextTable(
        "eventTable", "History", (Column("What", 100, state=True), Column("Whose", 0)),
        lambda item: item, lambda item: ("info", Tone.INFO),
    )  # fmt: skip
    qtbot.addWidget(texts)
    texts.set_items([("Token copied", "Amira\nHaddad"), ("Token made", "<b>")])
    texts.show()
    for one in (table, texts):
        clipboard.setText("what stood there before")
        one.setFocus()
        for _ in range(2):
            QTest.keySequence(one, "Ctrl+C")
            QTest.keySequence(one.viewport(), "Ctrl+C")
            assert clipboard.text() == "what stood there before"
            # The cell that the keyboard was at, its row let go of.
            one.setCurrentIndex(one.model().index(1, 0))
            one.clearSelection()
    assert wanted == []
    texts.selectRow(0)
    QTest.keySequence(texts, "Ctrl+C")
    assert clipboard.text() == "Token copied\tAmira Haddad", "the whole row, on one line"
    assert tip_text(texts.model().index(1, 1).data(Qt.ItemDataRole.ToolTipRole)) == "<b>"


def test_control_c_in_the_list_of_pages_without_a_row_leaves_the_clipboard(at_hand, session, practice):
    keep_login_with_pages(session, practice, 0)
    at_hand.show()
    QApplication.clipboard().setText("before")
    at_hand.table.setFocus()
    QTest.keySequence(at_hand.table, "Ctrl+C")
    QApplication.processEvents()
    assert QApplication.clipboard().text() == "before"
    assert at_hand.copied == []
