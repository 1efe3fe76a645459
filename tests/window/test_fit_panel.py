"""What a Page is good for, alone: purposes with their locks, the buttons that open them, and Facebook asked at once."""

import pytest

from gui.panels.fit import FitPanel
from gui.services.states import page_rows_now
from gui.shell.commands import Command
from tests.support.agency import NILS, NORD
from tests.support.one_panel import OnePanel
from tests.support.purposes import log_in_for, rows_of


@pytest.fixture
def fitting(qtbot, qapp, session, practice):
    log_in_for(session, practice, ("messages", "comments_answer"))
    one = OnePanel(FitPanel, session, practice)
    yield one
    one.close()


def show(fitting, qtbot, name):
    (login,) = fitting.panel.session.vault.logins()
    fitting.panel.begin(rows_of(fitting.panel.session, login)[name].page.id)
    qtbot.waitUntil(lambda: name in fitting.text("panelTitle"))


def test_each_purpose_says_whether_it_is_ready_or_what_is_in_the_way(fitting, qtbot):
    show(fitting, qtbot, "🌸 Blossom & Co")
    assert fitting.text("fit_messages") == "Read and answer Messenger messages  ·  Ready"
    assert fitting.text("fit_comments_answer").endswith("Not yet")
    assert "you need comments and content" in fitting.driver.find("fit_comments_answer").accessibleName()
    assert fitting.text("fit_website_events").endswith("Not sure")


def test_a_locks_button_asks_for_what_opens_it(fitting, qtbot, session):
    show(fitting, qtbot, "Amira’s Bakery")
    requested = fitting.signals("requested")
    fitting.press("fitKey_leads")
    assert (requested[0].command, requested[0].purpose) == (Command.ASK_FOR_MORE, "leads")
    assert requested[0].login_id == session.vault.logins()[0].id


def test_only_what_it_is_for_can_be_shown(fitting, qtbot):
    show(fitting, qtbot, "Amira’s Bakery")
    fitting.choose("fitOnly")
    fitting.driver.find("fit_messages")
    assert fitting.driver.seen("fit_leads") is None


def test_facebook_is_asked_and_the_answer_is_shown(fitting, qtbot, practice):
    show(fitting, qtbot, "Amira’s Bakery")
    (grant,) = (one for one in practice.world.grants.values() if not one.revoked)
    grant.scopes &= ~practice.world.scope_bits(["pages_messaging"]) | 1
    fitting.press("fitAsk")
    qtbot.waitUntil(lambda: fitting.text("fit_messages").endswith("Not yet"))


def test_a_page_that_is_gone_is_said(fitting):
    fitting.panel.begin("404")
    fitting.notice("no longer kept here")


@pytest.fixture
def shared(qtbot, qapp, session, practice):
    """The panel, and a Page that two logins reach, each for another purpose."""
    logins = [
        log_in_for(session, practice, ("page_insights",), NORD),
        log_in_for(session, practice, ("publish_posts",), NILS),
    ]
    row = next(row for row in page_rows_now(session, *logins) if row.others)
    one = OnePanel(FitPanel, session, practice)
    yield one, row
    one.close()


def test_of_several_logins_it_says_by_whose_a_page_is_ready(shared, qtbot):
    fitting, row = shared
    fitting.panel.begin(row.page.id)
    qtbot.waitUntil(lambda: row.page.name in fitting.text("panelTitle"))
    for key in ("page_insights", "publish_posts"):
        assert fitting.text(f"fit_{key}").endswith("Ready")
    assert "By the login of" not in fitting.driver.find("fit_page_insights").accessibleName()
    assert "By the login of Nils Nord" in fitting.driver.find("fit_publish_posts").accessibleName()


def test_in_the_view_of_one_login_it_says_what_that_ones_token_is_good_for(shared, qtbot):
    fitting, row = shared
    fitting.panel.begin(row.page.id, row.login_id)
    qtbot.waitUntil(lambda: row.page.name in fitting.text("panelTitle"))
    assert fitting.text("fit_publish_posts").endswith("Not yet")
    assert fitting.text("fit_page_insights").endswith("Ready")
