"""A 5 ms heartbeat on the window's thread while a person logs in, lists 2,000 Pages at 50 ms latency, and keeps them."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PAGES, LATENCY = 2000, 50


class Heartbeat:
    """Notes the gaps between beats, under the name of what is going on."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.phase = ""
        self.gaps: dict[str, list[tuple[float, float]]] = {}
        self._last, self._worked = time.perf_counter(), time.process_time()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.process_time()
        self.gaps.setdefault(self.phase, []).append((now - self._last, worked - self._worked))
        self._last, self._worked = now, worked

    def enter(self, phase: str) -> None:
        self.phase = phase

    def report(self) -> None:
        for phase, gaps in self.gaps.items():
            (longest, worked), *rest = sorted(gaps, reverse=True)[:5]
            others = ", ".join(f"{gap * 1000:.1f}" for gap, _ in rest)
            print(f"{phase:<34} longest {longest * 1000:6.1f} ms (in it {worked * 1000:5.1f} ms of the program's work)   next {others}   beats {len(gaps)}")


def run() -> None:
    """Print the longest stalls of each phase (aim 16 ms, never over 50; the first web view apart)."""
    from gui.tour import quiet_platform
    from gui.tour.session import PrivateSession

    quiet_platform()
    session = PrivateSession()
    session.start()
    command = [sys.executable, "-m", "gui.practice", "--pages", str(PAGES), "--latency", str(LATENCY)]
    practice = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert practice.stdout is not None
        _drive(json.loads(practice.stdout.readline()))
    finally:
        practice.terminate()
        practice.wait(5)
        session.stop()


def _drive(given: dict) -> None:
    from gui.app import Program, make_application
    from gui.options import Options
    from gui.tour.hands import Hands, rest

    application = make_application(["page-keys"])
    folder = Path(tempfile.mkdtemp())
    program = Program(application, Options(profile=folder, graph_url=given["graph_url"], login_url=given["login_url"]))
    program.window.show()
    hands = Hands(program.window)
    beat = Heartbeat()
    beat.enter("opening")
    hands.wait_title("The keys to your Facebook Pages")
    hands.click("welcomeConnect")
    hands.type_into("setupAppId", given["app_id"])
    hands.type_into("setupSecret", given["app_secret"])
    beat.enter("verifying the app")
    hands.click("setupVerify")
    hands.wait_title("Log in to Facebook")
    login = program.window.panel("login")
    beat.enter("making the first web view")
    hands.wait(login.web_view, "the web view")
    rest(400)
    beat.enter("login in the web view")
    hands.log_in(login, 1)
    hands.page_element(login, "#allow")
    beat.enter("answer, check, extend, keep")
    hands.click_page(login, "#allow")
    hands.wait_title("Extend your login")
    hands.wait(lambda: hands.find("extendGo").isEnabled(), "the extended token")
    beat.enter(f"listing {PAGES:,} Pages")
    hands.click("extendGo")
    table = program.window.panel("pages").table
    hands.wait(lambda: len(table.pages.rows) == PAGES, "all Pages", 120)
    beat.enter("keeping them")
    hands.wait(lambda: not hands.seen("progressWords"), "keeping", 60)
    rest(300)
    beat.enter("copying")
    hands.click(table.viewport(), table.copy_place(table.pages.row(3).page.id).center())
    rest(300)
    beat.enter("searching")
    hands.type_into("search", "muller")
    rest(200)
    hands.type_into("search", "")
    rest(200)
    beat.enter("opening Health")
    hands.click("nav_health")
    hands.wait(lambda: hands.seen("count_worksNumber") and hands.text("count_worksNumber") == f"{PAGES:,}", "the counts")
    rest(200)
    beat.enter(f"checking {PAGES:,} tokens")
    hands.click("healthCheck")
    hands.wait(lambda: "just now" in hands.text("panelSubtitle"), "the check", 60)
    rest(200)
    beat.enter("")
    beat.report()
    program.window.close()
    program.end()
