"""How long the window stands still while a person logs in, lists 2,000 Pages and keeps them.

Each answer has 50 ms latency. Each round is a process of its own: a process makes its first web view only once.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.figures import Figure, report

if TYPE_CHECKING:
    from tests.bench.heartbeat import Gap

PAGES, LATENCY, ROUNDS = 2000, 50, 3
#: Stands apart: it has no aim.
_WEB_VIEW = "making the first web view"
_IDLE = "idle"
#: An inner round: prints its longest gaps as JSON.
_ONE_ROUND = "from tests.bench.stall import print_round; print_round()"


def measure() -> Iterator[Figure]:
    """The longest gap of each phase (the median of the rounds), and the longest of all."""
    rounds = []
    for _ in range(ROUNDS):
        output = subprocess.run([sys.executable, "-c", _ONE_ROUND], stdout=subprocess.PIPE, text=True, check=True)
        rounds.append({phase: tuple(gap) for phase, gap in json.loads(output.stdout.splitlines()[-1]).items()})
    idle = statistics.median(one[_IDLE][0] for one in rounds) * 1000
    worst, worst_phase, worst_worked = 0.0, "", 0.0
    for phase in [one for one in rounds[0] if one != _IDLE]:
        gaps = [one[phase] for one in rounds]
        longest, worked = (statistics.median(gap[place] for gap in gaps) * 1000 for place in (0, 1))
        is_apart = phase == _WEB_VIEW
        note = f"{worked:.1f} ms of it the program's work; rounds {', '.join(f'{gap[0] * 1000:.1f}' for gap in gaps)}"
        yield Figure(
            "stall", f"longest gap, {phase}", longest, "ms", "an idle window", idle,
            aim=None if is_apart else 16, aim_on="value", note=note,
        )  # fmt: skip
        if not is_apart and max(gaps)[0] * 1000 > worst:
            worst, worst_phase, worst_worked = max(gaps)[0] * 1000, phase, max(gaps)[1] * 1000
    yield Figure(
        "stall", "longest gap of all rounds", worst, "ms", "an idle window", idle,
        aim=50, aim_on="value", note=f"{worst_phase}; {worst_worked:.1f} ms of it the program's work",
    )  # fmt: skip


def print_round() -> None:
    """One round, in a session of its own; the longest gap of each phase as JSON."""
    from gui.tour import quiet_platform
    from gui.tour.private_session import PrivateSession

    quiet_platform()
    private_session = PrivateSession()
    private_session.start()
    command = [sys.executable, "-m", "gui.practice", "--pages", str(PAGES), "--latency", str(LATENCY)]
    practice = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert practice.stdout is not None
        print(json.dumps(_drive(json.loads(practice.stdout.readline()))), flush=True)
    finally:
        practice.terminate()
        practice.wait(5)
        private_session.stop()


def _drive(given: dict) -> dict[str, Gap]:
    from gui.app import Program, make_application
    from gui.options import Options
    from gui.tour.ui_driver import UiDriver, process_events
    from tests.bench.heartbeat import Heartbeat, idle_gap

    application = make_application(["page-keys"])
    application.setQuitOnLastWindowClosed(False)
    idle = idle_gap()
    folder = Path(tempfile.mkdtemp())
    program = Program(application, Options(profile=folder, graph_url=given["graph_url"], login_url=given["login_url"]))
    program.window.show()
    driver = UiDriver(program.window)
    beat = Heartbeat("opening")
    driver.wait_title("The keys to your Facebook Pages")
    driver.click("welcomeConnect")
    driver.type_into("setupAppId", given["app_id"])
    driver.type_into("setupSecret", given["app_secret"])
    beat.enter("verifying the app")
    driver.click("setupVerify")
    driver.wait_title("Log in to Facebook")
    login = program.shell.stack.panel("login")
    beat.enter(_WEB_VIEW)
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
    longest = {_IDLE: idle, **beat.longest()}
    program.window.close()
    program.end()
    return longest


def main() -> None:
    report(measure())


if __name__ == "__main__":
    main()
