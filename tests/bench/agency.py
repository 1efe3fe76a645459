"""The window and the vault at an agency's size, 10,000 Pages, all in one run.

Keychain, start, memory, key strokes, exports, stalls.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.figures import Figure, figure_of_rounds, report

if TYPE_CHECKING:
    from gui.app import Program
    from gui.panels.page_list import PageListPanel
    from gui.tour.ui_driver import UiDriver
    from gui.widgets.page_table import PageTable
    from tests.bench.heartbeat import Gap, Heartbeat

PART = "agency"
PAGES = 10_000
ROOT = Path(__file__).parents[2]
ROUNDS = 5
TYPED = ("muller", "café", "10100", "nordlys 3", "المخبز", "client 7", "works", "東京")
EXPORTS = (
    ("xlsx", "password"),
    ("csv", "password"),
    ("json", "password"),
    ("env", "password"),
    ("csv", "age"),
    ("csv", "plain"),
)

START = """
import sys, time, os
sys.path.insert(0, {root!r})
sys.argv = ["main.py"]
import gui.app
from gui.widgets import page_table
paint = page_table.PageTable.paintEvent
wanted, profile = {count}, {profile!r}
def painted(self, event):
    paint(self, event)
    if len(self.pages.rows) == wanted and self.isVisible():
        now = time.monotonic()
        from PySide6.QtCore import QTimer
        def say():
            resident = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS"))
            print(now, resident, flush=True)
            os._exit(0)
        QTimer.singleShot(1500, say)
        page_table.PageTable.paintEvent = paint
page_table.PageTable.paintEvent = painted
import main
main.main(["--profile", profile])
"""


def measure() -> Iterator[Figure]:
    """Everything, in a session of its own."""
    from gui.tour import quiet_platform
    from gui.tour.private_session import PrivateSession
    from tests.bench.keychain import keeping_figures

    quiet_platform()
    private_session = PrivateSession()
    private_session.start()
    try:
        folder = Path(tempfile.mkdtemp())
        yield from keeping_figures(PART, PAGES, keep_aim=6, beside=True)
        yield _one_item_a_token()
        _fill(folder / "few", 1)
        _fill(folder / "many", PAGES)
        yield from _starts(folder)
        yield from _window(folder / "many")
    finally:
        private_session.stop()


# ------------------------------------------------------------------- the vault
def _fill(folder: Path, count: int) -> None:
    """Keep as the program does: a person, so many Pages, every fifth given to one of forty clients."""
    from gui.parts import open_vault
    from tests.bench.contents import app, long_lived_login, page_rows

    vault = open_vault(folder)
    vault.keep_app(app())
    login = vault.keep_login(long_lived_login())
    rows = page_rows(count)
    vault.keep_pages(login, rows)
    for number in range(40 if count > 40 else 0):
        vault.clients.give(
            vault.clients.named(f"Client {number} {'Müller' if number % 2 else 'Nord'}"),
            [row.page.id for row in rows[number::200]],
        )
    vault.close()


def _one_item_a_token() -> Figure:
    """What keeping would cost without bundles: it grows with the square."""
    from gui.vault.backends import choose_backend
    from tests.bench.contents import page_token

    backend = choose_backend()
    service = "Page Keys bench one by one"
    seconds = {}
    for count in (100, 400):
        began = time.perf_counter()
        for number in range(count):
            backend.set_password(service, str(number), page_token(number).reveal())
        seconds[count] = time.perf_counter() - began
        for number in range(count):
            backend.delete_password(service, str(number))
    return Figure(
        PART, "without bundles: 400 tokens, an item each", seconds[400], "s", "100 of them", seconds[100],
        note="four times as many; it grows with the square",
    )  # fmt: skip


# ----------------------------------------------------------------------- start
def _starts(folder: Path) -> Iterator[Figure]:
    """From process start to the painted table, and the memory then, against the same with one Page."""
    measured: dict[str, list[tuple[float, float]]] = {"few": [], "many": []}
    for turn in range(ROUNDS + 1):
        for name, count in (("few", 1), ("many", PAGES)):
            code = START.format(root=str(ROOT), count=count, profile=str(folder / name))
            began = time.monotonic()
            words = subprocess.run(
                [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True, timeout=60
            ).stdout.split()
            if turn:
                measured[name].append((float(words[0]) - began, int(words[1]) / 1024))
    for place, what, unit, aim in ((0, "start to the painted table", "s", 0.3), (1, "memory", "MiB", 60)):
        rounds = [(few[place], many[place]) for few, many in zip(measured["few"], measured["many"], strict=True)]
        yield figure_of_rounds(PART, f"{what}, {PAGES:,} Pages", unit, rounds, "one Page", aim=aim, aim_on="difference")


# ---------------------------------------------------------------------- window
def _window(profile: Path) -> Iterator[Figure]:
    """The workday: search, sort, select, copy, export, clients, history; and how long the window stood still."""
    from gui.app import Program, make_application
    from gui.options import Options
    from gui.tour.ui_driver import UiDriver, process_events
    from tests.bench.heartbeat import Heartbeat, idle_gap

    application = make_application(["page-keys"])
    application.setQuitOnLastWindowClosed(False)
    idle = idle_gap()
    nobody = "http://127.0.0.1:9"
    program = Program(application, Options(profile=profile, graph_url=nobody, login_url=nobody))
    prepared: list[bool] = []
    program.prepared.connect(lambda: prepared.append(True))
    program.window.show()
    driver = UiDriver(program.window)
    # The keychain part above has imported the vault: tests/bench/stall.py measures an opening from nothing.
    beat = Heartbeat(f"showing {PAGES:,} Pages at opening, imported")
    table = driver.wait(lambda: driver.seen("pageTable"), "the table")
    driver.wait(lambda: len(table.pages.rows) == PAGES and prepared, "all Pages")
    process_events(600)
    panel = program.shell.stack.panel("pages")
    yield from _strokes(table, panel, beat)
    beat.enter("selecting all, scrolling")
    table.pages.select_shown()
    process_events(100)
    for place in range(0, 60_000, 4000):
        table.verticalScrollBar().setValue(place)
        process_events(20)
    beat.enter(f"copying {PAGES:,} as lines")
    copied: list[int] = []
    program.clipboard.counting.connect(copied.append)
    driver.click("manyCopy")
    driver.wait(lambda: copied, "the lines", 30)
    process_events(300)
    program.clipboard.clear()
    yield from _exports(driver, program, panel, beat)
    beat.enter(f"giving {PAGES:,} to a client")
    panel.many_actions.give("Everything", panel.many_actions.rows)
    driver.wait(lambda: table.pages.rows and all(row.clients for row in table.pages.rows[:50]), "the client")
    process_events(500)
    beat.enter(f"history of {PAGES:,}")
    driver.click("nav_history")
    driver.wait(lambda: len(program.shell.stack.panel("history").table.items) >= PAGES, "events")
    process_events(300)
    beat.enter("")
    yield from _stalls(beat, idle)
    program.window.close()
    program.end()


def _stalls(beat: Heartbeat, idle: Gap) -> Iterator[Figure]:
    for phase, gap in beat.longest().items():
        yield Figure(
            PART, f"longest gap, {phase}", gap.seconds * 1000, "ms", "an idle window", idle.seconds * 1000,
            aim=50, aim_on="value", note=f"{gap.worked * 1000:.1f} ms of it the program's work",
        )  # fmt: skip


def _strokes(table: PageTable, panel: PageListPanel, beat: Heartbeat) -> Iterator[Figure]:
    """Key strokes of the search and sorts by every column, each until it is painted; a repaint alone is the anchor."""
    from gui.tour.ui_driver import process_events
    from gui.widgets.page_columns import HEADERS

    def painted(call: Callable[[], object], phase: str = "") -> float:
        beat.enter(phase)
        began = time.perf_counter()
        call()
        table.viewport().repaint()
        milliseconds = (time.perf_counter() - began) * 1000
        process_events(8)
        beat.enter("")
        return milliseconds

    for label, selected in (("none selected", False), ("all selected", True)):
        table.pages.select_shown() if selected else table.pages.clear_selected()
        process_events(50)
        rounds = []
        for word in TYPED:
            for end in (*range(1, len(word) + 1), *range(len(word) - 1, -1, -1)):
                text = word[:end]
                repaint = painted(lambda: None)
                rounds.append((repaint, painted(partial(panel.tools.query_changed.emit, text), "searching")))
        strokes = sorted(stroke for _, stroke in rounds)
        yield figure_of_rounds(
            PART, f"key stroke until painted, {label}", "ms", rounds, "a repaint alone", aim=8, aim_on="value",
            note=f"95 of 100 under {strokes[len(strokes) * 95 // 100]:.1f}, worst {strokes[-1]:.1f}",
        )  # fmt: skip
    table.pages.clear_selected()
    sorts: dict[str, tuple[float, float]] = {}
    click = table.horizontalHeader().sectionClicked.emit
    for column, name in enumerate(HEADERS):
        repaint = painted(lambda: None)
        sorts[name] = (repaint, painted(partial(click, column), "sorting"))
    slowest = max(sorts, key=lambda name: sorts[name][1])
    yield figure_of_rounds(
        PART, "sort by a column until painted", "ms", list(sorts.values()), "a repaint alone",
        note=f"worst {sorts[slowest][1]:.1f} ({slowest})",
    )  # fmt: skip
    click(0)
    process_events(100)


def _exports(driver: UiDriver, program: Program, panel: PageListPanel, beat: Heartbeat) -> Iterator[Figure]:
    """Every format and protection; the plainest is the anchor."""
    import pyrage

    from gui.services.export import ExportOptions, export
    from gui.tour.ui_driver import process_events
    from gui.values import Secret

    rows = panel.many_actions.rows
    assert len(rows) == PAGES
    folder = Path(tempfile.mkdtemp())
    age = str(pyrage.x25519.Identity.generate().to_public())
    seconds: dict[tuple[str, str], list[float]] = {}
    for turn in range(3):
        for file_format, protection in EXPORTS:
            name = f"{file_format}, {protection}"
            beat.enter(f"exporting {PAGES:,}: {name}")
            path = folder / f"{turn}-{protection}.{file_format}"
            options = ExportOptions(path, file_format, True, protection, Secret("correct horse"), age)
            done: list[object] = []
            began = time.perf_counter()
            program.jobs.start(export, program.session, rows, options, owner=program.window, done=done.append)
            driver.wait(partial(bool, done), name, 60)
            seconds.setdefault((file_format, protection), []).append(time.perf_counter() - began)
            process_events(100)
            beat.enter("")
    for (file_format, protection), times in seconds.items():
        rounds = list(zip(seconds["csv", "plain"], times, strict=True))
        yield figure_of_rounds(PART, f"export of {PAGES:,}: {file_format}, {protection}", "s", rounds, "csv, plain")
    for path in folder.iterdir():
        path.unlink()


def main() -> None:
    report(measure())


if __name__ == "__main__":
    main()
