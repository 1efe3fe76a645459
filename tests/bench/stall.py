"""A 5 ms heartbeat on the window's thread while a person logs in, lists 2,000 Pages and keeps them.

Each answer has 50 ms latency.
"""

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
            (longest, worked), *process_events = sorted(gaps, reverse=True)[:5]
            others = ", ".join(f"{gap * 1000:.1f}" for gap, _ in process_events)
            print(
                f"{phase:<34} longest {longest * 1000:6.1f} ms (in it {worked * 1000:5.1f} ms of the program's work)"
                f"   next {others}   beats {len(gaps)}"
            )


def run() -> None:
    """Print the longest stalls of each phase (aim 16 ms, never over 50; the first web view apart)."""
    from gui.tour import quiet_platform
    from gui.tour.private_session import PrivateSession

    quiet_platform()
    private_session = PrivateSession()
    private_session.start()
    command = [sys.executable, "-m", "gui.practice", "--pages", str(PAGES), "--latency", str(LATENCY)]
    practice = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert practice.stdout is not None
        _drive(json.loads(practice.stdout.readline()))
    finally:
        practice.terminate()
        practice.wait(5)
        private_session.stop()


def _drive(given: dict) -> None:
    from gui.app import Program, make_application
    from gui.options import Options
    from gui.tour.ui_driver import UiDriver, process_events

    application = make_application(["page-keys"])
    folder = Path(tempfile.mkdtemp())
    program = Program(application, Options(profile=folder, graph_url=given["graph_url"], login_url=given["login_url"]))
    program.window.show()
    driver = UiDriver(program.window)
    beat = Heartbeat()
    beat.enter("opening")
    driver.wait_title("The keys to your Facebook Pages")
    driver.click("welcomeConnect")
    driver.type_into("setupAppId", given["app_id"])
    driver.type_into("setupSecret", given["app_secret"])
    beat.enter("verifying the app")
    driver.click("setupVerify")
    driver.wait_title("Log in to Facebook")
    login = program.shell.stack.panel("login")
    beat.enter("making the first web view")
    driver.wait(login.web_view, "the web view")
    process_events(400)
    beat.enter("login in the web view")
    driver.log_in(login, 1)
    driver.page_element(login, "#allow")
    beat.enter("answer, check, extend, keep")
    driver.click_page(login, "#allow")
    driver.wait_title("Extend your login")
    driver.wait(lambda: driver.find("extendGo").isEnabled(), "the extended token")
    beat.enter(f"listing {PAGES:,} Pages")
    driver.click("extendGo")
    table = program.shell.stack.panel("pages").table
    driver.wait(lambda: len(table.pages.rows) == PAGES, "all Pages", 120)
    beat.enter("keeping them")
    driver.wait(lambda: not driver.seen("progressWords"), "keeping", 60)
    process_events(300)
    beat.enter("copying")
    driver.click(table.viewport(), table.copy_place(table.pages.row(3).page.id).center())
    process_events(300)
    beat.enter("searching")
    driver.type_into("search", "muller")
    process_events(200)
    driver.type_into("search", "")
    process_events(200)
    beat.enter("opening Health")
    driver.click("nav_health")
    driver.wait(
        lambda: driver.seen("count_worksNumber") and driver.text("count_worksNumber") == f"{PAGES:,}", "the counts"
    )
    process_events(200)
    beat.enter(f"checking {PAGES:,} tokens")
    driver.click("healthCheck")
    driver.wait(lambda: "just now" in driver.text("panelSubtitle"), "the check", 60)
    process_events(200)
    beat.enter("")
    beat.report()
    program.window.close()
    program.end()
