"""Any token alone: what a token from anywhere is, in words, and kept only if asked."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from gui.panels.any_token import AnyTokenPanel
from gui.shell.commands import Command, Request
from gui.values import Secret
from tests.support.agency import AMIRA, connect
from tests.support.one_panel import OnePanel
from tests.support.people import app_of, short_token, token_text


@pytest.fixture
def any_token(qtbot, qapp, session, practice):
    one = OnePanel(AnyTokenPanel, session, practice)
    one.panel.begin()
    yield one
    one.close()


def look_at(any_token, token):
    any_token.driver.type_into("anyField", token)
    any_token.press("anyCheck")
    assert any_token.driver.find("anyField").text() == "", "a secret is not left lying in its field"


def facts(any_token):
    return [one.accessibleName() for one in any_token.panel.findChildren(QLabel) if ": " in one.accessibleName()]


def app_token(practice):
    return f"{app_of(practice).app_id}|{practice.world.app_secret}"


@pytest.mark.parametrize(
    ("what", "title", "says", "keep", "why_not"),
    [
        ("page", "Page token of Amira’s Bakery", "State: It works", "Keep it", "It is not kept"),
        ("expired", "User token", "State: The token has ended", "", "A token that does not work is not kept."),
        ("system_user", "System user’s token", "State: It works", "Keep it", "It is not kept"),
        ("other_app", "User token of Amira Haddad", "State: It works", "", "To keep it, set up its app first"),
        ("user", "User token of Amira Haddad", "State: It works", "Extend and keep it", "It is not kept"),
    ],
)
def test_each_kind_of_token_is_said_in_words(any_token, session, practice, what, title, says, keep, why_not):
    session.vault.keep_app(app_of(practice))
    token = short_token(practice).reveal() if what == "user" else practice.world.special_token(what)
    look_at(any_token, token)
    assert any_token.text("anyTitle").startswith(title)
    assert next(one for one in facts(any_token) if one.startswith("State: ")).startswith(says)
    shown = any_token.driver.seen("anyKeep")
    assert (shown.text() if shown is not None else "") == keep
    assert any_token.text("anyKeepWords").startswith(why_not)
    assert session.vault.logins() == [], "looking keeps nothing"


def test_an_app_token_is_named_by_its_app(any_token, session, practice):
    session.vault.keep_app(app_of(practice))
    look_at(any_token, app_token(practice))
    assert any_token.text("anyTitle") == "App token of Practice App"
    assert any_token.driver.seen("anyKeep") is None


def test_a_token_can_be_looked_at_before_any_app_is_set_up(any_token, practice):
    look_at(any_token, short_token(practice).reveal())
    assert any_token.text("anyTitle") == "User token of Amira Haddad"
    assert any_token.text("anyKeepWords").startswith("To keep it, set up its app first")


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("", "There is nothing to read yet"),
        ("hello there", "This is not a token"),
        ("a1" * 16, "This is an App secret"),
        ("IGAA" + "Ab3" * 40, "This is an Instagram token"),
        ("THAA" + "Ab3" * 40, "This is a Threads token"),
        (f"{token_text(1)} {token_text(2)}", "There are 2 tokens in this"),
        (f"sk_live_{'Ab3' * 33}", "This does not look like a Facebook token"),
    ],
)
def test_what_is_no_token_is_named_before_it_is_sent(any_token, practice, typed, title):
    any_token.driver.type_into("anyField", typed)
    any_token.press("anyCheck")
    any_token.notice(title)
    assert practice.calls == []
    assert any_token.driver.seen("anyReport") is None


def test_a_token_that_facebook_never_gave_is_said_to_be_none(any_token, session, practice):
    session.vault.keep_app(app_of(practice))
    look_at(any_token, token_text(7))
    any_token.driver.wait(lambda: any_token.titles() or any_token.driver.seen("anyReport"), "what Facebook says of it")
    assert any_token.driver.seen("anyKeep") is None
    said = any_token.titles() or facts(any_token)
    assert "no longer works" in " ".join(said), said


def test_without_an_answer_the_token_can_be_asked_about_again(any_token, session, practice):
    session.vault.keep_app(app_of(practice))
    practice.world.faults.on("html_400", 1)
    look_at(any_token, short_token(practice).reveal())
    notice = any_token.notice("did not come from Facebook")
    assert any_token.driver.seen("anyReport") is None
    any_token.driver.click(notice.main_button)
    any_token.driver.find("anyReport")
    assert any_token.text("anyTitle") == "User token of Amira Haddad"


def test_a_page_token_is_kept_when_asked(any_token, qtbot, session, practice):
    session.vault.keep_app(app_of(practice))
    kept = any_token.signals("page_kept")
    token = practice.world.special_token("page")
    look_at(any_token, token)
    any_token.press("anyKeep")
    qtbot.waitUntil(lambda: len(kept) == 1, timeout=10_000)
    (login,) = session.vault.logins()
    assert login.id == kept[0]
    (row,) = session.vault.page_rows(login)
    assert session.vault.page_token(login.id, row.page.id) == Secret(token)


def test_a_user_token_is_handed_on_to_be_extended(any_token, qtbot, session, practice):
    session.vault.keep_app(app_of(practice))
    handed = any_token.signals("login_kept")
    token = short_token(practice)
    look_at(any_token, token.reveal())
    any_token.press("anyKeep")
    qtbot.waitUntil(lambda: len(handed) == 1)
    assert handed[0].token.secret == token
    assert handed[0].app.app_id == app_of(practice).app_id
    assert session.vault.logins() == []


def test_what_has_not_the_form_of_a_token_is_sent_only_when_the_person_says_so(any_token, session, practice):
    session.vault.keep_app(app_of(practice))
    text = "CAA" + "x7Qd" * 40
    any_token.driver.type_into("anyField", text)
    any_token.press("anyCheck")
    notice = any_token.notice("This does not look like a Facebook token")
    assert notice.main_button.text() == "It is a Facebook token"
    assert practice.calls == []
    any_token.driver.click(notice.main_button)
    any_token.driver.wait(lambda: practice.calls, "the question to Facebook")
    any_token.driver.wait(lambda: any_token.titles() or any_token.driver.seen("anyReport"), "what Facebook says of it")
    assert any_token.driver.seen("anyKeep") is None
    assert "This does not look like a Facebook token" not in any_token.titles()
    assert any_token.driver.find("anyField").text() == ""


def test_what_one_says_of_one_text_does_not_count_for_the_next(any_token, session, practice):
    session.vault.keep_app(app_of(practice))
    for letters in ("x7Qd", "y8Rd"):
        asked = len(practice.calls)
        any_token.driver.type_into("anyField", "CAA" + letters * 40)
        any_token.press("anyCheck")
        notice = any_token.notice("This does not look like a Facebook token")
        assert len(practice.calls) == asked
        any_token.driver.click(notice.main_button)
        any_token.driver.wait(lambda count=asked: len(practice.calls) > count, "the question to Facebook")
        any_token.driver.wait(lambda: any_token.titles() or any_token.driver.seen("anyReport"), "what Facebook says")


def test_several_tokens_lead_to_the_import(any_token):
    any_token.driver.type_into("anyField", f"{token_text(1)} {token_text(2)}")
    any_token.press("anyCheck")
    any_token.driver.click(any_token.notice("There are 2 tokens in this").main_button)
    assert any_token.asked == [Request(Command.SHOW_IMPORT)]


def test_a_kept_token_that_lasts_is_replaced_only_when_asked(any_token, qtbot, session, practice):
    login = connect(session, practice, AMIRA)
    kept = any_token.signals("page_kept")
    world = practice.world
    lasting = session.vault.page_token(login.id, world.page(0).id)
    short = world.page_token(world.mint.read(short_token(practice).reveal()), 0)
    look_at(any_token, short)
    any_token.press("anyKeep")
    notice = any_token.notice("The token kept for Amira’s Bakery lasts longer")
    assert "The kept one has no end; this one ends " in notice.text.text
    assert (kept, session.vault.page_token(login.id, world.page(0).id)) == ([], lasting)
    assert notice.main_button.text() == "Keep this one instead"
    any_token.driver.click(notice.main_button)
    qtbot.waitUntil(lambda: kept == [login.id], timeout=10_000)
    assert session.vault.page_token(login.id, world.page(0).id) == Secret(short)


def test_what_is_known_can_be_copied_and_holds_no_token(any_token, session, practice):
    connect(session, practice, AMIRA)
    token = practice.world.special_token("page")
    look_at(any_token, token)
    any_token.driver.find("anyReport")
    QGuiApplication.clipboard().clear()
    any_token.press("anyCopy")
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Page token of Amira’s Bakery\n")
    assert "State: It works" in copied
    assert token not in copied


def test_leaving_the_view_forgets_the_token(any_token, session, practice):
    session.vault.keep_app(app_of(practice))
    look_at(any_token, practice.world.special_token("page"))
    any_token.driver.find("anyKeep")
    any_token.driver.type_into("anyField", "half a token")
    any_token.panel.hide()
    any_token.panel.show()
    assert any_token.driver.seen("anyReport") is None
    assert any_token.driver.find("anyField").text() == ""


def test_the_way_back_is_health(any_token):
    any_token.press("anyBack")
    assert any_token.asked == [Request(Command.SHOW_HEALTH)]


def test_a_second_token_waits_until_the_first_is_told(any_token, qtbot, session, practice):
    session.vault.keep_app(app_of(practice))
    field = any_token.driver.find("anyField")
    practice.world.faults.on("slow")
    any_token.driver.type_into("anyField", short_token(practice).reveal())
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.wait(100)
    any_token.driver.type_into("anyField", practice.world.special_token("page"))
    QTest.keyClick(field, Qt.Key.Key_Return)
    practice.world.faults.off("slow")
    qtbot.waitUntil(lambda: any_token.driver.seen("anyTitle") is not None, timeout=20_000)
    assert any_token.text("anyTitle") == "User token of Amira Haddad"
    assert field.text(), "the second stays where it was typed"
    assert sum("debug_token" in one for one in practice.calls) == 1


def test_a_check_that_was_left_brings_nothing_once_one_begins_anew(any_token, qtbot, practice):
    practice.world.faults.on("slow")
    any_token.driver.type_into("anyField", short_token(practice).reveal())
    any_token.press("anyCheck")
    qtbot.wait(100)
    any_token.panel.hide()
    any_token.panel.show()
    any_token.panel.begin()
    practice.world.faults.off("slow")
    qtbot.waitUntil(lambda: any_token.driver.find("anyCheck").isEnabled(), timeout=20_000)
    qtbot.wait(300)
    assert any_token.driver.seen("anyTitle") is None
