"""Draws every view in every state, in every scheme, wide, narrow and low: python -m tests.gallery FOLDER.

`--only WORD` draws the states whose name holds it, `--scale 2` draws for a screen at 200 %, `--text 1.4` with the
system's text 40 % larger.
"""

import argparse
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QScrollArea

from gui.services.import_rows import read_import_text
from gui.shell.accounts import Change
from gui.shell.commands import Command, Request
from gui.tour import quiet_platform
from gui.tour.private_session import PrivateSession
from gui.values import Secret, TokenState

#: The last is what a 1080p screen at 200 % leaves free.
SIZES = {"wide": (1240, 800), "narrow": (800, 600), "low": (956, 500)}
#: Sentences that stand for all the notices a view may show.
LOGIN_TROUBLES = (
    "login_cancelled",
    "state_wrong",
    "redirect_not_listed",
    "app_in_development",
    "embedded_blocked",
    "login_page_failed",
    "permissions_declined",
)
PAGE_TROUBLES = (
    "no_network",
    "limit",
    "password_changed",
    "no_keychain",
    "keychain_locked",
    "disk_full",
    "business_failed",
)


class Gallery:
    """Holds the window; each `state` puts it into one state, then a picture of each size and scheme is taken."""

    def __init__(self, folder: Path, private_session: PrivateSession, only: str, text: float) -> None:
        from gui.app import make_application
        from gui.jobs import Background
        from gui.practice.server import PracticeServer
        from gui.practice.world import World

        self.folder, self.private_session, self.only = folder, private_session, only
        self.server = PracticeServer(World(pages=2000))
        self.serving = Background(self.server.serve, self.server.stop)
        self.application = make_application(["page-keys"])
        if text != 1:
            font = self.application.font()
            font.setPointSizeF(font.pointSizeF() * text)
            self.application.setFont(font)
            self.application.setStyleSheet("")
        self.taken = 0

    def open(self, profile: str) -> None:
        from gui.app import Program
        from gui.options import Options
        from gui.tour.ui_driver import UiDriver

        self.program = Program(
            self.application,
            Options(profile=self.private_session.root / profile, graph_url=self.server.url, login_url=self.server.url),
        )
        opened: list[bool] = []
        self.program.prepared.connect(lambda: opened.append(True))
        self.program.window.show()
        self.window = self.program.window
        self.driver = UiDriver(self.window)
        self.driver.wait(lambda: opened, "the window")

    def panel(self, name):
        return self.program.shell.stack.panel(name)

    def ask(self, command):
        self.program.shell.navigator.navigate(Request(command))

    def close(self) -> None:
        self.window.close()
        self.program.end()

    def take(self, name: str, prepare: Callable[[], object] | None = None) -> None:
        """Pictures of the present state in both sizes and schemes."""
        from gui import theme
        from gui.tour.ui_driver import process_events

        if self.only not in name:
            return
        if prepare is not None:
            prepare()
        schemes = {
            "light": theme.LIGHT, "dark": theme.DARK,
            "contrast": theme.CONTRAST_LIGHT, "contrast-dark": theme.CONTRAST_DARK,
        }  # fmt: skip
        for size, (width, height) in SIZES.items():
            self.window.resize(width, height)
            for scheme, colors in schemes.items():
                theme.use(self.application, colors)
                self.window.refresh()
                process_events(160)
                self.window.grab().save(str(self.folder / f"{name}-{size}-{scheme}.png"))
                self.taken += 1
        self.window.resize(*SIZES["wide"])

    # ------------------------------------------------------------------ states
    def beginning(self) -> None:
        self.open("first")
        self.take("welcome")
        self.driver.click("welcomeConnect")
        self.take("setup-empty")
        self.driver.type_into("setupAppId", "12ab")
        self.driver.type_into("setupSecret", "zz" * 16)
        self.take("setup-mistyped")
        self.driver.type_into("setupAppId", "180000000000001")
        self.driver.type_into("setupSecret", self.server.world.app_secret)
        setup = self.panel("setup")
        self.take("setup-more", lambda: setup._toggle_more())
        for kind in ("secret_wrong", "app_unknown", "native_desktop"):
            setup.notices.clear()
            self.take(f"setup-{kind}", partial(setup.say, kind))
        self.driver.click("setupVerify")
        self.driver.wait_title("Log in to Facebook")

    def logging_in(self) -> None:
        login = self.panel("login")
        self.driver.page_element(login, "#password")
        self.take("login")
        for kind in LOGIN_TROUBLES:
            login.notices.clear()
            self.take(f"login-{kind}", partial(login.say, kind, name="business_management, pages_manage_metadata"))
        login.notices.clear()
        login.use_purposes()
        self.take("login-purposes")
        self.driver.type_into("purposeSearch", "smash")
        self.take("login-purposes-found")
        login.again()
        self.take("login-browser", login.use_browser)
        self.take("login-paste", login.use_paste)
        self.take("login-paste-wrong", lambda: login.say("paste_page_token"))
        login.notices.clear()
        self.take("login-paste-unlike", lambda: login.say("paste_unlike_token"))
        login.again()
        self.driver.log_in(login, 0)
        self.take("login-consent", lambda: self.driver.page_element(login, "#allow"))
        self.driver.click_page(login, "#allow")
        self.driver.wait_title("Extend your login")
        self.driver.wait(lambda: self.driver.find("extendGo").isEnabled(), "extending")

    def extending(self) -> None:
        extend = self.panel("extend")
        self.take("extend")
        self.take("extend-declined", lambda: extend.say("permissions_declined", name="business_management"))
        extend.notices.clear()
        self.take("extend-not-kept", lambda: (extend.say("no_keychain"), extend.show_not_kept()))
        self.take(
            "extend-running",
            lambda: (
                extend.notices.clear(),
                extend.progress.begin("Asking Facebook for a long-lived token …"),
                extend._long.set_token("", "", ""),
                extend._line.hide(),
                extend._words.setText(""),
            ),
        )
        self.driver.click("extendGo")
        pages = self.panel("pages")
        self.driver.wait(
            lambda: len(pages.table.pages.rows) == 3 and not self.driver.seen("progressWords"), "three Pages"
        )

    def listing(self) -> None:
        from gui.tour.ui_driver import process_events

        pages = self.panel("pages")
        process_events(400)
        self.take("pages-3")
        self.driver.click(pages.table.viewport(), pages.table.copy_place(pages.table.pages.row(1).page.id).center())
        self.take("pages-3-copied")
        assert self.program.clipboard is not None
        self.program.clipboard.clear()
        self.take("pages-add", pages.open_adding)
        self.take("pages-add-wrong", lambda: pages.say("page_no_access", name="Nordlys Kayak"))
        pages.notices.clear()
        pages._add_bar.finish()
        rows = list(pages.table.pages.rows)
        for kind in PAGE_TROUBLES:
            pages.notices.clear()
            self.take(f"pages-{kind}", partial(pages.say, kind, again=lambda: None, name="Nord Retail"))
        pages.notices.clear()
        long = replace(
            rows[0],
            page=replace(
                rows[0].page,
                id="9",
                name="The Very Long Name of a Page That Goes On and On for the Whole Width " * 2,
                category="Category with many words in it",
            ),
        )
        without = replace(
            rows[1],
            last_four="",
            state=TokenState.NEEDS_YOU,
            why="page_insights_only",
            page=replace(rows[1].page, id="8", tasks=("ANALYZE",)),
        )
        soon = replace(rows[2], state=TokenState.ENDS_SOON, page=replace(rows[2].page, id="7", name="किताब घर"))
        self.take(
            "pages-mixed",
            lambda: (
                pages.table.pages.set_rows([*rows, long, without, soon]),
                pages._counts_changed(),
                pages.say("page_insights_only", name=without.page.name),
            ),
        )
        pages.notices.clear()
        self.take("pages-no-match", lambda: self.driver.type_into("search", "nothing like this"))
        self.driver.type_into("search", "")
        self.take("pages-0", lambda: (pages.table.pages.set_rows([]), pages._counts_changed(), pages.say("no_pages")))
        pages.notices.clear()
        self.take("settings", lambda: self.ask(Command.SHOW_SETTINGS))
        self.take("settings-forgotten", lambda: self.driver.click(f"forget_{self.server.world.people[0].user_id}"))
        undo_bar = self.window.undo_bar
        assert undo_bar is not None
        if undo_bar.isVisible():
            undo_bar.undo()
        self.take("help", lambda: self.ask(Command.SHOW_HELP))
        self.take("about", lambda: self.ask(Command.SHOW_ABOUT))

    def many(self) -> None:

        self.ask(Command.ADD_LOGIN)
        login = self.panel("login")
        self.driver.log_in(login, 1)
        self.driver.click_page(login, "#allow")
        self.driver.wait(lambda: self.driver.find("extendGo").isEnabled(), "extending")
        self.server.latency = 0.3
        self.driver.click("extendGo")
        pages = self.panel("pages")
        self.driver.wait(lambda: len(pages.table.pages.rows) >= 300, "some Pages")
        self.take("pages-loading")
        self.server.latency = 0
        self.driver.wait(
            lambda: len(pages.table.pages.rows) == 2000 and not self.driver.seen("progressWords"), "2,000 Pages", 60
        )
        self.driver.click(pages.table.viewport(), pages.table.copy_place(pages.table.pages.row(2).page.id).center())
        self.take("pages-2000")

    def healing(self) -> None:
        """Health with two people, a login that ends soon and some dead Pages; any token; disconnecting."""
        from gui.tour.ui_driver import process_events

        world = self.server.world
        self.ask(Command.SHOW_HEALTH)
        self.driver.wait_title("Health")
        process_events(200)
        self.take("health-unchecked")
        for trouble in ("some_roles_lost", "data_access_soon"):
            world.faults.on(trouble)
        self.driver.click("healthCheck")
        self.take("health-checking", lambda: process_events(30))
        self.driver.wait(lambda: "just now" in self.driver.text("panelSubtitle"), "the check", 60)
        self.take("health")
        bar = self.panel("health").findChildren(QScrollArea)[0].verticalScrollBar()
        self.take("health-end", lambda: bar.setValue(bar.maximum()))
        session = self.program.session
        assert session is not None
        for login in session.vault.logins():
            session.vault.add_purposes(login, ("website_photos", "messages", "leads"))
        self.ask(Command.SHOW_ALL_PAGES)
        self.ask(Command.SHOW_HEALTH)
        process_events(800)
        bar = self.panel("health").findChildren(QScrollArea)[0].verticalScrollBar()
        self.take("health-ready", lambda: bar.setValue(self.driver.find("readyCard").y() - 16))
        self.ask(Command.SHOW_ALL_PAGES)
        process_events(600)
        self.take("pages-ready-for", lambda: self.panel("pages").show_ready("website_photos"))
        self.panel("pages").show_ready("")
        self.ask(Command.SHOW_HEALTH)
        world.faults.on("password_changed")
        self.driver.click("healthCheck")
        self.driver.notice("the password was changed", 60)
        self.take("health-password", lambda: bar.setValue(0))
        world.faults.off()
        self.driver.click("healthAny")
        rows = [row for row in self.panel("pages").table.pages.rows if row.has_token]
        self.panel("pages").colleague_wanted.emit(rows[:2])
        process_events(300)
        self.take("export-colleague")
        self.panel("export")._formats["kdbx"].setChecked(True)
        self.take("export-keepass")
        self.program.shell.navigator.navigate(Request(Command.SHOW_FIT, page_id=rows[0].page.id))
        process_events(600)
        self.take("fit")
        self.panel("pages").tool_wanted.emit(rows[:1])
        for key in ("airbyte", "rasa", "postiz", "hosted_tools"):
            self.panel("hand_over").choose_tool(key)
            process_events(600)
            self.take(f"hand-over-{key}")
        self.panel("pages").tool_wanted.emit(rows[:3])
        self.panel("hand_over").choose_tool("smash_balloon")
        process_events(600)
        self.take("hand-over-many")
        self.ask(Command.SHOW_HEALTH)
        self.ask(Command.EXPLAIN_ERROR)
        self.take("explain-error")
        for name, text, page in (
            (
                "permission",
                "(#200) If posting to a page, requires both pages_read_engagement and pages_manage_posts",
                0,
            ),
            ("fine", "[2026-11-20 08:15] ERROR (#10) This message is sent outside of allowed window.", 1),
            ("copy", "Error validating access token: Session has expired on Monday, 23-Nov-26 02:00:00 PST.", 2),
        ):
            panel = self.panel("explain_error")
            panel.begin()
            process_events(300)
            panel._text.setPlainText(text)
            panel._page.setCurrentIndex(page)
            self.driver.click("errorGo")
            process_events(1500)
            self.take(f"explain-error-{name}")
        self.ask(Command.LEAVE_HELP)
        self.ask(Command.SHOW_ANY_TOKEN)
        self.take("any-token")
        for what in ("page", "expired", "other_app", "system_user"):
            self.driver.type_into("anyField", world.special_token(what))
            self.driver.click("anyCheck")
            self.driver.find("anyTitle")
            self.take(f"any-token-{what}", lambda: process_events(100))
        self.ask(Command.SHOW_HEALTH)
        process_events(300)
        self.agency()
        self.ask(Command.SHOW_HEALTH)
        process_events(300)
        self.driver.find("healthDisconnect_1").click()
        self.take("disconnect", lambda: process_events(300))

    def agency(self) -> None:
        """Everybody's Pages, some of them tagged and selected; export, import, history, undo, a second app."""
        from gui.services import tag
        from gui.tour.ui_driver import process_events
        from tests.support.agency import NILS, app_at, connect
        from tests.support.people import JOB

        session = self.program.session
        assert session is not None
        connect(session, self.server, NILS, 1)
        ids = [row.page.id for row in session.vault.page_rows(*session.vault.logins())]
        for place, name in enumerate(
            ("Nord Retail", "Müller", "Harbor", "مخبز أميرة", "A client with a very long name indeed")
        ):
            tag.give(session, name, ids[place::7], JOB)
        self.program.shell.accounts.reload(Change.CONTENTS)
        process_events(200)
        self.ask(Command.SHOW_ALL_PAGES)
        pages = self.panel("pages")
        self.driver.wait(lambda: len(pages.table.pages.rows) == 2003, "everybody's Pages")
        process_events(300)
        self.take("agency")
        pages.table.pages.select([pages.table.pages.row(at).page.id for at in (0, 1, 3)], True)
        self.take("agency-selected")
        self.take("agency-client", lambda: pages.tools.narrow_to(session.vault.clients.all()[0].id, ""))
        pages.tools.narrow_to(0, "")
        self.driver.click("manyExport")
        self.take("export", lambda: self.driver.type_into("exportPassword", "correct horse"))

        def protect_by(protection: str) -> None:
            self.driver.find(f"protection_{protection}").click()

        for protection in ("age", "plain"):
            self.take(f"export-{protection}", partial(protect_by, protection))
        self.ask(Command.SHOW_IMPORT)
        self.take("import")
        self.importing()
        self.ask(Command.SHOW_HISTORY)
        self.take("history", lambda: process_events(300))
        self.ask(Command.SHOW_PAGES)
        process_events(200)
        self.driver.click("manyForget")
        process_events(200)
        self.take("agency-undo")
        assert self.window.undo_bar is not None
        self.window.undo_bar.undo()
        self.ask(Command.SHOW_CLIENTS)
        self.take("settings-clients", lambda: process_events(200))
        assert app_at(self.server, 1).app_id in {app.app_id for app in self.program.shell.accounts.apps}

    def importing(self) -> None:
        """A protected file, what was found with much beside it, and all that may become of a row."""
        from gui.files.protect import encrypt_zip
        from gui.tour.ui_driver import process_events
        from tests.support.agency import NORD
        from tests.support.people import JOB

        panel, world = self.panel("import"), self.server.world
        path = self.private_session.root / "tokens.csv.zip"
        path.write_bytes(encrypt_zip("tokens.csv", b"Page,Token\n", Secret("correct horse")))
        panel.open_file(path)
        self.driver.find("importPassword")
        self.take("import-password")
        self.take("import-reading", lambda: panel.progress.set_count(120_000, 0, "120,000 rows read so far"))
        panel.progress.hide()
        panel.begin()
        short = world.mint.read(world.short_lived_token(world.people[NORD]))
        assert short is not None
        lines = [
            f"Amira’s Bakery,,{world.special_token('page')}",
            f"Nordlys,{world.page(5).id},{world.page_token(short, 4)}",
            f"Kayak,,{world.short_lived_token(world.people[NORD])}",
            f"Old,,{world.special_token('expired')}",
            f"Robot,,{world.special_token('system_user')}",
            f"Nobody’s,,EAA{'Zq9' * 60}",
            "Lost,123456789,",
            f"Payments,,sk_live_{'Ab3' * 33}",
            f"Pictures,,IGAA{'Ab3' * 40}ZD",
        ]
        reading = read_import_text(Secret("Page,Page ID,Token\n" + "\n".join(lines)), JOB)
        panel.offer(replace(reading, unread=("logo.png",), beyond=120))
        self.take("import-found")
        self.driver.click("importGo")
        self.driver.wait(lambda: panel.table.items, "what became of them")
        self.take("import-told")
        panel.notices.clear()
        for row, outcome in enumerate(panel.table.items):
            panel.table.selectRow(row)
            if outcome.differs:
                break
        self.take("import-reason", lambda: process_events(100))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="only states whose name holds this")
    parser.add_argument("--scale", default="1", help="device pixels for one of ours")
    parser.add_argument("--text", type=float, default=1, help="how much larger the system's text is")
    options = parser.parse_args()
    os.environ["QT_SCALE_FACTOR"] = options.scale
    folder = options.folder.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    quiet_platform()
    private_session = PrivateSession()
    private_session.start()
    try:
        gallery = Gallery(folder, private_session, options.only, options.text)
        for part in (
            gallery.beginning,
            gallery.logging_in,
            gallery.extending,
            gallery.listing,
            gallery.many,
            gallery.healing,
        ):
            part()
        gallery.close()
        print(f"{gallery.taken} pictures in {folder}")
    finally:
        private_session.stop()


if __name__ == "__main__":
    main()
