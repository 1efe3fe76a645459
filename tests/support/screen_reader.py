"""The program as a screen reader meets it: on a screen of its own, with AT-SPI, worked from another process."""

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

ROOT = Path(__file__).parents[2]
_SYSTEM_PYTHON = "/usr/bin/python3"
_LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
_BUS = DBusAddress("/org/a11y/bus", bus_name="org.a11y.Bus", interface="org.a11y.Bus")


class ScreenReader:
    """Ask it by calling: `reader("act", what={"id": "setupVerify"})` (the commands are in atspi_walker.py).

    `program` is the process of the program, `log` the file of what it wrote.
    """

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._folder, self._arguments = folder, arguments
        self._processes: list[subprocess.Popen[str]] = []

    def __enter__(self) -> "ScreenReader":
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _run(self, *command: str, **more: Any) -> "subprocess.Popen[str]":
        process = subprocess.Popen(command, text=True, cwd=ROOT, **more)
        self._processes.append(process)
        return process

    def _start(self) -> None:
        nothing = subprocess.DEVNULL
        # It takes a number that is free, and says it once it listens.
        screen = self._run(
            "Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp",
            stdout=subprocess.PIPE, stderr=nothing,
        )  # fmt: skip
        environment = {**os.environ, "DISPLAY": f":{_first_line(screen)}"}
        for name in ("WAYLAND_DISPLAY", "AT_SPI_BUS_ADDRESS", "QTWEBENGINE_CHROMIUM_FLAGS"):
            environment.pop(name, None)
        self._environment = environment
        self._run(_LAUNCHER, "--launch-immediately", env=environment, stdout=nothing, stderr=nothing)
        _wait_for_accessibility()
        # The walker first: it then hears all from the first window on.
        self._walker = self._run(
            _SYSTEM_PYTHON, str(ROOT / "tests/support/atspi_walker.py"),
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=nothing,
        )  # fmt: skip
        self("ping")
        environment |= {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_QPA_PLATFORM": "xcb", "PYTHONFAULTHANDLER": "1"}
        if os.geteuid() == 0:
            environment["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
        self.log = self._folder / "program.log"
        with self.log.open("ab") as log:
            self.program = self._run(
                sys.executable, "main.py", "--profile", str(self._folder / "profile"), *self._arguments,
                env=environment, stdout=log, stderr=log,
            )  # fmt: skip

    def activate(self) -> None:
        """Give the window the keyboard, as a window manager would; there is none here."""
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", "Page Keys"],
            env=self._environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        for window in found.stdout.split():
            subprocess.run(["xdotool", "windowfocus", "--sync", window], env=self._environment, check=False, timeout=10)
        self("wait", what={"role": "frame", "states": ["active"]})

    def __call__(self, do: str, **how: Any) -> Any:
        """Ask the walker. Raises LookupError with what did not come, or cannot be done."""
        assert self._walker.stdin is not None
        assert self._walker.stdout is not None
        self._walker.stdin.write(json.dumps({"do": do, **how}) + "\n")
        self._walker.stdin.flush()
        answer = json.loads(self._walker.stdout.readline())
        if "error" in answer:
            raise LookupError(f"{do} {how.get('what', '')}: {answer['error']}")
        return answer["ok"]

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._processes):
            process.terminate()
            try:
                process.wait(8)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)


def _first_line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], 20)
    line = process.stdout.readline().strip() if ready else ""
    assert line, "a process did not start"
    return line


def _wait_for_accessibility() -> None:
    """Until the session knows the address of AT-SPI's own bus.

    Its name is waited for first: to call it would start another one, which knows no screen to press keys on.
    """
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        with open_dbus_connection("SESSION") as bus:
            if not bus.send_and_get_reply(message_bus.NameHasOwner(_BUS.bus_name)).body[0]:
                time.sleep(0.02)
                continue
            answer = bus.send_and_get_reply(new_method_call(_BUS, "GetAddress"))
            if answer.header.message_type == MessageType.method_return and answer.body[0]:
                return
        time.sleep(0.02)
    raise AssertionError("no accessibility bus")
