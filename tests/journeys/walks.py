"""Walking a trouble in the real window: provoke it, read its notice, press its button, see it mended."""

import tomllib
from pathlib import Path

from gui.desk.check_all import check_all
from gui.desk.keep import keep_login
from gui.desk.pages import load_pages
from gui.tour.hands import rest
from tests.support.people import JOB, app_of, connection_of, keep_pages

SENTENCES = tomllib.loads((Path(__file__).parents[2] / "resources" / "errors.toml").read_text("utf-8"))
ALL = ("pages_show_list", "pages_read_engagement", "pages_manage_metadata", "business_management")

#: Sentences about this computer, which no trouble of Facebook or the network brings.
OF_THIS_COMPUTER = {
    "no_keychain", "keychain_locked", "keychain_hangs", "keychain_failed", "keychain_item_gone", "disk_full", "folder_read_only", "ledger_busy",
    "ledger_failed", "ledger_newer", "ledger_set_aside", "ledger_rebuilt", "app_not_kept", "program_fault", "no_browser", "at_login_failed",
}  # fmt: skip
#: Sentences about many Pages at once: walked in test_many, test_exports and test_import.
OF_MANY = {
    "none_has_token", "selected_work", "selected_need_you", "client_without_name", "client_exists", "export_password_short", "export_no_age_key",
    "export_exists", "export_folder_missing", "export_not_written", "import_nothing_copied", "import_no_tokens", "import_too_many", "import_too_large",
    "import_not_read", "import_unreadable", "import_needs_password", "import_wrong_password", "imported_all", "imported_some", "imported_none",
}  # fmt: skip


class Walk:
    """A journey that begins with Amira's three Pages kept, and the addresses that its buttons opened."""

    def __init__(self, journey, opened):
        self.journey, self.opened = journey, opened
        self.troubles = journey.server.world.troubles

    def begin(self, person=0, shown=3, **given):
        """The window with the Pages that were kept before: Amira's three, or what `given` lets another person have."""
        from gui.app import _open_vault
        from gui.desk.desk import Desk
        from gui.values import Site

        server = self.journey.server
        desk = Desk(Site(server.url, server.url), lambda: _open_vault(self.journey.profile))
        desk.vault.keep_app(app_of(server))
        connection = connection_of(server, person, **{"scopes": ALL, **given})
        kept = keep_login(desk, connection, JOB)
        keep_pages(desk, kept, load_pages(desk, connection, JOB).rows)
        check_all(desk, JOB)
        desk.close()
        self.hands = self.journey.open()
        self.hands.wait(lambda: len(self.journey.table.pages.rows) == shown, "the kept Pages")
        return self.hands

    def read(self, kind, seconds=20):
        """The notice of this kind: it says what happened, why, and what to do; and its button is there."""
        entry = SENTENCES[kind]
        hands = self.hands

        def look():
            from gui.widgets.notice import Notice

            return next((one for one in hands.window.findChildren(Notice) if one.isVisible() and one.text.kind.split("/")[0] == kind), None)

        notice = hands.wait(look, f"the notice {kind}", seconds)
        shown = f"{notice.text.title}. {notice.text.text}"
        assert "{" not in shown
        assert notice.text.title
        assert entry["todo"].split("{")[0][:40].strip() in shown
        assert bool(entry.get("action")) == (notice.main_button is not None)
        if notice.main_button is not None:
            assert notice.main_button.text() == entry["button"] or notice.main_button.text() == "Renew"
            rest(30)
        return notice

    def mend(self, notice, again, person=0):
        """Press the button, go where it leads, and be well; `again` does what failed before where the button does not."""
        hands, action = self.hands, notice.text.action.split(":")[0]
        whole = notice.text.action
        opened = len(self.opened)
        if notice.main_button is not None:
            hands.click(notice.main_button)
        if action == "open":
            hands.wait(lambda: len(self.opened) > opened, "a page to open")
            assert self.opened[-1].startswith("https://"), whole
            again()
        elif action in {"login", "rerequest"}:
            hands.wait_title("Log in to Facebook")
            self.log_in(person)
        elif action == "app":
            hands.wait_title("Connect your Facebook app")
            hands.type_into("setupSecret", self.journey.server.world.app_secret)
            hands.click("setupVerify")
            hands.wait_title("Log in to Facebook")
            self.log_in(person)
        elif action == "":
            again()

    def log_in(self, person=0):
        """Through the dialog and on to the Pages."""
        hands = self.hands
        hands.log_in(self.journey.login, person)
        hands.click_page(self.journey.login, "#allow")
        hands.wait(lambda: hands.seen("panelTitle") and hands.text("panelTitle") in {"Extend your login", "Pages"}, "the way on")
        if hands.text("panelTitle") == "Extend your login":
            hands.wait(lambda: hands.text("panelTitle") == "Pages" or "Kept in your system keychain" in hands.text("extendWords"), "keeping")
            rest(60)
            if hands.text("panelTitle") == "Extend your login":
                hands.click("extendGo")
        hands.wait_title("Pages")

    def all_well(self, count=3):
        """So many Pages, each with a token that works, and no notice that something is wrong."""
        hands = self.hands
        hands.wait_title("Pages")
        pages = self.journey.window.panel("pages")

        def well():
            wrong = [one for one in pages.notices.notices() if one.text.tone in {"bad", "soon"}]
            return len(self.journey.table.pages.rows) == count == pages.table.pages.counts()["works"] and not hands.seen("progressWords") and not wrong

        hands.wait(well, "all to be well", 30)
        row = self.journey.table.pages.row(0)
        hands.click(self.journey.table.viewport(), self.journey.table.copy_place(row.page.id).center())
        hands.wait(lambda: hands.clipboard().startswith("EAA"), "a token")
