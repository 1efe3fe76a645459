"""A keychain whose own program asks about each access: the window says so for as long as it waits."""

from gui.tour.ui_driver import process_events
from tests.support.agency import AMIRA, connect, session_at
from tests.support.keepassxc import KeePassXC


def test_the_window_says_that_the_keychain_asks_until_it_is_answered(journey):
    with KeePassXC(asks=True) as program:
        session = session_at(journey.server, journey.profile)
        connect(session, journey.server, AMIRA)
        session.close()
        driver = journey.open()
        # Amira's Pages are known without the keychain; her token is not.
        driver.wait(lambda: journey.table.pages.rows, "her Pages")
        journey.table.setFocus()
        journey.table.selectRow(0)
        driver.key(journey.table, "Ctrl+C")
        driver.find("keychainWords")
        program.wait_for("Access Request")
        assert "Your keychain is asking you something" in driver.text("keychainWords")
        assert not journey.window.copy_bar.isVisible()
        program.press("Access Request", "Return")
        driver.wait(lambda: driver.seen("keychainWords") is None, "the end of the wait")
        driver.wait(lambda: journey.window.copy_bar.isVisible(), "the copied token")
        process_events(100)
        journey.close()
