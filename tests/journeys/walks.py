"""Walking a trouble in the real window: provoke it, read its notice, press its button, see it mended."""

import tomllib
from pathlib import Path

from gui.services.check_all import check_all
from gui.services.keep import keep_login
from gui.services.list_pages import list_pages
from gui.shell.commands import Command
from gui.tour.ui_driver import process_events
from gui.values import TokenState, Tone
from tests.support.people import JOB, app_of, connection_of, keep_pages

SENTENCES = tomllib.loads((Path(__file__).parents[2] / "resources" / "errors.toml").read_text("utf-8"))
ALL = ("pages_show_list", "pages_read_engagement", "pages_manage_metadata", "business_management")

#: Sentences about this computer, which no trouble of Facebook or the network brings.
OF_THIS_COMPUTER = {
    "no_keychain", "no_default_keychain", "keychain_locked", "keychain_hangs", "keychain_failed",
    "keychain_item_gone", "keychain_refused", "keychain_not_running", "disk_full",
    "folder_read_only", "database_busy", "database_failed", "database_newer", "database_set_aside", "database_rebuilt",
    "database_mended",
    "app_not_kept", "program_fault", "no_browser", "at_login_failed",
}  # fmt: skip
#: Sentences about many Pages at once: walked in test_many, test_exports and test_import.
OF_MANY = {
    "none_has_token", "selected_work", "selected_need_you", "client_without_name", "client_exists",
    "export_password_short", "export_no_age_key", "export_exists", "export_folder_missing", "export_not_written",
    "export_not_replaced",
    "import_nothing_copied", "import_no_tokens", "import_other_keys", "import_instagram", "import_threads",
    "import_not_read", "import_is_folder", "import_no_file", "import_too_large", "import_too_heavy",
    "import_unreadable", "import_needs_password", "import_wrong_password",
    "import_wrong_database_password", "import_needs_key", "import_wrong_key",
    "imported_all", "imported_with_rest", "imported_some", "imported_none", "imported_nothing_new", "imported_login",
    "import_lasting", "import_differs", "import_beyond", "import_report_saved",
}  # fmt: skip


class Walk:
    """A journey that begins with Amira's three Pages kept, and the addresses that its buttons opened."""

    def __init__(self, journey, opened):
        self.journey, self.opened = journey, opened
        self.faults = journey.server.world.faults

    def begin(self, person=0, shown=3, **given):
        """The window with the Pages that were kept before: Amira's three, or what `given` lets another person have."""
        from gui.parts import open_vault
        from gui.services.session import Session
        from gui.values import Site

        server = self.journey.server
        session = Session(Site(server.url, server.url), lambda: open_vault(self.journey.profile))
        session.vault.keep_app(app_of(server))
        login = connection_of(server, person, **{"scopes": ALL, **given})
        stored_login = keep_login(session, login, JOB)
        keep_pages(session, stored_login, list_pages(session, login, JOB).rows)
        check_all(session, JOB)
        session.close()
        self.driver = self.journey.open()
        self.driver.wait(lambda: len(self.journey.table.pages.rows) == shown, "the kept Pages")
        return self.driver

    def read(self, kind, seconds=20):
        """The notice of this kind: it says what happened, why, and what to do; and its button is there."""
        entry = SENTENCES[kind]
        driver = self.driver

        def look():
            from gui.widgets.notice import Notice

            return next(
                (
                    one
                    for one in driver.window.findChildren(Notice)
                    if one.isVisible() and one.text.kind.split("/")[0] == kind
                ),
                None,
            )

        notice = driver.wait(look, f"the notice {kind}", seconds)
        shown = f"{notice.text.title}. {notice.text.text}"
        assert "{" not in shown
        assert notice.text.title
        assert entry["todo"].split("{")[0][:40].strip() in shown
        assert bool(entry.get("action")) == (notice.main_button is not None)
        if notice.main_button is not None:
            assert notice.main_button.text() == entry["button"] or notice.main_button.text() == "Renew"
            process_events(30)
        return notice

    def mend(self, notice, again, person=0):
        """Press the button, go where it leads, and be well; `again` does what failed where the button does not."""
        driver, request = self.driver, notice.text.action.request if notice.text.action else None
        command = request.command if request else None
        opened = len(self.opened)
        if notice.main_button is not None:
            driver.click(notice.main_button)
        if command is Command.OPEN_LINK:
            driver.wait(lambda: len(self.opened) > opened, "a page to open")
            assert self.opened[-1].startswith("https://"), request
            again()
        elif command in {Command.LOG_IN, Command.REREQUEST_PERMISSIONS}:
            driver.wait_title("Log in to Facebook")
            self.log_in(person)
        elif command is Command.SET_UP_APP:
            driver.wait_title("Connect your Facebook app")
            driver.type_into("setupSecret", self.journey.server.world.app_secret)
            driver.click("setupVerify")
            driver.wait_title("Log in to Facebook")
            self.log_in(person)
        elif command is None:
            again()

    def log_in(self, person=0):
        """Through the dialog and on to the Pages."""
        driver = self.driver
        driver.log_in(self.journey.login, person)
        driver.click_page(self.journey.login, "#allow")
        driver.wait(
            lambda: driver.seen("panelTitle") and driver.text("panelTitle") in {"Extend your login", "Pages"},
            "the way on",
        )
        if driver.text("panelTitle") == "Extend your login":
            driver.wait(
                lambda: (
                    driver.text("panelTitle") == "Pages" or "Kept in your system keychain" in driver.text("extendWords")
                ),
                "keeping",
            )
            process_events(60)
            if driver.text("panelTitle") == "Extend your login":
                driver.click("extendGo")
        driver.wait_title("Pages")

    def all_well(self, count=3):
        """So many Pages, each with a token that works, and no notice that something is wrong."""
        driver = self.driver
        driver.wait_title("Pages")
        pages = self.journey.panel("pages")

        def well():
            wrong = [one for one in pages.notices.notices() if one.text.tone in {Tone.BAD, Tone.SOON}]
            return (
                len(self.journey.table.pages.rows) == count == pages.table.pages.counts()[TokenState.WORKS]
                and not driver.seen("progressWords")
                and not wrong
            )

        driver.wait(well, "all to be well", 30)
        row = self.journey.table.pages.row(0)
        driver.click(self.journey.table.viewport(), self.journey.table.copy_place(row.page.id).center())
        driver.wait(lambda: driver.clipboard().startswith("EAA"), "a token")
