"""Settings alone: what is changed is said by name; people, apps and clients with their ways on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMenu

from gui.panels.settings import SettingsPanel
from gui.services import tag
from gui.services.keep import change_settings
from gui.shell.commands import Command, Request
from gui.values import Settings
from tests.support.agency import AMIRA, NORD, connect
from tests.support.one_panel import OnePanel
from tests.support.people import JOB


@pytest.fixture
def settings(qtbot, qapp, session, practice):
    one = OnePanel(SettingsPanel, session, practice)
    yield one
    one.close()


def show(settings, liked=None):
    """What is kept now, as the window shows it."""
    vault = settings.panel.session.vault
    settings.panel.show_state(
        vault.apps(), vault.logins(), liked or vault.settings.read(), str(settings.panel.session.folder)
    )


def keeps(settings):
    """Settings are kept as the window keeps them."""
    session = settings.panel.session
    settings.panel.settings_changed.connect(lambda changes: change_settings(session, changes, JOB))


# ------------------------------------------------------------------ what is liked
@pytest.mark.parametrize(("press", "kept"), [("dark", "dark"), ("light", "light"), ("system", "")])
def test_an_appearance_is_chosen_and_kept(settings, session, press, kept):
    changed = settings.signals("settings_changed")
    keeps(settings)
    show(settings, Settings(appearance="light" if press == "system" else ""))
    settings.choose(f"appearance_{press}")
    assert changed == [{"appearance": kept}]
    assert session.vault.settings.read().appearance == kept
    show(settings)
    assert settings.driver.find(f"appearance_{press}").isChecked()


def test_what_is_kept_is_ticked(settings):
    show(settings, Settings(appearance="dark", remind=False, stay_in_tray=True, start_at_login=True))
    assert settings.driver.find("appearance_dark").isChecked()
    ticked = [settings.driver.find(f"habit_{name}").isChecked() for name in ("remind", "watch", "atLogin")]
    assert ticked == [False, True, True]
    show(settings, Settings(appearance="mauve"))
    assert settings.driver.find("appearance_system").isChecked()


def test_starting_with_the_computer_means_staying_in_the_tray(settings, session):
    changed = settings.signals("settings_changed")
    keeps(settings)
    show(settings)
    settings.choose("habit_atLogin")
    assert changed == [{"remind": True, "stay_in_tray": True, "start_at_login": True}]
    assert settings.driver.find("habit_watch").isChecked()
    settings.choose("habit_watch")
    assert changed[1] == {"remind": True, "stay_in_tray": False, "start_at_login": False}
    settings.choose("habit_remind")
    assert changed[2]["remind"] is False
    liked = session.vault.settings.read()
    assert (liked.remind, liked.stay_in_tray, liked.start_at_login) == (False, False, False)


def test_where_things_lie_is_said(settings, session):
    show(settings)
    assert settings.text("settingsFolder").endswith(f"in {session.folder}")


# ---------------------------------------------------------------- people and apps
def test_each_person_can_be_renamed_disconnected_and_forgotten(settings, session, practice):
    login = connect(session, practice, AMIRA)
    show(settings)
    for press, command in (
        ("rename", Command.RENAME_LOGIN),
        ("disconnect", Command.DISCONNECT),
        ("forget", Command.FORGET_LOGIN),
    ):
        settings.press(f"{press}_{login.user_id}")
        assert settings.asked[-1] == Request(command, login_id=login.id)


def test_each_app_can_be_renamed_changed_and_forgotten(settings, session, practice):
    login = connect(session, practice, AMIRA)
    show(settings)
    for press, command in (
        ("renameApp", Command.RENAME_APP),
        ("forgetApp", Command.FORGET_APP),
        ("changeApp", Command.SET_UP_APP),
    ):
        settings.press(f"{press}_{login.app_id}")
        assert settings.asked[-1] == Request(command, app_id=login.app_id)
    settings.press("settingsNewApp")
    assert settings.asked[-1] == Request(Command.SET_UP_ANOTHER_APP)


def test_how_many_use_an_app_is_said(settings, session, practice, qtbot):
    login = connect(session, practice, AMIRA)
    connect(session, practice, NORD)
    show(settings)
    qtbot.waitUntil(lambda: f"App ID {login.app_id}  ·  Graph v25.0  ·  2 people" in words(settings))
    session.vault.forget_login(session.vault.logins()[1], keep_app=True)
    session.vault.forget_login(session.vault.logins()[0], keep_app=True)
    show(settings)
    qtbot.waitUntil(lambda: "nobody is connected through it" in words(settings))
    assert "Nobody is connected yet." in words(settings)


def words(settings):
    from PySide6.QtWidgets import QLabel

    return "\n".join(one.text() for one in settings.panel.findChildren(QLabel) if one.isVisible())


# ------------------------------------------------------------------------ clients
@pytest.fixture
def bakery(settings, session, practice):
    """A client with two Pages, shown."""
    login = connect(session, practice, NORD)
    ids = [row.page.id for row in list(session.vault.page_rows(login))[:2]]
    client = tag.give(session, "Bakery", ids, JOB).client
    show(settings)
    settings.driver.find(f"renameClient_{client.id}")
    return client


def clients(session):
    return [(one.name, one.color, one.pages) for one in session.vault.clients.all()]


def test_without_a_client_it_is_said_how_to_make_one(settings, qtbot):
    show(settings)
    qtbot.waitUntil(lambda: "No client yet." in words(settings))


def test_a_client_is_renamed(settings, session, bakery, qtbot):
    told = []
    settings.panel.clients_changed.connect(lambda: told.append(True))
    settings.press(f"renameClient_{bakery.id}")
    assert settings.driver.find("askField").text() == "Bakery"
    settings.driver.type_into("askField", "Bakers & Sons")
    settings.driver.click("askGo")
    qtbot.waitUntil(lambda: told == [True])
    assert clients(session) == [("Bakers & Sons", bakery.color, 2)]
    qtbot.waitUntil(lambda: settings.panel.findChild(QDialog) is None)
    assert settings.driver.find(f"clientColor_{bakery.id}").accessibleName() == "Color of Bakers & Sons"


def test_renaming_a_client_can_be_left(settings, session, bakery, qtbot):
    settings.press(f"renameClient_{bakery.id}")
    settings.driver.type_into("askField", "Other")
    settings.driver.click("askCancel")
    qtbot.waitUntil(lambda: settings.panel.findChild(QDialog) is None)
    assert clients(session) == [("Bakery", bakery.color, 2)]


@pytest.mark.parametrize(
    ("name", "title"), [("", "A client needs a name"), ("florist", "There is already a client named")]
)
def test_a_name_that_cannot_be_is_told(settings, session, bakery, name, title):
    session.vault.clients.named("Florist")
    settings.panel.change_client(bakery, name, bakery.color)
    settings.notice(title)
    assert ("Bakery", bakery.color, 2) in clients(session)


def test_a_client_gets_another_color(settings, session, bakery, qtbot):
    settings.press(f"clientColor_{bakery.id}")
    menu = settings.driver.wait(
        lambda: next((one for one in settings.panel.findChildren(QMenu) if one.isVisible()), None), "the colors"
    )
    wanted = (bakery.color + 3) % len(menu.actions())
    QTest.mouseClick(
        menu,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        menu.actionGeometry(menu.actions()[wanted]).center(),
    )
    qtbot.waitUntil(lambda: clients(session) == [("Bakery", wanted, 2)])


def test_a_client_is_forgotten_and_that_can_be_undone(settings, session, bakery, qtbot):
    offered = settings.signals("undo_offered")
    settings.press(f"forgetClient_{bakery.id}")
    qtbot.waitUntil(lambda: len(offered) == 1)
    said, change = offered[0]
    assert said == "Forgot the client Bakery"
    assert clients(session) == []
    qtbot.waitUntil(lambda: settings.driver.seen(f"renameClient_{bakery.id}") is None)
    tag.undo(session, change, JOB)
    assert clients(session) == [("Bakery", bakery.color, 2)]


def test_the_clients_are_brought_into_sight(settings, session, bakery, qtbot):
    settings.panel.resize(1000, 320)

    def in_sight():
        one = settings.driver.find(f"renameClient_{bakery.id}")
        return settings.panel.rect().contains(one.mapTo(settings.panel, one.rect().center()))

    qtbot.waitUntil(lambda: settings.panel.height() == 320)
    assert not in_sight()
    settings.panel.show_clients()
    qtbot.waitUntil(in_sight)
